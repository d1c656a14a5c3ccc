"""SurveyMonkey exports: two header rows, the question above and its part below."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import polars as pl

from rpgstat.read.answers import Answers
from rpgstat.read.export import Export
from rpgstat.read.headers import blank, clean, identifier, is_index, sort
from rpgstat.read.layout import Layout
from rpgstat.record import record
from rpgstat.study import Column, normalise
from rpgstat.study.survey import Kind

NAME = "surveymonkey"
_HEADER_ROWS = 2

_METADATA = frozenset({"respondent id", "respondentid", "collector id", "start date", "end date", "ip address"})
_NAMED = 0.3  # the share of a second header row that is `Response` or a part of a question
_WORDS = frozenset({"response", "open-ended response"})
_FREE = re.compile(
    r"open-ended response|réponse ouverte|offene antwort|respuesta abierta|resposta aberta|open antwoord|odpowiedź otwarta|ymateb agored"
    r"|(?:.*\b)?please (?:specify|explain)\b.*|(?:(?:additional|further|any other) )?comments?(?: \(.*\))?:?"
)


@dataclass
class _Found:
    """What has been found while the columns are gone through."""

    columns: list[Column] = field(default_factory=list)
    aside: list[Column] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    spread: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def plain(self, column: Column, values: pl.Series) -> None:
        """A column with nothing below its header: metadata, or one that was added by hand."""
        kind = sort(column.text)
        if kind in ("personal", "free"):
            self.aside.append(replace(column, kind="personal" if kind == "personal" else "text"))
        elif kind == "id":
            column, damage = identifier(column.name, column.text, column.block, values)
            self.columns.append(column)
            self.warnings.extend(damage)
        else:
            self.columns.append(replace(column, kind="meta" if kind == "meta" else "answer"))


@record
class _Question:
    """One question and its columns: the name of each in the frame, with the text below the question."""

    text: str
    block: int
    parts: dict[str, str]

    def column(self, name: str, kind: Kind = "answer") -> Column:
        return Column(name, self.parts[name], kind, self.text, self.block)

    def box(self, name: str) -> Column:
        """A text box; one that is the whole answer bears the question's text."""
        kind: Kind = "personal" if "personal" in (sort(self.parts[name]), sort(self.text)) else "text"
        if normalise(self.parts[name]) in _WORDS:
            return Column(name, self.text, kind, block=self.block)
        return self.column(name, kind)


def score(export: Export) -> float:
    """Nearly 1 when the second row holds texts of a header: `Response` below a question, or parts of questions that run on to the right.

    A blank cell below the respondent's id proves nothing: it may be that of a person without one.
    """
    records = export.records
    if len(records) < _HEADER_ROWS:
        return 0.0
    upper, lower = ([*map(clean, row), *[""] * (max(map(len, records[:2])) - len(row))] for row in records[:2])
    blocks = _blocks(upper, lower)
    numbered = blank(upper[0]) and not blank(lower[0]) and lower[0] not in ("0", "1")  # a saved row index would begin with one of these
    if numbered or any(not blank(text) for question, texts in blocks if normalise(question) in _METADATA for text in texts):
        return 0.0  # somebody's number, id or date
    told = [normalise(text) for _, texts in blocks for text in texts if not blank(text)]
    if any(normalise(texts[0]) in _WORDS for _, texts in blocks):
        return 0.95
    parts = sum(len(texts) for texts in map(_parts, blocks))
    strange = sum(not blank(texts[0]) and not _FREE.fullmatch(normalise(texts[0])) for _, texts in blocks if len(texts) == 1)
    named = parts + sum(text in _WORDS or _FREE.fullmatch(text) is not None for text in told)
    return 0.9 if parts and named >= _NAMED * len(told) and strange <= parts else 0.0


def _blocks(upper: list[str], lower: list[str]) -> list[tuple[str, list[str]]]:
    """Each question with what stands below it and below the blank cells on its right; what stands before the first question tells nothing."""
    found: list[tuple[str, list[str]]] = []
    for above, below in zip(upper, lower, strict=True):
        if not blank(above):
            found.append((above, [below]))
        elif found:
            found[-1][1].append(below)
    return found


def _parts(block: tuple[str, list[str]]) -> list[str]:
    """The texts below one question that may be its parts: several, and no two alike."""
    told = [normalise(text) for text in block[1] if not blank(text)]
    return told if len(told) > 1 and len(set(told)) == len(told) else []


def header_rows(export: Export) -> int:  # noqa: ARG001 - the same question to every platform
    """Two, or one of a file that has no more rows."""
    return _HEADER_ROWS


def layout(export: Export, sample: pl.DataFrame) -> Layout:
    """Columns by both header rows, and by the answers where the header cannot tell a tick-box from a matrix or a ranking."""
    upper, lower = ([*map(clean, row), *[""] * (sample.width - len(row))] for row in (*export.records[:_HEADER_ROWS], ())[:2])
    answers = Answers(sample)
    found = _Found()
    question = _Question("", 0, {})
    for i, (values, above, below) in enumerate(zip(answers.sample, upper, lower, strict=True)):
        if i == 0 and is_index(above, values):
            continue
        if not blank(above):
            _add(found, question, answers)
            question = _Question(above, question.block + 1, {})
        if not blank(below):
            question.parts[values.name] = below
        elif not blank(above):
            found.plain(Column(values.name, above, block=question.block), values)
        elif values.null_count() < len(values):
            found.columns.append(Column(values.name, f"Unnamed column {i + 1}", block=question.block))
    _add(found, question, answers)
    return Layout(tuple(found.columns), tuple(found.aside), tuple(found.warnings), found.spread)


def _add(found: _Found, question: _Question, answers: Answers) -> None:
    """Adds a question's columns: an answer of its own, and what stands beside it."""
    free = [name for name in question.parts if _is_free(name, question, answers)]
    found.aside.extend(map(question.box, free))
    parts = {name: text for name, text in question.parts.items() if name not in free}
    single = next((name for name, text in parts.items() if normalise(text) == "response"), None)
    if single is None:
        _add_parts(found, question, parts, answers)
        return
    found.columns.append(Column(single, question.text, block=question.block))
    for name in parts:
        if name == single:
            continue
        if answers.ticks({name: parts[name]}):
            found.columns.append(question.column(name, "tick"))
        else:  # the text box beside a choice, under a name of its own
            found.aside.append(question.box(name))


def _add_parts(found: _Found, question: _Question, parts: Mapping[str, str], answers: Answers) -> None:
    """A question over several columns: tick-boxes, one choice spread out, a ranking or a matrix."""
    names = list(parts)
    kind: Kind = "answer"
    if answers.ticks(parts):
        if len(names) > 1 and answers.one_each(names):
            found.columns.append(Column(names[0], question.text, block=question.block, options=tuple(parts.values())))
            found.spread[names[0]] = tuple(names)
            return
        kind = "tick"
    elif answers.ranks(names):
        kind = "ranking"
    found.columns.extend(question.column(name, kind) for name in names)


def _is_free(name: str, question: _Question, answers: Answers) -> bool:
    """Whether a part is a text box: so named, or a personal box such as "Email Address", which as a row of a matrix would share its neighbours' answers."""
    text = question.parts[name]
    if _FREE.fullmatch(normalise(text)):
        return True
    return sort(text) == "personal" and not answers.ticks({name: text}) and not answers.shared(name, question.parts)
