"""Runs: adjacent questions of their own that share a known scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from rpgstat.infer.layout import Block, Line, Part, Row
from rpgstat.infer.numbers import batteries, is_counted, read_numbers
from rpgstat.infer.readings import MOST_LABELS, Declared, Reading, Seen, read_answers
from rpgstat.study import normalise

_FEWEST_ALONE = 3  # distinct levels that questions need to be taken for a scale when no layout says that they belong together
_MOSTLY = 0.8  # share of the people whose answers must be on the scale of the questions around, for the others to be mistakes


class Pool:
    """Every column's answers, together with those of its namesakes in other waves; and how answers are read, with the scales given for this run."""

    def __init__(self, waves: Iterable[Iterable[Part]], declared: tuple[Declared, ...] = ()) -> None:
        self.declared = declared
        self._people: dict[str, Counter[str]] = {}
        self._answers: dict[str, Seen] = {}
        for row in (row for parts in waves for part in parts if part is not None for row in (part.rows if isinstance(part, Block) else [part])):
            label = normalise(row.column.label)
            seen = {answer: n for answer, n in row.seen.items() if answer not in row.column.off}
            self._people.setdefault(label, Counter()).update(seen)
            self._answers[label] = self._answers.get(label, frozenset()) | {(row.wave, answer) for answer in seen}

    def read(self, answers: Seen) -> Reading | None:
        """The scale of these answers; bare numbers are none."""
        return read_answers(answers, declared=self.declared)

    def range_of(self, row: Row) -> tuple[int, int] | None:
        """The lowest and the highest number that a column of bare numbers holds, codes for no answer apart; None for any other column."""
        people = self.people(row)
        if row.column.measure == "nominal":
            return None  # codes, and nobody says for what
        if len(people) > MOST_LABELS or not any(answer[:1].isdecimal() for answer in people) or is_counted(row.column.text):
            return None
        reading = read_numbers([people])
        if reading is not None:
            return int(reading.levels[0]), int(reading.levels[-1])
        numbers = [int(label) for label in map(normalise, people) if label.isdecimal() and int(label) <= 10]
        return (min(numbers), max(numbers)) if numbers and len(numbers) == len(people) and len(numbers) < 3 and max(numbers) > 1 else None

    def ends_of(self, row: Row) -> tuple[int, int] | None:
        """The same with numbers from 0 to 10 that seem to be codes among them: the columns beside may show that they are levels."""
        own = self.range_of(row)
        numbers = [int(label) for label in map(normalise, self.people(row)) if label.isdecimal() and int(label) <= 10] if own else []
        return own and (min(*own, *numbers), max(*own, *numbers))

    def people(self, row: Row) -> Counter[str]:
        """Answer -> people, over all waves."""
        return self._people[normalise(row.column.label)]

    def answers(self, row: Row) -> Seen:
        """The answers in any wave."""
        return self._answers[normalise(row.column.label)]


def with_runs(layout: Iterable[Part], pool: Pool) -> list[Block]:
    """The blocks of one export, adjacent questions that share a known scale, or a range of numbers, made into blocks too."""
    blocks: list[Block] = []
    run = _Run(pool)
    for part in (*_with_numbers(list(layout), pool), None):
        if isinstance(part, Row) and run.takes(part):
            continue
        blocks += run.closed()
        run = _Run(pool)
        if isinstance(part, Block):
            blocks.append(part)
        elif part is not None:
            run.takes(part)
    return blocks


def _with_numbers(layout: Sequence[Part], pool: Pool) -> Iterator[Part]:
    """The layout with neighbours that are answered in numbers of one range made into blocks."""
    ranges = [pool.range_of(part) if isinstance(part, Row) else None for part in layout]
    start = 0
    while start < len(layout):
        end = start
        while end < len(layout) and ranges[end] is not None and _neighbours(layout[start], layout[end]):
            end += 1
        yield from _in_batteries(layout[start:end], _widest(layout[start:end], pool), pool) if end > start else layout[start : start + 1]
        start = max(end, start + 1)


def _widest(parts: Sequence[Part], pool: Pool) -> list[tuple[int, int]]:
    """The range of each column of a run: without what seem to be codes, unless more columns are one battery with them, whose answers together then tell."""
    rows = [part for part in parts if isinstance(part, Row)]
    ways = [[found for found in map(way, rows) if found] for way in (pool.range_of, pool.ends_of)]
    return max(ways, key=lambda ranges: sum(map(len, batteries(ranges))))


def _neighbours(one: Part, other: Part) -> bool:
    return isinstance(one, Row) and isinstance(other, Row) and one.column.stem == other.column.stem


def _in_batteries(parts: Sequence[Part], ranges: Sequence[tuple[int, int]], pool: Pool) -> Iterator[Part]:
    blocks = {places[0]: places for places in batteries(ranges)}
    inside = {at for places in blocks.values() for at in places}
    for at, part in enumerate(parts):
        if at in blocks:
            rows = [row for row in (parts[place] for place in blocks[at]) if isinstance(row, Row)]
            yield Block(rows[0].column.stem, False, [Line(row.column.text, [row]) for row in rows], numeric=True, declared=pool.declared)
        elif at not in inside:
            yield part


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
    longer = [at for at, row in enumerate(rows) if not _on_two_levels(pool, row)]
    core = rows[longer[0] : longer[-1] + 1] if longer else []
    reading = pool.read(frozenset().union(*map(pool.answers, core)))
    return [*rows[: longer[0]], *rows[longer[-1] + 1 :]] if reading and reading.distinct >= _FEWEST_ALONE else []


def _on_two_levels(pool: Pool, row: Row) -> bool:
    """Whether the answers of a question alone are a scale of two levels; two levels that only a longer scale has are not."""
    reading = pool.read(pool.answers(row))
    return reading is not None and len(reading.levels) == 2


@dataclass
class _Run:
    """A run being gathered; `waiting` are questions that belong to it if one after them does."""

    pool: Pool
    rows: list[Row] = field(default_factory=list)
    answers: Seen = frozenset()
    waiting: list[Row] = field(default_factory=list)

    def takes(self, row: Row) -> bool:
        """Whether the run goes on at this question. One level alone (consent: "Agree") starts no run and ends none."""
        own = self.pool.answers(row)
        is_open = len(self.pool.people(row)) > MOST_LABELS
        known = not is_open and self.pool.read(own) is not None
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
        reading = self.pool.read(self.answers) if self.rows else None
        if reading is not None and reading.distinct >= _FEWEST_ALONE:
            yield Block(self.rows[0].column.stem, False, [Line(row.column.text, [row]) for row in self.rows], declared=self.pool.declared)

    def _holds(self, own: Seen) -> bool:
        """Whether one scale has the answers of the run and these; two that are each seen whole, with levels that the other lacks, stay two."""
        if own <= self.answers:
            return True
        together = self.pool.read(self.answers | own)
        return together is not None and not (self._is_whole(self.answers) and self._is_whole(own) and not self.answers <= own)

    def _is_whole(self, answers: Seen) -> bool:
        reading = self.pool.read(answers)
        return reading is not None and reading.whole and reading.distinct >= _FEWEST_ALONE

    def _add(self, row: Row, own: Seen) -> bool:
        """Adds the question and those waiting before it; False, and nothing is added, when one of these is on another scale."""
        answers, between = self.answers | own, []
        for waiting in self.waiting:
            joined = _joined(waiting, answers, self.pool)
            if joined is None:
                return False
            between.append(joined)
            answers |= {one for one in self.pool.answers(waiting) if one[1] not in joined.strange}
        self.rows += [*between, row]
        self.answers, self.waiting = answers, []
        return True


def _joined(row: Row, around: Seen, pool: Pool) -> Row | None:
    """The question as one of those around it, with the few answers marked that are not on their scale; None where it is none of them."""
    people = pool.people(row)
    strange = frozenset(answer for wave, answer in pool.answers(row) if pool.read(around | {(wave, answer)}) is None)
    known = frozenset(one for one in pool.answers(row) if one[1] not in strange)
    reading = pool.read(around | known)
    labels = {normalise(answer) for _, answer in known}
    levels = {reading.positions[label] for label in labels if label in reading.positions} if reading else set()
    on_scale = sum(n for answer, n in people.items() if answer not in strange)
    mistaken = bool(strange) and (len(levels) < 2 or on_scale < _MOSTLY * people.total())
    return replace(row, strange=strange) if levels and not mistaken else None


def _same_matrix(one: Row, other: Row) -> bool:
    return bool(other.column.stem) and (one.column.stem, one.column.block) == (other.column.stem, other.column.block)
