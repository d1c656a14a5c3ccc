"""Several answers to one question: what all that is shown of its options tells of one that is withheld."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

from rpgstat.disclosure._counts import Chosen, silence
from rpgstat.disclosure._decisions import Reason
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place
from rpgstat.stats.programmes import Aim, System, answers

Options = Mapping[str, Sequence[int]]
"""Of each option the people of each part who ticked it."""
Row = dict[int, float]
Shown = tuple[str, Place]
"""An option of a place."""
Owner = tuple[str | None, Place]
"""The same, or how many of a place answered."""
_CLOSE = 1e-6
_WORK = 600_000
"""Unknowns of all programmes of a question; where it would take more, all options or none are shown of a group. About six seconds."""


@dataclass
class Ticked:
    """The options of a question that people ticked one or more of; who ticked one of the `exclusive` ticked no other."""

    table: Table
    options: Options
    exclusive: tuple[str, ...] = ()
    each: dict[str, Chosen] = field(default_factory=dict)
    proven: set[Shown] = field(default_factory=set)
    told: Place | None = None

    def protect(self, few: Mapping[Place, Reason]) -> dict[str, dict[Place, Reason]]:
        """Of each option the places of which it is withheld, `few` among them: none is known too closely by the others.

        Everybody ticked something: where one option is withheld of a group, the others say how many are left for it, of the same group and of others,
        the more closely the fewer ticks there are in all. Where numbers of people alone tell of one, that of a place is `told` that would help.
        """
        self.each = {option: Chosen(self.table, [people], few=True) for option, people in self.options.items()}
        for one in self.each.values():
            one.protect(few)
        if len(self.each) ** 2 * len(self.table.order) * len(self.table.parts) * 2 > _WORK:
            self._all_or_none()
            return {option: one.hidden for option, one in self.each.items()}
        while self.table.rule.secondary and (found := next(self._told(few), None)):
            option, place = found
            one = self.each[option]
            one.protect({**one.hidden, place: Reason.NARROW})
        return {option: one.hidden for option, one in self.each.items()}

    def _all_or_none(self) -> None:
        """Withholds all options of a place of which one is withheld: none is left then to tell of another."""
        every: dict[Place, Reason] = {}
        while any(one.hidden.keys() - every.keys() for one in self.each.values()):
            every = {place: reason for one in self.each.values() for place, reason in one.hidden.items()}
            for one in self.each.values():
                one.protect(every)

    def _told(self, few: Mapping[Place, Reason]) -> Iterator[Shown]:
        """For each option of a place that is known within too little, one that is shown and makes it so: the one that fewest ticked."""
        left = [
            (option, place) for option, one in self.each.items() for place in self.table.order if place in one.hidden and (option, place) not in self.proven
        ]
        rows = [self._sum(option, place) for option, place in left]
        system, owners = self._system()
        aims = [[Aim(row), Aim(dict.fromkeys(row, -1.0))] for row in rows]
        for (option, place), (up, down) in zip(left, answers([(system, own) for own in aims]), strict=True) if left else ():
            low, high = max(0, ceil(-down.value - _CLOSE)), floor(up.value + _CLOSE)
            close = not self._public(option) and self.each[option].closely(place, low, high, sum(self.options[option]))
            binding = [owner for row in (*up.binding, *down.binding) if close and (owner := owners[row]) is not None]
            shown = [(own, where) for own, where in binding if own is not None and where not in few]
            if shown:
                yield min(shown, key=lambda own: (own[1] != place, self.each[own[0]].counted(own[1]), -list(self.options).index(own[0])))
            else:
                self.proven.add((option, place))
                numbers = [where for own, where in binding if own is None]
                self.told = self.told or (self.table.least(numbers, place) if numbers else None)

    def _public(self, option: str) -> bool:
        """Whether everybody, or nobody, ticked an option: then everybody knows of everybody."""
        return sum(self.options[option]) in (0, self.table.whole.total())

    def _system(self) -> tuple[System, list[Owner | None]]:
        """Of each part those who ticked each option, and all: what is shown of them, and of which option of which place it is."""
        known: list[tuple[Row, float, Owner | None]] = []
        every = [at for at, there in enumerate(self.table.present) if there]
        known.append(({self._all(at): 1.0 for at in every}, self.table.whole.total(), None))
        known += [(self._people(place), self.table.people[place].total(), (None, place)) for place in self.table.order if place not in self.table.hidden]
        for option, people in self.options.items():
            known.append(({self._at(option, at): 1.0 for at in every}, sum(people), None))
            for weighed in self.table.known.weighed:
                known.append(
                    ({self._at(option, at): weight for at, weight in weighed.items()}, sum(weight * people[at] for at, weight in weighed.items()), None)
                )
            one = self.each[option]
            known += [(self._sum(option, place), one.counted(place), (option, place)) for place in self.table.order if place not in one.hidden]
        for weighed in self.table.known.weighed:
            own = self.table.parts
            known.append(({self._all(at): weight for at, weight in weighed.items()}, sum(weight * own[at].total() for at, weight in weighed.items()), None))
        unknowns = len(self.table.parts) * (len(self.options) + 1)
        silent = silence(self.table, lambda at: (self._all(at),), unknowns)
        known += [(row, n, None) for row, n in silent.known]
        limited = [row for at in every for row in self._limits(at)]
        capped = [place for place in self.table.order if place in self.table.hidden and self.table.most[place] <= self.table.whole.total()]
        most = [0.0] * len(limited) + [float(self.table.most[place]) for place in capped]
        limited += [self._people(place) for place in capped]
        return System(silent.unknowns, [row for row, _, _ in known], [value for _, value, _ in known], limited, most), [owner for _, _, owner in known]

    def _limits(self, at: int) -> Iterator[Row]:
        """Everybody ticked something, nobody an option twice, and who ticked an exclusive one nothing else."""
        each = {option: self._at(option, at) for option in self.options}
        yield {self._all(at): 1.0, **dict.fromkeys(each.values(), -1.0)}
        alone = {each[option]: 1.0 for option in self.exclusive if option in each}
        others = [option for option in self.options if option not in self.exclusive]
        yield from ({each[option]: 1.0, **alone, self._all(at): -1.0} for option in others)
        if not others:
            yield {**alone, self._all(at): -1.0}

    def _sum(self, option: str, place: Place) -> Row:
        return {self._at(option, at): 1.0 for at in self.table.universe.members[place] if self.table.present[at]}

    def _people(self, place: Place) -> Row:
        return {self._all(at): 1.0 for at in self.table.universe.members[place] if self.table.present[at]}

    def _all(self, part: int) -> int:
        return part * (len(self.options) + 1)

    def _at(self, option: str, part: int) -> int:
        return self._all(part) + 1 + list(self.options).index(option)
