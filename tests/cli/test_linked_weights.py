"""Weighted answers of people whose ids link them, through the command: every figure against a sum over people, one by one."""

from __future__ import annotations

import math
import random

import pytest

from rpgstat.stats.sample import critical_t, two_sided_t
from tests.conftest import declared_waves

LEVELS = ["No", "Rather no", "Rather yes", "Yes"]
STUDY = f"""id = "Code"
weight = "w"
[scales.agreement]
levels = ["No", "Rather no", "Rather yes", "Yes"]
{declared_waves("before", "after")}[[batteries]]
name = "Work"
scale = "agreement"
items = ["I plan", "I rest"]
[[questions]]
id = "told"
text = "Were you told?"
options = ["Yes", "No"]
[[questions]]
id = "cars"
text = "How many cars?"
kind = "number"
"""


def people(seed=5, both=30, before_only=14, after_only=22):
    """By wave and id: weight, answers to two statements (None: no answer), whether somebody was told, and a number of cars."""
    rng = random.Random(seed)

    def one():
        return (
            rng.choice(["0.5", "1", "1.25", "3.3333333333"]),
            [rng.choice([1, 2, 3, 3, 4, None]) for _ in range(2)],
            rng.choice(["Yes", "No", ""]),
            rng.randint(0, 3),
        )

    before = {f"p{i}": one() for i in range(both + before_only)}
    after = {id: own if rng.random() < 0.5 else one() for id, own in list(before.items())[:both]}
    return before, after | {f"q{i}": one() for i in range(after_only)}


@pytest.fixture
def survey(tmp_path):
    waves = people()
    for name, own in zip(("before", "after"), waves, strict=True):
        rows = [[id, w, *("" if s is None else LEVELS[s - 1] for s in scores), told, str(cars)] for id, (w, scores, told, cars) in own.items()]
        lines = [",".join(row) for row in [["Code", "w", "I plan", "I rest", "Were you told?", "How many cars?"], *rows]]
        (tmp_path / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return tmp_path, *waves


def by_person(before, after, value):
    """The change of a weighted mean, and its error clustered on the person."""
    given = [{id: (float(row[0]), y) for id, row in wave.items() if (y := value(row)) is not None} for wave in (before, after)]
    means = [sum(w * y for w, y in own.values()) / sum(w for w, _ in own.values()) for own in given]
    ids = given[0].keys() | given[1].keys()
    z = dict.fromkeys(ids, 0.0)
    for sign, own, mean in zip((-1, 1), given, means, strict=True):
        for id, (w, y) in own.items():
            z[id] += sign * w * (y - mean) / sum(w for w, _ in own.values())
    n = len(ids)
    return means[1] - means[0], math.sqrt(n / (n - 1) * sum(one * one for one in z.values())), n - 1, len(given[0].keys() & given[1].keys())


def test_changes_have_the_error_that_people_leave_them(command, survey):
    folder, before, after = survey
    ran = command("compare", "-f", "json", cwd=folder)
    for at, row in enumerate(ran.rows[:2]):
        estimate, error, df, both = by_person(before, after, lambda person, at=at: person[1][at])
        assert (row["estimate"], row["std_error"], row["df"], row["n_both"]) == pytest.approx((estimate, error, df, both))
        assert (row["design"], row["method"], row["effect_low"]) == ("overlap", "clustered", None)
        change, error, _, _ = by_person(before, after, lambda person, at=at: None if person[1][at] is None else float(person[1][at] > 2))
        assert row["agree_change"] == pytest.approx(change)
        assert row["agree_change_low"] < change < row["agree_change_high"]
        assert row["agree_p"] == pytest.approx(two_sided_t(statistic=change / error, df=df))
    assert ran.rows[2]["method"] == "clustered"
    result = ran.document["results"][0]
    assert result["method"].startswith("T test of weighted answers, with errors clustered on the person")
    assert not any("treated as independent" in note or "of different people" in note for note in result["notes"])


def test_score_and_breakdown_of_one_wave_need_no_links(command, survey):
    """Nobody stands in a wave twice: the design is that of simply weighted people."""
    folder, before, _ = survey
    row = command("score", "--wave", "before", "-f", "json", cwd=folder).rows[0]
    given = [(float(w), scores[0]) for w, scores, *_ in before.values() if scores[0] is not None]
    total = sum(w for w, _ in given)
    mean = sum(w * y for w, y in given) / total
    error = math.sqrt(len(given) / (len(given) - 1) * sum((w * (y - mean) / total) ** 2 for w, y in given))
    assert row["mean"] == pytest.approx(mean)
    assert row["conf_high"] - row["conf_low"] == pytest.approx(2 * error * critical_t(df=len(given) - 1, level=0.95))


def test_swapping_the_waves_flips_the_signs_and_rows_may_stand_in_any_order(command, survey):
    folder, *_ = survey
    rows = command("compare", "-f", "json", cwd=folder).rows
    swapped = command("compare", "-f", "json", "--reference", "after", cwd=folder).rows
    for row, other in zip(rows, swapped, strict=True):
        assert (-row["estimate"], row["std_error"], row["df"], row["p_value"]) == pytest.approx(
            tuple(other[key] for key in ("estimate", "std_error", "df", "p_value"))
        )
        assert (-row["agree_change_high"], -row["agree_change_low"]) == pytest.approx((other["agree_change_low"], other["agree_change_high"]))
    for name in ("before", "after"):
        header, *lines = (folder / f"{name}.csv").read_text(encoding="utf-8").splitlines()
        (folder / f"{name}.csv").write_text("\n".join([header, *reversed(lines)]) + "\n", encoding="utf-8")
    assert command("compare", "-f", "json", cwd=folder).rows == rows


def test_questions_have_the_error_that_people_leave_them(command, survey):
    folder, before, after = survey
    ran = command("topline", "-f", "json", cwd=folder)
    yes = next(row for row in ran.rows if (row["question"], row["option"], row["wave"]) == ("told", "Yes", "after"))
    change, error, df, _ = by_person(before, after, lambda person: float(person[2] == "Yes") if person[2] else None)
    assert yes["change"] == pytest.approx(change)
    assert yes["p_value"] == pytest.approx(two_sided_t(statistic=change / error, df=df))
    assert yes["change_low"] < change < yes["change_high"]
    cars = next(row for row in ran.rows if (row["question"], row["wave"]) == ("cars", "after"))
    change, error, df, _ = by_person(before, after, lambda person: person[3])
    reach = critical_t(df=df, level=0.95) * error
    assert (cars["change"], cars["change_low"], cars["change_high"]) == pytest.approx((change, change - reach, change + reach))
    assert any("answered a question in both" in note for note in ran.document["results"][0]["notes"])


@pytest.mark.parametrize("options", [["--design", "independent"], ["--method", "mann-whitney", "--unweighted"]])
def test_what_knows_no_weighted_pairs_says_that_waves_are_independent(command, survey, options):
    folder, *_ = survey
    ran = command("compare", "-f", "json", *options, cwd=folder)
    assert {row["method"] for row in ran.rows} & {"clustered", "overlap"} == set()
    assert any("treated as independent" in note for note in ran.document["results"][0]["notes"])
