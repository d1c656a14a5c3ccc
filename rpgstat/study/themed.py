"""What coded material says once nobody in it can be told from others: how many units have which codes, and how coders judged them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from rpgstat.record import record
from rpgstat.study.coding import Code, CodePath
from rpgstat.study.themes import Material

Codes = frozenset[CodePath]
Patterns = Mapping[Codes, int]
"""The codes that a unit has -> the number of units that have exactly these."""


@record
class Heard:
    """One body of coded material in one wave.

    `patterns` hold every unit that counts, those without a code too; `blank` are units where nothing was written, which do not count. `codings` and
    `documents` say how often, and in how many documents, each code was applied. `groups` are the patterns by grouping and group, `parts` those by
    the labels in all groupings `axes` together, None for one that is not stated. `judged` has, for each unit, the codes that each of `coders` gave
    it, None where one did not see it. `returned` are those who were asked and returned it.
    """

    source: str
    kind: Material
    wave: str | None
    asked: str
    coders: tuple[str, ...]
    counted: str
    patterns: Patterns
    codings: Mapping[CodePath, int]
    documents: Mapping[CodePath, int]
    blank: int = 0
    groups: Mapping[str, Mapping[str, Patterns]] = field(default_factory=dict)
    axes: tuple[str, ...] = ()
    parts: Mapping[tuple[str | None, ...], Patterns] = field(default_factory=dict)
    judged: Mapping[tuple[Codes | None, ...], int] = field(default_factory=dict)
    returned: int | None = None

    @property
    def n(self) -> int:
        """The units that count."""
        return sum(self.patterns.values())


@record
class Twice:
    """The people whose ids say that they wrote an answer to one source in both of two waves: what they spoke of in either.

    `why` says why its ids link nobody. Where three waves or more are compared, `again` says by how many the answers of all of them exceed the people
    who wrote them, else it is None.
    """

    source: str
    reference: str
    wave: str
    patterns: Mapping[tuple[Codes, Codes], int] = field(default_factory=dict)
    why: str = ""
    again: int | None = None

    @property
    def n(self) -> int:
        """How many people."""
        return sum(self.patterns.values())


@record
class Spoken:
    """A theme in one source of material: the codes that make it up there, each with those below it."""

    id: str
    name: str
    codes: frozenset[CodePath]
    valence: str | None = None
    text: str = ""
    waves: tuple[str, ...] = ()

    def within(self, codes: Iterable[CodePath]) -> bool:
        """Whether a unit with these codes spoke of the theme."""
        return not self.codes.isdisjoint(codes)

    def sought(self, wave: str | None) -> bool:
        """Whether the theme was looked for in a wave."""
        return not self.waves or wave in self.waves


@record
class Book:
    """The code book of one source: its themes in order, and every code of its files."""

    source: str
    themes: tuple[Spoken, ...]
    codes: tuple[Code, ...]


def mentions(patterns: Patterns, theme: Spoken) -> int:
    """The units that spoke of a theme, each once."""
    return all_mentions(patterns, [theme])[theme.id]


def all_mentions(patterns: Patterns, themes: Iterable[Spoken]) -> dict[str, int]:
    """The units that spoke of each theme, by its id, each once; in one pass, as units have few of many codes."""
    found, named = dict[str, int](), dict[CodePath, list[str]]()
    for theme in themes:
        found[theme.id] = 0
        for code in theme.codes:
            named.setdefault(code, []).append(theme.id)
    for codes, number in patterns.items():
        for id in {id for code in codes for id in named.get(code, ())}:
            found[id] += number
    return found
