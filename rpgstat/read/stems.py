"""Questions over several columns whose texts repeat the question: "Please rate each - I cope" is the statement below its question."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from rpgstat.record import record

_SEPARATORS = (" - ", ": ", " – ", " | ", "-")  # between question and statement; the last is that of older exports
_PART = re.compile(r"(.+?)(?:_x?-?\d+|_[a-z]|\[[^\]]*\])+")  # Q3_1, Q53_1_a, G01Q01[SQ001]


@record
class Heading:
    """A column's own text, the question that it belongs to ("" for one of its own), and the number of that question."""

    text: str
    stem: str
    block: int


def base(variable: str) -> str:
    """The name of the question that a variable is a part of.

    >>> base("Q3_2"), base("Q53_1_a"), base("age")
    ('Q3', 'Q53', 'age')
    """
    found = _PART.fullmatch(variable)
    return found[1] if found else variable


def headings(columns: Sequence[tuple[str, str]]) -> list[Heading]:
    """For each variable and its text the statement and the question, where neighbours of one question all begin with its text.

    >>> headings([("Q1_1", "How far do you agree? - I cope"), ("Q1_2", "How far do you agree? - I learn")])[1]
    Heading(text='I learn', stem='How far do you agree?', block=1)
    """
    return list(_headings(columns))


def _headings(columns: Sequence[tuple[str, str]]) -> Iterator[Heading]:
    groups = (list(group) for _, group in groupby(columns, key=lambda column: base(column[0])))
    for block, group in enumerate(groups, start=1):
        texts = [text for _, text in group]
        stem, at = shared(texts)
        yield from (Heading(text[at:].strip() or text, stem if text[at:].strip() else "", block) for text in texts)


def shared(texts: Sequence[str]) -> tuple[str, int]:
    """The question that all texts begin with, up to a separator, and where what is each text's own begins; "" and 0 for none."""
    if len(texts) < 2:
        return "", 0
    first, last = min(texts), max(texts)
    length = next((at for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), min(len(first), len(last)))
    common = first[:length]
    for separator in _SEPARATORS:
        at = common.rfind(separator)
        if at > 0:
            return common[:at].strip(), at + len(separator)
    return "", 0
