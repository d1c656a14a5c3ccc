"""The ids of a file, by Polars: who is who."""

from __future__ import annotations

import polars as pl

from rpgstat.record import record
from rpgstat.study import Column, Source, reading
from rpgstat.study.labels import BLANKS
from rpgstat.tally._spec import Numbering
from rpgstat.tally.engine.expressions import Expressions

_GAPS = 2  # rows left out may leave gaps in numbers that run on


@record
class Ids:
    """The column of ids of a file. Spaces at the ends tell no two apart; nor does case where they are `declared`, as people typed them."""

    column: Column
    declared: bool

    @property
    def cells(self) -> pl.Expr:
        """Each row's id."""
        cells = pl.col(self.column.name).str.strip_chars()
        return cells.str.to_lowercase() if self.declared else cells


def ids_of(source: Source, wave: Numbering, column: Column, nobody: frozenset[str], damaged: str, *, once: bool) -> dict[str, pl.DataFrame]:
    """By wave the different ids, without those that stand for `nobody` or match `damaged`; with `once` only those that stand on one row."""
    id = pl.col(column.name).str.normalize("NFKC").str.strip_chars().str.to_lowercase()
    counted = source.survey.frame.select(Expressions(pl).code(wave).alias("wave"), id.alias("id")).group_by("wave", "id").len("n")
    person = pl.col("id").is_not_null() & ~pl.col("id").is_in(sorted(BLANKS | nobody)) & ~pl.col("id").str.contains(f"^(?:{damaged})$")
    with reading(source.survey.name):
        found = counted.filter(person & (pl.col("n") == 1 if once else pl.lit(True))).select("wave", "id").collect(engine="streaming")
    return {name: found.filter(pl.col("wave") == at).select("id") for at, name in enumerate(source.waves)}


def in_both(before: pl.DataFrame, after: pl.DataFrame) -> int:
    """How many ids stand in both."""
    return before.join(after, on="id", how="semi").height


def run_on(ids: pl.DataFrame) -> bool:
    """Whether the ids are integers that run on from 0 or 1."""
    numbers = ids["id"].cast(pl.Int64, strict=False)
    if numbers.is_empty() or numbers.null_count():
        return False
    least, most = int(numbers.min()), int(numbers.max())  # type: ignore[arg-type]
    return least in (0, 1) and most < _GAPS * numbers.len() + 1
