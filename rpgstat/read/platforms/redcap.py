"""REDCap exports: codes or labels, with the data dictionary; events are rows of one person."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import polars as pl

from rpgstat.errors import UserError
from rpgstat.read.codebook import Code, Codebook, Variable, coded
from rpgstat.read.companions import companion
from rpgstat.read.export import Export
from rpgstat.read.found import Found, ticks
from rpgstat.read.headers import Sort, clean, identifier, sort
from rpgstat.read.layout import Layout
from rpgstat.study import Column, Mark, Standing, normalise
from rpgstat.study.survey import Measure

NAME = "redcap"

_OWN = re.compile(r"redcap_(?:event_name|repeat_instrument|repeat_instance|survey_identifier|data_access_group)")
_LABELLED = {"event name": "redcap_event_name", "repeat instrument": "redcap_repeat_instrument", "repeat instance": "redcap_repeat_instance"}
_BOX = re.compile(r"(\w+?)___(\w+)")
_CHOICE = re.compile(r"(.+) \(choice=(.+)\)", re.DOTALL)
_STATE = re.compile(r"\w+_complete|Complete\?(?:_\d+|\.\d+)?")
_DICTIONARY = ("Variable / Field Name", "field_name")
_YES = frozenset({"1", "1.0", "checked"})
_MOST_EVENTS = 60
_MEND = "put the data dictionary (Project Setup > Download the current Data Dictionary) beside the export, or export labels"


def score(export: Export) -> float:
    """Nearly 1 for REDCap's own columns, boxes named `question___code`, or a first column of records with `form_complete` behind."""
    if _is_companion(export):
        return 0.98
    header = export.header
    if any(_OWN.fullmatch(name) for name in header) or any(_CHOICE.fullmatch(name) for name in header) or _labelled(header):
        return 0.96
    states = any(_STATE.fullmatch(name) for name in header[1:])
    return 0.95 if states and (any(_BOX.fullmatch(name) for name in header) or sort(header[0]) == "id") else 0.0


def _labelled(header: tuple[str, ...]) -> bool:
    return {"event name", "repeat instrument"} <= {name.casefold() for name in header} or (len(header) > 2 and "Complete?" in header)


def _is_companion(export: Export) -> bool:
    header = export.header
    return bool(header) and (header[0] in _DICTIONARY or {"unique_event_name", "arm_num"} <= set(header))


def header_rows(export: Export) -> int:  # noqa: ARG001 - the same question to every platform
    """One."""
    return 1


def layout(export: Export, sample: pl.DataFrame) -> Layout:
    """Columns by the data dictionary, or without it by their names. Raises UserError for a dictionary that is given as the export."""
    if _is_companion(export):
        raise UserError(f"{export.name}: is a part of a project's definition, and holds no answers", "name the export; its data dictionary is found beside it")
    names = export.header
    asked = {_field(name) for name in names if not _OWN.fullmatch(name) and not _STATE.fullmatch(name) and not name.endswith("_timestamp")}
    book = companion(export, asked, (".csv",), dictionary, called="dict") or Codebook()
    found = Found()
    for at, (name, values) in enumerate(zip(names, sample, strict=False)):
        _add(found, name, values, book, first=at == 0)
    if book.source:
        found.warnings.append(f"questions and labels of answers are taken from {book.source}")
    found.tell_unlabelled(_MEND)
    marks = tuple(_marks(found.columns))
    events, waves = _events(found, sample)
    return found.layout(marks=marks, events=events, waves=waves)


def dictionary(path: Path) -> Codebook | None:
    """The fields of a data dictionary, as downloaded or as a program fetches it."""
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        rows = list(csv.DictReader(stream))
    if not rows or not any(name in rows[0] for name in _DICTIONARY):
        return None
    stems: dict[str, str] = {}
    fields = [_variable(row, stems) for row in rows]
    return Codebook({field.name: field for field in fields if field.name}, path.name)


def _cell(row: Mapping[str, str | None], *names: str) -> str:
    return next((clean(found) for name in names if (found := row.get(name))), "")


def _variable(row: Mapping[str, str | None], stems: dict[str, str]) -> Variable:
    kind = _cell(row, "Field Type", "field_type").casefold()
    choices = _cell(row, "Choices, Calculations, OR Slider Labels", "select_choices_or_calculations")
    matrix = _cell(row, "Matrix Group Name", "matrix_group_name")
    header = _cell(row, "Section Header", "section_header")
    stem = stems.setdefault(matrix, header or matrix) if matrix else ""
    known: dict[str, tuple[Code, ...]] = {"yesno": (Code("1", "Yes"), Code("0", "No")), "truefalse": (Code("1", "True"), Code("0", "False"))}
    codes = known.get(kind, ())
    if kind in ("radio", "dropdown", "checkbox"):
        codes = tuple(Code(code.strip(), clean(label)) for code, _, label in (one.partition(",") for one in choices.split("|")) if code.strip())
    measure: Measure = "ordinal" if matrix and kind == "radio" else ""
    return Variable(_cell(row, *_DICTIONARY), _cell(row, "Field Label", "field_label"), codes, measure, stem, _kind(row, kind))


def _kind(row: Mapping[str, str | None], kind: str) -> str:
    """What a field is that is no closed question; "" for one that is."""
    checked = _cell(row, "Text Validation Type OR Show Slider Number", "text_validation_type_or_show_slider_number").casefold()
    if _cell(row, "Identifier?", "identifier").casefold() == "y" or checked in ("email", "phone", "zipcode", "ssn", "mrn_10d"):
        return "personal"
    if checked.startswith(("date", "time")):
        return "meta"
    if kind in ("notes", "file", "descriptive") or (kind == "text" and not checked):
        return "free"
    return "number" if kind in ("text", "calc", "slider") else ""


def _field(name: str) -> str:
    found = _BOX.fullmatch(name)
    return found[1] if found else name


def _add(found: Found, name: str, values: pl.Series, book: Codebook, *, first: bool) -> None:
    variable = book.variables.get(_field(name))
    seen = set(values.drop_nulls().unique().head(60))
    if (box := _box(name, variable)) is not None:
        text, stem = box
        found.add(Column(values.name, text, "tick", stem, variable=name), {**ticks(text, _YES, seen | {"0", "1"})})
        return
    text = (variable.text if variable else "") or name
    column = Column(values.name, text, stem=variable.stem if variable else "", variable=name)
    if first:
        made, damage = identifier(values.name, text, 0, values)
        found.columns.append(replace(made, variable=name))
        found.warnings.extend(damage)
    elif not found.kept_apart(column, _sort(name, text, variable), values):
        if variable and variable.codes:
            found.add(*coded(column, variable, seen))
        elif _OWN.fullmatch(name) or name.casefold() in _LABELLED or variable:
            found.add(replace(column, measure="nominal"))
        else:
            found.coded(column, values)


def _box(name: str, variable: Variable | None) -> tuple[str, str] | None:
    """The choice and the question of a tick-box; None for any other column."""
    if labelled := _CHOICE.fullmatch(name):
        return clean(labelled[2]), clean(labelled[1])
    if (coded_box := _BOX.fullmatch(name)) is None:
        return None
    code = coded_box[2].replace("_", "-") if coded_box[2].startswith("_") else coded_box[2]
    label = next((one.label for one in variable.codes if one.cell.casefold() == code), "") if variable else ""
    return label or name, (variable.text if variable else "") or coded_box[1]


def _sort(name: str, text: str, variable: Variable | None) -> Sort:
    if _STATE.fullmatch(name) or name.endswith("_timestamp") or name in ("redcap_survey_identifier", "Survey Timestamp", "Survey Identifier"):
        return "personal" if "dentifier" in name else "meta"
    kinds = {sort(name), sort(text), variable.kind if variable else ""}
    most: tuple[Sort, ...] = ("personal", "free", "meta")
    return next((kind for kind in most if kind in kinds), "answer")


def _marks(columns: list[Column]) -> list[Mark]:
    """Rows of repeating forms are no people of their own; the one form of a survey says whether it was finished."""
    found = [Mark(column.name, column.text, _repeat) for column in columns if _name(column) == "redcap_repeat_instrument"]
    states = [column for column in columns if column.kind == "meta" and _STATE.fullmatch(column.variable)]
    return [*found, *(Mark(column.name, column.text, _unfinished) for column in states if len(states) == 1)]


def _name(column: Column) -> str:
    return _LABELLED.get(column.variable.casefold(), column.variable)


def _repeat(cell: str) -> Standing | None:
    return "repeat" if cell else None


def _unfinished(cell: str) -> Standing | None:
    return "unfinished" if cell in ("0", "incomplete") else None


def _events(found: Found, sample: pl.DataFrame) -> tuple[str | None, tuple[str, ...]]:
    """The column of events and these in order, where there are several."""
    column = next((column for column in found.columns if _name(column) == "redcap_event_name"), None)
    events = tuple(sample[column.name].drop_nulls().unique(maintain_order=True)) if column else ()
    told = {normalise(event): event for event in events}
    return (column.text, tuple(told.values())) if column and 1 < len(told) <= _MOST_EVENTS else (None, ())
