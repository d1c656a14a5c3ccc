"""Whom a study may print figures of: the groups of each of its groupings, and of each two crossed, as sums of the smallest sets of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from rpgstat.record import record
from rpgstat.study import Key

_STEPS, _PROGRAMMES = 3_000_000, 40_000
"""Steps of an elimination, and unknowns of programmes, roughly; where crosses would need more, none of them is shown. The latter is 15 seconds."""


class Place(NamedTuple):
    """Some people who may have a row in a table: a group of one grouping, or of two crossed. All labels None: those who did not state theirs."""

    by: tuple[str, ...]
    key: Key


@record
class Universe:
    """The places of a study, and for each the smallest sets of people, the parts of the tally by all groupings, that it is made of.

    `axes` are the groupings in the order of the labels of a part, `by` in alphabetical order.
    Where there are too many groups to protect them crossed, `crossed` is False, and crosses are shown nowhere.
    """

    by: tuple[str, ...]
    parts: tuple[Key, ...]
    members: Mapping[Place, tuple[int, ...]]
    axes: tuple[str, ...]
    crossed: bool = True

    @property
    def single(self) -> bool:
        """Whether there is one grouping only: then every place is a part, and all add up to the whole."""
        return len(self.by) == 1

    @cached_property
    def words(self) -> dict[Place, tuple[str, ...]]:
        """What orders places of one size: their labels, so that neither the file nor the command matters."""
        return {place: tuple("" if label is None else label for label in place.key) for place in self.members}

    def cut(self, place: Place, others: Iterable[Place]) -> bool:
        """Whether some people of a place are in one of these others, and not all of them are."""
        own = set(self.members.get(place, ()))
        return any(met and met != own for other in others for met in [own.intersection(self.members[other])])

    def place(self, by: Sequence[str], key: Key) -> Place:
        """The place that a group of a table is, whatever the order of its groupings."""
        if None in key:
            key = (None,) * len(key)
        labels = dict(zip(by, key, strict=True))
        return Place(tuple(sorted(by)), tuple(labels[name] for name in sorted(by)))


def universe_of(by: tuple[str, ...], parts: tuple[Key, ...], *, tables: int = 0) -> Universe:
    """The places of a study whose people are in these parts of its groupings `by`: of each, and if there are `tables` to protect of each two."""
    order = sorted(range(len(by)), key=lambda axis: by[axis])
    alone = _members(by, parts, [(axis,) for axis in order])
    crosses = _members(by, parts, list(combinations(order, 2))) if tables else {}
    few = (len(alone) + len(crosses)) ** 2 * len(parts) <= _STEPS and len(parts) ** 2 * tables <= _PROGRAMMES
    return Universe(tuple(by[axis] for axis in order), parts, {**alone, **crosses}, by, few)


def _members(by: Sequence[str], parts: Sequence[Key], crosses: Sequence[tuple[int, ...]]) -> dict[Place, tuple[int, ...]]:
    members: dict[Place, list[int]] = {}
    for axes in crosses:
        names = tuple(by[axis] for axis in axes)
        for at, part in enumerate(parts):
            key = tuple(part[axis] for axis in axes)
            members.setdefault(Place(names, (None,) * len(axes) if None in key else key), []).append(at)
    return {place: tuple(own) for place, own in members.items()}
