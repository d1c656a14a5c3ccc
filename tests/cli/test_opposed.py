"""A battery whose items run against each other has no conclusion, in any command, until somebody declares which way they are worded."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

LEVELS = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
ITEMS = {"calm": "I stay calm", "sleep": "I sleep well", "worn": "I am worn out"}
FIGURES = "mean sd conf_low conf_high median agree net levels distribution verdict p_value rank missing".split()
CHANGES = (
    "mean_reference mean sd_reference sd estimate std_error conf_low conf_high statistic df p_value p_adjusted effect agree agree_change detectable conclusion"
).split()


def wave(seed: int, n: int = 40, shift: float = 0.0, sign: int = -1) -> list[list[str]]:
    """People who are more or less well: two statements of that, and one of the contrary."""
    rng = np.random.default_rng(seed)
    well = rng.normal(size=(n, 1)) * 1.2 + shift
    scores = np.clip(np.round(2.5 + np.array([1, 1, sign]) * (well + rng.normal(size=(n, 3)) * 0.6)), 1, 4).astype(int)
    return [[LEVELS[score - 1] for score in row] for row in scores]


@pytest.fixture
def study(tmp_path, export):
    """A study of two waves; `keys` stands in the item that runs against the others, `people` are those of each wave."""

    def built(keys: str = "", waves: tuple[list[list[str]], ...] = (wave(1), wave(2, shift=0.8))) -> Path:
        for place, rows in enumerate(waves, 1):
            roles = ["Nurse" if person % 2 else "Teacher" for person in range(len(rows))]
            export(f"{place}.csv", {**dict(zip(ITEMS.values(), map(list, zip(*rows, strict=True)), strict=True)), "Role": roles})
        items = "".join(f'  {{ id = "{id}", text = "{text}"{keys if id == "worn" else ""} }},\n' for id, text in ITEMS.items())
        scale = f'[groups]\nrole = "Role"\n[scales.agreement]\nlevels = {LEVELS}\n'.replace("'", '"')
        declared = "".join(f'[[waves]]\nname = "wave {place}"\nfile = "{place}.csv"\n' for place in range(1, len(waves) + 1))
        path = tmp_path / "study.toml"
        path.write_text(f'{scale}{declared}[[batteries]]\nname = "Strain"\nscale = "agreement"\nitems = [\n{items}]\n', encoding="utf-8")
        return path

    return built


def battery(ran, place: int = 0) -> list[dict]:
    assert ran.code == 0, ran.err
    return [row for row in ran.document["results"][place]["rows"] if row["item"] is None]


NAMED = "no score: `worn` runs against the others: declare `reverse = true`, or keep it apart"


def test_score_keeps_n_and_names_the_item(command, study):
    for row in battery(command("score", "-s", study(), "-f", "json")):
        assert (row["n"], row["note"]) == (40, NAMED)
        assert [row[column] for column in FIGURES] == [None] * len(FIGURES)


@pytest.mark.parametrize("options", [(), ("--method", "exact"), ("--method", "chi-square"), ("--margin", "0.3"), ("--bayes",), ("--standardise", "role")])
def test_compare_has_no_change_of_the_score(command, study, options):
    ran = command("compare", "-s", study(), *options, "-f", "json")
    (row,) = battery(ran)
    assert (row["n_reference"], row["n"], row["note"]) == (40, 40, NAMED)
    assert [row[column] for column in CHANGES] == [None] * len(CHANGES)
    assert row.get("standardised") is None
    assert any(row["conclusion"] for row in ran.rows if row["item"])  # the statements are tested as ever


def test_groups_have_none_either(command, study):
    ran = command("breakdown", "-s", study(), "--by", "role", "--post-hoc", "-f", "json")
    assert {row["note"] for row in battery(ran)} == {NAMED}
    assert {row["n"] for row in battery(ran)} == {20}
    assert {row[column] for row in battery(ran) for column in ("mean", "estimate", "p_value", "conclusion", "rank")} == {None}
    assert {row[column] for row in battery(ran, 1) for column in ("groups", "f_statistic", "p_value", "h_p_value")} == {None}
    assert {(row["n"], row["note"]) for row in battery(ran, 1)} == {(40, NAMED)}
    assert [(row["group"], row["other"], row["estimate"], row["note"]) for row in battery(ran, 2)] == [("Nurse", "Teacher", None, NAMED)] * 2
    by = command("compare", "-s", study(), "--by", "role", "-f", "json")
    assert {(row["n_reference"], row["n"], row["estimate"], row["conclusion"], row["note"]) for row in battery(by)} == {(20, 20, None, None, NAMED)}
    assert [(row["f_statistic"], row["note"]) for row in battery(by, 1)] == [(None, NAMED)]


def test_the_report_says_why_and_makes_no_headline_of_it(command, study, tmp_path):
    assert command("report", "-s", study(), "-o", tmp_path / "report.html").code == 0
    words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", (tmp_path / "report.html").read_text(encoding="utf-8")))
    assert "battery score rose" not in words
    assert "There is no battery score, as `worn` runs against the others: declare `reverse = true`, or keep it apart." in words
    assert "No battery score of a group is significantly" not in words


@pytest.mark.parametrize("keys", [", reverse = true", ", reverse = false"])
def test_a_declaration_settles_it(command, study, keys):
    (row,) = battery(command("compare", "-s", study(keys), "-f", "json"))
    assert row["conclusion"] is not None
    assert "no score" not in (row["note"] or "")
    assert row["mean"] == pytest.approx(np.mean(means_by_hand(reverse="true" in keys)))


def means_by_hand(*, reverse: bool) -> list[float]:
    scores = [[LEVELS.index(answer) + 1 for answer in row] for row in wave(2, shift=0.8)]
    return [(a + b + (5 - c if reverse else c)) / 3 for a, b, c in scores]


def test_exports_alone_are_judged_too(command, study, tmp_path):
    study()
    (tmp_path / "study.toml").unlink()
    (row,) = battery(command("compare", tmp_path / "1.csv", tmp_path / "2.csv", "-f", "json"))
    assert row["mean"] is None
    assert "runs against the others" in row["note"]


def test_all_declared_waves_are_judged_together(command, study):
    one_way, the_other = wave(3, n=12), wave(4, n=12)
    path = study(waves=(one_way, the_other))
    (row,) = battery(command("score", "-s", path, "--wave", "wave 2", "-f", "json"))  # 12 people here, 24 in all
    assert (row["n"], row["mean"]) == (12, None)
    (alone,) = battery(command("score", "-s", study(waves=(the_other,)), "-f", "json"))
    assert alone["mean"] is not None
    assert alone["note"].startswith("check the direction: ")
    assert "“I am worn out”" in alone["note"]


def test_two_against_two_are_all_named(command, export):
    rows = [(answer, answer, LEVELS[3 - LEVELS.index(answer)], LEVELS[3 - LEVELS.index(answer)]) for answer in LEVELS * 8]
    path = export("one.csv", dict(zip(("I feel supported", "I like it here", "I feel drained", "I want to leave"), zip(*rows, strict=True), strict=True)))
    (row,) = battery(command("score", path, "-f", "json"))
    assert row["note"].split("; ", 1)[1].count("`") == 10  # four items and the key, behind what is not certain of the scale
    assert "run against each other: declare `reverse = true` for those that are worded the other way round" in row["note"]


def test_weights_change_nothing_of_it(command, study, tmp_path):
    path = study()
    for name in ("1.csv", "2.csv"):
        lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
        (tmp_path / name).write_text("\n".join([lines[0] + ",w", *(f"{line},{1 + i % 3}" for i, line in enumerate(lines[1:]))]) + "\n", encoding="utf-8")
    plain, weighted = (battery(command("compare", "-s", path, *options, "-f", "json"))[0] for options in ((), ("--weight", "w")))
    assert plain["note"] == weighted["note"] == NAMED
    assert weighted["estimate"] is None
