"""Which small groups, put together, would let more be shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from rpgstat.disclosure._decisions import Tier
from rpgstat.disclosure._plan import Plan, plan
from rpgstat.record import record
from rpgstat.study import Disclosure, ItemCell, Key, PeopleCell, Study, Tally, regrouped, together

_MOST = 3
"""Proposals for one grouping; more are no help."""


@record
class Merge:
    """Two groups of a grouping that could be one: how many answers to items are shown by groups now, and how many would
    be; `people` are those of both, over all waves."""

    by: str
    labels: tuple[str, str]
    shown: int
    would_be: int
    people: int


def merges(tally: Tally, study: Study, rule: Disclosure) -> list[Merge]:
    """Proposals for each grouping of a tally, the best first, of equals that of fewer people: pairs of groups, one of which at least is withheld
    in a wave, that would let more people's answers be shown if they were one group. Each grouping is looked at by itself; what its crosses
    would then show is not counted.

    A proposal tells that something of its groups is withheld, as [c] does, and no number of them: it is for those who control the plan.
    """
    found: list[Merge] = []
    for axis in range(len(tally.by)):
        own = replace(regrouped(tally, [axis]), scores={})
        own = replace(own, parts={key: replace(part, scores={}) for key, part in own.parts.items()})
        found += sorted(_of(own, study, rule), key=lambda one: (-one.would_be, one.people, one.labels))[:_MOST]
    return found


def _of(tally: Tally, study: Study, rule: Disclosure) -> Iterator[Merge]:
    """The pairs of groups of one grouping that would help."""
    now = plan(tally, study, rule)
    hidden = {cell for cell in now.cells if isinstance(cell, PeopleCell)}
    small = {key for key, cells in now.hidden(tally.by, tally.parts).items() if cells & hidden}
    shown = _shown(now)
    for one, other in combinations([key for key in tally.parts if None not in key], 2):
        if one in small or other in small:
            would_be = _shown(plan(_merged(tally, one, other), study, rule))
            if would_be > shown:
                people = sum(sum(tally.parts[key].returned.values()) for key in (one, other))
                yield Merge(tally.by[0], (str(one[0]), str(other[0])), shown, would_be, people)


def _shown(made: Plan) -> int:
    """How many answers to items are shown by groups, by their mean or in full."""
    tables = [decided for cell, decided in made.cells.items() if isinstance(cell, ItemCell)]
    return sum(decision.n for decided in tables for decision in decided.values() if decision.tier is not Tier.HIDDEN)


def _merged(tally: Tally, one: Key, other: Key) -> Tally:
    """The tally with two groups as one, called by both names."""
    both = (f"{one[0]} with {other[0]}",)
    parts = {key: part for key, part in tally.parts.items() if key not in (one, other)}
    return replace(tally, parts={**parts, both: together([tally.parts[one], tally.parts[other]])})
