"""Quotations looked through: whether the words stand in their source, and what in them may tell who speaks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from rpgstat.study import normalise
from rpgstat.study.labels import INVISIBLE

WORD_FOR_WORD, WITH_CUTS, NOT_FOUND, NO_TEXT = "word for word", "with cuts", "not found", "no text to check"

_CUT = re.compile(r"[\[(]\s*(?:(?:\.\s*){3,}|…)\s*[\])]|(?:\.\s*){3,}|…")
_INSERTION = re.compile(r"\[[^\]]*\]|\([^)]*\)")
_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_SENTENCE = re.compile(r"(?<=[.!?…])\s+|[\n:;\"\u201c\u201d\u2018]+")
_MONTHS = "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_TELLING = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    "a web address": re.compile(r"https?://|\bwww\.", re.IGNORECASE),
    "a telephone number": re.compile(r"(?<!\d)(?:\+?\d[\s-]?){9,14}(?!\d)"),
    "a postcode": re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b", re.IGNORECASE),
    "a title with a name": re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lady|Lord)\.? [A-Z][\w'\u2019]+"),
    "a date": re.compile(
        r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b"
        rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTHS}\b|\b{_MONTHS} (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b"
    ),
    "a case number": re.compile(r"\b(?:\d{3} ?\d{3} ?\d{4}|[A-Z]{1,4}[-/]?\d{4,})\b"),
}
_ORDINARY = frozenset(
    """i i'm i've i'd i'll monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
    october november december english christmas easter""".split()
)


def _words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKC", text.translate(INVISIBLE)).replace("\u2019", "'").replace("\u2018", "'")
    return [word.casefold().replace("\u2019", "'") for word in _WORD.findall(plain)]


def stands(quote: str, source: str | None) -> str:
    """Whether the words of a quotation stand in a source in their order, between what is cut (...) or put in [so] or (so).

    >>> stands("I was [much] less alone ... in the end", "I was less alone, I must say, in the end.")
    'with cuts'
    >>> stands("I was never alone", "I was less alone")
    'not found'
    """
    if source is None:
        return NO_TEXT
    whole, at = _words(source), 0
    pieces = [_words(own) for part in _CUT.split(quote) for own in _INSERTION.split(part)]
    pieces = [piece for piece in pieces if piece]
    for piece in pieces:
        place = _place(piece, whole, at)
        if place is None:
            return NOT_FOUND
        at = place + len(piece)
    if not pieces:
        return NOT_FOUND
    return WITH_CUTS if len(pieces) > 1 or _CUT.search(quote) or _INSERTION.search(quote) else WORD_FOR_WORD


def _place(piece: Sequence[str], whole: Sequence[str], start: int) -> int | None:
    length = len(piece)
    return next((at for at in range(start, len(whole) - length + 1) if whole[at] == piece[0] and list(whole[at : at + length]) == list(piece)), None)


def telling(quote: str, names: Collection[str] = ()) -> Iterator[str]:
    """What in a quotation may tell of somebody: names that are listed, addresses, numbers, dates.

    >>> list(telling("Dr Patel rang on 3/4/2018, said Ann", ["Ann"]))
    ['a title with a name', 'a date', 'a name that is listed']
    """
    plain = " ".join(quote.translate(INVISIBLE).split())
    yield from (what for what, pattern in _TELLING.items() if pattern.search(plain))
    text = f" {_bare(quote)} "
    if any(f" {_bare(name)} " in text for name in names if _words(name)):
        yield "a name that is listed"


def _bare(text: str) -> str:
    """Words as names are looked for among them: without accents, which people leave out, and of one that owns something only the owner."""
    words = (word.removesuffix("'s").removesuffix("'") for word in _words(text))
    return "".join(sign for sign in unicodedata.normalize("NFKD", " ".join(words)) if not unicodedata.combining(sign))


def capitals(quote: str) -> list[str]:
    """The words with a capital inside a sentence, which may be names of people or places.

    >>> capitals("I told Jo that I had been in Romsey. Then we left.")
    ['Jo', 'Romsey']
    """
    found = []
    for sentence in _SENTENCE.split(quote):
        for word in _WORD.findall(sentence)[1:]:
            if word[0].isupper() and not (word.isupper() and len(word) > 1) and normalise(word) not in _ORDINARY:
                found.append(word)
    return list(dict.fromkeys(found))


def role_in(speaker: str, roles: Collection[str]) -> str | None:
    """The role that a speaker is called by, of several the longest.

    >>> role_in("Interview 4, senior social worker", ["Social worker", "Senior social worker"])
    'Senior social worker'
    """
    text = f" {' '.join(_words(speaker))} "
    named = [role for role in roles if _words(role) and any(f" {form} " in text for form in _forms(role))]
    return max(named, key=len, default=None)


def _forms(role: str) -> Iterator[str]:
    words = " ".join(_words(role))
    yield from (words, f"{words}s")
