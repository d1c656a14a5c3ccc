"""Typeform exports: one header row; each choice of a question with several answers is a column of its own, headed by the choice only."""

from __future__ import annotations

import re
from dataclasses import replace

import polars as pl

from rpgstat.read.export import Export
from rpgstat.read.found import Found
from rpgstat.read.headers import clean, identifier, sort
from rpgstat.read.layout import Layout
from rpgstat.study import Column, normalise

NAME = "typeform"

_OTHER = re.compile(r"other|andere[sr]?|autre|otr[oa]|outr[oa]|altro|anders")
_META = frozenset({"start date (utc)", "stage date (utc)", "submit date (utc)", "response type", "tags", "ending", "score", "winning outcome"})


def score(export: Export) -> float:
    """Nearly 1 for `#` first and a date of submission among the last columns."""
    header = [normalise(cell) for cell in export.header]
    return 0.97 if header[:1] == ["#"] and any(cell.endswith("(utc)") for cell in header[-8:]) else 0.0


def header_rows(export: Export) -> int:  # noqa: ARG001 - the same question to every platform
    """One."""
    return 1


def layout(export: Export, sample: pl.DataFrame) -> Layout:
    """Columns by their headers, and by the answers: a column that holds nothing but its own heading is a choice that people ticked.

    The export does not say of which question; neighbours are taken for one. The box beside it is headed `Other`.
    """
    texts = [clean(cell) for cell in export.records[0]]
    found = Found()
    block, before = 0, False
    for at, (text, values) in enumerate(zip(texts, sample, strict=False)):
        box, other = _ticked(text, values), _OTHER.fullmatch(normalise(text)) is not None
        inside = before and (box or values.null_count() == len(values))
        block += not (inside or (before and other))
        before = box or inside
        column = Column(values.name, text or f"Unnamed column {at + 1}", block=block)
        if at == 0:
            made, damage = identifier(values.name, "Response ID", block, values)
            found.columns.append(replace(made, variable="#"))
            found.warnings.extend(damage)
        elif other and not box:
            found.aside.append(replace(column, kind="text"))
        elif box or inside:
            found.add(replace(column, kind="tick"))
        elif normalise(text) in _META:
            found.add(replace(column, kind="meta"))
        elif not found.kept_apart(column, sort(text), values):
            found.add(column)
    return found.layout()


def _ticked(text: str, values: pl.Series) -> bool:
    stated = values.drop_nulls().unique(maintain_order=True).head(3).to_list()
    return len({normalise(cell) for cell in stated}) == 1 and normalise(stated[0]) == normalise(text)
