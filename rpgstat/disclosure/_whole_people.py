"""Whole people who fit what is shown of some statements: looked for near others that do, as far as a bound on the work allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor, inf
from typing import Any

from rpgstat.disclosure._single import VALUES
from rpgstat.stats.programmes import Optimum, System
from rpgstat.stats.whole import ALL, MOST, Search

MARGIN = 2.0
"""What parts of people can be by so much more than is asked, whole people are taken to be able to as well."""
_CLOSE = 1e-6
_NEAR = 3
"""So many are those near which others are looked for: the first, who are those who did answer where these are known, and those found last."""
WORK = 20_000
"""They are looked for widely by so much work, and where it is known how people answered near these by more after that. It is counted in unknowns of tries
near others, of fewer than 500 in their square by that: of 500 a try takes a tenth of a second or so."""
_NONE, _FOUND, _MISSED, _ALL = 0.1, 10, 15, 50
"""So many such tries take as long as to see that not even parts of people fit; as to look widely, where something is found, or not; and as to search all
unknowns together in vain."""
_MORE = 2
"""So many times as much it may be in all, where not too many are unknown."""
_PUBLIC = 50_000
"""So much where less is known than all that is shown: what is not found there is taken for public."""


@dataclass
class WholePeople:
    """Counts that were `met` and fit all that is shown, still as less is; those `beside` fit where less is known. The first that are met are those who
    `answered`, counted when they are needed, or None where these do not fit. `kept` are sums that leave figures as they are; `work` is how much it was to look
    for any by all that is shown, `public` by less."""

    met: list[Any] = field(default_factory=list)
    beside: list[Any] = field(default_factory=list)
    work: int = 0
    public: int = 0
    answered: Callable[[], Any] | None = None
    kept: Callable[[], Sequence[Mapping[int, float]]] | None = None
    _known: bool = False

    @property
    def tired(self) -> bool:
        """Whether no more are to be looked for."""
        return self.work >= WORK * (_MORE if self.known and self.met[0].size <= ALL else 1)

    @property
    def known(self) -> bool:
        """Whether it is known how people answered."""
        self._begin()
        return self._known

    def _begin(self) -> None:
        if self.answered is not None:
            own, self.answered = self.answered(), None
            self.met[:0] = [] if own is None else [own]
            self._known = own is not None

    def find(self, system: System, of: Mapping[int, float], least: float, some: Sequence[int] = (), most: float = inf, *, less: bool = False) -> Any:
        """Counts that fit, of which a sum is at least so much, and not above `most`, and of `some`, if any are named, there is anybody; None where none are
        found. Where `less` than all that is shown is known, they are looked for among more unknowns."""
        known, every = self.known, system.unknowns <= (MOST if less else ALL)
        rested = self.public < _PUBLIC if less else self.work < WORK
        near = [*self.met[:1], *[*self.met[1:], *(self.beside if less else [])][::-1]][: _NEAR if rested else 1]
        search = Search(system, of, least, some, most)
        found = search.alike(near[0], self.kept()) if self.kept and known else None
        if found is None:
            found = search.near(near)
        self._tried(system, 1 if search.possible else _NONE, less=less)
        if found is None and search.possible and rested:
            found = search.widely(MOST if less else ALL)
            self._tried(system, len(near) + (_FOUND if found is not None else _ALL if every else _MISSED), less=less)
        return found

    def impossible(self, system: System, of: Mapping[int, float], least: float) -> bool:
        """Whether it is seen, soon enough, that no whole people fit of which a sum is at least so much."""
        if not self.known or system.unknowns > MOST or self.public >= _PUBLIC:
            return False
        search = Search(system, of, least)
        found = search.near(self.met[:1])
        if found is None and search.possible:
            found = search.all()
        self.met += [] if found is None else [found]
        self._tried(system, 1 if found is not None else _ALL, less=True)
        return not search.possible

    def _tried(self, system: System, tries: float, *, less: bool) -> None:
        work = round(tries * system.unknowns * min(system.unknowns / ALL, 1))
        if less:
            self.public += work
        else:
            self.work += work

    def values(self, system: System, of: Mapping[int, float], *, less: bool = False) -> set[int]:
        """Values that a number can have: three, or as many as are found above, below and between those of counts that were met. Where `less` than all that
        is shown is known, what is found may not fit that, and is not met."""
        self._begin()
        found = [*self.met, *(self.beside if less else [])] or [counts for counts in [self.find(system, {}, 0)] if counts is not None]
        first, met = len(found) if self.met else 0, {_value(of, counts) for counts in found}
        for sign in (1, -1):
            row = {at: sign * factor for at, factor in of.items()}
            while met and len(met) < VALUES and (counts := self.find(system, row, max(sign * value for value in met) + 1, less=less)) is not None:
                found.append(counts)
                met.add(_value(of, counts))
        if 1 < len(met) < VALUES and (counts := self.find(system, of, min(met) + 1, most=max(met) - 1, less=less)) is not None:
            found.append(counts)
            met.add(_value(of, counts))
        (self.beside if less else self.met).extend(found[first:])
        return met


def _value(of: Mapping[int, float], counts: Any) -> int:
    return round(float(sum(factor * counts[at] for at, factor in of.items())))


def hardly(found: Optimum, least: float) -> bool:
    """Whether a sum is so much in parts of people, and barely, so that it is to be asked whether it is in whole ones."""
    return not found.whole and -_CLOSE <= found.value - least < MARGIN


def few(sides: Sequence[Optimum]) -> bool:
    """Whether a number has fewer than three values in parts of people; `sides` are its largest and the negative of its smallest."""
    up, down = sides
    return floor(up.value + _CLOSE) - ceil(-down.value - _CLOSE) + 1 < VALUES
