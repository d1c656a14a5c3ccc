"""Where the answers of some follow from their mean, beside all that is shown: what of others is to be shown by its mean too."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat.disclosure._decisions import Reason
from rpgstat.disclosure._possible import Levels, exchanged, tells, whole_steps
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place


def blur(table: Table) -> bool:
    """Where the answers of some follow from their mean beside all that is shown, shows less of the smallest place in full; whether one had to be hidden."""
    if not table.kind.answers or table.rule.hide_below == 1:
        return False
    for place in table.order:
        while place in table.few and place not in table.hidden and table.people[place] and _tells(table, place):
            full = [other for other in table.order if not table.closed(other) and table.people[other]]
            if not full:
                table.hidden[place] = Reason.ONE_WAY
                return True
            table.few[table.least(full, place)] = Reason.DETAIL_COMPANY
    return False


def _tells(table: Table, place: Place) -> bool:
    """Whether a mean beside all that is shown gives answers away. People may have changed answers with others who are in the same places shown
    in full: nothing that is shown would be another."""
    assert table.kind.scale is not None
    steps, own = whole_steps(table.kind.scale.scores), table.as_people(place)
    found: set[int] = set()
    pools = [pool for pool in _pools(table) if any(at in pool for at in table.universe.members[place])]
    sides = [_sides(table, place, pool) for pool in pools]
    for mine, others, loose in sides:
        found |= exchanged(mine, [*others, *([loose] if loose else [])], steps)
    asked = {level for level, count in enumerate(own.levels) if 1 <= count <= own.small}
    if found and asked <= found:
        return False
    if table.universe.single:
        return tells(own, sides[0][1], sides[0][2], steps)
    found |= _along(table)[place]
    return not (found and asked <= found)


def _along(table: Table) -> dict[Place, set[int]]:
    """For each place seen by its mean the answers whose number may be another when people of several parts change answers; as long as the same is
    shown in full."""
    key = (id(table), frozenset(place for place in table.order if not table.closed(place)))
    if key not in table.memory:
        from rpgstat.disclosure._linked import exchanged_along

        table.memory[key] = exchanged_along(table, [place for place in table.order if place in table.few and table.people[place]])
    found: dict[Place, set[int]] = table.memory[key]
    return found


def _pools(table: Table) -> list[list[int]]:
    """Parts that are in the same places shown in full."""
    pools: dict[frozenset[Place], list[int]] = {}
    full = [place for place in table.order if not table.closed(place)]
    for at, people in enumerate(table.parts):
        if people:
            pools.setdefault(frozenset(place for place in full if at in table.universe.members[place]), []).append(at)
    return list(pools.values())


def _sides(table: Table, place: Place, pool: Sequence[int]) -> tuple[Levels, list[Levels], Levels | None]:
    """The answers of a place in a pool, of each other part there, and of those together of whom nothing is known."""
    members = table.universe.members
    seen = {at for other in table.order if other not in table.hidden for at in members[other]}
    mine = table.kind.levels(table.together(at for at in pool if at in members[place]))
    others = [table.kind.levels(table.parts[at]) for at in pool if at not in members[place] and at in seen]
    loose = [at for at in pool if at not in members[place] and at not in seen]
    return mine, others, table.kind.levels(table.together(loose)) if loose else None
