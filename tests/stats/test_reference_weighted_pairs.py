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
