"""Raked answers of people whose ids link them, through the command, against R's survey: the cases of tests/reference/raked_pairs.R."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "raked_pairs.json").read_text(encoding="utf-8"))["cases"]
STUDY = """id = "Code"
weight = {{ rake = ["role", "site"] }}
[groups]
role = "Role"
site = "Site"
[population.role]
a = 0.5
b = 0.3
c = 0.2
[population.site]
x = 0.4
y = 0.6
[scales.agreement]
levels = {levels}
[[waves]]
name = "reference"
file = "reference.csv"
[[waves]]
name = "later"
file = "later.csv"
[[batteries]]
name = "Work"
scale = "agreement"
items = ["I plan"]
"""


@pytest.fixture
def survey(tmp_path):
    def made(case):
        waves = {"reference": [], "later": []}
        with (REFERENCE / "raked_pairs_cases.csv").open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                if row["case"] == case:
                    waves[row["wave"]].append([f"k{row['person']}x", row["role"], row["site"], row["score"], "here"])
        for wave, rows in waves.items():
            lines = [",".join(row) for row in [["Code", "Role", "Site", "I plan", "Was here"], *rows]]
            (tmp_path / f"{wave}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        top = 7 if case == "seven_levels" else 4
        (tmp_path / "study.toml").write_text(STUDY.format(levels=json.dumps([str(score) for score in range(1, top + 1)])), encoding="utf-8")
        return tmp_path

    return made


@pytest.mark.parametrize("case", ["typical", "all_in_both", "many_blank"])
def test_changes_have_the_error_that_survey_gives_them(command, survey, case):
    ran = command("compare", "--no-suppression", "-f", "json", cwd=survey(case))  # small categories would be weighted as one
    for row in ran.rows:  # the score of a battery of one statement is the statement
        assert {key: row[key] for key in R[case]["mean"]} == pytest.approx(R[case]["mean"], rel=1e-9, abs=1e-12)
        share = R[case]["share"]
        assert (row["agree_change"], row["agree_p"]) == pytest.approx((share["estimate"], share["p_value"]), rel=1e-9)
        assert row["agree_change_low"] < share["estimate"] < row["agree_change_high"]
        assert (row["method"], row["design"], row["effect_low"]) == ("clustered", "overlap", None)
    result = ran.document["results"][0]
    assert result["method"].startswith("T test of weighted answers, with errors clustered on the person")
    assert not any("different people" in note or "treated as independent" in note for note in result["notes"])


def test_seven_levels_agree_by_their_own_middle(command, survey):
    row = command("compare", "--no-suppression", "-f", "json", cwd=survey("seven_levels")).rows[0]
    assert {key: row[key] for key in R["seven_levels"]["mean"]} == pytest.approx(R["seven_levels"]["mean"], rel=1e-9)


def test_nobody_in_both_is_welch_of_the_raked_waves(command, survey):
    row = command("compare", "-f", "json", cwd=survey("nobody_in_both")).rows[0]
    assert (row["method"], "design" in row) == ("welch", False)
    apart = command("compare", "--design", "independent", "-f", "json", cwd=survey("typical")).rows[0]
    assert apart["method"] == "welch"
    linked = command("compare", "-f", "json", cwd=survey("typical")).rows[0]
    assert linked["estimate"] == pytest.approx(apart["estimate"])
    assert linked["std_error"] < apart["std_error"]


def test_limits_of_shares_without_people_in_both_would_be_newcombes(command, survey):
    """With fewer pairs than may be shown, waves are independent; the limits then are those of the two waves alone."""
    folder = survey("typical")
    row = command("compare", "-f", "json", cwd=folder).rows[0]
    apart = command("compare", "--design", "independent", "-f", "json", cwd=folder).rows[0]
    widths = [own["agree_change_high"] - own["agree_change_low"] for own in (row, apart)]
    q = R["typical"]["share"]["correlation"]
    assert widths[0] < widths[1]
    assert math.isclose(widths[0] / widths[1], math.sqrt(1 - q), rel_tol=0.02)


def test_the_order_of_rows_does_not_matter_and_swapping_the_waves_flips_the_signs(command, survey):
    folder = survey("typical")
    rows = command("compare", "-f", "json", cwd=folder).rows
    swapped = command("compare", "--reference", "later", "-f", "json", cwd=folder).rows
    for row, other in zip(rows, swapped, strict=True):
        assert (-row["estimate"], row["std_error"], row["df"], row["p_value"], -row["agree_change_low"]) == pytest.approx(
            (other["estimate"], other["std_error"], other["df"], other["p_value"], other["agree_change_high"])
        )
    for name in ("reference", "later"):
        header, *lines = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        (folder / f"{name}.csv").write_text("\n".join([header, *reversed(lines)]) + "\n", encoding="utf-8")
    again = command("compare", "-f", "json", cwd=folder).rows
    for row, other in zip(rows, again, strict=True):
        assert (row["std_error"], row["agree_p"]) == pytest.approx((other["std_error"], other["agree_p"]), rel=1e-12)
