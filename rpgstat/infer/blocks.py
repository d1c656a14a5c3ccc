"""Which columns of which waves are one battery: blocks within each export, then matched across exports by what their rows say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import groupby

from rpgstat.infer.readings import MOST_LABELS, Reading, read_answers
from rpgstat.study import Column, Survey, normalise

_PREFIXED = re.compile(r"(.+?):\s+(.+)", re.DOTALL)
_FEWEST_ALONE = 3  # distinct levels that questions need to be taken for a scale when no layout says that they belong together


@dataclass(frozen=True)
class Row:
    """One column of one wave: `text` is the statement, `seen` its answers as typed and the people who gave each (0 for options nobody chose)."""

    wave: int
    column: Column
    text: str
    seen: Mapping[str, int]

    @property
    def is_open(self) -> bool:
        """Too many different answers for a scale; they are never shown."""
        return len(self.seen) > MOST_LABELS


@dataclass
class Line:
    """One statement over the waves; `lookups` are the texts that find its columns, once known."""

    text: str
    rows: list[Row]
    lookups: tuple[str, ...] = ()


@dataclass(eq=False)
class Block:
    """Statements that share a question. `structured` when the layout says so (a matrix, a shared heading), not only the answers."""

    stem: str
    structured: bool
    lines: list[Line] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """Every column of every wave."""
        return [row for line in self.lines for row in line.rows]

    def read(self, prefer: Iterable[tuple[object, ...]] = ()) -> Reading | None:
        """The scale of all its answers in all waves."""
        return _read(self.rows, numbers=self.structured and len(self.lines) > 1, prefer=tuple(prefer))


def find_blocks(surveys: Sequence[Survey], answers: Sequence[Mapping[str, Mapping[str, int]]]) -> tuple[list[Block], list[Row]]:
    """The blocks that share one scale, in questionnaire order, matched over the waves; and the answer columns that belong to none."""
    waves = [_layout(wave, survey.columns, counts) for wave, (survey, counts) in enumerate(zip(surveys, answers, strict=True))]
    found = [_with_runs(layout, _pooled(waves)) for layout in waves]
    blocks: list[Block] = []
    for wave, own in enumerate(found):
        _match(blocks, own, wave)
    used = {(row.wave, row.column.name) for block in blocks for row in block.rows}
    rows = [row for layout in waves for part in layout if part is not None for row in (part.rows if isinstance(part, Block) else [part])]
    return blocks, [row for row in rows if (row.wave, row.column.name) not in used]


def _read(rows: Iterable[Row], *, numbers: bool, prefer: Iterable[tuple[object, ...]] = ()) -> Reading | None:
    rows = list(rows)
    if any(row.is_open for row in rows):
        return None
    return read_answers(frozenset(answer for row in rows for answer in row.seen), numbers=numbers, prefer=tuple(prefer))


def _layout(wave: int, columns: Sequence[Column], counts: Mapping[str, Mapping[str, int]]) -> list[Block | Row | None]:
    """The columns of one export as blocks that its layout makes, single questions, and None where anything else stands between."""
    parts: list[Block | Row | None] = []
    for (kind, stem), group in groupby(columns, key=_group_key):
        rows = [_row(wave, column, counts) for column in group] if kind != "other" else []
        block = Block(rows[0].column.stem or _stem(rows[0].column.text), True, [Line(row.text, [row]) for row in rows]) if stem else None
        if block and len(rows) > 1 and block.read():
            parts.append(block)
        else:
            parts.extend(rows or [None])
    return parts


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


def _pooled(waves: Sequence[Sequence[Block | Row | None]]) -> dict[str, list[Row]]:
    """Each single question with its namesakes in other waves."""
    pooled: dict[str, list[Row]] = {}
    for part in (part for layout in waves for part in layout):
        if isinstance(part, Row):
            pooled.setdefault(normalise(part.column.label), []).append(part)
    return pooled


def _with_runs(layout: Sequence[Block | Row | None], pooled: Mapping[str, list[Row]]) -> list[Block]:
    """The blocks of one export, adjacent single questions that share a known scale made into blocks too."""
    blocks: list[Block] = []
    run: list[Row] = []
    for part in (*layout, None):
        row = part if isinstance(part, Row) else None
        if row and _joins(run, row, pooled):
            run.append(row)
        elif not (row and _interrupts(run, row, pooled)):
            blocks += _closed(run, pooled)
            run = [row] if row and _joins([], row, pooled) else []
        if isinstance(part, Block):
            blocks.append(part)
    return blocks


def _joins(run: Sequence[Row], row: Row, pooled: Mapping[str, list[Row]]) -> bool:
    """Whether a single question goes on with the scale of the run before it. One level alone (consent: "Agree") is no scale."""
    if _on_scale([row], pooled) is None and not _same_matrix(run, row):
        return False
    return not run or (run[-1].column.stem == row.column.stem and _on_scale([*run, row], pooled) is not None)


def _interrupts(run: Sequence[Row], row: Row, pooled: Mapping[str, list[Row]]) -> bool:
    """Whether a row that is on no scale stands inside a matrix whose other rows are: it is left out, they stay together."""
    return _same_matrix(run, row) and _on_scale([row], pooled) is None


def _same_matrix(run: Sequence[Row], row: Row) -> bool:
    return bool(run and row.column.stem) and (run[-1].column.stem, run[-1].column.block) == (row.column.stem, row.column.block)


def _on_scale(rows: Sequence[Row], pooled: Mapping[str, list[Row]]) -> Reading | None:
    return _read((namesake for row in rows for namesake in pooled[normalise(row.column.label)]), numbers=False)


def _closed(run: Sequence[Row], pooled: Mapping[str, list[Row]]) -> Iterator[Block]:
    reading = _on_scale(run, pooled) if run else None
    if reading is not None and reading.distinct >= _FEWEST_ALONE:
        yield Block(run[0].column.stem, False, [Line(row.column.text, [row]) for row in run])


def _match(blocks: list[Block], own: Sequence[Block], wave: int) -> None:
    """Puts the blocks of one more wave to those found so far: best resemblance first, each statement used once; the rest follow as new."""
    pairs = [(_resemblance(new, old), new, old) for new in own for old in blocks]
    homeless = list(own)
    for (same_stem, shared, _), new, old in sorted(pairs, key=lambda pair: pair[0], reverse=True):
        if new in homeless and (same_stem or shared) and (_free(old, new, wave) or not shared) and _compatible(new, old):
            others = [] if old.structured else [block for block in blocks if not block.structured and block is not old and _compatible(new, block)]
            _merge([old, *others], new, wave)
            homeless.remove(new)
    blocks += homeless


def _resemblance(new: Block, old: Block) -> tuple[bool, int, float]:
    stems = normalise(new.stem), normalise(old.stem)
    shared = _texts(new) & _texts(old)
    return stems[0] == stems[1] != "", len(shared), SequenceMatcher(None, *stems).ratio() if shared else 0.0


def _texts(block: Block) -> set[str]:
    return {normalise(line.text) for line in block.lines}


def _free(old: Block, new: Block, wave: int) -> bool:
    """Whether a statement of `new` stands in `old` and has no column of this wave yet."""
    texts = _texts(new)
    return any(normalise(line.text) in texts and all(row.wave != wave for row in line.rows) for line in old.lines)


def _compatible(new: Block, old: Block) -> bool:
    return _read([*new.rows, *old.rows], numbers=old.structured and new.structured) is not None


def _merge(old: Sequence[Block], new: Block, wave: int) -> None:
    """Adds the columns of `new` to the statements of `old` that say the same, and its other statements at the end of the first."""
    free = [line for block in reversed(old) for line in block.lines if all(row.wave != wave for row in line.rows)]
    same = {normalise(line.text): line for line in free}
    for line in new.lines:
        known = same.pop(normalise(line.text), None)
        if known is None:
            old[0].lines.append(line)
        else:
            known.rows += line.rows
    old[0].structured = old[0].structured or new.structured
