"""People who answered in both waves, from the number at each pair of scores: their means, how the two answers correlate, and who moved."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from rpgstat.record import record
from rpgstat.stats.sample import Sample, describe

Score = Fraction | int | float
Move = tuple[Score, Score, int]
"""The score in the reference wave, the one in the later wave, and how many people gave both."""


@record
class Pairs:
    """`reference`, `later` and `change` (later minus reference) describe the pairs only; `up`, `down` and `unchanged` add up to `n`.

    `correlation` is Pearson's, -1 to 1: 0 where a side has no variance, None below two pairs.
    """

    n: int
    correlation: float | None
    up: int
    down: int
    unchanged: int
    reference: Sample
    later: Sample
    change: Sample


def describe_pairs(*, moves: Iterable[Move]) -> Pairs:
    """What is known of the pairs. `moves` may name a pair of scores more than once, in any order; sums are exact.

    Raises ValueError for a negative number of people or a score that is not finite.

    >>> pairs = describe_pairs(moves=[(1, 2, 3), (2, 2, 4), (3, 4, 2), (4, 3, 1)])
    >>> pairs.n, pairs.up, pairs.down, pairs.unchanged, round(pairs.correlation, 3)
    (10, 5, 1, 4, 0.723)
    """
    found = [(Fraction(before), Fraction(after), int(people)) for before, after, people in moves if people]
    people = [number for _, _, number in found]
    columns = ([a for a, _, _ in found], [b for _, b, _ in found], [b - a for a, b, _ in found])
    reference, later, change = (describe(counts=people, scores=scores) for scores in columns)
    up, down = (sum(number for a, b, number in found if (b - a) * sign > 0) for sign in (1, -1))
    n = sum(people)
    return Pairs(n, _correlation(found) if n > 1 else None, up, down, n - up - down, reference, later, change)


def _correlation(moves: Sequence[tuple[Fraction, Fraction, int]]) -> float:
    """Pearson's r from whole numbers, so that it is exactly 1 where it is 1."""
    unit = math.lcm(*(score.denominator for a, b, _ in moves for score in (a, b)))
    whole = [(int(a * unit), int(b * unit), people) for a, b, people in moves]
    n = sum(people for _, _, people in whole)

    def centred(one: int, other: int) -> int:
        with_other = sum(move[one] * move[other] * move[2] for move in whole)
        return n * with_other - sum(move[one] * move[2] for move in whole) * sum(move[other] * move[2] for move in whole)

    spread = centred(0, 0) * centred(1, 1)
    root = math.isqrt(spread)
    return centred(0, 1) / (root if root * root == spread else math.sqrt(spread)) if spread else 0.0


def assumed_pairs(*, reference: Sample, later: Sample, n: int, correlation: float) -> Pairs:
    """Pairs that nobody could link, as if `n` people were in both waves and their two answers correlated so: what `overlap` needs to know of them.

    >>> assumed_pairs(reference=Sample(47, 2.8, 0.8, 3.0), later=Sample(75, 3.0, 0.7, 3.0), n=40, correlation=0.5).change.sd > 0
    True
    """
    a, b = reference.sd or 0.0, later.sd or 0.0
    spread = math.sqrt(max(a * a + b * b - 2 * correlation * a * b, 0.0))
    change = Sample(n, (later.mean or 0.0) - (reference.mean or 0.0), spread, None)
    return Pairs(n, correlation if n > 1 else None, 0, 0, n, reference, later, change)
