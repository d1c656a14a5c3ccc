"""Tables that stand in memory, Polars or pandas: kept in a private file, so that they are read as any export is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polars as pl

from rpgstat.errors import UserError
from rpgstat.read.scratch import scratch_file


def stored(table: Any, number: int) -> Path:
    """A Parquet file `table NUMBER` of a Polars table, lazy or not, or of a pandas one, whose index is left out.

    Raises UserError for anything else, and for columns of the same name.
    """
    name = f"table {number}"
    if isinstance(table, pl.LazyFrame):
        table = table.collect()
    frame = table if isinstance(table, pl.DataFrame) else _from_pandas(table, name)
    folder = scratch_file()
    folder.mkdir()
    frame.write_parquet(folder / f"{name}.parquet")
    return folder / f"{name}.parquet"


def _from_pandas(table: Any, name: str) -> pl.DataFrame:
    """Every cell as text, missing ones null: what categories and dates are called is what counts."""
    if type(table).__module__.partition(".")[0] != "pandas" or not hasattr(table, "columns"):
        raise UserError(f"what is given as an export is of type `{type(table).__name__}`", "give a file's path, or a Polars or pandas table")
    names = [str(column) for column in table.columns]
    if len(set(names)) < len(names):
        raise UserError(f"{name}: several columns are called `{next(one for one in names if names.count(one) > 1)}`", "rename all but one of them")
    columns = (table.iloc[:, place] for place in range(len(names)))
    cells = ([None if blank else str(cell).removesuffix(".0") for cell, blank in zip(column, column.isna(), strict=True)] for column in columns)
    return pl.DataFrame(dict(zip(names, cells, strict=True)), schema=dict.fromkeys(names, pl.String))
