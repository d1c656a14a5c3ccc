"""A figure as bands set below one another: a heading, blocks of rows, a caption; on one sheet, or on pages that each fit A4."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import field, replace

from rpgstat.media.picture.paper import INK, LEAD, QUIET, SMALL, TITLE, Canvas, line_height, measure, page_width, shorten, wrap
from rpgstat.media.picture.shapes import Dashes
from rpgstat.record import record

MARGIN = 0.05
"""Inches of white above and below a figure."""

GAP = 0.12
"""Inches between two parts of a figure."""


@record
class Band:
    """A strip of the figure: its height in inches, and what draws it when told its top."""

    height: float
    draw: Callable[[Canvas, float], None]


@record
class Block:
    """Rows under one heading; on a further page the heading, `again`, stands over the rest of them."""

    head: Band
    rows: tuple[Band, ...]
    again: Band


@record
class Sheet:
    """A figure before it is drawn: `title` and `subtitle` may be left out, `lead` says what is found, `caption` what is shown and how it was tested,
    `source` where the figures come from, which stands below it where the title stands above.

    `width` is what it needs, where that is not left to the page: it is wider where the page is turned.
    """

    title: str
    lead: tuple[str, ...]
    legend: tuple[Band, ...]
    blocks: tuple[Block, ...]
    caption: tuple[str, ...]
    subtitle: str = ""
    width: float = field(default_factory=page_width)
    source: str = ""

    def pages(self, limit: float | None, *, titled: bool = True) -> list[list[Band]]:
        """The bands of each page, at most `limit` inches high unless a single row is higher; without a limit there is one page.

        The caption stands on the last page, with a row at least. A block that fits on a page of its own
        is not parted where that would leave less than half a page empty.
        """
        caption = [paragraph(words, SMALL, QUIET, width=self.width) for words in (*self.caption, self.source if titled else "") if words]
        pages = [[*self._heading(titled), *self.legend]]
        above, room = _height(pages[0]), limit or math.inf
        for block in self.blocks:
            last = _height(caption) + GAP if block is self.blocks[-1] else 0.0  # what has to stand below its last row
            used, whole = _height(pages[-1]), block.head.height + _height(block.rows) + last
            together = above + whole <= room < used + whole and used > room / 2
            first = _height(block.rows[:1]) + (last if len(block.rows) == 1 else 0.0)
            if together or (used > above and used + block.head.height + first > room):
                pages.append([*self.legend])
            pages[-1].append(block.head)
            for i, row in enumerate(block.rows):
                below = last if i == len(block.rows) - 1 else 0.0
                if i and _height(pages[-1]) + row.height + below > room:
                    pages.append([*self.legend, block.again])
                pages[-1].append(row)
            if _height(pages[-1]) + GAP <= room:
                pages[-1].append(space(GAP))
        return [*pages[:-1], [*pages[-1], *caption]]

    def _heading(self, titled: bool) -> list[Band]:
        title = [paragraph(self.title, TITLE, INK, bold=True, width=self.width), space(0.03)] if titled else []
        title += [paragraph(self.subtitle, LEAD, QUIET, width=self.width)] if titled and self.subtitle else []
        return [*title, *(paragraph(words, LEAD, INK, width=self.width) for words in self.lead), space(0.06)]


def draw(bands: Sequence[Band], width: float = 0.0, scale: float = 1.0, height: float = 0.0) -> Canvas:
    """A page of a sheet, of the width it needs, drawn `scale` times as large; at least so high as `height`, in inches before that."""
    canvas = Canvas(max(_height(bands) + 2 * MARGIN, height), width or page_width(), scale)
    top = MARGIN
    for band in bands:
        band.draw(canvas, top)
        top += band.height
    return canvas


def _height(bands: Sequence[Band]) -> float:
    return sum(band.height for band in bands)


def space(height: float) -> Band:
    """An empty band."""
    return Band(height, lambda *_: None)


def both(upper: Band, lower: Band) -> Band:
    """Two bands that no page parts."""

    def draw(canvas: Canvas, top: float) -> None:
        upper.draw(canvas, top)
        lower.draw(canvas, top + upper.height)

    return Band(upper.height + lower.height, draw)


def paragraph(words: str, size: float, colour: str, *, bold: bool = False, width: float = 0.0) -> Band:
    """Words over the whole width, that of the page unless another is given."""
    lines = wrap(words, size, (width or page_width()) - 0.02, bold, most=12)
    return Band(len(lines) * line_height(size) + 0.02, lambda canvas, top: canvas.lines(0, top, lines, size, bold=bold, colour=colour))


Sign = Callable[[Canvas, float, float], None]
"""Draws the sign of a legend's entry around a place."""


@record
class Key:
    """One entry of a legend: words after a sign, which `draw` puts at the x and y of its middle."""

    words: str
    draw: Sign


def legend(keys: Sequence[Key], indent: float = 0.0, most: float = 2.4) -> Band:
    """Entries side by side, in as many lines as they need; words wider than `most` inches are cut."""
    sign, gap, pitch = 0.2, 0.16, 0.17
    placed: list[tuple[float, int, Key]] = []
    x, row = indent, 0
    for key in keys:
        shown = replace(key, words=shorten(key.words, SMALL, most))
        width = sign + measure(shown.words, SMALL) + gap
        if x > indent and x + width - gap > page_width():
            x, row = indent, row + 1
        placed.append((x, row, shown))
        x += width

    def draw(canvas: Canvas, top: float) -> None:
        for left, line, key in placed:
            y = top + (line + 0.5) * pitch
            key.draw(canvas, left + sign / 2 - 0.02, y)
            canvas.text(left + sign, y, key.words, SMALL)

    return Band((row + 1) * pitch + 0.05, draw)


def mark(shape: str, colour: str, *, filled: bool = True, size: float = 4.6, line: bool = False) -> Sign:
    """A marker, on a short line where it stands for a value with an interval."""

    def draw(canvas: Canvas, x: float, y: float) -> None:
        if line:
            canvas.line([x - 0.09, x + 0.09], [y, y], colour, 1.0)
        canvas.mark(x, y, shape, colour, filled=filled, size=size)

    return draw


def symbol(words: str) -> Sign:
    """A sign of text."""
    return lambda canvas, x, y: canvas.text(x, y, words, SMALL, align="center")


def dashes(style: Dashes, *, upright: bool = False, colour: str = INK) -> Sign:
    """A broken line."""
    if upright:
        return lambda canvas, x, y: canvas.line([x, x], [y - 0.07, y + 0.07], colour, 0.8, dashes=style)
    return lambda canvas, x, y: canvas.line([x - 0.09, x + 0.09], [y, y], colour, 0.9, dashes=style)


def swatch(colour: str, hatch: str = "") -> Sign:
    """A filled area."""
    return lambda canvas, x, y: canvas.box(x - 0.07, y - 0.05, 0.14, 0.1, colour, hatch=hatch)
