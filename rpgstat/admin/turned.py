"""Figures in other layouts turned so that each row is a period and each column a stock or flow, every cell still naming its own place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from rpgstat.admin.cells import Cell
from rpgstat.admin.measures import plain
from rpgstat.admin.periods import Period, Periods
from rpgstat.admin.sheet import Sheet
from rpgstat.errors import UserError
from rpgstat.record import record


@record
class Spot:
    """One cell of figures, and what it is a figure of."""

    measure: str
    area: str | None
    period: Period
    cell: Cell


@record
class _Turned(Sheet):
    """A sheet whose cells stand elsewhere in the file."""

    grid: tuple[tuple[Cell, ...], ...] = field(default=())

    def cell(self, row: int, column: int) -> Cell:
        return self.grid[row][column]


def turned(sheet: Sheet, spots: Sequence[Spot], when: Periods) -> tuple[Sheet, Periods, list[str | None]]:
    """A table with a row for each area and period and a column for each measure; its periods and areas by row.

    Raises UserError for two figures of one measure, area and period.
    """
    names = {plain(spot.measure): spot.measure for spot in reversed(spots)}
    rows: dict[tuple[str | None, Period], dict[str, Cell]] = {}
    for spot in spots:
        own = rows.setdefault((spot.area, spot.period), {})
        first = own.setdefault(plain(spot.measure), spot.cell)
        if first is not spot.cell:
            hint = f"the other stands at {first.place.rpartition(': ')[2]}; remove one, or name the areas apart"
            raise UserError(f"{spot.cell.place}: a second figure of {spot.measure}, {spot.period.label}", hint)
    order = list(dict.fromkeys(plain(spot.measure) for spot in spots))
    grid = [[own.get(name, Cell("", sheet.name)) for name in order] for own in rows.values()]
    made = laid(sheet, [names[name] for name in order], grid)
    return made, Periods(when.frequency, tuple(at for _, at in rows), when.remarks), [area for area, _ in rows]


def laid(sheet: Sheet, header: Sequence[str], grid: Sequence[Sequence[Cell]]) -> Sheet:
    """A table of cells that stand elsewhere in `sheet`, each still naming its own place."""
    cells = tuple(map(tuple, grid))
    texts = tuple(tuple(cell.text for cell in row) for row in cells)
    return _Turned(sheet.name, sheet.path, tuple(header), texts, tuple(range(2, len(cells) + 2)), sheet.decimal, sheet.warnings, cells)
