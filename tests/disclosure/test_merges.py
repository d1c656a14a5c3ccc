"""Which small groups could be shown as one, so that more is shown."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

import rpgstat
from rpgstat.disclosure._together import Together
from tests.disclosure.studies import Made, MadeWave, people


def test_which_groups_to_join_is_found_without_asking_all_statements_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That takes seconds for each two groups; the plan itself is made with it."""
    found = people({("A",): 30, ("B",): 9, ("C",): 3, ("D",): 2}, Random(3), 2, 4)
    study = Made({"role": tuple("ABCD")}, 4, {"B": ("b0", "b1")}, (MadeWave("one", ("b0", "b1"), found),)).write(tmp_path)
    told = Together.told
    asked: list[int] = []
    monkeypatch.setattr(Together, "told", lambda one: asked.append(1) or told(one))
    _, merges = rpgstat.protection(study=study)
    assert any(row["gained"] > 0 for row in merges.rows)
    once = len(asked)
    rpgstat.breakdown(study=study, by=["role"])
    assert once == len(asked) - once > 0


def test_of_pairs_that_gain_as_much_those_of_one_coarser_group_come_first(tmp_path: Path) -> None:
    """A team of three can be joined with any other; with the managers, whom a coarser grouping holds together with it, it makes sense."""
    found = people({("Admin", "Staff"): 30, ("Nurse", "Staff"): 31, ("Senior", "Managers"): 32, ("Team", "Managers"): 3}, Random(3), 2, 4)
    groups = {"role": ("Admin", "Nurse", "Senior", "Team"), "kind": ("Managers", "Staff")}
    study = Made(groups, 4, {"B": ("b0", "b1")}, (MadeWave("one", ("b0", "b1"), found),)).write(tmp_path)
    _, merges = rpgstat.protection(study=study)
    pairs = [(row["group"], row["other"], row["gained"]) for row in merges.rows if row["by"] == "role"]
    assert pairs[0][:2] == ("Senior", "Team")
    assert {gained for _, _, gained in pairs} == {pairs[0][2]}
    assert [pair[:2] for pair in pairs[1:]] == [("Admin", "Team"), ("Nurse", "Team")]
