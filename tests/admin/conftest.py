"""Tables as they are read, without a file."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from rpgstat.admin import Sheet, decimal_mark


@pytest.fixture
def sheet():
    """sheet("measure,2015\\nturnover,15\\n") -> the Sheet that reading such a file gives; `separator` for another than a comma."""

    def made(content: str, separator: str = ",") -> Sheet:
        header, *rows = csv.reader(io.StringIO(content), delimiter=separator)
        decimal = decimal_mark(cell for row in rows for cell in row) or ("." if separator == "," else None)
        cells = tuple(tuple(cell.strip() for cell in row) for row in rows)
        return Sheet("rates.csv", Path("rates.csv"), tuple(header), cells, tuple(range(2, len(rows) + 2)), decimal)

    return made
