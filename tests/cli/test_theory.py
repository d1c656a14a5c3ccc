"""`rpgstat theory` and `timeline` as their users meet them: declared paths beside what the results say, drawn, and held to it."""

from __future__ import annotations

import io
import re
import shutil
import zipfile

import docx
import pytest
from lxml import etree

import rpgstat

STUDY = """
[groups]
role = "Role"
hidden = "Hidden"
[scales.agreement]
levels = ["Disagree", "Agree", "Strongly agree"]
[[waves]]
name = "one"
file = "one.csv"
invited = 90
[[waves]]
name = "two"
file = "two.csv"
[[waves]]
name = "later"
[[batteries]]
name = "Battery"
scale = "agreement"
items = [{ id = "rises", text = "I rise" }, { id = "stays", text = "I stay" }]
[workforce]
file = "rates.csv"
[[themes]]
name = "Hope"
[[coded]]
name = "Talks"
kind = "interviews"
file = "talks.csv"
[theory]
title = "How it worked"
[[theory.contexts]]
id = "time"
text = "There is time"
[[theory.mechanisms]]
id = "talk"
resource = "An hour"
reasoning = "People talk"
[[theory.configurations]]
name = "Talking"
contexts = ["time"]
mechanisms = ["talk"]
outcomes = ["end"]
said = [SAID]
[[theory.outcomes]]
id = "end"
text = "TEXT"
level = "Staff"
evidence = [EVIDENCE]
[[timeline]]
lane = "Survey"
from = "2016-11"
to = "2017-02"
what = "First survey"
wave = "one"
[[timeline]]
lane = "Survey"
from = "2021"
what = "Talks only"
wave = "later"
[[timeline]]
lane = "Programme"
from = "2016-03"
what = "Begins"
"""


@pytest.fixture
def study(tmp_path, export):
    """Writes the study: `study(evidence, said, text)`; of 40 in each wave one item rises, and heads are too few to be shown."""
    roles = ["worker"] * 20 + ["lead"] * 12 + ["deputy"] * 4 + ["head"] * 4
    hidden = ["head"] * 3 + ["other"] * 37
    middle = ["Disagree", "Agree"] * 20
    export("one.csv", {"Role": roles, "Hidden": hidden, "I rise": middle, "I stay": middle})
    export("two.csv", {"Role": roles, "Hidden": hidden, "I rise": ["Strongly agree"] * 30 + ["Agree"] * 10, "I stay": middle})
    (tmp_path / "rates.csv").write_text("Measure,2015,2018\nVacancies,6%,4%\n", encoding="utf-8")
    export("talks.csv", {"Document": ["a", "b", "c"], "Code": ["Hope", "Hope", ""]})

    def written(evidence, said="", text="It ends well"):
        (tmp_path / "study.toml").write_text(STUDY.replace("EVIDENCE", evidence).replace("SAID", said).replace("TEXT", text), encoding="utf-8")
        return tmp_path

    return written


@pytest.mark.parametrize(
    ("evidence", "status"),
    [
        ('{ row = "compare.rises", says = "higher" }', "supported"),
        ('{ row = "compare.rises", says = "lower" }', "contradicted"),
        ('{ row = "compare.stays", says = "higher" }', "undecided"),
        ('{ row = "workforce.Vacancies [period=2018]", says = "fell" }', "described"),
        ('{ row = "breakdown.rises [by=role, group=head, wave=two]", says = "higher" }', "withheld"),
        ('{ row = "breakdown.rises [by=hidden, group=head, wave=two]", says = "higher" }', "withheld"),
        ('{ source = "Minutes" }', "stated"),
        ('{ row = "themes.hope" }', "stated"),
        ("", "assumed"),
        ('{ row = "compare.stays", says = "higher" }, { source = "Minutes" }', "stated"),
        ('{ row = "compare.rises", says = "higher" }, { row = "workforce.Vacancies [period=2018]", says = "rose" }', "contradicted"),
    ],
)
def test_every_status_comes_of_its_row(command, study, evidence, status):
    ran = command("theory", "-f", "json", cwd=study(evidence))
    assert ran.code == 0, ran.err
    assert [row["status"] for row in ran.rows] == [status]
    assert ("claimed" in ran.err) is (status == "contradicted")


def test_exchanged_files_turn_both_claims_round_and_fail_a_check(run, study):
    folder = study('{ row = "compare.rises", says = "higher" }, { row = "compare.Battery", says = "higher" }')
    assert run("theory", "--fail-on", "contradicted", cwd=folder).code == 0
    shutil.move(folder / "one.csv", folder / "was.csv")
    shutil.move(folder / "two.csv", folder / "one.csv")
    shutil.move(folder / "was.csv", folder / "two.csv")
    ran = run("theory", "--fail-on", "contradicted", "-f", "json", cwd=folder)
    assert ran.code == 1
    evidence = next(result for result in ran.document["results"] if result["name"] == "evidence")
    assert [row["status"] for row in evidence["rows"]] == ["contradicted", "contradicted"]


@pytest.mark.parametrize(
    ("evidence", "said", "problem"),
    [
        ('{ row = "compare.risse", says = "higher" }', "", "did you mean `rises`"),
        ('{ row = "compare.rises" }', "", "has no `says`"),
        ('{ row = "score.rises [wave=two]", says = "higher" }', "", "conclude nothing"),
        ('{ row = "workforce.Vacancies", says = "fell" }', "", "2 rows match"),
        ("", '"compare.rises"', "no figure tells of a path"),
        ("", '"themes.nobody"', "has no row `nobody`"),
    ],
)
def test_a_row_that_is_not_there_or_says_nothing_is_an_error_with_its_place(command, study, evidence, said, problem):
    error = " ".join(command("theory", cwd=study(evidence, said)).error())
    assert problem in error
    assert re.search(r"theory\.(outcomes|configurations)\[1\]\.(evidence|said)\[1\]", error)


def test_figures_in_texts_are_those_of_now(command, study):
    ran = command("theory", "-f", "json", cwd=study("", "", "It rose by {compare.rises.estimate}"))
    assert ran.rows[0]["outcomes"] == ["It rose by 1.25"]
    assert "{compare.rises.estimat}" in command("theory", cwd=study("", "", "It rose by {compare.rises.estimat}")).error()[0]


def test_only_what_people_said_makes_arrows_solid(command, study):
    evidence = '{ row = "compare.rises", says = "higher" }'
    drawn = {}
    for said in ("", '"themes.hope"'):
        command("theory", "-o", "t.svg", "--force", cwd=(folder := study(evidence, said)))
        drawn[said] = (folder / "t.svg").read_text(encoding="utf-8")
    assert "assumed path" in drawn[""]
    assert "people told of this path" not in drawn[""]
    assert "assumed path" not in drawn['"themes.hope"']


def test_word_holds_the_diagram_as_shapes_and_the_same_bytes_twice(command, study):
    folder = study('{ row = "compare.rises", says = "higher" }', '"themes.hope"')
    contents = []
    for _ in range(2):
        command("theory", "-o", "t.docx", "-o", "t.png", "--force", cwd=folder)
        contents.append([(folder / name).read_bytes() for name in ("t.docx", "t.png")])
    assert contents[0] == contents[1]
    tree = etree.fromstring(zipfile.ZipFile(io.BytesIO(contents[0][0])).read("word/document.xml"))
    nodes, links, heads, levels = 3, 2, 3, 1
    assert len(list(tree.iter("{*}wsp"))) == nodes + links + heads + levels
    alt = next(tree.iter("{*}docPr")).get("descr")
    assert "Where there is time, an hour; people talk; and so it ends well." in alt
    assert re.search(r"one\.csv \([0-9a-f]{16}\)", alt)


def test_the_timeline_counts_who_answered(run, study):
    folder = study("")
    rows = run("timeline", "-f", "json", cwd=folder).rows
    assert [(row["lane"], row["first"], row["invited"], row["returned"]) for row in rows] == [
        ("Survey", "2016-11", 90, 40),
        ("Survey", "2021", None, None),
        ("Programme", "2016-03", None, None),
    ]
    assert "Nov 2016 to Feb 2017" in run("timeline", cwd=folder).text
    assert run("timeline", "--plot", "-o", "t.svg", cwd=folder).code == 0
    assert "First survey (40 of 90 answered)" in (folder / "t.svg").read_text(encoding="utf-8")


def test_without_a_theory_or_a_timeline_it_says_what_to_declare(command, tmp_path):
    (tmp_path / "study.toml").write_text('[[waves]]\nname = "one"\n', encoding="utf-8")
    assert "[theory]" in command("theory", cwd=tmp_path).error()[1]
    assert "[[timeline]]" in command("timeline", cwd=tmp_path).error()[1]


def test_report_and_fill_have_them(run, study):
    folder = study('{ row = "compare.rises", says = "lower" }', '"themes.hope"')
    assert run("report", "-o", "r.docx", cwd=folder).code == 0
    words = "\n".join(paragraph.text for paragraph in docx.Document(folder / "r.docx").paragraphs)
    for heading in ("Survey and response", "How it worked", "What is borne out, and what is not"):
        assert heading in words
    assert words.count("It ends well. Contradicted. I rise: 1.50 to 2.75") == 1  # in its chapter: each finding is told once
    template = docx.Document()
    for placeholder in ("{{ figure:theory }}", "{{ table:timeline }}", "{{ figure:timeline }}", "{{ value:theory.Talking.status }}"):
        template.add_paragraph(placeholder)
    template.save(folder / "template.docx")
    filled = rpgstat.fill(folder / "template.docx", study=folder / "study.toml")
    tree = etree.fromstring(zipfile.ZipFile(io.BytesIO(filled.content)).read("word/document.xml"))
    assert len(list(tree.iter("{*}wgp"))) == 1
    assert len(list(tree.iter("{*}tbl"))) == 1
    assert "contradicted" in "".join(tree.itertext())
