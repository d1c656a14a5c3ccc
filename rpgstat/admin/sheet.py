"""An administrative table as it was read: one header row, and below it cells of text that know where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from rpgstat import text
from rpgstat.admin.cells import Cell, Mark
from rpgstat.record import record


@record
class Sheet:
    """`rows` are as wide as `header`, "" where nothing stands; `numbers` are their rows in the file, the header usually being row 1.

    `decimal` is what parts decimals as far as the whole file shows. `path` can be opened, `name` is what to call it.
    """

    name: str
    path: Path
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    decimal: Mark | None = None
    warnings: tuple[str, ...] = ()

    def cell(self, row: int, column: int) -> Cell:
        """A cell by position, both counted from 0, the header not being a row."""
        return Cell(self.rows[row][column], f"{self.name}: row {self.numbers[row]}, column {_called(self.header[column], column)}")

    def cells(self, column: int) -> list[Cell]:
        """A column from top to bottom."""
        return [self.cell(row, column) for row in range(len(self.rows))]

    def of(self, rows: Iterable[int]) -> Sheet:
        """The sheet with these rows only, each keeping its number in the file."""
        kept = tuple(rows)
        return replace(self, rows=tuple(self.rows[i] for i in kept), numbers=tuple(self.numbers[i] for i in kept))

    def headers(self) -> list[Cell]:
        """The header's own cells."""
        return [Cell(words, f"{self.name}: header, column {number}") for number, words in enumerate(self.header, start=1)]

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return iter(self.rows)


def _called(header: str, column: int) -> str:
    return f"`{text.shortened(header, 40)}`" if header.strip() else f"{column + 1} (no header)"
