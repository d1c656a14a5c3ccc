"""Weeks: counted by the days of their dates, so that years of 53 weeks need no care, and shown by their date or as ISO 8601 numbers them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import pairwise

_MONDAY = date(2024, 1, 1).toordinal() % 7


def seven_apart(days: Iterable[int | None]) -> bool:
    """Whether dates, as ordinals, are those of a weekly series: all whole weeks apart, and two of them one week.

    >>> monday = date(2024, 1, 1).toordinal()
    >>> seven_apart([monday, monday + 7, monday + 21]), seven_apart([monday, monday + 14]), seven_apart([monday, monday + 7, monday + 15])
    (True, False, False)
    """
    known = set(days)
    held = sorted(day for day in known if day is not None)
    gaps = {after - before for before, after in pairwise(held)}
    return len(held) == len(known) and min(gaps, default=0) == 7 and not any(gap % 7 for gap in gaps)


def monday(year: int, week: int) -> int | None:
    """The ordinal of the Monday of an ISO week; None for a week that the year does not have.

    >>> date.fromordinal(monday(2020, 53)).isoformat(), monday(2021, 53)
    ('2020-12-28', None)
    """
    try:
        return date.fromisocalendar(year, week, 1).toordinal()
    except ValueError:
        return None


def week_label(index: int, sample: str) -> str:
    """A week by its index, days // 7, in the style of `sample`: an ISO week, or a date of the same weekday.

    >>> week_label(date(2024, 1, 10).toordinal() // 7, "2024-W01"), week_label(date(2024, 1, 10).toordinal() // 7, "2024-01-03")
    ('2024-W02', '2024-01-10')
    """
    day = date.fromordinal(7 * index + weekday(sample))
    if "W" not in sample:
        return day.isoformat()
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def weekday(sample: str) -> int:
    """The ordinal of a week's date modulo 7, from a label of the series."""
    return _MONDAY if "W" in sample else date.fromisoformat(sample).toordinal() % 7


def week_of(day: int, sample: str, *, ending: bool = False, whole: bool = False) -> int:
    """The index of the week that a day falls in: weeks begin at the dates of the series, or with `ending` end there.

    With `whole`, the first week whose date does not lie before the day.

    >>> new_year = date(2024, 1, 1).toordinal()
    >>> [week_label(week_of(new_year + 2, sample), sample) for sample in ("2024-W01", "2023-12-31")]
    ['2024-W01', '2023-12-31']
    >>> week_label(week_of(new_year + 2, "2024-01-07", ending=True), "2024-01-07")
    '2024-01-07'
    """
    past = day - weekday(sample)
    return -(-past // 7) if ending or whole else past // 7
