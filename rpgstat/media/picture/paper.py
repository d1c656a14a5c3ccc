"""Paper to draw on: places in inches from the top left corner, text measured before it is set, and the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from rpgstat.media import stamp
from rpgstat.media.diagram import bends
from rpgstat.media.picture import fonts
from rpgstat.media.picture.shapes import Align, Box, Curve, Dashes, Head, Line, Mark, Rounded, Shape, Words
from rpgstat.media.picture.wanted import WIDTH as WIDTH
from rpgstat.media.picture.wanted import wanted

INK, QUIET, RULE, PALE = "#1A1A1A", "#595959", "#D0D0D0", "#F2F2F2"
"""Text; text beside it (7:1 on white); hairlines; the ground of what is withheld."""

TITLE, LEAD, LABEL, SMALL, TINY = 10.0, 8.5, 8.0, 7.0, 7.0
"""Sizes of text in points, at the size at which the figure is printed; none is under 7."""

NARROW = 4.6
"""Inches: in a figure narrower than this the label of a row stands above it, not beside it."""


def page_width() -> float:
    """Inches that a figure is laid out in: a wider one is the same, larger.

    >>> page_width()
    6.3
    """
    return min(wanted().width or WIDTH, wanted().most)


def is_narrow() -> bool:
    """Whether labels stand above their rows."""
    return page_width() < NARROW


_DPI = 300
PAGE_DPI = 220
"""Dots to the inch in a document: what word processors keep of a picture."""
_MOST_PIXELS = 40_000
"""A side longer than this is drawn with fewer dots to the inch: viewers and memory give out beyond it."""

BROKEN = (3.0, 2.0)
"""Dashes of boxes and arrows that are broken."""


def line_height(size: float) -> float:
    """Inches from one line of text to the next.

    >>> round(line_height(8), 3)
    0.139
    """
    return size * 1.25 / 72


_UNIT = re.compile(r"(\d|\bn|\bp|[=<>]|\[[^]\s]{1,12},) (?=[%=<>.−\d])")
"""What does not stand at the end of a line: a number before its sign, `n =` before its number, the first limit of an interval."""


@lru_cache(maxsize=50_000)
def measure(words: str, size: float, bold: bool = False) -> float:
    """The width of a line of text in inches."""
    return fonts.length(words, size, bold) / 72


def wrap(words: str, size: float, width: float, bold: bool = False, most: int = 8) -> list[str]:
    """Words in lines of at most `width` inches; a longer word is broken, and what is left after `most` lines gives way to "…"."""
    lines: list[str] = []
    for word in _UNIT.sub("\\1\N{NO-BREAK SPACE}", words).split(" "):
        for piece in _pieces(word, size, width, bold):
            if lines and measure(f"{lines[-1]} {piece}", size, bold) <= width:
                lines[-1] = f"{lines[-1]} {piece}"
            else:
                lines.append(piece)
        if len(lines) > most:
            return [*lines[: most - 1], shorten(f"{lines[most - 1]} {lines[most]}", size, width, bold, cut=True)]
    return lines or [""]


def _pieces(word: str, size: float, width: float, bold: bool) -> Iterator[str]:
    while word and measure(word, size, bold) > width:
        fits = max((i for i in range(1, len(word)) if measure(word[:i], size, bold) <= width), default=1)
        yield word[:fits]
        word = word[fits:]
    if word:
        yield word


def shorten(words: str, size: float, width: float, bold: bool = False, *, cut: bool = False) -> str:
    """Words on one line of at most `width` inches, ended with "…" where they are longer, or where `cut` says that more was to come."""
    if not cut and measure(words, size, bold) <= width:
        return words
    while words and measure(f"{words}…", size, bold) > width:
        words = words[:-1].rstrip()
    return f"{words}…"


class Canvas:
    """One picture, drawn `scale` times as large. Every place is in inches before that, x from the left edge and y from the top one."""

    def __init__(self, height: float, width: float = WIDTH, scale: float = 1.0) -> None:
        self.height, self.width, self.scale = height * scale, width * scale, scale
        self._shapes: list[Shape] = []

    def shapes(self) -> list[Shape]:
        """What is drawn, from the lowest layer to the highest, in each as it came."""
        return sorted(self._shapes, key=lambda shape: shape.layer)

    def text(self, x: float, y: float, words: str, size: float = LABEL, *, align: Align = "left", bold: bool = False, colour: str = INK) -> None:
        """A line of text; y is its middle. Nothing in it is read as mathematics or markup."""
        # Text is placed by its baseline, not by its own extent: words with and without descenders stand on one line.
        self._shapes.append(Words(x, y + size * 0.36 / 72, words, size, align, bold, colour))

    def note(self, x: float, y: float, words: str, size: float, width: float) -> None:
        """A line of quiet text on a white ground over what is drawn there, cut to `width`."""
        shown = shorten(words, size, width)
        self.box(x - 0.02, y - size * 0.55 / 72, measure(shown, size) + 0.04, size * 1.1 / 72, "white", above=True)
        self.text(x, y, shown, size, colour=QUIET)

    def lines(self, x: float, y: float, lines: Sequence[str], size: float = LABEL, *, align: Align = "left", bold: bool = False, colour: str = INK) -> None:
        """Lines of text below one another; y is the top of the first."""
        for i, words in enumerate(lines):
            self.text(x, y + (i + 0.5) * line_height(size), words, size, align=align, bold=bold, colour=colour)

    def box(self, x: float, y: float, width: float, height: float, colour: str, *, hatch: str = "", above: bool = False) -> None:
        """A filled rectangle; `above` puts it over lines, behind text."""
        self._shapes.append(Box(x, y, width, height, colour, hatch, 3.5 if above else 2))

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str = RULE, width: float = 0.6, *, dashes: Dashes = (), above: bool = True) -> None:
        """A line through points; `above` false puts it behind bars."""
        self._shapes.append(Line(tuple(zip(xs, ys, strict=True)), colour, width, dashes, 3 if above else 1))

    def mark(self, x: float, y: float, shape: str, colour: str, *, filled: bool = True, size: float = 4.6) -> None:
        """A marker: `shape` is matplotlib's letter for it; hollow ones are filled with white."""
        self._shapes.append(Mark(x, y, shape, colour, filled, size))

    def rounded(self, x: float, y: float, width: float, height: float, fill: str, edge: str, line: float, *, broken: bool = False) -> None:
        """A box with round corners."""
        self._shapes.append(Rounded(x, y, width, height, fill, edge, line, BROKEN if broken else ()))

    def arrow(self, points: Sequence[tuple[float, float]], colour: str, *, broken: bool = False, blocks: bool = False) -> None:
        """An arrow through points, curved between them, to a head or, where it `blocks`, to a bar."""
        tip, (x, y) = 0.075, points[-1]
        curves = bends(tuple(points), tip)
        corners = (curves[0][0], *(corner for curve in curves for corner in curve[1:]))
        self._shapes.append(Curve(corners, colour, 0.9 if broken else 1.1, BROKEN if broken else ()))
        if blocks:
            self.line([x - tip, x - tip], [y - 0.06, y + 0.06], colour, 1.8)
        else:
            self._shapes.append(Head(((x - tip, y - 0.04), (x, y), (x - tip, y + 0.04)), colour))

    def png(self, title: str, description: str, dpi: int = _DPI) -> bytes:
        """The picture in dots, `dpi` to the inch or as many as a long one can have, with its title and description in it."""
        from rpgstat.media.picture import dots

        made = stamp.told_date()
        when = {"Creation Time": f"{made:%Y-%m-%dT%H:%M:%SZ}"} if made else {}
        return dots.png(self, min(dpi, _MOST_PIXELS / self.height), {"Title": title, "Description": description} | when)

    def svg(self, title: str, description: str) -> bytes:
        """The picture as SVG, with its title and description in it, and no date but one that was told."""
        from rpgstat.media.picture import vectors

        return vectors.svg(self, title, description)
