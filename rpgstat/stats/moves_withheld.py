"""Which cells of a table of moves are not shown, so that nobody can work out a small one from sums that are known."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from rpgstat.stats.pairs import Score
from rpgstat.stats.programmes import quietly

Place = tuple[int, int]

_OPEN = 2
"""How far apart the least and the largest possible value of a small cell must lie: three values at least."""


def withheld_cells(people: Sequence[Sequence[int]], few: int, scores: Sequence[Score] = ()) -> set[Place]:
    """The cells that are not shown: of 1 to `few` - 1 people, and as many more as keep these from being worked out.

    `people` by level before (rows) and after, lowest first. Whoever looks may know each row's and column's sum (the distributions of the pairs), how many
    went up, stayed and went down, how many agreed in which wave, and the sum of products of both `scores` (the correlation; 1, 2, 3 ... unless given): with
    all of them, and what is shown, each small cell has three possible values in whole numbers. Where not even a table of nothing would do, nothing is shown.
    Tests that go by ranks, by signs or by the whole table are no sums, and can tell more.

    >>> sorted(withheld_cells([[9, 2, 0], [0, 12, 6], [0, 0, 8]], 5))
    [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)]
    >>> withheld_cells([[9, 5], [6, 12]], 5)
    set()
    """
    cells = _cells(len(people))
    small = [(i, j) for i, j in cells if 0 < people[i][j] < few]
    known = _known(len(people), scores or list(range(1, len(people) + 1)))

    def told(hidden: set[Place]) -> Place | None:
        return next((place for place in small if not _open(place, people, hidden, known)), None)

    hidden = set(small)
    if small and told(set(cells)):
        return set(cells)
    while again := told(hidden):
        i, j = again
        shown = [place for place in cells if place not in hidden]
        hidden.add(min(shown, key=lambda place: (place[0] != i and place[1] != j, *_worth(people, place))))
    for place in sorted(hidden.difference(small), key=lambda place: _worth(people, place), reverse=True):
        hidden -= set() if told(hidden - {place}) else {place}
    return hidden


def _cells(levels: int) -> list[Place]:
    return [(i, j) for i in range(levels) for j in range(levels)]


def _worth(people: Sequence[Sequence[int]], place: Place) -> tuple[bool, int, Place]:
    """What is given up first: few people, and nobody last, for that tells what no one did."""
    n = people[place[0]][place[1]]
    return n == 0, n, place


def _known(levels: int, scores: Sequence[Score]) -> list[dict[Place, Fraction]]:
    """The sums that are known: of each what a person in a cell adds to it."""
    cells = _cells(levels)
    agrees = [level >= (levels + 1) // 2 for level in range(levels)]
    tests: list[Any] = [lambda p, i=i: p[0] == i for i in range(levels)] + [lambda p, j=j: p[1] == j for j in range(levels)]
    tests += [lambda p, side=side: (p[1] > p[0]) - (p[1] < p[0]) == side for side in (-1, 0, 1)]
    tests.append(lambda p: agrees[p[0]] and agrees[p[1]])
    found = [{place: Fraction(1) for place in cells if test(place)} for test in tests]
    exact = [Fraction(score) for score in scores]
    return [*found, {(i, j): exact[i] * exact[j] for i, j in cells if exact[i] * exact[j]}]


def _open(place: Place, people: Sequence[Sequence[int]], hidden: set[Place], known: Sequence[dict[Place, Fraction]]) -> bool:
    """Whether a cell may have three values for all that is known."""
    order = sorted(hidden)
    rows = np.array([[float(own.get(cell, 0)) for cell in order] for own in known])
    values = rows @ np.array([people[i][j] for i, j in order], dtype=float)
    low, high = (_end(rows, values, order.index(place), sign) for sign in (1, -1))
    return high - low >= _OPEN


def _end(rows: Any, values: Any, at: int, sign: int) -> int:
    """The least (`sign` 1) or largest value that a hidden cell may have in whole numbers."""
    from scipy.optimize import LinearConstraint, milp

    aim = np.zeros(rows.shape[1])
    aim[at] = sign
    slack = 1e-6 * np.maximum(1.0, np.abs(values))
    with quietly():
        found = milp(aim, constraints=LinearConstraint(rows, values - slack, values + slack), integrality=np.ones(rows.shape[1]))
    return round(float(found.x[at])) if found.x is not None else 0
