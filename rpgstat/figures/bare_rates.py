"""Rates as they stand in a table, and those of a numerator beside a denominator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rpgstat.errors import UserError
from rpgstat.figures.beside import says_rate
from rpgstat.figures.cells import Cell, Figure, numbers, told
from rpgstat.figures.counted import counted_rate, whole
from rpgstat.figures.measures import kind_of, stock_of
from rpgstat.figures.periods import Periods
from rpgstat.figures.rates import Entry, Rate, RateTable, gathered, remarks
from rpgstat.figures.sheet import Sheet
from rpgstat.figures.turned import Spot
from rpgstat.figures.units import Unit, all_whole, check_unit, doubtful, refuse_counts, share

_Pairs = list[tuple[Spot, Figure]]


def bare_rates(sheet: Sheet, spots: Sequence[Spot], when: Periods, unit: Unit | None, warnings: Sequence[str], *, evident: bool = False) -> RateTable:
    """Rates without counts; `evident` where cells beyond these show that they are per cent.

    Raises UserError that names the cell for what is no rate, and for what looks like counts or like the other unit.
    """
    found: dict[str, _Pairs] = {}
    for measure in dict.fromkeys(spot.measure for spot in spots):
        own = [spot for spot in spots if spot.measure == measure]
        _refuse_stocks(own[0])
        found[measure] = list(zip(own, numbers([spot.cell for spot in own], decimal=sheet.decimal), strict=True))
        pairs = [(spot.cell, figure) for spot, figure in found[measure]]
        check_unit(pairs, kind_of(measure), unit)
        refuse_counts(pairs, kind_of(measure), unit, named=any(map(says_rate, (measure, *sheet.header))))
    if not evident:
        check_unit([(spot.cell, figure) for measure, own in found.items() if kind_of(measure) != "each" for spot, figure in own], None, unit)
    entries = [_entry(spot, figure, unit) for own in found.values() for spot, figure in own]
    doubts = [words for measure, own in found.items() for words in _doubts(sheet, measure, own, unit)]
    read = told([[spot.cell for spot, _ in own] for own in found.values()], decimal=sheet.decimal)
    return gathered(entries, when.per_year, remarks(when), [*warnings, *read, *doubts, *_whole(sheet, found, unit)])


def _whole(sheet: Sheet, found: Mapping[str, _Pairs], unit: Unit | None) -> list[str]:
    """What to say where every number of a table is whole, as counts are, and nothing in it says that they are rates."""
    rates = {measure: own for measure, own in found.items() if kind_of(measure) != "each"}
    if any(map(says_rate, (*rates, *sheet.header))) or not all_whole([figure for own in rates.values() for _, figure in own], unit):
        return []
    return [f"{sheet.name}: every number is whole, and is read as per cent; --unit percent says that it is; counts need what they are part of"]


def _doubts(sheet: Sheet, measure: str, own: _Pairs, unit: Unit | None) -> list[str]:
    """What was taken for granted of the numbers of a measure."""
    figures = [figure for _, figure in own]
    if kind_of(measure) == "each" or any(map(says_rate, (measure, *sheet.header))):
        return []
    if doubtful(figures, unit):
        return [f"{sheet.name}: every rate of `{measure}` is below 1 and read as per cent; if they are shares, write them in per cent"]
    return []


def _refuse_stocks(spot: Spot) -> None:
    """Raises UserError for a flow that would be read as a rate."""
    stock = stock_of(spot.measure)
    if stock is not None and stock[0] not in ("vacancies", "agency", "agency cover"):
        hint = "add `in post` (or `case holders` for cases); or, if they are rates, name them as such: turnover, sickness, caseload"
        raise UserError(f"{spot.cell.place}: `{spot.measure}` are counts, and nothing says what they are to be divided by", hint)


def _entry(spot: Spot, figure: Figure, unit: Unit | None) -> Entry:
    kind = kind_of(spot.measure)
    rate = Rate(spot.period, share(spot.cell, figure, kind, unit), note=figure.reason)
    return Entry(spot.measure, kind, spot.area, rate, spot.cell.place)


def counts_table(sheet: Sheet, spots: Sequence[Spot], bases: Sequence[Cell], when: Periods, warnings: Sequence[str]) -> RateTable:
    """The rates of numerators, as `spots`, over the denominators beside them."""
    tops = [spot.cell for spot in spots]
    over, under = numbers(tops, decimal=sheet.decimal), numbers(bases, decimal=sheet.decimal)
    entries = []
    for spot, top, cell, base in zip(spots, over, bases, under, strict=True):
        kind = kind_of(spot.measure)
        kind = "part" if kind == "other" else kind
        entries.append(Entry(spot.measure, kind, spot.area, counted_rate(spot.period, (spot.cell, top), (cell, base), kind), spot.cell.place))
    assumed = sorted({spot.measure for spot in spots if kind_of(spot.measure) == "other"})
    notes = [(name, f"{name}: the numerator is taken to be part of the denominator.") for name in assumed]
    return gathered(whole(entries), when.per_year, [*remarks(when), *notes], [*warnings, *told((tops, bases), decimal=sheet.decimal)])
