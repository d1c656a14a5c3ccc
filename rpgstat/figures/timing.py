"""Periods named by the evaluator, in the frequency of a series: when an event was, where limits begin anew; and the labels of gaps."""

from __future__ import annotations

import re
from datetime import date

from rpgstat.errors import UserError
from rpgstat.figures.cells import Cell
from rpgstat.figures.periods import PER_YEAR, Frequency, Period, Periods, periods
from rpgstat.figures.weeks import week_label, week_of

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_SPAN = re.compile(r"\d{4}/\d{2}")
_EXAMPLE = "write it as 2017-01, Jan 2017, 2017 Q1, 2017, 2016/17, 2017-W05, or as a date, 2017-01-30"


def label_of(frequency: Frequency, index: int, sample: str) -> str:
    """The label of a period in the style of `sample`, another label of the same column.

    >>> label_of("month", 24211, "2015-10"), label_of("year", 2017, "2015/16"), label_of("quarter", 8068, "2015 Q1")
    ('2017-08', '2017/18', '2017 Q1')
    >>> label_of("year", 2017, "2015-03")
    '2017-03'
    """
    if frequency == "week":
        return week_label(index, sample)
    if dated := _MONTH.fullmatch(sample):
        months = 12 // PER_YEAR[frequency]
        index = months * index + (int(dated[2]) - 1) % months
        return f"{index // 12}-{index % 12 + 1:02d}"
    year, part = divmod(index, PER_YEAR[frequency])
    shown = f"{year}/{(year + 1) % 100:02d}" if _SPAN.match(sample) else str(year)
    return f"{shown} Q{part + 1}" if frequency == "quarter" else shown


def named(words: str, where: str) -> Periods:
    """The one period that an option or a key names; `where` is it, for errors. Raises UserError for anything else."""
    try:
        return periods([Cell(words.strip(), where)])
    except UserError as error:
        raise UserError(error.problem, _EXAMPLE) from error


def at(period: Periods, frequency: Frequency, sample: str, *, end: bool = False, ending: bool = False) -> int:
    """The index, in `frequency`, at which a named period begins, or with `end` the last that lies in it.

    A finer period stands for the coarser one that it falls in; where the series is dated by month once a year or a quarter, for the first date that does
    not lie before it. A day stands for the week that it falls in, a month for the first week dated in it; `ending` where the dates of a weekly
    series are those of its last days. Raises UserError where years of two calendar years meet others.

    >>> at(named("2017-05", "--event"), "quarter", "2015 Q1"), at(named("2017", "--event"), "month", "2015-10", end=True)
    (8069, 24215)
    >>> at(named("2017-05", "--event"), "year", "2015-03")
    2018
    >>> label_of("week", at(named("2024-02-14", "--event"), "week", "2024-01-01"), "2024-01-01")
    '2024-02-12'
    """
    own, item = period.frequency, period.items[0]
    if own == frequency != "week":
        return item.index
    if _SPAN.match(sample) or _SPAN.match(item.label):
        raise UserError(f"`{item.label}` cannot be placed among periods such as {sample}", f"write it in the form of the file, as in {sample}")
    if frequency == "week":
        return _at_week(item, own, sample, end=end, ending=ending)
    if own == "week" and item.day is not None:
        day = date.fromordinal(item.day)
        own, item = "month", Period(12 * day.year + day.month - 1, item.label)
        if frequency == "month":
            return item.index
    ratio = PER_YEAR[frequency] / PER_YEAR[own]
    if ratio > 1:
        return int((item.index + end) * ratio) - end
    months = 12 // PER_YEAR[frequency]
    first = item.index * (12 // PER_YEAR[own])
    if dated := _MONTH.fullmatch(sample):
        return -(-(first - (int(dated[2]) - 1) % months) // months)
    return first // months


def _at_week(item: Period, own: Frequency, sample: str, *, end: bool, ending: bool) -> int:
    """The week of a day; of a month, quarter or year the first dated in it, or with `end` the last."""
    if item.day is not None:
        return week_of(item.day, sample, ending=ending)
    months = 12 // PER_YEAR[own]
    first = months * (item.index + end)
    day = date(first // 12, first % 12 + 1, 1).toordinal()
    return week_of(day - 1, sample) if end else week_of(day, sample, whole=True)
