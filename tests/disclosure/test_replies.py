"""Single questions and themes by group: a stranger who holds all tables of them learns of nobody, whatever the groupings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

import rpgstat
from rpgstat.disclosure import _counts
from rpgstat.errors import UserError
from tests.disclosure.asks import SAMPLE, MadeQuestion, Said, talking
from tests.disclosure.outputs import gathered, reply_calls
from tests.disclosure.replies_auditor import audit_replies
from tests.disclosure.studies import SECRET, Key, Made, MadeWave, Person, all_alike, random_study

KNOWN = {question.id: question for question in SAMPLE}
Counts = Mapping[Key, Mapping[Said, int]]


def asked(question: MadeQuestion, counts: Counts, groupings: Mapping[str, tuple[str, ...]], *before: MadeQuestion, themes: bool = False) -> Made:
    """A study of one wave whose people say so to a question, after `before`, or write of such themes."""
    people = [
        Person(key, (at % 4, 1), said=() if themes else (said if isinstance(said, tuple) and before else (said,)), themes=said if themes else None)  # type: ignore[arg-type]
        for key, own in counts.items()
        for said, n in own.items()
        for at in range(n)
    ]
    names = tuple(sorted({theme for one in people for theme in one.themes or ()}))
    wave = MadeWave("one", ("cope", "learn"), tuple(people))
    return Made(groupings, 4, {"B": ("cope", "learn")}, (wave,), questions=() if themes else (*before, question), themes=names)


def told(made: Made, folder: Path) -> list[str]:
    found = audit_replies(made, gathered(made.write(folder), made, of=reply_calls))
    assert found.rows > 0
    assert found.undecided == 0
    return found.told


ROLE = {"role": ("A", "B", "C", "D")}
TWO = {"role": ("A", "B", "C"), "team": ("X", "Y")}
BOTH, MAIL, POST, TALK = frozenset({"Mail", "Post"}), frozenset({"Mail"}), frozenset({"Post"}), frozenset({"Talk"})
HOPE, ANGER = frozenset({"hope"}), frozenset({"anger"})

YES, NO = "Yes", "No"


def yes_and_no(counts: Mapping[Key, tuple[int, int]], groupings: Mapping[str, tuple[str, ...]] = ROLE) -> Made:
    return asked(KNOWN["mentor"], {key: {YES: yes, NO: no} for key, (yes, no) in counts.items()}, groupings)


YES_AND_NO = yes_and_no({("A",): (20, 10), ("B",): (2, 2), ("C",): (5, 3), ("D",): (9, 16)})
ONE_FEW = yes_and_no({("A",): (20, 10), ("C",): (5, 3), ("D",): (9, 16)})
NESTED = yes_and_no({("A", "X"): (12, 8), ("B", "X"): (4, 3), ("C", "Y"): (11, 15), ("A", "Y"): (2, 1)}, TWO)
FEW_TICKED = asked(
    KNOWN["ways"],
    {("A",): {MAIL: 12, POST: 18, BOTH: 2}, ("B",): {MAIL: 3, TALK: 37}, ("C",): {MAIL: 15, POST: 20}, ("D",): {TALK: 14, POST: 9}},
    ROLE,
)
TICKS_NESTED = asked(
    KNOWN["ways"],
    {("A", "X"): {MAIL: 9, POST: 11}, ("B", "X"): {MAIL: 3, POST: 14}, ("C", "Y"): {MAIL: 10, TALK: 16}, ("A", "Y"): {MAIL: 6, POST: 5}},
    TWO,
)
TWO_FEW = asked(KNOWN["ways"], {("A",): {MAIL: 20, TALK: 20}, ("B",): {MAIL: 3, TALK: 14}, ("C",): {MAIL: 1, TALK: 17}}, ROLE)
WHO_WAS_ASKED = asked(
    KNOWN["often"],
    {
        ("A",): {(YES, "Weekly"): 11, (NO, None): 9},
        ("B",): {(YES, "Never"): 7, (NO, None): 1},
        ("C",): {(YES, "Weekly"): 6, (YES, "Never"): 6, (NO, None): 11},
    },
    {"role": ("A", "B", "C")},
    KNOWN["mentor"],
)
SPOKEN = asked(
    KNOWN["mentor"],
    {("A",): {HOPE: 12, ANGER: 8}, ("B",): {HOPE: 3, ANGER: 11}, ("C",): {HOPE: 7, ANGER: 9}, ("D",): {HOPE: 9, ANGER: 0, frozenset(): 13}},
    ROLE,
    themes=True,
)
SPOKEN_NESTED = asked(
    KNOWN["mentor"],
    {("A", "X"): {HOPE: 12, ANGER: 8}, ("B", "X"): {HOPE: 8, ANGER: 6}, ("C", "Y"): {HOPE: 9, ANGER: 7}, ("A", "Y"): {HOPE: 4, ANGER: 6}},
    TWO,
    themes=True,
)
HAND_MADE = {
    "yes and no": YES_AND_NO,
    "one few": ONE_FEW,
    "few ticked": FEW_TICKED,
    "two few": TWO_FEW,
    "nested": NESTED,
    "ticks nested": TICKS_NESTED,
    "who was asked": WHO_WAS_ASKED,
    "spoken": SPOKEN,
    "spoken nested": SPOKEN_NESTED,
}


@pytest.mark.parametrize("name", HAND_MADE)
def test_nothing_is_learnt_of_studies_made_to_be_solved(name: str, tmp_path: Path) -> None:
    assert told(HAND_MADE[name], tmp_path) == []


@pytest.mark.parametrize("seed", [3, 4])
def test_nothing_is_learnt_of_some_random_studies(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    assert told(talking(rng, random_study(rng)), tmp_path) == []


def topline(made: Made, folder: Path, **options: object) -> dict[tuple[str | None, str | None], dict]:
    rows = rpgstat.topline(study=made.write(folder), **options)[0].rows
    return {(row["group"], row["option"]): row for row in rows}


def test_below_five_nothing_below_ten_the_number_only_and_of_all_that_is_many_everything(tmp_path: Path) -> None:
    found = topline(YES_AND_NO, tmp_path, by="role")
    assert (found["B", None]["n"], found["B", None]["note"]) == (None, "suppressed: small numbers")
    assert (found["A", "Yes"]["count"], found["A", "Yes"]["n"]) == (20, 30)
    assert {group for (group, _), row in found.items() if row["n"] is None} == {"B", "C"}  # of 4 and 8, one alone would follow


def test_an_option_that_few_ticked_is_withheld_with_what_would_give_it_back(tmp_path: Path) -> None:
    found = topline(FEW_TICKED, tmp_path, by="role")
    hidden = {group for (group, option), row in found.items() if option == "Mail" and row["count"] is None}
    assert {"B", "D"} <= hidden  # 3 did, and nobody, which would say much of the others
    assert found["A", "Mail"]["count"] in (14, None)
    assert found["A", "Post"]["count"] == 20


def test_who_was_asked_is_seen_only_where_the_answers_are_that_decide_it(tmp_path: Path) -> None:
    found = rpgstat.topline(study=WHO_WAS_ASKED.write(tmp_path), by="role")[0].rows
    numbers = {(row["question"], row["group"]): row["n"] for row in found if row["option"] is None}
    assert numbers["mentor", "B"] == 8
    assert numbers["often", "B"] is None  # 7 would say that one said no


def test_statements_are_shown_as_the_plan_has_them_whatever_command_asks(tmp_path: Path) -> None:
    study = YES_AND_NO.write(tmp_path)
    answers = {(row["question"], row["group"]): row for row in rpgstat.topline(study=study, by="role", batteries=True)[0].rows if row["option"] == "Mostly"}
    scores = {(row["item"], row["group"]): row for row in rpgstat.breakdown(study=study, by="role")[0].rows if row["item"]}
    assert answers.keys() - {(question, None) for question, _ in answers} == scores.keys()
    for key, row in scores.items():
        assert (answers[key]["count"] is None) == (row["sd"] is None)
        assert (answers[key]["n"] is None) == (row["n"] is None)


def test_nobody_who_wrote_is_in_what_is_written_of_themes(tmp_path: Path) -> None:
    results = rpgstat.themes(study=SPOKEN.write(tmp_path), by="role", together=True, codes=True)
    told = "\n".join(str(result.rows) + str(result.notes) for result in results)
    assert SECRET not in told
    assert "w0x" not in told


@pytest.mark.parametrize(
    ("guard", "name"),
    [("_tells", "few ticked"), ("_tells", "spoken"), ("_keep_company", "one few"), ("_keep_company", "spoken nested"), ("_narrow", "two few")],
)
def test_without_any_one_guard_the_stranger_learns_something(guard: str, name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Else the tests above would show nothing."""
    monkeypatch.setattr(_counts.Chosen, guard, (lambda *_: iter(())) if guard == "_narrow" else (lambda *_: False))
    if guard == "_narrow":
        monkeypatch.setattr("rpgstat.disclosure._ticks.Ticked._told", lambda *_: iter(()))  # which would find the same
    if guard == "_keep_company":
        monkeypatch.setattr(_counts.Chosen, "_narrow", lambda *_: iter(()))
        monkeypatch.setattr("rpgstat.disclosure._same_answers.SameAnswers.protect", lambda _: None)
    assert told(HAND_MADE[name], tmp_path) != []


def test_without_a_look_at_the_other_options_the_stranger_learns_what_is_left_for_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("rpgstat.disclosure._ticks.Ticked._told", lambda *_: iter(()))
    assert told(FEW_TICKED, tmp_path) != []


def test_of_many_options_and_groups_all_or_none_are_shown_of_a_group(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("rpgstat.disclosure._ticks._WORK", 0)
    assert told(FEW_TICKED, tmp_path / "attacked") == []
    found = topline(FEW_TICKED, tmp_path / "asked", by="role")
    for group in "ABCD":
        assert len({row["count"] is None for (own, option), row in found.items() if own == group and option}) == 1


def test_options_of_one_group_do_not_tell_of_another(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Five of a group ticked one option of two, so all others of it ticked the other, and fewer than five of that are left for small groups."""
    rng = Random(576)
    made = talking(rng, random_study(rng))
    made = replace(made, waves=made.waves[2:], questions=made.questions, themes=())
    assert told(made, tmp_path / "all groups") == []
    monkeypatch.setattr("rpgstat.disclosure._ticks.Ticked._told", lambda *_: iter(()))
    assert any("pick Tea: fewer than 5 did" in one for one in told(made, tmp_path / "each by itself"))


def test_without_the_deciding_question_the_stranger_learns_who_was_asked(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("rpgstat.disclosure._questions._undecided", lambda *_: {})
    assert told(WHO_WAS_ASKED, tmp_path) != []


def test_each_grouping_by_itself_would_tell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert told(NESTED, tmp_path / "one plan") == []
    monkeypatch.setattr("rpgstat.workflow.planned.universe", lambda _, by: [*by])
    assert told(replace(NESTED), tmp_path / "each alone") != []


def of_known_weights(*, declared: bool) -> Made:
    """Groups that all have many, of which weights are known: what is withheld of a question could be solved by figures with them and without."""
    made = replace(all_alike(), weights={"Aide": 1, "Clerk": 2, "Nurse": 3, "Warden": 2}, weighted=declared)
    return talking(Random(3), made, questions=[KNOWN["mentor"], KNOWN["ways"]], themes=())


def test_weights_that_the_study_declares_are_part_of_the_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = of_known_weights(declared=True)
    assert told(made, tmp_path / "known") == []
    monkeypatch.setattr("rpgstat.disclosure._plan.constant_weights", lambda *_: {})
    assert told(made, tmp_path / "unknown") != []


def test_weights_that_it_does_not_declare_are_refused_where_they_would_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = of_known_weights(declared=False)
    with pytest.raises(UserError, match="would give away small groups"):
        rpgstat.topline(study=made.write(tmp_path / "asked"), weight="Design weight")
    assert told(made, tmp_path / "refused") == []
    monkeypatch.setattr("rpgstat.workflow.planned.questions_told_when_weighted", lambda *_: False)
    monkeypatch.setattr("rpgstat.disclosure._plan.told_when_weighted", lambda *_, **__: False)
    assert told(made, tmp_path / "shown") != []


def test_how_many_wrote_does_not_tell_how_many_of_them_spoke_of_a_theme(tmp_path: Path) -> None:
    """Five of two groups wrote, and nine of these ten of one theme: four or five of each."""
    people = {("A",): {HOPE: 4, frozenset(): 1, None: 1}, ("B",): {HOPE: 5, None: 3}}
    made = asked(KNOWN["mentor"], people, {"role": ("A", "B")}, themes=True)
    assert told(made, tmp_path) == []
    assert [row["n"] for row in rpgstat.themes(study=tmp_path / "study.toml", by="role")[0].rows if row["group"] and row["theme"] == "hope"] == [None, None]


def test_themes_that_stand_on_the_same_answers_do_not_tell_of_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two people who spoke of hope and anger both, all are of the group that somebody spoke of anger in."""
    people = {("A",): {HOPE | ANGER: 2, HOPE: 1, ANGER: 6, frozenset(): 12, None: 1}, ("B",): {frozenset(): 14}}
    made = asked(KNOWN["mentor"], people, {"role": ("A", "B")}, themes=True)
    assert told(made, tmp_path) == []
    found = {result.name: result.rows for result in rpgstat.themes(study=tmp_path / "study.toml", by="role", together=True)}
    assert [row["both"] for row in found["together"]] == [2]
    assert [row["mentions"] for row in found["themes"] if row["group"]] == [None] * 4
    monkeypatch.setattr("rpgstat.disclosure._same_answers.SameAnswers.protect", lambda _: None)
    assert told(made, tmp_path) == [f"one: role {group}, In your words hope: it is {count} or one other" for group, count in (("A", 3), ("B", 0))]


def test_of_too_many_parts_for_one_programme_some_are_taken_to_be_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Then more is withheld, and nothing follows either."""
    rng = Random(6)
    made = talking(rng, random_study(rng), questions=())
    assert told(made, tmp_path) == []
    monkeypatch.setattr("rpgstat.disclosure._same_answers._UNKNOWNS", 1)
    monkeypatch.setattr("rpgstat.disclosure._same_answers._MOST_UNKNOWNS", 1)
    assert told(made, tmp_path) == []


def test_numbers_of_which_no_two_have_the_sum_of_two_others_leave_one_way(tmp_path: Path) -> None:
    """Five or more people whose numbers are 1, 2 and 4 are given away by number and mean, so less is shown."""
    people = {"a,x,4": 2, "a,y,1": 2, "a,y,2": 1, "a,y,4": 1, "a,z,2": 1, "b,y,4": 1, "b,z,1": 1, "b,z,2": 1}
    (tmp_path / "one.csv").write_text("role,team,Years\n" + "".join(f"{row}\n" * many for row, many in people.items()), encoding="utf-8")
    groups = '[groups]\nrole = "role"\nteam = "team"\n[[waves]]\nname = "one"\nfile = "one.csv"\n'
    (tmp_path / "study.toml").write_text(f'{groups}[[questions]]\nid = "years"\ntext = "Years"\nkind = "number"\n', encoding="utf-8")
    rows = rpgstat.topline(study=tmp_path / "study.toml", by="role").frame.filter(group="a")
    assert rows["mean"].to_list() == [None]
