"""Periods in any usual form: years, financial and academic years, quarters, months, weeks, and dates that stand for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from datetime import date
from itertools import accumulate
from typing import Literal

from rpgstat.admin.cells import Cell
from rpgstat.admin.weeks import monday, seven_apart
from rpgstat.errors import UserError
from rpgstat.record import record

Frequency = Literal["year", "quarter", "month", "week"]
PER_YEAR: dict[Frequency, int] = {"year": 1, "quarter": 4, "month": 12, "week": 52}
"""How many periods make a year."""

_FIRST, _LAST = 1900, 2100  # a year beyond these is a number that is no year
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_NAMES = {name: number for names in (_MONTHS, _LONG) for number, name in enumerate(names, start=1)} | {"sept": 9}

_SPAN = r"(?P<y>\d{4})\s?[/-]\s?(?P<z>\d{4}|\d{2})"
_TIME = r"(?:[t ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:z|[+-]\d{2}:?\d{2})?)?"


@record
class Period:
    """A period: its place in time, counted in its frequency, how it is shown, and the ordinal of the day that was written for it, if one was."""

    index: int
    label: str
    day: int | None = field(default=None, repr=False, compare=False)


@record
class Periods:
    """The periods of a column in the order of its cells, repeated where cells repeat; `remarks` say what had to be inferred."""

    frequency: Frequency
    items: tuple[Period, ...]
    remarks: tuple[str, ...] = ()

    @property
    def per_year(self) -> int:
        """Periods in a year."""
        return PER_YEAR[self.frequency]


@record
class _Form:
    """One way to write a period: its pattern, and the period that a match stands for, None where it cannot be one."""

    kind: str
    frequency: Frequency
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str]], Period | None]


def is_period(words: str) -> bool:
    """Whether a text can be read as a period at all.

    >>> is_period("2024/25"), is_period("Q1 2015"), is_period("Oct-2015"), is_period("Turnover")
    (True, True, True, False)
    """
    return next(_readings(words), None) is not None


def periods(cells: Sequence[Cell]) -> Periods:
    """The periods in the cells of one column, or in the headers of a wide table: all in one form.

    `index` is the year; 4 x year + quarter - 1; 12 x year + month - 1; or of an ISO week the days up to it // 7. A year such as 2024/25 is that of
    its first part. Dates stand for their month (see `by_week`); where they are of one month in every year they stand for the year, and where
    they are three months apart, for the quarter.
    Which part of 01/10/2015 is the month, and whether 201112 is a month or a year, the column as a whole has to show.
    Raises UserError that names the cell for what is no period, is ambiguous, or is of another kind than the rest.

    >>> periods([Cell("Oct 15", "A2"), Cell("Dec 15", "A3")]).items
    (Period(index=24189, label='2015-10'), Period(index=24191, label='2015-12'))
    >>> periods([Cell("2024/25", "A2")]).items
    (Period(index=2024, label='2024/25'),)
    """
    found = [{form.kind: (form.frequency, period) for form, period in _readings(cell.text)} for cell in cells]
    for cell, readings in zip(cells, found, strict=True):
        if not readings:
            hint = "write periods as 2015, 2024/25, 2015-10, Oct 2015, 2015 Q1, 2015-W40, or as dates"
            raise UserError(f"{cell.place}: `{cell.text[:40]}` is not a period" if cell.text.strip() else f"{cell.place}: the period is blank", hint)
    if not cells:
        return Periods("year", ())
    kind = _kind(cells, found)
    items = tuple(readings[kind][1] for readings in found)
    remarks = {"day/month": ("dates are read as day/month/year",), "month/day": ("dates are read as month/day/year",)}.get(kind, ())
    column = Periods(found[0][kind][0], items, remarks)
    return _coarser(column) if column.frequency == "month" else column


def by_week(found: Periods) -> Periods:
    """Periods written as dates whole weeks apart, as weeks; any others as they are.

    >>> [item.label for item in by_week(periods([Cell("29/01/2024", "A2"), Cell("05/02/2024", "A3")])).items]
    ['2024-01-29', '2024-02-05']
    """
    if found.frequency == "week" or not seven_apart(item.day for item in found.items):
        return found
    items = tuple(Period(day // 7, date.fromordinal(day).isoformat(), day) for item in found.items if (day := item.day) is not None)
    return replace(found, frequency="week", items=items)


def _kind(cells: Sequence[Cell], found: Sequence[dict[str, tuple[Frequency, Period]]]) -> str:
    """The one form in which every cell can be read."""
    common = [kind for kind in found[0] if all(kind in readings for readings in found)]
    if not common:
        raise _mixed(cells, found)
    common = _told_apart(common, cells, found)
    if len(common) > 1:
        cell, readings = cells[0], found[0]
        shown = " and as ".join(f"{readings[kind][1].label} ({kind})" for kind in common)
        raise UserError(
            f"{cell.place}: `{cell.text}` can be read as {shown}",
            "write months as 2015-10, years as 2015/16 and dates as 2015-10-31; no other cell shows which is meant",
        )
    return common[0]


def _mixed(cells: Sequence[Cell], found: Sequence[dict[str, tuple[Frequency, Period]]]) -> UserError:
    """The error for the first cell that cannot be read as those before it can."""
    left: list[set[str]] = list(accumulate((set(readings) for readings in found), set.intersection))
    odd = next(i for i, kinds in enumerate(left) if not kinds)
    problem = f"{cells[odd].place}: `{cells[odd].text}` is a period of another kind than `{cells[0].text}` ({', '.join(sorted(left[odd - 1]))})"
    return UserError(problem, "write all periods of the file in one form")


def _told_apart(common: list[str], cells: Sequence[Cell], found: Sequence[dict[str, tuple[Frequency, Period]]]) -> list[str]:
    """Of two readings the one that holds: 2011/12 is a year; dates each have a month of their own, on its first day, or lie weeks apart."""
    if set(common) == {"year/year", "month"} and all("/" in cell.text for cell in cells):
        return ["year/year"]
    if set(common) != {"day/month", "month/day"}:
        return common
    dates = {cell.text: readings for cell, readings in zip(cells, found, strict=True)}
    own = {kind: {readings[kind][1].index for readings in dates.values()} for kind in common}
    if own["day/month"] == own["month/day"] and all(readings["day/month"] == readings["month/day"] for readings in dates.values()):
        return ["day/month"]
    first_days = [kind for kind in common if len(own[kind]) == len(dates) and all(_day(date, kind) == 1 for date in dates)]
    weekly = [kind for kind in common if seven_apart(readings[kind][1].day for readings in dates.values())]
    if weekly and first_days:
        return weekly if weekly == first_days else common
    return weekly or (first_days if len(first_days) == 1 and any(len(own[kind]) < len(dates) for kind in common) else common)


def _day(date: str, kind: str) -> int:
    first, second = re.findall(r"\d+", date)[:2]
    return int(first if kind == "day/month" else second)


def _coarser(months: Periods) -> Periods:
    """Months that are always the same one are years, months always a quarter apart are quarters: as they were written, counted as that."""
    own = sorted({period.index for period in months.items})
    if len(own) > 1 and len({index % 12 for index in own}) == 1:
        return replace(months, frequency="year", items=tuple(replace(period, index=period.index // 12) for period in months.items))
    if len(own) > 3 and len({index % 3 for index in own}) == 1:
        return replace(months, frequency="quarter", items=tuple(replace(period, index=period.index // 3) for period in months.items))
    return months


def _readings(words: str) -> Iterator[tuple[_Form, Period]]:
    """Every way in which a text can be read as a period."""
    plain = " ".join(words.replace("\ufeff", "").replace("–", "-").replace("‑", "-").casefold().split())
    plain = _CALLED.sub("", plain)
    for form in _FORMS:
        if (match := form.pattern.fullmatch(plain)) and (period := form.read(match)):
            yield form, period


def _within(year: int) -> bool:
    return _FIRST <= year <= _LAST


def _full(year: str) -> int:
    """A year of two digits as the nearer century has it: 00 to 69 are 2000 to 2069."""
    return int(year) if len(year) == 4 else int(year) + (2000 if int(year) < 70 else 1900)


def _year(match: re.Match[str]) -> Period | None:
    year = int(match["y"])
    return Period(year, str(year)) if _within(year) else None


def _span(match: re.Match[str]) -> Period | None:
    year, end = int(match["y"]), match["z"]
    follows = int(end) == year + 1 if len(end) == 4 else int(end) == (year + 1) % 100
    return Period(year, f"{year}/{(year + 1) % 100:02d}") if follows and _within(year) else None


def _quarter(match: re.Match[str]) -> Period | None:
    year = _full(match["y"])
    return Period(4 * year + int(match["q"]) - 1, f"{year} Q{match['q']}") if _within(year) else None


def _span_quarter(match: re.Match[str]) -> Period | None:
    year = _span(match)
    return Period(4 * year.index + int(match["q"]) - 1, f"{year.label} Q{match['q']}") if year else None


def _month(match: re.Match[str]) -> Period | None:
    parts = match.groupdict()
    year = _full(parts["y"])
    month = _NAMES.get(parts["m"]) if parts["m"].isalpha() else int(parts["m"])
    if month is None or not 1 <= month <= 12 or not _within(year) or not 1 <= int(parts.get("d") or 1) <= _days(year, month):
        return None
    day = date(year, month, int(parts["d"])).toordinal() if parts.get("d") else None
    return Period(12 * year + month - 1, f"{year}-{month:02d}", day)


def _week(match: re.Match[str]) -> Period | None:
    year, week = int(match["y"]), int(match["w"])
    day = monday(year, week) if _within(year) else None
    return None if day is None else Period(day // 7, f"{year}-W{week:02d}", day)


def _days(year: int, month: int) -> int:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == 2 and leap else (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _form(kind: str, frequency: Frequency, pattern: str, read: Callable[[re.Match[str]], Period | None]) -> _Form:
    return _Form(kind, frequency, re.compile(pattern), read)


# "w/c 01/01/2024", "week ending 7 January 2024", "Mon 1 Jan 2024": what stands before the date
_CALLED = re.compile(
    r"^(?:w/?[cbe]\.? |week (?:commencing|beginning|starting|ending|to|of):? )?(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,? )?"
)

_FORMS = (
    _form("year", "year", r"(?P<y>\d{4})(?:\.0)?", _year),
    _form("year/year", "year", rf"(?:fy |ay )?{_SPAN}", _span),
    _form("year/year", "year", r"(?P<y>\d{4})(?P<z>\d{2})(?:\.0)?", _span),
    _form("quarter", "quarter", r"(?P<y>\d{4})[\s/-]?q(?P<q>[1-4])", _quarter),
    _form("quarter", "quarter", r"q(?P<q>[1-4])[\s/-]?(?P<y>\d{4}|\d{2})", _quarter),
    _form("year/year quarter", "quarter", rf"{_SPAN}[ -]?q(?P<q>[1-4])", _span_quarter),
    _form("year/year quarter", "quarter", rf"q(?P<q>[1-4])[ -]?{_SPAN}", _span_quarter),
    _form("week", "week", r"(?P<y>\d{4})[\s/-]?w(?P<w>\d{1,2})", _week),
    _form("week", "week", r"w(?P<w>\d{1,2})[\s/-](?P<y>\d{4})", _week),
    _form("month", "month", r"(?P<y>\d{4})[/.-](?P<m>\d{1,2})", _month),
    _form("month", "month", r"(?P<y>\d{4})(?P<m>\d{2})", _month),
    _form("month", "month", r"(?P<m>\d{1,2})[/.-](?P<y>\d{4})", _month),
    _form("month", "month", r"(?P<m>[a-z]+)[.\s/-]{0,2}'?(?P<y>\d{4}|\d{2})", _month),
    _form("month", "month", r"(?P<y>\d{4})[\s/-]?(?P<m>[a-z]+)", _month),
    _form("month", "month", r"(?P<d>\d{1,2})[\s/-](?P<m>[a-z]+)[.,]?[\s/-](?P<y>\d{4}|\d{2})", _month),
    _form("month", "month", r"(?P<m>[a-z]+) (?P<d>\d{1,2}),? (?P<y>\d{4})", _month),
    _form("month", "month", rf"(?P<y>\d{{4}})[/.-](?P<m>\d{{1,2}})[/.-](?P<d>\d{{1,2}}){_TIME}", _month),
    _form("day/month", "month", rf"(?P<d>\d{{1,2}})[/.-](?P<m>\d{{1,2}})[/.-](?P<y>\d{{4}}|\d{{2}}){_TIME}", _month),
    _form("month/day", "month", rf"(?P<m>\d{{1,2}})[/.-](?P<d>\d{{1,2}})[/.-](?P<y>\d{{4}}|\d{{2}}){_TIME}", _month),
)
