"""Excel: the same numbers as in JSON, typed and unrounded; nothing in it can run, link, or hide."""

from __future__ import annotations

import io
import json
import re
import zipfile
from dataclasses import replace
from typing import Any

import fastexcel
import polars as pl
import pytest
import xlsxwriter

from rpgstat.errors import UserError
from rpgstat.glossary import COLUMNS
from rpgstat.media import reading_sheet, xlsx
from rpgstat.media.data import json_document
from rpgstat.media.document import Cell, Document, Head, Table, TableRow
from rpgstat.media.paint import Paint
from rpgstat.media.style import APA, GSS, number_format
from rpgstat.output.formats import _styled
from rpgstat.result import Result, table
from rpgstat.views.documents import document

SUPPRESSED = "suppressed: small numbers"

HOSTILE = ["=1+1", "@SUM(A1)", "-2+3", "https://example.org/x", "<script>alert(1)</script>", "a|b", "{{ table:x }}", "عربي", "👩‍👧 emoji", "x" * 500, "_x0041_"]


def sheet(content: bytes, name: str, header: int = 2) -> pl.DataFrame:
    return fastexcel.read_excel(content).load_sheet(name, header_row=header).to_polars()


def parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def same(written: Any, value: Any) -> bool:
    if isinstance(value, float):
        return bool(written == pytest.approx(value, rel=1e-14, abs=0))
    return bool(written == (json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value))


@pytest.mark.parametrize("name", ["compare", "score"])
def test_a_sheet_holds_the_numbers_of_the_json_document(name: str, request: pytest.FixtureRequest) -> None:
    result = request.getfixturevalue(name)
    rows = json.loads(json_document.document([result]))["results"][0]["rows"]
    read = sheet(xlsx.render([result], APA), name)
    assert read.height == len(rows)
    for written, row in zip(read.to_dicts(), rows, strict=True):
        for column, value in row.items():
            header = COLUMNS[column].label
            assert header in written or all(other[column] is None for other in rows)
            assert same(written.get(header), value), column


def test_a_withheld_figure_has_a_sign_in_each_cell() -> None:
    row = {"battery": "B", "item": "a", "text": "A", "wave": "w", "by": "role", "group": "Lead", "n": None, "note": SUPPRESSED}
    result = Result("breakdown", "t", table("breakdown", [row, row | {"n": 12, "mean": 2.5, "note": None}]), "m")
    [withheld, shown] = sheet(xlsx.render([result], APA), "breakdown").to_dicts()
    assert (withheld["n"], withheld["Mean"]) == ("[c]", "[c]")
    assert (float(shown["n"]), float(shown["Mean"])) == (12, 2.5)


def test_the_style_of_government_statistics_leaves_no_cell_blank_and_freezes_nothing(compare: Result) -> None:
    content = xlsx.render([compare], GSS)
    read = sheet(content, "compare")
    assert not any(value is None for row in read.to_dicts() for value in row.values())
    assert "[x]" in read["Change"].to_list()
    assert "[z]" in read["Item"].to_list()
    assert "<pane" in "".join(parts(xlsx.render([compare], APA)).values())
    assert "<pane" not in "".join(parts(content).values())


def test_each_sheet_is_one_table_with_a_title_and_the_notes_have_theirs(compare: Result, score: Result) -> None:
    content = xlsx.render([compare, score], APA)
    assert fastexcel.read_excel(content).sheet_names == ["compare", "score", "Notes", "Columns"]
    assert sheet(content, "compare", 0).columns[0] == f"Table 1: {compare.title}"
    assert compare.method in sheet(content, "Notes")["Note"].to_list()
    meanings = sheet(content, "Columns").filter(pl.col("Sheet") == "score")
    assert meanings["Name in data files"].to_list() == score.frame.columns
    assert sum(name.startswith("xl/tables/") for name in parts(content)) == 4


def test_nothing_in_it_can_run_link_or_be_merged(compare: Result) -> None:
    rows = [{"item": "a", "text": words, "battery": words, "note": words, "mean": 2.0} for words in HOSTILE]
    content = xlsx.render([replace(compare, title="=1+1", method="=2+2", notes=("=cmd|'/c calc'!A1",), frame=table("compare", rows))], APA)
    whole = "".join(parts(content).values())
    assert not re.search(r"<f>|<f |<hyperlink|<mergeCell|<autoFilter", whole)
    assert "example.org" not in "".join(text for name, text in parts(content).items() if name.endswith(".rels"))
    assert sheet(content, "compare")["Statement"].to_list() == HOSTILE


def test_what_no_cell_can_hold_is_left_out_or_cut(compare: Result) -> None:
    rows = [{"item": "a", "text": "bell\x07 and\x00 null", "mean": float("nan")}, {"item": "b", "text": "y" * 40_000, "mean": float("inf")}]
    [first, second] = sheet(xlsx.render([replace(compare, frame=table("compare", rows))], APA), "compare")["Statement"].to_list()
    assert first == "bell and null"
    assert len(second) == 32_767
    assert second.endswith("y…")


def test_a_result_without_rows_still_has_its_sheet(compare: Result) -> None:
    content = xlsx.render([replace(compare, frame=table("compare", []))], APA)
    assert sheet(content, "compare", 0).columns[0].startswith("Table 1")


def test_the_same_result_gives_the_same_bytes_and_the_date_can_be_set(compare: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    assert xlsx.render([compare], APA) == xlsx.render([compare], APA)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764000000")
    assert "2025-11-24T16:00:00Z" in parts(xlsx.render([compare], APA))["docProps/core.xml"]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UserError, match="SOURCE_DATE_EPOCH"):
        xlsx.render([compare], APA)


def test_two_hundred_statements_are_a_matter_of_a_second(compare: Result) -> None:
    rows = [{"item": str(i), "text": f"Statement {i}", "mean": 2.5, "n": i, "p_value": 0.04} for i in range(200)]
    assert sheet(xlsx.render([replace(compare, frame=table("compare", rows))], APA), "compare").height == 200


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [("count", 1200, "#,##0;−#,##0;#,##0"), ("df", 46.0, "0;−0;0"), ("df", 45.3, "0.0;−0.0;0.0"), ("rate", 0.1, "0.0%;−0.0%;0.0%")],
)
def test_a_number_is_shown_as_tables_show_it(kind: str, value: float, shown: str) -> None:
    assert number_format(APA, kind, value) == shown


def test_the_first_sheets_are_the_page_as_read_and_the_contents(compare: Result, score: Result) -> None:
    content = _styled([compare, score], "xlsx", APA, None)
    names = re.findall(r'<sheet name="([^"]+)"', parts(content)["xl/workbook.xml"])
    assert names == ["Page", "Contents", "compare", "score", "Notes", "Columns"]
    cells = pl.read_excel(io.BytesIO(content), sheet_name="Page", has_header=False).rows()
    first = next(part for part in document([compare], APA).parts if isinstance(part, Table))
    (head,) = [place for place, row in enumerate(cells) if row[: len(first.heads)] == tuple(one.words for one in first.heads)]
    for row, shown in zip(first.rows, cells[head + 1 :], strict=False):
        marked = [f"{cell.words} ({cell.mark})" if cell.mark else cell.words for cell in row.cells]
        assert list(shown[: len(marked)]) == marked
    contents = sheet(content, "Contents")
    assert contents["Sheet"].to_list() == [name for name in names if name != "Contents"]
    assert [str(rows) for rows in contents["Rows"].drop_nulls() if rows] == [str(compare.frame.height), str(score.frame.height)]


def test_the_head_of_the_only_table_stays_in_sight(compare: Result) -> None:
    page = parts(_styled([compare], "xlsx", APA, None))["xl/worksheets/sheet1.xml"]
    assert 'state="frozen"' in page
    assert "<ignoredError" in page


def test_a_head_of_several_lines_has_a_row_as_high() -> None:
    heads = (Head("Statement", "left"), Head("Up, same, down", "right"), Head("p", "right"))
    read = Table("compare", "Moves", heads, (TableRow("line", (Cell("Rest"), Cell("2, 22, 3"), Cell(".5"))),), (), (), "")
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        reading_sheet.write(Paint(book, APA), Document("Change", (read,), (), APA))
    rows = re.findall(r'<row r="(\d+)"[^>]* ht="(\d+)"', parts(buffer.getvalue())["xl/worksheets/sheet1.xml"])
    assert rows == [("4", "30")]
