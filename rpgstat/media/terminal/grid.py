"""How a page without a layout of its own is set at a given width: all columns side by side, some stacked in one, or in parts below one another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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

_HIGHEST = 3
"""So many columns may be stacked in one."""

Longest = Mapping[Column, tuple[int, int]]
"""Cells of the longest line and of the longest word of each column."""

Stack = tuple[Column, ...]
"""Columns of the page that share one on the screen, one under another."""


def fit(page: Page, width: int) -> list[Layout]:
    """The page as one table, or as several where `width` does not hold all its columns: each repeats the first column.

    Columns of text give way first, the widest of them most, as far as text stays readable. Then neighbours are stacked in one column, an interval
    below its figure before anything else; only where that is not enough is the table parted.
    """
    if not page.columns:
        return []
    cells = {column: _longest(page, column) for column in page.columns}
    for stacks_of in _foldings(page.columns, cells):
        widths = {stack: _width(cells, stack) for stack in stacks_of}
        yielding = {stack: _least(cells, stack, widths[stack]) for stack in stacks_of if stack is stacks_of[0] or any(c.align == "left" for c in stack)}
        narrowed = _narrowed(widths, yielding, width - GAP * (len(stacks_of) - 1))
        if sum(narrowed.values()) + GAP * (len(stacks_of) - 1) <= width:
            return [_layout_of(page, stacks_of, narrowed)]
    return _parted(page, cells, width)


def _parted(page: Page, cells: Longest, width: int) -> list[Layout]:
    """The page as several tables below one another."""
    stacks_of: list[Stack] = [(column,) for column in page.columns]
    first, *others = stacks_of
    widths = {stack: _width(cells, stack) for stack in stacks_of}
    yielding = {stack: _least(cells, stack, widths[stack]) for stack in stacks_of if stack is first or stack[0].align == "left"}
    widths[first] = min(widths[first], yielding[first])
    room = width - widths[first]
    widths |= {stack: max(min(widths[stack], room - GAP), least) for stack, least in yielding.items() if stack is not first}
    return [_layout_of(page, [first, *part], widths) for part in _parts(others, widths, room)]


def _foldings(columns: Sequence[Column], cells: Longest) -> Iterator[list[Stack]]:
    """The columns side by side, then all intervals below their figures, then ever more: what is next is what reads best, and of that what saves most room."""
    found: list[Stack] = [(column,) for column in columns]
    yield found
    units = [found[:1], *_pairs(found[1:])]
    found = [tuple(column for (column,) in unit) for unit in units]
    yield found
    while True:
        able = [at for at in range(len(found) - 1) if len(found[at]) + len(found[at + 1]) <= _HIGHEST]
        if not able:
            return
        at = min(able, key=lambda at: (_oddness(found[at], found[at + 1], first=at == 0), -min(_width(cells, found[at]), _width(cells, found[at + 1]))))
        found = [*found[:at], found[at] + found[at + 1], *found[at + 2 :]]
        yield found


def _oddness(above: Stack, below: Stack, *, first: bool) -> int:
    """How odd two stacks look in one column: words with figures more than either alone, more so three in one, and what a row is of with anything."""
    mixed = len({column.align for column in above + below}) > 1
    return mixed + 2 * (len(above) + len(below) > 2) + 4 * first


def _least(cells: Longest, stack: Stack, width: int) -> int:
    """How narrow a column of text may be: no word of it is broken that is not longer than a line is anyway, and no figure stacked in it."""
    word = max(cells[column][1] for column in stack)
    figures = max((_width(cells, (column,)) for column in stack if column.align == "right"), default=0)
    return min(width, max(_LEAST if width > _SHORT else width, min(word, _LEAST), figures))


def _narrowed(widths: dict[Stack, int], yielding: dict[Stack, int], room: int) -> dict[Stack, int]:
    """The widths, those that yield taken down together from the widest until all fit or none can yield more."""
    found = dict(widths)
    while sum(found.values()) > room:
        able = [key for key, least in yielding.items() if found[key] > least]
        if not able:
            break
        found[max(able, key=lambda key: found[key])] -= 1
    return found


def _parts(columns: Sequence[Stack], widths: dict[Stack, int], room: int) -> list[list[Stack]]:
    """The columns in as few runs as fit into `room`, about equally wide; a column wider than that stands alone."""
    fewest = _runs(columns, widths, room)
    even = sum(widths[c] + GAP for c in columns) / max(len(fewest), 1)
    narrowest = max((sum(widths[c] + GAP for c in unit) for unit in _pairs(columns)), default=0)
    tries = (_runs(columns, widths, least) for least in range(max(round(even), narrowest), room))
    return next((runs for runs in tries if len(runs) == len(fewest)), fewest)


def _runs(columns: Sequence[Stack], widths: dict[Stack, int], room: int) -> list[list[Stack]]:
    runs: list[list[Stack]] = [[]]
    for together in _pairs(columns):
        if runs[-1] and sum(widths[c] + GAP for c in (*runs[-1], *together)) > room:
            runs.append([])
        runs[-1] += together
    return runs


def _pairs(columns: Sequence[Stack]) -> list[list[Stack]]:
    """Each column by itself, but an interval with the figure before it."""
    units: list[list[Stack]] = []
    for stack in columns:
        if _belongs(stack[0]) and units:
            units[-1].append(stack)
        else:
            units.append([stack])
    return units


def _belongs(column: Column) -> bool:
    """Whether a column holds the limits of the figure before it."""
    return column.key.partition("..")[0].endswith("_low")


def _width(cells: Longest, stack: Stack) -> int:
    """The longest line of a column's cells, text up to a limit; the words of a header of its own may stand below one another."""
    header = max((cell_len(part) for column in stack for part in (column.header.split() if len(stack) == 1 else [column.header])), default=0)
    return max(min(max(cells[column][0] for column in stack), _MOST), header)


def _longest(page: Page, column: Column) -> tuple[int, int]:
    """Cells of the longest line and of the longest word of a column."""
    found = [cell.plain for cell in _cells(page, column)]
    lines = max((cell_len(line) for plain in found for line in plain.split("\n")), default=0)
    return lines, max((cell_len(word) for plain in found for word in plain.split()), default=0)


def _cells(page: Page, column: Column) -> list[Text]:
    return [stacks.cell(line, column.key, line.cells[column.key]) for line in page.lines]


def _layout_of(page: Page, columns: Sequence[Stack], widths: dict[Stack, int]) -> Layout:
    parts = stacks.parts(page)
    header: Cells = tuple(Text("\n".join(column.header for column in stack)) for stack in columns)
    rows = tuple(zip(*(stacks.stacked(tuple(column.key for column in stack), parts) for stack in columns), strict=True))
    return Layout(tuple(stacks.Column(widths[stack], stack[0].align if len(stack) == 1 else "left") for stack in columns), header, rows, (), False)
