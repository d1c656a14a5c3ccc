"""Rates by measure, area and period: what every layout of a table of rates becomes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rpgstat.errors import UserError, did_you_mean
from rpgstat.figures.measures import Kind, plain, published_as
from rpgstat.figures.periods import Period, Periods

AGGREGATE = "as published: national and regional rates are not worked out again"
ALL = "all"
_LONDON, _INSIDE = "london", {"inner london", "outer london"}


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Entry:
    """A rate with what it is a rate of and where it stood in the file."""

    measure: str
    kind: Kind
    area: str | None
    rate: Rate
    place: str


@dataclass(frozen=True)
class RateSeries:
    """The rates of one measure in one area, earliest first."""

    measure: str
    kind: Kind
    area: str | None
    rates: tuple[Rate, ...]


@dataclass(frozen=True)
class RateTable:
    """All rates of a file, in its order; `mixed` where areas contain one another.

    `notes` say how the rates were made, each with the measure that it is about, "" for all.
    """

    series: tuple[RateSeries, ...]
    per_year: int
    notes: tuple[tuple[str, str], ...] = ()
    warnings: tuple[str, ...] = ()
    mixed: bool = False

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures, once each."""
        return tuple(dict.fromkeys(one.measure for one in self.series))

    @property
    def areas(self) -> tuple[str, ...]:
        """The areas that have a name, once each."""
        return tuple(dict.fromkeys(one.area for one in self.series if one.area is not None))

    def only(self, measures: Sequence[str], areas: Sequence[str]) -> RateTable:
        """The series of these measures and areas; without either, all. See `matching` for how they may be named.

        Where a file holds areas and the regions that contain them, the areas have to be chosen; "all" leaves out Inner and Outer London beside London.
        """
        wanted = {name for measure in measures for name in matching(measure, self.measures, "--measure")}
        places, notes = self._places(areas)
        chosen = [one for one in self.series if (not measures or one.measure in wanted) and (places is None or one.area in places)]
        if not self.series:
            raise UserError("no measure has a rate", "fill in the rates, or give another file")
        if not chosen:
            raise UserError("no rates of these measures in these areas", "leave out --measure or --area to see what the file holds")
        left = {one.measure for one in chosen}
        kept = [note for note in self.notes if any(measure.startswith(note[0]) for measure in left)]
        return replace(self, series=tuple(chosen), notes=(*kept, *(("", note) for note in notes)))

    def _places(self, areas: Sequence[str]) -> tuple[set[str | None] | None, tuple[str, ...]]:
        """The areas asked for, None for every one; and what to say of the choice."""
        if areas and ALL not in map(plain, areas):
            return {name for area in areas for name in matching(area, self.areas, "--area")}, ()
        if not self.mixed:
            return None, ()
        if not areas:
            problem = f"the file holds {len(self.areas)} areas, some of which contain others"
            raise UserError(problem, f'choose with --area, such as --area "{self.areas[-1]}" (repeatable); --area all shows every one')
        inside = _INSIDE if _LONDON in map(plain, self.areas) else set()
        shown = {area for area in self.areas if plain(area) not in inside}
        return {*shown, None}, ("Inner and Outer London are left out beside London, which they make up.",) if len(shown) < len(self.areas) else ()


def gathered(entries: Iterable[Entry], per_year: int, notes: Iterable[tuple[str, str]], warnings: Sequence[str], *, mixed: bool = False) -> RateTable:
    """The entries by measure and area, sorted in time. Raises UserError for two rates of one measure, area and period."""
    found: dict[tuple[str, str | None], dict[int, Entry]] = {}
    for entry in entries:
        own = found.setdefault((entry.measure, entry.area), {})
        first = own.setdefault(entry.rate.period.index, entry)
        if first is not entry:
            of = f"{entry.measure}{f' in {entry.area}' if entry.area else ''}, {entry.rate.period.label}"
            hint = f"the other stands at {first.place.rpartition(': ')[2]}; remove one, or name the areas apart"
            raise UserError(f"{entry.place}: a second rate of {of}", hint)
    series = [_series(*key, own) for key, own in found.items()]
    return RateTable(tuple(series), per_year, tuple(notes), tuple(warnings), mixed)


def remarks(when: Periods) -> list[tuple[str, str]]:
    """What reading the periods had to infer, as notes of all measures."""
    return [("", f"{words[:1].upper()}{words[1:]}.") for words in when.remarks]


def _series(measure: str, area: str | None, own: dict[int, Entry]) -> RateSeries:
    ordered = [own[index] for index in sorted(own)]
    return RateSeries(measure, ordered[0].kind, area, tuple(entry.rate for entry in ordered))


def matching(wanted: str, known: Sequence[str], option: str) -> list[str]:
    """The names that are `wanted`, whole or up to a bracket; else those of the measure that the published files call so, with or without "rate".

    Raises UserError that lists the names.

    >>> matching("turnover", ["Turnover (FTE)", "Turnover (headcount)"], "--measure"), matching("vacancy", ["Vacancies (FTE)"], "--measure")
    (['Turnover (FTE)', 'Turnover (headcount)'], ['Vacancies (FTE)'])
    """
    published = published_as(wanted) or published_as(f"{wanted} rate")
    for key in (wanted, published[0].name if published else wanted):
        found = [name for name in known if plain(key) in (plain(name), plain(name.partition(" (")[0]))]
        if found:
            return found
    raise UserError(f"{option}: the file has no `{wanted}`", did_you_mean(wanted, known))
