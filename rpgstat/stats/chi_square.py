"""Whether two waves spread over the levels differently: Pearson's chi-square, its conditional exact p, and Cramér's V."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Literal

import numpy as np
from scipy.special import chdtrc, chndtr

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats import _tables
from rpgstat.stats.fit import SMALL_EXPECTED
from rpgstat.stats.sample import Effect, Test

# 99,999 random tables: the Monte Carlo error of a p near .05 is .0007.
DRAWS = 99_999
SEED = 1900


@record
class ChiSquare:
    """Pearson's test, and the conditional exact p where an expected count is below 5 (else None)."""

    test: Test
    exact_p: float | None = None
    exact_method: Literal["enumeration", "Monte Carlo"] | None = None


def chi_square(*, reference: Sequence[int], later: Sequence[int]) -> ChiSquare:
    """Pearson's chi-square test that both waves spread over the levels alike, without continuity correction.

    `reference` and `later` count the answers at the same levels, in any order; levels that neither wave used are dropped, and df is the
    number of the others minus 1. With any expected count below 5 `exact_p` is added: the probability, given both margins, of a table
    with as large a chi-square, compared in integers: by enumeration up to `_tables.MAX_TABLES` tables, else (b + 1) / (B + 1) from B =
    99,999 random tables with a fixed seed. All None, with a note, when a wave is empty or fewer than two levels were used.
    Raises ValueError for unequal numbers of levels.

    Pearson 1900, Philosophical Magazine 50; exact p: Agresti 1992, Statistical Science 7; Monte Carlo p: Davison & Hinkley 1997, Bootstrap
    Methods and their Application, section 4.2.

    >>> found = chi_square(reference=[1, 3, 2, 0], later=[0, 1, 3, 2])
    >>> round(found.test.statistic, 2), found.test.df, round(found.test.p_value, 4), found.exact_method, round(found.exact_p, 4)
    (4.2, 3, 0.2407, 'enumeration', 0.3506)
    """
    table = _used(reference, later)
    if problem := _undefined(table):
        return ChiSquare(Test(None, None, None, "chi-square", problem))
    statistic, df = _pearson(table), len(table) - 1
    test = Test(statistic, df, float(chdtrc(df, statistic)), "chi-square")
    n_reference, n_later = (sum(wave) for wave in zip(*table, strict=True))
    if min(n_reference, n_later) * min(a + b for a, b in table) >= SMALL_EXPECTED * (n_reference + n_later):
        return ChiSquare(test)
    return _with_exact(test, table)


def cramers_v(*, reference: Sequence[int], later: Sequence[int], level: float = 0.95) -> Effect:
    """Cramér's V of wave by level: the square root of chi-square / n, 0 (alike) to 1 (no level in common); not adjusted for bias.

    `reference` and `later` count the answers at the same levels, in any order. The two-sided limits of confidence `level` are those of
    the noncentrality of chi-square, each 0 where even noncentrality 0 makes a chi-square so small improbable, and cut at 1. All None,
    with a note, when a wave is empty or fewer than two levels were used. Raises ValueError for unequal numbers of levels.

    Cramér 1946, Mathematical Methods of Statistics, section 21.9; limits: Smithson 2003, Confidence Intervals, chapter 4.

    >>> v = cramers_v(reference=[8, 20, 15, 4], later=[5, 20, 30, 20])
    >>> round(v.estimate, 3), round(v.low, 3), round(v.high, 3)
    (0.293, 0.056, 0.448)
    """
    table = _used(reference, later)
    if problem := _undefined(table):
        return Effect("V", None, None, None, problem)
    n, statistic, df = sum(a + b for a, b in table), _pearson(table), len(table) - 1
    tail = (1 - level) / 2
    low, high = (math.sqrt(_noncentrality(statistic, df, p) / n) for p in (1 - tail, tail))
    return Effect("V", math.sqrt(statistic / n), min(low, 1.0), min(high, 1.0))


def _used(reference: Sequence[int], later: Sequence[int]) -> list[tuple[int, int]]:
    return [(int(a), int(b)) for a, b in zip(reference, later, strict=True) if a + b]


def _undefined(table: list[tuple[int, int]]) -> str:
    """Why there is no chi-square, or nothing."""
    if not (sum(a for a, _ in table) and sum(b for _, b in table)):
        return say("row.empty_wave")
    return say("row.one_level") if len(table) < 2 else ""


def _pearson(table: list[tuple[int, int]]) -> float:
    """Pearson's statistic of a table with two columns, from whole cross-differences: equal spreads give exactly 0."""
    first, second = (sum(wave) for wave in zip(*table, strict=True))
    return math.fsum((a * second - b * first) ** 2 / ((a + b) * first * second) for a, b in table)


def _with_exact(test: Test, table: list[tuple[int, int]]) -> ChiSquare:
    """Given the margins, chi-square grows with the sum of people ** 2 / total over levels: in integers, times their common denominator."""
    totals = [a + b for a, b in table]
    smaller = min(zip(*table, strict=True), key=sum)
    chosen, unit = sum(smaller), math.lcm(*totals)
    observed = sum(count * count * (unit // total) for count, total in zip(smaller, totals, strict=True))
    coefficients = np.array([unit // total for total in totals], dtype=_tables.whole_type(chosen * unit))
    if _tables.number(totals=totals, chosen=chosen) <= _tables.MAX_TABLES:
        sums, weight = _tables.listed(totals=totals, chosen=chosen, coefficients=coefficients, power=2)
        return ChiSquare(test, min(float(weight[sums >= observed].sum() / weight.sum()), 1.0), "enumeration")
    drawn = np.random.default_rng(SEED).multivariate_hypergeometric(totals, chosen, size=DRAWS, method="marginals")
    sums = (drawn.astype(coefficients.dtype) ** 2 * coefficients).sum(axis=1)
    return ChiSquare(test, (int((sums >= observed).sum()) + 1) / (DRAWS + 1), "Monte Carlo")


def _noncentrality(x: float, df: int, p: float) -> float:
    """The noncentrality at which chi-square stays at or below `x` with probability `p`, by bisection; 0 where none is small enough.

    `scipy.special.chndtrinc` stops at its own tolerance; the distribution itself has all its digits.
    """
    if chndtr(x, df, 0.0) <= p:
        return 0.0
    low, high = 0.0, (math.sqrt(x) + 10) ** 2  # the root is nearly normal with variance 1: 10 is beyond any level
    for _ in range(70):
        middle = (low + high) / 2
        low, high = (middle, high) if chndtr(x, df, middle) > p else (low, middle)
    return (low + high) / 2
