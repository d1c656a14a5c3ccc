"""Trend of a series in time: Kendall's tau with the Mann-Kendall test, the Theil-Sen slope, and what its residuals remember."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rpgstat.stats.distributions import normal_cdf, normal_quantile

LEVEL = "all values are equal: no trend to test"
SHORT = "fewer than 3 points: no trend to test"


@dataclass(frozen=True, slots=True)
class TrendTest:
    """A test of monotone trend; `statistic` is S, pairs that rise minus pairs that fall. `note` says why a number is missing."""

    statistic: float | None
    variance: float | None
    p_value: float | None
    method: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Slope:
    """Change of a series in a year, and its limits; `note` says why a number is missing."""

    estimate: float | None
    low: float | None
    high: float | None
    note: str = ""


def kendall_tau(*, values: Sequence[float]) -> float | None:
    """Kendall's tau-b of a series with its own order in time (Kendall 1945): -1 always falling, 1 always rising.

    Equal values count for neither side. None when there are fewer than two points or all are equal.

    >>> round(kendall_tau(values=[5, 4, 4, 2, 3, 1]), 4)
    -0.8281
    """
    n = len(values)
    pairs = n * (n - 1) // 2
    untied = pairs - sum(t * (t - 1) // 2 for t in _ties(values))
    return _score(values) / math.sqrt(pairs * untied) if untied else None


def mann_kendall(*, values: Sequence[float]) -> TrendTest:
    """Mann-Kendall test of a series in the order of time (Mann 1945, Kendall 1975), two-sided, corrected for ties and continuity.

    Assumes that points are independent of one another but for the trend. Gaps need no care: only order counts. Equals R's
    `cor.test(seq_along(x), x, method = "kendall", exact = FALSE, continuity = TRUE)`. All None, with a note, when there are fewer than
    three points or all are equal.

    >>> test = mann_kendall(values=[5, 4, 4, 2, 3, 1])
    >>> test.statistic, round(test.p_value, 4)
    (-12, 0.0354)
    """
    if note := SHORT if len(values) < 3 else LEVEL if len(set(values)) == 1 else "":
        return TrendTest(None, None, None, "Mann-Kendall", note)
    variance = kendall_variance(values=values)
    return score_test(_score(values), variance, "Mann-Kendall")


def kendall_variance(*, values: Sequence[float]) -> float:
    """Variance of S when points are independent, corrected for ties (Kendall 1975).

    >>> kendall_variance(values=[1, 2, 3, 4]), kendall_variance(values=[1, 2, 2, 4])
    (8.666666666666666, 7.666666666666667)
    """
    n = len(values)
    return (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in _ties(values))) / 18


def score_test(score: float, variance: float, method: str) -> TrendTest:
    """The normal approximation to S: one is taken from its size, since S moves in steps of two."""
    distance = max(abs(score) - 1, 0) / math.sqrt(variance)
    return TrendTest(score, variance, min(1.0, 2 * normal_cdf(-distance)), method)


def theil_sen(*, times: Sequence[int], values: Sequence[float], per_year: int = 1, level: float = 0.95) -> Slope:
    """The median of the slopes between all pairs of points, per year (Theil 1950), and its limits by ranks (Sen 1968).

    `times` are period indices, rising, `per_year` of them in a year (12, 4 or 1); a gap is an index left out. The unit is that of the
    values. Equals `scipy.stats.theilslopes(values, times, alpha=level)` times `per_year`, but where the ranks of the limits fall outside the
    slopes that there are (fewer than five points at 95 %), the limits are None with a note. All None below two points.

    >>> slope = theil_sen(times=[0, 1, 2, 3, 4, 6], values=[9, 8, 8, 7, 5, 4], per_year=12)
    >>> slope.estimate, slope.low, slope.high
    (-12.0, -18.0, -6.0)
    """
    import numpy as np

    n = len(values)
    if n < 2:
        return Slope(None, None, None, f"n = {n}: no slope")
    slopes = np.sort(_pairwise(times, values)) * per_year
    estimate = float(np.median(slopes))
    # Sen's limits count ties among the values, as SciPy does
    reach = -normal_quantile((1 - level) / 2) * math.sqrt(kendall_variance(values=values))
    low, high = round((len(slopes) - reach) / 2) - 1, round((len(slopes) + reach) / 2)
    if low < 0 or high > len(slopes) - 1:
        return Slope(estimate, None, None, f"n = {n}: too few points for limits of the slope")
    return Slope(estimate, float(slopes[low]), float(slopes[high]))


def residuals(*, times: Sequence[int], values: Sequence[float]) -> list[float]:
    """Values without their Theil-Sen trend, for correlation and ranks: their level is arbitrary.

    Rounded at the twelfth digit of the largest value, so that values which differ only by the trend are ties and not chance.

    >>> residuals(times=[0, 1, 2, 4], values=[3, 5, 8, 11])
    [0.0, 0.0, 1.0, 0.0]
    """
    slope = theil_sen(times=times, values=values).estimate or 0.0
    largest = max(map(abs, values), default=0.0) or 1.0
    digits = 12 - math.ceil(math.log10(largest))
    return [round(value - values[0] - slope * (time - times[0]), digits) for time, value in zip(times, values, strict=True)]


def autocorrelation(*, times: Sequence[int], values: Sequence[float], lag: int = 1) -> float | None:
    """Correlation of a series with itself `lag` periods later, -1 to 1 and weighed as R's `acf(x, na.action = na.pass)` does with gaps.

    None when all values are equal or no two points lie `lag` periods apart.

    >>> round(autocorrelation(times=[0, 1, 2, 3], values=[1, 2, 3, 4]), 4)
    0.25
    """
    n = len(values)
    if len(set(values)) < 2:
        return None
    mean = math.fsum(values) / n
    off = {time: value - mean for time, value in zip(times, values, strict=True)}
    products = [rest * off[time + lag] for time, rest in off.items() if time + lag in off]
    if not products:
        return None
    return (math.fsum(products) / (len(products) + lag)) / (math.fsum(rest * rest for rest in off.values()) / n)


def _ties(values: Sequence[float]) -> list[int]:
    from collections import Counter

    return list(Counter(values).values())


def _score(values: Sequence[float]) -> int:
    import numpy as np

    array = np.asarray(values, dtype=float)
    return int(sum(int(np.sign(array[i + 1 :] - array[i]).sum()) for i in range(len(array) - 1)))


def _pairwise(times: Sequence[int], values: Sequence[float]) -> Any:
    import numpy as np

    first, second = np.triu_indices(len(values), 1)
    x, y = np.asarray(times, dtype=float), np.asarray(values, dtype=float)
    return (y[second] - y[first]) / (x[second] - x[first])
