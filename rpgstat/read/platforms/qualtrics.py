"""Qualtrics exports: three header rows (name, text, ImportId), two as older ones have, or one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

import polars as pl

from rpgstat.read.answers import Answers
from rpgstat.read.codebook import Codebook, Recode, coded
from rpgstat.read.companions import companion
from rpgstat.read.export import Export
from rpgstat.read.found import Found
from rpgstat.read.headers import Sort, blank, clean, sort, words
from rpgstat.read.layout import Layout
from rpgstat.read.lists import joined
from rpgstat.read.qsf import qsf
from rpgstat.read.stems import base, shared
from rpgstat.record import record
from rpgstat.study import Column, normalise

NAME = "qualtrics"

_LEGACY = tuple(f"V{number}" for number in range(1, 11))
_OWN = frozenset(
    """start date, end date, status, response type, progress, duration (in seconds), finished, recorded date, response id, response set,
    distribution channel, user language, external reference, external data reference, recipient last name, recipient email""".replace("\n    ", " ").split(", ")
)
_TELLING = frozenset({"recorded date", "response id", "response set", "distribution channel"})
_IMPORT = re.compile(r"""import_?id['"]?\s*:\s*['"]([^'"]*)""", re.IGNORECASE)
_QUESTION = re.compile(r"((?:\d+_)?QID\d+(?:#\d+)?)")
_MADE = re.compile(  # by the program, not answered
    r".*_(?:First[_ ]Click|Last[_ ]Click|Page[_ ]Submit|Click[_ ]Count)|.*_(?:Browser|Version|Operating System|Resolution)"
    r"|.*_DO(?:_.*)?|.*_NPS_GROUP|Q_\w+|SC\d+"
    r"|.*(?:- |_)(?:Parent Topics|Topics|Topic Sentiment\w*|Sentiment(?: Polarity| Score)?)|.* - Topics"
)
_BOX = re.compile(r".*_TEXT(?:_\w*)?|.*_(?:Id|Size|Name|Type)")
_CODE = re.compile(r".*_(?:x)?(-?\d+)")
_SEEN_ONLY = "-99"  # "seen but unanswered", where the export was asked to say so
_MEND = "export again with `Use choice text`, or save the survey's .qsf file (Survey > Tools > Import/Export > Export survey) beside the export"
_MOST_STEPS = 11  # levels of a scale whose codes may be its own numbers


@record
class _Part:
    """One column: its positional name, its short name, its text, and what it is imported by."""

    name: str
    variable: str
    text: str
    imported: str

    @property
    def question(self) -> str:
        """What the columns of one question share."""
        if found := _QUESTION.match(self.imported):
            return found[1]
        own = base(self.variable)
        return own if own != self.variable or "-" not in self.text else self.text.rpartition("-")[0]


def score(export: Export) -> float:
    """1 with a row of ImportIds, nearly so for the names V1 to V10 of old exports, or enough of the names that only Qualtrics writes."""
    if any(_is_imports(row) for row in export.records[1:3]):
        return 1.0
    if export.header[:10] == _LEGACY and len(export.records) > 1 and normalise(export.records[1][0]) == "responseid":
        return 0.97
    own = {words(cell) for cell in export.header} & _OWN
    return 0.92 if len(own) >= 3 and own & _TELLING else 0.0


def header_rows(export: Export) -> int:
    """One, and one more for the texts of the questions and one for the ImportIds, where they are there."""
    rows = export.records[1:3]
    for number, row in enumerate(rows, start=2):
        if _is_imports(row):
            return number
    return 2 if rows and _is_texts(export.header, rows[0]) else 1


def _is_imports(row: Sequence[str]) -> bool:
    told = [cell for cell in row if cell.strip()]
    return bool(told) and 2 * sum(_IMPORT.search(cell) is not None for cell in told) > len(told)


def _is_texts(header: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a second row says again what the columns of the platform are."""
    if tuple(header[:10]) == _LEGACY:
        return True
    own = [at for at, cell in enumerate(header[: len(row)]) if words(cell) in _OWN]
    dates = [row[at] for at in own if words(header[at]).endswith(" date")]
    if dates:
        return all(cell.strip() and not any(map(str.isdigit, cell)) for cell in dates)  # in whatever language
    return len(own) > 1 and 2 * sum(words(row[at]) in _OWN for at in own) > len(own)


def layout(export: Export, sample: pl.DataFrame) -> Layout:
    """Columns by their names and ImportIds; what a question over several columns is, by its answers or the .qsf file beside the export."""
    parts = _parts(export, sample.width)
    answers = Answers(sample)
    book = companion(export, {part.question for part in parts if _kind(part) == "answer"}, (".qsf",), qsf) or Codebook()
    found = Found()
    for block, (_, group) in enumerate(groupby(parts, key=lambda part: part.question), start=1):
        _question(found, list(group), block, answers, book)
    if book.source:
        found.warnings.append(f"labels of answers and recodes are taken from {book.source}")
    else:
        found.tell_unlabelled(_MEND)
    return found.layout()


def _parts(export: Export, width: int) -> list[_Part]:
    rows = export.records[: header_rows(export)]
    imports: Sequence[str] = rows[-1] if len(rows) > 1 and _is_imports(rows[-1]) else ()
    texts = rows[1] if len(rows) > 1 and rows[1] is not imports else rows[0]
    legacy = export.header[:10] == _LEGACY

    def part(at: int) -> _Part:
        variable, text = (clean(row[at]) if at < len(row) else "" for row in (export.header, texts))
        told = _IMPORT.search(imports[at]) if at < len(imports) else None
        own = at < 10 if legacy else (told is not None and "QID" not in told[1]) or words(variable) in _OWN
        named = text if legacy or not own else variable  # the text of metadata is in the language of whoever exported it
        return _Part(f"c{at}", variable, (named or text or variable).removesuffix(" - Selected Choice"), told[1] if told else "")

    return [part(at) for at in range(width)]


def _kind(part: _Part) -> Sort:
    """What a column is by its name, its text and its ImportId."""
    if _MADE.fullmatch(part.variable) or re.search(r"TEXT_[0-9a-f]{8,}", part.imported):
        return "meta"
    if _BOX.fullmatch(part.variable) or part.imported.endswith(("_TEXT", "-TEXT")) or part.text.endswith(("-TEXT", " - Text")):
        return "free"
    kind = sort(part.text)
    own = words(part.text) in _OWN or words(part.variable) in _OWN
    return "meta" if kind == "answer" and own else kind


def _question(found: Found, group: list[_Part], block: int, answers: Answers, book: Codebook) -> None:
    """Adds the columns of one question, or of one kind of metadata."""
    asked = []
    for part in group:
        kind = _kind(part)
        column = Column(part.name, part.text, block=block, variable=part.variable)
        if blank(part.variable) and blank(part.text) and not answers.few(part.name):
            continue
        if not found.kept_apart(column, kind, answers.sample[part.name]):
            asked.append(part)
    if asked:
        _asked(found, asked, block, answers, book)


def _asked(found: Found, group: list[_Part], block: int, answers: Answers, book: Codebook) -> None:
    stem, at = shared([part.text for part in group])
    texts = {part.name: (part.text[at:].strip() or part.text) for part in group}
    stem = stem if all(part.text[at:].strip() for part in group) else ""
    if not stem and len(group) > 1 and all(part.text == part.variable for part in group):
        stem = group[0].question  # one header row: names are all that there is
    variable = book.variables.get(group[0].question) or book.variables.get(base(group[0].variable))
    codes = {part.name: number[1] for part in group if (number := _CODE.fullmatch(part.variable))}
    if (variable and variable.stem == "several") or answers.ticked(texts, codes):
        _ticks(found, group, texts, stem, block, answers)
        return
    ranked = any(part.variable.endswith("_RANK") for part in group) or (len(group) > 2 and answers.ranks([part.name for part in group]))
    run = bool(stem) and _is_run({cell for part in group for cell in answers.seen(part.name)})
    for part in group:
        column = Column(part.name, texts[part.name], "ranking" if ranked else "answer", stem, block, variable=part.variable)
        if not stem and (options := joined(answers.counts(part.name), ",")):
            found.add(replace(column, kind="multiple", options=options, separator=",", measure="nominal" if all(map(str.isdecimal, options)) else ""))
            found.unlabelled += [column.variable or column.text] if all(map(str.isdecimal, options)) else []
            continue
        seen = answers.seen(part.name)
        if variable and variable.codes:
            column, recode = coded(column, variable, seen)
        else:
            column, recode = _unlabelled(found, column, seen, run=run, embedded=bool(part.imported) and "QID" not in part.imported)
        if recode:
            found.recodes[part.name] = recode
        found.columns.append(column)


def _ticks(found: Found, group: list[_Part], texts: Mapping[str, str], stem: str, block: int, answers: Answers) -> None:
    for part in group:
        found.columns.append(Column(part.name, texts[part.name], "tick", stem, block, variable=part.variable))
        numbers = [cell for cell in answers.few(part.name) if cell.lstrip("-").isdecimal()]
        if numbers:
            found.recodes[part.name] = {_SEEN_ONLY: None, "0": None} | dict.fromkeys(
                (cell for cell in numbers if cell not in (_SEEN_ONLY, "0")), texts[part.name]
            )


def _is_run(seen: set[str]) -> bool:
    """Whether the codes of one question, those below zero apart, may be the positions of a scale: from 0 or 1, with few gaps, to 10 at most."""
    numbers = {int(cell) for cell in map(normalise, seen) if cell.isdecimal() and len(cell) < 7}
    return bool(numbers) and min(numbers) < 2 and max(numbers) < _MOST_STEPS and 2 * len(numbers) > max(numbers) - min(numbers)


def _unlabelled(found: Found, column: Column, seen: set[str], *, run: bool, embedded: bool) -> tuple[Column, Recode]:
    """A column without labels for its codes. Codes below zero are answers off any scale, -99 is none; numbers that are no run are codes of who knows what."""
    recode: Recode = {_SEEN_ONLY: None} if _SEEN_ONLY in seen else {}
    numbers = sorted(int(cell) for cell in map(normalise, seen) if re.fullmatch(r"-?\d{1,6}", cell) and cell != _SEEN_ONLY)
    if embedded or not numbers or len(numbers) < len(seen - {_SEEN_ONLY}):
        return (replace(column, measure="nominal") if embedded else column), recode
    on = [number for number in numbers if number >= 0]
    column = replace(column, off=tuple(str(number) for number in numbers if number < 0))
    if on and not run:
        found.unlabelled.append(column.variable or column.text)
    return (column if run else replace(column, measure="nominal")), recode
