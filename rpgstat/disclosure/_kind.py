"""What people of a study gave: their number, answers on a scale, or scores; and sums of these in whole numbers, for fractions are slow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any, TypeVar

from rpgstat.disclosure._possible import Levels, whole_steps
from rpgstat.record import record
from rpgstat.study import Scale

K = TypeVar("K")
V = TypeVar("V")
Amount = Counter[Any]
"""How many people gave each answer, by its score."""


@record
class Kind:
    """What a cell holds: people (no scale), answers on a scale, or scores of a battery, of which `step` is the largest between two."""

    scale: Scale | None = None
    step: Fraction | None = None

    @property
    def answers(self) -> bool:
        """Whether the cell holds answers to an item, of which the whole wave's distribution is public."""
        return self.scale is not None and self.step is None

    def upper(self, answers: Sequence[Any]) -> list[bool]:
        """Which answers lie in the upper half of the scale."""
        if self.scale is None:
            return [False for _ in answers]
        half = self.scale.scores[(len(self.scale.levels) + 1) // 2 :]
        return [score > self.scale.midpoint if self.step else score in half for score in answers]

    def levels(self, people: Amount) -> Levels:
        """The answers as counts, lowest score first."""
        return tuple(people.get(score, 0) for score in self.scale.scores) if self.scale else ()

    @cached_property
    def steps(self) -> Levels:
        """The scores of the scale in whole numbers of a unit that all have: fractions are slow."""
        return whole_steps(self.scale.scores) if self.scale else ()

    def extreme(self, pool: Levels, n: int, *, up: bool) -> Fraction:
        """The largest sum of scores that n people of a pool can have, or the smallest."""
        assert self.scale is not None
        total, left = 0, n
        for step, count in sorted(zip(self.steps, pool, strict=True), reverse=up):
            total += step * min(count, left)
            left -= min(count, left)
        return Fraction(total, lcm(*(score.denominator for score in self.scale.scores)))


class Parts(Sequence[Amount]):
    """What the people of each part gave: `rows` say how many gave each of the `answers`. Amounts are made when one is asked for: fractions are slow
    as keys."""

    def __init__(self, answers: Sequence[Any], rows: Sequence[Sequence[int]]) -> None:
        self.answers, self.rows = tuple(answers), rows
        self._made: dict[int, Amount] = {}

    @classmethod
    def of(cls, parts: Iterable[Iterable[tuple[Any, int]]]) -> Parts:
        """The parts, of each who gave what. An answer is looked up once for each of its objects."""
        columns: dict[Any, int] = {}
        known: dict[int, int] = {}
        met: list[Any] = []  # kept, for an object that is gone may give its id to another
        found: list[dict[int, int]] = []
        for people in parts:
            own: dict[int, int] = {}
            for answer, n in people:
                column = known.get(id(answer))
                if column is None:
                    met.append(answer)
                    column = known[id(answer)] = columns.setdefault(answer, len(columns))
                own[column] = n
            found.append(own)
        return cls(tuple(columns), [[own.get(at, 0) for at in range(len(columns))] for own in found])

    def together(self, own: Iterable[int]) -> tuple[int, ...]:
        """How many of some parts gave each answer."""
        return tuple(map(sum, zip(*(self.rows[at] for at in own), strict=True))) or (0,) * len(self.answers)

    def amount(self, row: Iterable[int]) -> Amount:
        """A row as an amount."""
        return Counter({answer: n for answer, n in zip(self.answers, row, strict=True) if n})

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, at: Any) -> Any:
        if at not in self._made:
            if not 0 <= at < len(self.rows):
                raise IndexError(at)
            self._made[at] = self.amount(self.rows[at])
        return self._made[at]


class Lazy(dict[K, V]):
    """Values that are worked out when they are first asked for."""

    def __init__(self, make: Callable[[K], V]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, key: K) -> V:
        self[key] = found = self._make(key)
        return found


def total_of(people: Amount) -> Fraction:
    """The sum of scores."""
    unit = lcm(*(score.denominator for score in people))
    return Fraction(sum(score.numerator * (unit // score.denominator) * n for score, n in people.items()), unit)
