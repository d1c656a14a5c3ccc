"""Word: the numbers of the JSON document in native tables that number themselves, repeat their headings and say what they are."""

from __future__ import annotations

import io
import json
import re
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from rpgstat import output
from rpgstat.errors import UserError
from rpgstat.media import fitting
from rpgstat.media.data import json_document
from rpgstat.media.document import Bullets, Captions, Contents, Document, Figure, Heading, Paragraph, Point, Table
from rpgstat.media.picture import fonts
from rpgstat.media.style import APA, GSS, Style
from rpgstat.media.word import template, writer
from rpgstat.result import Result, table
from rpgstat.views import documents
from rpgstat.views.documents import tables
from tests.conftest import HOSTILE, as_docx, hold_the_figures, printed

PIXEL = bytes.fromhex("89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a4944415478da6360000000020001e527defc0000000049454e44ae426082")


def read(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def written(result: Result, style: Style = APA) -> Any:
    return read(as_docx([result], style))


def grid(shown: Any) -> list[list[str]]:
    """The words of each cell, without the raised letter of a note."""
    return [["".join(run.text for p in cell.paragraphs for run in p.runs if not run.font.superscript) for cell in row.cells] for row in shown.rows]


def numbers(style: Style, compare: Result) -> list[list[str]]:
    return [row for shown in written(compare, style).tables for row in grid(shown)]


def test_the_figures_are_those_of_the_json_document(compare: Result) -> None:
    hold_the_figures({row[0]: row[1:] for row in numbers(APA, compare)}, compare)


def test_a_score_table_stands_for_each_wave(score: Result) -> None:
    document = written(score)
    rows = json.loads(json_document.document([score]))["results"][0]["rows"]
    for shown, wave in zip(document.tables, ("+1 year", "+3 years"), strict=True):
        lines = {row[0]: row[1:] for row in grid(shown)}
        for row in rows:
            if row["wave"] == wave and row["item"] is not None:
                own = printed(row)
                names = ("n", "not_applicable", "missing", "mean", "sd", "interval", "p_value", "agree")
                assert lines[row["text"]][:8] == [own[name] for name in names]


def test_the_two_waves_head_their_columns_and_a_battery_its_statements(compare: Result) -> None:
    [shown] = written(compare).tables
    rows = grid(shown)
    assert rows[0] == [""] + ["+1 year"] * 3 + ["+3 years"] * 3 + [""] * 4
    assert rows[1] == ["Statement", "n", "M", "SD", "n", "M", "SD", "Change", "95% CI", "p (Holm)", "Hedges g"]
    assert set(rows[2]) == {"Professional skills and support"}
    italic = [[run.text for run in cell.paragraphs[0].runs if run.italic] for cell in shown.rows[1].cells]
    assert italic == [[], ["n"], ["M"], ["SD"], ["n"], ["M"], ["SD"], [], [], ["p"], ["g"]]


def test_headings_repeat_rows_stay_whole_and_the_table_says_what_it_is(compare: Result) -> None:
    [shown] = written(compare).tables
    rows = [row._tr for row in shown.rows]
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True, True] + [False] * (len(rows) - 2)
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
    properties = shown._tbl.tblPr
    assert properties[-2].get(qn("w:val")) == "Reflective practice groups: change between waves, +1 year to +3 years"
    columns = "Statement, +1 year: n, +1 year: M, +1 year: SD, +3 years: n, +3 years: M, +3 years: SD, Change, 95% CI, p (Holm), Hedges g"
    assert properties[-1].get(qn("w:val")).endswith(f"19 rows; columns: {columns}.")


def test_a_caption_is_numbered_by_a_field_with_its_number_and_a_bookmark(score: Result) -> None:
    document = written(score)
    captions = [p for p in document.paragraphs if p.style.name == "Caption"]
    assert [p.text for p in captions] == [f"Table {i}\nReflective practice groups: scores, {wave}" for i, wave in ((1, "+1 year"), (2, "+3 years"))]
    for caption in captions:
        assert [code.text.strip() for code in caption._p.iter(qn("w:instrText"))] == [r"SEQ Table \* ARABIC"]
        assert caption.paragraph_format.keep_with_next
    names = [mark.get(qn("w:name")) for mark in document.element.body.iter(qn("w:bookmarkStart"))]
    assert names == ["Table_score", "Table_score_2"]
    identities = [mark.get(qn("w:id")) for kind in ("Start", "End") for mark in document.element.body.iter(qn(f"w:bookmark{kind}"))]
    assert identities == ["1", "2", "1", "2"]


def test_the_notes_stand_below(compare: Result) -> None:
    below = [p.text for p in written(compare).paragraphs if p.style.name == "Table Note"]
    assert below[0].startswith("Note. Welch’s t-test of each statement")
    assert "A second, shorter note. M = mean; SD = standard deviation; CI = confidence interval." in below[0]
    assert "Signs before a change: ▲ higher, ▼ lower, ≈ equivalent, none inconclusive." in below[0]
    assert below[1:] == [
        "a rank check: Mann-Whitney p = .061 after adjustment, on the other side of 0.05",
        *("b agree = disagreed with the wording", "c not asked in +1 year"),
        "d fewer than 2 answers in +1 year: no variance, so no interval and no test",
    ] or sorted(line[2:] for line in below[1:]) == sorted(filter(None, compare.frame["note"].unique().to_list()))


def test_three_rules_and_no_more(compare: Result) -> None:
    [shown] = written(compare).tables
    sides = [{border.tag.split("}")[1] for border in row._tr.iter() if border.getparent().tag == qn("w:tcBorders")} for row in shown.rows]
    assert sides == [{"top"}, {"bottom"}] + [set()] * (len(sides) - 3) + [{"bottom"}]
    assert shown._tbl.tblPr.find(qn("w:tblBorders")) is None


def test_columns_are_as_wide_as_their_numbers_and_fit_the_page(compare: Result) -> None:
    document = written(compare)
    widths = [int(column.get(qn("w:w"))) for column in document.tables[0]._tbl.tblGrid]
    assert 8000 < sum(widths) <= writer.width(document.element.body.sectPr)
    assert widths[0] > 1.2 * max(widths[1:])  # figures have room in a wide face, and statements what is left
    assert all(width >= 300 for width in widths)


def test_only_a_table_that_needs_it_turns_its_page(compare: Result, score: Result) -> None:
    assert [section.orientation for section in written(compare).sections] == [0]
    long = [replace(one, rows=one.rows * 3) for one in tables(compare, GSS)]  # with fewer rows a page on its side would be half empty
    turned = read(writer.write(Document("t", (Paragraph("Before"), *long, Paragraph("After")), (compare,), GSS)))
    assert [section.orientation for section in turned.sections] == [0, 1, 0]
    assert turned.sections[1].page_width > turned.sections[1].page_height
    assert len(written(score).sections) == 1


def test_the_style_of_government_statistics(compare: Result) -> None:
    document = written(compare, GSS)
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert captions[1] == "Table 2: Reflective practice groups: change between waves, +1 year to +3 years, Self-efficacy"
    for shown in document.tables:
        assert shown._tbl.find(f".//{qn('w:gridSpan')}") is None
        assert len(shown._tbl.findall(f".//{qn('w:tblHeader')}")) == 1
    rows = numbers(GSS, compare)
    assert rows[0][:4] == ["Statement", "+1 year: number of people", "+1 year: mean", "+1 year: standard deviation"]
    first, further = (row for row in rows if row[0].startswith("The group has helped"))  # too wide for the page, and too few rows to turn it
    assert [*first[7:], *further[1:]] == ["+0.42", "0.16\N{NO-BREAK SPACE}to\N{NO-BREAK SPACE}0.68", "<0.001", "+0.59", "higher"]
    assert any("[x]" in row for row in rows)
    assert any("[note 1]" in row[0] for row in rows)
    assert not re.search("[▲▼≈–]", "".join(cell for row in rows for cell in row))
    assert "[x] not available." in [p.text for p in document.paragraphs]


def test_groups_stand_side_by_side_and_a_withheld_one_shows_nothing(breakdown: Result) -> None:
    rows = numbers(APA, breakdown)
    assert rows[0] == ["", *(group for group in ("Social worker", "Senior social worker", "Team manager", "Senior manager") for _ in "nM")]
    assert rows[3] == ["I can stay calm in a heated conversation", "11", "2.61", "12", "2.94", "13", "★\N{NO-BREAK SPACE}▲\N{NO-BREAK SPACE}3.20", "[c]", "[c]"]
    assert numbers(GSS, breakdown)[2][6] == "[t]\N{NO-BREAK SPACE}[h]\N{NO-BREAK SPACE}3.20"


def test_a_table_wider_than_any_page_stands_in_parts(breakdown: Result) -> None:
    rows = [{"battery": "B", "item": "a", "text": "A", "wave": "w", "by": "team", "group": f"Team of place {i}", "n": i, "mean": 2.5} for i in range(30)]
    shown = written(replace(breakdown, frame=table("breakdown", rows))).tables
    assert len(shown) > 1
    assert all(part.rows[1].cells[0].text == "Statement" for part in shown)
    assert [cell for part in shown for cell in grid(part)[3][1::2]] == [str(i) for i in range(30)]


@pytest.mark.parametrize("style", [APA, GSS])
def test_hostile_text_is_text(hostile: Result, style: Style) -> None:
    content = as_docx([hostile], style)
    cells = {cell for shown in read(content).tables for row in grid(shown) for cell in row}
    for words in HOSTILE[:7]:
        assert any(cell.startswith(words) for cell in cells), words
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        whole = archive.read("word/document.xml").decode()
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|<script", whole)
    codes = {code.text.strip() for code in read(content).element.body.iter(qn("w:instrText"))}
    assert codes == {r"SEQ Table \* ARABIC"}


def test_two_hundred_statements_are_a_matter_of_seconds(compare: Result) -> None:
    rows = [{"battery": "B", "item": str(i), "text": f"Statement {i}", "reference": "a", "wave": "b", "mean": 2.5, "n": i} for i in range(200)]
    began = time.monotonic()
    assert len(written(replace(compare, frame=table("compare", rows))).tables[0].rows) == 203
    assert time.monotonic() - began < 10


def test_a_result_without_rows_says_so(compare: Result) -> None:
    document = written(replace(compare, frame=table("compare", [])))
    assert "There is nothing to show: the result has no rows." in document.paragraphs[-1].text


def test_the_same_result_gives_the_same_bytes_and_its_properties(compare: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    content = as_docx([compare], APA)
    assert content == as_docx([compare], APA)
    properties = read(content).core_properties
    assert (properties.title, properties.language) == (compare.title, "en-GB")
    assert properties.comments.startswith("Made with rpgstat")
    assert "wave-1.csv, sha256 abababab" in properties.comments
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764000000")
    assert read(as_docx([compare], APA)).core_properties.created.year == 2025


def test_a_document_of_parts_keeps_their_order(compare: Result) -> None:
    parts = (Heading("Report", 0), Heading("Findings"), Paragraph("As follows."), Figure("compare", "A dot", PIXEL, "One dot."), *tables(compare, APA))
    document = read(writer.write(Document("Report", parts, (compare,), APA)))
    assert [(p.style.name, p.text) for p in document.paragraphs][:4] == [
        *(("Title", "Report"), ("Heading 1", "Findings"), ("Normal", "As follows.")),
        ("Caption", "Figure 1\nA dot"),
    ]
    assert [drawing.get("descr") for drawing in document.element.body.iter(qn("wp:docPr"))] == ["One dot."]
    assert isinstance(parts[-1], Table)


def house(path: Path) -> Path:
    """An organisation's file: its own styles, page and header, and words that are not ours."""
    document = docx.Document()
    document.add_paragraph("Delete this")
    document.styles.add_style("Table Text", 1).font.size = docx.shared.Pt(7)
    document.sections[0].header.paragraphs[0].text = "Council of Somewhere"
    document.sections[0].left_margin = docx.shared.Mm(40)
    document.save(path)
    return path


def test_a_template_gives_its_styles_page_and_header(tmp_path: Path, compare: Result) -> None:
    document = read(as_docx([compare], APA, house(tmp_path / "house.docx")))
    assert "Delete this" not in [p.text for p in document.paragraphs]
    assert document.sections[0].header.paragraphs[0].text == "Council of Somewhere"
    assert document.styles["Table Text"].font.size.pt == 7
    assert {p.style.name for row in document.tables[0].rows for cell in row.cells for p in cell.paragraphs} == {"Table Text"}
    assert all(section.left_margin.mm == pytest.approx(40, abs=0.1) for section in document.sections)


def test_a_word_template_is_taken_like_a_document(tmp_path: Path, compare: Result) -> None:
    with zipfile.ZipFile(house(tmp_path / "house.docx")) as archive, zipfile.ZipFile(tmp_path / "house.dotx", "w") as other:
        for name in archive.namelist():
            other.writestr(name, archive.read(name).replace(b"document.main+xml", b"template.main+xml"))
    assert read(as_docx([compare], APA, tmp_path / "house.dotx")).tables


def test_what_is_no_word_file_is_refused(tmp_path: Path, compare: Result) -> None:
    (tmp_path / "house.docx").write_text("words")
    with pytest.raises(UserError, match="not a Word document"):
        as_docx([compare], APA, tmp_path / "house.docx")


def test_a_template_is_checked_before_any_work_and_never_overwritten(tmp_path: Path) -> None:
    own = house(tmp_path / "house.docx")
    with pytest.raises(UserError, match="no file"):
        output.targets([tmp_path / "x.docx"], None, template=tmp_path / "nowhere.docx")
    with pytest.raises(UserError, match="none is written"):
        output.targets([tmp_path / "x.csv"], None, template=own)
    with pytest.raises(UserError, match="not overwritten"):
        output.targets([own], None, template=own, force=True)


def test_styles_that_a_file_lacks_are_added(tmp_path: Path, compare: Result) -> None:
    document = docx.Document()
    for name in ("Caption", "Heading 1", "Title"):
        document.styles[name].delete()
    document.save(tmp_path / "bare.docx")
    made = read(as_docx([compare, compare], APA, tmp_path / "bare.docx"))
    assert {"Caption", "Heading 1", "Table Text", "Table Note"} <= {p.style.name for p in made.paragraphs} | {"Table Text"}
    assert template.size_of(made) == 9


def test_a_figure_in_several_pictures_says_which_each_is(compare: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    drawing = SimpleNamespace(
        can_draw=lambda name: name == "compare",
        alt_text=lambda *_: "Two dots.",
        pages=lambda *_, **__: [PIXEL, PIXEL],
        figure=lambda _: SimpleNamespace(shapes=None),
    )
    monkeypatch.setattr(documents, "pictures", drawing)
    figures = documents.picture(compare, ".png", APA)
    document = read(writer.write(Document("t", tuple(figures), (compare,), APA)))
    captions = [p.text for p in document.paragraphs if p.style.name == "Caption"]
    assert captions == [f"Figure {i}\nReflective practice groups: change between waves ({i} of 2)" for i in (1, 2)]
    assert documents.picture(replace(compare, name="interaction", frame=table("interaction", [])), ".png", APA) == []


def test_a_document_has_the_files_that_the_library_would_write() -> None:
    """`finished` puts them together itself, as the library compresses pictures twice."""
    document = template.blank("Title")
    inline = document.part.new_pic_inline(io.BytesIO(PIXEL))
    document.add_paragraph("words").add_run()._r.add_drawing(inline)
    finished, saved = template.finished(document, "Title", "made"), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(io.BytesIO(finished)) as ours, zipfile.ZipFile(saved) as theirs:
        assert ours.namelist() == theirs.namelist()
        assert [ours.read(name) for name in ours.namelist()] == [theirs.read(name) for name in theirs.namelist()]
        assert len(ours.namelist()) > 10


def bookmarks_led_to(document: Any) -> list[str]:
    return [str(re.search(r"PAGEREF (\S+)", node.text or "")[1]) for node in document.element.iter(qn("w:instrText")) if "PAGEREF" in (node.text or "")]  # type: ignore[index]


def test_lists_lead_to_every_chapter_table_and_figure_by_its_page(compare: Result, score: Result) -> None:
    shown = (*tables(compare, APA), *tables(score, APA))
    parts = (
        Contents(("One", "Two")),
        Captions("table"),
        Captions("figure"),
        Heading("One", listed=True),
        *shown,
        Heading("Two", fresh=True, listed=True),
        FIGURE,
    )
    document = read(writer.write(Document("t", parts, (compare,), APA)))
    names = {mark.get(qn("w:name")) for mark in document.element.iter(qn("w:bookmarkStart"))}
    led_to = bookmarks_led_to(document)
    assert len(led_to) == 2 + len(shown) + 1
    assert set(led_to) == names
    listed = [p.text for p in document.paragraphs if "\t" in p.text]
    assert listed[:2] == ["One\t–", "Two\t–"]
    assert listed[2] == f"Table 1. {shown[0].title}\t–"
    assert listed[-1] == "Figure 1. A picture\t–"


FIGURE = Figure("compare", "A picture", PIXEL, "A dot.")


def test_pages_are_numbered_and_say_from_the_second_on_what_they_are_of(compare: Result) -> None:
    content = writer.write(Document("The <title>", (Heading("H"), *tables(compare, APA)), (compare,), APA))
    (section, *turned) = read(content).sections
    packed = zipfile.ZipFile(io.BytesIO(content))
    for name in ("word/footer1.xml", "word/footer2.xml"):
        assert re.sub("<[^>]+>", "", packed.read(name).decode()).split() == ["Page", "PAGE", "1", "of", "NUMPAGES", "1"]
    assert section.header.paragraphs[0].text == "The <title>"
    assert "".join(paragraph.text for paragraph in section.first_page_header.paragraphs) == ""
    assert all(other.header.is_linked_to_previous or other.header.paragraphs[0].text == "The <title>" for other in turned)
    assert not [name for name in packed.namelist() if "thumbnail" in name]


def test_a_template_whose_first_page_differs_takes_a_table_that_turns_its_page(tmp_path: Path, breakdown: Result) -> None:
    document = docx.Document()
    document.sections[0].different_first_page_header_footer = True
    document.save(tmp_path / "first.docx")
    parts = (Heading("H"), *tables(breakdown, APA), Paragraph("After"))
    made = read(writer.write(Document("t", parts, (breakdown,), APA), tmp_path / "first.docx"))
    assert [section.different_first_page_header_footer for section in made.sections] == [True] + [False] * (len(made.sections) - 1)


@pytest.mark.parametrize(
    "words", ["2.96", "[−0.13, 0.41]", "[−0.06, 0.38]", "[0.21, 0.69]", "< .001", "> .999", "+0.50", "−16.64", "89%", "1,204", "−34.53 to −17.30"]
)
@pytest.mark.parametrize("bold", [False, True])
def test_columns_have_room_for_figures_in_a_wide_face(words, bold):
    """DejaVu Sans, which LibreOffice takes where Calibri and its like are not installed."""
    room = (fitting.bold_em if bold else fitting.em)(words) * fitting.WIDEST
    assert room > 0.98 * fonts.length(words, 1.0, bold)


FULL = tuple(
    Paragraph("What the answers tell, and what they do not settle, in a sentence of some length that takes two lines of a page. " * 2, "About.")
    for _ in range(14)
)


@pytest.mark.parametrize(("page", "style"), [(FULL, "Report Text"), (FULL[:5], "Normal")])
def test_a_first_page_that_a_wide_face_might_overrun_is_set_closer(page, style, compare: Result) -> None:
    parts = (Heading("Report", 0), Heading("Summary"), *page, Bullets((Point("One."),)), Heading("Contents", 2, fresh=True), Paragraph("After."))
    document = read(writer.write(Document("Report", parts, (compare,), APA)))
    assert {p.style.name for p in document.paragraphs if p.text.startswith(("About.", "After."))} == {style}
    assert document.styles[style].font.size.pt == (11 if style == "Normal" else 10.5)


def test_a_template_keeps_its_own_text_where_a_report_is_set_closer(tmp_path: Path, compare: Result) -> None:
    own = docx.Document()
    own.styles["Normal"].font.name, own.styles["Normal"].font.size = "Georgia", docx.shared.Pt(12)
    own.save(tmp_path / "own.docx")
    parts = (Heading("Report", 0), *FULL, Heading("Contents", 2, fresh=True))
    document = read(writer.write(Document("Report", parts, (compare,), APA), tmp_path / "own.docx"))
    (close,) = {p.style.name: p.style for p in document.paragraphs if p.text.startswith("About.")}.values()
    assert (close.name, close.base_style.font.name, document.styles["Normal"].font.size.pt) == ("Report Text", "Georgia", 12)


def test_a_document_without_a_first_page_keeps_its_text(compare: Result) -> None:
    document = read(writer.write(Document("Report", (Heading("Report", 0), *FULL), (compare,), APA)))
    assert {p.style.name for p in document.paragraphs if p.text.startswith("About.")} == {"Normal"}
