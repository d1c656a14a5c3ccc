"""`rpgstat compare` of three waves and more whose ids link people: errors clustered on the people of them all, each figure against a sum person by person."""

from __future__ import annotations

import csv
import json
import math
import random
from pathlib import Path

import pytest

from rpgstat.stats.sample import critical_t, two_sided_t
from tests.conftest import declared_waves

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "linked_waves.json").read_text(encoding="utf-8"))["cases"]
WAVES = ("spring", "summer", "autumn")
STUDY = f"""id = "Code"
[scales.agreement]
levels = ["1", "2", "3", "4"]
[groups]
role = "Role"
{declared_waves(*WAVES)}[[batteries]]
name = "Work"
scale = "agreement"
items = ["I plan", "I rest", "I ask"]
"""
ITEMS = ("I plan", "I rest", "I ask")


def people(seed=11):
    """By wave and id: answers to three statements, None for no answer; of the ids in capitals in the last wave."""
    rng = random.Random(seed)
    found = {wave: {} for wave in WAVES}
    for person in range(80):
        own = [rng.randint(1, 4) for _ in ITEMS]
        for wave in WAVES:
            own = [score if rng.random() < 0.6 else rng.randint(1, 4) for score in own]
            if rng.random() < 0.65:
                found[wave][f"p{person}"] = [score if rng.random() < 0.9 else None for score in own]
    return found


@pytest.fixture
def survey(tmp_path):
    found = people()
    for wave, own in found.items():
        rows = [
            ",".join([id.upper() if wave == "autumn" else id, "AB"[int(id[1:]) % 2], *("" if s is None else str(s) for s in scores)])
            for id, scores in own.items()
        ]
        (tmp_path / f"{wave}.csv").write_text("\n".join(["Code,Role,I plan,I rest,I ask", *rows]) + "\n", encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return tmp_path, found


def given(found, value):
    return {wave: {id: y for id, row in own.items() if (y := value(row)) is not None} for wave, own in found.items()}


def by_person(answers, reference, later, among=WAVES):
    """The change, its error and df, and how many answered in both, of answers by wave and id."""
    sides = [answers[wave] for wave in (reference, later)]
    means = [sum(own.values()) / len(own) for own in sides]
    everyone = {id for wave in among for id in answers[wave]}
    z = dict.fromkeys(everyone, 0.0)
    for sign, own, mean in zip((-1, 1), sides, means, strict=True):
        for id, y in own.items():
            z[id] += sign * (y - mean) / len(own)
    n = len(everyone)
    error = math.sqrt(n / (n - 1) * sum(one * one for one in z.values()))
    return means[1] - means[0], error, n - 1, len(sides[0].keys() & sides[1].keys())


def score(row):
    """A battery score: of people with half of the items."""
    answered = [one for one in row if one is not None]
    return sum(answered) / len(answered) if 2 * len(answered) >= len(row) and answered else None


def same(row, answers, among=WAVES):
    estimate, error, df, both = by_person(answers, row["reference"], row["wave"], among)
    assert (row["estimate"], row["std_error"], row["df"], row["n_both"]) == pytest.approx((estimate, error, df, both))
    assert row["p_value"] == pytest.approx(two_sided_t(statistic=estimate / error, df=df))
    reach = critical_t(df=df, level=0.95) * error
    assert (row["conf_low"], row["conf_high"]) == pytest.approx((estimate - reach, estimate + reach))
    assert (row["design"], row["method"]) == ("overlap", "clustered")
    assert row["effect_low"] < row["effect"] < row["effect_high"]
    assert (row["effect_low"] > 0 or row["effect_high"] < 0) is (row["p_value"] < 0.05)


@pytest.mark.parametrize("options", [[], ["--against", "previous"], ["--reference", "autumn"]])
def test_errors_are_clustered_on_the_people_of_all_waves(command, survey, options):
    folder, found = survey
    ran = command("compare", "-f", "json", *options, cwd=folder)
    assert len(ran.rows) == 8
    for row in ran.rows:
        at = ITEMS.index(row["text"]) if row["item"] else None
        same(row, given(found, score if at is None else lambda own, at=at: own[at]))
    for row in ran.rows[:3]:
        at = ITEMS.index(row["text"])
        change, error, df, _ = by_person(given(found, lambda own, at=at: own[at] and float(own[at] > 2)), row["reference"], row["wave"])
        assert (row["agree_change"], row["agree_p"]) == pytest.approx((change, two_sided_t(statistic=change / error, df=df)))
        assert row["agree_change_low"] < change < row["agree_change_high"]
    result = ran.document["results"][0]
    assert result["method"].startswith("T test with errors clustered on the person (Taylor linearisation), two-sided")
    assert "As 3 waves are compared, errors are clustered on the people of all of them, each counted once; df is their number less one." in result["notes"]
    assert not any("treated as independent" in note for note in result["notes"])


def test_two_waves_of_three_are_tested_as_two(command, survey):
    folder, _ = survey
    rows = command("compare", "--wave", "autumn", "-f", "json", cwd=folder).rows
    assert {row["method"] for row in rows} == {"overlap"}
    every = [row for row in command("compare", "-f", "json", cwd=folder).rows if row["wave"] == "autumn"]
    for two, three in zip(rows, every, strict=True):
        assert (two["estimate"], two["n_both"], two["correlation"]) == pytest.approx((three["estimate"], three["n_both"], three["correlation"]))
        assert two["df"] != three["df"]


def test_a_person_of_one_wave_more_changes_the_error_of_the_others_by_the_number_of_people_alone(command, survey):
    folder, _ = survey
    before = command("compare", "--reference", "spring", "-f", "json", cwd=folder).rows[0]
    with (folder / "autumn.csv").open("a", encoding="utf-8") as lines:
        lines.write("new,A,1,1,1\n")
    after = command("compare", "--reference", "spring", "-f", "json", cwd=folder).rows[0]
    n = before["df"] + 1
    assert (after["wave"], after["df"], after["estimate"]) == ("summer", n, before["estimate"])
    assert after["std_error"] == pytest.approx(before["std_error"] * math.sqrt((n + 1) / n * (n - 1) / n))


def test_a_statement_that_one_wave_did_not_ask_is_of_the_people_of_the_others(command, survey):
    folder, found = survey
    lines = [line.rsplit(",", 1)[0] for line in (folder / "summer.csv").read_text(encoding="utf-8").splitlines()]
    (folder / "summer.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = [row for row in command("compare", "-f", "json", cwd=folder).rows if row["wave"] == "autumn"]
    same(rows[2], given(found, lambda own: own[2]), ("spring", "autumn"))
    same(rows[3], given(found, score), ("spring", "autumn"))


def test_the_order_of_rows_does_not_matter_and_swapping_the_waves_flips_the_signs(command, survey):
    folder, _ = survey
    rows = command("compare", "--reference", "spring", "-f", "json", cwd=folder).rows
    for wave in WAVES:
        header, *lines = (folder / f"{wave}.csv").read_text(encoding="utf-8").splitlines()
        (folder / f"{wave}.csv").write_text("\n".join([header, *reversed(lines)]) + "\n", encoding="utf-8")
    assert command("compare", "--reference", "spring", "-f", "json", cwd=folder).rows == rows
    there = [row for row in rows if row["wave"] == "autumn"]
    back = [row for row in command("compare", "--reference", "autumn", "-f", "json", cwd=folder).rows if row["wave"] == "spring"]
    for one, other in zip(there, back, strict=True):
        for column in ("estimate", "statistic", "effect", "agree_change"):
            assert one[column] == pytest.approx(-other[column])
        assert (one["std_error"], one["df"], one["p_value"], one["conf_low"]) == pytest.approx(
            (other["std_error"], other["df"], other["p_value"], -other["conf_high"])
        )


@pytest.mark.parametrize("method", ["exact", "student", "mann-whitney"])
def test_other_methods(command, survey, method):
    folder, found = survey
    ran = command("compare", "--method", method, "-f", "json", cwd=folder)
    assert {row["method"] for row in ran.rows} == {method}
    told = "This test takes waves as of different people, though ids link some of them." in ran.document["results"][0]["notes"]
    assert told is (method != "exact")
    if method == "exact":
        estimate, error, *_ = by_person(given(found, lambda own: own[0]), "spring", "summer")
        assert (ran.rows[0]["estimate"], ran.rows[0]["std_error"]) == pytest.approx((estimate, error))


def test_rows_of_groups_are_of_the_people_of_their_two_waves(command, survey):
    folder, found = survey
    ran = command("compare", "--by", "role", "--no-suppression", "-f", "json", cwd=folder)
    row = next(row for row in ran.rows if row["group"] == "A")
    own = {wave: {id: scores for id, scores in answers.items() if int(id[1:]) % 2 == 0} for wave, answers in found.items()}
    same(row, given(own, lambda scores: scores[0]), (row["reference"], row["wave"]))
    told = "As 3 waves are compared, errors are clustered on the people of the two waves of a row; df is their number less one."
    assert told in ran.document["results"][0]["notes"]


def test_equivalence_uses_the_clustered_error(command, survey):
    folder, found = survey
    row = command("compare", "--margin", "3", "--adjust", "none", "-f", "json", cwd=folder).rows[0]
    estimate, error, df, _ = by_person(given(found, lambda own: own[0]), "spring", "summer")
    reach = critical_t(df=df, level=0.9) * error
    assert row["conclusion"] == "equivalent"
    assert f"{estimate - reach:.2f} to {estimate + reach:.2f}".replace("-", "−") in row["note"]
    assert row["detectable"] == pytest.approx((critical_t(df=df, level=0.95) + critical_t(df=df, level=0.6)) * error)


@pytest.mark.parametrize("case", ["four", "weighted", "never_thrice"])
def test_rounds_in_one_file_are_what_survey_makes_of_them(command, tmp_path, case):
    """The cases of tests/reference/linked_waves.R, through the command."""
    with (REFERENCE / "linked_waves_cases.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["case"] == case]
    waves, top = sorted({row["wave"] for row in rows}), max(int(row["score"]) for row in rows)
    lines = ["Code,Round,w,I plan", *(f"p{row['person']}x,{row['wave']},{row['weight']},{row['score']}" for row in rows)]
    (tmp_path / "answers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    weight = 'weight = "w"' if case == "weighted" else ""
    named = "\n".join(f'[[waves]]\nname = "{wave}"' for wave in waves)
    levels = [str(score) for score in range(1, top + 1)]
    study = f"""id = "Code"
{weight}
[data]
file = "answers.csv"
wave = "Round"
[scales.agreement]
levels = {levels}
{named}
[[batteries]]
name = "Work"
scale = "agreement"
items = ["I plan"]
"""
    (tmp_path / "study.toml").write_text(study.replace("'", '"'), encoding="utf-8")
    r = {(str(found["reference"]), str(found["later"])): found for found in R[case]}
    for against in ("reference", "previous"):
        ran = command("compare", "--against", against, "-f", "json", cwd=tmp_path)
        for row in ran.rows:
            found = r[row["reference"], row["wave"]]
            assert {key: row[key] for key in found["mean"]} == pytest.approx(found["mean"], rel=1e-9, abs=1e-12)
            if top % 2 == 0:  # R's share is of those above the middle, ours of the upper half of the levels
                limits = row["agree_change_low"], row["agree_change_high"], row["agree_p"]
                assert limits == pytest.approx((found["share"]["low"], found["share"]["high"], found["share"]["p_value"]), rel=1e-9)


def test_a_wave_without_ids_has_people_of_its_own(command, survey):
    folder, found = survey
    lines = [line.split(",", 1)[1] for line in (folder / "summer.csv").read_text(encoding="utf-8").splitlines()]
    (folder / "summer.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    ran = command("compare", "-f", "json", cwd=folder)
    strangers = found | {"summer": {f"stranger{id}": own for id, own in found["summer"].items()}}
    rows = [row for row in ran.rows if row["item"]]
    for row in rows[:3]:
        assert (row["wave"], row["method"], row["n_both"]) == ("summer", "welch", None)
    for row in rows[3:]:
        same(row, given(strangers, lambda own, at=ITEMS.index(row["text"]): own[at]))  # noqa: B008
