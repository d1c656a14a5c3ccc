"""Measures from the stocks and flows that define them: leavers, staff in post, vacancies, agency workers, days lost, cases."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from rpgstat import text
from rpgstat.admin.cells import Cell, Figure, numbers, told
from rpgstat.admin.counted import check_count, whole
from rpgstat.admin.measures import DEFINITIONS, Basis, Definition, Stock, published_as, stock_of, working_days
from rpgstat.admin.names import fitting
from rpgstat.admin.periods import Periods
from rpgstat.admin.places import Places
from rpgstat.admin.rates import AGGREGATE, COUNTED, Entry, Rate, RateTable, gathered, remarks
from rpgstat.admin.sheet import Sheet
from rpgstat.admin.units import Unit, check_unit, share
from rpgstat.errors import UserError
from rpgstat.record import record

STOCKS = ("closing", "opening", "average")
_WAYS: tuple[Basis | None, ...] = ("FTE", "headcount", None)
_HALF_TENTH = 0.05  # published full-time equivalents and per cents have one decimal
_MOST_DAYS = 254  # working days of a year
_FUZZ = 1e-12  # binary fractions of decimals
_NO_FIGURE = Figure(None, "no such column")


@record
class _Stocks:
    """The columns of stocks, flows and published rates of a table, and those that were read."""

    sheet: Sheet
    when: Periods
    places: Places
    stock: str
    columns: Mapping[tuple[Stock, Basis | None], int]
    rates: Mapping[tuple[str, Basis | None], int]
    held: dict[tuple[Stock, Basis | None], list[Figure]] = field(default_factory=dict)
    published: dict[tuple[str, Basis | None], list[Figure]] = field(default_factory=dict)

    def at(self, stock: Stock, basis: Basis | None, row: int) -> Figure:
        """A stock as counted in this way; where no way is named, or none that fits, in the way there is."""
        way = self.way(stock, basis)
        found = self.held[stock, way][row] if (stock, way) in self.held else _NO_FIGURE
        return found if found.value is not None else Figure(None, f"{stock}: {found.reason}")

    def way(self, stock: Stock, basis: Basis | None) -> Basis | None:
        order = (basis, None) if basis else (None, *_WAYS)
        return next((way for way in order if (stock, way) in self.columns), basis)

    def has(self, stock: Stock, basis: Basis | None) -> bool:
        return (stock, self.way(stock, basis)) in self.columns


def stock_table(
    sheet: Sheet, when: Periods, where: Places, unit: Unit | None, stock: str, measures: Sequence[str] = (), warnings: Sequence[str] = ()
) -> RateTable:
    """The measures that the columns of a table define, in each of its rows; rates that are published beside them are checked against them.

    Only the columns that the measures asked for are made of are read.
    """
    columns: dict[tuple[Stock, Basis | None], int] = {}
    for column, header in enumerate(sheet.header):
        if (key := stock_of(header)) is not None and columns.setdefault(key, column) != column:
            raise UserError(f"{sheet.name}: two columns hold `{key[0]}`", "leave one out, or say FTE and headcount in their names")
    rates = {(found[0].name, found[1]): column for column, header in enumerate(sheet.header) if (found := published_as(header)) and not stock_of(header)}
    stocks = _Stocks(sheet, when, where, stock, columns, rates)
    every = {_called(*one): one for one in _made(stocks)}
    if not every:
        raise UserError(f"{sheet.name}: staff in post, but nothing to set against them", "add leavers, vacancies, agency, days lost or cases")
    asked = {name for measure in measures for name in fitting(measure, list(every), "--measure")} if measures else set(every)
    made = [one for name, one in every.items() if name in asked]
    read = _read(stocks, made, unit)
    entries = [entry for definition, basis in made for entry in _entries(stocks, definition, basis)]
    return gathered(whole(entries), when.per_year, [*remarks(when), *_notes(stocks, made)], [*warnings, *read])


def _called(definition: Definition, basis: Basis | None) -> str:
    return definition.name + (f" ({basis})" if basis else "")


def _read(stocks: _Stocks, made: Sequence[tuple[Definition, Basis | None]], unit: Unit | None) -> list[str]:
    """Reads every column of which one of these measures is made, or that publishes it; says what had to be taken for granted."""
    sheet = stocks.sheet
    columns: list[list[Cell]] = []
    rates: list[tuple[Cell, Figure]] = []
    for definition, basis in made:
        parts = [definition.numerator, *definition.denominator, *([definition.times] if definition.times else [])]
        for key in {(part, stocks.way(part, basis)) for part in parts} - stocks.held.keys():
            if key in stocks.columns:
                cells = sheet.cells(stocks.columns[key])
                stocks.held[key] = numbers(cells, decimal=sheet.decimal)
                columns.append(cells)
                for cell, figure in zip(cells, stocks.held[key], strict=True):
                    check_count(cell, figure)
        if (definition.name, basis) in stocks.rates:
            cells = sheet.cells(stocks.rates[definition.name, basis])
            pairs = list(zip(cells, numbers(cells, decimal=sheet.decimal), strict=True))
            check_unit(pairs, definition.kind, unit)
            rates += pairs if definition.kind != "each" else []
            stocks.published[definition.name, basis] = [Figure(share(cell, figure, definition.kind, unit), figure.reason) for cell, figure in pairs]
    if len(made) > 1:  # a rate alone may well be below 1 per cent
        check_unit(rates, None, unit)
    return told(columns, decimal=sheet.decimal)


def _made(stocks: _Stocks) -> Iterator[tuple[Definition, Basis | None]]:
    """The measures that can be made, by each way in which their numerator was counted or their rate published."""
    for definition in DEFINITIONS:
        counted = [way for stock, way in stocks.columns if stock == definition.numerator and all(stocks.has(part, way) for part in definition.denominator)]
        given = [way for name, way in stocks.rates if name == definition.name]
        named = [way for way in _WAYS if way in {*counted, *given}]
        yield from ((definition, way) for way in named if way is not None or len(named) == 1)


def _entries(stocks: _Stocks, definition: Definition, basis: Basis | None) -> Iterator[Entry]:
    name = _called(definition, basis)
    in_post = _in_post(stocks, basis)
    published = stocks.published.get((definition.name, basis))
    for row, at in enumerate(stocks.when.items):
        over, under = stocks.at(definition.numerator, basis, row), _denominator(stocks, definition, basis, row, in_post)
        given = published[row] if published else None
        parts = (over.value, under.value)
        if given is not None and (given.value is None or stocks.places.aggregates[row]):
            rate = Rate(at, *_as_published(stocks, definition, basis, given, parts))
        else:
            rate = Rate(at, *_worked_out(stocks, definition, basis, over, under, given))
        if definition.kind == "days" and given is None and rate.rate is not None and rate.rate > 1:
            problem = f"{stocks.sheet.name}: {at.label}: {text.number(over.value or 0)} days lost are more than the {text.number(under.value or 0)} due"
            raise UserError(problem, "correct days lost, staff in post or working days: days due are staff in post times the working days of the period")
        yield Entry(name, definition.kind, stocks.places.names[row], rate, f"{stocks.sheet.name}: row {stocks.sheet.numbers[row]}")


_Made = tuple[float | None, float | None, float | None, str, bool]


def _as_published(stocks: _Stocks, definition: Definition, basis: Basis | None, given: Figure, parts: tuple[float | None, float | None]) -> _Made:
    """What is published and stays as it is: a symbol, or the rate of a nation or region, with what its counts give where that is another."""
    if given.value is None:
        return None, *parts, given.reason, False
    if definition.kind == "events" and stocks.stock != "closing":
        return None, *parts, "published for the closing stock only", False
    over, under = parts
    if over is None or not under or _agree(given.value, over, under, definition, basis):
        counts = basis != "FTE" and definition.kind in ("part", "events") and over is not None and bool(under)
        return given.value, *parts, COUNTED if counts else AGGREGATE, counts
    return given.value, *parts, f"{AGGREGATE}; the counts beside it give {_shown(over / under, definition)}", False


def _shown(rate: float, definition: Definition) -> str:
    return text.fixed(rate, 1) if definition.kind == "each" else text.percent(rate, 1)


def _worked_out(stocks: _Stocks, definition: Definition, basis: Basis | None, over: Figure, under: Figure, given: Figure | None) -> _Made:
    """Numerator over denominator; the published rate where one of them is missing or they are rounded, unless it is by another stock."""
    if definition.kind == "events" and stocks.stock != "closing":
        given = None
    if over.value is None or not under.value:
        why = over.reason or under.reason or "the denominator is 0, so no rate"
        if given is None or given.value is None:
            return None, over.value, under.value, why, False
        return given.value, over.value, under.value, f"as published ({why})", False
    rate, counts = over.value / under.value, basis != "FTE" and definition.kind in ("part", "events")
    if given is None or given.value is None:
        return rate, over.value, under.value, "", basis != "FTE"
    if not _agree(given.value, over.value, under.value, definition, basis):
        return rate, over.value, under.value, f"published as {_shown(given.value, definition)}, which its counts do not give", basis != "FTE"
    # Published rates are made of full-time equivalents before these are rounded, and so are nearer than what the rounded ones give.
    return rate if counts else given.value, over.value, under.value, "", counts


def _agree(published: float, over: float, under: float, definition: Definition, basis: Basis | None) -> bool:
    """Whether a published rate is that of its counts, as far as all three are rounded."""
    half = _HALF_TENTH if basis == "FTE" else 0.0
    slack = half * len(definition.denominator) * (_MOST_DAYS if definition.times else 1)
    reach = _HALF_TENTH if definition.kind == "each" else _HALF_TENTH / 100
    highest = (over + half) / (under - slack) if under > slack else math.inf
    return max(over - half, 0) / (under + slack) - reach - _FUZZ <= published <= highest + reach + _FUZZ


def _denominator(stocks: _Stocks, definition: Definition, basis: Basis | None, row: int, in_post: Mapping[tuple[str | None, int], Figure]) -> Figure:
    """The sum of the parts: staff in post as the stock option says, times working days for days lost."""
    if definition.kind == "events":
        return _stock(stocks, row, in_post)
    parts = [stocks.at(part, basis, row) for part in definition.denominator]
    missing = next((part for part in parts if part.value is None), None)
    total = sum(part.value or 0.0 for part in parts)
    if missing is not None or definition.times is None:
        return missing or Figure(total)
    if not stocks.has(definition.times, basis):
        at = stocks.when.items[row]
        days = Figure(float(working_days(at.index))) if stocks.when.frequency == "year" else Figure(None, "no column of working days")
    else:
        days = stocks.at(definition.times, basis, row)
    return days if days.value is None else Figure(total * days.value)


def _in_post(stocks: _Stocks, basis: Basis | None) -> dict[tuple[str | None, int], Figure]:
    """Staff in post by area and period."""
    return {(area, at.index): stocks.at("in post", basis, row) for row, (area, at) in enumerate(zip(stocks.places.names, stocks.when.items, strict=True))}


def _stock(stocks: _Stocks, row: int, in_post: Mapping[tuple[str | None, int], Figure]) -> Figure:
    """What leavers are divided by: staff in post at the end of the period, at its beginning, or the mean of both."""
    area, index = stocks.places.names[row], stocks.when.items[row].index
    closing = in_post[area, index]
    if stocks.stock == "closing":
        return closing
    opening = in_post.get((area, index - 1), Figure(None, "no staff in post of the period before"))
    if stocks.stock == "opening" or opening.value is None or closing.value is None:
        return opening if opening.value is None or stocks.stock == "opening" else closing
    return Figure((opening.value + closing.value) / 2)


_DIVIDED = {
    "closing": "staff in post at the end of the period, as the Department for Education defines it",
    "opening": "staff in post at the beginning of the period (the Department for Education divides by those at its end)",
    "average": "the mean of staff in post at the beginning and at the end of the period (the Department for Education divides by those at its end)",
}


def _notes(stocks: _Stocks, made: Sequence[tuple[Definition, Basis | None]]) -> Iterator[tuple[str, str]]:
    """How each measure was made."""
    days = "" if stocks.has("working days", None) else "; the file has no working days: 253 a year, 254 in 2020 and 2024, as the published rates have"
    words = {
        "Turnover": f"Turnover is leavers over {_DIVIDED[stocks.stock]}.",
        "Vacancies": "The vacancy rate is vacancies over vacancies and staff in post.",
        "Agency staffing": "The agency rate is agency workers over agency workers and staff in post.",
        "Sickness absence": f"Sickness absence is days lost over staff in post times working days{days}.",
        "Caseload": "Caseload is cases over case holders; it is no share.",
    }
    names = {definition.name for definition, _ in made}
    yield from ((name, said) for name, said in words.items() if name in names)
