"""The four signals of special-cause variation, in the order in which they name a point (NHS England, Making Data Count)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat.record import record

RULES = ("outside", "trend", "two_of_three", "shift")
"""Which rule names a point that several hold for: the first of them."""

_ROUNDING = 1e-12  # of the largest value: a point this near to a line lies on it


@record
class Lines:
    """Centre, limits and two-sigma lines at one point, in its unit; the limits are None where no range could be measured."""

    centre: float
    lower: float | None
    upper: float | None
    lower_two_sigma: float | None
    upper_two_sigma: float | None

    @staticmethod
    def around(centre: float, reach: float | None) -> Lines:
        """Lines at three sigma (`reach`) and two sigma from the centre.

        >>> Lines.around(10, 3)
        Lines(centre=10, lower=7, upper=13, lower_two_sigma=8.0, upper_two_sigma=12.0)
        """
        if reach is None:
            return Lines(centre, None, None, None, None)
        near = reach * 2 / 3
        return Lines(centre, centre - reach, centre + reach, centre - near, centre + near)


@record
class Signal:
    """The rule that a point belongs to, and whether it points up."""

    rule: str
    high: bool


def signals(*, times: Sequence[int], values: Sequence[float], lines: Sequence[Lines], run_length: int = 7) -> list[Signal | None]:
    """The signal at each point, or None: common-cause variation.

    - outside: strictly beyond a limit.
    - trend: `run_length` points, each strictly further in one direction than the one before; all are marked. A tie ends it.
    - two_of_three: of three neighbouring points on one side, two at least lie beyond the two-sigma line and within the limit; those are marked.
    - shift: `run_length` points on one side; all are marked. A point on the centre ends it.

    A missing period (`times` are period indices, rising) ends every run. Raises ValueError for a run length below 3.

    >>> line = Lines.around(10, 3)
    >>> found = signals(times=range(9), values=[14, 9, 11, 11, 12, 11, 11, 11, 11], lines=[line] * 9)
    >>> [point and point.rule for point in found]
    ['outside', None, 'shift', 'shift', 'shift', 'shift', 'shift', 'shift', 'shift']
    """
    if run_length < 3:
        raise ValueError(f"run length {run_length} is below 3")
    found: list[Signal | None] = [None] * len(values)
    tolerance = _ROUNDING * max(map(abs, values), default=0.0)
    places = [_place(value, line, tolerance) for value, line in zip(values, lines, strict=True)]
    for stretch in _unbroken(times):
        for i, signal in _of_stretch(stretch, values, places, run_length, tolerance):
            known = found[i]
            if known is None or RULES.index(signal.rule) < RULES.index(known.rule):
                found[i] = signal
    return found


def _place(value: float, line: Lines, tolerance: float) -> int:
    """0 on the centre, else 1 on a side, 2 beyond its two-sigma line, 3 beyond its limit; negative below."""
    off = value - line.centre
    side = 0 if abs(off) <= tolerance else 1 if off > 0 else -1
    if side == 0 or line.upper is None or line.upper_two_sigma is None:
        return side
    size = abs(off) - tolerance
    return side * (3 if size > line.upper - line.centre else 2 if size > line.upper_two_sigma - line.centre else 1)


def _unbroken(times: Sequence[int]) -> Iterator[range]:
    start = 0
    for i in range(1, len(times) + 1):
        if i == len(times) or times[i] != times[i - 1] + 1:
            yield range(start, i)
            start = i


def _of_stretch(stretch: range, values: Sequence[float], places: Sequence[int], run_length: int, tolerance: float) -> Iterator[tuple[int, Signal]]:
    yield from ((i, Signal("outside", places[i] > 0)) for i in stretch if abs(places[i]) == 3)
    yield from _runs(stretch, [_sign(places[i]) for i in stretch], run_length, "shift")
    moves = [_sign(_beyond(values[i] - values[i - 1], tolerance)) for i in stretch[1:]]
    yield from _runs(stretch, moves, run_length - 1, "trend")
    for i in stretch[:-2]:
        three = range(i, i + 3)
        if abs(sum(_sign(places[j]) for j in three)) == 3 and sum(abs(places[j]) == 2 for j in three) >= 2:
            yield from ((j, Signal("two_of_three", places[j] > 0)) for j in three if abs(places[j]) == 2)


def _runs(stretch: range, signs: Sequence[int], least: int, rule: str) -> Iterator[tuple[int, Signal]]:
    """Marks for each run of `least` or more equal signs that are not 0; moves mark the points at both their ends."""
    start = 0
    for i in range(1, len(signs) + 1):
        if i == len(signs) or signs[i] != signs[start]:
            if signs[start] and i - start >= least:
                last = i + 1 if rule == "trend" else i
                yield from ((j, Signal(rule, signs[start] > 0)) for j in stretch[start:last])
            start = i


def _sign(number: float) -> int:
    return (number > 0) - (number < 0)


def _beyond(move: float, tolerance: float) -> float:
    return 0.0 if abs(move) <= tolerance else move
