"""Themes in the plan of a study: of which groups it may be seen how many wrote an answer, and how many of these spoke of a theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

from rpgstat.disclosure._counts import Chosen
from rpgstat.disclosure._decisions import Reason, Tier
from rpgstat.disclosure._kind import Kind
from rpgstat.disclosure._known import Beside, Known
from rpgstat.disclosure._plan import Plan
from rpgstat.disclosure._same_answers import SameAnswers
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place, Universe, universe_of
from rpgstat.record import record
from rpgstat.study import Disclosure, Key, PeopleCell, normalise


@record
class Wrote:
    """Who wrote an answer in a wave, by their labels in all groupings `by` together, and of which `themes` exactly they spoke.

    `plan` is that of the survey, where there is one, of which it is the `wave`.
    """

    by: tuple[str, ...]
    said: Mapping[Key, Mapping[frozenset[str], int]]
    themes: tuple[str, ...]
    plan: Plan | None = None
    wave: str = ""

    @cached_property
    def wrote(self) -> dict[Key, int]:
        """How many wrote, of each part."""
        return {part: sum(own.values()) for part, own in self.said.items()}

    def spoke(self, theme: str) -> dict[Key, int]:
        """How many spoke of a theme."""
        return {part: sum(n for themes, n in own.items() if theme in themes) for part, own in self.said.items()}

    @property
    def returned(self) -> Table | None:
        """Those who returned the questionnaire of that wave."""
        return self.plan._tables.get(PeopleCell(self.wave)) if self.plan else None


@record
class Unseen:
    """The places of which it is not even seen how many wrote, for each theme those of which it is not seen how many spoke of it, and why."""

    numbers: Mapping[Place, Reason]
    themes: Mapping[str, Mapping[Place, Reason]]


def unseen_themes(own: Wrote, rule: Disclosure) -> Unseen:
    """What is withheld of the groups, each grouping by itself; nothing of it, nor of few people of two groups crossed, follows from what is shown of
    all of them and of everyone.

    Of 1 to `hide_below` - 1 people who wrote nothing is shown, nor of groups withheld among those who returned the questionnaire; below
    `detail_from` their number only; and of each theme no count of 1 to `hide_below` - 1 who spoke of it, or did not.

    >>> nothing, hope = frozenset(), frozenset({"hope"})
    >>> said = {("A",): {nothing: 11, hope: 9}, ("B",): {nothing: 8, hope: 6}, ("C",): {nothing: 2, hope: 1}}
    >>> found = unseen_themes(Wrote(("role",), said, ("hope",)), Disclosure())
    >>> sorted(place.key for place in found.numbers), sorted(place.key for place in found.themes["hope"])
    ([('B',), ('C',)], [('B',), ('C',)])
    """
    came = _came(own)
    universe = universe_of(own.by, tuple({**own.wrote, **came}), tables=1 + len(own.themes))  # crosses are not shown, but would follow from what is
    numbers = [own.wrote.get(part, 0) for part in universe.parts]
    decided = {_plain(place): decision for place, decision in own.returned.decisions().items()} if own.returned else {}
    met = {place: decided[plain] for place in universe.members if (plain := _plain(place)) in decided}
    largest = {place: sum(numbers[at] for at in members) for place, members in universe.members.items()}
    most = {place: decision.n for place, decision in met.items() if decision.tier is not Tier.HIDDEN}
    known = Known(largest, most, ordered=True)
    if all(n <= came.get(part, 0) for part, n in zip(universe.parts, numbers, strict=True)):  # else others than those of the survey wrote
        people = tuple(came.get(part, 0) for part in universe.parts)
        shown = [universe.members[place] for place in most]
        invited = _invited(own, universe)
        known = replace(known, most={**invited, **most}, beside=Beside(people, (tuple(range(len(people))), *shown)), invited=invited)
    table = Table(universe, Kind(), rule, [+Counter({"wrote": n}) for n in numbers], [n > 0 for n in numbers], known)
    base = {table.same[place]: Reason.RETURNED for place, one in met.items() if one.tier is Tier.HIDDEN and place in table.same}
    counts = {theme: _in_order(universe.parts, own.spoke(theme)) for theme in own.themes}
    said = [own.said.get(part, {}) for part in universe.parts]
    chosen, told = _chosen(table, base, counts, said)
    while told is not None:
        base[told] = Reason.NARROW  # how many wrote says by itself how many of them spoke of it
        chosen, told = _chosen(table, base, counts, said)
    return Unseen(_all(table, table.hidden), {theme: _all(table, one.hidden) for theme, one in chosen.items()})


def _invited(own: Wrote, universe: Universe) -> dict[Place, int]:
    """How many of each place were invited, where that is declared."""
    declared = {_plain(place): n for place, n in own.returned.known.invited.items()} if own.returned else {}
    return {place: declared[plain] for place in universe.members if (plain := _plain(place)) in declared}


def _came(own: Wrote) -> dict[Key, int]:
    """How many of each part returned the questionnaire, in the spelling of those who wrote; nothing where the survey has other groupings."""
    returned = own.returned
    if returned is None or set(returned.universe.axes) != set(own.by):
        return {}
    spelt = {tuple("" if label is None else normalise(label) for label in key): key for key in own.wrote}
    found = {}
    for part, people in zip(returned.universe.parts, returned.parts, strict=True):
        labels = dict(zip(returned.universe.axes, part, strict=True))
        key = tuple(labels[name] for name in own.by)
        found[spelt.get(tuple("" if label is None else normalise(label) for label in key), key)] = people.total()
    return found


def _chosen(
    table: Table, base: Mapping[Place, Reason], counts: Mapping[str, Sequence[int]], said: Sequence[Mapping[frozenset[str], int]]
) -> tuple[dict[str, Chosen], Place | None]:
    """Each theme beside how many wrote, of which no more is shown of the places `base`, and beside the others; and a place of which that says too much."""
    table.protect(base)
    few = {place: Reason.FEW_FOR_DETAIL for place in table.order if table.people[place].total() < table.rule.detail_from}
    found = {theme: Chosen(table, [own], few=True) for theme, own in counts.items()}
    for one in found.values():
        one.protect({**few, **table.hidden})
    told = next((one.told for one in found.values() if one.told is not None and one.told not in table.hidden), None)
    if told is None and len(found) > 1:
        told = SameAnswers(found, said).protect()
    return found, told if told not in table.hidden else None


def _plain(place: Place) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """A place whatever the spelling of its labels."""
    return place.by, tuple("" if label is None else normalise(label) for label in place.key)


def _in_order(parts: Sequence[Key], counts: Mapping[Key, int]) -> list[int]:
    return [counts.get(part, 0) for part in parts]


def _all(table: Table, places: Mapping[Place, Reason]) -> dict[Place, Reason]:
    return {place: places[same] for place, same in table.same.items() if same in places}
