from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from rpgstat.stats import _tables
from rpgstat.stats.chi_square import chi_square, cramers_v


@st.composite
def two_waves(draw, most=12):
    levels = draw(st.integers(2, 5))
    counts = st.lists(st.integers(0, most), min_size=levels, max_size=levels).filter(any)
    return {"reference": draw(counts), "later": draw(counts)}


def brute_force(reference, later):
    """Every way to pick the reference people, one by one; cross-differences keep the comparison in whole numbers."""
    people = [level for level, (a, b) in enumerate(zip(reference, later, strict=True)) for _ in range(a + b)]
    totals = [people.count(level) for level in range(len(reference))]
    unit = math.lcm(*(total for total in totals if total))

    def size(taken):
        return sum((count * len(people) - total * sum(reference)) ** 2 * (unit // total) for count, total in zip(taken, totals, strict=True) if total)

    picks = [tuple(pick.count(level) for level in range(len(totals))) for pick in combinations(people, sum(reference))]
    return sum(size(pick) >= size(reference) for pick in picks) / len(picks)


@pytest.mark.parametrize("seed", range(20))
def test_chi_square_agrees_with_scipy(seed):
    rng = np.random.default_rng(seed)
    levels = int(rng.integers(2, 8))
    waves = [rng.multinomial(rng.integers(20, 2000), rng.dirichlet(np.full(levels, 3.0))) for _ in range(2)]
    used = np.array(waves)[:, np.sum(waves, axis=0) > 0]
    expected = scipy.stats.chi2_contingency(used, correction=False)
    test = chi_square(reference=waves[0], later=waves[1]).test
    assert (test.statistic, test.df, test.p_value) == pytest.approx((expected.statistic, expected.dof, expected.pvalue), rel=1e-9)
    assert cramers_v(reference=waves[0], later=waves[1]).estimate == pytest.approx(scipy.stats.contingency.association(used, "cramer"), rel=1e-9)


@settings(deadline=None, max_examples=25)
@given(two_waves(most=2))
def test_exact_p_is_brute_force_on_tiny_samples(waves):
    found = chi_square(**waves)
    if found.test.p_value is not None:
        assert found.exact_method == "enumeration"
        assert found.exact_p == pytest.approx(brute_force(**waves), rel=1e-12)


def test_exact_p_stands_only_beside_small_expected_counts():
    assert chi_square(reference=[10, 10], later=[10, 10]).exact_method is None
    assert chi_square(reference=[5, 15], later=[5, 15]).exact_p is None
    assert chi_square(reference=[4, 16], later=[5, 15]).exact_method == "enumeration"


def test_monte_carlo_agrees_with_enumeration_and_repeats_itself(monkeypatch):
    waves = {"reference": [2, 3, 9, 8], "later": [1, 8, 12, 30]}
    exact_p = chi_square(**waves).exact_p
    monkeypatch.setattr(_tables, "MAX_TABLES", 0)
    drawn = chi_square(**waves)
    assert drawn.exact_method == "Monte Carlo"
    assert drawn.exact_p == pytest.approx(exact_p, abs=4 * math.sqrt(exact_p * (1 - exact_p) / 99_999))
    assert drawn.exact_p * 100_000 == pytest.approx(round(drawn.exact_p * 100_000))
    assert chi_square(**waves) == drawn


def test_many_levels_are_drawn_at_random():
    assert chi_square(reference=[3] * 11, later=[2, 4] * 5 + [3]).exact_method == "Monte Carlo"


def test_denominators_beyond_64_bits_stay_exact():
    primes = [1009, 1013, 1019, 1021, 1031, 1033, 1039]
    reference, later = [2, *(p // 2 for p in primes)], [1, *(p - p // 2 for p in primes)]
    assert math.lcm(3, *primes) > 2**64
    found = chi_square(reference=reference, later=later)
    assert found.exact_method == "Monte Carlo"
    assert found.exact_p == pytest.approx(found.test.p_value, abs=0.01)


def test_v_is_one_when_no_level_is_shared():
    v = cramers_v(reference=[20, 20, 0, 0], later=[0, 0, 20, 20])
    assert (v.estimate, v.high) == (1, 1)
    assert 0.7 < v.low < 1


def test_limits_of_v_are_noncentralities_with_the_right_tails():
    waves = {"reference": [8, 20, 15, 4], "later": [5, 20, 30, 20]}
    v, statistic = cramers_v(**waves, level=0.9), chi_square(**waves).test.statistic
    for limit, below in ((v.low, 0.95), (v.high, 0.05)):
        assert scipy.stats.ncx2.cdf(statistic, 3, limit**2 * 122) == pytest.approx(below, rel=1e-9)


def test_identical_waves_have_a_v_of_exactly_zero():
    v = cramers_v(reference=[7, 11, 13], later=[14, 22, 26])
    assert (v.estimate, v.low, v.high) == (0, 0, 0)
    assert chi_square(reference=[7, 11, 13], later=[14, 22, 26]).test.p_value == 1


@pytest.mark.parametrize(
    ("reference", "later", "note"),
    [
        ([0, 0], [1, 2], "a wave without answers: nothing to compare"),
        ([3, 1], [0, 0], "a wave without answers: nothing to compare"),
        ([0, 3, 0], [0, 9, 0], "all answers are equal: fewer than two levels used"),
    ],
)
def test_where_there_is_no_chi_square_a_note_says_why(reference, later, note):
    found = chi_square(reference=reference, later=later)
    assert (found.test.statistic, found.test.df, found.test.p_value, found.test.note) == (None, None, None, note)
    assert (found.exact_p, found.exact_method) == (None, None)
    v = cramers_v(reference=reference, later=later)
    assert (v.estimate, v.low, v.high, v.note) == (None, None, None, note)


@settings(deadline=None, max_examples=25)
@given(two_waves(), st.randoms(use_true_random=False), st.integers(0, 5))
def test_order_of_waves_and_levels_and_unused_levels_do_not_matter(waves, random, place):
    shuffled = list(zip(waves["later"], waves["reference"], strict=True))
    shuffled.insert(place, (0, 0))
    random.shuffle(shuffled)
    other = dict(zip(("reference", "later"), (list(counts) for counts in zip(*shuffled, strict=True)), strict=True))
    one, two = chi_square(**waves), chi_square(**other)
    assert one.exact_method == two.exact_method
    for a, b in ((one.test.statistic, two.test.statistic), (one.test.p_value, two.test.p_value), (one.exact_p, two.exact_p)):
        assert a is b is None or a == pytest.approx(b, rel=1e-9, abs=1e-15)
    v, w = cramers_v(**waves), cramers_v(**other)
    assert v.estimate is w.estimate is None or v.estimate == pytest.approx(w.estimate, rel=1e-9, abs=1e-15)


@settings(deadline=None, max_examples=25)
@given(two_waves())
def test_doubling_counts_keeps_v(waves):
    one, twice = cramers_v(**waves), cramers_v(**{name: [2 * count for count in counts] for name, counts in waves.items()})
    if one.estimate is not None:
        assert twice.estimate == pytest.approx(one.estimate, rel=1e-12, abs=1e-15)
        assert 0 <= one.low <= one.high <= 1
        assert 0 <= chi_square(**waves).test.p_value <= 1
