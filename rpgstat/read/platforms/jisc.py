"""Jisc Online Surveys (once BOS): codes under `Q1`, `Q9_1`, `Q53_1_a`, and a key file that says what they mean; or answers as text."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from rpgstat.errors import UserError
from rpgstat.read.codebook import Code, Codebook, Variable, coded
from rpgstat.read.companions import companion
from rpgstat.read.export import Export
from rpgstat.read.found import Found
from rpgstat.read.headers import clean, sort
from rpgstat.read.layout import Layout
from rpgstat.read.platforms import flat
from rpgstat.study import Column

NAME = "jisc"

_QUESTION = re.compile(r"(Q\d+)((?:_\d+)*(?:_[a-z])?(?:_\d+)?)")
_NUMBERED = re.compile(r"(\d+(?:\.(?:\d+|[a-z]))*)\.? (.+)", re.DOTALL)
_FIRST = "Unique Response Number"
_MOSTLY = 0.8  # of the headers that have to be questions of this kind
_MEND = "download the response key too, and put it beside the export under the name it comes with (it ends in -key)"


def score(export: Export) -> float:
    """1 for `URN` or its long form first; for `URN` the other headers have to be numbers of questions, for others may call their ids so."""
    first, *others = export.header or ("",)
    if first == _FIRST:
        return 0.98
    known = sum(_QUESTION.fullmatch(cell) is not None for cell in others)
    return 0.98 if first == "URN" and (_is_key(export) or (others and known >= _MOSTLY * len(others))) else 0.0


def _is_key(export: Export) -> bool:
    return export.header == ("URN", _FIRST)


def header_rows(export: Export) -> int:  # noqa: ARG001 - the same question to every platform
    """One."""
    return 1


def layout(export: Export, sample: pl.DataFrame) -> Layout:
    """Columns by the numbers of their questions, and by the key. Raises UserError for a key that is given as the export."""
    if _is_key(export):
        raise UserError(f"{export.name}: is the key of a survey, and holds no answers", "name the export; its key is found beside it")
    if export.header[0] == _FIRST:
        return _as_text(export, sample)
    names = export.header
    book = companion(export, {_parent(name) for name in names[1:] if _QUESTION.fullmatch(name)}, (".csv", ".txt"), key, called="key", alike=True) or Codebook()
    found = Found()
    for name, values in zip(names, sample, strict=False):
        _add(found, name, values, book)
    if book.source:
        found.warnings.append(f"questions and labels of answers are taken from {book.source}")
    found.tell_unlabelled(_MEND)
    return found.layout()


def key(path: Path) -> Codebook | None:
    """The key file: a line with each question's number and text, and below it a line for each code."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows = [row for row in csv.reader(stream) if len(row) >= 2]
    if not rows or rows[0][0].strip() != "URN":
        return None
    asked: dict[str, tuple[str, list[Code]]] = {}
    for name, text, *_ in rows[1:]:
        if _QUESTION.fullmatch(name.strip()):
            asked[name.strip()] = clean(text), []
        elif asked and name.strip():
            asked[next(reversed(asked))][1].append(Code(name.strip(), clean(text)))
    return Codebook({name: Variable(name, text, tuple(codes)) for name, (text, codes) in asked.items()}, path.name)


def _parent(name: str) -> str:
    found = _QUESTION.fullmatch(name)
    return found[1] if found else name


def _add(found: Found, name: str, values: pl.Series, book: Codebook) -> None:
    if not _QUESTION.fullmatch(name):
        text = _FIRST if name == "URN" else name
        if not found.kept_apart(Column(values.name, text, variable=name), sort(text), values):
            found.add(Column(values.name, text, variable=name))
        return
    variable = book.variables.get(name)
    parent = _parent(name)
    stem = book.variables[parent].text if parent in book.variables else parent
    if variable is None and _box(found, name, values, book):
        return
    if not (variable and variable.codes) and values.null_count() == len(values):
        return  # the heading of a grid
    text = variable.text if variable else name
    column = Column(values.name, text, stem=stem if name != parent else "", block=int(parent[1:]), variable=name)
    seen = set(values.drop_nulls().unique().head(60))
    if variable and variable.codes:
        found.add(*coded(column, variable, seen))
    elif book.source and not seen <= {"0", "1"}:
        found.aside.append(Column(values.name, text, "text", column.stem, column.block, variable=name))  # the key lists every answer but what people typed
    elif not book.source and name != parent:
        found.add(column)  # a row of a grid: a run of numbers may be its scale
    elif seen or variable:
        found.coded(column, values)


def _box(found: Found, name: str, values: pl.Series, book: Codebook) -> bool:
    """Whether a column is a box of a question with several answers, which is then found: 1 is ticked; 0 says nothing, for who never saw the page has it too."""
    question, _, number = name.rpartition("_")
    owner = book.variables.get(question)
    seen = set(values.drop_nulls().unique().head(60))
    if not question or not number.isdecimal() or not seen <= {"0", "1", "0.0", "1.0"} or (book.source and owner is None):
        return False
    label = next((code.label for code in owner.codes if code.cell == number), "") if owner else ""
    parent = book.variables.get(_parent(name))
    if owner and parent and owner is not parent:
        label = f"{owner.text}: {label}" if label else owner.text
    text = label or name
    stem = parent.text if parent else question
    found.add(Column(values.name, text, "tick", stem, int(_parent(name)[1:]), variable=name), {"1": text, "1.0": text, "0": None, "0.0": None})
    return True


def _as_text(export: Export, sample: pl.DataFrame) -> Layout:
    """The export with answers as text: a plain table whose headers begin with the numbers of questions."""
    plain = flat.layout(export, sample)

    def split(columns: Sequence[Column]) -> tuple[Column, ...]:
        return tuple(_unnumbered(column) for column in columns)

    return Layout(split(plain.columns), split(plain.aside), plain.warnings)


def _unnumbered(column: Column) -> Column:
    found = _NUMBERED.fullmatch(column.text)
    if found is None:
        return column
    return Column(column.name, found[2], column.kind, column.stem, column.block, variable="Q" + found[1].replace(".", "_"))
