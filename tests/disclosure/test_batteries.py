"""Scores of a battery beside its items: where who has a score would tell how many of few people answered an item, a score is withheld."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

import rpgstat
from tests.disclosure.studies import Made, MadeWave, Person, random_study


def means_shown(study: Path, by: str) -> dict[str, float | None]:
    """The mean of the battery score of each group."""
    (table,) = (result for result in rpgstat.breakdown(study=study, by=[by]) if result.name == "breakdown")
    return {row["group"]: row["mean"] for row in table.rows if row["item"] is None}


def test_a_score_is_withheld_that_would_tell_how_many_answered_an_item(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Three items of which many were left blank: who answered two has a score. The answers to each item leave a cell of two people open, the scores do not."""
    monkeypatch.setattr("rpgstat.disclosure._together.Together.told", lambda _: [])  # which would find the same, of short batteries
    monkeypatch.setattr("rpgstat.disclosure._making.MOST", 0)
    study = random_study(Random(16)).write(tmp_path)
    guarded = means_shown(study, "role") | means_shown(study, "team")
    monkeypatch.setattr("rpgstat.disclosure._batteries.withhold_scores", lambda *_: {})
    open_ = means_shown(study, "role") | means_shown(study, "team")
    lost = [group for group, mean in open_.items() if mean is not None and guarded[group] is None]
    assert len(lost) == 1  # no more than needed; that one is enough the auditor says
    assert {group: mean for group, mean in open_.items() if group not in lost} == {group: mean for group, mean in guarded.items() if group not in lost}


def test_where_nobody_left_an_item_blank_scores_tell_nothing_of_items(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    monkeypatch.setattr("rpgstat.disclosure._together.Together.told", lambda _: [])  # which asks something else, for seconds
    monkeypatch.setattr("rpgstat.disclosure._batteries._Battery.telling", lambda _, questions: asked.append(questions))
    full = next(made for made in map(random_study, map(Random, range(200))) if len(made.groupings) == 2 and _complete(made))
    means_shown(full.write(tmp_path), "role")
    assert asked == []


def test_the_score_of_a_battery_of_one_statement_is_shown_as_the_statement_is(tmp_path: Path) -> None:
    """Not less: what is withheld as a score and shown as a statement is no secret."""
    answers = {("A", "X"): (1, 5, 4, 6), ("B", "Y"): (0, 0, 0, 2), ("C", "Z"): (0, 0, 1, 6), ("D", "Y"): (15, 8, 4, 3), ("E", "Y"): (6, 3, 2, 0)}
    own = tuple(Person(key, (level,)) for key, levels in answers.items() for level, n in enumerate(levels) for _ in range(n))
    study = Made({"role": tuple("ABCDE"), "team": tuple("XYZ")}, 4, {"B": ("b0",)}, (MadeWave("one", ("b0",), own),)).write(tmp_path)
    rows = {(row["group"], row["item"]): row for row in rpgstat.breakdown(study=study, by=["role"])[0].rows}
    for group in "ABCDE":
        assert [rows[group, None][name] for name in ("n", "mean", "sd", "note")] == [rows[group, "b0"][name] for name in ("n", "mean", "sd", "note")]
    assert rows["D", None]["n"] == 30


def _complete(made) -> bool:  # type: ignore[no-untyped-def]
    return all(isinstance(answer, int) for wave in made.waves for person in wave.people for answer in person.answers)
