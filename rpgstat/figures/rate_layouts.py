"""Which columns of a table of rates are which, and the rates in it: measures in rows or columns, long with or without counts, stocks and flows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rpgstat.errors import UserError
from rpgstat.figures.cells import Cell, Figure, numbers
from rpgstat.figures.counted import counted_rate, whole
from rpgstat.figures.measures import kind_of, plain, published_as, stock_of
from rpgstat.figures.periods import Periods, is_period, periods
from rpgstat.figures.rates import Entry, Rate, RateTable, gathered, remarks
from rpgstat.figures.sheet import Sheet
from rpgstat.figures.stocks import stock_table
from rpgstat.figures.turned import Spot, turned
from rpgstat.figures.units import Unit, check_unit, doubtful, share

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
    if "period" in roles.known and not roles.periods and "measure" not in roles.known and _has_stocks(sheet.header):
        when = periods(sheet.cells(roles.known["period"]))
        unused = _unused(sheet, [column for column in roles.others if stock_of(sheet.header[column]) is None and published_as(sheet.header[column]) is None])
        return stock_table(sheet, when, areas, _aggregates(sheet), unit, stock or "closing", unused)
    if {"measure", "period", "numerator", "denominator"} <= roles.known.keys():
        _refuse_stock_option(sheet, stock)
        return _counts(sheet, roles, areas)
    when, spots, warnings = _spots(sheet, roles, areas)
    if _has_stocks([spot.measure for spot in spots]):
        other, times, places = turned(sheet, spots, when)
        return stock_table(other, times, places, [False] * len(places), unit, stock or "closing", warnings)
    _refuse_stock_option(sheet, stock)
    return _bare_table(sheet, spots, when, unit, warnings)


def _refuse_stock_option(sheet: Sheet, stock: str | None) -> None:
    if stock is not None:
        problem = f"{sheet.name}: --stock {stock} divides leavers by staff in post, and the file has no such figures"
        raise UserError(problem, "leave out --stock: the rates stand as the file gives them")


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


def _has_stocks(names: Iterable[str]) -> bool:
    """Whether the figures are stocks and flows: "vacancies" and "agency" may be rates, staff in post are not."""
    return any(found[0] in ("in post", "case holders") for name in names if (found := stock_of(name)))


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


_Spots = tuple[Periods, list[Spot], list[str]]


def _spots(sheet: Sheet, roles: _Roles, areas: Sequence[str | None]) -> _Spots:
    """Every cell of figures with its measure and period; and what to tell of what was left out."""
    if roles.periods:
        return _wide(sheet, roles, areas)
    if "period" not in roles.known:
        raise _unknown(sheet)
    return _long(sheet, roles, areas) if "measure" in roles.known else _columns(sheet, roles, areas)


def _wide(sheet: Sheet, roles: _Roles, areas: Sequence[str | None]) -> _Spots:
    """Measures in rows, periods in columns."""
    free = [*roles.others, *(column for role, column in roles.known.items() if role != "area")]  # its corner may say "Year" or "Rate"
    measure = roles.known.get("measure", free[0] if len(free) == 1 else None)
    if measure is None:
        raise _unknown(sheet)
    when = periods([sheet.headers()[column] for column in roles.periods])
    spots, warnings = [], _unused(sheet, [column for column in free if column != measure])
    for row, cells in enumerate(sheet.rows):
        name = cells[measure]
        if not any(cells[column] for column in roles.periods):
            warnings.append(f"{sheet.name}: row {sheet.numbers[row]} has no figures and is left out{f' ({name[:40]})' if name else ''}")
            continue
        _check_name(sheet.cell(row, measure))
        spots += [Spot(name, areas[row], at, sheet.cell(row, column)) for column, at in zip(roles.periods, when.items, strict=True)]
    return when, spots, warnings


def _columns(sheet: Sheet, roles: _Roles, areas: Sequence[str | None]) -> _Spots:
    """One row for each period, one column for each measure."""
    when = periods(sheet.cells(roles.known["period"]))
    rated = [*roles.others, *(roles.known[role] for role in ("rate",) if role in roles.known)]
    if not rated:
        raise _unknown(sheet)
    spots = []
    for column in rated:
        spots += [Spot(sheet.header[column], *rest) for rest in zip(areas, when.items, sheet.cells(column), strict=True)]
    return when, spots, _unused(sheet, [column for role, column in roles.known.items() if role in ("numerator", "denominator")])


def _long(sheet: Sheet, roles: _Roles, areas: Sequence[str | None]) -> _Spots:
    """One row for each measure and period."""
    if "rate" not in roles.known:
        raise _unknown(sheet)
    when = periods(sheet.cells(roles.known["period"]))
    names = sheet.cells(roles.known["measure"])
    for name in names:
        _check_name(name)
    rest = zip(areas, when.items, sheet.cells(roles.known["rate"]), strict=True)
    return when, [Spot(name.text, *own) for name, own in zip(names, rest, strict=True)], _unused(sheet, roles.others)


def _check_name(cell: Cell) -> None:
    if not cell.text:
        raise UserError(f"{cell.place}: the measure has no name", "name what the row measures")


def _unused(sheet: Sheet, columns: Iterable[int]) -> list[str]:
    names = [f"`{sheet.header[column][:40]}`" for column in columns if sheet.header[column]]
    return [f"{sheet.name}: not used: column {', '.join(names)}"] if names else []


def _bare_table(sheet: Sheet, spots: Sequence[Spot], when: Periods, unit: Unit, warnings: Sequence[str]) -> RateTable:
    """Rates without counts, as they stand in the file."""
    found: dict[str, list[tuple[Spot, Figure]]] = {}
    for measure in dict.fromkeys(spot.measure for spot in spots):
        own = [spot for spot in spots if spot.measure == measure]
        _refuse_counts(own[0])
        found[measure] = list(zip(own, numbers([spot.cell for spot in own], decimal=sheet.decimal), strict=True))
        check_unit([(spot.cell, figure) for spot, figure in found[measure]], kind_of(measure), unit)
    check_unit([(spot.cell, figure) for measure, own in found.items() if kind_of(measure) != "each" for spot, figure in own], None, unit)
    entries = [_bare_entry(spot, figure, unit) for own in found.values() for spot, figure in own]
    doubts = [
        f"{own[0][0].cell.place.partition(':')[0]}: every rate of `{measure}` is below 1 and read as per cent; if they are shares, write them in per cent"
        for measure, own in found.items()
        if kind_of(measure) != "each" and doubtful([figure for _, figure in own], unit)
    ]
    return gathered(entries, when.per_year, remarks(when), [*warnings, *doubts])


def _refuse_counts(spot: Spot) -> None:
    """Raises UserError for a flow that would be read as a rate."""
    stock = stock_of(spot.measure)
    if stock is not None and stock[0] not in ("vacancies", "agency", "agency cover"):
        hint = "add `in post` (or `case holders` for cases); or, if they are rates, name them as such: turnover, sickness, caseload"
        raise UserError(f"{spot.cell.place}: `{spot.measure}` are counts, and nothing says what they are to be divided by", hint)


def _bare_entry(spot: Spot, figure: Figure, unit: Unit) -> Entry:
    kind = kind_of(spot.measure)
    rate = Rate(spot.period, share(spot.cell, figure, kind, unit), note=figure.reason)
    return Entry(spot.measure, kind, spot.area, rate, spot.cell.place)


def _counts(sheet: Sheet, roles: _Roles, areas: Sequence[str | None]) -> RateTable:
    """One row for each measure and period, with a numerator and a denominator."""
    when = periods(sheet.cells(roles.known["period"]))
    tops, bottoms = (sheet.cells(roles.known[role]) for role in ("numerator", "denominator"))
    names = sheet.cells(roles.known["measure"])
    for name in names:
        _check_name(name)
    over, under = numbers(tops, decimal=sheet.decimal), numbers(bottoms, decimal=sheet.decimal)
    entries = []
    for name, area, at, cell, top, base_cell, base in zip(names, areas, when.items, tops, over, bottoms, under, strict=True):
        kind = kind_of(name.text)
        kind = "part" if kind == "other" else kind
        entries.append(Entry(name.text, kind, area, counted_rate(at, (cell, top), (base_cell, base), kind), cell.place))
    assumed = sorted({name.text for name in names if kind_of(name.text) == "other"})
    notes = [(name, f"{name}: the numerator is taken to be part of the denominator.") for name in assumed]
    return gathered(
        whole(entries), when.per_year, [*remarks(when), *notes], _unused(sheet, [*roles.others, *(c for role, c in roles.known.items() if role == "rate")])
    )


def _unknown(sheet: Sheet) -> UserError:
    found = ", ".join(f"`{header}`" for header in sheet.header[:8] if header)
    hint = (
        "the first row has to name the columns, which can be: measure and one for each year; measure, period, rate; measure, period, numerator, denominator; "
        "or period, leavers, in post, vacancies, agency, days lost, working days, cases, case holders"
    )
    return UserError(f"{sheet.name}: not recognised as a table of rates (columns {found})", hint)
