"""Times of submission as they are written in an export, as times that can be compared."""

from __future__ import annotations

import polars as pl

from rpgstat.study import Survey

_TAIL = r"(?:[.,]\d+)?\s*(?:Z|UTC|[+-]\d\d:?\d\d)?$"
_DATES = ("%Y-%m-%d", "%Y/%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%d %b %Y", "%d %B %Y")
_YEARS = range(1990, 2100)  # others are two digits of a year, or an error
_ENOUGH = 5000  # times that are looked at
_CLOCKS = ("", " %H:%M:%S", " %H:%M", " %I:%M:%S %p", " %I:%M %p")


def as_times(cells: pl.Series, *, day_first: bool = False) -> pl.Series | None:
    """The times, null where there is none; None where the cells are no dates all through, or day and month cannot be told apart, unless
    `day_first` takes the day for the first then, as is enough for how long something took.

    >>> as_times(pl.Series(["2026-01-02T10:00:00Z", None])).to_list()
    [datetime.datetime(2026, 1, 2, 10, 0), None]
    >>> as_times(pl.Series(["01/02/2026 10:00", "05/02/2026 09:00"])) is None
    True
    >>> as_times(pl.Series(["03/03/2026 10:00"])).to_list()
    [datetime.datetime(2026, 3, 3, 10, 0)]
    >>> as_times(pl.Series(["13/02/2026 10:00", "05/02/2026 09:00"])).to_list()[1]
    datetime.datetime(2026, 2, 5, 9, 0)
    """
    plain = cells.str.strip_chars().str.replace("T", " ", literal=True).str.replace(_TAIL, "").str.replace_all(r"\s+", " ")
    plain = plain.set(plain == "", None)
    found: list[pl.Series] = []
    for date in _DATES:
        for clock in _CLOCKS:
            times = (
                plain.str.to_datetime(date + clock, strict=False, time_unit="us") if clock else plain.str.to_date(date, strict=False).cast(pl.Datetime("us"))
            )
            if times.null_count() == plain.null_count() < len(plain):
                found.append(times)
    return found[0] if found and (day_first or all(times.equals(found[0]) for times in found)) else None


def middle(survey: Survey) -> str | None:
    """The month, as "2024-03", in which the middle one of a file's questionnaires was sent; None where no column tells for certain."""
    for name in survey.submitted:
        cells = survey.frame.select(name).drop_nulls().collect().to_series()
        times = as_times(cells.gather_every(max(1, len(cells) // _ENOUGH))) if len(cells) else None
        if times is not None:
            half = times.drop_nulls().sort()[times.drop_nulls().len() // 2]
            return f"{half:%Y-%m}" if half.year in _YEARS else None
    return None
