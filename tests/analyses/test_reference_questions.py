"""Under weights, raking and a finite population `topline` equals R, column by column (tests/reference/questions_design.R)."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

import pytest

from rpgstat import workflow
from tests.conftest import HEARD

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "questions_design.json").read_text(encoding="utf-8"))
LEVELS = ("Disagree strongly", "Disagree", "Agree", "Agree strongly")
STUDY = (
    """
groups = { Role = "Role", Site = "Site" }
[[waves]]
name = "1"
file = "one.csv"
invited = 130
[[waves]]
name = "2"
file = "two.csv"
invited = 170
[disclosure]
hide_below = 1    # else weights that nobody declared are refused
[population]
Role = { Nurse = 0.5, Doctor = 0.2, Porter = 0.3 }
[[questions]]
id = "plan"
text = "I plan"
options = ["Disagree strongly", "Disagree", "Agree", "Agree strongly"]
[[questions]]
id = "years"
text = "Years"
kind = "number"
"""
    + HEARD
)
KINDS = {"weight": {"weight": "Design weight"}, "rake": {"rake": ["Role"]}, "fpc": {"fpc": True}, "weight_fpc": {"weight": "Design weight", "fpc": True}}


def more(row: int, wave: int, person: dict[str, str]) -> dict[str, str]:
    """The person with answers to the questions that the R script makes."""
    known = LEVELS.index(person["I plan"]) + 1 if person["I plan"] else 0
    return person | {
        "Likely": "" if row % 9 == 0 else str((7 * row + 3 * known + wave) % 11),
        "Email": "Email" if (row + known + wave) % 3 == 0 else "",
        "Post": "Post" if (row + known) % 4 < wave else "",
        "Years": "" if row % 11 == 0 else str((5 * row + known) % 17),
    }


@pytest.fixture
def study(tmp_path):
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    for wave, name in enumerate(("one.csv", "two.csv"), start=1):
        with (REFERENCE / f"design_{wave}.csv").open(encoding="utf-8") as file:
            people = [more(row, wave, person) for row, person in enumerate(csv.DictReader(file), start=1)]
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            write = csv.DictWriter(file, list(people[0]))
            write.writeheader()
            write.writerows(people)
    return tmp_path / "study.toml"


@pytest.mark.parametrize("kind", KINDS)
def test_topline_equals_r(study, kind):
    # in full: these weights are not declared, and with the few who stated no role would tell of them
    rows = {(row["question"], row["option"], row["wave"]): row for row in workflow.topline(study=study, suppression=False, **KINDS[kind])[0].rows}
    expected = {(question, option): R[kind][question][option] for question in ("plan", "hear") for option in R[kind][question]}
    for (question, option), theirs in (expected | {("likely", None): R[kind]["likely"], ("years", None): R[kind]["years"]}).items():
        for wave, side in (("1", "before"), ("2", "after")):
            for column, value in theirs[side].items():
                assert math.isclose(rows[question, option, wave][column], value, rel_tol=1e-9, abs_tol=1e-12), (question, option, wave, column)


def test_weights_of_one_change_nothing(study):
    plain = workflow.topline(study=study)[0]
    alike = study.with_name("alike.toml")
    alike.write_text(f'weight = "One"\n{STUDY}', encoding="utf-8")
    for name in ("one.csv", "two.csv"):
        lines = (study.parent / name).read_text(encoding="utf-8").splitlines()
        (study.parent / name).write_text("\n".join([f"{lines[0]},One", *(f"{line},2" for line in lines[1:])]) + "\n", encoding="utf-8")
    weighted = workflow.topline(study=alike)[0]
    for one, other in zip(plain.rows, weighted.rows, strict=True):
        for column in ("count", "n", "share", "share_low", "share_high", "mean", "mean_low", "score", "score_low", "change", "change_low"):
            assert one[column] == other[column] or math.isclose(one[column], other[column], rel_tol=1e-12), (one, column)
