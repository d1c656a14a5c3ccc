"""What a user can get wrong: one clear error with its mend, exit 2, nothing written; or the right answer all the same."""

from __future__ import annotations

import csv
import json
from random import Random

import pytest

import rpgstat.workflow

FOUR = ["Disagree strongly", "Disagree", "Agree", "Agree strongly"]
HEADER = ["Respondent ID", "I cope", "I learn", "I listen"]
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256))


def table(rows: int = 20, header: list[str] | None = None) -> list[list[str]]:
    random = Random(1)
    return [header or HEADER, *([str(10_000 + i), *(random.choice(FOUR) for _ in "123")] for i in range(rows))]


def text(rows: list[list[str]]) -> bytes:
    return "".join(",".join(row) + "\n" for row in rows).encode()


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working directory with one good export."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.csv").write_bytes(text(table()))
    (tmp_path / "nothing").mkdir()
    return tmp_path


BAD_FILES = {
    "empty": (b"", "bad.csv: the file is empty", "export it again"),
    "blank": (b"\n\n  \n", "bad.csv: the file is blank", "export it again"),
    "header only": (text([HEADER]), "bad.csv: no answers below the header", "export it again with its responses"),
    "two header rows only": (text([["Respondent ID", "Do you agree?", ""], ["", "I cope", "I learn"]]), "bad.csv: no answers below the header", "responses"),
    "a picture": (PNG, "bad.csv: looks like a PNG picture, not a table", "export the responses as CSV or Excel"),
    "random bytes": (Random(1).randbytes(5000), "bad.csv: looks like a binary file, not text", "export the responses as CSV or Excel"),
    "a web page": (b"<!DOCTYPE html><p>Log in", "bad.csv: looks like a web page", "export the responses"),
    "JSON": (b'{"answers": []}', "bad.csv: looks like JSON", "export the responses"),
    "an archive": (b"PK\x03\x04 and no more", "bad.csv: the workbook is damaged", "download it again"),
    "an open quotation mark": (text([*table(5), ["9", '"Agree', "Agree", "Agree"], *table(5)[1:]]), "quotation marks do not balance", "not closed"),
    "a longer row": (text([*table(5), ["9", "Agree", "Agree", "Agree", "More"]]), "bad.csv: row 7 has 5 cells, the header 4", "delete the surplus"),
    "a letter": (b"Dear Sir,\nthank you\nfor your answers\n", "no question is on a known answer scale", "study file"),
    "no known order": (text([["Room", "Food"], ["Warm", "Cold"], ["Cold", "Warm"], ["Icy", "Icy"]]), "no question is on a known answer scale", "order"),
}


@pytest.mark.parametrize(("content", "problem", "hint"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_cannot_be_used(command, folder, content, problem, hint):
    (folder / "bad.csv").write_bytes(content)
    said = command("score", "bad.csv", "-o", "result.csv").error()
    assert problem in said[0]
    assert hint in said[1]
    assert not (folder / "result.csv").exists()


USAGE = {
    "compare god.csv good.csv": ("no file `god.csv`", "did you mean `good.csv`?"),
    "compare nothing good.csv": ("`nothing` is a folder without a file", "a folder that holds the parts of one"),
    "compare good.csv": ("a comparison needs two waves, here is only `good`", "give two exports"),
    "compare": ("no export given, and no study.toml here", "name your exports"),
    "init": ("Missing argument", "`rpgstat init --help`"),
    "comparr good.csv": ("No such command 'comparr'", "`rpgstat --help`"),
    "compare --metod exact": ("No such option: --metod", "`rpgstat compare --help`"),
    "compare good.csv good.csv --alpha five": ("Invalid value for '--alpha'", "`rpgstat compare --help`"),
    "compare good.csv good.csv --alpha 5": ("--alpha is 5.0", "such as 0.05"),
    "compare good.csv good.csv --alpha 1e-300": ("--alpha is 1e-300", "such as 0.05"),
    "compare good.csv good.csv --alpha nan": ("--alpha is nan", "such as 0.05"),
    "compare good.csv good.csv --margin 0": ("--margin is 0.0", "scale points above 0"),
    "compare good.csv good.csv --margin inf": ("--margin is inf", "scale points above 0"),
    "compare good.csv good.csv --margin 0.3 --method mann-whitney": ("mann-whitney does not test means", "use --method welch"),
    "compare good.csv good.csv -f jsn": ("unknown format `jsn`", "did you mean `json`?"),
    "compare good.csv good.csv -o result.jsn": ("`.jsn` files cannot be written", "did you mean `.json`?"),
    "compare good.csv good.csv -o result": ("there is none", "files can be .csv"),
    "compare good.csv good.csv -o nowhere/result.csv": ("no folder", "make the folder first"),
    "compare good.csv good.csv -o a.csv -o a.csv": ("would be written twice", "names that differ"),
    "compare good.csv good.csv --method welsh": ("--method: `welsh` is not known", "did you mean `welch`?"),
    "compare good.csv good.csv --method ttest": ("--method: `ttest` is not known", "known: `welch`, `student`"),
    "compare good.csv good.csv --adjust hom": ("--adjust: `hom` is not known", "did you mean `holm`?"),
    "compare good.csv good.csv --against prev": ("--against: `prev` is not known", "did you mean `previous`?"),
    "compare good.csv good.csv --fail-on worse": ("--fail-on: `worse` is not known", "known: `lower`, `changed`"),
    "compare good.csv twin.csv --wave god": ("--wave: no wave `god`", "did you mean `good`?"),
    "compare good.csv twin.csv --reference god": ("--reference: no wave `god`", "did you mean `good`?"),
    "compare good.csv twin.csv --wave good": ("--wave: `good` is the wave compared against", "name another --wave"),
    "compare good.csv twin.csv --platform survymonkey": ("no platform `survymonkey`", "did you mean `surveymonkey`?"),
    "compare good.csv twin.csv --result score": ("no result `score`", "`compare`"),
    "score good.docx": ("good.docx", ".csv"),
    "score -s lost.toml": ("lost.toml: the study file cannot be read", "check the path given with --study"),
}


@pytest.mark.parametrize("line", USAGE)
def test_a_slip_on_the_command_line(command, folder, line):
    for name in ("twin.csv", "good.docx"):
        (folder / name).write_bytes((folder / "good.csv").read_bytes())
    before = sorted(folder.rglob("*"))
    problem, hint = command(*line.split()).error()
    assert USAGE[line][0] in problem
    assert USAGE[line][1] in hint
    assert sorted(folder.rglob("*")) == before


STUDY = """[scales.agreement]
levels = ["Disagree strongly", "Disagree", "Agree", "Agree strongly"]
[[waves]]
name = "before"
file = "good.csv"
[[waves]]
name = "after"
file = "good.csv"
[[batteries]]
name = "Skills"
scale = "agreement"
items = ["I cope", "I learn"]
"""
STUDIES = {
    "an unknown key": ("[scales.agreement]", 'titel = "A"\n[scales.agreement]', 'titel is "A", but there is no such key', "did you mean `title`?"),
    "an unknown scale": ('scale = "agreement"', 'scale = "agreemnt"', "batteries[1].scale", "did you mean `agreement`?"),
    "a syntax error": ('"I learn"]', '"I learn"', "study.toml: ", "check quotes, brackets and commas"),
    "a wave file that is missing": ('name = "after"\nfile = "good.csv"', 'name = "after"\nfile = "later.csv"', "the study names for wave `after`", "relative"),
    "a statement that is missing": ('"I learn"]', '"I lern"]', "no column `I lern` in good.csv", "did you mean `I learn`?"),
    "a level that is missing": (', "Agree strongly"]', "]", "answers that scale `agreement` does not know: `Agree strongly`", "`aliases`"),
    "the same column twice": ('"I learn"]', '{ text = "Learning", column = "I cope" }]', 'are the same, "I cope"', "tell them apart"),
}


@pytest.mark.parametrize(("old", "new", "problem", "hint"), STUDIES.values(), ids=STUDIES)
def test_a_study_file_that_cannot_be_used(command, folder, old, new, problem, hint):
    (folder / "study.toml").write_text(STUDY.replace(old, new, 1), encoding="utf-8")
    said = command("compare").error()
    assert problem in said[0]
    assert hint in said[1]


def test_too_few_or_too_many_exports_for_a_study(command, folder):
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    for name in ("other.csv", "third.csv"):
        (folder / name).write_bytes((folder / "good.csv").read_bytes())
    assert command("compare", "other.csv").error()[0] == "1 export for the 2 waves of the study (`before`, `after`)"
    assert command("compare", "good.csv", "other.csv", "third.csv").error()[0] == "3 exports for the 2 waves of the study (`before`, `after`)"


def test_an_export_of_another_survey(command, folder):
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    (folder / "other.csv").write_bytes(text(table(header=["Respondent ID", "Tea", "Coffee", "Water"])))
    problem, hint = command("compare", "good.csv", "other.csv").error()
    assert problem == "other.csv: none of its columns is a statement of the study"
    assert "an export of the same survey" in hint


@pytest.mark.parametrize("arguments", [["score", "lost.csv"], ["score", "--nope"]])
def test_debug_shows_the_traceback_and_still_exits_2(run, folder, arguments):
    ran = run(*arguments, "--debug", cwd=folder)
    assert ran.code == 2
    assert "Traceback (most recent call last)" in ran.err
    assert ran.err.splitlines()[-2].startswith("error: ")


def test_a_fault_of_the_program_is_told_as_one_and_is_no_failed_check(command, monkeypatch):
    monkeypatch.setattr(rpgstat.workflow, "score", lambda *_, **__: [][0])
    problem, hint = command("score").error()
    assert problem == "internal error: IndexError"
    assert "--debug" in hint


def test_the_installed_command_says_it_in_two_lines(run, folder):
    ran = run("compare", "god.csv", "good.csv", cwd=folder)
    assert (ran.code, ran.out) == (2, b"")
    assert ran.err == "error: no file `god.csv`\nhint: did you mean `good.csv`?\n"


# --- odd, but answered ----------------------------------------------------------------------------------------------


def test_a_wave_in_which_nobody_answered(command, folder):
    (folder / "blank.csv").write_bytes(text([HEADER, *([str(i), "", "", ""] for i in range(12))]))
    problem, hint = command("compare", "good.csv", "blank.csv").error()
    assert problem == "no statement was answered in both `good` and `blank`"
    assert "exported with the answers" in hint
    ran = command("score", "good.csv", "blank.csv", "-f", "json")
    assert ran.code == 0
    assert "note: no statement was answered in `blank`" in ran.err
    blank = [row for row in ran.rows if row["wave"] == "blank"]
    assert {(row["n"], row["missing"], row["note"].split("; ")[-1]) for row in blank if row["item"]} == {(0, 12, "no valid answers")}


def test_one_respondent(command, folder):
    (folder / "one.csv").write_bytes(text(table(rows=1)))
    ran = command("compare", "one.csv", "good.csv", "-f", "json")
    rows = [row for row in ran.rows if row["item"]]
    assert all(row["estimate"] is not None and row["p_value"] is None and "n = 1" in row["note"] for row in rows)


def test_everybody_gave_the_same_answer(command, folder):
    same = text([HEADER, *([str(i), "Agree", "Agree", "Agree"] for i in range(12))])
    (folder / "same.csv").write_bytes(same)
    (folder / "again.csv").write_bytes(same)
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    ran = command("compare", "same.csv", "again.csv", "-f", "json")
    assert {(row["estimate"], row["p_value"], row["conclusion"]) for row in ran.rows} == {(0, None, None)}
    assert all(row["note"] for row in ran.rows)


def test_two_columns_with_the_same_heading(command, folder):
    (folder / "twice.csv").write_bytes(text(table(header=["Respondent ID", "I cope", "I cope", "I listen"])))
    ran = command("score", "twice.csv", "-f", "json")
    assert "note: left out `I cope`: several columns have this heading" in ran.err
    assert [row["text"] for row in ran.rows if row["item"]] == ["I listen"]
    (folder / "study.toml").write_text(STUDY.replace(', "I learn"', ""), encoding="utf-8")
    problem, hint = command("compare", "good.csv", "twice.csv", "-s", "study.toml").error()
    assert problem == "twice.csv: 2 columns are headed `I cope`"
    assert "rename" in hint


def test_ids_that_a_spreadsheet_has_rounded(command, folder):
    (folder / "rounded.csv").write_bytes(text([HEADER, *(["1.14628E+11", *row[1:]] for row in table()[1:])]))
    ran = command("score", "rounded.csv", "-f", "json")
    assert ran.code == 0
    assert "Respondent ID was damaged by a spreadsheet" in ran.err
    assert [row["mean"] for row in ran.rows] == [row["mean"] for row in command("score", "good.csv", "-f", "json").rows]


def test_a_cell_of_a_megabyte(command, folder):
    rows = table()
    rows[0].append("What else would you like to say?")
    for i, row in enumerate(rows[1:]):
        row.append("word " * 200_000 if i == 7 else "nothing")
    (folder / "long.csv").write_bytes(text(rows))
    ran = command("score", "long.csv", "-f", "json")
    assert [row["mean"] for row in ran.rows] == [row["mean"] for row in command("score", "good.csv", "-f", "json").rows]
    assert len(ran.err) < 1000


def test_ten_thousand_columns(command, folder):
    random = Random(1)
    header = [f"Question {i}" for i in range(10_000)]
    header[40], header[9_999] = "I cope", "I learn"
    with (folder / "good.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *([random.choice(FOUR) for _ in header] for _ in range(6))])
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    rows = command("score", "--wave", "after", "-f", "json").rows
    assert [(row["text"], row["n"]) for row in rows] == [("I cope", 6), ("I learn", 6), ("Skills", 6)]


HEADERS = {
    "one row": [HEADER],
    "two rows": [["Respondent ID", "How far do you agree?", "", ""], ["", "I cope", "I learn", "I listen"]],
    "stem and statement in one": [["Respondent ID", *(f"How far do you agree?: {item}" for item in HEADER[1:])]],
}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_header_styles_give_the_same_figures(command, folder, header):
    (folder / "styled.csv").write_bytes(text([*header, *table()[1:]]))
    figures = ("text", "n", "mean", "conf_low", "p_value")
    styled, plain = (command("score", name, "-f", "json").rows for name in ("styled.csv", "good.csv"))
    assert [[row[key] for key in figures] for row in styled if row["item"]] == [[row[key] for key in figures] for row in plain if row["item"]]


def test_what_a_file_holds_cannot_act_on_the_terminal(command, folder):
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    (folder / "bad.csv").write_bytes(text([*table(), *[["1", "\x1b[2J\u202egone", "Agree", "Agree"]] * 3]))
    problem, _ = command("compare", "good.csv", "bad.csv").error()
    assert "gone" in problem
    assert not {"\x1b", "\u202e"} & set(problem)


def test_a_line_break_in_an_answer_does_not_break_the_message(command, folder):
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    (folder / "bad.csv").write_bytes(text([*table(), ["1", '"Agree\nvery much"', "Agree", "Agree"]]))
    problem, _ = command("compare", "good.csv", "bad.csv").error()
    assert "`Agree very much` (1 person)" in problem


def test_free_text_is_never_shown(command, folder):
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    (folder / "bad.csv").write_bytes(text([HEADER, *([str(i), f"My manager is called N{i}", "Agree", "Agree"] for i in range(60))]))
    ran = command("compare", "good.csv", "bad.csv")
    assert "looks like free text" in ran.error()[0]
    assert "My manager" not in ran.err


def test_warnings_stand_in_the_json_too(command, folder):
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    ran = command("compare", "-f", "json")
    assert json.loads(ran.out)["warnings"] == [line.removeprefix("note: ") for line in ran.err.splitlines()]
