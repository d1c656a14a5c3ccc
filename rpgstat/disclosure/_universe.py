"""Whom a study may print figures of: the groups of each of its groupings, and of each two crossed, as sums of the smallest sets of people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from rpgstat.study import Key, Tally

_WORK = 3_000_000
"""Steps of an elimination, roughly; where crosses would need more, none of them is shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """Some people who may have a row in a table: a group of one grouping, or of two crossed. All labels None: those who did not state theirs."""

    by: tuple[str, ...]
    key: Key


@dataclass(frozen=True)
class Universe:
    """The places of a study, and for each the smallest sets of people, the parts of the tally by all groupings, that it is made of.

    Where there are too many groups to protect them crossed, `crossed` is False, and crosses are no places of it.
    """

    by: tuple[str, ...]
    parts: tuple[Key, ...]
    members: Mapping[Place, tuple[int, ...]]
    crossed: bool = True

    @property
    def single(self) -> bool:
        """Whether there is one grouping only: then every place is a part, and all add up to the whole."""
        return len(self.by) == 1

    @cached_property
    def words(self) -> dict[Place, tuple[str, ...]]:
        """What orders places of one size: their labels, so that neither the file nor the command matters."""
        return {place: tuple("" if label is None else label for label in place.key) for place in self.members}

    def place(self, by: Sequence[str], key: Key) -> Place:
        """The place that a group of a table is, whatever the order of its groupings."""
        if None in key:
            key = (None,) * len(key)
        labels = dict(zip(by, key, strict=True))
        return Place(tuple(sorted(by)), tuple(labels[name] for name in sorted(by)))


def universe_of(tally: Tally) -> Universe:
    """The places of a tally that is broken down by all groupings of a study: of each grouping, and of each two crossed."""
    order = sorted(range(len(tally.by)), key=lambda axis: tally.by[axis])
    alone = _members(tally, [(axis,) for axis in order])
    crossed = _members(tally, list(combinations(order, 2)))
    few = (len(alone) + len(crossed)) ** 2 * len(tally.parts) <= _WORK
    return Universe(tuple(tally.by[axis] for axis in order), tuple(tally.parts), {**alone, **(crossed if few else {})}, few)


def _members(tally: Tally, crosses: Sequence[tuple[int, ...]]) -> dict[Place, tuple[int, ...]]:
    members: dict[Place, list[int]] = {}
    for axes in crosses:
        by = tuple(tally.by[axis] for axis in axes)
        for at, part in enumerate(tally.parts):
            key = tuple(part[axis] for axis in axes)
            members.setdefault(Place(by, (None,) * len(axes) if None in key else key), []).append(at)
    return {place: tuple(own) for place, own in members.items()}
