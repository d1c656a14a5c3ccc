"""How far the cells of a workbook reach, before a library makes one rectangle of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import reduce

from rpgstat import archive
from rpgstat.errors import UserError

MOST_CELLS = 30_000_000
"""The reader holds a sheet as one rectangle; this many empty cells are 1.6 GB."""

_DIMENSION = re.compile(rb'<(?:\w+:)?dimension\s+ref\s*=\s*["\'](?:\$?[A-Z]+\$?\d+:)?\$?([A-Z]+)\$?(\d+)["\']')
_COLUMN = re.compile(rb"\sr\s*=\s*[\"']\s*([A-Za-z]+)\d")
_ROW = re.compile(rb"\sr\s*=\s*[\"']\s*[A-Za-z]*(\d+)")
_ODS = re.compile(rb"<table:(table|table-row|covered-table-cell|table-cell)(?=[\s/>])([^>]*?)(/?)>")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"'](\d+)")
_TAIL = 4096  # longer than any tag that is looked for
_LAST_ROW = 1_048_576


def refuse_far_cells(data: bytes, parts: Iterable[str], name: str) -> None:
    """Raises UserError for a sheet with a cell so far out that the empty ones before it would not fit into memory."""
    for part in parts:
        if part.startswith("xl/worksheets/") and part.endswith(".xml"):
            columns, rows = _of_sheet(data, part)
        elif part == "content.xml":
            columns, rows = _of_tables(_whole_tags(archive.part(data, part)))
        else:
            continue
        if columns * rows > MOST_CELLS:
            hint = "delete the rows and columns beyond the answers in the spreadsheet and save it, or save the answers as CSV"
            raise UserError(f"{name}: a sheet reaches out over {columns:,} columns and {rows:,} rows, far beyond any survey", hint)


def _of_sheet(data: bytes, part: str) -> tuple[int, int]:
    """Columns and rows: at most what names as long as the sheet itself says allow, when no cell has a longer one; else by looking at every cell."""
    told: tuple[int, int] | None = None
    beyond: re.Pattern[bytes] | None = None
    for i, chunk in enumerate(_overlapping(archive.part(data, part))):
        if i == 0 and (found := _DIMENSION.search(chunk)):
            told = min(_number(b"Z" * len(found[1])), 16_384), min(10 ** len(found[2]) - 1, _LAST_ROW)
            beyond = re.compile(rb"\sr\s*=\s*[\"']\s*(?:[A-Za-z]{%d}|[A-Za-z]*\d{%d})" % (len(found[1]) + 1, len(found[2]) + 1))
        if beyond is None or beyond.search(chunk):
            told = None
            break
    return told if told and told[0] * told[1] <= MOST_CELLS else _of_cells(data, part)


def _of_cells(data: bytes, part: str) -> tuple[int, int]:
    columns: set[bytes] = set()
    last = 1
    for chunk in _overlapping(archive.part(data, part)):
        columns.update(_COLUMN.findall(chunk))
        last = max(last, *(int(row[:9]) for row in set(_ROW.findall(chunk))), 1)
    return max(map(_number, columns), default=1), last


def _number(letters: bytes) -> int:
    """The number of a column by its letters."""
    return reduce(lambda total, letter: total * 26 + letter - 64, letters.upper()[:4], 0)


def _overlapping(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces that each begin with the end of the one before, so that nothing is cut in two."""
    before = b""
    for chunk in chunks:
        yield before + chunk
        before = chunk[-_TAIL:]


def _whole_tags(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Pieces that end where a tag begins."""
    rest = b""
    for chunk in chunks:
        text = rest + chunk
        cut = text.rfind(b"<")
        yield text[:cut]
        rest = text[cut:]
    yield rest


def _of_tables(pieces: Iterable[bytes]) -> tuple[int, int]:
    """Of the sheet of an OpenDocument file that reaches out furthest; blank rows and cells count when something stands behind them."""
    most = (0, 0)
    width = rows = blank = column = repeat = 0
    used = False

    def close_row() -> None:
        nonlocal rows, blank, used
        if used:
            rows, blank, used = rows + blank + repeat, 0, False
        else:
            blank += repeat

    for tag in (tag for piece in pieces for tag in _ODS.finditer(piece)):
        times = int(found[1][:9]) if (found := _REPEATED.search(tag[2])) else 1
        if tag[1] in (b"table", b"table-row"):
            close_row()
            most = max(most, (width, rows), key=lambda size: size[0] * size[1])
            column, repeat = 0, times if tag[1] == b"table-row" else 0
            if tag[1] == b"table":
                width = rows = blank = 0
        else:
            column += times
            if not tag[3]:  # a cell that holds something
                used, width = True, max(width, column)
    close_row()
    return max(most, (width, rows), key=lambda size: size[0] * size[1])
