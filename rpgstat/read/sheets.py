"""Administrative tables: one header row, every cell as text that knows its row."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rpgstat.admin import Sheet, decimal_mark
from rpgstat.errors import UserError
from rpgstat.read import files
from rpgstat.read.table import Numbered
from rpgstat.study import normalise

_MOST_CELLS = 20_000_000
"""Every cell is looked at; the largest published tables of this kind have a tenth as many."""


def read_sheet(path: str | Path, name: str | None = None) -> Sheet:
    """The table in a CSV, TSV, Excel, OpenDocument or Parquet file, told apart by content; its first row that is not blank is the header.

    `path` "-" is standard input; `name` is shown instead of the file's own. Columns without header and without cells are left out.
    Raises UserError for a file that is no such table: no row below the header, one column only, a header twice, a row longer than the header.
    """
    source = files.fetch(path, name)
    table = files.open_table(source)
    rows = table.rows()
    header, body = _parts(source.name, rows)
    _check_header(source.name, header)
    cells = tuple(row for _, row in body)
    decimal = decimal_mark(cell for row in cells for cell in row) or ("." if table.delimiter == "," else None)
    warnings = tuple(f"{source.name}: {warning}" for warning in table.warnings)
    return Sheet(source.name, source.path, header, cells, tuple(number for number, _ in body), decimal, warnings)


def _parts(name: str, rows: Sequence[Numbered]) -> tuple[tuple[str, ...], list[Numbered]]:
    """The header and the rows below it, all as wide as the columns in use."""
    if len(rows) < 2:
        raise UserError(f"{name}: {'no rows below the header' if rows else 'the file is blank'}", "the first row names the columns, the figures stand below it")
    (_, first), *body = rows
    used = [i for i in range(max(len(row) for _, row in rows)) if any(i < len(row) and row[i].strip() for _, row in rows)]
    if len(used) * len(rows) > _MOST_CELLS:
        raise UserError(f"{name}: {len(rows):,} rows of {len(used)} columns are no table of rates", "name the table of figures, not the records behind it")
    for number, row in body:
        if any(cell.strip() for cell in row[len(first) :]):
            hint = "quote cells that hold the separator, or write thousands without one; a title above the table has to go"
            raise UserError(f"{name}: row {number} has {len(row)} cells, the header {len(first)}", hint)
    header = tuple(" ".join(first[i].replace("\ufeff", "").split()) for i in used)
    return header, [(number, tuple(row[i].strip() if i < len(row) else "" for i in used)) for number, row in body]


def _check_header(name: str, header: Sequence[str]) -> None:
    if len(header) < 2:
        raise UserError(f"{name}: only one column, `{header[0][:60]}`", "the table needs at least a column of periods and a column of figures")
    seen: dict[str, str] = {}
    for words in filter(None, header):
        if normalise(words) in seen:
            raise UserError(f"{name}: two columns are named `{words[:60]}`", "rename one or leave it out")
        seen[normalise(words)] = words
