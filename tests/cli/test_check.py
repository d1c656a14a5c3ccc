"""`rpgstat check` as its users meet it: findings worst first, exit codes, codes left out, formats."""

from __future__ import annotations

import csv
import io

import pytest

LEVELS = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
STATEMENTS = ("I feel supported", "My manager listens", "I can do my job well")


def wave(people: int = 40, first: int = 0) -> dict[str, list[str]]:
    """A wave in which nothing is wrong."""
    columns = {"Respondent ID": [f"r{first + i}" for i in range(people)]}
    return columns | {text: [LEVELS[(i * (at + 3) + i // 7 + at) % 4] for i in range(people)] for at, text in enumerate(STATEMENTS)}


def study(folder, *, more: str = "", waves: str = '[[waves]]\nname = "before"\nfile = "one.csv"\n'):
    levels = ", ".join(f'"{level}"' for level in LEVELS)
    items = ", ".join(f'"{text}"' for text in STATEMENTS)
    path = folder / "study.toml"
    path.write_text(
        f'id = "Respondent ID"\n{more}\n[scales.agreement]\nlevels = [{levels}]\n{waves}[[batteries]]\nname = "Work"\nscale = "agreement"\nitems = [{items}]\n'
    )
    return path


def codes(ran) -> list[str]:
    return [row["code"] for row in ran.rows]


def test_nothing_is_found_where_nothing_is_wrong(command, export, tmp_path):
    export("one.csv", wave())
    ran = command("check", "--study", study(tmp_path), "-f", "json")
    assert (ran.code, codes(ran)) == (0, [])
    shown = command("check", "--study", study(tmp_path))
    assert "Nothing was found that speaks against these files." in shown.text


def test_errors_come_first_and_leave_with_one(command, export, tmp_path):
    columns = wave()
    columns["I feel supported"][3] = "Agre"
    columns["Respondent ID"][1] = columns["Respondent ID"][0]
    export("one.csv", columns)
    ran = command("check", "--study", study(tmp_path, waves='[[waves]]\nname = "before"\nfile = "one.csv"\ninvited = 30\n'), "-f", "json")
    assert ran.code == 1
    assert codes(ran) == ["E102", "E106", "E108"]
    assert "failed: check found 3 errors" in ran.err
    assert ran.rows[0]["message"] == "an answer that scale `agreement` does not know: `Agre`"
    assert (ran.rows[0]["item"], ran.rows[0]["wave"], ran.rows[0]["n"]) == ("feel_supported", "before", 1)


def test_a_warning_fails_when_strict_alone(command, export):
    file = export("one.csv", {**wave(), "Status": ["IP Address"] * 38 + ["Survey Preview"] * 2})
    plain = command("check", file, "-f", "json")
    assert plain.code == 0
    assert codes(plain) == ["W201", "W207"]
    assert command("check", file, "--strict").code == 1
    assert command("check", file, "--strict", "--ignore", "W201", "--ignore", "w207").code == 0


def test_codes_of_the_study_are_left_out(command, export, tmp_path):
    columns = wave()
    columns["Respondent ID"][1] = columns["Respondent ID"][0]
    export("one.csv", columns)
    path = study(tmp_path, more='[check]\nignore = ["E106"]')
    assert command("check", "--study", path, "-f", "json").rows == []
    assert "Left out, as asked: E106." in command("check", "--study", path).text


@pytest.mark.parametrize(
    ("part", "problem", "hint"),
    [
        ('[workforce]\nfiel = "rates.csv"', "workforce.fiel is", "did you mean `file`?"),
        ('[workforce]\nmeasures = ["Turnover"]', "workforce.file is missing", "name the table of rates"),
        ('[[indicators]]\nfile = "figures.csv"\nbeter = "lower"', "indicators[1].beter is", "did you mean `better`?"),
        ('[report]\nsection = ["survey"]', "report.section is", "did you mean `sections`?"),
    ],
)
def test_every_part_of_the_study_is_read_whoever_asks_for_it(command, export, tmp_path, part, problem, hint):
    export("one.csv", wave())
    told, mend = command("check", "--study", study(tmp_path, more=part)).error()
    assert told.startswith(f"study.toml: {problem}")
    assert hint in mend


def test_an_unknown_code_is_refused(command, export):
    problem, hint = command("check", export("one.csv", wave()), "--ignore", "W299").error()
    assert problem == "--ignore: no code `W299`"
    assert "did you mean" in hint


def test_annotations_for_github(command, export):
    file = export("one.csv", {**wave(), "Status": ["IP Address"] * 38 + ["Survey Preview"] * 2})
    lines = command("check", file, "-f", "github").text.splitlines()
    assert lines[0].startswith("::warning file=one.csv,title=W201%3A previews%2C tests and spam::one.csv: 2 previews, left out as no respondents")
    assert command("score", file, "-f", "github").error()[0] == "unknown format `github`"


def test_files_in_every_format(command, export, tmp_path):
    file = export("one.csv", {**wave(), "Status": ["IP Address"] * 38 + ["Survey Preview"] * 2})
    names = [f"found.{suffix}" for suffix in ("csv", "json", "md", "html", "docx", "xlsx", "tex", "parquet")]
    ran = command("check", file, *(part for name in names for part in ("-o", tmp_path / name)))
    assert (ran.code, ran.out) == (0, b"")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "found.csv").read_text(encoding="utf-8"))))
    assert [(row["code"], row["level"], row["n"]) for row in rows] == [("W201", "warning", "2"), ("W207", "warning", "")]
    assert all((tmp_path / name).stat().st_size for name in names)
    assert "| W201 | one.csv | 2 previews, left out as no respondents |" in (tmp_path / "found.md").read_text(encoding="utf-8")


def test_other_commands_say_that_check_found_something(command, export, tmp_path):
    columns = wave()
    columns["Respondent ID"][1] = columns["Respondent ID"][0]
    export("one.csv", columns)
    assert "note: check found 1 error: rpgstat check\n" in command("score", "--study", study(tmp_path), "-f", "json").err
    export("one.csv", wave())
    assert "check found" not in command("score", "--study", study(tmp_path), "-f", "json").err


def test_what_cannot_be_told_before_errors_are_mended_is_said(command, export, tmp_path):
    columns = {**wave(), "Role": ["Admin"] * 37 + ["Caretaker"] * 3}
    export("one.csv", columns)
    path = study(tmp_path, more='[groups]\nrole = "Role"\n')
    assert codes(command("check", "--study", path, "-f", "json")) == ["W218"]
    columns["I feel supported"][3] = "Agre"
    export("one.csv", columns)
    ran = command("check", "--study", path)
    assert ran.code == 1
    assert "Which groups will be withheld (W218) cannot be told" in ran.text


def test_the_example_study_has_what_is_there(command, rpg):
    ran = command("check", "-f", "json", cwd=rpg)
    assert (ran.code, codes(ran)) == (0, ["W206", "W218", "W218"])
