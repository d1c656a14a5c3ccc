"""What every kind of file is opened as: its first rows, and the rows below the header."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import polars as pl

from rpgstat.record import record

if TYPE_CHECKING:
    from rpgstat.read.codebook import Codebook

RECORDS = 12  # first rows that are looked at to tell what a file is; no platform writes more header rows

_SAMPLE_ROWS = 20_000
_SAMPLE_CELLS = 2_000_000  # so that a sample of 10,000 columns is looked through in a fraction of a second


Numbered = tuple[int, tuple[str, ...]]
"""A row as a spreadsheet counts rows, and its cells."""


@record
class Body:
    """The rows below the header, all text, columns c0, c1, ...; `sample` holds the first of them, without blank rows.

    A table that is not both large and wide has none either. To find those of one that is, every column would have to be read for any question
    to one of them; they are told there as rows without any answer. `rows` is about how many there are of one that is scanned, 0 of one that is held.
    """

    frame: pl.LazyFrame
    sample: pl.DataFrame
    rows: int = 0


@record
class Table:
    """An opened file: its first rows as text, and a function from the number of header rows to the body.

    `rows` gives every row that is not blank as text with its number in the file, for tables whose cells are looked at one by one.
    `codebook` is what a file of SPSS or Stata, as its `kind` then is, says of its own columns.
    """

    records: tuple[tuple[str, ...], ...]
    body: Callable[[int], Body]
    rows: Callable[[], list[Numbered]]
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()
    delimiter: str = ""
    codebook: Codebook | None = None
    kind: str = ""


def sample_rows(width: int) -> int:
    """How many rows are looked at to tell what each of `width` columns is.

    >>> sample_rows(20), sample_rows(10_000)
    (20000, 200)
    """
    return min(_SAMPLE_ROWS, max(100, _SAMPLE_CELLS // max(width, 1)))


def without_blank_rows(frame: pl.LazyFrame) -> pl.LazyFrame:
    """The frame without rows that are null throughout.

    The test is a column first: a filter on all columns is pushed into the scan, where its cost grows with the square of their number.
    """
    return frame.with_columns(blank=pl.all_horizontal(pl.all().is_null())).filter(~pl.col("blank")).drop("blank")


def without_blank(sample: pl.DataFrame) -> pl.DataFrame:
    """As `without_blank_rows`, of rows that are held: one column after another, until each row has held something, which of thousands are the first few."""
    blank = pl.repeat(value=True, n=sample.height, eager=True)
    for column in sample:
        if not blank.any():
            return sample
        blank &= column.is_null()
    return sample.filter(~blank)


def blank_to_null(column: pl.Expr) -> pl.Expr:
    """A text column with empty cells null; the length test costs far less than comparing text."""
    return pl.when(column.str.len_bytes() > 0).then(column)


def as_records(frame: pl.DataFrame) -> tuple[tuple[str, ...], ...]:
    """Rows of text as header records: null is ""."""
    return tuple(tuple(cell or "" for cell in row) for row in frame.rows())


def numbered(frame: pl.DataFrame, first: int = 1) -> list[Numbered]:
    """The rows of a frame that are not blank, the first of it being row `first` of the file; null is ""."""
    return [(number, row) for number, row in enumerate(as_records(frame), start=first) if any(map(str.strip, row))]


def positional(width: int) -> list[str]:
    """The column names of a frame, which no user sees.

    >>> positional(2)
    ['c0', 'c1']
    """
    return [f"c{i}" for i in range(width)]
