import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import LinearConstraint, minimize

from rpgstat.stats.raking import RakingError, rake

TABLE = {(0, 0): 30, (0, 1): 20, (1, 0): 10, (1, 1): 40}
CELLS = [(i, j) for i in range(3) for j in range(2)]
FULL = st.lists(st.integers(1, 200), min_size=6, max_size=6).map(lambda counts: dict(zip(CELLS, counts, strict=True)))


def shares(size):
    return st.lists(st.integers(1, 30), min_size=size, max_size=size).map(lambda parts: [part / sum(parts) for part in parts])


def met(raked, m, size):
    """The weighted shares of a margin."""
    n = sum(raked.counts.values())
    return [math.fsum(w * raked.counts[cell] for cell, w in raked.weights.items() if cell[m] == i) / n for i in range(size)]


def test_two_margins():
    raked = rake(counts=TABLE, margins=[[0.6, 0.4], [0.5, 0.5]])
    assert raked.weights == pytest.approx({(0, 0): 4 / 3, (0, 1): 1, (1, 0): 1, (1, 1): 3 / 4})
    assert (raked.effect.smallest, raked.effect.largest) == pytest.approx((3 / 4, 4 / 3))
    assert raked.effect.effective_n == pytest.approx(100**2 / (30 * 16 / 9 + 20 + 10 + 40 * 9 / 16))


def test_one_margin_is_met_in_one_sweep():
    raked = rake(counts={(0,): 30, (1,): 70}, margins=[[0.5, 0.5]])
    assert raked.weights == pytest.approx({(0,): 5 / 3, (1,): 5 / 7})
    assert raked.sweeps == 1


def test_cells_of_nobody_have_no_weight():
    raked = rake(counts=TABLE | {(2, 0): 0}, margins=[[0.6, 0.4, 0], [0.5, 0.5]])
    assert raked == rake(counts=TABLE, margins=[[0.6, 0.4], [0.5, 0.5]])


def test_trimmed_weights_meet_the_margins_within_the_bound():
    raked = rake(counts=TABLE, margins=[[0.6, 0.4], [0.5, 0.5]], trim=1.28)  # 1.333 without it
    assert raked.weights == pytest.approx({(0, 0): 1.28, (0, 1): 1.08, (1, 0): 1.16, (1, 1): 0.71})


def test_a_bound_that_is_not_reached_changes_nothing():
    assert rake(counts=TABLE, margins=[[0.6, 0.4], [0.5, 0.5]], trim=1.4) == rake(counts=TABLE, margins=[[0.6, 0.4], [0.5, 0.5]])


def test_a_category_may_need_every_weight_at_the_bound():
    raked = rake(counts=TABLE, margins=[[0.6, 0.4], [0.5, 0.5]], trim=1.25)
    assert raked.weights == pytest.approx({(0, 0): 1.25, (0, 1): 1.125, (1, 0): 1.25, (1, 1): 0.6875})


@pytest.mark.parametrize(
    ("margins", "trim", "reason", "margin", "category", "message"),
    [
        ([[0.6, 0.4], [0.5, 0.4]], None, "sum", 1, None, "shares sum to 0.9, not to 1"),
        ([[0.6, 0.4], [0.5, 0.3, 0.2]], None, "empty", 1, 2, "0.2 of the population, but no respondent"),
        ([[1, 0], [0.5, 0.5]], None, "zero", 0, 1, "50 respondents, but a population share of 0"),
        ([[0.9, 0.1], [0.5, 0.5]], 1.5, "trim", 0, 0, "50 respondents need a mean weight of 1.8, above the bound of 1.5"),
    ],
)
def test_margins_that_cannot_be_met_name_the_place(margins, trim, reason, margin, category, message):
    with pytest.raises(RakingError) as caught:
        rake(counts=TABLE, margins=margins, trim=trim)
    assert (caught.value.reason, caught.value.margin, caught.value.category, str(caught.value)) == (reason, margin, category, message)


@pytest.mark.parametrize(
    ("counts", "margins", "trim"),
    [
        ({(0, 0): 50, (1, 1): 50}, [[0.6, 0.4], [0.5, 0.5]], None),  # everybody is the same in both margins, the population is not
        ({(0, 0): 30, (0, 1): 30, (1, 1): 30}, [[0.5, 0.5], [0.6, 0.4]], None),  # a cell would have to weigh less than nothing
        ({(0, 0): 30, (0, 1): 30, (1, 1): 30}, [[0.5, 0.5], [0.5, 0.5]], None),  # or nothing
        ({(0, 0): 10, (0, 1): 45, (1, 0): 44, (1, 1): 1}, [[0.6, 0.4], [0.6, 0.4]], 1.5),  # each margin for itself could be met
    ],
)
def test_margins_that_contradict_each_other(counts, margins, trim):
    with pytest.raises(RakingError, match="not met after") as caught:
        rake(counts=counts, margins=margins, trim=trim)
    assert (caught.value.reason, caught.value.margin in (0, 1), caught.value.category in (0, 1)) == ("diverged", True, True)


@pytest.mark.parametrize(
    ("counts", "margins", "trim", "message"),
    [
        ({(0,): 1}, [[1], [1]], None, "1 people in cell"),
        ({(1,): 1}, [[1]], None, "1 people in cell"),
        ({(0,): -1}, [[1]], None, "-1 people in cell"),
        ({(0,): 0}, [[1]], None, "nobody"),
        ({(): 4}, [], None, "no margin"),
        ({(0,): 4}, [[1]], 0.9, "below the mean weight"),
        ({(0,): 4}, [[1]], float("nan"), "below the mean weight"),
        ({(0,): 4}, [[1.5, -0.5]], None, "0 or more"),
        ({(0,): 4}, [[float("nan")]], None, "0 or more"),
    ],
)
def test_impossible_input_is_refused(counts, margins, trim, message):
    with pytest.raises(ValueError, match=message):
        rake(counts=counts, margins=margins, trim=trim)


@given(FULL, shares(3), shares(2))
def test_margins_are_met_by_a_product_of_factors(counts, first, second):
    raked = rake(counts=counts, margins=[first, second])
    assert met(raked, 0, 3) == pytest.approx(first, rel=1e-11)
    assert met(raked, 1, 2) == pytest.approx(second, rel=1e-11)
    ratios = [raked.weights[i, 0] / raked.weights[i, 1] for i in range(3)]
    assert ratios == pytest.approx([ratios[0]] * 3, rel=1e-9)


@given(FULL)
def test_margins_that_are_met_already_give_weights_of_one(counts):
    n = sum(counts.values())
    margins = [[sum(c for cell, c in counts.items() if cell[m] == i) / n for i in range(size)] for m, size in ((0, 3), (1, 2))]
    raked = rake(counts=counts, margins=margins)
    assert raked.sweeps == 1
    assert list(raked.weights.values()) == pytest.approx([1] * 6, rel=1e-14)


@given(FULL, shares(3), shares(2), st.integers(2, 9))
def test_only_the_proportions_of_the_counts_matter(counts, first, second, times):
    once, more = (rake(counts={cell: k * c for cell, c in counts.items()}, margins=[first, second]) for k in (1, times))
    assert more.weights == pytest.approx(once.weights, rel=1e-10)


@given(FULL, shares(3), shares(2), st.floats(1, 4))
def test_trimmed_or_refused(counts, first, second, trim):
    try:
        raked = rake(counts=counts, margins=[first, second], trim=trim)
    except RakingError as error:
        assert error.reason in ("trim", "diverged")
        return
    assert max(raked.weights.values()) <= trim
    assert met(raked, 0, 3) == pytest.approx(first, rel=1e-11)
    assert met(raked, 1, 2) == pytest.approx(second, rel=1e-11)


@pytest.mark.parametrize("seed", range(4))
def test_trimmed_weights_are_the_closest_to_equal_within_the_bound(seed):
    rng = np.random.default_rng(seed)
    counts = dict(zip(CELLS, rng.integers(5, 60, size=6).tolist(), strict=True))
    first, second, people = rng.dirichlet([8] * 3), rng.dirichlet([8] * 2), np.array(list(counts.values()))
    free = rake(counts=counts, margins=[first, second])
    trim = 1 + 0.9 * (free.effect.largest - 1)
    ours = rake(counts=counts, margins=[first, second], trim=trim)
    rows = np.array([[people[k] * (cell[m] == i) for k, cell in enumerate(CELLS)] for m, size in ((0, 3), (1, 2)) for i in range(size)])
    goal = people.sum() * np.concatenate([first, second])
    distance = minimize(
        lambda w: np.sum(people * (w * np.log(w) - w)),
        np.ones(6),
        jac=lambda w: people * np.log(w),
        bounds=[(1e-6, trim)] * 6,
        constraints=LinearConstraint(rows[:-1], goal[:-1], goal[:-1]),
        method="trust-constr",
        options={"gtol": 1e-10, "xtol": 1e-12, "maxiter": 3000},
    )
    assert list(ours.weights.values()) == pytest.approx(distance.x, rel=1e-4)  # the optimiser's accuracy
