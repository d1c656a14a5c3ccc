"""Whether the same people's answers spread over the levels differently in two waves, from the table of who moved where."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import numpy as np
from scipy.special import chdtrc

from rpgstat.glossary.sentences import say
from rpgstat.stats.sample import Test

Table = Sequence[Sequence[int]]


def stuart_maxwell(*, table: Table) -> Test:
    """Whether both waves' distributions are alike in people who answered both: d' V- d on rank V degrees of freedom.

    `table` has people by level before (rows) and after (columns), the same levels in the same order. d are row less column totals, V their
    covariance, V- a generalised inverse: levels nobody used, and levels that no one moves between, lose a degree of freedom each. All None, with
    a note, without pairs and where nobody changed.

    Stuart 1955, Biometrika 42; Maxwell 1970, British Journal of Psychiatry 116; R `coin::mh_test`. Not R `irr::stuart.maxwell.mh`, which drops
    levels whose two totals are equal.

    >>> test = stuart_maxwell(table=[[4, 5, 1], [1, 6, 4], [0, 2, 7]])
    >>> round(test.statistic, 4), test.df, round(test.p_value, 4)
    (4.3333, 2, 0.1146)
    """
    people = np.array(table, dtype=float)
    if people.sum() == np.trace(people):
        return Test(None, None, None, "stuart-maxwell", say("row.nobody_changed") if people.any() else say("row.nobody_paired"))
    before, after = people.sum(axis=1), people.sum(axis=0)
    covariance = np.diag(before + after) - people - people.T
    solved, _, rank, _ = np.linalg.lstsq(covariance, before - after, rcond=None)
    statistic = float((before - after) @ solved)
    return Test(statistic, int(rank), float(chdtrc(rank, statistic)), "stuart-maxwell")


def bowker(*, table: Table) -> Test:
    """Whether as many people moved from each level to each other one as back: the sum of (n_ij - n_ji)^2 / (n_ij + n_ji).

    `table` as in `stuart_maxwell`. df is the number of pairs of levels that anybody moved between. All None, with a note, without pairs and where
    nobody changed.

    Bowker 1948, Journal of the American Statistical Association 43. R `mcnemar.test` counts all pairs of levels and gives NaN for an empty one.

    >>> test = bowker(table=[[4, 5, 1], [1, 6, 4], [0, 2, 7]])
    >>> round(test.statistic, 4), test.df, round(test.p_value, 4)
    (4.3333, 3, 0.2276)
    """
    crossed = [(int(table[i][j]), int(table[j][i])) for i, j in combinations(range(len(table)), 2)]
    moved = [(there, back) for there, back in crossed if there + back]
    if not moved:
        anybody = any(any(row) for row in table)
        return Test(None, None, None, "bowker", say("row.nobody_changed") if anybody else say("row.nobody_paired"))
    statistic = sum((there - back) ** 2 / (there + back) for there, back in moved)
    return Test(statistic, len(moved), float(chdtrc(len(moved), statistic)), "bowker")
