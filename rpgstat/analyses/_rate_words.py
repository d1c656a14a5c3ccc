"""One plain sentence for each rate and its change; nothing in it says why."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat import text
from rpgstat.admin.rates import Rate, RateSeries
from rpgstat.admin.series import in_words
from rpgstat.analyses._rates import Change
from rpgstat.glossary.sentences import say
from rpgstat.stats.sample import Interval


def state(series: RateSeries, rate: Rate) -> str:
    """A rate by itself: "Turnover stood at 15.0 % in 2015."."""
    when, subject = in_words(rate.period.label), _subject(series)
    if rate.rate is None:
        return say("rates.nothing", subject=subject, when=when, why=rate.note)
    return say("rates.stood", subject=subject, rate=_rate(series, rate.rate), when=when)


def course(series: RateSeries, before: Rate, after: Rate, found: Change, between: Sequence[float], *, margin: float | None, alpha: float) -> str:
    """Where a rate stood, and that it fell or rose where counts show it: "Agency staffing fell from 14.0 % in 2015 to 0.0 % in 2018, a fall of 14.0
    points". Without a test there is no verb of change: it stood at one rate and another, and `between`, the rates from one to the other, lay so far apart.
    """
    first, last = (in_words(rate.period.label) for rate in (before, after))
    start, end = (_rate(series, rate.rate or 0.0) for rate in (before, after))
    ends = {"subject": _subject(series), "start": start, "first": first, "end": end, "last": last}
    size, evidence = _size(series, found.change), _evidence(series, found, alpha)
    match found.conclusion:
        case "fell":
            return say("rates.fell", size=size, evidence=evidence, **ends)
        case "rose":
            return say("rates.rose", size=size, evidence=evidence, **ends)
        case "inconclusive" if start != end:
            return say("rates.inconclusive", size=size, evidence=_in_brackets(evidence), **ends)
        case "inconclusive":
            return say("rates.same", evidence=_in_brackets(evidence), **ends)
        case "fairly constant":
            narrow = found.narrow
            limits = _in_brackets(_interval(series, narrow, 2 * alpha)) if narrow else ""
            return say("rates.constant", margin=_size(series, margin or 0.0), limits=limits, **ends)
        case _:
            return say("rates.described", between=_range(series, between), **ends)


def _subject(series: RateSeries) -> str:
    name = series.measure.replace("_", " ")
    named = name[:1].upper() + name[1:]
    return say("rates.in_area", measure=named, area=series.area) if series.area else named


def _rate(series: RateSeries, rate: float) -> str:
    if series.per > 1:
        return say("rates.per", rate=text.fixed(rate * series.per, 1), per=text.number(series.per))
    return say("rates.each", rate=text.fixed(rate, 1)) if series.kind == "each" else text.percent(rate, 1)


def _size(series: RateSeries, change: float) -> str:
    return _rate(series, abs(change)) if series.per > 1 or series.kind == "each" else _points(abs(change))


def _points(share: float) -> str:
    """A share as percentage points: "0.5 points"."""
    shown = text.percent(share, 1).removesuffix(" %")
    return say("rates.points", 1 if shown == "1.0" else 2, n=shown)


def _interval(series: RateSeries, limits: Interval, alpha: float) -> str:
    """The limits of a change, with their level and unit."""
    if series.per > 1:
        ends = [text.fixed(limit * series.per, 1) for limit in (limits.low, limits.high)]
        return say("rates.interval_per", level=text.confidence(alpha), low=ends[0], high=ends[1], per=text.number(series.per))
    ends = [text.percent(limit, 1).removesuffix(" %") for limit in (limits.low, limits.high)]
    return say("rates.interval", level=text.confidence(alpha), low=ends[0], high=ends[1])


def _evidence(series: RateSeries, found: Change, alpha: float) -> str:
    parts = [_interval(series, found.limits, alpha)] if found.limits else []
    return ", ".join([*parts, *([text.p_phrase(found.p_value)] if found.p_value is not None else [])])


def _in_brackets(words: str) -> str:
    return f" ({words})" if words else ""


def _range(series: RateSeries, between: Sequence[float]) -> str:
    """Where the rates lay from the first to the last, when there are others between them."""
    if len(between) < 3:
        return ""
    low, high = _rate(series, min(between)), _rate(series, max(between))
    if low == high:
        return say("rates.throughout", rate=high)
    bare = text.fixed(min(between) * (series.per if series.per > 1 else 1), 1) if series.per > 1 or series.kind == "each" else low
    return say("rates.between", low=bare, high=high)
