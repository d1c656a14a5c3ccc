"""Every reliability figure against R: tests/reference/reliability.R reads the same answers and wrote the values."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from itertools import groupby
from pathlib import Path

import pytest

from rpgstat.stats.reliability import cronbach, feldt, item_rest, omega_total

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "reliability.json").read_text(encoding="utf-8"))


def read_cases():
    with (REFERENCE / "reliability_cases.csv").open(encoding="utf-8", newline="") as file:
        rows = {name: list(rows) for name, rows in groupby(csv.DictReader(file), lambda row: row["case"])}
    return {name: [[Fraction(score) for score in row["answers"].split()] for row in own] for name, own in rows.items()}


def moments(people):
    items = list(zip(*people, strict=True))
    products = [[sum(a * b for a, b in zip(one, other, strict=True)) for other in items] for one in items]
    return {"n": len(people), "sums": [sum(item) for item in items], "products": products}


CASES = {name: moments(people) for name, people in read_cases().items()}


def having(part):
    return [name for name, values in R["cases"].items() if part in values]


def without(part):
    return [name for name, values in R["cases"].items() if part not in values]


def test_r_wrote_values_for_every_case():
    assert R["cases"].keys() == CASES.keys()


@pytest.mark.parametrize("name", CASES)
def test_alpha_limits_and_mean_correlation(name):
    ours, theirs = cronbach(**CASES[name]), R["cases"][name]
    for key in ("alpha", "alpha_low", "alpha_high", "mean_r"):
        assert getattr(ours, key) == (pytest.approx(theirs[key], rel=1e-9, abs=0) if key in theirs else None)
    assert bool(ours.note) == (not {"alpha", "alpha_low", "mean_r"} <= theirs.keys())


@pytest.mark.parametrize("name", having("item_rest"))
def test_each_item_against_the_rest(name):
    items, theirs = item_rest(**CASES[name]), R["cases"][name]
    for ours, expected in zip(items, theirs["item_rest"], strict=True):
        assert ours.item_rest == (None if expected is None else pytest.approx(expected, rel=1e-9, abs=1e-15))
        assert bool(ours.note) == (ours.item_rest is None)
    dropped = theirs.get("alpha_if_dropped", [None] * len(items))
    for ours, expected in zip(items, dropped, strict=True):
        assert ours.alpha_if_dropped == (None if expected is None else pytest.approx(expected, rel=1e-9, abs=1e-12))


@pytest.mark.parametrize("name", having("psych"))
def test_all_of_it_is_that_of_psych(name):
    alpha, items, theirs = cronbach(**CASES[name]), item_rest(**CASES[name]), R["cases"][name]["psych"]
    assert {key: getattr(alpha, key) for key in ("alpha", "alpha_low", "alpha_high", "mean_r")} == pytest.approx(
        {key: theirs[key] for key in ("alpha", "alpha_low", "alpha_high", "mean_r")}, rel=1e-9
    )
    assert [item.item_rest for item in items] == pytest.approx(theirs["item_rest"], rel=1e-9)
    if len(items) > 3:  # with two items left psych works from their correlation
        assert [item.alpha_if_dropped for item in items] == pytest.approx(theirs["alpha_if_dropped"], rel=1e-9)


@pytest.mark.parametrize("name", having("omega"))
def test_omega_is_that_of_the_least_residuals(name):
    ours, theirs = omega_total(**CASES[name]), R["cases"][name]
    assert ours.omega == pytest.approx(theirs["omega"], rel=1e-9)
    assert [1 - loading**2 for loading in ours.loadings] == pytest.approx(theirs["uniquenesses"], rel=1e-9)
    assert ours.omega == pytest.approx(theirs["omega_psych"], abs=1e-4)  # psych's search stops early, at some 1e-6


@pytest.mark.parametrize("name", without("omega"))
def test_no_omega_where_r_has_none(name):
    ours = omega_total(**CASES[name])
    assert (ours.omega, ours.loadings) == (None, ())
    assert ("Heywood" in ours.note) == ("heywood" in R["cases"][name])


@pytest.mark.parametrize("row", R["quantiles"], ids=lambda row: f"{row['p']} of {row['n']} people, {row['items']} items")
def test_quantiles_of_f(row):
    """At an alpha of 0 the limits are 1 - F."""
    tail = min(row["p"], 1 - row["p"])
    limits = feldt(0.0, int(row["n"]), row["items"], 1 - 2 * tail)
    ours = 1 - (limits.high if row["p"] < 0.5 else limits.low)
    assert ours == pytest.approx(row["f"], rel=1e-9, abs=1e-15)
    assert row["qf"] is None or ours == pytest.approx(row["qf"], rel=1e-9, abs=1e-15)
