"""The slope of scores over waves in which the same people answered again: least squares over all answers, errors clustered on the person."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from rpgstat.glossary.sentences import say
from rpgstat.stats.pairs import Score
from rpgstat.stats.sample import critical_t, two_sided_t
from rpgstat.stats.wave_trend import Slope

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
    if not variance:
        return Slope(float(estimate), None, None, None, None, None, None, say("row.on_the_line"))
    df, std_error = people - 1, math.sqrt(variance)
    reach, statistic = critical_t(df=df, level=level) * std_error, float(estimate) / std_error
    note = say("row.few_people", n=FEW_PEOPLE) if people < FEW_PEOPLE else ""
    return Slope(float(estimate), std_error, df, float(estimate) - reach, float(estimate) + reach, statistic, two_sided_t(statistic=statistic, df=df), note)
