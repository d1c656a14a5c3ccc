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

_MOST = 60
"""The widest that text is set before it is broken over lines."""


def fit(page: Page, width: int) -> list[Layout]:
    """The page as one table, or as several where `width` does not hold all its columns: each repeats the first column."""
    if not page.columns:
        return []
    widths = {column.key: _width(page, column) for column in page.columns}
    first, *others = page.columns
    rest = sum(widths[column.key] + GAP for column in others)
    widths[first.key] = max(min(widths[first.key], width - rest), min(widths[first.key], _LEAST))
    return [_layout_of(page, [first, *part], widths) for part in _parts(others, widths, width - widths[first.key])]


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
