"""Finds the series in a table: one to a column, one to a row, or one below another with a column that names them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field, replace

from rpgstat import text
from rpgstat.admin.cells import Cell, Figure, numbers
from rpgstat.admin.periods import Frequency, Periods, by_week, is_period, periods
from rpgstat.admin.regular import refuse_irregular
from rpgstat.admin.sheet import Sheet
from rpgstat.errors import UserError
from rpgstat.record import record

PERIOD_NAMES = frozenset({"period", "time period", "time_period", "month", "date", "quarter", "year", "financial year", "academic year", "week"})
_ENDING = re.compile(r"^(?:week|wk) ?(?:ending|end|to)\b|^w/?e\b", re.IGNORECASE)  # a week dated by its last day
SERIES_NAMES = frozenset({"series", "indicator", "measure", "name"})
_VALUE_NAMES = ("value", "count", "number", "figure", "n")


@record
class Point:
    """A cell of a series: its value, or None and why, and where it stands."""

    value: float | None
    reason: str
    place: str


@record
class RawSeries:
    """A series as it stands in a file: its points by period index, a label in the style of its periods, whether those are the ends of weeks, and its cells."""

    name: str
    frequency: Frequency
    sample: str
    points: Mapping[int, Point]
    percent: bool = False
    ending: bool = False
    warnings: tuple[str, ...] = field(default=())
    cells: tuple[Cell, ...] = field(default=(), repr=False)


def raw_series(sheet: Sheet, aside: Sequence[str] = ()) -> tuple[list[RawSeries], list[str]]:
    """Every series of a sheet, in order, and what the reader should know. Columns named in `aside` (a population) stand in a long table beside every series.

    Raises UserError where no periods are found, where a table can be read in several ways, for text among numbers, and for two values of one period.
    """
    if not sheet.rows:
        raise UserError(f"{sheet.name}: no rows below the header", "export it again with its figures")
    if len(sheet.header) > 1 and all(is_period(words) for words in sheet.header[1:]):
        return [_row(sheet, i) for i in range(len(sheet.rows))], []
    when = _period_column(sheet)
    found = by_week(periods(sheet.cells(when)))
    others = [j for j in range(len(sheet.header)) if j != when and (sheet.header[j].strip() or any(row[j].strip() for row in sheet.rows))]
    words = [j for j in others if _is_text(sheet, j)]
    figures = [j for j in others if j not in words]
    if words and (_named(sheet, words) or len({(item.index, item.day) for item in found.items}) < len(found.items)):
        return list(_long(sheet, found, _naming(sheet, words), figures, aside)), []
    rows = range(len(sheet.rows))
    left_out = [f"{sheet.name}: column `{text.shortened(sheet.header[j], 40)}` holds words and is left out" for j in words]
    return [_series(sheet.header[j].strip() or f"column {j + 1}", found, rows, sheet.cells(j), sheet) for j in figures], left_out


def _row(sheet: Sheet, i: int) -> RawSeries:
    width = range(1, len(sheet.header))
    name = sheet.rows[i][0].strip()
    if not name:
        raise UserError(f"{sheet.cell(i, 0).place}: the series has no name", "name it in the first column")
    found = by_week(periods(sheet.headers()[1:]))
    return _series(name, found, range(len(width)), [sheet.cell(i, j) for j in width], sheet)


def _period_column(sheet: Sheet) -> int:
    """The column that holds the periods: by its name, else the first that holds nothing else."""
    named = [j for j, header in enumerate(sheet.header) if header.strip().casefold() in PERIOD_NAMES]
    if named:
        return named[0]
    for j in range(len(sheet.header)):
        cells = [row[j] for row in sheet.rows if row[j].strip()]
        if cells and all(map(is_period, cells)):
            return j
    odd = next((cell for cell in sheet.cells(0) if not is_period(cell.text)), sheet.cell(0, 0))
    hint = "name the column of months, quarters or years `period`, and write them as 2015-10, Oct 2015, 2015 Q1, 2015 or 2015/16"
    raise UserError(f"{sheet.name}: no column holds periods only; the first has `{text.shortened(odd.text, 40)}` ({odd.place.rpartition(': ')[2]})", hint)


def _is_text(sheet: Sheet, j: int) -> bool:
    """Whether a column holds words: more of its cells are no number than are one."""
    cells = [cell for cell in sheet.cells(j) if cell.text.strip()]
    return 2 * sum(not _readable(cell, sheet) for cell in cells) > len(cells)


def _readable(cell: Cell, sheet: Sheet) -> bool:
    try:
        numbers([cell], decimal=sheet.decimal or ".")
    except UserError:
        return False
    return True


def _named(sheet: Sheet, words: Sequence[int]) -> list[int]:
    return [j for j in words if sheet.header[j].strip().casefold() in SERIES_NAMES]


def _naming(sheet: Sheet, words: Sequence[int]) -> int:
    named = _named(sheet, words)
    if len(words) == 1 or len(named) == 1:
        return (named or list(words))[0]
    shown = text.listing([f"`{sheet.header[j]}`" for j in words])
    raise UserError(f"{sheet.name}: several columns hold words: {shown}", "name the one that says which series a row belongs to `series`, or remove the others")


def _long(sheet: Sheet, found: Periods, naming: int, values: Sequence[int], aside: Sequence[str]) -> Iterator[RawSeries]:
    """One series for each name in the naming column; further columns of numbers make series of their own, called name: header."""
    beside = [j for j in values if sheet.header[j].strip().casefold() in {name.strip().casefold() for name in aside}]
    main = [j for j in values if j not in beside]
    if not main:
        raise UserError(f"{sheet.name}: no column of numbers", "add a column `value`")
    plain = next((j for name in _VALUE_NAMES for j in main if sheet.header[j].strip().casefold() == name), main[0] if len(main) == 1 else None)
    rows: dict[str, list[int]] = {}
    for i, row in enumerate(sheet.rows):
        name = row[naming].strip()
        if not name:
            raise UserError(f"{sheet.cell(i, naming).place}: the row names no series", "fill it in, or delete the row")
        rows.setdefault(name, []).append(i)
    for name, own in rows.items():
        for j in main:
            called = name if j == plain else f"{name}: {sheet.header[j].strip()}"
            yield _series(called, found, own, [sheet.cell(i, j) for i in own], sheet)
    for j in beside:
        yield _series(sheet.header[j].strip(), found, range(len(sheet.rows)), sheet.cells(j), sheet, repeats=True)


def _series(name: str, found: Periods, rows: Sequence[int], cells: Sequence[Cell], sheet: Sheet, *, repeats: bool = False) -> RawSeries:
    figures = numbers(cells, decimal=sheet.decimal)
    points: dict[int, Point] = {}
    warnings = [f"{sheet.name}: {remark}" for remark in found.remarks]
    found = by_week(replace(found, items=tuple(found.items[i] for i in rows)))
    items = found.items
    refuse_irregular(found, figures, cells)
    for item, figure, cell in zip(items, figures, cells, strict=True):
        point = Point(figure.value, figure.reason, cell.place)
        before = points.get(item.index)
        if before is not None and not repeats:
            warnings.append(f"{cell.place}: {item.label} stands a second time for `{name}`")
        points[item.index] = _one(before, point, item.label) if before else point
    order = [item.index for item in items]
    if order != sorted(order):
        warnings.append(f"{sheet.name}: periods are not in the order of time; they were sorted")
    return RawSeries(name, found.frequency, items[0].label, points, _percent(figures, cells), _ends(sheet), tuple(warnings), tuple(cells))


def _ends(sheet: Sheet) -> bool:
    """Whether the dates of weeks are those of their last days, as a header or a cell says."""
    return any(map(_ENDING.match, (words.strip() for words in (*sheet.header, *(row[0] for row in sheet.rows[:1])))))


def _one(before: Point, after: Point, label: str) -> Point:
    """Of two cells for one period, the one with a value. Raises UserError when both have one and they differ."""
    if before.value is not None and after.value is not None and before.value != after.value:
        problem = f"{after.place}: {label} has {text.number(after.value)}, but {text.number(before.value)} in {before.place.rpartition(': ')[2]}"
        raise UserError(problem, "add them up or correct one of them; where they belong to two series, name those in a column `series`")
    return after if before.value is None else before


def _percent(figures: Sequence[Figure], cells: Sequence[Cell]) -> bool:
    """Whether the values came with percent signs. Raises UserError when only some did."""
    held = [(figure, cell) for figure, cell in zip(figures, cells, strict=True) if figure.value is not None]
    signs = {figure.percent for figure, _ in held}
    if len(signs) == 2:
        odd = next(cell for figure, cell in held if figure.percent != held[0][0].percent)
        problem = f"{odd.place}: `{odd.text}` is in another unit than `{held[0][1].text}` of the same series"
        raise UserError(problem, "write all values of a series with a percent sign, or none")
    return signs == {True}
