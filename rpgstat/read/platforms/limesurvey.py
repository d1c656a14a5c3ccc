"""LimeSurvey exports: headers of codes, texts or both; answers as codes or in full; R and SPSS syntax files as codebook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

import polars as pl

from rpgstat.read.answers import Answers
from rpgstat.read.codebook import Codebook, coded
from rpgstat.read.companions import companion
from rpgstat.read.export import Export
from rpgstat.read.found import Found, ticks
from rpgstat.read.headers import Sort, blank, clean, is_index, sort, words
from rpgstat.read.layout import Layout
from rpgstat.read.syntax import syntax
from rpgstat.record import record
from rpgstat.study import Column, normalise

NAME = "limesurvey"

_META = frozenset({"submitdate", "lastpage", "startlanguage", "seed", "startdate", "datestamp", "date submitted", "last page", "start language"})
_CODE = r"[A-Za-z_][\w-]*(?:\[[^\]]*\])*"
_CODED = re.compile(rf"({_CODE})(?:\._\.|\. |: ?)(.*)", re.DOTALL)
_ONLY_CODE = re.compile(rf"({_CODE})")
_ARRAY = re.compile(r"\w+(?:\[[^\]]+\])+")
_ITEM = re.compile(r"(.*?)\s*((?:\[[^\[\]]*\])+)\s*", re.DOTALL)
_YES = frozenset("y yes ja oui sí si sim tak ydw 1 quoted".split())
_NO = frozenset("n no nein non não nee nie nac 0".split()) | {""}
_BOX = re.compile(r".*\[(?:\w*comment|other)\]|.*_(?:other|comment)")
_OTHER = frozenset("other sonstiges andere autre otro otra outro outra altro anders inne arall".split())
_ANSWER_CODE = re.compile(r"A[O0]?\d{1,3}|-oth-")
_MOSTLY = 0.6  # of the headers that have to begin with a code, where nothing else tells
_MEND = "export `Full answers` (Responses > Export > Response format), or put the R syntax file of the same export beside it"


@record
class _Head:
    """A header in its parts: the code of the question with its sub-questions, the question, and what stands in brackets behind it."""

    name: str
    variable: str
    question: str
    item: str

    @property
    def base(self) -> str:
        """What the columns of one question share; each scale of a dual array is a question of its own."""
        code, *subs = self.variable.split("[")
        return "[".join([code, *subs[1:]]) if self.variable else self.question


def score(export: Export) -> float:
    """Nearly 1 for columns that only LimeSurvey has, or three headers such as `G01Q01[SQ001]`; less for headers that mostly begin with a code."""
    header = export.header
    named = {words(cell) for cell in header} | {words(cell.partition(". ")[0]) for cell in header}
    if len({name.replace(" ", "") for name in named & _META}) > 1:
        return 0.96
    if sum(_ARRAY.match(cell) is not None for cell in header) >= 3:
        return 0.93
    begun = sum(_CODED.fullmatch(cell) is not None and re.match(r"[a-zA-Z]+\w*\d", cell) is not None for cell in header)
    return 0.9 if begun >= 3 and begun >= _MOSTLY * len(header) else 0.0


def header_rows(export: Export) -> int:  # noqa: ARG001 - the same question to every platform
    """One."""
    return 1


def layout(export: Export, sample: pl.DataFrame) -> Layout:
    """Columns by their codes and texts; what a question over several columns is, by its answers."""
    heads = [_head(values.name, cell) for values, cell in zip(sample, export.records[0], strict=False)]
    answers = Answers(sample)
    numbered = re.search(r"survey_?(\d{4,})", export.name)
    places = {str(at) for at in range(1, len(heads) + 1)} | {head.variable for head in heads}
    called, least = (numbered[1], 0.0) if numbered else ("_syntax_file", 0.25)  # of columns and places together
    book = companion(export, places, (".r", ".sps"), syntax, called=called, least=least) or Codebook()
    found = Found()
    for block, (_, group) in enumerate(groupby(heads, key=lambda head: head.base), start=1):
        _question(found, list(group), block, answers, book)
    if book.source:
        found.warnings.append(f"labels of answers are taken from {book.source}")
    found.tell_unlabelled(_MEND)
    return found.layout()


def _head(name: str, cell: str) -> _Head:
    cell = cell.replace("\ufeff", "").strip()
    if both := _CODED.fullmatch(cell):
        variable, text = both[1], both[2]
    elif _ONLY_CODE.fullmatch(cell):
        variable, text = cell, ""
    else:
        variable, text = "", cell
    parts = _ITEM.fullmatch(text)
    question, item = (clean(parts[1]), clean(parts[2].strip("[]").replace("][", ", "))) if parts else (clean(text), "")
    return _Head(name, variable, question, item)


def _sort(head: _Head, values: pl.Series) -> Sort:
    if _BOX.fullmatch(head.variable):
        return "free"
    if normalise(head.item) in _OTHER and not set(map(normalise, values.drop_nulls().unique().head(60))) <= _YES | _NO:
        return "free"
    kinds = [sort(text) for text in (head.variable, head.question) if text]
    return next((kind for kind in ("id", "personal", "meta", "free") if kind in kinds), "answer")


def _question(found: Found, group: Sequence[_Head], block: int, answers: Answers, book: Codebook) -> None:
    asked = []
    for head in group:
        values = answers.sample[head.name]
        text = head.question or head.variable
        if blank(text) and (is_index(text, values) or values.null_count() == len(values)):
            continue
        text = f"Unnamed column {int(head.name[1:]) + 1}" if blank(text) else text
        if not found.kept_apart(Column(head.name, _joined(text, head.item), block=block, variable=head.variable), _sort(head, values), values):
            asked.append(head)
    several = len(asked) > 1 or any(head.item for head in asked)
    boxes = len(asked) > 1 and _ticked(asked, answers)
    ranked = len(asked) > 1 and all(re.fullmatch(r"(?:rank|rang|rangordnung|ranking) ?\d+", normalise(head.item)) for head in asked)
    for head in asked:
        stem = head.question if several and len(asked) > 1 and head.item else ""
        text = head.item if stem else _joined(head.question or head.variable, head.item)
        column = Column(head.name, text, "tick" if boxes else "ranking" if ranked else "answer", stem, block, variable=head.variable)
        _answered(found, column, answers, book)


def _joined(question: str, item: str) -> str:
    return f"{question} [{item}]" if item else question


def _ticked(group: Sequence[_Head], answers: Answers) -> bool:
    """Whether the columns hold yes and no only: boxes that people ticked, as far as the export tells."""
    cells = {normalise(cell) for head in group for cell in answers.few(head.name)}
    return bool(cells & _YES) and cells <= _YES | _NO | {"n/a"}


def _answered(found: Found, column: Column, answers: Answers, book: Codebook) -> None:
    seen = answers.seen(column.name)
    variable = book.variables.get(column.variable) or book.variables.get(str(int(column.name[1:]) + 1))
    if column.kind == "tick":
        found.add(column, ticks(column.text, _YES, seen | {"Y", "N", "Yes", "No", "N/A"}))
    elif variable and variable.codes:
        found.add(*coded(column, variable, seen))
    elif seen and all(_ANSWER_CODE.fullmatch(cell) for cell in seen):
        found.unlabelled.append(column.variable or column.text)
        found.add(column)
    else:
        found.add(column, {"Y": "Yes", "N": "No"} if seen and seen <= {"Y", "N"} else None)
