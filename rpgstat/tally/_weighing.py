"""What each weight that people have in a file stands for, and how many have it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from rpgstat.record import record
from rpgstat.study import Source
from rpgstat.tally._spec import UNKNOWN
from rpgstat.tally._weights import parts_of_one, weights, whole
from rpgstat.tally.engine import Counted


@record
class Weighing:
    """The weights as whole multiples of a unit by how they are written, by wave how many people have each, and how many units a weight of 1 is."""

    whole: Mapping[str, int]
    people: Mapping[str, Mapping[Fraction | float, int]]
    unit: int


def weighing(source: Source, cells: Counted) -> Weighing:
    """From the cells of any one item, which everyone has answered or not. Raises UserError for weights that are none."""
    found: dict[tuple[int, str], int] = {}
    written: dict[str, int] = {}
    for wave, word, n in cells.select("wave", "weight", "n").iter_rows():
        if wave != UNKNOWN:
            found[wave, word] = found.get((wave, word), 0) + n
            written[word] = written.get(word, 0) + n
    known = weights(source.survey.name, written)
    units = whole(known)
    people: dict[str, dict[Fraction | float, int]] = {wave: {} for wave in source.waves}
    for (at, word), n in sorted(found.items(), key=lambda one: units[one[0][1]]):  # whole numbers are compared faster than fractions
        own = people[source.waves[at]]
        own[known[word]] = own.get(known[word], 0) + n
    return Weighing(units, people, parts_of_one(known))
