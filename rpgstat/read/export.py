"""A file as a platform's module is shown it: its first rows, and where its companions may lie."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rpgstat.read.table import Table
from rpgstat.record import record

if TYPE_CHECKING:
    from rpgstat.read.codebook import Codebook


@record
class Export:
    """An opened file. `path` is where it stands, None for a pipe, in whose folder nothing is looked for; `key` is the codebook that a study names."""

    name: str
    table: Table
    path: Path | None = None
    key: Path | None = None

    @property
    def records(self) -> tuple[tuple[str, ...], ...]:
        """The first rows, header rows first."""
        return self.table.records

    @property
    def header(self) -> tuple[str, ...]:
        """The first row, each cell without what nobody sees."""
        return tuple(cell.replace("\ufeff", "").strip() for cell in self.records[0]) if self.records else ()

    @property
    def codebook(self) -> Codebook | None:
        """What the file says of itself."""
        return self.table.codebook
