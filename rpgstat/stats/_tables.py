"""The conditional distribution behind the exact tests: every way to choose one wave's people from the people at each level."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

# Tables listed at once: about 100 MB and a quarter of a second.
MAX_TABLES = 1_000_000


def weights(*, total: int, chosen: int, n: int) -> NDArray[np.float64]:
    """Relative chance that 0, 1, 2... of the `total` people at a level are among the `chosen` of all `n`; the likeliest weighs 1.

    Binomial chances with success `chosen / n`: given that `chosen` people are taken in all, the product over levels is proportional to
    the hypergeometric chance of the table, and no factorial can overflow. Built from the likeliest outwards, so that the error grows
    by two roundings a step.

    >>> weights(total=3, chosen=5, n=10).round(6).tolist()
    [0.333333, 1.0, 1.0, 0.333333]
    """
    taken = np.arange(min(total, chosen))
    steps = (total - taken) / (taken + 1) * (chosen / (n - chosen))
    mode = int(np.count_nonzero(steps > 1))
    below = np.cumprod(1 / steps[:mode][::-1])[::-1]
    return np.concatenate([below, [1.0], np.cumprod(steps[mode:])])


def number(*, totals: Sequence[int], chosen: int) -> int:
    """An upper bound on the number of tables: the most populous level has no choice once the others have chosen.

    >>> number(totals=[3, 9, 5], chosen=4)
    20
    """
    return math.prod(min(total, chosen) + 1 for total in sorted(totals)[:-1])


def listed(*, totals: Sequence[int], chosen: int, coefficients: NDArray[Any], power: int) -> tuple[NDArray[Any], NDArray[np.float64]]:
    """For every table with these margins the sum of coefficient x people ** power over its levels, and its relative weight.

    Sums have the type of `coefficients` (whole, float, or Python integers for those beyond 64 bits). The caller has looked at `number`.

    >>> sums, weight = listed(totals=[1, 1, 2], chosen=2, coefficients=np.array([0, 1, 2]), power=1)
    >>> sorted(zip(sums.tolist(), (6 * weight / weight.sum()).round(6).tolist()))
    [(1, 1.0), (2, 2.0), (3, 2.0), (4, 1.0)]
    """
    n = left = sum(totals)
    order = sorted(range(len(totals)), key=lambda level: totals[level])
    people, sums, weight = np.zeros(1, dtype=np.int64), np.zeros(1, dtype=coefficients.dtype), np.ones(1)
    for level in order[:-1]:
        left -= totals[level]
        own = weights(total=totals[level], chosen=chosen, n=n)
        taken = np.arange(own.size)
        after = people[:, None] + taken
        possible = (after <= chosen) & (after + left >= chosen)
        people = after[possible]
        sums = (sums[:, None] + coefficients[level] * taken.astype(coefficients.dtype) ** power)[possible]
        weight = (weight[:, None] * own)[possible]
    rest = chosen - people
    last = weights(total=totals[order[-1]], chosen=chosen, n=n)
    return sums + coefficients[order[-1]] * rest.astype(coefficients.dtype) ** power, weight * last[rest]


def whole_type(largest: int) -> Any:
    """The array type whose sums up to `largest` in size are exact: 64-bit where they fit, else Python integers.

    >>> whole_type(10**6), whole_type(10**20)
    (<class 'numpy.int64'>, <class 'object'>)
    """
    return np.int64 if largest < 2**62 else object
