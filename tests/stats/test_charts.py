"""Control charts: golden limits, the four signals one by one, and what must hold for any series."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpgstat.stats.chart_rules import Lines, signals
from rpgstat.stats.charts import attributes, control_chart, individuals

GOLDEN = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
LINE = Lines.around(10, 3)


def rules(values, times=None, **options):
    found = signals(times=times or range(len(values)), values=values, lines=[LINE] * len(values), **options)
    return [signal and signal.rule for signal in found]


@pytest.mark.parametrize(("screen", "upper", "lower"), [(False, 6.95, -3.06), (True, 4.6, -0.72)])
def test_golden_limits(screen, upper, lower):
    chart = control_chart(times=range(18), values=GOLDEN, screen=screen)
    assert (round(chart.lines[0].upper, 2), round(chart.lines[0].lower, 2)) == (upper, lower)
    assert [i for i, signal in enumerate(chart.signals) if signal] == [4]
    assert any("screened out: 2" in note for note in chart.notes) == screen


def test_a_point_on_a_limit_is_inside():
    assert rules([13, 13.001, 7, 6.999]) == [None, "outside", None, "outside"]


def test_seven_on_one_side_and_a_point_on_the_centre():
    above = [11, 12, 11, 12, 11, 12, 11]
    assert rules(above) == ["shift"] * 7
    assert rules(above[:6]) == [None] * 6
    assert rules([*above[:4], 10, *above[4:], 12]) == [None] * 9
    assert rules(above[:6], run_length=6) == ["shift"] * 6
    assert rules([*above, 12, 11]) == ["shift"] * 9


def test_seven_points_that_rise_and_a_tie():
    rising = [9.0, 9.2, 9.4, 10.5, 10.6, 10.7, 10.8]
    assert rules(rising) == ["trend"] * 7
    assert rules([9.0, 9.2, 9.4, 9.4, 10.5, 10.6, 10.7]) == [None] * 7
    assert rules(rising[:6]) == [None] * 6
    assert rules([11, *rising]) == [None] + ["trend"] * 7


def test_two_of_three_beyond_two_sigma():
    assert rules([12.5, 11, 12.5]) == ["two_of_three", None, "two_of_three"]
    assert rules([12.5, 9, 12.5]) == [None] * 3  # all three must lie on one side
    assert rules([12.5, 13.5, 11]) == [None, "outside", None]  # a point outside does not count as one of the two
    assert rules([12.5, 13.5, 12.5]) == ["two_of_three", "outside", "two_of_three"]
    assert rules([12, 12, 12]) == [None] * 3  # on the two-sigma line


def test_precedence_of_names():
    falling = [13.5, 12.9, 12.8, 12.7, 12.6, 11.5, 11.2]
    assert rules(falling) == ["outside"] + ["trend"] * 6
    assert rules([11, 11, 12.5, 12.4, 11, 11, 11]) == ["shift", "shift", "two_of_three", "two_of_three", "shift", "shift", "shift"]


@pytest.mark.parametrize("values", [[11, 12, 11, 12, 11, 12, 11], [9.0, 9.2, 9.4, 10.5, 10.6, 10.7, 10.8], [12.5, 12.6, 11]])
def test_a_gap_ends_every_run(values):
    times = [*range(2), *range(3, len(values) + 1)]
    assert any(rules(values))
    assert not any(rules(values, times))


def test_no_moving_range_across_a_gap():
    joined, parted = individuals(times=[0, 1, 2, 3], values=[5, 6, 20, 21]), individuals(times=[0, 1, 3, 4], values=[5, 6, 20, 21])
    assert joined.reach[0] == pytest.approx(2.66 * 16 / 3)
    assert parted.reach[0] == pytest.approx(2.66)
    assert parted.centre == joined.centre


def test_no_two_neighbours_no_limits():
    chart = control_chart(times=[0, 2, 4], values=[5, 6, 20])
    assert chart.lines[0].upper is None
    assert chart.notes == ("no two neighbouring points: no limits",)


def test_fewer_than_twelve_points_are_a_trial():
    assert "trial limits, made from 11 points, fewer than 12" in control_chart(times=range(11), values=GOLDEN[:11]).notes
    assert not control_chart(times=range(12), values=GOLDEN[:12]).notes


def test_limits_begin_anew_only_where_told():
    values = [20, 21] * 8 + [10, 11] * 8
    old = control_chart(times=range(32), values=values)
    assert len(set(old.lines)) == 1
    assert all(old.signals)
    new = control_chart(times=range(32), values=values, rebase=[16])
    assert [line.centre for line in new.lines] == [20.5] * 16 + [10.5] * 16
    assert not any(new.signals)


def test_a_baseline_makes_the_limits_of_its_own_segment():
    values = [20, 21] * 8 + [10, 11] * 8
    chart = control_chart(times=range(32), values=values, baseline=(0, 15))
    assert [line.centre for line in chart.lines] == [20.5] * 32
    assert {signal and signal.rule for signal in chart.signals[16:]} == {"outside"}
    late = control_chart(times=range(32), values=values, rebase=[16], baseline=(16, 19))
    assert "trial limits, made from 4 points, fewer than 12" in late.notes
    with pytest.raises(ValueError, match="cuts the baseline"):
        control_chart(times=range(32), values=values, rebase=[16], baseline=(4, 19))
    with pytest.raises(ValueError, match="no point lies"):
        control_chart(times=range(32), values=values, baseline=(40, 50))


def test_more_variation_than_chance_is_said():
    times, totals = range(24), [400] * 24
    wild = [60, 140] * 12
    chart = control_chart(times=times, values=[count / 400 for count in wild], counts=wild, totals=totals, kind="p")
    assert any(note.startswith("overdispersed") for note in chart.notes)
    calm = [100, 101] * 12
    chart = control_chart(times=times, values=[count / 400 for count in calm], counts=calm, totals=totals, kind="u")
    assert any(note.startswith("underdispersed") for note in chart.notes)


def test_rates_by_population_are_charted_in_their_own_unit():
    counts, totals = [40, 44, 38, 41], [52000, 52100, 52200, 52300]
    values = [10000 * count / total for count, total in zip(counts, totals, strict=True)]
    chart = control_chart(times=range(4), values=values, counts=counts, totals=totals, kind="u", per=10000)
    plain = attributes(times=range(4), counts=counts, totals=totals, kind="u", per=10000)
    assert [line.upper for line in chart.lines] == pytest.approx([plain.centre + reach for reach in plain.reach])
    share = control_chart(times=range(4), values=[v / 100 for v in values], counts=counts, totals=totals, kind="p", per=100)
    assert share.lines[0].upper - share.lines[0].centre == pytest.approx(attributes(times=range(4), counts=counts, totals=totals, kind="p", per=100).reach[0])


def test_equal_values_have_no_signal():
    for value in (0.1, 7, 1 / 3):
        chart = control_chart(times=range(20), values=[value] * 20)
        assert not any(chart.signals)
        assert chart.lines[0].upper == value


def test_a_run_length_below_three_is_refused():
    with pytest.raises(ValueError, match="run length"):
        signals(times=[0], values=[1], lines=[LINE], run_length=2)


@given(st.lists(st.integers(0, 40), min_size=2, max_size=40))
def test_upside_down_the_signals_are_the_same_and_point_the_other_way(values):
    chart = control_chart(times=range(len(values)), values=values)
    turned = control_chart(times=range(len(values)), values=[-value for value in values])
    assert [signal and (signal.rule, not signal.high) for signal in chart.signals] == [signal and (signal.rule, signal.high) for signal in turned.signals]


@given(st.lists(st.integers(0, 40), min_size=2, max_size=40), st.integers(1, 9))
def test_screening_only_narrows(values, factor):
    times = range(len(values))
    plain, screened = individuals(times=times, values=values), individuals(times=times, values=values, screen=True)
    assert screened.reach[0] <= plain.reach[0] * (1 + 1e-12)
    assert individuals(times=times, values=[factor * value for value in values]).reach[0] == pytest.approx(factor * plain.reach[0])
