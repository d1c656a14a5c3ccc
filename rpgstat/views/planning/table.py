"""The pages of `plan` and `curve`: a line for each battery; the points of a curve themselves are in the data formats."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat import text
from rpgstat.glossary import label
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Block, Column, Line, Notes, Row, Section, split
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views import tables
from rpgstat.views.series.course import sparkline

_PLAN = "items n_reference n overlap correlation sd change power detectable needed_n needed_rate"
_WITH, _WITHOUT = tables.plain(f"battery {_PLAN}"), tables.plain(_PLAN)


def plan(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """The plan; without a study its one line has no name."""
    return (_WITHOUT if all(row["battery"] is None for row in rows) else _WITH)(result, rows, notes)


def key_of(rows: Sequence[Row]) -> str:
    """What a curve is of: the chance of a change, or the least change found."""
    return "power" if rows[0]["power"] is not None else "detectable"


def written(key: str, value: float, style: Style, digits: int = 0) -> str:
    """A chance in per cent, or a change in points."""
    return style.figure(text.percent(value, digits)) if key == "power" else text.fixed(value, max(digits, 2))


def curve(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """The ends of each curve, and its course as a sparkline; documents have the figure instead of that."""
    found = [_ends(own, notes.style) for _, own in split(rows, ("battery",))]
    columns = (
        *([Column("battery", label(result.name, "battery"), "left", lambda row: str(row["battery"]))] if any(row["battery"] for row in found) else []),
        Column("answers", label(result.name, "n"), "right", lambda row: str(row["answers"])),
        *([] if notes.style.wide else [Column("course", say("heading.course"), "left", lambda row: str(row["course"]))]),
        Column("ends", label(result.name, key_of(rows)) if rows else "", "right", lambda row: str(row["ends"])),
    )
    lines = tuple(Line({c.key: notes.clean(c.cell(row)) for c in columns}, row, {}) for row in found)
    return columns, (Section((), (Block("", lines),)),) if lines else ()


def _ends(rows: Sequence[Row], style: Style) -> Row:
    key = key_of(rows)
    first, last = (written(key, row[key], style) for row in (rows[0], rows[-1]))
    numbers, ends = say("number.span", low=text.count(rows[0]["n"]), high=text.count(rows[-1]["n"])), say("number.span", low=first, high=last)
    return {**rows[0], "item": "", "answers": numbers, "course": sparkline([row[key] for row in rows], least=0.0), "ends": ends}
