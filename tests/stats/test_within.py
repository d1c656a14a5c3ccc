"""Waves among people who answered in all of them: what must hold for any data, and Pingouin."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rpgstat.stats._pingouin import over_waves
from rpgstat.stats.paired import paired_t
from rpgstat.stats.pairs import describe_pairs
from rpgstat.stats.within import friedman, repeated_measures

PEOPLE = st.lists(st.tuples(st.tuples(*[st.integers(1, 5)] * 3), st.integers(1, 4)), min_size=3, max_size=12)


def test_two_waves_are_the_paired_t():
    moves = [(1, 2, 3), (2, 2, 4), (3, 4, 2), (4, 3, 1)]
    found, t = repeated_measures(courses=[((a, b), n) for a, b, n in moves]), paired_t(pairs=describe_pairs(moves=moves))
    assert (found.f_statistic, found.p_value, found.epsilon) == pytest.approx((t.statistic**2, t.p_value, 1))


@settings(deadline=None, max_examples=20)
@given(PEOPLE)
def test_the_order_of_people_and_of_waves_does_not_matter(courses):
    other = [((c, a, b), n) for (a, b, c), n in reversed(courses)]
    for kernel in (repeated_measures, friedman):
        assert kernel(courses=courses) == kernel(courses=other)


@settings(deadline=None, max_examples=15)
@given(PEOPLE)
def test_pingouin_agrees(courses):
    ours, ranked = repeated_measures(courses=courses), friedman(courses=courses)
    if ours.f_statistic is None or ranked.statistic is None:
        return
    theirs, theirs_ranked = over_waves(courses=courses)
    assert (ours.f_statistic, ours.p_value) == pytest.approx((theirs.statistic, theirs.p_value), rel=1e-8, abs=1e-12)
    assert (ranked.statistic, ranked.p_value) == pytest.approx((theirs_ranked.statistic, theirs_ranked.p_value), rel=1e-8, abs=1e-12)


@pytest.mark.parametrize(
    ("courses", "repeated", "ranked"),
    [
        ([], "fewer than two people answered in all waves", "fewer than two people answered in all waves"),
        ([((1, 2, 3), 1)], "fewer than two people answered in all waves", "fewer than two people answered in all waves"),
        ([((1, 2, 3), 2), ((2, 3, 4), 3)], "all changed by the same: no error is left", ""),
        ([((2, 2, 2), 2), ((3, 3, 3), 3)], "all changed by the same: no error is left", "nobody changed"),
    ],
)
def test_what_cannot_be_tested_says_why(courses, repeated, ranked):
    assert (repeated_measures(courses=courses).note, friedman(courses=courses).note) == (repeated, ranked)
