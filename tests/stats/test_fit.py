"""Whether a make-up fits a population: chi-square and exact tests against R, and what must hold for any counts."""

from __future__ import annotations

import csv
import json
import math
from dataclasses import asdict
from itertools import groupby, product
from pathlib import Path

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from rpgstat.stats import fit
from rpgstat.stats.fit import goodness_of_fit

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "fit.json").read_text(encoding="utf-8"))["cases"]
SPREAD = st.lists(st.tuples(st.integers(0, 6), st.integers(1, 20)), min_size=2, max_size=4).filter(lambda rows: any(count for count, _ in rows))


def read_cases():
    with (REFERENCE / "fit_cases.csv").open(encoding="utf-8", newline="") as file:
        rows = {name: list(rows) for name, rows in groupby(csv.DictReader(file), lambda row: row["case"])}
    return {name: {"counts": [int(row["count"]) for row in own], "shares": [float(row["share"]) for row in own]} for name, own in rows.items()}


CASES = read_cases()


def of_weights(rows):
    return {"counts": [count for count, _ in rows], "shares": [weight / sum(weight for _, weight in rows) for _, weight in rows]}


def test_r_wrote_values_for_every_case():
    assert R.keys() == CASES.keys()


@pytest.mark.parametrize("name", CASES)
def test_every_value_is_that_of_r(name):
    ours, theirs = asdict(goodness_of_fit(**CASES[name])), dict(R[name])
    if theirs["exact_p"] is None:
        assert ours.pop("exact_p") is theirs.pop("exact_p")
    assert {key: ours[key] for key in theirs} == pytest.approx(theirs, rel=1e-9, abs=0)


@pytest.mark.parametrize("seed", range(10))
def test_agrees_with_scipy(seed):
    rng = np.random.default_rng(seed)
    k = int(rng.integers(2, 8))
    shares, counts = rng.dirichlet(np.full(k, 3.0)), rng.multinomial(rng.integers(10, 3000), rng.dirichlet(np.full(k, 3.0)))
    expected = scipy.stats.chisquare(counts, counts.sum() * shares)
    test = goodness_of_fit(counts=counts, shares=shares)
    assert (test.chi_square, test.p_value) == pytest.approx((expected.statistic, expected.pvalue), rel=1e-9)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 9)), min_size=2, max_size=3).filter(lambda rows: any(count for count, _ in rows)))
def test_the_exact_p_is_that_of_every_sequence_of_people(rows):
    case = of_weights(rows)
    counts, shares = case["counts"], case["shares"]
    n, groups = sum(counts), range(len(counts))

    def size(spread):
        return sum((count - n * share) ** 2 / share for count, share in zip(spread, shares, strict=True))

    sequences = [[people.count(group) for group in groups] for people in product(groups, repeat=n)]
    as_large = [spread for spread in sequences if size(spread) >= size(counts) * (1 - 1e-9)]
    chance = math.fsum(math.prod(share**count for share, count in zip(shares, spread, strict=True)) for spread in as_large)
    found = goodness_of_fit(**case)
    assert found.exact_p == pytest.approx(chance, rel=1e-9) if found.smallest_expected < 5 else found.exact_p is None


@given(SPREAD, st.randoms())
def test_the_order_of_groups_does_not_matter(rows, random):
    one, other = goodness_of_fit(**of_weights(rows)), goodness_of_fit(**of_weights(random.sample(rows, len(rows))))
    assert (one.chi_square, one.p_value) == pytest.approx((other.chi_square, other.p_value), rel=1e-9, abs=1e-12)
    assert (one.exact_p is None) == (other.exact_p is None)
    assert one.exact_p is None or one.exact_p == pytest.approx(other.exact_p, rel=1e-9)


def test_the_exact_p_stands_only_beside_small_expected_counts():
    assert goodness_of_fit(counts=[10, 10], shares=[0.25, 0.75]).note == ""
    assert goodness_of_fit(counts=[10, 10], shares=[0.25, 0.75]).exact_p is None
    small = goodness_of_fit(counts=[8, 10], shares=[0.25, 0.75])
    assert small.smallest_expected == 4.5
    assert small.note == "smallest expected count 4.5: exact multinomial p = .096"


def test_too_many_ways_leave_the_note(monkeypatch):
    monkeypatch.setattr(fit, "MAX_SPREADS", 10)
    test = goodness_of_fit(counts=[8, 10], shares=[0.25, 0.75])
    assert (test.exact_p, test.note) == (None, "smallest expected count 4.5: the p of chi-square is rough")
    assert test.p_value is not None


def test_counts_as_expected_are_not_surprising_at_all():
    test = goodness_of_fit(counts=[1, 2, 1], shares=[0.25, 0.5, 0.25])
    assert (test.chi_square, test.p_value, test.exact_p) == (0, 1, 1)


def test_a_group_without_share_or_answers_does_not_count():
    assert goodness_of_fit(counts=[5, 0, 9], shares=[0.5, 0, 0.5]) == goodness_of_fit(counts=[5, 9], shares=[0.5, 0.5])


@pytest.mark.parametrize(
    ("counts", "shares", "note", "lacking"),
    [
        ([5, 1, 9, 2], [0.5, 0, 0.5, 0], "answers from a group that the population does not have", (1, 3)),
        ([0, 0], [0.5, 0.5], "no answers: nothing to compare", ()),
        ([7, 0], [1, 0], "fewer than two groups in the population", ()),
    ],
)
def test_without_a_test_the_note_says_why(counts, shares, note, lacking):
    test = goodness_of_fit(counts=counts, shares=shares)
    assert (test.chi_square, test.df, test.p_value, test.smallest_expected, test.exact_p) == (None,) * 5
    assert (test.note, test.lacking) == (note, lacking)


@pytest.mark.parametrize("shares", [[0.5, 0.4], [1.5, -0.5], [math.nan, 0.5], []])
def test_shares_that_are_no_mix_are_refused(shares):
    with pytest.raises(ValueError, match="sum to 1"):
        goodness_of_fit(counts=[1, 2], shares=shares)


def test_bad_counts_are_refused():
    with pytest.raises(ValueError, match="0 or more"):
        goodness_of_fit(counts=[-1, 2], shares=[0.5, 0.5])
    with pytest.raises(ValueError, match="argument"):
        goodness_of_fit(counts=[1, 2, 3], shares=[0.5, 0.5])
