"""Weighted answers of people over three waves or more against R's survey: tests/reference/weighted_courses.R reads the same cases and wrote the values."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import asdict
from fractions import Fraction
from itertools import combinations
from math import lcm
from pathlib import Path

import pytest

from rpgstat.stats.clustered import clustered_departure, clustered_slope
from rpgstat.stats.weighted_courses import weighted_departure, weighted_slope
from rpgstat.stats.weighted_pairs import Weighed, weighted_overlap

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "weighted_courses.json").read_text(encoding="utf-8"))["cases"]


def read():
    """By case and person: time, weight and score of each answer."""
    found = defaultdict(lambda: defaultdict(dict))
    with (REFERENCE / "weighted_courses_cases.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            found[row["case"]][row["person"]][Fraction(row["time"])] = (Fraction(row["weight"]), Fraction(row["score"]))
    return found


CASES = read()


def weighed(people):
    """What the kernels take of some people."""
    times = sorted({time for own in people for time in own})
    unit = lcm(*(weight.denominator for own in people for weight, _ in own.values()))
    waves = [defaultdict(lambda: (0, 0)) for _ in times]
    products = defaultdict(list)
    for own in people:
        for place, time in enumerate(times):
            if time in own:
                weight, score = int(own[time][0] * unit), own[time][1]
                mass, square = waves[place][score]
                waves[place][score] = mass + weight, square + weight * weight
        for one, other in combinations(range(len(times)), 2):
            if times[one] in own and times[other] in own:
                (w, x), (v, y) = own[times[one]], own[times[other]]
                products[one, other].append((x, y, int(w * unit) * int(v * unit)))
    sides = [Weighed(list(wave), list(wave.values())) for wave in waves]
    return {"waves": sides, "times": [float(time) for time in times], "products": dict(products), "people": len(people)}


def test_r_wrote_values_for_every_case():
    assert R.keys() == CASES.keys()


@pytest.mark.parametrize("name", CASES)
def test_slope_is_that_of_svyglm(name):
    given = weighed(CASES[name].values())
    found = asdict(weighted_slope(**given))
    assert given["people"] == R[name]["people"]
    assert {key: found[key] for key in R[name]["slope"]} == pytest.approx(R[name]["slope"], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", CASES)
def test_departure_is_the_wald_test_of_survey(name):
    found = asdict(weighted_departure(**weighed(CASES[name].values())))
    assert {key: found[key] for key in R[name]["departure"]} == pytest.approx(R[name]["departure"], rel=1e-9, abs=1e-12)


def test_with_one_weight_they_are_those_of_people_who_count_alike():
    people = CASES["all_weigh_1"].values()
    courses = [([(float(time), score) for time, (_, score) in own.items()], 1) for own in people]
    assert weighted_slope(**weighed(people)) == clustered_slope(courses=courses)
    assert weighted_departure(**weighed(people)) == clustered_departure(courses=courses)


def test_over_two_waves_the_slope_is_the_change_over_the_time_between():
    people = [{time: answer for time, answer in own.items() if time != 3} for own in CASES["bent"].values()]
    given = weighed([own for own in people if own])
    found = weighted_slope(**given)
    change = weighted_overlap(reference=given["waves"][0], later=given["waves"][1], pairs=given["products"][0, 1], people=given["people"])
    assert (found.estimate * 4, found.std_error * 4, found.p_value) == pytest.approx((change.estimate, change.std_error, change.p_value), rel=1e-9)
    assert weighted_departure(**given).p_value is None


def test_only_the_ratios_of_all_weights_matter():
    once = weighed(CASES["typical"].values())
    twice = weighed([{t: (2 * w / 3, x) for t, (w, x) in own.items()} for own in CASES["typical"].values()])
    assert weighted_slope(**once) == weighted_slope(**twice)


def test_where_nobody_leaves_the_line_nothing_is_tested():
    found = weighted_slope(**weighed([{Fraction(1): (Fraction(2), 1), Fraction(2): (Fraction(1), 2)}, {Fraction(2): (Fraction(3), 2)}]))
    assert (found.estimate, found.p_value, found.note) == (1, None, "every answer lies on the line: no variance")
