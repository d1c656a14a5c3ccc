"""Columns that tell of people by what stands in them, under however innocent a header."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from rpgstat.read.layout import Layout
from rpgstat.study import Column, persons
from rpgstat.study.survey import Kind

_ROWS = 1000  # that are looked at: what a column holds shows in fewer
_MOST = 60  # different answers that are looked at


def without_persons(layout: Layout, sample: pl.DataFrame) -> Layout:
    """The layout with every question whose answers are names, times, addresses or identifiers left aside, or remarks of people's own.

    Answers in other columns are looked at again before any is shown, one by one.
    """
    told = {*layout.spread, *(mark.name for mark in layout.marks), *(column.name for column in layout.columns if column.text == layout.events)}
    asked = [column for column in layout.columns if column.kind == "answer" and column.name not in told]
    answers = _answers(sample, asked)
    found: dict[str, Kind] = {column.name: "text" for column in asked if persons.is_free(answers[column.name])}
    found |= {column.name: "personal" for column in asked if persons.content(answers[column.name], column.label)}
    if not found:
        return layout
    aside = (*layout.aside, *(replace(column, kind=found[column.name]) for column in layout.columns if column.name in found))
    return replace(layout, columns=tuple(column for column in layout.columns if column.name not in found), aside=aside)


def _answers(sample: pl.DataFrame, columns: list[Column]) -> dict[str, dict[str, int]]:
    """Column name -> answer -> people, of the first rows; one query for all columns, as there may be thousands."""
    if not columns:
        return {}
    counted = sample.head(_ROWS).select(pl.col(column.name).drop_nulls().value_counts(sort=True, name="n").head(_MOST).implode() for column in columns)
    return {name: {row[name]: row["n"] for row in rows} for name, rows in zip(counted.columns, counted.row(0), strict=True)}
