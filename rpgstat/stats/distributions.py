"""The normal, t, noncentral t and F distributions from the standard library alone, because importing SciPy takes longer than the whole analysis."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

_STANDARD = NormalDist()
_STEP, _WIDEST = 0.5, 0.12
"""Trapezoid step in units of the integrand's own width, and in u: its error is exp(-2 pi a / step), where the integrand is
well behaved in a strip of half-width a, which is pi / 4 at the least; both steps leave double precision."""
_MAX_NODES = 200_000
_TOGETHER = 16  # nodes by which the lowest one is rounded down


def normal_cdf(x: float) -> float:
    """P(Z <= x) of a standard normal, from the tail itself, so that very small values keep their digits.

    >>> round(normal_cdf(-1.959963984540054), 12)
    0.025
    """
    return math.erfc(-x / math.sqrt(2)) / 2


def normal_quantile(p: float) -> float:
    """The x with P(Z <= x) = p; minus or plus infinity at 0 and 1. Raises ValueError outside 0 to 1.

    >>> round(normal_quantile(0.975), 6)
    1.959964
    """
    if not 0 < p < 1:
        if p in (0, 1):
            return math.inf if p else -math.inf
        raise ValueError(f"probability {p} is not between 0 and 1")
    return _STANDARD.inv_cdf(p)


def t_cdf(x: float, df: float) -> float:
    """P(T <= x) of Student's t (1908) with `df` degrees of freedom, relative error about 1e-13 in the lower tail.

    >>> round(t_cdf(-2.228138851986273, 10), 12)
    0.025
    """
    lower = _mean_normal(-abs(x), df, 0.0)
    return lower if x <= 0 else 1 - lower


@lru_cache(maxsize=4096)
def t_quantile(p: float, df: float) -> float:
    """The x with P(T <= x) = p, for p between 0 and 1 and `df` above 0.

    Newton's method on the normal quantile of the probability, which is concave in |x|, from the expansion of Cornish and Fisher (Peiser 1943)
    or, far out, where that may overshoot, from the normal quantile itself.

    >>> round(t_quantile(0.975, 10), 9)
    2.228138852
    """
    if p == 0.5:
        return 0.0
    goal = -abs(normal_quantile(p))
    x = _expanded(goal, df) if goal * goal < df else goal
    for _ in range(200):
        lower = t_cdf(x, df)
        z = normal_quantile(lower)
        step = (goal - z) * math.exp(-z * z / 2) / math.sqrt(2 * math.pi) / _t_density(x, df)
        x += step
        if abs(step) <= 1e-8 * abs(x):  # each step leaves the square of the last error
            break
    return x if p < 0.5 else -x


def _expanded(z: float, df: float) -> float:
    """The t quantile by its expansion in 1 / df about the normal quantile `z`, three terms far."""
    first = (z**3 + z) / 4
    second = (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / df + second / df**2 + third / df**3


def _t_density(x: float, df: float) -> float:
    constant = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - math.log(df * math.pi) / 2
    return math.exp(constant - (df + 1) / 2 * math.log1p(x * x / df))


@lru_cache(maxsize=4096)
def f_quantile(p: float, df1: float, df2: float) -> float:
    """The x with P(F <= x) = p of Fisher's F (Snedecor 1934), for p between 0 and 1; one above a half is best had as 1 / F(1 - p) with the df exchanged.

    Newton's method on the normal quantile of the probability, which is almost straight in the logarithm of x, from Fisher's own approximation
    (1924). Raises ValueError for another p.

    >>> round(f_quantile(0.05, 3, 10), 9)
    0.113823594
    """
    if not 0 < p < 1:
        raise ValueError(f"probability {p} is not between 0 and 1")
    if p > 0.5:
        return 1 / f_quantile(1 - p, df2, df1)
    goal = normal_quantile(p)
    log_x = 1 / df2 - 1 / df1 + goal * math.sqrt(2 / df1 + 2 / df2)
    for _ in range(200):
        lower, slope = _beta_tail(log_x + math.log(df1 / df2), df1 / 2, df2 / 2)
        z = normal_quantile(lower)
        step = (goal - z) * math.exp(-z * z / 2) / math.sqrt(2 * math.pi) / slope
        log_x += max(-2.0, min(step, 2.0))
        if abs(step) <= 1e-8:  # each step leaves the square of the last error
            break
    return math.exp(log_x)


def _beta_tail(log_odds: float, a: float, b: float) -> tuple[float, float]:
    """The incomplete beta function at the x of these log odds x / (1 - x), and its slope over them."""
    less = 1 / (1 + math.exp(-abs(log_odds)))
    x, rest = (math.exp(log_odds) * less, less) if log_odds < 0 else (less, math.exp(-log_odds) * less)
    slope = _beta_slope(x, rest, a, b)
    if x <= (a + 1) / (a + b + 2):
        return slope * _fraction(x, a, b), slope
    return 1 - slope * _fraction(rest, b, a), slope


def _beta_slope(x: float, rest: float, a: float, b: float) -> float:
    """x to the a, times 1 - x to the b, over B(a, b), by what lacks to its highest: the gamma functions of millions leave no digits (Loader 2000)."""
    n = a + b
    lack = sum(own * (part - 1 - math.log(part)) for own, part in ((a, n * x / a), (b, n * rest / b)))
    return math.sqrt(a * b / (2 * math.pi * n)) * math.exp(_stirling(n) - _stirling(a) - _stirling(b) - lack)


def _stirling(a: float) -> float:
    """What Stirling's formula lacks to the logarithm of the gamma function."""
    if a < 16:
        return math.lgamma(a) - (a - 0.5) * math.log(a) + a - math.log(2 * math.pi) / 2
    return (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / a**2) / a**2) / a**2) / a


def _fraction(x: float, a: float, b: float) -> float:
    """What the slope is multiplied by (DLMF 8.17.22), from the front (Lentz 1976) until nothing changes."""
    found = over = 1.0
    under = 0.0
    for i in range(1, 1_000_000):
        m = i // 2
        factor = -(a + m) * (a + b + m) if i % 2 else m * (b - m)
        term = factor * x / ((a + i - 1) * (a + i))
        under, over = 1 / (1 + term * under), 1 + term / over
        found *= over * under
        if abs(over * under - 1) <= 1e-15:
            break
    return 1 / (a * found)


def noncentral_t_cdf(x: float, df: float, noncentrality: float) -> float | None:
    """P(T <= x) of the noncentral t: a normal with mean `noncentrality` over the root of chi-square / df; error about 1e-14.

    None where x is so large that the integral would need more than 200,000 points.

    >>> round(noncentral_t_cdf(2.0, 10, 1.0), 6)
    0.807612
    """
    nodes = math.sqrt(2 * df + x * x + noncentrality * noncentrality) * (40 / df + 20 / math.sqrt(2 * df)) / _STEP
    if not nodes <= _MAX_NODES:  # an infinite x has none at all
        return None
    return _mean_normal(x, df, noncentrality)


def _mean_normal(x: float, df: float, shift: float) -> float:
    """The mean of Phi(x S - shift) over S = sqrt(chi-square / df), which is P(T <= x) (Johnson & Welch 1940).

    With S = exp(u) the density of u falls like exp(df u) to the left and faster to the right, so the trapezoid rule
    converges exponentially; dividing by its own sum of weights needs no gamma function.
    """
    peak = -math.log1p(x * x / df) / 2 if x < 0 else 0.0  # where Phi pulls the mass when only small S can reach x
    bend = 2 * df + (x * x + shift * shift if shift else 0.0)
    root, less = math.sqrt(0.5), shift * math.sqrt(0.5)
    nodes, total = _nodes(df, *_net(df, bend, peak))
    return min(sum(weight * math.erfc(less - x * root * s) for s, weight in nodes) / (2 * total), 1.0)


def _net(df: float, bend: float, peak: float) -> tuple[float, int]:
    """The step, and the lowest node: both rounded outwards, so that all the values asked for on the way to one root share their nodes."""
    step = min(_STEP / math.sqrt(2 ** math.ceil(math.log2(bend))), _WIDEST)
    low = peak - 40 / df - 9 / math.sqrt(2 * df)
    return step, _TOGETHER * (int(low / step / _TOGETHER) - 1)


@lru_cache(maxsize=256)
def _nodes(df: float, step: float, first: int) -> tuple[tuple[tuple[float, float], ...], float]:
    """S and its weight at each node, and the sum of the weights."""
    places = [i * step for i in range(first, int(9 / math.sqrt(2 * df) / step) + 2)]
    weights = [math.exp(df * (u - math.expm1(2 * u) / 2)) for u in places]
    return tuple((math.exp(u), weight) for u, weight in zip(places, weights, strict=True)), sum(weights)
