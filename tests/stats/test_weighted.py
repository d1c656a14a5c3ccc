import math
from dataclasses import astuple
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.weightstats import DescrStatsW

from rpgstat.stats.means import welch
from rpgstat.stats.sample import Sample, describe, mean_interval, midpoint_test
from rpgstat.stats.shares import wilson
from rpgstat.stats.weighted import DesignEffect, Share, describe_weighted, design_effect, share_weighted

SCORES = [1, 2, 3, 4, 5]
UPPER = [False, False, False, True, True]
COUNTS = st.lists(st.integers(0, 30), min_size=5, max_size=5)
CLASSES = st.lists(st.tuples(COUNTS, st.fractions(Fraction(1, 20), 20, max_denominator=50)), min_size=1, max_size=5)


def figures(classes, scores=SCORES):
    """Every number the module gives for one set of answers."""
    counts, weights = [row for row, _ in classes], [weight for _, weight in classes]
    sample = describe_weighted(counts=counts, weights=weights, scores=scores)
    share = share_weighted(counts=counts, weights=weights, chosen=UPPER)
    cost = design_effect(counts=[sum(row) for row in counts], weights=weights)
    costs = (cost.design_effect, cost.effective_n, cost.smallest, cost.largest) if cost else ()
    values = [sample.n, sample.mean, sample.sd, sample.median, sample.mean_variance, share.share, share.effective_n, *costs]
    return [value for value in values if value is not None]


def test_nobody_answered():
    assert describe_weighted(counts=[[0, 0]], weights=[2], scores=[1, 2]) == Sample(0, None, None, None)
    assert share_weighted(counts=[[0, 0]], weights=[2], chosen=[False, True]) == Share(None, None)
    assert design_effect(counts=[0], weights=[2]) is None
    assert design_effect(counts=[], weights=[]) is None


def test_one_person():
    assert describe_weighted(counts=[[0, 1], [0, 0]], weights=[2, 5], scores=[1, 2]) == Sample(1, 2.0, None, 2.0)
    assert share_weighted(counts=[[0, 1]], weights=[2], chosen=[False, True]) == Share(1.0, 1.0)
    assert design_effect(counts=[1], weights=[2]) == DesignEffect(1.0, 1.0, 1.0, 1.0)


@pytest.mark.parametrize("score", [3, 0.1, Fraction(1, 3), 1e6 + 0.1])
def test_equal_answers_have_no_spread_at_all(score):
    sample = describe_weighted(counts=[[3], [7]], weights=[0.1, 0.7], scores=[score])
    assert sample == Sample(10, float(score), 0.0, float(score), 0.0)
    assert midpoint_test(sample=sample, midpoint=2.5).note == "all answers are equal: no variance"
    assert mean_interval(sample=sample) is None


def test_a_share_of_nobody_or_everybody_has_the_effective_n_of_kish():
    for chosen, share in ([True, True], 1.0), ([False, False], 0.0):
        assert share_weighted(counts=[[2, 1], [0, 1]], weights=[1, 3], chosen=chosen) == Share(share, 3.0)


def test_median_where_the_weights_reach_half():
    assert describe_weighted(counts=[[3, 0], [0, 1]], weights=[1, 2], scores=[1, 2]).median == 1
    assert describe_weighted(counts=[[2, 0], [0, 1]], weights=[1, 3], scores=[1, 2]).median == 2
    assert describe_weighted(counts=[[3, 0, 0], [0, 0, 1]], weights=[1, 3], scores=[1, 2, 4]).median == 2.5
    # 0.1 + 0.2 is not 0.3 in floating point
    assert describe_weighted(counts=[[1, 0], [1, 0], [0, 1]], weights=[0.1, 0.2, 0.3], scores=[1, 2]).median == 1.5


def test_weights_of_any_size():
    sample = describe_weighted(counts=[[1, 2], [2, 1]], weights=[1e-300, 1e300], scores=[1, 2])
    assert (sample.mean, sample.median) == (pytest.approx(4 / 3), 1)
    assert share_weighted(counts=[[1, 2], [2, 1]], weights=[1e-300, 1e300], chosen=[False, True]).effective_n == pytest.approx(3)


@pytest.mark.parametrize("weight", [0, -1, float("nan"), float("inf")])
def test_a_weight_is_above_0(weight):
    for kernel, of in (describe_weighted, {"scores": [1]}), (share_weighted, {"chosen": [True]}):
        with pytest.raises(ValueError, match="above 0"):
            kernel(counts=[[1], [1]], weights=[1, weight], **of)
    with pytest.raises(ValueError, match="above 0"):
        design_effect(counts=[1, 1], weights=[1, weight])


@pytest.mark.parametrize(
    ("counts", "weights", "scores"),
    [([[1, -1]], [1], [1, 2]), ([[1]], [1], [1, 2]), ([[1, 1]], [1, 2], [1, 2]), ([[1, 1]], [1], [1, float("nan")])],
)
def test_impossible_input_is_refused(counts, weights, scores):
    with pytest.raises(ValueError, match="counts"):
        describe_weighted(counts=counts, weights=weights, scores=scores)


@pytest.mark.parametrize("seed", range(6))
def test_like_statsmodels_and_plain_sums(seed):
    rng = np.random.default_rng(seed)
    counts, weights = rng.integers(0, 20, size=(4, 5)), rng.uniform(0.2, 5, size=4)
    x, w = np.repeat(np.tile(SCORES, 4), counts.ravel()), np.repeat(weights, counts.sum(axis=1))
    n, theirs = len(x), DescrStatsW(x, weights=w)
    sample = describe_weighted(counts=counts.tolist(), weights=weights.tolist(), scores=SCORES)
    assert sample.mean == pytest.approx(theirs.mean, rel=1e-12)
    assert sample.sd == pytest.approx(theirs.std * math.sqrt(n / (n - 1)), rel=1e-12)
    assert sample.variance == pytest.approx(n / (n - 1) * np.sum((w * (x - theirs.mean) / w.sum()) ** 2), rel=1e-12)
    cost = design_effect(counts=counts.sum(axis=1).tolist(), weights=weights.tolist())
    assert cost.design_effect == pytest.approx(1 + (w.std() / w.mean()) ** 2, rel=1e-12)


@given(COUNTS, COUNTS, st.fractions(Fraction(1, 20), 20, max_denominator=50))
def test_equal_weights_give_the_unweighted_mean_and_welch(counts, others, weight):
    plain = [describe(counts=row, scores=SCORES) for row in (counts, others)]
    weighted = [describe_weighted(counts=[row, [0] * 5], weights=[weight, 7], scores=SCORES) for row in (counts, others)]
    assert [(s.n, s.mean, s.sd, s.median) for s in weighted] == [(s.n, s.mean, s.sd, s.median) for s in plain]
    ours, theirs = welch(reference=weighted[0], later=weighted[1]), welch(reference=plain[0], later=plain[1])
    if theirs.df is None:
        assert ours == theirs
    else:
        assert astuple(ours)[:-1] == pytest.approx(astuple(theirs)[:-1], rel=1e-9, abs=1e-12)


@given(COUNTS, st.fractions(Fraction(1, 20), 20, max_denominator=50))
def test_equal_weights_give_the_unweighted_share_and_interval(counts, weight):
    n, upper = sum(counts), sum(counts[3:])
    share = share_weighted(counts=[counts], weights=[weight], chosen=UPPER)
    if n:
        assert share == Share(upper / n, n)
        ours, theirs = wilson(count=share.share, n=1, effective_n=share.effective_n), wilson(count=upper, n=n)
        assert astuple(ours) == pytest.approx(astuple(theirs), rel=1e-12)


@given(CLASSES, st.sampled_from([Fraction(1, 3), 2, 7, Fraction(22, 7)]))
def test_scaling_all_weights_changes_nothing(classes, factor):
    assert figures([(row, weight * factor) for row, weight in classes]) == figures(classes)
    assert figures([(row, float(weight * factor)) for row, weight in classes]) == pytest.approx(figures(classes), rel=1e-9, abs=1e-12)


@given(CLASSES, COUNTS)
def test_splitting_a_class_changes_nothing(classes, part):
    (row, weight), rest = classes[0], classes[1:]
    both = [a + b for a, b in zip(row, part, strict=True)]
    assert figures([(row, weight), (part, weight), *rest]) == figures([(both, weight), *rest])


@given(CLASSES, st.randoms())
def test_order_of_classes_and_levels_is_irrelevant(classes, random):
    order = random.sample(range(5), 5)
    shuffled = [([row[level] for level in order], weight) for row, weight in random.sample(classes, len(classes))]
    counts, weights = [row for row, _ in classes], [weight for _, weight in classes]
    ours = describe_weighted(counts=[row for row, _ in shuffled], weights=[w for _, w in shuffled], scores=[SCORES[level] for level in order])
    assert ours == describe_weighted(counts=counts, weights=weights, scores=SCORES)


@given(CLASSES)
def test_effective_n_lies_between_one_and_n(classes):
    cost = design_effect(counts=[sum(row) for row, _ in classes], weights=[weight for _, weight in classes])
    if cost:
        n = sum(sum(row) for row, _ in classes)
        assert 1 <= cost.effective_n <= n
        assert cost.design_effect == pytest.approx(n / cost.effective_n)
        assert cost.smallest <= 1 <= cost.largest


@given(CLASSES)
def test_a_share_is_the_mean_of_ones(classes):
    counts, weights = [row for row, _ in classes], [weight for _, weight in classes]
    share = share_weighted(counts=counts, weights=weights, chosen=UPPER)
    sample = describe_weighted(counts=counts, weights=weights, scores=[int(mark) for mark in UPPER])
    assert share.share == sample.mean
    if sample.variance:
        assert share.effective_n == pytest.approx(share.share * (1 - share.share) / (sample.variance * (sample.n - 1) / sample.n))
