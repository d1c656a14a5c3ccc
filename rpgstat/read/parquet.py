"""Parquet files, lazily, every column as text."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import polars as pl

from rpgstat.errors import UserError
from rpgstat.read.table import RECORDS, Body, Numbered, Table, as_records, blank_to_null, numbered, positional, sample_rows, without_blank, without_blank_rows
from rpgstat.study import reading

_FEW = 1_000_000  # cells: of a larger table no column is read for blank rows alone


def open_parquet(path: Path, name: str) -> Table:
    """Opens a Parquet file; its column names are the first header row. Raises UserError for a damaged one or one with nested columns."""
    with reading(name):
        scan = pl.scan_parquet(path, glob=False, hive_partitioning=False)
        schema = scan.collect_schema()
    if not schema:
        raise UserError(f"{name}: no columns", "write it again with its responses")
    names = positional(len(schema))
    frame = scan.select(_as_text(column, dtype, name).alias(new) for new, (column, dtype) in zip(names, schema.items(), strict=True))
    with reading(name):
        start = frame.head(RECORDS - 1).collect()
    return Table((tuple(schema), *as_records(start)), partial(_body, frame, len(schema), name), partial(_numbered, tuple(schema), frame, name))


def _numbered(header: tuple[str, ...], frame: pl.LazyFrame, name: str) -> list[Numbered]:
    with reading(name):
        return [(1, header), *numbered(frame.collect(), first=2)]


def _body(frame: pl.LazyFrame, width: int, name: str, header_rows: int) -> Body:
    rows = frame.slice(header_rows - 1) if header_rows > 1 else frame
    with reading(name):
        n = int(rows.select(pl.len()).collect().item())
        few = n * width <= _FEW
        return Body(without_blank_rows(rows) if few else rows, without_blank(rows.head(sample_rows(width)).collect()), n)


def _as_text(column: str, dtype: pl.DataType, name: str) -> pl.Expr:
    if dtype.is_nested() or dtype in (pl.Binary, pl.Object):
        raise UserError(f"{name}: column `{column[:60]}` holds {dtype.base_type().__name__.lower()} values", "write it as text, one column for each answer")
    if dtype.is_float():
        return pl.col(column).fill_nan(None).cast(pl.String).str.strip_suffix(".0")
    return blank_to_null(pl.col(column).cast(pl.String))
