"""Whole people who fit what is shown of some statements: looked for near others that do, as far as a bound on the work allows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from typing import Any

from rpgstat.disclosure._single import VALUES
from rpgstat.stats.programmes import Optimum, System, whole_counts

MARGIN = 2.0
"""What parts of people can be by so much more than is asked, whole people are taken to be able to as well."""
_CLOSE = 1e-6
_NEAR = 3
"""So many are those near which others are looked for: the first, who are those who did answer where these are known, and those found last."""
WORK = 15_000_000
"""They are looked for by so much work, the square of the unknowns for each try, which takes 2 to 5 seconds."""


@dataclass
class WholePeople:
    """Counts that were `met` and fit all that is shown, still as less is; and how much `work` it was to look for any, by all that is shown or by less. The
    first that are met are those who `answered`, counted when they are needed, or None where these do not fit."""

    met: list[Any] = field(default_factory=list)
    work: int = 0
    answered: Callable[[], Any] | None = None

    @property
    def tired(self) -> bool:
        """Whether no more are to be looked for."""
        return self.work >= WORK

    def _begin(self) -> None:
        if self.answered is not None:
            own, self.answered = self.answered(), None
            self.met[:0] = [] if own is None else [own]

    def find(self, system: System, of: Mapping[int, float], least: float, some: Sequence[int] = ()) -> Any:
        """Counts that fit, of which a sum is at least so much, and of `some`, if any are named, there is anybody; None where none are found."""
        self._begin()
        found = whole_counts(system, of, least, some, [*self.met[:1], *self.met[:0:-1]][:_NEAR])
        self.work += system.unknowns**2 * (_NEAR if found is None else 1)
        return found

    def values(self, system: System, of: Mapping[int, float], *, less: bool = False) -> set[int]:
        """Values that a number can have: three, or as many as are found above and below those of counts that were met. Where `less` than all that is shown
        is known, what is found may not fit that, and is not met."""
        self._begin()
        found = list(self.met) or [counts for counts in [self.find(system, {}, 0)] if counts is not None]
        first, met = len(self.met), {_value(of, counts) for counts in found}
        for sign in (1, -1):
            row = {at: sign * factor for at, factor in of.items()}
            while met and len(met) < VALUES and (counts := self.find(system, row, max(sign * value for value in met) + 1)) is not None:
                found.append(counts)
                met.add(_value(of, counts))
        self.met += [] if less else found[first:]
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
