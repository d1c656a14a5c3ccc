"""How people answered some statements together, by group: of short batteries, as there are many ways to answer a long one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rpgstat.study import Group, Key
from rpgstat.tally._answers import recount
from rpgstat.tally._file import File
from rpgstat.tally._files import Files
from rpgstat.tally._groups import Grouping
from rpgstat.tally._scores import items_of
from rpgstat.tally._spec import ScoreOf, Who

Pattern = tuple[int, ...]
"""Of each statement the place of the answer on its scale, from 1; one more than there are for an answer off it, 0 for none."""

_MOST = 2**63 - 1


def patterns(files: Files, by: Sequence[Group], items: Sequence[str], wave: str) -> Mapping[Key, Mapping[Pattern, int]]:
    """How many people of each combination of groups gave which answers to all of these items in a wave, turned round where an item is.

    `files` are the sources as a tally of theirs has read them, so that it is known which rows are of people. Nobody is counted where there are too many
    ways to answer for a whole number of 63 bits.
    """
    groupings = [files.grouping(group, recount) for group in by]
    found: dict[Key, Counter[Pattern]] = {}
    for at, file in enumerate(files.each):
        if wave in file.source.waves and file.items.keys() >= set(items):
            for key, own in _in_file(file, Who(tuple(grouping.numbering(at) for grouping in groupings)), groupings, items, wave).items():
                found.setdefault(key, Counter()).update(own)
    return found


def _in_file(file: File, who: Who, groupings: Sequence[Grouping], items: Sequence[str], wave: str) -> dict[Key, Counter[Pattern]]:
    """By the sum of their answers, each of which counts so much that no two patterns have the same sum."""
    asked = items_of(file, items)
    base = max(item.levels for item in asked) + 2
    if base ** len(asked) > _MOST:
        return {}
    places = [replace(item, points=tuple((level + 1) * base**at for level in range(item.levels + 1))) for at, item in enumerate(asked)]
    frame = file.table.collect([ScoreOf(tuple(places))], who)[0]
    found: dict[Key, Counter[Pattern]] = {}
    for at, *codes, total, n in frame.select(*who.keys, "sum", "n").iter_rows():
        if at < len(file.source.waves) and file.source.waves[at] == wave:  # else of rows of no wave
            key = tuple(grouping.label(code) for grouping, code in zip(groupings, codes, strict=True))
            found.setdefault(key, Counter())[_digits(total, base, len(items))] += n
    return found


def _digits(total: int, base: int, many: int) -> Pattern:
    """A sum as the answers that make it up.

    >>> _digits(1 + 0 * 4 + 3 * 16, 4, 3)
    (1, 0, 3)
    """
    return tuple(total // base**at % base for at in range(many))
