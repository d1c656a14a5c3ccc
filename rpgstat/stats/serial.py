"""Mann-Kendall tests for series that remember: corrected for autocorrelation, or for seasons."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from rpgstat.stats.series import LEVEL, SHORT, TrendTest, autocorrelation, mann_kendall, residuals, score_test

FEWEST = 20
"""Points below which autocorrelation cannot be estimated well enough to correct for it."""

SEASONAL_FROM = 48
"""Monthly points, four years, from which the seasonal test can find a trend: see `corrected_test`."""

HAMED_RAO = "Mann-Kendall, variance after Hamed and Rao"
SEASONAL = "seasonal Mann-Kendall, covariance after Hirsch and Slack"


def hamed_rao(*, times: Sequence[int], values: Sequence[float]) -> TrendTest:
    """Mann-Kendall test whose variance grows with the autocorrelation of the ranks (Hamed & Rao 1998, Journal of Hydrology 204).

    `times` are period indices, rising; a gap is an index left out. Ranks are of the values without their Theil-Sen trend, mid-ranks for
    ties; lags 1 to the smaller of 10 and n / 4 count when their correlation lies outside +-1.96 / sqrt(n), and the variance never shrinks.
    All None, with a note, as in `mann_kendall`.

    >>> months = list(range(24))
    >>> test = hamed_rao(times=months, values=[50 - month + 20 * (month // 4 % 2) for month in months])
    >>> test.statistic, round(test.p_value, 6)
    (-100, 0.013946)
    """
    plain = mann_kendall(values=values)
    if plain.statistic is None or plain.variance is None:
        return TrendTest(None, None, None, HAMED_RAO, plain.note)
    n = len(values)
    ranks = _ranks(residuals(times=times, values=values))
    factor = 1 + 2 / (n * (n - 1) * (n - 2)) * math.fsum(
        (n - lag) * (n - lag - 1) * (n - lag - 2) * found
        for lag in range(1, min(10, n // 4) + 1)
        if (found := autocorrelation(times=times, values=ranks, lag=lag)) is not None and abs(found) > 1.96 / math.sqrt(n)
    )
    return score_test(plain.statistic, plain.variance * max(1.0, factor), HAMED_RAO)


def seasonal_kendall(*, times: Sequence[int], values: Sequence[float], seasons: int = 12) -> TrendTest:
    """Mann-Kendall test within each season of the year, whose seasons may depend on each other (Hirsch & Slack 1984, Water Resources Research 20).

    `times` are period indices, rising; those that differ by `seasons` fall in the same season of later years. S is the sum over seasons of
    rising minus falling pairs; its variance adds their covariances, which need no independence between the months of one year. Missing
    points have the middle rank. With continuity correction. All None, with a note, when no season has two different values.

    >>> months = list(range(72))
    >>> test = seasonal_kendall(times=months, values=[300 - month - 20 * (month % 12 == 7) for month in months])
    >>> test.statistic, round(test.p_value, 4)
    (-180, 0.0051)
    """
    import numpy as np

    if len(values) < 3:
        return TrendTest(None, None, None, SEASONAL, SHORT)
    table = _years_by_season(times, values, seasons)
    years = len(table)
    first, second = np.triu_indices(years, 1)
    signs = np.nan_to_num(np.sign(table[second] - table[first]))  # a pair with a missing point counts for neither side
    present = (~np.isnan(table)).sum(axis=0)
    ranks = np.array([_season_ranks(column) for column in table.T]).T
    covariance = (signs.T @ signs + 4 * ranks.T @ ranks - years * np.outer(present + 1, present + 1)) / 3
    variance = float(covariance.sum())
    if not signs.any() or variance <= 0:
        return TrendTest(None, None, None, SEASONAL, LEVEL if len(set(values)) == 1 else "too few years: no variance between them")
    return score_test(int(signs.sum()), variance, SEASONAL)


def _years_by_season(times: Sequence[int], values: Sequence[float], seasons: int) -> Any:
    """One row a year, one column a season, NaN where there is no point."""
    import numpy as np

    first = times[0] // seasons
    table = np.full((times[-1] // seasons - first + 1, seasons), np.nan)
    for time, value in zip(times, values, strict=True):
        table[time // seasons - first, time % seasons] = value
    return table


def _season_ranks(column: Any) -> Any:
    """Mid-ranks of one season's years; a missing year has the middle rank."""
    import numpy as np

    return (np.sum(~np.isnan(column)) + 1 + np.nan_to_num(np.sign(column[:, None] - column)).sum(axis=1)) / 2


def _ranks(values: Sequence[float]) -> list[float]:
    import numpy as np

    array = np.asarray(values)
    ranks: list[float] = ((len(array) + 1 + np.sign(array[:, None] - array).sum(axis=1)) / 2).tolist()
    return ranks


def corrected_test(*, times: Sequence[int], values: Sequence[float], per_year: int) -> TrendTest | None:
    """The test that a series of this length and frequency allows: None below 20 points, the seasonal one from 48 months, else Hamed and Rao's.

    With three years of months or less the seasonal test cannot reach p = 0.05, however steady the trend: its smallest p is then 0.13.

    >>> corrected_test(times=range(19), values=range(19), per_year=12) is None
    True
    >>> [corrected_test(times=range(n), values=range(n), per_year=12).method[:8] for n in (47, 48)]
    ['Mann-Ken', 'seasonal']
    """
    if len(values) < FEWEST:
        return None
    seasonal = per_year == 12 and len(values) >= SEASONAL_FROM
    return seasonal_kendall(times=times, values=values) if seasonal else hamed_rao(times=times, values=values)
