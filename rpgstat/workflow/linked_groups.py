"""People in both waves inside groups: of which groups they may be used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rpgstat.study import Group, Groups
from rpgstat.workflow.case import Case
from rpgstat.workflow.counting import count
from rpgstat.workflow.planned import universe
from rpgstat.workflow.weighted import Counted


def with_pairs(groups: Groups, case: Case, counted: Counted, wanted: Sequence[Group], pairs: Sequence[tuple[str, str]]) -> Groups:
    """The groups of one grouping with the moves of those of their people who stayed in them, where these may be used; all where nothing is withheld."""
    tally = counted.tally
    if len(wanted) != 1 or not tally.moved:
        return groups
    name, allowed = wanted[0].name, None
    if counted.plan is not None:
        from rpgstat.disclosure import linked_groups  # with ids and groups alone

        every = universe(case, wanted)
        by_all = tally if len(every) == 1 else count(case, pairs, every, pairs=pairs)[1]
        allowed = {pair: own[name] for pair, own in linked_groups(counted.plan, by_all, case.study).items()}
    parts = {}
    for label, part in groups.parts.items():
        own = tally.parts[label,].transitions
        moves = {pair: found for pair, found in own.items() if allowed is None or label in allowed.get(pair, ())}
        parts[label] = replace(part, links=tally.links, transitions=moves)
    return replace(groups, parts=parts)
