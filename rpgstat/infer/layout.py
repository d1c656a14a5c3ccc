"""The columns of each export as its layout groups them: questions that share a heading, and questions of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from rpgstat.infer.catalogue import is_off_scale
from rpgstat.infer.named import named_by
from rpgstat.infer.numbers import read_numbers
from rpgstat.infer.readings import MOST_LABELS, Declared, Reading, Seen, integers, read_answers
from rpgstat.record import record
from rpgstat.study import Column, Survey, normalise

_PREFIXED = re.compile(r"(.+?):\s+(.+)", re.DOTALL)


@record
class Row:
    """One column of one wave: `text` is the statement, `seen` its answers as typed and the people who gave each (0 for options nobody chose).

    `strange` are answers that stand on no level of the scale that the row belongs to.
    """

    wave: int
    column: Column
    text: str
    seen: Mapping[str, int]
    strange: frozenset[str] = frozenset()

    @property
    def is_open(self) -> bool:
        """Too many different answers for a scale; they are never shown."""
        return len(self.seen) > MOST_LABELS

    @property
    def answers(self) -> frozenset[str]:
        """The answers that may be on a scale or off it by their wording."""
        return frozenset(self.seen) - self.strange

    @property
    def given(self) -> Seen:
        """These answers with the wave that gave them."""
        return frozenset((self.wave, answer) for answer in self.answers)


@dataclass
class Line:
    """One statement over the waves; `lookups` are the texts that find its columns, once known."""

    text: str
    rows: list[Row]
    lookups: tuple[str, ...] = ()


@dataclass(eq=False)
class Block:
    """Statements that share a question. `structured` when the layout says so (a matrix, a shared heading), not only the answers.

    `numeric` marks neighbours that were put together because their answers are numbers on one range; `declared` are scales given for this run.
    """

    stem: str
    structured: bool
    lines: list[Line] = field(default_factory=list)
    numeric: bool = False
    declared: tuple[Declared, ...] = ()

    @property
    def rows(self) -> list[Row]:
        """Every column of every wave."""
        return [row for line in self.lines for row in line.rows]

    def read(self, prefer: Iterable[tuple[object, ...]] = ()) -> Reading | None:
        """The scale of all its answers in all waves."""
        return read_rows(self.rows, numbers=self.takes_numbers, prefer=prefer, declared=self.declared, stem=self.stem)

    @property
    def takes_numbers(self) -> bool:
        """Whether bare numbers may be its scale."""
        return self.numeric or (self.structured and len(self.lines) > 1)


Part = Block | Row | None
"""A group that the layout makes, a question of its own, or None where anything else stands between."""


def layouts(surveys: Sequence[Survey], answers: Sequence[Mapping[str, Mapping[str, int]]], declared: tuple[Declared, ...] = ()) -> list[list[Part]]:
    """The parts of each export. A group stays one where its answers are a scale, alone or with those of another wave."""
    waves = [_grouped(wave, survey.columns, counts, declared) for wave, (survey, counts) in enumerate(zip(surveys, answers, strict=True))]
    homes: dict[str, list[Block]] = {}
    for block in (part for parts in waves for part in parts if isinstance(part, Block)):
        for key in _keys(block):
            homes.setdefault(key, []).append(block)
    return [[one for part in parts for one in _settled(part, homes)] for parts in waves]


def read_rows(
    rows: Iterable[Row], *, numbers: bool, prefer: Iterable[tuple[object, ...]] = (), declared: tuple[Declared, ...] = (), stem: str = ""
) -> Reading | None:
    """The scale of all these answers; None where there is none, or one of the rows is free text. `stem` is the question, which may name the levels."""
    rows = list(rows)
    if any(row.is_open for row in rows):
        return None
    off = {answer for row in rows for answer in row.column.off}
    given: Seen = frozenset({(row.wave, answer) for row in rows for answer in row.seen if answer not in row.strange and answer not in off})
    named = all(row.column.options for row in rows)
    given_now = tuple(scale for scale in declared if not scale.stated)
    found = read_answers(given, prefer=tuple(prefer), declared=declared if named else given_now, named=named)
    if found is None and not named and (stated := read_answers(given, declared=declared)) is not None:
        found = replace(stated, certain=False)  # a codebook knows its own columns; of others it only tells an order
    if found is None and numbers and not any(row.column.measure == "nominal" for row in rows):
        found = read_numbers([{answer: n for answer, n in row.seen.items() if answer not in row.strange and answer not in off} for row in rows])
    if found is None:
        return None
    return named_by(replace(found, off=found.off | frozenset(map(normalise, off))) if off else found, stem)


def compatible(one: Block, other: Block) -> bool:
    """Whether the two may be on one scale, as far as their answers tell: one level, or a few numbers, tell nothing against it."""
    rows = [*one.rows, *other.rows]
    if read_rows(rows, numbers=one.takes_numbers and other.takes_numbers, declared=one.declared) is not None:
        return True
    return one.structured and other.structured and _tells_little(rows)


def _tells_little(rows: Sequence[Row]) -> bool:
    labels = {normalise(answer) for row in rows for answer in row.answers if not is_off_scale(answer)}
    return not any(row.is_open for row in rows) and (len(labels) < 2 or len(integers(labels)) == len(labels))


def _grouped(wave: int, columns: Sequence[Column], counts: Mapping[str, Mapping[str, int]], declared: tuple[Declared, ...]) -> list[Part]:
    parts: list[Part] = []
    for (kind, stem), group in groupby(columns, key=_group_key):
        rows = [_row(wave, column, counts) for column in group] if kind != "other" else []
        if stem and len(rows) > 1:
            parts.append(Block(rows[0].column.stem or _stem(rows[0].column.text), True, [Line(row.text, [row]) for row in rows], declared=declared))
        else:
            parts.extend(rows or [None])
    return parts


def _settled(part: Part, homes: Mapping[str, Sequence[Block]]) -> Iterator[Part]:
    """The group itself where it is on one scale, else its rows."""
    if not isinstance(part, Block) or part.read():
        yield part
        return
    wave = part.rows[0].wave
    others = {id(other): other for key in _keys(part) for other in homes[key] if other.rows[0].wave != wave}
    known = any(read_rows([*part.rows, *other.rows], numbers=True, declared=part.declared) for other in others.values())
    yield from [part] if known else part.rows


def _keys(block: Block) -> set[str]:
    """What a group may share with the same group in another wave: its question, or a statement."""
    return {f"stem {normalise(block.stem)}", *(f"text {normalise(line.text)}" for line in block.lines)}


def _group_key(column: Column) -> tuple[str, str]:
    """Neighbours with the same key and a stem may be one block; those without a stem are told apart later, by their answers."""
    if column.kind != "answer":
        return "other", ""
    if column.stem:
        return f"matrix {column.block}", normalise(column.stem)
    return "question", normalise(_stem(column.text))


def _stem(text: str) -> str:
    found = _PREFIXED.fullmatch(text)
    return found[1] if found else ""


def _row(wave: int, column: Column, counts: Mapping[str, Mapping[str, int]]) -> Row:
    prefixed = None if column.stem else _PREFIXED.fullmatch(column.text)
    seen = dict.fromkeys(column.options, 0) | dict(counts.get(column.name, {}))
    return Row(wave, column, prefixed[2] if prefixed else column.text, seen)
