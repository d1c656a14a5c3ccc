"""Counts of themes by group beside which themes stand on the same answers, which is shown of everyone: what is withheld does not follow from both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice, product
from math import ceil, floor
from typing import NamedTuple

from rpgstat.disclosure._counts import Chosen, silence
from rpgstat.disclosure._universe import Place
from rpgstat.stats.programmes import Aim, Optimum, Question, System, answers

Themes = frozenset[str]
_CLOSE = 1e-6
_MORE = 2
"""A count that can be so much more, or less, has three values."""
_UNKNOWNS, _MOST_UNKNOWNS = 600, 3_000
"""Of so many unknowns is it asked first, and then of no more: of parts that are left out it is taken to be known who spoke of what."""
_AT_ONCE = 8
"""So many counts are asked about together, before anything more is withheld."""


class Count(NamedTuple):
    """How many people of a place spoke of a theme, or did not."""

    theme: str
    place: Place
    spoke: bool = True


class SameAnswers:
    """All themes together: `said` has of each part how many people spoke of exactly which of them.

    Who spoke of which of them is taken to be known of everyone, but not of which part they are: more than is shown. What is found to be open is so then.
    """

    def __init__(self, chosen: Mapping[str, Chosen], said: Sequence[Mapping[Themes, int]]) -> None:
        self.chosen, self.said = chosen, said
        self.asked = next(iter(chosen.values())).asked
        self.order = [place for place in self.asked.order if self.asked.people[place]]
        self.alone = [place for place in self.order if len(place.by) == 1]  # crosses are shown of no theme
        self.members = {place: set(self.asked.universe.members[place]) for place in self.alone}
        self.apart: dict[tuple[int, int], Themes] = {}
        self.open: set[Count] = set()

    def protect(self) -> Place | None:
        """Withholds counts until each that is withheld is open. The place that is not so, though no count is shown any more; None where there is none."""
        while self.asked.rule.secondary and (found := self._first_close()) is not None:
            count, helpful = found
            if not helpful and count.place not in self.asked.hidden:
                return count.place
            if not helpful:
                self.open.add(count)  # nothing more can be withheld
                continue
            least = max(helpful, key=lambda one: (one.place.by == count.place.by, self.order.index(one.place), list(self.chosen).index(one.theme)))
            self.chosen[least.theme].withhold(least.place)
            self.apart.clear()
        return None

    def shown(self) -> Iterator[Count]:
        """The counts that are shown."""
        return (Count(theme, place) for theme in self._varied() for place in self.alone if place not in self.chosen[theme].hidden)

    def _varied(self) -> list[str]:
        """The themes that somebody spoke of, and somebody did not: of others everybody knows of everybody."""
        return [theme for theme, own in self.chosen.items() if 0 < sum(own.options[0]) < self.asked.whole.total()]

    def _hidden(self) -> list[Count]:
        """What is withheld: where the number of all is too, those who did not speak of it as well; of crosses what few people spoke of."""
        return [
            Count(theme, place, spoke)
            for theme in self._varied()
            for place in self.order
            if place in self.chosen[theme].hidden and (len(place.by) == 1 or 0 < self._number(theme, place) < self.asked.rule.hide_below)
            for spoke in ((True, False) if place in self.asked.hidden else (True,))
        ]

    def _number(self, theme: str, place: Place) -> int:
        return sum(self.chosen[theme].options[0][at] for at in self.asked.universe.members[place])

    def _first_close(self) -> tuple[Count, list[Count]] | None:
        """The first count that is known within too little, and the counts that keep it so."""
        left = self._doubtful()
        while asked := list(islice(left, _AT_ONCE)):
            if (found := self._not_open(asked, _UNKNOWNS)) is not None:
                return found
        return None

    def _doubtful(self) -> Iterator[Count]:
        """What is withheld and not found to be open by people who change places."""
        for count in self._hidden():
            if count not in self.open and self._close(count, *self._by_changing_places(count)):
                yield count
            else:
                self.open.add(count)

    def _not_open(self, asked: Sequence[Count], unknowns: int) -> tuple[Count, list[Count]] | None:
        """One of some counts that is not open as far as so many unknowns, or many, can tell, with the counts that keep it so."""
        sums = [_Sums(self, count, unknowns) for count in asked]
        again = []
        for count, own, (up, down) in zip(asked, sums, answers([own.question() for own in sums]), strict=True):
            if not self._close(count, own.beyond + max(0, ceil(-down.value - _CLOSE)), own.beyond + floor(up.value + _CLOSE)):
                self.open.add(count)
            elif own.complete or unknowns == _MOST_UNKNOWNS:
                return count, own.binding((up, down))
            else:
                again.append(count)
        return next((found for count in again if (found := self._not_open([count], _MOST_UNKNOWNS)) is not None), None)

    def _close(self, count: Count, low: int, high: int) -> bool:
        """Whether a count has fewer values left than it should, or only small ones; and so has that of the others, where it is known how many there are."""
        own, n = self.chosen[count.theme], self.asked.people[count.place].total()
        total = sum(own.options[0])
        if not count.spoke:
            total = self.asked.whole.total() - total
        if len(count.place.by) > 1 and n >= self.asked.rule.hide_below:
            return high == low
        most, few = self.asked.most[count.place] if count.place in self.asked.hidden else n, min(self.asked.rule.hide_below, n)
        if high - low + 1 < min(own.least, most + 1, total + 1) or high < min(few, total):
            return True
        return count.place not in self.asked.hidden and n - low < min(few, self.asked.whole.total() - total)

    # --- people of two parts who change places -------------------------------------------------------------------

    def _by_changing_places(self, count: Count) -> tuple[int, int]:
        """The least and the most that a count is found to be able to be, or as far as matters, where people of two parts after the other change places, so
        that nothing that is shown is another."""
        spoke, n, few = self._number(count.theme, count.place), self.asked.people[count.place].total(), self.asked.rule.hide_below
        low = self._moved(count, min(spoke - _MORE, n - few), up=False)
        high = self._moved(count, max(spoke + _MORE, few), up=True)
        return (low, high) if count.spoke else (n - high, n - low)

    def _moved(self, count: Count, enough: int, *, up: bool) -> int:
        """How many of a place can have spoken of a theme, the most or the fewest, as far as `enough`."""
        said, found, sign = dict(enumerate(self.said)), self._number(count.theme, count.place), 1 if up else -1
        inside = [at for at in self.asked.universe.members[count.place] if said[at]]
        beside = [at for at in said if said[at] and at not in inside]
        for own, other in product(inside, beside):
            if sign * (found - enough) >= 0:
                break
            apart = self._told_apart(own, other)
            if count.theme not in apart:
                before = _spoke(said[own], count.theme)
                said[own], said[other] = _changed(said[own], said[other], apart, lambda themes: (count.theme in themes) == up)
                found += _spoke(said[own], count.theme) - before
        return found

    def _told_apart(self, own: int, other: int) -> Themes:
        """The themes by whose counts two parts are told apart."""
        if (own, other) not in self.apart:
            ways = [place for place in self.alone if self._in(place, own) != self._in(place, other)]
            told = [theme for theme, one in self.chosen.items() if not one.hidden.keys() >= set(ways)]
            self.apart[own, other] = self.apart[other, own] = frozenset(told)
        return self.apart[own, other]

    def _in(self, place: Place, part: int) -> bool:
        return part in self.members[place]

    def near(self, count: Count) -> list[int]:
        """The largest part of a place, then those beside it, from which the fewest themes tell it apart and the largest first, then the rest of it."""
        there = [at for at, own in enumerate(self.said) if own]
        inside = [at for at in there if at in self.asked.universe.members[count.place]]
        others = [at for at in there if at not in inside]
        apart = {other: min((len(told) + (count.theme in told) for own in inside for told in [self._told_apart(own, other)]), default=0) for other in others}
        inside.sort(key=lambda at: (-sum(self.said[at].values()), at))
        return [*inside[:1], *sorted(others, key=lambda at: (apart[at], -sum(self.said[at].values()), at)), *inside[1:]]


class _Sums:
    """All that is shown, as sums over unknowns: of each of some parts how many spoke of exactly which themes, and of each of the others how many wrote."""

    def __init__(self, own: SameAnswers, count: Count, unknowns: int) -> None:
        self.own, self.asked, self.count = own, own.asked, count
        self.kinds: list[Themes] = []
        self.free: list[int] = []
        for at in own.near(count):
            kinds = sorted({*self.kinds, *own.said[at]}, key=sorted)
            if len(self.free) > 1 and len(kinds) * (len(self.free) + 1) > unknowns:
                break
            self.kinds, self.free = kinds, [*self.free, at]
        width = len(self.kinds)
        self.columns = {at: range(n * width, (n + 1) * width) for n, at in enumerate(self.free)}
        first = width * len(self.free)
        self.columns |= {at: range(first + n, first + n + 1) for n, at in enumerate(at for at in range(len(own.said)) if at not in self.columns)}
        self.known: list[dict[int, float]] = []
        self.values: list[float] = []
        self.owners: list[Count | None] = []

    def question(self) -> Question:
        """How large the count can be, and how small."""
        for kind, themes in enumerate(self.kinds):
            self._add({self.columns[at][kind]: 1.0 for at in self.free}, sum(self.own.said[at].get(themes, 0) for at in self.free))
        for at in range(len(self.own.said)):
            if at not in self.free:
                self._add({self.columns[at][0]: 1.0}, sum(self.own.said[at].values()))
        for place in self.own.alone:
            if place not in self.asked.hidden:
                self._add(self._people(place), self.asked.people[place].total())
        for count in self.own.shown():
            if row := self._row(count):
                self._add(row, self._among(count), count)
        first = max(map(max, self.columns.values())) + 1
        silent = silence(self.asked, self.columns.__getitem__, first)
        for row, value in silent.known:
            self._add(row, value)
        capped = [place for place in self.own.alone if place in self.asked.hidden]
        most = [float(min(self.asked.most[place], self.asked.whole.total())) for place in capped]
        system = System(silent.unknowns, self.known, self.values, [self._people(place) for place in capped], most)
        row = self._row(self.count)
        return system, [Aim(row), Aim({at: -n for at, n in row.items()})]

    @property
    def complete(self) -> bool:
        """Whether all parts are asked about that anybody wrote in."""
        return len(self.free) == sum(map(bool, self.own.said))

    @property
    def beyond(self) -> int:
        """How many of the count are in parts that are not asked about."""
        others = [own for at, own in enumerate(self.own.said) if at not in self.free and at in self.asked.universe.members[self.count.place]]
        return sum(n for own in others for themes, n in own.items() if (self.count.theme in themes) == self.count.spoke)

    def binding(self, found: Sequence[Optimum]) -> list[Count]:
        """The counts that keep what was found from being more; where not all parts were asked about, those that tell the place from others may."""
        keeping = [count for one in found for row in one.binding if (count := self.owners[row]) is not None]
        if keeping or self.complete:
            return keeping
        shown = list(self.own.shown())
        return [one for one in shown if one.place == self.count.place] or [one for one in shown if one.theme == self.count.theme]

    def _add(self, row: dict[int, float], value: float, owner: Count | None = None) -> None:
        self.known.append(row)
        self.values.append(float(value))
        self.owners.append(owner)

    def _people(self, place: Place) -> dict[int, float]:
        return {key: 1.0 for at in self.asked.universe.members[place] for key in self.columns[at]}

    def _parts(self, place: Place) -> list[int]:
        return [at for at in self.asked.universe.members[place] if at in self.free]

    def _row(self, count: Count) -> dict[int, float]:
        own = [kind for kind, themes in enumerate(self.kinds) if (count.theme in themes) == count.spoke]
        return {self.columns[at][kind]: 1.0 for at in self._parts(count.place) for kind in own}

    def _among(self, count: Count) -> int:
        return sum(_spoke(self.own.said[at], count.theme) for at in self._parts(count.place))


def _spoke(said: Mapping[Themes, int], theme: str) -> int:
    return sum(n for themes, n in said.items() if theme in themes)


def _changed(
    own: Mapping[Themes, int], other: Mapping[Themes, int], apart: Themes, wanted: Callable[[Themes], bool]
) -> tuple[Counter[Themes], Counter[Themes]]:
    """Two parts after as many as can of those who are wanted have come to the first for others, who spoke of the same of the themes that are `apart`."""
    mine, theirs = Counter[Themes](), Counter[Themes]()
    room = Counter[Themes]()
    for themes, n in own.items():
        room[themes & apart] += n
    both = Counter(own)
    both.update(other)
    for themes in sorted(both, key=lambda one: (not wanted(one), sorted(one))):
        come = min(both[themes], room[themes & apart])
        room[themes & apart] -= come
        mine[themes], theirs[themes] = come, both[themes] - come
    return +mine, +theirs
