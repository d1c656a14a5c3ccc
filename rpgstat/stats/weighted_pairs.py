"""The change between two waves of weighted answers when some people are in both: Taylor linearisation with people as the clusters."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.means import MeanDifference, t_difference
from rpgstat.stats.paired_shares import hybrid
from rpgstat.stats.sample import Interval

Product = tuple[Fraction | int, Fraction | int, int]
"""The score before, the one after, and the sum of the products of the two weights of the people who gave both."""


@record
class Weighed:
    """All answers of a wave: the scores, and what those at each weigh: the sums of their weights and of these squared, in any whole unit."""

    scores: Sequence[Fraction | int]
    masses: Sequence[tuple[int, int]]

    @cached_property
    def total(self) -> int:
        """The sum of all weights."""
        return sum(mass for mass, _ in self.masses)

    @cached_property
    def mean(self) -> Fraction:
        """The weighted mean."""
        return sum((Fraction(score) * mass for score, (mass, _) in zip(self.scores, self.masses, strict=True)), Fraction(0)) / self.total

    @cached_property
    def variance(self) -> Fraction:
        """The linearised variance of the mean, without a factor for small samples."""
        parts = (square * (score - self.mean) ** 2 for score, (_, square) in zip(self.scores, self.masses, strict=True))
        return sum(parts, Fraction(0)) / self.total**2


def weighted_overlap(*, reference: Weighed, later: Weighed, pairs: Sequence[Product], people: int, level: float = 0.95) -> MeanDifference:
    """The change of the weighted mean, later minus reference, of all answers, with the error that people in both waves leave it; t on `people` - 1 df.

    `people` are those who answered in either wave, or in any of several that are compared, each counted once; `pairs` those in both, whose weights
    are in the units of their waves. With
    z_i = w_bi (y_i - m_b) / W_b - w_ai (x_i - m_a) / W_a of each person, 0 for a wave without an answer, the variance is
    people / (people - 1) x sum z_i^2. Only the ratios of a wave's weights matter. Sums are exact. Where the variance is 0 the estimate stands
    alone, with a note. Raises ValueError for fewer than two people.

    Binder 1983, International Statistical Review 51; R survey's `svycontrast` of `svyby(~score, ~wave, svydesign(ids = ~person, weights = ~w),
    svymean, covmat = TRUE)`, and the coefficient of the wave in `svyglm(score ~ wave)` on it, of two waves or of several, whose own df is less.

    >>> before, after = Weighed([1, 2, 3, 4], [(6, 14), (8, 20), (5, 9), (2, 4)]), Weighed([1, 2, 3, 4], [(2, 4), (6, 14), (9, 25), (5, 9)])
    >>> change = weighted_overlap(reference=before, later=after, pairs=[(1, 2, 8), (2, 2, 9), (2, 3, 12), (3, 4, 6)], people=18)
    >>> round(change.estimate, 3), change.df, round(change.std_error, 4), round(change.p_value, 4)
    (0.63, 17, 0.3287, 0.0723)
    """
    if people < 2:
        raise ValueError(f"{people} people have no variance")
    estimate = float(later.mean - reference.mean)
    variance = Fraction(people, people - 1) * (reference.variance + later.variance - 2 * _covariance(reference, later, pairs))
    if variance <= 0:
        return MeanDifference(estimate, 0.0, None, None, None, None, None, say("row.all_moved_alike") if estimate else say("row.all_equal"))
    return t_difference(estimate, math.sqrt(variance), people - 1, level)


def weighted_share_overlap(
    *, reference: Weighed, later: Weighed, pairs: Sequence[Product], people: int, level: float = 0.95
) -> tuple[Interval, MeanDifference]:
    """Limits and t-test of the change of a weighted share; scores are 1 of those who count and 0 of the others.

    The limits are Newcombe's hybrid ones from Wilson's limits at either effective n, correlated as the two linearised shares are; with equal
    weights and nobody in both waves they are Newcombe's own. The test is that of `weighted_overlap`.

    Newcombe 1998, Statistics in Medicine 17; effective n as in `share_weighted`.

    >>> before, after = Weighed([0, 1], [(14, 34), (7, 13)]), Weighed([0, 1], [(8, 18), (14, 34)])
    >>> limits, change = weighted_share_overlap(reference=before, later=after, pairs=[(0, 0, 17), (0, 1, 12), (1, 1, 6)], people=18)
    >>> round(limits.low, 4), round(limits.high, 4), round(change.p_value, 4)
    (-0.0394, 0.5485, 0.1095)
    """
    spread = math.sqrt(reference.variance * later.variance)
    correlation = float(_covariance(reference, later, pairs)) / spread if spread else 0.0
    before, after = (_effective_n(wave) for wave in (reference, later))
    limits = hybrid(float(reference.mean), 1.0, float(later.mean), 1.0, correlation, level, (before, after))
    return limits, weighted_overlap(reference=reference, later=later, pairs=pairs, people=people, level=level)


def _covariance(reference: Weighed, later: Weighed, pairs: Sequence[Product]) -> Fraction:
    """The linearised covariance of the two means."""
    parts = (mass * (Fraction(one) - reference.mean) * (Fraction(other) - later.mean) for one, other, mass in pairs)
    return sum(parts, Fraction(0)) / (reference.total * later.total)


def _effective_n(wave: Weighed) -> float:
    """How many people of equal weight would give a share as precise; Kish's number where all or none count."""
    if wave.variance:
        return float(wave.mean * (1 - wave.mean) / wave.variance)
    return wave.total**2 / sum(square for _, square in wave.masses)
