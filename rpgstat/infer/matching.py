"""Which statements of different waves may be one, worded differently: by the name that their exports give them, else by what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Literal

from rpgstat.infer.layout import Block, Line, compatible
from rpgstat.record import record
from rpgstat.study import normalise
from rpgstat.text import shortened
from rpgstat.text.drift import alike, drift, likely_same, turned

SURELY = 0.85
"""Likeness from which two wordings are proposed as one statement, 0 to 1."""

_NAMED = 0.5  # likeness from which one name in both exports is taken for one statement: numbers of questions move on when one is put in
_MOST = 3000  # statements that other waves lack, up to which they are compared, each with each


@record
class Match:
    """Two wordings taken for, or proposed as, one statement: how `likeness` (0 to 1) stands, and `by` what they were matched."""

    earlier: str
    later: str
    likeness: float
    by: Literal["name", "text"] = "text"
    name: str = ""

    @property
    def said(self) -> str:
        """What was matched by what, and the change of wording word by word.

        >>> Match("I carry the strain of my work", "I carry the strain of the work", 0.92).said
        'matched by text, 92 % alike: I carry the strain of [my → the] work'
        """
        how = f"by its name in the exports, `{self.name}`" if self.by == "name" else f"by text, {min(int(100 * self.likeness), 99)} % alike"
        return f"matched {how}: {drift(self.earlier, self.later)}"


def match_names(blocks: list[Block], waves: int) -> list[Match]:
    """Joins statements that other waves lack where both exports give them one name and they say much the same; what was joined, in order."""
    return _joined(blocks, waves, _by_name)


def match_texts(blocks: list[Block], waves: int, *, join: bool) -> list[Match]:
    """Statements that other waves lack and that are nearly worded alike, the likeliest first; with `join` they become one, for somebody to confirm.

    None where a number differs, or a word that may turn the meaning, and none whose answers are on different scales.
    """
    return _joined(blocks, waves, _by_text, join=join)


Place = tuple[Block, Line]
Pair = tuple[float, Place, Place, Match]


def _joined(blocks: list[Block], waves: int, way: Callable[[Sequence[Place]], Iterator[Pair]], *, join: bool = True) -> list[Match]:
    if waves < 2:
        return []
    partial = [(block, line) for block in blocks for line in block.lines if len(_waves(line)) < waves]
    if not 1 < len(partial) <= _MOST:
        return []
    used: set[int] = set()
    found = []
    fits = lru_cache(maxsize=None)(compatible)  # of two blocks many statements may be alike
    for _, one, other, match in sorted(way(partial), key=lambda pair: -pair[0]):
        lines = {id(one[1]), id(other[1])}
        if used & lines or not fits(one[0], other[0]):
            continue
        used |= lines
        found.append(match)
        if join:
            _join(blocks, one, other)
    return found


def _waves(line: Line) -> set[int]:
    return {row.wave for row in line.rows}


def _apart(partial: Iterable[Place]) -> Iterator[tuple[Place, Place]]:
    """Each two of the statements that share no wave, the earlier first."""
    for one, other in combinations(sorted(partial, key=lambda place: min(_waves(place[1]))), 2):
        if not _waves(one[1]) & _waves(other[1]):
            yield one, other


def _by_name(partial: Sequence[Place]) -> Iterator[Pair]:
    named: dict[str, list[Place]] = {}
    for block, line in partial:
        for name in {normalise(row.column.variable): row.column.variable for row in line.rows if row.column.variable and not row.column.placed}:
            named.setdefault(name, []).append((block, line))
    for places in named.values():
        for one, other in _apart(places):
            likeness = alike(one[1].text, other[1].text)
            if likeness >= _NAMED and not turned(one[1].text, other[1].text):
                yield likeness, one, other, Match(one[1].text, other[1].text, likeness, "name", other[1].rows[0].column.variable)


def _by_text(partial: Sequence[Place]) -> Iterator[Pair]:
    groups: dict[frozenset[int], list[Place]] = {}
    for place in sorted(partial, key=lambda place: min(_waves(place[1]))):
        groups.setdefault(frozenset(_waves(place[1])), []).append(place)
    for earlier, later in combinations(groups, 2):
        if earlier & later:
            continue
        ones, others = groups[earlier], groups[later]
        for at, beside, likeness in likely_same([line.text for _, line in ones], [line.text for _, line in others], SURELY):
            one, other = ones[at], others[beside]
            if normalise(one[1].text) != normalise(other[1].text) and not turned(one[1].text, other[1].text):
                yield likeness, one, other, Match(one[1].text, other[1].text, likeness)


def _join(blocks: list[Block], one: Place, other: Place) -> None:
    one[1].rows += other[1].rows
    other[0].lines = [line for line in other[0].lines if line is not other[1]]
    if not other[0].lines:
        blocks.remove(other[0])


def told_apart(found: Iterable[Match]) -> list[str]:
    """What to tell where statements were not joined: how alike they are, how they differ, and what to do if they are one."""
    return [
        f"`{shortened(match.earlier)}` and `{shortened(match.later)}` stand in different waves and are kept apart; they are "
        f"{min(int(100 * match.likeness), 99)} % alike: {drift(match.earlier, match.later)}; if they are one item, give it both columns in a study file "
        "(`rpgstat init` proposes it)"
        for match in found
    ]


def told_joined(found: Iterable[Match]) -> list[str]:
    """What to tell of statements that were joined though they are worded differently."""
    return [f"`{shortened(match.earlier)}` and `{shortened(match.later)}` are taken for one item, {match.said}" for match in found]


def paired(texts: Mapping[int, Sequence[str]]) -> list[tuple[str, str, float]]:
    """Texts of different waves that are nearly worded alike, each used once, the likeliest first. `texts` are those by wave that stand in it alone."""
    pairs = [
        (likeness, texts[one][at], texts[other][beside])
        for one, other in combinations(sorted(texts), 2)
        if len(texts[one]) + len(texts[other]) <= _MOST
        for at, beside, likeness in likely_same(texts[one], texts[other], SURELY)
    ]
    found: list[tuple[str, str, float]] = []
    used: set[str] = set()
    for likeness, earlier, later in sorted(pairs, key=lambda pair: -pair[0]):
        if not used & {earlier, later} and not turned(earlier, later):
            used |= {earlier, later}
            found.append((earlier, later, likeness))
    return found
