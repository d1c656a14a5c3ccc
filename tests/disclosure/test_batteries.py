"""Scores of a battery beside its items: where who has a score would tell how many of few people answered an item, a score is withheld."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

import rpgstat
from tests.disclosure.studies import random_study


def means_shown(study: Path, by: str) -> dict[str, float | None]:
    """The mean of the battery score of each group."""
    (table,) = (result for result in rpgstat.breakdown(study=study, by=[by]) if result.name == "breakdown")
    return {row["group"]: row["mean"] for row in table.rows if row["item"] is None}


def test_a_score_is_withheld_that_would_tell_how_many_answered_an_item(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three items of which many were left blank: who answered two has a score. The answers to each item leave a cell of two people open, the scores do not."""
    monkeypatch.setattr("rpgstat.disclosure._together.Together.told", lambda _: [])  # which would find the same, of short batteries
    study = random_study(Random(16)).write(tmp_path)
    guarded = means_shown(study, "role") | means_shown(study, "team")
    monkeypatch.setattr("rpgstat.disclosure._batteries.withhold_scores", lambda *_: None)
    open_ = means_shown(study, "role") | means_shown(study, "team")
    lost = [group for group, mean in open_.items() if mean is not None and guarded[group] is None]
    assert len(lost) == 1  # no more than needed; that one is enough the auditor says
    assert {group: mean for group, mean in open_.items() if group not in lost} == {group: mean for group, mean in guarded.items() if group not in lost}


def test_where_nobody_left_an_item_blank_scores_tell_nothing_of_items(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("rpgstat.disclosure._batteries._Battery.telling", lambda _, questions: asked.append(questions))
    full = next(made for made in map(random_study, map(Random, range(200))) if len(made.groupings) == 2 and _complete(made))
    means_shown(full.write(tmp_path), "role")
    assert asked == []


def _complete(made) -> bool:  # type: ignore[no-untyped-def]
    return all(isinstance(answer, int) for wave in made.waves for person in wave.people for answer in person.answers)
