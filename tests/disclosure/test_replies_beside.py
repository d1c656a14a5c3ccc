"""Single questions and themes beside what else is shown of the same people: who returned the questionnaire, and how numbers spread."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import rpgstat
from rpgstat.disclosure._who_returned import beside, by_everybody
from rpgstat.study import PeopleCell
from tests.disclosure.asks import SAMPLE, talking
from tests.disclosure.outputs import gathered, reply_calls
from tests.disclosure.replies_auditor import audit_replies
from tests.disclosure.studies import BLANK, Made, MadeWave, Person, random_study, worked_in_one_place


def one_wave(seed: int, wave: int, *questions: str, themes: bool = False) -> Made:
    """One wave of a random study, with some of its questions, or the first of its themes."""
    rng = Random(seed)
    made = talking(rng, random_study(rng))
    kept = [at for at, question in enumerate(made.questions) if question.id in questions]
    people = tuple(
        replace(one, answers=(at % 2,), said=tuple(one.said[own] for own in kept), themes=_first(one.themes, made.themes) if themes else None)
        for at, one in enumerate(made.waves[wave].people)
    )
    own = replace(made.waves[wave], people=people, items=("b0",))
    asked = tuple(made.questions[at] for at in kept)
    return replace(made, waves=(own,), batteries={"B": ("b0",)}, questions=asked, themes=made.themes[:1] if themes else (), weights={}, shares={})


def _first(spoken: frozenset[str] | None, themes: tuple[str, ...]) -> frozenset[str] | None:
    return None if spoken is None else spoken & {themes[0]}


def told(made: Made, folder: Path) -> list[str]:
    found = audit_replies(made, gathered(made.write(folder), made, of=reply_calls))
    assert found.undecided == 0
    return found.told


def test_how_many_wrote_is_asked_beside_how_many_returned_the_questionnaire(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who wrote of a team beyond those of its one large role came back as five at most: so four at most of another role wrote."""
    made = one_wave(103, 1, themes=True)
    assert told(made, tmp_path / "beside") == []
    monkeypatch.setattr("rpgstat.disclosure._themes._came", lambda _: {})
    assert any("R0, In your words hope: n is below 5" in one for one in told(made, tmp_path / "alone"))


def test_counts_of_an_answer_do_not_tell_how_few_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = one_wave(147, 0, "mentor")
    assert told(made, tmp_path / "numbers too") == []
    monkeypatch.setattr("rpgstat.disclosure._questions.beside", lambda *of: replace(beside(*of), shown=()))
    monkeypatch.setattr("rpgstat.disclosure._counts.Chosen._numbers", lambda *_: iter(()))
    assert any("n is below 5" in one for one in told(made, tmp_path / "counts only"))


def test_that_none_of_few_people_answered_a_statement_is_not_shown(tmp_path: Path) -> None:
    """The only aide left a statement blank: 0 answers of hers would say that she is one of few."""
    people = [Person(("Aide",), (BLANK, 1)), *(Person((role,), (at % 4, at % 3)) for role in ("Clerk", "Nurse", "Cook") for at in range(12))]
    study = Made({"role": ("Aide", "Clerk", "Nurse", "Cook")}, 4, {"B": ("cope", "learn")}, (MadeWave("one", ("cope", "learn"), tuple(people)),)).write(
        tmp_path
    )
    rows = [row for row in rpgstat.topline(study=study, by="role", batteries=True)[0].rows if row["group"] == "Aide"]
    assert rows
    assert {row["n"] for row in rows} == {None}


def test_who_was_asked_does_not_tell_how_few_of_a_cross_were_asked_another_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """How many of each role and team have a mentor, and how many of these said how often they meet, leave one number or two for a cross."""
    made = one_wave(20056, 0, "mentor", "often")
    assert told(made, tmp_path / "of those asked") == []
    of_those_who_returned = lambda plan, _by, _one, wave, *_: beside(plan._tables[PeopleCell(wave)], by_everybody(plan._tables, wave))  # noqa: E731
    monkeypatch.setattr("rpgstat.disclosure._questions._beside", of_those_who_returned)
    assert any("often : n is 3 or one other" in one for one in told(made, tmp_path / "of those who returned it"))


def test_how_many_answered_does_not_tell_how_many_of_them_ticked_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a role of seven the answers are withheld for being few, but their number, beside everyone's ticks, left two numbers of ticks."""
    made = one_wave(20055, 0, "pick")
    assert told(made, tmp_path / "numbers too") == []
    monkeypatch.setattr("rpgstat.disclosure._table.Table.free", lambda *_: 1)  # or more of those who returned it is withheld
    monkeypatch.setattr("rpgstat.disclosure._ticks.Ticked.told", property(lambda _: None, lambda *_: None))
    assert [one.split(": ")[1] for one in told(made, tmp_path / "counts only")] == ["role R1, pick Cake", "team T1, pick Cake"]


def withheld(made: Made, folder: Path) -> set[str]:
    """The groups of which the mean of a number is not shown."""
    study = made.write(folder)
    tables = [rpgstat.topline(study=study, by=by)[0].rows for by in (["role"], ["team"], ["role", "team"])]
    return {row["group"] for rows in tables for row in rows if row["group"] and row["mean"] is None}


def test_how_numbers_spread_does_not_tell_how_few_answered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where sums alone were asked about, the attacker learnt that fewer than five of a cross had answered; that one more is withheld is enough, he says."""
    made = one_wave(10014, 0, "years")
    guarded = withheld(made, tmp_path / "told apart")
    monkeypatch.setattr("rpgstat.disclosure._questions._TOLD_APART", 0)
    assert withheld(made, tmp_path / "sums only") < guarded


def test_who_answered_and_published_figures_tell_no_more_than_the_tables_beside_them(tmp_path: Path) -> None:
    """`people` shows of each group what `response` does, and a published figure stands beside those of everyone only, whatever the grouping."""
    study = talking(Random(4), worked_in_one_place(), questions=SAMPLE[:1], themes=()).write(tmp_path)
    (tmp_path / "published.csv").write_text("Organisation,Question mentor?: Yes,n\nElsewhere,61%,200\n", encoding="utf-8")
    with_groups = rpgstat.topline(study=study, by="role", benchmark=tmp_path / "published.csv")
    returned = {(row["by"], row["group"]): row["returned"] for row in rpgstat.response(study=study)[0].rows}
    people = next(result for result in with_groups if result.name == "people")
    assert {(row["by"], row["group"]): row["n"] for row in people.rows} == returned
    assert None in returned.values()
    assert all((row["share"] is None) == (row["n"] is None or row["group"] is None) for row in people.rows)
    alone = rpgstat.topline(study=study, benchmark=tmp_path / "published.csv")
    beside, same = (next(result for result in own if result.name == "benchmarks").rows for own in (with_groups, alone))
    assert beside == same != []
