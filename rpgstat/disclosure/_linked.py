"""What is left open of hidden groups where groupings are linked: people who change groups, then linear programmes of many tables at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import ceil, floor
from typing import Any

from rpgstat.disclosure._exchange import Exchange
from rpgstat.disclosure._single import VALUES, limits, settled, values
from rpgstat.disclosure._table import Open, Table
from rpgstat.disclosure._universe import Place
from rpgstat.disclosure._unknowns import Unknowns
from rpgstat.disclosure._wishes import Wish, wishes
from rpgstat.stats.programmes import Optimum, Question, System, answers, whole_counts

_CLOSE = 1e-6
_SIDES = 2  # each number, mean or count each way


def first_open(tables: Sequence[Table]) -> list[Open | None]:
    """Of each table the first hidden place of which number or mean is known within too little, and the places whose figures keep it so.

    What was found to be open stays so, as less and less is shown. Of crosses that are refused whole only the small ones matter.
    """
    asked = [_Asked(table) for table in tables]
    while left := [one for one in asked if one.wishes]:
        for one, found in zip(left, answers([one.next() for one in left]), strict=True):
            one.judge(found)
    narrow_ones = [one for one in asked if one.result]
    for one, found in zip(narrow_ones, answers([one.loosened() for one in narrow_ones]), strict=True):
        one.judge_loosened(found)
    return [one.result for one in asked]


class _Asked:
    """The questions about a table: of each hidden place that is not known to be open, whether it is."""

    def __init__(self, table: Table) -> None:
        self.table = table
        if table.known.ordered:  # how many people a place can have at most depends on what is hidden
            table.proven.clear()
        hidden = hidden_places(table)
        self.most = dict(zip(hidden, largest_possible(table, hidden), strict=True))
        self.result: Open | None = None
        self.wishes: dict[Place, list[Wish]] = {}
        exchange = Exchange(table, self.most)
        for place in hidden:
            if place not in table.proven:
                self.wishes[place] = [wish for wish in wishes(table, place, self.most[place]) if not (exchange.possible and exchange.meets(place, wish))]
        self._settle()

    @cached_property
    def unknowns(self) -> Unknowns:
        """All that is shown."""
        return Unknowns(self.table, self.most)

    @cached_property
    def system(self) -> System:
        """The same as equations."""
        return self.unknowns.system()

    def _settle(self) -> None:
        """Takes places as open of which all wishes are met."""
        self.table.proven.update(place for place, own in self.wishes.items() if not own)
        self.wishes = {place: own for place, own in self.wishes.items() if own}

    def see(self, counts: Any) -> None:
        """Takes the wishes as met that these counts meet."""
        for place, own in self.wishes.items():
            if sum(counts[at] for at in self.unknowns.number(self.table.universe.members[place])) > 1 - _CLOSE:
                self.wishes[place] = [wish for wish in own if not self._met(place, wish, counts)]
        self._settle()

    def _met(self, place: Place, wish: Wish, counts: Any) -> bool:
        return bool(sum(factor * counts[at] for at, factor in self.unknowns.row(place, wish.factors).items()) >= wish.least - _CLOSE / 10)

    def next(self) -> Question:
        """How much is left open of the first of which not all wishes were met."""
        return self.system, self.unknowns.aims(next(iter(self.wishes)))

    def judge(self, found: Sequence[Optimum]) -> None:
        """Takes it as open, or as the one that is not, by what was found."""
        place = next(iter(self.wishes))
        if self._within(place, found):
            owners = [self.unknowns.owners[row] for one in found for row in one.binding]
            self.result = Open(place, [owner for owner in owners if owner is not None], blur=self.table.helps.get(place, False))
            self.wishes = {}
            return
        for one in found:
            if one.whole or not self.unknowns.steps:
                self.see(one.at)
        if any(not self._in_whole_people(place, wish) for wish in self.wishes.get(place, ())):
            self.result, self.wishes = Open(place, [], blur=self.table.helps.get(place, False)), {}
        else:
            self.table.proven.add(place)
            self.wishes.pop(place, None)

    def _in_whole_people(self, place: Place, wish: Wish) -> bool:
        """Whether a wish is met by whole people, where it is of answers; of numbers and scores programmes in fractions decide."""
        if not self.unknowns.steps or self.unknowns.two or len(set(wish.factors)) == 1:
            return True
        return whole_counts(self.system, self.unknowns.row(place, wish.factors), wish.least, tuple(self.unknowns.number(self.table.universe.members[place])))

    def _within(self, place: Place, sides: Sequence[Optimum]) -> bool:
        """Whether what is found for a place is too little."""
        if narrow(self.table, place, sides[:_SIDES], self.most[place]):
            return True
        if len(sides) == _SIDES:
            return False
        up, down = sides[_SIDES:]
        return up.value + down.value < VALUES - 1 - _CLOSE if self.unknowns.two else min(up.value, down.value) < -_CLOSE

    def loosened(self) -> Question:
        """The same of that one, as if nobody's answers were shown in full."""
        if not self.result or self.result.place in self.table.helps or not self.table.kind.answers:
            return self.system, []
        loose = Unknowns(self.table, self.most, full=False)
        return loose.system(), loose.aims(self.result.place)

    def judge_loosened(self, found: Sequence[Optimum]) -> None:
        """Notes whether it would help to show others by their mean."""
        if found and self.result:
            self.table.helps[self.result.place] = not self._within(self.result.place, found)
            self.result = Open(self.result.place, self.result.helpful, blur=self.table.helps[self.result.place])


def hidden_places(table: Table) -> list[Place]:
    """The hidden places of which it is to be asked what is left open."""
    return [place for place in table.order if place in table.hidden and table.people[place] and table.matters(place)]


def largest_possible(table: Table, hidden: Sequence[Place]) -> list[int]:
    """The most people that each hidden place can have, by the order in which places are shown."""
    return limits(table, hidden, [place for place in table.order if place not in table.hidden])


def narrow(table: Table, place: Place, sides: Sequence[Optimum], most: int) -> bool:
    """Whether fewer than three numbers are possible, or only small ones; `sides` are the largest number and the negative of the smallest."""
    up, down = sides
    high, low = floor(up.value + _CLOSE), max(ceil(-down.value - _CLOSE), 0 if table.known.zeros else 1)
    limit = table.most[place]
    return not settled(table, place, most) and (high - low + 1 < min(VALUES, values(table, place)) or high < table.rule.hide_below <= limit)
