"""The permutation test of the between-group sum of squares, against the exact test of two groups and by what holds for any deal."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from rpgstat.stats.between import DRAWS, _deals, between
from rpgstat.stats.exact import exact_sum

SCORES = [Fraction(score) for score in (1, 2, 3, 4)]


@pytest.mark.parametrize("pool", [(9, 14, 16, 8), (3, 11, 20, 30), (1, 40, 60, 29)], ids=["47 people", "64 people", "130 people"])
@pytest.mark.parametrize("above", [3, 7])
def test_two_groups_are_near_the_exact_test_of_one(pool, above):
    n, whole = 12, sum(score * people for score, people in zip(SCORES, pool, strict=True))
    total = Fraction(round(n * whole / sum(pool)) + above)
    told = between(sizes=[n, sum(pool) - n], totals=[total, whole - total], pool=pool, scores=SCORES)
    exact = exact_sum(n=n, total=total, pool=pool, scores=SCORES)
    assert told == pytest.approx(exact, abs=4 * (exact * (1 - exact) / DRAWS) ** 0.5)  # four standard errors of the draws


@pytest.mark.parametrize("n", [2, 47, 64, 65, 130])
def test_whole_deals_hold_everybody_once_and_favour_no_place(n):
    deals = _deals(n)
    assert deals.shape == (n, DRAWS)
    assert (np.sort(deals, axis=0) == np.arange(n)[:, None]).all()
    error = ((n * n - 1) / 12 / DRAWS) ** 0.5
    assert abs(deals.mean(axis=1) - (n - 1) / 2).max() < 4.5 * error


@pytest.mark.parametrize("further", [[101, 102, 103, 104], [Fraction(1, 2), Fraction(3, 2), Fraction(5, 2), Fraction(7, 2)]], ids=["far from 0", "halves"])
def test_scores_that_lie_higher_or_lower_have_the_same_p(further):
    pool, sizes, totals = (9, 14, 16, 8), [12, 20, 15], [22, 60, 41]
    moved = Fraction(further[0]) - 1
    as_they_are = between(sizes=sizes, totals=[Fraction(total) for total in totals], pool=pool, scores=SCORES)
    assert between(sizes=sizes, totals=[total + moved * n for total, n in zip(totals, sizes, strict=True)], pool=pool, scores=further) == as_they_are
