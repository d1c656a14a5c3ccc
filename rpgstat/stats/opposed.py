"""Whether the items of a battery run against each other, so that their mean says nothing of the people who answered."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from rpgstat.record import record
from rpgstat.stats.distributions import normal_quantile

ENOUGH = 20
"""Complete cases from which on items can be found to oppose each other; fewer give a warning at most."""
_LEVEL = 0.95


@record
class Opposed:
    """How the items of a battery go together: raw alpha with its upper limit, and each item's correlation with the sum of the others.

    `item_rest_high` are the upper limits of the correlations; None where a figure cannot be computed. `opposed`: the items run against each
    other beyond chance; `against` are then the positions of those whose own limit says so.
    """

    n: int
    alpha: float | None
    item_rest: tuple[float | None, ...]
    item_rest_high: tuple[float | None, ...]
    against: tuple[int, ...]

    @cached_property
    def alpha_high(self) -> float | None:
        """The upper limit of alpha; None where alpha has none. Worked out when asked for: SciPy takes long to load."""
        from rpgstat.stats.reliability import feldt

        return feldt(self.alpha, self.n, len(self.item_rest), _LEVEL).high if self.alpha is not None and self.alpha < 1 else None

    @property
    def opposed(self) -> bool:
        """Whether the items run against each other; the upper limit of an alpha of 0 and more is never below 0."""
        below = self.alpha is not None and self.alpha < 0 and self.alpha_high is not None and self.alpha_high < 0
        return bool(self.against) or (below and self.n >= ENOUGH)


def opposed(*, n: int, sums: Sequence[int], squares: Sequence[int], with_total: Sequence[int]) -> Opposed:
    """Whether the items of a battery oppose each other, from `n` people who answered every item.

    `sums` are each item's sum of scores, `squares` of their squares, `with_total` of each score times the person's sum over all items: whole
    numbers, in any one unit. Items oppose each other when n is 20 or more and either the one-sided upper 1 - .05/k limit of the correlation of
    one of the k items with the sum of the others lies below 0 (Fisher 1921: z of r has variance 1/(n - 3)), or the upper limit of alpha
    does: Feldt's limit of the two-sided 95 % interval, as `cronbach` gives it. With unrelated items and n = 40 either happens in 2 to 6 % of
    batteries of 2 to 10 items (`benchmarks/opposed.py`); with the one-sided limit of alpha it would be 4 to 8 %. An item to which all gave one
    answer, and fewer than two items, have no correlation; n < 4 has no limit. Raises ValueError for unequal lengths.

    Fisher 1921, Metron 1; Feldt 1965, Psychometrika 30 (R `psych::alpha`: r.drop, `psych::alpha.ci`).

    >>> found = opposed(n=20, sums=[50, 50, 50], squares=[150, 150, 150], with_total=[395, 400, 355])
    >>> round(found.alpha, 3), [r and round(r, 3) for r in found.item_rest], found.opposed, found.against
    (-3.0, [-0.316, None, -0.949], True, (2,))
    """
    total = sum(sums)
    own = [n * square - one * one for one, square in zip(sums, squares, strict=True)]
    joint = [n * product - one * total for one, product in zip(sums, with_total, strict=True)]
    whole, k = sum(joint), len(own)
    correlations = [_correlation(mixed - alone, alone, whole - 2 * mixed + alone) if k > 1 else None for alone, mixed in zip(own, joint, strict=True)]
    highs = [_high(r, n, 1 - (1 - _LEVEL) / k) for r in correlations]
    alpha = Fraction(k, k - 1) * (1 - Fraction(sum(own), whole)) if k > 1 and whole else None
    against = tuple(place for place, high in enumerate(highs) if high is not None and high < 0 and n >= ENOUGH)
    return Opposed(n, None if alpha is None else float(alpha), tuple(correlations), tuple(highs), against)


def _correlation(covariance: int, variance: int, other: int) -> float | None:
    """The correlation, from sums of squares and products about the mean; None without variance."""
    return max(-1.0, min(covariance / math.sqrt(variance * other), 1.0)) if variance and other else None


def _high(r: float | None, n: int, level: float) -> float | None:
    """The one-sided upper limit of a correlation."""
    if r is None or n < 4:
        return None
    return r if abs(r) == 1 else math.tanh(math.atanh(r) + normal_quantile(level) / math.sqrt(n - 3))
