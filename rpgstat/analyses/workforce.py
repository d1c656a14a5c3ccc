"""Workforce rates by period, their changes against a reference, and their trends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import Any

from rpgstat import text
from rpgstat.admin.cells import Cell
from rpgstat.admin.names import fitting
from rpgstat.admin.periods import is_period, periods
from rpgstat.admin.rates import Rate, RateSeries, RateTable
from rpgstat.analyses._rate_words import course, state
from rpgstat.analyses._rates import Counts, compare_rates, counts_of, joined, of_people
from rpgstat.errors import UserError, did_you_mean
from rpgstat.glossary.sentences import listing, say
from rpgstat.record import record
from rpgstat.result import Result, table
from rpgstat.stats.rates import Trend, event_trend, plain_trend, share_trend
from rpgstat.stats.sample import Interval

FEWEST = 3
"""Two periods make a change; a trend needs one more."""


@record
class WorkforceOptions:
    """`reference` is "first", "previous" or a period; `margins` are in points by measure, "" for all (in its own unit for a rate per 10,000 people);
    `headcount` makes bare rates shares of so many people."""

    reference: str = "first"
    headcount: int | None = None
    margins: Mapping[str, float] = field(default_factory=dict)
    alpha: float = 0.05


def workforce(rates: RateTable, options: WorkforceOptions, recorded: Mapping[str, Any]) -> list[Result]:
    """`workforce` and `rates_trend` of the rates that were chosen; `recorded` are further options to keep with the results.

    Raises UserError for a reference or a measure with a margin that is not there, and for one headcount of several areas.
    """
    if options.headcount is not None and len(rates.areas) > 1:
        raise UserError(f"--headcount {options.headcount} cannot be that of {len(rates.areas)} areas", "choose one with --area")
    margins = _margins(options.margins, rates.measures)
    named = _named_period(options.reference, rates)
    rows = [row for series in rates.series for row in _rows(series, options, named, margins.get(series.measure))]
    trends = [_trend_row(series, rates.per_year, options) for series in rates.series]
    kept = {
        "reference": options.reference,
        "headcount": options.headcount,
        "margin": {name or "all": points for name, points in options.margins.items()},
        "alpha": options.alpha,
        **recorded,
    }
    kept["per_worker"] = list(dict.fromkeys(series.measure for series in rates.series if series.kind == "each"))
    kept["per"] = {series.measure: series.per for series in rates.series if series.per > 1}
    area = rates.areas[0] if len(rates.areas) == 1 else ""
    notes = (*(words for _, words in rates.notes), *_notes(rates, options, rows))
    return [
        Result("workforce", _titled(_against(options.reference), area), table("workforce", rows), _method(rates, options), notes, kept),
        Result("rates_trend", _titled(say("title.rates_trend"), area), table("rates_trend", trends), say("method_of.rates_trend"), (), kept),
    ]


def _against(reference: str) -> str:
    match reference:
        case "first":
            return say("title.workforce_first")
        case "previous":
            return say("title.workforce_previous")
        case _:
            return say("title.workforce", period=reference)


def _titled(what: str, area: str) -> str:
    return say("title.in_area", what=what, area=area) if area else what


def _margins(given: Mapping[str, float], measures: Sequence[str]) -> dict[str, float]:
    """The margin of each measure as a share; one named for the measure comes before one for all."""
    found: dict[str, float] = dict.fromkeys(measures, given[""] / 100) if "" in given else {}
    for name, points in given.items():
        if name:
            found |= dict.fromkeys(fitting(name, measures, "--margin"), points / 100)
    return found


def _named_period(reference: str, rates: RateTable) -> int | None:
    """The index of the period that --reference names; None for "first" and "previous"."""
    if reference in ("first", "previous"):
        return None
    labels = {rate.period.label: rate.period.index for series in rates.series for rate in series.rates}
    if reference not in labels and is_period(reference):
        found = periods([Cell(reference, "--reference")])
        reference = next((label for label, index in labels.items() if found.per_year == rates.per_year and index == found.items[0].index), reference)
    if reference not in labels:
        raise UserError(f"--reference: no period `{reference}`", did_you_mean(reference, ["first", "previous", *labels]))
    return labels[reference]


def _rows(series: RateSeries, options: WorkforceOptions, named: int | None, margin: float | None) -> Iterator[dict[str, Any]]:
    held = [rate for rate in series.rates if rate.rate is not None]
    for rate in series.rates:
        counts = counts_of(series, rate, options.headcount)
        limits = counts.interval(1 - options.alpha) if counts else None
        row = {
            "measure": series.measure,
            "area": series.area,
            "period": rate.period.label,
            "numerator": rate.numerator,
            "denominator": rate.denominator,
            "rate": None if rate.rate is None else rate.rate * series.per,
            "sentence": state(series, rate),
            "note": rate.note if rate.rate is None or counts else joined(rate.note, say("row.no_counts")),
            **_limits("conf", limits, series.per),
        }
        reference = _reference(rate, held, options.reference, named)
        if isinstance(reference, Rate):
            yield row | _changed(series, reference, rate, counts, held, options, margin)
        else:
            yield row | {"note": joined(str(row["note"]), reference)}


def _reference(rate: Rate, held: Sequence[Rate], asked: str, named: int | None) -> Rate | str:
    """The rate that a rate is compared with, or why it is with none."""
    if rate.rate is None or not held:
        return ""
    if named is not None:
        found = next((one for one in held if one.period.index == named), None)
        if found is None:
            return say("row.no_rate_there")
        if found.period.index >= rate.period.index:
            return say("row.reference_period") if found is rate else say("row.before_reference")
        return found
    earlier = [one for one in held if one.period.index < rate.period.index]
    return (earlier[-1] if asked == "previous" else earlier[0]) if earlier else say("row.reference_period") if len(held) > 1 else say("row.one_period")


def _changed(
    series: RateSeries, reference: Rate, rate: Rate, counts: Counts | None, held: Sequence[Rate], options: WorkforceOptions, margin: float | None
) -> dict[str, Any]:
    before = counts_of(series, reference, options.headcount)
    if series.kind == "each":
        margin = None
    elif margin is not None and series.per > 1:
        margin *= 100 / series.per  # given in the unit that is shown
    found = compare_rates(_exact(reference), _exact(rate), before, counts, margin=margin, alpha=options.alpha, per=series.per)
    between = [one.rate for one in held if one.rate is not None and reference.period.index <= one.period.index <= rate.period.index]
    return {
        "reference": reference.period.label,
        "change": found.change * series.per,
        **_limits("change", found.limits, series.per),
        "relative": found.relative,
        "p_value": found.p_value,
        "conclusion": found.conclusion,
        "sentence": course(series, reference, rate, found, between, margin=margin, alpha=options.alpha),
        "note": joined(rate.note, found.note),
    }


def _exact(rate: Rate) -> float:
    """A rate as its counts give it, where they make it: a published one is rounded, and its limits are not."""
    if rate.counted and rate.numerator is not None and rate.denominator:
        return rate.numerator / rate.denominator
    return rate.rate or 0.0


def _limits(name: str, limits: Interval | None, per: float) -> dict[str, float | None]:
    return {f"{name}_low": limits.low * per if limits else None, f"{name}_high": limits.high * per if limits else None}


def _trend_row(series: RateSeries, per_year: int, options: WorkforceOptions) -> dict[str, Any]:
    held = [rate for rate in series.rates if rate.rate is not None]
    row = {"measure": series.measure, "area": series.area, "n": len(held)}
    if len(held) < FEWEST:
        return row | {"note": say("row.no_trend", n=FEWEST)}
    found = _trend(series, held, per_year, options)
    slopes = {"slope": found.slope, "slope_low": found.low, "slope_high": found.high}
    shown = {key: None if value is None else value * series.per for key, value in slopes.items()}
    return row | shown | {"p_value": found.p_value, "method": found.method, "note": found.note}


def _trend(series: RateSeries, held: Sequence[Rate], per_year: int, options: WorkforceOptions) -> Trend:
    times = [rate.period.index / per_year for rate in held]
    counts = [found for rate in held if (found := counts_of(series, rate, options.headcount)) is not None]
    kinds = {found.kind for found in counts}
    if len(counts) < len(held) or len(kinds) > 1:
        return plain_trend(times=times, rates=[rate.rate or 0.0 for rate in held])
    tops, bases = [found.numerator for found in counts], [found.denominator for found in counts]
    if kinds == {"part"}:
        return share_trend(times=times, counts=tops, totals=bases, level=1 - options.alpha)
    return event_trend(times=times, events=tops, exposures=bases, level=1 - options.alpha)


def _method(rates: RateTable, options: WorkforceOptions) -> str:
    """What was done, for the kinds of rates that there are."""
    found = [(series, counts_of(series, rate, options.headcount)) for series in rates.series for rate in series.rates if rate.rate is not None]
    kinds = {counts.kind for _, counts in found if counts}
    parts = [say("rates_method.part")] if "part" in kinds else []
    parts += [say("rates_method.events")] if "events" in kinds else []
    parts += [say("rates_method.bare")] if any(counts is None for _, counts in found) else []
    parts = parts or [say("rates_method.none")]
    return " ".join([*parts, *([say("rates_method.unadjusted")] if kinds else [])])


def _notes(rates: RateTable, options: WorkforceOptions, rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    if options.headcount is not None:
        used = [s.measure for s in rates.series if of_people(s.measure) and not any(rate.counted for rate in s.rates)]
        if used:
            people = say("count.people", options.headcount, n=text.count(options.headcount))
            names = listing(list(dict.fromkeys(used)))
            yield say("note.headcount", measures=f"{names[:1].upper()}{names[1:]}", people=people)
        else:
            yield say("note.no_headcount")
    if any(row.get("p_value") is not None for row in rows):
        yield say("note.periods_independent")
    if any(row["conclusion"] == "inconclusive" for row in rows if "conclusion" in row):
        yield say("note.rates_inconclusive")
    yield say("report.not_why")
