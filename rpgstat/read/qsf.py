"""The definition of a Qualtrics survey (.qsf): which code stands for which answer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from rpgstat.read.codebook import Code, Codebook, Variable
from rpgstat.read.headers import clean
from rpgstat.study.survey import Measure


def qsf(path: Path) -> Codebook | None:
    """The questions of a definition, each under its id (`QID3`) and its export tag (`Q3`); None where the file is no such definition."""
    content = json.loads(path.read_text(encoding="utf-8-sig"))
    questions = [one["Payload"] for one in content["SurveyElements"] if one.get("Element") == "SQ" and isinstance(one.get("Payload"), dict)]
    variables = {name: variable for question in questions for name, variable in _variables(question)}
    return Codebook(variables, path.name) if variables else None


def _variables(question: Mapping[str, Any]) -> Iterator[tuple[str, Variable]]:
    id, tag = str(question.get("QuestionID") or ""), str(question.get("DataExportTag") or "")
    kind = str(question.get("QuestionType") or ""), str(question.get("Selector") or "")
    matrix = kind[0] in ("Matrix", "SBS") and question.get("Answers")
    answers = _ordered(question, "Answers", "AnswerOrder") if matrix else _ordered(question, "Choices", "ChoiceOrder")
    recodes = question.get("RecodeValues") or {}
    codes = tuple(_code(str(recodes.get(key, key)), answer) for key, answer in answers)
    many = kind[1] in ("MAVR", "MAHR", "MACOL", "MSB") or question.get("SubSelector") == "MultipleAnswer"
    if kind[0] not in ("MC", "Matrix") or (kind[0] == "Matrix" and kind[1] not in ("Likert", "Bipolar", "Profile")):
        codes = ()
    measure: Measure = "ordinal" if matrix and not many else ""
    for name in filter(None, (id, tag)):
        yield name, Variable(name, clean(str(question.get("QuestionText") or "")), () if many else codes, measure, "several" if many else "")


def _code(cell: str, answer: Any) -> Code:
    label = clean(str(answer.get("Display") if isinstance(answer, dict) else answer))
    return Code(cell, label, off=cell.startswith("-"))


def _ordered(question: Mapping[str, Any], what: str, order: str) -> list[tuple[str, Any]]:
    """The answers in the order in which people saw them; older definitions hold them as a list."""
    given = question.get(what) or {}
    known: dict[str, Any] = {str(key): one for key, one in (given.items() if isinstance(given, dict) else enumerate(given, start=1))}
    asked = [str(key) for key in question.get(order) or ()]
    return [(key, known[key]) for key in dict.fromkeys([*asked, *known]) if key in known]
