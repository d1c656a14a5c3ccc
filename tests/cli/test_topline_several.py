"""`rpgstat topline` of three waves whose ids link people: errors clustered on the people of them all, each figure against a sum person by person."""

from __future__ import annotations

import math
import random

import pytest

import rpgstat
from rpgstat.stats.sample import critical_t, two_sided_t
from tests.conftest import declared_waves

WAVES = ("spring", "summer", "autumn")
STUDY = f"""id = "Code"
{declared_waves(*WAVES)}[[questions]]
id = "told"
text = "Were you told?"
options = ["Yes", "No", "Don't know"]
[[questions]]
id = "ways"
text = "How do you travel?"
kind = "multiple"
options = ["Bus", "Bike", "Walk"]
[[questions]]
id = "cars"
text = "How many cars?"
kind = "number"
[[questions]]
id = "friend"
text = "Would you tell a friend?"
kind = "nps"
"""
HEAD = ["Code", "Were you told?", "How do you travel?", "How many cars?", "Would you tell a friend?"]


def people(seed=4):
    """By wave and id: yes, no or don't know, ways, cars, 0 to 10; "" for no answer."""
    rng, found = random.Random(seed), {wave: {} for wave in WAVES}

    def one():
        ways = [way for way in ("Bus", "Bike", "Walk") if rng.random() < 0.4]
        answers = [rng.choice(["Yes", "Yes", "No", "Don't know"]), ";".join(ways), str(rng.randint(0, 3)), str(rng.randint(3, 10))]
        return [cell if rng.random() < 0.9 else "" for cell in answers]

    for person in range(90):
        own = one()
        for wave in WAVES:
            own = own if rng.random() < 0.6 else one()
            if rng.random() < 0.65:
                found[wave][f"p{person}x"] = own
    return found


@pytest.fixture
def survey(tmp_path):
    found = people()
    for wave, own in found.items():
        rows = [[id, *(f'"{cell}"' for cell in cells)] for id, cells in own.items()]
        (tmp_path / f"{wave}.csv").write_text("\n".join(",".join(row) for row in [HEAD, *rows]) + "\n", encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return tmp_path, found


def by_person(found, value, wave):
    """The change from spring, its error, and the df, of people by a value, None for no answer."""
    answers = {name: {id: y for id, row in own.items() if (y := value(row)) is not None} for name, own in found.items()}
    means = {name: sum(own.values()) / len(own) for name, own in answers.items()}
    everyone = {id for own in answers.values() for id in own}
    z = dict.fromkeys(everyone, 0.0)
    for sign, name in ((-1, "spring"), (1, wave)):
        for id, y in answers[name].items():
            z[id] += sign * (y - means[name]) / len(answers[name])
    n = len(everyone)
    return means[wave] - means["spring"], math.sqrt(n / (n - 1) * sum(one * one for one in z.values())), n - 1


def told(row):
    return float(row[0] == "Yes") if row[0] in ("Yes", "No") else None


def bike(row):
    return float("Bike" in row[1].split(";")) if row[1] else None


def cars(row):
    return float(row[2]) if row[2] else None


def score(row):
    return None if not row[3] else float(int(row[3]) > 8) - float(int(row[3]) < 7)


ASKED = {"told": ("Yes", told), "ways": ("Bike", bike), "cars": (None, cars), "friend": (None, score)}


@pytest.mark.parametrize("question", ASKED)
def test_changes_have_the_error_that_the_people_of_all_waves_leave_them(command, survey, question):
    (folder, found), (option, value) = survey, ASKED[question]
    ran = command("topline", "-f", "json", cwd=folder)
    for wave in WAVES[1:]:
        row = next(row for row in ran.rows if (row["question"], row["option"], row["wave"]) == (question, option, wave))
        change, error, df = by_person(found, value, wave)
        assert row["change"] == pytest.approx(change)
        assert row["p_value"] == pytest.approx(two_sided_t(statistic=change / error, df=df))
        if option is None:
            reach = critical_t(df=df, level=0.95) * error
            assert (row["change_low"], row["change_high"]) == pytest.approx((change - reach, change + reach))
        else:
            assert row["change_low"] < change < row["change_high"]
    notes = ran.document["results"][0]["notes"]
    assert any("t with errors clustered on the person" in note for note in notes)


def test_two_waves_are_overlapping_shares(command, survey):
    folder, _ = survey
    study = STUDY.replace('[[waves]]\nname = "autumn"\nfile = "autumn.csv"\n', "")
    (folder / "study.toml").write_text(study, encoding="utf-8")
    notes = command("topline", "-f", "json", cwd=folder).document["results"][0]["notes"]
    assert any("overlapping shares by z" in note for note in notes)


def test_another_engine_counts_the_same_people(survey):
    import polars as pl

    folder, _ = survey
    pl.concat([pl.read_csv(folder / f"{wave}.csv", infer_schema=False).with_columns(Round=pl.lit(wave)) for wave in WAVES]).write_parquet(
        folder / "all.parquet"
    )
    named = "\n".join(f'[[waves]]\nname = "{wave}"' for wave in WAVES)
    study = 'id = "Code"\n[data]\nfile = "all.parquet"\nwave = "Round"\n' + named + "\n" + STUDY.split('file = "autumn.csv"\n')[1]
    (folder / "study.toml").write_text(study, encoding="utf-8")
    here, there = (rpgstat.topline(study=folder / "study.toml", engine=engine)[0].frame for engine in (None, "duckdb"))
    assert here.equals(there)
