"""`rpgstat compare --by` of people whose ids link them: inside a group those who were in it both times go together, where so many may be known."""

from __future__ import annotations

import random

import pytest

from rpgstat.stats.means import welch
from rpgstat.stats.overlap import overlap
from rpgstat.stats.pairs import describe_pairs
from rpgstat.stats.sample import describe
from tests.conftest import declared_waves

LEVELS = ["No", "Rather no", "Rather yes", "Yes"]
STUDY = f"""id = "Code"
[groups]
role = "Role"
[scales.agreement]
levels = ["No", "Rather no", "Rather yes", "Yes"]
{declared_waves("one", "two")}[[batteries]]
name = "Work"
scale = "agreement"
items = ["I rest", "I plan"]
"""
KEYS = ("estimate", "std_error", "df", "p_value")


def people():
    """By wave and id the role and two answers: of 90 nurses and 60 doctors most came back, of 24 porters five did."""
    rng = random.Random(8)
    one = {
        f"{role[0]}{i}x": (role, [rng.choice([1, 2, 3, 3, 4]) for _ in range(2)])
        for role, n in (("Nurse", 90), ("Doctor", 60), ("Porter", 24))
        for i in range(n)
    }
    back = [id for id in one if id[0] in "ND" and rng.random() < 0.7] + [f"P{i}x" for i in range(5)]
    two = {id: (one[id][0], [min(4, max(1, score + rng.choice([-1, 0, 0, 1, 1]))) for score in one[id][1]]) for id in back}
    two |= {id: ("Doctor", two[id][1]) for id in [id for id in back if id[0] == "N"][:12]}  # who have become doctors
    return one, two | {f"new{i}": (rng.choice(["Nurse", "Doctor", "Porter"]), [rng.choice([1, 2, 3, 4]) for _ in range(2)]) for i in range(60)}


@pytest.fixture
def survey(tmp_path):
    waves = people()
    for name, wave in zip(("one", "two"), waves, strict=True):
        rows = [f"{id},{role},{','.join(LEVELS[score - 1] for score in scores)}" for id, (role, scores) in wave.items()]
        (tmp_path / f"{name}.csv").write_text("\n".join(["Code,Role,I rest,I plan", *rows]) + "\n", encoding="utf-8")
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    return tmp_path, *waves


def samples(one, two, role, item):
    own = [{id: scores[item] for id, (group, scores) in wave.items() if group == role} for wave in (one, two)]
    described = [describe(counts=[list(wave.values()).count(score) for score in range(1, 5)], scores=[1, 2, 3, 4]) for wave in own]
    return *described, describe_pairs(moves=[(own[0][id], own[1][id], 1) for id in own[0] if id in own[1]])


def test_groups_use_those_who_were_in_them_both_times(command, survey):
    folder, one, two = survey
    ran = command("compare", "--by", "role", "-f", "json", cwd=folder)
    rows = {(row["group"], row["item"]): row for row in ran.rows if row["item"]}
    for role in ("Nurse", "Doctor"):
        for at, item in enumerate(("rest", "plan")):
            before, after, pairs = samples(one, two, role, at)
            change, row = overlap(reference=before, later=after, pairs=pairs), rows[role, item]
            assert [row[key] for key in KEYS] == pytest.approx([getattr(change, key) for key in KEYS])
            assert (row["n_both"], row["design"], row["method"]) == (pairs.n, "overlap", "overlap")
            assert [row[key] for key in ("correlation", "up", "down", "unchanged")] == [None] * 4  # how a group's people moved stays theirs
    notes = ran.document["results"][0]["notes"]
    assert any("people of a group answered a statement both times" in note for note in notes)


def test_a_group_of_which_few_came_back_is_tested_as_different_people(command, survey):
    folder, one, two = survey
    ran = command("compare", "--by", "role", "-f", "json", cwd=folder)
    row = next(row for row in ran.rows if (row["group"], row["item"]) == ("Porter", "rest"))
    before, after, pairs = samples(one, two, "Porter", 0)
    assert pairs.n == 5
    assert [row[key] for key in KEYS] == pytest.approx([getattr(welch(reference=before, later=after), key) for key in KEYS])
    assert (row["n_both"], row["design"]) == (None, "independent")
    assert any("fewer than 10 of the group answered both times" in note for note in ran.document["results"][0]["notes"])


def test_nothing_is_withheld_where_nobody_asks_for_it(command, survey):
    folder, *_ = survey
    ran = command("compare", "--by", "role", "--no-suppression", "-f", "json", cwd=folder)
    assert {row["group"]: row["n_both"] for row in ran.rows if row["item"] == "rest"}["Porter"] == 5


def test_the_design_is_independent_where_that_is_asked_for(command, survey):
    folder, *_ = survey
    ran = command("compare", "--by", "role", "--design", "independent", "-f", "json", cwd=folder)
    assert all("n_both" not in row for row in ran.rows)
    assert {row["method"] for row in ran.rows if row["p_value"] is not None} == {"welch"}
