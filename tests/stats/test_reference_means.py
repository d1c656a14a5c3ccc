"""Mean, share and adjustment kernels against R: every value of tests/reference/means.json."""

import csv
import json
import math
from dataclasses import asdict
from fractions import Fraction
from itertools import groupby
from pathlib import Path

import pytest

from rpgstat.stats.adjust import adjust
from rpgstat.stats.means import detectable, equivalence, hedges_g, student, welch
from rpgstat.stats.sample import describe, mean_interval, midpoint_test
from rpgstat.stats.shares import newcombe, wilson

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "means.json").read_text(encoding="utf-8"))


def read_cases():
    with (REFERENCE / "means_cases.csv").open(encoding="utf-8", newline="") as file:
        return {name: list(rows) for name, rows in groupby(csv.DictReader(file), lambda row: row["case"])}


CASES = read_cases()


def samples(name):
    scores = [Fraction(row["score"]) for row in CASES[name]]
    return [describe(counts=[int(row[wave]) for row in CASES[name]], scores=scores) for wave in ("reference", "later")]


def midpoint(name):
    scores = [float(row["score"]) for row in CASES[name]]
    return (min(scores) + max(scores)) / 2


def same(ours, theirs):
    """Every value of R's equals ours at 1e-9, however small; returns the names that are None here."""
    missing = {name for name, value in ours.items() if value is None}
    assert missing.isdisjoint(theirs)
    assert {name: ours[name] for name in theirs} == pytest.approx(theirs, rel=1e-9, abs=0)
    return missing


def having(part):
    return [name for name, values in R["cases"].items() if part in values]


def test_every_case_has_its_values():
    assert R["cases"].keys() == CASES.keys()


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("wave", ["reference", "later"])
def test_one_sample(name, wave):
    sample = samples(name)[wave == "later"]
    limits = mean_interval(sample=sample)
    test = midpoint_test(sample=sample, midpoint=midpoint(name))
    ours = asdict(sample) | {"low": limits and limits.low, "high": limits and limits.high}
    ours |= {"midpoint_t": test.statistic, "midpoint_df": test.df, "midpoint_p": test.p_value}
    theirs = R["cases"][name][wave]
    missing = same(ours, theirs)
    assert missing == ours.keys() - theirs.keys()
    assert bool(test.note) == (test.p_value is None)


@pytest.mark.parametrize("kernel", [welch, student])
@pytest.mark.parametrize("name", having("welch"))
def test_two_means(kernel, name):
    reference, later = samples(name)
    theirs = R["cases"][name][kernel.__name__]
    assert not same(asdict(kernel(reference=reference, later=later)), theirs)


@pytest.mark.parametrize("name", sorted(CASES.keys() - set(having("welch"))))
def test_no_test_of_means_where_r_has_none(name):
    reference, later = samples(name)
    for kernel in (welch, student):
        change = kernel(reference=reference, later=later)
        assert change.p_value is None
        assert "no variance" in change.note
    assert hedges_g(reference=reference, later=later).estimate is None


@pytest.mark.parametrize("name", having("effect"))
def test_hedges_g(name):
    reference, later = samples(name)
    ours, theirs = hedges_g(reference=reference, later=later), R["cases"][name]["effect"]
    same({"g": ours.estimate, "g_low": ours.low, "g_high": ours.high}, {k: theirs[k] for k in ("g", "g_low", "g_high")})
    # effectsize searches its limits by Nelder-Mead on the probability, to about 1e-6, and R's pt() is approximate beyond a noncentrality of 37.6
    rel = 3e-3 if name.startswith("extreme") else 2e-6
    assert [ours.low, ours.high] == pytest.approx([theirs["effectsize_low"], theirs["effectsize_high"]], rel=rel, abs=1e-6)


@pytest.mark.parametrize("name", having("equivalence"))
def test_equivalence_and_detectable(name):
    reference, later = samples(name)
    change = welch(reference=reference, later=later)
    ours = equivalence(estimate=change.estimate, std_error=change.std_error, df=change.df, margin=R["margin"], alpha=0.05)
    same(asdict(ours), R["cases"][name]["equivalence"])
    assert detectable(std_error=change.std_error, df=change.df, alpha=0.05) == pytest.approx(R["cases"][name]["detectable"], rel=1e-9, abs=0)


@pytest.mark.parametrize("name", having("shares"))
def test_shares(name):
    values = R["cases"][name]["shares"]
    counts = {key: values[key] for key in ("count_reference", "n_reference", "count", "n")}
    before, after = wilson(count=counts["count_reference"], n=counts["n_reference"]), wilson(count=counts["count"], n=counts["n"])
    change = newcombe(**counts)
    ours = counts | {"reference_low": before.low, "reference_high": before.high, "low": after.low, "high": after.high}
    same(ours | {"change_low": change.low, "change_high": change.high}, values)


@pytest.mark.parametrize("family", R["families"])
@pytest.mark.parametrize("method", ["holm", "bh", "bonferroni", "none"])
def test_adjusted(family, method):
    values = R["families"][family]
    for ours, theirs in zip(adjust(values["raw"], method), values[method], strict=True):
        assert ours == theirs if theirs is None else math.isclose(ours, theirs, rel_tol=1e-9)
