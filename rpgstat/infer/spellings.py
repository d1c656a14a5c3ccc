"""Which spellings of a text box may mean the same, so that they can be joined by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import SequenceMatcher

from rpgstat.study import normalise

_ALIKE = 0.85  # resemblance from which one spelling may be another mistyped
_SLIP = 0.8  # resemblance of two words from which one may be the other mistyped: `east` and `west` are less alike
_PREFIXED = 3  # letters of a word from which another that ends in it is one with a prefix
_NEGATIONS = ("un", "non", "non-", "in", "dis", "ir", "im", "in")


def aliases(people: Mapping[str, int]) -> dict[str, str]:
    """Spelling -> a commoner one that it may mean: by its initials, its words cut short, or its letters. A proposal, for nobody to take unseen.

    >>> aliases({"Social worker": 40, "Team manager": 9, "SW": 8, "Soc worker": 7, "Social wrker": 6, "team mgr": 5, "Admin": 5})
    {'SW': 'Social worker', 'Soc worker': 'Social worker', 'Social wrker': 'Social worker', 'team mgr': 'Team manager'}
    >>> aliases({"Qualified": 9, "Unqualified": 8, "Team 1": 8, "Team 2": 7, "Grade A": 6, "Grade B": 6})
    {}
    >>> aliases({"Undergraduate student": 48, "Graduate student": 23, "East North Central": 9, "West North Central": 8})
    {}
    """
    ordered = sorted(people, key=lambda spelling: (-people[spelling], spelling))
    found: dict[str, str] = {}
    for place, spelling in enumerate(ordered):
        near = [other for other in ordered[:place] if other not in found and _may_mean(normalise(spelling), normalise(other))]
        if len(near) == 1:
            found[spelling] = near[0]
    return found


def _may_mean(short: str, long: str) -> bool:
    if re.findall(r"\d+", short) != re.findall(r"\d+", long):
        return False
    if _plain(short) == _plain(long):
        return True
    return _initials(short, long) or _cut_short(short, long) or _cut_short(long, short) or _mistyped(short, long)


def _plain(text: str) -> str:
    """Without what stands in brackets at the end: `lead practitioner (group facilitator)`."""
    return re.sub(r"\s*\([^)]*\)$", "", text)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def _initials(short: str, long: str) -> bool:
    words = _words(long)
    letters = re.sub(r"[.\s]", "", short)
    return len(words) > 1 and letters in ("".join(word[0] for word in words), "".join(word[0] for word in words if word not in ("of", "and", "the", "for")))


def _cut_short(short: str, long: str) -> bool:
    """Whether each word is the beginning of the other's, or some of its letters in their order, as in `mgr` for `manager`."""
    cut, whole = _words(short), _words(long)
    if len(cut) != len(whole) or cut == whole:
        return False
    return all(one == other or (len(one) > 1 and len(one) < len(other) and _within(one, other)) for one, other in zip(cut, whole, strict=True))


def _within(cut: str, whole: str) -> bool:
    if whole.startswith(cut):
        return True
    letters = iter(whole[1:])
    return len(cut) > 2 and cut[0] == whole[0] and all(letter in letters for letter in cut[1:]) and not set(cut[1:]) & set("aeiou")


def _mistyped(one: str, other: str) -> bool:
    if any(one == f"{prefix}{other}" or other == f"{prefix}{one}" for prefix in _NEGATIONS):
        return False
    differing = set(_words(one)) ^ set(_words(other))
    if any(long != short and long.endswith(short) for long in differing for short in differing if len(short) > _PREFIXED):
        return False  # graduate, undergraduate
    if differing and all(len(word) == 1 for word in differing):
        return False
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE and _slips(_words(one), _words(other))


def _slips(one: list[str], other: list[str]) -> bool:
    """Whether each word is the other's but for a letter or two; another word in its place, always for occasionally, is another answer."""
    if len(one) != len(other):
        return "".join(one) == "".join(other)  # a space too many
    return all(a == b or SequenceMatcher(None, a, b).ratio() >= _SLIP for a, b in zip(one, other, strict=True))
