"""How a page is set at a given width: which columns stand, which share one, and how wide each is."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from rich.cells import cell_len
from rich.text import Text

from rpgstat import text
from rpgstat.views.pages import Line, Page, Show

GAP = 2
"""Blank cells between two columns."""

BAR_HALF = 4
"""Cells of a bar on either side of the midpoint."""

Cells = tuple[Text, ...]
Stack = tuple[str, ...]

COMFORTABLE = 36
"""In so wide a column an ordinary statement takes two or three lines."""

# From wide to narrow. The first whose statement column is at least so wide is taken; keys in one tuple share a column, one under another.
# In less than 24 cells a statement becomes a ladder of single words.
_LAYOUTS: Mapping[str, tuple[tuple[int, tuple[Stack, ...]], ...]] = {
    "compare": (
        (
            COMFORTABLE,
            (
                ("rank",),
                ("text",),
                ("n",),
                ("mean",),
                ("bar",),
                ("estimate",),
                ("interval",),
                ("standardised", "standardised_interval"),
                ("p",),
                ("bf10",),
                ("effect",),
                ("conclusion",),
            ),
        ),
        (
            COMFORTABLE,
            (
                ("rank",),
                ("text",),
                ("n",),
                ("mean",),
                ("bar",),
                ("estimate",),
                ("interval",),
                ("standardised", "standardised_interval"),
                ("p",),
                ("bf10",),
                ("conclusion",),
            ),
        ),
        (
            COMFORTABLE,
            (
                ("rank",),
                ("text",),
                ("n",),
                ("mean",),
                ("estimate",),
                ("interval",),
                ("standardised", "standardised_interval"),
                ("p",),
                ("bf10",),
                ("conclusion",),
            ),
        ),
        (
            COMFORTABLE,
            (("rank",), ("text",), ("mean", "n"), ("estimate", "interval"), ("standardised", "standardised_interval"), ("p", "bf10"), ("conclusion",)),
        ),
        (24, (("rank",), ("text",), ("mean", "n"), ("estimate", "interval"), ("standardised", "standardised_interval"), ("conclusion", "p", "bf10"))),
        (20, (("rank",), ("text",), ("mean", "n"), ("estimate", "interval", "standardised", "standardised_interval", "conclusion", "p", "bf10"))),
        (0, (("rank",), ("text",), ("mean", "n", "estimate", "interval", "standardised", "standardised_interval", "conclusion", "p", "bf10"))),
    ),
    "score": (
        (
            COMFORTABLE,
            (("rank",), ("text",), ("n",), ("not_applicable",), ("missing",), ("mean",), ("bar",), ("interval",), ("p",), ("agree",), ("net",), ("verdict",)),
        ),
        (COMFORTABLE, (("rank",), ("text",), ("n",), ("mean",), ("bar",), ("interval",), ("p",), ("agree",), ("net",), ("verdict",))),
        (COMFORTABLE, (("rank",), ("text",), ("n",), ("mean",), ("interval",), ("p",), ("agree",), ("net",), ("verdict",))),
        (24, (("rank",), ("text",), ("n",), ("mean", "interval"), ("p",), ("agree", "net"), ("verdict",))),
        (0, (("rank",), ("text",), ("n", "mean", "interval", "p"), ("agree", "net"))),
    ),
}
_WRAPPED = {"verdict": 15}
"""Columns of words beside the statement that may break over lines, and the width to which they are held."""

_CONCLUSION_STYLES = {"higher": "green", "lower": "red", "different": "magenta", "equivalent": "cyan", "inconclusive": "dim"}


@dataclass(frozen=True, slots=True)
class Column:
    """The width of a column on the screen and the side its cells keep to."""

    width: int
    align: Literal["left", "right"]


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class _Part:
    """What one key of a layout shows: a header and a cell for every line of the page."""

    header: str
    cells: Sequence[Text]
    align: Literal["left", "right"]

    @property
    def longest(self) -> int:
        return max((cell.cell_len for cell in self.cells), default=0)

    @property
    def longest_word(self) -> int:
        return max((cell_len(word) for cell in self.cells for word in cell.plain.split()), default=0)


TUNED = frozenset(_LAYOUTS)
"""The results whose pages have a layout of their own."""


def fit(page: Page, width: int, show: Show) -> Layout:
    """Set a page within `width` in the first layout, from the widest, that leaves the statements room enough."""
    constant_n = all(len({(line.row.get("n_reference"), line.row["n"]) for line in section.lines}) == 1 for section in page.sections)
    parts = _parts(page, show)
    if constant_n:
        del parts["n"]
    stacks, widths = _choose(page.name, parts, width)
    columns = tuple(Column(widths[stack], parts[stack[0]].align if len(stack) == 1 else "left") for stack in stacks)
    header = tuple(Text("\n".join(parts[key].header for key in stack)) for stack in stacks)
    rows = tuple(zip(*(_stacked(stack, parts) for stack in stacks), strict=True))
    below = [] if any("missing" in stack for stack in stacks) else list(_left_out(page))
    if ("bar",) in stacks:
        below.append(show(f"The bar shows the {'later ' if page.name == 'compare' else ''}mean on the scale; │ is the midpoint."))
    return Layout(columns, header, rows, tuple(below), constant_n)


def _choose(name: str, parts: Mapping[str, _Part], width: int) -> tuple[list[Stack], dict[Stack, int]]:
    statement = parts["text"]
    for least, layout in _LAYOUTS[name]:
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


def _width(stack: Stack, parts: Mapping[str, _Part]) -> int:
    if len(stack) > 1:
        return max(max(parts[key].longest, cell_len(parts[key].header)) for key in stack)
    part = parts[stack[0]]
    most = _WRAPPED.get(stack[0])
    cells = part.longest if most is None else max(part.longest_word, min(part.longest, most))
    return max(cells, _two_lines(part.header))


def _stacked(stack: Stack, parts: Mapping[str, _Part]) -> list[Text]:
    first, *below = (parts[key] for key in stack)
    # What shares a column keeps to the left, so the numbers on the first line are padded to stand under one another.
    marked = [" [" in cell.plain for cell in first.cells]
    widest = max((cell.cell_len for cell, mark in zip(first.cells, marked, strict=True) if not mark), default=0)
    pads = [widest - cell.cell_len if below and first.align == "right" and not mark else 0 for cell, mark in zip(first.cells, marked, strict=True)]
    top = [Text(" " * pad).append_text(cell) for pad, cell in zip(pads, first.cells, strict=True)]
    return [Text("\n").join(cells) for cells in zip(top, *(part.cells for part in below), strict=True)]


def _two_lines(header: str) -> int:
    # The narrowest column in which the header's words stand on two lines at most.
    words = header.split(" ")
    return min(max(cell_len(" ".join(words[:i])), cell_len(" ".join(words[i:]))) for i in range(len(words)))


def _parts(page: Page, show: Show) -> dict[str, _Part]:
    parts = {column.key: _Part(column.header, _cells(page, column.key), column.align) for column in page.columns}
    parts["bar"] = _bars(page, show)
    if page.name == "compare":
        parts["mean"] = _pairs(page, "mean_reference", "mean", show)
        parts["n"] = _pairs(page, "n_reference", "n", show)
        parts["p"] = parts.pop("p_adjusted") if "p_adjusted" in parts else parts.pop("p_value")
        return parts
    parts["p"] = parts.pop("p_value")
    if not any(line.row[key] for line in page.lines for key in ("not_applicable", "missing")):
        del parts["not_applicable"], parts["missing"]
    return parts


def _cells(page: Page, key: str) -> list[Text]:
    return [cell(line, key, line.cells[key]) for line in page.lines]


def cell(line: Line, key: str, words: str) -> Text:
    """A cell as it is printed: bold on a battery's row, coloured by the conclusion, with the number of its note."""
    first, *below = words.split("\n")
    shown = Text(first, style="bold" if line.row["item"] is None else "")
    if key == "conclusion":
        shown.stylize(_CONCLUSION_STYLES.get(line.row["conclusion"], ""))
    if key in line.marks:
        shown.append(f" [{line.marks[key]}]", style="dim")
    return shown.append("".join(f"\n{more}" for more in below), style="dim")


def _aligned(words: Sequence[str]) -> list[str]:
    width = max(map(cell_len, words), default=0)
    return [" " * (width - cell_len(word)) + word for word in words]


def _pairs(page: Page, before: str, after: str, show: Show) -> _Part:
    header = next(column.header for column in page.columns if column.key == after)
    columns = (_aligned([line.cells[key] for line in page.lines]) for key in (before, after))
    cells = [cell(line, after, show(" → ").join(pair)) for line, pair in zip(page.lines, zip(*columns, strict=True), strict=True)]
    return _Part(header, cells, "right")


def _bars(page: Page, show: Show) -> _Part:
    ends = {(line.row["scale_low"], line.row["scale_high"]) for line in page.lines if line.row["mean"] is not None}
    low, high = next(iter(ends)) if len(ends) == 1 else (None, None)
    header = "" if low is None or high is None else f"{text.short(low)}{text.short(high):>{2 * BAR_HALF + 1 - len(text.short(low))}}"
    return _Part(show(header), [_bar(line.row, show) for line in page.lines], "left")


def _bar(row: Mapping[str, Any], show: Show) -> Text:
    low, high, mean = row["scale_low"], row["scale_high"], row["mean"]
    if mean is None or low is None or high is None or low >= high:
        return Text("")
    # A mean below the midpoint never fills its half, one above it always passes the midpoint.
    cells = (mean - low) / (high - low) * 2 * BAR_HALF
    full = math.ceil(cells) if cells > BAR_HALF else math.floor(cells)
    blocks = show("▇") * full
    rest = show("·") * (2 * BAR_HALF - full)
    bar = Text(blocks, style="blue").append(rest, style="dim")
    return bar[:BAR_HALF].append(show("│"), style="dim").append_text(bar[BAR_HALF:])


def _left_out(page: Page) -> Iterator[str]:
    if page.name != "score":
        return
    for section in page.sections:
        off, missing = (sum(line.row[key] or 0 for line in section.lines if line.row["item"] is not None) for key in ("not_applicable", "missing"))
        if off or missing:
            wave = f" in {section.waves[0]}" if len(page.sections) > 1 else ""
            yield f"Not in n{wave}, over all statements: {text.plural(off, 'answer')} off the scale, {text.count(missing)} missing."
