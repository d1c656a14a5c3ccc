"""A picture in dots, drawn by Pillow: no other library is loaded, and a page takes a tenth of the time that it takes matplotlib."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rpgstat.media.picture import fonts, masks, typeset
from rpgstat.media.picture.inks import AllColours, FewColours, Page, TooManyError
from rpgstat.media.picture.markers import marker
from rpgstat.media.picture.shapes import HATCH, HATCH_WIDTH, Box, Curve, Dashes, Head, Line, Mark, Point, Rounded, Shape, Words
from rpgstat.media.picture.stamps import of_image
from rpgstat.record import record

if TYPE_CHECKING:
    from rpgstat.media.picture.paper import Canvas

_COMPRESSION = 2  # of 9: as small as 6 but for a quarter, in less than half the time
_ALIGNED = {"left": 0.0, "center": 0.5, "right": 1.0}


def png(canvas: Canvas, dpi: float, metadata: dict[str, str]) -> bytes:
    """A picture as PNG, so many dots to the inch: of at most 256 colours, unless it needs more."""
    from PIL import PngImagePlugin

    told, written = PngImagePlugin.PngInfo(), io.BytesIO()
    for key, words in metadata.items():
        told.add_text(key, words)
    drawn(canvas, dpi).save(written, "png", pnginfo=told, dpi=(dpi, dpi), compress_level=_COMPRESSION)
    return written.getvalue()


def drawn(canvas: Canvas, dpi: float) -> Any:
    """A picture as Pillow's, so many dots to the inch."""
    size = (math.floor(canvas.width * dpi + 1e-6), math.floor(canvas.height * dpi + 1e-6))
    try:
        return _drawn(canvas, FewColours(size), dpi)
    except TooManyError:
        return _drawn(canvas, AllColours(size), dpi)


def _drawn(canvas: Canvas, page: Page, dpi: float) -> Any:
    pen = _Pen(page, dpi * canvas.scale)
    foreign: list[Words] = []
    for shape in canvas.shapes():
        if isinstance(shape, Words) and not fonts.is_plain(shape.words):
            foreign.append(shape)
        else:
            _DRAWN[type(shape)](pen, shape)
    for colour, shapes in groupby(sorted(foreign, key=lambda shape: shape.colour), lambda shape: shape.colour):
        _set_foreign(canvas, page, list(shapes), colour, dpi)
    return page.image()


def _set_foreign(canvas: Canvas, page: Page, shapes: Sequence[Words], colour: str, dpi: float) -> None:
    """Sets text whose letters are joined; all words lie above all other shapes."""
    from rpgstat.media.picture import vectors

    covered = vectors.coverage(canvas, shapes, dpi)
    if box := covered.getbbox():
        page.stamp(of_image(covered.crop(box), box[0], box[1]), colour)


@record
class _Pen:
    """Draws on a page of which so many dots are an inch of the canvas."""

    page: Page
    inch: float

    def at(self, points: Sequence[Point]) -> list[Point]:
        """Places of the canvas in dots."""
        return [(x * self.inch, y * self.inch) for x, y in points]

    def points(self, size: float) -> float:
        """Points of print in dots."""
        return size * self.inch / 72

    def words(self, shape: Words) -> None:
        pixels = round(self.points(shape.size), 3)
        if stamp := typeset.line(shape.words, pixels, shape.bold):
            start = shape.x * self.inch - fonts.plain_length(shape.words, pixels, shape.bold) * _ALIGNED[shape.align]
            self.page.stamp(stamp.at(round(start), round(shape.y * self.inch)), shape.colour)

    def box(self, shape: Box) -> None:
        left, top, right, bottom = (math.floor(at * self.inch + 0.5) for at in (shape.x, shape.y, shape.x + shape.width, shape.y + shape.height))
        if shape.width <= 0 or shape.height <= 0:
            return
        place = (left, top, max(right, left + 1), max(bottom, top + 1))  # a share may be small, but it is there
        self.page.fill(place, shape.colour)
        if shape.hatch:
            self.page.stamp(masks.hatched(place, shape.hatch, self.inch, self.points(HATCH_WIDTH)), HATCH)

    def line(self, shape: Line) -> None:
        self._stroke(self.at(shape.points), shape.width, shape.dashes, shape.colour)

    def curve(self, shape: Curve) -> None:
        self._stroke(masks.flat(self.at(shape.points)), shape.width, shape.dashes, shape.colour)

    def _stroke(self, points: Sequence[Point], width: float, dashes: Dashes, colour: str) -> None:
        wide = self.points(width)
        for stamp in masks.stroke(points, wide, [length * wide for length in dashes]):
            self.page.stamp(stamp, colour)

    def head(self, shape: Head) -> None:
        self.page.stamp(masks.polygons(self.at(shape.points)), shape.colour)

    def mark(self, shape: Mark) -> None:
        """A marker stands in the middle of the line through it."""
        x, y = (masks.snapped(at * self.inch, self.points(1.0)) for at in (shape.x, shape.y))
        size, edge = (round(self.points(own), 3) for own in (shape.size, shape.edge))
        outer, inner = marker(shape.shape, size, edge, x % 1)
        for stamp, colour in ((outer, shape.colour), *(() if shape.filled else ((inner, "white"),))):
            self.page.stamp(stamp.at(math.floor(x), math.floor(y)), colour)

    def rounded(self, shape: Rounded) -> None:
        width = self.points(shape.line)
        ends = self.at([(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)])
        (left, top), (right, bottom) = ((masks.snapped(x, width), masks.snapped(y, width)) for x, y in ends)

        def around(by: float) -> tuple[float, float, float, float, float]:
            return left - by, top - by, right + by, bottom + by, shape.corner * self.inch + by

        if shape.dashes:
            self.page.stamp(masks.filled(*around(0.0)), shape.fill)
            self._stroke(masks.rounded(*around(0.0)), shape.line, shape.dashes, shape.edge)
            return
        for by, colour in ((width / 2, shape.edge), (-width / 2, shape.fill)):
            self.page.stamp(masks.filled(*around(by - masks.FAT)), colour)


_DRAWN: dict[type[Shape], Callable[[_Pen, Any], None]] = {
    Words: _Pen.words,
    Box: _Pen.box,
    Line: _Pen.line,
    Mark: _Pen.mark,
    Rounded: _Pen.rounded,
    Curve: _Pen.curve,
    Head: _Pen.head,
}
