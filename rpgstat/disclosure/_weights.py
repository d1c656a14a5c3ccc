"""Weights that everybody knows, and that are the same for all people of a part: what figures of whole waves tell with them."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence, Set
from fractions import Fraction

from rpgstat.disclosure._span import Span, Vector, whole
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place
from rpgstat.study import Cell, Key, Tally


def told_when_weighted(tables: Mapping[Cell, Table], weights: Mapping[str, Sequence[Fraction | None]], design: Container[str], *, secondary: bool) -> bool:
    """Whether hidden figures may follow once whole waves are shown with these weights too; `design` are the waves that are weighted by one.

    In these each figure of the whole is one more equation about every group, of numbers, sums and answers at once, and what they leave in whole people
    was not asked when the plan was made.
    """
    return any(
        (secondary and cell.wave in design and (table.hidden or table.few)) or _solved(table, ties_of(table.present, weights[cell.wave]))
        for cell, table in tables.items()
    )


def by_design(tally: Tally, wave: str) -> bool:
    """Whether everybody of a part weighs alike, of each part in which people answered, and not all parts do: as by a design, which may be known."""
    met = {constant_weight(part, wave) for part in tally.parts.values() if any(cell.n for (_, own), cell in part.counts.items() if own == wave)}
    return len(met) > 1 and None not in met


def constant_weights(tally: Tally, parts: Sequence[Key]) -> dict[str, list[Fraction | None]]:
    """By wave the weight that everybody of a part has, in some unit; None where weights differ within it."""
    return {wave: [constant_weight(tally.parts[part], wave) for part in parts] for wave in tally.waves}


def constant_weight(part: Tally, wave: str) -> Fraction | None:
    """The weight that everybody of a part has, in some unit; None where weights differ, or nobody answered."""
    cells = [cell for (_, own), cell in part.counts.items() if own == wave]
    n = sum(cell.n for cell in cells)
    weight, square = (sum(mass[at] for cell in cells for mass in cell.masses) for at in (0, 1))
    return Fraction(weight, n) if n and weight * weight == n * square else None


def ties_of(present: Sequence[bool], weights: Sequence[Fraction | None]) -> list[Vector]:
    """What a weighted wave tells: the sums of weights, and of their squares by its effective number. Weights that differ within a part are unknown."""
    if not weights:
        return []
    many, there = len(present), [at for at, somebody in enumerate(present) if somebody]
    return [dict(_tie(at, weights[at], power, many) for at in there) for power in (1, 2)]


def _tie(at: int, weight: Fraction | None, power: int, many: int) -> tuple[int, int]:
    """What a part adds to such a sum: its people, each with the weight, or an unknown of its own."""
    return (at + power * many, 1) if weight is None else (at, whole((weight**power).numerator, (weight**power).denominator))


def weights_of(present: Sequence[bool], weights: Sequence[Fraction | None]) -> list[dict[int, float]]:
    """The weight of each part that has anybody, where all of these are known."""
    if not weights or any(weights[at] is None for at, there in enumerate(present) if there):
        return []
    return [{at: float(w) for at, w in enumerate(weights) if w is not None and present[at]}]


def _solved(table: Table, ties: Sequence[Vector]) -> bool:
    """Whether a hidden place follows from what is shown and these sums, or the answers of one that is seen by its mean: of a whole wave they are public."""
    return _follows(table, ties, {*table.hidden}) or _follows(table, ties, {*table.hidden, *table.few})


def _follows(table: Table, ties: Sequence[Vector], closed: Set[Place]) -> bool:
    """Whether one of the places `closed` follows from all others once these sums are known."""
    span = Span([])
    for vector in [table.everyone, *table.known.ties, *(table.vector(place) for place in table.order if place not in closed)]:
        span.publish(vector)
    open_before = [place for place in table.order if place in closed and not span.holds(table.vector(place))]
    for vector in ties:
        span.publish(vector)
    return any(span.holds(table.vector(place)) for place in open_before)
