"""One small plot: a frame with round values at its left and periods below it, and a line that stops where there is no value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby, pairwise

from rpgstat.media.picture.axis import Axis
from rpgstat.media.picture.paper import QUIET, RULE, SMALL, Canvas, measure, shorten
from rpgstat.record import record

MOST_TICKS = 8
"""Values named at the left of a plot."""


@record
class Panel:
    """Periods across and values up, in inches of the picture."""

    across: Axis
    up: Axis
    sides: tuple[float, float]

    @classmethod
    def laid(cls, left: float, right: float, top: float, bottom: float, places: Sequence[float], span: tuple[float, float], inset: float = 0.06) -> Panel:
        """A panel for periods at `places` and values within `span`; the first and the last period stand `inset` inches within it."""
        first, last = min(places, default=0.0), max(places, default=1.0)
        room = 0.5 if first == last else 0.0  # a single period stands in the middle
        return cls(Axis(first - room, last + room, left + inset, right - inset), Axis(span[0], span[1], bottom, top), (left, right))

    def grid(self, canvas: Canvas, write: Callable[[float], str]) -> None:
        """Hairlines at round values, each named at the left."""
        for tick in self.up.ticks(MOST_TICKS):
            y = self.up.at(tick)
            canvas.line(self.sides, [y, y], RULE, 0.5, above=False)
            canvas.text(self.sides[0] - 0.05, y, write(tick), SMALL, align="right", colour=QUIET)

    def periods(self, canvas: Canvas, places: Sequence[float], labels: Sequence[str]) -> None:
        """The labels of as many periods as there is room for, evenly apart, and a tick for each."""
        names = [shorten(label, SMALL, 1.2) for label in labels]
        y = self.up.left
        if not names:
            return
        wide = max(measure(name, SMALL) for name in names) + 0.1
        apart = min((self.across.at(b) - self.across.at(a) for a, b in pairwise(places)), default=wide)
        step = next((step for step in (1, 2, 3, 4, 6, 12, 24, 36, 60, 120) if step * apart >= wide), len(names))
        for i, (place, name) in enumerate(zip(places, names, strict=True)):
            x = self.across.at(place)
            if i % step == 0:
                canvas.text(x, y + 0.13, name, SMALL, align="center", colour=QUIET)
                canvas.line([x, x], [y, y + 0.04], QUIET, 0.6)

    def line(self, canvas: Canvas, places: Sequence[float], values: Sequence[float | None], colour: str, width: float = 1.2) -> None:
        """A line through the values; it is open where one is missing."""
        pairs = zip(places, values, strict=True)
        for held, run in groupby(pairs, lambda pair: pair[1] is not None):
            found = [(self.across.at(place), self.up.at(value)) for place, value in run if value is not None]
            if held and len(found) > 1:
                canvas.line([x for x, _ in found], [y for _, y in found], colour, width)
