"""The cells of a study that are protected by groups, and what the people of each part gave in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from math import ceil
from typing import TypeGuard

from rpgstat.disclosure._kind import Kind, Parts
from rpgstat.study import Battery, Cell, ItemCell, PeopleCell, ScoreCell, Study, Tally


def in_order(tally: Tally) -> Tally:
    """The tally by its groupings in alphabetical order, with its parts in that of their labels: what is decided depends neither on a command nor on the
    order of rows."""
    axes = sorted(range(len(tally.by)), key=lambda axis: tally.by[axis])
    parts = {tuple(key[axis] for axis in axes): part for key, part in tally.parts.items()}
    order = sorted(parts, key=lambda key: [(label is None, label or "") for label in key])
    return replace(tally, by=tuple(tally.by[axis] for axis in axes), parts={key: parts[key] for key in order})


def cells_of(tally: Tally, study: Study) -> Iterator[tuple[Cell, Kind]]:
    """Each cell with its kind: who returned the questionnaire, the answers to each item, the scores of each battery."""
    scales = {item.id: battery.scale_of(item) for battery, item in study.items}
    batteries: dict[str, Battery] = {battery.name: battery for battery in study.batteries}
    yield from ((PeopleCell(wave), Kind()) for wave in tally.waves)
    yield from ((ItemCell(item, wave), Kind(scales[item])) for item, wave in tally.counts)
    for battery, items, wave in tally.scores:
        scale = batteries[battery].scale
        step = max((b - a for a, b in zip(scale.scores, scale.scores[1:], strict=False)), default=Fraction(1)) / max(ceil(len(items) / 2), 1)
        yield ScoreCell(battery, items, wave), Kind(scale, step)


def of_one(cell: Cell) -> TypeGuard[ScoreCell]:
    """Whether a cell is the score of one item, which is the answer to it."""
    return isinstance(cell, ScoreCell) and len(cell.items) == 1


def people_of(parts: Sequence[Tally], cell: Cell, kind: Kind) -> Parts:
    """How many people of each part gave each answer, by its score."""
    if isinstance(cell, PeopleCell) or kind.scale is None:
        return Parts(("returned",), [(part.returned[cell.wave],) for part in parts])
    if isinstance(cell, ItemCell):
        return Parts(kind.scale.scores, [part.counts[cell.item, cell.wave].levels for part in parts])
    scores = [part.scores[cell.battery, cell.items, cell.wave] for part in parts]
    return Parts.of(zip(own.values, own.counts, strict=True) for own in scores)
