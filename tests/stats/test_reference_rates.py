"""Kernels of rates against R: every value of tests/reference/rates.json."""

import csv
import json
from itertools import groupby
from pathlib import Path

import pytest

from rpgstat.stats.rates import event_trend, plain_trend, poisson_interval, rate_difference, rate_ratio, share_difference, share_trend
from rpgstat.stats.shares import newcombe, wilson

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "rates.json").read_text(encoding="utf-8"))["cases"]
with (REFERENCE / "rates_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = {name: list(rows) for name, rows in groupby(csv.DictReader(file), lambda row: row["case"])}


def having(part):
    return [name for name, values in R.items() if part in values]


def counts(name):
    return [float(row["count"]) for row in CASES[name]], [int(row["total"]) for row in CASES[name]]


def times(name):
    return [int(row["time"]) for row in CASES[name]]


def close(found, expected):
    """Two limits, to 1e-9; what R writes as 0 is 0."""
    assert found.low == pytest.approx(expected["low"], rel=1e-9, abs=0)
    assert found.high == (pytest.approx(expected["high"], rel=1e-9, abs=0) if expected["high"] is not None else float("inf"))


@pytest.mark.parametrize("name", having("poisson"))
def test_exact_poisson_interval(name):
    for count, total, expected in zip(*counts(name), R[name]["poisson"], strict=True):
        close(poisson_interval(events=count, exposure=total), expected)


@pytest.mark.parametrize("name", having("wilson"))
def test_wilson(name):
    for count, total, expected in zip(*counts(name), R[name]["wilson"], strict=True):
        close(wilson(count=count, n=total), expected)


@pytest.mark.parametrize("name", having("difference"))
def test_difference_of_event_rates(name):
    (before, after), (total_before, total_after) = counts(name)
    close(rate_difference(events_reference=before, exposure_reference=total_before, events=after, exposure=total_after), R[name]["difference"])


@pytest.mark.parametrize("name", having("newcombe"))
def test_newcombe(name):
    (before, after), (total_before, total_after) = counts(name)
    close(newcombe(count_reference=before, n_reference=total_before, count=after, n=total_after), R[name]["newcombe"])


@pytest.mark.parametrize("name", having("ratio"))
def test_ratio_by_the_conditional_binomial(name):
    (before, after), (total_before, total_after) = counts(name)
    found = rate_ratio(events_reference=before, exposure_reference=total_before, events=after, exposure=total_after)
    expected = R[name]["ratio"]
    assert found.estimate == (pytest.approx(expected["estimate"], rel=1e-9, abs=0) if expected["estimate"] is not None else None)
    close(found, expected)
    assert found.p_value == pytest.approx(expected["p_value"], rel=1e-9, abs=0)


@pytest.mark.parametrize("name", having("score"))
def test_pooled_score(name):
    (before, after), (total_before, total_after) = counts(name)
    found = share_difference(count_reference=before, n_reference=total_before, count=after, n=total_after)
    assert found.statistic == pytest.approx(R[name]["score"]["z"], rel=1e-9, abs=0)
    assert found.p_value == pytest.approx(R[name]["score"]["p_value"], rel=1e-9, abs=0)


@pytest.mark.parametrize("name", having("shares"))
def test_trend_of_shares(name):
    count, total = counts(name)
    found, expected = share_trend(times=times(name), counts=count, totals=total), R[name]["shares"]
    assert [found.slope, found.low, found.high] == pytest.approx([expected["slope"], expected["low"], expected["high"]], rel=1e-9, abs=0)
    assert found.p_value == pytest.approx(expected["p_value"], rel=1e-9, abs=0)


@pytest.mark.parametrize("name", having("events"))
def test_trend_of_events(name):
    count, total = counts(name)
    found, expected = event_trend(times=times(name), events=count, exposures=total), R[name]["events"]
    assert [found.slope, found.low, found.high] == pytest.approx([expected["slope"], expected["low"], expected["high"]], rel=1e-9, abs=0)
    assert found.p_value == pytest.approx(expected["p_value"], rel=1e-9, abs=0)


@pytest.mark.parametrize("name", having("plain"))
def test_plain_slope(name):
    count, total = counts(name)
    rates = [x / t for x, t in zip(count, total, strict=True)]
    assert plain_trend(times=times(name), rates=rates).slope == pytest.approx(R[name]["plain"], rel=1e-9, abs=0)
