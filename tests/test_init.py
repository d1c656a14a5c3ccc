"""From exports by `init` to a study file that works, and what an inferred study does with the later rows of a long file."""

from pathlib import Path

import pytest

from rpgstat import workflow
from rpgstat.errors import UserError

LONG = "It is very relevant, but only when it is about the annual meeting itself"
LEVELS = ["It is very relevant", LONG, "It is not relevant to me"]
FOUR = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
FIRST_ROWS = 20_000


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def export(name: str, columns: dict[str, list[str]]) -> Path:
    rows = [list(columns), *zip(*columns.values(), strict=True)]
    Path(name).write_text("".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows), encoding="utf-8")
    return Path(name)


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
    with pytest.raises(UserError, match=r"study.toml: scales.answers.levels is missing") as caught:
        workflow.score()
    assert caught.value.hint.endswith("where they stand as a comment, put them in order and remove the #")

    draft = [line for line in text.splitlines() if line.startswith("# levels = ")]
    in_order = f'levels = ["{LEVELS[2]}", "{LEVELS[1]}", "{LEVELS[0]}"]'
    Path("study.toml").write_text(text.replace(draft[0], in_order), encoding="utf-8")
    assert counts(workflow.score()) == {"How is the newsletter?": [4, 4, 4], "How is the website?": [4, 4, 4]}


def test_a_draft_is_followed_through_two_waves():
    text, _ = workflow.init([unordered("before.csv"), unordered("after.csv")])
    Path("study.toml").write_text(text.replace("# levels", "levels"), encoding="utf-8")
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
    assert results[0].warnings[-3:-1] == (
        "left out 1 column that shares no known scale: `I cope`",
        "`I cope` is on a known scale but for `Purple`: mistyped?",
    )


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
