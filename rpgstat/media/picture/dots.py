"""A picture in dots, drawn by Pillow: no other library is loaded, and a page takes a tenth of the time that it takes matplotlib."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rpgstat.media.picture import fonts, masks
from rpgstat.media.picture.inks import AllColours, FewColours, Page, TooManyError
from rpgstat.media.picture.markers import marker
from rpgstat.media.picture.masks import Stamp
from rpgstat.media.picture.shapes import HATCH, HATCH_WIDTH, Box, Curve, Head, Line, Mark, Point, Rounded, Shape, Words
from rpgstat.record import record

if TYPE_CHECKING:
    from rpgstat.media.picture.paper import Canvas

_COMPRESSION = 3  # of 9: as small as 6 on such pictures, in half the time
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
        page.stamp(Stamp(covered.crop(box), box[0], box[1]), colour)


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
        mask, left, top, length = _set(shape.words, round(self.points(shape.size), 3), shape.bold)
        if mask:
            x = round(shape.x * self.inch - length * _ALIGNED[shape.align])
            self.page.stamp(Stamp(mask, x + left, round(shape.y * self.inch) + top), shape.colour)

    def box(self, shape: Box) -> None:
        left, top, right, bottom = (math.floor(at * self.inch + 0.5) for at in (shape.x, shape.y, shape.x + shape.width, shape.y + shape.height))
        if shape.width <= 0 or shape.height <= 0:
            return
        place = (left, top, max(right, left + 1), max(bottom, top + 1))  # a share may be small, but it is there
        self.page.fill(place, shape.colour)
        if shape.hatch:
            self.page.stamp(masks.hatched(place, shape.hatch, self.inch, self.points(HATCH_WIDTH)), HATCH)

    def line(self, shape: Line) -> None:
        self._stroke(self.at(shape.points), shape)

    def curve(self, shape: Curve) -> None:
        self._stroke(masks.flat(self.at(shape.points)), shape)

    def _stroke(self, points: Sequence[Point], shape: Line | Curve) -> None:
        width = self.points(shape.width)
        self.page.stamp(masks.stroke(points, width, [length * width for length in shape.dashes]), shape.colour)

    def head(self, shape: Head) -> None:
        self.page.stamp(masks.polygons(self.at(shape.points)), shape.colour)

    def mark(self, shape: Mark) -> None:
        """A marker stands in the middle of the line through it."""
        x, y = (masks.snapped(at * self.inch, self.points(1.0)) for at in (shape.x, shape.y))
        size, edge = (round(self.points(own), 3) for own in (shape.size, shape.edge))
        outer, inner = marker(shape.shape, size, edge, x % 1)
        for stamp, colour in ((outer, shape.colour), *(() if shape.filled else ((inner, "white"),))):
            self.page.stamp(Stamp(stamp.mask, math.floor(x) + stamp.x, math.floor(y) + stamp.y), colour)

    def rounded(self, shape: Rounded) -> None:
        width = self.points(shape.line)
        ends = self.at([(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)])
        (left, top), (right, bottom) = ((masks.snapped(x, width), masks.snapped(y, width)) for x, y in ends)

        def around(by: float) -> list[Point]:
            return masks.rounded(left - by, top - by, right + by, bottom + by, shape.corner * self.inch + by)

        if shape.dashes:
            self.page.stamp(masks.polygons(around(0.0)), shape.fill)
            self.page.stamp(masks.stroke(around(0.0), width, [length * width for length in shape.dashes]), shape.edge)
            return
        for by, colour in ((width / 2, shape.edge), (-width / 2, shape.fill)):
            self.page.stamp(masks.polygons(around(by - masks.FAT)), colour)


@lru_cache(maxsize=4000)
def _set(words: str, pixels: float, bold: bool) -> tuple[Any, int, int, float]:
    """A line of plain text: how far it covers dots, where these begin from the start of its baseline, and its length."""
    from PIL import Image, ImageDraw

    letters = fonts.letters(pixels, bold)
    length, room = float(letters.getlength(words)), math.ceil(pixels)
    drawn = Image.new("L", (math.ceil(length) + 2 * room, 3 * room))
    ImageDraw.Draw(drawn).text((room, 2 * room), words, fill=255, font=letters, anchor="ls")
    found = drawn.getbbox()
    return (drawn.crop(found), found[0] - room, found[1] - 2 * room, length) if found else (None, 0, 0, length)


_DRAWN: dict[type[Shape], Callable[[_Pen, Any], None]] = {
    Words: _Pen.words,
    Box: _Pen.box,
    Line: _Pen.line,
    Mark: _Pen.mark,
    Rounded: _Pen.rounded,
    Curve: _Pen.curve,
    Head: _Pen.head,
}
