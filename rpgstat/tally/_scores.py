"""Battery scores: the points of an answer in whole units, and how many people have each score."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import lcm
from typing import Any

import polars as pl

from rpgstat.study import Battery, ScoreCounts

Heap = tuple[int, int, int]
"""Some people: how many, and what they weigh (0 and 0 where nobody is weighted)."""


def unit_of(battery: Battery) -> int:
    """The common denominator that makes every score of the battery an integer."""
    return lcm(*(score.denominator for score in (*battery.scale.scores, battery.scale.low + battery.scale.high)))


def points(code: pl.Expr, scores: tuple[Fraction, ...], unit: int) -> pl.Expr:
    """The score of a code in whole units, 0 where there is none."""
    whole = [int(score * unit) for score in scores]
    if whole == list(range(1, len(whole) + 1)):
        return pl.when(code <= len(whole)).then(code.cast(pl.Int32)).otherwise(0)
    chain: Any = pl.when(code == 1).then(whole[0])
    for value, score in enumerate(whole[1:], start=2):
        chain = chain.when(code == value).then(score)
    points: pl.Expr = chain.otherwise(0).cast(pl.Int64)
    return points


def small_points(code: pl.Expr, scores: tuple[Fraction, ...], unit: int) -> pl.Expr:
    """As `points`, of people who answered on the scale: the code itself where it is the score and its square fits into its eight bits."""
    same = len(scores) <= 15 and [score * unit for score in scores] == list(range(1, len(scores) + 1))
    return code if same else points(code, scores, unit).cast(pl.Int64)


def score_counts(items: tuple[str, ...], rows: Iterable[tuple[int, int, Heap]], unit: int, *, weighted: bool) -> ScoreCounts:
    """Distinct scores from rows of (sum in units, answered, people); people below half of the items are missing."""
    found: dict[Fraction, Heap] = {}
    missing = 0
    for total, answered, people in rows:
        if 2 * answered < len(items) or answered == 0:
            missing += people[0]
        else:
            value = Fraction(total, answered * unit)
            n, weight, square = found.get(value, (0, 0, 0))
            found[value] = n + people[0], weight + people[1], square + people[2]
    values = tuple(sorted(found))
    masses = tuple(found[v][1:] for v in values) if weighted else ()
    return ScoreCounts(items, values, tuple(found[v][0] for v in values), missing, masses)
