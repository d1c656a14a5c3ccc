"""KoboToolbox and ODK exports: names or labels of questions, groups with slashes, and the XLSForm as codebook."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

import polars as pl

from rpgstat.read.answers import Answers
from rpgstat.read.codebook import Codebook, coded
from rpgstat.read.companions import companion
from rpgstat.read.export import Export
from rpgstat.read.found import Found, ticks
from rpgstat.read.headers import Sort, clean, identifier, sort
from rpgstat.read.layout import Layout
from rpgstat.read.xlsform import xlsform
from rpgstat.study import Column

NAME = "kobo"

_OWN = frozenset({"_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__", "_tags", "_index"})
_CENTRAL = frozenset({"SubmissionDate", "KEY", "meta-instanceID", "instanceID", "SubmitterID", "SubmitterName", "AttachmentsPresent", "FormVersion"})
_META = frozenset("start end today deviceid simserial subscriberid audit formversion reviewstate status attachmentspresent attachmentsexpected edits".split())
_PLACE = re.compile(r"_?(?:\w+[/-])*_?\w+_(?:latitude|longitude|altitude|precision|accuracy)|_geolocation.*|phonenumber|username|email", re.IGNORECASE)
_YES = frozenset({"1", "1.0", "true"})
_BOXES = frozenset({"0", "0.0", "1", "1.0", "true", "false"})
_MEND = "export with labels, or put the XLSForm of the project beside the export"


def score(export: Export) -> float:
    """Nearly 1 for three of the columns that Kobo or ODK Central add."""
    header = set(export.header)
    return 0.96 if len(header & _OWN) >= 3 or len(header & _CENTRAL) >= 3 else 0.0


def header_rows(export: Export) -> int:  # noqa: ARG001 - the same question to every platform
    """One."""
    return 1


def layout(export: Export, sample: pl.DataFrame) -> Layout:
    """Columns by their names or labels; a question with several answers stands beside a column for each choice, of which a blank is no 0."""
    names = export.header
    answers = Answers(sample)
    parents = _parents(names, answers)
    book = companion(export, {_last(name) for name in names if name not in _OWN | _CENTRAL}, (".xlsx", ".xls", ".xlsm"), xlsform) or Codebook()
    found = Found()
    for block, (name, values) in enumerate(zip(names, sample, strict=False), start=1):
        _add(found, name, values, block, answers, parents, book)
    if book.source:
        found.warnings.append(f"questions and labels of answers are taken from {book.source}")
    found.tell_unlabelled(_MEND)
    return found.layout()


def _last(name: str) -> str:
    """The name of a question without its groups. A slash with spaces around is one of a label."""
    return re.split(r"(?<! )/(?! )", name)[-1]


def _parents(names: Iterable[str], answers: Answers) -> dict[str, str]:
    """Column -> the question that it is a choice of."""
    known = set(names)
    found: dict[str, str] = {}
    for name, column in zip(names, answers.sample.columns, strict=False):
        cut = next((at for at in range(len(name) - 1, 0, -1) if name[at] == "/" and name[:at] in known), 0)
        if cut and {cell.strip().casefold() for cell in answers.few(column)} <= _BOXES:
            found[column] = name[:cut]
    return found


def _sort(name: str, text: str) -> Sort:
    if _PLACE.fullmatch(name) or name in ("_submitted_by", "SubmitterName", "SubmitterID"):
        return "personal"
    if name in _OWN | _CENTRAL or name.casefold() in _META or name.startswith("_"):
        return "meta"
    kinds = sort(_last(name)), sort(text)
    return next((kind for kind in ("personal", "free", "id", "meta") if kind in kinds), "answer")


def _add(found: Found, name: str, values: pl.Series, block: int, answers: Answers, parents: dict[str, str], book: Codebook) -> None:
    seen = answers.seen(values.name)
    if owner := parents.get(values.name):
        variable = book.variables.get(_last(owner))
        choice = name[len(owner) + 1 :]
        text = next((code.label for code in variable.codes if code.cell == choice), clean(choice)) if variable else clean(choice)
        stem = (variable.text if variable else "") or _last(owner)
        found.add(Column(values.name, text, "tick", stem, block, variable=name), ticks(text, _YES, seen | {"0", "1"}))
        return
    variable = book.variables.get(_last(name))
    text = (variable.text if variable else "") or clean(_last(name))
    column = Column(values.name, text, block=block, variable=name if variable else "")
    if name in ("_uuid", "KEY", "meta-instanceID") and not any(one.kind == "id" for one in found.columns):
        made, damage = identifier(values.name, name, block, values)
        found.columns.append(made)
        found.warnings.extend(damage)
    elif variable and variable.kind == "free":
        found.aside.append(replace(column, kind="text"))
    elif found.kept_apart(column, _sort(name, text), values):
        return
    elif name in parents.values() or (variable and variable.kind == "several"):
        found.add(replace(column, kind="multiple", separator=" "))
    elif variable and variable.codes:
        found.add(*coded(column, variable, seen))
    else:
        found.coded(column, values)
