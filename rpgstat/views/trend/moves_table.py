"""The page of `transitions`: for each statement a table of the answers before, down, and after, across."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Block, Column, Line, Notes, Row, Section, absent, split
from rpgstat.result import Result
from rpgstat.views.rows import values


def lay_out(_: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """A line for each answer before, a column for each after: by its number, which stands before it, where statements have different answers."""
    scales = [values(own, "before") for _, own in split(rows, ("battery", "item"))]
    numbered = len({tuple(levels) for levels in scales}) > 1
    heads = (
        [text.count(place) for place in range(1, max(map(len, scales), default=0) + 1)]
        if numbered
        else [notes.clean(level) for level in next(iter(scales), [])]
    )
    over = say("heading.after_numbered") if numbered else say("heading.after")
    columns = (Column("before", say("heading.before_moves"), "left", str), *(Column(f"after {at}", head, "right", str, over) for at, head in enumerate(heads)))

    def line(own: Sequence[Row], at: int) -> Line:
        counts = {f"after {to}": absent(row, "n", notes.style) if row["n"] is None else notes.style.cell("count", row["n"]) for to, row in enumerate(own)}
        answer = say("heading.answer_numbered", n=text.count(at), answer=own[0]["before"]) if numbered else own[0]["before"]
        nothing = {column.key: "" for column in columns[1:]}
        return Line(nothing | {"before": notes.clean(answer)} | counts, {"item": own[0]["item"], "note": None}, {})

    def blocks(own: Sequence[Row]) -> tuple[Block, ...]:
        statements = split(own, ("battery", "item", "text"))
        return tuple(
            Block(notes.clean(words), tuple(line(part, at) for at, (_, part) in enumerate(split(found, ("before",)), start=1)))
            for (_, _, words), found in statements
        )

    parts = split(rows, ("battery", "reference", "wave")) if numbered else [(("", *waves), own) for waves, own in split(rows, ("reference", "wave"))]
    return columns, tuple(Section((notes.clean(one), notes.clean(other)), blocks(own), notes.clean(battery)) for (battery, one, other), own in parts)
