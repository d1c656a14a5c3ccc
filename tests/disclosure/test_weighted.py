"""Figures of groups with weights, beside those without: what people of different weights weigh together tells of parts of a group."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

import rpgstat
from rpgstat.errors import UserError
from tests.disclosure.asks import SAMPLE, talking
from tests.disclosure.auditor import audit
from tests.disclosure.outputs import Call, gathered
from tests.disclosure.studies import Made, MadeWave, Person, people


def study(seed: int = 6) -> Made:
    """Seven roles in two teams, few of some in either; each role has a weight, which the study declares."""
    rng = Random(seed)
    weights = {role: rng.choice((1, 2, 3)) for role in "ABCDEFG"}
    sizes = {(role, team): rng.choice((0, 2, 3, 8, 12, 14, 16)) for role in weights for team in "XY"}
    wave = MadeWave("one", ("b0",), people({key: n for key, n in sizes.items() if n}, rng, 1, 3))
    made = Made({"role": tuple(weights), "team": ("X", "Y")}, 3, {"B": ("b0",)}, (wave,), weights, weighted=True)
    found: Made = talking(rng, made, questions=SAMPLE[:1], themes=())
    return found


def calls(_: Made) -> Iterator[Call]:
    """All groups and crosses with weights and without."""
    for weighed in ({}, {"unweighted": True}):
        yield "score", weighed
        yield from (("breakdown", {"by": by, **weighed}) for by in (["role"], ["team"], ["role", "team"]))


def told(folder: Path) -> list[str]:
    made = study()
    outputs = gathered(made.write(folder), made, of=calls)
    return audit(made, outputs).told


def test_what_a_team_weighs_does_not_tell_of_the_few_of_a_role_in_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert told(tmp_path / "withheld") == []
    monkeypatch.setattr("rpgstat.disclosure._universe.Universe.cut", lambda *_: False)
    assert "one: role × team G × X, b0: n is below 5" in told(tmp_path / "shown")


def test_of_such_a_team_the_number_is_shown_and_all_without_weights(tmp_path: Path) -> None:
    path = study().write(tmp_path)
    teams = [row for row in rpgstat.breakdown(study=path, by="team")[0].rows if row["item"]]
    assert [(row["n"] is None, row["mean"], row["note"]) for row in teams] == [(False, None, "few answered: not weighted")] * 2
    assert all(row["sd"] is not None for row in rpgstat.breakdown(study=path, by="team", unweighted=True)[0].rows)
    roles = [row for row in rpgstat.breakdown(study=path, by="role")[0].rows if row["item"]]
    assert any(row["mean"] is not None for row in roles)  # all people of a role weigh alike
    shares = [row["share"] for row in rpgstat.topline(study=path, by="team")[0].rows if row["group"] and row["option"]]
    assert shares
    assert set(shares) == {None}


def test_weights_that_leave_little_open_are_refused_though_nothing_follows_exactly(tmp_path: Path) -> None:
    """Undeclared weights of a whole wave, beside those who count alike: fewer than three numbers are left of a withheld group."""
    heavy = {"A": 1.0, "B": 1.0, "C": 9.0, "D": 1.0, "E": 5.0, "F": 2.0}
    sizes = {"A": 20, "B": 16, "C": 3, "D": 9, "E": 2, "F": 1}
    own = [Person((role,), (at % 4,)) for role, n in sizes.items() for at in range(n)]
    made = Made({"role": tuple(heavy)}, 4, {"B": ("b0",)}, (MadeWave("one", ("b0",), tuple(own)),), heavy)
    with pytest.raises(UserError, match="would give away small groups"):
        rpgstat.score(study=made.write(tmp_path), weight="Design weight")
