"""From exports by `init` to a study file that works, and what an inferred study does with the later rows of a long file."""

from pathlib import Path

import pytest

from rpgstat import workflow
from rpgstat.errors import UserError
from tests.conftest import export

LONG = "It is very relevant, but only when it is about the annual meeting itself"
LEVELS = ["It is very relevant", LONG, "It is not relevant to me"]
FOUR = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
FIRST_ROWS = 20_000


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def unordered(name: str = "wave.csv") -> Path:
    return export(name, {"How is the newsletter?": LEVELS * 4, "How is the website?": LEVELS[::-1] * 4})


def long(late: list[str], last: str = "Agree") -> Path:
    """Two statements on a known scale, one of them with `late` answers behind the first rows."""
    start = FOUR * (FIRST_ROWS // 4)
    return export("long.csv", {"I cope": [*start, *late], "I learn": [*start, *([last] * len(late))]})


def counts(results) -> dict[str, list[int]]:
    return {row["text"]: row["distribution"] for row in results[0].rows if row["item"]}


def test_the_error_of_score_names_a_way_that_works():
    with pytest.raises(UserError) as caught:
        workflow.score([unordered()])
    assert caught.value.hint == "`rpgstat init FILE... -o study.toml` writes these answers down; put them in order there, lowest first, then run again"

    text, _ = workflow.init([unordered()])
    Path("study.toml").write_text(text, encoding="utf-8")
    assert workflow.response()[0].rows[0]["returned"] == 12  # the draft can be used as it stands
    with pytest.raises(UserError, match=r"study.toml declares no statements") as caught:
        workflow.score()
    assert "could not put in order stands there as comments" in caught.value.hint

    text = taken_up(text)
    draft = [line for line in text.splitlines() if line.startswith("# levels = ")]
    in_order = f'levels = ["{LEVELS[2]}", "{LEVELS[1]}", "{LEVELS[0]}"]'
    Path("study.toml").write_text(text.replace(draft[0], in_order), encoding="utf-8")
    assert counts(workflow.score()) == {"How is the newsletter?": [4, 4, 4], "How is the website?": [4, 4, 4]}


def taken_up(text: str) -> str:
    """The draft with the first # of each line removed below the remark on answers in no known order."""
    head, mark, drafts = text.partition("asks for the order instead.\n")
    return head.partition("[[questions]]")[0] + "#" + mark + "\n".join(line.removeprefix("#").removeprefix(" ") for line in drafts.splitlines())


def test_a_draft_is_followed_through_two_waves():
    text, _ = workflow.init([unordered("before.csv"), unordered("after.csv")])
    Path("study.toml").write_text(taken_up(text).replace("# levels", "levels"), encoding="utf-8")
    assert {row["text"] for row in workflow.compare()[0].rows if row["item"]} == {"How is the newsletter?", "How is the website?"}


def test_init_says_what_is_left_to_do():
    _, notes = workflow.init([unordered()])
    assert notes[-1] == "nothing can be scored until these answers are put in order in the study file, lowest first"


def test_init_without_anything_to_draft_writes_the_waves_down_and_says_so():
    text, notes = workflow.init([export("wave.csv", {"Colour": ["Red", "Green", "Blue"], "Town": ["Leeds", "York", "Hull"]})])
    assert notes[0].startswith("`wave.csv`: no question is on a known answer scale")
    assert "put in order" not in " ".join(notes)
    assert ("[[waves]]" in text, "[[batteries]]" in text) == (True, False)


def test_a_study_with_spare_drafts_runs_as_it_is():
    file = export("wave.csv", {"I cope": FOUR, "I learn": FOUR, "Newsletter": [*LEVELS, LONG], "Website": [*LEVELS, LONG]})
    text, _ = workflow.init([file])
    assert "\n# [scales.answers]\n" in text
    Path("study.toml").write_text(text, encoding="utf-8")
    assert list(counts(workflow.score())) == ["I cope", "I learn"]


def test_another_wording_far_down_is_known_without_a_study_file():
    results = workflow.score([long(["Agree strongly", "Don't know", "Not applicable to my work"])])
    assert counts(results)["I cope"] == [5000, 5000, 5000, 5001]
    assert {"read `Agree strongly` as `Strongly agree`", "read `Don't know` as not applicable"} <= set(results[0].warnings)


def test_a_level_first_seen_far_down_makes_the_scale_longer():
    assert counts(workflow.score([long(["Neutral"])])) == {"I cope": [5000, 5000, 1, 5000, 5000], "I learn": [5000, 5000, 0, 5001, 5000]}


def test_a_strange_answer_far_down_leaves_its_statement_out_and_says_so():
    results = workflow.score([long(["Purple"])])
    assert counts(results) == {"I learn": [5000, 5000, 5001, 5000]}
    told = {"left out 1 column that shares no known scale: `I cope`", "`I cope` is on a known scale but for `Purple`: mistyped?"}
    assert told <= set(results[0].warnings)


def test_compare_too_looks_at_all_rows_when_the_first_do_not_do():
    rows = workflow.compare([long(["Agree strongly"]), export("later.csv", {"I cope": FOUR, "I learn": FOUR})])[0].rows
    assert {row["text"]: row["n"] for row in rows if row["item"] and row["wave"] == "later"} == {"I cope": 4, "I learn": 4}


def test_init_writes_down_what_stands_far_down_and_no_wording_that_nobody_used():
    text, _ = workflow.init([long(["Agree strongly", "Don't know"])])
    assert 'aliases = { "Agree strongly" = "Strongly agree" }\nnot_applicable = ["Don\'t know"]\n' in text


def test_with_a_study_file_an_unknown_answer_is_still_an_error():
    file = long(["Neutral"])
    text, _ = workflow.init([export("short.csv", {"I cope": FOUR, "I learn": FOUR})])
    Path("study.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match="`Neutral`"):
        workflow.score([file])


def waves(**later: list[str]) -> list[Path]:
    """Two files of a year each with ids of people who came back, and a statement that was reworded."""
    people = [f"k{at}" for at in range(12)]
    first = {"Personal code": people, "I carry the strain of my work": FOUR * 3, "I learn from my peers": FOUR * 3, "Happy?": ["Yes", "No"] * 6}
    second = {"Personal code": people, "I carry the strain of the work": FOUR * 3, "I learn from my peers": FOUR * 3, "Happy?": ["Yes", "No"] * 6}
    return [export("staff-2023.csv", first), export("staff-2024.csv", second | later)]


def drafted(*files: Path) -> str:
    text, _ = workflow.init(list(files))
    Path("study.toml").write_text(text, encoding="utf-8")
    return text


def test_waves_are_called_by_what_their_files_names_say_of_time():
    assert 'name = "2023"\nfile = "staff-2023.csv"\n' in drafted(*waves())
    assert workflow.compare()[0].rows[0]["reference"] == "2023"


def test_a_reworded_statement_is_proposed_as_one_with_what_changed():
    text = drafted(*waves())
    assert "# Proposed as one statement, matched by text, 91 % alike: I carry the strain of [my → the] work\n" in text
    (row,) = [row for row in workflow.compare()[0].rows if row["text"] == "I carry the strain of my work"]
    assert (row["n_reference"], row["n"]) == (12, 12)


def test_an_id_that_stands_in_both_files_is_declared_and_links_people():
    text = drafted(*waves())
    assert "# Links people over the waves: 12 of the 12 values in the smaller file stand in another too." in text
    assert 'id = "Personal code"\n' in text
    assert "k3" not in text
    assert workflow.compare()[0].rows[0]["n_both"] == 12


def test_small_numbers_are_no_id_until_somebody_says_so():
    numbered = {"Personal code": [str(at) for at in range(12)], "I cope": FOUR * 3, "I learn": FOUR * 3}
    text = drafted(export("staff-2023.csv", numbered), export("staff-2024.csv", numbered))
    assert '\n# id = "Personal code"    # remove the first # to link people over the waves: 12 of the 12 values in the smaller file' in text
    assert "which may be those of rows" in text


def test_a_long_question_gives_its_battery_a_short_name_and_stands_above_it():
    question = "Thinking about your skills and the support you get, how far do you agree with each of the following statements?"
    text = drafted(export("wave.csv", {f"{question}: {item}": FOUR for item in ("I cope", "I learn")}))
    assert f"# 2 columns under the question `{question}`." in text.replace("\n#  ", "")
    assert '[[batteries]]\nname = "Skills and the support you get"\n' in text
    assert 'name = "Wave 1"' in text


def test_a_question_that_was_reworded_is_proposed_as_one():
    first = export("before.csv", {"I cope": FOUR, "I learn": FOUR, "Have you had an appraisal this year?": ["Yes", "No"] * 2})
    second = export("after.csv", {"I cope": FOUR, "I learn": FOUR, "Have you had an appraisal in this year?": ["Yes", "No"] * 2})
    text = drafted(first, second)
    assert "# Proposed as one question, matched by text, 96 % alike: Have you had an appraisal [+ in] this year?\n[[questions]]" in text
    rows = [row for row in workflow.topline()[0].rows if row["option"] == "Yes"]
    assert [(row["wave"], row["count"]) for row in rows] == [("Before", 2), ("After", 2)]


def test_groups_of_amounts_stand_in_their_order_and_only_slips_are_one_answer():
    ages = ["45 - 59"] * 8 + ["18 - 29"] * 7 + ["60+"] * 6 + ["30 - 44"] * 7
    reads = (["I always read it"] * 10 + ["I often read it"] * 9 + ["I oftn read it"] * 9)[:28]
    text = drafted(export("wave.csv", {"I cope": FOUR * 7, "I learn": FOUR * 7, "Age": ages, "The letter": reads}))
    assert '# levels = ["18 - 29", "30 - 44", "45 - 59", "60+"]\n' in text
    assert '# levels = ["I always read it", "I often read it"]\n# aliases = { "I oftn read it" = "I often read it" }\n' in text


def test_a_column_of_ids_is_no_question():
    assert 'text = "Personal code"' not in drafted(*waves())
