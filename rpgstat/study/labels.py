"""How two labels are found to be the same: the one normal form that every match goes through."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060\u00ad"))
"""The translation that removes what nobody sees: byte-order marks, zero-width characters, soft hyphens."""

_STRAIGHT = str.maketrans({**dict.fromkeys("\u2018\u2019\u201a\u201b\u2032", "'"), **dict.fromkeys("\u201c\u201d\u201e\u2033", '"')})
_WHOLE = re.compile(r"([+-]?\d+)\.0*")

BLANKS = frozenset({"", "na", "nan", "#n/a", "<na>", "null"})
"""Normalised cells that mean "no answer" unless the study declares the word as an answer."""


@lru_cache(maxsize=20_000)
def normalise(label: str) -> str:
    """The form in which labels are compared; never shown.

    NFKC, byte-order marks and zero-width characters removed, straight quotes, single spaces, casefold;
    a whole number written as a float ("4.0") matches the integer.

    >>> normalise("  Don\u2019t\u00a0 know ")
    "don't know"
    >>> normalise("4.0")
    '4'
    """
    if label.isascii() and label.isalpha():
        return label.casefold()
    plain = unicodedata.normalize("NFKC", label.translate(INVISIBLE)).translate(_STRAIGHT)
    plain = unicodedata.normalize("NFKC", " ".join(plain.split()).casefold())  # again: folding can leave letters apart from their accents
    whole = _WHOLE.fullmatch(plain)
    return whole[1] if whole else plain


def is_blank(label: str | None) -> bool:
    """Whether a cell holds no answer: empty, or one of the words that programs write for nothing.

    >>> is_blank(" "), is_blank("NA"), is_blank("N/A"), is_blank(None)
    (True, True, False, True)
    """
    return label is None or normalise(label) in BLANKS


_HEADINGS = frozenset({"response", "responses", "open-ended response", "open ended response", "other (please specify)", "other, please specify"})


def is_heading(answer: str, *headings: str) -> bool:
    """Whether an answer is what platforms write in a second header row: a fixed word, or the column's own heading again. It is never an answer.

    >>> is_heading("Open-Ended Response"), is_heading("I cope", "How far do you agree?", "I cope"), is_heading("Agree", "I cope")
    (True, True, False)
    """
    plain = normalise(answer)
    return plain in _HEADINGS or plain.startswith(('{"importid"', "{'importid'")) or plain in {normalise(heading) for heading in headings if heading}


def slug(text: str, words: int = 4) -> str:
    """A short lower-case identifier made from the first telling words of a text.

    >>> slug("I carry the strain of my work better")
    'carry_strain_work_better'
    >>> slug("???")
    'item'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    found = re.findall(r"[a-z0-9]+", plain.replace("'", ""))
    telling = [word for word in found if word not in _SMALL] or found
    return "_".join(telling[:words])[:40].rstrip("_") or "item"


_SMALL = frozenset(
    """a an and are at be been by do for from have how i if in is it me my of on or our that the their this to was we what when which
    will with you your""".split()
)
