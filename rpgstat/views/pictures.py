"""Figures: what of a result is drawn, as PNG, SVG or PDF, and in words for those who do not see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rpgstat import text
from rpgstat.errors import UserError
from rpgstat.glossary.sentences import word
from rpgstat.media.style import used
from rpgstat.result import Result
from rpgstat.views import FAMILIES, view
from rpgstat.views.base import Figure

if TYPE_CHECKING:
    from rpgstat.media.picture.sheet import Sheet
from rpgstat.views.rows import covered, doubts, rows_of


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


def sheet_of(result: Result, beside: Sequence[Result] = ()) -> Sheet:
    """The picture laid out: its title is what is found, where that is short; below it stands what is shown, and what is not certain."""
    laid, found = figure(result).sheet(result, beside), view(result.name).headline(result, used())
    more = laid.lead or ((text.one_line(found.words),) if found.words else ())
    laid = replace(laid, lead=(*more, *map(text.one_line, doubts(result))))
    return replace(laid, title=text.one_line(found.short), subtitle=laid.title) if found.short else laid


def alt_text(result: Result, beside: Sequence[Result] = ()) -> str:
    """The figure in a few sentences, for those who do not see it; `beside` as for `draw`.

    `score` says how far agreement ranges, `compare` how many changes are significant and which is largest, and so on.
    """
    drawn, title = figure(result), text.one_line(result.title)
    kind = word("drawn", drawn.kind)
    begun = f"{text.stopped(kind)} {text.stopped(title)}" if title != kind else text.stopped(kind)
    return " ".join((begun, *lead(result, beside), *covered(rows_of(result)), *drawn.unseen(result, beside)))


def draw(result: Result, suffix: str, *, beside: Sequence[Result] = (), titled: bool = True) -> bytes:
    """The figure of a result, 160 mm wide: `suffix` is .png (300 dpi), .svg or .pdf.

    A PDF has as many pages as it takes for each to fit on A4; the others are one picture as high as it must be. `beside` are the other
    results of the same command, of which a figure may take something; `titled` false leaves out the title. The same result gives the
    same bytes. Raises UserError for a result without a figure.
    """
    from rpgstat.media.picture import paper, sheet

    words = alt_text(result, beside)
    with paper.settings():
        laid = sheet_of(result, beside)
        if suffix == ".pdf":
            return paper.pdf([sheet.draw(bands, laid.width) for bands in laid.pages(sheet.PAGE, titled=titled)], laid.title, words)
        canvas = sheet.draw(laid.pages(None, titled=titled)[0], laid.width)
        return canvas.png(laid.title, words) if suffix == ".png" else canvas.svg(laid.title, words)


def pages(result: Result, suffix: str, *, beside: Sequence[Result] = (), titled: bool = True) -> list[bytes]:
    """The figure of a result as pictures that each fit on an A4 page with a caption; arguments as for `draw`, .png of 220 dots to the inch."""
    from rpgstat.media.picture import paper, sheet

    words = alt_text(result, beside)
    with paper.settings():
        laid = sheet_of(result, beside)
        canvases = [sheet.draw(bands, laid.width) for bands in laid.pages(sheet.PAGE, titled=titled)]
        match suffix:
            case ".pdf":
                return [paper.pdf([canvas], laid.title, words) for canvas in canvases]
            case ".svg":
                return [canvas.svg(laid.title, words) for canvas in canvases]
            case _:
                return [canvas.png(laid.title, words, paper.PAGE_DPI) for canvas in canvases]


def boxes(result: Result) -> list[str]:
    """The characters in a result's text that the figure's font has no glyph for: in PNG and PDF they are drawn as boxes."""
    from rpgstat.media.picture import paper

    words = {value for row in rows_of(result) for value in row.values() if isinstance(value, str)}
    return paper.lacking("".join(sorted({c for word in (*words, text.one_line(result.title)) for c in word})))
