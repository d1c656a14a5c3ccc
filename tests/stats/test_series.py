"""Trend of a series: what must hold for any series, and what SciPy and statsmodels say."""

import itertools
import math

import numpy as np
import pytest
import scipy.stats
from hypothesis import assume, given
from hypothesis import strategies as st

from rpgstat.stats.regression import percent_per_year, segmented
from rpgstat.stats.serial import hamed_rao, seasonal_kendall
from rpgstat.stats.series import LEVEL, SHORT, autocorrelation, kendall_tau, mann_kendall, residuals, theil_sen

SERIES = st.lists(st.integers(0, 30), min_size=3, max_size=40)


@st.composite
def gapped(draw, least=5, most=40):
    """Period indices with gaps, and a value at each."""
    times = sorted(draw(st.sets(st.integers(0, 60), min_size=least, max_size=most)))
    return times, draw(st.lists(st.integers(0, 50), min_size=len(times), max_size=len(times)))


@given(gapped())
def test_the_slope_is_scipys(series):
    times, values = series
    theirs = scipy.stats.theilslopes(values, times, alpha=0.95)
    ours = theil_sen(times=times, values=values, per_year=12)
    assert ours.estimate == pytest.approx(12 * theirs.slope, rel=1e-12)
    if ours.low is not None:
        assert [ours.low, ours.high] == pytest.approx([12 * theirs.low_slope, 12 * theirs.high_slope], rel=1e-12)


@given(SERIES)
def test_tau_is_scipys(values):
    assume(len(set(values)) > 1)
    assert kendall_tau(values=values) == pytest.approx(scipy.stats.kendalltau(range(len(values)), values).statistic, rel=1e-12, abs=1e-15)


@given(gapped(20, 40))
def test_turning_time_round_flips_every_sign_and_keeps_every_p(series):
    times, values = series
    assume(len(set(values)) > 1)
    back_times, back = [60 - time for time in reversed(times)], list(reversed(values))
    for test in (mann_kendall(values=values), mann_kendall(values=back)):
        assert 0 <= test.p_value <= 1
    assert mann_kendall(values=back).statistic == -mann_kendall(values=values).statistic
    assert mann_kendall(values=back).p_value == mann_kendall(values=values).p_value
    assert theil_sen(times=back_times, values=back).estimate == pytest.approx(-theil_sen(times=times, values=values).estimate, abs=1e-12)
    assert hamed_rao(times=back_times, values=back).p_value == pytest.approx(hamed_rao(times=times, values=values).p_value, rel=1e-9)


@given(gapped(20, 40))
def test_a_correction_for_autocorrelation_never_lowers_p(series):
    times, values = series
    assume(len(set(values)) > 1)
    assert hamed_rao(times=times, values=values).p_value >= mann_kendall(values=values).p_value


@given(SERIES, st.integers(1, 50), st.integers(-100, 100))
def test_unit_and_origin_do_not_matter_to_ranks(values, factor, origin):
    moved = [factor * value + origin for value in values]
    assert kendall_tau(values=moved) == kendall_tau(values=values)
    assert mann_kendall(values=moved) == mann_kendall(values=values)


def test_a_gap_moves_the_slope_and_not_the_test():
    assert theil_sen(times=[0, 1, 2], values=[6, 5, 4]).estimate == -1
    assert theil_sen(times=[0, 1, 12], values=[6, 5, 4]).estimate == pytest.approx(-1 / 6)


def test_one_season_of_independent_years_is_the_plain_test():
    values = [9, 7, 8, 5, 6, 3, 4, 2, 2, 1]
    once_a_year = seasonal_kendall(times=[12 * year + 4 for year in range(10)], values=values)
    assert (once_a_year.statistic, once_a_year.p_value) == (
        mann_kendall(values=values).statistic,
        pytest.approx(mann_kendall(values=values).p_value, rel=1e-12),
    )


def test_seasons_do_not_hide_a_trend():
    months = list(range(96))
    values = [100 - month // 12 + 40 * ((month * 7) % 12) for month in months]
    assert mann_kendall(values=values).p_value > 0.1 > 0.01 > seasonal_kendall(times=months, values=values).p_value


@pytest.mark.parametrize("years", [2, 3])
def test_two_or_three_years_are_too_few_for_the_seasonal_test_whatever_the_data(years):
    months = list(range(12 * years))
    assert seasonal_kendall(times=months, values=[1000 - 10 * month for month in months]).p_value > 0.1


@pytest.mark.parametrize(("values", "note"), [([], SHORT), ([4], SHORT), ([4, 5], SHORT), ([4, 4, 4, 4], LEVEL)])
def test_what_cannot_be_tested_says_why(values, note):
    times = range(len(values))
    for test in (mann_kendall(values=values), hamed_rao(times=times, values=values), seasonal_kendall(times=times, values=values)):
        assert test.p_value is None
        assert test.note == note
    assert mann_kendall(values=values).statistic is None


def test_too_few_points_for_limits():
    assert theil_sen(times=[0], values=[3]).note == "n = 1: no slope"
    four = theil_sen(times=range(4), values=[4, 3, 2, 1])
    assert (four.estimate, four.low, four.high) == (-1, None, None)
    assert "too few points" in four.note
    assert theil_sen(times=range(5), values=[5, 4, 3, 2, 0]).low == -2.0


def test_a_straight_line_leaves_nothing():
    times = range(0, 30, 3)
    assert set(residuals(times=times, values=[0.1 * time for time in times])) == {0.0}
    assert autocorrelation(times=times, values=[7.0] * 10) is None
    assert autocorrelation(times=times, values=[float(time) for time in times], lag=1) is None


def test_forty_years_of_months():
    months = list(range(480))
    values = [500 - 0.3 * month + 20 * math.sin(month * math.pi / 6) for month in months]
    assert theil_sen(times=months, values=values, per_year=12).estimate == pytest.approx(-3.6, rel=0.02)
    assert seasonal_kendall(times=months, values=values).p_value < 1e-6
    assert percent_per_year(times=months, values=values).high < 0


@pytest.mark.parametrize(("n", "exposed"), [(18, False), (30, True), (40, True), (75, False)])
def test_percent_and_events_are_those_of_statsmodels(n, exposed):
    api = pytest.importorskip("statsmodels.api")
    rng = np.random.default_rng(n)
    index = np.arange(n)
    exposure = rng.integers(150, 250, n) if exposed else np.ones(n)
    y = rng.poisson(exposure * (0.3 if exposed else 60) * np.exp(-0.01 * index))
    months = [index % 12 == month for month in range(1, 12)] if n >= 24 else []
    x = np.column_stack([np.ones(n), index / 12, *months]).astype(float)
    lags = math.floor(4 * (n / 100) ** (2 / 9))
    model = api.GLM(y, x, family=api.families.Poisson(), offset=np.log(exposure))
    fit = model.fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}, use_t=True, tol=1e-14)
    ours = percent_per_year(times=index.tolist(), values=y.tolist(), exposure=exposure.tolist())
    theirs = np.expm1([fit.params[1], *fit.conf_int()[1]])
    assert [ours.estimate, ours.low, ours.high] == pytest.approx(theirs, rel=1e-8)
    broken = np.column_stack([x if n >= 36 else x[:, :2], index >= 9, np.maximum(index - 9, 0) / 12])
    line = api.OLS(y, broken).fit().get_robustcov_results("HAC", maxlags=lags, use_correction=True, use_t=True)
    event = segmented(times=index.tolist(), values=y.tolist(), events=[9])[0]
    assert [event.level, event.level_low, event.level_high, event.p_level] == pytest.approx([line.params[-2], *line.conf_int()[-2], line.pvalues[-2]], rel=1e-8)
    assert [event.slope, event.slope_low, event.slope_high, event.p_slope] == pytest.approx([line.params[-1], *line.conf_int()[-1], line.pvalues[-1]], rel=1e-8)


@pytest.mark.parametrize("values", [[0] * 10, [3, -1, 2, 4], [5, 4], []])
def test_no_percent_without_counts(values):
    change = percent_per_year(times=range(len(values)), values=values, per_year=1)
    assert change.estimate is None
    assert change.note.startswith("no change in per cent")


def test_a_perfect_curve_has_no_limits():
    change = percent_per_year(times=range(8), values=[100 * 0.9**year for year in range(8)], per_year=1)
    assert change.estimate == pytest.approx(-0.1)
    assert (change.low, change.high) == (None, None)
    assert "curve" in change.note


@given(gapped(6, 20), st.integers(2, 9))
def test_the_unit_of_the_values_does_not_move_the_percent(series, factor):
    times, values = series
    assume(any(values))
    one = percent_per_year(times=times, values=values, per_year=1)
    other = percent_per_year(times=times, values=[factor * value for value in values], per_year=1)
    assert other.note == one.note
    if one.low is not None:
        assert [other.estimate, other.low, other.high] == pytest.approx([one.estimate, one.low, one.high], rel=1e-6, abs=1e-9)


def test_an_event_needs_three_points_on_either_side():
    values = [5, 6, 4, 5, 6, 5, 2, 3, 1]
    for event, usable in ((2, False), (3, True), (6, True), (7, False), (40, False), (-4, False)):
        found = segmented(times=range(9), values=values, events=[event], per_year=1)[0]
        assert (found.level is not None) == usable
        assert bool(found.note) != usable


def test_two_events_too_close_are_not_told_apart_and_leave_the_third_alone():
    values = list(itertools.islice(itertools.cycle([5, 6, 4, 7]), 24))
    close, closer, alone = segmented(times=range(24), values=values, events=[5, 6, 15], per_year=4)
    assert close.level is None
    assert closer.note
    assert alone.level is not None


def test_a_step_is_found_where_it_is():
    values = [50 + (month % 3) - (20 if month >= 12 else 0) for month in range(24)]
    step = segmented(times=range(24), values=values, events=[12])[0]
    assert step.level == pytest.approx(-20, abs=1)  # the pattern of three months is not quite even about the line
    assert step.p_level < 0.001
