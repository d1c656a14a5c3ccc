"""A diagram of boxes and arrows, placed and ready to be drawn: as a picture, or as shapes of a word processor."""

from __future__ import annotations

from itertools import pairwise

from rpgstat.record import record

Point = tuple[float, float]


@record
class Box:
    """A box with its paragraphs, each in its colour; `sign` stands in its lower right corner. `broken` is how its edge is drawn, `heavy` makes it stand out."""

    name: str
    x: float
    y: float
    width: float
    height: float
    paragraphs: tuple[tuple[str, str], ...]
    fill: str
    edge: str
    sign: str = ""
    sign_colour: str = ""
    broken: bool = False
    heavy: bool = False


@record
class Arrow:
    """An arrow from left to right through points, curved between them; one that `blocks` ends in a bar."""

    start: str
    end: str
    points: tuple[Point, ...]
    colour: str
    broken: bool = False
    blocks: bool = False


@record
class Caption:
    """Words above boxes; y is their middle."""

    words: str
    x: float
    y: float
    width: float
    colour: str
    size: float
    centred: bool = True


@record
class Diagram:
    """Everything placed in inches from the top left corner."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    captions: tuple[Caption, ...]


def bends(points: tuple[Point, ...], tip: float) -> list[tuple[Point, Point, Point, Point]]:
    """The Bezier curves of an arrow: each leaves and arrives level; the last stops `tip` before its end.

    >>> bends(((0.0, 0.0), (1.0, 2.0)), 0.0)
    [((0.0, 0.0), (0.45, 0.0), (0.55, 2.0), (1.0, 2.0))]
    """
    ends = [*points[:-1], (points[-1][0] - tip, points[-1][1])]
    curves = []
    for (x0, y0), (x1, y1) in pairwise(ends):
        reach = 0.45 * (x1 - x0)
        curves.append(((x0, y0), (x0 + reach, y0), (x1 - reach, y1), (x1, y1)))
    return curves
