"""Sets of groups that add up to something public, and what follows from them by adding and subtracting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from rpgstat.study import Cell, Key

Line = Sequence[Key]
"""Groups that add up to a public total."""


def lines_of(keys: Line, margins: Sequence[Mapping[Key, frozenset[Cell]]], cell: Cell) -> list[Line]:
    """All groups; of a cross, the members of each group of either grouping whose own figures are shown, and of all the others together.

    `margins` are the cells that each grouping by itself withholds of its groups.
    """
    if not margins:
        return [keys]
    lines = []
    for axis, margin in enumerate(margins):
        shown = [group for group in margin if cell not in margin[group]]
        lines += [[key for key in keys if key[axis] == group[0]] for group in shown]
        lines.append([key for key in keys if (key[axis],) not in shown])
    return [line for line in lines if line]


def determined(lines: Sequence[Line], hidden: set[Key]) -> list[Key]:
    """The hidden groups whose figures follow from those of the lines by adding and subtracting."""
    unknown = sorted((key for key in hidden if any(key in line for line in lines)), key=str)
    rows = [[Fraction(key in line) for key in unknown] for line in lines]
    for column in range(len(unknown)):
        pivot = next((row for row in rows if row[column] and not any(row[:column])), None)
        if pivot is None:
            continue
        for row in rows:
            if row is not pivot and row[column]:
                factor = row[column] / pivot[column]
                row[:] = [a - factor * b for a, b in zip(row, pivot, strict=True)]
    return [unknown[places[0]] for row in rows if len(places := [i for i, value in enumerate(row) if value]) == 1]
