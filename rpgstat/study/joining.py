"""Tallies added up, taken from one another and broken down anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import reduce

from rpgstat.study.counts import Class, Counts, Design, Key, ScoreCounts, Tally


def together(tallies: Iterable[Tally]) -> Tally:
    """The people of several tallies as one; of at least one tally, all with the same cells."""
    found = list(tallies)
    weighted = any(part.classes or any(cell.masses for cell in part.counts.values()) for part in found)
    return reduce(lambda one, other: _plus(one, other, 1), found) if weighted or len(found) < _MANY else _summed(found)


_MANY = 4
"""From so many tallies on it is quicker to add them all at once than one after the other."""


def _summed(found: Sequence[Tally]) -> Tally:
    """As `_plus` one after the other, of people without weights."""
    first = found[0]
    return Tally(
        first.waves,
        {wave: sum(part.returned[wave] for part in found) for wave in first.returned},
        {key: _sum([part.counts[key] for part in found]) for key in first.counts},
        {key: _sum_scores([part.scores[key] for part in found]) for key in first.scores},
        design=first.design,
    )


def _sum(cells: Sequence[Counts]) -> Counts:
    levels = tuple(map(sum, zip(*(cell.levels for cell in cells), strict=True)))
    return Counts(levels, sum(cell.not_applicable for cell in cells), sum(cell.missing for cell in cells))


def _sum_scores(cells: Sequence[ScoreCounts]) -> ScoreCounts:
    """Scores that several cells have are mostly one object, which is told by its id in a tenth of the time that a fraction takes to be hashed."""
    met: dict[int, Fraction] = {}
    counted: dict[int, int] = {}
    for cell in cells:
        for value, n in zip(cell.values, cell.counts, strict=True):
            place = id(value)
            met[place] = value
            counted[place] = counted.get(place, 0) + n
    people: dict[Fraction, int] = {}
    for place, value in met.items():
        people[value] = people.get(value, 0) + counted[place]
    values = tuple(sorted(value for value, n in people.items() if n))
    return ScoreCounts(cells[0].items, values, tuple(people[value] for value in values), sum(cell.missing for cell in cells))


def without(whole: Tally, part: Tally) -> Tally:
    """The people of `whole` who are not in `part`."""
    return _plus(whole, part, -1)


def _plus(one: Tally, other: Tally, sign: int) -> Tally:
    return Tally(
        one.waves,
        {wave: n + sign * other.returned[wave] for wave, n in one.returned.items()},
        {key: cell.plus(other.counts[key], sign) for key, cell in one.counts.items()},
        {key: cell.plus(other.scores[key], sign) for key, cell in one.scores.items()},
        classes=_classes(one, other, sign),
        design=one.design,
    )


def _classes(one: Tally, other: Tally, sign: int) -> dict[Class, Tally]:
    """The people of each class; one side may have none of some."""
    if not (one.classes or other.classes):
        return {}
    some = next(iter((one.classes or other.classes).values()))
    none = _plus(some, some, -1)
    return {key: _plus(one.classes.get(key, none), other.classes.get(key, none), sign) for key in sorted({*one.classes, *other.classes})}


def classed(tally: Tally, keep: Sequence[int], classes: Mapping[Key, Class], design: Design) -> Tally:
    """The tally broken down by its groupings at the places `keep`, and within each part by class: `classes` has that of each part's people."""
    found: dict[Key, dict[Class, list[Tally]]] = {}
    for key, part in tally.parts.items():
        found.setdefault(tuple(key[i] for i in keep), {}).setdefault(classes[key], []).append(part)
    parts = {key: _in_classes({name: together(own) for name, own in by.items()}, design) for key, by in found.items()}
    whole = replace(together(parts.values()), rows=tally.rows, warnings=tally.warnings, item_sums=tally.item_sums, links=tally.links)
    whole = replace(whole, transitions=tally.transitions, courses=tally.courses, people=tally.people)
    return replace(whole, by=tuple(tally.by[i] for i in keep), parts=parts if keep else {})


def _in_classes(classes: Mapping[Class, Tally], design: Design) -> Tally:
    return replace(together(classes.values()), classes=classes, design=design)


def designed(tally: Tally, design: Design) -> Tally:
    """The tally with a design, which its parts share."""
    return replace(tally, design=design, parts={key: replace(part, design=design) for key, part in tally.parts.items()})


def regrouped(tally: Tally, keep: Sequence[int]) -> Tally:
    """The tally broken down by those of its groupings at the places `keep`, over the others."""
    parts: dict[Key, list[Tally]] = {}
    for key, part in tally.parts.items():
        parts.setdefault(tuple(key[i] for i in keep), []).append(part)
    return replace(tally, by=tuple(tally.by[i] for i in keep), parts={key: together(found) for key, found in parts.items()})
