"""Which columns of a table of rates are which, and the rates in it: measures in rows or columns, long with or without counts, stocks and flows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rpgstat.errors import UserError
from rpgstat.figures.cells import Cell, Figure, numbers
from rpgstat.figures.counted import counted_rate, whole
from rpgstat.figures.measures import Kind, kind_of, plain, stock_of
from rpgstat.figures.periods import Period, Periods, is_period, periods
from rpgstat.figures.rates import Entry, Rate, RateTable, gathered, remarks
from rpgstat.figures.sheet import Sheet
from rpgstat.figures.stocks import stock_table
from rpgstat.figures.units import Unit, check_unit, share

_NAMES = {
    "period": "time period|period|year|date|month|quarter|financial year|academic year|reporting year|year ending",
    "measure": "measure|indicator|metric|series|name",
    "rate": "rate|value|percent|percentage|per cent|share|proportion|",
    "numerator": "numerator|count|events",
    "denominator": "denominator|total|base|out of|exposure",
    "area": "area|area name|authority|local authority|council|organisation|la|region|country",
}
_ROLES = {name: role for role, names in _NAMES.items() for name in names.split("|") if name} | {"%": "rate"}
_LEVELS = {"local authority": "la name", "regional": "region name", "national": "country name"}
_CODES = frozenset(
    "time identifier|geographic level|country code|country name|region code|region name|old la code|new la code|la name|la code|area code".split("|")
)


@dataclass(frozen=True)
class _Roles:
    """The column of each role that a header names, and the columns left over."""

    known: Mapping[str, int]
    periods: tuple[int, ...]
    others: tuple[int, ...]


def rate_table(sheet: Sheet, *, unit: Unit = "percent", stock: str | None = None) -> RateTable:
    """The rates of a table, its layout recognised by its headers.

    Measures in rows and periods in columns; one row for each measure and period, with a rate or a numerator and a denominator; one row for each
    period with a column for each measure, or with the stocks and flows that the measures are defined by, as the published files have them.
    `unit` is that of rates without a percent sign. `stock` ("closing", "opening", "average") is what leavers are divided by.
    Raises UserError that names the cell for what cannot be right.
    """
    roles = _roles(sheet)
    areas = _areas(sheet, roles)
    if "period" in roles.known and not roles.periods and "measure" not in roles.known and _is_stocks(sheet):
        when = periods(sheet.cells(roles.known["period"]))
        return stock_table(sheet, when, areas, _aggregates(sheet), unit, stock or "closing")
    if stock is not None:
        problem = f"{sheet.name}: --stock {stock} divides leavers by staff in post, and the file has no such columns"
        raise UserError(problem, "leave out --stock: the rates stand as the file gives them")
    if roles.periods:
        return _wide(sheet, roles, areas, unit)
    if "period" not in roles.known:
        raise _unknown(sheet)
    return _long(sheet, roles, areas, unit) if "measure" in roles.known else _columns(sheet, roles, areas, unit)


def _roles(sheet: Sheet) -> _Roles:
    known: dict[str, int] = {}
    others, wide = [], []
    for column, header in enumerate(sheet.header):
        role = _ROLES.get(plain(header) or header.strip())
        if role is None and is_period(header):
            wide.append(column)
        elif role is not None and role not in known:
            known[role] = column
        elif plain(header) not in _CODES:
            others.append(column)
    named = {plain(header): column for column, header in enumerate(sheet.header)}
    if "area" not in known and (place := named.get("la name", named.get("region name", named.get("country name")))) is not None:
        known["area"] = place
    return _Roles(known, tuple(wide), tuple(others))


def _is_stocks(sheet: Sheet) -> bool:
    return any(found[0] in ("in post", "case holders") for header in sheet.header if (found := stock_of(header)))


def _areas(sheet: Sheet, roles: _Roles) -> list[str | None]:
    """The name of each row's area: at the level that the row is of, where the file says."""
    named = {plain(header): column for column, header in enumerate(sheet.header)}
    level = named.get("geographic level")
    own = roles.known.get("area")

    def area(row: Sequence[str]) -> str | None:
        place = named.get(_LEVELS.get(plain(row[level]), ""), own) if level is not None else own
        return (row[place] or None) if place is not None else None

    return [area(row) for row in sheet.rows]


def _aggregates(sheet: Sheet) -> list[bool]:
    """Whether each row sums up areas that may have rows of their own."""
    level = next((column for column, header in enumerate(sheet.header) if plain(header) == "geographic level"), None)
    return [level is not None and plain(row[level]) in ("national", "regional") for row in sheet.rows]


def _wide(sheet: Sheet, roles: _Roles, areas: Sequence[str | None], unit: Unit) -> RateTable:
    """Measures in rows, periods in columns."""
    free = [*roles.others, *(column for role, column in roles.known.items() if role != "area")]  # its corner may say "Year" or "Rate"
    measure = roles.known.get("measure", free[0] if len(free) == 1 else None)
    if measure is None:
        raise _unknown(sheet)
    when = periods([sheet.headers()[column] for column in roles.periods])
    figures = numbers([sheet.cell(row, column) for row in range(len(sheet.rows)) for column in roles.periods], decimal=sheet.decimal)
    width = len(roles.periods)
    places, warnings = [], []
    for row, cells in enumerate(sheet.rows):
        name = cells[measure]
        if not any(cells[column] for column in roles.periods):
            warnings.append(f"{sheet.name}: row {sheet.numbers[row]} has no figures and is left out{f' ({name[:40]})' if name else ''}")
        elif not name:
            raise UserError(f"{sheet.cell(row, measure).place}: the measure has no name", "name what the row measures")
        else:
            own = figures[row * width : (row + 1) * width]
            places += [_Bare(name, areas[row], at, sheet.cell(row, column), f) for column, at, f in zip(roles.periods, when.items, own, strict=True)]
    return _bare_table(places, when, unit, warnings)


def _columns(sheet: Sheet, roles: _Roles, areas: Sequence[str | None], unit: Unit) -> RateTable:
    """One row for each period, one column for each measure."""
    when = periods(sheet.cells(roles.known["period"]))
    rated = [*roles.others, *(roles.known[role] for role in ("rate",) if role in roles.known)]
    if not rated:
        raise _unknown(sheet)
    places = []
    for column in rated:
        cells = sheet.cells(column)
        found = zip(cells, numbers(cells, decimal=sheet.decimal), when.items, areas, strict=True)
        places += [_Bare(sheet.header[column], area, at, cell, figure) for cell, figure, at, area in found]
    return _bare_table(places, when, unit, [])


def _long(sheet: Sheet, roles: _Roles, areas: Sequence[str | None], unit: Unit) -> RateTable:
    """One row for each measure and period."""
    known = roles.known
    if "rate" not in known and not {"numerator", "denominator"} <= known.keys():
        raise _unknown(sheet)
    when = periods(sheet.cells(known["period"]))
    names = sheet.cells(known["measure"])
    for name in names:
        if not name.text:
            raise UserError(f"{name.place}: the measure has no name", "name what the row measures")
    if "numerator" in known and "denominator" in known:
        return _counts(sheet, roles, areas, when)
    cells = sheet.cells(known["rate"])
    figures = numbers(cells, decimal=sheet.decimal)
    places = [_Bare(name.text, *rest) for name, rest in zip(names, zip(areas, when.items, cells, figures, strict=True), strict=True)]
    return _bare_table(places, when, unit, [])


@dataclass(frozen=True, slots=True)
class _Bare:
    """A rate without counts, as it stands in the file."""

    measure: str
    area: str | None
    period: Period
    cell: Cell
    figure: Figure


def _bare_table(found: Sequence[_Bare], when: Periods, unit: Unit, warnings: Sequence[str]) -> RateTable:
    kinds = {bare.measure: kind_of(bare.measure) for bare in found}
    for measure, kind in kinds.items():
        check_unit([(bare.cell, bare.figure) for bare in found if bare.measure == measure], kind, unit)
    shares = [(bare.cell, bare.figure) for bare in found if kinds[bare.measure] != "each"]
    check_unit(shares, None, unit)
    entries = [_bare_entry(bare, kinds[bare.measure], unit) for bare in found]
    return gathered(entries, when.per_year, remarks(when), warnings)


def _bare_entry(bare: _Bare, kind: Kind, unit: Unit) -> Entry:
    rate = share(bare.cell, bare.figure, kind, unit)
    return Entry(bare.measure, kind, bare.area, Rate(bare.period, rate, note=bare.figure.reason), bare.cell.place)


def _counts(sheet: Sheet, roles: _Roles, areas: Sequence[str | None], when: Periods) -> RateTable:
    tops, bottoms = (sheet.cells(roles.known[role]) for role in ("numerator", "denominator"))
    names = sheet.cells(roles.known["measure"])
    over, under = numbers(tops, decimal=sheet.decimal), numbers(bottoms, decimal=sheet.decimal)
    entries = []
    for name, area, at, cell, top, base_cell, base in zip(names, areas, when.items, tops, over, bottoms, under, strict=True):
        kind = kind_of(name.text)
        kind = "part" if kind == "other" else kind
        entries.append(Entry(name.text, kind, area, counted_rate(at, (cell, top), (base_cell, base), kind), cell.place))
    assumed = sorted({name.text for name in names if kind_of(name.text) == "other"})
    notes = [(name, f"{name}: the numerator is taken to be part of the denominator.") for name in assumed]
    return gathered(whole(entries), when.per_year, [*remarks(when), *notes], [])


def _unknown(sheet: Sheet) -> UserError:
    found = ", ".join(f"`{header}`" for header in sheet.header[:8])
    hint = (
        "columns can be: measure and one for each year; measure, period, rate; measure, period, numerator, denominator; "
        "or period, leavers, in post, vacancies, agency, days lost, working days, cases, case holders"
    )
    return UserError(f"{sheet.name}: not recognised as a table of rates (columns {found})", hint)
