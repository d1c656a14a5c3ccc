"""What the people at a place weigh, out of how many carry each weight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations_with_replacement

import polars as pl

from rpgstat.tally._spec import UNKNOWN

Heap = tuple[int, int, int]
"""Some people: how many, what they weigh, and the sum of their squared weights (0 and 0 where nobody is weighted)."""

_DIGIT = 40
"""Bits of a digit of a weight: a sum of products of two digits of a hundred billion people fits into the largest whole number that Polars sums."""


def weighed(counted: pl.DataFrame, places: Sequence[str], whole: Mapping[str, int]) -> dict[tuple[int | str, ...], Heap]:
    """The people of declared waves by the columns `places`, `wave` among them, from rows of these, `weight` as it is written, and `n`.

    `whole` says what each weight is, in whole numbers of any length, so that the sums are exact in any order: weights are summed by their digits.
    """
    digits = [f"digit {i}" for i in range(max(1, -(-max(whole.values(), default=0).bit_length() // _DIGIT)))]
    n, pairs = pl.col("n").cast(pl.Int128), list(combinations_with_replacement(range(len(digits)), 2))
    masses = [(n * pl.col(digit)).sum().alias(f"weight {i}") for i, digit in enumerate(digits)]
    squares = [(n * pl.col(digits[i]) * pl.col(digits[j])).sum().alias(f"square {i} {j}") for i, j in pairs]
    rows = counted.lazy().filter(pl.col("wave") != UNKNOWN).select(*places, "n", *_digits(whole, digits))
    found: dict[tuple[int | str, ...], Heap] = {}
    for row in rows.group_by(places).agg(n.sum(), *masses, *squares).collect(engine="streaming").iter_rows():
        place, people, sums = row[: len(places)], row[len(places)], row[len(places) + 1 :]
        mass = sum(own << (_DIGIT * i) for i, own in enumerate(sums[: len(digits)]))
        square = sum(own << (_DIGIT * (i + j) + (i != j)) for (i, j), own in zip(pairs, sums[len(digits) :], strict=True))
        found[place] = people, mass, square
    return found


def _digits(whole: Mapping[str, int], digits: Sequence[str]) -> list[pl.Expr]:
    """The digits of each row's weight, the lowest first."""
    word, known = pl.col("weight").cast(pl.String), list(whole)
    each = [[weight >> (_DIGIT * i) & ((1 << _DIGIT) - 1) for weight in whole.values()] for i in range(len(digits))]
    return [word.replace_strict(known, own, return_dtype=pl.Int128).alias(name) for name, own in zip(digits, each, strict=True)]


def summed(counted: pl.DataFrame, by: Sequence[str], sums: Sequence[str]) -> pl.DataFrame:
    """The sums of some columns over all that tells people apart beside `by`, such as their groups and weights."""
    return counted.lazy().group_by(by).agg(pl.col(sums).sum()).collect(engine="streaming")
