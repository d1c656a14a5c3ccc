"""One row of `trend`: a series, its slope and test, and the sentence that they allow."""

from __future__ import annotations

import math
from typing import Any

from rpgstat import text
from rpgstat.admin.series import Series
from rpgstat.glossary.sentences import listing, say
from rpgstat.record import record
from rpgstat.stats.regression import Change, Trend, linear_trend, percent_per_year
from rpgstat.stats.series import autocorrelation, kendall_tau, residuals, theil_sen


@record
class Course:
    """A series with at least one value, its trend, and its change in per cent."""

    series: Series
    trend: Trend
    relative: Trend


def course(series: Series, alpha: float) -> Course:
    """The models of one series."""
    level, times = 1 - alpha, series.times
    counts = series.values if series.counts is None else series.counts
    relative = percent_per_year(times=times, values=counts, exposure=series.totals, per_year=series.per_year, level=level)
    return Course(series, linear_trend(times=times, values=series.values, per_year=series.per_year, level=level), relative)


def trend_row(found: Course, p_adjusted: float | None, alpha: float, *, adjusts: bool = False) -> dict[str, Any]:
    """Everything that `trend` says of one series; the conclusion is that of `p_adjusted`."""
    series, slope, relative = found.series, found.trend.slope, found.relative.slope
    times, values = series.times, series.values
    conclusion = concluded(slope, p_adjusted, alpha)
    return {
        "series": series.name,
        "n": len(values),
        "first": series.labels[times[0]],
        "first_value": values[0],
        "last": series.labels[times[-1]],
        "last_value": values[-1],
        "mean": math.fsum(values) / len(values),
        "slope": slope.estimate,
        "slope_low": slope.low,
        "slope_high": slope.high,
        "theil_sen": theil_sen(times=times, values=values, per_year=series.per_year),
        "tau": kendall_tau(values=values),
        "phi": found.trend.phi,
        "p_value": slope.p_value,
        "p_adjusted": p_adjusted,
        "percent_per_year": relative.estimate,
        "percent_low": relative.low,
        "percent_high": relative.high,
        "autocorrelation": autocorrelation(times=times, values=residuals(times=times, values=values)),
        "conclusion": conclusion,
        "sentence": _sentence(found, conclusion, p_words(slope, p_adjusted, adjusts), alpha),
        "note": _note(found, p_adjusted, alpha),
    }


def remembers(series: Series) -> float | None:
    """The autocorrelation of a series whose neighbouring periods are more alike than chance and its trend make them, else None."""
    found = autocorrelation(times=series.times, values=residuals(times=series.times, values=series.values))
    return found if found is not None and found > 1.96 / math.sqrt(len(series.values)) else None


def stocks(series: Series) -> str:
    """What is alike from one period to the next, of such periods."""
    return say("trend.month_stocks") if series.per_year == 12 else say("trend.stocks")


def concluded(slope: Change, p: float | None, alpha: float) -> str:
    """What the test of a slope allows to be said."""
    if p is None or slope.estimate is None:
        return "descriptive"
    if p >= alpha:
        return "inconclusive"
    return "rose" if slope.estimate > 0 else "fell"


def _note(found: Course, p_adjusted: float | None, alpha: float) -> str | None:
    parts = [_gaps(found.series), found.trend.note, found.relative.note]
    p = found.trend.slope.p_value
    if p is not None and p_adjusted is not None and p < alpha <= p_adjusted:
        parts.append(say("row.not_after_adjustment"))
    memory = remembers(found.series)
    if memory is not None:
        alike = {"r": text.fixed(memory), "stocks": stocks(found.series)}
        parts.append(say("row.alike_allowed", **alike) if p is not None else say("row.alike", **alike))
    return "; ".join(dict.fromkeys(filter(None, parts))) or None


def _gaps(series: Series) -> str:
    gaps = series.gaps
    if not gaps:
        return ""
    named = [series.when(time) for time in gaps[:3]] + ([say("list.more", n=len(gaps) - 3)] if len(gaps) > 3 else [])
    return say("row.no_value_in", periods=listing(named))


def figure(series: Series, value: float) -> str:
    """A value of the series as a sentence writes it."""
    return text.percent(value, 1) if series.kind == "share" else text.number(value)


def _sentence(found: Course, conclusion: str, tested: str, alpha: float) -> str:
    series = found.series
    begin, end = series.when(series.times[0]), series.when(series.times[-1])
    first, last = (say("time.value", value=figure(series, series.values[at]), period=when) for at, when in ((0, begin), (-1, end)))
    name = series.name
    if len(series.values) == 1:
        return say("trend.once", series=name, first=first)
    if len(set(series.values)) == 1:
        return say("trend.constant", series=name, value=figure(series, series.values[0]), begin=begin, end=end)
    said = {"series": name, "first": first, "last": last}
    measured = _measured(found, tested, alpha)
    if conclusion == "descriptive":
        a_year = series.times[-1] - series.times[0] >= series.per_year  # of less, a change a year would be a forecast
        return say("trend.described", measured=f" ({measured})" if measured and a_year else "", why=found.trend.note, **said)
    said["measured"] = measured
    if conclusion == "inconclusive":
        return say("trend.inconclusive", **said)
    if (series.values[-1] - series.values[0]) * (found.trend.slope.estimate or 0) > 0:
        return say("trend.rose", **said) if conclusion == "rose" else say("trend.fell", **said)
    return say("trend.rose_though", **said) if conclusion == "rose" else say("trend.fell_though", **said)


def _measured(found: Course, tested: str, alpha: float) -> str:
    """Slope, relative change and p, as they stand in brackets."""
    parts = []
    if found.trend.slope.estimate is not None:
        parts.append(with_limits(found.series, found.trend.slope, alpha, yearly=True))
    if found.relative.slope.estimate is not None:
        parts.append(say("trend.a_year", change=text.signed_percent(found.relative.slope.estimate, 1)))
    return "; ".join([*parts, *([tested] if tested else [])])


def p_words(change: Change, p_adjusted: float | None, adjusts: bool) -> str:
    """The p of a change as a sentence writes it."""
    if change.p_value is None or p_adjusted is None:
        return ""
    return say("trend.adjusted_p", p=text.p_phrase(p_adjusted)) if adjusts else text.p_phrase(change.p_value)


def with_limits(series: Series, change: Change, alpha: float, *, yearly: bool = False) -> str:
    """A change and its limits, in points where the series is a share; `yearly` where it is one a year."""
    estimate = change.estimate or 0.0
    shown = f"{'+' if estimate > 0 else ''}{_bare(series, estimate)}"
    if series.kind == "share":
        shown = say("trend.points_a_year", n=shown) if yearly else say("trend.points", n=shown)
    elif yearly:
        shown = say("trend.a_year", change=shown)
    if change.low is None or change.high is None:
        return shown
    return say("trend.limits", change=shown, level=text.confidence(alpha), low=_bare(series, change.low), high=_bare(series, change.high))


def _bare(series: Series, value: float) -> str:
    """A change without its unit, in points where the series is a share."""
    return text.cell("share_slope" if series.kind == "share" else "number_change", value)
