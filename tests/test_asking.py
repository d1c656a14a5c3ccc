"""`init --ask` without a terminal: prompts in, answers out, and the study that comes of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from rpgstat import workflow
from rpgstat.errors import UserError
from rpgstat.study import from_toml
from rpgstat.workflow.asking import next_command, walk
from rpgstat.workflow.asking.prompts import Choice, Said, Ticks, Words
from tests.conftest import export

FOUR = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
STRAIN, STRAIN_2 = "I carry the strain of my work", "I carry the strain of the work"


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def likely(prompt):
    """The answer that is ready."""
    return {Said: None, Choice: getattr(prompt, "likely", None), Ticks: list(getattr(prompt, "ticked", ())), Words: getattr(prompt, "likely", None)}[
        type(prompt)
    ]


def option(prompt, text: str) -> int:
    (place,) = [at for at, shown in enumerate(prompt.options) if text in shown]
    return place


def asked(*files: Path, said=None, **answers):
    """The draft, and every question asked. `answers` go to the first question that holds the words of their name, the likely one to all others.

    An answer that is text picks the option that holds it; several are given one after the other.
    """
    wanted = {words: list(answer) if isinstance(answer, list) and said is None else [answer] for words, answer in (said or answers).items()}
    walking, questions, answer = walk(files, Path("study.toml")), [], None
    while True:
        try:
            prompt = walking.send(answer)
        except StopIteration as done:
            assert not any(wanted.values()), f"never asked: {wanted}"
            return done.value, questions
        answer = likely(prompt)
        if not isinstance(prompt, Said):
            questions.append(prompt.ask)
            key = next((key for key, left in wanted.items() if left and key in prompt.ask), None)
            if key is not None:
                given = wanted[key].pop(0)
                answer = option(prompt, given) if isinstance(prompt, Choice) and isinstance(given, str) else given
            if isinstance(prompt, Words):
                assert prompt.check(answer) == ""


def study(draft):
    """The study as it is read from the file."""
    Path("study.toml").write_text(draft.text, encoding="utf-8")
    return from_toml(draft.text)


def two_waves() -> tuple[Path, Path]:
    roles = ["Social worker"] * 6 + ["SW"] * 5 + ["Manager"] * 7
    columns = {"Job role": roles, "I cope": (FOUR * 5)[:18], "I learn": (FOUR * 5)[:18]}
    return export("staff-2024.csv", columns | {STRAIN: (FOUR * 5)[:18]}), export("staff-2023.csv", columns | {STRAIN_2: (FOUR * 5)[:18]})


def test_enter_alone_makes_a_study_that_runs():
    draft, questions = asked(*two_waves())
    study(draft)
    assert questions[0] == "Is this the order of the waves, the earliest first?"
    assert next_command(draft, Path("study.toml")) == "rpgstat compare"
    assert len(workflow.compare()[0].rows) == 4


def test_the_order_of_the_waves_is_asked_and_changed():
    draft, _ = asked(*two_waves(), said={"order of the waves": 1})
    assert [wave.name for wave in study(draft).waves] == ["2023", "2024"]
    assert [match.earlier for match in draft.matches.values()] == [STRAIN_2]


def test_names_title_and_people_invited_are_written_down():
    draft, _ = asked(*two_waves(), said={"study called": "Reflective groups", "staff-2024.csv called": "+1 year", "invited to `+1 year`": " 30 "})
    found = study(draft)
    assert (found.title, found.waves[0].name, found.waves[0].invited, found.waves[1].invited) == ("Reflective groups", "+1 year", 30, None)


def test_a_reworded_statement_stays_one_or_becomes_two():
    one, _ = asked(*two_waves())
    assert {item.text for _, item in study(one).items} == {"I cope", "I learn", STRAIN}
    two, _ = asked(*two_waves(), said={"one statement": 1})
    assert {item.text for _, item in study(two).items} == {"I cope", "I learn", STRAIN, STRAIN_2}
    assert len({item.id for _, item in study(two).items}) == 4
    assert {row["text"]: row["n"] for row in workflow.score(wave="2024")[0].rows if row["item"]}[STRAIN] == 18


def test_groups_and_their_spellings_are_asked():
    draft, _ = asked(*two_waves(), said={"columns are groups": [0], "short name": "role"})
    (group,) = study(draft).groups
    assert (group.name, group.levels, group.aliases) == ("role", ("Manager", "Social worker"), {"SW": "Social worker"})
    apart, _ = asked(*two_waves(), said={"columns are groups": [0], "mean the same": []})
    assert study(apart).groups[0].levels == ("Manager", "Social worker", "SW")


def test_answers_in_no_known_order_are_put_in_order():
    levels = ["It is of use", "It is of some use to me", "It is of none"]
    file = export("wave.csv", {"The newsletter": levels * 4, "The website": levels[::-1] * 4})
    left, _ = asked(file)
    assert (study(left).batteries, next_command(left, Path("study.toml"))) == ((), "rpgstat topline")
    draft, _ = asked(file, said={"a scale, from less to more": "another order", "the lowest": "of none", "comes next": "some use"})
    (battery,) = study(draft).batteries
    assert battery.scale.levels == ("It is of none", "It is of some use to me", "It is of use")
    assert study(draft).questions == ()
    assert {row["n"] for row in workflow.score()[0].rows} == {12}


def test_a_scale_that_is_not_certain_is_chosen_or_written():
    some = ["Never", "Sometimes", "Often"]
    file = export("wave.csv", {"I rest": some * 4, "I plan": some * 4})
    chosen, _ = asked(file, said={"could people choose from": 1})
    assert study(chosen).batteries[0].scale.levels == ("Never", "Rarely", "Sometimes", "Often")
    written, _ = asked(file, said={"could people choose from": "Another", "Its levels": "Never < Once < Sometimes < Often < Daily"})
    assert study(written).batteries[0].scale.levels == ("Never", "Once", "Sometimes", "Often", "Daily")
    assert workflow.score()[0].rows[0]["scale_high"] == 5


def numbers() -> Path:
    return export("wave.csv", {"Calm": list("12345") * 4, "Heard": list("54321") * 4, "Tired": list("11155") * 4})


@pytest.mark.parametrize(("said", "labelled", "mean"), [("do not know", False, 3.0), ("A higher", True, 3.0), ("A lower", True, 3.0)])
def test_numbers_run_the_way_that_somebody_says(said, labelled, mean):
    draft, _ = asked(numbers(), said={"Which way": said})
    assert study(draft).batteries[0].scale.labelled is labelled
    rows = {row["text"]: row["mean"] for row in workflow.score()[0].rows}
    assert rows["Calm"] == mean
    assert rows["Tired"] == (3.4 if said == "A lower" else 2.6)


def test_an_id_is_linked_only_where_somebody_says_so():
    people = {"Personal code": [f"k{at}" for at in range(12)], "I cope": FOUR * 3, "I learn": FOUR * 3}
    files = export("before.csv", people), export("after.csv", people)
    linked, _ = asked(*files)
    assert study(linked).id_column == "Personal code"
    apart, _ = asked(*files, said={"who is who": "None of them"})
    assert study(apart).id_column is None


def test_a_column_of_waves_is_asked_about():
    file = export("all.csv", {"Timepoint": ["Post", "Pre"] * 6, "I cope": FOUR * 3, "I learn": FOUR * 3})
    waves, _ = asked(file)
    assert [wave.name for wave in study(waves).waves] == ["Pre", "Post"]
    one, _ = asked(file, said={"tell waves apart": "all of it is one wave"})
    assert (study(one).wave_column, len(study(one).waves)) == (None, 1)
    assert workflow.score()[0].rows[0]["n"] == 12


def test_leaving_at_the_end_gives_nothing():
    assert asked(*two_waves(), said={"Write study.toml": 1})[0] is None


def test_questions_can_be_left_out():
    file = export("wave.csv", {"I cope": FOUR * 3, "I learn": FOUR * 3, "Happy?": ["Yes", "No"] * 6, "Paid?": ["Yes", "No"] * 6})
    draft, _ = asked(file, said={"Which shall be counted": [1]})
    assert [question.text for question in study(draft).questions] == ["Paid?"]


def test_the_next_command_names_a_study_elsewhere():
    draft, _ = asked(*two_waves())
    assert next_command(draft, Path("my studies/change.toml")) == 'rpgstat compare --study "my studies/change.toml"'


def test_coded_material_is_not_asked_about():
    coded = export("coded.csv", {"Document": ["a", "b"], "Code": ["Trust", "Time"], "Segment": ["We trust", "No time"]})
    with pytest.raises(UserError, match="about which nothing is asked"):
        next(walk([coded], Path("study.toml")))


@pytest.mark.parametrize(("words", "text"), [("invited", "many"), ("invited", "0"), ("called", " "), ("begin", "5, 2"), ("begin", "x")])
def test_what_cannot_be_is_said_at_once(words, text):
    file = export("wave-1.csv", {"I cope": FOUR * 6, "I learn": FOUR * 6, "Years of service": [str(at) for at in range(12)] * 2})
    walking, answer = walk([file], Path("study.toml")), None
    for _ in range(20):
        prompt = walking.send(answer)
        if isinstance(prompt, Words) and words in prompt.ask and "study" not in prompt.ask:
            assert prompt.check(text)
            return
        answer = likely(prompt)
    pytest.fail("never asked")
