from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpgstat.stats.group_changes import interaction, standardised
from rpgstat.stats.groups import welch_anova
from rpgstat.stats.means import welch
from rpgstat.stats.sample import critical_t, describe, two_sided_t

FEW_GROUPS = "fewer than two groups with answers"
NO_VARIANCE = "fewer than two answers, or all equal, in a group: no variance"
WHOLE_POPULATION = "no sampling error is left, so no test"

SCORES = [1, 2, 3, 4, 5]
CELL = st.lists(st.integers(0, 40), min_size=5, max_size=5).filter(lambda counts: sum(count > 0 for count in counts) > 1)


def five_point(counts):
    return describe(counts=counts, scores=SCORES)


SAMPLES = CELL.map(five_point)
TWO_WAVES = st.lists(st.tuples(SAMPLES, SAMPLES), min_size=2, max_size=5).map(
    lambda cells: dict(zip(("reference", "later"), zip(*cells, strict=True), strict=True))
)
MIXED, HIGHER, ONE, NOBODY, EQUAL = (five_point(own) for own in ([1, 2, 3, 2, 1], [0, 1, 2, 6, 5], [0, 0, 0, 1, 0], [0] * 5, [0, 0, 9, 0, 0]))
EVERYONE = replace(MIXED, variance=0.0)


def variance_and_df(*parts):
    """Variance and Satterthwaite's df of a sum of independent means, each given with its squared factor."""
    variances = [factor * sample.mean_variance for factor, sample in parts]
    return sum(variances), sum(variances) ** 2 / sum(own**2 / (sample.n - 1) for own, (_, sample) in zip(variances, parts, strict=True))


@given(SAMPLES, SAMPLES, SAMPLES, SAMPLES)
def test_with_two_groups_the_interaction_is_the_t_of_the_double_difference(a, b, c, d):
    test = interaction(reference=[a, b], later=[c, d])
    variance, df = variance_and_df((1, a), (1, b), (1, c), (1, d))
    t = ((c.mean - a.mean) - (d.mean - b.mean)) / math.sqrt(variance)
    assert (test.f_statistic, test.df1, test.df2) == pytest.approx((t * t, 1, df), rel=1e-9, abs=1e-18)
    assert test.p_value == pytest.approx(two_sided_t(statistic=t, df=df), rel=1e-9)


@given(TWO_WAVES)
def test_swapping_the_waves_changes_no_interaction_and_turns_the_standardised_change(waves):
    groups = len(waves["later"])
    swapped = {"reference": waves["later"], "later": waves["reference"]}
    one, other = interaction(**waves), interaction(**swapped)
    assert (one.f_statistic, one.df2) == pytest.approx((other.f_statistic, other.df2), rel=1e-9, abs=1e-12)
    there, back = (standardised(**each, shares=[1 / groups] * groups) for each in (waves, swapped))
    assert (there.estimate, there.conf_low, there.conf_high) == pytest.approx((-back.estimate, -back.conf_high, -back.conf_low), abs=1e-12)
    assert there.p_value == pytest.approx(back.p_value, rel=1e-9)


@given(TWO_WAVES, st.floats(0.5, 0.99))
def test_the_whole_share_in_one_group_is_welch(waves, level):
    shares = [0.0] * (len(waves["later"]) - 1) + [1.0]
    change = standardised(**waves, shares=shares, level=level)
    expected = welch(reference=waves["reference"][-1], later=waves["later"][-1], level=level)
    for name in ("estimate", "std_error", "df", "conf_low", "conf_high", "p_value"):
        assert getattr(change, name) == pytest.approx(getattr(expected, name), rel=1e-9, abs=1e-12)


@given(TWO_WAVES)
def test_standardised_over_all_cells(waves):
    groups = len(waves["later"])
    shares = [2 * (i + 1) / (groups * (groups + 1)) for i in range(groups)]
    change = standardised(**waves, shares=shares)
    variance, df = variance_and_df(*[(w * w, sample) for wave in waves.values() for w, sample in zip(shares, wave, strict=True)])
    assert (change.std_error, change.df) == pytest.approx((math.sqrt(variance), df), rel=1e-9)
    assert change.conf_high - change.estimate == pytest.approx(critical_t(df=df, level=0.95) * math.sqrt(variance), rel=1e-9)


def test_a_shift_in_the_mix_alone_is_no_change():
    low, high = five_point([20, 30, 10, 0, 0]), five_point([0, 0, 10, 30, 20])
    more_of_the_high = five_point([0, 0, 40, 120, 80])
    change = standardised(reference=[low, high], later=[low, more_of_the_high], shares=[0.5, 0.5])
    assert change.estimate == 0
    assert change.p_value == 1
    assert interaction(reference=[low, high], later=[low, more_of_the_high]).f_statistic == 0


def test_interaction_without_waves_apart_is_the_anova_of_the_later_wave():
    """A reference wave known exactly and the same everywhere leaves the later wave's own ANOVA."""
    later = [MIXED, HIGHER, five_point([4, 3, 2, 0, 0])]
    test = interaction(reference=[EVERYONE] * 3, later=later)
    anova = welch_anova(samples=later)
    assert (test.f_statistic, test.df1, test.df2, test.p_value) == pytest.approx((anova.f_statistic, anova.df1, anova.df2, anova.p_value), rel=1e-12)


@pytest.mark.parametrize(
    ("reference", "later", "note", "lacking"),
    [
        ([], [], FEW_GROUPS, ()),
        ([MIXED], [MIXED], FEW_GROUPS, ()),
        ([MIXED, ONE, MIXED], [MIXED, MIXED, NOBODY], NO_VARIANCE, (1, 2)),
        ([MIXED, EQUAL], [MIXED, EQUAL], NO_VARIANCE, (1,)),
        ([MIXED, EVERYONE], [MIXED, EVERYONE], WHOLE_POPULATION, (1,)),
        ([MIXED, EQUAL], [MIXED, EVERYONE], NO_VARIANCE, (1,)),
    ],
)
def test_no_interaction_without_variance_in_each_group(reference, later, note, lacking):
    test = interaction(reference=reference, later=later)
    assert (test.f_statistic, test.df1, test.df2, test.p_value) == (None,) * 4
    assert (test.note, test.lacking) == (note, lacking)


def test_a_wave_of_equal_answers_in_one_group_is_no_obstacle():
    assert interaction(reference=[MIXED, EQUAL], later=[HIGHER, MIXED]).p_value is not None


def test_groups_too_small_for_their_share_are_pointed_out():
    change = standardised(reference=[MIXED, ONE, MIXED], later=[MIXED, MIXED, NOBODY], shares=[0.5, 0.3, 0.2])
    assert (change.estimate, change.std_error, change.df, change.conf_low, change.conf_high, change.p_value) == (None,) * 6
    assert change.lacking == (1, 2)
    assert "fewer than two answers" in change.note
    assert standardised(reference=[MIXED, ONE], later=[HIGHER, NOBODY], shares=[1, 0]).p_value is not None


def test_without_any_variance_only_what_is_known_stands():
    change = standardised(reference=[EQUAL, EQUAL], later=[EQUAL, EQUAL], shares=[0.5, 0.5])
    assert (change.estimate, change.std_error, change.p_value) == (0, None, None)
    assert "no variance" in change.note
    census = standardised(reference=[EVERYONE], later=[EVERYONE], shares=[1])
    assert (census.estimate, census.std_error, census.conf_low, census.conf_high, census.p_value, census.note) == (0, 0, 0, 0, None, WHOLE_POPULATION)
    assert standardised(reference=[EVERYONE, EQUAL], later=[EVERYONE, EQUAL], shares=[0.5, 0.5]).std_error is None


@pytest.mark.parametrize("shares", [[0.5, 0.4], [1.2, -0.2], [math.nan, 1.0], [0.33, 0.66]])
def test_shares_that_are_no_mix_are_refused(shares):
    with pytest.raises(ValueError, match="sum to 1"):
        standardised(reference=[MIXED, MIXED], later=[MIXED, MIXED], shares=shares)


def test_unequal_numbers_of_groups_are_refused():
    with pytest.raises(ValueError, match="argument"):
        interaction(reference=[MIXED], later=[MIXED, MIXED])
    with pytest.raises(ValueError, match="argument"):
        standardised(reference=[MIXED, MIXED], later=[MIXED, MIXED], shares=[1.0])
