"""A series in time, described: Kendall's tau, the Theil-Sen slope, and what its residuals remember."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any


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


def theil_sen(*, times: Sequence[int], values: Sequence[float], per_year: int = 1) -> float | None:
    """The median of the slopes between all pairs of points, per year (Theil 1950, Sen 1968): one odd point cannot move it far.

    `times` are period indices, rising, `per_year` of them in a year (12, 4, 52 or 1); a gap is an index left out. The unit is that of the
    values. Equals `scipy.stats.theilslopes(values, times)` times `per_year`. None below two points.

    >>> theil_sen(times=[0, 1, 2, 3, 4, 6], values=[9, 8, 8, 7, 5, 4], per_year=12)
    -12.0
    """
    import numpy as np

    return float(np.median(_pairwise(times, values))) * per_year if len(values) > 1 else None


def residuals(*, times: Sequence[int], values: Sequence[float]) -> list[float]:
    """Values without their Theil-Sen trend, for correlation and ranks: their level is arbitrary.

    Rounded at the twelfth digit of the largest value, so that values which differ only by the trend are ties and not chance.

    >>> residuals(times=[0, 1, 2, 4], values=[3, 5, 8, 11])
    [0.0, 0.0, 1.0, 0.0]
    """
    slope = theil_sen(times=times, values=values) or 0.0
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
