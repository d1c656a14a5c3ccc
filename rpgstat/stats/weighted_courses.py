"""The slope of weighted answers over waves in which the same people answered again, and whether their means leave a line: errors clustered on the person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from rpgstat.glossary.sentences import say
from rpgstat.stats.clustered import bends_of, slope_with_error, wald
from rpgstat.stats.wave_trend import Departure, Slope
from rpgstat.stats.weighted_pairs import Product, Weighed

Products = Mapping[tuple[int, int], Sequence[Product]]
"""By the places of two waves, the earlier first: the score in each, and the sum of the products of the two weights of the people who gave both."""


def weighted_slope(*, waves: Sequence[Weighed], times: Sequence[float], products: Products, people: int, level: float = 0.95) -> Slope:
    """The weighted least-squares slope of score on time over all answers, errors clustered on the person, and its t-test on `people` - 1 df.

    Positive when later answers are higher, in points per unit of time. `waves` have answers and stand beside `times`; their masses and `products`
    are in one unit, for a wave counts by the sum of its weights. `people` answered in any of them, each counted once. The variance is
    people / (people - 1) x the sum over people of the square of the sum of w (t - t_mean) (x - fitted) over their answers, over the weighted spread of
    the times squared. Sums are exact. All None, with a note, with fewer than two waves or people; the rest None where no error is left.

    Binder 1983, International Statistical Review 51; R `survey::svyglm(score ~ t)` on `svydesign(ids = ~id, weights = ~w)`, whose t has another df.

    >>> waves = [Weighed([1, 2, 3], [(6, 14), (8, 20), (5, 9)]), Weighed([1, 2, 3], [(4, 8), (6, 14), (9, 25)]), Weighed([2, 3], [(7, 17), (9, 25)])]
    >>> products = {(0, 1): [(1, 2, 8), (2, 3, 9)], (0, 2): [(1, 2, 6)], (1, 2): [(2, 2, 4), (3, 3, 10)]}
    >>> found = weighted_slope(waves=waves, times=[1, 2, 4], products=products, people=25)
    >>> round(found.estimate, 4), found.df, round(found.p_value, 4)
    (0.1987, 24, 0.0389)
    """
    exact = [Fraction(time) for time in times]
    if people < 2 or len(set(exact)) < 2:
        return Slope(None, None, None, None, None, None, None, say("row.few_clusters"))
    totals, means = [wave.total for wave in waves], [wave.mean for wave in waves]
    middle = _mean(totals, exact)
    mean, from_middle = _mean(totals, means), [time - middle for time in exact]
    spread = sum((total * own**2 for total, own in zip(totals, from_middle, strict=True)), Fraction(0))
    estimate = sum((total * own * m for total, own, m in zip(totals, from_middle, means, strict=True)), Fraction(0)) / spread
    errors = _squares(waves, products, [mean + estimate * own for own in from_middle])
    variance = _between(errors, from_middle, from_middle) / spread**2
    return slope_with_error(estimate, Fraction(people, people - 1) * variance, people, level)


def weighted_departure(*, waves: Sequence[Weighed], times: Sequence[float], products: Products, people: int) -> Departure:
    """Whether the weighted means of the waves lie on a line over time, answers of one person depending on each other in any way: Wald's F.

    Of the second differences of the means, as `clustered_departure`; z of a person is w (x - m_w) / W_w in each wave. Arguments, in order of time, as in
    `weighted_slope`. All None, with a note, for fewer than three waves and where the covariance leaves a difference without variance.

    Binder 1983; R `survey::regTermTest(svyglm(score ~ time + bends), ~bends, df = people - 1)` on `svydesign(ids = ~id, weights = ~w)`.

    >>> waves = [Weighed([1, 2, 3], [(6, 14), (8, 20), (5, 9)]), Weighed([1, 2, 3], [(4, 8), (6, 14), (9, 25)]), Weighed([2, 3], [(7, 17), (9, 25)])]
    >>> products = {(0, 1): [(1, 2, 8), (2, 3, 9)], (0, 2): [(1, 2, 6)], (1, 2): [(2, 2, 4), (3, 3, 10)]}
    >>> found = weighted_departure(waves=waves, times=[1, 2, 4], products=products, people=25)
    >>> round(found.f_statistic, 3), found.df1, found.df2, round(found.p_value, 4)
    (0.123, 1, 24, 0.7286)
    """
    exact, count = [Fraction(time) for time in times], len(waves)
    if count < 3 or people < 2:
        return Departure(None, None, None, None, say("row.few_waves"))
    errors = _squares(waves, products, [wave.mean for wave in waves])
    each = [bends_of(exact, [Fraction(i == j) / wave.total for j, wave in enumerate(waves)]) for i in range(count)]
    bends = [[own[at] for own in each] for at in range(count - 2)]
    covariance = [[Fraction(people, people - 1) * _between(errors, one, other) for other in bends] for one in bends]
    return wald(bends_of(exact, [wave.mean for wave in waves]), covariance, people)


def _mean(totals: Sequence[int], values: Sequence[Fraction]) -> Fraction:
    return sum((total * value for total, value in zip(totals, values, strict=True)), Fraction(0)) / sum(totals)


def _squares(waves: Sequence[Weighed], products: Products, fitted: Sequence[Fraction]) -> list[list[Fraction]]:
    """For each two waves, the sum over people of the products of their weighted distances from what is fitted to the waves."""
    found = [[Fraction(0)] * len(waves) for _ in waves]
    for place, (wave, own) in enumerate(zip(waves, fitted, strict=True)):
        parts = (square * (Fraction(score) - own) ** 2 for score, (_, square) in zip(wave.scores, wave.masses, strict=True))
        found[place][place] = sum(parts, Fraction(0))
    for (one, other), both in products.items():
        parts = (mass * (Fraction(x) - fitted[one]) * (Fraction(y) - fitted[other]) for x, y, mass in both)
        found[one][other] = found[other][one] = sum(parts, Fraction(0))
    return found


def _between(squares: Sequence[Sequence[Fraction]], one: Sequence[Fraction], other: Sequence[Fraction]) -> Fraction:
    """The sum of products of two weighted sums over waves."""
    return sum((a * b * squares[i][j] for i, a in enumerate(one) for j, b in enumerate(other)), Fraction(0))
