"""Scores over waves in which the same people answered again: the slope by least squares, and whether means leave a line, errors clustered on the person."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from rpgstat.glossary.sentences import say
from rpgstat.stats.groups import f_tail
from rpgstat.stats.pairs import Score
from rpgstat.stats.sample import critical_t, two_sided_t
from rpgstat.stats.wave_trend import Departure, Slope

FEW_PEOPLE = 20
"""Below so many people clustered errors are too small more often than not (Cameron & Miller 2015)."""

Course = tuple[Sequence[tuple[float, Score]], int]
"""One person's answers, each a time and a score, and how many people gave just these."""


def clustered_slope(*, courses: Sequence[Course], level: float = 0.95) -> Slope:
    """The least-squares slope of score on time over all answers, with errors clustered on the person, and its t-test on people - 1 df.

    Positive when later answers are higher, in points per unit of time. Answers of one person may depend on each other in any way. The sandwich
    has the factor people / (people - 1). Fewer than `FEW_PEOPLE` people get a note. All None, with a note, without two times, with fewer than two
    people, or where no error is left.

    Liang & Zeger 1986, Biometrika 73; Binder 1983, International Statistical Review 51; R `survey::svyglm(score ~ t)` on `svydesign(ids = ~id)`,
    whose t has another df.

    >>> courses = [([(1, 2), (2, 3), (3, 3)], 4), ([(1, 3), (3, 2)], 3), ([(2, 2)], 5), ([(1, 1), (2, 2), (3, 4)], 2), ([(3, 4)], 6)]
    >>> found = clustered_slope(courses=courses)
    >>> round(found.estimate, 4), found.df, round(found.p_value, 4)
    (0.6405, 19, 0.0096)
    """
    exact = [([(Fraction(time), Fraction(score)) for time, score in answers], int(people)) for answers, people in courses if people and answers]
    answers = [(time, score, people) for own, people in exact for time, score in own]
    n, people = sum(number for _, _, number in answers), sum(number for _, number in exact)
    if people < 2 or len({time for time, _, _ in answers}) < 2:
        return Slope(None, None, None, None, None, None, None, say("row.few_clusters"))
    middle = sum(time * number for time, _, number in answers) / n
    mean = sum(score * number for _, score, number in answers) / n
    spread = sum((time - middle) ** 2 * number for time, _, number in answers)
    estimate = sum((time - middle) * score * number for time, score, number in answers) / spread
    influence = [(sum((time - middle) * (score - mean - estimate * (time - middle)) for time, score in own), number) for own, number in exact]
    variance = Fraction(people, people - 1) * sum(own * own * number for own, number in influence) / spread**2
    return slope_with_error(estimate, variance, people, level)


def slope_with_error(estimate: Fraction | float, variance: Fraction | float, people: int, level: float) -> Slope:
    """A slope with the variance that so many people leave it, and its t-test; the slope alone where there is none."""
    if not variance:
        return Slope(float(estimate), None, None, None, None, None, None, say("row.on_the_line"))
    df, std_error = people - 1, math.sqrt(variance)
    reach, statistic = critical_t(df=df, level=level) * std_error, float(estimate) / std_error
    note = say("row.few_people", n=FEW_PEOPLE) if people < FEW_PEOPLE else ""
    return Slope(float(estimate), std_error, df, float(estimate) - reach, float(estimate) + reach, statistic, two_sided_t(statistic=statistic, df=df), note)


def clustered_departure(*, courses: Sequence[Course]) -> Departure:
    """Whether the means of the waves lie on a line over time, answers of one person depending on each other in any way: Wald's F.

    The means have the covariance people / (people - 1) x sum z z', z of a person (x - m_w) / n_w in each wave that they answered. F is the Wald
    statistic of the second differences of the means over its df1, the number of waves less 2, on df2 = people - 1. All None, with a note, for fewer
    than three waves and where that covariance leaves a difference without variance. Sums are exact.

    Binder 1983, International Statistical Review 51; R `survey::regTermTest(svyglm(score ~ time + bends), ~bends, df = people - 1)` on
    `svydesign(ids = ~id)`.

    >>> courses = [([(1, 2), (2, 3), (3, 1)], 4), ([(1, 3), (3, 2)], 3), ([(2, 4)], 5), ([(1, 1), (2, 2), (3, 3)], 2), ([(3, 2), (2, 3)], 6)]
    >>> found = clustered_departure(courses=courses)
    >>> round(found.f_statistic, 3), found.df1, found.df2, round(found.p_value, 4)
    (47.383, 1, 19, 0.0)
    """
    exact = [({Fraction(time): Fraction(score) for time, score in answers}, int(people)) for answers, people in courses if people and answers]
    times = sorted({time for own, _ in exact for time in own})
    people, df1 = sum(number for _, number in exact), len(times) - 2
    if df1 < 1 or people < 2:
        return Departure(None, None, None, None, say("row.few_waves"))
    totals = [sum(number for own, number in exact if time in own) for time in times]
    means = [sum((own[time] * number for own, number in exact if time in own), Fraction(0)) / n for time, n in zip(times, totals, strict=True)]
    errors = [(bends_of(times, [(own[t] - m) / n if t in own else Fraction(0) for t, m, n in zip(times, means, totals, strict=True)]), k) for own, k in exact]
    covariance = [[Fraction(people, people - 1) * sum((z[i] * z[j] * k for z, k in errors), Fraction(0)) for j in range(df1)] for i in range(df1)]
    return wald(bends_of(times, means), covariance, people)


def wald(bends: Sequence[Fraction], covariance: Sequence[Sequence[Fraction]], people: int) -> Departure:
    """The test that no bend is left, by Wald's F on the number of people less one."""
    df1, solved = len(bends), _solved(covariance, bends)
    if solved is None:
        return Departure(None, None, None, None, say("row.equal_in_a_wave"))
    f_statistic = float(sum(one * other for one, other in zip(bends, solved, strict=True)) / df1)
    return Departure(f_statistic, df1, people - 1, f_tail(f_statistic, df1, people - 1))


def bends_of(times: Sequence[Fraction], values: Sequence[Fraction]) -> list[Fraction]:
    """By how much the slope changes from one step to the next; linear in the values."""
    slopes = [(values[i + 1] - values[i]) / (times[i + 1] - times[i]) for i in range(len(times) - 1)]
    return [later - before for before, later in pairwise(slopes)]


def _solved(matrix: Sequence[Sequence[Fraction]], right: Sequence[Fraction]) -> list[Fraction] | None:
    """The solution of linear equations; None where there is not one alone."""
    rows = [[*row, own] for row, own in zip(matrix, right, strict=True)]
    for at in range(len(rows)):
        pivot = next((place for place in range(at, len(rows)) if rows[place][at]), None)
        if pivot is None:
            return None
        rows[at], rows[pivot] = rows[pivot], rows[at]
        rows[at] = [value / rows[at][at] for value in rows[at]]
        for place in range(len(rows)):
            if place != at:
                rows[place] = [value - rows[place][at] * own for value, own in zip(rows[place], rows[at], strict=True)]
    return [row[-1] for row in rows]
