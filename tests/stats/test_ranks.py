from __future__ import annotations

import numpy as np
import pytest
import scipy.stats
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rpgstat.stats.ranks import brunner_munzel, cliffs_delta, mann_whitney


@st.composite
def two_waves(draw, most=12):
    levels = draw(st.integers(2, 7))
    counts = st.lists(st.integers(0, most), min_size=levels, max_size=levels).filter(any)
    return {"reference": draw(counts), "later": draw(counts)}


def swapped(waves):
    return {"reference": waves["later"], "later": waves["reference"]}


def reversed_levels(waves):
    return {name: counts[::-1] for name, counts in waves.items()}


def random_waves(seed):
    rng = np.random.default_rng(seed)
    levels = int(rng.integers(3, 12))
    reference, later = (rng.multinomial(rng.integers(5, 400), rng.dirichlet(np.ones(levels))) for _ in range(2))
    return reference, later


def answers(counts):
    return np.repeat(np.arange(len(counts)), counts)


@pytest.mark.parametrize("seed", range(25))
def test_rank_tests_agree_with_scipy_on_tied_answers(seed):
    reference, later = random_waves(seed)
    u = scipy.stats.mannwhitneyu(answers(later), answers(reference), method="asymptotic", use_continuity=True)
    test = mann_whitney(reference=reference, later=later)
    assert (test.statistic, test.p_value) == pytest.approx((u.statistic, u.pvalue), rel=1e-9)
    w = scipy.stats.brunnermunzel(answers(reference), answers(later))
    test = brunner_munzel(reference=reference, later=later)
    assert (test.statistic, test.p_value) == pytest.approx((w.statistic, w.pvalue), rel=1e-9)


def test_delta_counts_pairs():
    reference, later = [2, 1, 3], [0, 4, 1]
    pairs = answers(later)[:, None] - answers(reference)
    assert cliffs_delta(reference=reference, later=later).estimate == pytest.approx(np.sign(pairs).mean(), rel=1e-15)


def test_everything_is_positive_when_the_later_wave_is_higher():
    waves = {"reference": [8, 6, 2], "later": [2, 6, 8]}
    assert mann_whitney(**waves).statistic > 16 * 16 / 2
    assert brunner_munzel(**waves).statistic > 0
    assert cliffs_delta(**waves).low > 0


def test_two_million_machine_integers_do_not_overflow():
    reference, later = np.array([400_000, 700_000, 900_000], dtype=np.int32), np.array([400_000, 700_000, 900_000], dtype=np.int32)
    test = mann_whitney(reference=reference, later=later)
    assert (test.statistic, test.p_value) == (2e12, 1.0)
    assert brunner_munzel(reference=reference, later=later).statistic == 0


def test_very_small_p_keeps_its_digits():
    test = mann_whitney(reference=[900, 100], later=[100, 900])
    expected = scipy.stats.mannwhitneyu(answers([100, 900]), answers([900, 100]), method="asymptotic").pvalue
    assert 0 < test.p_value < 1e-250
    assert test.p_value == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("waves", [{"reference": [0, 0], "later": [1, 2]}, {"reference": [3, 1], "later": [0, 0]}, {"reference": [], "later": []}])
def test_an_empty_wave_gives_nothing_and_says_so(waves):
    for found in (mann_whitney(**waves), brunner_munzel(**waves)):
        assert (found.statistic, found.df, found.p_value) == (None, None, None)
        assert found.note == "a wave without answers: nothing to compare"
    delta = cliffs_delta(**waves)
    assert (delta.estimate, delta.low, delta.high, delta.note) == (None, None, None, "a wave without answers: nothing to compare")


def test_equal_answers_have_a_delta_of_zero_and_no_test():
    waves = {"reference": [0, 5, 0], "later": [0, 7, 0]}
    assert mann_whitney(**waves).p_value is brunner_munzel(**waves).p_value is None
    assert mann_whitney(**waves).note == "all answers are equal: no variance"
    delta = cliffs_delta(**waves)
    assert (delta.estimate, delta.low, delta.high, delta.note) == (0, None, None, "all answers are equal: no variance")


def test_complete_separation_keeps_delta_and_mann_whitney_but_has_no_interval():
    waves = {"reference": [4, 3, 0, 0], "later": [0, 0, 2, 6]}
    assert mann_whitney(**waves).statistic == 7 * 8
    assert brunner_munzel(**waves).note == "the waves do not overlap: no variance"
    delta = cliffs_delta(**waves)
    assert (delta.estimate, delta.low, delta.high, delta.note) == (1, None, None, "the waves do not overlap: no variance")


def test_one_respondent_has_no_variance():
    delta = cliffs_delta(reference=[0, 1, 0], later=[1, 2, 3])
    assert delta.estimate == pytest.approx(1 / 3)
    assert (delta.low, delta.note) == (None, "reference n = 1: no variance")
    assert brunner_munzel(reference=[1, 2, 3], later=[0, 1, 0]).note == "later n = 1: no variance"


@pytest.mark.parametrize("kernel", [mann_whitney, brunner_munzel, cliffs_delta])
def test_waves_on_different_levels_are_refused(kernel):
    with pytest.raises(ValueError, match="zip"):
        kernel(reference=[1, 2], later=[1, 2, 3])


@settings(deadline=None, max_examples=60)
@given(two_waves())
def test_swapping_waves_flips_the_sign_and_leaves_p(waves):
    n = sum(waves["reference"]) * sum(waves["later"])
    one, other = mann_whitney(**waves), mann_whitney(**swapped(waves))
    assert one.p_value == other.p_value
    assert one.p_value is None or one.statistic == n - other.statistic
    one, other = brunner_munzel(**waves), brunner_munzel(**swapped(waves))
    assert one.p_value is None or (one.statistic, one.p_value) == pytest.approx((-other.statistic, other.p_value), rel=1e-12)
    one, other = cliffs_delta(**waves), cliffs_delta(**swapped(waves))
    assert one.estimate == -other.estimate
    assert one.low is None or (one.low, one.high) == pytest.approx((-other.high, -other.low), rel=1e-12, abs=1e-15)


@settings(deadline=None, max_examples=60)
@given(two_waves())
def test_reversing_the_scale_negates_delta_and_leaves_p(waves):
    assert cliffs_delta(**reversed_levels(waves)).estimate == -cliffs_delta(**waves).estimate
    assert mann_whitney(**reversed_levels(waves)).p_value == mann_whitney(**waves).p_value
    one, other = brunner_munzel(**waves), brunner_munzel(**reversed_levels(waves))
    assert one.p_value is None or (one.statistic, one.p_value) == pytest.approx((-other.statistic, other.p_value), rel=1e-12)


@settings(deadline=None, max_examples=60)
@given(two_waves(), st.integers(0, 7))
def test_only_the_order_of_levels_counts(waves, place):
    spread = {name: [*counts[:place], 0, *counts[place:]] for name, counts in waves.items()}
    for kernel in (mann_whitney, brunner_munzel, cliffs_delta):
        assert kernel(**spread) == kernel(**waves)


@settings(deadline=None, max_examples=60)
@given(two_waves())
def test_doubling_counts_keeps_delta_and_narrows_its_interval(waves):
    one, twice = cliffs_delta(**waves), cliffs_delta(**{name: [2 * count for count in counts] for name, counts in waves.items()})
    assert twice.estimate == one.estimate
    assume(one.low is not None and (one.low > -1 or one.high < 1))
    assert twice.high - twice.low < one.high - one.low


@settings(deadline=None, max_examples=60)
@given(two_waves())
def test_p_and_delta_stay_in_range(waves):
    for test in (mann_whitney(**waves), brunner_munzel(**waves)):
        assert test.p_value is None or 0 <= test.p_value <= 1
    delta = cliffs_delta(**waves)
    assert -1 <= delta.estimate <= 1
    assert delta.low is None or -1 <= delta.low <= delta.estimate <= delta.high <= 1
