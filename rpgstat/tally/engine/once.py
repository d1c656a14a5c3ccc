"""Each person once, by Polars: which rows say nothing, and which of the rows of one id counts; never by the order of rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

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

    `numbered` gives rows a column `number`, null for nobody, and may give them `person` and `id` too. Of such rows, `who` are the wave, the id,
    and what else keeps two people apart: that of which the number is made.
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
    """How many rows say nothing, and how many stand beside another of their id.

    Of rows that say something but answer no statement, or have an id that stands on several, the codes that were asked for: `others` have an
    id of their own, or none; `several` have not, and `best` are those of them that count. `whole` are all rows that say something as they
    stand in the file, `repeated` those of `several` and `counting` those of `best`, `plain` all but `repeated`; they are read when asked for.
    """

    blank: int
    again: int
    others: pl.DataFrame
    several: pl.DataFrame
    best: pl.DataFrame
    whole: pl.LazyFrame
    plain: pl.LazyFrame
    repeated: pl.LazyFrame
    counting: pl.LazyFrame


def repeating(survey: Survey, telling: Telling, known: pl.Expr, numbers: pl.Series) -> pl.DataFrame:
    """The ids that stand on several rows of a wave that is `known`, on how many, and their numbers; by the ids themselves, not the numbers.

    Only rows with one of the `numbers` on several rows are looked at: all ids of a large file would not fit the memory.
    """
    rows = telling.numbered(survey.frame).filter(_among(numbers)).select(*telling.who, "number", known.alias("known"))
    identified = rows.filter(pl.col("id").is_not_null() & pl.col("known"))
    with reading(survey.name):
        return identified.group_by(*telling.keys, "number").len("n").filter(pl.col("n") > 1).collect(engine="streaming")


def once(survey: Survey, telling: Telling, rows: Mapping[int, int], numbers: pl.Series, asked: Sequence[pl.Expr | str], *, unanswered: bool) -> Once:
    """Each person once. `rows` are those of each wave, `numbers` those of ids among the `repeating` that are people's, `asked` the codes to read;
    whether there are `unanswered` rows.

    A wave of nothing but rows that say nothing is no wave without people, but one about which nothing can be said: its rows stay.
    """
    found = _doubtful(survey, telling, numbers, asked, unanswered=unanswered)
    empty = found.filter("empty")["wave"].value_counts(name="n").rows()
    waves = [wave for wave, n in empty if n < rows[wave]]
    silent = pl.col("empty") & pl.col("wave").is_in(waves)
    several = found.filter(pl.col("several") & ~silent)
    whole = _whole(survey).filter(~(telling.empty & telling.wave.is_in(waves))) if waves else _whole(survey)
    told = _best(survey, telling, whole, several)
    keys = [*telling.keys, "content"]
    best = several.join(told, on=keys, how="semi", nulls_equal=True).unique(telling.keys, keep="any")  # each person's are the same in every cell
    numbered, made = telling.numbered(whole), ("number", "person", "id")
    repeated = numbered.filter(_among(numbers)) if numbers.len() else numbered.clear()
    same = repeated.with_columns(*telling.who, _content(survey).hash().alias("content")).join(told.lazy(), on=keys, how="semi", nulls_equal=True)
    return Once(
        sum(n for wave, n in empty if wave in waves),
        several.height - best.height,
        found.filter(~pl.col("several") & ~silent),
        several,
        best,
        whole,
        numbered.filter(~_among(numbers)).drop(made, strict=False) if numbers.len() else whole,
        repeated.drop(made, strict=False),
        same.unique(telling.keys, keep="any").drop([*keys, *made], strict=False),
    )


def _doubtful(survey: Survey, telling: Telling, numbers: pl.Series, asked: Sequence[pl.Expr | str], *, unanswered: bool) -> pl.DataFrame:
    """The rows that answer no statement, or have one of the numbers: what tells them apart, and the codes that are asked for. One scan."""
    several = _among(numbers) if numbers.len() else pl.lit(False)
    told = {
        "several": several,
        "empty": telling.empty if unanswered else pl.lit(False),
        "done": telling.done,
        "answered": telling.answered,
        "content": _content(survey).hash() if numbers.len() else pl.lit(0, pl.UInt64),
        **({_sent(name): pl.col(name) for name in survey.submitted} if numbers.len() else {}),
    }
    rows = telling.numbered(_whole(survey)).filter(several | telling.unanswered if unanswered else several)
    with reading(survey.name):
        return rows.select(*telling.who, *(one.alias(name) for name, one in told.items()), *(["number"] if numbers.len() else []), *asked).collect(
            engine="streaming"
        )


def _among(numbers: pl.Series) -> pl.Expr:
    """Whether the number of a row is one of these."""
    return pl.col("number").is_in(numbers.implode()).fill_null(value=False)


def _sent(name: str) -> str:
    """What a column of times is called beside the codes, which may hold it too."""
    return f"sent {name}"


def _whole(survey: Survey) -> pl.LazyFrame:
    return survey.frame if survey.whole is None else survey.whole


def _best(survey: Survey, telling: Telling, whole: pl.LazyFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Of each person the content of the row that counts.

    That is the latest of those completed, by the time of submission; without times the one with most statements answered; of equals the
    last in the order of their content.
    """
    if rows.is_empty():
        return rows.select(*telling.keys, "content")
    best = rows.with_columns(time=_times(survey, rows).dt.timestamp().fill_null(_BEFORE_ALL))
    for key in ("done", "time", "answered"):
        best = best.filter(pl.col(key) == pl.col(key).max().over(telling.keys))
    best = best.select(*telling.keys, "content", "number").unique()
    return _last_in_order(survey, telling, whole, best).drop("number")


def _times(survey: Survey, rows: pl.DataFrame) -> pl.Series:
    """When each row was submitted, by the first column that tells; null where none does."""
    for name in survey.submitted:
        with reading(survey.name):
            head = survey.frame.head(_FIRST_ROWS).select(name).collect(engine="streaming")[name]  # more rows tell day and month apart
        times = as_times(pl.concat([head, rows[_sent(name)].rename(name)]))
        if times is not None:
            return times.tail(rows.height)
    return pl.Series([None] * rows.height, dtype=pl.Datetime("us"))


def _last_in_order(survey: Survey, telling: Telling, whole: pl.LazyFrame, best: pl.DataFrame) -> pl.DataFrame:
    """Of each person the content that comes last by the alphabet, blank cells first; only where contents differ are they read."""
    differ = best.filter(pl.len().over(telling.keys) > 1)
    if differ.is_empty():
        return best
    keys = [*telling.keys, "content", "number"]
    rows = telling.numbered(whole).filter(_among(differ["number"].unique()))
    rows = rows.select(*telling.who, "number", _content(survey).hash().alias("content"), _content(survey).alias("text"))
    with reading(survey.name):
        text = rows.join(differ.lazy(), on=keys, how="semi", nulls_equal=True).unique(keys).collect(engine="streaming")
    last = text.filter(pl.col("text") == pl.col("text").max().over(telling.keys)).select(keys)
    return pl.concat([best.join(differ, on=keys, how="anti", nulls_equal=True), last])


def _content(survey: Survey) -> pl.Expr:
    """All cells of a row as one text."""
    return pl.concat_str([pl.col(column.name).fill_null("") for column in survey.columns], separator="\x1f")
