"""Regression of a series on time: its trend, the steps and bends at events, and its change in per cent a year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.sample import critical_t, two_sided_t
from rpgstat.stats.serial import Fit, autoregressive

FEWEST = 20
"""Points below which phi cannot be estimated well enough: at 16 to 20 points with phi .6 least squares finds a trend that is not there in 27 to 36 %."""

SEASONAL_FROM = 48
"""Monthly points, four years, from which the twelve months have levels of their own."""

PERCENT_SEASONAL_FROM = 24
"""The same for the change in per cent, whose estimate has no error to be judged by: two years of each month."""

FEWEST_ASIDE = 12
"""Points that must stand before and after an event, up to its neighbours: with fewer a step is mistaken for the drift of alike neighbours."""

_LARGEST = 50.0  # in logarithms: a change by a factor of 10^21 in a year is no finding


@record
class Change:
    """A change of a series, in its unit or in its unit per year: its limits and the p of no change. All None where the model's note says why."""

    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    p_value: float | None = None


@record
class Trend:
    """The slope of a series per year, and the correlation of its errors one period apart; `note` says why a number is missing."""

    slope: Change
    phi: float | None
    note: str = ""


@record
class Break:
    """What changed at an event: the step in the unit of the values, the bend in that unit per year; `note` says why numbers are missing."""

    step: Change
    bend: Change
    phi: float | None
    note: str = ""


def linear_trend(*, times: Sequence[int], values: Sequence[float], per_year: int = 12, level: float = 0.95) -> Trend:
    """The slope per year, with limits and p from the one model, so that they cannot contradict each other: see `autoregressive`.

    `values` on time in years, and on eleven of the twelve months from 48 monthly points; `times` are period indices, rising, `per_year` of
    them in a year (12, 4, 52 or 1); a gap is an index left out. Limits and p by t on n - k. Below 20 points the slope is that of least
    squares on time alone and nothing is tested; None below two. Limits are still somewhat too narrow where points are few and neighbours
    alike (Turner and others 2021, BMC Medical Research Methodology 21:181).

    >>> values = [52, 49, 50, 47, 48, 44, 46, 45, 41, 43, 42, 38, 40, 41, 37, 36, 38, 33, 34, 35, 31, 32, 30, 29]
    >>> found = linear_trend(times=range(24), values=values)
    >>> round(found.slope.estimate, 2), round(found.slope.low, 2), round(found.slope.high, 2)
    (-11.09, -11.74, -10.44)
    """
    import numpy as np

    n = len(values)
    if n < FEWEST:
        slope = float(np.polyfit(np.asarray(times) - times[0], values, 1)[0]) * per_year if n > 1 else None
        return Trend(Change(slope), None, say("row.few_points", n=n, fewest=FEWEST) if n > 1 else say("row.no_slope"))
    fit = _fit(times, values, _design(times, per_year, _has_seasons(times, per_year, SEASONAL_FROM)))
    return Trend(_change(fit, 1, level), fit.phi, fit.note)


def segmented(*, times: Sequence[int], values: Sequence[float], events: Sequence[int], per_year: int = 12, level: float = 0.95) -> list[Break]:
    """For each of `events` (period indices, rising), the step at that period and the bend after it (segmented regression, Wagner et al. 2002).

    The model of `linear_trend`, and for each event a step, 1 from its period on, and a bend, the years since; so events in one series are
    judged together. The step is the gap, at the event's period, between the new line and the old one carried on. Events of one period are
    one break, returned for each. All None, with a note, where fewer than 12 points stand between an event and its neighbours or the ends.

    >>> values = [30 + i % 3 for i in range(15)] + [20 + i % 3 - i / 2 for i in range(15)]
    >>> found = segmented(times=range(30), values=values, events=[15])[0]
    >>> round(found.step.estimate, 1), round(found.bend.estimate, 1), found.step.p_value < 0.001
    (-10.3, -6.0, True)
    """
    import numpy as np

    own = sorted(set(events))
    notes = dict(zip(own, _crowded(times, own), strict=True))
    usable = [event for event in own if not notes[event]]
    if not usable:
        return [_no_break(notes[event]) for event in events]
    index = np.asarray(times)
    breaks = [column for event in usable for column in (index >= event, np.maximum(index - event, 0) / per_year)]
    design = np.column_stack([_design(times, per_year, _has_seasons(times, per_year, SEASONAL_FROM)), *breaks])
    fit = _fit(times, values, design)
    first = {event: design.shape[1] - 2 * (len(usable) - i) for i, event in enumerate(usable)}
    return [
        _no_break(notes[event]) if notes[event] else Break(_change(fit, first[event], level), _change(fit, first[event] + 1, level), fit.phi, fit.note)
        for event in events
    ]


def percent_per_year(
    *, times: Sequence[int], values: Sequence[float], exposure: Sequence[float] | None = None, per_year: int = 12, level: float = 0.95
) -> Trend:
    """Change in a year as a share of the level (0.05: five per cent more each year), above -1; its p is None, that of the slope is the test.

    The estimate is by Poisson pseudo-likelihood on time in years (Gourieroux, Monfort & Trognon 1984), log `exposure` as offset where given,
    and levels of the twelve months from 24 monthly points; a month that holds only zeros says nothing and is left out. The limits are those of
    `linear_trend` of the logarithms, `values` over `exposure`. All None, with a note, for negative values, only zeros, or too few points;
    limits None where a value is 0, where the logarithms have none, and where they do not hold the estimate.

    >>> change = percent_per_year(times=range(8), values=[100, 93, 91, 84, 80, 73, 71, 65], per_year=1)
    >>> round(change.slope.estimate, 4), change.slope.low
    (-0.0583, None)
    """
    estimate, note = _percent(times, values, exposure, per_year)
    if estimate is None:
        return Trend(Change(), None, note)
    rates = list(values) if exposure is None else [value / total for value, total in zip(values, exposure, strict=True)]
    if min(rates) <= 0:
        return Trend(Change(estimate), None, say("row.percent_zero"))
    logs = linear_trend(times=times, values=[math.log(rate) for rate in rates], per_year=per_year, level=level)
    if logs.slope.low is None or logs.slope.high is None:
        return Trend(Change(estimate), logs.phi, "" if len(values) < FEWEST else say("row.percent_no_limits", why=logs.note))
    if logs.slope.high > _LARGEST:
        return Trend(Change(estimate), logs.phi, say("row.percent_steep"))
    low, high = math.expm1(logs.slope.low), math.expm1(logs.slope.high)
    if not low <= estimate <= high:
        return Trend(Change(estimate), logs.phi, say("row.percent_logs"))
    return Trend(Change(estimate, low, high), logs.phi)


def _percent(times: Sequence[int], values: Sequence[float], exposure: Sequence[float] | None, per_year: int) -> tuple[float | None, str]:
    """The relative change in a year, or why there is none."""
    import numpy as np

    if min(values, default=0) < 0 or not any(values):
        return None, say("row.percent_negative") if any(values) else say("row.percent_zeros")
    seasons = _has_seasons(times, per_year, PERCENT_SEASONAL_FROM)
    kept = _informative(times, values) if seasons else np.ones(len(values), dtype=bool)
    index, y = np.asarray(times)[kept], np.asarray(values, dtype=float)[kept]
    offset = np.log(np.ones(len(values)) if exposure is None else np.asarray(exposure, dtype=float))[kept]
    x = _design(index, per_year, seasons)
    n, k = x.shape
    if n <= k or np.linalg.matrix_rank(x) < k:
        return None, say("row.percent_few", n=n)
    slope = _poisson(x, y, offset)
    if slope is None or slope > _LARGEST:
        return None, say("row.percent_unsettled")
    return math.expm1(slope), ""


def _fit(times: Sequence[int], values: Sequence[float], design: Any) -> Fit:
    """The model of a design, or a fit of nothing where points are too few for it."""
    import numpy as np

    n, k = design.shape
    if n <= k or np.linalg.matrix_rank(design) < k:
        return Fit(None, None, n - k, None, say("row.few_to_tell", n=n))
    return autoregressive(times=times, values=values, design=design)


def _change(fit: Fit, place: int, level: float) -> Change:
    if fit.estimates is None:
        return Change()
    estimate = fit.estimates[place]
    if fit.errors is None:
        return Change(estimate)
    error = fit.errors[place]
    reach = critical_t(df=fit.df, level=level) * error
    return Change(estimate, estimate - reach, estimate + reach, two_sided_t(statistic=estimate / error, df=fit.df))


def _no_break(note: str) -> Break:
    return Break(Change(), Change(), None, note)


def _crowded(times: Sequence[int], events: Sequence[int]) -> list[str]:
    """Why an event cannot be judged, or nothing: it needs points on both sides up to the ends, and up to the next event that has those."""
    far = [event for event in events if not _short(times, (times[0], event, times[-1] + 1))]
    start, end = times[0], times[-1] + 1
    cuts = {event: (before, event, after) for before, event, after in zip([start, *far], far, [*far[1:], end], strict=False)}
    return [_short(times, cuts.get(event, (start, event, end))) for event in events]


def _short(times: Sequence[int], cuts: tuple[int, int, int]) -> str:
    """Why too few points stand on the sides of an event, or nothing."""
    before, after = (sum(low <= time < high for time in times) for low, high in pairwise(cuts))
    return "" if min(before, after) >= FEWEST_ASIDE else say("row.few_aside", before=before, after=after, fewest=FEWEST_ASIDE)


def _has_seasons(times: Sequence[int], per_year: int, least: int) -> bool:
    return per_year == 12 and len(times) >= least


def _design(times: Sequence[int], per_year: int, seasons: bool) -> Any:
    """One row a point: 1, the time in years from the middle, and eleven of the twelve months when `seasons`."""
    import numpy as np

    index = np.asarray(times)
    columns = [np.ones(len(index)), (index - index.mean()) / per_year]
    if seasons:
        months = index % 12
        columns += [months == month for month in np.unique(months)[1:]]
    return np.column_stack(columns).astype(float)


def _informative(times: Sequence[int], values: Sequence[float]) -> Any:
    """The points outside calendar months that hold only zeros, whose level would be minus infinity."""
    import numpy as np

    months, y = np.asarray(times) % 12, np.asarray(values, dtype=float)
    return np.isin(months, np.unique(months[y != 0]))


def _poisson(x: Any, y: Any, offset: Any) -> float | None:
    """The slope of time, by iterated weighted least squares; None where no slope is best, as when only the last value is not 0."""
    import numpy as np

    mean = (y + y.mean()) / 2
    with np.errstate(all="ignore"):
        for _ in range(100):
            working = np.log(mean) - offset + (y - mean) / mean
            weight = np.sqrt(mean)
            if not (np.isfinite(working).all() and np.isfinite(weight).all()):
                return None
            slopes = np.linalg.lstsq(x * weight[:, None], working * weight, rcond=None)[0]
            last, mean = mean, np.exp(x @ slopes + offset)
            if np.allclose(mean, last, rtol=1e-12, atol=0):
                return float(slopes[1])
    return None
