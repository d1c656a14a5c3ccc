"""Each person once, by Polars: which rows say nothing, and which of the rows of one id counts; never by the order of rows."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from rpgstat.record import record
from rpgstat.study import Survey, reading
from rpgstat.study.labels import BLANKS
from rpgstat.tally.engine.times import as_times

_FIRST_ROWS = 20_000  # dates of which tell day and month apart
_BEFORE_ALL = -(2**62)


@record
class Telling:
    """What tells rows apart, as expressions on the columns of a survey.

    `who` has columns for the wave, the id, and what else keeps two people apart; `numbered` gives rows a column `number` made of these, null
    for nobody, and may give them `person` too.
    `unanswered` are the rows without an answer to a statement, `beside` the columns of which one more may hold an answer.
    """

    wave: pl.Expr
    who: tuple[pl.Expr, ...]
    numbered: Callable[[pl.LazyFrame], pl.LazyFrame]
    unanswered: pl.Expr
    answered: pl.Expr
    done: pl.Expr
    beside: tuple[str, ...]

    @property
    def keys(self) -> list[str]:
        """The names of the columns of `who`."""
        return [one.meta.output_name() for one in self.who]

    @property
    def empty(self) -> pl.Expr:
        """Whether a row has no answer in any column, nor a word in a text box."""
        cells = [pl.col(name) for name in self.beside]
        blank = [cell.is_null() | cell.str.strip_chars().str.to_lowercase().is_in(sorted(BLANKS)) for cell in cells]
        return pl.all_horizontal(self.unanswered, *blank)


@record
class Once:
    """How many rows say nothing, and how many stand beside another of their id; and the rows themselves, which are read when asked for.

    `whole` are the rows that say something. Of these `plain` have an id of their own, or none; `several` have one that stands on several,
    and `best` are those of them that count. `silent` says of which rows of a survey nothing is left.
    """

    blank: int
    again: int
    whole: pl.LazyFrame
    plain: pl.LazyFrame
    several: pl.LazyFrame
    best: pl.LazyFrame


def repeating(survey: Survey, telling: Telling, known: pl.Expr) -> pl.DataFrame:
    """The ids that stand on several rows of a wave that is `known`, on how many, and their numbers; by the ids themselves, not the numbers."""
    rows = telling.numbered(survey.frame).select(*telling.who, "number", known.alias("known"))
    identified = rows.filter(pl.col("id").is_not_null() & pl.col("known"))
    with reading(survey.name):
        return identified.group_by(*telling.keys, "number").len("n").filter(pl.col("n") > 1).collect(engine="streaming")


def silent_rows(survey: Survey, telling: Telling, rows: dict[int, int]) -> tuple[pl.Expr, int]:
    """Which rows say nothing, and how many. `rows` are those of each wave.

    A wave of nothing but such rows is no wave without people, but one about which nothing can be said: its rows stay.
    """
    with reading(survey.name):
        found = _whole(survey).filter(telling.empty).with_columns(telling.wave.alias("wave")).group_by("wave").len("n").collect(engine="streaming")
    silent = {wave: n for wave, n in found.rows() if n < rows[wave]}
    return telling.empty & telling.wave.is_in(sorted(silent)), sum(silent.values())


def once(survey: Survey, telling: Telling, silent: pl.Expr | None, blank: int, ids: pl.DataFrame) -> Once:
    """Each person once. `ids` are the ids among those `repeating` that are people's."""
    whole = _whole(survey) if silent is None else _whole(survey).filter(~silent)
    if not ids.height:
        return Once(blank, 0, whole, whole, whole.clear(), whole.clear())
    numbers, rows = ids.lazy().select("number").unique(), telling.numbered(whole)
    plain, several = (rows.join(numbers, on="number", how=how).drop("number", "person", strict=False) for how in ("anti", "semi"))
    told, of_all = _best(survey, telling, several)
    keys = [*telling.keys, "content"]
    same = several.with_columns(*telling.who, _content(survey).hash().alias("content")).join(told.lazy(), on=keys, how="semi", nulls_equal=True)
    best = same.unique(telling.keys, keep="any").drop(keys)  # what is left of a person is the same in every cell
    return Once(blank, of_all - told.height, whole, plain, several, best)


def _whole(survey: Survey) -> pl.LazyFrame:
    return survey.frame if survey.whole is None else survey.whole


def _best(survey: Survey, telling: Telling, several: pl.LazyFrame) -> tuple[pl.DataFrame, int]:
    """Of each person the content of the row that counts, and how many rows there are.

    That is the latest of those completed, by the time of submission; without times the one with most statements answered; of equals the
    last in the order of their content.
    """
    told = (telling.done.alias("done"), telling.answered.alias("answered"), _content(survey).hash().alias("content"))
    with reading(survey.name):
        rows = several.select(*telling.who, *told, *survey.submitted).collect(engine="streaming")
    best = rows.with_columns(time=_times(survey, rows).dt.timestamp().fill_null(_BEFORE_ALL))
    for key in ("done", "time", "answered"):
        best = best.filter(pl.col(key) == pl.col(key).max().over(telling.keys))
    best = best.select(*telling.keys, "content").unique()
    return _last_in_order(survey, telling, several, best), rows.height


def _times(survey: Survey, rows: pl.DataFrame) -> pl.Series:
    """When each row was submitted, by the first column that tells; null where none does."""
    for name in survey.submitted:
        with reading(survey.name):
            head = survey.frame.head(_FIRST_ROWS).select(name).collect(engine="streaming")[name]  # more rows tell day and month apart
        times = as_times(pl.concat([head, rows[name]]))
        if times is not None:
            return times.tail(rows.height)
    return pl.Series([None] * rows.height, dtype=pl.Datetime("us"))


def _last_in_order(survey: Survey, telling: Telling, several: pl.LazyFrame, best: pl.DataFrame) -> pl.DataFrame:
    """Of each person the content that comes last by the alphabet, blank cells first; only where contents differ are they read."""
    differ = best.filter(pl.len().over(telling.keys) > 1)
    if differ.is_empty():
        return best
    keys = [*telling.keys, "content"]
    rows = several.select(*telling.who, _content(survey).hash().alias("content"), _content(survey).alias("text"))
    with reading(survey.name):
        text = rows.join(differ.lazy(), on=keys, how="semi", nulls_equal=True).unique(keys).collect(engine="streaming")
    last = text.filter(pl.col("text") == pl.col("text").max().over(telling.keys)).select(keys)
    return pl.concat([best.join(differ, on=keys, how="anti", nulls_equal=True), last])


def _content(survey: Survey) -> pl.Expr:
    """All cells of a row as one text."""
    return pl.concat_str([pl.col(column.name).fill_null("") for column in survey.columns], separator="\x1f")
