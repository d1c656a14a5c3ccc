"""`score` and `compare` on the example study equal R, column by column (tests/reference/rpg.R)."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from rpgstat import workflow

HERE = Path(__file__).parents[1]
STUDY = HERE.parent / "fixtures" / "rpg" / "study.toml"
R = json.loads((HERE / "reference" / "rpg.json").read_text(encoding="utf-8"))
# effectsize finds the limits of g by a simplex search that stops near 1e-4 of the noncentrality.
LOOSE = {"effect_low": 1e-4, "effect_high": 1e-4}
SHARED = (
    "n_reference n mean_reference mean sd_reference sd estimate std_error conf_low conf_high effect effect_low effect_high agree_reference agree "
    "agree_change agree_change_low agree_change_high detectable"
).split()


def close(ours: float, theirs: float, column: str) -> bool:
    # effectsize searches the limits of an effect on the probability, to about 1e-6
    return math.isclose(ours, theirs, rel_tol=LOOSE.get(column, 1e-9), abs_tol=1e-12)


def by_row(rows: list[dict], *keys: str) -> dict[tuple, dict]:
    return {tuple(row[key] or "" for key in keys): row for row in rows}


@pytest.fixture(scope="module")
def compared():
    return {method: by_row(workflow.compare(study=STUDY, method=method)[0].rows, "battery", "item") for method in ("welch", "student", "mann-whitney")}


def test_every_score_column_equals_r():
    ours = by_row(workflow.score(study=STUDY)[0].rows, "battery", "item", "wave")
    theirs = by_row(R["score"], "battery", "item", "wave")
    assert ours.keys() == theirs.keys()
    for key, row in theirs.items():
        for column in row.keys() - {"battery", "item", "wave"}:
            assert close(ours[key][column], row[column], column), (key, column)


@pytest.mark.parametrize("column", SHARED)
def test_the_columns_that_no_method_changes_equal_r(compared, column):
    theirs = by_row(R["compare"], "battery", "item")
    assert compared["welch"].keys() == theirs.keys()
    for key, row in theirs.items():
        assert close(compared["welch"][key][column], row[column], column), key


@pytest.mark.parametrize("method", ["welch", "student", "mann-whitney"])
def test_statistic_df_and_p_equal_r(compared, method):
    for key, row in by_row(R["compare"], "battery", "item").items():
        for column, value in row[method.replace("-", "_")].items():
            if column in compared[method][key]:
                assert close(compared[method][key][column], value, column), (key, column)


@pytest.mark.parametrize("adjust", ["holm", "bh", "bonferroni"])
@pytest.mark.parametrize("method", ["welch", "student", "mann-whitney"])
def test_adjusted_p_equals_r(method, adjust):
    ours = by_row(workflow.compare(study=STUDY, method=method, adjust=adjust)[0].rows, "battery", "item")
    for key, row in by_row(R["compare"], "battery", "item").items():
        assert close(ours[key]["p_adjusted"], row[method.replace("-", "_")][f"p_{adjust}"], adjust), key


@pytest.mark.parametrize("method", ["exact", "exact-rank", "chi-square"])
def test_exact_and_chi_square_items_equal_r(method):
    ours = by_row(workflow.compare(study=STUDY, method=method)[0].rows, "battery", "item")
    for key, row in by_row(R["compare"], "battery", "item").items():
        for column, value in row.get(method.replace("-", "_"), {}).items():
            assert close(ours[key][column], value, column), (key, column)
