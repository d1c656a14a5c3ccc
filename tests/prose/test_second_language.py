"""A second catalogue reaches every page, figure, description and report: in a study without an English word of its own, none is left."""

from __future__ import annotations

import csv
import random
import re
import string
from html import unescape
from io import BytesIO
from xml.etree import ElementTree

import docx
import fastexcel
import pptx
import pytest

import rpgstat
from rpgstat.errors import UserError
from rpgstat.glossary.sentences import catalogue, speaking
from rpgstat.output.formats import render
from rpgstat.results import Results

LETTERS = str.maketrans(string.ascii_letters, "αβψδεφγηιξκλμνοπϙρστθωςχυζΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠϘΡΣΤΘΩϚΧΥΖ")
OWN = re.compile(r"[qxzQXZ]+")
"""What the study's own words are made of."""

KNOWN = {"rpgstat", "Pingouin", "Python", "polars", "numpy", "scipy", "matplotlib", "python", "docx", "SHA", "sha", "csv", "toml", "QZX"}
"""Names of programs and files."""

STUDY = """title = "Qxz zqx"
[[waves]]
name = "Zqx"
file = "qx.csv"
invited = 100
[[waves]]
name = "Zxq"
file = "zx.csv"
invited = 300
[groups.qzx]
column = "Qzx"
levels = ["Qxq", "Zxz"]
[population.qzx]
Qxq = 0.5
Zxz = 0.5
[scales.xzq]
levels = ["Xqq", "Xzz", "Xqz", "Xzq"]
[[batteries]]
name = "Qqz"
scale = "xzq"
items = ["Zqz qxq", "Qzz xqx", "Xxq zqq"]
[[batteries]]
name = "Zzq"
scale = "xzq"
items = ["Xqx zzz", { text = "Qxx qqz", reverse = true }]
[workforce]
file = "xw.csv"
[[indicators]]
file = "xi.csv"
better = "lower"
events = ["2021-09: Zqqx"]
"""
CODED = """title = "Qxz zqx"
id = "Xid"
linked = true
[[waves]]
name = "Zqx"
file = "qx.csv"
[[waves]]
name = "Zxq"
file = "zx.csv"
[[waves]]
name = "Qqx"
file = "xx.csv"
[groups]
qzx = "Qzx"
[scales.xzq]
levels = ["Xqq", "Xzz", "Xqz", "Xzq"]
[[batteries]]
name = "Qqz"
scale = "xzq"
items = [{ id = "zqz", text = "Zqz qxq" }, "Qzz xqx", "Xxq zqq"]
[[themes]]
name = "Zzqx"
valence = "positive"
[[themes]]
name = "Qxxq"
valence = "negative"
waves = ["Zxq", "Qqx"]
[[themes]]
name = "Xxzq"
[[coded]]
name = "Qzqz"
wave = { column = "Xwq" }
file = ["qa.csv", "qb.csv"]
coders = ["Qqq", "Zzz"]
count = "Qqq"
unit = "Xid"
[[coded]]
name = "Zxzx"
kind = "interviews"
wave = { column = "Xwq" }
file = "qi.csv"
unit = "Xid"
[quotes]
file = "qq.csv"
[[joint]]
theme = "zzqx"
rows = ["compare.zqz[wave=Qqx]"]
fit = "confirms"
text = "Qxz."
[theory]
title = "Qqzx"
[[theory.contexts]]
id = "qx"
text = "Xqqz"
[[theory.contexts]]
id = "qz"
text = "Xxz"
[[theory.mechanisms]]
id = "xx"
resource = "Zxqz"
reasoning = "Qzqx"
[[theory.outcomes]]
id = "zz"
text = "Zqzz"
level = "Xqx"
unwelcome = true
evidence = [{ row = "compare.zqz[wave=Qqx]", says = "higher" }]
[[theory.outcomes]]
id = "zx"
text = "Zqxx"
[[theory.configurations]]
name = "Qzq"
contexts = ["qx"]
blocked_by = ["qz"]
mechanisms = ["xx"]
outcomes = ["zz", "zx"]
for = "Qxx"
said = ["themes.zzqx[wave=Qqx, source=Qzqz]", { source = "Zqqz" }]
[[timeline]]
lane = "Qxq"
from = "2016"
to = "2017-02"
what = "Zzqq"
wave = "Zqx"
[[timeline]]
from = "2016-05"
lane = "Qxx"
what = "Xzzz"
"""
WAVES = {"Zqx": "qx", "Zxq": "zx", "Qqx": "xx"}
THEMES = ["Zzqx", "Qxxq", "Xxzq"]
ITEMS = ["Zqz qxq", "Qzz xqx", "Xxq zqq", "Xqx zzz", "Qxx qqz"]
LEVELS = ["Xqq", "Xzz", "Xqz", "Xzq"]


def translated(words):
    """A sentence in other letters, its places as they are."""
    return "".join(part if part.startswith("{") else part.translate(LETTERS) for part in re.split(r"(\{[^}]*\})", words))


@pytest.fixture(scope="module")
def other():
    """A second catalogue: every letter of it another one."""
    return {
        name: {form: translated(said) for form, said in words.items()} if isinstance(words, dict) else translated(words) for name, words in catalogue().items()
    }


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A study whose own words no other language has."""
    folder = tmp_path_factory.mktemp("words")
    rng = random.Random(7)
    for name, lift in (("qx", 0.0), ("zx", 0.7)):
        rows = [["Qzx", *ITEMS]]
        for person in range(90):
            answers = [LEVELS[min(3, max(0, round(rng.gauss(1.2 + lift, 0.9))))] if rng.random() > 0.05 else "" for _ in ITEMS]
            rows.append([("Qxq", "Zxz")[person % 2], *answers])
        write(folder / f"{name}.csv", rows)
    write(folder / "xw.csv", [["Measure", "2015", "2016", "2017"], ["Qzxq", "15", "14.7", "12.1"], ["Zqxz", "17", "16", "14.5"]])
    months = [f"{2020 + i // 12}-{i % 12 + 1:02}" for i in range(36)]
    values = [[month, str(90 - 2 * i + rng.randint(-3, 3)), str(40 + rng.randint(-6, 6))] for i, month in enumerate(months)]
    write(folder / "xi.csv", [["Month", "Xqzz", "Zqzx"], *values])
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    return folder / "study.toml"


@pytest.fixture(scope="module")
def coded(tmp_path_factory):
    """A study of three waves with ids, two coders and interviews, whose own words no other language has."""
    folder = tmp_path_factory.mktemp("coded")
    rng = random.Random(3)
    people = [f"x{number}qz" for number in range(90)]
    for place, file in enumerate(WAVES.values()):
        answers = [
            [
                person,
                ("Qxq", "Zxz", "")[(int(person[1:-2]) % 2, 2)[int(person[1:-2]) % 9 == 0]],
                *(LEVELS[min(3, max(0, round(rng.gauss(1 + place / 2, 0.9))))] for _ in ITEMS[:3]),
            ]
            for person in people
        ]
        write(folder / f"{file}.csv", [["Xid", "Qzx", *ITEMS[:3]], *answers])
    for name, number in (("qa", 60), ("qb", 60), ("qi", 12)):
        said = [
            [f"x{i}qz", wave, "Qzzx", *("x" if (i * (k + 2) + len(name) * (i % 7 == 0)) % (5 - at) == 0 else "" for k in range(3))]
            for at, wave in enumerate(WAVES)
            for i in range(number)
        ]
        if name == "qb":
            said = [[*row[:3], *("" if i % 11 == 0 else mark for mark in row[3:])] for i, row in enumerate(said)]
        write(folder / f"{name}.csv", [["Xid", "Xwq", "Qzqx", *THEMES], *said])
    quoted = [["Zzqx", "Zqx", "x1qz", "Zxq 1", "Qzzx"], ["Qxxq", "Zxq", "x2qz", "Zxq 2", "Qzz ... qx"], ["Xxzq", "Qqx", "q", "Zxq 3", "Xqz"]]
    write(folder / "qq.csv", [["theme", "wave", "source", "speaker", "quote"], *quoted])
    (folder / "study.toml").write_text(CODED, encoding="utf-8")
    return folder / "study.toml"


def write(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def english(shown):
    """The English words that are left in what is shown to readers."""
    bare = re.sub(r"(?s)<style.*?</style>|<[^>]*>|`[^`]*`|\b[0-9a-f]{16,}\b|\S*\.(csv|toml)", " ", unescape(shown))
    return {word for word in re.findall(r"[A-Za-z]{3,}", bare) if word not in KNOWN and not OWN.fullmatch(word)}


CALLS = [
    ("score", {}),
    ("score", {"fpc": True}),
    ("compare", {}),
    ("compare", {"margin": 0.3, "bayes": True}),
    ("compare", {"method": "mann-whitney", "adjust": "bh"}),
    ("compare", {"method": "chi-square", "adjust": "none"}),
    ("compare", {"by": "qzx"}),
    ("compare", {"standardise": "qzx"}),
    ("breakdown", {"by": "qzx", "post_hoc": True}),
    ("response", {"by": "qzx"}),
    ("reliability", {}),
    ("workforce", {"headcount": 300}),
    ("workforce", {}),
    ("indicators", {}),
    ("protection", {}),
]
CODED_CALLS = [
    ("themes", {"together": True}),
    ("themes", {}),
    ("themes", {"codes": True, "adjust": "none"}),
    ("themes", {"by": "qzx"}),
    ("agreement", {}),
    ("joint", {}),
    ("theory", {}),
    ("timeline", {}),
    ("plan", {}),
    ("plan", {"change": 0.3}),
    ("compare", {"trend": True}),
    ("compare", {"trend": True, "method": "ordinal"}),
    ("compare", {"paired": True}),
    ("compare", {"paired": True, "moves": True, "reference": "Zqx", "wave": "Zxq"}),
]


@pytest.mark.parametrize(("command", "options"), CALLS, ids=lambda value: value if isinstance(value, str) else "-".join(value))
def test_no_english_word_is_left_on_a_page_or_a_figure(command, options, study, other):
    left_in(other, command, options, study, {"score", "compare", "breakdown", "response", "indicators"})


@pytest.mark.parametrize(("command", "options"), CODED_CALLS, ids=lambda value: value if isinstance(value, str) else "-".join(value))
def test_no_english_word_is_left_of_what_was_coded_planned_or_followed(command, options, coded, other):
    left_in(other, command, options, coded, {"themes", "joint", "theory", "timeline", "plan", "compare"})


def left_in(other, command, options, study, drawn):
    """Holds that no English word is left in what a command shows; those `drawn` have to have a figure."""
    with speaking(other):
        results: Results = getattr(rpgstat, command)(study=study, **options)
        shown = [results.table(), *(render(results, form, "gss", None, "", []).decode() for form in ("html", "markdown"))]
        try:
            plot = results.plot()
            shown += [plot.alt, plot.characters, *(part.text or "" for part in ElementTree.fromstring(plot.svg).iter("{http://www.w3.org/2000/svg}text"))]
        except UserError:
            assert command not in drawn
    assert english("\n".join(shown)) == set()
    assert re.search("[α-ω]{3}", shown[0])


SHOWN = [("topline", {"batteries": True}), ("findings", {}), ("check", {})]


@pytest.mark.parametrize(("command", "options"), SHOWN, ids=lambda value: value if isinstance(value, str) else "-".join(value))
def test_no_english_word_is_left_of_what_has_no_other_table(command, options, study, other):
    left_in(other, command, options, study, {"topline"})


def test_no_english_word_is_left_in_word_powerpoint_and_excel(study, other, tmp_path):
    with speaking(other):
        rpgstat.compare(study=study).save(tmp_path / "x.docx", tmp_path / "x.pptx", tmp_path / "x.xlsx")
        short = rpgstat.report(study=study, formats=["docx", "markdown"], length="short").contents
    slides = [shape.text_frame.text for slide in pptx.Presentation(tmp_path / "x.pptx").slides for shape in slide.shapes if shape.has_text_frame]
    sheet = fastexcel.read_excel(tmp_path / "x.xlsx").load_sheet(0, header_row=None).to_polars()
    page = [str(value) for row in sheet.rows() for value in row if value is not None]
    for shown in (word_text(tmp_path / "x.docx"), "\n".join(slides), "\n".join(page), word_text(BytesIO(short["docx"])), short["markdown"].decode()):
        assert english(shown) == set()
        assert re.search("[α-ω]{3}", shown)


def word_text(document):
    """All that a reader of a Word file reads: body, notes, headers and footers."""
    read = docx.Document(document)
    parts = [read.element.body, *(part._element for section in read.sections for part in (section.header, section.footer))]
    return "\n".join(node.text or "" for part in parts for node in part.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"))


@pytest.mark.parametrize("studied", ["study", "coded"])
def test_no_english_word_is_left_in_a_report(studied, other, request):
    with speaking(other):
        report = rpgstat.report(study=request.getfixturevalue(studied), formats=["html"])
    page = re.sub(r'(?s)<img[^>]*alt="([^"]*)"[^>]*>', r"\1", report.contents["html"].decode())
    page = re.sub(r'(?s)<li dir="auto"><b>[a-z]+(?: \S+ qzx)?\.</b>.*?</li>', "", page)  # the options are named as they are typed
    for words in (words for result in report.results for words in result.warnings):  # which the program tells whoever runs it
        page = page.replace(words.partition("; try ")[0], "")
    assert english(page) == set()
