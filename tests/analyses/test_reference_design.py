"""Under weights, raking and a finite population `score`, `compare` and `breakdown` equal R, column by column (tests/reference/design.R)."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from rpgstat import workflow

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "design.json").read_text(encoding="utf-8"))
STUDY = """
groups = { Role = "Role", Site = "Site" }
disclosure = { hide_below = 1, detail_from = 1 }  # R protects nobody: small groups would be weighted as one
[scales.agreement]
levels = ["Disagree strongly", "Disagree", "Agree", "Agree strongly"]
[[waves]]
name = "1"
file = "design_1.csv"
invited = 130
invited_by.Role = { Nurse = 60, Doctor = 45 }
[[waves]]
name = "2"
file = "design_2.csv"
invited = 170
invited_by.Role = { Nurse = 70, Doctor = 60, Porter = 50 }
[population]
Role = { Nurse = 0.5, Doctor = 0.2, Porter = 0.3 }
Site = { North = 0.6, South = 0.4 }
[[batteries]]
name = "Work"
scale = "agreement"
items = ["I plan", "I rest", "I learn", "I stay"]
"""
KINDS = {
    "weight": {"weight": "Design weight"},
    "rake": {"rake": ["Role"]},
    "rake2": {"rake": ["Role", "Site"]},
    "fpc": {"fpc": True},
    "weight_fpc": {"weight": "Design weight", "fpc": True},
}


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("design")
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    for name in ("design_1.csv", "design_2.csv"):
        (folder / name).write_bytes((REFERENCE / name).read_bytes())
    return folder / "study.toml"


def check(ours: list[dict], theirs: list[dict], *keys: str) -> None:
    rows = {tuple("" if key == "text" and row["item"] is None else str(row[key]) for key in keys): row for row in ours}
    assert len(rows) == len(theirs)
    for expected in theirs:
        row = rows[tuple(str(expected[key]) for key in keys)]
        for column in expected.keys() - set(keys):
            assert math.isclose(row[column], expected[column], rel_tol=1e-9, abs_tol=1e-12 if column == "estimate" else 0), (column, row)


@pytest.mark.parametrize("kind", KINDS)
def test_score_equals_r(study, kind):
    check(workflow.score(study=study, **KINDS[kind])[0].rows, R[kind]["score"], "text", "wave")


@pytest.mark.parametrize("kind", KINDS)
def test_compare_equals_r(study, kind):
    check(workflow.compare(study=study, **KINDS[kind])[0].rows, R[kind]["compare"], "text")


@pytest.mark.parametrize("kind", KINDS)
def test_breakdown_equals_r(study, kind):
    # in full: few people did not state their role, and what everyone else said would tell about them
    found, omnibus = workflow.breakdown(study=study, by=["Role"], suppression=False, **KINDS[kind])
    stated = [row for row in found.rows if row["group"] != "(not stated)"]
    check(stated, R[kind]["breakdown"], "text", "wave", "group")
    check(omnibus.rows, R[kind]["omnibus"], "text", "wave")
