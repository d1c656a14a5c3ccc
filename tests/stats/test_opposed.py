"""Batteries whose items oppose each other: every figure against R, and what must hold for any answers."""

from __future__ import annotations

import csv
import json
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpgstat.stats.opposed import ENOUGH, opposed
from rpgstat.stats.reliability import cronbach, item_rest

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "opposed.json").read_text(encoding="utf-8"))["cases"]


def read_cases():
    with (REFERENCE / "opposed_cases.csv").open(encoding="utf-8", newline="") as file:
        rows = {name: list(own) for name, own in groupby(csv.DictReader(file), lambda row: row["case"])}
    return {name: [[int(score) for score in row["answers"].split()] for row in own] for name, own in rows.items()}


def sums(people):
    items, totals = list(zip(*people, strict=True)), [sum(scores) for scores in people]
    return {
        "n": len(people),
        "sums": [sum(item) for item in items],
        "squares": [sum(score * score for score in item) for item in items],
        "with_total": [sum(score * total for score, total in zip(item, totals, strict=True)) for item in items],
    }


CASES = read_cases()


def equal(ours, theirs):
    assert (ours is None) == (theirs is None)
    assert ours is None or ours == pytest.approx(theirs, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("case", R)
def test_every_figure_equals_r(case):
    found, theirs = opposed(**sums(CASES[case])), R[case]
    equal(found.alpha, theirs["alpha"])
    equal(found.alpha_high, theirs["alpha_high"])
    for ours, expected in zip(found.item_rest + found.item_rest_high, theirs["item_rest"] + theirs["item_rest_high"], strict=True):
        equal(ours, expected or None)  # R writes nothing as {}
    assert (list(found.against), found.opposed) == (theirs["against"], theirs["opposed"])


def test_the_cases_hold_both_answers():
    assert {values["opposed"] for values in R.values()} == {True, False}
    assert R["too_few"]["opposed"] is False
    assert R["too_few"]["alpha_high"] < 0  # but for one person it would be


PEOPLE = st.integers(2, 6).flatmap(lambda k: st.lists(st.lists(st.integers(1, 5), min_size=k, max_size=k), min_size=1, max_size=40))


@given(PEOPLE)
def test_it_is_alpha_and_item_rest_of_reliability(people):
    found, k = opposed(**sums(people)), len(people[0])
    products = [[sum(row[i] * row[j] for row in people) for j in range(k)] for i in range(k)]
    moments = {"n": len(people), "sums": sums(people)["sums"], "products": products}
    alpha = cronbach(**moments)
    equal(found.alpha, alpha.alpha)
    equal(found.alpha_high, alpha.alpha_high)
    for ours, theirs in zip(found.item_rest, item_rest(**moments), strict=True):
        equal(ours, theirs.item_rest)


@given(PEOPLE, st.integers(2, 5))
def test_the_unit_of_the_scores_does_not_matter(people, unit):
    found, scaled = (opposed(**sums([[score * factor for score in row] for row in people])) for factor in (1, unit))
    assert (found.opposed, found.against) == (scaled.opposed, scaled.against)


def test_twenty_people_are_enough_and_nineteen_are_not():
    people = [[1, 4], [2, 3], [3, 2], [4, 1]] * 5
    assert len(people) == ENOUGH
    assert opposed(**sums([*people[:-1], [4, 2]])).opposed
    assert not opposed(**sums(people[:-1])).opposed


def test_one_item_and_one_person_have_no_direction():
    assert opposed(n=30, sums=[60], squares=[150], with_total=[150]).item_rest == (None,)
    assert not opposed(n=1, sums=[2, 3], squares=[4, 9], with_total=[10, 15]).opposed
