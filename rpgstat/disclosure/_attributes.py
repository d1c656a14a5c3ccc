"""How small groups filled in their questionnaires: counts of one to a few people are withheld, and what would give them back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from rpgstat.study import Disclosure, Returned

_COUNTED: dict[str, Callable[[Returned], int]] = {
    "usable": lambda found: found.returned - (found.usable or 0),  # those who left every scale empty are the few
    "partial": lambda found: found.partial or 0,
    "straight_liners": lambda found: found.straight_liners or 0,
    "repeated": lambda found: found.repeated or 0,
}
"""For each count that may be withheld, the people whom it tells of."""


def filled(found: Mapping[str, Returned], withheld: Collection[str], rule: Disclosure) -> dict[str, Returned]:
    """The questionnaires of each group of a wave without the counts that `rule` withholds, which are None; `withheld` groups show none.

    A count of 1 to `hide_below` - 1 people is withheld, and as the wave's total is public, so is that of the next smallest groups until at
    least two are, which together count no fewer than `hide_below`, or none is left. The number of items answered says how many were left
    blank, so it goes with the counts of people who left some or all of them.
    """
    lost = {name: _lost(found, withheld, rule, count) for name, count in _COUNTED.items()}
    small = {group for group, own in found.items() if 0 < (own.usable or 0) < rule.hide_below}
    lost["usable"] = _closed(found, lost["usable"] | small, rule, _COUNTED["usable"])
    lost["answered"] = _closed(found, lost["partial"] | lost["usable"] | {*withheld}, rule, lambda _: rule.hide_below)
    return {group: _without(own, [name for name, groups in lost.items() if group in groups]) for group, own in found.items()}


def _without(own: Returned, names: Collection[str]) -> Returned:
    nothing: dict[str, Any] = dict.fromkeys(names)
    return replace(own, **nothing)


def _lost(found: Mapping[str, Returned], withheld: Collection[str], rule: Disclosure, count: Callable[[Returned], int]) -> set[str]:
    few = {group for group, own in found.items() if 0 < count(own) < rule.hide_below}
    return _closed(found, few | {*withheld}, rule, count)


def _closed(found: Mapping[str, Returned], hidden: set[str], rule: Disclosure, count: Callable[[Returned], int]) -> set[str]:
    """The groups hidden, and as many more that the total tells of none of them."""
    while rule.secondary and hidden and (left := [group for group in found if group not in hidden]):
        together = sum(count(found[group]) for group in hidden if group in found)
        if len(hidden) > 1 and not 0 < together < rule.hide_below:
            break
        hidden = hidden | {min(left, key=lambda group: (found[group].returned, list(found).index(group)))}
    return hidden
