"""What a comparison of two waves is able to find, and how many answers it takes: one test exactly, a battery under adjustment by simulation."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rpgstat.record import record
from rpgstat.stats.distributions import noncentral_t_cdf, normal_cdf
from rpgstat.stats.sample import critical_t

Floats = NDArray[np.float64]

RUNS = 20_000
"""Simulated surveys: the error of a power near .8 is below .003."""
_SEED = 1947
ITEM_CORRELATION = 0.4
"""How statements of a battery correlate unless known: as in the surveys of staff that this was made for."""
MOST = 1_000_000
"""More answers than anybody plans for."""


@record
class Waves:
    """Two waves to be compared: the SD of a person's answer in points, how many answer in each, and what they have in common.

    `shared` people are in both, whose answers correlate by `correlation`. `population` is how many people there are in all, where those who answer
    are a part of it worth counting; not together with `shared`.
    """

    sd: float
    n_reference: int
    n: int
    shared: int = 0
    correlation: float = 0.0
    population: int | None = None

    @property
    def std_error(self) -> float:
        """The standard error of the difference of the means, in points: with overlap sd^2 (1/n_a + 1/n_b - 2 r p / (n_a n_b)).

        >>> round(Waves(0.8, 47, 75).std_error, 4), round(Waves(0.8, 47, 75, shared=40, correlation=0.5).std_error, 4)
        (0.1488, 0.122)
        """
        unseen = [1 - n / self.population if self.population else 1.0 for n in (self.n_reference, self.n)]
        parts = unseen[0] / self.n_reference + unseen[1] / self.n - 2 * self.correlation * self.shared / (self.n_reference * self.n)
        return self.sd * math.sqrt(max(parts, 0.0))

    @property
    def df(self) -> float:
        """Degrees of freedom of the t-test with one spread: n_a + n_b - 2, and between that and pairs - 1 where people are in both.

        >>> Waves(0.8, 47, 75).df, Waves(0.8, 40, 40, shared=40).df
        (120, 39.0)
        """
        alone = self.n_reference + self.n - 2 * self.shared
        if self.shared < 2:
            return self.n_reference + self.n - 2
        return (self.shared - 1) + (alone + self.shared - 1) * alone / (alone + 2 * self.shared)


def power_of_one(*, waves: Waves, change: float, alpha: float = 0.05) -> float:
    """The chance that a two-sided t-test at `alpha` finds a true `change` (in points): the exact noncentral t, both tails.

    1 where no sampling error is left. Raises ValueError below 1 df.

    Cohen 1988, Statistical Power Analysis, chapter 2; R `power.t.test(strict = TRUE)`, and `pwr::pwr.t2n.test` for waves of unequal size.

    >>> round(power_of_one(waves=Waves(1.0, 20, 20), change=0.9), 4)
    0.792
    """
    if waves.df < 1:
        raise ValueError(f"{waves.n_reference} and {waves.n} answers leave no degrees of freedom")
    if waves.std_error == 0:
        return 1.0
    shift, edge = abs(change) / waves.std_error, critical_t(df=waves.df, level=1 - alpha)
    below, beyond = noncentral_t_cdf(edge, waves.df, shift), noncentral_t_cdf(-edge, waves.df, shift)
    if below is None or beyond is None:  # so many answers that t is normal
        return normal_cdf(shift - edge) + normal_cdf(-edge - shift)
    return min(1 - below + beyond, 1.0)


def power_of_many(*, waves: Waves, change: float, items: int, adjust: str = "holm", alpha: float = 0.05, correlation: float = ITEM_CORRELATION) -> float:
    """The chance that one true `change` among `items` tests, of which the others have none, is found after adjustment.

    Under `holm` and `bh` by simulation with a fixed seed: statements are normal and correlate by `correlation`, each with its own t from means and
    spreads drawn together. Under `bonferroni`, `none`, and for one item it is exact. If other statements changed too, the chance is larger.

    >>> round(power_of_many(waves=Waves(0.8, 47, 75), change=0.42, items=1), 3)
    0.799
    >>> 0.45 < power_of_many(waves=Waves(0.8, 47, 75), change=0.42, items=10) < 0.51
    True
    """
    if _exact(items, adjust):
        return power_of_one(waves=waves, change=change, alpha=alpha / items if adjust == "bonferroni" else alpha)
    if waves.std_error == 0:
        return 1.0
    return _chance(abs(change) / waves.std_error, _drawn(items, waves.df, adjust, alpha, correlation), correlation)


def detectable_change(*, waves: Waves, items: int = 1, adjust: str = "holm", alpha: float = 0.05, power: float = 0.80) -> float:
    """The smallest true change that is found with chance `power`, in points; 0 where no sampling error is left.

    Exact as in `power_of_one`, or by simulation as in `power_of_many`.

    >>> round(detectable_change(waves=Waves(0.8, 47, 75)), 4)
    0.4203
    """
    from scipy.optimize import brentq

    def beyond(change: float) -> float:
        return power_of_many(waves=waves, change=change, items=items, adjust=adjust, alpha=alpha) - power

    if not waves.std_error or beyond(0.0) >= 0:
        return 0.0
    high = 64 * waves.std_error
    while beyond(high) < 0:  # two answers a wave and a small alpha need more
        high *= 2
    return float(brentq(beyond, 0.0, high, xtol=1e-13 * waves.std_error, rtol=1e-13))


def needed_n(*, waves: Waves, change: float, items: int = 1, adjust: str = "holm", alpha: float = 0.05, power: float = 0.80, alike: bool = False) -> int | None:
    """The least number of answers in the later wave with which a true `change` is found with chance `power`; in both waves where they are `alike`.

    None where no number is enough: the reference wave is too small, or the population. Where a population is given, no more than it has.

    >>> needed_n(waves=Waves(1.0, 20, 20), change=0.9, alike=True), needed_n(waves=Waves(1.0, 20, 20), change=0.3)
    (21, None)
    """

    def enough(n: int) -> bool:
        planned = replace(waves, n=n, n_reference=n if alike else waves.n_reference)
        return power_of_many(waves=planned, change=change, items=items, adjust=adjust, alpha=alpha) >= power

    least, most = max(2, waves.shared), waves.population or MOST
    if not _exact(items, adjust):  # one test needs no more
        least = needed_n(waves=waves, change=change, alpha=alpha, power=power, alike=alike) or most + 1
    if not change or least > most or not (enough(least) or enough(most)):
        return None
    return _least(enough, least, most)


def _exact(items: int, adjust: str) -> bool:
    """Whether the chance is that of one test."""
    return items == 1 or adjust in ("none", "bonferroni")


def _least(enough: Callable[[int], bool], low: int, high: int) -> int | None:
    """The least whole number from `low` that is enough, looked for in ever larger steps and then between the last two; None above `high`."""
    step, reached = 1, low
    while not enough(reached):
        if reached == high:
            return None
        low, reached, step = reached + 1, min(reached + step, high), step * 2
    while low < reached:
        middle = (low + reached) // 2
        low, reached = (low, middle) if enough(middle) else (middle + 1, reached)
    return reached


@lru_cache(maxsize=4)
def _deviates(items: int) -> tuple[Floats, Floats, dict[str, Any]]:
    """What is drawn alike however many answer: two normal deviates for each statement and run, and the state that leaves the generator in."""
    random = np.random.default_rng(_SEED)
    return random.standard_normal((RUNS, items)), random.standard_normal((RUNS, items)), dict(random.bit_generator.state)


@lru_cache(maxsize=128)  # of a third of a megabyte each: numbers of answers are tried, and shown, again
def _drawn(items: int, df: float, adjust: str, alpha: float, correlation: float) -> tuple[Floats, Floats]:
    """In each run what the others leave to the one that changed: the part of its mean that all share, and how far it must lie from 0.

    All are in units of their true standard error. An answer is sqrt(r) c + sqrt(1 - r) e; given the c's, the sum of c e is normal, and what it leaves of
    the sum of e^2 is chi-square on df - 1: so the estimated spreads have their joint distribution exactly, however many answered.
    """
    means, crossed, state = _deviates(items)
    random = np.random.default_rng()
    random.bit_generator.state = state
    shared, rest = 2 * random.standard_gamma(df / 2, (RUNS, 1)), 2 * random.standard_gamma((df - 1) / 2, (RUNS, items))
    common, own = math.sqrt(correlation), math.sqrt(1 - correlation)
    spreads = np.sqrt((correlation * shared + 2 * common * own * np.sqrt(shared) * crossed + (1 - correlation) * (crossed**2 + rest)) / df)
    others = (common * means[:, :1] + own * means[:, 1:]) / spreads[:, 1:]
    return common * means[:, 0], _edges(-np.sort(-abs(others), axis=1), df, adjust, alpha) * spreads[:, 0]


def _edges(others: Floats, df: float, adjust: str, alpha: float) -> Floats:
    """How large the t of one more test must be, given the sizes of the others in each run, largest first.

    Holm: with m others found one after the other, that of the next rank. Benjamini-Hochberg: with m the last of them to reach the edge of the rank below
    its own, likewise. Whether the others would be found beside it is then settled without it.
    """
    items = others.shape[1] + 1
    levels = [alpha / (items - rank) if adjust == "holm" else alpha * (rank + 1) / items for rank in range(items)]
    edges = np.array([critical_t(df=df, level=1 - level) for level in levels])
    if adjust == "holm":
        before = np.logical_and.accumulate(others >= edges[:-1], axis=1).sum(axis=1)
    else:
        before = np.logical_or.accumulate((others >= edges[1:])[:, ::-1], axis=1).sum(axis=1)
    return np.asarray(edges[before])


def _chance(shift: float, drawn: tuple[Floats, Floats], correlation: float) -> float:
    """The mean over all runs of the chance, given what was drawn, that a mean shifted so far lies beyond its edge on either side."""
    from scipy.special import ndtr

    common, edge = drawn
    own = math.sqrt(1 - correlation)
    return float((ndtr((common + shift - edge) / own) + ndtr((-common - shift - edge) / own)).mean())
