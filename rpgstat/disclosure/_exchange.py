"""Hidden groups that are open because people can change groups, in pairs or along a rectangle, so that all that is shown stays: no programme is needed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, islice
from math import ceil

from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place
from rpgstat.disclosure._wishes import Wish, steps_of, width_of

Move = tuple[tuple[int, ...], tuple[int, ...]]
"""Parts that gain somebody of an answer, and parts that lose somebody of the same answer."""

_MOVES = 60
"""So many ways to move people are tried for a place; what they do not bring about, programmes decide."""
_NEAR = 1e-9


class _Moved:
    """People by part and answer, of whom some have moved."""

    def __init__(self, people: Sequence[Sequence[int]]) -> None:
        self._people = list(people)

    def least(self, parts: Sequence[int], level: int) -> int:
        """The fewest of an answer that any of these parts has."""
        return min([self._people[part][level] for part in parts])

    def number(self, parts: Sequence[int]) -> int:
        """The people of some parts."""
        return sum([sum(self._people[part]) for part in parts])

    def move(self, into: Sequence[int], out: Sequence[int], level: int, times: int) -> None:
        """So many of an answer come into each of these parts, and go out of those."""
        for part in into:
            self._add(part, level, times)
        for part in out:
            self._add(part, level, -times)

    def _add(self, part: int, level: int, times: int) -> None:
        own = list(self._people[part])
        own[level] += times
        self._people[part] = own


class Exchange:
    """The people of a table by part and answer, and the ways in which they can move; `most` are the most people that hidden places can have.

    A part that gains somebody and one that loses somebody are in the same places shown; or two and two are in the same, taken together. Nothing
    that is shown is another then, and what is found is possible in whole people.
    """

    def __init__(self, table: Table, most: Mapping[Place, int]) -> None:
        self.table, self.beside = table, table.beside
        limits = [(place, table.fewest[place], limit) for place, limit in most.items()]
        bounds = [own for own in limits if own[1] > table.free(own[0]) or own[2] < table.whole.total()]
        self.limits = [(table.universe.members[place], least, limit) for place, least, limit in bounds]
        steps = steps_of(table)
        self.possible = width_of(table) == max(len(steps), 1) and not table.known.weighed  # a score does not move as a whole number
        self.people = (table.levels if steps else [(people.total(),) for people in table.parts]) if self.possible else []
        self.shown = frozenset(place for place in table.order if place not in table.hidden)

    def meets(self, place: Place, wish: Wish) -> bool:
        """Whether people can move so that a wish is met; False says nothing."""
        own = self.table.universe.members[place]
        gained = sum(factor * self.people[part][level] for part in own for level, factor in enumerate(wish.factors))
        moved = _Moved(self.people)
        left = moved.number(own)
        for level, factor in sorted(enumerate(wish.factors), key=lambda way: -abs(way[1])):
            for into, out in self._moves(place) if factor else ():
                if gained >= wish.least - _NEAR:
                    return self._allowed(moved)
                more, fewer = (into, out) if factor > 0 else (out, into)
                times = min(ceil((wish.least - gained) / abs(factor) - _NEAR), moved.least(fewer, level))
                times = times if factor > 0 else min(times, left - 1)  # somebody stays
                if times > 0:
                    moved.move(more, fewer, level, times)
                    gained += times * abs(factor)
                    left += times if factor > 0 else -times
        return gained >= wish.least - _NEAR and self._allowed(moved)

    def _allowed(self, moved: _Moved) -> bool:
        """Whether no place has more people than it can have, or fewer."""
        return all(least <= moved.number(members) <= limit for members, least, limit in self.limits) and self._came_back(moved)

    def _came_back(self, moved: _Moved) -> bool:
        """Whether those who moved can have returned the questionnaire where it is shown how many did: as somebody who did not answer moved the other
        way, or as none of these numbers is another, nor more than were invited."""
        if self.beside is None:
            return True
        own = [people.total() for people in self.table.parts]
        more = [moved.number((part,)) - n for part, n in enumerate(own)]
        for beside in self.beside.each:
            if all(n + came <= there for n, came, there in zip(own, more, beside.people, strict=True)):
                return True
            if any(sum(more[part] for part in members) for members in beside.shown):
                return False
            own = list(beside.people)  # then those beside them moved likewise
        invited = ((self.table.universe.members[place], most) for place, most in self.table.known.invited.items())
        return all(sum(own[part] + more[part] for part in members) <= most for members, most in invited)

    def _moves(self, place: Place) -> list[Move]:
        """The first ways to move somebody into a place."""
        key = ("moves", place, self.shown, self.table.counted)
        if key not in self.table.memory:
            self.table.memory[key] = list(islice(self._ways(frozenset(self.table.universe.members[place])), _MOVES))
        found: list[Move] = self.table.memory[key]
        return found

    def _ways(self, own: frozenset[int]) -> Iterator[Move]:
        seen, pairs = self._seen()
        others = [part for part in seen if part not in own]
        inside = [part for part in seen if part in own]
        yield from (((one,), (other,)) for one in inside for other in others if seen[one] == seen[other])
        for one in inside:
            for beside in others:
                for out in pairs[seen[one] + seen[beside]]:
                    if not own.intersection(out):
                        yield (one, beside), out

    def _seen(self) -> tuple[dict[int, int], dict[int, list[tuple[int, int]]]]:
        """Of each part the places shown that it is in, as a number in base three, in which two parts can be added; and the pairs of each sum."""
        key = ("seen", self.shown, self.table.counted)
        if key not in self.table.memory:
            shown = [frozenset(self.table.universe.members[place]) for place in self.table.order if place in self.shown]
            parts = [part for part, there in enumerate(self.table.counted) if there]
            seen = {part: sum(3**at for at, own in enumerate(shown) if part in own) for part in parts}
            pairs: dict[int, list[tuple[int, int]]] = {}
            for one, other in combinations(parts, 2):
                pairs.setdefault(seen[one] + seen[other], []).append((one, other))
            self.table.memory[key] = seen, pairs
        found: tuple[dict[int, int], dict[int, list[tuple[int, int]]]] = self.table.memory[key]
        return found
