"""Columns that tell of people by what stands in them, under however innocent a header."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl

from rpgstat.read.headers import words
from rpgstat.read.layout import Layout
from rpgstat.study import Column, persons
from rpgstat.study.survey import Kind
from rpgstat.text import plural

_ROWS = 1000  # that are looked at: what a column holds shows in fewer
_ADDRESS = re.compile(r"\be ?mail\b|courriel|correo")
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


def repeated_addresses(layout: Layout, sample: pl.DataFrame) -> tuple[str, ...]:
    """A warning where an e-mail address stands on several rows and no id says who is who; none is shown.

    The numbers that Microsoft Forms gives to responses say nothing of that.
    """
    if any(column.kind == "id" and column.text != "ID" for column in layout.columns):
        return ()
    for column in layout.aside:
        if column.kind == "personal" and _ADDRESS.search(words(column.text)):
            cells = sample[column.name].drop_nulls().str.strip_chars().str.to_lowercase()
            own = cells.filter(cells.str.contains("@", literal=True))
            again = len(own) - own.n_unique()
            if again:
                told = f"{plural(again, 'row')} {'repeats' if again == 1 else 'repeat'} an address in `{column.text}` that stands on another row, and all count"
                return (f'{told}; to count each person once declare id = "{column.text}" in a study file',)
    return ()


def _answers(sample: pl.DataFrame, columns: list[Column]) -> dict[str, dict[str, int]]:
    """Column name -> answer -> people, of the first rows; one query for all columns, as there may be thousands."""
    if not columns:
        return {}
    counted = sample.head(_ROWS).select(pl.col(column.name).drop_nulls().value_counts(sort=True, name="n").head(_MOST).implode() for column in columns)
    return {name: {row[name]: row["n"] for row in rows} for name, rows in zip(counted.columns, counted.row(0), strict=True)}
