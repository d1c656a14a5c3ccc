"""Series with autoregressive errors against R's nlme: every value of tests/reference/serial.json.

The likelihood is flat at its top, so both programs find phi to about seven figures only; the rest follows phi. Hence 1e-5 of a standard error.
"""

import csv
import json
import math
import subprocess
import sys
from itertools import groupby
from pathlib import Path

import pytest

from rpgstat.stats.regression import FEWEST_ASIDE, linear_trend, percent_per_year, segmented

AT_BOUND = "neighbouring periods are so alike that a trend cannot be told from their drift"

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "serial.json").read_text(encoding="utf-8"))["cases"]


def read_cases():
    with (REFERENCE / "serial_cases.csv").open(encoding="utf-8", newline="") as file:
        return {name: list(rows) for name, rows in groupby(csv.DictReader(file), lambda row: row["case"])}


CASES = read_cases()


def points(name):
    rows = CASES[name]
    return {"times": [int(row["index"]) for row in rows], "values": [float(row["value"]) for row in rows], "per_year": int(rows[0]["per_year"])}


def same(ours, phi, theirs, their_phi):
    """Estimate, limits, p and phi; where R's phi runs to 1, ours has none."""
    if their_phi > 1 - 1e-5:
        assert (ours.estimate, ours.low, ours.p_value, phi) == (None, None, None, None)
        return
    within = 1e-5 * theirs["std_error"]
    # gls() of nlme stops its search for phi early: a hundred thousandth of a standard error is then left
    assert [ours.estimate, ours.low, ours.high] == pytest.approx([theirs[key] for key in ("estimate", "low", "high")], rel=0, abs=2 * within)
    # the tail magnifies an error of t by about t
    assert ours.p_value == pytest.approx(theirs["p_value"], rel=1e-5 * max(1.0, abs(theirs["statistic"])), abs=1e-300)
    # where the search for phi stops
    assert phi == pytest.approx(their_phi, abs=1e-6)


def test_the_cases_are_what_their_script_writes():
    written = subprocess.run([sys.executable, REFERENCE / "serial_cases.py"], check=True, capture_output=True).stdout
    assert written == (REFERENCE / "serial_cases.csv").read_bytes()
    assert R.keys() == CASES.keys()


@pytest.mark.parametrize("name", CASES)
def test_trend(name):
    found = linear_trend(**points(name))
    same(found.slope, found.phi, R[name]["trend"], R[name]["trend"]["phi"])
    if found.phi is None:
        assert found.note == AT_BOUND


@pytest.mark.parametrize("name", CASES)
def test_limits_of_the_change_in_per_cent_are_those_of_the_logarithms(name):
    theirs, found = R[name]["log"], percent_per_year(**points(name))
    logs = linear_trend(**points(name) | {"values": [math.log(value) for value in points(name)["values"]]})
    same(logs.slope, logs.phi, theirs, theirs["phi"])
    if found.slope.low is not None:
        assert [found.slope.low, found.slope.high] == pytest.approx([math.expm1(logs.slope.low), math.expm1(logs.slope.high)], rel=1e-12)
    else:
        assert found.note


@pytest.mark.parametrize("name", [name for name, values in R.items() if "breaks" in values])
def test_events(name):
    events = [int(event) for event in CASES[name][0]["events"].split()]
    for found, theirs in zip(segmented(**points(name), events=events), R[name]["breaks"], strict=True):
        if f"fewer than {FEWEST_ASIDE}" not in found.note:
            same(found.step, found.phi, theirs["step"], theirs["phi"])
            same(found.bend, found.phi, theirs["bend"], theirs["phi"])
