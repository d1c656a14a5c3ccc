"""What people of a study gave: their number, answers on a scale, or scores; and sums of these in whole numbers, for fractions are slow."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import Any

from rpgstat.disclosure._possible import Levels, whole_steps
from rpgstat.record import record
from rpgstat.study import Scale

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

    def one_sided(self, people: Amount) -> bool:
        """Whether all answers, or none, lie in the upper half of the scale, or all are the same."""
        if self.scale is None:
            return False
        upper = self.scale.scores[(len(self.scale.levels) + 1) // 2 :]
        agree = sum(n for score, n in people.items() if (score > self.scale.midpoint if self.step else score in upper))
        return len(people) == 1 or (self.scale.labelled and agree in (0, people.total()))

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


def total_of(people: Amount) -> Fraction:
    """The sum of scores."""
    unit = lcm(*(score.denominator for score in people))
    return Fraction(sum(score.numerator * (unit // score.denominator) * n for score, n in people.items()), unit)
