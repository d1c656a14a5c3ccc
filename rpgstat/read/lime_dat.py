"""LimeSurvey's export for SPSS: a .dat file without headers, in apostrophes, whose columns only the syntax file beside it names."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from rpgstat.errors import UserError
from rpgstat.read import delimited
from rpgstat.read.encoding import as_utf8
from rpgstat.read.scratch import scratch_file, writing
from rpgstat.read.syntax import headers
from rpgstat.read.table import Table

_OWN = re.compile(r"survey_?(\d+)_SPSS_data_file.*\.dat", re.IGNORECASE)
_MOST = 200  # files of a folder that are looked at
_LARGEST = 50_000_000  # bytes of a syntax file


def open_dat(path: Path, name: str) -> Table:
    """The table, with its headers from the syntax file beside it; any other .dat file is delimited text.

    Raises UserError for an export of LimeSurvey without its syntax file, and where the two have not as many columns.
    """
    syntax = _beside(path)
    if syntax is None:
        if _OWN.search(name):
            raise UserError(
                f"{name}: no headers stand in it, and the syntax file that names its columns is not beside it",
                "put survey_..._SPSS_syntax_file.sps, from the same page of LimeSurvey, into its folder; or export the responses as CSV",
            )
        return delimited.open_delimited(path, name)
    named = headers(syntax.read_text(encoding="utf-8-sig", errors="replace"))
    table = scratch_file()
    with as_utf8(path, name).path.open(encoding="utf-8-sig", newline="") as rows, writing(table) as copy:
        written = csv.writer(copy)
        written.writerow(named)
        for number, row in enumerate(csv.reader(rows, quotechar="'"), start=1):
            if any(cell.strip() for cell in row):
                written.writerow(_fitting(row, len(named), name, number, syntax.name))
    return delimited.open_delimited(table, name)


def _fitting(row: list[str], columns: int, name: str, number: int, syntax: str) -> list[str]:
    if len(row) != columns:
        problem = f"{name}: row {number} has {len(row)} cells, and {syntax} names {columns} columns"
        raise UserError(problem, "download both files again, one after the other: they belong together")
    return row


def _beside(path: Path) -> Path | None:
    """The syntax file in the same folder that reads this file: by the name that stands in it, which may have been changed since, or by the survey's number."""
    number = _OWN.search(path.name)
    try:
        found = sorted(other for other in path.absolute().parent.iterdir() if other.suffix.lower() == ".sps")[:_MOST]
        texts = {other: other.read_text(encoding="utf-8-sig", errors="replace") for other in found if other.is_file() and other.stat().st_size <= _LARGEST}
    except OSError:
        return None
    reads = [other for other, text in texts.items() if path.name in text and headers(text)]
    named = [other for other, text in texts.items() if number and f"survey_{number[1]}_" in other.name and headers(text)]
    return next(iter([*reads, *named]), None)
