"""Excel and OpenDocument workbooks, every cell as the text that a person would type."""

from __future__ import annotations

import re
import zipfile
import zlib
from functools import partial, reduce
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from rpgstat.errors import UserError
from rpgstat.read.table import RECORDS, Body, Table, as_records, blank_to_null, numbered, positional, sample_rows, without_blank_rows

if TYPE_CHECKING:
    from fastexcel import ExcelReader

_DIMENSION = re.compile(rb'<dimension ref="(?:[A-Z]+\d+:)?([A-Z]+)(\d+)"')
_MOST_CELLS = 100_000_000
"""The reader holds a sheet as one rectangle; this many cells are some gigabytes."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream in which Office puts a workbook with a password


def open_workbook(path: Path, name: str) -> Table:
    """Opens the first sheet that holds data; whole numbers come as "4", dates in ISO form, "" as null.

    Raises UserError for a workbook that is damaged, protected by a password, or without data.
    """
    data = path.read_bytes()
    if _ENCRYPTED in data:
        raise UserError(f"{name}: the workbook is protected by a password", "open it in Excel and save a copy without the password")
    _refuse_stray_cells(data, name)
    sheets = _sheets(data, name)
    if not sheets:
        raise UserError(f"{name}: no sheet holds data", "export it again with its responses")
    (sheet, cells), *others = sheets
    rows = without_blank_rows(cells.lazy()).collect()
    more = ", ".join(f"`{other}`" for other, _ in others[:5])
    warnings = (f"several sheets hold data; read `{sheet}`, not {more}",) if others else ()
    return Table(as_records(rows.head(RECORDS)), partial(_body, rows), partial(numbered, cells), warnings=warnings)


def _refuse_stray_cells(data: bytes, name: str) -> None:
    """Raises UserError for a sheet with a cell so far out that the empty ones before it would not fit into memory."""
    if not zipfile.is_zipfile(BytesIO(data)):
        return
    with zipfile.ZipFile(BytesIO(data)) as book:
        for part in book.namelist():
            if part.startswith("xl/worksheets/") and (found := _DIMENSION.search(_start(book, part))):
                columns = reduce(lambda total, letter: total * 26 + letter - 64, found[1], 0)
                if columns * int(found[2]) > _MOST_CELLS:
                    cell = (found[1] + found[2]).decode()
                    hint = "delete the rows and columns beyond the answers in Excel and save it, or export it again"
                    raise UserError(f"{name}: a sheet reaches out to cell {cell}, far beyond any survey", hint)


def _start(book: zipfile.ZipFile, part: str) -> bytes:
    try:
        with book.open(part) as sheet:
            return sheet.read(4096)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError):
        return b""  # a damaged part is reported when the workbook is read


def _body(rows: pl.DataFrame, header_rows: int) -> Body:
    frame = rows.slice(header_rows)
    return Body(frame.lazy(), frame.head(sample_rows(frame.width)))


def _sheets(data: bytes, name: str) -> list[tuple[str, pl.DataFrame]]:
    import fastexcel  # only workbooks need it

    try:
        book = fastexcel.read_excel(data)
        found = [(sheet, _rows(book, sheet)) for sheet in book.sheet_names]
    except fastexcel.FastExcelError as error:
        if "password" in str(error).lower():
            raise UserError(f"{name}: the workbook is protected by a password", "open it in Excel and save a copy without the password") from error
        raise UserError(f"{name}: the workbook is damaged", "download it again, or open it and save it again") from error
    return [(sheet, cells) for sheet, cells in found if any(cells[column].null_count() < cells.height for column in cells.columns)]


def _rows(book: ExcelReader, sheet: str) -> pl.DataFrame:
    rows = pl.DataFrame(
        book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string")
    )  # 0 keeps blank rows above the first, so that rows can be numbered
    if rows.width == 0:
        return rows
    rows.columns = positional(rows.width)
    # A date comes as midnight and a time of day on the day zero of Excel.
    plain = pl.all().cast(pl.String).str.strip_suffix(" 00:00:00").str.strip_prefix("1899-12-31 ")
    return rows.select(blank_to_null(plain))
