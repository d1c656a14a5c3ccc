"""Syntax files that LimeSurvey writes beside an export for R or SPSS: which code stands for which answer."""

from __future__ import annotations

import re
from pathlib import Path

from rpgstat.read.codebook import Code, Codebook, Variable

_STRING = r'"((?:[^"\\]|\\.|"")*)"'
_FACTOR = re.compile(r"data\[, ?(\d+)\] <- factor\(data\[, ?\d+\], levels=c\((.*?)\), ?labels=c\((.*?)\)\)", re.DOTALL)
_R_NAME = re.compile(rf"names\(data\)\[(\d+)\] <- {_STRING}")
_R_TEXT = re.compile(rf"attributes\(data\)\$variable\.labels\[(\d+)\] <- {_STRING}")
_VALUES = re.compile(r"VALUE LABELS\s+(\w+)\s+(.*?)\.\s*(?:\n|$)", re.DOTALL)
_RENAMED = re.compile(r"RENAME VARIABLES?\s*\(\s*(\w+)\s*=\s*(\w+)\s*\)", re.IGNORECASE)
_COLUMNS = re.compile(r"/VARIABLES\s*=\s*(.*?)\.\s*(?:\n|$)", re.DOTALL | re.IGNORECASE)
_COLUMN = re.compile(r"(?m)^\s*(\w+)\s+(?:[AF]\d|DATE|TIME|ADATE|SDATE|EDATE)")
_LABELS = re.compile(rf"VARIABLE LABELS\s+(\w+)\s+(?:{_STRING}|'((?:[^']|'')*)')\s*\.")


def syntax(path: Path) -> Codebook | None:
    """The variables of a syntax file: those of R under the number of their column and their name, those of SPSS under their code."""
    text = path.read_text(encoding="utf-8-sig", errors="replace")
    variables = _of_r(text) if path.suffix.lower() == ".r" else _of_spss(text)
    return Codebook(variables, path.name) if variables else None


def headers(text: str) -> list[str]:
    """The headers of the file that a syntax file for SPSS reads, as LimeSurvey's other exports write them: `G01Q01[SQ001]. How far do you agree? [I cope]`.

    Nothing for a syntax file that reads none.

    >>> headers("/VARIABLES=\\n V1 F7\\n V2 A2.\\nVARIABLE LABELS V2 \\"[I cope] Agree?\\".\\nRENAME VARIABLE ( V2 = Q1_SQ1 ).")
    ['V1', 'Q1[SQ1]. Agree? [I cope]']
    """
    block = _COLUMNS.search(text)
    renamed, labels = dict(_RENAMED.findall(text)), {name: _plain(one or other) for name, one, other in _LABELS.findall(text)}
    return [_headed(_bracketed(renamed.get(name, name)), labels.get(name, "")) for name in (_COLUMN.findall(block[1]) if block else ())]


def _headed(name: str, label: str) -> str:
    """The syntax file has the part of a question in brackets before it."""
    parts = re.fullmatch(r"((?:\[[^\[\]]*\])+)\s*(.*)", label, re.DOTALL)
    text = f"{parts[2]} {parts[1]}" if parts and parts[2] else label
    return f"{name}. {text}" if text and text != name else name


def _of_r(text: str) -> dict[str, Variable]:
    names = {number: _bracketed(_plain(name)) for number, name in _R_NAME.findall(text)}
    texts = {number: _plain(label) for number, label in _R_TEXT.findall(text)}
    codes = {
        number: tuple(Code(_plain(cell), _plain(label)) for cell, label in zip(_strings(levels), _strings(labels), strict=False))
        for number, levels, labels in _FACTOR.findall(text)
    }
    found = {number: Variable(names.get(number, number), texts.get(number, ""), codes.get(number, ())) for number in names.keys() | codes.keys() | texts.keys()}
    return found | {variable.name: variable for variable in found.values()}


def _of_spss(text: str) -> dict[str, Variable]:
    renamed = dict(_RENAMED.findall(text))
    labelled = {name: re.findall(rf"{_STRING}\s+{_STRING}", body) + re.findall(rf"(?m)^\s*(-?\d+)\s+{_STRING}", body) for name, body in _VALUES.findall(text)}
    named = {_bracketed(renamed.get(name, name)): pairs for name, pairs in labelled.items()}
    return {name: Variable(name, "", tuple(Code(_plain(cell), _plain(label)) for cell, label in pairs)) for name, pairs in named.items()}


def _bracketed(name: str) -> str:
    """The name as the other exports write it: `G01Q01_SQ001` is `G01Q01[SQ001]`."""
    question, _, sub = name.partition("_")
    return f"{question}[{sub}]" if sub else name


def _strings(listed: str) -> list[str]:
    return [quoted or bare for quoted, bare in re.findall(rf"{_STRING}|(-?\d+)", listed)]


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text).replace('""', '"').strip()
