"""Rates by measure, area and period: what every layout of a table of rates becomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rpgstat.admin.measures import Kind
from rpgstat.admin.periods import Period, Periods
from rpgstat.errors import UserError
from rpgstat.record import record

AGGREGATE = "as published: national and regional rates are not worked out again"
COUNTED = "as published, rounded; its interval and change are those of the counts beside it"
"""Of a national or regional rate: that its counts do not give it, or do."""


@record
class Rate:
    """One rate, a share unless its measure is a number for each worker; None and a note where there is none.

    `counted` where the numerator and denominator make the rate: whole numbers of people, posts or events.
    """

    period: Period
    rate: float | None
    numerator: float | None = None
    denominator: float | None = None
    note: str = ""
    counted: bool = False


@record
class Entry:
    """A rate with what it is a rate of and where it stood in the file."""

    measure: str
    kind: Kind
    area: str | None
    rate: Rate
    place: str
    per: float = 1


@record
class RateSeries:
    """The rates of one measure in one area, earliest first; `per` people where they are shown as so many of 10,000, though held as shares."""

    measure: str
    kind: Kind
    area: str | None
    rates: tuple[Rate, ...]
    per: float = 1


@record
class RateTable:
    """The rates that were asked for of a file, in its order.

    `notes` say how the rates were made, each with the measure that it is about, "" for all.
    """

    series: tuple[RateSeries, ...]
    per_year: int
    notes: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures, once each."""
        return tuple(dict.fromkeys(one.measure for one in self.series))

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas that have a name, once each."""
        return tuple(dict.fromkeys(one.area for one in self.series if one.area is not None))


def gathered(entries: Iterable[Entry], per_year: int, notes: Iterable[tuple[str, str]], warnings: Sequence[str]) -> RateTable:
    """The entries by measure and area, sorted in time. Raises UserError for two rates of one measure, area and period."""
    found: dict[tuple[str, str | None], dict[int, Entry]] = {}
    for entry in entries:
        own = found.setdefault((entry.measure, entry.area), {})
        first = own.setdefault(entry.rate.period.index, entry)
        if first is not entry:
            of = f"{entry.measure}{f' in {entry.area}' if entry.area else ''}, {entry.rate.period.label}"
            hint = f"the other stands at {first.place.rpartition(': ')[2]}; remove one, or name the areas apart"
            raise UserError(f"{entry.place}: a second rate of {of}", hint)
    if not found:
        raise UserError("no measure has a rate", "fill in the rates, or give another file")
    series = [_series(*key, own) for key, own in found.items()]
    return RateTable(tuple(series), per_year, tuple(notes), tuple(warnings))


def remarks(when: Periods) -> list[tuple[str, str]]:
    """What reading the periods had to infer, as notes of all measures."""
    return [("", f"{words[:1].upper()}{words[1:]}.") for words in when.remarks]


def _series(measure: str, area: str | None, own: dict[int, Entry]) -> RateSeries:
    ordered = [own[index] for index in sorted(own)]
    return RateSeries(measure, ordered[0].kind, area, tuple(entry.rate for entry in ordered), ordered[0].per)
