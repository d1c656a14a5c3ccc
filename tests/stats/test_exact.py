from __future__ import annotations

import math
from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rpgstat.errors import UserError
from rpgstat.stats import _tables
from rpgstat.stats._pingouin import second_opinion
from rpgstat.stats.exact import MAX_STATES, exact, exact_rank


def brute_force(scores, reference, later):
    """Every way to pick the later people, one by one."""
    people = [Fraction(score) for score, a, b in zip(scores, reference, later, strict=True) for _ in range(a + b)]
    n, chosen = len(people), sum(later)
    expected = Fraction(chosen * sum(people), n)
    distance = abs(sum(Fraction(score) * count for score, count in zip(scores, later, strict=True)) - expected)
    picks = list(combinations(people, chosen))
    return sum(abs(sum(pick) - expected) >= distance for pick in picks) / len(picks)


def midranks(reference, later):
    totals = [a + b for a, b in zip(reference, later, strict=True)]
    return [Fraction(2 * sum(totals[:level]) + total + 1, 2) for level, total in enumerate(totals)]


@st.composite
def tiny_waves(draw):
    levels = draw(st.integers(1, 4))
    counts = st.lists(st.integers(0, 2), min_size=levels, max_size=levels).filter(lambda counts: 0 < sum(counts) <= 5)
    score = st.one_of(st.integers(-3, 10), st.sampled_from([Fraction(1, 3), Fraction(7, 4), Fraction(5, 6)]))
    return {"reference": draw(counts), "later": draw(counts), "scores": draw(st.lists(score, min_size=levels, max_size=levels))}


def without_scores(waves):
    return {"reference": waves["reference"], "later": waves["later"]}


@pytest.fixture(params=["grid", "list"])
def way(request, monkeypatch):
    """Both ways to count, whichever would be the cheaper."""
    if request.param == "grid":
        monkeypatch.setattr(_tables, "MAX_TABLES", 0)
    else:
        monkeypatch.setattr(_tables, "number", lambda **_: 0)
    return request.param


@settings(deadline=None, max_examples=50)
@given(tiny_waves())
def test_exact_is_brute_force_on_tiny_samples(waves):
    assert exact(**waves).p_value == pytest.approx(brute_force(**waves), rel=1e-12)
    ranked = without_scores(waves)
    assert exact_rank(**ranked).p_value == pytest.approx(brute_force(midranks(**ranked), **ranked), rel=1e-12)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("scores", "reference", "later"),
    [
        ([1, 2, 3, 4], [2, 1, 2, 0], [0, 2, 1, 2]),
        ([4, 3, 2, 1], [2, 1, 2, 0], [0, 2, 1, 2]),
        ([1, 2.5, 2.5, 7], [1, 2, 1, 1], [0, 1, 3, 1]),
        ([Fraction(7, 3), Fraction(11, 4), 3, Fraction(10, 3)], [2, 2, 1, 0], [0, 1, 2, 2]),
        ([0, 5], [3, 1], [1, 5]),
    ],
)
def test_both_ways_of_counting_are_brute_force(scores, reference, later):
    test = exact(reference=reference, later=later, scores=scores)
    assert test.p_value == pytest.approx(brute_force(scores, reference, later), rel=1e-12)
    assert test.statistic == pytest.approx(float(sum(Fraction(s) * n for s, n in zip(scores, later, strict=True))))


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("reference", "later"),
    [
        ([4, 9, 13, 16, 5], [2, 8, 14, 33, 18]),
        ([20, 27, 0, 0, 0], [0, 0, 40, 30, 5]),
        ([19, 26, 2, 0, 0], [0, 3, 40, 27, 5]),
        ([20, 15, 12, 2, 1], [1, 2, 5, 30, 40]),
    ],
)
def test_p_has_twelve_digits_however_small(reference, later):
    """Against a recount in whole numbers; the p go down to 1e-40."""
    rows = [[score for score, count in enumerate(counts) for _ in range(count)] for counts in (reference, later)]
    counted = second_opinion(method="exact", reference=rows[0], later=rows[1])
    test = exact(reference=reference, later=later, scores=range(5))
    assert (test.statistic, test.p_value) == pytest.approx((counted.statistic, counted.p_value), rel=1e-12)


def test_separated_waves_have_one_table_in_all():
    test = exact(reference=[47, 0], later=[0, 75], scores=[1, 4])
    assert test.p_value == pytest.approx(1 / math.comb(122, 47), rel=1e-12)


def test_a_thousand_against_a_thousand_is_close_to_the_normal_approximation():
    reference, later = np.array([100, 200, 300, 250, 150]), np.array([80, 190, 300, 260, 170])
    test = exact(reference=reference, later=later, scores=[1, 2, 3, 4, 5])
    totals, scores = reference + later, np.arange(1, 6)
    mean = (totals @ scores) / 2000
    sd = math.sqrt(1000 * 1000 / 1999 * (totals @ (scores - mean) ** 2) / 2000)
    z = (abs(test.statistic - 1000 * mean) - 0.5) / sd
    assert test.p_value == pytest.approx(math.erfc(z / math.sqrt(2)), rel=1e-3)


def test_floats_that_look_like_fractions_are_fractions():
    reference, later = [3, 4, 5, 2], [1, 4, 6, 5]
    thirds = [Fraction(k, 3) for k in range(3, 7)]
    as_floats = exact(reference=reference, later=later, scores=[float(score) for score in thirds])
    assert as_floats == exact(reference=reference, later=later, scores=thirds)
    tenths = exact(reference=reference, later=later, scores=[0.1, 0.2, 0.3, 0.4])
    assert tenths.p_value == as_floats.p_value


def test_scores_that_are_no_fractions_are_compared_within_a_tolerance():
    scores = [math.sqrt(2) * k for k in (1, 2, 3)]  # 1 + 3 and 2 + 2 tie but for rounding
    reference, later = [3, 2, 2], [1, 2, 4]
    assert exact(reference=reference, later=later, scores=scores).p_value == pytest.approx(brute_force([1, 2, 3], reference, later), rel=1e-12)


def test_equal_answers_have_p_one():
    assert exact(reference=[0, 4], later=[0, 3], scores=[1, 2]).p_value == 1
    assert exact_rank(reference=[0, 4], later=[0, 3]).p_value == 1


def test_one_against_one():
    assert exact(reference=[1, 0], later=[0, 1], scores=[1, 2]).p_value == 1


@pytest.mark.parametrize(("reference", "later"), [([0, 0], [1, 2]), ([3, 1], [0, 0])])
def test_an_empty_wave_gives_nothing_and_says_so(reference, later):
    for test in (exact(reference=reference, later=later, scores=[1, 2]), exact_rank(reference=reference, later=later)):
        assert (test.statistic, test.p_value, test.note) == (None, None, "a wave without answers: nothing to compare")


def test_too_many_states_are_refused_with_the_approximation_to_use():
    many = {"reference": [10_000] * 5, "later": [10_000] * 5}
    with pytest.raises(UserError, match=r"method `exact`: 50,000 against 50,000 answers are too many") as refused:
        exact(**many, scores=[1, 2, 3, 4, 5])
    assert f"{MAX_STATES:,} at most" in refused.value.problem
    assert "--method welch" in refused.value.hint
    with pytest.raises(UserError, match="method `exact-rank`") as refused:
        exact_rank(**many)
    assert "--method mann-whitney" in refused.value.hint


def test_many_people_with_irrational_scores_are_refused_too():
    with pytest.raises(UserError, match="tables"):
        exact(reference=[90] * 6, later=[90] * 6, scores=[math.sqrt(k) for k in (2, 3, 5, 7, 11, 13)])


def test_two_levels_are_never_too_many():
    assert 0 < exact(reference=[400_000, 600_000], later=[399_000, 601_000], scores=[1, 2]).p_value < 1


@settings(deadline=None, max_examples=25)
@given(tiny_waves())
def test_p_is_the_same_from_either_side(waves):
    swapped = {"reference": waves["later"], "later": waves["reference"], "scores": waves["scores"]}
    assert exact(**waves).p_value == pytest.approx(exact(**swapped).p_value, rel=1e-12)
    mirrored = {name: values[::-1] for name, values in without_scores(waves).items()}
    assert exact_rank(**mirrored).p_value == pytest.approx(exact_rank(**without_scores(waves)).p_value, rel=1e-12)


@settings(deadline=None, max_examples=25)
@given(tiny_waves(), st.integers(0, 4))
def test_unit_origin_and_unused_levels_do_not_matter(waves, place):
    p_value = exact(**waves).p_value
    assert exact(**without_scores(waves), scores=[10 - 3 * score for score in waves["scores"]]).p_value == pytest.approx(p_value, rel=1e-12)
    spread = {name: [*values[:place], 0, *values[place:]] for name, values in waves.items()}
    assert exact(**spread) == exact(**waves)
    assert exact_rank(**without_scores(spread)) == exact_rank(**without_scores(waves))
    assert 0 < p_value <= 1
