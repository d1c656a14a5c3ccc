"""The ids of a file, by Polars: who is who."""

from __future__ import annotations

import polars as pl

from rpgstat.record import record
from rpgstat.study import Column
from rpgstat.study.labels import BLANKS

NO_ID, DAMAGED = 0, 1
"""Numbers in place of a person's: of rows that name nobody, and of ids that a spreadsheet rounded. A person has a larger one."""


@record
class Ids:
    """The column of ids of a file.

    Spaces at the ends tell no two apart. Where they are `declared`, as people typed them, neither do case and the way a letter is encoded.
    `nobody` are words that name no person, `damaged` is a pattern of ids that were rounded.
    """

    column: Column
    declared: bool
    nobody: frozenset[str] = frozenset()
    damaged: str = ""

    @property
    def cells(self) -> pl.Expr:
        """Each row's id."""
        if not self.declared:
            return pl.col(self.column.name).str.strip_chars()
        plain = pl.col(self.column.name).str.normalize("NFKC").str.strip_chars().str.to_lowercase()
        return plain.str.replace_all("ß", "ss", literal=True).str.replace_all("ς", "σ", literal=True)  # as case folding does

    def numbered(self, rows: pl.LazyFrame) -> pl.LazyFrame:
        """The rows with their `id`, and a column `person`: a number for each, NO_ID and DAMAGED for rows that link nobody.

        Two ids share a number in 1 of 10^19 cases. In steps, as an id is made once then; not in one expression that repeats it.
        """
        id = pl.col("id")
        nobody = id.is_null() | id.is_in(sorted(BLANKS | self.nobody))
        rounded = id.str.contains(f"^(?:{self.damaged})$")
        number = pl.max_horizontal(id.hash(), pl.lit(DAMAGED + 1, pl.UInt64))
        codes = pl.when(nobody).then(pl.lit(NO_ID, pl.UInt64)).when(rounded).then(pl.lit(DAMAGED, pl.UInt64)).otherwise(number)
        return rows.with_columns(self.cells.alias("id")).with_columns(codes.alias("person"))
