"""The Python API: which file is which wave, what is read alike however it was saved, and what is told on the way."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from random import Random

import fastexcel
import polars as pl
import pytest

import rpgstat
from rpgstat import workflow
from rpgstat.errors import UserError

RPG = Path(__file__).resolve().parents[1] / "fixtures" / "rpg"
FOUR = ["Disagree strongly", "Disagree", "Agree", "Agree strongly"]
SCALE = f"[scales.agreement]\nlevels = {FOUR}\n"
BATTERY = '[[batteries]]\nname = "Skills"\nscale = "agreement"\nitems = ["I cope", "I learn"]\n'


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def export(name: str, *levels: int, **more: str) -> Path:
    """A flat export in which everybody gives the same answer to both statements, as many times as `levels` says per level."""
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    header = ["I cope", "I learn", *more]
    rows = [[answer, answer, *more.values()] for answer, n in zip(FOUR, levels, strict=True) for _ in range(n)]
    path.write_text("".join(",".join(row) + "\n" for row in [header, *rows]), encoding="utf-8")
    return path


def study(*waves: tuple[str, str], name: str = "study.toml") -> Path:
    declared = "".join(f'[[waves]]\nname = "{wave}"\nfile = "{file}"\n' for wave, file in waves)
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(SCALE + declared + BATTERY, encoding="utf-8")
    return path


def sizes(results) -> dict[str, int]:
    """Wave -> its valid answers."""
    return {row["wave"]: row["n"] for row in results[0].rows if row["item"] == "cope"}


# --- which file is which wave ---------------------------------------------------------------------------------------


def test_waves_are_named_by_their_files():
    results = workflow.score([export("before.csv", 1, 2, 3, 4), export("after.csv", 2, 2, 2, 2)])
    assert sizes(results) == {"before": 10, "after": 8}


def test_two_files_of_the_same_name_are_told_apart_by_their_folders():
    results = workflow.score([export("2018/survey.csv", 1, 2, 3, 4), export("2020/survey.csv", 2, 2, 2, 2)])
    assert sizes(results) == {"2018/survey.csv": 10, "2020/survey.csv": 8}


def test_one_file_given_twice_is_two_waves():
    path = export("survey.csv", 1, 2, 3, 4)
    rows = workflow.compare([path, path])[0].rows
    assert all(row["reference"] != row["wave"] and row["estimate"] == 0 for row in rows)


def test_files_are_found_from_the_folder_of_the_study():
    export("data/before.csv", 1, 2, 3, 4)
    path = study(("before", "../data/before.csv"), name="studies/mine.toml")
    assert sizes(workflow.score(study=path)) == {"before": 10}


def test_a_study_in_the_working_directory_is_found_and_named():
    study(("before", "before.csv"))
    export("before.csv", 1, 2, 3, 4)
    (result,) = workflow.score()
    assert result.warnings == ("using study.toml in this folder",)


def test_a_study_without_waves_takes_them_from_the_exports():
    path = Path("bare.toml")
    path.write_text(SCALE + BATTERY, encoding="utf-8")
    assert sizes(workflow.score([export("before.csv", 1, 2, 3, 4)], study=path)) == {"before": 10}


def test_exports_of_other_names_replace_those_of_the_study_in_order():
    path = study(("one", "1.csv"), ("two", "2.csv"))
    assert sizes(workflow.score([export("a.csv", 1, 2, 3, 4), export("b.csv", 2, 2, 2, 2)], study=path)) == {"one": 10, "two": 8}


def test_an_export_named_as_in_the_study_is_that_wave_wherever_it_stands():
    path = study(("one", "1.csv"), ("two", "2.csv"))
    assert sizes(workflow.score([export("new/2.csv", 2, 2, 2, 2)], study=path)) == {"two": 8}
    assert sizes(workflow.score([export("new/2.csv", 2, 2, 2, 2), export("new/1.csv", 1, 2, 3, 4)], study=path)) == {"one": 10, "two": 8}


def test_a_slip_in_a_name_is_told_as_that_and_not_as_a_wave_too_few():
    path = study(("one", "before.csv"), ("two", "after.csv"))
    export("before.csv", 1, 2, 3, 4)
    with pytest.raises(UserError) as raised:
        workflow.score(["befor.csv"], study=path)
    assert raised.value.problem == "no file `befor.csv`"
    assert "did you mean `before.csv`?" in raised.value.hint


def test_a_name_that_two_waves_share_says_nothing():
    path = study(("one", "2018/survey.csv"), ("two", "2020/survey.csv"))
    first, second = export("2018/survey.csv", 1, 2, 3, 4), export("2020/survey.csv", 2, 2, 2, 2)
    assert sizes(workflow.score([first, second], study=path)) == {"one": 10, "two": 8}
    with pytest.raises(UserError, match="1 export for the 2 waves"):
        workflow.score([first], study=path)


def test_rows_of_no_declared_wave_are_left_out_and_told():
    export("all.csv", 3, 2, 1, 4, Round="first")
    with Path("all.csv").open("a", encoding="utf-8") as file:
        file.write("Agree,Agree,pilot\nAgree,Agree,FIRST \n")
    path = Path("one.toml")
    path.write_text(SCALE + '[data]\nfile = "all.csv"\nwave = "Round"\n[[waves]]\nname = "first"\n' + BATTERY, encoding="utf-8")
    (result,) = workflow.score(study=path)
    assert sizes([result]) == {"first": 11}
    assert [warning for warning in result.warnings if "`pilot`" in warning]


def test_a_declared_wave_without_rows_is_an_error():
    export("all.csv", 3, 2, 1, 4, Round="first")
    path = Path("one.toml")
    path.write_text(SCALE + '[data]\nfile = "all.csv"\nwave = "Round"\n[[waves]]\nname = "first"\n[[waves]]\nname = "last"\n' + BATTERY, encoding="utf-8")
    with pytest.raises(UserError, match="wave `last` has no respondents"):
        workflow.compare(study=path)


# --- what is read alike ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    with (RPG / "wave-1.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


@pytest.fixture(scope="module")
def figures() -> list[dict]:
    return workflow.compare(study=RPG / "study.toml")[0].rows


def delimited(rows: list[list[str]], delimiter: str = ",", end: str = "\r\n", quoting: int = csv.QUOTE_MINIMAL) -> str:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)
    return stream.getvalue()


def shuffled(rows: list[list[str]]) -> list[list[str]]:
    people = rows[2:]
    Random(1).shuffle(people)
    return rows[:2] + people


def answers(rows: list[list[str]], change: Callable[[str], str]) -> list[list[str]]:
    """The rows with every cell below the two header rows changed."""
    return [*rows[:2], *([change(cell) for cell in row] for row in rows[2:])]


def widened(rows: list[list[str]]) -> list[list[str]]:
    return [[*row, "", ""] for row in [*rows, *[[""] * len(rows[0])] * 3]]


SAVED: dict[str, Callable[[list[list[str]]], bytes]] = {
    "semicolons": lambda rows: delimited(rows, ";").encode(),
    "tabs in UTF-16": lambda rows: delimited(rows, "\t").encode("utf-16"),
    "UTF-16 without a mark": lambda rows: delimited(rows).encode("utf-16-le"),
    "everything quoted": lambda rows: delimited(rows, quoting=csv.QUOTE_ALL).encode("utf-8-sig"),
    "Windows-1252": lambda rows: delimited(rows).encode("cp1252"),
    "Mac Roman and carriage returns": lambda rows: delimited(rows, end="\r").encode("mac_roman"),
    "blank lines and an end-of-file mark": lambda rows: delimited(rows, end="\n\n").encode() + b"\x1a",
    "blank columns and rows at the end": lambda rows: delimited(widened(rows)).encode(),
    "another order of rows": lambda rows: delimited(shuffled(rows)).encode(),
    "another case and hard spaces": lambda rows: delimited(answers(rows, lambda cell: cell.upper().replace(" ", "\u00a0"))).encode(),
    "NA for blank": lambda rows: delimited(answers(rows, lambda cell: cell or "NA")).encode(),
    "line breaks in the questions": lambda rows: delimited([[cell.replace(" how far", "\r\nhow far") for cell in row] for row in rows]).encode(),
}


@pytest.mark.parametrize("save", SAVED.values(), ids=SAVED)
def test_how_an_export_was_saved_changes_no_figure(rows, figures, save):
    Path("wave-1.csv").write_bytes(save(rows))
    assert workflow.compare(["wave-1.csv", RPG / "wave-3.xlsx"], study=RPG / "study.toml")[0].rows == figures


def test_a_workbook_its_csv_and_its_parquet_give_the_same_figures(figures):
    sheet = fastexcel.read_excel(RPG / "wave-3.xlsx").load_sheet(0, header_row=None, dtypes="string").to_polars()
    Path("wave-3.csv").write_text(delimited([[cell or "" for cell in row] for row in sheet.rows()]), encoding="utf-8")
    header, below, *answers = sheet.rows()
    statements = {text: [row[i] for row in answers] for i, text in enumerate(below) if text and text in {row["text"] for row in figures}}
    assert len(header) > len(statements) == 21
    pl.DataFrame(statements).write_parquet("wave-3.parquet")
    for name in ("wave-3.csv", "wave-3.parquet"):
        assert workflow.compare([RPG / "wave-1.csv", name], study=RPG / "study.toml")[0].rows == figures


# --- what is told ---------------------------------------------------------------------------------------------------


def test_the_package_offers_the_commands():
    assert rpgstat.compare.__wrapped__ is workflow.compare
    assert rpgstat.init.__wrapped__ is workflow.init
    assert {"compare", "score", "init", "demo"} <= set(rpgstat.__all__)
    with pytest.raises(AttributeError, match="no attribute 'chart'"):
        _ = rpgstat.chart  # type: ignore[attr-defined]


@pytest.mark.parametrize("header", [["Wave", "Item", "Code"], ["column", "n", "sum"], ["c2", "c1", "c0"], ["Мне легче", "Меня слышат", "Группы помогают"]])
def test_a_statement_may_be_any_word_in_any_script(header):
    for name, rise in (("before.csv", 0), ("after.csv", 1)):
        rows = [[FOUR[i % 4], FOUR[i % 3], FOUR[min(i % 4 + rise, 3)]] for i in range(12)]
        Path(name).write_text("".join(",".join(row) + "\n" for row in [header, *rows]), encoding="utf-8")
    rows = workflow.compare(["before.csv", "after.csv"], verify=True)[0].rows
    assert [(row["text"], row["mean_reference"], row["mean"]) for row in rows[:3]] == [(header[0], 2.5, 2.5), (header[1], 2, 2), (header[2], 2.5, 3.25)]
    assert len({row["item"] for row in rows}) == 4


def test_inputs_carry_names_digests_and_rows_but_no_paths():
    (result,) = workflow.score([export("deep/down/before.csv", 1, 2, 3, 4)])
    (given,) = result.inputs
    assert (given.name, given.rows, len(given.sha256)) == ("before.csv", 10, 64)


def test_a_wave_about_which_nothing_can_be_said_is_told():
    path = study(("before", "before.csv"), ("between", "between.csv"), ("after", "after.csv"))
    export("before.csv", 1, 2, 3, 4)
    Path("between.csv").write_text("I cope,I learn,Id\n,,1\n,,2\n", encoding="utf-8")
    export("after.csv", 4, 3, 2, 1)
    (scored,) = workflow.score(study=path)
    assert scored.warnings == ("no statement was answered in `between`; check that the files are the right ones",)
    (compared,) = workflow.compare(study=path)
    assert compared.warnings == ("no statement was answered in both `before` and `between`; check that the files are the right ones",)
    assert {row["note"] for row in compared.rows if row["wave"] == "between" and row["item"]} == {"no valid answers in between"}


def test_nothing_to_say_at_all_is_an_error():
    path = study(("before", "before.csv"), ("after", "after.csv"))
    export("before.csv", 1, 2, 3, 4)
    Path("after.csv").write_text("I cope,I learn,Id\n,,1\n,,2\n", encoding="utf-8")
    with pytest.raises(UserError, match="no statement was answered in both `before` and `after`"):
        workflow.compare(study=path)


def test_a_statement_is_ranked_among_its_battery_and_ties_share_the_better_place():
    rows = workflow.score([export("before.csv", 1, 2, 3, 4)])[0].rows
    assert [row["rank"] for row in rows] == [1, 1, None]


def test_a_failed_check_is_no_error_in_python():
    up, down = export("up.csv", 0, 0, 10, 30), export("down.csv", 30, 10, 0, 0)
    fell = workflow.compare([up, down], fail_on="lower")[0].failures
    assert fell[0] == "--fail-on lower: `cope` is lower in down"
    assert workflow.compare([down, up], fail_on="lower")[0].failures == ()
    assert len(workflow.compare([down, up], fail_on="changed")[0].failures) == 3


@pytest.mark.parametrize("margin", [0.0, -1.0, float("nan"), float("inf")])
def test_a_margin_is_a_positive_number(margin):
    with pytest.raises(UserError, match="--margin is"):
        workflow.compare(["a.csv", "b.csv"], margin=margin)


def test_the_demo_is_the_example_study():
    assert sorted(path.name for path in rpgstat.demo("here")) == sorted(path.name for path in RPG.iterdir() if path.suffix != ".md")
    assert workflow.compare(study="here/study.toml")[0].rows == workflow.compare(study=RPG / "study.toml")[0].rows
