"""A file opened with Polars: its answers as codes, kept in memory where they fit, and the counts that are asked of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import polars as pl

from rpgstat.study import Source, reading
from rpgstat.study.labels import BLANKS
from rpgstat.tally._spec import ANYBODY, MISSING, UNKNOWN, Numbering, Query, TextsOf, Who, in_lots, items_in
from rpgstat.tally.engine.answers import all_of
from rpgstat.tally.engine.blocks import Numbers, in_blocks
from rpgstat.tally.engine.expressions import Expressions
from rpgstat.tally.engine.ids import DAMAGED, Ids
from rpgstat.tally.engine.once import Once, Telling, once, repeating
from rpgstat.tally.engine.texts import Known, cells_of, count_name, of_known, of_texts, places_of

MOST_KEPT = 200_000_000
"""Bytes of codes that are kept in memory of a file; of a larger one they are made again from the file whenever they are asked for."""

_TEXT, _WHO = 4, 8  # bytes of a cell of text, which is kept as the number of a category, and of what tells who somebody is

_SURELY = 1.25  # times as many rows as are kept, by the length of the first of them: then it is not tried

_FIRST_ROWS = 1_000
_GAPS = 2  # times as many people as there are

Counted = pl.DataFrame
"""The counts that answer a query, a row each, in the columns that the query names."""

EVERYONE = Who()


@dataclass
class Table:
    """The rows of a source.

    `code` makes their codes, once and for all where they fit into `most` bytes, beside the cells of the columns `beside`, of which groups
    and weights are made: `seen` says what these hold. `settle` leaves each person once.
    """

    source: Source
    ids: Ids | None = None
    beside: Sequence[str] = ()
    most: int = MOST_KEPT
    seen: dict[str, dict[str, int]] = field(default_factory=dict)
    settled: bool = False
    _once: Once | None = None
    _kept: pl.DataFrame | None = None
    _again: tuple[pl.DataFrame, pl.DataFrame] | None = None
    _numbers: Numbers = field(default_factory=Numbers)

    @property
    def in_memory(self) -> bool:
        """Whether the codes are kept."""
        return self._kept is not None

    def code(self, wave: Numbering, items: Mapping[str, Numbering]) -> None:
        """Makes the codes of the wave and of the items, by the names of their columns, and keeps them unless they are too many."""
        self._expressions = Expressions(pl)
        self._wave = self._expressions.code(wave)
        self._items = {name: self._expressions.code(numbering) for name, numbering in items.items()}
        most = self.most // (2 + len(items) + _TEXT * len(self.beside) + 2 * _WHO)
        self._kept = None if self.source.survey.rows > _SURELY * most else self._coded_up_to(most)
        if self._kept is not None:
            self.seen = {name: all_of(self._kept[name]) for name in self.beside}

    def _coded_up_to(self, most: int) -> pl.DataFrame | None:
        """The codes of so many rows, None where there are more."""
        with reading(self.source.survey.name):
            made = self._select(self.source.survey.frame, [*self._texts, *self._marks()]).head(most + 1).collect(engine="streaming")
        return made if made.height <= most else None

    def collect(self, queries: Sequence[Query], who: Who = EVERYONE) -> list[Counted]:
        """The counts that answer the queries, told apart by `who`; in one pass over the file, block by block, where its codes are not kept."""
        if self.in_memory and self._holds(who):  # there is no file that they would share, and looking for what they do grows with their square
            return [pl.concat([self._kept_counts(part, who) for part in in_lots(query)]) for query in queries]
        with reading(self.source.survey.name):
            found, self._numbers = in_blocks(self._expressions, queries, self._coded(who, self._items), who)
        return found

    def _kept_counts(self, query: Query, who: Who) -> Counted:
        asked: pl.LazyFrame = self._expressions.query(query, self._coded(who, items_in(query)), who)
        return asked.collect(engine="streaming")

    def texts(self, query: TextsOf, who: Who = EVERYONE, known: Known | None = None) -> Counted:
        """The counts of cells as they are written, also of columns that were left out on reading and are declared.

        `known` are the few cells that some parts are thought to have, by place. They are counted in one pass with the others, and those of a part that
        turns out to have more in another.
        """
        survey = self.source.survey
        rows = survey.frame if survey.whole is None else survey.whole
        read = rows.select(self._wave.alias("wave"), *self._expressions.who(who), *query.needs)
        known = known if known and who.weight is None else {}
        rest = [place for place in places_of(query) if place not in known]
        with reading(survey.name):
            asked = [of_known(pl, query, read, who, known)] if known else []
            found = pl.collect_all([*asked, *([of_texts(pl, query, read, who, rest)] if rest else [])], engine="streaming")
            tables = found[len(asked) :]
            if asked:
                told, more = _in_rows(found[0], who, known)
                tables += [told, *([of_texts(pl, query, read, who, more).collect(engine="streaming")] if more else [])]
        return pl.concat(tables, how="diagonal_relaxed")

    def persons(self, wave: int, query: TextsOf, who: Who = EVERYONE) -> pl.LazyFrame:
        """What each part says of the people of a wave, beside their number `person` and what tells them apart: of those whose id stands there once.

        Only with declared ids.
        """
        survey = self.source.survey
        rows = self._numbered(survey.frame if survey.whole is None else survey.whole)
        own = rows.filter(self._wave == wave, pl.col("person") > DAMAGED).select("person", *self._expressions.who(who), *cells_of(pl, query))
        once = own.group_by("person").agg(pl.len().alias("n")).filter(pl.col("n") == 1)
        return own.join(once, on="person", how="semi")

    def blank(self, name: str) -> int:
        """How many rows have nothing in a column of the file."""
        with reading(self.source.survey.name):
            return int(self.source.survey.frame.select(pl.col(name).is_null().sum()).collect(engine="streaming").item())

    def repeating(self) -> Counted:
        """The ids that stand on several rows of a wave, `id`, and on how many, `n`; once it was asked whether any do."""
        numbers = self._numbers if self._kept is None else Numbers([self._kept["who"]])
        return repeating(self.source.survey, self._telling, self._wave != UNKNOWN, numbers.repeated)

    def settle(self, rows: Mapping[int, int], unanswered: int, ids: Counted | None, *, keep: bool) -> tuple[int, int]:
        """Takes out rows that say nothing, and those beside the one that counts of each of the `ids`, which are some of those `repeating`.

        `rows` are those of each wave, of which `unanswered` answer no statement. With `keep` rows of one id stay. How many say nothing, and
        how many stand beside another.
        """
        self.settled = True
        numbers = pl.Series("number", [], pl.UInt64) if ids is None else ids["number"].unique()
        if not unanswered and not numbers.len():
            self._kept = None if self._kept is None else self._kept.drop("who", strict=False)
            return 0, 0
        asked: list[pl.Expr | str] = [*self._texts, *self._person, *self._unfinished, *self._codes] if self._kept is not None else []
        found = self._once = once(self.source.survey, self._telling, rows, numbers, asked, unanswered=unanswered > 0)
        if self._kept is not None:
            self._keep(self._kept, found, numbers, keep=keep)
        blank = found.blank
        if blank or (found.again and not keep):
            left = pl.concat([found.plain, found.counting]) if found.again and not keep else found.whole
            self.source = replace(self.source, survey=self.source.survey.reduced(lambda _: left))
        return blank, found.again

    def repeated(self, who: Who) -> Counted | None:
        """By wave and group how many rows stand beside the one that counts of their id; None where nothing tells who is who."""
        if self.ids is None:
            return None
        if self._once is None or not self._once.again:
            return pl.DataFrame()
        apart = self._expressions.who(replace(who, weight=None))
        if self._again is not None and self._holds(who):
            several, best = (frame.lazy() for frame in self._again)
        else:
            several, best = (rows.with_columns(self._wave.alias("wave")) for rows in (self._once.repeated, self._once.counting))
        signed = [rows.with_columns(*apart, n=pl.lit(sign)).select(*who.keys, "n") for rows, sign in ((several, 1), (best, -1))]
        with reading(self.source.survey.name):
            return pl.concat(signed).group_by(who.keys).agg(pl.col("n").sum()).filter(pl.col("n") > 0).collect(engine="streaming")

    def identified(self, wave: int, who: Who) -> pl.LazyFrame:
        """The rows of a wave: the number `person` of each, groups, and codes of items. Only for a table with declared ids.

        They are held in memory even where the codes of the file are not kept, so that the file is read once for all that is asked of them.
        """
        apart = self._expressions.who(who)
        if self._kept is not None and self._holds(who):
            return self._kept.lazy().filter(pl.col("wave") == wave).select("person", *apart, *self._items)
        rows = self._select(self.source.survey.frame, [*apart, *self._person])
        with reading(self.source.survey.name):
            return rows.filter(pl.col("wave") == wave).drop("wave").collect(engine="streaming").lazy()

    def run_on(self, wave: int, people: int) -> bool:
        """Whether the ids of so many people of a wave are whole numbers that run on from 0 or 1; rows left out may leave gaps."""
        if self.ids is None:
            return False
        own = pl.col("person") > DAMAGED
        number, most = pl.col("id").cast(pl.Int64, strict=False), _GAPS * people
        others = (own & (number.is_null() | (number > most))).sum().alias("others")
        numbered = self._numbered(self.source.survey.frame)
        rows = numbered.select(self._wave.alias("wave"), "id", *self._person).filter(pl.col("wave") == wave)
        with reading(self.source.survey.name):
            if rows.head(_FIRST_ROWS).select(others).collect(engine="streaming").item():  # which tell of nearly every file
                return False
            found = rows.select(others, number.filter(own).min().alias("least")).collect(engine="streaming").row(0)
        return found[0] == 0 and found[1] in (0, 1)

    def _coded(self, who: Who, items: Collection[str]) -> pl.LazyFrame:
        """A row for each person: the codes of the wave and of `who`, the marks, and the code of each answer to `items` under its column's name."""
        apart = self._expressions.who(who)
        if self._kept is not None and self._holds(who):
            marks = [name for name in self._kept.columns if name in ("who", "unfinished")]
            own = self._kept[list(dict.fromkeys(["wave", *sorted(who.columns), *marks, *items]))]  # a query on thousands of columns takes long to be planned
            return own.lazy().select("wave", *apart, *marks, *items)
        return self._select(self.source.survey.frame, [*apart, *self._marks()])

    def _select(self, rows: pl.LazyFrame, others: Sequence[pl.Expr | str]) -> pl.LazyFrame:
        return self._numbered(rows).select(self._wave.alias("wave"), *others, *self._codes)

    @property
    def _codes(self) -> list[pl.Expr]:
        """The codes of the items; without any, something that makes a row for each person."""
        return [code.alias(name) for name, code in self._items.items()] or [self._anybody.cast(pl.UInt8).alias(ANYBODY)]

    @property
    def _anybody(self) -> pl.Expr:
        """Whether the first cell of each row that holds anything is an answer: a glance at all columns that will do for nearly every row."""
        columns = [column.name for column in self.source.survey.columns if column.name in self._beside_answers()]
        if not columns:
            return pl.first().is_null() & False
        return ~pl.coalesce(columns).fill_null("").str.strip_chars().str.to_lowercase().is_in(sorted({*BLANKS, ""}))

    @property
    def _texts(self) -> list[pl.Expr]:
        """The columns that are kept as text."""
        return [pl.col(name).cast(pl.Categorical) for name in self.beside]

    def _holds(self, who: Who) -> bool:
        return who.columns <= set(self.beside)

    def _keep(self, kept: pl.DataFrame, found: Once, numbers: pl.Series, *, keep: bool) -> None:
        """Keeps the codes of those who are left: rows of a doubtful kind are taken out, and those among them that count put back."""
        sure = kept.filter(self._expressions.answered(list(self._items) or [ANYBODY])) if found.blank or found.others.height else kept
        sure = sure.filter(~sure["who"].is_in(numbers.implode()).fill_null(value=False)) if numbers.len() else sure
        columns = [name for name in kept.columns if name != "who"]
        back = [found.others, found.several if keep else found.best]
        self._kept = pl.concat([rows.select(columns) for rows in (sure, *back)])
        self._again = found.several.select(columns), found.best.select(columns)

    @property
    def _answered(self) -> pl.Expr:
        return pl.max_horizontal(self._items.values()) != MISSING if self._items else self._anybody

    @property
    def _unfinished(self) -> list[pl.Expr]:
        """Whether somebody did not finish, where anything tells."""
        return [] if self.source.unfinished is None else [self.source.unfinished.alias("unfinished")]

    def _marks(self) -> list[pl.Expr | str]:
        """Columns beside the codes: a number for each id in its wave, until the file is settled, and whether they finished."""
        if self.ids is None or self.settled:
            return [*self._person, *self._unfinished]
        return [pl.col("number").alias("who"), *self._person, *self._unfinished]

    @property
    def _person(self) -> list[str]:
        """The column of a number for each person, where the study declares ids."""
        return ["person"] if self.ids is not None and self.ids.declared else []

    def _numbered(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        """Rows of the file with a number for each id in its wave, null for nobody, and one for each person; both only where ids tell."""
        if self.ids is None:
            return rows
        known = pl.col("person") > DAMAGED if self._person else self.ids.cells.is_not_null()
        parts = (self._wave.alias("wave"), pl.col("person")) if self._person else self._who
        number = pl.when(known & (self._wave != UNKNOWN)).then(pl.struct(parts).hash())  # takes a fraction of an id's memory
        return (self.ids.numbered(rows) if self._person else rows).with_columns(number.alias("number"))

    @property
    def _who(self) -> tuple[pl.Expr, ...]:
        """The wave, the id, and what else keeps two people apart; of rows that are numbered."""
        pooled, id = self.source.pooled, pl.lit(None, pl.String) if self.ids is None else pl.col("id") if self._person else self.ids.cells
        apart = [] if pooled is None else [pl.col(self.source.survey.require(pooled).name).fill_null("").alias("apart")]
        return (self._wave.alias("wave"), id.alias("id"), *apart)

    @property
    def _telling(self) -> Telling:
        """What tells rows apart."""
        answered = pl.sum_horizontal([(code != MISSING).cast(pl.Int32) for code in self._items.values()] or [pl.lit(0)])
        done = pl.lit(True) if self.source.unfinished is None else ~self.source.unfinished
        return Telling(self._wave, self._who, self._numbered, ~self._answered, answered, done, self._beside_answers())

    def _beside_answers(self) -> tuple[str, ...]:
        """The columns that may hold an answer and are no statements, nor say who or when."""
        survey = self.source.survey
        told = [survey.require(header).name for header in (self.source.wave_column, self.source.pooled) if header is not None]
        known = {*self._items, *told, *([self.ids.column.name] if self.ids else [])}
        answers = [column for column in (*survey.columns, *survey.aside) if column.kind not in ("id", "meta", "personal")]
        return tuple(column.name for column in answers if column.name not in known)


def _in_rows(found: pl.DataFrame, who: Who, known: Known) -> tuple[pl.DataFrame, list[str]]:
    """The counts of known cells with a row for each place and cell, and the places that have other cells too, which are left out."""
    rows = found.rows(named=True)
    at = {place: {cell: count_name(place, number) for number, cell in enumerate(cells)} for place, cells in known.items()}
    more = [place for place, cells in at.items() if any(row["n"] - row[count_name(place)] > sum(row[name] for name in cells.values()) for row in rows)]
    told = [
        {**{key: row[key] for key in who.apart}, "place": place, "cell": cell, "n": row[name]}
        for place, cells in at.items()
        if place not in more
        for cell, name in cells.items()
        for row in rows
        if row[name]
    ]
    kinds = {key: found.schema[key] for key in who.apart} | {"place": pl.String(), "cell": pl.String(), "n": pl.Int64()}
    return pl.DataFrame(told, schema=kinds), more
