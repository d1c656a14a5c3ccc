"""The change between two raked waves when some people are in both: calibrated linearisation with people as the clusters."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.calibrated import ROUNDING, fitted
from rpgstat.stats.means import MeanDifference, t_difference
from rpgstat.stats.raking import Cell, Raked

Score = Fraction | int | float
Move = tuple[Cell, Score | None, Cell, Score | None, int]
"""The cell and the score of somebody before, both after, and how many people; None where there is no valid answer."""


@record
class Influence:
    """By how much each of the people raked in a wave moves its mean: w times what the margins leave of (x - m) / W, 0 in its place of who gave no answer.

    `weights` and `fits` are by cell, `deviations` by score; `total` and `squares` are sums of the influence over everybody raked.
    """

    mean: float
    weights: Mapping[Cell, float]
    fits: Mapping[Cell, float]
    deviations: Mapping[Score, float]
    total: float
    squares: float
    uncalibrated: float

    def of(self, cell: Cell, score: Score | None) -> float:
        """That of somebody in a cell."""
        return self.weights[cell] * ((0.0 if score is None else self.deviations[score]) - self.fits[cell])


def influence(*, raked: Raked, counts: Mapping[Cell, Sequence[int]], scores: Sequence[Score]) -> Influence:
    """The influence of a raked wave; `counts[cell][l]` of the `raked.counts[cell]` people of a cell have the score `scores[l]`, the others none.

    >>> from rpgstat.stats.raking import rake
    >>> found = influence(raked=rake(counts={(0,): 4, (1,): 6}, margins=[[0.5, 0.5]]), counts={(0,): [3, 1], (1,): [1, 4]}, scores=[1, 2])
    >>> round(found.mean, 4), round(found.of((0,), 1), 4), round(found.squares, 4)
    (1.5, -0.0341, 0.0212)
    """
    cells = list(raked.weights)
    rows = {cell: counts.get(cell, [0] * len(scores)) for cell in cells}
    values, whole = [float(score) for score in scores], math.fsum(raked.weights[cell] * sum(row) for cell, row in rows.items())
    mean = math.fsum(raked.weights[cell] * n * value for cell, row in rows.items() for n, value in zip(row, values, strict=True)) / whole
    distances = [(value - mean) / whole for value in values]
    means = [math.fsum(n * own for n, own in zip(rows[cell], distances, strict=True)) / raked.counts[cell] for cell in cells]
    fits = dict(zip(cells, map(float, fitted(raked, means)), strict=True))
    found = Influence(mean, raked.weights, fits, dict(zip(scores, distances, strict=True)), 0.0, 0.0, 0.0)
    people = [(found.of(cell, score), n) for cell, row in rows.items() for score, n in zip(scores, row, strict=True)]
    people += [(found.of(cell, None), raked.counts[cell] - sum(row)) for cell, row in rows.items()]
    plain = math.fsum(n * (raked.weights[cell] * own) ** 2 for cell, row in rows.items() for n, own in zip(row, distances, strict=True))
    total, squares = (math.fsum(n * own**power for own, n in people) for power in (1, 2))
    return replace(found, total=total, squares=squares, uncalibrated=plain)


def raked_covariance(*, reference: Influence, later: Influence, pairs: Sequence[Move], everyone: int) -> tuple[float, float, float]:
    """The variance of either mean and their covariance, where `everyone` counts the people raked in either wave once, and `pairs` are in both."""
    both = math.fsum(n * reference.of(cell, score) * later.of(other, answer) for cell, score, other, answer, n in pairs)
    factor = everyone / (everyone - 1)
    first, last = (factor * (own.squares - own.total**2 / everyone) for own in (reference, later))
    return first, last, factor * (both - reference.total * later.total / everyone)


def raked_overlap(*, reference: Influence, later: Influence, pairs: Sequence[Move], everyone: int, people: int, level: float = 0.95) -> MeanDifference:
    """The change of the mean of two raked waves, later minus reference, with the error that people in both leave it; t on `people` - 1 df.

    `everyone` was raked in either wave, each counted once; `people` of them gave a valid answer in either. With z_i the difference of the influences
    of a person, 0 for a wave without him, the variance is everyone / (everyone - 1) x sum (z_i - mean of z)^2. Where nothing is left of it the
    estimate stands alone, with a note. Raises ValueError for fewer than two people.

    Deville & Särndal 1992, Journal of the American Statistical Association 87; R `svyglm(score ~ wave)` on `subset(calibrate(svydesign(ids = ~person),
    calfun = "raking"), answered)`, each wave with its own margins; its own df are less.

    >>> from rpgstat.stats.raking import rake
    >>> raked = rake(counts={(0,): 4, (1,): 6}, margins=[[0.5, 0.5]])
    >>> before = influence(raked=raked, counts={(0,): [3, 1], (1,): [1, 4]}, scores=[1, 2])
    >>> after = influence(raked=raked, counts={(0,): [2, 2], (1,): [1, 5]}, scores=[1, 2])
    >>> pairs = [((0,), 1, (0,), 1, 2), ((0,), 1, (0,), 2, 1), ((1,), None, (1,), 2, 1), ((1,), 2, (1,), 2, 4)]
    >>> change = raked_overlap(reference=before, later=after, pairs=pairs, everyone=12, people=11)
    >>> round(change.estimate, 4), round(change.std_error, 4), change.df
    (0.1667, 0.1994, 10)
    """
    if people < 2 or everyone < 2:
        raise ValueError(f"{people} people have no variance")
    first, last, both = raked_covariance(reference=reference, later=later, pairs=pairs, everyone=everyone)
    variance, estimate = first + last - 2 * both, later.mean - reference.mean
    if variance <= ROUNDING * (reference.uncalibrated + later.uncalibrated):
        return MeanDifference(estimate, 0.0, None, None, None, None, None, say("row.all_moved_alike") if estimate else say("row.all_equal"))
    return t_difference(estimate, math.sqrt(variance), people - 1, level)
