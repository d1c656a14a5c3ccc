"""Each person once: blank rows, and rows of one id beyond the one that counts, are taken out of a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import polars as pl

from rpgstat.record import record
from rpgstat.study import Source, Survey, reading
from rpgstat.study.labels import BLANKS
from rpgstat.tally._answers import HEAD_ROWS, MISSING, UNKNOWN
from rpgstat.tally._people import Watch
from rpgstat.tally._times import as_times
from rpgstat.text import plural, shortened

Coded = Callable[..., pl.LazyFrame]
"""Rows with the codes of waves and answers, and further columns: see `File.coded`."""


@record
class Once:
    """A source with each person once; the rows of an id that stands on another row, None where nothing tells who is who; and what to tell.

    `again` are the numbers of the latter rows, `gone` those of all rows taken out.
    """

    source: Source
    repeats: pl.LazyFrame | None
    again: pl.DataFrame
    gone: pl.DataFrame
    warnings: tuple[str, ...]


def once(watch: Watch, watched: Sequence[pl.DataFrame], coded: Coded, *, keep: bool) -> Once:
    """Each person once, by what was `watched` for in the first pass; the source itself where there is nothing to take out.

    With `keep` rows of one id stay, and are told. Blank rows go in any case.
    """
    source, survey = watch.source, watch.source.survey
    rows = int(watched[0].filter(pl.col("wave") != UNKNOWN)["n"].sum())
    ids, warnings = (pl.DataFrame(), ()) if watch.ids is None or not watched[1].item() else watch.repeated(rows, _repeating(watch, coded))
    frame = _numbered(survey)
    blank = _blank_rows(watch, coded, watched[0]) if watched[0]["unanswered"].sum() else _no_rows(frame)
    again = _no_rows(frame) if ids.is_empty() else _repeats(watch, frame.join(blank.lazy(), on="row", how="anti"), coded, ids)
    if not blank.is_empty():
        warnings += (f"{survey.name}: {plural(blank.height, 'row')} without any answer left out",)
    if not again.is_empty():
        warnings += (_told(watch, again.height, keep=keep),)
    gone = blank if keep else pl.concat([blank, again])
    if not gone.is_empty():
        source = replace(source, survey=survey.reduced(lambda rows: rows.with_row_index("row").join(gone.lazy(), on="row", how="anti").drop("row")))
    return Once(source, frame.join(again.lazy(), on="row", how="semi").drop("row") if watch.ids else None, again, gone, warnings)


def _repeating(watch: Watch, coded: Coded) -> pl.DataFrame:
    """The ids that stand on several rows, by the ids themselves: the pass has compared numbers made of them."""
    with reading(watch.source.survey.name):
        return watch.repeating(coded(*watch.extra)).collect(engine="streaming")


def _numbered(survey: Survey) -> pl.LazyFrame:
    return survey.frame.with_row_index("row")


def _no_rows(frame: pl.LazyFrame) -> pl.DataFrame:
    return pl.DataFrame(schema={"row": frame.collect_schema()["row"]})


def _blank_rows(watch: Watch, coded: Coded, roll: pl.DataFrame) -> pl.DataFrame:
    """The rows without an answer in any column, nor a word in a text box; only rows to which no statement was answered can be such."""
    survey = watch.source.survey
    answers = [column for column in (*survey.columns, *survey.aside) if column.kind not in ("id", "meta", "personal")]
    others = [pl.col(column.name) for column in answers if column.name not in watch.no_answers]
    empty = [cell.is_null() | cell.str.strip_chars().str.to_lowercase().is_in(sorted(BLANKS)) for cell in others]
    whole = (survey.frame if survey.whole is None else survey.whole).with_row_index("row")
    with reading(survey.name):
        rows = coded(pl.col("row"), *others, frame=whole).filter(pl.all_horizontal(watch.unanswered, *empty))
        found = rows.select("row", "wave").collect(engine="streaming")
    people = dict(roll.select("wave", "n").rows())  # a wave of blank rows is no wave without people, but one about which nothing can be said
    return found.filter(pl.len().over("wave") < pl.col("wave").replace_strict(people, return_dtype=pl.Int64)).select("row")


def _repeats(watch: Watch, frame: pl.LazyFrame, coded: Coded, ids: pl.DataFrame) -> pl.DataFrame:
    """The rows of `ids` other than the one that counts for each person.

    That is the latest of those completed, by the time of submission; without times the one with most statements answered; of equals the
    last in the order of their content.
    """
    survey = watch.source.survey
    done = pl.lit(True) if watch.source.unfinished is None else ~pl.col("unfinished")
    answered = pl.sum_horizontal((pl.col(name) != MISSING).cast(pl.Int32) for name in watch.items)
    extra = [pl.col("row"), _content(survey).hash().alias("content"), *map(pl.col, survey.submitted), *watch.extra]
    theirs = coded(*extra, frame=frame).join(ids.lazy().select(watch.who), on=watch.who, how="semi")
    with reading(survey.name):
        rows = theirs.select("row", *watch.who, done.alias("done"), answered.alias("answered"), "content", *survey.submitted).collect(engine="streaming")
    best = rows.with_columns(time=_times(survey, rows).dt.timestamp().fill_null(-(2**62)))
    for key in ("done", "time", "answered"):
        best = best.filter(pl.col(key) == pl.col(key).max().over(watch.who))
    alike = _last_in_order(watch, best).sort("row").unique(watch.who, keep="first")
    return rows.join(alike, on="row", how="anti").select("row")


def _times(survey: Survey, rows: pl.DataFrame) -> pl.Series:
    """When each row was submitted, by the first column that tells; null where none does."""
    for name in survey.submitted:
        with reading(survey.name):
            head = survey.frame.head(HEAD_ROWS).select(name).collect(engine="streaming")[name]  # more rows tell day and month apart
        times = as_times(pl.concat([head, rows[name]]))
        if times is not None:
            return times.tail(rows.height)
    return pl.Series([None] * rows.height, dtype=pl.Datetime("us"))


def _last_in_order(watch: Watch, rows: pl.DataFrame) -> pl.DataFrame:
    """Of each person's rows those whose cells come last by the alphabet, blank ones first; only where cells differ are they read."""
    survey = watch.source.survey
    differ = rows.filter(pl.col("content").n_unique().over(watch.who) > 1)
    if differ.is_empty():
        return rows
    with reading(survey.name):
        text = (
            _numbered(survey).join(differ.lazy().select("row"), on="row", how="semi").select("row", _content(survey).alias("text")).collect(engine="streaming")
        )
    told = rows.join(text, on="row", how="left")
    return told.filter(pl.col("text").is_null() | (pl.col("text") == pl.col("text").max().over(watch.who)))


def _content(survey: Survey) -> pl.Expr:
    """All cells of a row as one text."""
    return pl.concat_str([pl.col(column.name).fill_null("") for column in survey.columns], separator="\x1f")


def _told(watch: Watch, rows: int, *, keep: bool) -> str:
    """The sentence on the rows of people who stand in a file more than once."""
    name = shortened(watch.ids.column.text) if watch.ids else ""
    again = f"{watch.source.survey.name}: {plural(rows, 'row')} {'repeats' if rows == 1 else 'repeat'} a `{name}` that stands on another row"
    if keep:
        return f"{again}; all are counted, as the study says"
    return f'{again}; each person counts once (`duplicates = "keep"` in a study counts every row)'
