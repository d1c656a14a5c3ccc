"""Exports of other platforms through the installed command: who answered, what is drafted, and what has to be chosen."""

import tomllib
from pathlib import Path

import pytest

PEOPLE = (
    "ID,Start time,Completion time,Email,Name,Colour\n1,16/10/2024 16:50,16/10/2024 16:56,anonymous,,Red\n2,16/10/2024 16:51,16/10/2024 16:57,anonymous,,Blue\n"
)
EVENTS = (
    "record_id,redcap_event_name,cope,learn,staff_complete\n"
    "1,before_arm_1,Agree,Disagree,2\n1,after_arm_1,Strongly agree,Agree,2\n2,before_arm_1,Strongly disagree,Agree,2\n"
    "2,after_arm_1,Agree,Agree,2\n3,before_arm_1,Disagree,Neither agree nor disagree,2\n3,after_arm_1,Agree,Agree,2\n"
)
IMPORTED = ",".join(f'"{{""ImportId"":""{name}""}}"' for name in ("startDate", "status", "recordedDate", "_recordId", "QID1"))
TESTS = f"StartDate,Status,RecordedDate,ResponseId,Q1\n{IMPORTED}\n2024-03-01 10:00:00,2,2024-03-01 10:01:00,R_1,Agree\n"


@pytest.fixture
def written(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(name, content):
        (tmp_path / name).write_text(content, encoding="utf-8")
        return name

    return write


def test_response_counts_people_though_no_question_is_on_a_scale(command, written):
    (row,) = command("response", written("wave.csv", PEOPLE), "-f", "json").rows
    assert (row["returned"], row["usable"], row["note"]) == (2, None, "no statement is on a scale, so only people are counted")


def test_what_init_drafts_of_such_a_file_runs_as_it_stands(command, written):
    written("study.toml", command("init", written("wave.csv", PEOPLE)).text)
    assert command("response", "-f", "json").rows[0]["returned"] == 2
    assert "declares no statements" in command("score").error()[0]


def test_events_are_the_waves_of_a_file(command, written):
    rows = command("response", written("data.csv", EVENTS), "-f", "json").rows
    assert [(row["wave"], row["returned"]) for row in rows] == [("before_arm_1", 3), ("after_arm_1", 3)]
    study = tomllib.loads(command("init", "data.csv").text)
    assert study["data"] == {"file": "data.csv", "wave": "redcap_event_name"}
    assert [wave["name"] for wave in study["waves"]] == ["before_arm_1", "after_arm_1"]


def test_init_says_what_the_export_does_not_tell(command, written):
    rows = "record_id,redcap_event_name,cope,learn,staff_complete\n1,before_arm_1,1,2,2\n2,before_arm_1,3,1,2\n"
    ran = command("init", written("data.csv", rows))
    assert "`cope`, `learn`: codes whose labels the export does not tell, so they are on no scale; put the data dictionary" in ran.text


def test_of_two_files_of_events_one_event_each_has_to_be_chosen(command, written):
    written("a.csv", EVENTS)
    written("b.csv", EVENTS)
    problem, hint = command("response", "a.csv", "b.csv").error()
    assert "one person stands on several rows" in problem
    assert 'event = "before_arm_1"' in hint
    waves = "".join(f'[[waves]]\nname = "{name}"\nfile = "{name}.csv"\nevent = "{event}"\n' for name, event in (("a", "before_arm_1"), ("b", "after_arm_1")))
    written("study.toml", waves)
    found = command("response", "-f", "json").rows
    assert [(row["wave"], row["returned"]) for row in found] == [("a", 3), ("b", 3)]
    written("study.toml", waves.replace("after_arm_1", "afte_arm_1"))
    assert "did you mean `after_arm_1`" in command("response").error()[1]


def test_a_file_of_tests_only_says_how_to_count_them(command, written):
    problem, hint = command("response", written("wave.csv", TESTS)).error()
    assert "nobody is left: 1 test" in problem
    assert 'keep = { "Status" = ["2"] }' in hint
    assert command("init", "wave.csv").text.count("[[waves]]") == 1


def monkey() -> str:
    """A wave as SurveyMonkey writes it."""
    rows = "".join(f"{1000 + at},{answer},{other}\n" for at, (answer, other) in enumerate(zip(AGREE * 6, AGREE[::-1] * 6, strict=True)))
    return f"Respondent ID,How far do you agree?,\n,I cope,I learn\n{rows}"


def qualtrics() -> str:
    """A later one as Qualtrics does, one statement of it reworded by a word."""
    names = ["StartDate", "RecordedDate", "ResponseId", "Q1_1", "Q1_2"]
    texts = ["Start Date", "Recorded Date", "Response ID", "How far do you agree? - I cope", "How far do you agree? - I learn"]
    imports = ",".join(f'"{{""ImportId"":""{name}""}}"' for name in ("startDate", "recordedDate", "_recordId", "QID1_1", "QID1_2"))
    rows = "".join(f"2024-03-01 10:00:00,2024-03-01 10:05:00,R_{at:03}ab,{answer},{answer}\n" for at, answer in enumerate(AGREE * 5))
    return f"{','.join(names)}\n{','.join(texts)}\n{imports}\n{rows}"


AGREE = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]


def test_waves_of_different_platforms_are_compared(command, written):
    files = written("wave-2023.csv", monkey()), written("wave-2024.csv", qualtrics())
    bare = command("compare", *files, "-f", "json")
    assert {row["text"]: (row["n_reference"], row["n"]) for row in bare.rows if row["item"]} == {"I cope": (24, 20), "I learn": (24, 20)}
    assert command("init", *files, "-o", "study.toml").code == 0
    drafted = command("compare", "-f", "json")
    assert [(row["mean_reference"], row["mean"]) for row in drafted.rows] == [(row["mean_reference"], row["mean"]) for row in bare.rows]


@pytest.mark.parametrize(("own", "other"), [("Tea", None), ("Tea, whatever my manager brings along", "(other answers)")])
def test_options_of_lists_are_drafted_with_one_for_what_people_wrote_themselves(command, written, own, other):
    cells = ["Cake, Tea", "Tea", "Milk, if cold, Tea", "Cake, Milk, if cold"] * 5 + [own]
    rows = "".join(f'2024/03/{at + 1:02} 10:00:00,"{cell}"\n' for at, cell in enumerate(cells))
    assert command("init", written("wave.csv", f"Timestamp,What do you like?\n{rows}"), "-o", "study.toml").code == 0
    (question,) = tomllib.loads(Path("study.toml").read_text(encoding="utf-8"))["questions"]
    assert (question["options"], question.get("other")) == (["Tea", "Cake", "Milk, if cold"], other)
    assert command("topline", "-f", "json").code == 0
