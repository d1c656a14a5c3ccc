"""Answers weighted by raking: their means and shares, with variances that know the margins to be those of the population."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from rpgstat.stats.raking import Cell, Raked
from rpgstat.stats.sample import Sample
from rpgstat.stats.weighted import Share, describe_weighted, share_weighted

# A variance below this part of the uncalibrated one is a rounded 0: errors of the fit are below 1e-12 of what it fits, and squared.
ROUNDING = 1e-24


def describe_raked(*, raked: Raked, counts: Mapping[Cell, Sequence[int]], scores: Sequence[float]) -> Sample:
    """Size, weighted mean, sd and median of some of the raked people, such as a group's valid answers, with the calibrated variance.

    `counts[cell][l]` of the `raked.counts[cell]` people of a cell have the score `scores[l]`; the others are not in the group or did
    not answer. All is as in `describe_weighted` but the variance of the mean. With m the weighted mean and W the weight of those who
    count, e = (x - m) / W for them and 0 for everybody else who was raked; r is what is left of e after an unweighted least-squares
    fit on the margins; over all n people raked, variance = n / (n - 1) x sum (w r - mean of w r)^2. None when fewer than two count.
    The better the margins predict the answers, the smaller. Where they predict nothing and all weights are 1 it is sd^2 / n but for
    that factor: n / (n - 1) of everybody raked, in place of those who count. Raises ValueError as `describe_weighted` does, and for
    more answers in a cell than people.

    Deville & Särndal 1992, Journal of the American Statistical Association 87; R survey's `svymean` on `subset(rake(design, ...))`, whose
    ten sweeps over the margins approach the fit that is exact here, as in its `calibrate(calfun = "raking")`.

    >>> from rpgstat.stats.raking import rake
    >>> raked = rake(counts={(0,): 4, (1,): 6}, margins=[[0.5, 0.5]])
    >>> sample = describe_raked(raked=raked, counts={(0,): [3, 1], (1,): [1, 4]}, scores=[1, 2])
    >>> sample.n, round(sample.mean, 4), round(sample.mean_variance, 4)
    (9, 1.5, 0.0235)
    """
    rows, weights = _rows(raked, counts, len(scores))
    sample = describe_weighted(counts=rows, weights=weights, scores=scores)
    if sample.mean is None or sample.variance is None:
        return sample
    return replace(sample, variance=_variance(raked, rows, [float(score) - sample.mean for score in scores], sample.variance))


def share_raked(*, raked: Raked, counts: Mapping[Cell, Sequence[int]], chosen: Sequence[bool]) -> Share:
    """The weighted share p of some of the raked people at the levels marked in `chosen`, and its effective n.

    Arguments as in `describe_raked`. Effective n = p(1 - p) / variance without its n / (n - 1): with weights of 1 and margins that predict
    nothing it is the number who count, and infinite where the margins predict everything. Where p is 0 or 1 it is Kish's, as in
    `share_weighted`.

    >>> from rpgstat.stats.raking import rake
    >>> raked = rake(counts={(0,): 4, (1,): 6}, margins=[[0.5, 0.5]])
    >>> share = share_raked(raked=raked, counts={(0,): [3, 1], (1,): [1, 4]}, chosen=[False, True])
    >>> round(share.share, 4), round(share.effective_n, 2)
    (0.5, 11.8)
    """
    rows, weights = _rows(raked, counts, len(chosen))
    plain = share_weighted(counts=rows, weights=weights, chosen=chosen)
    p, effective_n = plain.share, plain.effective_n
    if p is None or effective_n is None or p in (0, 1):
        return plain
    n = sum(raked.counts.values())
    variance = _variance(raked, rows, [mark - p for mark in chosen], p * (1 - p) / effective_n) * (n - 1) / n
    return replace(plain, effective_n=p * (1 - p) / variance if variance else math.inf)


def _rows(raked: Raked, counts: Mapping[Cell, Sequence[int]], levels: int) -> tuple[list[Sequence[int]], list[float]]:
    """Counts and weights of every raked cell, in the order of `raked`."""
    astray = [cell for cell, row in counts.items() if sum(row) > raked.counts.get(cell, 0)]
    if astray:
        raise ValueError(f"more answers than people in cells {astray}")
    return [counts.get(cell, [0] * levels) for cell in raked.weights], list(raked.weights.values())


def _variance(raked: Raked, rows: Sequence[Sequence[int]], deviations: Sequence[float], uncalibrated: float) -> float:
    """The calibrated variance of a mean from which the scores of the levels deviate by `deviations`."""
    import numpy as np

    inside, people, weights = np.array(rows, dtype=float), np.array(list(raked.counts.values()), dtype=float), np.array(list(raked.weights.values()))
    influence = np.array(deviations) / (inside.sum(axis=1) @ weights)
    fits = fitted(raked, inside @ influence / people)
    left = influence - fits[:, None]  # of those who count; of the others it is -fits
    outside = people - inside.sum(axis=1)
    n, total = people.sum(), weights @ (inside @ influence - people * fits)
    squares = weights**2 @ ((inside * left**2).sum(axis=1) + outside * fits**2)
    variance = float(n / (n - 1) * (squares - total**2 / n))
    return variance if variance > ROUNDING * uncalibrated else 0.0


def fitted(raked: Raked, means: Any) -> Any:
    """What the margins predict for each cell: additive in their categories, each cell with as much say as it has people."""
    import numpy as np

    cells = np.array(list(raked.counts))
    indicators = np.hstack([cells[:, [m]] == np.unique(cells[:, m]) for m in range(cells.shape[1])]).astype(float)
    say = np.sqrt(np.array(list(raked.counts.values()), dtype=float))
    return indicators @ np.linalg.lstsq(indicators * say[:, None], means * say, rcond=None)[0]
