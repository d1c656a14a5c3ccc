import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpgstat.stats.calibrated import describe_raked, share_raked
from rpgstat.stats.raking import rake
from rpgstat.stats.sample import Sample, describe
from rpgstat.stats.weighted import Share, describe_weighted, share_weighted

SCORES = [1, 2, 3]
UPPER = [False, True, True]
CELLS = [(i, j) for i in range(3) for j in range(2)]
ROWS = st.lists(st.lists(st.integers(0, 30), min_size=3, max_size=3), min_size=6, max_size=6)
SILENT = st.lists(st.integers(1, 10), min_size=6, max_size=6)
SHARES = st.lists(st.integers(1, 9), min_size=3, max_size=3).map(lambda parts: [part / sum(parts) for part in parts])


def table(rows):
    return dict(zip(CELLS, rows, strict=True))


def raked_of(rows, silent, first=(0.2, 0.3, 0.5), second=(0.4, 0.6), **options):
    return rake(counts={cell: sum(row) + rest for cell, row, rest in zip(CELLS, rows, silent, strict=True)}, margins=[first, second], **options)


def person_by_person(raked, rows):
    """The variance again from one row for each person, the fit by normal equations."""
    people = [(cell, score, raked.weights[cell]) for cell in CELLS for score, count in zip(SCORES, rows[cell], strict=True) for _ in range(count)]
    people += [(cell, None, raked.weights[cell]) for cell in CELLS for _ in range(raked.counts[cell] - sum(rows[cell]))]
    w = np.array([weight for *_, weight in people])
    counts = np.array([score is not None for _, score, _ in people])
    x = np.array([score or 0.0 for _, score, _ in people])
    mean = np.average(x[counts], weights=w[counts])
    e = np.where(counts, (x - mean) / w[counts].sum(), 0)
    margins = np.array([[1, i == 1, i == 2, j == 1] for (i, j), *_ in people], dtype=float)
    r = w * (e - margins @ np.linalg.solve(margins.T @ margins, margins.T @ e))
    return len(people) * r.var(ddof=1)


@given(ROWS, SILENT, SHARES)
def test_like_the_definition_person_by_person(rows, silent, first):
    raked = raked_of(rows, silent, first)
    sample = describe_raked(raked=raked, counts=table(rows), scores=SCORES)
    plain = describe_weighted(counts=rows, weights=list(raked.weights.values()), scores=SCORES)
    assert (sample.n, sample.mean, sample.sd, sample.median) == (plain.n, plain.mean, plain.sd, plain.median)
    if plain.variance:
        assert sample.variance == pytest.approx(person_by_person(raked, table(rows)), rel=1e-9, abs=1e-12 * plain.variance)


@given(ROWS, SILENT)
def test_weights_of_one_and_margins_that_predict_nothing_give_the_unweighted_figures(rows, silent):
    counts = [sum(level) for level in zip(*rows, strict=True)]
    people = sum(counts) + sum(silent)
    raked = rake(counts={(0,): people}, margins=[[1]])
    sample, plain = describe_raked(raked=raked, counts={(0,): counts}, scores=SCORES), describe(counts=counts, scores=SCORES)
    assert (sample.n, sample.mean, sample.sd, sample.median) == (plain.n, plain.mean, plain.sd, plain.median)
    share = share_raked(raked=raked, counts={(0,): counts}, chosen=UPPER)
    if sum(counts):
        assert (share.share, share.effective_n) == (sum(counts[1:]) / sum(counts), pytest.approx(sum(counts)))
    if plain.sd is not None:
        factor = people / (people - 1) * (plain.n - 1) / plain.n  # of everybody raked, in place of those who count
        assert sample.variance == pytest.approx(factor * plain.mean_variance)


def test_everybody_answered_and_margins_met_already_leave_what_the_margins_do_not_predict():
    rows = [[4, 2, 0], [2, 3, 1], [1, 6, 2], [3, 2, 2], [0, 4, 5], [1, 2, 5]]
    people = [sum(row) for row in rows]
    first = [(people[2 * i] + people[2 * i + 1]) / sum(people) for i in range(3)]
    second = [sum(people[j::2]) / sum(people) for j in range(2)]
    raked = raked_of(rows, [0] * 6, first, second)
    x = np.concatenate([np.repeat(SCORES, row) for row in rows])
    margins = np.array([[1, i == 1, i == 2, j == 1] for (i, j), n in zip(CELLS, people, strict=True) for _ in range(n)], dtype=float)
    unexplained = np.linalg.lstsq(margins, x, rcond=None)[1][0] / np.sum((x - x.mean()) ** 2)
    plain = describe(counts=[sum(level) for level in zip(*rows, strict=True)], scores=SCORES)
    assert describe_raked(raked=raked, counts=table(rows), scores=SCORES).variance == pytest.approx(plain.mean_variance * unexplained)


def test_margins_that_predict_every_answer_leave_no_variance():
    raked = rake(counts={(0,): 7, (1,): 9}, margins=[[0.3, 0.7]])
    counts = {(0,): [7, 0], (1,): [0, 9]}
    sample = describe_raked(raked=raked, counts=counts, scores=[1, 2])
    assert (sample.mean, sample.variance) == (pytest.approx(1.7), 0)
    assert share_raked(raked=raked, counts=counts, chosen=[False, True]) == Share(sample.mean - 1, math.inf)


def test_nobody_one_person_and_equal_answers():
    raked = raked_of([[1, 1, 1]] * 6, [2] * 6)
    assert describe_raked(raked=raked, counts={}, scores=SCORES) == Sample(0, None, None, None)
    assert share_raked(raked=raked, counts={}, chosen=UPPER) == Share(None, None)
    assert describe_raked(raked=raked, counts={(0, 0): [0, 1, 0]}, scores=SCORES) == Sample(1, 2.0, None, 2.0)
    equal = {(0, 0): [0, 3, 0], (2, 1): [0, 2, 0]}
    assert describe_raked(raked=raked, counts=equal, scores=SCORES) == Sample(5, 2.0, 0.0, 2.0, 0.0)
    weights = list(raked.weights.values())
    kish = share_weighted(counts=[equal.get(cell, [0, 0, 0]) for cell in raked.weights], weights=weights, chosen=UPPER)
    assert share_raked(raked=raked, counts=equal, chosen=UPPER) == kish


@pytest.mark.parametrize("counts", [{(0, 0): [3, 3, 0]}, {(5, 5): [1, 0, 0]}])
def test_more_answers_than_people_are_refused(counts):
    raked = raked_of([[1, 1, 1]] * 6, [2] * 6)
    with pytest.raises(ValueError, match="more answers than people"):
        describe_raked(raked=raked, counts=counts, scores=SCORES)
    with pytest.raises(ValueError, match="more answers than people"):
        share_raked(raked=raked, counts=counts, chosen=UPPER)


@given(ROWS, SILENT, SHARES)
def test_a_share_is_the_mean_of_ones(rows, silent, first):
    raked = raked_of(rows, silent, first)
    share = share_raked(raked=raked, counts=table(rows), chosen=UPPER)
    sample = describe_raked(raked=raked, counts=table(rows), scores=[int(mark) for mark in UPPER])
    n = sum(raked.counts.values())
    assert share.share == sample.mean
    if sample.variance:
        assert share.effective_n == pytest.approx(share.share * (1 - share.share) / (sample.variance * (n - 1) / n))


@given(ROWS, SILENT, SHARES)
def test_reversing_mirrors_the_mean_and_keeps_the_variance(rows, silent, first):
    raked = raked_of(rows, silent, first)
    sample = describe_raked(raked=raked, counts=table(rows), scores=SCORES)
    mirrored = describe_raked(raked=raked, counts=table(rows), scores=SCORES[::-1])
    if sample.variance is not None:
        assert mirrored.mean == pytest.approx(4 - sample.mean)
        assert mirrored.variance == pytest.approx(sample.variance, rel=1e-9, abs=1e-20)
