"""The long layout of UK government statistics: a row for each area and period, categories in columns of words, figures in columns of numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rpgstat.admin.cells import Cell
from rpgstat.admin.chosen import Chosen, check_decided, filters, rows_where
from rpgstat.admin.measures import plain
from rpgstat.admin.names import listed
from rpgstat.admin.periods import Periods, periods
from rpgstat.admin.places import Places, asked, is_identity, places
from rpgstat.admin.sheet import Sheet
from rpgstat.errors import UserError
from rpgstat.record import record

_PERIOD, _IDENTIFIER, _LEVEL = "time period", "time identifier", "geographic level"
_QUARTER = re.compile(r"\bq(?:uarter )?([1-4])\b")
_WEEK = re.compile(r"\bweek (\d{1,2})\b")
_APART = (_IDENTIFIER, _LEVEL, "new la code", "old la code")  # rows of one area and period that these tell apart are of other things
_NAMING = frozenset({"measure", "indicator", "metric", "series", "indicator name", "measure name"})
_MONTHS = "january february march april may june july august september october november december".split()


@record
class LongTable:
    """The rows that were asked for, with the area and period of each; `whole` is the file as it was read, `figures` are the columns of numbers.

    `naming` is the column that names what a row measures, in tables that have one column of values.
    """

    sheet: Sheet
    places: Places
    when: Periods
    figures: tuple[int, ...]
    whole: Sheet
    naming: int | None = None
    notes: tuple[str, ...] = ()
    categories: str = ""

    def called(self, figure: str) -> str:
        """A figure with the categories it is of, where the file has others."""
        return f"{figure} ({self.categories})" if self.categories else figure


def is_long(header: Sequence[str]) -> bool:
    """Whether these are the columns of the long layout, in whatever order: a time period, and which area a row is of.

    >>> is_long(["la_name", "time_period", "category", "count"]), is_long(["measure", "period", "rate"])
    (True, False)
    """
    names = {plain(name) for name in header}
    return _PERIOD in names and (_LEVEL in names or any(is_identity(name) and name != _IDENTIFIER for name in names))


def long_table(sheet: Sheet, chosen: Chosen) -> LongTable:
    """The rows of a table of the long layout that are asked for. Only their cells are read.

    Raises UserError with what there is for an area, a column or a value that is not, for areas of which one has to be chosen, and where columns
    of words leave several rows for one area and period.
    """
    named = {plain(header): column for column, header in enumerate(sheet.header)}
    free = [column for column, header in enumerate(sheet.header) if not is_identity(header) and plain(header) != _PERIOD]
    words = filters(sheet, free)
    naming = next((column for column in words if plain(sheet.header[column]) in _NAMING), None)
    found = places(sheet, None)
    wanted, notes = asked(found, chosen.areas)
    kept, settled = rows_where(sheet.of(wanted), chosen.where)
    figures = tuple(column for column in free if column not in {*words, *settled})
    if not figures:
        raise UserError(f"{sheet.name}: no column of figures beside the areas and periods", "export the table again with its indicators")
    numbers = set(kept.numbers)
    area = found.of([i for i in wanted if sheet.numbers[i] in numbers])
    cells = _when(kept, named[_PERIOD], named.get(_IDENTIFIER))
    keys = [(name, cell.text, row[naming] if naming is not None else "") for name, cell, row in zip(area.names, cells, kept.rows, strict=True)]
    apart = [*(column for column in words if column != naming), *(named[name] for name in _APART if name in named)]
    check_decided(kept, keys, apart, "area and period")
    for column in figures[:-1]:  # a category may be written in numbers, as ages are; it stands before the figures and repeats itself
        if 2 * len({row[column] for row in kept.rows}) <= len(kept.rows):
            check_decided(kept, keys, [column], "area and period")
    if _IDENTIFIER in named:
        _check_frequency(kept, named[_IDENTIFIER])
    read = periods(cells)
    return LongTable(kept, area, read, figures, sheet, naming, tuple(notes), _categories(sheet, kept, sorted(settled & set(free))))


def _check_frequency(sheet: Sheet, identifier: int) -> None:
    """Raises UserError where quarters, months or weeks stand beside years: two series in one."""
    kinds = list(dict.fromkeys(row[identifier] for row in sheet.rows))
    yearly = [kind for kind in kinds if plain(kind) and _period("2024", kind) == "2024"]
    if yearly and len(yearly) < len(kinds):
        header = sheet.header[identifier]
        problem = f"{sheet.name}: years stand beside other periods: `{header}` has {listed(kinds)}"
        raise UserError(problem, f'say which, repeating --where for several: --where "{header}={yearly[0]}"')


def _categories(whole: Sheet, kept: Sheet, columns: Sequence[int]) -> str:
    """The values that were asked for in columns that have others."""
    asked_for = [column for column in columns if len({row[column] for row in whole.rows}) > 1]
    return ", ".join(" or ".join(dict.fromkeys(row[column] for row in kept.rows)) for column in asked_for)


def _when(sheet: Sheet, when: int, identifier: int | None) -> list[Cell]:
    """The periods as they would be written in one cell: 202425 of an academic year is 2024/25, and 2024 beside "Q1" is 2024 Q1."""
    kinds = [row[identifier] if identifier is not None else "" for row in sheet.rows]
    return [Cell(_period(cell.text, kind), cell.place) for cell, kind in zip(sheet.cells(when), kinds, strict=True)]


def _period(written: str, kind: str) -> str:
    """
    >>> _period("201112", "Academic year"), _period("2024", "Q1"), _period("2024", "March"), _period("2025", "Reporting year")
    ('2011/12', '2024 Q1', 'March 2024', '2025')
    """
    told, year = plain(kind), written.strip()
    if not re.fullmatch(r"\d{4}|\d{6}", year) or not told:
        return written
    month = next((month for month in _MONTHS if re.fullmatch(rf"{month}|{month[:3]}", told)), None)
    if month is not None and len(year) == 4:
        return f"{month.capitalize()} {year}"
    shown = f"{year[:4]}/{year[4:]}" if len(year) == 6 and int(year[4:]) == (int(year[:4]) + 1) % 100 else year
    if found := _QUARTER.search(told):
        return f"{shown} Q{found[1]}"
    if (found := _WEEK.search(told)) and len(year) == 4:
        return f"{year}-W{int(found[1]):02d}"
    return shown
