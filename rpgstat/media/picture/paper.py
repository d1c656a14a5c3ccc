"""Paper to draw on: places in inches from the top left corner, text measured before it is set, and the same bytes every time."""

from __future__ import annotations

import io
import logging
import re
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from html import escape
from typing import TYPE_CHECKING, Any, Literal

from rpgstat.media import stamp
from rpgstat.media.diagram import bends
from rpgstat.media.picture import dots
from rpgstat.media.picture.wanted import wanted

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.text import Text

WIDTH = 6.3
"""Inches: the text of an A4 page between margins of 25 mm, so that a figure stands in a report at its own size."""

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
    return min(wanted().width or WIDTH, WIDTH)


def is_narrow() -> bool:
    """Whether labels stand above their rows."""
    return page_width() < NARROW


_DPI = 300
PAGE_DPI = 220
"""Dots to the inch in a document: what word processors keep of a picture."""
_MOST_PIXELS = 40_000
"""A side longer than this is drawn with fewer dots to the inch: viewers and memory give out beyond it."""

_SETTINGS: dict[str, Any] = {
    "font.family": ["DejaVu Sans"],  # comes with matplotlib: the same picture everywhere
    "svg.fonttype": "none",  # text stays text, to select, search and read aloud
    "svg.hashsalt": "rpgstat",  # ids of clip paths and hatches would else be drawn by lot
    "pdf.fonttype": 42,
    "hatch.linewidth": 0.6,
    "hatch.color": "#8C8C8C",
    "text.usetex": False,
    "path.simplify": False,
}


Align = Literal["left", "center", "right"]


def line_height(size: float) -> float:
    """Inches from one line of text to the next.

    >>> round(line_height(8), 3)
    0.139
    """
    return size * 1.25 / 72


_UNIT = re.compile(r"(\d|\bn|\bp|[=<>]|\[[^]\s]{1,12},) (?=[%=<>.−\d])")
"""What does not stand at the end of a line: a number before its sign, `n =` before its number, the first limit of an interval."""


@contextmanager
def settings() -> Iterator[None]:
    """matplotlib with our settings and no one else's, and quiet: what it has no glyph for is told by `lacking`. Inside itself it does nothing."""
    import matplotlib

    if matplotlib.rcParams["svg.hashsalt"] == _SETTINGS["svg.hashsalt"]:
        yield
        return
    log = logging.getLogger("matplotlib")
    level = log.level
    with matplotlib.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        log.setLevel(logging.ERROR)
        matplotlib.rcdefaults()
        everyone: Any = matplotlib.rcParams
        everyone.update(_SETTINGS)
        try:
            yield
        finally:
            log.setLevel(level)


@cache
def _font(size: float, bold: bool) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")


@lru_cache(maxsize=50_000)
def measure(words: str, size: float, bold: bool = False) -> float:
    """The width of a line of text in inches."""
    if dots.is_plain(words):
        return dots.length(words, size, bold) / 72
    from matplotlib.textpath import text_to_path

    return float(text_to_path.get_text_width_height_descent(words, _font(size, bold), False)[0]) / 72 if words else 0.0


def lacking(words: str) -> list[str]:
    """The characters of a text that the font has no glyph for: they are drawn as boxes."""
    from matplotlib.font_manager import findfont, get_font

    with settings():
        known = get_font(findfont(_font(LABEL, False))).get_charmap()
    return sorted({c for c in words if ord(c) not in known and not c.isspace() and unicodedata.category(c) not in ("Mn", "Cf")})


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
        from matplotlib.figure import Figure
        from matplotlib.transforms import Affine2D

        self.height, self.scale = height * scale, scale
        self.figure = Figure(figsize=(width * scale, height * scale), facecolor="white")
        self._texts: list[Text] = []
        self._place = Affine2D().scale(scale, -scale).translate(0, height * scale) + self.figure.dpi_scale_trans

    def text(self, x: float, y: float, words: str, size: float = LABEL, *, align: Align = "left", bold: bool = False, colour: str = INK) -> None:
        """A line of text; y is its middle. Nothing in it is read as mathematics or markup."""
        from matplotlib.text import Text

        # Text is placed by its baseline, not by its own extent: words with and without descenders stand on one line.
        place: dict[str, Any] = {"verticalalignment": "baseline", "horizontalalignment": align, "zorder": 5}
        self._texts.append(Text(x, y + size * 0.36 / 72, words, color=colour, fontproperties=_font(size, bold), parse_math=False, **place))
        self._add(self._texts[-1])

    def note(self, x: float, y: float, words: str, size: float, width: float) -> None:
        """A line of quiet text on a white ground over what is drawn there, cut to `width`."""
        shown = shorten(words, size, width)
        self.box(x - 0.02, y - size * 0.55 / 72, measure(shown, size) + 0.04, size * 1.1 / 72, "white", above=True)
        self.text(x, y, shown, size, colour=QUIET)

    def lines(self, x: float, y: float, lines: Sequence[str], size: float = LABEL, *, align: Align = "left", bold: bool = False, colour: str = INK) -> None:
        """Lines of text below one another; y is the top of the first."""
        for i, words in enumerate(lines):
            self.text(x, y + (i + 0.5) * line_height(size), words, size, align=align, bold=bold, colour=colour)

    def box(self, x: float, y: float, width: float, height: float, colour: str, *, hatch: str | None = None, above: bool = False) -> None:
        """A filled rectangle; `above` puts it over lines, behind text."""
        from matplotlib.patches import Rectangle

        self._add(Rectangle((x, y), width, height, facecolor=colour, linewidth=0, hatch=hatch, zorder=3.5 if above else 2))

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str = RULE, width: float = 0.6, *, style: Any = "-", above: bool = True) -> None:
        """A line through points; `above` false puts it behind bars."""
        from matplotlib.lines import Line2D

        self._add(Line2D(list(xs), list(ys), color=colour, linewidth=width, linestyle=style, solid_capstyle="butt", zorder=3 if above else 1))

    def mark(self, x: float, y: float, shape: str, colour: str, *, filled: bool = True, size: float = 4.6) -> None:
        """A marker: `shape` is matplotlib's letter for it; hollow ones are filled with white."""
        from matplotlib.lines import Line2D

        fill = colour if filled else "white"
        marker = Line2D([x], [y], marker=shape, markersize=size, markerfacecolor=fill, markeredgecolor=colour, markeredgewidth=1.1, linestyle="none", zorder=4)
        self._add(marker)

    def rounded(self, x: float, y: float, width: float, height: float, fill: str, edge: str, line: float, *, broken: bool = False) -> None:
        """A box with round corners."""
        from matplotlib.patches import FancyBboxPatch

        style = (0, (3, 2)) if broken else "-"
        corners = "round,pad=0,rounding_size=0.05"
        self._add(FancyBboxPatch((x, y), width, height, boxstyle=corners, facecolor=fill, edgecolor=edge, linewidth=line, linestyle=style, zorder=2))

    def arrow(self, points: Sequence[tuple[float, float]], colour: str, *, broken: bool = False, blocks: bool = False) -> None:
        """An arrow through points, curved between them, to a head or, where it `blocks`, to a bar."""
        from matplotlib.patches import PathPatch, Polygon
        from matplotlib.path import Path

        tip, (x, y) = 0.075, points[-1]
        curves = bends(tuple(points), tip)
        corners = [curves[0][0], *(corner for curve in curves for corner in curve[1:])]
        path = Path(corners, [1] + [4] * (len(corners) - 1))
        style = (0, (3, 2)) if broken else "-"
        self._add(PathPatch(path, facecolor="none", edgecolor=colour, linewidth=0.9 if broken else 1.1, linestyle=style, zorder=1.5))
        if blocks:
            self.line([x - tip, x - tip], [y - 0.06, y + 0.06], colour, 1.8)
        else:
            self._add(Polygon([(x - tip, y - 0.04), (x, y), (x - tip, y + 0.04)], facecolor=colour, edgecolor="none", zorder=3))

    def _add(self, artist: Any) -> None:
        artist.set_transform(self._place)
        for size in ("linewidth", "markersize", "markeredgewidth", "fontsize") if self.scale != 1 else ():
            if hasattr(artist, f"set_{size}"):
                getattr(artist, f"set_{size}")(getattr(artist, f"get_{size}")() * self.scale)
        self.figure.add_artist(artist)

    def png(self, title: str, description: str, dpi: int = _DPI) -> bytes:
        """The picture in dots, `dpi` to the inch or as many as a long one can have, with its title and description in it."""
        made = stamp.told_date()
        when = {"Creation Time": f"{made:%Y-%m-%dT%H:%M:%SZ}"} if made else {}
        return dots.png(self.figure, self._texts, min(dpi, _MOST_PIXELS / self.height), {"Title": title, "Description": description} | when)

    def svg(self, title: str, description: str) -> bytes:
        """The picture as SVG, with its title and description in it, and no date but one that was told."""
        made = stamp.told_date()
        metadata = {"Title": title, "Description": description, "Creator": stamp.PROGRAM, "Date": f"{made:%Y-%m-%dT%H:%M:%SZ}" if made else None}
        drawn = io.BytesIO()
        self.figure.savefig(drawn, format="svg", metadata=metadata)
        return _accessible(drawn.getvalue(), description)


def pdf(canvases: Sequence[Canvas], title: str, description: str) -> bytes:
    """Pictures as the pages of one PDF, with their title and description in it, and no date but one that was told."""
    from matplotlib.backends.backend_pdf import PdfPages

    drawn = io.BytesIO()
    metadata = {"Title": title, "Subject": description, "Creator": stamp.PROGRAM, "Producer": None, "CreationDate": stamp.told_date()}
    with PdfPages(drawn, metadata=metadata) as pages:
        for canvas in canvases:
            pages.savefig(canvas.figure)
    return drawn.getvalue()


def _accessible(svg: bytes, description: str) -> bytes:
    """The SVG as one image with its description, and fonts to fall back on where DejaVu Sans is not installed."""
    named = svg.decode().replace("<svg ", f'<svg role="img" aria-label="{escape(description)}" ', 1)
    return re.sub(r"(<text style=\"[^\"<]*?'DejaVu Sans')", r"\1, Verdana, sans-serif", named).encode()
