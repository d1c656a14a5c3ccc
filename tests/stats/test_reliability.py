from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pandas
import pingouin
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpgstat.stats.reliability import Omega, cronbach, item_rest, omega_total

CONSTANT_ITEM = "an item to which all gave one answer has no correlations"
CONSTANT_SUM = "the sum of the items has no variance"


def moments(people):
    people = np.asarray(people)
    return {"n": len(people), "sums": people.sum(axis=0).tolist(), "products": (people.T @ people).tolist()}


def of_correlations(rows, n=100):
    """Moments whose correlations are exactly these."""
    return {"n": n, "sums": [0] * len(rows), "products": [[Fraction(str(r)) for r in row] for row in rows]}


def one_factor(loadings):
    return [[1 if i == j else Fraction(str(a)) * Fraction(str(b)) for j, b in enumerate(loadings)] for i, a in enumerate(loadings)]


def random_people(seed, items=None):
    rng = np.random.default_rng(seed)
    n, k = int(rng.integers(20, 200)), items or int(rng.integers(3, 9))
    latent = rng.normal(size=(n, 1)) * rng.uniform(0.4, 0.9, size=k) + rng.normal(size=(n, k)) * 0.6
    return np.clip(np.rint(latent + 3), 1, 5).astype(int)


PEOPLE = st.lists(st.tuples(*[st.integers(1, 5)] * 4), min_size=3, max_size=30).filter(lambda rows: all(len(set(item)) > 1 for item in zip(*rows, strict=True)))


def all_figures(people):
    case = moments(people)
    return cronbach(**case), omega_total(**case), item_rest(**case)


def close(one, other):
    """Figures alike to rounding, and missing alike."""
    assert (one is None) == (other is None)
    assert one is None or one == pytest.approx(other, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("seed", range(20))
def test_alpha_agrees_with_pingouin(seed):
    people, level = random_people(seed), 0.8 + seed / 101
    alpha = cronbach(**moments(people), level=level)
    theirs, limits = pingouin.cronbach_alpha(pandas.DataFrame(people), ci=level)
    assert alpha.alpha == pytest.approx(theirs, rel=1e-9)
    assert [alpha.alpha_low, alpha.alpha_high] == pytest.approx(limits, abs=5.1e-4)  # Pingouin rounds to three places


@pytest.mark.parametrize("seed", range(5))
def test_figures_of_items_agree_with_numpy(seed):
    people = random_people(seed)
    for i, item in enumerate(item_rest(**moments(people))):
        others = np.delete(people, i, axis=1)
        assert item.item_rest == pytest.approx(np.corrcoef(people[:, i], others.sum(axis=1))[0, 1], rel=1e-9)
        assert item.alpha_if_dropped == pytest.approx(cronbach(**moments(others)).alpha, rel=1e-12)


@given(PEOPLE, st.permutations(range(4)))
def test_the_order_of_items_and_people_does_not_matter(people, order):
    turned = [[row[i] for i in order] for row in people[::-1]]
    (alpha, _, items), (alpha_turned, _, items_turned) = all_figures(people), all_figures(turned)
    close(alpha.alpha, alpha_turned.alpha)
    close(alpha.mean_r, alpha_turned.mean_r)
    for item, i in zip(items_turned, order, strict=True):
        close(item.item_rest, items[i].item_rest)
        close(item.alpha_if_dropped, items[i].alpha_if_dropped)


@given(PEOPLE, st.integers(-9, 9), st.integers(1, 4))
def test_moving_or_stretching_the_scale_changes_nothing(people, move, stretch):
    moved = [[stretch * score + move * i for i, score in enumerate(row)] for row in people]
    alpha, items = cronbach(**moments(people)), item_rest(**moments(people))
    moved_alpha = cronbach(**moments(moved))
    assert (moved_alpha.alpha, moved_alpha.alpha_low, moved_alpha.note) == (alpha.alpha, alpha.alpha_low, alpha.note)
    close(moved_alpha.mean_r, alpha.mean_r)
    for item, other in zip(items, item_rest(**moments(moved)), strict=True):
        close(item.item_rest, other.item_rest)


@given(PEOPLE)
def test_reversing_all_items_changes_nothing(people):
    alpha, reversed_alpha = cronbach(**moments(people)), cronbach(**moments([[6 - score for score in row] for row in people]))
    assert alpha == reversed_alpha


@given(PEOPLE)
def test_limits_hold_alpha_and_widen_with_the_level(people):
    narrow, wide = cronbach(**moments(people), level=0.5), cronbach(**moments(people), level=0.99)
    if narrow.alpha_low is not None:
        assert wide.alpha_low < narrow.alpha_low < narrow.alpha_high < wide.alpha_high
        assert wide.alpha_low < narrow.alpha < wide.alpha_high


@pytest.mark.parametrize("seed", range(10))
def test_omega_does_not_depend_on_order_or_scale(seed):
    people = random_people(seed, items=5)
    omega = omega_total(**moments(people))
    turned = omega_total(**moments(people[:, ::-1] * 3 - 7))
    assert omega.omega == pytest.approx(turned.omega, rel=1e-9)
    assert omega.loadings == pytest.approx(turned.loadings[::-1], rel=1e-9)


@pytest.mark.parametrize("loadings", [[0.5, 0.6, 0.7], [0.9, 0.2, 0.4, 0.3], [0.8, 0.7, -0.6, 0.5, 0.3], [0.999, 0.5, 0.5], [0.05, 0.04, 0.06, 0.05]])
def test_a_battery_of_one_factor_gives_its_loadings_back(loadings):
    omega = omega_total(**of_correlations(one_factor(loadings)))
    assert omega.loadings == pytest.approx(loadings, rel=1e-9)
    assert omega.omega == pytest.approx(sum(loadings) ** 2 / (sum(loadings) ** 2 + sum(1 - a * a for a in loadings)), rel=1e-9)


def test_parallel_items_have_one_reliability():
    """Equal correlations r: alpha, omega and Spearman-Brown all say k r / (1 + (k - 1) r)."""
    case = of_correlations(one_factor([0.7] * 6))
    expected = 6 * 0.49 / (1 + 5 * 0.49)
    assert cronbach(**case).alpha == pytest.approx(expected, rel=1e-12)
    assert omega_total(**case).omega == pytest.approx(expected, rel=1e-9)
    assert cronbach(**case).mean_r == pytest.approx(0.49, rel=1e-12)


@pytest.mark.parametrize(
    ("correlations", "note"),
    [
        (one_factor([1.05, 0.5, 0.6]), "a Heywood case, an item without variance of its own"),
        ([[1, 0.5, 0.4], [0.5, 1, 0], [0.4, 0, 1]], "a Heywood case, an item without variance of its own"),
        ([[1, 0.8, 0, 0], [0.8, 1, 0, 0], [0, 0, 1, 0.8], [0, 0, 0.8, 1]], "the correlations do not determine one factor"),
        ([[1, 0, 0], [0, 1, 0], [0, 0, 1]], "the correlations do not determine one factor"),
        ([[1, 1, 0.5], [1, 1, 0.5], [0.5, 0.5, 1]], "the correlations are singular: an item follows from the others, or fewer people than items"),
    ],
)
def test_no_omega_where_one_factor_does_not_fit(correlations, note):
    assert omega_total(**of_correlations(correlations)) == Omega(None, (), note)


def test_items_that_run_against_each_other_keep_their_negative_alpha():
    alpha = cronbach(**moments([[1, 4], [2, 3], [3, 3], [4, 1], [2, 4], [3, 2]]))
    assert alpha.alpha == -16.5
    assert alpha.alpha_low < alpha.alpha < alpha.alpha_high < 0
    assert alpha.note == ""


def test_equal_items_are_perfectly_reliable_without_limits():
    alpha = cronbach(**moments([[1, 1, 1], [2, 2, 2], [5, 5, 5]]))
    assert (alpha.alpha, alpha.alpha_low, alpha.alpha_high, alpha.mean_r, alpha.note) == (1, None, None, 1, "alpha is 1: no limits")


def test_an_item_to_which_all_gave_one_answer_is_pointed_out():
    case = moments([[1, 3, 2], [2, 3, 4], [4, 3, 3], [5, 3, 5]])
    alpha, items = cronbach(**case), item_rest(**case)
    assert alpha.constant == (1,)
    assert alpha.mean_r is None
    assert alpha.alpha == 0.6  # 3/2 (1 - 15/25)
    assert CONSTANT_ITEM in alpha.note
    assert (items[1].item_rest, items[1].note) == (None, CONSTANT_ITEM)
    assert items[1].alpha_if_dropped == cronbach(**moments([[1, 2], [2, 4], [4, 3], [5, 5]])).alpha
    assert items[0].item_rest is not None
    assert omega_total(**case).note == CONSTANT_ITEM


def test_two_items_have_no_alpha_without_one_and_no_omega():
    case = moments([[1, 2], [2, 4], [4, 3], [5, 5]])
    first, second = item_rest(**case)
    assert first.item_rest == second.item_rest == pytest.approx(cronbach(**case).mean_r)
    assert (first.alpha_if_dropped, first.note) == (None, "")
    assert omega_total(**case) == Omega(None, (), "fewer than three items")


@pytest.mark.parametrize(
    ("people", "note"),
    [
        (np.zeros((0, 3), dtype=int), "n = 0: no variance"),
        ([[1, 2, 3]], "n = 1: no variance"),
        ([[1], [2]], "alpha needs two items"),
        ([[3, 3], [3, 3]], CONSTANT_SUM),
        ([[1, 4], [2, 3], [4, 1]], CONSTANT_SUM),
    ],
)
def test_without_alpha_the_note_says_why(people, note):
    alpha = cronbach(**moments(people))
    assert (alpha.alpha, alpha.alpha_low, alpha.alpha_high, alpha.mean_r) == (None,) * 4
    assert alpha.note == note


@pytest.mark.parametrize(
    ("people", "note"),
    [
        ([[1, 2, 3]], "n = 1: no variance"),
        ([[1], [2]], "no other item"),
        ([[1, 1, 4], [2, 2, 3], [4, 4, 1], [3, 3, 2]], "the sum of the other items has no variance"),
    ],
)
def test_without_item_rest_the_note_says_why(people, note):
    item = item_rest(**moments(people))[0]
    assert (item.item_rest, item.alpha_if_dropped, item.note) == (None, None, note)


def test_omega_needs_people():
    assert omega_total(**moments([[1, 2, 3]])).note == "n = 1: no variance"


def test_sums_of_millions_of_people_keep_their_digits():
    """Means far from 0 and a small spread: float sums of squares would lose it."""
    case = moments([[1, 2, 1], [2, 2, 1], [2, 1, 2], [1, 1, 1], [2, 2, 2]])
    n, move = 5 * 10**6, 10**9
    sums = [10**6 * total + n * move for total in case["sums"]]
    products = [
        [10**6 * (own + move * (a + b)) + n * move**2 for own, b in zip(row, case["sums"], strict=True)]
        for row, a in zip(case["products"], case["sums"], strict=True)
    ]
    assert cronbach(n=n, sums=sums, products=products).alpha == cronbach(**case).alpha


def test_bad_input_is_refused():
    with pytest.raises(ValueError, match="as many rows"):
        cronbach(n=3, sums=[1, 2], products=[[1, 2]])
    with pytest.raises(ValueError, match="as many rows"):
        item_rest(n=3, sums=[1, 2], products=[[1, 2], [1]])
    for level in (0.0, 1.0, math.nan):
        with pytest.raises(ValueError, match="confidence level"):
            cronbach(**moments([[1, 2], [2, 4], [4, 3]]), level=level)
