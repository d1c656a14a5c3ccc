"""Whole people who fit what is shown of some statements: looked for near others that do, as far as a bound on the work allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from typing import Any

from rpgstat.disclosure._single import VALUES
from rpgstat.stats.programmes import Optimum, System, whole_counts

_CLOSE = 1e-6
_NEAR = 3
"""So many of those that were found last are those near which others are looked for."""
WORK = 15_000_000
"""They are looked for by so much work, the square of the unknowns for each try, which takes 2 to 5 seconds."""


@dataclass
class WholePeople:
    """Counts that were `met`, all of which fit still as less is shown, and how much `work` it was to find them."""

    met: list[Any] = field(default_factory=list)
    work: int = 0

    @property
    def tired(self) -> bool:
        """Whether no more are to be looked for."""
        return self.work >= WORK

    def find(self, system: System, of: Mapping[int, float], least: float, some: Sequence[int] = ()) -> Any:
        """Counts that fit, of which a sum is at least so much, and of `some`, if any are named, there is anybody; None where none are found."""
        found = whole_counts(system, of, least, some, self.met[: -_NEAR - 1 : -1])
        self.work += system.unknowns**2 * (_NEAR if found is None else 1)
        self.met += [] if found is None else [found]
        return found

    def values(self, system: System, of: Mapping[int, float]) -> set[int]:
        """Values that a number can have: three, or as many as are found above and below those of counts that were met."""
        if not self.met:
            self.find(system, {}, 0)
        found = {_value(of, counts) for counts in self.met}
        for sign in (1, -1):
            row = {at: sign * factor for at, factor in of.items()}
            while found and len(found) < VALUES and (counts := self.find(system, row, max(sign * value for value in found) + 1)) is not None:
                found.add(_value(of, counts))
        return found


def _value(of: Mapping[int, float], counts: Any) -> int:
    return round(float(sum(factor * counts[at] for at, factor in of.items())))


def few(sides: Sequence[Optimum]) -> bool:
    """Whether a number has fewer than three values in parts of people; `sides` are its largest and the negative of its smallest."""
    up, down = sides
    return floor(up.value + _CLOSE) - ceil(-down.value - _CLOSE) + 1 < VALUES
