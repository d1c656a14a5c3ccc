"""Several answers to one question: what the options that are shown of a group tell of one that is withheld."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rpgstat.disclosure._counts import Chosen
from rpgstat.disclosure._decisions import Reason
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place

Options = Mapping[str, Sequence[int]]
"""Of each option the people of each part who ticked it."""


@dataclass
class Ticked:
    """The options of a question that people ticked one or more of; who ticked one of the `exclusive` ticked no other."""

    table: Table
    options: Options
    exclusive: tuple[str, ...] = ()
    each: dict[str, Chosen] = field(default_factory=dict)

    def protect(self, few: Mapping[Place, Reason]) -> dict[str, dict[Place, Reason]]:
        """Of each option the places of which it is withheld, `few` among them: none is known too closely by the others.

        Everybody ticked something: where one option is withheld of a group, the others say how many are left for it, the more closely the
        fewer ticks there are in all.
        """
        self.each = {option: Chosen(self.table, [people], few=True) for option, people in self.options.items()}
        for one in self.each.values():
            one.protect(few)
        while found := next(self._told(few), None):
            place, option = found
            one = self.each[option]
            one.protect({**one.hidden, place: Reason.NARROW})
        return {option: one.hidden for option, one in self.each.items()}

    def _told(self, few: Mapping[Place, Reason]) -> Iterator[tuple[Place, str]]:
        """Places of which an option is told by others, with the one of these that fewest ticked."""
        if not self.table.rule.secondary:
            return
        for by in dict.fromkeys(place.by for place in self.table.order):
            places = [place for place in self.table.order if place.by == by and place not in few and self.table.people[place]]
            spare = self._spare() - sum(self._ticks(place) for place in places if not self._hidden(place))
            for place in places:
                shown = {option: one.counted(place) for option, one in self.each.items() if place not in one.hidden}
                if shown and any(self._known(place, option, shown, spare) for option in self._hidden(place)):
                    yield place, min(shown, key=lambda option: (shown[option], -list(shown).index(option)))

    def _hidden(self, place: Place) -> list[str]:
        return [option for option, one in self.each.items() if place in one.hidden]

    def _spare(self) -> int:
        """How many more ticks than people there are."""
        return sum(map(sum, self.options.values())) - self.table.whole.total()

    def _ticks(self, place: Place) -> int:
        """The same of a place."""
        return sum(one.counted(place) for one in self.each.values()) - self.table.people[place].total()

    def _known(self, place: Place, option: str, shown: Mapping[str, int], spare: int) -> bool:
        """Whether an option of a place can have too few values beside those shown there and at most so many ticks more than people."""
        n, total = self.table.people[place].total(), sum(self.options[option])
        if total in (0, self.table.whole.total()):
            return False
        ways = [other for other in self._hidden(place) if other != option]
        high = min(n, total, n + spare - sum(shown.values()), *(n - count for other, count in shown.items() if {other, option} & {*self.exclusive}))
        low = max(0, n - sum(shown.values()) - sum(min(n, sum(self.options[other])) for other in ways))
        return self.each[option].closely(place, low, high, total)
