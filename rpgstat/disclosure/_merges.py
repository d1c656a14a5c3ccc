"""Which small groups could be shown as one, so that more is shown: each grouping by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from rpgstat.disclosure._decisions import Tier
from rpgstat.disclosure._plan import Plan, plan
from rpgstat.record import record
from rpgstat.study import Disclosure, Key, Study, Tally, regrouped, together

_MOST = 6
"""So many of the smallest groups of a grouping are tried, each with each: 15 plans at most."""


@record
class Merge:
    """Two groups of a grouping, how many figures of the grouping are withheld now, how many if the two were one, and how many more would be shown."""

    by: str
    group: str
    other: str
    withheld: int
    withheld_joined: int
    gained: int


def merges(tally: Tally, study: Study, rule: Disclosure) -> list[Merge]:
    """Pairs of groups that let more be shown when they are one, the most gainful first, and of those that gain as much the ones of one coarser group.

    Of each grouping of the tally by itself, as if no other were declared: with others less may be gained. One of the two has figures withheld.
    Statements are asked about each by itself here, those of short batteries too: all together would take seconds for each two groups.
    """
    found = [(merge, _within_one(tally, axis, merge)) for axis in range(len(tally.by)) for merge in _of(regrouped(tally, [axis]), study, rule)]
    return [merge for merge, _ in sorted(found, key=lambda pair: (-pair[0].gained, not pair[1], pair[0].withheld_joined))]


def _within_one(tally: Tally, axis: int, merge: Merge) -> bool:
    """Whether another grouping, of two groups or more, holds all of both groups in one of its own, as Management does with two kinds of managers."""
    others = [place for place in range(len(tally.by)) if place != axis and len({key[place] for key in tally.parts} - {None}) > 1]
    return any(len({key[place] for key in tally.parts if key[axis] in (merge.group, merge.other)}) == 1 for place in others)


def _of(tally: Tally, study: Study, rule: Disclosure) -> Iterator[Merge]:
    now = plan(tally, study, rule, together=False)
    hidden = {place.key for place in now.hidden_places if None not in place.key}
    sizes = {key: sum(part.returned.values()) for key, part in tally.parts.items() if None not in key}
    smallest = sorted(sizes, key=lambda key: (sizes[key], str(key)))[:_MOST]
    for one, other in combinations([key for key in sizes if key in smallest], 2):
        if one in hidden or other in hidden:
            joined = plan(_joined(tally, one, other), study, rule, together=False)
            gained = _count(joined)[0] - _count(now)[0]
            if gained > 0:
                yield Merge(tally.by[0], str(one[0]), str(other[0]), _count(now)[1], _count(joined)[1], gained)


def _joined(tally: Tally, one: Key, other: Key) -> Tally:
    """The tally with two groups as one."""
    parts = {key: part for key, part in tally.parts.items() if key != other}
    return replace(tally, parts={**parts, one: together([tally.parts[one], tally.parts[other]])})


def _count(made: Plan) -> tuple[int, int]:
    """How many figures are shown, by the mean or in full, and how many are withheld."""
    tiers = [decision.tier for decided in made.cells.values() for decision in decided.values() if decision.n]
    return sum(tier is not Tier.HIDDEN for tier in tiers), sum(tier is Tier.HIDDEN for tier in tiers)
