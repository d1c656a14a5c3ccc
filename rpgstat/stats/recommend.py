"""The interval of a net score of promoters less detractors, from counts."""

from __future__ import annotations

import math

from rpgstat.stats.distributions import normal_quantile
from rpgstat.stats.sample import Interval

_ADDED = 3  # answers that the adjustment adds, three quarters of them at either end


def adjusted_wald(*, promoters: float, detractors: float, n: float, effective_n: float | None = None, level: float = 0.95) -> Interval | None:
    """The adjusted Wald interval of (promoters - detractors) / n, a net score from -1 to 1, cut to these.

    Three answers are added, 3/4 to promoters and to detractors: n' = n + 3, P' = (promoters + 3/4) / n' and D' alike; centre P' - D',
    variance (P' + D' - (P' - D')^2) / n'. Swapping promoters and detractors mirrors it. None when n = 0. Raises ValueError for counts
    that are negative or pass n.

    The numbers may be sums of weights; `effective_n` is then the number of people drawn singly whose score would be as precise, and takes the
    place of n in n', P' and D'. Infinite, it leaves the score itself.

    Rocks 2016, The American Statistician 70; Sauro & Lewis 2021, Journal of Usability Studies 16.

    >>> limits = adjusted_wald(promoters=12, detractors=34, n=77)
    >>> round(limits.low, 4), round(limits.high, 4)
    (-0.4327, -0.1173)
    """
    if promoters < 0 or detractors < 0 or promoters + detractors > n:
        raise ValueError(f"promoters {promoters} and detractors {detractors} must be 0 or more, together at most n = {n}")
    if n == 0:
        return None
    people = n if effective_n is None else effective_n
    if math.isinf(people):
        return Interval((promoters - detractors) / n, (promoters - detractors) / n)
    size = people + _ADDED
    above, below = ((count / n * people + _ADDED / 4) / size for count in (promoters, detractors))
    centre = above - below
    reach = -normal_quantile((1 - level) / 2) * math.sqrt((above + below - centre**2) / size)
    return Interval(max(-1.0, centre - reach), min(1.0, centre + reach))
