"""How small groups filled in their questionnaires: counts of one to a few people are withheld, and what would give them back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import reduce
from typing import Any

from rpgstat.disclosure._decisions import Reason
from rpgstat.disclosure._kind import Kind
from rpgstat.disclosure._known import Known
from rpgstat.disclosure._plan import Plan
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place, Universe, universe_of
from rpgstat.study import ItemCell, Key, PeopleCell, Returned

Attributes = Mapping[str, Mapping[Place, Reason]]
"""Of one wave, by the name of a count, the places of which it is withheld."""

_COUNTED: dict[str, Callable[[Returned], int]] = {
    "usable": lambda found: found.returned - (found.usable or 0),  # those who left every scale empty are the few
    "partial": lambda found: found.partial or 0,
    "straight_liners": lambda found: found.straight_liners or 0,
    "repeated": lambda found: found.repeated or 0,
}
"""For each count that may be withheld, the people whom it tells of."""


def attributes(plan: Plan, by: tuple[str, ...], filled: Mapping[Key, Returned], wave: str) -> dict[str, dict[Place, Reason]]:
    """What is withheld of how the people of a wave, by all groupings `by` of the plan, filled in their questionnaires.

    A count of 1 to `hide_below` - 1 people is withheld, and as the wave's total is public, so are others until it does not follow from them.
    What tells how many answered an item that is withheld of a group goes with it: how many left some or all items blank, and how many were
    answered, of which the latter also says how many were left blank.
    """
    by, filled = _in_order(by, filled)
    universe = universe_of(by, tuple(filled))
    people, items = _withheld(plan, universe, wave)
    found: dict[str, dict[Place, Reason]] = {}
    for name, count in _COUNTED.items():
        base = {**(items if name != "repeated" else {}), **people}
        if name == "usable":
            base |= {place: Reason.ATTRIBUTE for place in universe.members if 0 < _sum(universe, filled, place, _usable) < plan.rule.hide_below}
        found[name] = _protected(plan, universe, filled, count, base)
    blank = {place: Reason.ITEMS for name in ("usable", "partial") for place in found[name]}
    found["answered"] = _protected(plan, universe, filled, _answers, {**blank, **people})
    if plan.rule.secondary and any(found.values()):
        _beside_statements(plan, universe, filled, wave, found)
    return found


def _in_order(by: tuple[str, ...], filled: Mapping[Key, Returned]) -> tuple[tuple[str, ...], dict[Key, Returned]]:
    """The same, whatever the order in which groupings are named and answers were read: where one of two counts would do, else the other is withheld."""
    axes = sorted(range(len(by)), key=by.__getitem__)
    parts = {tuple(key[axis] for axis in axes): own for key, own in filled.items()}
    return tuple(by[axis] for axis in axes), {key: parts[key] for key in sorted(parts, key=lambda key: [(label is None, label or "") for label in key])}


def _beside_statements(plan: Plan, universe: Universe, filled: Mapping[Key, Returned], wave: str, found: dict[str, dict[Place, Reason]]) -> None:
    """Withholds what tells of others beside the statements of a short questionnaire, or beside how many answered each of a few."""
    from rpgstat.disclosure._blanks import blanks
    from rpgstat.disclosure._filling import withhold_beside

    ways = plan.short.get(wave) or blanks(plan._tables, wave, reduce(Returned.plus, filled.values()), plan.off)
    if ways is None or not ways.small or not ways.items:
        return
    every = {place: reduce(Returned.plus, [filled[universe.parts[at]] for at in own]) for place, own in universe.members.items()}
    withhold_beside(ways, every, found)


def _answers(found: Returned) -> int:
    return found.answered or 0


def _usable(found: Returned) -> int:
    return found.usable or 0


def _withheld(plan: Plan, universe: Universe, wave: str) -> tuple[dict[Place, Reason], dict[Place, Reason]]:
    """The places withheld among those who returned it, and those withheld on any item."""
    cells = [cell for cell in plan.cells if isinstance(cell, ItemCell) and cell.wave == wave]
    hidden = plan.hidden_places
    people = {place: Reason.RETURNED for place in universe.members if PeopleCell(wave) in hidden.get(place, ())}
    items = {place: Reason.ITEMS for place in universe.members if any(cell in hidden.get(place, ()) for cell in cells)}
    return people, items


def _sum(universe: Universe, filled: Mapping[Key, Returned], place: Place, count: Callable[[Returned], int]) -> int:
    return sum(count(filled[universe.parts[at]]) for at in universe.members[place])


def _protected(
    plan: Plan, universe: Universe, filled: Mapping[Key, Returned], count: Callable[[Returned], int], base: Mapping[Place, Reason]
) -> dict[Place, Reason]:
    """The places of which a count is withheld, `base` among them."""
    own = [filled[part] for part in universe.parts]
    largest = {place: _sum(universe, filled, place, lambda found: found.returned) for place in universe.members}
    present = [bool(found.returned or found.repeated) for found in own]
    table = Table(
        universe,
        Kind(),
        plan.rule,
        [+Counter({"people": count(found)}) for found in own],
        present,
        Known(largest, {} if count is _answers else largest, zeros=True),
    )
    table.protect({table.same[place]: reason for place, reason in base.items() if place in table.same})
    return {place: Reason.ATTRIBUTE if reason is Reason.FEW else reason for place, own in table.same.items() if (reason := table.hidden.get(own))}


def without_counts(own: Returned, place: Place, lost: Attributes) -> Returned:
    """The questionnaires of a place without the counts that are withheld of it, which are None."""
    nothing: dict[str, Any] = {name: None for name, places in lost.items() if place in places}
    return replace(own, **nothing)
