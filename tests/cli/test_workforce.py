"""`rpgstat workforce`: the example table, the authority with counts, every option, and what can be wrong."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
import zipfile

import docx
import fastexcel
import pytest
import xlsxwriter

import rpgstat

AUTHORITY = "../authority/workforce.csv"


def rows(document, name="workforce"):
    return next(result["rows"] for result in document["results"] if result["name"] == name)


@pytest.fixture(scope="module")
def document(run, rpg):
    """The example table as JSON, found by the study."""
    return run("workforce", "-f", "json", cwd=rpg).document


def test_the_two_results(document):
    assert [result["name"] for result in document["results"]] == ["workforce", "rates_trend"]
    assert document["command"] == "workforce"
    assert (document["inputs"][0]["name"], document["inputs"][0]["rows"]) == ("workforce.csv", 4)
    assert document["options"]["reference"] == "first"


def test_the_example_table_reproduces_exactly(document):
    found = {}
    for row in rows(document):
        found.setdefault(row["measure"], []).append(row["rate"])
    assert found == {
        "Turnover": [0.15, 0.147, 0.148, 0.149],
        "Vacancies": [0.06, 0.072, 0.009, 0.004],
        "Agency staffing": [0.14, 0.114, 0.014, 0.0],
        "Sickness": [0.03, 0.037, 0.039, 0.035],
    }
    assert {row["conclusion"] for row in rows(document)} == {None, "descriptive"}


def test_a_headcount_allows_conclusions(command, rpg):
    found = command("workforce", "--headcount", 300, "-f", "json", cwd=rpg).document
    assert {row["measure"]: row["conclusion"] for row in rows(found) if row["period"] == "2018"} == {
        "Turnover": "inconclusive",
        "Vacancies": "fell",
        "Agency staffing": "fell",
        "Sickness": "descriptive",
    }


@pytest.mark.parametrize("columns", ["80", "120"])
def test_the_table_for_people(run, rpg, columns):
    ran = run("workforce", "--headcount", 300, "--margin", "turnover=6", cwd=rpg, env={"COLUMNS": columns})
    assert (ran.code, max(map(len, ran.text.split("\n"))) <= int(columns)) == (0, True)
    assert "Agency staffing █▇▂▁" in ran.text
    assert "2018     0.4 %    [0.1, 2.0]       −5.6    [−8.9, −2.9]  < .001  fell" in ran.text
    assert "fairly constant" in ran.text


def test_a_console_without_blocks_gets_ascii(run, rpg):
    ran = run("workforce", "--measure", "vacancies", cwd=rpg, env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert ran.code == 0
    assert ran.out.isascii()
    assert b"-5.6" in ran.out


def test_the_authority_with_counts(command, rpg):
    found = command("workforce", AUTHORITY, "-f", "json", cwd=rpg).document
    last = {row["measure"]: row for row in rows(found) if row["period"] == "2019"}
    assert {name: row["conclusion"] for name, row in last.items()} == {
        "Turnover": "inconclusive",
        "Vacancies": "fell",
        "Agency staffing": "fell",
        "Sickness absence": "descriptive",
        "Caseload": "descriptive",
    }
    assert (last["Vacancies"]["numerator"], last["Vacancies"]["denominator"]) == (7, 287)
    assert {row["measure"]: row["p_value"] is None for row in rows(found, "rates_trend")} == {
        "Turnover": False,
        "Vacancies": False,
        "Agency staffing": False,
        "Sickness absence": True,
        "Caseload": True,
    }


def test_the_stock_is_named(command, rpg):
    ran = command("workforce", AUTHORITY, "--stock", "average", "--measure", "turnover", cwd=rpg)
    assert "the mean of staff in post at the beginning and at the end" in " ".join(ran.text.split())
    assert "2014 [1]       –" in ran.text


def test_options_come_before_the_study(command, rpg, tmp_path):
    (tmp_path / "workforce.csv").write_bytes((rpg / "workforce.csv").read_bytes())
    (tmp_path / "study.toml").write_text('[workforce]\nfile = "workforce.csv"\nreference = 2016\nheadcount = 300\nmargin = { Turnover = 6 }\n')
    found = command("workforce", "-f", "json", cwd=tmp_path).document
    assert (found["options"]["reference"], found["options"]["headcount"], found["options"]["margin"]) == ("2016", 300, {"Turnover": 6.0})
    other = command("workforce", "-f", "json", "--reference", "previous", "--margin", "1", cwd=tmp_path).document
    assert (other["options"]["reference"], other["options"]["headcount"], other["options"]["margin"]) == ("previous", 300, {"all": 1.0})


def test_a_workbook_gives_the_same(command, rpg, document, tmp_path):
    with xlsxwriter.Workbook(tmp_path / "rates.xlsx", {"strings_to_numbers": True}) as book:
        sheet = book.add_worksheet()
        for i, line in enumerate((rpg / "workforce.csv").read_text().splitlines()):
            sheet.write_row(i, 0, line.split(","))
    assert rows(command("workforce", tmp_path / "rates.xlsx", "-f", "json").document) == rows(document)


def test_standard_input_and_every_format(run, rpg, tmp_path):
    content = (rpg / "workforce.csv").read_bytes()
    ran = run("workforce", "-", "-o", tmp_path / "w.csv", "-o", tmp_path / "w.md", "-o", tmp_path / "w.json", stdin=content, cwd=tmp_path)
    assert (ran.code, ran.out) == (0, b"")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["w.csv", "w.json", "w.md", "w.rates_trend.csv"]
    assert "#### Agency staffing █▇▂▁" in (tmp_path / "w.md").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "w.json").read_text())["inputs"][0]["name"] == "stdin"


def test_the_figure_in_characters_has_each_rate_in_its_own_unit(command, rpg):
    ran = command("workforce", AUTHORITY, "--plot", cwd=rpg)
    assert "Vacancies: 13.3 % in 2014, 2.4 % in 2019 (fell)." in ran.text
    assert "Caseload: 17.5 in 2014, 15.2 in 2019." in ran.text
    assert re.search(r"^2014 ▇+ +13\.8 %$", ran.text, re.MULTILINE)
    assert re.search(r"^2019 ▇+ +15\.2$", ran.text, re.MULTILINE)


def test_the_figure_as_a_file_has_each_rate_in_its_own_unit(command, rpg, tmp_path):
    command("workforce", AUTHORITY, "-o", tmp_path / "w.png", "-o", tmp_path / "w.svg", cwd=rpg)
    assert (tmp_path / "w.png").read_bytes().startswith(b"\x89PNG")
    drawn = {"".join(node.itertext()) for node in ElementTree.parse(tmp_path / "w.svg").iter("{http://www.w3.org/2000/svg}text")}
    assert {"13.8 %", "17.5", "15.2"} <= drawn
    assert not any(words.startswith("17") and words.endswith("%") and len(words) > len("17.5 %") for words in drawn)


@pytest.mark.parametrize(("style", "limits", "p"), [("apa", "[−8.9,\xa0−2.9]", "<\xa0.001"), ("gss", "−8.9\xa0to\xa0−2.9", "<0.001")])
def test_word_tables_in_both_styles(command, rpg, tmp_path, style, limits, p):
    command("workforce", "--headcount", 300, "--style", style, "-o", tmp_path / "w.docx", cwd=rpg)
    document = docx.Document(tmp_path / "w.docx")
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert any(limits in row and p in row for row in cells)
    written = " ".join([*(paragraph.text for paragraph in document.paragraphs), *(cell for row in cells for cell in row)])
    assert "█" not in written
    assert "described, not tested" in written


def test_a_template_of_ones_own(command, rpg, tmp_path):
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "Our council"
    own.save(tmp_path / "own.docx")
    command("workforce", "--template", tmp_path / "own.docx", "-o", tmp_path / "w.docx", cwd=rpg)
    assert docx.Document(tmp_path / "w.docx").sections[0].header.paragraphs[0].text == "Our council"


def test_excel_holds_unrounded_rates_in_their_units(command, rpg, tmp_path):
    command("workforce", AUTHORITY, "-o", tmp_path / "w.xlsx", cwd=rpg)
    book = fastexcel.read_excel(tmp_path / "w.xlsx")
    assert book.sheet_names[2:4] == ["workforce", "rates_trend"]
    rate = book.load_sheet("workforce", header_row=2).to_polars()["Rate"]
    assert (float(rate[0]), float(rate[-1])) == pytest.approx((34 / 247, 2578 / 169.2), rel=1e-12)
    with zipfile.ZipFile(tmp_path / "w.xlsx") as archive:
        formats = archive.read("xl/styles.xml").decode()
    assert 'formatCode="0.0%;' in formats
    assert 'formatCode="0.0;' in formats  # cases per worker


def test_measures_may_be_called_as_the_published_files_call_them(command, rpg):
    found = command("workforce", AUTHORITY, "--measure", "vacancy", "--measure", "agency rate", "--margin", "vacancy=1", "-f", "json", cwd=rpg)
    assert {row["measure"] for row in found.rows} == {"Vacancies", "Agency staffing"}


def test_a_measure_that_may_be_in_shares_is_told(command, tmp_path):
    (tmp_path / "w.csv").write_text("measure,2015,2016\nturnover,0.15,0.12\nvacancies,6,7\n")
    ran = command("workforce", tmp_path / "w.csv")
    assert ran.err.strip() == "note: w.csv: every rate of `turnover` is below 1 and read as per cent; if they are shares, write them in per cent"
    (tmp_path / "w.csv").write_text("measure,2015,2016\nturnover,0.15%,0.12%\nvacancies,6,7\n")
    assert command("workforce", tmp_path / "w.csv").err == ""


def test_a_table_without_any_rate(command, tmp_path):
    (tmp_path / "w.csv").write_text("measure,2015,2016\nturnover,,\n")
    assert command("workforce", tmp_path / "w.csv").error()[0] == "no measure has a rate"


LOOKED_AFTER = """\ufeffla_name,new_la_code,time_period,time_identifier,geographic_level,country_name,region_name,status,population,children,rate_per_10000
,,2024,Reporting year,National,England,,On 31 March,"12,183,016","83,630",69
,,2024,Reporting year,National,England,,Starting,"12,183,016","33,000",27
Wexmoor,E0901,2024,Reporting year,Local authority,England,North,On 31 March,"36,824",197,53
Wexmoor,E0901,2024,Reporting year,Local authority,England,North,Starting,"36,824",low,low
Farrow,E0902,2024,Reporting year,Local authority,England,North,On 31 March,about 40000,c,c
Wexmoor,E0901,2023,Reporting year,Local authority,England,North,On 31 March,"37,762",187,50
Wexmoor,E0901,2023,Reporting year,Local authority,England,North,Starting,"37,762",81,21
"""


@pytest.fixture
def looked_after(tmp_path):
    """An invented table in government's long layout, columns in an order of their own, newest year first."""
    (tmp_path / "cla.csv").write_text(LOOKED_AFTER, encoding="utf-8")
    return tmp_path / "cla.csv"


def test_a_published_table_gives_the_rate_of_an_area_and_category(command, looked_after):
    ran = command("workforce", looked_after, "--area", "Wexmoor", "--where", "status=on 31 march", "-f", "json")
    first, second = ran.rows
    assert (first["period"], first["numerator"], first["denominator"], first["rate"]) == ("2023", 187, 37762, pytest.approx(187 / 3.7762))
    assert (second["measure"], second["conclusion"]) == ("rate_per_10000 (On 31 March)", "inconclusive")
    assert (round(first["conf_low"], 4), round(first["conf_high"], 4)) == (42.6771, 57.1495)  # R: poisson.test(187, 3.7762)
    assert ran.document["options"]["per"] == {"rate_per_10000 (On 31 March)": 10000}
    assert ran.document["options"]["where"] == ["status=on 31 march"]
    assert "1 cell that was not asked for is no number (`about 40000`, row 6, column `population`)" in ran.document["warnings"][1]
    assert "`36,824` is read as 36824: commas part thousands in this file" in ran.document["warnings"][0]


def test_its_page_shows_it_per_10_000(command, looked_after):
    shown = " ".join(command("workforce", looked_after, "--area", "e0901", "--where", "status=On 31 March").text.split())
    assert "49.5 [42.7, 57.1] reference" in shown
    assert "stood at 49.5 per 10,000 in 2023 and 53.5 per 10,000 in 2024; a difference of 4.0 per 10,000 may be chance" in shown
    assert "rates and changes are for each 10,000" in shown


@pytest.mark.parametrize(
    ("arguments", "problem", "hint"),
    [
        (["--area", "Wexmoor"], "several rows for one area and period: `status` has `On 31 March`, `Starting`", 'say which: --where "status=On 31 March"'),
        (["--area", "Wexmore", "--where", "status=Starting"], "--area: the file has no `Wexmore`", "did you mean `Wexmoor`?"),
        (["--area", "Wexmoor", "--where", "state=Starting"], "--where: the file has no column `state`", "did you mean `status`?"),
        (["--area", "Wexmoor", "--where", "status=Start"], "--where: column `status` has no `Start`", "did you mean `Starting`?"),
        (["--area", "Farrow"], "column `population`: `about 40000` is not a number", "write a number"),
        ([], "3 areas, some of which contain others", "--area all"),
    ],
)
def test_what_a_published_table_needs_to_be_told(command, looked_after, arguments, problem, hint):
    said = command("workforce", looked_after, *arguments).error()
    assert problem in said[0]
    assert hint in said[1]


def test_a_table_of_counts_is_not_read_as_rates(command, tmp_path):
    (tmp_path / "w.csv").write_text("measure,2015,2016\nTurnover,435,412\nVacancies,120,98\n")
    said, hint = command("workforce", tmp_path / "w.csv").error()
    assert said == "w.csv: row 2, column `2015`: `435` is above 100 %, and all numbers of the measure are whole, as counts are"
    assert "--unit percent" in hint
    assert command("workforce", tmp_path / "w.csv", "--measure", "turnover", "--unit", "percent", "-f", "json").rows[0]["rate"] == 4.35


def test_rows_may_be_chosen_in_the_study(command, looked_after):
    study = '[workforce]\nfile = "cla.csv"\nareas = "Wexmoor"\nwhere = "status=Starting"\n'
    (looked_after.parent / "study.toml").write_text(study)
    assert [row["rate"] for row in command("workforce", "-f", "json", cwd=looked_after.parent).rows] == [pytest.approx(81 / 3.7762), None]


def test_the_python_interface(rpg):
    workforce, trend = rpgstat.workforce(rpg / "workforce.csv", headcount=300, margin={"turnover": 6})
    assert (workforce.name, trend.name) == ("workforce", "rates_trend")
    assert rpgstat.workforce(rpg / "workforce.csv", margin=0.5)[0].options["margin"] == {"all": 0.5}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["nothing.csv"], "no file `nothing.csv`"),
        (["workforce.csv", "--unit", "shares"], "--unit: `shares` is not known"),
        (["workforce.csv", "--stock", "mean"], "--stock: `mean` is not known"),
        (["workforce.csv", "--stock", "average"], "no such figures"),
        (["workforce.csv", "--headcount", "0"], "--headcount is 0"),
        (["workforce.csv", "--margin", "much"], "--margin: `much` is not a number of points"),
        (["workforce.csv", "--margin", "-1"], "--margin is -1"),
        (["workforce.csv", "--margin", "joy=1"], "--margin: the file has no `joy`"),
        (["workforce.csv", "--reference", "2012"], "--reference: no period `2012`"),
        (["workforce.csv", "--measure", "joy"], "--measure: the file has no `joy`"),
        (["workforce.csv", "--area", "Wexmoor"], "--area: the file has no `Wexmoor`"),
        (["workforce.csv", "--unit", "share"], "`15` looks like per cent"),
        (["workforce.csv", "--alpha", "2"], "--alpha is 2"),
        (["wave-1.csv"], "not recognised as a table of rates"),
    ],
)
def test_a_slip_is_explained(command, rpg, arguments, problem):
    said, hint = command("workforce", *arguments, cwd=rpg).error()
    assert problem in said
    assert hint


@pytest.mark.parametrize(
    ("study", "problem"),
    [
        ('title = "x"\n', "study.toml declares no workforce table"),
        ('[workforce]\nfile = "w.csv"\nunit = "shares"\n', 'study.toml: workforce.unit is "shares"; "percent" (the default) or "share" is allowed'),
        ('[workforce]\nfile = "w.csv"\nmargin = { Turnover = "2" }\n', 'study.toml: workforce.margin.Turnover is "2"; a number of points is allowed'),
        ("[workforce]\nheadcount = 300\n", "study.toml: workforce.file is missing"),
        ('[workforce]\nfile = "none.csv"\n', "which the study names for workforce.file"),
        ('[workforce]\nfile = "none.csv"\nmargins = 1\n', "workforce.margins is 1, but there is no such key"),
        ('[workforce]\nfile = "w.csv"\nmargin = "1"\n', 'workforce.margin is "1"'),
        ('[workforce]\nfile = "w.csv"\nmargin = { turnover = "1" }\n', 'workforce.margin.turnover is "1"'),
    ],
)
def test_a_slip_in_the_study_is_explained(command, tmp_path, study, problem):
    (tmp_path / "study.toml").write_text(study)
    (tmp_path / "w.csv").write_text("measure,2015,2016\nturnover,15,14\n")
    said, hint = command("workforce", cwd=tmp_path).error()
    assert problem in said
    assert hint


def test_without_a_file_or_a_study(command, tmp_path):
    said, hint = command("workforce", cwd=tmp_path).error()
    assert said == "no file given, and no study.toml here"
    assert "rpgstat workforce workforce.csv" in hint
