"""Figures: what of a result is drawn, as PNG, SVG or PDF, and in words for those who do not see it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rpgstat import text
from rpgstat.errors import UserError
from rpgstat.glossary.languages import draft
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.media.picture.wanted import wanted
from rpgstat.media.style import used
from rpgstat.result import Result
from rpgstat.views import FAMILIES, view
from rpgstat.views.base import Figure

if TYPE_CHECKING:
    from rpgstat.media.picture.paper import Canvas
    from rpgstat.media.picture.sheet import Sheet
from rpgstat.views.rows import covered, doubts, rows_of

PAGE = 8.7
"""Inches: the highest picture that stands on an A4 page with its caption."""

_MOST_SOURCES = 4
"""Files that a source line names."""


def can_draw(name: str) -> bool:
    """Whether a result has a figure.

    >>> can_draw("score"), can_draw("items")
    (True, False)
    """
    return view(name).figure is not None


def natural(results: Sequence[Result]) -> Result:
    """The result that is drawn of those of a command: one that was asked for besides, else the first that has a figure. Raises UserError when none has."""
    drawn = next((result for result in sorted(results, key=lambda one: not view(one.name).asked) if can_draw(result.name)), None)
    if drawn is None:
        names = text.listing([f"`{result.name}`" for result in results])
        can = [name for names in FAMILIES.values() for name in names if can_draw(name)]
        raise UserError(f"{names} cannot be drawn", f"what has a figure: {text.listing(can)}")
    return drawn


def figure(result: Result) -> Figure:
    """How a result is drawn. Raises UserError for one without a figure."""
    found = view(natural([result]).name).figure
    assert found is not None  # natural has seen to it
    return found


def lead(result: Result, beside: Sequence[Result] = ()) -> tuple[str, ...]:
    """What is found, first in one or two sentences, and which scales are not certain; `beside` as for `draw`."""
    found = view(result.name).headline(result, used()).words
    return (*([text.one_line(found)] if found else []), *figure(result).lead(result, beside), *map(text.one_line, doubts(result)))


def sheet_of(result: Result, beside: Sequence[Result] = (), suffix: str = "") -> Sheet:
    """The picture laid out: its title is what is found, where that is short; below it stands what is shown, and what is not certain.

    In one of dots or pages (`suffix`) the last line says which characters are drawn as boxes.
    """
    laid, found = figure(result).sheet(result, beside), view(result.name).headline(result, used())
    sized = wanted().width or wanted().height  # a figure for a place of its own: what is found stands in its title
    more = () if sized and found.short else laid.lead or ((text.one_line(found.words),) if found.words else ())
    boxed = boxes(result) if suffix in (".png", ".pdf") else []
    caption = (*laid.caption, say("caption.boxes", len(boxed), n=text.count(len(boxed)))) if boxed else laid.caption
    laid = replace(laid, lead=(*more, *map(text.one_line, doubts(result))), caption=caption, source=" ".join(filter(None, (source(result), draft()))))
    return replace(laid, title=text.one_line(found.short), subtitle=laid.title) if found.short else laid


def source(result: Result) -> str:
    """The files that the figures come from."""
    names = [text.one_line(name) for name in dict.fromkeys(given.name for given in result.inputs)]
    more = len(names) - _MOST_SOURCES
    return (
        say("caption.source", files=listing([*names[:_MOST_SOURCES], *([say("caption.more_files", more, n=text.count(more))] if more > 0 else [])]))
        if names
        else ""
    )


def alt_text(result: Result, beside: Sequence[Result] = ()) -> str:
    """The figure in a few sentences, for those who do not see it; `beside` as for `draw`.

    `score` says how far agreement ranges, `compare` how many changes are significant and which is largest, and so on.
    """
    drawn, title = figure(result), text.one_line(result.title)
    kind = word("drawn", drawn.kind)
    begun = f"{text.stopped(kind)} {text.stopped(title)}" if title != kind else text.stopped(kind)
    return " ".join((begun, *lead(result, beside), *covered(rows_of(result)), *drawn.unseen(result, beside)))


def draw(result: Result, suffix: str, *, beside: Sequence[Result] = (), titled: bool = True) -> bytes:
    """The figure of a result, 160 mm wide unless another size is wanted: `suffix` is .png (300 dpi), .svg or .pdf.

    A PDF has as many pages as it takes for each to fit on A4; the others are one picture as high as it must be, the first one where a height
    is wanted. `beside` are the other results of the same command, of which a figure may take something; `titled` false leaves out the title.
    The same result gives the same bytes. Raises UserError for a result without a figure, and for one too narrow to be read.
    """
    laid, words = sheet_of(result, beside, suffix), alt_text(result, beside)
    if suffix == ".pdf":
        return _pdf(_canvases(laid, PAGE, titled=titled), laid.title, words)
    return _bytes(_canvases(laid, None, titled=titled)[0], suffix, laid.title, words)


def parts(result: Result, suffix: str, *, beside: Sequence[Result] = (), titled: bool = True, dpi: int | None = None) -> list[bytes]:
    """The figure in as many pictures as the height that is wanted asks for, one where none is, so many dots to the inch; else as `draw`."""
    laid, words = sheet_of(result, beside, suffix), alt_text(result, beside)
    return [_bytes(canvas, suffix, laid.title, words, dpi) for canvas in _canvases(laid, None, titled=titled)]


def pages(result: Result, suffix: str, *, beside: Sequence[Result] = (), titled: bool = True, told: str = "") -> list[bytes]:
    """The figure of a result as pictures that each fit on an A4 page with a caption; arguments as for `draw`, .png of 220 dots to the inch.

    `told` is its alternative text, where that is known already.
    """
    from rpgstat.media.picture.paper import PAGE_DPI

    laid, words = sheet_of(result, beside, suffix), told or alt_text(result, beside)
    canvases = _canvases(laid, figure(result).high or PAGE, titled=titled)
    if suffix == ".pdf":
        return [_pdf([canvas], laid.title, words) for canvas in canvases]
    return [_bytes(canvas, suffix, laid.title, words, PAGE_DPI) for canvas in canvases]


def _pdf(canvases: Sequence[Canvas], title: str, words: str) -> bytes:
    from rpgstat.media.picture import vectors

    return vectors.pdf(canvases, title, words)


def _bytes(canvas: Canvas, suffix: str, title: str, words: str, dpi: int | None = None) -> bytes:
    if suffix == ".svg":
        return canvas.svg(title, words)
    return canvas.png(title, words, *([dpi] if dpi else []))


def _canvases(laid: Sheet, limit: float | None, *, titled: bool) -> list[Canvas]:
    """The pages of a figure at the size that is wanted, each at most so high, or `limit` inches where none is."""
    from rpgstat.media.picture import sheet

    how = wanted()
    width = laid.width
    scale = how.width / width if how.width else 1.0
    if scale < 1 - 1e-9:
        least = f"{width * 25.4:.0f}mm"
        raise UserError(f"this figure takes {least} to be read, with letters of 7 points", f"give --width {least} or more")
    height = how.height / scale
    room = height - 2 * sheet.MARGIN if height else limit
    canvases = [sheet.draw(bands, laid.width, scale, height) for bands in laid.pages(room, titled=titled)]
    tallest = max(canvas.height for canvas in canvases)
    if how.height and tallest > how.height + 1e-9:
        least = f"{math.ceil(tallest * 25.4)}mm"
        raise UserError(f"a page of this figure takes {least} in height at this width", f"give --height {least} or more, or another width")
    return canvases


def boxes(result: Result) -> list[str]:
    """The characters in a result's text that no font here has a glyph for: in PNG and PDF they are drawn as boxes."""
    from rpgstat.media.picture import fonts

    words = {value for row in rows_of(result) for value in row.values() if isinstance(value, str)}
    if all(map(str.isascii, words)) and result.title.isascii():
        return []
    return fonts.boxes("".join(sorted({c for word in (*words, text.one_line(result.title)) for c in word})))


def shortened(signs: Sequence[str]) -> str:
    """The first ten of some characters, and how many more there are."""
    more = len(signs) - 10
    return " ".join(signs[:10]) + (f" {say('caption.more_signs', n=text.count(more))}" if more > 0 else "")
