"""CSV, TSV and other delimited text: the header by the csv module, the body lazily by Polars."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median_high
from typing import TYPE_CHECKING

import polars as pl

from rpgstat.errors import UserError
from rpgstat.read.encoding import as_utf8
from rpgstat.read.scratch import scratch_file, writing
from rpgstat.read.table import RECORDS, Body, Numbered, Table, positional, sample_rows, without_blank, without_blank_rows
from rpgstat.record import record
from rpgstat.study import reading

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS = ",;\t|"
_LONGEST_CELL = 1 << 24  # characters; longer means a quotation mark that never closes
_EAGER = 16_000_000  # bytes: a file up to this size is parsed once, at once, so that every fault in it has its row number
_WIDE = 1_000  # columns: of more, a scan costs most for the parts of each, again whenever it is asked, so that larger files are parsed at once
_NARROW = 200  # columns: of more, no question to one of them reads all for blank rows alone
_DAMAGED = (pl.exceptions.ComputeError, pl.exceptions.SchemaError)


@record
class _File:
    """A delimited file in UTF-8; `lines` counts the physical lines up to the end of each of the first records, `whole` the bytes of the export."""

    path: Path
    name: str
    delimiter: str
    records: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]
    whole: int

    def header_lines(self, header_rows: int) -> int:
        """Physical lines above the body."""
        return self.lines[min(header_rows, len(self.lines)) - 1] if header_rows else 0


def open_delimited(path: Path, name: str, *, whole: int | None = None) -> Table:
    """Opens delimited text; encoding, line ends and delimiter are found out. `whole` are the bytes of the export of which it is a part.

    Raises UserError for what is not a table.
    """
    text = as_utf8(path, name)
    delimiter = _delimiter(text.path)
    with _rows(text.path, delimiter, strict=True) as rows, _quotes_balance(name, rows):
        first = list(islice(((tuple(row), rows.line_num) for row in rows if any(cell.strip() for cell in row)), RECORDS))
    if not first:
        raise UserError(f"{name}: the file is blank", "export it again")
    file = _File(text.path, name, delimiter, tuple(row for row, _ in first), tuple(line for _, line in first), whole or text.path.stat().st_size)
    return Table(file.records, partial(_body, file), partial(_numbered, file), text.encoding, text.warnings, delimiter)


def _numbered(file: _File) -> list[Numbered]:
    with _rows(file.path, file.delimiter, strict=True) as rows, _quotes_balance(file.name, rows):
        return [(number, tuple(row)) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]


@contextmanager
def _rows(path: Path, delimiter: str, *, strict: bool) -> Iterator[Reader]:
    csv.field_size_limit(max(csv.field_size_limit(), _LONGEST_CELL))
    # Lines end at line feeds only, so that the reader counts them as Polars does when it skips them.
    with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as stream:
        yield csv.reader(stream, delimiter=delimiter, strict=strict)


@contextmanager
def _quotes_balance(name: str, rows: Reader) -> Iterator[None]:
    try:
        yield
    except csv.Error as error:
        hint = "a quotation mark is not closed, or stands inside a quoted cell without being doubled; mend it, or save the file again as CSV"
        raise UserError(f"{name}: quotation marks do not balance, found at line {rows.line_num}", hint) from error


def _delimiter(path: Path) -> str:
    """The delimiter that splits both the header and most rows below it into the most cells; of equals, the one that splits the header least."""
    return max(_DELIMITERS, key=lambda delimiter: _cells(path, delimiter))


def _cells(path: Path, delimiter: str) -> tuple[int, int]:
    widths: list[int] = []
    with _rows(path, delimiter, strict=False) as rows:
        try:
            widths.extend(len(row) for row in islice(filter(None, rows), 10))
        except csv.Error:  # told of when the header is read
            widths = widths[:1]
    header, *body = widths or [0]
    return min(header, median_high(body or [header])), -header


def _body(file: _File, header_rows: int) -> Body:
    width = max(len(record) for record in file.records[: header_rows or 1])
    frame = _scan(file.path, file.delimiter, width, file.header_lines(header_rows))
    try:
        return _taken(file, frame, width)
    except _DAMAGED:
        frame = _scan(_repaired(file, header_rows, width), file.delimiter, width, 0)
        with reading(file.name):
            return _taken(file, frame, width)


def _taken(file: _File, frame: pl.LazyFrame, width: int) -> Body:
    size = sample_rows(width)
    if file.whole <= (_EAGER if width <= _WIDE else 4 * _EAGER):
        whole = without_blank(frame.collect()).rechunk()
        return Body(whole.lazy(), whole.head(size))
    sample = without_blank(frame.head(size).collect())
    return Body(without_blank_rows(frame) if width <= _NARROW else frame, sample, file.path.stat().st_size // _bytes(sample))


def _bytes(sample: pl.DataFrame) -> int:
    """How long a row is, in bytes, by the first of them."""
    return (sum(sample.select(pl.all().str.len_bytes().sum()).row(0)) if sample.height else 0) // max(sample.height, 1) + sample.width


def _scan(path: Path, delimiter: str, width: int, skip: int) -> pl.LazyFrame:
    # `missing_columns` lets the first row be short; `skip_lines` ignores quotes, which `skip_rows` does not.
    return pl.scan_csv(
        path,
        has_header=False,
        skip_lines=skip,
        schema=dict.fromkeys(positional(width), pl.String),
        separator=delimiter,
        null_values=["", " "],
        missing_columns="insert",
        glob=False,
    )


def _repaired(file: _File, header_rows: int, width: int) -> Path:
    """A copy of the body that Polars can read: blank surplus cells cut off, stray quotation marks quoted.

    Raises UserError with the row number, as a spreadsheet counts rows, for a row that has answers beyond the header.
    """
    copy = scratch_file()
    with _rows(file.path, file.delimiter, strict=True) as rows, writing(copy) as stream, _quotes_balance(file.name, rows):
        writer = csv.writer(stream, delimiter=file.delimiter, lineterminator="\n")
        for number, row in enumerate(rows, start=1):
            if any(cell.strip() for cell in row[width:]):
                hint = "quote the cells that hold the delimiter, or delete the surplus; saving the file again from a spreadsheet does the former"
                raise UserError(f"{file.name}: row {number} has {len(row)} cells, the header {width}", hint)
            if rows.line_num > file.header_lines(header_rows):
                writer.writerow(row[:width])
    return copy
