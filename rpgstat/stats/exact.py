"""Exact permutation tests of two waves from counts: of the scores, and of their mid-ranks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rpgstat.errors import UserError
from rpgstat.glossary.sentences import say
from rpgstat.stats import _tables
from rpgstat.stats.sample import Test

# People in the smaller wave x the range of their sum in steps of the scores. On five levels 47 against 75 are 9 thousand, 1,000 against
# 1,000 are 4 million (a tenth of a second) and 3,500 against 3,500 are 49 million (two seconds and 200 MB). Mid-ranks take finer steps:
# 240 against 240 reach the bound.
MAX_STATES = 50_000_000
# A score such as 0.1 or 7/3 that came as a float is the fraction with at most this denominator that rounds to it.
MAX_DENOMINATOR = 1_000_000
TOLERANCE = 1e-9

Score = Fraction | int | float


def exact(*, reference: Sequence[int], later: Sequence[int], scores: Sequence[Score]) -> Test:
    """Exact two-sided permutation test of the difference in mean score, given everyone's answers.

    `reference` and `later` count the answers at the same levels; `scores` are those of the levels, in any order. The statistic is the
    sum of the later wave's scores. p is the share of all ways to deal the answers out to two waves of these sizes whose sum lies at
    least as far from its expectation; sums are compared as integers, or, when the scores are no simple fractions, within 1e-9 of the
    distance (of 1 if that is less). When all answers are equal p is 1. All None, with a note, when a wave is empty.
    Raises UserError above `MAX_STATES` states (unless the possible tables are few), ValueError for unequal lengths.

    Pitman 1937, Supplement to the JRSS 4; Strasser & Weber 1999, Mathematical Methods of Statistics 8; the convolution is in the spirit
    of the shift algorithm of Streitberg & Röhmel 1986, Statistical Software Newsletter 12. Only positive numbers are added and
    multiplied, so that small p keep their digits.

    >>> test = exact(reference=[2, 1, 0], later=[0, 1, 2], scores=[1, 2, 3])
    >>> test.statistic, test.p_value
    (8.0, 0.2)
    """
    instead = "use the t-test that allows unequal variances, which is accurate at this size: `--method welch`"
    return _permutation(reference, later, scores, "exact", instead)


def exact_sum(*, n: int, total: Score, pool: Sequence[int], scores: Sequence[Score]) -> float:
    """Exact two-sided p of n people whose scores sum to `total`, as if drawn without replacement from `pool`, which counts people at each of `scores`.

    A function of nothing else about them: it tells no more of their answers than their mean does. The same test as `exact` of these people
    against the others of the pool. 1 when all scores are equal or all of the pool is drawn.
    Raises UserError above `MAX_STATES` states (unless the possible tables are few), ValueError for n below 1 or more than the pool has.

    >>> exact_sum(n=3, total=8, pool=[2, 2, 2], scores=[1, 2, 3])
    0.2
    """
    if not 1 <= n <= sum(pool):
        raise ValueError(f"{n} people cannot be drawn from {sum(pool)}")
    levels = sorted((_simple(score), int(people)) for people, score in zip(pool, scores, strict=True) if people)
    values, totals = [value for value, _ in levels], [people for _, people in levels]
    everyone = sum((Fraction(value) * people for value, people in levels), Fraction(0))
    few, own = min((n, Fraction(total)), (sum(totals) - n, everyone - Fraction(total)))
    return _p_value(values, totals, few, own, "exact", "nothing else tests a mean alone") if few else 1.0


def exact_rank(*, reference: Sequence[int], later: Sequence[int]) -> Test:
    """Exact two-sided permutation test of the mid-ranks: the Wilcoxon rank sum test without approximation, whatever the ties.

    `reference` and `later` count the answers at the same levels, lowest first. The statistic is the sum of the later wave's mid-ranks;
    p is as for `exact`, in integers (doubled mid-ranks). All None, with a note, when a wave is empty.
    Raises UserError above `MAX_STATES` states (unless the possible tables are few), ValueError for unequal lengths.

    Wilcoxon 1945, Biometrics Bulletin 1; Streitberg & Röhmel 1986, Statistical Software Newsletter 12.

    >>> test = exact_rank(reference=[2, 1, 0], later=[0, 1, 2])
    >>> test.statistic, test.p_value
    (14.5, 0.2)
    """
    totals = [int(a) + int(b) for a, b in zip(reference, later, strict=True)]
    ranks = [Fraction(2 * up_to - total + 1, 2) for up_to, total in zip(accumulate(totals), totals, strict=True)]
    instead = "use the rank test by its normal approximation, which is accurate at this size: `--method mann-whitney`"
    return _permutation(reference, later, ranks, "exact-rank", instead)


def _permutation(reference: Sequence[int], later: Sequence[int], scores: Sequence[Score], method: str, instead: str) -> Test:
    """Both tests: deal out the smaller wave, which by symmetry has the same p."""
    levels = sorted((_simple(s), int(a), int(b)) for a, b, s in zip(reference, later, scores, strict=True) if a + b)
    first, second = [a for _, a, _ in levels], [b for _, _, b in levels]
    if not (sum(first) and sum(second)):
        return Test(None, None, None, method, say("row.empty_wave"))
    values, totals = [value for value, _, _ in levels], [a + b for _, a, b in levels]
    statistic = sum((b * Fraction(value) for value, _, b in levels), Fraction(0))
    smaller = min(first, second, key=sum)
    own = sum((count * Fraction(value) for value, count in zip(values, smaller, strict=True)), Fraction(0))
    return Test(float(statistic), None, _p_value(values, totals, sum(smaller), own, method, instead), method)


def _p_value(values: list[Score], totals: list[int], chosen: int, own: Fraction, method: str, instead: str) -> float:
    """Two-sided p of `chosen` people whose values sum to `own`, by the cheaper of two ways: a grid of sums, or a list of all tables."""
    n, steps = sum(totals), _steps(values)
    few = _tables.number(totals=totals, chosen=chosen)
    states = None if steps is None else chosen * max(chosen * steps[-1], 1)
    if few <= min(_tables.MAX_TABLES, few if states is None else states):
        coefficients = np.array(values, dtype=float) if steps is None else np.array(steps, dtype=_tables.whole_type(n * chosen * steps[-1]))
        sums, weight = _tables.listed(totals=totals, chosen=chosen, coefficients=coefficients, power=1)
    elif steps is not None and states is not None and states <= MAX_STATES:
        weight = sum_weights(totals, steps, chosen)
        sums = np.arange(weight.size)
    else:
        size = f"{few:,} tables" if states is None else f"{states:,} states, {MAX_STATES:,} at most"
        raise UserError(f"method `{method}`: {n - chosen:,} against {chosen:,} answers are too many ({size})", instead)
    observed: Any = float(own) if steps is None else _in_steps(own, values, steps, chosen)
    extreme = _extreme(sums, steps or values, totals, (chosen, observed), 0.0 if steps else TOLERANCE)
    return min(float(weight[extreme].sum() / weight.sum()), 1.0)


def _extreme(sums: NDArray[Any], values: Sequence[Any], totals: list[int], observed: tuple[int, Any], tolerance: float) -> NDArray[np.bool_]:
    """Which sums lie at least as far from their expectation as the observed people and sum; both sides times n, so that integers stay integers."""
    n, (chosen, own) = sum(totals), observed
    expected = chosen * sum(value * total for value, total in zip(values, totals, strict=True))
    distance = abs(n * own - expected)
    if tolerance:
        distance -= tolerance * max(n, distance)
    return np.asarray(abs(n * sums - expected) >= distance, dtype=bool)


def _simple(score: Score) -> Score:
    """The score as a simple fraction where it is one, else the float itself."""
    if not isinstance(score, float):
        return Fraction(score)
    simple = Fraction(score).limit_denominator(MAX_DENOMINATOR)
    return simple if float(simple) == score else score


def _steps(values: list[Score]) -> list[int] | None:
    """Ascending scores as whole steps above the lowest; None when one of them is no simple fraction.

    >>> _steps([Fraction(1), Fraction(5, 2), Fraction(4)])
    [0, 1, 2]
    """
    above = [Fraction(value) - Fraction(values[0]) for value in values if not isinstance(value, float)]
    if len(above) < len(values):
        return None
    unit = math.lcm(*(value.denominator for value in above))
    whole = [int(value * unit) for value in above]
    step = math.gcd(*whole) or 1
    return [value // step for value in whole]


def _in_steps(own: Fraction, values: list[Score], steps: list[int], chosen: int) -> int:
    """The sum of the values of `chosen` people as whole steps above the lowest.

    >>> _in_steps(Fraction(13, 2), [Fraction(1), Fraction(5, 2), Fraction(4)], [0, 1, 2], 2)
    3
    """
    above = own - chosen * Fraction(values[0])
    return int(above * steps[-1] / (Fraction(values[-1]) - Fraction(values[0]))) if steps[-1] else 0


def sum_weights(totals: list[int], steps: list[int], chosen: int) -> NDArray[np.float64]:
    """Relative chance of every sum 0, 1, 2... of the steps of `chosen` people, of whom `totals` stand at each of the ascending `steps`.

    >>> (sum_weights([2, 2, 2], [0, 1, 2], 2) / sum_weights([2, 2, 2], [0, 1, 2], 2).sum() * 15).round(9).tolist()
    [1.0, 4.0, 5.0, 4.0, 1.0]

    From the highest level down, `grid[people, sum]` holds the chance of having chosen so many. A level adds people; going down to the
    next raises the sum by the gap for everyone chosen so far. Rows that can no longer reach `chosen` are left out: `first` is the
    number of people of row 0.
    """
    n = left = sum(totals)
    grid, first = np.ones((1, 1)), 0
    for level in reversed(range(len(totals))):
        left -= totals[level]
        own = _tables.weights(total=totals[level], chosen=chosen, n=n)
        lowest, highest = max(first, chosen - left), min(first + grid.shape[0] + own.size - 2, chosen)
        grid = _banded(own, lowest - first, highest - first + 1, grid.shape[0]) @ grid
        first = lowest
        grid = _raised(grid, first, steps[level] - steps[level - 1] if level else 0)
    return np.asarray(grid[0])


def _banded(own: NDArray[np.float64], start: int, stop: int, columns: int) -> NDArray[np.float64]:
    """Rows `start` to `stop` of the matrix that convolves a column of length `columns` with `own`: entry (r, c) is own[r - c]."""
    padded = np.concatenate([np.zeros(columns - 1), own, np.zeros(columns - 1)])
    return np.ascontiguousarray(np.lib.stride_tricks.sliding_window_view(padded, columns)[start:stop, ::-1])


def _raised(grid: NDArray[np.float64], first: int, gap: int) -> NDArray[np.float64]:
    """The grid with the sums of each row moved up by `gap` for each of its people."""
    if gap == 0:
        return grid
    rows, sums = grid.shape
    raised = np.zeros((rows, sums + gap * (first + rows - 1)))
    for row in range(rows):
        start = gap * (first + row)
        raised[row, start : start + sums] = grid[row]
    return raised
