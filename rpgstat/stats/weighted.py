"""Weighted answers: mean, spread, median and shares with their linearised variances, and what the weights cost."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from rpgstat.record import record
from rpgstat.stats.sample import Sample

# Sums of weights that differ by less than one part in this of their total are equal: weights are rounded, be it by raking or in decimals.
SAME_SUM = 10**9


@record
class Share:
    """A share from 0 to 1, and how many people of equal weight would give one as precise; both None when nobody answered."""

    share: float | None
    effective_n: float | None


@record
class DesignEffect:
    """By how much unequal weights multiply the variance of a mean, the n that leaves, and the extremes in units of the mean weight."""

    design_effect: float
    effective_n: float
    smallest: float
    largest: float


@record
class _Level:
    """The people at one score: how many, and the sums of their weights and squared weights, in a whole unit common to all levels."""

    score: Fraction
    count: int
    weight: int
    square: int


def describe_weighted(*, counts: Sequence[Sequence[int]], weights: Sequence[Fraction | float], scores: Sequence[Fraction | int | float]) -> Sample:
    """Size, weighted mean, standard deviation and median of answers, with the linearised variance of the mean.

    `counts[c][l]` people of weight `weights[c]` have the score `scores[l]`; classes and levels stand in any order. Only the ratios of the
    weights matter. `n` is the number of people. With m the weighted mean and W the sum of all weights:
    sd = sqrt(sum w (x - m)^2 / W x n / (n - 1)) and variance = n / (n - 1) x sum (w (x - m) / W)^2, None when n < 2. The median is the
    score at which the weights reach half of W, or halfway to the next where they reach it exactly (within 1e-9 of W). With equal
    weights all are the figures of `describe`. Sums are exact, so equal answers have an sd of exactly 0.
    Raises ValueError as `describe` does, and for a weight that is not above 0: somebody without weight is not in the sample.

    Binder 1983, International Statistical Review 51; R survey's `svymean`, `svyvar` and `svyquantile(qrule = "school")` on
    `svydesign(ids = ~1, weights = ~w)` of the valid answers.

    >>> sample = describe_weighted(counts=[[1, 0, 2, 1], [0, 3, 1, 0]], weights=[1, 2.5], scores=[1, 2, 3, 4])
    >>> sample.n, round(sample.mean, 4), round(sample.sd, 4), sample.median, round(sample.variance, 4)
    (8, 2.3929, 0.774, 2.0, 0.061)
    """
    return _described(_levels(counts, weights, scores))


def describe_masses(*, counts: Sequence[int], masses: Sequence[tuple[int, int]], scores: Sequence[Fraction | int | float]) -> Sample:
    """As `describe_weighted`, from sums: `counts[l]` people have the score `scores[l]`, `masses[l]` are the sums of their weights and of these squared.

    Weights are in a whole unit, the same for all.

    >>> sample = describe_masses(counts=[1, 3, 3, 1], masses=[(2, 4), (15, 75), (9, 33), (2, 4)], scores=[1, 2, 3, 4])
    >>> sample == describe_weighted(counts=[[1, 0, 2, 1], [0, 3, 1, 0]], weights=[1, 2.5], scores=[1, 2, 3, 4])
    True
    """
    return _described(_summed(counts, masses, scores))


def _described(levels: Sequence[_Level]) -> Sample:
    n, total = sum(level.count for level in levels), sum(level.weight for level in levels)
    if n == 0:
        return Sample(0, None, None, None)
    mean = sum((level.score * level.weight for level in levels), Fraction(0)) / total
    median = _median(levels, total)
    if n == 1:
        return Sample(1, float(mean), None, median)
    spread = sum(level.weight * (level.score - mean) ** 2 for level in levels)
    influence = sum(level.square * (level.score - mean) ** 2 for level in levels)
    bessel = Fraction(n, n - 1)
    return Sample(n, float(mean), math.sqrt(bessel * spread / total), median, float(bessel * influence / total**2))


def share_weighted(*, counts: Sequence[Sequence[int]], weights: Sequence[Fraction | float], chosen: Sequence[bool]) -> Share:
    """The weighted share p of people at the levels marked in `chosen`, and its effective n, for `wilson` and `newcombe`.

    Arguments as in `describe_weighted`. Effective n = p(1 - p) / sum (w (x - p) / W)^2: the linearised variance without its n / (n - 1),
    since p(1 - p) / n has none either; so it is n when all weights are equal. Where p is 0 or 1 it is Kish's W^2 / sum w^2.

    >>> share = share_weighted(counts=[[1, 0, 2, 1], [0, 3, 1, 0]], weights=[1, 2.5], chosen=[False, False, True, True])
    >>> round(share.share, 4), round(share.effective_n, 4)
    (0.3929, 7.2392)
    """
    return _shared(_levels(counts, weights, [int(mark) for mark in chosen]))


def share_masses(*, counts: Sequence[int], masses: Sequence[tuple[int, int]], chosen: Sequence[bool]) -> Share:
    """As `share_weighted`, from sums as in `describe_masses`.

    >>> share = share_masses(counts=[1, 3, 3, 1], masses=[(2, 4), (15, 75), (9, 33), (2, 4)], chosen=[False, False, True, True])
    >>> round(share.share, 4), round(share.effective_n, 4)
    (0.3929, 7.2392)
    """
    return _shared(_summed(counts, masses, [int(mark) for mark in chosen]))


def quantile_weighted(*, weights: Sequence[Fraction], scores: Sequence[Fraction], p: Fraction) -> Fraction | None:
    """The score at which the weights, lowest score first, reach the share `p` of their sum, halfway to the next where they reach it exactly.

    `weights` are what the people at each score weigh in all. None without any. R survey's `svyquantile(qrule = "school")`, as the median is.

    >>> quantile_weighted(weights=[Fraction(2), Fraction(15), Fraction(9), Fraction(2)], scores=[*map(Fraction, (1, 2, 3, 4))], p=Fraction(3, 4))
    Fraction(3, 1)
    """
    used = sorted((score, weight) for score, weight in zip(scores, weights, strict=True) if weight)
    total, below = sum((weight for _, weight in used), Fraction(0)), Fraction(0)
    for (score, weight), (above, _) in zip(used, [*used[1:], used[-1]] if used else [], strict=True):
        below += weight
        if SAME_SUM * abs(below - p * total) <= total:
            return (score + above) / 2
        if below > p * total:
            return score
    return used[-1][0] if used else None


def _shared(levels: Sequence[_Level]) -> Share:
    if not levels:
        return Share(None, None)
    total = sum(level.weight for level in levels)
    if len(levels) == 1:
        return Share(float(levels[0].score), total**2 / levels[0].square)
    rest, part = levels
    # (x - p) is -part / total for the rest and rest / total for the part
    influence = rest.square * part.weight**2 + part.square * rest.weight**2
    return Share(part.weight / total, part.weight * rest.weight * total**2 / influence)


def design_effect(*, counts: Sequence[int], weights: Sequence[Fraction | float]) -> DesignEffect | None:
    """What weighting costs: `counts[c]` people carry `weights[c]`. None when there is nobody; ValueError for a weight not above 0.

    Design effect = n sum w^2 / (sum w)^2 = 1 + the squared coefficient of variation of the weights, 1 when they are equal;
    effective n = n / design effect, from 1 to n. It holds for answers unrelated to the weights.

    Kish 1965, Survey Sampling, section 11.7; Kish 1992, Journal of Official Statistics 8.

    >>> cost = design_effect(counts=[4, 4], weights=[1, 2.5])
    >>> round(cost.design_effect, 4), round(cost.effective_n, 4), round(cost.smallest, 4), round(cost.largest, 4)
    (1.1837, 6.7586, 0.5714, 1.4286)
    """
    whole = _whole(weights)
    used = [(count, weight) for count, weight in zip(map(int, counts), whole, strict=True) if count]
    n, total = sum(count for count, _ in used), sum(count * weight for count, weight in used)
    if n == 0:
        return None
    square = sum(count * weight * weight for count, weight in used)
    extremes = min(weight for _, weight in used), max(weight for _, weight in used)
    return DesignEffect(n * square / total**2, total**2 / square, n * extremes[0] / total, n * extremes[1] / total)


def _levels(counts: Sequence[Sequence[int]], weights: Sequence[Fraction | float], scores: Sequence[Fraction | int | float]) -> list[_Level]:
    """The scores that somebody chose, ascending."""
    whole = _whole(weights)
    if len(counts) != len(whole) or any(len(row) != len(scores) for row in counts):
        raise ValueError(f"{len(whole)} weights and {len(scores)} scores need as many rows and columns of counts")
    if any(count < 0 for row in counts for count in row) or not all(math.isfinite(score) for score in scores):
        raise ValueError(f"counts must be 0 or more, scores {list(scores)} finite")
    columns = [[(int(row[place]), weight) for row, weight in zip(counts, whole, strict=True) if row[place]] for place in range(len(scores))]
    masses = [(sum(count * weight for count, weight in column), sum(count * weight * weight for count, weight in column)) for column in columns]
    return _summed([sum(count for count, _ in column) for column in columns], masses, scores)


def _summed(counts: Sequence[int], masses: Sequence[tuple[int, int]], scores: Sequence[Fraction | int | float]) -> list[_Level]:
    """The scores that somebody chose, ascending; a score that stands twice is one."""
    found: dict[Fraction, _Level] = {}
    for score, count, (weight, square) in zip([Fraction(score) for score in scores], counts, masses, strict=True):
        if count:
            before = found.get(score, _Level(score, 0, 0, 0))
            found[score] = _Level(score, before.count + count, before.weight + weight, before.square + square)
    return [found[score] for score in sorted(found)]


def _whole(weights: Sequence[Fraction | float]) -> list[int]:
    """The weights as whole multiples of their common unit: every sum of them is exact, and only ratios matter."""
    if not all(math.isfinite(weight) and weight > 0 for weight in weights):
        raise ValueError(f"weights {[float(weight) for weight in weights if not weight > 0 or math.isinf(weight)]} must be above 0 and finite")
    exact = [Fraction(weight) for weight in weights]
    unit = math.lcm(*(weight.denominator for weight in exact))
    return [weight.numerator * (unit // weight.denominator) for weight in exact]


def _median(levels: Sequence[_Level], total: int) -> float:
    below = 0
    for level, above in zip(levels, [*levels[1:], None], strict=True):
        below += level.weight
        if above is not None and SAME_SUM * abs(2 * below - total) <= total:
            return float((level.score + above.score) / 2)
        if 2 * below > total:
            break
    return float(level.score)
