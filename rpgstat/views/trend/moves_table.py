"""The page of `transitions`: for each statement a table of the answers before, down, and after, across."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Block, Column, Line, Notes, Row, Section, absent, split
from rpgstat.result import Result
from rpgstat.views import tables
from rpgstat.views.rows import values

_LONG = tables.plain("before after n", "battery reference wave", "text")


def lay_out(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """A line for each answer before, a column for each after; a line for each move where statements have different answers."""
    scales = {tuple(values(own, "before")) for _, own in split(rows, ("battery", "item"))}
    if len(scales) != 1:
        return _LONG(result, rows, notes)
    levels = next(iter(scales))
    keys = {level: f"after {place}" for place, level in enumerate(levels)}
    over = say("heading.after")
    columns = (Column("before", say("heading.before_moves"), "left", str), *(Column(keys[level], notes.clean(level), "right", str, over) for level in levels))

    def line(own: Sequence[Row]) -> Line:
        counts = {keys[row["after"]]: absent(row, "n", notes.style) if row["n"] is None else notes.style.cell("count", row["n"]) for row in own}
        return Line({"before": notes.clean(own[0]["before"])} | counts, {"item": own[0]["item"], "note": None}, {})

    def blocks(own: Sequence[Row]) -> tuple[Block, ...]:
        statements = split(own, ("battery", "item", "text"))
        return tuple(Block(notes.clean(words), tuple(line(part) for _, part in split(found, ("before",)))) for (_, _, words), found in statements)

    return columns, tuple(Section((notes.clean(one), notes.clean(other)), blocks(own)) for (one, other), own in split(rows, ("reference", "wave")))
