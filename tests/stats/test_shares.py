import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from rpgstat.stats.sample import Interval
from rpgstat.stats.shares import newcombe, wilson

PART = st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def change(before, after, level=0.95):
    return newcombe(count_reference=before[0], n_reference=before[1], count=after[0], n=after[1], level=level)


@pytest.mark.parametrize(
    ("later", "reference", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_examples_of_newcombe_1998(later, reference, low, high):
    limits = change(reference, later)
    assert (limits.low, limits.high) == pytest.approx((low, high), abs=5e-5)


def test_edges_are_exact():
    assert wilson(count=0, n=7).low == 0
    assert wilson(count=7, n=7).high == 1
    assert wilson(count=1, n=1).low == pytest.approx(1 / (1 + 1.959963984540054**2))


def test_nobody_answered():
    assert wilson(count=0, n=0) is None
    assert newcombe(count_reference=0, n_reference=0, count=3, n=4) is None
    assert newcombe(count_reference=3, n_reference=4, count=0, n=0) is None


@pytest.mark.parametrize("fault", [{"count": 8, "n": 7}, {"count": -1, "n": 7}, {"count": 1, "n": 7, "level": 95}, {"count": 1, "n": 7, "effective_n": 0}])
def test_impossible_input_is_refused(fault):
    with pytest.raises(ValueError, match="must be within"):
        wilson(**fault)


@pytest.mark.parametrize("seed", range(8))
def test_like_statsmodels(seed):
    rng = np.random.default_rng(seed)
    n_a, n_b = rng.integers(1, 300, size=2).tolist()
    a, b, level = int(rng.integers(0, n_a + 1)), int(rng.integers(0, n_b + 1)), float(rng.uniform(0.5, 0.999))
    ours = wilson(count=a, n=n_a, level=level)
    assert (ours.low, ours.high) == pytest.approx(proportion_confint(a, n_a, 1 - level, method="wilson"), rel=1e-9, abs=1e-12)
    ours = change((a, n_a), (b, n_b), level)
    theirs = confint_proportions_2indep(b, n_b, a, n_a, method="newcomb", compare="diff", alpha=1 - level, correction=False)
    assert (ours.low, ours.high) == pytest.approx(theirs, rel=1e-9, abs=1e-12)


def test_sums_of_weights_and_an_effective_n():
    assert wilson(count=2.5, n=10) == wilson(count=0.25, n=1, effective_n=10) == wilson(count=10, n=40, effective_n=10)
    assert wilson(count=0, n=7, effective_n=3.3).low == 0
    assert wilson(count=7.5, n=7.5, effective_n=3.3).high == 1
    assert wilson(count=3, n=4, effective_n=float("inf")) == Interval(0.75, 0.75)
    plain = newcombe(count_reference=3, n_reference=10, count=9, n=10)
    assert plain == newcombe(count_reference=0.3, n_reference=1, effective_n_reference=10, count=0.9, n=1, effective_n=10)


@given(PART)
def test_limits_hold_the_share_and_mirror(part):
    count, n = part
    limits, others = wilson(count=count, n=n), wilson(count=n - count, n=n)
    assert 0 <= limits.low <= count / n <= limits.high <= 1
    assert (others.low, others.high) == pytest.approx((1 - limits.high, 1 - limits.low), abs=1e-12)


@given(PART, PART)
def test_swapping_waves_mirrors_the_change(before, after):
    limits, swapped = change(before, after), change(after, before)
    assert swapped == Interval(-limits.high, -limits.low)
    assert -1 <= limits.low <= after[0] / after[1] - before[0] / before[1] <= limits.high <= 1


@given(PART, PART)
def test_doubling_counts_narrows(before, after):
    wide, narrow = change(before, after), change([2 * x for x in before], [2 * x for x in after])
    assert narrow.high - narrow.low < wide.high - wide.low
