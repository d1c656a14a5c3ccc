"""Whether waves differ among the people who answered in all of them: repeated-measures analysis of variance, and Friedman's test."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.groups import f_tail
from rpgstat.stats.pairs import Score

Whole = tuple[Sequence[Score], int]
"""A person's score in every wave, in order, and how many people gave just these."""


@record
class Repeated:
    """The F test that all waves have one mean: `p_value` under sphericity, `corrected_p` with both df times `epsilon` (Greenhouse & Geisser)."""

    n: int
    f_statistic: float | None
    df1: int | None
    df2: int | None
    p_value: float | None
    epsilon: float | None
    corrected_p: float | None
    note: str = ""


@record
class Friedman:
    """The chi-square test of the ranks that each person gives the waves."""

    n: int
    statistic: float | None
    df: int | None
    p_value: float | None
    note: str = ""


def repeated_measures(*, courses: Sequence[Whole]) -> Repeated:
    """One-way repeated-measures analysis of variance over two waves or more; with two, F is the square of the paired t.

    `courses` have as many scores each. Sums are exact. All None but n, with a note, for fewer than two people, and where nobody's answers differ from
    everybody's change (no error is left).

    R `aov(score ~ wave + Error(person / wave))`; Pingouin `rm_anova`. Greenhouse & Geisser 1959, Psychometrika 24.

    >>> test = repeated_measures(courses=[((1, 2, 3), 3), ((2, 2, 3), 4), ((3, 4, 3), 2), ((4, 3, 4), 1)])
    >>> round(test.f_statistic, 4), test.df1, test.df2, round(test.p_value, 4), round(test.epsilon, 4), round(test.corrected_p, 4)
    (8.1429, 2, 18, 0.003, 0.9545, 0.0036)
    """
    exact = [([Fraction(score) for score in scores], int(people)) for scores, people in courses if people]
    n, waves = sum(people for _, people in exact), len(exact[0][0]) if exact else 0
    if n < 2 or waves < 2:
        return Repeated(n, None, None, None, None, None, None, say("row.few_in_all_waves"))
    means = [sum((scores[w] * people for scores, people in exact), Fraction(0)) / n for w in range(waves)]
    centred = [([score - mean for score, mean in zip(scores, means, strict=True)], people) for scores, people in exact]
    error = sum((people * (sum(d * d for d in own) - sum(own, Fraction(0)) ** 2 / waves) for own, people in centred), Fraction(0))
    if not error:
        return Repeated(n, None, None, None, None, None, None, say("row.no_error_left"))
    middle = sum(means, Fraction(0)) / waves
    df1, df2 = waves - 1, (waves - 1) * (n - 1)
    f_statistic = float(n * sum((mean - middle) ** 2 for mean in means) / df1 / (error / df2))
    epsilon = _sphericity([[sum((own[i] * own[j] * people for own, people in centred), Fraction(0)) for j in range(waves)] for i in range(waves)])
    p_value, corrected = f_tail(f_statistic, df1, df2), f_tail(f_statistic, epsilon * df1, epsilon * df2)
    return Repeated(n, f_statistic, df1, df2, p_value, epsilon, corrected)


def _sphericity(products: Sequence[Sequence[Fraction]]) -> float:
    """Greenhouse & Geisser's epsilon of the waves' sums of products: 1 where all differences of two waves vary alike, 1 / (waves - 1) at least."""
    waves = len(products)
    rows = [sum(row, Fraction(0)) / waves for row in products]
    whole = sum(rows, Fraction(0)) / waves
    doubly = [[own - rows[i] - rows[j] + whole for j, own in enumerate(row)] for i, row in enumerate(products)]
    trace = sum((doubly[i][i] for i in range(waves)), Fraction(0))
    return float(trace**2 / ((waves - 1) * sum(own * own for row in doubly for own in row)))


def friedman(*, courses: Sequence[Whole]) -> Friedman:
    """Friedman's test over two waves or more, mid-ranks, corrected for ties; chi-square on waves - 1 df.

    `courses` as in `repeated_measures`. All None but n, with a note, for fewer than two people, and where everybody gave all waves one answer.

    Friedman 1937, Journal of the American Statistical Association 32; R `friedman.test`.

    >>> test = friedman(courses=[((1, 2, 3), 3), ((2, 2, 3), 4), ((3, 4, 3), 2), ((4, 3, 4), 1)])
    >>> round(test.statistic, 4), test.df, round(test.p_value, 4)
    (8.9091, 2, 0.0116)
    """
    from scipy.special import chdtrc

    whole = [(_ranks(scores), int(people)) for scores, people in courses if people]
    n, waves = sum(people for _, people in whole), len(whole[0][0]) if whole else 0
    if n < 2 or waves < 2:
        return Friedman(n, None, None, None, say("row.few_in_all_waves"))
    expected = Fraction(waves + 1, 2)
    spread = sum(people * sum((rank - expected) ** 2 for rank in ranks) for ranks, people in whole)
    if not spread:
        return Friedman(n, None, None, None, say("row.nobody_changed"))
    sums = [sum(ranks[w] * people for ranks, people in whole) for w in range(waves)]
    statistic = float((waves - 1) * sum((total - n * expected) ** 2 for total in sums) / spread)
    return Friedman(n, statistic, waves - 1, float(chdtrc(waves - 1, statistic)))


def _ranks(scores: Sequence[Score]) -> list[Fraction]:
    """Each wave's rank among a person's, ties sharing the mean of theirs."""
    return [Fraction(1 + 2 * sum(other < own for other in scores) + sum(other == own for other in scores), 2) for own in scores]
