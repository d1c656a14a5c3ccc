"""The series that are asked for of a table, in government's long layout or any other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rpgstat.admin.beside import per_of
from rpgstat.admin.cells import Cell, told
from rpgstat.admin.chosen import Chosen, filters, rows_where, unread
from rpgstat.admin.long_layout import LongTable, is_long, long_table
from rpgstat.admin.measures import plain
from rpgstat.admin.names import fitting
from rpgstat.admin.periods import is_period
from rpgstat.admin.places import asked, places
from rpgstat.admin.raw_series import PERIOD_NAMES, SERIES_NAMES, RawSeries, raw_series
from rpgstat.admin.sheet import Sheet
from rpgstat.admin.turned import laid
from rpgstat.errors import UserError

_AREAS = frozenset({"area", "area name", "authority", "local authority", "council", "region", "la", "la name"})

_Read = tuple[list[RawSeries], list[str]]


def series_table(sheet: Sheet, aside: Sequence[str] = (), chosen: Chosen | None = None) -> _Read:
    """The series of a table that are asked for, and what the reader should know; see `raw_series` for the layouts and for `aside`.

    A published table in the long layout gives a series for each column of figures and each area; a figure that is so many per cent by its name is a share.
    Raises UserError that lists what there is where nothing fits.
    """
    wanted = chosen or Chosen()
    found, warnings = _long(sheet, aside, wanted) if is_long(sheet.header) else _other(sheet, aside, wanted)
    return found, [*warnings, *told((one.cells for one in found), decimal=sheet.decimal)]


def _long(sheet: Sheet, aside: Sequence[str], wanted: Chosen) -> _Read:
    """The series of a published table."""
    if not wanted.areas and len(set(places(sheet, None).names)) > 1:
        wanted = replace(wanted, areas=_only_area(sheet))
    return _published(long_table(sheet, wanted), aside, wanted)


def _only_area(sheet: Sheet) -> tuple[str, ...]:
    """No choice: raises UserError that asks for one, since each area would have every series."""
    asked(places(sheet, None), ())
    names = list(dict.fromkeys(name for name in places(sheet, None).names if name is not None))
    raise UserError(f"{sheet.name}: the file holds {len(names)} areas", f'choose with --area, such as --area "{names[-1]}" (repeatable), or --area all')


def _published(table: LongTable, aside: Sequence[str], chosen: Chosen) -> _Read:
    columns, rows = _measured(table, aside, chosen.measures)
    areas = list(dict.fromkeys(table.places.names[i] for i in rows))
    found: list[RawSeries] = []
    warnings = [f"{table.sheet.name}: {note}" for note in table.notes]
    for area in areas:
        own = [i for i in rows if table.places.names[i] == area]
        named, said = raw_series(_sheet(table, columns, own), aside)
        found += [_of_area(one, f"{area}: " if len(areas) > 1 else "") for one in named]
        warnings += said
    return found, [*dict.fromkeys(warnings), *(unread(table.whole, table.figures) if chosen else [])]


def _measured(table: LongTable, aside: Sequence[str], measures: Sequence[str]) -> tuple[list[int], list[int]]:
    """The columns of figures and the rows that are asked for."""
    rows, columns = list(range(len(table.sheet.rows))), list(table.figures)
    if not measures:
        return columns, rows
    if table.naming is not None:
        names = [row[table.naming] for row in table.sheet.rows]
        wanted = _fitting(measures, names)
        return columns, [i for i in rows if names[i] in wanted]
    wanted = _fitting(measures, [table.sheet.header[column] for column in columns]) | set(aside)
    return [column for column in columns if table.sheet.header[column] in wanted], rows


def _fitting(measures: Sequence[str], names: Sequence[str]) -> set[str]:
    known = list(dict.fromkeys(names))
    return {name for measure in measures for name in fitting(measure, known, "--measure")}


def _sheet(table: LongTable, columns: Sequence[int], rows: Sequence[int]) -> Sheet:
    """The rows of one area as a table of their own: the period, the name of the series if a column has it, and the figures."""
    sheet = table.sheet
    named = [] if table.naming is None else [table.naming]
    header = ["period", *["series"] * len(named), *(table.called(sheet.header[column]) for column in columns)]
    grid = [
        [Cell(table.when.items[i].label, f"{sheet.name}: row {sheet.numbers[i]}"), *(sheet.cell(i, column) for column in (*named, *columns))]
        for i in sorted(rows, key=lambda i: table.when.items[i].index)
    ]
    return laid(sheet, header, grid)


def _of_area(one: RawSeries, area: str) -> RawSeries:
    """A series named with its area, in per cent where its name says so."""
    return replace(one, name=area + one.name, percent=one.percent or per_of(one.name.partition(" (")[0]) == 100)


def _other(sheet: Sheet, aside: Sequence[str], chosen: Chosen) -> _Read:
    """A table of any other layout: rows by area and condition, then series by name."""
    if not chosen:
        return raw_series(sheet, aside)
    kept, settled = rows_where(sheet, chosen.where)
    drop = {column for column in settled if len({row[column] for row in kept.rows}) == 1 and plain(kept.header[column]) not in PERIOD_NAMES | SERIES_NAMES}
    if chosen.areas:
        own = next((column for column, header in enumerate(kept.header) if plain(header) in _AREAS), None)
        rows, _ = asked(places(kept, own), chosen.areas)
        kept = kept.of(rows)
        drop |= {own} if own is not None and len({row[own] for row in kept.rows}) == 1 else set()
    kept = _without(kept, drop)
    return raw_series(_of_measures(kept, aside, chosen.measures) if chosen.measures else kept, aside)


def _without(sheet: Sheet, columns: set[int]) -> Sheet:
    """The sheet without these columns."""
    left = [column for column in range(len(sheet.header)) if column not in columns]
    return replace(sheet, header=tuple(sheet.header[i] for i in left), rows=tuple(tuple(row[i] for i in left) for row in sheet.rows))


def _of_measures(sheet: Sheet, aside: Sequence[str], measures: Sequence[str]) -> Sheet:
    """The rows or the columns of the measures that are asked for."""
    naming = next(_naming(sheet), None)
    if naming is not None:
        names = [row[naming] for row in sheet.rows]
        wanted = _fitting(measures, names)
        return sheet.of([i for i, name in enumerate(names) if name in wanted])
    when = next((j for j, header in enumerate(sheet.header) if plain(header) in PERIOD_NAMES), 0)
    figures = [j for j in range(len(sheet.header)) if j != when and j not in filters(sheet, [j])]
    wanted = _fitting(measures, [sheet.header[j] for j in figures]) | set(aside)
    return _without(sheet, {j for j in figures if sheet.header[j] not in wanted})


def _naming(sheet: Sheet) -> Iterator[int]:
    """The column that names the series, where one does: the first beside columns of periods, or one of words."""
    if len(sheet.header) > 1 and all(is_period(words) for words in sheet.header[1:]):
        yield 0
    words = filters(sheet, range(len(sheet.header)))
    yield from (j for j in words if plain(sheet.header[j]) in SERIES_NAMES)
    if len(words) == 1 and len({row[words[0]] for row in sheet.rows}) < len(sheet.rows) and not is_period(sheet.rows[0][words[0]]):
        yield words[0]
