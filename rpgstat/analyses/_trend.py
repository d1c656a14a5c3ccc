"""One row of `trend`: a series, its slope and test, and the sentence that they allow."""

from __future__ import annotations

import math
from typing import Any

from rpgstat import text
from rpgstat.figures.series import Series
from rpgstat.stats.regression import percent_per_year
from rpgstat.stats.serial import FEWEST, corrected_test
from rpgstat.stats.series import Slope, TrendTest, autocorrelation, kendall_tau, mann_kendall, residuals, theil_sen


def trend_row(series: Series, alpha: float) -> dict[str, Any]:
    """Everything that `trend` says of one series with at least one value."""
    level, times, values = 1 - alpha, series.times, series.values
    slope = theil_sen(times=times, values=values, per_year=series.per_year, level=level)
    plain = mann_kendall(values=values)
    corrected = corrected_test(times=times, values=values, per_year=series.per_year)
    tested = corrected if corrected is not None and corrected.p_value is not None else plain
    relative = _relative(series, level)
    memory = remembers(series)
    conclusion = _conclusion(tested, alpha)
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
        "tau": kendall_tau(values=values),
        "p_value": plain.p_value,
        "p_corrected": corrected.p_value if corrected else None,
        "percent_per_year": relative.estimate,
        "percent_low": relative.low,
        "percent_high": relative.high,
        "autocorrelation": autocorrelation(times=times, values=residuals(times=times, values=values)),
        "conclusion": conclusion,
        "sentence": _sentence(series, slope, relative, tested, conclusion, alpha),
        "note": _note(series, slope, plain, corrected, relative, memory, alpha),
    }


def remembers(series: Series) -> float | None:
    """The autocorrelation of a series whose neighbouring periods are more alike than chance and its trend make them, else None."""
    found = autocorrelation(times=series.times, values=residuals(times=series.times, values=series.values))
    return found if found is not None and found > 1.96 / math.sqrt(len(series.values)) else None


def _relative(series: Series, level: float) -> Slope:
    values = series.values if series.counts is None else series.counts
    return percent_per_year(times=series.times, values=values, exposure=series.totals, per_year=series.per_year, level=level)


def _conclusion(test: TrendTest, alpha: float) -> str:
    if test.p_value is None or test.statistic is None:
        return "descriptive"
    if test.p_value >= alpha:
        return "inconclusive"
    return "rose" if test.statistic > 0 else "fell"


def _note(series: Series, slope: Slope, plain: TrendTest, corrected: TrendTest | None, relative: Slope, memory: float | None, alpha: float) -> str | None:
    parts = [_gaps(series), plain.note, slope.note, relative.note]
    if plain.p_value is not None and corrected is not None and corrected.p_value is not None and plain.p_value < alpha <= corrected.p_value:
        parts.append("not significant once p is corrected")
    if plain.p_value is not None and corrected is None:
        parts.append(f"fewer than {FEWEST} points: p is not corrected for autocorrelation")
    elif corrected is not None and plain.p_value is not None:
        parts.append(corrected.note)
    if memory is not None:
        parts.append(f"neighbouring periods are alike (autocorrelation {text.fixed(memory)}), as month-end stocks are: the uncorrected p is too small")
    return "; ".join(dict.fromkeys(filter(None, parts))) or None


def _gaps(series: Series) -> str:
    gaps = series.gaps
    if not gaps:
        return ""
    named = [series.when(time) for time in gaps[:3]] + ([f"{len(gaps) - 3} more"] if len(gaps) > 3 else [])
    return f"no value in {text.listing(named)}"


def figure(series: Series, value: float) -> str:
    """A value of the series as a sentence writes it."""
    return text.percent(value, 1) if series.kind == "share" else text.number(value)


def _sentence(series: Series, slope: Slope, relative: Slope, test: TrendTest, conclusion: str, alpha: float) -> str:
    begin, end = series.when(series.times[0]), series.when(series.times[-1])
    first, last = f"{figure(series, series.values[0])} in {begin}", f"{figure(series, series.values[-1])} in {end}"
    if len(series.values) == 1:
        return f"{series.name} stood at {first}; there is no other period to compare it with."
    if len(set(series.values)) == 1:
        return f"{series.name} stood at {figure(series, series.values[0])} throughout, from {begin} to {end}."
    if conclusion == "descriptive":
        return f"{series.name} stood at {first} and {last}; {test.note}."
    measured = _measured(series, slope, relative, test, alpha)
    if conclusion == "inconclusive":
        return f"{series.name} stood at {first} and {last}; these data do not show whether there was a trend ({measured})."
    if (series.values[-1] - series.values[0]) * (test.statistic or 0) > 0:
        return f"{series.name} {conclusion} from {first} to {last} ({measured})."
    return f"{series.name} {conclusion} over the period as a whole, though the figure was {first} and {last} ({measured})."


def _measured(series: Series, slope: Slope, relative: Slope, test: TrendTest, alpha: float) -> str:
    """Slope, relative change and p, as they stand in brackets."""
    parts = []
    if slope.estimate is not None:
        limits = "" if slope.low is None or slope.high is None else f", {text.confidence(alpha)} CI {_bare(series, slope.low)} to {_bare(series, slope.high)}"
        sign = "+" if slope.estimate > 0 else ""
        parts.append(f"{sign}{_bare(series, slope.estimate)}{' points' if series.kind == 'share' else ''} a year{limits}")
    if relative.estimate is not None:
        parts.append(f"{text.signed_percent(relative.estimate, 1)} a year")
    if test.p_value is not None:
        parts.append(text.p_phrase(test.p_value))
    return "; ".join(parts)


def _bare(series: Series, value: float) -> str:
    """A slope without its unit, in points where the series is a share."""
    return text.cell("share_change" if series.kind == "share" else "number_change", value)
