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
