from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rpgstat.stats.sample import Sample, critical_t, describe, mean_interval, midpoint_test, two_sided_t

COUNTS = st.lists(st.integers(0, 60), min_size=5, max_size=5)
SCORES = [1, 2, 3, 4, 5]


def test_nobody_answered():
    assert describe(counts=[0, 0], scores=[1, 2]) == Sample(0, None, None, None)
    assert midpoint_test(sample=describe(counts=[], scores=[]), midpoint=2.5).note == "n = 0: no variance"


def test_one_person():
    sample = describe(counts=[0, 1, 0], scores=[1, 2, 3])
    assert sample == Sample(1, 2.0, None, 2.0)
    assert mean_interval(sample=sample) is None
    assert midpoint_test(sample=sample, midpoint=2).note == "n = 1: no variance"


@pytest.mark.parametrize("score", [3, 0.1, Fraction(1, 3), 1e6 + 0.1])
def test_equal_answers_have_no_spread_at_all(score):
    sample = describe(counts=[0, 12_345_677], scores=[-2, score])
    assert (sample.mean, sample.sd, sample.median) == (float(score), 0.0, float(score))
    assert mean_interval(sample=sample) is None
    assert midpoint_test(sample=sample, midpoint=2.5).note == "all answers are equal: no variance"


def test_median_between_two_levels():
    assert describe(counts=[2, 0, 0, 2], scores=[1, 2, 3, 4]).median == 2.5
    assert describe(counts=[2, 0, 0, 3], scores=[1, 2, 3, 4]).median == 4


@pytest.mark.parametrize(("counts", "scores"), [([1, -1], [1, 2]), ([1], [1, 2]), ([1, 1], [1, float("nan")]), ([1, 1], [1, float("inf")])])
def test_impossible_input_is_refused(counts, scores):
    with pytest.raises(ValueError):  # noqa: PT011 - the message differs by fault
        describe(counts=counts, scores=scores)


@pytest.mark.parametrize("level", [0, 1, 95, float("nan")])
def test_level_is_a_share(level):
    with pytest.raises(ValueError, match="level"):
        critical_t(df=10, level=level)


def test_tails_are_not_lost():
    assert two_sided_t(statistic=40, df=100) == pytest.approx(2.4621076021400736e-63, rel=1e-9, abs=0)  # R: 2 * pt(-40, 100)
    assert two_sided_t(statistic=-36, df=1e6) == pytest.approx(1.2733991120399435e-283, rel=1e-9, abs=0)  # R: 2 * pt(-36, 1e6)


@pytest.mark.parametrize("seed", range(8))
def test_like_scipy_on_tied_answers(seed):
    rng = np.random.default_rng(seed)
    scores = sorted(rng.choice([1, 1.5, 2, 2.25, 3, 4, 5.1], size=5, replace=False).tolist())
    counts = rng.integers(0, 40, size=5).tolist()
    people = np.repeat(scores, counts)
    sample = describe(counts=counts, scores=scores)
    level, midpoint = rng.uniform(0.5, 0.999), (scores[0] + scores[-1]) / 2
    theirs = stats.ttest_1samp(people, midpoint)
    limits, test = mean_interval(sample=sample, level=level), midpoint_test(sample=sample, midpoint=midpoint)
    assert (sample.n, sample.median) == (len(people), np.median(people))
    assert (sample.mean, sample.sd) == pytest.approx((people.mean(), people.std(ddof=1)), rel=1e-12)
    assert (limits.low, limits.high) == pytest.approx(tuple(theirs.confidence_interval(level)), rel=1e-9)
    assert (test.statistic, test.df, test.p_value) == pytest.approx((theirs.statistic, theirs.df, theirs.pvalue), rel=1e-9)


@given(st.lists(st.tuples(st.integers(0, 60), st.fractions(-10, 10, max_denominator=20)), max_size=8), st.randoms())
def test_order_of_rows_is_irrelevant(rows, random):
    shuffled = random.sample(rows, len(rows))
    assert describe(counts=[c for c, _ in rows], scores=[s for _, s in rows]) == describe(counts=[c for c, _ in shuffled], scores=[s for _, s in shuffled])


@given(COUNTS, st.integers(-1000, 1000))
def test_a_constant_moves_the_mean_and_leaves_the_spread(counts, constant):
    plain, moved = describe(counts=counts, scores=SCORES), describe(counts=counts, scores=[s + constant for s in SCORES])
    assert moved.sd == plain.sd
    if plain.n:
        assert moved.mean == pytest.approx(plain.mean + constant)
        assert moved.median == plain.median + constant


@given(COUNTS)
def test_reversing_mirrors_about_the_midpoint(counts):
    plain, reversed_ = describe(counts=counts, scores=SCORES), describe(counts=counts, scores=[6 - s for s in SCORES])
    assert reversed_.sd == plain.sd
    if not plain.sd:
        return
    a, b = midpoint_test(sample=plain, midpoint=3), midpoint_test(sample=reversed_, midpoint=3)
    assert (b.statistic, b.p_value) == pytest.approx((-a.statistic, a.p_value), abs=1e-12)


@given(COUNTS)
def test_doubling_counts_narrows_the_interval_about_the_mean(counts):
    once, twice = describe(counts=counts, scores=SCORES), describe(counts=[2 * c for c in counts], scores=SCORES)
    assert (twice.mean, twice.median) == (once.mean, once.median)
    wide, narrow = mean_interval(sample=once), mean_interval(sample=twice)
    if wide is None:
        assert not once.sd
        return
    assert wide.low < narrow.low < once.mean < narrow.high < wide.high
