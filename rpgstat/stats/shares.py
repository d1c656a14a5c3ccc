"""Confidence intervals of a share and of the change between two shares, from counts."""

from __future__ import annotations

import math

from rpgstat.stats.distributions import normal_quantile
from rpgstat.stats.sample import Interval


def wilson(*, count: float, n: float, effective_n: float | None = None, level: float = 0.95) -> Interval | None:
    """The score interval of the share count / n (Wilson 1927), without continuity correction.

    `count` and `n` may be sums of weights. `effective_n` is the number of simply drawn people whose share would be as precise, where
    that is not `n`: of weighted answers, or from a finite population; infinite, it leaves the share itself.
    Limits lie within 0 to 1; the lower is exactly 0 when `count` is 0, the upper exactly 1 when everybody counts. None when n = 0.
    Raises ValueError when `count` is not within 0 to n, `effective_n` not above 0, or `level` not between 0 and 1.

    Effective n in place of n: Dean & Pagano 2015, Journal of Survey Statistics and Methodology 3.

    >>> limits = wilson(count=36, n=47)
    >>> round(limits.low, 3), round(limits.high, 3)
    (0.628, 0.864)
    >>> wilson(count=0, n=47).low, wilson(count=0, n=0)
    (0.0, None)
    >>> limits = wilson(count=36, n=47, effective_n=94)
    >>> round(limits.low, 3), round(limits.high, 3)
    (0.671, 0.84)
    """
    precision = n if effective_n is None else effective_n
    if not 0 <= count <= n or not (precision > 0 or n == 0) or not 0 < level < 1:
        raise ValueError(f"count {count} must be within 0 to n = {n}, effective n {precision} above 0, and level {level} between 0 and 1")
    if n == 0:
        return None
    z = -normal_quantile((1 - level) / 2)
    share = count / n
    centre = share + z * z / (2 * precision)
    reach = z * math.sqrt(share * (1 - share) / precision + (z / (2 * precision)) ** 2)
    shrink = 1 + z * z / precision
    # at the edges the subtraction would leave a rounding error where the limit is known
    return Interval(0.0 if count == 0 else (centre - reach) / shrink, 1.0 if count == n else (centre + reach) / shrink)


def newcombe(
    *,
    count_reference: float,
    n_reference: float,
    count: float,
    n: float,
    effective_n_reference: float | None = None,
    effective_n: float | None = None,
    level: float = 0.95,
) -> Interval | None:
    """The hybrid score interval of a difference between independent shares (Newcombe 1998, method 10), without continuity correction.

    The difference is count / n minus count_reference / n_reference: positive when the later share is larger, -1 to 1.
    The effective n are those of `wilson`. None when either n is 0; raises ValueError as `wilson` does.

    >>> limits = newcombe(count_reference=48, n_reference=80, count=56, n=70)
    >>> round(limits.low, 4), round(limits.high, 4)
    (0.0524, 0.3339)
    """
    before = wilson(count=count_reference, n=n_reference, effective_n=effective_n_reference, level=level)
    after = wilson(count=count, n=n, effective_n=effective_n, level=level)
    if before is None or after is None:
        return None
    share_before, share_after = count_reference / n_reference, count / n
    change = share_after - share_before
    down = math.hypot(share_after - after.low, before.high - share_before)
    up = math.hypot(after.high - share_after, share_before - before.low)
    return Interval(change - down, change + up)
