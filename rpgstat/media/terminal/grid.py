"""How a page without a layout of its own is set at a given width: all columns side by side, or in parts below one another."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from rpgstat.media.pages import Column, Page
from rpgstat.media.terminal import stacks
from rpgstat.media.terminal.stacks import GAP, Cells, Layout

_LEAST = 24
"""Text is broken over lines, but no narrower than this."""

_SHORT = 30
"""Text so short keeps to one line."""

_MOST = 60
"""The widest that text is set before it is broken over lines."""


def fit(page: Page, width: int) -> list[Layout]:
    """The page as one table, or as several where `width` does not hold all its columns: each repeats the first column.

    Columns of text give way first, the widest of them most, as far as text stays readable.
    """
    if not page.columns:
        return []
    widths = {column.key: _width(page, column) for column in page.columns}
    first, *others = page.columns
    yielding = {column.key: _least(page, column, widths[column.key]) for column in page.columns if column is first or column.align == "left"}
    narrowed = _narrowed(widths, yielding, width - GAP * len(others))
    if sum(narrowed.values()) + GAP * len(others) <= width:
        return [_layout_of(page, page.columns, narrowed)]
    widths[first.key] = min(widths[first.key], yielding[first.key])
    room = width - widths[first.key]
    widths |= {key: max(min(widths[key], room - GAP), least) for key, least in yielding.items() if key != first.key}
    return [_layout_of(page, [first, *part], widths) for part in _parts(others, widths, room)]


def _least(page: Page, column: Column, width: int) -> int:
    """How narrow a column of text may be: no word of it is broken that is not longer than a line is anyway."""
    words = (cell_len(word) for cell in _cells(page, column) for word in cell.plain.split())
    return min(width, max(_LEAST if width > _SHORT else width, min(max(words, default=0), _LEAST)))


def _narrowed(widths: dict[str, int], yielding: dict[str, int], room: int) -> dict[str, int]:
    """The widths, those that yield taken down together from the widest until all fit or none can yield more."""
    found = dict(widths)
    while sum(found.values()) > room:
        able = [key for key, least in yielding.items() if found[key] > least]
        if not able:
            break
        found[max(able, key=lambda key: found[key])] -= 1
    return found


def _parts(columns: Sequence[Column], widths: dict[str, int], room: int) -> list[list[Column]]:
    """The columns in as few runs as fit into `room`, about equally wide; a column wider than that stands alone."""
    fewest = _runs(columns, widths, room)
    even = sum(widths[c.key] + GAP for c in columns) / max(len(fewest), 1)
    narrowest = max((sum(widths[c.key] + GAP for c in unit) for unit in _pairs(columns)), default=0)
    tries = (_runs(columns, widths, least) for least in range(max(round(even), narrowest), room))
    return next((runs for runs in tries if len(runs) == len(fewest)), fewest)


def _runs(columns: Sequence[Column], widths: dict[str, int], room: int) -> list[list[Column]]:
    runs: list[list[Column]] = [[]]
    for together in _pairs(columns):
        if runs[-1] and sum(widths[c.key] + GAP for c in (*runs[-1], *together)) > room:
            runs.append([])
        runs[-1] += together
    return runs


def _pairs(columns: Sequence[Column]) -> list[list[Column]]:
    """Each column by itself, but an interval with the figure before it."""
    units: list[list[Column]] = []
    for column in columns:
        if ".." in column.key and units:
            units[-1].append(column)
        else:
            units.append([column])
    return units


def _width(page: Page, column: Column) -> int:
    """The longest line of a column's cells, text up to a limit; its header's words may stand below one another."""
    cells = [cell_len(line) for cell in _cells(page, column) for line in cell.plain.split("\n")]
    header = max(map(cell_len, column.header.split()), default=0)
    longest = max(cells, default=0)
    return max(min(longest, _MOST), header)


def _cells(page: Page, column: Column) -> list[Text]:
    return [stacks.cell(line, column.key, line.cells[column.key]) for line in page.lines]


def _layout_of(page: Page, columns: Sequence[Column], widths: dict[str, int]) -> Layout:
    header: Cells = tuple(Text(column.header) for column in columns)
    rows = tuple(zip(*(_cells(page, column) for column in columns), strict=True))
    return Layout(tuple(stacks.Column(widths[column.key], column.align) for column in columns), header, rows, (), False)
