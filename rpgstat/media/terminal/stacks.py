"""How a page is set at a given width: which columns stand, which share one, and how wide each is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from rich.cells import cell_len
from rich.text import Text

from rpgstat.glossary import CONCLUSIONS
from rpgstat.glossary.sentences import word
from rpgstat.media.pages import Line, Page, Show
from rpgstat.record import record

GAP = 2
"""Blank cells between two columns."""

Cells = tuple[Text, ...]
Stack = tuple[str, ...]

COMFORTABLE = 36
"""In so wide a column an ordinary statement takes two or three lines."""

_WRAPPED = {"verdict": 15}
"""Columns of words beside the statement that may break over lines, and the width to which they are held."""


@record
class Column:
    """The width of a column on the screen and the side its cells keep to."""

    width: int
    align: Literal["left", "right"]


@record
class Layout:
    """A page set for a width: `rows` in the order of the page's lines; `below` says what this layout has no column for."""

    columns: tuple[Column, ...]
    header: Cells
    rows: tuple[Cells, ...]
    below: tuple[str, ...]
    constant_n: bool

    @property
    def width(self) -> int:
        """Cells from the first column to the last."""
        return sum(column.width for column in self.columns) + GAP * (len(self.columns) - 1)

    def part(self, first: int, end: int, *, whole: bool) -> Layout | None:
        """The rows from `first` to before `end`, without columns in which they have nothing unless `whole`; None where only the first would be left."""
        rows = self.rows[first:end]
        kept = [i for i in range(len(self.columns)) if whole or not i or any(row[i].plain.strip() for row in rows)]
        if len(kept) == 1 < len(self.columns):
            return None
        return replace(
            self,
            columns=tuple(self.columns[i] for i in kept),
            header=tuple(self.header[i] for i in kept),
            rows=tuple(tuple(row[i] for i in kept) for row in rows),
        )


@record
class Part:
    """What one key of a layout shows: a header and a cell for every line of the page."""

    header: str
    cells: Sequence[Text]
    align: Literal["left", "right"]

    @property
    def longest(self) -> int:
        """Cells of its widest line."""
        return max((cell.cell_len for cell in self.cells), default=0)

    @property
    def longest_word(self) -> int:
        """Cells of its widest word."""
        return max((cell_len(word) for cell in self.cells for word in cell.plain.split()), default=0)


@record
class Stacks:
    """The ways to set a page, from wide to narrow: the least width of the statements that each wants, and its columns; keys in one tuple share a
    column, one under another.

    `parts` are what the keys stand for, `bar` says what the bar shows, and `left_out` what a layout without a column for missing answers leaves unsaid.
    """

    layouts: Sequence[tuple[int, tuple[Stack, ...]]]
    parts: Callable[[Page, Show], dict[str, Part]]
    bar: str
    left_out: Callable[[Page], Iterator[str]]


def fit(page: Page, ways: Stacks, width: int, show: Show) -> Layout:
    """Set a page within `width` in the first layout, from the widest, that leaves the statements room enough."""
    constant_n = all(len({(line.row.get("n_reference"), line.row["n"]) for line in section.lines}) == 1 for section in page.sections)
    parts = ways.parts(page, show)
    if constant_n:
        del parts["n"]
    stacks, widths = _choose(ways.layouts, parts, width)
    columns = tuple(Column(widths[stack], parts[stack[0]].align if len(stack) == 1 else "left") for stack in stacks)
    header = tuple(Text("\n".join(parts[key].header for key in stack)) for stack in stacks)
    rows = tuple(zip(*(stacked(stack, parts) for stack in stacks), strict=True))
    below = [] if any("missing" in stack for stack in stacks) else list(ways.left_out(page))
    if ("bar",) in stacks:
        below.append(show(word("bar", ways.bar)))
    return Layout(columns, header, rows, tuple(below), constant_n)


def _choose(layouts: Sequence[tuple[int, tuple[Stack, ...]]], parts: Mapping[str, Part], width: int) -> tuple[list[Stack], dict[Stack, int]]:
    statement = parts["text"]
    for least, layout in layouts:
        stacks = [stack for stack in (tuple(key for key in keys if key in parts) for keys in layout) if stack]
        widths = {stack: _width(stack, parts) for stack in stacks if stack != ("text",)}
        room = width - sum(widths.values()) - GAP * len(widths)
        if room >= min(least, statement.longest):
            break
    # Words that break over two lines get what the statements can spare.
    for key in _WRAPPED:
        if (key,) in widths:
            more = max(0, min(room - COMFORTABLE, parts[key].longest - widths[key,]))
            widths[key,] += more
            room -= more
    widths["text",] = max(min(room, statement.longest), cell_len(statement.header))
    return stacks, widths


def _width(stack: Stack, parts: Mapping[str, Part]) -> int:
    if len(stack) > 1:
        return max(max(parts[key].longest, cell_len(parts[key].header)) for key in stack)
    part = parts[stack[0]]
    most = _WRAPPED.get(stack[0])
    cells = part.longest if most is None else max(part.longest_word, min(part.longest, most))
    return max(cells, _two_lines(part.header))


def stacked(stack: Stack, parts: Mapping[str, Part]) -> list[Text]:
    """The cells of a column that several keys share, a line of the page in each."""
    first, *below = (parts[key] for key in stack)
    # What shares a column keeps to the left, so the numbers on the first line are padded to stand under one another.
    marked = [" [" in cell.plain for cell in first.cells]
    widest = max((cell.cell_len for cell, mark in zip(first.cells, marked, strict=True) if not mark), default=0)
    figures = below and all(part.align == "right" for part in (first, *below))
    pads = [widest - cell.cell_len if figures and not mark else 0 for cell, mark in zip(first.cells, marked, strict=True)]
    top = [Text(" " * pad).append_text(cell) for pad, cell in zip(pads, first.cells, strict=True)]
    return [_joined(cells) for cells in zip(top, *(part.cells for part in below), strict=True)]


def _joined(cells: Sequence[Text]) -> Text:
    """Cells one under another, without empty ones at the end: a line of them would part rows that belong together."""
    filled = max((at for at, cell in enumerate(cells, start=1) if cell.plain), default=1)
    return Text("\n").join(cells[:filled])


def _two_lines(header: str) -> int:
    # The narrowest column in which the header's words stand on two lines at most.
    words = header.split(" ")
    return min(max(cell_len(" ".join(words[:i])), cell_len(" ".join(words[i:]))) for i in range(len(words)))


def parts(page: Page) -> dict[str, Part]:
    """A part for each column of the page."""
    return {column.key: Part(column.header, [cell(line, column.key, line.cells[column.key]) for line in page.lines], column.align) for column in page.columns}


def cell(line: Line, key: str, words: str) -> Text:
    """A cell as it is printed: bold on a battery's row, coloured by the conclusion, with the number of its note."""
    first, *below = words.split("\n")
    shown = Text(first, style="bold" if line.row["item"] is None else "")
    if key == "conclusion":
        shown.stylize(found.colour if (found := CONCLUSIONS.get(line.row["conclusion"])) else "")
    if key == "status" and line.row["status"] == "contradicted":
        shown.stylize("red")
    if key in line.marks:
        shown.append(f" [{line.marks[key]}]", style="dim")
    return shown.append("".join(f"\n{more}" for more in below), style="dim")
