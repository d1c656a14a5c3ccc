"""How far shapes cover the dots of a picture: level and upright lines exactly, what slants in parts of a dot of which the mean is taken."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple

from rpgstat.media.picture.shapes import Point

_PARTS = 8
"""Parts of a dot's side that slanting edges are drawn in: 64 shades of coverage."""

FAT = 0.25 / _PARTS
"""Dots by which a filled polygon reaches beyond its outline, in the mean: Pillow fills the parts that the outline runs through too."""

_AT_ONCE = 60
"""Dots of a line after which another part of it is drawn: the rectangle around a long part would be large and empty."""

_TURN = tuple((math.cos(2 * math.pi * i / 48), math.sin(2 * math.pi * i / 48)) for i in range(48))
"""A circle, as a polygon that is no further from it than a part of a dot at the size of markers."""


class Stamp(NamedTuple):
    """How far dots are covered, 0 to 255, and which dot is the upper left one; `even` where all along it is covered alike."""

    mask: Any
    x: int
    y: int
    even: bool = False

    @property
    def place(self) -> tuple[int, int, int, int]:
        """The rectangle of dots that it covers."""
        return (self.x, self.y, self.x + self.mask.width, self.y + self.mask.height)


def snapped(at: float, width: float) -> float:
    """The middle of a line so many dots wide where its edges are sharpest: on a dot, or between two.

    >>> snapped(10.3, 3.1), snapped(10.3, 1.7)
    (10.5, 10.0)
    """
    return math.floor(at + 0.5) + (0.5 if round(width) % 2 else 0.0)


def stroke(points: Sequence[Point], width: float, dashes: Sequence[float] = ()) -> Stamp:
    """A line through places in dots, so many dots wide; `dashes` are the lengths of strokes and gaps in turn, in dots too.

    It ends squarely and has round corners. Where all of it is level or upright it is set to the dots of the page.
    """
    level = all(map(_is_straight, points, points[1:]))
    if level:
        points = [(snapped(x, width), snapped(y, width)) for x, y in points]
    pieces = list(_cut(points, dashes)) if dashes else [list(points)]
    if len({y for _, y in points}) == 1:
        return _beam([_ends(x for x, _ in piece) for piece in pieces], points[0][1], width)
    if len({x for x, _ in points}) == 1:
        return _turned(_beam([_ends(y for _, y in piece) for piece in pieces], points[0][0], width))
    return _merged([part for piece in pieces for part in (_steps(piece, width) if level else _bends(piece, width))])


def _is_straight(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < 1e-4 or abs(one[1] - other[1]) < 1e-4


def _ends(places: Iterable[float]) -> tuple[float, float]:
    held = list(places)
    return min(held), max(held)


def _cut(points: Sequence[Point], dashes: Sequence[float]) -> Iterator[list[Point]]:
    """The strokes of a broken line."""
    turn, left, piece = 0, dashes[0], [points[0]]
    for (x0, y0), (x1, y1) in pairwise(points):
        length, gone = math.hypot(x1 - x0, y1 - y0), 0.0
        while length - gone > left:
            gone += left
            at = (x0 + (x1 - x0) * gone / length, y0 + (y1 - y0) * gone / length)
            if turn % 2 == 0:
                yield [*piece, at]
            turn, piece = turn + 1, [at]
            left = dashes[turn % len(dashes)]
        left -= length - gone
        piece.append((x1, y1))
    if turn % 2 == 0 and len(piece) > 1:
        yield piece


def _steps(piece: Sequence[Point], width: float) -> Iterator[Stamp]:
    """A line that runs level and upright, in stretches that reach into the corners between them."""
    stretches = [pair for pair in pairwise(piece) if pair[0] != pair[1]]
    for i, (a, b) in enumerate(stretches):
        upright = a[0] == b[0]
        start, end = a[upright], b[upright]
        on = math.copysign(width / 2, end - start)
        start, end = start - on * (i > 0), end + on * (i < len(stretches) - 1)
        beam = _beam([(min(start, end), max(start, end))], a[not upright], width)
        yield _turned(beam) if upright else beam


def _bends(piece: Sequence[Point], width: float) -> Iterator[Stamp]:
    """A line that slants, in parts that are not too long to be drawn at once, with its round corners."""
    half, drawn, gone = width / 2 - FAT, list[list[Point]](), 0.0
    for i, (a, b) in enumerate(pairwise(piece)):
        if a == b:
            continue
        drawn += [slanting(a, b, half), *([round_about(b, half, 12)] if i < len(piece) - 2 else [])]
        gone += math.dist(a, b)
        if gone > _AT_ONCE:
            yield polygons(*drawn)
            drawn, gone = [], 0.0
    if drawn:
        yield polygons(*drawn)


def slanting(a: Point, b: Point, half: float) -> list[Point]:
    """A stretch of a line that reaches so far to either side."""
    share = half / math.dist(a, b)
    x, y = (b[1] - a[1]) * share, (a[0] - b[0]) * share
    return [(a[0] + x, a[1] + y), (b[0] + x, b[1] + y), (b[0] - x, b[1] - y), (a[0] - x, a[1] - y)]


def _beam(spans: Sequence[tuple[float, float]], middle: float, width: float) -> Stamp:
    """Level strokes of one line."""
    from PIL import Image, ImageChops

    (x, along), (y, across) = _covered(spans), _covered([(middle - width / 2, middle + width / 2)])
    size = (len(along), len(across))
    row = Image.frombytes("L", (size[0], 1), bytes(along)).resize(size, Image.Resampling.NEAREST)
    column = Image.frombytes("L", (1, size[1]), bytes(across)).resize(size, Image.Resampling.NEAREST)
    return Stamp(ImageChops.multiply(row, column), x, y, even=len(spans) == 1)


def _covered(spans: Sequence[tuple[float, float]]) -> tuple[int, bytearray]:
    """The first dot that stretches of a row of dots reach, and how far each from there on is covered."""
    first, last = math.floor(min(a for a, _ in spans)), max(max(math.ceil(b), math.floor(a) + 1) for a, b in spans)
    found = bytearray(last - first)
    for a, b in spans:
        start, end = math.floor(a), max(math.ceil(b) - 1, math.floor(a))
        found[start + 1 - first : end - first] = b"\xff" * max(end - start - 1, 0)
        for dot in {start, end}:
            share = min(b, dot + 1) - max(a, dot)
            found[dot - first] = min(255, found[dot - first] + round(255 * share))
    return first, found


def _turned(stamp: Stamp) -> Stamp:
    from PIL import Image

    return Stamp(stamp.mask.transpose(Image.Transpose.TRANSPOSE), stamp.y, stamp.x, stamp.even)


def _merged(stamps: Sequence[Stamp]) -> Stamp:
    """Stamps as one; where they lie on one another the darker one counts."""
    from PIL import Image, ImageChops

    left, top, right, bottom = zip(*(stamp.place for stamp in stamps), strict=True)
    x, y = min(left), min(top)
    mask = Image.new("L", (max(right) - x, max(bottom) - y))
    for stamp in stamps:
        place = (stamp.x - x, stamp.y - y, stamp.place[2] - x, stamp.place[3] - y)
        mask.paste(ImageChops.lighter(mask.crop(place), stamp.mask), place)
    return Stamp(mask, x, y)


def polygons(*outlines: Sequence[Point]) -> Stamp:
    """Filled polygons, their corners in dots."""
    from PIL import Image, ImageDraw

    (left, right), (top, bottom) = (_ends(point[i] for outline in outlines for point in outline) for i in (0, 1))
    x, y = math.floor(left), math.floor(top)
    drawn = Image.new("L", ((math.ceil(right + 0.1) - x) * _PARTS, (math.ceil(bottom + 0.1) - y) * _PARTS))
    pen = ImageDraw.Draw(drawn)
    for outline in outlines:
        pen.polygon([(round((px - x) * _PARTS - 0.5), round((py - y) * _PARTS - 0.5)) for px, py in outline], fill=255)
    return Stamp(drawn.reduce(_PARTS), x, y)


def round_about(middle: Point, radius: float, corners: int = 48) -> list[Point]:
    """A circle, as a polygon."""
    return [(middle[0] + radius * x, middle[1] + radius * y) for x, y in _TURN[:: len(_TURN) // corners]]


def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> list[Point]:
    """A rectangle with round corners, closed, from its upper left one on."""
    middles = ((left + radius, top + radius), (right - radius, top + radius), (right - radius, bottom - radius), (left + radius, bottom - radius))
    turn = [*_TURN[24:], *_TURN, _TURN[0]]
    corners = (round_corner for round_corner in (turn[12 * i : 12 * i + 13] for i in range(4)))
    found = [(x + radius * dx, y + radius * dy) for (x, y), corner in zip(middles, corners, strict=True) for dx, dy in corner]
    return [*found, found[0]]


def flat(points: Sequence[Point]) -> list[Point]:
    """Bezier curves as a line: a point, then three for each curve; in stretches of four dots, which no eye tells from a curve."""
    found = [points[0]]
    for i in range(0, len(points) - 1, 3):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = points[i : i + 4]
        steps = max(8, math.ceil(math.dist((x0, y0), (x3, y3)) / 4))
        for t in (step / steps for step in range(1, steps + 1)):
            a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
            found.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return found


def hatched(place: tuple[int, int, int, int], hatch: str, inch: float, width: float) -> Stamp:
    """Slanting lines across a rectangle of dots, so many dots wide: each sign of `hatch` is three in an inch, / rising, x rising and falling."""
    from PIL import Image, ImageChops

    left, top, right, bottom = place
    size, pitch = (right - left, bottom - top), inch / (3 * len(hatch))
    rising = _slopes(left + top, size[0] + size[1], pitch, width)
    mask = Image.frombytes("L", size, b"".join(rising[i : i + size[0]] for i in range(size[1])))
    if "x" in hatch:
        falling = _slopes(left - bottom + 1, size[0] + size[1], pitch, width)
        rows = (falling[i : i + size[0]] for i in reversed(range(size[1])))
        mask = ImageChops.lighter(mask, Image.frombytes("L", size, b"".join(rows)))
    return Stamp(mask, left, top)


@lru_cache(maxsize=256)
def _slopes(start: int, count: int, pitch: float, width: float) -> bytes:
    """How far each dot of a row is covered by lines that cross it at 45 degrees, `pitch` apart in the row."""
    off = (abs((at + pitch / 2) % pitch - pitch / 2) / math.sqrt(2) for at in range(start, start + count))
    return bytes(round(255 * min(max(0.5 + width / 2 - one, 0.0), 1.0)) for one in off)
