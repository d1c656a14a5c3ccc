"""What a file, or one beside it, says of its own answers: the text of each question, the label of each code, and what is missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import field, replace

from rpgstat.record import record
from rpgstat.study import Column, normalise
from rpgstat.study.survey import Measure

Recode = Mapping[str, str | None]
"""What the cells of a column stand for; None for no answer."""

_OFF = re.compile(
    r"(?:item |question )?(?:(?:i )?(?:don't|do not|dont) know|can't say|cannot say|not applicable\b.*|n/a|no basis\b.*"
    r"|(?:i )?(?:prefer|would rather) not (?:to )?(?:say|answer)\b.*|refus(?:al|ed)(?: to answer)?|(?:i've |i have )?never had\b.*"
    r"|weiß nicht|keine angabe|ne sait pas|sans objet|no sabe|no aplica)(?:\s*[/(,;-].*)?"
)
_NOTHING = re.compile(
    r"(?:system |user |question )?missing(?: value| data)?|no answer|not answered|unanswered|skip(?:ped)?|not asked|not stated|no response|blank|"
    r"(?:question )?seen,? but (?:unanswered|not answered)|(?:item |question )?not (?:shown|displayed|reached|completed)|no selection|inapplicable|logical skip"
)
_WHOLE = re.compile(r"[+-]?\d{1,9}")
_LONGEST_RUN = 10  # steps between labelled ends, as from 0 to 10


@record
class Code:
    """A cell of the export and what it stands for; `missing` where the codebook calls it no valid answer, `off` where it is on no scale."""

    cell: str
    label: str
    missing: bool = False
    off: bool = False


@record
class Variable:
    """One column of an export as its codebook has it: `codes` in their order there, `measure` where it tells an order of answers from none.

    `stem` is the question that it is a part of; `kind` says what it is where it is no closed question.
    """

    name: str
    text: str = ""
    codes: tuple[Code, ...] = ()
    measure: Measure = ""
    stem: str = ""
    kind: str = ""


@record
class Codebook:
    """The variables by name, in order, and the file that they come from, "" for the export itself."""

    variables: Mapping[str, Variable] = field(default_factory=dict)
    source: str = ""


def coded(column: Column, variable: Variable, seen: Collection[str]) -> tuple[Column, Recode]:
    """The column with the answers that its codebook lists, and what its cells stand for. `seen` are cells of the first rows.

    A code that is called missing is no answer, but for labels such as "Don't know", which people chose: these stay, off the scale. Whole
    numbers of which only some have a label keep their number beside it, "5 (Always)", and have the numbers between for answers too. Two codes
    of one label stay two answers.
    """
    valid = [code for code in variable.codes if not _is_missing(code)]
    labels = _labels(valid, seen)
    recode: dict[str, str | None] = {cell: label for code, label in zip(valid, labels, strict=True) for cell in _spellings(code.cell)}
    recode |= {cell: None for code in variable.codes if _is_missing(code) for cell in _spellings(code.cell)}
    off = tuple(label for code, label in zip(valid, labels, strict=True) if _is_off(code))
    on = [(code.cell, label) for code, label in zip(valid, labels, strict=True) if label not in off]
    strange = set(map(normalise, seen)) - {normalise(word) for word in (*recode, *labels)}
    if not on or (strange and not all(map(_WHOLE.fullmatch, strange))) or not _closed(on, strange):
        return replace(column, off=off, measure=variable.measure), recode  # numbers of which some are codes for no answer
    options = tuple(label for _, label in _with_between(on))
    return replace(column, options=(*options, *off), off=off, measure=variable.measure), recode


def _is_missing(code: Code) -> bool:
    plain = normalise(code.label)
    return _NOTHING.fullmatch(plain) is not None or (code.missing and not _OFF.fullmatch(plain))


def _is_off(code: Code) -> bool:
    return code.missing or code.off or _OFF.fullmatch(normalise(code.label)) is not None


def _labels(codes: list[Code], seen: Collection[str]) -> list[str]:
    """The label of each code, with its number where neighbours have none, or where another code has the same label."""
    times = Counter(normalise(code.label) for code in codes)
    on = [(code.cell, code.label) for code in codes if not _is_off(code)]
    numbers = {int(cell) for cell, _ in on if _WHOLE.fullmatch(cell)}
    between = {int(cell) for cell in map(normalise, seen) if _WHOLE.fullmatch(cell) and int(cell) not in numbers}
    partly = len(numbers) == len(on) > 1 and any(min(numbers) < number < max(numbers) for number in between)

    def label(code: Code) -> str:
        text = " ".join(code.label.split()) or code.cell
        if partly and not _is_off(code) and normalise(text) != code.cell:
            return f"{code.cell} ({text})"
        return f"{text} [{code.cell}]" if times[normalise(code.label)] > 1 else text

    return [label(code) for code in codes]


def _closed(on: list[tuple[str, str]], strange: set[str]) -> bool:
    """Whether the labelled answers are all there are, but for numbers between them."""
    if not strange:
        return True
    if not all(_WHOLE.fullmatch(cell) for cell, _ in on):
        return False
    numbers = [int(cell) for cell, _ in on]
    return len(on) > 1 and max(numbers) - min(numbers) <= _LONGEST_RUN and all(min(numbers) < int(cell) < max(numbers) for cell in strange)


def _with_between(on: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The answers in order, with the numbers that stand without a label between others whose label shows their number."""
    if not any(label.startswith(f"{cell} (") for cell, label in on):
        yield from on
        return
    known = {int(cell): label for cell, label in on}
    yield from ((str(number), known.get(number, str(number))) for number in range(min(known), max(known) + 1))


def _spellings(cell: str) -> tuple[str, ...]:
    """How programs write one code: 1 and 1.0."""
    return (cell, f"{cell}.0") if _WHOLE.fullmatch(cell) else (cell,)
