"""The signed-rank test of changes by its normal approximation, zeros by Pratt, and the rank-biserial correlation of pairs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from rpgstat.glossary.sentences import say
from rpgstat.stats.distributions import normal_cdf
from rpgstat.stats.pairs import Score
from rpgstat.stats.sample import Effect, Test


def pratt_ranks(changes: Iterable[tuple[Score, int]]) -> list[tuple[Fraction, int]]:
    """Signed mid-ranks of the sizes of change, zeros ranked with them and then given rank 0, and how many people have each.

    >>> pratt_ranks([(1, 2), (0, 3), (-2, 1)])
    [(Fraction(0, 1), 3), (Fraction(9, 2), 2), (Fraction(-6, 1), 1)]
    """
    people = Counter[Fraction]()
    for change, number in changes:
        people[Fraction(change)] += int(number)
    sizes = Counter[Fraction]()
    for size, number in people.items():
        sizes[abs(size)] += number
    ranks, below = {}, 0
    for size in sorted(size for size, number in sizes.items() if number):
        ranks[size] = Fraction(2 * below + sizes[size] + 1, 2)
        below += sizes[size]
    signed = sorted((abs(change), change, number) for change, number in people.items() if number)
    return [(ranks[size] * (-1 if change < 0 else 1 if change > 0 else 0), number) for size, change, number in signed]


def signed_rank_normal(*, changes: Iterable[tuple[Score, int]]) -> Test:
    """Signed-rank test of the changes of pairs by its normal approximation, zeros by Pratt, no continuity correction.

    `changes` are later minus reference, and how many people changed by so much. The statistic is z = sum of signed ranks over the root of their
    sum of squares, positive when moves up outweigh moves down. All None, with a note, without pairs, and where nobody changed.

    Pratt 1959, Journal of the American Statistical Association 54; R `coin::wilcoxsign_test(zero.method = "Pratt")`.

    >>> test = signed_rank_normal(changes=[(1, 10), (0, 12), (-1, 3)])
    >>> round(test.statistic, 4), round(test.p_value, 4)
    (1.9415, 0.0522)
    """
    ranked = pratt_ranks(changes)
    squares = sum(rank * rank * people for rank, people in ranked)
    if not squares:
        return Test(None, None, None, "signed-rank", say("row.nobody_changed") if ranked else say("row.nobody_paired"))
    statistic = float(sum(rank * people for rank, people in ranked)) / math.sqrt(squares)
    return Test(statistic, None, 2 * normal_cdf(-abs(statistic)), "signed-rank")


def rank_biserial(*, changes: Iterable[tuple[Score, int]]) -> Effect:
    """The matched-pairs rank-biserial correlation, (R+ - R-) / (R+ + R-) on Pratt ranks, named `r`: -1 (all who moved went down) to 1 (all up).

    No limits are given. None, with a note, without pairs, and where nobody changed.

    Kerby 2014, Comprehensive Psychology 3; on Pratt ranks as R `effectsize::rank_biserial(paired = TRUE)` is not: that drops zeros first.

    >>> round(rank_biserial(changes=[(1, 10), (0, 12), (-1, 3)]).estimate, 4)
    0.5385
    """
    ranked = pratt_ranks(changes)
    whole = sum(abs(rank) * people for rank, people in ranked)
    if not whole:
        return Effect("r", None, None, None, say("row.nobody_changed") if ranked else say("row.nobody_paired"))
    return Effect("r", float(sum(rank * people for rank, people in ranked) / whole), None, None)
