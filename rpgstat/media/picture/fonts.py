"""The fonts of figures: DejaVu Sans, which comes with matplotlib, and for what it has no glyph for a font of the machine that has one."""

from __future__ import annotations

import logging
import unicodedata
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from importlib.util import find_spec
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties

FIRST = "DejaVu Sans"

_WIDE = ("Noto Sans CJK", "Source Han Sans", "Noto Sans SC", "PingFang", "Microsoft YaHei", "Hiragino Sans", "Yu Gothic", "Malgun Gothic", "Apple SD Gothic")
_REST = ("WenQuanYi", "Nirmala UI", "Leelawadee UI", "Noto Sans", "Arial Unicode MS", "Lohit", "Mangal", "Droid Sans Fallback", "FreeSans", "Unifont")
"""Beginnings of the names of fonts for the scripts that DejaVu Sans lacks, those that read best first: of Linux, macOS and Windows."""


@contextmanager
def quiet() -> Iterator[None]:
    """matplotlib says nothing meanwhile: what it has no glyph for is told by `boxes`."""
    log = logging.getLogger("matplotlib")
    level = log.level
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        log.setLevel(logging.ERROR)
        try:
            yield
        finally:
            log.setLevel(level)


@cache
def font(size: float, bold: bool, lacking: str = "") -> FontProperties:
    """Letters of a size; for the characters in `lacking` with the fonts of this machine that have them."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=[FIRST, *fallbacks(lacking)], size=size, weight="bold" if bold else "normal")


@cache
def letters(pixels: float, bold: bool) -> Any:
    """Letters of the first font to set plain text in, so many dots high; nothing of matplotlib is loaded for them."""
    from PIL import ImageFont

    return ImageFont.truetype(str(_file(bold)), pixels, layout_engine=ImageFont.Layout.BASIC)


@cache
def _file(bold: bool = False) -> Path:
    """Where matplotlib has it; some distributions have moved it, and then matplotlib is asked."""
    found = find_spec("matplotlib")
    folder = next(iter(found.submodule_search_locations or ())) if found else ""
    path = Path(folder, "mpl-data", "fonts", "ttf", "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf")
    if path.is_file():
        return path
    from matplotlib.font_manager import FontProperties, findfont

    return Path(findfont(FontProperties(family=FIRST, weight="bold" if bold else "normal")))


@lru_cache(maxsize=50_000)
def is_plain(words: str) -> bool:
    """Whether one glyph after another will do: no script that joins letters or runs from the right, no marks over letters."""
    if words.isascii():
        return words.isprintable()
    return all((c < "\u0590" or "\u2000" <= c < "\u2c00") and not unicodedata.category(c).startswith(("M", "C")) for c in words)


def length(words: str, size: float, bold: bool) -> float:
    """The length of a line of text set in `size` points, in points."""
    if is_plain(words):
        return plain_length(words, 100.0, bold) * size / 100
    return _measured(words, size, bold) if words else 0.0


def plain_length(words: str, pixels: float, bold: bool) -> float:
    """The length in dots of plain text in letters so many dots high: that of its pairs of letters, less that of the letters within."""
    known = lengths(pixels, bold)
    if len(words) < 2:
        return known[words]
    return sum(map(known.__getitem__, map(add, words, words[1:]))) - sum(map(known.__getitem__, words[1:-1]))


@cache
def lengths(pixels: float, bold: bool) -> dict[str, float]:
    """The lengths of letters and of pairs of them, in dots: each is asked once, and a text has few different ones."""
    return _Lengths(letters(pixels, bold))


class _Lengths(dict[str, float]):
    def __init__(self, face: Any) -> None:
        self._face = face

    def __missing__(self, characters: str) -> float:
        found = self[characters] = float(self._face.getlength(characters))
        return found


def _measured(words: str, size: float, bold: bool) -> float:
    """The length of text that letters are joined in, as matplotlib has it whatever someone set there."""
    import matplotlib
    from matplotlib.textpath import text_to_path

    usual: Any = {key: value for key, value in matplotlib.rcParamsDefault.items() if key in ("text.hinting_factor", "text.kerning_factor")}
    with matplotlib.rc_context(usual), quiet():
        return float(text_to_path.get_text_width_height_descent(words, font(size, bold, lacking(words)), ismath=False)[0])


def lacking(words: str) -> str:
    """The characters of a text that the first font has no glyph for, in order.

    >>> lacking("Ŵyr, źdźbło, Έχω")
    ''
    """
    if words.isascii():
        return ""
    return "".join(sorted(c for c in _needed(words) if not (_shows(c) if is_plain(c) else c in _held(str(_file())))))


@cache
def _shows(character: str) -> bool:
    """Whether the first font has a glyph of its own for a plain character, not the box that stands for any other."""
    own, box = (letters(40.0, bold=False).getmask(shown) for shown in (character, "\uffff"))
    return own.size != box.size or bytes(own) != bytes(box)


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
    found = lacking(words)
    taken = fallbacks(found)
    return sorted(set(found).difference(*(_held(path) for name, path in (_wide() if taken else ()) if name in taken)))


def _needed(words: str) -> set[str]:
    return {c for c in words if not c.isspace() and unicodedata.category(c) not in ("Mn", "Cf")}


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
