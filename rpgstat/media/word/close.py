"""A report whose first page might run over in a wide face is set closer, as readers of Word files have faces of their own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from math import ceil
from typing import Any

from rpgstat.media.document import Bullets, Heading, Logo, Paragraph, Part, Point
from rpgstat.media.fitting import WIDEST, em

TEXT, LIST = "Report Text", "Report List"
"""The styles that stand in place of those of running text and of lists."""

_SIZE, _AFTER = 10.5, 5.0  # points; with lines close together a full page in the widest usual face has these
_LINE, _SPACED = 1.17, 1.15  # of the size: the height of a line in DejaVu Sans, and Word's own space between lines
_REFERENCE = " (Table 10 and Table 11)"
_ABOVE = {0: 60.0, 1: 45.0}  # points that a title and a heading take
_LOGO = 55.0  # points


def first_page(parts: Sequence[Part]) -> list[Part]:
    """What stands before the first heading that begins a page; nothing, where none does."""
    before = list(takewhile(lambda part: not (isinstance(part, Heading) and part.fresh), parts))
    return before if len(before) < len(parts) else []


def overfull(parts: Sequence[Part], width: float, height: float, size: float) -> bool:
    """Whether parts set in `size` points of a wide face take more than a page so wide and high, in points."""
    return sum(_high(part, width, size) for part in parts) > height


def _high(part: Part, width: float, size: float) -> float:
    match part:
        case Heading(_, level):
            return _ABOVE.get(level, _ABOVE[1])
        case Paragraph(words, about, keys):
            return _lines(f"{about} {words}", keys, width, size) * size * _LINE * _SPACED + 6
        case Bullets(points):
            return sum(_of_point(point, width, size) for point in points) + 6
        case Logo():
            return _LOGO
        case _:
            return 0.0


def _of_point(point: Point, width: float, size: float) -> float:
    return _lines(f"{point.about} {point.words}", point.keys, width - 18, size) * size * _LINE * _SPACED


def _lines(words: str, keys: Sequence[str], width: float, size: float) -> int:
    return ceil(em(words + (_REFERENCE if keys else "")) * size * WIDEST / width)


def ensure_styles(document: Any) -> None:
    """The two styles in a document, after those that they stand for, smaller and closer."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    for name, base in ((TEXT, "Normal"), (LIST, "List Bullet")):
        if base not in document.styles or name in document.styles:
            continue
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style, style.font.size = document.styles[base], Pt(_SIZE)
        style.paragraph_format.line_spacing, style.paragraph_format.space_after = 1.0, Pt(_AFTER)
