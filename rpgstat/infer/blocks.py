"""Which columns of which waves are one battery: blocks within each export, then matched across exports by what their rows say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher

from rpgstat.infer.layout import Block, Row, compatible, layouts
from rpgstat.infer.readings import Declared
from rpgstat.infer.runs import Pool, take_out_doubtful, with_runs
from rpgstat.study import Survey, normalise


def find_blocks(
    surveys: Sequence[Survey], answers: Sequence[Mapping[str, Mapping[str, int]]], declared: tuple[Declared, ...] = ()
) -> tuple[list[Block], list[Row], list[Row]]:
    """The blocks that share one scale, in questionnaire order, matched over the waves; the answer columns that belong to none; and
    those on two levels beside a block on more, which may or may not belong to it."""
    waves = layouts(surveys, answers, declared)
    pool = Pool(waves, declared)
    found = [with_runs(layout, pool) for layout in waves]
    doubtful = take_out_doubtful(found, pool)
    blocks: list[Block] = []
    for wave, own in enumerate(found):
        _match(blocks, own, wave)
    used = {(row.wave, row.column.name) for row in (*doubtful, *(row for block in blocks for row in block.rows))}
    rows = [row for layout in waves for part in layout if part is not None for row in (part.rows if isinstance(part, Block) else [part])]
    return blocks, [row for row in rows if (row.wave, row.column.name) not in used], doubtful


def _match(blocks: list[Block], own: Sequence[Block], wave: int) -> None:
    """Puts the blocks of one more wave to those found so far: best resemblance first, each statement used once; the rest follow as new."""
    near = _near(blocks, own)
    pairs = [(_resemblance(new, old), new, old) for new in own for old in near[new]]
    homeless = dict.fromkeys(own)
    for (same_stem, shared, _), new, old in sorted(pairs, key=lambda pair: pair[0], reverse=True):
        if new in homeless and (same_stem or shared) and (_free(old, new, wave) or not shared) and compatible(new, old):
            others = [] if old.structured else [block for block in near[new] if not block.structured and block is not old and compatible(new, block)]
            _merge([old, *others], new, wave)
            del homeless[new]
    blocks += homeless


def _near(blocks: Sequence[Block], own: Iterable[Block]) -> dict[Block, list[Block]]:
    """For each new block the old ones, in order, that share its question or a statement: no others need comparing."""
    homes: dict[str, list[int]] = {}
    for at, block in enumerate(blocks):
        for text in {normalise(block.stem), *_texts(block)}:
            homes.setdefault(text, []).append(at)
    found = {new: {at for text in {normalise(new.stem), *_texts(new)} if text for at in homes.get(text, ())} for new in own}
    return {new: [blocks[at] for at in sorted(places)] for new, places in found.items()}


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
