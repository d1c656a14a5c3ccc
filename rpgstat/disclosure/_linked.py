"""What is left open of hidden groups where groupings are linked: people who change groups, then linear programmes of many tables at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from math import ceil, floor
from typing import Any

from rpgstat.disclosure._exchange import Exchange
from rpgstat.disclosure._single import VALUES, limits, not_few, settled, values
from rpgstat.disclosure._table import Open, Table
from rpgstat.disclosure._universe import Place
from rpgstat.disclosure._unknowns import Unknowns
from rpgstat.disclosure._wishes import Wish, of_answers, of_number, wishes
from rpgstat.stats.programmes import Optimum, Question, System, answers
from rpgstat.stats.whole import whole_counts

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
    questions = [question for one in narrow_ones for question in (one.whole(), one.loosened())]
    told = answers(questions)
    for one, whole, loosened in zip(narrow_ones, told[::2], told[1::2], strict=True):
        one.judge_whole(whole, loosened)
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
        self.told = False
        self.wishes: dict[Place, list[Wish]] = {}
        self.met: list[Any] = []
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
        """How much is left open of the first of which not all wishes were met, as far as these ask."""
        place, own = next(iter(self.wishes.items()))
        return self.system, self.unknowns.aims(place, own)

    def judge(self, found: Sequence[Optimum]) -> None:
        """Takes it as open, or as the one that is not, by what was found."""
        place, own = next(iter(self.wishes.items()))
        if self._within(place, own, found):
            self._close(place)
            return
        for one in found:
            if one.whole or not self.unknowns.steps:
                self.see(one.at)
        for wish in own:
            if wish in self.wishes.get(place, ()) and not self._in_whole_people(place, wish):
                self._close(place, told=False)
                return
        self.table.proven.add(place)
        self.wishes.pop(place, None)

    def _in_whole_people(self, place: Place, wish: Wish) -> bool:
        """Whether a wish is met by whole people, where it is of answers; of numbers and scores programmes in fractions decide.

        What of others these people meet is taken as met.
        """
        if not self.unknowns.steps or self.unknowns.two or wish.numbers:
            return True
        number = tuple(self.unknowns.number(self.table.universe.members[place]))
        counts = whole_counts(self.system, self.unknowns.row(place, wish.factors), wish.least, number, self.met)
        if counts is not None:
            self.met = [counts]
            self.see(counts)
        return counts is not None

    def _within(self, place: Place, own: Sequence[Wish], found: Sequence[Optimum]) -> bool:
        """Whether what is found for these wishes of a place is too little."""
        numbers = found[:_SIDES] if any(wish.numbers for wish in own) else []
        if numbers and narrow(self.table, place, numbers, self.most[place]):
            return True
        sides = [one.value for one in found[len(numbers) :]]
        return bool(sides) and (sum(sides) < VALUES - 1 - _CLOSE if self.unknowns.two else min(sides) < -_CLOSE)

    def _close(self, place: Place, *, told: bool = True) -> None:
        """Takes a place as the one that is not open: it is `told` by sums, or open in fractions of people only."""
        self.result, self.wishes, self.told = Open(place, [], blur=self.table.helps.get(place, False)), {}, told

    def whole(self) -> Question:
        """All that is asked of that one, whether or not it was found to be possible: what keeps any of it so may help."""
        if not self.result or not self.told:
            return self.system, []
        return self.system, self.unknowns.aims(self.result.place, self._every)

    def loosened(self) -> Question:
        """The same, as if nobody's answers were shown in full."""
        if not self.result or self.result.place in self.table.helps or not self.table.kind.answers:
            return self.system, []
        loose = Unknowns(self.table, self.most, full=False)
        return loose.system(), loose.aims(self.result.place, self._every)

    @property
    def _every(self) -> list[Wish]:
        assert self.result
        return [*of_number(self.table, self.result.place), *of_answers(self.table, self.result.place)]

    def judge_whole(self, whole: Sequence[Optimum], loosened: Sequence[Optimum]) -> None:
        """Notes what keeps that one closed, and whether it would help to show others by their mean."""
        assert self.result
        place, owners = self.result.place, [self.unknowns.owners[row] for one in whole for row in one.binding]
        if loosened:
            self.table.helps[place] = not self._within(place, self._every, loosened)
        self.result = Open(place, [owner for owner in owners if owner is not None], blur=self.table.helps.get(place, False))


def hidden_places(table: Table) -> list[Place]:
    """The hidden places of which it is to be asked what is left open."""
    return [place for place in table.order if place in table.hidden and table.counts(place) and table.matters(place)]


def largest_possible(table: Table, hidden: Sequence[Place]) -> list[int]:
    """The most people that each hidden place can have, by the order in which places are shown."""
    return limits(table, hidden, [place for place in table.order if place not in table.hidden])


def narrow(table: Table, place: Place, sides: Sequence[Optimum], most: int) -> bool:
    """Whether fewer than three numbers are possible, or only small ones; `sides` are the largest number and the negative of the smallest."""
    up, down = sides
    high, low = floor(up.value + _CLOSE), max(ceil(-down.value - _CLOSE), table.floor(place))
    few = high < table.rule.hide_below <= not_few(table, place)
    return not settled(table, place, most) and (few or high - low + 1 < min(VALUES, values(table, place)))
