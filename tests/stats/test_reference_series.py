"""Kernels of series against R: every value of tests/reference/series.json."""

import csv
import json
from itertools import groupby
from pathlib import Path

import pytest

from rpgstat.stats.charts import attributes, control_chart, individuals
from rpgstat.stats.regression import percent_per_year
from rpgstat.stats.series import autocorrelation, kendall_tau, residuals, theil_sen

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "series.json").read_text(encoding="utf-8"))["cases"]


def read_cases():
    with (REFERENCE / "series_cases.csv").open(encoding="utf-8", newline="") as file:
        return {name: list(rows) for name, rows in groupby(csv.DictReader(file), lambda row: row["case"])}


CASES = read_cases()


def points(name):
    return {"times": [int(row["index"]) for row in CASES[name]], "values": [float(row["value"]) for row in CASES[name]]}


def exposure(name):
    return [float(row["exposure"]) for row in CASES[name]] if CASES[name][0]["exposure"] else None


def per_year(name):
    return int(CASES[name][0]["per_year"])


def having(part):
    return [name for name, values in R.items() if part in values]


def same(ours, theirs):
    assert ours == (theirs if theirs is None else pytest.approx(theirs, rel=1e-9, abs=0))


def test_every_case_has_its_values():
    assert R.keys() == CASES.keys()


@pytest.mark.parametrize("name", CASES)
def test_tau_and_median_slope(name):
    same(kendall_tau(values=points(name)["values"]), R[name]["tau"])
    # a median slope of nought is nought in both, whatever the sign of the rounding
    assert theil_sen(**points(name)) == pytest.approx(R[name]["sen"], rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("name", CASES)
def test_autocorrelation(name):
    times = points(name)["times"]
    # a correlation of nearly nothing is a difference of large sums
    assert autocorrelation(times=times, values=residuals(**points(name))) == pytest.approx(R[name]["autocorrelation"], rel=1e-9, abs=1e-14)


@pytest.mark.parametrize("name", CASES)
def test_percent_per_year(name):
    same(percent_per_year(**points(name), exposure=exposure(name), per_year=per_year(name)).slope.estimate, R[name]["percent"])


@pytest.mark.parametrize("screen", [False, True])
@pytest.mark.parametrize("name", CASES)
def test_limits_of_individual_values(name, screen):
    ours, theirs = individuals(**points(name), screen=screen), R[name]["screened" if screen else "chart"]
    same([ours.centre, ours.centre - ours.reach[0], ours.centre + ours.reach[0]], [theirs[key] for key in ("centre", "lower", "upper")])


@pytest.mark.parametrize("kind", ["p", "u"])
@pytest.mark.parametrize("name", having("attributes"))
def test_limits_of_shares_and_rates(name, kind):
    theirs, (times, counts), totals = R[name]["attributes"], points(name).values(), exposure(name)
    limits = attributes(times=times, counts=counts, totals=totals, kind=kind)
    same([limits.centre, *limits.reach], [theirs["centre"], *theirs[f"{kind}_reach"]])
    rates = [count / total for count, total in zip(counts, totals, strict=True)]
    drawn = control_chart(times=times, values=rates, counts=counts, totals=totals, kind=kind).lines
    same([line.upper - line.centre for line in drawn], theirs[f"{kind}_reach"])
