"""Results that are plain tables: which columns stand, and what parts the rows into tables and blocks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rpgstat import text
from rpgstat.glossary import COLUMNS, SIGNED, label
from rpgstat.glossary.conclusions import concluded
from rpgstat.glossary.sentences import say, word
from rpgstat.media.pages import Block, Column, Line, Notes, Row, Section, absent, split
from rpgstat.media.style import Style
from rpgstat.record import record
from rpgstat.result import Result

Table = Callable[[Result, Sequence[Row], Notes], tuple[tuple[Column, ...], tuple[Section, ...]]]


@record
class Plan:
    """`columns` by name, `low..high` being an interval; rows of equal `sections` make a table, rows of equal `block` a block in it.

    A `whole` table has columns without a value too.
    """

    columns: tuple[str, ...]
    sections: tuple[str, ...] = ()
    block: str | None = None
    whole: bool = False


def plain(columns: str, sections: str = "", block: str | None = None) -> Table:
    """The table of a result by a plan, its words parted by spaces."""
    plan = Plan(tuple(columns.split()), tuple(sections.split()), block)
    return lambda result, rows, notes: lay_out(plan, result, rows, notes)


_DECLARED = frozenset({"population_share"})
"""Columns that the study declares and that tell nothing of who answered: nothing in them is ever withheld."""

_ANYWAY = frozenset({"text", "battery", "wave", "group"})
"""Columns that stand even where no row has a value."""


def lay_out(plan: Plan, result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """The columns that some row has a value for, and the rows in sections and blocks."""
    columns = tuple(_columns(result, plan, rows, notes.style))
    sections = tuple(key for key in plan.sections if key in result.frame.columns)

    once = told_once(rows)
    elsewhere = (say("row.not_invited"), say("row.some_suppressed"))  # below the table, and as [c]

    def line(row: Row) -> Line:
        note = row.get("note") or ""  # some results have no notes
        own = "; ".join(part for part in note.split("; ") if part not in elsewhere)
        marked = {} if note in once or not own else notes.marks({**row, "note": own}, columns[0].key)
        return Line({c.key: notes.clean(c.cell(row)) for c in columns}, {"item": "", **row}, marked)

    def blocks(found: Sequence[Row]) -> tuple[Block, ...]:
        keys = (plan.block,) if plan.block else ()
        return tuple(Block(notes.clean("".join(name or say("heading.everyone") for name in names)), tuple(map(line, own))) for names, own in split(found, keys))

    return columns, tuple(Section((), blocks(found), notes.clean(_title(keys))) for keys, found in split(rows, sections))


def legend(_: Result, rows: Sequence[Row], __: Style) -> Iterator[str]:
    """The notes that no line bears."""
    yield from map(text.sentence, told_once(rows))


def told_once(rows: Sequence[Row]) -> list[str]:
    """The notes that stand once below, not on each line: one that every row of a longer table bears, and that nobody knows how many were invited."""
    found = list(dict.fromkeys(row.get("note") for row in rows))
    everywhere = len(rows) > 1 and len(found) == 1
    unknown = [say("row.not_invited")] if any(say("row.not_invited") in (note or "") for note in found) else []
    return [note for note in found if note and everywhere] or unknown


def _title(keys: Sequence[Any]) -> str:
    return ", ".join(str(key) for key in keys if key is not None)


_CODED: dict[str, Callable[[str], str]] = {
    "conclusion": concluded,
    "found": lambda code: word("found", code.replace(" ", "_")),
    "shown": lambda code: word("shown", code.replace(" ", "_")),
    "valence": lambda code: word("valence", code),
}
"""Columns whose values are codes, and what is said for one."""


def _columns(result: Result, plan: Plan, rows: Sequence[Row], style: Style) -> Iterator[Column]:
    for name in plan.columns:
        key, _, high = name.partition("..")
        if not plan.whole and ((key not in _ANYWAY and all(row.get(key) is None for row in rows)) or _repeats(rows, key)):
            continue
        if high:
            level = text.confidence(result.options.get("alpha", 0.05))
            yield Column(name, style.prose(say("heading.interval", level=level)), "right", _interval(result, key, high, style))
        else:
            words = COLUMNS[key].kind in ("text", "words")
            own, shown = COLUMNS[key].label, label(result.name, key)
            yield Column(key, style.header(key, own) if own == shown else shown, "left" if words else "right", _cell(result, key, style))


def _repeats(rows: Sequence[Row], key: str) -> bool:
    """Whether a column of adjusted p says in every row what the p beside it does."""
    beside = "p_value" if key == "p_adjusted" else key.removesuffix("_adjusted")
    return key.endswith("_adjusted") and all(beside in row and row[key] == row[beside] for row in rows)


def _cell(result: Result, key: str, style: Style) -> Callable[[Row], str]:
    def cell(row: Row) -> str:
        value, kind = row[key], result.kind(key, row)
        if value is None:
            return "" if kind == "text" else style.absent if key in _DECLARED else absent(row, key, style)
        if key in _CODED:
            return _CODED[key](value)
        if key == "text" and row.get("item", "") is None:
            return say("heading.battery_score")
        return style.signed(kind, value) if key in SIGNED else style.cell(kind, value)

    return cell


def _interval(result: Result, low: str, high: str, style: Style) -> Callable[[Row], str]:
    def cell(row: Row) -> str:
        return absent(row, low, style) if row[low] is None or row[high] is None else style.interval(result.kind(low, row), row[low], row[high])

    return cell
