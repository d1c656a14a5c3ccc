"""Google Forms exports: one header row that begins with a timestamp, in the language of the form's owner."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

import polars as pl

from rpgstat.read.export import Export
from rpgstat.read.found import Found
from rpgstat.read.headers import blank, clean, is_index, sort
from rpgstat.read.layout import Layout
from rpgstat.read.lists import joined
from rpgstat.record import record
from rpgstat.study import Column, normalise

NAME = "google-forms"

_TIMESTAMP = frozenset(
    """timestamp, zeitstempel, horodateur, marca temporal, tijdstempel, carimbo de data/hora, sygnatura czasowa, informazioni cronologiche, stamp amser,
    tidsstämpel, tidsstempel, aikaleima, razítko, časové razítko, časová značka, időbélyeg, zaman damgası, timestempel""".replace("\n    ", " ").split(", ")
)
_GRID = re.compile(r"(.*\S)\s*\[(.*)\]", re.DOTALL)
_TIME = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[ T]\d{1,2}[:.]\d{2}.*")
_OWN = re.compile(r"score|punktzahl|total score|username|nombre de usuario|nom d'utilisateur", re.IGNORECASE)
_MOST = 2000  # different cells of a column that are looked at


@record
class _Head:
    """A header: the question, and the row of a grid in brackets behind it."""

    name: str
    question: str
    row: str


def score(export: Export) -> float:
    """0.9 for a first column of times that is headed as Google heads it, or of times beside rows of a grid.

    Other programs write `timestamp` too, but not with a capital.
    """
    first = export.header[0] if export.header else ""
    times = [row[0] for row in export.records[1:] if row and row[0].strip()]
    dated = bool(times) and all(_TIME.fullmatch(cell.strip()) for cell in times)
    if normalise(first) in _TIMESTAMP and first[:1].isupper():
        return 0.9 if dated or not times else 0.0
    stems = Counter(found[1] for cell in export.header if (found := _GRID.fullmatch(cell)))
    return 0.85 if dated and any(n > 1 for n in stems.values()) else 0.0


def header_rows(export: Export) -> int:  # noqa: ARG001 - the same question to every platform
    """One."""
    return 1


def layout(export: Export, sample: pl.DataFrame) -> Layout:
    """Columns by their headers; lists of answers are known by the answers that stand in them again and again."""
    heads = _heads([clean(cell) for cell in export.records[0]], sample.columns)
    found = Found()
    for block, (_, group) in enumerate(groupby(heads, key=lambda head: head.question if head.row else head.name), start=1):
        for head in group:
            values = sample[head.name]
            text = head.row or head.question
            if blank(text) and (is_index(text, values) or values.null_count() == len(values)):
                continue
            text = f"Unnamed column {int(head.name[1:]) + 1}" if blank(text) else text
            _add(found, Column(head.name, text, stem=head.question if head.row else "", block=block), values, first=head is heads[0])
    return found.layout()


def _heads(texts: Sequence[str], names: Sequence[str]) -> list[_Head]:
    """Brackets part a question from a row only where several columns have the question."""
    stems = Counter(found[1] for text in texts if (found := _GRID.fullmatch(text)))
    heads = []
    for text, name in zip(texts, names, strict=False):
        grid = _GRID.fullmatch(text)
        heads.append(_Head(name, grid[1], grid[2]) if grid and stems[grid[1]] > 1 and grid[2].strip() else _Head(name, text, ""))
    return heads


def _add(found: Found, column: Column, values: pl.Series, *, first: bool) -> None:
    kind = "meta" if first or (_OWN.fullmatch(column.text) and "name" not in column.text.lower()) else sort(column.text)
    if found.kept_apart(column, kind, values):
        return
    counted = values.drop_nulls().value_counts(sort=True).head(_MOST)
    options = joined(dict(counted.rows())) if not column.stem else ()
    if options:
        found.add(replace(column, kind="multiple", options=options, separator=", "))
    else:
        found.add(column)
