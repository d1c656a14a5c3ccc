from __future__ import annotations

import pytest
import xlsxwriter

from rpgstat.errors import UserError
from rpgstat.read.sheets import read_sheet

ROWS = (("turnover", "15", "14.7"), ("sickness", "3", "3.7"))


@pytest.mark.parametrize(
    "content",
    [
        "measure,2015,2016\nturnover,15,14.7\nsickness,3,3.7\n",
        "\ufeffmeasure,2015,2016\r\nturnover,15,14.7\r\nsickness,3,3.7\r\n",
        "measure\t2015\t2016\nturnover\t15\t14.7\nsickness\t3\t3.7\n",
        "measure;2015;2016;\nturnover;15;14.7;\nsickness;3;3.7;\n",
        "measure,2015,2016\nturnover,15,14.7\nsickness,3,3.7\n".encode("utf-16"),
    ],
)
def test_delimited_text_of_any_kind(export, content):
    sheet = read_sheet(export(content))
    assert sheet.header == ("measure", "2015", "2016")
    assert sheet.rows == ROWS


def test_a_workbook_keeps_its_row_numbers(tmp_path):
    path = tmp_path / "rates.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(2, 0, ["measure", 2015, 2016])
        sheet.write_row(4, 0, ["turnover", 15, 14.7])
        sheet.write_row(5, 0, ["sickness", 3, 3.7])
    found = read_sheet(path)
    assert (found.header, found.rows, found.numbers) == (("measure", "2015", "2016"), ROWS, (5, 6))
    assert found.cell(1, 2).place == "rates.xlsx: row 6, column `2016`"


def test_a_cell_is_named_by_its_row_in_the_file_also_below_blank_rows(export):
    sheet = read_sheet(export("measure,2015\n\n,\nturnover,15\n"))
    assert sheet.cell(0, 1).place == "wave.csv: row 4, column `2015`"


@pytest.mark.parametrize(
    ("content", "decimal"),
    [
        ("a,b\nx,15.2\n", "."),
        ('a,b\nx,"1,234"\n', "."),  # where decimals have commas, a comma parts no cells
        ("a;b\nx;14,7\n", ","),
        ("a;b\nx;1,234\n", None),
    ],
)
def test_what_parts_decimals_as_far_as_the_file_shows(export, content, decimal):
    assert read_sheet(export(content)).decimal == decimal


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("measure,2015\n", "no rows below the header"),
        ("measure\nturnover\n", "only one column"),
        ("measure,2015,2015\nturnover,1,2\n", "two columns are named `2015`"),
        ("measure,2015\nturnover,15\nagency,1,4\n", "row 3 has 3 cells, the header 2"),
        ("  \n\n", "blank"),
    ],
)
def test_what_is_no_such_table_is_refused(export, content, problem):
    with pytest.raises(UserError, match=problem) as caught:
        read_sheet(export(content))
    assert caught.value.hint
