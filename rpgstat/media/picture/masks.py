"""How far shapes cover the dots of a picture: level and upright lines exactly, what slants in parts of a dot of which the mean is taken."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from rpgstat.media.picture.shapes import Point
from rpgstat.media.picture.stamps import Dots, Stamp, beam, merged, of_image

_PARTS = 8
"""Parts of a dot's side that slanting edges are drawn in: 64 shades of coverage."""

FAT = 0.25 / _PARTS
"""Dots by which a filled polygon reaches beyond its outline, in the mean: Pillow fills the parts that the outline runs through too."""

_AT_ONCE = 60
"""Dots of a line after which another part of it is drawn: the rectangle around a long part would be large and empty."""

_TURN = tuple((math.cos(2 * math.pi * i / 48), math.sin(2 * math.pi * i / 48)) for i in range(48))
"""A circle, as a polygon that is no further from it than a part of a dot at the size of markers."""


def snapped(at: float, width: float) -> float:
    """The middle of a line so many dots wide where its edges are sharpest: on a dot, or between two.

    >>> snapped(10.3, 3.1), snapped(10.3, 1.7)
    (10.5, 10.0)
    """
    return math.floor(at + 0.5) + (0.5 if round(width) % 2 else 0.0)


def stroke(points: Sequence[Point], width: float, dashes: Sequence[float] = ()) -> list[Stamp]:
    """A line through places in dots, so many dots wide; `dashes` are the lengths of strokes and gaps in turn, in dots too.

    It ends squarely and has round corners. Where all of it is level or upright it is set to the dots of the page.
    """
    level = all(map(_is_straight, points, points[1:]))
    if level:
        points = [(snapped(x, width), snapped(y, width)) for x, y in points]
    pieces = list(_cut(points, dashes)) if dashes else [list(points)]
    if len({y for _, y in points}) == 1:
        return [beam([_ends(x for x, _ in piece) for piece in pieces], points[0][1], width)]
    if len({x for x, _ in points}) == 1:
        return [beam([_ends(y for _, y in piece) for piece in pieces], points[0][0], width, upright=True)]
    return list(merged(_steps(pieces, width) if level else [part for piece in pieces for part in _bends(piece, width)]))


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


def _steps(pieces: Sequence[Sequence[Point]], width: float) -> list[Stamp]:
    """A line that runs level and upright, in stretches that reach into the corners between them; all at one height are one stamp."""
    spans: dict[tuple[bool, float], list[tuple[float, float]]] = defaultdict(list)
    for piece in pieces:
        stretches = [pair for pair in pairwise(piece) if pair[0] != pair[1]]
        for i, (a, b) in enumerate(stretches):
            upright = a[0] == b[0]
            start, end = a[upright], b[upright]
            on = math.copysign(width / 2, end - start)
            start, end = start - on * (i > 0), end + on * (i < len(stretches) - 1)
            spans[upright, a[not upright]].append((min(start, end), max(start, end)))
    return [beam(held, middle, width, upright=upright) for (upright, middle), held in spans.items()]


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


def polygons(*outlines: Sequence[Point]) -> Stamp:
    """Filled polygons, their corners in dots."""
    from PIL import Image, ImageDraw

    (left, right), (top, bottom) = (_ends(point[i] for outline in outlines for point in outline) for i in (0, 1))
    x, y = math.floor(left), math.floor(top)
    drawn = Image.new("L", ((math.ceil(right + 0.1) - x) * _PARTS, (math.ceil(bottom + 0.1) - y) * _PARTS))
    pen = ImageDraw.Draw(drawn)
    for outline in outlines:
        pen.polygon([(round((px - x) * _PARTS - 0.5), round((py - y) * _PARTS - 0.5)) for px, py in outline], fill=255)
    return of_image(drawn.reduce(_PARTS), x, y)


def round_about(middle: Point, radius: float, corners: int = 48) -> list[Point]:
    """A circle, as a polygon."""
    return [(middle[0] + radius * x, middle[1] + radius * y) for x, y in _TURN[:: len(_TURN) // corners]]


def filled(left: float, top: float, right: float, bottom: float, radius: float) -> Stamp:
    """A rectangle with round corners: a small one is drawn, and stretched by whole dots."""
    across, down = (max(math.floor(end - start - 2 * radius) - 2, 0) for start, end in ((left, right), (top, bottom)))
    return polygons(rounded(left, top, right - across, bottom - down, radius)).stretched(across, down)


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


def hatched(place: Dots, hatch: str, inch: float, width: float) -> Stamp:
    """Slanting lines across a rectangle of dots, so many dots wide: each sign of `hatch` is three in an inch, / rising, x rising and falling."""
    left, top, right, bottom = place
    across, down, pitch = right - left, bottom - top, inch / (3 * len(hatch))
    rising = _slopes(left + top, across + down, pitch, width)
    dots = b"".join([rising[i : i + across] for i in range(down)])
    if "x" in hatch:
        falling = _slopes(left - bottom + 1, across + down, pitch, width)
        dots = _darker(dots, b"".join([falling[i : i + across] for i in reversed(range(down))]), across)
    return Stamp(dots, across, down, left, top)


def _darker(one: bytes, other: bytes, width: int) -> bytes:
    from PIL import Image, ImageChops

    size = (width, len(one) // width)
    return ImageChops.lighter(Image.frombytes("L", size, one), Image.frombytes("L", size, other)).tobytes()


@lru_cache(maxsize=256)
def _slopes(start: int, count: int, pitch: float, width: float) -> bytes:
    """How far each dot of a row is covered by lines that cross it at 45 degrees, `pitch` apart in the row."""
    off = (abs((at + pitch / 2) % pitch - pitch / 2) / math.sqrt(2) for at in range(start, start + count))
    return bytes(round(255 * min(max(0.5 + width / 2 - one, 0.0), 1.0)) for one in off)
