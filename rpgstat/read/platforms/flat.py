"""A table with one header row: a column for each question."""

from __future__ import annotations

import polars as pl

from rpgstat.read.export import Export
from rpgstat.read.headers import blank, clean, identifier, is_index, sort
from rpgstat.read.layout import Layout
from rpgstat.study import Column

NAME = "flat"


def score(export: Export) -> float:  # noqa: ARG001 - the same question to every platform
    """Any table may be flat, so anything more certain wins."""
    return 0.1


def header_rows(export: Export) -> int:  # noqa: ARG001
    """One."""
    return 1


def layout(export: Export, sample: pl.DataFrame) -> Layout:
    """Columns by their headers alone; personal data and free text that the header admits to are left aside."""
    columns: list[Column] = []
    aside: list[Column] = []
    header = export.records[0]
    warnings: list[str] = []
    for i, (cell, values) in enumerate(zip(header, sample, strict=False)):
        kind = sort(cell)
        text = f"Unnamed column {i + 1}" if blank(cell) else clean(cell)
        if blank(cell) and (values.null_count() == len(values) or (i == 0 and is_index(cell, values))):
            continue
        if kind in ("personal", "free"):
            aside.append(Column(values.name, text, "personal" if kind == "personal" else "text", block=i + 1))
        elif kind == "id":
            column, damage = identifier(values.name, text, i + 1, values)
            columns.append(column)
            warnings.extend(damage)
        else:
            columns.append(Column(values.name, text, "meta" if kind == "meta" else "answer", block=i + 1))
    return Layout(tuple(columns), tuple(aside), tuple(warnings))
