"""Where each thing in a drafted study came from, in the words that stand above it as comments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rpgstat.infer.doubts import Part
from rpgstat.infer.layout import Block, Line
from rpgstat.infer.matching import Match
from rpgstat.study import normalise
from rpgstat.study.remarks import Remarks
from rpgstat.text import listing, plural, shortened

_LONGEST = 400  # characters of a question that are repeated


def remarks_of(parts: Iterable[Part], names: Sequence[str], matches: Iterable[Match]) -> Remarks:
    """Of each battery the question or the columns that it was made of, of each scale how its order is known, and which items to look at twice."""
    matched = {normalise(text): match for match in matches for text in (match.earlier, match.later)}
    batteries: dict[str, str] = {}
    items: dict[str, str] = {}
    scales: dict[str, str] = {}
    for battery, block, reading in parts:
        batteries[battery.name] = _battery(block)
        known = "A codebook or the question names these levels." if reading.certain else "Nobody declared this: it is what the answers fit."
        scales.setdefault(battery.scale.name, known)
        for item, line in zip(battery.items, block.lines, strict=True):
            if told := _item(line, names, matched.get(normalise(line.text))):
                items[item.id] = told
    return Remarks(batteries=batteries, scales=scales, items=items)


def _battery(block: Block) -> str:
    columns = plural(len(block.lines), "column")
    if block.stem and block.structured:
        return f"{columns} under the question {_quote(block.stem)}."
    if len(block.lines) == 1:
        return f"The column {_quote(block.lines[0].rows[0].column.label)}."
    return f"{columns} beside each other that share their answers; the name is only that of the scale."


def _item(line: Line, names: Sequence[str], match: Match | None) -> str:
    if match is not None:
        return f"Proposed as one statement, {match.said}" if match.by == "text" else f"Taken for one statement, {match.said}"
    waves = sorted({row.wave for row in line.rows})
    return "" if len(waves) == len(names) else f"In {listing([f'`{names[wave]}`' for wave in waves])} only."


def _quote(text: str) -> str:
    return f"`{shortened(text, _LONGEST)}`"
