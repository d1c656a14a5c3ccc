"""`rpgstat fill`: placeholders typed into a Word file become tables and numbers, all of them or none."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

Write = Callable[..., Path]


@pytest.fixture
def template(tmp_path: Path) -> Write:
    """Writes a Word file with a paragraph for each text; a list of texts is a paragraph in as many runs."""

    def written(*paragraphs: str | list[str], name: str = "template.docx") -> Path:
        document = docx.Document()
        for words in paragraphs:
            paragraph = document.add_paragraph()
            for place, run in enumerate([words] if isinstance(words, str) else words):
                paragraph.add_run(run).bold = place == 0
        document.save(tmp_path / name)
        return tmp_path / name

    return written


@pytest.fixture
def fill(command: Any, rpg: Path, tmp_path: Path) -> Callable[..., Any]:
    """Fills a template from the example study and reads what was written; or returns the error."""

    def filled(path: Path, *options: object) -> Any:
        ran = command("fill", path, "-o", tmp_path / "report.docx", *options, cwd=rpg)
        if ran.code:
            return ran.error()
        assert ran.out == b""
        return docx.Document(tmp_path / "report.docx")

    return filled


def words(document: Any) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def test_values_are_those_of_the_json_document(fill: Any, template: Write, shown: Any) -> None:
    row = next(row for row in shown.rows if row["item"] == "strain")
    document = fill(template("From {{ value:compare.strain.mean_reference }} to {{value:compare.strain.mean}}, p {{ value:compare.strain.p_adjusted }}."))
    assert words(document) == [f"From {row['mean_reference']:.2f} to {row['mean']:.2f}, p {row['p_adjusted']:.3f}.".replace("p 0.", "p .")]


def test_a_placeholder_split_over_runs_keeps_the_looks_of_its_start(fill: Any, template: Write) -> None:
    document = fill(template(["The mean is {{ val", "ue:comp", "are.strain", ".mean }} and ", "{{ value:compare.strain.n }} answered."]))
    [paragraph] = document.paragraphs
    assert paragraph.text == "The mean is 3.04 and 74 answered."
    assert [run.text for run in paragraph.runs if run.bold] == ["The mean is 3.04"]


def test_a_table_takes_the_place_of_its_paragraph(fill: Any, template: Write) -> None:
    document = fill(template("Before", "{{ table:score [wave=+3 years] }}", "After"))
    [shown] = document.tables
    assert [child.tag.split("}")[1] for child in document.element.body] == ["p", "p", "tbl", "p", "p", "sectPr"]
    assert words(document)[0] == "Before"
    assert words(document)[1] == "Table 1\nReflective practice groups: scores, +3 years"
    assert words(document)[-1] == "After"
    assert shown.rows[2].cells[0].text == "I pause to think a case over more readily than before"


def test_another_result_of_a_command_and_a_grouping(fill: Any, template: Write) -> None:
    document = fill(
        template(
            "{{ table:breakdown.omnibus [by=role, wave=+3 years] }}", "{{ value:breakdown.Relationships.n [by=role] [group=social worker, wave=+3 years] }}"
        )
    )
    assert [cell.text for cell in document.tables[0].rows[0].cells][:3] == ["Statement", "Groups", "n"]
    assert words(document)[-1].isdigit()


def test_captions_count_with_those_of_the_template_and_references_follow(fill: Any, template: Write) -> None:
    path = template("See ", "{{ table:compare }}", "{{ table:score [wave=+1 year] }}", "Table ")
    document = docx.Document(path)

    def field(code: str, number: str) -> str:
        kinds = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
        return f"{kinds[0]}<w:r><w:instrText> {code} </w:instrText></w:r>{kinds[1]}<w:r><w:t>{number}</w:t></w:r>{kinds[2]}"

    def add(paragraph: Any, markup: str) -> None:
        for element in parse_xml(f"<w:p {nsdecls('w')}>{markup}</w:p>"):
            paragraph._p.append(element)

    add(document.paragraphs[0], field("REF mine \\h", "1"))
    number = field("SEQ Table \\* ARABIC", "1")
    add(document.paragraphs[3], f'<w:bookmarkStart w:id="7" w:name="mine"/>{number}<w:bookmarkEnd w:id="7"/>')
    document.save(path)
    filled = fill(path)
    assert [line for line in words(filled) if line.startswith(("Table", "See"))] == [
        *("See 3", "Table 1\nReflective practice groups: change between waves, +1 year to +3 years", "Table 2\nReflective practice groups: scores, +1 year"),
        "Table 3",
    ]
    assert len({mark.get(qn("w:id")) for mark in filled.element.body.iter(qn("w:bookmarkStart"))}) == 3


def test_headers_footers_and_cells_are_filled(fill: Any, template: Write, tmp_path: Path) -> None:
    document = docx.Document(template("Text"))
    document.sections[0].header.paragraphs[0].text = "n = {{ value:compare.strain.n }}"
    document.sections[0].footer.paragraphs[0].text = "{{ value:response.+3 years.returned }} returned"
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "{{ value:score.peers.agree [wave=+3 years] }}", "{{ table:response [by=role] }}"
    document.save(tmp_path / "t.docx")
    filled = fill(tmp_path / "t.docx")
    assert filled.sections[0].header.paragraphs[0].text == "n = 74"
    assert filled.sections[0].footer.paragraphs[0].text == "75 returned"
    assert filled.tables[0].cell(0, 0).text == "85%"
    assert filled.tables[0].cell(0, 1).tables[0].rows[-1].cells[0].text == "+3 years"


def test_a_wide_table_turns_its_own_page_only(fill: Any, template: Write) -> None:
    document = fill(template("Before", "{{ table:compare }}", "After"), "--style", "gss")
    assert [section.orientation for section in document.sections] == [0, 1, 0]
    assert words(document)[-1] == "After"


def test_a_withheld_value_is_marked(fill: Any, template: Write) -> None:
    document = fill(template("{{ value:breakdown.peers.mean [by=role, wave=+1 year, group=Team manager] }}"))
    assert words(document) == ["[c]"]


def test_the_style_of_government_statistics(fill: Any, template: Write) -> None:
    assert words(fill(template("{{ value:compare.strain.p_adjusted }}"), "--style", "gss")) == ["0.013"]


def test_rates_and_series_of_the_study(fill: Any, template: Write) -> None:
    document = fill(
        template(
            "{{ table:workforce }}",
            "{{ figure:workforce }}",
            "{{ table:indicators.trend }}",
            "{{ figure:indicators }}",
            "{{ value:workforce.turnover.rate [period=2018] }} and {{ value:workforce.turnover.change [period=2018] }} points",
            "{{ value:indicators.Re-referrals / Referrals.last_value }}, {{ value:indicators.chart.Referrals.value [period=2018-12] }}",
        )
    )
    rates, trend = ([cell.text for cell in table.rows[0].cells] for table in document.tables)
    assert (rates[:2], trend[0]) == (["Period", "Rate"], "Series")
    captions = [line.replace("\n", ": ") for line in words(document) if line.startswith(("Table", "Figure"))]
    assert captions[:3] == [
        "Table 1: Workforce rates against the first period",
        "Figure 1: Workforce rates against the first period",
        "Table 2: Trend of each series",
    ]
    assert captions[3].startswith("Figure 2: Control charts")
    assert len(document.inline_shapes) == len([line for line in captions if line.startswith("Figure")])
    assert words(document)[-2:] == ["14.9% and −0.1 points", "18.7%, 209"]


def test_a_result_without_a_figure(fill: Any, template: Write) -> None:
    assert "`trend` has no figure" in fill(template("{{ figure:indicators.trend }}"))[0]


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("{{ table:compar }}", "no command `compar`; did you mean `compare`?"),
        ("{{ compare }}", "not understood; it begins with table:, figure:, value: or ref:"),
        ("{{ table:compare.post_hoc }}", "`compare` has no result `post_hoc`; known: `compare`"),
        ("See {{ table:compare }}", "a table takes the place of a paragraph: nothing else may stand in it"),
        ("{{ value:compare.strain }}", "`compare` has no column `strain`"),
        ("{{ value:compare.strian.mean }}", "`compare` has no row `strian`; did you mean `strain`?"),
        ("{{ value:compare.strain.men }}", "`compare` has no column `men`; did you mean `mean`?"),
        ("{{ value:score.strain.mean }}", "2 rows match: add [wave=+1 year] or [wave=+3 years]"),
        ("{{ value:score.strain.mean [wave=+2 years] }}", "no wave `+2 years`; did you mean `+3 years`?"),
        ("{{ value:score.strain.mean [mean=3] }}", "`score` has no column `mean` to choose rows by"),
        ("{{ value:compare.strain.mean [now] }}", "what stands in brackets is not understood; write [wave=NAME]"),
        ("{{ value:compare.strain.note }}", "there is no value: the row has no note"),
        ("{{ table:breakdown }}", "say which groups, as in [by=role]"),
        ("{{ table:breakdown [by=rol] }}", "did you mean `role`?"),
        ("{{ table:compare", "half a placeholder, or one where none can be filled"),
        ("{{ value:compare.strain.n }} of }}", "half a placeholder, or one where none can be filled"),
    ],
)
def test_what_cannot_be_filled_is_listed_and_nothing_is_written(fill: Any, template: Write, tmp_path: Path, typed: str, why: str) -> None:
    problem, hint = fill(template(typed))
    assert problem.startswith("1 placeholder cannot be filled, so nothing was written:\n  `")
    assert why in problem
    assert "correct them in the template" in hint
    assert not (tmp_path / "report.docx").exists()


def test_every_problem_is_listed_once(fill: Any, template: Write) -> None:
    problem, _ = fill(template("{{ table:x }}", "{{ table:x }}", "{{ value:compare.y.mean }}", "{{ value:compare.strain.mean }}"))
    assert re.findall(r"`(\{\{.*?\}\})`:", problem) == ["{{ table:x }}", "{{ value:compare.y.mean }}"]


def test_a_table_cannot_stand_in_a_header(fill: Any, template: Write, tmp_path: Path) -> None:
    document = docx.Document(template("Text"))
    document.sections[0].header.paragraphs[0].text = "{{ table:compare }}"
    document.save(tmp_path / "t.docx")
    problem, _ = fill(tmp_path / "t.docx")
    assert "a table cannot stand in a header, only a value can" in problem


def test_the_template_is_never_overwritten_and_other_files_only_by_force(command: Any, rpg: Path, template: Write, tmp_path: Path) -> None:
    path = template("{{ value:compare.strain.n }}")
    before = path.read_bytes()
    problem, _ = command("fill", path, "-o", path, "--force", cwd=rpg).error()
    assert problem.endswith("is one of the inputs and is not overwritten")
    assert path.read_bytes() == before
    (tmp_path / "report.docx").write_text("mine")
    problem, _ = command("fill", path, "-o", tmp_path / "report.docx", cwd=rpg).error()
    assert problem.endswith("exists already")
    assert command("fill", path, "-o", tmp_path / "report.docx", "--force", cwd=rpg).code == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [("t.docx", "{{ x }}", "is not a Word document"), ("none.docx", None, "cannot read")],
)
def test_a_template_that_cannot_be_read(fill: Any, tmp_path: Path, name: str, content: str | None, why: str) -> None:
    if content is not None:
        (tmp_path / name).write_text(content)
    problem, _ = fill(tmp_path / name)
    assert why in problem


def test_no_placeholder_and_no_word_file(fill: Any, command: Any, template: Write, tmp_path: Path) -> None:
    assert fill(template("Nothing to do"))[0].endswith("has no placeholder")
    problem, _ = command("fill", template("x"), "-o", tmp_path / "report.pdf").error()
    assert problem.endswith("what is filled is a Word file")


def test_the_same_template_gives_the_same_bytes(command: Any, rpg: Path, tmp_path: Path) -> None:
    for name in ("one.docx", "two.docx"):
        assert command("fill", "report-template.docx", "-o", tmp_path / name, cwd=rpg).code == 0
    assert (tmp_path / "one.docx").read_bytes() == (tmp_path / "two.docx").read_bytes()
    assert "{{" not in "".join(words(docx.Document(tmp_path / "one.docx")))


def test_exports_can_be_named(command: Any, rpg: Path, template: Write, tmp_path: Path) -> None:
    path = template("{{ value:compare.strain.n }}")
    ran = command("fill", path, "-o", tmp_path / "report.docx", "--study", rpg / "study.toml", "--export", rpg / "wave-1.csv", "--export", rpg / "wave-3.xlsx")
    assert ran.code == 0
    assert json.dumps(words(docx.Document(tmp_path / "report.docx"))) == '["74"]'


def test_a_word_file_whose_document_is_another_element(fill: Any, template: Write, tmp_path: Path) -> None:
    sound, damaged = template("{{ table:compare }}"), tmp_path / "damaged.docx"
    with zipfile.ZipFile(sound) as before, zipfile.ZipFile(damaged, "w") as after:
        for part in before.infolist():
            after.writestr(part, before.read(part).replace(b"w:document", b"w:documenx") if part.filename == "word/document.xml" else before.read(part))
    problem, hint = fill(damaged)
    assert "not a Word document that can be used" in problem
    assert "Word opens" in hint


def test_themes_are_named_by_their_id_and_answers_come_before_interviews(fill: Any, template: Write) -> None:
    document = fill(
        template(
            "{{ value:themes.support.mentions [wave=+1 year] }}, "
            "{{ value:themes.Emotional support and reassurance.mentions [wave=+1 year, source=Interviews] }}",
            "{{ table:agreement }}",
            "{{ figure:themes }}",
        )
    )
    assert words(document)[0] == "15, 8"
    assert (len(document.tables), len(document.inline_shapes)) == (2, 2)
    problem, _ = fill(template("{{ value:themes.suport.mentions [wave=+1 year] }}"), "--force")
    assert "did you mean `support`" in problem


def test_the_results_that_placeholders_name_come_as_json(command, rpg, template, tmp_path):
    path = template("{{ value:compare.strain.p_value }} of {{ value:response.+1 year.returned }}")
    ran = command("fill", path, "-o", tmp_path / "report.docx", "-f", "json", cwd=rpg)
    whole = json.loads(ran.out)
    assert (ran.code, whole["command"], (tmp_path / "report.docx").is_file()) == (0, "fill", True)
    assert {result["name"] for result in whole["results"]} == {"compare", "response"}


def test_a_filled_file_is_not_told_as_a_table(command, rpg, template, tmp_path):
    ran = command("fill", template("Nothing"), "-o", tmp_path / "report.docx", "-f", "csv", cwd=rpg)
    assert ran.error() == ("unknown format `csv`", "known: `json`, `ndjson`")
    assert not (tmp_path / "report.docx").exists()
