"""From series as they stand in a file to those that are analysed: shares of one another, rates by population, and what was declared of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from typing import TypeVar

from rpgstat import text
from rpgstat.admin.periods import PER_YEAR, Periods
from rpgstat.admin.raw_series import Point, RawSeries
from rpgstat.admin.series import Event, Series, in_words
from rpgstat.admin.timing import at, label_of
from rpgstat.errors import UserError, did_you_mean
from rpgstat.record import record

BETTER = ("lower", "higher")

_Said = TypeVar("_Said", str, float)
_Made = tuple[Series, RawSeries]  # a series, and the one in the file that its periods come from


@record
class Declared:
    """What the evaluator says of the series of a file.

    `ratios` are written numerator/denominator; `population` is the column that others become rates by, per `per` people; `better` maps a name, or "" for
    all, to "lower" or "higher", and `target` to a number in the unit of the series, of shares in per cent; `events` are (period, text); `where` names in
    errors the place of each: an option, or a key of the study file.
    """

    wanted: tuple[str, ...] = ()
    ratios: tuple[str, ...] = ()
    population: str | None = None
    per: float = 10_000
    better: Mapping[str, str] = field(default_factory=dict)
    target: Mapping[str, float] = field(default_factory=dict)
    events: tuple[tuple[Periods, str], ...] = ()
    rebase: tuple[Periods, ...] = ()
    baseline: tuple[Periods, Periods] | None = None
    where: Mapping[str, str] = field(default_factory=dict)

    def place(self, name: str) -> str:
        """How an error calls one of these."""
        return self.where.get(name, name)


def derive(raw: Sequence[RawSeries], declared: Declared) -> tuple[list[Series], list[str]]:
    """The series to analyse, and what the reader should know. Raises UserError for a name that is not there, a part above its whole, and negative counts."""
    known = {one.name: one for one in raw}
    if len(known) < len(raw):
        twice = next(one.name for one in raw if sum(other.name == one.name for other in raw) > 1)
        raise UserError(f"two series are called `{twice}`", "rename one of them")
    population = None if declared.population is None else _known(declared.population, known, declared.place("population"))
    made = [_rate(one, population, declared.per) if population and not one.percent else _plain(one) for one in raw if one is not population]
    made += [_share(*_parts(ratio, known, declared.place("ratios"))) for ratio in declared.ratios]
    chosen = _chosen(made, declared)
    empty = [one.name for one, _ in chosen if not one.times]
    if len(empty) == len(chosen):
        raise UserError(f"no series has a value: {text.listing([f'`{name}`' for name in empty[:5]])}", "check that the file is the right one")
    _check_better(declared, made)
    _check_names(declared.target, "target", declared, made)
    held = [(one, origin) for one, origin in chosen if one.times]
    _check_rebase(declared, held)
    found = [_timed(replace(one, better=_own(declared.better, one, origin), target=_target(one, origin, declared)), origin, declared) for one, origin in held]
    _check_baseline(declared, found)
    return found, [f"`{name}` has no value and is left out" for name in empty]


def _known(name: str, known: Mapping[str, RawSeries], where: str) -> RawSeries:
    folded = {each.casefold(): one for each, one in known.items()}
    found = folded.get(name.strip().casefold())
    if found is None:
        raise UserError(f"{where}: no series `{name}`", did_you_mean(name, known))
    return found


def _parts(ratio: str, known: Mapping[str, RawSeries], where: str) -> tuple[RawSeries, RawSeries]:
    """Numerator and denominator; a name may itself hold a slash."""
    folded = {name.casefold(): one for name, one in known.items()}
    pieces = ratio.split("/")
    splits = [("/".join(pieces[:i]).strip(), "/".join(pieces[i:]).strip()) for i in range(1, len(pieces))]
    for numerator, denominator in splits:
        if numerator.casefold() in folded and denominator.casefold() in folded:
            return folded[numerator.casefold()], folded[denominator.casefold()]
    if not splits:
        raise UserError(f"{where}: `{ratio}` has no slash", 'write numerator/denominator, as in "Re-referrals/Referrals"')
    missing = next(name for name in splits[0] if name.casefold() not in folded)
    raise UserError(f"{where}: no series `{missing}`", did_you_mean(missing, known))


def _plain(one: RawSeries) -> _Made:
    """The values as they are; percentages as shares."""
    scale = 100 if one.percent else 1
    held = {time: point.value / scale for time, point in sorted(one.points.items()) if point.value is not None}
    missing = {time: point.reason for time, point in one.points.items() if point.value is None}
    return _series(one, one.name, held, missing, kind="share" if one.percent else "number"), one


def _share(part: RawSeries, whole: RawSeries) -> _Made:
    """A part of a whole; raises UserError where it is larger."""
    counts, totals, missing = _paired(part, whole)
    for time, count in counts.items():
        if count > totals[time]:
            problem = f"{part.points[time].place}: {text.number(count)} is more than its whole, {text.number(totals[time])} in {whole.points[time].place}"
            raise UserError(problem, "a ratio is a part of its denominator: correct the figure, or give events in a population with --population")
    held = {time: count / totals[time] for time, count in counts.items()}
    made = _series(part, f"{part.name} / {whole.name}", held, missing, kind="share")
    return replace(made, counts=tuple(counts.values()), totals=tuple(totals.values())), part


def _rate(events: RawSeries, population: RawSeries, per: float) -> _Made:
    """Events for each `per` people."""
    counts, totals, missing = _paired(events, population)
    held = {time: per * count / totals[time] for time, count in counts.items()}
    made = _series(events, f"{events.name} per {text.number(per)}", held, missing, kind="rate")
    return replace(made, counts=tuple(counts.values()), totals=tuple(totals.values()), per=per), events


def _paired(one: RawSeries, other: RawSeries) -> tuple[dict[int, float], dict[int, float], dict[int, str]]:
    """Counts and totals of the periods that have both, and why others have not."""
    if one.frequency != other.frequency:
        raise UserError(f"`{one.name}` is by {one.frequency}, `{other.name}` by {other.frequency}", "give both in the same periods")
    counts: dict[int, float] = {}
    totals: dict[int, float] = {}
    missing: dict[int, str] = {}
    for time, point in sorted(one.points.items()):
        total = other.points.get(time)
        _refuse_negative(point, total)
        if point.value is None:
            missing[time] = point.reason
        elif total is None or not total.value:
            missing[time] = f"`{other.name}` is 0" if total and total.value == 0 else f"no `{other.name}`"
        else:
            counts[time], totals[time] = point.value, total.value
    return counts, totals, missing


def _refuse_negative(*points: Point | None) -> None:
    for point in points:
        if point and point.value is not None and point.value < 0:
            raise UserError(f"{point.place}: {text.number(point.value)} is below 0", "a count cannot be negative: correct it, or leave it blank")


def _series(origin: RawSeries, name: str, held: Mapping[int, float], missing: Mapping[int, str], *, kind: str) -> Series:
    span = range(min(held), max(held) + 1) if held else ()
    return Series(
        name,
        PER_YEAR[origin.frequency],
        {time: label_of(origin.frequency, time, origin.sample) for time in span},
        tuple(held),
        tuple(held.values()),
        kind,  # type: ignore[arg-type]
        missing=missing,
    )


def _names(series: Series, origin: RawSeries) -> set[str]:
    """What a series may be called: a rate goes by the name of its events too."""
    return {series.name.casefold(), *({origin.name.casefold()} if series.kind == "rate" else ())}


def _chosen(made: Sequence[_Made], declared: Declared) -> list[_Made]:
    """The series named with --series, in their own order."""
    wanted = {name.strip().casefold() for name in declared.wanted}
    for name in declared.wanted:
        if not any(name.strip().casefold() in _names(*pair) for pair in made):
            raise UserError(f"{declared.place('series')}: no series `{name}`", did_you_mean(name, [one.name for one, _ in made]))
    return [pair for pair in made if not wanted or _names(*pair) & wanted]


def _check_better(declared: Declared, made: Sequence[_Made]) -> None:
    where = declared.place("better")
    for better in declared.better.values():
        if better not in BETTER:
            raise UserError(f"{where}: `{better}` is not known", "lower or higher is allowed, for all series or as NAME=lower")
    _check_names(declared.better, "better", declared, made)


def _check_names(names: Iterable[str], key: str, declared: Declared, made: Sequence[_Made]) -> None:
    """Raises UserError for a name that no series has; "" is all of them."""
    for name in names:
        if name and not any(name.strip().casefold() in _names(*pair) for pair in made):
            raise UserError(f"{declared.place(key)}: no series `{name}`", did_you_mean(name, [one.name for one, _ in made]))


def _own(said: Mapping[str, _Said], series: Series, origin: RawSeries) -> _Said | None:
    """What is said of a series by its name, else what is said of all."""
    own = [value for name, value in said.items() if name.strip().casefold() in _names(series, origin)]
    return own[-1] if own else said.get("")


def _target(series: Series, origin: RawSeries, declared: Declared) -> float | None:
    """The target in the unit of the values. Raises UserError for one of a share that is not from 0 to 100 per cent."""
    target = _own(declared.target, series, origin)
    if target is None or series.kind != "share":
        return target
    if not 0 <= target <= 100:
        problem = f"{declared.place('target')}: {text.number(target)} is no percentage, as `{series.name}` is"
        raise UserError(problem, 'give 0 to 100 per cent, or name the series that it is for: target = { "Plans" = 250 }')
    return target / 100


def _timed(series: Series, origin: RawSeries, declared: Declared) -> Series:
    """The series with its events, its rebases and its baseline as indices of its own."""
    events = [(_at(when, origin), words) for when, words in declared.events]
    return replace(
        series,
        events=tuple(Event(words, time, label_of(origin.frequency, time, origin.sample)) for time, words in events),
        rebase=tuple(sorted({_at(when, origin) for when in declared.rebase})),
        baseline=declared.baseline and _span(declared.baseline, origin),
    )


def _at(when: Periods, origin: RawSeries, *, end: bool = False) -> int:
    """The index of a named period among those of a series."""
    return at(when, origin.frequency, origin.sample, end=end, ending=origin.ending)


def _span(baseline: tuple[Periods, Periods], origin: RawSeries) -> tuple[int, int]:
    return _at(baseline[0], origin), _at(baseline[1], origin, end=True)


def _check_rebase(declared: Declared, held: Sequence[_Made]) -> None:
    """Raises UserError for a period at which no series has anything to be split."""
    for when in declared.rebase:
        if not any(one.times[0] < _at(when, origin) <= one.times[-1] for one, origin in held):
            shown = in_words(when.items[0].label)
            raise UserError(f"{declared.place('rebase')}: {shown} lies within no series", "name a period after the first and up to the last")


def _check_baseline(declared: Declared, series: Sequence[Series]) -> None:
    """Raises UserError for a baseline without values, and for one that a rebase cuts."""
    where = declared.place("baseline")
    for one in series:
        if one.baseline is None:
            continue
        low, high = one.baseline
        if not any(low <= time <= high for time in one.times):
            raise UserError(f"{where}: `{one.name}` has no value in it", "give two of its periods as FROM..TO, or choose other series with --series")
        if any(low < cut <= high for cut in one.rebase):
            raise UserError(f"{where}: a rebase cuts it", "end the baseline before the rebase, or begin it there")
