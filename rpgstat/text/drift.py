"""How two wordings of one statement differ: how alike they are, what changed word by word, and whether a change may turn the meaning."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import groupby

from rpgstat.text.numbers import MINUS

_WORD = re.compile(r"[\w'’%]+")
_TURNING = frozenset(
    """not no never none nobody nothing nor neither without cannot hardly rarely seldom less fewer worse lower unable isnt arent wasnt werent
    dont doesnt didnt cant couldnt wont wouldnt shouldnt havent hasnt""".split()
)
_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non")


def alike(earlier: str, later: str) -> float:
    """How alike two wordings are, 0 to 1: twice the letters that they share in order, over the letters of both (the normalised indel similarity).

    Case, the form of quotes and of spaces do not count. Either order gives the same; 1 for two blanks.

    >>> round(alike("I carry the strain of my work", "I carry the strain of the work"), 2)
    0.92
    """
    from rapidfuzz import fuzz

    return fuzz.ratio(_plain(earlier), _plain(later)) / 100


def likely_same(ones: Sequence[str], others: Sequence[str], at_least: float, most: int = 5) -> Iterator[tuple[int, int, float]]:
    """For each of `ones` the few of `others` that are at least so much `alike`, the likeliest first: the places of both, with how much.

    >>> [(a, b, round(likeness, 2)) for a, b, likeness in likely_same(["I cope well", "I sleep"], ["I cope very well"], 0.8)]
    [(0, 0, 0.81)]
    """
    if not (ones and others):
        return
    from rapidfuzz import fuzz, process

    plain = list(map(_plain, others))
    for at, text in enumerate(map(_plain, ones)):
        for _, score, beside in process.extract(text, plain, scorer=fuzz.ratio, score_cutoff=100 * at_least, limit=most):
            yield at, beside, score / 100


def drift(earlier: str, later: str) -> str:
    """The later wording with what changed in brackets, word by word: `[old → new]`, `[+ added]`, `[− gone]`. Case and spaces are no change.

    >>> drift("I carry the strain of my work", "I carry the emotional strain of the work")
    'I carry the [+ emotional] strain of [my → the] work'
    >>> drift("I feel well supported", "I feel  Supported")
    'I feel [− well] Supported'
    """
    before, after = earlier.split(), later.split()
    matcher = SequenceMatcher(None, list(map(_plain, before)), list(map(_plain, after)), autojunk=False)
    return " ".join(_changed(tag, before[a:b], after[c:d]) for tag, a, b, c, d in _whole(matcher.get_opcodes()) if b > a or d > c)


def turned(earlier: str, later: str) -> bool:
    """Whether a word that may turn the meaning, or a number, stands in one of the wordings only: then they are hardly one statement.

    >>> turned("I feel supported", "I do not feel supported"), turned("I am satisfied", "I am dissatisfied"), turned("in 3 months", "in 12 months")
    (True, True, True)
    >>> turned("I carry the strain of my work", "I carry the strain of the work")
    False
    """
    one, other = ([word.replace("'", "").replace("’", "") for word in _WORD.findall(_plain(text))] for text in (earlier, later))
    before, after = set(one) - set(other), set(other) - set(one)
    if (before | after) & _TURNING or any(word.isdecimal() for word in before | after):
        return True
    return any(a == f"{prefix}{b}" or b == f"{prefix}{a}" for a in before for b in after for prefix in _PREFIXES)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().replace("’", "'").replace("‘", "'").split())


def _changed(tag: str, before: Sequence[str], after: Sequence[str]) -> str:
    if tag == "equal":
        return " ".join(after)
    if not before:
        return f"[+ {' '.join(after)}]"
    return f"[{' '.join(before)} → {' '.join(after)}]" if after else f"[{MINUS} {' '.join(before)}]"


Opcode = tuple[str, int, int, int, int]


def _whole(opcodes: Sequence[Opcode]) -> Iterator[Opcode]:
    """Neighbouring changes as one."""
    for same, group in groupby(opcodes, key=lambda code: code[0] == "equal"):
        codes = list(group)
        yield "equal" if same else "change", codes[0][1], codes[-1][2], codes[0][3], codes[-1][4]
