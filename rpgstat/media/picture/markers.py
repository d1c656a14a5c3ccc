"""Markers in dots: the outline of each shape, and of the white within a hollow one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from rpgstat.media.picture.masks import FAT, polygons, round_about, slanting
from rpgstat.media.picture.shapes import Point
from rpgstat.media.picture.stamps import Stamp

Outline = list[Point]

_STAR = tuple((r * math.sin(math.pi * i / 5), -r * math.cos(math.pi * i / 5)) for i, r in enumerate((1.0, 0.381966) * 5))
_TRIANGLES = {"^": (1, 0, 0, 1), "v": (1, 0, 0, -1), "<": (0, 1, 1, 0), ">": (0, -1, 1, 0)}
"""How each is turned from the one that points up."""


@lru_cache(maxsize=500)
def marker(shape: str, size: float, edge: float, middle: float) -> tuple[Stamp, Stamp]:
    """A marker `size` dots large with an edge so many dots wide, and what lies within that, at `middle` of a dot: 0.5, or 0.0 for its corner.

    `shape` is a letter of matplotlib's: o, s, D, ^, v, <, >, P or *.
    """
    return _drawn(_outlines(shape, size / 2, edge / 2, middle), middle), _drawn(_outlines(shape, size / 2, -edge / 2, middle), middle)


def _drawn(outlines: Sequence[Outline], middle: float) -> Stamp:
    return polygons(*([(middle + x, middle + y) for x, y in outline] for outline in outlines))


def _outlines(shape: str, half: float, grown: float, middle: float) -> list[Outline]:
    """The outlines of a shape half so large, `grown` beyond its edges."""
    if shape == "s":
        grown = round(half + grown - middle) + middle - half  # so that its sides lie between dots
    grown -= FAT
    match shape:
        case "o":
            return [round_about((0.0, 0.0), half + grown)]
        case "s":
            return [_box(half + grown, half + grown)]
        case "D":
            reach = (half + grown) * math.sqrt(2)
            return [[(0.0, -reach), (reach, 0.0), (0.0, reach), (-reach, 0.0)]]
        case "P":
            return [_box(half / 3 + grown, half + grown), _box(half + grown, half / 3 + grown)]
        case "*":
            return _star(half, grown)
        case _:
            return [_triangle(_TRIANGLES[shape], half, grown)]


def _box(across: float, up: float) -> Outline:
    return [(-across, -up), (across, -up), (across, up), (-across, up)]


def _star(radius: float, grown: float) -> list[Outline]:
    """Its points are cut off, as matplotlib does, or they would reach far out."""
    points = [(radius * x, radius * y) for x, y in _STAR]
    if grown < 0:
        return [[(x * max(1 + grown / (0.309 * radius), 0.0), y * max(1 + grown / (0.309 * radius), 0.0)) for x, y in points]]
    return [points, *(slanting(a, b, grown) for a, b in pairwise([*points, points[0]])), *(round_about(point, grown) for point in points[1::2])]


def _triangle(turn: tuple[int, int, int, int], half: float, grown: float) -> Outline:
    """Its sides keep their distance from the middle of the circle within them, which is not that of the triangle."""
    within = 2 * half / (1 + math.sqrt(5))
    larger, low = max(1 + grown / within, 0.0), half - within
    points = [(x * half * larger, low + (y * half - low) * larger) for x, y in ((0, -1), (1, 1), (-1, 1))]
    a, b, c, d = turn
    return [(a * x + b * y, c * x + d * y) for x, y in points]
