"""One grouping, statements of which some were left blank: who returned the questionnaire, and in which groups the blanks are, says how many answered."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest

import rpgstat
from rpgstat import disclosure
from rpgstat.tally.questions import questions as count_questions
from rpgstat.workflow.case import open_case
from rpgstat.workflow.counting import count
from rpgstat.workflow.planned import every_combination, plan_of
from tests.disclosure.asks import SAMPLE, talking
from tests.disclosure.auditor import audit
from tests.disclosure.outputs import gathered
from tests.disclosure.studies import BLANK, Made, MadeWave, Person, worked_in_one_place


def one_grouping(answers: Mapping[str, tuple[int, ...]], blanks: Mapping[str, int]) -> Made:
    """A study of two batteries of one statement: of each group so many people by answer to the first, and so many more who left it blank."""
    rng = Random(1)
    given = {role: [level for level, n in enumerate(own) for _ in range(n)] + [BLANK] * blanks.get(role, 0) for role, own in answers.items()}
    found = tuple(Person((role,), (answer, rng.randrange(4))) for role, own in given.items() for answer in own)
    return Made({"role": tuple(answers)}, 4, {"B": ("b0",), "C": ("c0",)}, (MadeWave("one", ("b0", "c0"), found),))


def learnt(made: Made, folder: Path) -> list[str]:
    return audit(made, gathered(made.write(folder), made)).told


def shown(made: Made, folder: Path) -> dict[str, int]:
    rows = rpgstat.breakdown(study=made.write(folder), by=["role"])[0].rows
    return {row["group"]: row["n"] for row in rows if row["item"] == "b0" and row["n"] is not None}


def test_that_all_of_a_group_answered_bounds_its_mean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both blanks are in a large group; so all six clerks answered, and their mean cannot be lower, whatever the seven of two other groups said."""
    made = one_grouping({"Aide": (4, 3, 3, 6), "Porter": (0, 1, 1, 7), "Clerk": (1, 2, 1, 2), "Cook": (0, 0, 0, 5), "Nurse": (0, 0, 0, 2)}, {"Aide": 2})
    assert learnt(made, tmp_path / "beside") == []
    assert shown(made, tmp_path / "beside") == {"Aide": 16}
    monkeypatch.setattr("rpgstat.disclosure._single._who_came", lambda _, hidden, __: [0 for _ in hidden])
    monkeypatch.setattr("rpgstat.disclosure._together.Together.told", lambda _: [])  # which would find the same
    assert learnt(made, tmp_path / "alone") == ["one: role Clerk, b0: mean is no lower than 2.17"]
    assert shown(made, tmp_path / "alone") == {"Aide": 16, "Porter": 9}


def test_nor_does_it_say_how_few_answered_of_a_group_that_is_withheld(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Five clerks returned it, which is shown. Two of three blanks are in the large group, so four clerks answered, or all five."""
    made = one_grouping({"Aide": (7, 7, 7, 7), "Clerk": (1, 1, 1, 1), "Nurse": (1, 1, 1, 1), "Cook": (1, 1, 1, 0)}, {"Aide": 2, "Clerk": 1})
    assert learnt(made, tmp_path / "beside") == []
    monkeypatch.setattr("rpgstat.disclosure._single._who_came", lambda _, hidden, __: [0 for _ in hidden])
    monkeypatch.setattr("rpgstat.disclosure._together.Together.told", lambda _: [])  # which would find the same
    assert learnt(made, tmp_path / "alone") == ["one: role Clerk, b0: n is 4 or one other"]


@pytest.mark.parametrize("blanks", [{"Aide": 3, "Clerk": 2}, {"Clerk": 2}, {}])
def test_where_the_blanks_leave_enough_open_no_more_is_withheld(blanks: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = {"Aide": (7, 7, 7, 7), "Porter": (3, 4, 4, 3), "Clerk": (2, 1, 2, 1), "Nurse": (1, 1, 1, 1), "Cook": (1, 1, 1, 0)}
    made = one_grouping(answers, blanks)
    assert learnt(made, tmp_path / "beside") == []
    own = shown(made, tmp_path / "beside")
    monkeypatch.setattr("rpgstat.disclosure._single._who_came", lambda _, hidden, __: [0 for _ in hidden])
    monkeypatch.setattr("rpgstat.disclosure._together.Together.told", lambda _: [])  # which would find the same
    assert own == shown(made, tmp_path / "alone")


def test_what_is_decided_does_not_depend_on_the_order_of_groupings(tmp_path: Path) -> None:
    """By which the attacker's tests let commands share a plan, and what is withheld of questions."""
    made = talking(Random(5), worked_in_one_place(), questions=SAMPLE[:3], themes=())
    case = open_case((), made.write(tmp_path), None)
    found = []
    for groups in (case.study.groups, case.study.groups[::-1]):
        _, counted = count(case, [("one",)], groups, None, beside=every_combination(case))
        case.shared.plans.clear()
        plan = plan_of(case, groups, counted)
        asked = count_questions(case.files(groups), case.study.questions, groups)[1]
        found.append((plan.cells, disclosure.shown_questions(plan, [group.name for group in groups], asked)))
    assert found[0] == found[1]
    assert any(own.answers["one"] for own in found[0][1].values())
