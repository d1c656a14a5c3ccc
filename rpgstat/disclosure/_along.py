"""Which answers of groups seen by their mean may be others, when people of several parts change answers: linear programmes of many tables at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat.disclosure._possible import ANY, Levels, moves
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place
from rpgstat.stats.programmes import Aim, Optimum, Question, System, answers

_CLOSE = 1e-6
Left = dict[Place, set[int]]
"""For each place the answers of which it is not known yet whether their number may be another."""


def settle(tables: Sequence[Table], left: Sequence[Left]) -> None:
    """Takes the answers out of `left` whose number may be another: people of several parts change answers, along a line that leaves every
    distribution shown in full as it is, and every sum of every part. Only changes by whole people count. Where no two answers have the sum of two others
    (1, 2 and 4), no mean leaves another way."""
    every_table = [(own, [_Line(table, own, *pair) for pair in _pairs(table)]) for table, own in zip(tables, left, strict=True)]
    asked = [(own, lines) for own, lines in every_table if lines]
    every = [line for _, lines in asked for line in lines]
    for sign in (1.0, -1.0):
        for line, found in zip(every, answers([line.together(sign) for line in every]), strict=True):
            line.see(found)
    while asked:
        several = [(line, next((place for place, levels in own.items() if levels), None)) for own, lines in asked for line in lines]
        for (line, _), found in zip(several, answers([line.one(place) for line, place in several]), strict=True):
            line.see(found)
        tried = {id(line.left): place for line, place in several}
        asked = [(own, lines) for own, lines in asked if (place := tried[id(own)]) and not own[place]]


def _pairs(table: Table) -> Iterator[tuple[Levels, Levels]]:
    return ((mine, theirs) for mine, theirs in moves(table.kind.steps) if mine < theirs)


class _Line:
    """How often each part of a table changes two answers for two others of the same sum, and back: as often in all of what is shown in full."""

    def __init__(self, table: Table, left: Left, mine: Levels, theirs: Levels) -> None:
        self.left, self.levels = left, {*mine, *theirs, ANY}
        levels = table.levels
        self.many = len(levels)
        full = [table.everyone, *(table.vector(other) for other in table.order if not table.closed(other))]
        known = [{**dict.fromkeys(own, 1.0), **{at + self.many: -1.0 for at in own}} for own in full]
        most = [float(min(own[level] // pair.count(level) for level in pair)) for pair in (mine, theirs) for own in levels]
        self.system = System(2 * self.many, known, [0.0] * len(known), [{at: 1.0} for at in range(2 * self.many)], most)
        self.gains = {place: {at + side * self.many: 1.0 - 2 * side for at in table.universe.members[place] for side in (0, 1)} for place in left}

    def together(self, sign: float) -> Question:
        """As many places as can be in which it is one way by one person at once."""
        asked = [self.gains[place] for place, own in self.left.items() if own & self.levels]
        caps = range(self.system.unknowns, self.system.unknowns + len(asked))
        rows = [{**{at: -sign * factor for at, factor in gain.items()}, cap: 1.0} for gain, cap in zip(asked, caps, strict=True)]
        limited = [*self.system.limited, *rows, *({cap: 1.0} for cap in caps)]
        most = [*self.system.most, *([0.0] * len(rows)), *([1.0] * len(rows))]
        return System(caps.stop, self.system.known, self.system.values, limited, most), [Aim(dict.fromkeys(caps, 1.0))] if asked else []

    def one(self, place: Place | None) -> Question:
        """The most by which it is one way in a place, and the other."""
        gain = self.gains[place] if place and self.left[place] & self.levels else {}
        return self.system, [Aim({at: sign * factor for at, factor in gain.items()}) for sign in (1.0, -1.0) if gain]

    def see(self, found: Sequence[Optimum]) -> None:
        """Takes out what these change, if by whole people, into another number."""
        for one in found:
            for place, own in self.left.items() if one.whole else ():
                if abs(sum(factor * one.at[at] for at, factor in self.gains[place].items())) > 1 - _CLOSE:
                    own -= self.levels
