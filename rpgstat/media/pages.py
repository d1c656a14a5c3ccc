"""A result as a page for people: columns with headers, lines in blocks and sections, and numbered notes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any, Literal

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.style import PLAIN, Style
from rpgstat.record import record

if TYPE_CHECKING:
    from rpgstat.media.terminal.stacks import Stacks

Row = Mapping[str, Any]
Show = Callable[[str], str]


@record
class Column:
    """One column of a page; `header` is its label and `align` the side its cells keep to.

    `over` heads this column together with its neighbours: words, or the place of a wave among those of the section.
    """

    key: str
    header: str
    align: Literal["left", "right"]
    cell: Callable[[Row], str]
    over: str | int = ""


@record
class Line:
    """One row: its cells by column key, the result row behind them, and the numbers of its notes by the cell that each stands in."""

    cells: Mapping[str, str]
    row: Row
    marks: Mapping[str, int]


@record
class Block:
    """Lines under one heading: a battery's statements, highest mean first, then the battery score unless it repeats the only statement."""

    name: str
    lines: tuple[Line, ...]


@record
class Section:
    """A table: of one wave, or of one pair of waves, reference first. `title` stands before their names; both may be empty."""

    waves: tuple[str, ...]
    blocks: tuple[Block, ...]
    title: str = ""

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in order."""
        return tuple(line for block in self.blocks for line in block.lines)

    def heading(self, between: str = " → ") -> str:
        """The title and the waves, in one line."""
        return ": ".join(filter(None, (self.title, between.join(self.waves))))


@record
class Page:
    """A title, `lead` what is found, a table in sections, its numbered notes (the first is 1), and what stands below: the method, then the remarks.

    `legend` is the part of it without which the cells cannot be read; `stacks` are the ways to set it on a narrow screen, where it has some of its own.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...]
    below: tuple[str, ...]
    legend: tuple[str, ...] = ()
    stacks: Stacks | None = None
    lead: str = ""

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines in order."""
        return tuple(line for section in self.sections for line in section.lines)


@record
class Notes:
    """The notes of a page as they are met, numbered from 1; and how its text is made safe and shown, and its numbers written."""

    show: Show
    style: Style = PLAIN
    numbers: dict[str, int] = field(default_factory=dict)

    def clean(self, words: str) -> str:
        """Text on one line, in characters that the page can show."""
        return self.show(text.one_line(words))

    def marks(self, row: Row, cell: str) -> dict[str, int]:
        """The number of a row's note, to stand in `cell`. What is withheld has a symbol of its own instead."""
        note = self.clean(row["note"] or "")
        return {cell: self.numbers.setdefault(note, len(self.numbers) + 1)} if note and not withheld(row) else {}


WITHHELD = "[c]"


def withheld_means() -> str:
    """What the sign of a withheld figure means."""
    return say("sign.withheld", sign=WITHHELD)


def withheld(row: Row) -> bool:
    """Whether a row's figures are withheld, or of everyone those with weights."""
    note = row.get("note") or ""
    return note == say("row.suppressed") or say("row.everyone_weighted") in note


def mean_only(row: Row) -> bool:
    """Whether no more than number and mean may be seen of a row."""
    return any(note in (row.get("note") or "") for note in (say("row.few"), say("row.few_weighted")))


_COUNTED = frozenset({"usable", "answered", "partial", "straight_liners", "duplicate_ids"})
"""Columns of which single figures may be withheld."""


def hidden(row: Row, key: str) -> bool:
    """Whether a figure that is not there is withheld."""
    return withheld(row) or mean_only(row) or (say("row.some_suppressed") in (row.get("note") or "") and key in _COUNTED)


def absent(row: Row, key: str, style: Style = PLAIN) -> str:
    """What stands in a cell without a value: that it is withheld, or a dash, which the row's note explains."""
    return WITHHELD if hidden(row, key) else style.absent


def any_hidden(rows: Sequence[Row], keys: Sequence[str] = ()) -> bool:
    """Whether some figure, of the columns `keys` if they are given, is withheld."""
    return any(withheld(row) or any(row[key] is None and hidden(row, key) for key in keys or row) for row in rows)


def split(rows: Sequence[Row], keys: Sequence[str]) -> Iterator[tuple[tuple[Any, ...], list[Row]]]:
    """The rows by the values of `keys`, in the order in which those are met."""
    parts: dict[tuple[Any, ...], list[Row]] = {}
    for row in rows:
        parts.setdefault(tuple(row[key] for key in keys), []).append(row)
    yield from parts.items()
