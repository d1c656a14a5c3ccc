"""Rates from a numerator and a denominator, and whether these are whole numbers of people, posts or events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rpgstat.errors import UserError
from rpgstat.figures.cells import Cell, Figure
from rpgstat.figures.measures import Kind
from rpgstat.figures.periods import Period
from rpgstat.figures.rates import Entry, Rate


def counted_rate(at: Period, top: tuple[Cell, Figure], base: tuple[Cell, Figure], kind: Kind) -> Rate:
    """The rate of two cells. Raises UserError that names the cell for a negative count, a percent sign, or a part, or days lost, above the whole."""
    for cell, figure in (top, base):
        check_count(cell, figure)
    over, under = top[1].value, base[1].value
    reason = top[1].reason or base[1].reason
    if over is None or under is None:
        return Rate(at, None, over, under, reason)
    if kind in ("part", "days") and over > under:
        raise UserError(f"{top[0].place}: `{top[0].text}` is more than the `{base[0].text}` that it is part of", "correct one of the two")
    if under == 0:
        return Rate(at, None, over, under, "the denominator is 0, so no rate")
    return Rate(at, over / under, over, under, counted=True)


def check_count(cell: Cell, figure: Figure) -> None:
    """Raises UserError that names the cell for a count that is negative, or has a percent sign or a currency's."""
    if figure.value is not None and figure.value < 0:
        raise UserError(f"{cell.place}: `{cell.text}` is negative", "counts are 0 or more; correct it in the file")
    if figure.percent:
        raise UserError(f"{cell.place}: `{cell.text}` has a percent sign, and the column holds counts", "give rates in a column named `rate`")
    if figure.money:
        raise UserError(f"{cell.place}: `{cell.text}` is an amount of money, and the column holds counts", "give how many there were, not what they cost")


def whole(entries: Sequence[Entry]) -> Iterator[Entry]:
    """The entries, those of a measure with a fraction somewhere in its numbers no longer as counts: full-time equivalents are no people."""
    fractional = {entry.measure for entry in entries if entry.rate.counted and not _whole(entry)}
    for entry in entries:
        counts = entry.kind in ("part", "events") and entry.measure not in fractional
        yield entry if counts else replace(entry, rate=replace(entry.rate, counted=False))


def _whole(entry: Entry) -> bool:
    parts = (entry.rate.numerator, entry.rate.denominator) if entry.kind == "part" else (entry.rate.numerator,)
    return all(float(part or 0).is_integer() for part in parts)
