"""The odds of a higher answer over time: the proportional-odds model of ordered waves, and whether one odds ratio fits all levels."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.distributions import normal_quantile

Floats = NDArray[np.float64]

_STEPS = 200
_FLAT = 1e-11
"""Newton's method stops where a step promises less log-likelihood than this, far below what the digits of p need."""


@record
class Odds:
    """The odds ratio of a higher answer per unit of time, its profile limits and likelihood-ratio p; `assumption_p` tests that one ratio fits all levels."""

    odds_ratio: float | None
    low: float | None
    high: float | None
    statistic: float | None
    p_value: float | None
    assumption_p: float | None = None
    note: str = ""


def proportional_odds(*, counts: Sequence[Sequence[int]], times: Sequence[float], level: float = 0.95) -> Odds:
    """The proportional-odds model, logit P(answer <= j) = threshold_j - beta t, by maximum likelihood; the odds ratio is exp(beta), above 1 upwards.

    `counts` holds one row a wave, people at each level, lowest first; `times` stand beside the rows. Levels nobody used are dropped; with two left it
    is logistic regression, and none has an assumption to test. p is by likelihood ratio against no trend, limits are of the profile likelihood;
    `assumption_p` by likelihood ratio against a slope of its own for each threshold, on levels used - 2 df (None where that model has no finite
    maximum). All None, with a note, where fewer than two levels or waves are used, and where no finite value is likeliest: no two answers of
    different waves run against the order of the others.

    McCullagh 1980, Journal of the Royal Statistical Society B 42; R `ordinal::clm(answer ~ t)`, and `nominal = ~ t`.

    >>> found = proportional_odds(counts=[[4, 5, 3], [2, 6, 5], [1, 5, 9]], times=[1, 2, 3])
    >>> round(found.odds_ratio, 3), round(found.low, 3), round(found.high, 3), round(found.p_value, 4), round(found.assumption_p, 3)
    (2.302, 1.094, 5.129, 0.0277, 0.7)
    """
    people = np.array(counts, dtype=float)
    people = people[:, people.sum(axis=0) > 0][people.sum(axis=1) > 0]
    when = np.array([float(time) for time, row in zip(times, counts, strict=True) if sum(row)])
    if people.shape[0] < 2 or people.shape[1] < 2 or np.ptp(when) == 0:
        return Odds(None, None, None, None, None, note=say("row.all_equal"))
    if _separated(people[np.argsort(when)]):
        return Odds(None, None, None, None, None, note=say("row.separated"))
    centre, unit = float(when.mean()), float(np.ptp(when))
    model = _Model(people, (when - centre) / unit)
    none, best = model.fit(slopes=0), model.fit(slopes=1)
    if none is None or best is None:
        return Odds(None, None, None, None, None, note=say("row.no_maximum"))
    statistic = max(2 * (best.log_likelihood - none.log_likelihood), 0.0)
    low, high = (_limit(model, best, side, level) for side in (-1, 1))
    own = model.fit(slopes=people.shape[1] - 1) if people.shape[1] > 2 else None
    assumption = None if own is None else float(chdtrc(people.shape[1] - 2, max(2 * (own.log_likelihood - best.log_likelihood), 0.0)))
    ratios = [None if beta is None else math.exp(beta / unit) for beta in (best.slope, low, high)]
    return Odds(ratios[0], ratios[1], ratios[2], statistic, float(chdtrc(1, statistic)), assumption)


@record
class _Fit:
    """Where the likelihood is highest: its log, the slope (None where there is none or several), and the standard error of it."""

    log_likelihood: float
    slope: float | None
    std_error: float | None
    parameters: Any


class _Model:
    """Cumulative logits of people by wave (rows) and level (columns), at times between -1 and 1."""

    def __init__(self, people: Floats, when: Floats) -> None:
        self.people, self.when, self.cuts = people, when, people.shape[1] - 1

    def fit(self, *, slopes: int, held: float = 0.0, start: Floats | None = None) -> _Fit | None:
        """The likeliest thresholds with no slope but the one `held`, with one, or with one for each threshold; None where there is no maximum."""
        design = self._design(slopes)
        offset = -held * self.when[:, None] * np.ones(self.cuts)
        below = np.cumsum(self.people.sum(axis=0))[:-1] / self.people.sum()
        theta = np.concatenate([np.log(below / (1 - below)), np.zeros(slopes)]) if start is None else start
        value, gradient, hessian = self._derivatives(theta, design, offset)
        for _ in range(_STEPS):
            try:
                step = np.linalg.solve(hessian, gradient)
            except np.linalg.LinAlgError:
                return None
            if (promise := float(gradient @ step)) < _FLAT:
                return self._found(value, theta, hessian, slopes) if promise > -_FLAT else None
            scale = 1.0
            while (new := self._derivatives(theta + scale * step, design, offset))[0] < value and scale > 1e-10:
                scale /= 2
            if scale <= 1e-10:
                return None
            theta, (value, gradient, hessian) = theta + scale * step, new
        return None

    def _found(self, value: float, theta: Floats, hessian: Floats, slopes: int) -> _Fit:
        if slopes != 1:
            return _Fit(value, None, None, theta)
        return _Fit(value, float(theta[-1]), math.sqrt(float(np.linalg.inv(hessian)[-1, -1])), theta)

    def _design(self, slopes: int) -> Floats:
        """What each threshold of each wave is made of: (wave, threshold, parameter)."""
        waves = len(self.when)
        own = np.broadcast_to(np.eye(self.cuts), (waves, self.cuts, self.cuts))
        if slopes == 0:
            return own
        each = np.eye(self.cuts) if slopes > 1 else np.ones((self.cuts, 1))
        return np.concatenate([own, -self.when[:, None, None] * each[None, :, :]], axis=2)

    def _derivatives(self, theta: Floats, design: Floats, offset: Floats) -> tuple[float, Floats, Floats]:
        """The log-likelihood, its gradient, and minus its second derivatives; minus infinity where thresholds are out of order."""
        eta = design @ theta + offset
        below = 1 / (1 + np.exp(-eta))
        edge = np.zeros((len(eta), 1))
        chance = np.diff(np.concatenate([edge, below, edge + 1], axis=1), axis=1)
        if chance.min() <= 0:
            return -math.inf, np.zeros(theta.size), np.eye(theta.size)
        density = below * (1 - below)
        ratio, curved = self.people / chance, self.people / chance**2
        score = density * (ratio[:, :-1] - ratio[:, 1:])
        own = density**2 * (curved[:, :-1] + curved[:, 1:]) - density * (1 - 2 * below) * (ratio[:, :-1] - ratio[:, 1:])
        beside = -density[:, :-1] * density[:, 1:] * curved[:, 1:-1]
        weight = np.zeros((len(eta), self.cuts, self.cuts))
        place = np.arange(self.cuts)
        weight[:, place, place] = own
        weight[:, place[:-1], place[1:]] = weight[:, place[1:], place[:-1]] = beside
        value = float((self.people * np.log(chance)).sum())
        return value, np.einsum("wc,wcp->p", score, design), np.einsum("wcp,wcd,wdq->pq", design, weight, design)


def _separated(people: Floats) -> bool:
    """Whether answers of waves in order never fall, or never rise: then the likelihood grows with the slope for ever."""
    totals = np.cumsum(people, axis=0)[:-1]
    above = np.cumsum(people[:, ::-1], axis=1)[:, ::-1]
    below = np.cumsum(people, axis=1)
    rises = (totals[:, :-1] * above[1:, 1:]).sum()
    falls = (totals[:, 1:] * below[1:, :-1]).sum()
    return bool(rises == 0 or falls == 0)


def _limit(model: _Model, best: _Fit, side: int, level: float) -> float | None:
    """Where the likeliest value given the slope has fallen by half the quantile of chi-square: bracketed outwards, then by regula falsi with halving."""
    if best.slope is None or best.std_error is None:
        return None
    fall = normal_quantile((1 + level) / 2) ** 2 / 2

    def excess(beta: float) -> float:
        found = model.fit(slopes=0, held=beta)
        return math.nan if found is None else best.log_likelihood - found.log_likelihood - fall

    inner, outer = best.slope, best.slope + side * best.std_error * math.sqrt(2 * fall)
    for _ in range(60):
        if (beyond := excess(outer)) >= 0 or math.isnan(beyond):
            break
        inner, outer = outer, outer + side * best.std_error
    if math.isnan(beyond) or beyond < 0:
        return None
    from scipy.optimize import brentq

    return float(brentq(excess, inner, outer, xtol=1e-12, rtol=1e-13))
