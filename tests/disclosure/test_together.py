"""Statements of a short battery beside its scores: how much scores spread tells how answers go together, and so of a statement that is withheld."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from tests.disclosure.auditor import audit
from tests.disclosure.outputs import gathered
from tests.disclosure.studies import Made, random_study


def one_battery(seed: int) -> Made:
    """The first wave of a study, with its first battery alone."""
    made = random_study(Random(seed))
    name, items = next(iter(made.batteries.items()))
    people = tuple(replace(one, answers=one.answers[: len(items)]) for one in made.waves[0].people)
    wave = replace(made.waves[0], items=items, people=people)
    return replace(made, batteries={name: items}, waves=(wave,))


def learnt(made: Made, folder: Path) -> list[str]:
    """What follows from all that is written of it."""
    return audit(made, gathered(made.write(folder), made)).told


def test_how_scores_spread_does_not_tell_the_mean_of_a_statement_that_is_withheld(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = one_battery(2008)
    assert learnt(made, tmp_path / "together") == []
    monkeypatch.setattr("rpgstat.disclosure._together.Together.told", lambda _: [])
    assert len(learnt(made, tmp_path / "each by itself")) == 1  # that one mean, to less than half a level
