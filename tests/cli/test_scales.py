"""Scales that nobody declared, through the command: taken and marked in every format, asked about, or given with --scale."""

import csv
import io
import re
import zipfile

import pytest

RATED = ["Poor", "Fair", "Average", "Good", "Excellent"]
DOUBT = "scale not certain: nobody chose `Very poor`, which Very poor < Poor < Fair < Average < Good < Excellent has too"
PART = ["Disagree", "Neutral", "Agree", "Strongly agree"]
FIVE = "Strongly disagree < Disagree < Neutral < Agree < Strongly agree"


@pytest.fixture
def rated(export):
    return export("rated.csv", {"The room": RATED * 6, "The food": RATED[1:] * 7 + ["Poor", "Fair"]})


@pytest.fixture
def part(export):
    return export("part.csv", {"I cope": PART * 5, "I rest": PART[::-1] * 5, "Team": ["North", "South"] * 10})


def test_two_answers_of_one_column_are_two_levels(run, rated):
    ran = run("score", rated.name, "-f", "json", cwd=rated.parent)
    room = ran.rows[0]
    assert (room["levels"], room["distribution"], room["scale_high"]) == (RATED, [6, 6, 6, 6, 6], 5)
    assert [row["note"].split("; ")[0] for row in ran.rows] == [DOUBT] * 3
    assert f'to settle it write --scale "{" < ".join(RATED)}"' in ran.err


@pytest.mark.parametrize("form", ["table", "markdown", "html", "latex", "csv", "tsv", "ndjson"])
def test_what_is_not_certain_stands_in_every_format(command, rated, form):
    ran = command("score", rated.name, "-f", form, cwd=rated.parent)
    plain = " ".join(re.sub(r"[\\{}`]|<[^>]+>", "", ran.text.replace("&lt;", "<")).split())
    if form in ("csv", "tsv"):
        rows = list(csv.DictReader(io.StringIO(ran.text), delimiter="," if form == "csv" else "\t"))
        assert all(row["note"].startswith(DOUBT) for row in rows)
    else:
        assert "scale not certain: nobody chose" in plain
    if form in ("table", "markdown", "html", "latex"):
        assert "(scale not certain)" in plain
        assert plain.count("nobody chose") == 1  # once a battery, not on each line


def test_and_in_every_document(command, rated):
    names = ["out.docx", "out.xlsx", "out.svg", "out.html"]
    assert command("score", rated.name, *(part for name in names for part in ("-o", name)), cwd=rated.parent).code == 0
    for name in names:
        path = rated.parent / name
        if name.endswith((".docx", ".xlsx")):
            with zipfile.ZipFile(path) as parts:
                content = " ".join(parts.read(part).decode("utf-8", "replace") for part in parts.namelist() if part.endswith(".xml"))
        else:
            content = path.read_text(encoding="utf-8")
        assert "scale not certain" in content, name


def test_compare_breakdown_reliability_and_report_mark_it_too(command, export):
    waves = [export(f"{name}.csv", {"The room": RATED * 6, "The food": RATED * 6, "Team": ["North", "South", "East"] * 10}) for name in ("before", "after")]
    folder = waves[0].parent
    compared = command("compare", *waves, "-f", "json", cwd=folder).rows
    broken = command("breakdown", *waves, "--by", "Team", "-f", "json", cwd=folder).document["results"]
    for rows in (compared, *(result["rows"] for result in broken)):
        assert rows
        assert all(row["note"].startswith(DOUBT) for row in rows)
    assert all(row["note"].startswith(DOUBT) for row in command("reliability", *waves, "-f", "json", cwd=folder).rows)
    assert command("report", *waves, "-o", "report.html", cwd=folder).code == 0
    assert "scale not certain" in (folder / "report.html").read_text(encoding="utf-8")


def test_where_nothing_decides_the_command_stops_and_what_it_offers_runs(command, part):
    problem, hint = command("score", part.name, cwd=part.parent).error()
    assert problem.startswith("`Agreement`: not certain which scale this is; its answers, `Disagree`, `Neutral`, `Agree` and `Strongly agree`, fit")
    assert len(f"{problem}\n{hint}".splitlines()) <= 20
    offers = re.findall(r'--scale "(.+)"', problem)
    assert FIVE in offers
    assert 'levels = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]' in problem
    for offer in offers:
        ran = command("score", part.name, "--scale", offer, "-f", "json", cwd=part.parent)
        assert (ran.code, ran.rows[0]["levels"]) == (0, offer.split(" < "))
        assert not any("not certain" in (row["note"] or "") for row in ran.rows)


@pytest.mark.parametrize("name", ["score", "response", "reliability"])
def test_every_command_of_one_wave_takes_a_scale(command, part, name):
    assert command(name, part.name, "--scale", FIVE, "-f", "json", cwd=part.parent).code == 0


def test_so_do_compare_breakdown_report_and_init(command, part):
    folder = part.parent
    (folder / "later.csv").write_bytes(part.read_bytes())
    assert command("compare", part.name, "later.csv", "--scale", FIVE, "-f", "json", cwd=folder).code == 0
    assert command("breakdown", part.name, "--by", "Team", "--scale", FIVE, "-f", "json", cwd=folder).code == 0
    assert command("report", part.name, "--scale", FIVE, "-o", "report.html", cwd=folder).code == 0
    drafted = command("init", part.name, "--scale", FIVE, cwd=folder)
    assert 'levels = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]' in drafted.text.splitlines()


def test_init_never_stops_and_writes_what_fits_as_comments(command, part, rated):
    drafted = command("init", part.name, cwd=part.parent)
    assert drafted.code == 0
    assert '# levels = ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]' in drafted.text
    taken = command("init", rated.name, cwd=rated.parent).text
    assert 'levels = ["Poor", "Fair", "Average", "Good", "Excellent"]' in taken.splitlines()
    assert '# levels = ["Very poor", "Poor", "Fair", "Average", "Good", "Excellent"]' in taken.splitlines()


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        ("Agree", "is no scale"),
        ("Agree < ", "is no scale"),
        ("Agree < agree", "stands twice"),
        ("Low < High", "no block of questions has all its answers on Low < High"),
    ],
)
def test_a_scale_that_is_none_or_that_nobody_is_on_is_refused(command, part, scale, words):
    problem, _ = command("score", part.name, "--scale", scale, cwd=part.parent).error()
    assert words in problem


def test_a_scale_beside_a_study_file_is_refused(command, part):
    (part.parent / "study.toml").write_text(command("init", part.name, "--scale", FIVE, cwd=part.parent).text, encoding="utf-8")
    problem, _ = command("score", "--scale", FIVE, cwd=part.parent).error()
    assert problem == "--scale is for exports without a study file, and study.toml declares the scales"


@pytest.mark.parametrize(("code", "people"), [("6", 2), ("9", 3), ("99", 4), ("-9", 1)])
def test_a_code_that_seems_to_mean_not_applicable_is_asked_about(command, export, code, people):
    numbers = [str(at % 5 + 1) for at in range(60)]
    path = export("codes.csv", {"I feel heard": numbers, "I feel safe": [*numbers[: 60 - people], *[code] * people], "I feel well": numbers[::-1]})
    ran = command("score", path.name, "-f", "json", cwd=path.parent)
    safe = next(row for row in ran.rows if row["text"] == "I feel safe")
    times = f"given {people} time{'s' if people > 1 else ''}"
    assert (safe["scale_high"], safe["n"], safe["not_applicable"]) == (5, 60 - people, people)
    assert safe["note"].startswith(f"scale not certain: {code}, {times}, is read as not applicable")
    assert f'{code}, {times}, is read as not applicable; to settle it write --scale "1 < 2 < 3 < 4 < 5 | {code}"' in ran.err
    settled = command("score", path.name, "--scale", f"1 < 2 < 3 < 4 < 5 | {code}", "-f", "json", cwd=path.parent)
    assert settled.rows[0]["agree"] is not None
    assert not any("not certain" in (row["note"] or "") for row in settled.rows)


def test_numbers_in_a_flat_file_are_a_battery_and_ages_counts_and_a_recommendation_are_not(command, export):
    numbers = {"I enjoy my job": "5123412345", "My manager listens": "2245135412", "I am paid fairly": "1553245234"}
    columns = {"Age": ["3"] * 5 + ["4"] * 5, **{text: list(given) for text, given in numbers.items()}, "How many visits?": list("1234512345")}
    path = export("flat.csv", {**columns, "How likely are you to recommend us?": ["0", "10", "9", "8", "7", "6", "5", "10", "9", "3"]})
    ran = command("score", path.name, "-f", "json", cwd=path.parent)
    assert [row["text"] for row in ran.rows if row["item"]] == list(numbers)
    assert all("undeclared numeric scale" in row["note"] for row in ran.rows)


def test_a_number_that_is_a_code_in_one_column_by_itself_is_judged_with_the_columns_beside_it(command, export):
    rising, falling = list("123466776" * 2), list("111223344411123467")
    path = export("seven.csv", {"I rest": rising, "I talk": rising[::-1], "I walk": falling})
    ran = command("score", path.name, "-f", "json", cwd=path.parent)
    assert [(row["text"], row["n"], row["scale_high"]) for row in ran.rows if row["item"] == "walk"] == [("I walk", 18, 7)]


def test_a_second_header_row_is_named_and_not_offered_as_an_answer(command, export):
    path = export("twice.csv", {"I cope": ["I cope", "1", "2", "3", "4"], "I rest": ["I rest", "2", "2", "3", "5"]})
    problem, hint = command("score", path.name, cwd=path.parent).error()
    assert "`I cope` and 1 more column: among the answers stands a heading: delete the second header row" in problem
    assert "not_applicable" not in problem + hint


def test_statements_below_headings_of_sections_are_named_as_headings(command, export):
    answers = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"] * 3
    path = export("sections.csv", {"Team": ["I trust the people I work with", *answers], "Manager": ["My manager has time for me", *reversed(answers)]})
    problem, _ = command("score", path.name, cwd=path.parent).error()
    assert "`Team` and 1 more column: among the answers stands what seems a heading: leave one header row in the export" in problem
    assert "mistyped" not in problem


def test_a_matrix_whose_rows_use_different_options_is_one_battery(command, export):
    path = export("matrix.csv", {f"How often: {row}": answers * 4 for row, answers in (
        ("rest", ["Never", "Rarely", "Sometimes"]), ("talk", ["Often", "Always", "Often"]), ("walk", ["Never", "Never", "Always"]))})  # fmt: skip
    rows = command("score", path.name, "-f", "json", cwd=path.parent).rows
    assert [row["battery"] for row in rows] == ["How often"] * 4
    assert rows[0]["scale_high"] == 5
