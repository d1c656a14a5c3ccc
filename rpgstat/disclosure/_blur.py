"""Where the answers of some follow from their mean, beside all that is shown: what of others is to be shown by its mean too."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat.disclosure._decisions import Reason
from rpgstat.disclosure._possible import ANY, Levels, exchanged, tells
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place


def blur(tables: Sequence[Table]) -> list[Table]:
    """Where the answers of some follow from their mean beside all that is shown, shows less of the smallest place in full; the tables where that was so."""
    asked = [table for table in tables if table.kind.answers and table.rule.hide_below > 1]
    linked = [table for table in asked if not table.universe.single]
    left = [_left(table) for table in linked]
    if any(left):
        from rpgstat.disclosure._along import settle

        settle([table for table, own in zip(linked, left, strict=True) if own], [own for own in left if own])
    changed = [table for table, own in zip(linked, left, strict=True) if _show_less(table, own)]
    return changed + [table for table in asked if table.universe.single and _blur_single(table)]


def _left(table: Table) -> dict[Place, set[int]]:
    """The places seen by their mean that may be told by it, and their answers that follow as far as people change answers only with others who
    are in the same places shown in full: nothing that is shown would be another. What was found not to follow never does, as less is shown."""
    found = {}
    for place in table.order:
        if place in table.few and place not in table.hidden and table.people[place] and place not in table.vague:
            found[place] = _asked(table, place) - _exchanged(table, place)
    table.vague.update(place for place, left in found.items() if not left)
    return {place: left for place, left in found.items() if left}


def _asked(table: Table, place: Place) -> set[int]:
    """The answers that few gave; where there are none, any."""
    own = table.as_people(place)
    return {level for level, count in enumerate(own.levels) if 1 <= count <= own.small} or {ANY}


def _exchanged(table: Table, place: Place) -> set[int]:
    found: set[int] = set()
    for pool in _pools(table):
        if any(at in pool for at in table.universe.members[place]):
            mine, others, loose = _sides(table, place, pool)
            found |= exchanged(mine, [*others, *([loose] if loose else [])], table.kind.steps)
    return found | {ANY} if found else found


def _show_less(table: Table, left: dict[Place, set[int]]) -> bool:
    """Shows less where answers of a place are left that follow; whether there was one."""
    table.vague.update(place for place, levels in left.items() if not levels)
    place = next((place for place, levels in left.items() if levels), None)
    if place is not None:
        _blur(table, place)
    return place is not None


def _blur(table: Table, place: Place) -> None:
    full = [other for other in table.order if not table.closed(other) and table.people[other]]
    if full:
        table.few[table.least(full, place)] = Reason.DETAIL_COMPANY
    else:
        table.hidden[place] = Reason.ONE_WAY


def _blur_single(table: Table) -> bool:
    """The same for one grouping, without programmes."""
    changed = False
    for place in table.order:
        while place in table.few and place not in table.hidden and table.people[place] and _tells(table, place):
            _blur(table, place)
            changed = True
    return changed


def _tells(table: Table, place: Place) -> bool:
    """Whether a mean beside all that is shown of one grouping gives answers away."""
    if not _asked(table, place) - _exchanged(table, place):
        return False
    pool = next(pool for pool in _pools(table) if any(at in pool for at in table.universe.members[place]))
    _, others, loose = _sides(table, place, pool)
    return tells(table.as_people(place), others, loose, table.kind.steps)


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
    mine = table.levels_of(at for at in pool if at in members[place])
    others = [table.levels[at] for at in pool if at not in members[place] and at in seen]
    loose = [at for at in pool if at not in members[place] and at not in seen]
    return mine, others, table.levels_of(loose) if loose else None
