"""How figures are wanted: their size, in which order statements stand, and how bars lie; known to whatever draws one meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from rpgstat.errors import UserError
from rpgstat.record import record

WIDTH = 6.3
"""Inches: the text of an A4 page between margins of 25 mm, so that a figure stands in a report at its own size."""

_UNITS = {"mm": 1 / 25.4, "cm": 1 / 2.54, "in": 1.0, "pt": 1 / 72}
"""Units of length, in inches."""

_NAMED = {"half": (77.5 / 25.4, 4.3), "full": (6.3, 8.7), "slide": (12.0, 5.3)}
"""Widths and heights by name, in inches: half and all of the text of an A4 page, and what a slide has room for below its title."""

LEAST, MOST = 2.9, 60.0
"""Inches that a side may have: in less no row can be read at 7 points."""

ON_SLIDES = 9.0
"""Inches that figures of slides are laid out in, so that a battery stands on one slide, and no letter is under 9 points there."""

SORTS = ("mean", "change", "study", "name")
LAYOUTS = ("diverging", "stacked", "lines")


@record
class Wanted:
    """`width` and `height` in inches, 0 as it comes; `sort` the order of statements, `layout` how bars lie, or that series are lines without limits.

    `most` is the widest that a figure is laid out before it is made larger.
    """

    width: float = 0.0
    height: float = 0.0
    sort: str = "mean"
    layout: str = "diverging"
    most: float = WIDTH


def length(words: str, option: str) -> float:
    """Inches of a length with its unit, or of one that has a name; of the width unless `option` is height. Raises UserError for anything else.

    >>> length("127mm", "width"), length("half", "height"), length("5 in", "width")
    (5.0, 4.3, 5.0)
    """
    asked = words.strip().casefold()
    if asked in _NAMED:
        return _NAMED[asked][option == "height"]
    found = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*(mm|cm|in|pt)", asked)
    if not found:
        raise UserError(f"--{option}: `{words}` is no length", "give a number with its unit, such as 120mm, 12cm or 5in, or half, full or slide")
    inches = float(found[1].replace(",", ".")) * _UNITS[found[2]]
    if not LEAST * (option == "width") < inches + 1e-9 or not 1.0 <= inches <= MOST:
        least = 25.4 * (LEAST if option == "width" else 1.0)
        raise UserError(f"--{option}: a figure of `{words}` cannot be read", f"give {least:.0f}mm or more, at most {MOST * 25.4:.0f}mm")
    return round(inches, 6)


def wishes(width: str | None, height: str | None, sort: str | None, layout: str | None) -> Wanted:
    """What the options of these names ask for. Raises UserError for what they do not know. A slide is as high as it is wide a slide."""
    for option, given, known in (("sort", sort, SORTS), ("layout", layout, LAYOUTS)):
        if given is not None and given not in known:
            raise UserError(f"--{option}: `{given}` is not known", f"give {', '.join(known[:-1])} or {known[-1]}")
    slide = (width or "").strip().casefold() == "slide"
    height = "slide" if height is None and slide else height
    across, down = (length(words, option) if words else 0.0 for option, words in (("width", width), ("height", height)))
    return Wanted(across, down, sort or "mean", layout or "diverging", ON_SLIDES if slide else WIDTH)


_WANTED: ContextVar[Wanted] = ContextVar("wanted", default=Wanted())  # noqa: B039 # a record does not change


@contextmanager
def wanting(how: Wanted) -> Iterator[None]:
    """Figures are drawn as they are wanted meanwhile."""
    token = _WANTED.set(how)
    try:
        yield
    finally:
        _WANTED.reset(token)


def wanted() -> Wanted:
    """How figures are wanted now."""
    return _WANTED.get()
