"""`reliability` on the example study equals R psych, every column (tests/reference/reliability.R)."""

from __future__ import annotations

import json
import runpy
import tomllib
from pathlib import Path

import pytest

from rpgstat import workflow

HERE = Path(__file__).parents[1]
STUDY = HERE.parent / "fixtures" / "rpg" / "study.toml"
R = {(case["battery"], case["wave"]): case for case in json.loads((HERE / "reference" / "reliability.json").read_text(encoding="utf-8"))["rpg"]}


def exactly(expected):
    return pytest.approx(expected, rel=1e-9, abs=0)


@pytest.fixture(scope="module")
def results():
    return workflow.reliability(study=STUDY)


def test_every_column_of_scales_equals_r(results):
    rows = {(row["battery"], row["wave"]): row for row in results[0].rows}
    assert rows.keys() == R.keys()
    for key, case in R.items():
        row, psych = rows[key], case["psych"]
        assert (row["n"], row["items"], row["note"]) == (case["n"], case["items"], None)
        assert {name: row[name] for name in ("alpha", "alpha_low", "alpha_high", "mean_r")} == exactly(
            {name: psych[name] for name in ("alpha", "alpha_low", "alpha_high", "mean_r")}
        )
        assert row["omega"] == exactly(case["omega"])  # of the least residuals; the search of psych stops at some 1e-5 of the loadings
        assert row["omega"] == pytest.approx(case["omega_psych"], abs=1e-4)


def test_every_column_of_items_equals_r(results):
    for key, case in R.items():
        rows = [row for row in results[1].rows if (row["battery"], row["wave"]) == key]
        assert [row["item"] for row in rows] == case["ids"]
        assert [row["n"] for row in rows] == case["valid"]
        for column, expected in (
            ("item_rest", case["psych"]["item_rest"]),
            ("alpha_if_dropped", case["psych"]["alpha_if_dropped"]),
            ("floor", case["floor"]),
            ("ceiling", case["ceiling"]),
        ):
            assert [row[column] for row in rows] == exactly(expected), column
        assert {row["note"] for row in rows} == {None}
    assert len(results[1].rows) == sum(case["items"] for case in R.values())


def test_missing_are_the_blank_cells_of_the_files(results):
    """R has read only answers on the scale; the cells are counted here, by the script that prepared them for it."""
    cells = runpy.run_path(str(HERE / "reference" / "rpg_answers.py"))["rows"]
    study = tomllib.loads(STUDY.read_text(encoding="utf-8"))
    blank = {}
    for wave in study["waves"]:
        _, header, *people = cells(STUDY.parent / wave["file"])
        for battery in study["batteries"]:
            for item in battery["items"]:
                at = header.index(item["text"])
                blank[item["id"], wave["name"]] = sum(not row[at].strip() for row in people)
    assert {(row["item"], row["wave"]): row["missing"] for row in results[1].rows} == blank
