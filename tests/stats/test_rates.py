"""Kernels of rates: edges, and what must hold for any counts."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from rpgstat.stats.rates import event_trend, plain_trend, poisson_interval, rate_difference, rate_ratio, share_difference, share_trend

COUNT, TOTAL = st.integers(0, 500), st.integers(1, 2000)


def test_without_exposure_there_is_no_rate():
    assert poisson_interval(events=0, exposure=0) is None
    assert rate_difference(events_reference=0, exposure_reference=0, events=3, exposure=10) is None
    assert rate_ratio(events_reference=3, exposure_reference=10, events=0, exposure=0).note == "no exposure, so no rate"
    assert share_difference(count_reference=0, n_reference=0, count=1, n=2).note == "a denominator is 0, so no rate"


def test_without_events_a_limit_is_zero_or_missing():
    assert poisson_interval(events=0, exposure=100).low == 0
    ratio = rate_ratio(events_reference=0, exposure_reference=100, events=4, exposure=100)
    assert (ratio.estimate, ratio.high) == (None, math.inf)
    assert ratio.low > 0
    assert rate_ratio(events_reference=0, exposure_reference=9, events=0, exposure=9).note == "no events in either period"


def test_nothing_to_test_where_all_shares_are_alike_at_an_edge():
    assert share_difference(count_reference=0, n_reference=5, count=0, n=7).p_value is None
    assert share_trend(times=[0, 1, 2], counts=[0, 0, 0], totals=[9, 9, 9]).note == "the rate is 0 or 100 % throughout: nothing to test"


def test_a_trend_needs_two_periods():
    assert share_trend(times=[0], counts=[1], totals=[9]).slope is None
    assert event_trend(times=[0, 1], events=[1, 2], exposures=[9, 0]).note == "fewer than two periods"
    assert plain_trend(times=[], rates=[]).slope is None


def test_a_rate_without_counts_has_a_slope_and_no_limits():
    trend = plain_trend(times=[0, 1, 3], rates=[0.1, 0.2, 0.4])
    assert trend.slope == pytest.approx(0.1)
    assert (trend.low, trend.p_value) == (None, None)
    assert trend.note


def test_a_very_small_p_keeps_its_digits():
    ratio = rate_ratio(events_reference=10, exposure_reference=9000, events=900, exposure=9000)
    assert 0 < ratio.p_value < 1e-200


@pytest.mark.parametrize("wrong", [{"events": -1}, {"exposure": math.inf}, {"level": 1.0}])
def test_impossible_numbers_are_refused(wrong):
    with pytest.raises(ValueError, match="must be 0 or more"):
        poisson_interval(**{"events": 1, "exposure": 10, **wrong})


@given(COUNT, TOTAL, COUNT, TOTAL)
def test_swapping_the_periods_turns_the_change_round(a, n, b, m):
    forward = rate_difference(events_reference=a, exposure_reference=n, events=b, exposure=m)
    back = rate_difference(events_reference=b, exposure_reference=m, events=a, exposure=n)
    assert (forward.low, forward.high) == pytest.approx((-back.high, -back.low))
    there, again = (rate_ratio(events_reference=x, exposure_reference=t, events=y, exposure=u) for x, t, y, u in ((a, n, b, m), (b, m, a, n)))
    assert there.p_value == pytest.approx(again.p_value) if a + b else there.p_value is None


@given(st.integers(1, 400), TOTAL, st.integers(1, 400), TOTAL)
def test_the_ratio_leaves_out_one_just_when_p_is_small(a, n, b, m):
    ratio = rate_ratio(events_reference=a, exposure_reference=n, events=b, exposure=m)
    if abs(ratio.p_value - 0.05) > 1e-9:
        assert (ratio.p_value < 0.05) == (ratio.low > 1 or ratio.high < 1)


@given(COUNT, TOTAL)
def test_the_interval_holds_the_rate_and_is_that_of_chi_square(events, exposure):
    limits = poisson_interval(events=events, exposure=exposure)
    assert limits.low <= events / exposure <= limits.high
    assert limits.high == pytest.approx(stats.chi2.ppf(0.975, 2 * events + 2) / 2 / exposure)


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(50, 90)), min_size=3, max_size=8), st.integers(-3000, 3000))
def test_a_trend_does_not_depend_on_where_time_begins(pairs, start):
    counts, totals = zip(*pairs, strict=True)
    one = share_trend(times=range(len(pairs)), counts=counts, totals=totals)
    other = share_trend(times=range(start, start + len(pairs)), counts=counts, totals=totals)
    assert one.slope == pytest.approx(other.slope, abs=1e-12)
