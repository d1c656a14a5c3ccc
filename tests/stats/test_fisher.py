"""Fisher's test with mid-p: against R, and what must hold for any table."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import hypergeom

from rpgstat.stats.fisher import fisher_mid_p

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "fisher.json").read_text(encoding="utf-8"))["cases"]
with (REFERENCE / "fisher_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = {row.pop("case"): {key: int(value) for key, value in row.items()} for row in csv.DictReader(file)}

PART = st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def mid_p(before, after):
    return fisher_mid_p(count_reference=before[0], n_reference=before[1], count=after[0], n=after[1])


@pytest.mark.parametrize("name", R)
def test_like_r(name):
    assert fisher_mid_p(**CASES[name]) == pytest.approx(R[name]["mid_p"], rel=1e-9, abs=0)
    assert fisher_mid_p(**CASES[name]) <= R[name]["fisher"]


@pytest.mark.parametrize("counts", [((0, 31), (0, 48)), ((31, 31), (48, 48)), ((0, 0), (3, 4)), ((3, 4), (0, 0))])
def test_nothing_to_tell_apart(counts):
    assert mid_p(*counts) is None


@pytest.mark.parametrize("counts", [((3, 2), (1, 4)), ((-1, 2), (1, 4)), ((1, 2), (5, 4))])
def test_impossible_counts_are_refused(counts):
    with pytest.raises(ValueError, match="within 0 to n"):
        mid_p(*counts)


def test_shares_that_are_alike_are_likely():
    assert mid_p((10, 40), (20, 80)) > 0.9
    assert mid_p((0, 1), (1, 1)) == pytest.approx(0.5)


def test_a_hundred_thousand_people_take_no_time():
    assert 0 < mid_p((30_000, 100_000), (31_000, 101_000)) < 1e-3


@settings(max_examples=60)
@given(PART, PART)
def test_like_scipy_and_the_same_whichever_way_it_is_counted(before, after):
    found = mid_p(before, after)
    total, both = before[0] + after[0], before[1] + after[1]
    if total in (0, both):
        assert found is None
        return
    tables = hypergeom(both, total, after[1]).pmf(range(total + 1))
    seen = tables[after[0]]
    expected = sum(p if p * (1 + 1e-7) < seen else p / 2 if p <= seen * (1 + 1e-7) else 0 for p in tables)
    assert found == pytest.approx(expected, rel=1e-7)
    assert 0 <= found <= 1
    assert mid_p(after, before) == pytest.approx(found, rel=1e-9)
    others = [(n - count, n) for count, n in (before, after)]
    assert mid_p(*others) == pytest.approx(found, rel=1e-9)
