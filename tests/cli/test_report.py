"""`rpgstat report`: the whole study in one document, its sentences from its figures, and a chapter only for what there is."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import docx
import pytest

import rpgstat
from rpgstat.text import fixed

LEVELS = ["Disagree strongly", "Disagree", "Agree", "Agree strongly"]
HOSTILE = [
    "=1+1 <script>alert(1)</script>",
    "{{ table:compare }} | {% x %} & ]]>",
    "مرحبا بالعالم 🙂 statement",
    "Long " + "words and more " * 40,
    "red \x1b[31m alert \x07\u202e txt",
]


class Page(HTMLParser):
    """An HTML report as Word's is read: headings with their level, other text, and tables as rows of cells."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.headings: list[tuple[int, str]] = []
        self.lines: list[str] = []
        self.tables: list[list[list[str]]] = []
        self.tags: list[str] = []
        self._words = ""
        self.content = content.decode("utf-8")
        self.feed(self.content)

    def handle_starttag(self, tag: str, attrs: Any) -> None:  # noqa: ARG002 # of the base class
        self.tags.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("h1", "h2", "h3", "p", "li", "td", "th", "style", "title"):
            self._words = ""

    def handle_data(self, data: str) -> None:
        self._words += data

    def handle_endtag(self, tag: str) -> None:
        words = self._words.replace("\N{NO-BREAK SPACE}", " ")
        if tag in ("td", "th"):
            self.tables[-1][-1].append(words)
        elif tag in ("h1", "h2", "h3"):
            self.headings.append((int(tag[1]) - 1, words))
        elif tag in ("p", "li"):
            self.lines.append(words)


class Paper:
    """A Word report, read back."""

    def __init__(self, content: bytes) -> None:
        self.document = docx.Document(io.BytesIO(content))
        own = [(paragraph.style.name, paragraph.text.replace("\N{NO-BREAK SPACE}", " ")) for paragraph in self.document.paragraphs]
        self.headings = [(0 if name == "Title" else int(name[-1]), words) for name, words in own if name == "Title" or name.startswith("Heading")]
        self.lines = [words for name, words in own if words and not name.startswith(("Title", "Heading"))]
        self.tables = [[[cell.text.replace("\N{NO-BREAK SPACE}", " ") for cell in row.cells] for row in table.rows] for table in self.document.tables]


READ = {"docx": Paper, "html": Page}


@pytest.fixture(scope="session")
def written(run: Any, rpg: Path, tmp_path_factory: Any) -> dict[str, Any]:
    """The report of the example study in both formats, read back."""
    folder = tmp_path_factory.mktemp("report")
    ran = run("report", "-s", rpg / "study.toml", "-o", folder / "report.docx", "-o", folder / "report.html", cwd=folder)
    assert (ran.code, ran.out) == (0, b""), ran.err
    assert "doing: " not in ran.err  # which is for those who wait at a terminal
    return {form: read((folder / f"report.{form}").read_bytes()) for form, read in READ.items()}


def reported(folder: Path, **options: Any) -> Any:
    """The report of a study in `folder`, from Python, as HTML."""
    return Page(rpgstat.report(study=folder / "study.toml", formats=["html"], **options).contents["html"])


def chapters(read: Any) -> list[str]:
    return [words for level, words in read.headings if level == 1]


@pytest.mark.parametrize("form", READ)
def test_the_example_has_every_chapter_in_order(written: Any, form: str) -> None:
    assert written[form].headings[0] == (0, "Reflective practice groups")
    batteries = ["Professional skills and support", "Self-efficacy", "Relationships"]
    assert chapters(written[form]) == [
        "Summary",
        "Survey and response",
        *batteries,
        "Results by role",
        "What people said",
        "Said and ticked",
        "Workforce",
        "Indicators",
        "How it worked",
        "Appendix: method",
    ]


@pytest.mark.parametrize("form", READ)
def test_headings_never_skip_a_level(written: Any, form: str) -> None:
    levels = [level for level, _ in written[form].headings]
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("form", READ)
def test_tables_hold_the_numbers_of_the_json(written: Any, shown: Any, form: str) -> None:
    found = [cells for rows in written[form].tables for cells in rows if len(cells) == 11]  # the tables of change
    for row in shown.rows:
        cells = [fixed(row["mean_reference"]), fixed(row["sd_reference"]), str(row["n"]), fixed(row["mean"]), fixed(row["sd"])]
        start, name = str(row["n_reference"]), row["text"] if row["item"] else "Battery score"
        own = next(own for own in found if own[0].startswith(name) and own[1:7] == [start, *cells])
        assert own[7].endswith(f"{'+' if row['estimate'] > 0 else ''}{fixed(row['estimate'])}")
        assert own[8] == f"[{fixed(row['conf_low'])}, {fixed(row['conf_high'])}]"


@pytest.mark.parametrize("form", READ)
def test_scores_by_group_are_those_of_the_json(written: Any, run: Any, rpg: Path, form: str) -> None:
    found = run("breakdown", "--by", "role", "-f", "json", cwd=rpg).rows
    held = {(row["text"], str(row["n"]), fixed(row["mean"])) for row in found if row["item"] and row["mean"] is not None}
    by_role = [cells for rows in written[form].tables if any("Lead practitioner" in cell for cell in rows[0]) for cells in rows if len(cells) == 11]
    marked = re.compile(r"[★▲▼†] ?|(?<=\d)[a-z]$")
    shown = {(cells[0], cells[i], marked.sub("", cells[i + 1])) for cells in by_role for i in range(1, 11, 2) if cells[i].isdigit()}
    assert held == {cells for cells in shown if cells[0] != "Battery score"}


@pytest.mark.parametrize("form", READ)
def test_sentences_hold_the_numbers_of_the_json(written: Any, shown: Any, form: str) -> None:
    said = "\n".join(written[form].lines)
    for row in shown.rows:
        if row["conclusion"] == "higher":
            limits = f"[{row['conf_low']:.2f}, {row['conf_high']:.2f}]"
            before, after = f"{row['mean_reference']:.2f} (n = {row['n_reference']})", f"{row['mean']:.2f} (n = {row['n']})"
            subject = f"“{row['text']}”" if row["item"] else "The battery score"
            assert f"{subject} rose from {before} to {after}, a change of {row['estimate']:.2f} {limits} (Table " in said
    score = next(row for row in shown.rows if row["item"] is None and row["battery"] == "Self-efficacy")
    limits = f"{score['conf_low']:.2f} to {score['conf_high']:.2f}".replace("-", "−")
    assert f"inconclusive, as anything from {limits} fits these data (Table " in said
    assert "would be found" not in said
    assert "22% and 32% of those invited answered; who did not may think otherwise." in said


@pytest.mark.parametrize("form", READ)
def test_a_table_of_steps_tells_nothing_of_slopes(written: Any, form: str) -> None:
    heads = [rows[0] for rows in written[form].tables if "Event" in rows[0]]
    assert [("Step" in row, any("slope" in cell for cell in row)) for row in heads] == [(True, False), (False, True)]
    assert not any("adj" in cell for row in heads for cell in row)


@pytest.mark.parametrize("form", READ)
def test_response_workforce_and_indicators_are_told(written: Any, form: str) -> None:
    said = "\n".join(written[form].lines)
    assert "+1 year. Of 214 people invited, 47 returned the questionnaire, a response rate of 22.0% (Table 2)." in said
    assert "The response rate differs by +10.1 percentage points from that of +1 year (Table 2)." in said
    assert "Agency staffing stood at 14.0% in 2015 and 0.0% in 2018; between 0.0% and 14.0% throughout" in said
    assert "Referrals fell from 238 in Dec 2015 to 209 in Dec 2018" in said
    assert "A step or a bend at an event does not show that the event caused it" in said


@pytest.mark.parametrize("form", READ)
def test_the_method_is_told_once(written: Any, form: str) -> None:
    said = "\n".join(written[form].lines)
    assert said.count("Welch's t test, two-sided, comparing +3 years with +1 year") == 1
    assert said.count("XmR chart, with the mean and limits") == 1


@pytest.mark.parametrize("form", READ)
def test_the_appendix_names_files_digests_options_and_versions(written: Any, rpg: Path, form: str) -> None:
    said = "\n".join(written[form].lines)
    for name in ("wave-1.csv", "wave-3.xlsx", "workforce.csv", "indicators.csv"):
        assert hashlib.sha256((rpg / name).read_bytes()).hexdigest() in said
    assert f"rpgstat {rpgstat.__version__}; Python 3." in said
    assert "compare. reference +1 year, waves +3 years, method welch, adjust holm, alpha 0.05" in said
    assert "using study.toml" not in said


def test_no_group_that_is_withheld_is_named_in_a_sentence(written: Any) -> None:
    for read in written.values():
        assert not [line for line in read.lines if "Team manager" in line or "Senior social worker" in line]


def test_figures_are_described_and_numbered(written: Any) -> None:
    drawn = written["docx"].document.inline_shapes
    assert len(drawn) == 19
    assert all(len(shape._inline.docPr.get("descr")) > 20 for shape in drawn)  # python-docx has no public way to it
    captions = [line.split("\n")[0] for line in written["docx"].lines if line.startswith("Figure ") and "\n" in line]
    assert captions == [f"Figure {number}" for number in range(1, 21)]  # one of them of shapes
    assert "script" not in written["html"].tags


def test_the_contents_lead_to_the_chapters(written: Any) -> None:
    xml = written["docx"].document.element.xml
    for place, name in enumerate(chapters(written["docx"])[1:], start=1):
        anchor = f"_Toc{place:08d}"
        assert re.search(rf'<w:hyperlink w:anchor="{anchor}"[^>]*>.*?{name}', xml, re.DOTALL)
        assert f'w:name="{anchor}"' in xml
        assert f"PAGEREF {anchor} " in xml


def test_tables_and_figures_are_listed(written: Any) -> None:
    lines = written["docx"].lines
    for label in ("Table", "Figure"):
        listed = [line.split(".")[0] for line in lines if re.match(rf"{label} \d+\. .*\t–", line)]
        assert listed == [f"{label} {number}" for number in range(1, len(listed) + 1)]
        assert len(listed) == len([line for line in lines if re.match(rf"{label} \d+\n", line)])
    for number in range(1, 19):
        assert f'<a href="#figure-{number}">' in written["html"].content
        assert f'id="figure-{number}"' in written["html"].content


@pytest.fixture(scope="session")
def in_house(rpg: Path, tmp_path_factory: Any) -> dict[str, Any]:
    """The report of the example study with an author, in a house style and in the manner of government statistics, read back."""
    folder = tmp_path_factory.mktemp("house") / "study"
    shutil.copytree(rpg, folder)
    path = folder / "study.toml"
    path.write_text('author = "A. Evaluator"\ndate = "2019-05"\nabout = "An evaluation of groups."\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    house = docx.Document()
    house.styles["Normal"].font.name = "Georgia"
    house.styles["List Bullet"].element.getparent().remove(house.styles["List Bullet"].element)
    house.save(str(folder / "house.docx"))
    made = rpgstat.report(study=path, formats=list(READ), style="gss", template=folder / "house.docx")
    return {form: read(made.contents[form]) for form, read in READ.items()}


def test_the_title_page_says_who_wrote_it_when_and_about_what(in_house: Any) -> None:
    lines = in_house["html"].lines
    assert [line for line in lines if "Evaluator" in line] == ["A. Evaluator, May 2019"]
    assert "An evaluation of groups." in lines[:6]


def test_the_manner_of_government_statistics(in_house: Any) -> None:
    said = "\n".join(in_house["html"].lines)
    assert "rose from 2.54 (n = 46) to 3.04 (n = 74), a change of 0.50 (0.20 to 0.80) (Table " in said
    assert "a response rate of 22.0% (Table " in said
    assert "22% and 32% of those invited answered" in said
    assert " %" not in said


def test_a_template_gives_its_looks(in_house: Any) -> None:
    made = in_house["docx"]
    assert made.document.styles["Normal"].font.name == "Georgia"
    assert [line for line in made.lines if line.startswith("• +1 year. Of 214 people invited")]


@pytest.fixture
def study(tmp_path: Path, export: Any) -> Any:
    """Writes a study: `study(["I cope", ...], waves=2, more="[groups]...")`; each wave has 40 people."""

    def made(items: list[str], *, waves: int = 2, more: str = "", columns: dict[str, list[str]] | None = None, shift: int = 0) -> Path:
        for wave in range(waves):
            answers = {item: [LEVELS[(i * (j + 2) + (i // 5) + wave * shift) % 4] for i in range(40)] for j, item in enumerate(items)}
            export(f"wave{wave}.csv", answers | (columns or {}))
        told = "".join(f'[[waves]]\nname = "Wave {wave}"\nfile = "wave{wave}.csv"\n' for wave in range(waves))
        listed = ", ".join(json.dumps(item, ensure_ascii=False) for item in items)
        battery = f'[[batteries]]\nname = "Work"\nscale = "agreement"\nitems = [{listed}]\n'
        scale = f"[scales.agreement]\nlevels = {json.dumps(LEVELS)}\n"
        (tmp_path / "study.toml").write_text(f"{scale}{told}{battery}{more}", encoding="utf-8")
        return tmp_path

    return made


def test_the_same_study_gives_the_same_bytes(run: Any, study: Any) -> None:
    folder = study(["I cope", "I rest"], columns={"Role": ["Nurse", "Porter"] * 20}, more='[groups]\nrole = "Role"\n')
    for seed in "12":
        files = [part for form in READ for part in ("-o", folder / f"{seed}.{form}")]
        assert run("report", "-s", folder / "study.toml", *files, env={"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": "1700000000"}).code == 0
    for form in READ:
        assert (folder / f"1.{form}").read_bytes() == (folder / f"2.{form}").read_bytes()
    assert docx.Document(str(folder / "1.docx")).core_properties.created.year == 2023


def test_one_wave_has_no_change_and_no_groups(study: Any) -> None:
    read = reported(study(["I cope", "I rest"], waves=1))
    assert chapters(read) == ["Summary", "Survey and response", "Work", "Appendix: method"]
    assert not [words for _, words in read.headings if "Change" in words]
    said = "\n".join(read.lines)
    assert "Wave 0. 40 people returned the questionnaire (Table 1)." in said
    assert "The battery score is " in said
    assert "rose" not in said


def test_a_battery_of_one_statement(study: Any) -> None:
    said = "\n".join(reported(study(["I cope"])).lines)
    assert "battery score" not in said.partition("Appendix")[0].replace("battery scores", "").partition("How to read")[0]
    assert "“I cope” stood at " in said


def test_only_a_workforce_table(tmp_path: Path, rpg: Path) -> None:
    (tmp_path / "workforce.csv").write_bytes((rpg / "workforce.csv").read_bytes())
    (tmp_path / "study.toml").write_text('title = "Staffing"\n[workforce]\nfile = "workforce.csv"\n', encoding="utf-8")
    read = reported(tmp_path)
    assert read.headings[0] == (0, "Staffing")
    assert chapters(read) == ["Summary", "Workforce", "Appendix: method"]
    assert "This report covers workforce rates of 2015 to 2018. The appendix says how its figures were made." in read.lines


def test_plain_exports_without_a_study(command: Any, export: Any, tmp_path: Path) -> None:
    first = export("one.csv", {"I cope": LEVELS * 5, "I rest": LEVELS * 5})
    second = export("two.csv", {"I cope": LEVELS[1:] * 6, "I rest": LEVELS[::-1] * 4 + ["Agree"] * 2})
    ran = command("report", first, second, "-o", tmp_path / "r.html", cwd=tmp_path)
    assert ran.code == 0, ran.err
    read = Page((tmp_path / "r.html").read_bytes())
    assert read.headings[0] == (0, "Report")
    headings = [words for level, words in read.headings if level == 2]
    assert "Change from Wave 1 to Wave 2" in headings  # no file names
    assert "Remarks on the data" in headings  # what was inferred


def test_a_grouping_that_nobody_may_see_says_so_and_no_more(study: Any) -> None:
    roles = {"Role": ["Nurse"] * 3 + ["Doctor"] * 3 + ["Porter"] * 3 + [""] * 31}
    read = reported(study(["I cope", "I rest"], columns=roles, more='[groups]\nrole = "Role"\n'))
    assert "Results by role" in chapters(read)
    said = "\n".join(read.lines)
    assert "Every group of `role` is withheld" in said
    assert not re.search("Nurse|Doctor|Porter", said)


def test_such_a_grouping_stops_no_report_on_a_study_that_is_found(study: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = study(["I cope", "I rest"], columns={"Role": ["Nurse"] * 40}, more='[groups]\nrole = "Role"\n')
    monkeypatch.chdir(folder)
    assert "Group `role` has 1 value: `Nurse`." in Page(rpgstat.report(formats=["html"]).contents["html"]).lines


def test_weights_are_told(study: Any) -> None:
    folder = study(["I cope", "I rest"], columns={"Weight": ["1", "2"] * 20})
    assert "Figures of the survey are weighted" in "\n".join(reported(folder, weight="Weight").lines)
    assert "Figures of the survey are weighted" not in "\n".join(reported(folder).lines)


@pytest.mark.parametrize("form", READ)
def test_hostile_text_arrives_as_it_is(study: Any, form: str) -> None:
    groups = {"Role": ["<b>A</b>"] * 20 + ["{{ x }} | 🙂"] * 20}
    folder = study(HOSTILE, columns=groups, more='[groups]\nrole = "Role"\n')
    (folder / "study.toml").write_text('title = "<script>alert(1)</script>"\n' + (folder / "study.toml").read_text("utf-8"), encoding="utf-8")
    content = rpgstat.report(study=folder / "study.toml", formats=[form]).contents[form]
    read = READ[form](content)
    assert read.headings[0] == (0, "<script>alert(1)</script>")
    first = [row[0] for found in read.tables for row in found]
    for statement in HOSTILE:
        shown = " ".join("".join(c for c in statement if c.isprintable() and c != "\u202e").split())
        assert shown in first
    if form == "html":
        assert "script" not in read.tags
        assert "b" in read.tags
        assert b"<b>A</b>" not in content


def test_many_statements_take_seconds(study: Any) -> None:
    read = reported(study([f"Statement number {i} of a long questionnaire" for i in range(60)], shift=1))
    assert sum(len(rows) for rows in read.tables) > 180


def test_a_report_has_to_be_a_file(command: Any, rpg: Path) -> None:
    problem, hint = command("report", "-s", rpg / "study.toml").error()
    assert problem == "a report is a file, and none is named"
    assert "rpgstat report -o report.docx" in hint


@pytest.mark.parametrize("name", ["report.pdf", "report.xlsx", "report"])
def test_a_report_is_word_html_or_markdown(command: Any, rpg: Path, tmp_path: Path, name: str) -> None:
    problem, hint = command("report", "-s", rpg / "study.toml", "-o", tmp_path / name).error()
    assert problem.endswith(": a report is Word, HTML, Markdown or slides")
    assert hint == "give it a name that ends in .docx, .html, .md or .pptx"
    assert not list(tmp_path.iterdir())


def test_a_file_that_exists_is_kept(command: Any, rpg: Path, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text("mine")
    problem, hint = command("report", "-s", rpg / "study.toml", "-o", tmp_path / "report.html", "-o", tmp_path / "report.docx").error()
    assert "exists already" in problem
    assert "--force" in hint
    assert (tmp_path / "report.html").read_text() == "mine"
    assert not (tmp_path / "report.docx").exists()


def test_no_data_is_an_error(command: Any, tmp_path: Path) -> None:
    problem, _ = command("report", "-o", "report.docx", cwd=tmp_path).error()
    assert problem == "no export given, and no study.toml here"
    (tmp_path / "study.toml").write_text('title = "Nothing yet"\n')
    problem, hint = command("report", "-o", "report.docx", cwd=tmp_path).error()
    assert problem == "study.toml has nothing to report"
    assert "[workforce]" in hint
    assert not (tmp_path / "report.docx").exists()


def test_a_missing_file_stops_it_all(command: Any, study: Any, tmp_path: Path) -> None:
    folder = study(["I cope"], more='[workforce]\nfile = "absent.csv"\n')
    problem, _ = command("report", "-s", folder / "study.toml", "-o", tmp_path / "r.docx").error()
    assert "absent.csv" in problem
    assert not (tmp_path / "r.docx").exists()


def test_standard_input_is_read_once(run: Any, rpg: Path, tmp_path: Path) -> None:
    ran = run("report", "-", "-o", "r.html", cwd=tmp_path, stdin=(rpg / "wave-1.csv").read_bytes())
    assert ran.code == 0, ran.err
    assert "Wave 1. 47 people returned the questionnaire (Table 1)." in Page((tmp_path / "r.html").read_bytes()).lines


def test_what_people_said_is_told_with_the_declared_quotations_and_nothing_else(written: Any, rpg: Path) -> None:
    said = "\n".join(written["html"].lines)
    assert "Changes to practice: 10% (3 of 31) in +1 year, then 37% (19 of 52) in +3 years" in said
    assert "I came out feeling judged." in said
    assert "Themes are not shown by role" in said
    assert any(row[0].startswith("All codes") for table in written["html"].tables for row in table if row)
    with (rpg / "interviews.csv").open(encoding="utf-8", newline="") as file:
        passages = {row["Segment"] for row in csv.DictReader(file)}
    with (rpg / "quotes.csv").open(encoding="utf-8", newline="") as file:
        declared = {row["quote"] for row in csv.DictReader(file)}
    assert not [words for words in passages - declared if words in said]


def test_without_a_study_waves_and_batteries_have_short_names(export: Any, tmp_path: Path) -> None:
    question = "Please rate your level of confidence in performing the following tasks on a scale from not at all confident to extremely confident."
    levels = ["Not at all confident", "Slightly confident", "Somewhat confident", "Very confident", "Extremely confident"]
    for name, turn in (("staff_pre.csv", 0), ("staff_post.csv", 2)):
        export(name, {f"{question} [{task}]": [levels[(i + j + turn) % 5] for i in range(30)] for j, task in enumerate(["Plan", "Write", "Read"])})
    made = rpgstat.report(tmp_path / "staff_pre.csv", tmp_path / "staff_post.csv", formats=["html"], reference="staff_pre")
    read = Page(made.contents["html"])
    assert chapters(read)[2:-1] == ["Confidence"]
    assert "Change from Before to After" in [words for _, words in read.headings]
    assert not [line for line in read.lines if "staff_p" in line and "SHA-256" not in line and "rpgstat check" not in line]


def test_every_reference_leads_to_its_table(written: Any) -> None:
    xml = written["docx"].document.element.xml
    names = set(re.findall(r'w:name="(Table_[^"]+|Figure_[^"]+)"', xml))
    asked = re.findall(r" REF (\S+) ", xml)
    assert len(asked) > 60
    assert set(asked) <= names
    links = re.findall(r'<a href="#((?:table|figure)-\d+)">', written["html"].content)
    assert all(f'id="{link}"' in written["html"].content for link in links)


def test_a_short_report_has_the_same_first_page_and_less_behind_it(written: Any, rpg: Path) -> None:
    short = reported(rpg, length="short")
    full = written["html"]
    assert short.headings[:2] == full.headings[:2]
    assert any(line.startswith("From +1 year to +3 years, 5 of 21 statements rose") for line in short.lines)
    assert len(short.tables) < 10 < len(full.tables)
    assert "The full report has every table and figure, and how each of them was made." in short.lines


def test_sections_stand_in_the_order_that_is_declared_and_a_logo_above(tmp_path: Path, rpg: Path) -> None:
    from base64 import b64decode

    shutil.copytree(rpg, tmp_path / "study")
    path = tmp_path / "study" / "study.toml"
    dot = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
    (path.parent / "logo.png").write_bytes(dot)
    told = '[report]\nfieldwork = "Online, in winter"\nlogo = { file = "logo.png", alt = "Example Council" }\nsections = ["groups", "batteries"]\n'
    path.write_text(path.read_text(encoding="utf-8").replace("[groups.role]", f"{told}[groups.role]", 1), encoding="utf-8")
    made = rpgstat.report(study=path, formats=["html", "docx"])
    read = Page(made.contents["html"])
    assert chapters(read) == ["Summary", "Results by role", "Professional skills and support", "Self-efficacy", "Relationships"]
    assert "Online, in winter" in read.lines[:3]
    assert 'alt="Example Council"' in read.content
    assert 'descr="Example Council"' in Paper(made.contents["docx"]).document.element.xml


@pytest.mark.parametrize(
    ("told", "where", "hint"),
    [
        ('sections = ["grops"]', "report.sections[1]", "in quotes"),
        ('sections = ["groups", "groups"]', "report.sections[2]", "leave it out here, or there"),
        ('logo = { file = "study.toml", alt = "A" }', "report.logo.file", "PNG or JPEG"),
        ('logo = { file = "logo.png" }', "report.logo.alt is missing", "cannot see it"),
        ('logo = { file = "none.png", alt = "A" }', "none.png", "relative to its folder"),
    ],
)
def test_what_the_report_cannot_be_is_refused_before_anything_is_read(command: Any, tmp_path: Path, told: str, where: str, hint: str) -> None:
    (tmp_path / "study.toml").write_text(f'title = "T"\n[report]\n{told}\n[workforce]\nfile = "absent.csv"\n', encoding="utf-8")
    problem, mend = command("report", "-s", tmp_path / "study.toml", "-o", tmp_path / "r.docx").error()
    assert where in problem
    assert hint in mend
    assert not (tmp_path / "r.docx").exists()


def test_markdown_tells_figures_in_words(rpg: Path) -> None:
    lines = rpgstat.report(study=rpg / "study.toml", formats=["markdown"], length="short").contents["markdown"].decode().split("\n")
    assert lines[0] == "# Reflective practice groups"
    assert any(line.startswith("- **Relationships.** The battery score rose from 2.43") and line.endswith("(Table 4).") for line in lines)
    assert any(line.startswith("**Figure 1. Battery scores by role** Heat map") for line in lines)
    assert not [line for line in lines if "data:image" in line]


def test_every_drawing_of_a_document_has_a_number_of_its_own(written):
    numbers = [one.get("id") for one in written["docx"].document.element.body.iter("{*}docPr")]
    assert len(numbers) > 15
    assert len(set(numbers)) == len(numbers)


def test_a_short_report_in_the_style_of_government_statistics_turns_no_page(rpg):
    made = rpgstat.report(study=rpg / "study.toml", formats=["docx"], style="gss", length="short").contents["docx"]
    document = Paper(made).document
    assert [section.page_width < section.page_height for section in document.sections] == [True] * len(document.sections)
    assert len(document.tables) < 8  # of what is parted into places, roles or measures there is one table


def test_a_report_goes_to_standard_output_too(command: Any, rpg: Path, tmp_path: Path) -> None:
    ran = command("report", "--length", "short", "-o", tmp_path / "report.md", "-f", "json", cwd=rpg)
    whole = json.loads(ran.out)
    assert (whole["schema"], whole["command"]) == (2, "report")
    assert [given["name"] for given in whole["inputs"]][:2] == ["wave-1.csv", "wave-3.xlsx"]
    assert {"findings", "compare", "breakdown", "scales", "workforce"} <= {result["name"] for result in whole["results"]}
    assert (tmp_path / "report.md").read_bytes() == command("report", "--length", "short", "-f", "md", cwd=rpg).out


def test_standard_output_takes_no_word_file(command: Any, rpg: Path) -> None:
    assert command("report", "-f", "docx", cwd=rpg).error() == ("unknown format `docx`", "known: `markdown`, `html`, `json`, `ndjson`")
