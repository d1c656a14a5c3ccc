"""Every figure that compares groups against R: tests/reference/groups.R reads the same cases and wrote the values."""

from __future__ import annotations

import csv
import json
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path

import pytest

from rpgstat.stats.group_changes import interaction, standardised
from rpgstat.stats.groups import games_howell, kruskal_wallis, welch_anova
from rpgstat.stats.sample import describe
from rpgstat.stats.studentized_range import critical_range, upper_tail

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "groups.json").read_text(encoding="utf-8"))
WAVES = ("reference", "later")


def read_cases():
    cases = {}
    with (REFERENCE / "groups_cases.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            group = cases.setdefault(row["case"], {}).setdefault(int(row["group"]), {"score": [], "reference": [], "later": []})
            group["score"].append(Fraction(row["score"]))
            for wave in WAVES:
                group[wave].append(int(row[wave]))
    return {name: list(groups.values()) for name, groups in cases.items()}


CASES = read_cases()


def samples(name, wave):
    return [describe(counts=group[wave], scores=group["score"]) for group in CASES[name]]


def both_waves(name):
    return {wave: samples(name, wave) for wave in WAVES}


def same(ours, theirs):
    # Below 1e-12 stands what is left of a difference that is 0: R sums floats, the statistics of like groups are exactly 0 here.
    assert {name: asdict(ours)[name] for name in theirs} == pytest.approx(theirs, rel=1e-9, abs=1e-12 if ours.p_value > 0.99 else 0)


def having(part):
    return [(name, wave) for name, values in R["cases"].items() for wave in WAVES if part in values[wave]]


def lacking(part):
    return [(name, wave) for name, values in R["cases"].items() for wave in WAVES if part not in values[wave]]


def test_r_wrote_values_for_every_case():
    assert R["cases"].keys() == CASES.keys()


@pytest.mark.parametrize(("name", "wave"), having("welch"))
def test_welch_anova_is_oneway_test(name, wave):
    answered = [sample for sample in samples(name, wave) if sample.n]
    same(welch_anova(samples=answered), R["cases"][name][wave]["welch"])


@pytest.mark.parametrize(("name", "wave"), lacking("welch"))
def test_no_anova_where_r_has_none(name, wave):
    found = samples(name, wave)
    test = welch_anova(samples=found)
    assert test.p_value is test.f_statistic is test.omega_squared is None
    assert "no variance" in test.note
    assert test.lacking == tuple(i for i, sample in enumerate(found) if not sample.sd)


@pytest.mark.parametrize(("name", "wave"), having("kruskal"))
def test_kruskal_wallis_is_kruskal_test(name, wave):
    same(kruskal_wallis(counts=[group[wave] for group in CASES[name]]), R["cases"][name][wave]["kruskal"])


@pytest.mark.parametrize(("name", "wave"), lacking("kruskal"))
def test_no_kruskal_wallis_where_r_has_none(name, wave):
    assert kruskal_wallis(counts=[group[wave] for group in CASES[name]]).note == "all answers are equal: no variance"


@pytest.mark.parametrize(("name", "wave"), having("pairs"))
def test_games_howell(name, wave):
    pairs = games_howell(samples=samples(name, wave))
    theirs = R["cases"][name][wave]["pairs"]
    tested = [pair for pair in pairs if not pair.note]
    assert [(pair.group, pair.other) for pair in tested] == [(pair["group"], pair["other"]) for pair in theirs]
    for ours, pair in zip(tested, theirs, strict=True):
        assert {key: asdict(ours)[key] for key in pair} == pytest.approx(pair, rel=1e-9, abs=1e-14)
    assert all(pair.p_adjusted is None for pair in pairs if pair.note)


@pytest.mark.parametrize("name", [name for name, values in R["cases"].items() if "interaction" in values])
def test_interaction_is_the_matrix_form_of_welch_james(name):
    same(interaction(**both_waves(name)), R["cases"][name]["interaction"])


@pytest.mark.parametrize("name", [name for name, values in R["cases"].items() if "interaction" not in values])
def test_no_interaction_without_the_variance_of_a_change(name):
    test = interaction(**both_waves(name))
    assert test.p_value is None
    assert test.note
    assert test.lacking


@pytest.mark.parametrize("name", CASES)
def test_standardised_change(name):
    waves = both_waves(name)
    groups = len(waves["later"])
    shares = [2 * (i + 1) / (groups * (groups + 1)) for i in range(groups)]
    change, theirs = standardised(**waves, shares=shares), R["cases"][name].get("standardised")
    if theirs is None:
        assert change.p_value is None
        assert "no variance" in change.note
    else:
        assert {key: asdict(change)[key] for key in theirs} == pytest.approx(theirs, rel=1e-9, abs=1e-14)


@pytest.mark.parametrize("row", R["ranges"], ids=lambda row: f"{row['groups']} groups, {row['df']} df, {row['q']}")
def test_studentized_range(row):
    q, groups, df = row["q"], row["groups"], row["df"]
    ours = upper_tail(q, groups, df)
    assert ours == pytest.approx(row["upper"], rel=1e-11, abs=0)
    if row["upper_t"] is not None:
        assert ours == pytest.approx(row["upper_t"], rel=1e-11, abs=0)
    if row["critical"] is not None:
        assert critical_range(0.95, groups, df) == pytest.approx(row["critical"], rel=1e-11)
    # R's own fixed-order rule is less exact: at 2 df and q = 20 it misses the t of two groups, known from pt(), by 3e-4
    if row["ptukey"] is not None:
        assert ours == pytest.approx(row["ptukey"], abs=1e-3 if df < 10 else 3e-7)
    if row["qtukey"] is not None:
        # found from the same rule, so no better than it
        assert critical_range(0.95, groups, df) == pytest.approx(row["qtukey"], rel=1e-3 if df < 10 else 1e-7)
