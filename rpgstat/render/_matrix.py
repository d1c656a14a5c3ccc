"""The page of `breakdown`: statements down, groups across, the mean and n of each group in one cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rpgstat import text
from rpgstat.glossary import NOT_AFTER_ADJUSTMENT
from rpgstat.render._model import WITHHELD, Block, Column, Line, Notes, Row, Section, split, withheld
from rpgstat.result import Result

BEST, HIGHER, LOWER = "★", "▲", "▼"
MARKS = f"Each cell: mean, then n. {BEST} is the highest mean of the statement; {HIGHER} and {LOWER} mark a group that is higher or lower than everyone else."


def lay_out(_: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """A column for each group, a section for each wave, a block for each battery, a line for each statement and the battery score."""
    groups = list(dict.fromkeys(row["group"] for row in rows))
    keys = {group: f"group {place}" for place, group in enumerate(groups)}
    columns = (Column("text", "Statement", "left", str), *(Column(keys[group], group, "left", str) for group in groups))

    def line(found: Sequence[Row]) -> Line:
        statement = "Battery score" if found[0]["item"] is None else found[0]["text"]
        cells = {"text": statement, **dict.fromkeys(keys.values(), ""), **{keys[row["group"]]: _cell(row) for row in found}}
        marks = {cell: number for row in found for cell, number in notes.marks(_without_usual(row), keys[row["group"]]).items()}
        return Line({key: "\n".join(map(notes.clean, words.split("\n"))) for key, words in cells.items()}, {"item": found[0]["item"]}, marks)

    def blocks(found: Sequence[Row]) -> tuple[Block, ...]:
        batteries = split(found, ("battery",))
        return tuple(Block(notes.clean(name), tuple(line(own) for _, own in split(battery, ("item",)))) for (name,), battery in batteries)

    return columns, tuple(Section((notes.clean(wave),), blocks(found)) for (wave,), found in split(rows, ("wave",)))


def _cell(row: Row) -> str:
    if withheld(row):
        return f"{WITHHELD}\n{WITHHELD}"
    marks = f"{BEST if row['rank'] == 1 else ''}{_SYMBOLS.get(row['conclusion'], '')}"
    return f"{text.cell('mean', row['mean'])} {marks}".rstrip() + f"\n{text.cell('count', row['n'])}"


def _without_usual(row: Row) -> Row:
    """The row without the note that a table of many cells would bear on most of them; data keep it."""
    told = [note for note in (row["note"] or "").split("; ") if note != NOT_AFTER_ADJUSTMENT]
    return {**row, "note": "; ".join(told)}


_SYMBOLS: dict[Any, str] = {"higher": HIGHER, "lower": LOWER}
