"""The trend over three or more waves against R: tests/reference/waves.R reads the same cases and wrote the values."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

import pytest

from rpgstat.stats.clustered import FEW_PEOPLE, clustered_departure, clustered_slope
from rpgstat.stats.proportional_odds import proportional_odds
from rpgstat.stats.sample import describe
from rpgstat.stats.wave_trend import departure, jonckheere, linear_by_linear, slope

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "waves.json").read_text(encoding="utf-8"))
RTOL = 1e-9


def rows(file):
    with (REFERENCE / file).open(encoding="utf-8", newline="") as lines:
        return [(row.pop("case"), {key: float(value) for key, value in row.items()}) for row in csv.DictReader(lines)]


def read_waves():
    found = defaultdict(dict)
    for case, row in rows("waves_cases.csv"):
        found[case][row["time"], row["score"]] = int(row["people"])
    return found


def read_courses():
    found = defaultdict(lambda: defaultdict(list))
    for case, row in rows("courses_cases.csv"):
        found[case][row["person"]].append((row["time"], row["score"]))
    return {case: [(answers, 1) for answers in people.values()] for case, people in found.items()}


WAVES, COURSES = read_waves(), read_courses()


def table(name):
    times, scores = (sorted({cell[i] for cell in WAVES[name]}) for i in (0, 1))
    return {"counts": [[WAVES[name].get((t, s), 0) for s in scores] for t in times], "times": times}, scores


def samples(name):
    found, scores = table(name)
    return {"samples": [describe(counts=row, scores=scores) for row in found["counts"]], "times": found["times"]}


def with_r(part):
    found = [name for name, values in R["cases"].items() if part in values]
    assert len(found) > 8
    return pytest.mark.parametrize("name", found)


def same(ours, theirs, rtol=RTOL):
    # only of proportional odds less than 1e-9 is asked: clm() of ordinal stops its search at a gradient of 1e-6
    assert {key: ours[key] for key in theirs} == pytest.approx(theirs, rel=rtol, abs=1e-12)


def test_r_wrote_values_for_every_case():
    assert R["cases"].keys() == WAVES.keys()
    assert R["courses"].keys() == COURSES.keys()


@with_r("slope")
def test_slope_of_the_means(name):
    same(asdict(slope(**samples(name))), R["cases"][name]["slope"])


@with_r("departure")
def test_departure_from_the_line_is_johansens(name):
    same(asdict(departure(**samples(name))), R["cases"][name]["departure"])


@with_r("order")
def test_linear_by_linear_is_independence_test(name):
    found, scores = table(name)
    test, theirs = linear_by_linear(**found, scores=scores), R["cases"][name]["order"]
    same(asdict(test), theirs["lbl"] | {"tau": theirs["tau"]})


@with_r("order")
def test_jonckheere_is_cor_test_by_kendall(name):
    theirs = R["cases"][name]["order"]
    same(asdict(jonckheere(counts=table(name)[0]["counts"])), theirs["jonckheere"] | {"tau": theirs["tau"]})


@with_r("odds")
def test_proportional_odds_are_clm(name):
    same(asdict(proportional_odds(**table(name)[0])), {key: value for key, value in R["cases"][name]["odds"].items() if key != "stopped"}, rtol=1e-6)


def test_separated_waves_have_no_odds_ratio():
    found = proportional_odds(**table("separated")[0])
    assert (found.odds_ratio, found.p_value, found.note) == (None, None, "no answer in the waves runs against the others: the odds ratio has no finite value")


@pytest.mark.parametrize("name", COURSES)
def test_clustered_slope_has_the_error_of_svyglm(name):
    found = clustered_slope(courses=COURSES[name])
    same(asdict(found), {key: value for key, value in R["courses"][name].items() if key != "departure"})
    assert bool(found.note) == (len(COURSES[name]) < FEW_PEOPLE)


@pytest.mark.parametrize("name", [name for name, values in R["courses"].items() if "departure" in values])
def test_departure_of_linked_people_is_the_wald_test_of_survey(name):
    same(asdict(clustered_departure(courses=COURSES[name])), R["courses"][name]["departure"])


def test_a_case_of_linked_people_has_four_waves():
    assert {len({time for answers, _ in people for time, _ in answers}) for people in COURSES.values()} >= {4}
