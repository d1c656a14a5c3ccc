"""Which columns of a table of rates are which: measures in rows or columns, long with or without counts, stocks and flows, government's long layout."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rpgstat.admin.bare_rates import bare_rates, counts_table
from rpgstat.admin.beside import rate_columns
from rpgstat.admin.cells import Cell, readable
from rpgstat.admin.chosen import Chosen, check_decided, filters, rows_where, unread
from rpgstat.admin.long_layout import LongTable, is_long, long_table
from rpgstat.admin.measures import kind_of, plain, published_as, stock_of
from rpgstat.admin.names import fitting
from rpgstat.admin.periods import Periods, is_period, periods
from rpgstat.admin.places import Places, asked, is_identity, places
from rpgstat.admin.published_rates import published_rates
from rpgstat.admin.rates import RateTable
from rpgstat.admin.sheet import Sheet
from rpgstat.admin.stocks import stock_table
from rpgstat.admin.turned import Spot, turned
from rpgstat.admin.units import Unit
from rpgstat.errors import UserError
from rpgstat.record import record

_NAMES = {
    "period": "time period|period|year|date|month|quarter|financial year|academic year|reporting year|year ending",
    "measure": "measure|indicator|metric|series|name",
    "rate": "rate|value|percent|percentage|per cent|share|proportion|",
    "numerator": "numerator|count|events",
    "denominator": "denominator|total|base|out of|exposure",
    "area": "area|area name|authority|local authority|council|organisation|la|region|country",
}
_ROLES = {name: role for role, names in _NAMES.items() for name in names.split("|") if name} | {"%": "rate"}
_FIGURES = ("rate", "numerator", "denominator")


@record
class _Roles:
    """The column of each role that a header names, and the columns left over: `others` of figures, `words` of words."""

    known: Mapping[str, int]
    periods: tuple[int, ...]
    others: tuple[int, ...]
    words: tuple[int, ...]

    @property
    def figures(self) -> tuple[int, ...]:
        """Every column of figures."""
        return (*self.periods, *self.others, *(self.known[role] for role in _FIGURES if role in self.known))


@record
class _Asked:
    """The rows that are asked for and the roles of their columns; `when` has their periods, None where these are columns."""

    sheet: Sheet
    roles: _Roles
    places: Places
    when: Periods | None


def rate_table(sheet: Sheet, *, chosen: Chosen | None = None, unit: Unit | None = None, stock: str | None = None) -> RateTable:
    """The rates of a table that are asked for, its layout recognised by its headers. Of the other cells none is read.

    Measures in rows and periods in columns; one row for each measure and period, with a rate or a numerator and a denominator; one row for each
    period with a column for each measure, or with the stocks and flows that the measures are defined by; the long layout of government statistics.
    `unit` is that of rates without a percent sign: per cent where nothing is said. `stock` ("closing", "opening", "average") is what leavers are
    divided by. Raises UserError that names the cell for what cannot be right, and that lists what there is where nothing fits.
    """
    wanted = chosen or Chosen()
    if is_long(sheet.header):
        table = long_table(sheet, wanted)
        found = _Asked(table.sheet, _roles(table.sheet), table.places, table.when)
        made = _made(found, wanted.measures, unit, stock) if table.naming is not None else _of_long(table, found, wanted.measures, unit, stock)
        notes, figures = list(table.notes), table.figures
    else:
        found, notes = _asked(sheet, wanted)
        figures = found.roles.figures
        made = _made(found, wanted.measures, unit, stock, evident=bool(wanted) and _above_one(sheet, figures))
    aside = unread(sheet, figures) if wanted else []
    return replace(made, notes=(*made.notes, *(("", note) for note in notes)), warnings=(*made.warnings, *aside))


def _asked(sheet: Sheet, chosen: Chosen) -> tuple[_Asked, list[str]]:
    """The rows of a table of any other layout; and what to say of the choice."""
    kept, settled = rows_where(sheet, chosen.where)
    roles = _roles(sheet, settled)
    found = places(kept, roles.known.get("area"))
    rows, notes = asked(found, chosen.areas)
    own, where = kept.of(rows), found.of(rows)
    if "period" not in roles.known or roles.periods:
        return _Asked(own, roles, where, None), notes
    when = periods(own.cells(roles.known["period"]))
    measure = roles.known.get("measure")
    keys = [(area, at, row[measure] if measure is not None else "") for area, at, row in zip(where.names, when.items, own.rows, strict=True)]
    check_decided(own, keys, roles.words, "period")
    return _Asked(own, roles, where, when), notes


def _of_long(table: LongTable, found: _Asked, measures: Sequence[str], unit: Unit | None, stock: str | None) -> RateTable:
    """A table of the long layout with a column for each figure: stocks and flows, or rates."""
    if _has_stocks(table.sheet.header):
        unused = _unused(table.sheet, [column for column in table.figures if _is_no_stock(table.sheet.header[column])]) if not measures else []
        return stock_table(table.sheet, table.when, found.places, unit, stock or "closing", measures, unused)
    _refuse_stock_option(table.sheet, stock)
    return published_rates(table, measures, unit)


def _above_one(sheet: Sheet, columns: Iterable[int]) -> bool:
    """Whether a number anywhere in the file is above 1, so that its rates are per cent though those asked for may all be below."""
    return any(value is not None and value > 1 for column in columns for value in readable([row[column] for row in sheet.rows], sheet.decimal))


def _made(found: _Asked, measures: Sequence[str], unit: Unit | None, stock: str | None, *, evident: bool = False) -> RateTable:
    """The rates of a table of any other layout; `evident` where the rest of the file shows that they are per cent."""
    sheet, roles = found.sheet, found.roles
    if found.when is not None and "measure" not in roles.known and _has_stocks(sheet.header):
        unused = _unused(sheet, [*(column for column in roles.others if _is_no_stock(sheet.header[column])), *roles.words])
        return stock_table(sheet, found.when, found.places, unit, stock or "closing", measures, unused)
    if found.when is not None and "measure" not in roles.known and (beside := _counts_beside(found, found.when)) is not None:
        _refuse_stock_option(sheet, stock)
        return published_rates(beside, measures, unit)
    if found.when is not None and {"measure", "numerator", "denominator"} <= roles.known.keys():
        _refuse_stock_option(sheet, stock)
        return _counts(found, found.when, measures)
    when, spots, warnings = _spots(found)
    names = list(dict.fromkeys(spot.measure for spot in spots))
    if _has_stocks(names):
        other, times, areas = turned(sheet, spots, when)
        return stock_table(other, times, Places(tuple(areas), (frozenset(),) * len(areas), (False,) * len(areas)), unit, stock or "closing", measures, warnings)
    _refuse_stock_option(sheet, stock)
    wanted = {name for measure in measures for name in fitting(measure, names, "--measure")} if measures and names else set(names)
    return bare_rates(sheet, [spot for spot in spots if spot.measure in wanted], when, unit, warnings, evident=evident)


def _counts_beside(found: _Asked, when: Periods) -> LongTable | None:
    """The table, where some of its columns are rates and others the counts that make them."""
    figures = (*found.roles.others, *(found.roles.known[role] for role in _FIGURES if role in found.roles.known))
    made = any(one.numerator is not None for one in rate_columns(found.sheet, figures, found.places.aggregates))
    return LongTable(found.sheet, found.places, when, figures, found.sheet) if made else None


def _refuse_stock_option(sheet: Sheet, stock: str | None) -> None:
    if stock is not None:
        problem = f"{sheet.name}: --stock {stock} divides leavers by staff in post, and the file has no such figures"
        raise UserError(problem, "leave out --stock: the rates stand as the file gives them")


def _roles(sheet: Sheet, settled: frozenset[int] = frozenset()) -> _Roles:
    """The columns by their headers; those in `settled`, whose values were asked for, are none of figures."""
    known: dict[str, int] = {}
    others, wide = [], []
    for column, header in enumerate(sheet.header):
        role = _ROLES.get(plain(header) or header.strip())
        if role is None and is_period(header):
            wide.append(column)
        elif role is not None and role not in known:
            known[role] = column
        elif column not in settled and not is_identity(header):
            others.append(column)
    named = {plain(header): column for column, header in enumerate(sheet.header)}
    if "area" not in known and (place := named.get("la name", named.get("region name", named.get("country name")))) is not None:
        known["area"] = place
    words = [] if wide else filters(sheet, [column for column in others if _is_no_measure(sheet.header[column])])
    return _Roles(known, tuple(wide), tuple(column for column in others if column not in words), tuple(words))


def _is_no_stock(header: str) -> bool:
    return stock_of(header) is None and published_as(header) is None


def _is_no_measure(header: str) -> bool:
    """Whether nothing in a header says that figures stand below it, whatever does."""
    return _is_no_stock(header) and kind_of(header) == "other"


def _has_stocks(names: Iterable[str]) -> bool:
    """Whether the figures are stocks and flows: "vacancies" and "agency" may be rates, staff in post are not."""
    return any(found[0] in ("in post", "case holders") for name in names if (found := stock_of(name)))


_Spots = tuple[Periods, list[Spot], list[str]]


def _spots(found: _Asked) -> _Spots:
    """Every cell of figures with its measure and period; and what to tell of what was left out."""
    if found.roles.periods:
        return _wide(found)
    if found.when is None:
        raise _unknown(found.sheet)
    return _long(found, found.when) if "measure" in found.roles.known else _columns(found, found.when)


def _wide(found: _Asked) -> _Spots:
    """Measures in rows, periods in columns."""
    sheet, roles = found.sheet, found.roles
    free = [*roles.others, *(column for role, column in roles.known.items() if role != "area")]  # its corner may say "Year" or "Rate"
    measure = roles.known.get("measure", free[0] if len(free) == 1 else None)
    if measure is None:
        raise _unknown(sheet)
    when = periods([sheet.headers()[column] for column in roles.periods])
    words = filters(sheet, [column for column in free if column != measure])
    check_decided(sheet, [(area, row[measure]) for area, row in zip(found.places.names, sheet.rows, strict=True)], words, "measure")
    spots, warnings = [], _unused(sheet, [column for column in free if column != measure])
    for row, cells in enumerate(sheet.rows):
        name = cells[measure]
        if not any(cells[column] for column in roles.periods):
            warnings.append(f"{sheet.name}: row {sheet.numbers[row]} has no figures and is left out{f' ({name[:40]})' if name else ''}")
            continue
        _check_name(sheet.cell(row, measure))
        spots += [Spot(name, found.places.names[row], at, sheet.cell(row, column)) for column, at in zip(roles.periods, when.items, strict=True)]
    return when, spots, warnings


def _columns(found: _Asked, when: Periods) -> _Spots:
    """One row for each period, one column for each measure."""
    sheet, roles = found.sheet, found.roles
    rated = [*roles.others, *(roles.known[role] for role in ("rate",) if role in roles.known)]
    if not rated:
        raise _unknown(sheet)
    spots = []
    for column in rated:
        spots += [Spot(sheet.header[column], *rest) for rest in zip(found.places.names, when.items, sheet.cells(column), strict=True)]
    return when, spots, _unused(sheet, [*(column for role, column in roles.known.items() if role in ("numerator", "denominator")), *roles.words])


def _long(found: _Asked, when: Periods) -> _Spots:
    """One row for each measure and period."""
    sheet, roles = found.sheet, found.roles
    if "rate" not in roles.known:
        raise _unknown(sheet)
    names = sheet.cells(roles.known["measure"])
    for name in names:
        _check_name(name)
    rest = zip(found.places.names, when.items, sheet.cells(roles.known["rate"]), strict=True)
    return when, [Spot(name.text, *own) for name, own in zip(names, rest, strict=True)], _unused(sheet, [*roles.others, *roles.words])


def _counts(found: _Asked, when: Periods, measures: Sequence[str]) -> RateTable:
    """One row for each measure and period, with a numerator and a denominator."""
    sheet, roles = found.sheet, found.roles
    names = sheet.cells(roles.known["measure"])
    for name in names:
        _check_name(name)
    known = list(dict.fromkeys(name.text for name in names))
    wanted = {name for measure in measures for name in fitting(measure, known, "--measure")} if measures else set(known)
    rows = [i for i, name in enumerate(names) if name.text in wanted]
    own = sheet.of(rows)
    unused = _unused(sheet, [*roles.others, *roles.words, *(column for role, column in roles.known.items() if role == "rate")])
    tops, bases = (own.cells(roles.known[role]) for role in ("numerator", "denominator"))
    spots = [Spot(names[i].text, found.places.names[i], when.items[i], cell) for i, cell in zip(rows, tops, strict=True)]
    return counts_table(own, spots, bases, when, unused)


def _check_name(cell: Cell) -> None:
    if not cell.text:
        raise UserError(f"{cell.place}: the measure has no name", "name what the row measures")


def _unused(sheet: Sheet, columns: Iterable[int]) -> list[str]:
    names = [f"`{sheet.header[column][:40]}`" for column in columns if sheet.header[column]]
    return [f"{sheet.name}: not used: column {', '.join(names)}"] if names else []


def _unknown(sheet: Sheet) -> UserError:
    found = ", ".join(f"`{header}`" for header in sheet.header[:8] if header)
    hint = (
        "the first row has to name the columns, which can be: measure and one for each year; measure, period, rate; measure, period, numerator, denominator; "
        "period, leavers, in post, vacancies, agency, days lost, working days, cases, case holders; or the long layout of government statistics: time_period, "
        "geographic_level, la_name, and columns of figures"
    )
    return UserError(f"{sheet.name}: not recognised as a table of rates (columns {found})", hint)
