"""Batteries whose items run against each other: what their rows say instead of a score, and what weaker signs make them say beside it."""

from __future__ import annotations

from rpgstat import text
from rpgstat.analyses._rows import item_text
from rpgstat.glossary.sentences import listing, say
from rpgstat.record import record
from rpgstat.stats.opposed import opposed
from rpgstat.study import Battery, Tally


@record
class Direction:
    """Whether the items of a battery point one way: without `conclusion` its score means nothing; `notes` say so, or warn."""

    conclusion: bool = True
    notes: tuple[str, ...] = ()


def direction(whole: Tally, battery: Battery, items: tuple[str, ...]) -> Direction:
    """What the people who answered all of `items`, in any declared wave, tell of their direction; `whole` counts everyone.

    Only items of which nobody declared whether they are reversed are named: `reverse = false` settles an item, and so does true.
    """
    sums = whole.item_sums.get((battery.name, items))
    if sums is None or sums.n < 2:
        return Direction()
    found = opposed(n=sums.n, sums=sums.sums, squares=sums.squares, with_total=sums.with_total)
    declared = {item.id: item.reverse for item in battery.items}
    words = {item.id: f"“{text.shortened(item_text(item))}”" for item in battery.items}
    negative = [name for name, r in zip(items, found.item_rest, strict=True) if r is not None and r < 0]
    unsettled = [name for name in negative if declared[name] is None]
    clear = [items[place] for place in found.against if declared[items[place]] is None]
    if clear or (found.opposed and not found.against and unsettled):
        return Direction(False, (_opposed(battery, unsettled, len(items)),))
    return Direction(True, _weak([words[name] for name in negative if declared[name] is not False], found.alpha))


def _opposed(battery: Battery, names: list[str], k: int) -> str:
    told = {"items": listing([f"`{name}`" for name in names]), "declare": declare_reversed(battery)}
    why = say("opposed.each_other", **told) if len(names) == k else say("opposed.others", len(names), **told)
    return say("row.no_score", why=why)


def declare_reversed(battery: Battery) -> str:
    """What there is to declare where a statement is worded the other way round."""
    return say("opposed.reverse") if battery.scale.labelled else say("opposed.scale_and_reverse")


def _weak(names: list[str], alpha: float | None) -> tuple[str, ...]:
    if not names:
        return ()
    if alpha is not None and alpha < 0:
        return (say("row.check_direction_alpha", alpha=text.fixed(alpha), items=listing(names)),)
    return (say("row.check_direction", items=listing(names)),)
