"""What a picture is made of: shapes at their places in inches from the top left corner, each with its layer, drawn in dots or as lines of a vector file."""

from __future__ import annotations

from typing import Literal

from rpgstat.record import record

Align = Literal["left", "center", "right"]
Point = tuple[float, float]
Dashes = tuple[float, ...]
"""Lengths of strokes and gaps in turn, each in widths of the line; none for a whole line."""

HATCH, HATCH_WIDTH = "#8C8C8C", 0.6
"""The lines of a hatched box, and their width in points."""


@record
class Words:
    """A line of text on its baseline; its size in points."""

    x: float
    y: float
    words: str
    size: float
    align: Align
    bold: bool
    colour: str
    layer: float = 5


@record
class Box:
    """A filled rectangle, hatched where `hatch` says how: / or x, the more the closer."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    hatch: str
    layer: float


@record
class Line:
    """A line through points; its width in points."""

    points: tuple[Point, ...]
    colour: str
    width: float
    dashes: Dashes
    layer: float


@record
class Mark:
    """A marker: matplotlib's letter for its shape, its size and the width of its edge in points."""

    x: float
    y: float
    shape: str
    colour: str
    filled: bool
    size: float
    edge: float = 1.1
    layer: float = 4


@record
class Rounded:
    """A box with round corners of so many inches, and an edge of so many points."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    edge: str
    line: float
    dashes: Dashes
    corner: float = 0.05
    layer: float = 2


@record
class Curve:
    """Bezier curves, each from where the last one ended: a point, then three for each curve."""

    points: tuple[Point, ...]
    colour: str
    width: float
    dashes: Dashes
    layer: float = 1.5


@record
class Head:
    """A filled polygon."""

    points: tuple[Point, ...]
    colour: str
    layer: float = 3


Shape = Words | Box | Line | Mark | Rounded | Curve | Head
