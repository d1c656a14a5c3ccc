"""Statements of a short battery beside its scores: how much scores spread tells how answers go together, and so of a statement that is withheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from pathlib import Path
from random import Random

import pytest

import rpgstat
from rpgstat import disclosure
from rpgstat.disclosure import attributes
from rpgstat.disclosure._jointly import MakingJointly
from rpgstat.disclosure._together import Together, Told
from rpgstat.disclosure._ways import Ways
from rpgstat.study import Cell, ItemCell, PeopleCell, Returned, ScoreCell
from rpgstat.tally import returns
from rpgstat.workflow.case import open_case
from rpgstat.workflow.counting import count
from rpgstat.workflow.planned import every_combination, plan_of
from tests.disclosure.auditor import audit
from tests.disclosure.outputs import gathered
from tests.disclosure.studies import BLANK, Made, MadeWave, people, random_study


def one_battery(seed: int, at: int = 0) -> Made:
    """One wave of a study, the first unless another is meant, with its first battery alone."""
    made = random_study(Random(seed))
    name, items = next(iter(made.batteries.items()))
    own = tuple(replace(one, answers=one.answers[: len(items)]) for one in made.waves[at].people)
    wave = replace(made.waves[at], items=items, people=own)
    return replace(made, batteries={name: items}, waves=(wave,))


def learnt(made: Made, folder: Path) -> list[str]:
    """What follows from all that is written of it."""
    return audit(made, gathered(made.write(folder), made)).told


def test_how_scores_spread_does_not_tell_the_mean_of_a_statement_that_is_withheld(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = one_battery(2008)
    assert learnt(made, tmp_path / "together") == []
    monkeypatch.setattr("rpgstat.disclosure._together.Together.told", lambda _: [])
    assert len(learnt(made, tmp_path / "each by itself")) == 1  # that one mean, to less than half a level


def few_on_one_statement() -> Made:
    """Ten people of a group, of whom nine answered the first statement, which is seen by its mean only, and all have a score."""
    found = people({("A",): 10, ("B",): 14}, Random(31), 2, 4)
    first = next(at for at, one in enumerate(found) if one.key == ("A",))
    found = tuple(replace(one, answers=(BLANK, one.answers[1])) if at == first else one for at, one in enumerate(found))
    return Made({"role": ("A", "B")}, 4, {"B": ("b0", "b1")}, (MadeWave("one", ("b0", "b1"), found),))


def test_a_score_does_not_tell_the_answers_of_a_group_seen_by_its_mean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert learnt(few_on_one_statement(), tmp_path / "together") == []
    monkeypatch.setattr("rpgstat.disclosure._together.Together.told", lambda _: [])
    assert learnt(few_on_one_statement(), tmp_path / "each by itself") == ["one: role A, b0: 3 gave answer 4"]


def test_a_score_does_not_tell_how_many_gave_one_answer_throughout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four statements of two answers: a score has five values, of which number, mean, spread and the share above the middle leave one unknown."""
    made = one_battery(2003)
    assert learnt(made, tmp_path / "together") == []
    monkeypatch.setattr("rpgstat.disclosure._together.Together.told", lambda _: [])
    assert [told.split(", ")[1][:15] for told in learnt(made, tmp_path / "each by itself")] == ["straight_liners"]


def test_nor_does_it_beside_how_many_of_everyone_did(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = one_battery(10043)
    assert learnt(made, tmp_path / "together") == []
    monkeypatch.setattr("rpgstat.workflow.planned._filled", lambda *_: {})
    assert learnt(made, tmp_path / "each by itself") == ["one: role R0, straight_liners: it is 4 or one other"]


def test_nor_in_a_group_of_many_crosses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Fifteen crosses of roles and teams, and nothing left blank: four or five of the twenty of a role gave one answer throughout."""
    made = one_battery(31013)

    def told(folder: Path) -> list[str]:
        return audit(made, gathered(made.write(folder), made, of=lambda _: iter(asked))).told

    asked = [("score", {}), ("response", {"by": ["role"]}), ("breakdown", {"by": ["role"]})]
    assert told(tmp_path / "together") == []
    monkeypatch.setattr("rpgstat.disclosure._ways.MOST", 100)
    assert told(tmp_path / "each by itself") == ["one: role R4, straight_liners: it is 4 or one other"]


def test_how_many_left_some_blank_does_not_follow_from_other_groups_and_statements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four of R0 left something blank. Many of R2 did; beside how many answered each statement, the others would have too few blanks for any other number."""
    case = open_case((), one_battery(10079).write(tmp_path), None)
    people, crossed = returns(case.study, case.sources, case.study.groups)
    filled, rule = crossed["one"], case.study.disclosure
    _, counted = count(case, [("one",)], case.study.groups, None, beside=every_combination(case))
    plan = disclosure.plan(counted, case.study, rule, together=False)
    tables = {kind: {cell: table for cell, table in plan._tables.items() if isinstance(cell, kind)} for kind in (ItemCell, ScoreCell)}
    off = {cell: counted.counts[cell.item, "one"].not_applicable for cell in tables[ItemCell]}
    ways = Ways(plan._tables[PeopleCell("one")], tables[ItemCell], tables[ScoreCell], reduce(Returned.plus, filled.values()), off)
    answers, numbers = (attributes(replace(plan, short=short), people.by, filled, "one") for short in ({"one": ways}, {}))
    monkeypatch.setattr("rpgstat.disclosure._attributes._beside_statements", lambda *_: None)
    alone = attributes(plan, people.by, filled, "one")
    hidden = [{place.key[0] for place in lost["partial"]} for lost in (alone, answers, numbers)]
    assert hidden == [{"R0", "R1", "R3", None}, *[{"R0", "R1", "R2", "R3", None}] * 2]


def test_what_parts_of_people_could_have_answered_is_asked_of_whole_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twelve gave the first answer and two the second, or thirteen the first and one the third; a score says that of whole people only the former can be."""
    made = one_battery(10029)
    assert learnt(made, tmp_path / "whole") == []
    another = Together._another
    monkeypatch.setattr(Together, "_another", lambda one, key, found: another(one, key, replace(found, whole=True)))
    assert learnt(made, tmp_path / "in parts") == ["one: role R1, b1: answers are [12, 2, 0]"]


def test_what_is_withheld_does_not_depend_on_the_order_of_a_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Statements that are shown by less are asked about again in the order in which they were found, which is the same in every run of the program."""
    found: list[Cell] = []
    asked: list[tuple[list[Cell], list[Cell]]] = []
    show_less, again = MakingJointly._show_less, MakingJointly.protect_again

    def showing(one: MakingJointly, told: Told, *, crosses: bool) -> list[Cell]:
        cells = [*show_less(one, told, crosses=crosses), *reversed([cell for cell in one.tables if isinstance(cell, ItemCell)])]
        found.extend(cells)
        return cells

    def asking(one: MakingJointly, cells: Sequence[Cell], *, items_too: bool = True) -> None:
        if found:
            asked.append((list(cells), [cell for cell in dict.fromkeys(found) if isinstance(cell, ItemCell)]))
            found.clear()
        again(one, cells, items_too=items_too)

    monkeypatch.setattr(MakingJointly, "_show_less", showing)
    monkeypatch.setattr(MakingJointly, "protect_again", asking)
    case = open_case([], random_study(Random(71090)).write(tmp_path), None)
    plan_of(case, case.study.groups)
    assert max(len(cells) for cells, _ in asked) >= 12
    assert all(cells == in_order for cells, in_order in asked)


def test_that_a_mean_can_reach_the_end_of_the_scale_is_asked_of_whole_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In parts of people all four of a cross may have given the highest answer, in whole people they cannot: then a score is shown by its mean."""

    def shown(folder: Path) -> list[bool]:
        rows = rpgstat.breakdown(study=one_battery(30097, 1).write(folder), by=["team"])[0].rows
        return [row["sd"] is not None for row in rows if row["item"] is None]

    whole = shown(tmp_path / "whole")
    monkeypatch.setattr(Together, "_missed", lambda *_: [])
    assert (whole, shown(tmp_path / "in parts")) == ([False, False], [True, True])


def test_an_answer_that_a_mean_tells_beside_the_scores_of_everyone_is_not_shown_by_that_mean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six people of two statements: no other figure of a group tells how often one answer was given, only their own mean beside how everyone scored."""
    monkeypatch.setattr("rpgstat.disclosure._table.Table.free", lambda *_: 1)  # or more of those who returned it is withheld
    assert learnt(one_battery(60077), tmp_path / "withheld") == []
    monkeypatch.setattr(Together, "_own", lambda *_: [])
    assert learnt(one_battery(60077), tmp_path / "shown") == ["one: role R0, b1: 1 gave answer 4"]
