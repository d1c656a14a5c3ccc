"""`rpgstat indicators`: the example figures, every layout and option, and what can be wrong with a file."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree
import zipfile
from datetime import date, timedelta

import docx
import fastexcel
import pytest

import rpgstat

EVENT = "2017-01: new facilitators"
RATIO = "Re-referrals/Referrals"


@pytest.fixture(scope="module")
def document(run, rpg):
    """The example figures as JSON."""
    return run("indicators", "indicators.csv", "--better", "lower", "--ratio", RATIO, "--event", EVENT, "-f", "json", cwd=rpg).document


def rows(document, name):
    return next(result["rows"] for result in document["results"] if result["name"] == name)


def test_the_three_results(document):
    assert [result["name"] for result in document["results"]] == ["trend", "chart", "events"]
    assert document["command"] == "indicators"
    assert document["inputs"][0]["name"] == "indicators.csv"
    assert document["inputs"][0]["rows"] == 39
    assert document["warnings"][0].endswith("most points signal, so the limits mean little; try --baseline 2015-10..2016-12 or --rebase 2017-01")


def test_the_example_falls_and_says_so(document):
    trend = {row["series"]: row for row in rows(document, "trend")}
    assert list(trend) == ["Child protection plans", "Referrals", "Re-referrals", "Children looked after", "Re-referrals / Referrals"]
    assert {row["conclusion"] for row in trend.values()} == {"fell"}
    plans = trend["Child protection plans"]
    assert (plans["first"], plans["last"], plans["n"]) == ("2015-10", "2018-12", 39)
    assert plans["slope_high"] < 0
    assert "as month-end stocks are" in plans["note"]
    assert trend["Referrals"]["note"] == "no value in Jul 2017"
    assert trend["Re-referrals / Referrals"]["first_value"] < 1
    assert not any(word in row["sentence"] for row in trend.values() for word in ("because", "cause", "due to", "thanks"))


def test_the_gap_stands_in_the_chart(document):
    gaps = [(row["series"], row["period"]) for row in rows(document, "chart") if row["value"] is None]
    assert gaps == [(name, "2017-07") for name in ("Referrals", "Re-referrals", "Re-referrals / Referrals")]
    assert {row["variation"] for row in rows(document, "chart")} <= {None, "improvement", "concern"}


def test_the_event_is_looked_at_and_not_blamed(document):
    events = rows(document, "events")
    assert {(row["event"], row["period"]) for row in events} == {("new facilitators", "2017-01")}
    assert events[0]["level_high"] < 0
    caution = next(result["notes"] for result in document["results"] if result["name"] == "events")
    assert "does not show that the event caused it" in caution[0]


def test_python_gives_the_same(document, rpg):
    results = rpgstat.indicators([rpg / "indicators.csv"], better=["lower"], ratio=[RATIO], event=[EVENT])
    assert [result.rows for result in results] == [result["rows"] for result in document["results"]]


@pytest.mark.parametrize("columns", [80, 120])
def test_the_terminal_shows_everything_within_its_width(run, rpg, columns):
    ran = run("indicators", "indicators.csv", "--better", "lower", "--ratio", RATIO, "--event", EVENT, cwd=rpg, env={"COLUMNS": str(columns)})
    assert ran.code == 0
    assert max(map(len, ran.text.splitlines())) <= columns
    assert "▇" in ran.text
    assert "·" in ran.text
    flat = " ".join(ran.text.split())
    assert "Referrals fell from 238 in Dec 2015 to 209 in Dec 2018" in flat
    assert "Children looked after: above the upper limit, Oct 2015 to Apr 2016" in flat


def test_a_plain_console_gets_plain_sparklines(run, rpg):
    ran = run("indicators", "indicators.csv", cwd=rpg, env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"})
    assert ran.code == 0
    assert "#" in ran.out.decode("ascii")
    assert "?" not in ran.out.decode("ascii")


def test_files_in_other_formats(command, rpg, tmp_path):
    ran = command("indicators", rpg / "indicators.csv", "--event", EVENT, "-o", tmp_path / "out.csv", "-o", tmp_path / "out.md")
    assert ran.code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.chart.csv", "out.csv", "out.events.csv", "out.md"]
    chart = list(csv.DictReader((tmp_path / "out.chart.csv").open(encoding="utf-8")))
    assert len(chart) == 39 + 37 + 37 + 37
    assert "## Control charts" in (tmp_path / "out.md").read_text(encoding="utf-8")


def test_a_share_is_shown_in_per_cent_and_its_changes_in_points(run, rpg, document):
    ran = run("indicators", "indicators.csv", "--ratio", RATIO, "--event", EVENT, cwd=rpg, env={"COLUMNS": "140"})
    lines = [line for line in ran.text.splitlines() if line.startswith("Re-referrals / Referrals  ") or line.startswith("Re-referrals / Referrals [")]
    assert re.search(r"36 +25\.6 % +18\.7 % +−2\.15 +\[−3\.21, −1\.09\]", lines[1])
    assert re.search(r"18\.7 % +12\.9 % to 30\.0 %", lines[2])
    assert re.search(r"\+1\.2 +\[−2\.9, 5\.3\] .* \+3\.57 +\[−2\.02, 9\.17\]", lines[0])
    assert "Slopes of shares are in percentage points." in ran.text
    assert document["options"]["shares"] == ["Re-referrals / Referrals"]
    assert rows(document, "chart")[-1]["value"] == 39 / 209


def test_without_a_share_nothing_is_said_of_points(command, rpg):
    assert "percentage points" not in command("indicators", "indicators.csv", cwd=rpg).text


def test_the_figure_in_characters(command, rpg):
    ran = command("indicators", "indicators.csv", "--ratio", RATIO, "--event", EVENT, "--plot", cwd=rpg)
    assert re.search(r"^Aug 2017 +◆ +┊ .* 183 outside: low$", ran.text, re.MULTILINE)
    assert re.search(r"^Dec 2015 .* 25\.6 %$", ran.text, re.MULTILINE)
    assert re.search(r"^Jul 2017 +–$", ran.text, re.MULTILINE)


def test_the_figure_as_a_file(command, rpg, tmp_path):
    command("indicators", "indicators.csv", "--ratio", RATIO, "-o", tmp_path / "i.png", "-o", tmp_path / "i.svg", cwd=rpg)
    assert (tmp_path / "i.png").read_bytes().startswith(b"\x89PNG")
    drawn = {"".join(node.itertext()) for node in ElementTree.parse(tmp_path / "i.svg").iter("{http://www.w3.org/2000/svg}text")}
    assert {"Dec 2015", "Upper 30.0 %", "Centre 21.5 %", "Lower 12.9 %", "35 %", "Centre 230.94"} <= drawn


@pytest.mark.parametrize(("style", "limits", "p"), [("apa", "[−3.21,\xa0−1.09]", "<\xa0.001"), ("gss", "−3.21\xa0to\xa0−1.09", "<0.001")])
def test_word_tables_in_both_styles(command, rpg, tmp_path, style, limits, p):
    command("indicators", "indicators.csv", "--ratio", RATIO, "--style", style, "-o", tmp_path / "i.docx", cwd=rpg)
    document = docx.Document(tmp_path / "i.docx")
    cells = [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]
    assert any(limits in row and p in row for row in cells)
    assert ["Series", "Latest", "Limits", "Signals", "Latest point"] in cells
    assert not any("▇" in cell or "Course" in cell for row in cells for cell in row)


def test_a_template_of_ones_own(command, rpg, tmp_path):
    own = docx.Document()
    own.sections[0].header.paragraphs[0].text = "Our council"
    own.save(tmp_path / "own.docx")
    command("indicators", "indicators.csv", "--template", tmp_path / "own.docx", "-o", tmp_path / "i.docx", cwd=rpg)
    assert docx.Document(tmp_path / "i.docx").sections[0].header.paragraphs[0].text == "Our council"


def test_excel_holds_unrounded_values_in_their_units(command, rpg, tmp_path, document):
    command("indicators", "indicators.csv", "--better", "lower", "--ratio", RATIO, "--event", EVENT, "-o", tmp_path / "i.xlsx", cwd=rpg)
    book = fastexcel.read_excel(tmp_path / "i.xlsx")
    assert book.sheet_names[:5] == ["Page", "Contents", "trend", "chart", "events"]
    slopes = book.load_sheet("trend", header_row=2).to_polars()["Slope per year"]
    assert [float(slope) for slope in slopes] == pytest.approx([row["slope"] for row in rows(document, "trend")], rel=1e-14, abs=0)
    with zipfile.ZipFile(tmp_path / "i.xlsx") as archive:
        assert 'formatCode="+0.00%;' in archive.read("xl/styles.xml").decode()


def written(tmp_path, text, name="f.csv"):
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path / name


GOLDEN = "period,Calls\n" + "".join(f"2016-{i:02d},{n}\n" for i, n in enumerate((1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1), 1))
GOLDEN += "".join(f"2017-{i:02d},{n}\n" for i, n in enumerate((2, 1, 2, 1, 2, 1), 1))


def charted(command, path, *options):
    return command("indicators", path, *options, "--result", "chart", "-f", "json").rows


@pytest.mark.parametrize(("options", "upper", "lower"), [((), 6.95, -3.06), (("--screen",), 4.6, -0.72)])
def test_golden_limits(command, tmp_path, options, upper, lower):
    first = charted(command, written(tmp_path, GOLDEN), *options)[0]
    assert (round(first["upper"], 2), round(first["lower"], 2)) == (upper, lower)


def test_baseline_rebase_and_run_length(command, tmp_path):
    path = written(tmp_path, GOLDEN)
    before = charted(command, path, "--baseline", "2016-06..2017-06", "--series", "calls")
    assert [row["signal"] for row in before if row["signal"]] == ["outside"]
    assert round(before[0]["centre"], 2) == 1.46
    anew = charted(command, path, "--rebase", "2016-06")
    assert (round(anew[0]["centre"], 2), round(anew[-1]["centre"], 2)) == (3.2, 1.46)
    assert command("indicators", path, "--run-length", "2").error()[0] == "--run-length is 2"


def test_years_and_quarters(command, tmp_path):
    years = "Year,Turnover\n" + "".join(f"{i}/{(i + 1) % 100:02d},{90 - 2 * (i - 1999) + i % 3}\n" for i in range(1999, 2020))
    row = command("indicators", written(tmp_path, years), "-f", "json").rows[0]
    assert (row["first"], row["last"], row["conclusion"]) == ("1999/00", "2019/20", "fell")
    quarters = "quarter,Visits\n" + "".join(f"Q{i % 4 + 1} {2015 + i // 4},{50 + i + i * i % 3}\n" for i in range(24))
    row = command("indicators", written(tmp_path, quarters), "-f", "json").rows[0]
    assert (row["first"], round(row["slope"], 1), row["conclusion"]) == ("2015 Q1", 4.0, "rose")


def weekly(write, weeks=30, lost=(), header="week beginning", apart=7):
    """A falling weekly series from the last week of 2020, a year of 53; `write` makes the words of a date."""
    days = [date(2020, 12, 28) + timedelta(apart * i) for i in range(weeks) if i not in lost]
    return f"{header},Referrals\n" + "".join(f"{write(day)},{200 - i + i * i % 5}\n" for i, day in enumerate(days))


@pytest.mark.parametrize(
    ("write", "first", "last"),
    [
        (str, "2020-12-28", "2021-07-19"),
        (lambda day: day.strftime("%d/%m/%Y"), "2020-12-28", "2021-07-19"),
        (lambda day: day.strftime("w/c %d.%m.%y"), "2020-12-28", "2021-07-19"),
        (lambda day: day.strftime("%a %d %b %Y"), "2020-12-28", "2021-07-19"),
        (lambda day: f"{day} 00:00:00", "2020-12-28", "2021-07-19"),
        (lambda day: day.strftime("%G-W%V"), "2020-W53", "2021-W29"),
    ],
)
def test_weeks(command, tmp_path, write, first, last):
    ran = command("indicators", written(tmp_path, weekly(write)), "-f", "json")
    row = ran.rows[0]
    assert (row["n"], row["first"], row["last"], row["conclusion"]) == (30, first, last, "fell")
    assert row["slope"] == pytest.approx(-52, rel=0.02)
    assert [one["period"] for one in rows(ran.document, "chart")][::29] == [first, last]


def test_a_week_left_out_is_a_gap(command, tmp_path):
    ran = command("indicators", written(tmp_path, weekly(str, lost=(3, 4, 12))), "-f", "json")
    assert [row["period"] for row in rows(ran.document, "chart") if row["value"] is None] == ["2021-01-18", "2021-01-25", "2021-03-22"]
    assert ran.rows[0]["note"] == "no value in the week of 18 Jan 2021, the week of 25 Jan 2021 and the week of 22 Mar 2021"


@pytest.mark.parametrize(
    ("header", "named", "period"),
    [
        ("week beginning", "2021-04-14", "2021-04-12"),
        ("week ending", "2021-04-14", "2021-04-19"),
        ("week", "2021-04", "2021-04-05"),
        ("week", "2021-W15", "2021-04-12"),
    ],
)
def test_an_event_falls_in_its_week(command, tmp_path, header, named, period):
    ran = command("indicators", written(tmp_path, weekly(str, header=header)), "--event", f"{named}: new team", "-f", "json")
    event = rows(ran.document, "events")[0]
    assert event["period"] == period
    assert event["level_change"] is not None


def test_weeks_in_a_figure(command, tmp_path):
    command("indicators", written(tmp_path, weekly(str)), "-o", tmp_path / "w.svg")
    drawn = {"".join(node.itertext()) for node in ElementTree.parse(tmp_path / "w.svg").iter("{http://www.w3.org/2000/svg}text")}
    assert "2020-12-28" in drawn


@pytest.mark.parametrize(("apart", "days"), [(1, "1 day"), (14, "14 days"), (10, "10 days")])
def test_dates_that_are_neither_weeks_nor_months_are_refused_without_loss(command, tmp_path, apart, days):
    problem, hint = command("indicators", written(tmp_path, weekly(str, apart=apart))).error()[:2]
    assert (
        f"row 3, column `Referrals`: {date(2020, 12, 28) + timedelta(apart)} is {days} after 2020-12-28: that is neither a weekly nor a monthly series"
        in problem
    )
    assert "add the figures up by week or by month, so that none is lost" in hint


def test_one_week_dated_by_another_day_is_named(command, tmp_path):
    problem, hint = command("indicators", written(tmp_path, weekly(str).replace("2021-04-05", "2021-04-06"))).error()[:2]
    assert "row 16, column `Referrals`: 2021-04-06 is 8 days after 2021-03-29, and most other dates are seven days apart" in problem
    assert "keep one row" not in hint


def test_series_of_a_long_table_each_have_their_own_dates(command, tmp_path):
    days = [(name, date(2021, 1, 4 + shift) + timedelta(7 * i), i) for name, shift in (("North", 0), ("South", 2)) for i in range(24)]
    text = "series,date,value\n" + "".join(f"{name},{day},{9 * i % 7}\n" for name, day, i in days)
    found = command("indicators", written(tmp_path, text), "-f", "json").rows
    assert [(row["series"], row["first"], row["n"]) for row in found] == [("North", "2021-01-04", 24), ("South", "2021-01-06", 24)]


def test_p_is_adjusted_when_asked(command, rpg):
    plain, holm = (command("indicators", rpg / "indicators.csv", "--event", EVENT, *more, "-f", "json") for more in ((), ("--adjust", "holm")))
    assert [row["p_adjusted"] for row in plain.rows] == [row["p_value"] for row in plain.rows]
    assert holm.document["options"]["adjust"] == "holm"
    steps = [(row["p_level"], row["p_level_adjusted"]) for row in rows(holm.document, "events")]
    assert steps[0][1] == pytest.approx(7 * steps[0][0])  # the second smallest of eight
    assert "p is adjusted for 4 tests (Holm)" in " ".join(command("indicators", rpg / "indicators.csv", "--adjust", "holm").text.split())
    assert command("indicators", rpg / "indicators.csv", "--adjust", "holme").error()[0] == "--adjust: `holme` is not known"


def test_events_come_first_where_people_read(command, rpg, tmp_path):
    ran = command("indicators", rpg / "indicators.csv", "--event", EVENT, "-o", tmp_path / "i.md", "-o", tmp_path / "i.docx")
    assert ran.code == 0
    text = (tmp_path / "i.md").read_text(encoding="utf-8")
    assert (
        text.index("## Events")
        < text.index("At Jan 2017 (new facilitators) the level of Child protection plans fell (−16.64")
        < text.index("## Trend of each series")
    )
    paragraphs = [paragraph.text for paragraph in docx.Document(tmp_path / "i.docx").paragraphs]
    assert next(words for words in paragraphs if words in ("Events", "Trend of each series")) == "Events"


def test_one_period_only_is_described(command, tmp_path):
    row = command("indicators", written(tmp_path, "Month,Plans\nOct 2015,40\n"), "-f", "json").rows[0]
    assert row["conclusion"] == "descriptive"
    assert row["sentence"] == "Plans stood at 40 in Oct 2015; there is no other period to compare it with."


def test_forty_years_of_months(command, tmp_path):
    months = "month,Plans\n" + "".join(f"{1980 + i // 12}-{i % 12 + 1:02d},{900 - i + i * 7919 % 31}\n" for i in range(480))
    assert command("indicators", written(tmp_path, months), "-f", "json").rows[0]["conclusion"] == "fell"


def test_thousands_and_decimal_commas(command, tmp_path):
    english = 'month;Spend\n2015-10;"1,240.5"\n2015-11;"1,198.0"\n2015-12;"1,201.0"\n'
    german = "month;Spend\n2015-10;1.240,5\n2015-11;1.198,0\n2015-12;1.201,0\n"
    found = [command("indicators", written(tmp_path, text), "-f", "json").rows[0]["first_value"] for text in (english, german)]
    assert found == [1240.5, 1240.5]


def test_standard_input(run):
    ran = run("indicators", "-", "-f", "json", stdin=GOLDEN.encode())
    assert ran.document["inputs"][0]["name"] == "stdin"


BAD = {
    "text in a number": ("month,Plans\n2015-10,40\n2015-11,forty\n", "f.csv: row 3, column `Plans`: `forty` is not a number"),
    "two units": ("month,Rate\n2015-10,4 %\n2015-11,5\n", "f.csv: row 3, column `Rate`: `5` is in another unit than `4 %` of the same series"),
    "ambiguous dates": ("day,Plans\n01/02/2016,4\n03/04/2016,5\n", "f.csv: row 2, column `day`: `01/02/2016` can be read as"),
    "no periods": ("name,Plans\nAnna,4\nBert,5\n", "f.csv: no column holds periods only"),
    "mixed periods": ("period,Plans\n2015-10,4\n2015,5\n", "f.csv: row 3, column `period`: `2015` is a period of another kind"),
    "a blank period": ("period,Plans\n2015-10,4\n,5\n", "f.csv: row 3, column `period`: the period is blank"),
    "two values": ("period,Plans\n2015-10,4\n2015-10,5\n", "f.csv: row 3, column `Plans`: 2015-10 has 5, but 4 in row 2"),
    "nothing": ("period,Plans\n2015-10,\n2015-11,\n", "no series has a value: `Plans`"),
    "header only": ("period,Plans\n", "f.csv: no rows below the header"),
    "an ambiguous thousand": ("period;Plans\n2015-10;1,234\n2015-11;1,345\n", "can be read as 1234 and as 1.234"),
}


@pytest.mark.parametrize(("text", "problem"), BAD.values(), ids=BAD)
def test_a_file_that_cannot_be_used(command, tmp_path, text, problem):
    said = command("indicators", written(tmp_path, text), "-o", tmp_path / "out.csv").error()
    assert problem in said[0]
    assert not (tmp_path / "out.csv").exists()


WRONG = {
    "ratio": (("--ratio", "Plans"), "--ratio: `Plans` has no slash"),
    "part above its whole": (("--ratio", "Plans/Small"), "f.csv: row 2, column `Plans`: 40 is more than its whole, 4 in f.csv: row 2, column `Small`"),
    "series": (("--series", "Plan"), "--series: no series `Plan`"),
    "better": (("--better", "best"), "--better: `best` is not known"),
    "event": (("--event", "new team"), "--event: `new team` does not say what happened"),
    "event's period": (("--event", "in spring: new team"), "--event: `in spring` is not a period"),
    "rebase": (("--rebase", "2030-01"), "--rebase: Jan 2030 lies within no series"),
    "baseline": (("--baseline", "2015-10"), "--baseline: `2015-10` is not FROM..TO"),
    "population": (("--population", "people"), "--population: no series `people`"),
    "per": (("--population", "Small", "--per", "0"), "--per is 0.0"),
    "chart": (("--chart", "pie"), "--chart: `pie` is not known"),
    "alpha": (("--alpha", "0.7"), "--alpha is 0.7"),
}


@pytest.mark.parametrize(("options", "problem"), WRONG.values(), ids=WRONG)
def test_an_option_that_cannot_be_used(command, tmp_path, options, problem):
    path = written(tmp_path, "month,Plans,Small\n2015-10,40,4\n2015-11,38,5\n2015-12,37,4\n")
    assert problem in command("indicators", path, *options).error()[0]


STUDY = """
[[indicators]]
file = "f.csv"
better = { Calls = "lower" }
target = 5000
events = ["2016-09: a new line"]
"""


def test_the_study_names_the_file_and_what_is_known_of_it(command, tmp_path):
    written(tmp_path, GOLDEN)
    written(tmp_path, STUDY, "study.toml")
    ran = command("indicators", "-f", "json", cwd=tmp_path)
    assert [result["name"] for result in ran.document["results"]] == ["trend", "chart", "events"]
    assert rows(ran.document, "chart")[4]["variation"] == "concern"
    assert {(row["target"], row["assurance"]) for row in rows(ran.document, "chart") if row["value"] is not None} == {(5000.0, "passing")}
    assert ran.document["warnings"] == ["using study.toml in this folder"]
    again = command("indicators", "-f", "json", "--better", "Calls=higher", "--event", "2017-01: moved", cwd=tmp_path).document
    assert rows(again, "chart")[4]["variation"] == "improvement"
    assert [row["event"] for row in rows(again, "events")] == ["a new line", "moved"]


@pytest.mark.parametrize(
    ("study", "problem"),
    [
        ("", "study.toml declares no indicators"),
        ("[[indicators]]\n", "study.toml: indicators[1].file is missing"),
        ('[[indicators]]\nfile = "g.csv"\n', "which the study names for indicators[1].file"),
        ('[[indicators]]\nfile = "f.csv"\nbest = "lower"\n', "study.toml: indicators[1].best"),
        ('[[indicators]]\nfile = "f.csv"\nper = "many"\n', "study.toml: indicators[1].per"),
        ('[[indicators]]\nfile = "f.csv"\nevents = ["2016"]\n', "study.toml: indicators[1].events: `2016` does not say"),
        ('[[indicators]]\nfile = "f.csv"\n[[indicators]]\nfile = "f.csv"\n', "two files hold a series `Calls`"),
    ],
)
def test_a_study_that_cannot_be_used(command, tmp_path, study, problem):
    written(tmp_path, GOLDEN)
    written(tmp_path, study, "study.toml")
    assert problem in command("indicators", cwd=tmp_path).error()[0]


def test_a_study_and_a_file_are_one_too_many(command, tmp_path):
    written(tmp_path, STUDY, "study.toml")
    assert command("indicators", written(tmp_path, GOLDEN), "--study", tmp_path / "study.toml").error()[0] == "files and a study are given"


def test_no_file_and_no_study(command, tmp_path):
    assert command("indicators", cwd=tmp_path).error()[0] == "no file given, and no study.toml here"


def test_the_same_input_gives_the_same_bytes(command, rpg):
    first, second = (command("indicators", rpg / "indicators.csv", "-f", "json").out for _ in range(2))
    assert first == second


def test_one_result_for_a_pipe(command, rpg):
    ran = command("indicators", rpg / "indicators.csv", "-f", "csv", "--result", "chart")
    assert next(csv.reader(io.StringIO(ran.text)))[:3] == ["series", "period", "value"]
    assert json.loads(command("indicators", rpg / "indicators.csv", "-f", "ndjson").text.splitlines()[0])["result"] == "trend"


PUBLISHED = """time_period,time_identifier,geographic_level,country_name,la_name,category,referral_count,repeat_count,repeat_percent
202425,Financial year,National,England,,Total,"61,230","13,780",22.5
202425,Financial year,Local authority,England,Wexmoor,Total,420,63,15.0
202425,Financial year,Local authority,England,Wexmoor,Under 5,101,c,c
202425,Financial year,Local authority,England,Farrow,Total,n,?,-
202324,Financial year,Local authority,England,Wexmoor,Total,400,80,20.0
202324,Financial year,Local authority,England,Wexmoor,Under 5,100,30,30.0
"""


@pytest.fixture
def published(tmp_path):
    """An invented table in government's long layout."""
    (tmp_path / "referrals.csv").write_text(PUBLISHED)
    return tmp_path / "referrals.csv"


def test_a_published_table_gives_a_series_for_each_figure(command, published):
    ran = command("indicators", published, "--area", "Wexmoor", "--where", "category=Total", "-f", "json")
    found = {row["series"]: (row["first"], row["first_value"], row["last"], row["last_value"]) for row in rows(ran.document, "trend")}
    assert found == {
        "referral_count (Total)": ("2023/24", 400, "2024/25", 420),
        "repeat_count (Total)": ("2023/24", 80, "2024/25", 63),
        "repeat_percent (Total)": ("2023/24", 0.2, "2024/25", 0.15),
    }
    assert any("2 cells that were not asked for are no numbers" in words for words in ran.document["warnings"])


def test_a_part_of_the_name_and_the_study_choose_too(command, published):
    study = '[[indicators]]\nfile = "referrals.csv"\nareas = "Wexmoor"\nwhere = ["category=Under 5"]\nmeasures = ["referral"]\n'
    (published.parent / "study.toml").write_text(study)
    found = rows(command("indicators", "-f", "json", cwd=published.parent).document, "trend")
    assert [(row["series"], row["last_value"]) for row in found] == [("referral_count (Under 5)", 101)]


@pytest.mark.parametrize(
    ("arguments", "problem", "hint"),
    [
        (["--area", "Wexmoor"], "`category` has `Total`, `Under 5`", '--where "category=Total"'),
        (["--area", "Wexmoor", "--where", "category=Total", "--measure", "repeat"], "`repeat` may be 2 of the file's", "write more of the name"),
        (["--area", "Wexmoor", "--where", "category=Total", "--measure", "joy"], "--measure: the file has no `joy`", "`referral_count`, `repeat_count`"),
        (["--area", "Farow"], "--area: the file has no `Farow`", "did you mean `Farrow`?"),
        ([], "3 areas", "--area"),
    ],
)
def test_what_a_published_table_needs_to_be_told(command, published, arguments, problem, hint):
    said = command("indicators", published, *arguments).error()
    assert problem in said[0]
    assert hint in said[1]


def test_areas_measures_and_conditions_of_any_other_table(command, tmp_path):
    path = tmp_path / "own.csv"
    lines = ["month,area,team,Referrals,Visits", "2016-01,North,A,10,see note", "2016-02,North,A,12,4", "2016-01,South,A,20,5", "2016-01,North,B,7,5"]
    path.write_text("\n".join(lines) + "\n")
    found = command("indicators", path, "--area", "north", "--where", "team=A", "--measure", "referral", "-f", "json")
    assert [(row["series"], row["first_value"], row["last_value"]) for row in rows(found.document, "trend")] == [("Referrals", 10, 12)]
    path.write_text("series,month,value\nReferrals,2016-01,10\nReferrals,2016-02,12\nVisits,2016-01,many\n")
    found = command("indicators", path, "--measure", "referrals", "-f", "json")
    assert [row["series"] for row in rows(found.document, "trend")] == ["Referrals"]
    path.write_text("measure,2016-01,2016-02\nReferrals,10,12\nVisits,many,3\n")
    found = command("indicators", path, "--measure", "refer", "-f", "json")
    assert [row["series"] for row in rows(found.document, "trend")] == ["Referrals"]
