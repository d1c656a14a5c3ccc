"""Rates of a published table that stand in columns of their own, with the counts beside them where there are any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.errors import UserError
from rpgstat.figures.beside import Beside, rate_columns
from rpgstat.figures.cells import Cell, Figure, numbers, told
from rpgstat.figures.counted import check_count, whole
from rpgstat.figures.long_layout import LongTable
from rpgstat.figures.measures import plain
from rpgstat.figures.names import fitting, listed
from rpgstat.figures.places import places
from rpgstat.figures.rates import AGGREGATE, COUNTED, Entry, Rate, RateTable, gathered, remarks
from rpgstat.figures.units import Unit, check_unit, share

_Column = list[tuple[Cell, Figure]]


def published_rates(table: LongTable, measures: Sequence[str], unit: Unit | None) -> RateTable:
    """The rates that are asked for, worked out from the counts that the file shows to make them, else as published.

    Raises UserError that lists the rates there are, and says of a count that it is none.
    """
    sheet = table.sheet
    found = list(rate_columns(table.whole, table.figures, places(table.whole, None).aggregates))
    if not found:
        problem = f"{sheet.name}: no column is a rate: {listed([sheet.header[column] for column in table.figures])}"
        hint = "name columns of rates as such, with `percent`, `rate` or `per 10,000`; rpgstat indicators follows counts, and makes shares of them with --ratio"
        raise UserError(problem, hint)
    wanted = [one for one in found if one.name in _asked(table, measures, [one.name for one in found])]
    known = [one for one in wanted if one.per or unit is not None]
    if not known or (measures and len(known) < len(wanted)):
        odd = next(one for one in wanted if one not in known)
        problem = f"{sheet.name}: column `{odd.name}`: nothing says what the rate is so many of"
        raise UserError(problem, "if it is per cent, add --unit percent; else name it so: `rate per 10,000`")
    columns: dict[int, _Column] = {}
    entries = [entry for one in known for entry in _entries(table, one, columns, unit)]
    left_out = [f"{sheet.name}: not used: column `{one.name}`: nothing says what the rate is so many of" for one in wanted if one not in known]
    notes = [(table.called(one.name), said) for one in known for said in _notes(one, table)]
    doubts = told([[cell for cell, _ in own] for own in columns.values()], decimal=sheet.decimal)
    return gathered(whole(entries), table.when.per_year, [*remarks(table.when), *notes], [*left_out, *doubts])


def _asked(table: LongTable, measures: Sequence[str], rates: Sequence[str]) -> set[str]:
    """The rates that are asked for, all of them where none is named."""
    counts = {plain(table.sheet.header[column]) for column in table.figures} - set(map(plain, rates))
    found = set() if measures else set(rates)
    for wanted in measures:
        try:
            found |= set(fitting(wanted, rates, "--measure"))
        except UserError:
            if plain(wanted) not in counts:
                raise
            problem = f"--measure: `{wanted}` is a count, not a rate"
            raise UserError(problem, f"rpgstat indicators follows counts; the rates are {listed(rates)}") from None
    return found


def _entries(table: LongTable, one: Beside, columns: dict[int, _Column], unit: Unit | None) -> Iterator[Entry]:
    given = _column(table, one.column, columns)
    if not one.per or one.per == 100:
        check_unit(given, one.kind, unit)
    parts = [_column(table, column, columns) if column is not None else None for column in (one.numerator, one.denominator)]
    for part in filter(None, parts):
        for cell, figure in part:
            check_count(cell, figure)
    for row, at in enumerate(table.when.items):
        cell, figure = given[row]
        over, under = (part[row] if part else None for part in parts)
        published = _published(one, cell, figure, unit)
        rate = Rate(at, *_made(one, published, figure, over, under, table.places.aggregates[row]))
        yield Entry(table.called(one.name), one.kind, table.places.names[row], rate, cell.place, one.per if one.per > 100 else 1)


def _column(table: LongTable, column: int, columns: dict[int, _Column]) -> _Column:
    """The cells of a column as figures, read once."""
    if column not in columns:
        cells = table.sheet.cells(column)
        columns[column] = list(zip(cells, numbers(cells, decimal=table.sheet.decimal), strict=True))
    return columns[column]


def _published(one: Beside, cell: Cell, figure: Figure, unit: Unit | None) -> float | None:
    """A published rate as a share."""
    if one.per in (0, 100) or figure.value is None:
        return share(cell, figure, one.kind, unit or "percent")
    if figure.value < 0:
        raise UserError(f"{cell.place}: `{cell.text}` is negative", "rates are 0 or more; correct the cell")
    return figure.value / one.per


_Made = tuple[float | None, float | None, float | None, str, bool]


def _made(one: Beside, published: float | None, given: Figure, over: tuple[Cell, Figure] | None, under: tuple[Cell, Figure] | None, aggregate: bool) -> _Made:
    """Rate, numerator, denominator, note and whether the counts make it."""
    if over is None or under is None:
        return published, None, None, given.reason, False
    top, base = over[1].value, under[1].value
    if published is None:
        return None, top, base, given.reason, False
    if top is None or not base:
        why = over[1].reason or under[1].reason or "the denominator is 0"
        return published, top, base, f"as published ({why})", False
    if one.kind == "part" and top > base:
        raise UserError(f"{over[0].place}: `{over[0].text}` is more than the `{under[0].text}` that it is part of", "correct one of the two")
    agree = abs(top / base - published) <= one.half / one.per * (1 + 1e-9)
    if aggregate:
        note = COUNTED if agree else f"{AGGREGATE}; the counts beside it give {_shown(one, top / base)}"
        return published, top, base, note, agree
    return top / base, top, base, "" if agree else f"published as {_shown(one, published)}, which its counts do not give", True


def _shown(one: Beside, rate: float) -> str:
    return text.percent(rate, 1) if one.per <= 100 else f"{text.fixed(rate * one.per, 1)} per {text.number(one.per)}"


def _notes(one: Beside, table: LongTable) -> Iterator[str]:
    """How a measure was made."""
    if one.numerator is not None and one.denominator is not None:
        top, under = (table.sheet.header[column] for column in (one.numerator, one.denominator))
        times = f", for each {text.number(one.per)} of it" if one.per > 100 else ""
        yield f"{one.name} is {top} over {under}{times}, as the figures of the file show."
