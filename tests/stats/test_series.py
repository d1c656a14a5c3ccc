"""Series in time: what must hold for any series, what SciPy and statsmodels say, and what cannot be judged."""

import itertools
import math
import time

import numpy as np
import pytest
import scipy.stats
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rpgstat.stats.regression import FEWEST, linear_trend, percent_per_year, segmented
from rpgstat.stats.serial import autoregressive
from rpgstat.stats.series import autocorrelation, kendall_tau, residuals, theil_sen

AT_BOUND = "neighbouring periods are so alike that a trend cannot be told from their drift"
PERFECT = "every point lies on the line: no error can be measured"

SERIES = st.lists(st.integers(0, 30), min_size=3, max_size=40)


@st.composite
def gapped(draw, least=5, most=40):
    """Period indices with gaps, and a value at each."""
    times = sorted(draw(st.sets(st.integers(0, 60), min_size=least, max_size=most)))
    return times, draw(st.lists(st.integers(0, 50), min_size=len(times), max_size=len(times)))


def remembering(seed, n, phi, slope=0.0):
    """A series about a line of `slope` a period, each error pulled towards the one before."""
    draw = np.random.default_rng(seed)
    errors = [draw.normal()]
    while len(errors) < n:
        errors.append(phi * errors[-1] + math.sqrt(1 - phi**2) * draw.normal())
    return [100 + slope * i + 5 * error for i, error in enumerate(errors)]


@given(gapped())
def test_the_median_slope_is_scipys(series):
    times, values = series
    assert theil_sen(times=times, values=values, per_year=12) == pytest.approx(12 * scipy.stats.theilslopes(values, times).slope, rel=1e-12)


@given(SERIES)
def test_tau_is_scipys(values):
    assume(len(set(values)) > 1)
    assert kendall_tau(values=values) == pytest.approx(scipy.stats.kendalltau(range(len(values)), values).statistic, rel=1e-12, abs=1e-15)


@given(SERIES, st.integers(1, 50), st.integers(-100, 100))
def test_unit_and_origin_do_not_matter_to_ranks(values, factor, origin):
    assert kendall_tau(values=[factor * value + origin for value in values]) == kendall_tau(values=values)


def test_a_gap_moves_the_slope():
    assert theil_sen(times=[0, 1, 2], values=[6, 5, 4]) == -1
    assert theil_sen(times=[0, 1, 12], values=[6, 5, 4]) == pytest.approx(-1 / 6)
    assert theil_sen(times=[0], values=[3]) is None


def test_a_straight_line_leaves_nothing():
    times = range(0, 30, 3)
    assert set(residuals(times=times, values=[0.1 * time for time in times])) == {0.0}
    assert autocorrelation(times=times, values=[7.0] * 10) is None
    assert autocorrelation(times=times, values=[float(time) for time in times], lag=1) is None


def test_no_other_phi_is_likelier():
    times = [i for i in range(50) if i not in (7, 8, 30)]
    values = [remembering(3, 50, 0.6)[i] for i in times]
    design = np.column_stack([np.ones(len(times)), times])

    def restricted(phi):
        covariance = phi ** np.abs(np.subtract.outer(times, times))
        inverse = np.linalg.inv(covariance)
        known = design.T @ inverse @ design
        rest = values - design @ np.linalg.solve(known, design.T @ inverse @ values)
        return -0.5 * (45 * math.log(rest @ inverse @ rest) + np.linalg.slogdet(covariance)[1] + np.linalg.slogdet(known)[1])

    phi = autoregressive(times=times, values=values, design=design).phi
    assert restricted(phi) >= max(map(restricted, np.linspace(0.05, 0.95, 91)))
    assert max(np.linspace(0.05, 0.95, 91), key=restricted) == pytest.approx(phi, abs=0.006)


@settings(max_examples=30, deadline=None)
@given(gapped(20, 40), st.integers(2, 50), st.integers(-100, 100))
def test_the_slope_is_in_the_unit_and_its_p_is_not(series, factor, origin):
    times, values = series
    one = linear_trend(times=times, values=values)
    other = linear_trend(times=times, values=[factor * value + origin for value in values])
    assume(one.phi is not None and other.phi is not None)
    assert other.slope.p_value == pytest.approx(one.slope.p_value, abs=1e-5)
    assert other.slope.estimate == pytest.approx(factor * one.slope.estimate, rel=1e-4, abs=1e-4)


@settings(max_examples=30, deadline=None)
@given(gapped(20, 40))
def test_turning_time_round_flips_the_slope_and_keeps_its_p(series):
    times, values = series
    there = linear_trend(times=times, values=values)
    back = linear_trend(times=[60 - time for time in reversed(times)], values=list(reversed(values)))
    assume(there.phi is not None and back.phi is not None)
    assert back.slope.estimate == pytest.approx(-there.slope.estimate, rel=1e-4, abs=1e-4)
    assert back.slope.p_value == pytest.approx(there.slope.p_value, abs=1e-5)


@given(gapped(20, 40))
@settings(max_examples=40, deadline=None)
def test_limits_and_p_never_contradict_each_other(series):
    times, values = series
    slope = linear_trend(times=times, values=values).slope
    if slope.p_value is not None:
        assert (slope.low > 0 or slope.high < 0) == (slope.p_value < 0.05)


def test_alike_neighbours_widen_the_limits():
    alone, alike = (linear_trend(times=range(60), values=remembering(1, 60, phi)) for phi in (0.0, 0.8))
    assert abs(alone.phi) < 0.35 < 0.5 < alike.phi
    assert alike.slope.high - alike.slope.low > 1.5 * (alone.slope.high - alone.slope.low)


def test_seasons_do_not_hide_a_trend_from_four_years_on():
    def seasonal(n):
        return [100 - i / 12 * 2 + 30 * math.sin(i * math.pi / 6) + (i * 7 % 5) for i in range(n)]

    assert linear_trend(times=range(47), values=seasonal(47)).slope.high > 0
    assert linear_trend(times=range(48), values=seasonal(48)).slope.high < 0


def test_below_twenty_points_nothing_is_tested():
    for n in (2, 12, FEWEST - 1):
        found = linear_trend(times=range(n), values=remembering(2, n, 0.3, -1))
        assert found.slope.estimate is not None
        assert (found.slope.low, found.slope.high, found.slope.p_value, found.phi) == (None, None, None, None)
        assert "fewer than 20: described, not tested" in found.note
    assert linear_trend(times=range(FEWEST), values=remembering(2, FEWEST, 0.3, -1)).slope.p_value is not None
    assert linear_trend(times=[5], values=[3]).note == "n = 1: no slope"


def test_a_line_without_errors_has_a_slope_and_no_limits():
    for values, slope in (([7.0] * 30, 0), ([500 - 0.1 * i for i in range(30)], -1.2), ([1e9 + i for i in range(60)], 12)):
        found = linear_trend(times=range(len(values)), values=values)
        assert found.slope.estimate == pytest.approx(slope, abs=1e-6)
        assert (found.slope.low, found.slope.p_value, found.phi, found.note) == (None, None, None, PERFECT)


def test_a_drift_without_end_has_no_trend_and_says_so():
    values = list(itertools.accumulate([1.0] * 20 + [-1.0] * 20))
    found = linear_trend(times=range(40), values=values, per_year=1)
    assert (found.slope.estimate, found.slope.p_value, found.phi, found.note) == (None, None, None, AT_BOUND)


def test_forty_years_of_months_are_quick():
    months = list(range(480))
    values = [500 - 0.3 * month + 20 * math.sin(month * math.pi / 6) + month * 7919 % 23 for month in months]
    began = time.perf_counter()
    found = linear_trend(times=months, values=values)
    breaks = segmented(times=months, values=values, events=[100, 200, 300])
    change = percent_per_year(times=months, values=values)
    assert time.perf_counter() - began < 1
    assert found.slope.high < 0
    assert len(breaks) == 3
    assert change.slope.high < 0


@pytest.mark.parametrize(("n", "exposed"), [(18, False), (30, True), (40, True), (75, False)])
def test_percent_is_that_of_statsmodels(n, exposed):
    api = pytest.importorskip("statsmodels.api")
    rng = np.random.default_rng(n)
    index = np.arange(n)
    exposure = rng.integers(150, 250, n) if exposed else np.ones(n)
    y = rng.poisson(exposure * (0.3 if exposed else 60) * np.exp(-0.01 * index))
    months = [index % 12 == month for month in range(1, 12)] if n >= 24 else []
    x = np.column_stack([np.ones(n), index / 12, *months]).astype(float)
    fit = api.GLM(y, x, family=api.families.Poisson(), offset=np.log(exposure)).fit(tol=1e-14)
    ours = percent_per_year(times=index.tolist(), values=y.tolist(), exposure=exposure.tolist())
    assert ours.slope.estimate == pytest.approx(np.expm1(fit.params[1]), rel=1e-8)
    logs = linear_trend(times=index.tolist(), values=np.log(y / exposure).tolist())
    assert ours.slope.low == (None if n < FEWEST else pytest.approx(math.expm1(logs.slope.low), rel=1e-12))


@pytest.mark.parametrize("values", [[0] * 10, [3, -1, 2, 4], [5, 4], []])
def test_no_percent_without_counts(values):
    change = percent_per_year(times=range(len(values)), values=values, per_year=1)
    assert change.slope.estimate is None
    assert change.note.startswith("no change in per cent")


@pytest.mark.parametrize(
    ("values", "why"),
    [([100 * 0.9**year for year in range(24)], "every point lies on the line"), ([*remembering(5, 23, 0.2), 0], "a value is 0")],
)
def test_a_percent_without_limits_says_why(values, why):
    change = percent_per_year(times=range(24), values=values, per_year=1)
    assert change.slope.estimate is not None
    assert (change.slope.low, change.slope.high) == (None, None)
    assert why in change.note


@given(gapped(6, 20), st.integers(2, 9))
def test_the_unit_of_the_values_does_not_move_the_percent(series, factor):
    times, values = series
    assume(any(values))
    one = percent_per_year(times=times, values=values, per_year=1)
    other = percent_per_year(times=times, values=[factor * value for value in values], per_year=1)
    if one.slope.estimate is None:
        assert other.slope.estimate is None
    else:
        assert other.slope.estimate == pytest.approx(one.slope.estimate, rel=1e-6, abs=1e-9)


def test_an_event_needs_twelve_points_on_either_side():
    values = remembering(8, 30, 0.2)
    for event, usable in ((2, False), (11, False), (12, True), (18, True), (19, False), (40, False), (-4, False)):
        found = segmented(times=range(30), values=values, events=[event], per_year=1)[0]
        assert (found.step.estimate is not None) == usable
        assert bool(found.note) != usable


def test_two_events_too_close_are_not_told_apart_and_leave_the_third_alone():
    close, closer, alone = segmented(times=range(60), values=remembering(9, 60, 0.2), events=[15, 20, 40], per_year=4)
    assert close.step.estimate is None
    assert "15 and 5 points" in close.note
    assert closer.note
    assert alone.step.p_value is not None


def test_an_event_at_the_very_end_does_not_stand_in_the_way_of_another():
    first, last = segmented(times=range(24), values=remembering(6, 24, 0.2), events=[12, 23])
    assert first.step.p_value is not None
    assert "23 and 1 points" in last.note


def test_events_of_one_period_are_one_break():
    values = [value - (20 if i >= 15 else 0) for i, value in enumerate(remembering(4, 30, 0.2))]
    one, same, both = segmented(times=range(30), values=values, events=[15])[0], *segmented(times=range(30), values=values, events=[15, 15])
    assert one == same == both
    assert one.step.p_value < 0.001


def test_a_step_is_found_where_it_is():
    values = [50 + (month % 3) - (20 if month >= 12 else 0) for month in range(24)]
    step = segmented(times=range(24), values=values, events=[12])[0].step
    assert step.estimate == pytest.approx(-20, abs=1.5)  # the pattern of three months is not quite even about the line
    assert step.p_value < 0.001
