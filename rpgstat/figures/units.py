"""The unit of rates as they stand in a file: per cent or shares, and the signs that it is the other one."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

from rpgstat.errors import UserError
from rpgstat.figures.cells import Cell, Figure
from rpgstat.figures.measures import Kind

Unit = Literal["percent", "share"]
UNITS: tuple[Unit, ...] = ("percent", "share")

_HIGHEST = 3.0  # shares above this, 300 %, are per cent; no year's turnover comes near
_BOUNDED = ("part", "days")


def share(cell: Cell, figure: Figure, kind: Kind, unit: Unit | None) -> float | None:
    """A rate as a share, 0.147 for 14.7 per cent; numbers for each worker stay. Raises UserError that names a cell which cannot be a rate of its kind."""
    if figure.value is None:
        return None
    if figure.money:
        raise UserError(f"{cell.place}: `{cell.text}` is an amount of money, not a rate", "rpgstat indicators follows amounts; leave it out here")
    if figure.value < 0:
        raise UserError(f"{cell.place}: `{cell.text}` is negative", "rates are 0 or more; give the rates, not their changes")
    if kind == "each":
        return figure.value
    # Through the decimal number that was written: 0.7 / 100 in binary is not the 0.007 that it says.
    rate = float(Decimal(repr(figure.value)).scaleb(-2)) if unit != "share" or figure.percent else figure.value
    if kind in _BOUNDED and rate > 1:
        hint = "no more than all posts or days can be concerned; correct the cell" + (", or leave out --unit share" if unit == "share" else "")
        raise UserError(f"{cell.place}: `{cell.text}` is above 100 %", hint)
    return rate


def check_unit(found: Sequence[tuple[Cell, Figure]], kind: Kind | None, unit: Unit | None) -> None:
    """Raises UserError where some rates of a measure have a percent sign and others not; with `kind` None, where all rates look like the other unit."""
    held = [(cell, figure) for cell, figure in found if figure.value is not None]
    if kind is not None:
        _check_signs(held, unit)
        return
    bare = [(cell, figure.value) for cell, figure in held if not figure.percent and figure.value is not None]
    highest = max(bare, key=lambda pair: pair[1], default=None)
    if highest is None:
        return
    cell, value = highest
    if unit is None and 0 < value <= 1 and any(not number.is_integer() for _, number in bare):
        hint = "if they are shares of 1, add --unit share; if they are per cent, add --unit percent"
        raise UserError(f"{cell.place}: `{cell.text}` is the highest rate of the file, which looks like shares, not per cent", hint)
    if unit == "share" and value > _HIGHEST:
        raise UserError(f"{cell.place}: `{cell.text}` looks like per cent, not a share", "leave out --unit share: per cent is the default")


def refuse_counts(found: Sequence[tuple[Cell, Figure]], kind: Kind, unit: Unit | None, *, named: bool) -> None:
    """Raises UserError for numbers that nobody calls per cent and that look like counts: above 300, or, unless `named` rates, above 100 and all whole."""
    bare = [(cell, figure.value) for cell, figure in found if figure.value is not None and not figure.percent and not figure.money]
    if unit is not None or kind == "each" or not bare:
        return
    cell, value = max(bare, key=lambda pair: pair[1])
    whole = all(number.is_integer() for _, number in bare)
    if value > 100 * _HIGHEST or (whole and value > 100 and not named):
        why = "and all numbers of the measure are whole, as counts are" if whole else "far above any rate of this kind"
        hint = "give counts as measure, period, numerator, denominator, or as leavers and staff in post; if they are per cent, add --unit percent"
        raise UserError(f"{cell.place}: `{cell.text}` is above 100 %, {why}", hint)


def all_whole(figures: Sequence[Figure], unit: Unit | None) -> bool:
    """Whether numbers, read as per cent without anyone having said so, may be counts: all are whole and none has a percent sign."""
    held = [figure.value for figure in figures if figure.value is not None and not figure.percent]
    return unit is None and any(held) and all(value.is_integer() for value in held) and not any(figure.percent for figure in figures)


def doubtful(figures: Sequence[Figure], unit: Unit | None) -> bool:
    """Whether the rates of a measure, read as per cent beside others that are, may be shares: none has a percent sign, and all are below 1."""
    held = [figure for figure in figures if figure.value is not None]
    return unit is None and not any(figure.percent for figure in held) and 0 < max((figure.value or 0.0 for figure in held), default=0.0) < 1


def _check_signs(held: Sequence[tuple[Cell, Figure]], unit: Unit | None) -> None:
    signed = [cell for cell, figure in held if figure.percent]
    bare = [cell for cell, figure in held if not figure.percent]
    if signed and unit == "share":
        raise UserError(f"{signed[0].place}: `{signed[0].text}` has a percent sign, but --unit share was given", "leave out --unit share")
    if signed and bare:
        problem = f"{bare[0].place}: `{bare[0].text}` has no percent sign, as `{signed[0].text}` ({signed[0].place.rpartition(': ')[2]}) has"
        raise UserError(problem, "write all rates of a measure in one unit")
