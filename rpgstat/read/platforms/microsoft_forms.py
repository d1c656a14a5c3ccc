"""Microsoft Forms exports: one header row that begins with the times of the response."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

import polars as pl

from rpgstat.read.export import Export
from rpgstat.read.found import Found
from rpgstat.read.headers import blank, clean, sort
from rpgstat.read.layout import Layout
from rpgstat.read.lists import ended, permuted
from rpgstat.record import record
from rpgstat.study import Column, normalise
from rpgstat.study.survey import Kind

NAME = "microsoft-forms"

_STARTED = frozenset(
    {"start time", "startzeit", "heure de début", "hora de inicio", "hora de início", "begintijd", "ora di inizio", "godzina rozpoczęcia", "amser dechrau"}
)
_COMPLETED = frozenset(
    {"completion time", "fertigstellungszeit", "heure de fin", "hora de finalización", "hora de conclusão", "tijd van voltooien", "ora di completamento"}
    | {"godzina ukończenia", "amser cwblhau"}
)
_ITEM = re.compile(r"(.+?)\s*[\r\n]+\s*\.\s*(.+)", re.DOTALL)
_GRADED = re.compile(r"(?:points|feedback) ?[-\u2013] ?.*|total points|quiz feedback|grade posted time", re.IGNORECASE)
_FIRST = 6  # headers among which the times stand
_MOST = 400  # different cells of a column that are looked at


@record
class _Head:
    """A header: the question, and the statement of a Likert question below it."""

    name: str
    question: str
    item: str


def score(export: Export) -> float:
    """Nearly 1 with a start and a completion time among the first columns, in the language of the form's owner."""
    first = {normalise(cell) for cell in export.header[:_FIRST]}
    return 0.97 if first & _STARTED and first & _COMPLETED else 0.0


def header_rows(export: Export) -> int:  # noqa: ARG001 - the same question to every platform
    """One."""
    return 1


def layout(export: Export, sample: pl.DataFrame) -> Layout:
    """Columns by their headers; lists that end in a semicolon are several answers, or a ranking where all list the same."""
    heads = [_head(values.name, cell) for values, cell in zip(sample, export.records[0], strict=False)]
    found = Found()
    for block, (question, group) in enumerate(groupby(heads, key=lambda head: head.question), start=1):
        for head in group:
            text = head.item or question
            if not (blank(text) and sample[head.name].null_count() == sample.height):
                _add(found, Column(head.name, text, stem=question if head.item else "", block=block), sample[head.name])
    return found.layout()


def _head(name: str, cell: str) -> _Head:
    parts = _ITEM.fullmatch(cell.strip())
    return _Head(name, clean(parts[1]), clean(parts[2])) if parts else _Head(name, clean(cell), "")


def _add(found: Found, column: Column, values: pl.Series) -> None:
    if _GRADED.fullmatch(column.text) or normalise(column.text) in _STARTED | _COMPLETED:
        found.add(replace(column, kind="meta"))
        return
    if found.kept_apart(column, sort(column.text), values):
        return
    cells = values.drop_nulls().unique(maintain_order=True).head(_MOST).to_list()
    if options := ended(cells):
        kind: Kind = "ranking" if permuted(cells) else "multiple"
        found.add(replace(column, kind=kind, options=options, separator=";"))
        return
    # answers come with spaces that do not break at their ends
    found.add(column, {cell: tidy for cell in cells if (tidy := " ".join(cell.split())) != cell and tidy})
