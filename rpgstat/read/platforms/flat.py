"""A table with one header row: a column for each question."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from rpgstat.errors import UserError
from rpgstat.read.export import Export
from rpgstat.read.headers import blank, clean, identifier, is_index, sort
from rpgstat.read.layout import Layout
from rpgstat.read.lists import joined
from rpgstat.study import Column, normalise

NAME = "flat"

_UNTRIED = {"Alchemer": {"legacy comments", "sessionid"}, "SmartSurvey": {"userno", "started", "ended"}, "Snap": {"id.name", "id.date"}}
_FEWEST = 4  # columns under sections, and rows, of a table with two header rows
_PERCENT = r"^\s*\d{1,3}(?:[.,]\d+)?\s?%\s*$"
_ALL_THAT_APPLY = re.compile(
    r"\b(?:all|any) (?:that|which) apply|\b(?:select|tick|choose|check|mark) (?:all|any|as many|up to)\b|\bmore than one answer|mehrfach|mehrere antworten"
    r"|alle zutreffenden|plusieurs réponses|réponses multiples|tout ce qui|varias respuestas|respuesta múltiple|todas las que|várias respostas|todas as que"
    r"|meerdere antwoorden|alles wat van toepassing|wielokrotn|dewiswch bob|ticiwch bob",
    re.IGNORECASE,
)
_SEPARATORS = ("; ", ";", " | ", "|", ", ", ",")
_MOST = 2000  # different cells of a column that are looked at
_MOSTLY = 0.5  # of the columns that hold nothing but percentages, in a table that was published


def score(export: Export) -> float:  # noqa: ARG001 - the same question to every platform
    """Any table may be flat, so anything more certain wins."""
    return 0.1


def header_rows(export: Export) -> int:
    """One; two where the first row names sections, each again above every statement of its own, which stand in the second."""
    sections, statements = ([clean(cell) for cell in row] for row in (*export.records[:2], *[()] * 2)[:2])
    named = [cell for cell in sections if not blank(cell)]
    told = [cell for cell in statements if not blank(cell)]
    below = {normalise(cell) for row in export.records[2:] for cell in row}
    if len(named) < _FEWEST or len(told) < len(named) or len(export.records) < _FEWEST:
        return 1
    repeated = len(set(named)) <= len(named) / 2 and len(set(told)) == len(told)
    worded = sum(len(cell.split()) > 2 for cell in told) > len(told) / 2
    return 2 if repeated and worded and not below & set(map(normalise, told)) else 1


def layout(export: Export, sample: pl.DataFrame) -> Layout:
    """Columns by their headers alone; personal data and free text that the header admits to are left aside."""
    columns: list[Column] = []
    aside: list[Column] = []
    header: Sequence[str] = export.records[0]
    sections: Sequence[str] = ()
    if header_rows(export) > 1:
        sections, header = ([*row, *[""] * (sample.width - len(row))] for row in export.records[:2])
    if _is_published(sample):
        problem = f"{export.name}: is a table of percentages, and holds nobody's answers"
        raise UserError(problem, "name the export of your survey; published results of organisations are no export")
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
            section = clean(sections[i]) if sections and not blank(sections[i]) else ""
            columns.append(_of_several(Column(values.name, text, "meta" if kind == "meta" else "answer", section, block=_block(sections, i)), values))
    warnings += _hint(header)
    return Layout(tuple(columns), tuple(aside), tuple(warnings))


def _of_several(column: Column, values: pl.Series) -> Column:
    """The column as one of lists of answers, where its header asks for all that apply and its cells hold such lists."""
    if column.kind != "answer" or not _ALL_THAT_APPLY.search(column.text):
        return column
    counted = dict(values.drop_nulls().value_counts(sort=True).head(_MOST).rows())
    lists = ((joined(counted, separator), separator) for separator in _SEPARATORS)
    options, separator = next((found for found in lists if found[0]), ((), ""))
    return replace(column, kind="multiple", options=options, separator=separator) if options else column


def _hint(header: Sequence[str]) -> list[str]:
    """What to look at in an export of a platform that is known by name only."""
    own = {normalise(cell) for cell in header}
    found = next((name for name, columns in _UNTRIED.items() if columns <= own), None)
    return [f"looks like an export of {found}, of which no sample was to be had; read as a plain table: check what its columns are taken for"] if found else []


def _block(sections: Sequence[str], at: int) -> int:
    """The number of the question that a column belongs to: that of the first column of its section, where there are sections."""
    while sections and at and clean(sections[at]) and clean(sections[at - 1]) == clean(sections[at]):
        at -= 1
    return at + 1


def _is_published(sample: pl.DataFrame) -> bool:
    if sum(cell is not None and "%" in cell for cell in sample.row(0)) + sum(cell is None for cell in sample.row(0)) <= _MOSTLY * sample.width:
        return False  # told by the first row alone, as there may be thousands of columns
    percent = sample.select(pl.all().drop_nulls().str.contains(_PERCENT).all() & (pl.all().count() > 0)) if sample.width > _FEWEST else None
    return percent is not None and sum(percent.row(0)) > _MOSTLY * sample.width
