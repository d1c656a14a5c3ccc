"""Runs: adjacent questions of their own that share a known scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rpgstat.infer.layout import Block, Line, Part, Row
from rpgstat.infer.readings import MOST_LABELS, Reading, read_answers
from rpgstat.study import normalise

_FEWEST_ALONE = 3  # distinct levels that questions need to be taken for a scale when no layout says that they belong together
_MOSTLY = 0.8  # share of the people whose answers must be on the scale of the questions around, for the others to be mistakes


class Pool:
    """Every column's answers, together with those of its namesakes in other waves."""

    def __init__(self, waves: Iterable[Iterable[Part]]) -> None:
        self._people: dict[str, Counter[str]] = {}
        for row in (row for parts in waves for part in parts if part is not None for row in (part.rows if isinstance(part, Block) else [part])):
            self._people.setdefault(normalise(row.column.label), Counter()).update(row.seen)
        self._answers = {label: frozenset(people) for label, people in self._people.items()}

    def people(self, row: Row) -> Counter[str]:
        """Answer -> people, over all waves."""
        return self._people[normalise(row.column.label)]

    def answers(self, row: Row) -> frozenset[str]:
        """The answers in any wave."""
        return self._answers[normalise(row.column.label)]


def with_runs(layout: Iterable[Part], pool: Pool) -> list[Block]:
    """The blocks of one export, adjacent questions that share a known scale made into blocks too."""
    blocks: list[Block] = []
    run = _Run(pool)
    for part in (*layout, None):
        if isinstance(part, Row) and run.takes(part):
            continue
        blocks += run.closed()
        run = _Run(pool)
        if isinstance(part, Block):
            blocks.append(part)
        elif part is not None:
            run.takes(part)
    return blocks


def take_out_doubtful(waves: Sequence[Sequence[Block]], pool: Pool) -> list[Row]:
    """Takes questions on a scale of two levels, such as a consent, off the ends of runs on longer scales; returns them.

    One that stands elsewhere in another wave's battery stays. Within a run the questions around it speak for it.
    """
    edges = {id(row): row for blocks in waves for block in blocks if not block.structured and not block.stem for row in _edges(block, pool)}
    firm = {normalise(row.column.label) for blocks in waves for block in blocks for row in block.rows if id(row) not in edges}
    doubtful = {key: row for key, row in edges.items() if normalise(row.column.label) not in firm}
    for block in (block for blocks in waves for block in blocks):
        block.lines = [line for line in block.lines if id(line.rows[0]) not in doubtful]
    return list(doubtful.values())


def _edges(block: Block, pool: Pool) -> list[Row]:
    rows = block.rows
    longer = [at for at, row in enumerate(rows) if not _on_two_levels(pool.answers(row))]
    core = rows[longer[0] : longer[-1] + 1] if longer else []
    reading = _read(frozenset().union(*map(pool.answers, core)))
    return [*rows[: longer[0]], *rows[longer[-1] + 1 :]] if reading and reading.distinct >= _FEWEST_ALONE else []


def _on_two_levels(answers: frozenset[str]) -> bool:
    """Whether these answers alone are a scale of two levels; two levels that only a longer scale has are not."""
    reading = _read(answers)
    return reading is not None and len(reading.levels) == 2


@dataclass
class _Run:
    """A run being gathered; `waiting` are questions that belong to it if one after them does."""

    pool: Pool
    rows: list[Row] = field(default_factory=list)
    answers: frozenset[str] = frozenset()
    waiting: list[Row] = field(default_factory=list)

    def takes(self, row: Row) -> bool:
        """Whether the run goes on at this question. One level alone (consent: "Agree") starts no run and ends none."""
        own = self.pool.answers(row)
        is_open = len(own) > MOST_LABELS
        known = not is_open and _read(own) is not None
        if not self.rows:
            return known and self._add(row, own)
        if self.rows[-1].column.stem != row.column.stem:
            return False
        if (known or _same_matrix(self.rows[-1], row)) and not is_open and self._holds(own):
            return self._add(row, own)
        if _same_matrix(self.rows[-1], row):
            return not known  # left out of a matrix whose other rows stay together
        if known or is_open or not own:
            return False
        self.waiting.append(row)
        return True

    def closed(self) -> Iterator[Block]:
        """The block that the run makes, if its scale is certain enough. Questions still waiting stand at its end: they are no part of it."""
        reading = _read(self.answers) if self.rows else None
        if reading is not None and reading.distinct >= _FEWEST_ALONE:
            yield Block(self.rows[0].column.stem, False, [Line(row.column.text, [row]) for row in self.rows])

    def _holds(self, answers: frozenset[str]) -> bool:
        return answers <= self.answers or _read(self.answers | answers) is not None

    def _add(self, row: Row, own: frozenset[str]) -> bool:
        """Adds the question and those waiting before it; False, and nothing is added, when one of these is on another scale."""
        answers, between = self.answers | own, []
        for waiting in self.waiting:
            joined = _joined(waiting, answers, self.pool)
            if joined is None:
                return False
            between.append(joined)
            answers |= self.pool.answers(waiting) - joined.strange
        self.rows += [*between, row]
        self.answers, self.waiting = answers, []
        return True


def _joined(row: Row, around: frozenset[str], pool: Pool) -> Row | None:
    """The question as one of those around it, with the few answers marked that are not on their scale; None where it is none of them."""
    people = pool.people(row)
    strange = frozenset(answer for answer in people if _read(around | {answer}) is None)
    known = people.keys() - strange
    reading = _read(around | known)
    levels = {reading.positions[label] for label in map(normalise, known) if label in reading.positions} if reading else set()
    mistaken = bool(strange) and (len(levels) < 2 or sum(people[answer] for answer in known) < _MOSTLY * people.total())
    return replace(row, strange=strange) if levels and not mistaken else None


def _same_matrix(one: Row, other: Row) -> bool:
    return bool(other.column.stem) and (one.column.stem, one.column.block) == (other.column.stem, other.column.block)


def _read(answers: frozenset[str]) -> Reading | None:
    return read_answers(answers, numbers=False)
