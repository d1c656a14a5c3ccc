import datetime as dt
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from rpgstat.errors import UserError
from rpgstat.read import read

HEADER = [["Respondent ID", "Start Date", "Groups help me", "", "Role"], ["", "", "reflect", "cope", "Response"]]


def workbook(path: Path, **sheets: list[list[object]]) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    sheet.write_string(i, j, "") if cell == "" else sheet.write(i, j, cell)
    return path


def test_cells_come_as_a_person_would_type_them(tmp_path):
    people = [[114628000001, dt.datetime(2024, 6, 1, 12, 30), 4, 2.5, True], [114628000002, dt.date(2024, 6, 2), "Agree", "", None]]
    survey = read(workbook(tmp_path / "wave.xlsx", Sheet=[*HEADER, *people]))
    assert (survey.platform, survey.warnings) == ("surveymonkey", ())
    assert [c.label for c in survey.columns] == ["Respondent ID", "Start Date", "Groups help me > reflect", "Groups help me > cope", "Role"]
    assert survey.frame.collect().rows() == [("114628000001", "2024-06-01 12:30:00", "4", "2.5", "true"), ("114628000002", "2024-06-02", "Agree", None, None)]


def test_the_first_sheet_with_data_is_read_and_the_others_named(tmp_path):
    survey = read(workbook(tmp_path / "wave.xlsx", Cover=[], Answers=[["Q"], ["Agree"], [], [""]], Notes=[["n"], ["x"]]))
    assert survey.frame.collect().rows() == [("Agree",)]
    assert survey.warnings == ("wave.xlsx: several sheets hold data; read `Answers`, not `Notes`",)


def test_a_workbook_under_the_wrong_suffix_is_read(tmp_path):
    path = workbook(tmp_path / "wave.xlsx", Sheet=[["Q"], ["Agree"]])
    for name in ("wave.csv", "wave.xls", "wave"):
        assert read(path.rename(tmp_path / name)).frame.collect().rows() == [("Agree",)]
        path = tmp_path / name


def test_an_open_document_sheet_is_read(tmp_path):
    ns = "urn:oasis:names:tc:opendocument:xmlns"
    cells = "".join(
        f'<table:table-row><table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell></table:table-row>' for text in ("Q", "Agree")
    )
    with zipfile.ZipFile(tmp_path / "wave.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{ns}:office:1.0" xmlns:table="{ns}:table:1.0" xmlns:text="{ns}:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="S">{cells}</table:table></office:spreadsheet></office:body></office:document-content>',
        )
        archive.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{ns}:manifest:1.0"></manifest:manifest>')
    assert read(tmp_path / "wave.ods").frame.collect().rows() == [("Agree",)]


def test_what_is_wrong_with_a_workbook_is_said(tmp_path, export):
    whole = workbook(tmp_path / "whole.xlsx", Sheet=[["Q"], ["Agree"]]).read_bytes()
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    cases = {
        whole[: len(whole) // 2]: "the workbook is damaged",
        whole.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheetX.xml"): "the workbook is damaged",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600): "the workbook is damaged",
        locked: "the workbook is protected by a password",
        workbook(tmp_path / "none.xlsx", Sheet=[]).read_bytes(): "no sheet holds data",
        workbook(tmp_path / "bare.xlsx", Sheet=[["Q", "R"]]).read_bytes(): "no answers below the header",
    }
    for content, says in cases.items():
        with pytest.raises(UserError, match=f"^wave.xlsx: {says}$"):
            read(export(content, "wave.xlsx"))


def test_a_stray_cell_far_out_is_refused_before_it_takes_all_memory(tmp_path):
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["I cope", "I learn"])
        sheet.write_row(1, 0, ["Agree", "Disagree"])
        sheet.write(1_048_575, 16_383, "x")
    with pytest.raises(UserError, match="reaches out over 16,384 columns and 1,048,576 rows"):
        read(path)
