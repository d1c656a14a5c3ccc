"""Weighted answers of people in one wave or in both against R's survey: tests/reference/weighted_pairs.R reads the same cases and wrote the values."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import asdict
from fractions import Fraction
from math import lcm
from pathlib import Path

import pytest
from hypothesis import given as any_of
from hypothesis import settings
from hypothesis import strategies as st

from rpgstat.stats.paired import paired_t
from rpgstat.stats.pairs import describe_pairs
from rpgstat.stats.weighted_pairs import Weighed, weighted_overlap, weighted_share_overlap

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "weighted_pairs.json").read_text(encoding="utf-8"))["cases"]


def read():
    found = defaultdict(lambda: {"reference": {}, "later": {}})
    with (REFERENCE / "weighted_pairs_cases.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["case"]][row["wave"]][row["person"]] = Fraction(row["weight"]), Fraction(row["score"])
    return found


CASES = read()


def given(name, score=lambda value: value):
    """The arguments of a case, its scores made by `score`."""
    sides, whole = {}, {}
    for wave, people in CASES[name].items():
        unit = lcm(*(weight.denominator for weight, _ in people.values()))
        whole[wave] = {person: (int(weight * unit), score(value)) for person, (weight, value) in people.items()}
        masses = defaultdict(lambda: (0, 0))
        for weight, value in whole[wave].values():
            masses[value] = masses[value][0] + weight, masses[value][1] + weight * weight
        sides[wave] = Weighed(list(masses), list(masses.values()))
    one, other = whole.values()
    pairs = [(one[person][1], other[person][1], one[person][0] * other[person][0]) for person in one.keys() & other.keys()]
    return sides | {"pairs": pairs, "people": len(one.keys() | other.keys())}


def same(ours, theirs):
    assert {key: ours[key] for key in theirs} == pytest.approx(theirs, rel=1e-9, abs=1e-13)


def test_r_wrote_values_for_every_case():
    assert R.keys() == CASES.keys()


@pytest.mark.parametrize("name", R)
def test_change_of_the_mean_is_svycontrast(name):
    assert given(name)["people"] == R[name]["people"]
    same(asdict(weighted_overlap(**given(name))), R[name]["mean"])


@pytest.mark.parametrize("name", R)
def test_change_of_a_share(name):
    limits, change = weighted_share_overlap(**given(name, lambda value: int(value > Fraction(5, 2))))
    same(asdict(change) | {"low": limits.low, "high": limits.high}, R[name]["share"])


ANSWERS = st.lists(st.tuples(st.integers(1, 4), st.integers(1, 4)), min_size=3, max_size=20)


@settings(deadline=None, max_examples=25)
@any_of(ANSWERS, st.integers(1, 9))
def test_everybody_in_both_and_of_one_weight_it_is_the_paired_t(people, weight):
    reference, later = (Weighed([pair[at] for pair in people], [(weight, weight * weight)] * len(people)) for at in (0, 1))
    found = weighted_overlap(reference=reference, later=later, pairs=[(a, b, weight * weight) for a, b in people], people=len(people))
    theirs = paired_t(pairs=describe_pairs(moves=[(a, b, 1) for a, b in people]))
    if theirs.p_value is not None:
        same(asdict(found), {key: value for key, value in asdict(theirs).items() if key != "note"})
    else:
        assert (found.p_value, found.estimate) == (None, pytest.approx(theirs.estimate))


@settings(deadline=None, max_examples=25)
@any_of(ANSWERS, st.lists(st.integers(1, 9), min_size=20, max_size=20))
def test_swapping_the_waves_flips_the_sign(people, weights):
    sides = [Weighed([pair[at] for pair in people], [(w, w * w) for w in weights[: len(people)]]) for at in (0, 1)]
    pairs = [(a, b, w * w) for (a, b), w in zip(people, weights, strict=False)]
    one = weighted_overlap(reference=sides[0], later=sides[1], pairs=pairs, people=len(people))
    other = weighted_overlap(reference=sides[1], later=sides[0], pairs=[(b, a, mass) for a, b, mass in pairs], people=len(people))
    assert (one.estimate, one.p_value) == pytest.approx((-other.estimate, other.p_value))
