"""Battery scores: the points of an answer in whole units, and how many people have each score."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import cache
from math import gcd, lcm

from rpgstat.study import Battery, ScoreCounts
from rpgstat.tally._file import File
from rpgstat.tally._spec import ItemOf
from rpgstat.tally.engine import Heap


def unit_of(battery: Battery) -> int:
    """The common denominator that makes every score of the battery an integer."""
    return lcm(*(score.denominator for score in (*battery.scale.scores, battery.scale.low + battery.scale.high)))


def items_of(file: File, items: Iterable[str], prefix: str = "") -> tuple[ItemOf, ...]:
    """Items in a query on a file, with the points of their levels in whole units of their battery; `prefix` begins the names of their columns."""
    found = []
    for id in items:
        battery, item = file.items[id]
        unit = unit_of(battery)
        points = tuple(int(score * unit) for score in file.scale(id).scores)
        found.append(ItemOf(prefix + file.names[id], points, bool(item.reverse)))
    return tuple(found)


def score_counts(items: tuple[str, ...], rows: Iterable[tuple[int, int, Heap]], unit: int, *, weighted: bool) -> ScoreCounts:
    """Distinct scores from rows of (sum in units, answered, people); people below half of the items are missing."""
    found: dict[tuple[int, int], Heap] = {}
    missing = 0
    for total, answered, people in rows:
        if 2 * answered < len(items) or answered == 0:
            missing += people[0]
        else:
            shared = gcd(total, answered * unit)
            key = total // shared, answered * unit // shared
            n, weight, square = found.get(key, (0, 0, 0))
            found[key] = n + people[0], weight + people[1], square + people[2]
    ordered = sorted(found, key=lambda key: key[0] / key[1])  # denominators are too small for two scores to be one float
    masses = tuple(found[key][1:] for key in ordered) if weighted else ()
    return ScoreCounts(items, tuple(_score(*key) for key in ordered), tuple(found[key][0] for key in ordered), missing, masses)


@cache
def _score(numerator: int, denominator: int) -> Fraction:
    """One object for each score, however many cells have it."""
    return Fraction(numerator, denominator)
