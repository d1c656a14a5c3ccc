"""The fonts of figures: DejaVu Sans, which comes with matplotlib, and for what it has no glyph for a font of the machine that has one."""

from __future__ import annotations

import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

FIRST = "DejaVu Sans"

_WIDE = ("Noto Sans CJK", "Source Han Sans", "Noto Sans SC", "PingFang", "Microsoft YaHei", "Hiragino Sans", "Yu Gothic", "Malgun Gothic", "Apple SD Gothic")
_REST = ("WenQuanYi", "Nirmala UI", "Leelawadee UI", "Noto Sans", "Arial Unicode MS", "Lohit", "Mangal", "Droid Sans Fallback", "FreeSans", "Unifont")
"""Beginnings of the names of fonts for the scripts that DejaVu Sans lacks, those that read best first: of Linux, macOS and Windows."""


@cache
def font(size: float, bold: bool, lacking: str = "") -> FontProperties:
    """Letters of a size; for the characters in `lacking` with the fonts of this machine that have them."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=[FIRST, *fallbacks(lacking)], size=size, weight="bold" if bold else "normal")


def lacking(words: str) -> str:
    """The characters of a text that the first font has no glyph for, in order.

    >>> lacking("Ŵyr, źdźbło, Έχω")
    ''
    """
    if words.isascii():
        return ""
    return "".join(sorted(_needed(words) - _held(_first())))


@cache
def fallbacks(characters: str) -> tuple[str, ...]:
    """The fonts of this machine that together have most of the characters, as few as will do."""
    missing, found = set(characters), []
    for name, path in _wide() if characters else ():
        if own := missing & _held(path):
            missing -= own
            found.append(name)
    return tuple(found)


def boxes(words: str) -> list[str]:
    """The characters of a text that no font here has: they are drawn as boxes."""
    found = set(lacking(words))
    return sorted(found.difference(*(_held(path) for name, path in _wide() if name in fallbacks("".join(sorted(found))))))


def _needed(words: str) -> set[str]:
    return {c for c in words if not c.isspace() and unicodedata.category(c) not in ("Mn", "Cf")}


@cache
def _first() -> str:
    from matplotlib.font_manager import FontProperties, findfont

    return findfont(FontProperties(family=FIRST))


@cache
def _wide() -> tuple[tuple[str, str], ...]:
    """The fonts of this machine for other scripts, upright and of ordinary weight, with their files."""
    from matplotlib.font_manager import fontManager

    known = {own.name: own.fname for own in sorted(fontManager.ttflist, key=lambda own: own.fname) if own.style == "normal" and own.weight in (400, "normal")}
    return tuple((name, known[name]) for start in (*_WIDE, *_REST) for name in sorted(known) if name.startswith(start) and "Mono" not in name)


@cache
def _held(path: str) -> frozenset[str]:
    from matplotlib.font_manager import get_font

    return frozenset(map(chr, get_font(path).get_charmap()))
