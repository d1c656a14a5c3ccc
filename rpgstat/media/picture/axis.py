"""A scale laid across a figure: where a value stands, its ticks, and intervals on it."""

from __future__ import annotations

import math
from collections.abc import Iterable

from rpgstat.media.picture.paper import Canvas
from rpgstat.record import record

_FEW = 6
"""Ticks on a scale of ordinary width; more would touch one another at the size of print."""


@record
class Axis:
    """Values from `low` to `high` laid from `left` to `right`, in inches."""

    low: float
    high: float
    left: float
    right: float

    def at(self, value: float) -> float:
        """The place of a value, held to the ends of the axis."""
        share = (value - self.low) / (self.high - self.low) if self.high > self.low else 0.5
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def holds(self, value: float) -> bool:
        """Whether a value lies on the axis."""
        return self.low <= value <= self.high

    def ticks(self, most: int = _FEW) -> list[float]:
        """Round values along the axis."""
        return ticks(self.low, self.high, most)

    def interval(self, canvas: Canvas, y: float, low: float | None, high: float | None, colour: str) -> None:
        """An interval as a line with ends; one that leaves the axis has an arrow there instead."""
        if low is None or high is None:
            return
        canvas.line([self.at(low), self.at(high)], [y, y], colour, 1.0)
        for value, arrow in ((low, "<"), (high, ">")):
            if self.holds(value):
                canvas.line([self.at(value)] * 2, [y - 0.025, y + 0.025], colour, 1.0)
            else:
                canvas.mark(self.at(value), y, arrow, colour, size=3.0)


def ticks(low: float, high: float, most: int = _FEW) -> list[float]:
    """At most `most` round values from `low` to `high`.

    >>> ticks(1, 4), ticks(0, 10), ticks(0, 0.152)
    ([1.0, 2.0, 3.0, 4.0], [0.0, 2.0, 4.0, 6.0, 8.0, 10.0], [0.0, 0.05, 0.1, 0.15])
    """
    step = step_of(high - low, most)
    first = math.ceil(low / step - 1e-9)
    return [round(i * step, 10) for i in range(first, math.floor(high / step + 1e-9) + 1)]


def decimals(low: float, high: float, most: int) -> int:
    """How many decimals the ticks of an axis need to differ from one another.

    >>> decimals(0, 0.02, 8), decimals(0, 400, 8)
    (3, 0)
    """
    return max(0, -math.floor(math.log10(step_of(high - low, most)) + 1e-9))


def step_of(span: float, most: int = _FEW) -> float:
    """The smallest of 1, 2, 5, 10 ... (or those tenfold smaller) that parts `span` by at most `most` ticks."""
    if span <= 0:
        return 1.0
    power = 10.0 ** math.floor(math.log10(span / most))
    return next(step * power for step in (1, 2, 5, 10, 20, 50) if span / (step * power) <= most - 1 + 1e-9)


def spread(values: Iterable[float | None], *, floor: float | None = None) -> tuple[float, float]:
    """Round ends for an axis that holds the values; from `floor` where one is given."""
    held = [value for value in values if value is not None and math.isfinite(value)]
    low, high = (min(held), max(held)) if held else (0.0, 1.0)
    low = low if floor is None else min(low, floor)
    if low == high:
        low, high = low - (abs(low) or 1.0) / 2, high + (abs(high) or 1.0) / 2
    step = step_of(high - low)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
