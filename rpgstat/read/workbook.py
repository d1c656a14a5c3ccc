"""Excel and OpenDocument workbooks, every cell as the text that a person would type."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Never

import polars as pl

from rpgstat.errors import UserError, did_you_mean, is_panic, is_scarcity
from rpgstat.read.extent import refuse_far_cells
from rpgstat.read.table import RECORDS, Body, Table, as_records, blank_to_null, numbered, positional, sample_rows, without_blank_rows
from rpgstat.study import normalise
from rpgstat.text import shortened

if TYPE_CHECKING:
    from fastexcel import ExcelReader

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream in which Office puts a workbook with a password


def open_workbook(path: Path, name: str, parts: Sequence[str] = (), sheet: str | None = None) -> Table:
    """Opens the first sheet that holds data, or the one called `sheet`; whole numbers come as "4", dates in ISO form, "" as null.

    `parts` are those of its archive. Raises UserError for a workbook that is damaged, protected by a password, or without data or that sheet.
    """
    sheets = _checked(path, name, parts)
    if sheet is not None:
        sheets = [one for one in sheets if normalise(one[0]) == normalise(sheet)] or _no_sheet(name, sheet, [own for own, _ in sheets])
    (first, cells), *others = sheets
    rows = without_blank_rows(cells.lazy()).collect()
    more = ", ".join(f"`{other}`" for other, _ in others[:5])
    warnings = (f"several sheets hold data; read `{first}`, not {more}",) if others else ()
    return Table(as_records(rows.head(RECORDS)), partial(_body, rows), partial(numbered, cells), warnings=warnings)


def sheet_names(path: Path, name: str, parts: Sequence[str] = ()) -> tuple[str, ...]:
    """The sheets that hold data. Raises UserError as `open_workbook` does."""
    return tuple(sheet for sheet, _ in _checked(path, name, parts))


def _checked(path: Path, name: str, parts: Sequence[str]) -> list[tuple[str, pl.DataFrame]]:
    data = path.read_bytes()
    if _ENCRYPTED in data:
        raise UserError(f"{name}: the workbook is protected by a password", "open it in Excel and save a copy without the password")
    refuse_far_cells(data, parts, name)
    sheets = _sheets(data, name)
    if not sheets:
        raise UserError(f"{name}: no sheet holds data", "export it again with its responses")
    return sheets


def _no_sheet(name: str, sheet: str, names: Sequence[str]) -> Never:
    raise UserError(f"{name}: no sheet `{shortened(sheet, 40)}` holds data", did_you_mean(sheet, names))


def _body(rows: pl.DataFrame, header_rows: int) -> Body:
    frame = rows.slice(header_rows)
    return Body(frame.lazy(), frame.head(sample_rows(frame.width)))


def damaged(name: str) -> UserError:
    """The error for a workbook that cannot be read."""
    return UserError(f"{name}: the workbook is damaged", "download it again, or open it and save it again")


def _sheets(data: bytes, name: str) -> list[tuple[str, pl.DataFrame]]:
    import fastexcel  # only workbooks need it

    try:
        book = fastexcel.read_excel(data)
        found = [(sheet, _rows(book, sheet)) for sheet in book.sheet_names]
    except BaseException as error:  # the libraries behind it raise what they like, a panic among it
        if is_scarcity(error) or (not isinstance(error, Exception) and not is_panic(error)):
            raise
        if isinstance(error, fastexcel.FastExcelError) and "password" in str(error).lower():
            raise UserError(f"{name}: the workbook is protected by a password", "open it in Excel and save a copy without the password") from error
        raise damaged(name) from error
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
