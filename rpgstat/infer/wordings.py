"""When two answers are one answer written differently, and what the numbers in an answer are."""

from __future__ import annotations

import re
from functools import lru_cache

from rpgstat.study import normalise

_ENDINGS = re.compile(r"\((?:e|a|o|y|en)\)s?|(?<=\w\w)[/\u00b7](?:e|a|o|y)\b")  # "satisfait(e)", "satisfecho/a": one answer for all genders
_WORDS = re.compile(r"[\w'%]+")
_JOINING = frozenset({"i", "nor", "or"})  # "I agree", "neither agree or disagree": typed with and without
_BEFORE = re.compile(r"[\[(]?(\d{1,2})[\])]?\s*[-\u2013\u2014:.=)(]*\s*([^\W\d].*?)[)\]]?")
_BEHIND = re.compile(r"([^\W\d].*?)\s*[-\u2013\u2014:=(\[]\s*(\d{1,2})\s*[)\]]?")


@lru_cache(maxsize=65536)
def core(label: str) -> str:
    """What is left of an answer without case, punctuation, the order of its words and regional spelling: equal for two spellings of one answer.

    The order stays where it matters, beside "than".

    >>> core("Agree strongly") == core("Strongly  agree.")
    True
    >>> core("Neither agree or disagree") == core("Neither Agree nor Disagree")
    True
    >>> core("Agree more than disagree") == core("Disagree more than agree")
    False
    """
    plain = _ENDINGS.sub("", normalise(label)).replace("avour", "avor").replace("knowledgable", "knowledgeable")
    words = [word for word in _WORDS.findall(plain) if word not in _JOINING]
    return " ".join(words if "than" in words else sorted(words)) or plain


def numbered(label: str) -> tuple[int, str] | None:
    """The number before or behind the words of a normalised answer, and the words; None where there are not both.

    >>> numbered("5 - strongly agree"), numbered("strongly agree (5)"), numbered("agree")
    ((5, 'strongly agree'), (5, 'strongly agree'), None)
    """
    if found := _BEFORE.fullmatch(label):
        return int(found[1]), found[2]
    found = _BEHIND.fullmatch(label)
    return (int(found[2]), found[1]) if found else None
