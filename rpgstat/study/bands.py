"""Groups of a number: the labels of bands, and the band that a written number belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import pairwise
from math import inf

from rpgstat.record import record
from rpgstat.study.labels import normalise
from rpgstat.text import short

_NUMBER = r"\d+(?:[.,]\d+)?"
_YEARS = r"(?:years?|yrs?|y|an(?:s|nées?)?|jahre?n?|j|años?|anos?|jaar|jaren|lat|lata|rok(?:u|i)?|blynedd|mlynedd|blwyddyn|anni|anno)"
_MONTHS = r"(?:months?|mths?|mos?|m|mois|monate?n?|mes(?:es)?|maand(?:en)?|miesi[ąę]c[ey]?|miesi[ęą]cy|mis(?:oedd)?|mesi)"
_WORDS = {word: str(i) for i, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())}
_ABOUT = re.compile(r"^(?:about|approx(?:imately)?\.?|around|circa|c\.|ca\.?|~|roughly) ?|,? ?(?:old|of age|of service|in (?:post|role|total))$")
_BELOW = re.compile(r"^(?:<|less than|under|below|fewer than|moins d[e']|weniger als|unter|menos d[e']|minder dan|mniej niż|llai na) ?|^not yet (?=an? )")
_ABOVE = re.compile(r"^(?:>=?|≥|more than|over|above|at least|plus d[e']|mehr als|über|más d[e']|mais d[e']|meer dan|ponad|powyżej|mwy na|dros) ?")
_OR_MORE = re.compile(r" ?(?:\+|or (?:more|over|above|longer)|and (?:over|above|more)|plus)$")
_TO = re.compile(rf"({_NUMBER})\s*(?:-|\u2013|\u2014|to|bis|à|a|tot|do)\s*({_NUMBER})(?:\s*{_YEARS})?\.?")
_SPAN = re.compile(rf"(?:(?P<years>{_NUMBER})\s*{_YEARS}\.?)?\s*(?:,|and|&|et|und|y|e|en|i|a)?\s*(?:(?P<months>{_NUMBER})\s*{_MONTHS}\.?)?")
_HAS_YEARS = re.compile(
    rf"\d\s*{_YEARS}\b|\b(?:years?|yrs|ans|années|jahren?|años|anos|jaar|jaren|lat|lata|blynedd|mlynedd|anni|how long|tenure|age|length of service)\b"
)


@record
class _Stretch:
    """All the numbers that an answer may mean, both ends among them; with `below` the upper one is not."""

    low: Fraction | float
    high: Fraction | float
    below: bool = False


def band_labels(edges: Sequence[Fraction]) -> tuple[str, ...]:
    """The bands that begin at `edges`, each with its lower edge and without its upper one; the last has no end.

    >>> band_labels([Fraction(0), Fraction(2), Fraction(5), Fraction(10)])
    ('under 2', '2 to under 5', '5 to under 10', '10 or more')
    >>> band_labels([Fraction(18), Fraction(30)])
    ('18 to under 30', '30 or more')
    """
    written = [short(float(edge)) for edge in edges]
    between = [f"{low} to under {high}" for low, high in pairwise(written)]
    return (f"under {written[1]}" if edges[0] == 0 else between[0], *between[1:], f"{written[-1]} or more")


def in_years(header: str, answers: Iterable[str]) -> bool:
    """Whether a column counts years: its header or one of its answers says so. Months in it are then twelfths; elsewhere they are what is counted."""
    return any(_HAS_YEARS.search(normalise(text)) for text in (header, *answers))


def band(answer: str, edges: Sequence[Fraction], *, years: bool) -> int | None:
    """The place of the band that an answer belongs to, -1 below the lowest; None where it is no number, or may lie in several bands.

    >>> edges = [Fraction(0), Fraction(2), Fraction(5), Fraction(10)]
    >>> [band(answer, edges, years=True) for answer in ("2", "1,5", "3 years", "18 months", "12+", "<1", "2 to 4", "-1")]
    [1, 0, 1, 0, 3, 0, 1, -1]
    >>> [band(answer, edges, years=True) for answer in ("4+", "<3", "1-3", "ages", "1,234", "")]
    [None, None, None, None, None, None]
    """
    stretch = _stretch(normalise(answer), years)
    if stretch is None:
        return None
    if stretch.high < edges[0] or (stretch.below and stretch.high <= edges[0]):
        return -1
    ends: tuple[Fraction | float, ...] = (*edges[1:], inf)
    for place, (low, high) in enumerate(zip(edges, ends, strict=True)):
        starts = stretch.low >= low or (place == 0 and low == 0 and stretch.low == -inf)  # what is counted from 0 has nothing below it
        if starts and (stretch.high < high or (stretch.below and stretch.high <= high) or high == inf):
            return place
    return None


def _stretch(plain: str, years: bool) -> _Stretch | None:
    text = _ABOUT.sub("", plain).strip()
    words = text.split(" ")
    text = " ".join([_WORDS.get(word, word) for word in words])
    if (below := _BELOW.sub("", text)) != text:
        top = _amount(re.sub(r"^(?:an?|1e|une?|een|ein(?:em)?|um|uno) ", "1 ", below), years)
        return None if top is None else _Stretch(-inf, top, below=True)
    above = _OR_MORE.sub("", _ABOVE.sub("", text))
    if above != text:
        least = _amount(re.sub(rf"\+(?=\s*{_YEARS}$)", "", above), years)
        return None if least is None else _Stretch(least, inf)
    if re.fullmatch(rf"{_NUMBER}\+\s*{_YEARS}", text):
        least = _amount(text.replace("+", " "), years)
        return None if least is None else _Stretch(least, inf)
    if found := _TO.fullmatch(text):
        low, high = _number(found[1]), _number(found[2])
        return None if low is None or high is None or low > high else _Stretch(low, high)
    exact = _amount(text, years)
    return None if exact is None else _Stretch(exact, exact)


def _amount(text: str, years: bool) -> Fraction | None:
    """A number, years, months, or years and months; months count only where nothing else than months is counted, or as twelfths of years."""
    if text.startswith(("-", "\u2212")):
        found = _number(text[1:])
        return None if found is None else -found
    if (bare := _number(text)) is not None:
        return bare
    found_span = _SPAN.fullmatch(text)
    if not found_span or not (found_span["years"] or found_span["months"]):
        return None
    whole, months = _number(found_span["years"] or "0"), _number(found_span["months"] or "0")
    if whole is None or months is None:
        return None
    return whole + months / 12 if years else months


def _number(text: str) -> Fraction | None:
    """A number with a point or a comma; three digits after a comma may be thousands, and then nothing is known."""
    if not re.fullmatch(_NUMBER, text) or re.fullmatch(r"[1-9]\d*,\d{3}", text):
        return None
    return Fraction(text.replace(",", "."))
