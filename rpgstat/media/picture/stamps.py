"""Stamps: how far each dot of a rectangle is covered, a byte for each, and how stamps of level and upright lines are made."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from rpgstat.record import record

Dots = tuple[int, int, int, int]
"""A rectangle: its left and upper dots, and those after its last."""

_SLICE = 64
"""Dots across of the slices that lines are parted into."""


@record
class Stamp:
    """How far dots are covered, 0 to 255, row by row; their number across and down, and which is the upper left one.

    `even` says that it is covered alike all along.
    """

    dots: bytes
    width: int
    height: int
    x: int
    y: int
    even: bool = False

    def at(self, x: int, y: int) -> Stamp:
        """The same so many dots further right and down."""
        return Stamp(self.dots, self.width, self.height, self.x + x, self.y + y, self.even)

    def cut(self, place: Dots) -> Stamp:
        """What of it lies in a rectangle."""
        left, top, right, bottom = common((self.x, self.y, self.x + self.width, self.y + self.height), place)
        if (right - left, bottom - top) == (self.width, self.height):
            return self
        starts = range((top - self.y) * self.width + left - self.x, (bottom - self.y) * self.width, self.width)
        return Stamp(b"".join([self.dots[start : start + right - left] for start in starts]), right - left, bottom - top, left, top, self.even)

    def stretched(self, across: int, down: int) -> Stamp:
        """The same with its middle column and row as often again: a round box from a small one."""
        column, row = self.width // 2, self.height // 2
        rows = [self.dots[i : i + self.width] for i in range(0, len(self.dots), self.width)]
        rows = [own[:column] + own[column : column + 1] * across + own[column:] for own in rows]
        return Stamp(b"".join([*rows[:row], *rows[row : row + 1] * down, *rows[row:]]), self.width + across, self.height + down, self.x, self.y)


def common(one: Dots, other: Dots) -> Dots:
    """What two rectangles have in common; nothing wide or high where they lie apart.

    >>> common((-3, 5, 8, 20), (0, 0, 10, 10))
    (0, 5, 8, 10)
    """
    left, top, right, bottom = max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    return left, top, max(left, right), max(top, bottom)


def of_image(image: Any, x: int, y: int) -> Stamp:
    """A picture of one byte a dot as a stamp."""
    return Stamp(image.tobytes(), image.width, image.height, x, y)


def beam(spans: Sequence[tuple[float, float]], middle: float, width: float, *, upright: bool = False) -> Stamp:
    """Level strokes of one line, or upright ones: from where to where each runs, the middle of the line and how wide it is, all in dots."""
    (start, along), (side, across) = _covered(spans), _covered([(middle - width / 2, middle + width / 2)])
    even = len(spans) == 1
    if upright:
        rows = [across if share == 255 else across.translate(_share(share)) for share in along]
        return Stamp(b"".join(rows), len(across), len(along), side, start, even)
    rows = [along if share == 255 else along.translate(_share(share)) for share in across]
    return Stamp(b"".join(rows), len(along), len(across), start, side, even)


def _covered(spans: Sequence[tuple[float, float]]) -> tuple[int, bytes]:
    """The first dot that stretches of a row of dots reach, and how far each from there on is covered."""
    first, last = math.floor(min(a for a, _ in spans)), max(max(math.ceil(b), math.floor(a) + 1) for a, b in spans)
    found = bytearray(last - first)
    for a, b in spans:
        start, end = math.floor(a), max(math.ceil(b) - 1, math.floor(a))
        found[start + 1 - first : end - first] = b"\xff" * max(end - start - 1, 0)
        for dot in {start, end}:
            share = min(b, dot + 1) - max(a, dot)
            found[dot - first] = min(255, found[dot - first] + round(255 * share))
    return first, bytes(found)


@cache
def _share(share: int) -> bytes:
    """So many of 255 parts of each coverage."""
    return bytes([round(cover * share / 255) for cover in range(256)])


def merged(stamps: Sequence[Stamp]) -> Iterator[Stamp]:
    """Stamps that may lie on one another as some that stand side by side; where they did the higher coverage counts.

    They are upright slices of all: around the whole of a line that rises and falls there is much that it does not cover.
    """
    left, right = min(stamp.x for stamp in stamps), max(stamp.x + stamp.width for stamp in stamps)
    for x in range(left, right, _SLICE):
        there = [stamp for stamp in stamps if stamp.x < x + _SLICE and x < stamp.x + stamp.width]
        parts = [stamp.cut((x, stamp.y, x + _SLICE, stamp.y + stamp.height)) for stamp in there]
        if parts:
            yield parts[0] if len(parts) == 1 else _merged(parts)


def _merged(stamps: Sequence[Stamp]) -> Stamp:
    x, y = min(stamp.x for stamp in stamps), min(stamp.y for stamp in stamps)
    width, height = max(stamp.x + stamp.width for stamp in stamps) - x, max(stamp.y + stamp.height for stamp in stamps) - y
    found = bytearray(width * height)
    for stamp in stamps:
        for row in range(stamp.height):
            start = (stamp.y - y + row) * width + stamp.x - x
            own, there = stamp.dots[row * stamp.width : (row + 1) * stamp.width], found[start : start + stamp.width]
            found[start : start + stamp.width] = bytes(map(max, own, there)) if any(there) else own
    return Stamp(bytes(found), width, height, x, y)
