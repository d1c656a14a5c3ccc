import math

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from rpgstat.stats.clustered import clustered_slope
from rpgstat.stats.means import welch
from rpgstat.stats.proportional_odds import proportional_odds
from rpgstat.stats.sample import describe
from rpgstat.stats.wave_trend import departure, jonckheere, linear_by_linear, slope

SCORES = [1, 2, 3, 4]
COUNTS = st.lists(st.lists(st.integers(0, 12), min_size=4, max_size=4), min_size=3, max_size=4)
FEW = settings(max_examples=50, deadline=None)
REVERSAL = [[0, 12, 10, 6], [0, 0, 12, 16], [0, 12, 10, 6]]


def described(counts):
    return [describe(counts=row, scores=SCORES) for row in counts]


def test_a_rise_that_is_taken_back_has_no_slope_and_departs_from_the_line():
    waves = described(REVERSAL)
    assert slope(samples=waves, times=[1, 2, 3]).p_value == 1
    assert departure(samples=waves, times=[1, 2, 3]).p_value < 0.01


@FEW
@given(st.lists(st.integers(0, 12), min_size=4, max_size=4), st.lists(st.integers(0, 12), min_size=4, max_size=4), st.integers(1, 9))
def test_two_waves_are_welch_over_the_time_between(before, after, years):
    one, other = described([before, after])
    change, found = welch(reference=one, later=other), slope(samples=[one, other], times=[2010, 2010 + years])
    if change.p_value is not None:
        assert (found.estimate * years, found.df, found.p_value) == pytest.approx((change.estimate, change.df, change.p_value), rel=1e-9)


@FEW
@given(COUNTS)
def test_time_turned_round_turns_the_sign(counts):
    times = [1, 2, 4, 5][: len(counts)]
    forth, back = [-t for t in times], times
    for kernel in (slope, departure):
        one, other = kernel(samples=described(counts), times=forth), kernel(samples=described(counts), times=back)
        assert (one.p_value is None) == (other.p_value is None)
        if one.p_value is not None:
            assert one.p_value == pytest.approx(other.p_value, rel=1e-9)
    one, other = (linear_by_linear(counts=counts, scores=SCORES, times=t) for t in (forth, back))
    if one.statistic is not None:
        assert (one.statistic, one.tau) == pytest.approx((-other.statistic, -other.tau), rel=1e-9, abs=1e-12)
    one, other = jonckheere(counts=counts), jonckheere(counts=counts[::-1])
    if one.statistic is not None:
        assert (one.statistic, one.p_value) == pytest.approx((-other.statistic, other.p_value), rel=1e-9, abs=1e-12)


@FEW
@given(COUNTS)
def test_odds_turn_with_the_scale_and_do_not_depend_on_the_unit_of_time(counts):
    times = [1, 2, 4, 5][: len(counts)]
    found = proportional_odds(counts=counts, times=times)
    assume(found.p_value is not None)
    turned = proportional_odds(counts=[row[::-1] for row in counts], times=times)
    months = proportional_odds(counts=counts, times=[12 * t for t in times])
    assert found.odds_ratio * turned.odds_ratio == pytest.approx(1, rel=1e-5)
    assert months.odds_ratio**12 == pytest.approx(found.odds_ratio, rel=1e-5)
    assert months.p_value == pytest.approx(found.p_value, rel=1e-5)
    assert found.low < found.odds_ratio < found.high
    if abs(found.p_value - 0.05) > 1e-4:
        assert (found.low > 1 or found.high < 1) == (found.p_value < 0.05)


@pytest.mark.parametrize("seed", range(4))
def test_like_scipy(seed):
    rng = np.random.default_rng(seed)
    time, score = rng.integers(1, 4, 80), rng.integers(1, 5, 80)
    counts = [[int(((time == t) & (score == s)).sum()) for s in SCORES] for t in (1, 2, 3)]
    tau = stats.kendalltau(time, score, method="asymptotic")
    test = jonckheere(counts=counts)
    assert (test.tau, test.p_value) == pytest.approx((tau.statistic, tau.pvalue), rel=1e-9)
    found = linear_by_linear(counts=counts, scores=SCORES, times=[1, 2, 3])
    assert found.statistic == pytest.approx(math.sqrt(79) * np.corrcoef(time, score)[0, 1], rel=1e-9)


@pytest.mark.parametrize(
    ("counts", "note"),
    [
        ([[0, 3, 0, 0], [0, 0, 1, 0], [0, 2, 2, 0]], "fewer than two answers in a wave: no variance"),
        ([[0, 0, 0, 0], [0, 0, 4, 0], [0, 2, 2, 0]], "fewer than two answers in a wave: no variance"),
        ([[0, 3, 0, 0], [0, 0, 4, 0], [0, 0, 0, 2]], "all answers are equal within every wave: no variance"),
    ],
)
def test_without_variance_there_is_no_test(counts, note):
    found = slope(samples=described(counts), times=[1, 2, 3])
    assert (found.p_value, found.note) == (None, note)
    assert departure(samples=described(counts), times=[1, 2, 3]).p_value is None


def test_one_constant_wave_has_a_slope_but_no_departure():
    waves = described([[0, 3, 0, 0], [1, 2, 3, 1], [0, 2, 2, 4]])
    assert slope(samples=waves, times=[1, 2, 3]).p_value is not None
    assert departure(samples=waves, times=[1, 2, 3]).note == "all answers are equal in a wave: no test of the line"
    assert departure(samples=waves[:2], times=[1, 2]).note == "fewer than three waves"


def test_nothing_to_order():
    for counts in ([[3, 0], [4, 0], [2, 0]], [[3, 2], [0, 0], [0, 0]], [[1, 0], [0, 1], [0, 0]]):
        assert jonckheere(counts=counts).p_value is None
        assert linear_by_linear(counts=counts, scores=[1, 2], times=[1, 2, 3]).p_value is None
    assert proportional_odds(counts=[[3, 0], [4, 0], [2, 0]], times=[1, 2, 3]).odds_ratio is None


@pytest.mark.parametrize("counts", [[[5, 3, 0], [0, 4, 2], [0, 0, 3]], [[0, 3, 5], [2, 4, 0], [3, 0, 0]], [[4, 0], [4, 0], [1, 3]]])
def test_waves_that_never_run_against_the_order_have_no_finite_odds(counts):
    assert proportional_odds(counts=counts, times=[1, 2, 3]).note == "no answer in the waves runs against the others: the odds ratio has no finite value"


def test_one_answer_against_the_order_is_enough_for_odds():
    found = proportional_odds(counts=[[5, 3, 0], [0, 4, 2], [1, 0, 3]], times=[1, 2, 3])
    assert 1 < found.low < found.odds_ratio < found.high


def test_hardly_any_slope_is_an_odds_ratio_near_one():
    found = proportional_odds(counts=[[5, 6, 5], [6, 5, 6], [5, 6, 5]], times=[1, 2, 3])
    assert (found.odds_ratio, found.p_value) == pytest.approx((1, 1), abs=1e-6)


def test_people_who_answer_once_and_identical_twins():
    once = [([(1, 2)], 5), ([(2, 3)], 4), ([(3, 3)], 6), ([(3, 2)], 3)]
    people = clustered_slope(courses=once)
    assert people.df == 17
    doubled = clustered_slope(courses=[(answers, 2 * people) for answers, people in once])
    assert doubled.estimate == people.estimate
    assert doubled.std_error < people.std_error


def test_clusters_need_two_people_and_two_times():
    assert clustered_slope(courses=[([(1, 2), (2, 3)], 1)]).estimate is None
    assert clustered_slope(courses=[([(1, 2)], 9)]).estimate is None
    assert clustered_slope(courses=[([(1, 2), (2, 3)], 4)]).note == "every answer lies on the line: no variance"
