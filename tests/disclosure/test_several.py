"""Statements of several batteries, who came and what weighs: what one kind of figure tells of another is withheld."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import rpgstat
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._together import Together
from rpgstat.disclosure._ways import Ways
from rpgstat.errors import UserError
from tests.disclosure.asks import SAMPLE, talking
from tests.disclosure.auditor import audit, told_by
from tests.disclosure.outputs import gathered
from tests.disclosure.replies_auditor import audit_replies
from tests.disclosure.studies import Made, MadeWave, only, people, random_study, worked_in_one_place

Patch = pytest.MonkeyPatch


def learnt(made: Made, folder: Path) -> list[str]:
    """What statements, and how groups filled in the questionnaire, tell."""
    return audit(made, gathered(made.write(folder), made)).told


def test_who_answered_the_statements_of_another_battery_does_not_bound_a_mean(tmp_path: Path, monkeypatch: Patch) -> None:
    """How many of a group left all blank, and how many answered each statement of two batteries, say how many answered one of which the mean is withheld."""
    made = talking(rng := Random(40132), random_study(rng))
    wave = made.waves[2]
    silent = tuple(replace(one, said=(), themes=None) for one in wave.people)
    made = replace(made, waves=(replace(wave, people=silent),), questions=(), themes=())
    assert learnt(made, tmp_path / "together") == []
    monkeypatch.setattr("rpgstat.disclosure._jointly.MakingJointly.unknowns", lambda *_: 10_000)  # each battery by itself
    monkeypatch.setattr("rpgstat.disclosure._attributes._beside_statements", lambda *_: None)
    assert learnt(made, tmp_path / "by battery") == ["three: role R2, b1: mean is no lower than 1.06"]


def test_how_many_gave_one_answer_throughout_is_asked_of_groups_whose_number_is_withheld(tmp_path: Path, monkeypatch: Patch) -> None:
    made = only(60164, 0)
    assert learnt(made, tmp_path / "of all") == []
    monkeypatch.setattr("rpgstat.disclosure._attributes._beside_statements", lambda *_: None)
    monkeypatch.setattr(Together, "_filling", lambda *_: [])
    assert any("straight_liners" in one for one in learnt(made, tmp_path / "of none"))


def test_a_mean_that_whole_people_cannot_have_otherwise_is_opened_by_less_of_statements(tmp_path: Path, monkeypatch: Patch) -> None:
    """No score is shown of either group, so that less of one could help: the mean of the other statement is."""
    made = only(60182, 1)
    assert learnt(made, tmp_path / "less") == []
    monkeypatch.setattr("rpgstat.disclosure._together.Together._in_the_way", lambda *_: [])
    assert learnt(made, tmp_path / "as many") == ["two: role R0, b1: mean is no higher than 3.30"]


def test_two_groups_that_five_people_are_of_are_both_known_to_be_of_few(tmp_path: Path, monkeypatch: Patch) -> None:
    """Somebody is of each, or a 0 would be shown; so neither has more than four."""
    made = only(60162, 0)
    assert learnt(made, tmp_path / "somebody") == []
    monkeypatch.setattr("rpgstat.disclosure._table.Table.free", lambda *_: 1)
    assert "one: role R1, returned: n is below 5" in learnt(made, tmp_path / "nobody")


def test_that_nobody_of_an_empty_group_sent_it_twice_is_not_said_beside_those_withheld(tmp_path: Path) -> None:
    """Everybody of the second wave is of one team; of the other nobody is, so that a 0 there would say that all who sent it twice are of the first."""
    one = MadeWave("one", ("cope",), people({("T0",): 12, ("T1",): 12}, Random(1), 1, 4))
    two = MadeWave("two", ("cope",), tuple(replace(own, copies=int(at < 3)) for at, own in enumerate(people({("T1",): 24}, Random(2), 1, 4))))
    made = Made({"team": ("T0", "T1")}, 4, {"B": ("cope",)}, (one, two))
    rows = [row for row in rpgstat.response(study=made.write(tmp_path))[0].rows if row["wave"] == "two" and row["by"] == "team"]
    assert [(row["group"], row["returned"], row["duplicate_ids"]) for row in rows] == [("T0", 0, None), ("T1", 24, None)]


def test_weights_of_a_design_that_is_not_declared_are_refused_wherever_something_is_withheld(tmp_path: Path) -> None:
    """In parts of people they told nothing; in whole people the numbers of three groups and all answers of a fourth."""
    study = random_study(Random(60190)).write(tmp_path)
    with pytest.raises(UserError, match="would give away small groups"):
        rpgstat.score(study=study, weight="Design weight")
    rpgstat.score(study=study)


@pytest.fixture
def weighted(tmp_path: Path) -> Callable[[int], Path]:
    def made(few: int) -> Path:
        sizes = {("Aide",): 20, ("Clerk",): 18, ("Nurse",): few}
        wave = MadeWave("one", ("cope",), people(sizes, Random(1), 1, 4))
        return Made({"role": ("Aide", "Clerk", "Nurse")}, 4, {"B": ("cope",)}, (wave,), weights={"Aide": 1, "Clerk": 2, "Nurse": 3}).write(tmp_path)

    return made


def test_where_nothing_is_withheld_they_are_used(weighted: Callable[[int], Path]) -> None:
    assert rpgstat.score(study=weighted(16), weight="Design weight")[0].rows


def test_weights_that_differ_from_person_to_person_are_used(tmp_path: Path) -> None:
    """One person alone weighs like all of a group of one; that is no design."""
    sizes = {("Aide", "East"): 20, ("Clerk", "East"): 18, ("Nurse", "East"): 3, ("Clerk", "West"): 1, ("Nurse", "West"): 12, ("Aide", "West"): 1}
    wave = MadeWave("one", ("cope",), people(sizes, Random(1), 1, 4))
    made = Made({"role": ("Aide", "Clerk", "Nurse"), "team": ("East", "West")}, 4, {"B": ("cope",)}, (wave,), weights={"Aide": 1})
    study = talking(Random(1), made, questions=SAMPLE[:1], themes=()).write(tmp_path)
    header, *rows = (tmp_path / "one.csv").read_text(encoding="utf-8").splitlines()
    at, drawn = header.split(",").index("Design weight"), Random(3)
    apart = [[f"{drawn.uniform(0.5, 2):.2f}" if column == at else cell for column, cell in enumerate(row.split(","))] for row in rows]
    (tmp_path / "one.csv").write_text("\n".join([header, *map(",".join, apart)]), encoding="utf-8")
    assert any(row["option"] and row["count"] is None for row in rpgstat.topline(study=study, by=["role", "team"])[0].rows)
    for command in (rpgstat.score, rpgstat.topline):
        assert command(study=study, weight="Design weight")[0].rows


def test_how_many_of_a_cross_answered_a_question_that_everybody_did_is_open(tmp_path: Path) -> None:
    """All who returned it answered, so of a role in one team 7 did: 21 less 14. No command says how many of a cross returned it, so this is withheld."""
    made = talking(rng := Random(40176), random_study(rng))
    own = replace(made, questions=tuple(one for one in made.questions if one.id == "years"))
    at = made.questions.index(own.questions[0])
    wave = made.waves[0]
    own = replace(own, themes=(), waves=(replace(wave, people=tuple(replace(one, said=(one.said[at],), themes=None) for one in wave.people)),))
    calls = [("response", {"by": [name]}) for name in own.groupings] + [("topline", {"by": by}) for by in (["role"], ["team"], ["role", "team"])]
    assert audit_replies(own, gathered(own.write(tmp_path), own, of=lambda _: iter(calls))).told == []


def test_one_answer_throughout_is_the_one_that_was_chosen_where_a_statement_is_scored_in_reverse(tmp_path: Path) -> None:
    """Taken as it is scored, those who gave one answer throughout were others than the whole wave said, and the plan ended in an error."""
    wave = MadeWave("one", ("a", "b", "c", "d"), people({("Aide",): 20, ("Clerk",): 14, ("Nurse",): 4, ("Cook",): 9}, Random(4), 4, 2))
    alike = tuple(replace(one, answers=(one.answers[0],) * 4) if at % 2 else one for at, one in enumerate(wave.people))
    study = Made({"role": ("Aide", "Clerk", "Nurse", "Cook")}, 2, {"B": wave.items}, (replace(wave, people=alike),)).write(tmp_path)
    study.write_text(study.read_text("utf-8").replace('text = "I c"', 'text = "I c", reverse = true'), encoding="utf-8")
    rows = {row["group"]: row for row in rpgstat.response(study=study)[0].rows if row["by"] == "role"}
    assert rows["Aide"]["straight_liners"] == sum(len(set(one.answers)) == 1 for one in alike if one.key == ("Aide",))
    assert rows["Nurse"]["straight_liners"] is None
    assert any(row["n"] for row in rpgstat.breakdown(study=study, by=["role"])[0].rows if row["item"] is None)


def test_that_somebody_of_each_group_returned_it_is_part_of_the_sums_of_statements(tmp_path: Path, monkeypatch: Patch) -> None:
    """Whom a group of few has, at least, others have not: the mean of one of these was known to less than half a level."""
    made = only(60498, 1)
    assert told_by(made, tmp_path / "somebody") == []
    system = Ways.system
    monkeypatch.setattr(Ways, "system", lambda *of: replace(system(*of), limited=(), most=()))
    assert told_by(made, tmp_path / "nobody") == ["two: role R2, b1: mean is no lower than 2.34"]


def rows(made: Made, folder: Path) -> dict[tuple[str | None, str | None], dict]:
    """Those of each role."""
    return {(row["group"], row["item"]): row for row in rpgstat.breakdown(study=made.write(folder), by=["role"])[0].rows}


def test_that_nobody_of_a_group_that_is_withheld_answered_is_possible_too(tmp_path: Path, monkeypatch: Patch) -> None:
    """Of two who were invited one or two came. All answered one statement, as a stranger learnt from who else did: of nobody it would be withheld as well."""
    made = only(60595, 0)
    assert rows(made, tmp_path / "nobody")["R1", "b1"]["n"] is None
    monkeypatch.setattr(Table, "floor", lambda own, _: int(not own.known.zeros))
    assert rows(made, tmp_path / "somebody")["R1", "b1"]["n"] == 14


def test_a_cross_of_the_same_people_as_a_group_is_shown_as_that_is(tmp_path: Path, monkeypatch: Patch) -> None:
    """All clerks work in one place: withheld of them as a cross alone, their figures could be read where they are a role."""
    monkeypatch.setattr("rpgstat.disclosure._making._CROSSED", 0)  # as if people could have answered in too many ways to protect crosses
    study = worked_in_one_place().write(tmp_path)
    crossed = {(row["group"], row["item"]): row for row in rpgstat.breakdown(study=study, by=["role", "team"])[0].rows}
    for row in rpgstat.breakdown(study=study, by=["role"])[0].rows:
        if row["group"] == "Clerk":
            assert crossed["Clerk × West", row["item"]]["mean"] == row["mean"]
    assert crossed["Aide × West", "cope"]["n"] is None


def test_how_groups_filled_it_in_is_withheld_whichever_groupings_are_named(tmp_path: Path) -> None:
    """Of two teams either hides how many of the other left blanks; by team alone it was the other one that was withheld."""
    study = only(61237, 0).write(tmp_path)
    every = {(row["by"], row["group"]): row for row in rpgstat.response(study=study)[0].rows}
    for by in (["team"], ["team", "role"]):
        rows = rpgstat.response(study=study, by=by)[0].rows
        assert [row["partial"] for row in rows] == [every[row["by"], row["group"]]["partial"] for row in rows]


def test_of_a_group_no_more_returned_it_than_were_invited_whoever_wrote(tmp_path: Path, monkeypatch: Patch) -> None:
    """Eight of a role were invited, all of one team; by who else of these came, fewer than five of it wrote an answer."""
    made = talking(rng := Random(40373), random_study(rng))
    wave = made.waves[0]
    made = replace(made, waves=(replace(wave, people=tuple(replace(one, said=()) for one in wave.people)),), questions=())

    def told(folder: Path) -> list[str]:
        calls = [(command, {"by": [name]}) for command in ("response", "themes") for name in made.groupings]
        return audit_replies(made, gathered(made.write(folder), made, of=lambda _: iter(calls))).told

    assert told(tmp_path / "invited") == []
    monkeypatch.setattr("rpgstat.disclosure._unknowns.Unknowns._stand_beside", lambda _: 0)
    monkeypatch.setattr("rpgstat.disclosure._exchange.Exchange._came_back", lambda *_: True)
    assert "one: role R3, In your words hope: n is below 5" in told(tmp_path / "whoever")
