"""Who is who in a file, and what is looked for in its rows while they are counted: blank rows, ids that repeat, unfinished questionnaires."""

from __future__ import annotations

import re
from collections.abc import Sequence

import polars as pl

from rpgstat.record import record
from rpgstat.study import Column, Source, Study, is_blank, normalise
from rpgstat.tally._answers import MISSING, UNKNOWN
from rpgstat.text import shortened

RESPONSE_IDS = frozenset({"respondent id", "respondentid", "response id", "responseid", "unique response number"})
"""Headers under which platforms number responses: what repeats under these is a response that stands in the file twice."""

_MOST_REPEATED = 1 / 3
"""The largest share of rows that may repeat the id of another, in a column that only its header makes one of ids: where more do, it
numbers something else, such as schools."""

NOBODY = frozenset({"anonymous", "anon", "none", "n/a", "unknown", "not known", "-", "--", ".", "?", "-1", "-99"})
"""Words that people and programs write for no id."""

DAMAGED = re.compile(r"\d(?:[.,]\d+)?e\+\d+")
"""What a spreadsheet makes of a long number."""


def id_of(study: Study, source: Source) -> Column | None:
    """The column that tells who is who: the declared one, else the platform's own."""
    if study.id_column is not None:
        return source.survey.find(study.id_column)
    return next((column for column in source.survey.columns if column.kind == "id"), None)


def is_person(id: str) -> bool:
    """Whether a cell identifies somebody: not where it is blank, stands for nobody, or was rounded by a spreadsheet.

    >>> [is_person(id) for id in ("k7", "anonymous", "1.14628E+11")]
    [True, False, False]
    """
    plain = normalise(id)
    return not (is_blank(id) or plain in NOBODY or DAMAGED.fullmatch(plain))


@record
class Ids:
    """The column of ids of a file. Spaces at the ends tell no two apart; nor does case where they are `declared`, as people typed them."""

    column: Column
    declared: bool

    @property
    def cells(self) -> pl.Expr:
        """Each row's id."""
        cells = pl.col(self.column.name).str.strip_chars()
        return cells.str.to_lowercase() if self.declared else cells


@record
class Watch:
    """What is looked for in the rows of a source while they are counted. `items` are the names of the columns of statements."""

    source: Source
    items: Sequence[str]
    ids: Ids | None

    @property
    def who(self) -> list[str]:
        """What tells one person from another in coded rows."""
        return ["wave", "id"] if self.source.pooled is None else ["wave", "id", "apart"]

    @property
    def extra(self) -> list[pl.Expr]:
        """Columns for the coded rows: who each is, and whether they finished."""
        if self.ids is None:
            return self.unfinished
        pooled = [] if self.source.pooled is None else [pl.col(self.source.survey.require(self.source.pooled).name).fill_null("").alias("apart")]
        return [self.ids.cells.alias("id"), *pooled, *self.unfinished]

    @property
    def unfinished(self) -> list[pl.Expr]:
        """Whether somebody did not finish, where anything tells."""
        return [] if self.source.unfinished is None else [self.source.unfinished.alias("unfinished")]

    @property
    def no_answers(self) -> frozenset[str]:
        """The columns that are statements, or say who or when: no others beside these have to be looked at for a blank row."""
        told = [header for header in (self.source.wave_column, self.source.pooled) if header is not None]
        ids = [self.ids.column.name] if self.ids else []
        return frozenset((*self.items, *ids, *(self.source.survey.require(header).name for header in told)))

    @property
    def unanswered(self) -> pl.Expr:
        """Of coded rows: whether no statement was answered."""
        return pl.all_horizontal(pl.col(name) == MISSING for name in self.items)

    def marks(self, wave: pl.Expr) -> list[pl.Expr]:
        """Columns for the coded rows while they are counted: a number for each id in its wave, and whether they finished."""
        if self.ids is None:
            return self.unfinished
        id, *apart = self.extra[: 1 if self.source.pooled is None else 2]
        number = pl.struct(wave.alias("wave"), id, *apart).hash()  # a number in place of an id takes a fraction of the memory
        return [pl.when(self.ids.cells.is_not_null() & (wave != UNKNOWN)).then(number).alias("who"), *self.unfinished]

    def roll(self, coded: pl.LazyFrame) -> pl.LazyFrame:
        """By wave how many rows there are, how many without an answer to a statement, and how many unfinished."""
        sums = {"n": pl.len(), "unanswered": self.unanswered.sum()}
        sums |= {} if self.source.unfinished is None else {"unfinished": pl.col("unfinished").sum()}
        return coded.group_by("wave").agg(**sums)

    def queries(self, coded: pl.LazyFrame) -> list[pl.LazyFrame]:
        """The roll, and how many rows have an id more than there are ids."""
        if self.ids is None:
            return [self.roll(coded)]
        again = coded.filter(pl.col("who").is_not_null()).select((pl.len() - pl.col("who").n_unique()).alias("again"))
        return [self.roll(coded), again]

    def repeating(self, coded: pl.LazyFrame) -> pl.LazyFrame:
        """The ids that stand on several rows of a wave, and on how many. `coded` are rows with the columns `extra`."""
        identified = coded.filter(pl.col("id").is_not_null() & (pl.col("wave") != UNKNOWN))
        return identified.group_by(self.who).len("n").filter(pl.col("n") > 1)

    def repeated(self, rows: int, found: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
        """Those of the ids found that are people's, and a warning where the column is not one of people. `rows` are all in the file."""
        ids = found.filter(pl.Series([is_person(id) for id in found["id"]], dtype=pl.Boolean))
        extra = int(ids["n"].sum()) - ids.height
        if self.ids is None or not extra or self.ids.declared:
            return ids, ()
        own = normalise(self.ids.column.text) in RESPONSE_IDS
        if extra <= _MOST_REPEATED * rows or (own and int(ids["n"].max()) <= max(rows / 2, 4)):  # type: ignore[arg-type] # a count
            return ids, ()
        name = shortened(self.ids.column.text)
        told = f'`{name}` holds the same value in many rows, so it is not taken for who is who; if it is, declare `id = "{name}"` in a study'
        return ids.clear(), (f"{self.source.survey.name}: {told}",)


def watch_of(study: Study, source: Source, items: Sequence[str]) -> Watch:
    """What to look for in a source."""
    column = id_of(study, source)
    return Watch(source, items, Ids(column, declared=study.id_column is not None) if column else None)


def told_unfinished(source: Source, roll: pl.DataFrame) -> tuple[str, ...]:
    """The sentence on people who did not finish, where there are any."""
    if source.unfinished is None:
        return ()
    people = roll.filter(pl.col("wave") != UNKNOWN)
    n, unfinished = int(people["n"].sum()), int(people["unfinished"].sum())
    verb, mend = "is" if unfinished == 1 else "are", '`unfinished = "drop"` in a study leaves them out'
    return (f"{source.survey.name}: n = {n}, of whom {unfinished} {verb} unfinished and counted ({mend})",) if unfinished else ()
