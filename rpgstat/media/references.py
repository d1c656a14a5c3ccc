"""References from sentences to the tables and figures that they rest on, with the numbers that these have in their document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from rpgstat.glossary.sentences import listing, say, word
from rpgstat.media.document import Figure, Part, Table
from rpgstat.record import record

_MARKS = ("\x01", "\x02")


@record
class Reference:
    """A table or figure by its number."""

    label: Literal["table", "figure"]
    number: int

    @property
    def words(self) -> str:
        """As it stands in a sentence: "Table 5"."""
        return say("document.referred", label=word("label_of", self.label), n=self.number)


Index = Mapping[str, Sequence[Reference]]
"""What parts are called -> those called so: tables, or figures where no table is."""


def index(parts: Sequence[Part]) -> Index:
    """The references that a document can make."""
    called: dict[str, list[Reference]] = {}
    for kind in (Table, Figure):
        label: Literal["table", "figure"] = "table" if kind is Table else "figure"
        own: dict[str, list[Reference]] = {}
        for number, part in enumerate((part for part in parts if isinstance(part, kind)), start=1):
            own.setdefault(part.called, []).append(Reference(label, number))
        called = {**own, **called}
    return {name: found for name, found in called.items() if name}


def with_references(words: str, keys: Sequence[str], known: Index) -> Iterator[str | Reference]:
    """A sentence in pieces, its references in brackets before its full stop; without any where nothing that is called so stands in the document.

    >>> list(with_references("It rose.", ["compare"], {"compare": [Reference("table", 5)]}))
    ['It rose (', Reference(label='table', number=5), ').']
    """
    found = list(dict.fromkeys(one for key in keys for one in known.get(key, ())))
    if not found:
        yield words
        return
    ends = found if len(found) < 3 else [found[0], found[-1]]
    marks = _MARKS[: len(ends)]
    which = listing(marks) if len(found) < 3 else say("document.referred_span", first=marks[0], last=marks[1])
    body, stop = (words[:-1], ".") if words.endswith(".") else (words, "")
    for piece in re.split("([\x01\x02])", body + say("document.reference", which=which) + stop):
        if piece:
            yield ends[_MARKS.index(piece)] if piece in _MARKS else piece


def in_words(words: str, keys: Sequence[str], known: Index) -> str:
    """A sentence with its references as plain text."""
    return "".join(piece if isinstance(piece, str) else piece.words for piece in with_references(words, keys, known))
