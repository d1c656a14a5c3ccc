"""Two waves among several of which people are in some or all against R's survey: tests/reference/linked_waves.R reads the same cases."""

from __future__ import annotations

import csv
import json
from collections import Counter, defaultdict
from dataclasses import asdict
from fractions import Fraction
from math import lcm
from pathlib import Path

import pytest

from rpgstat.stats.weighted_pairs import Weighed, weighted_overlap, weighted_share_overlap

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "linked_waves.json").read_text(encoding="utf-8"))["cases"]
CONTRASTS = [pytest.param(name, at, id=f"{name}, {found['reference']} to {found['later']}") for name, own in R.items() for at, found in enumerate(own)]


def read():
    found = defaultdict(lambda: defaultdict(dict))
    with (REFERENCE / "linked_waves_cases.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["case"]][int(row["wave"])][row["person"]] = Fraction(row["weight"]), Fraction(row["score"])
    return found


CASES = read()


def given(name, reference, later, score):
    """The arguments of a contrast, scores made by `score`."""
    waves = CASES[name]
    unit = lcm(*(weight.denominator for own in waves.values() for weight, _ in own.values()))
    whole = [{person: (int(weight * unit), score(value)) for person, (weight, value) in waves[wave].items()} for wave in (reference, later)]
    sides = []
    for own in whole:
        masses = defaultdict(lambda: (0, 0))
        for weight, value in own.values():
            masses[value] = masses[value][0] + weight, masses[value][1] + weight * weight
        sides.append(Weighed(list(masses), list(masses.values())))
    one, other = whole
    pairs = [(one[person][1], other[person][1], one[person][0] * other[person][0]) for person in one.keys() & other.keys()]
    return {"reference": sides[0], "later": sides[1], "pairs": pairs, "people": len({person for own in waves.values() for person in own})}


def same(ours, theirs):
    assert {key: ours[key] for key in theirs} == pytest.approx(theirs, rel=1e-9, abs=1e-13)


def test_r_wrote_values_for_every_case():
    assert R.keys() == CASES.keys()
    assert sum(map(len, R.values())) == 3 * 8 + 5


@pytest.mark.parametrize(("name", "at"), CONTRASTS)
def test_change_is_the_coefficient_of_the_wave_in_the_model_of_all(name, at):
    r = R[name][at]
    arguments = given(name, r["reference"], r["later"], lambda value: value)
    assert arguments["people"] == r["people"]
    same(asdict(weighted_overlap(**arguments)), r["mean"])


@pytest.mark.parametrize(("name", "at"), CONTRASTS)
def test_change_of_a_share(name, at):
    r, scores = R[name][at], [value for own in CASES[name].values() for _, value in own.values()]
    middle = (min(scores) + max(scores)) / 2
    limits, change = weighted_share_overlap(**given(name, r["reference"], r["later"], lambda value: int(value > middle)))
    share = dict(r["share"])
    assert share.pop("conf_low") == pytest.approx(change.conf_low, rel=1e-9)
    same(asdict(change) | {"low": limits.low, "high": limits.high}, share)


@pytest.mark.parametrize(("name", "at"), [own for own in CONTRASTS if R[own.values[0]][own.values[1]].get("ranks")])
def test_change_of_the_mid_ranks(name, at):
    r = R[name][at]
    scores = Counter(value for wave in (r["reference"], r["later"]) for _, value in CASES[name][wave].values())
    rank, below = {}, 0
    for score in sorted(scores):
        rank[score], below = Fraction(2 * below + scores[score] + 1, 2), below + scores[score]
    same(asdict(weighted_overlap(**given(name, r["reference"], r["later"], lambda value: rank.get(value, 0)))), r["ranks"])
