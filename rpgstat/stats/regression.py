"""Regression of a series on time: change in per cent a year, and the steps and bends after events, with Newey-West errors."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from rpgstat.stats.sample import critical_t, two_sided_t
from rpgstat.stats.series import Slope

SEASONAL_FROM = 24
"""Monthly points from which the twelve months have levels of their own: two years of each."""

SEASONAL_EVENTS_FROM = 36
"""The same where there are events: in two years a step can be the same thing as a year's trend and season together."""

_LARGEST = 50.0  # in logarithms: a change by a factor of 10^21 in a year is no finding

FEWEST_ASIDE = 3
"""Points that must stand before and after an event (Cochrane EPOC, criteria for interrupted time series)."""


@dataclass(frozen=True, slots=True)
class Break:
    """What changed at an event: the step in the unit of the values, the bend in that unit per year. `note` says why numbers are missing."""

    level: float | None
    level_low: float | None
    level_high: float | None
    p_level: float | None
    slope: float | None
    slope_low: float | None
    slope_high: float | None
    p_slope: float | None
    note: str = ""


def percent_per_year(
    *, times: Sequence[int], values: Sequence[float], exposure: Sequence[float] | None = None, per_year: int = 12, level: float = 0.95
) -> Slope:
    """Change in a year as a share of the level (0.05: five per cent more each year) and its limits, above -1.

    Poisson pseudo-likelihood on time in years (Gourieroux, Monfort & Trognon 1984), log `exposure` as offset where given, and levels of
    the twelve months from 24 monthly points. Errors after Newey & West 1987: lag floor(4 (n / 100)^(2/9)), factor n / (n - k), t on n - k.
    `times` are period indices, rising; a gap is an index left out and adds nothing at its place. A month that holds only zeros says
    nothing and is left out. All None, with a note, for negative values, only zeros, or too few points; limits None for a perfect fit.

    >>> change = percent_per_year(times=range(8), values=[100, 93, 91, 84, 80, 73, 71, 65], per_year=1)
    >>> round(change.estimate, 4), round(change.low, 4), round(change.high, 4)
    (-0.0583, -0.0618, -0.0549)
    """
    import numpy as np

    if min(values, default=0) < 0 or not any(values):
        return Slope(None, None, None, "no change in per cent: " + ("values are below 0" if any(values) else "there are only zeros"))
    seasons = _has_seasons(times, per_year)
    kept = _informative(times, values) if seasons else np.ones(len(values), dtype=bool)
    index, y = np.asarray(times)[kept], np.asarray(values, dtype=float)[kept]
    offset = np.log(np.ones(len(values)) if exposure is None else np.asarray(exposure, dtype=float))[kept]
    x = _design(index, per_year, seasons)
    n, k = x.shape
    if n <= k or np.linalg.matrix_rank(x) < k:
        return Slope(None, None, None, f"no change in per cent: {n} points are too few")
    fitted = _poisson(x, y, offset)
    if fitted is None:
        return Slope(None, None, None, "no change in per cent: the fit does not settle")
    slope, mean = fitted
    bread = np.linalg.inv(x.T @ (x * mean[:, None]))
    error = math.sqrt(max(_newey_west(index, x * (y - mean)[:, None], bread)[1, 1], 0.0))
    if error < 1e-9:
        return Slope(math.expm1(min(slope, _LARGEST)), None, None, "no limits of the change in per cent: every point lies on the curve")
    reach = critical_t(df=n - k, level=level) * error
    if abs(slope) + reach > _LARGEST:
        estimate = math.expm1(slope) if slope < _LARGEST else None
        return Slope(estimate, None, None, "no limits of the change in per cent: too few points for so steep a change")
    return Slope(math.expm1(slope), math.expm1(slope - reach), math.expm1(slope + reach))


def segmented(*, times: Sequence[int], values: Sequence[float], events: Sequence[int], per_year: int = 12, level: float = 0.95) -> list[Break]:
    """For each of `events` (period indices, rising), the step at that period and the bend after it (segmented regression, Wagner et al. 2002).

    Least squares on time, one step and one bend an event, and levels of the twelve months from 36 monthly points, so that events in one
    series are judged together; errors as in `percent_per_year`, which are too small where points are few: with 20 of them and no event, p is
    below 0.05 in about 15 of 100 series, in more where neighbours are alike. The step is the gap, at the event's period, between the new line and
    the old one carried on. All None, with a note, where fewer than three points stand between an event and its neighbours or the ends.

    >>> found = segmented(times=range(12), values=[5, 6, 5, 6, 5, 6, 3, 2, 3, 2, 2, 1], events=[6], per_year=1)[0]
    >>> round(found.level, 3), round(found.p_level, 4), round(found.slope, 3)
    (-2.848, 0.0001, -0.4)
    """
    import numpy as np

    notes = _crowded(times, events)
    usable = [event for event, note in zip(events, notes, strict=True) if not note]
    index, y = np.asarray(times), np.asarray(values, dtype=float)
    breaks = [column for event in usable for column in (index >= event, np.maximum(index - event, 0) / per_year)]
    x = np.column_stack([_design(times, per_year, _has_seasons(times, per_year, SEASONAL_EVENTS_FROM)), *breaks])
    n, k = x.shape
    if n <= k or np.linalg.matrix_rank(x) < k:
        return [_no_break(note or f"{n} points are too few to tell trend and events apart") for note in notes]
    bread = np.linalg.inv(x.T @ x)
    slopes = bread @ x.T @ y
    errors = np.sqrt(np.maximum(np.diag(_newey_west(index, x * (y - x @ slopes)[:, None], bread)), 0.0))
    errors[errors <= 1e-9 * max(1e-300, float(np.abs(y).max()))] = 0.0
    first = iter(range(k - 2 * len(usable), k, 2))
    return [_no_break(note) if note else _break(slopes, errors, next(first), n - k, level) for note in notes]


def _break(slopes: Any, errors: Any, first: int, df: int, level: float) -> Break:
    if not errors[first] or not errors[first + 1]:
        return _no_break("the points lie so near to the lines that no error can be measured")

    def tested(i: int) -> tuple[float, float, float, float]:
        estimate, error = float(slopes[i]), float(errors[i])
        reach = critical_t(df=df, level=level) * error
        return estimate, estimate - reach, estimate + reach, two_sided_t(statistic=estimate / error, df=df)

    return Break(*tested(first), *tested(first + 1))


def _no_break(note: str) -> Break:
    return Break(None, None, None, None, None, None, None, None, note)


def _crowded(times: Sequence[int], events: Sequence[int]) -> list[str]:
    """Why an event cannot be judged, or nothing: it needs points on both sides before the next event or the end."""
    cuts = [times[0], *events, times[-1] + 1]
    counts = [sum(low <= time < high for time in times) for low, high in pairwise(cuts)]
    return ["" if min(pair) >= FEWEST_ASIDE else f"{pair[0]} points before and {pair[1]} after it: too few to judge" for pair in pairwise(counts)]


def _has_seasons(times: Sequence[int], per_year: int, least: int = SEASONAL_FROM) -> bool:
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


def _poisson(x: Any, y: Any, offset: Any) -> tuple[float, Any] | None:
    """The slope of time and the fitted means, by iterated weighted least squares; None where no slope is best, as when only the last value is not 0."""
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
                return float(slopes[1]), mean
    return None


def _newey_west(times: Any, scores: Any, bread: Any) -> Any:
    """Covariance of the coefficients: Bartlett weights on the autocovariances of the scores, with nothing where a period is missing."""
    import numpy as np

    n, k = scores.shape
    grid = np.zeros((int(times[-1] - times[0]) + 1, k))
    grid[times - times[0]] = scores
    lags = math.floor(4 * (n / 100) ** (2 / 9))
    meat = grid.T @ grid
    for lag in range(1, min(lags, len(grid) - 1) + 1):
        together = grid[lag:].T @ grid[:-lag]
        meat = meat + (1 - lag / (lags + 1)) * (together + together.T)
    return bread @ meat @ bread * n / (n - k)
