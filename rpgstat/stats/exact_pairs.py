"""Exact permutation tests where people answered in both waves: signs of their changes flipped, of scores or of ranks, and unpaired answers dealt out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rpgstat.errors import UserError
from rpgstat.glossary.sentences import say
from rpgstat.stats import _tables
from rpgstat.stats.exact import MAX_STATES, sum_weights
from rpgstat.stats.pairs import Move, Score
from rpgstat.stats.sample import Test
from rpgstat.stats.signed_rank import pratt_ranks

Floats = NDArray[np.float64]


def sign_flip(*, changes: Iterable[tuple[Score, int]]) -> Test:
    """Exact two-sided permutation test of the changes of pairs: all ways to flip their signs.

    `changes` are later minus reference, and how many people changed by so much. The statistic is their sum, positive when the later answers
    are higher. p is the share of all 2^p flips whose sum lies at least as far from 0, in integers; people who did not change stay, and change
    nothing. 1 when nobody changed. All None, with a note, without pairs. The cost grows with the range of the sums.
    Raises UserError above `exact.MAX_STATES` states.

    Fisher 1935, The Design of Experiments, section 21; the convolution as in `exact`: only positive numbers are added and multiplied.

    >>> test = sign_flip(changes=[(1, 5), (0, 3), (-1, 1)])
    >>> test.statistic, round(test.p_value, 5)
    (4.0, 0.21875)
    """
    found = [(_fraction(change), int(people)) for change, people in changes if people]
    if not found:
        return Test(None, None, None, "exact", say("row.nobody_paired"))
    total = sum(change * people for change, people in found)
    return Test(float(total), None, _flipped_p(found, "exact", "use the paired t-test: leave `--method` out"), "exact")


def signed_rank(*, changes: Iterable[tuple[Score, int]]) -> Test:
    """Exact signed-rank test of the changes of pairs, zeros by Pratt: they are ranked with the others and their ranks dropped.

    `changes` are later minus reference, and how many people changed by so much; sizes of change that tie share their mid-rank. The statistic
    is the sum of signed ranks, positive when moves up outweigh moves down. p counts the flips of signs with a sum at least as far from 0, in
    doubled ranks. It differs from R's `wilcox.test`, which drops zeros before it ranks. None and errors as in `sign_flip`.

    Pratt 1959, Journal of the American Statistical Association 54; R `coin::wilcoxsign_test(zero.method = "Pratt", distribution = "exact")`.

    >>> test = signed_rank(changes=[(1, 10), (0, 12), (-1, 3)])
    >>> test.statistic, round(test.p_value, 4)
    (133.0, 0.0923)
    """
    ranked = pratt_ranks(changes)
    if not ranked:
        return Test(None, None, None, "signed-rank", say("row.nobody_paired"))
    return Test(
        float(sum(rank * people for rank, people in ranked)),
        None,
        _flipped_p(ranked, "signed-rank", "take its normal approximation, which is accurate at this size"),
        "signed-rank",
    )


def exact_overlap(*, reference: Mapping[Any, int], later: Mapping[Any, int], moves: Sequence[Move]) -> Test:
    """Exact permutation test of two means when some people answered in both waves, given everyone's answers.

    `reference` and `later` count all answers at each score, `moves` those of the people in both. Waves are exchanged within each pair, and the
    other answers dealt out to waves of the sizes they had. The statistic is n_a S_b - n_b S_a, positive when the later mean is higher; p is the
    share of all ways with a statistic at least as far from its expectation, in integers. Without pairs this is `exact`, with pairs alone
    `sign_flip`. 1 when all answers are equal. All None, with a note, when a wave is empty.
    Raises UserError above `exact.MAX_STATES` states, ValueError where more people moved from a score than answered it.

    Pitman 1937, Supplement to the JRSS 4, in both parts; their convolution is ours.

    >>> before, after = {1: 4, 2: 5, 3: 4, 4: 2}, {1: 1, 2: 8, 3: 4, 4: 4}
    >>> test = exact_overlap(reference=before, later=after, moves=[(1, 2, 3), (2, 2, 4), (3, 4, 2), (4, 3, 1)])
    >>> test.statistic, round(test.p_value, 4)
    (97.0, 0.2574)
    """
    n_a, n_b = sum(reference.values()), sum(later.values())
    if not (n_a and n_b):
        return Test(None, None, None, "exact", say("row.empty_wave"))
    sums = [sum((_fraction(score) * people for score, people in wave.items()), Fraction(0)) for wave in (reference, later)]
    flipped = [(_fraction(after) - _fraction(before), people) for before, after, people in moves if people]
    alone = _alone(reference, [(a, n) for a, _, n in moves]), _alone(later, [(b, n) for _, b, n in moves])
    return Test(float(n_a * sums[1] - n_b * sums[0]), None, _overlap_p(flipped, *alone), "exact")


def _fraction(score: Score) -> Fraction:
    """A score as a fraction; a float such as 0.1 is the simple one that rounds to it."""
    simple = Fraction(score).limit_denominator(1_000_000)
    return simple if float(simple) == float(score) else Fraction(score)


def _alone(wave: Mapping[Score, int], paired: Iterable[tuple[Score, int]]) -> Counter[Fraction]:
    """The answers of a wave that are in no pair."""
    left = Counter({_fraction(score): int(people) for score, people in wave.items()})
    for score, people in paired:
        left[_fraction(score)] -= people
    if any(people < 0 for people in left.values()):
        raise ValueError("more people moved from a score than answered it")
    return +left


def _flipped_p(changes: Sequence[tuple[Fraction, int]], method: str, instead: str) -> float:
    """The share of all flips of signs with a sum at least as far from 0."""
    unit = math.lcm(*(change.denominator for change, _ in changes))
    whole = [(int(change * unit), people) for change, people in changes]
    sums, weight = _flips(whole, method, instead)
    observed = abs(sum(change * people for change, people in whole))
    return min(float(weight[abs(sums) >= observed].sum() / weight.sum()), 1.0)


def _flips(changes: Sequence[tuple[int, int]], method: str, instead: str) -> tuple[NDArray[np.int64], Floats]:
    """Every sum of the changes with any signs, ascending, and the relative weight of each.

    People are added in groups of one size of change, whose number of plus signs is binomial; the largest group comes first and costs nothing.
    """
    sizes = Counter[int]()
    for change, people in changes:
        sizes[abs(change)] += people
    del sizes[0]
    step = math.gcd(*sizes) or 1
    groups = sorted(((people, size // step) for size, people in sizes.items()), reverse=True)
    reach = sum(people * size for people, size in groups)
    states = (reach + 1) * (1 + sum(people + 1 for people, _ in groups[1:]))
    if states > MAX_STATES:
        raise UserError(f"method `{method}`: the changes of {sum(sizes.values()):,} people are too many ({states:,} states, {MAX_STATES:,} at most)", instead)
    weight = np.ones(1)
    for people, size in groups:
        own = _tables.weights(total=people, chosen=people, n=2 * people)
        weight = _added(weight, own, size)
    return step * (2 * np.arange(reach + 1, dtype=np.int64) - reach), weight


def _added(weight: Floats, own: Floats, size: int) -> Floats:
    """The weights of sums to which 0, 1, 2... people add `size` each, with the weights `own`."""
    if weight.size == 1:
        spread = np.zeros((own.size - 1) * size + 1)
        spread[::size] = own
        return spread
    added = np.zeros(weight.size + (own.size - 1) * size)
    for people, chance in enumerate(own):
        added[people * size : people * size + weight.size] += chance * weight
    return np.asarray(added / added.max())


def _overlap_p(flipped: Sequence[tuple[Fraction, int]], reference: Counter[Fraction], later: Counter[Fraction]) -> float:
    """p of both parts together: n_a S_b - n_b S_a less its expectation is (n_a + n_b) (D / 2 + T - E T), D the sum of changes, T of the dealt answers."""
    unit = math.lcm(*(score.denominator for score in (*reference, *later, *(change for change, _ in flipped))))
    whole = [(int(change * unit), people) for change, people in flipped]
    instead = "use the t-test for waves that share people: leave `--method` out"
    changes, weight = _flips(whole, "exact", instead)
    people = sum(reference.values()) + sum(later.values())
    dealt, chance, own = _dealt([Counter({int(score * unit): n for score, n in wave.items()}) for wave in (reference, later)], instead)
    observed = abs(max(people, 1) * sum(change * n for change, n in whole) + own)
    below, above = np.cumsum(np.append(0.0, chance)), np.cumsum(np.append(0.0, chance[::-1]))[::-1]
    moved = max(people, 1) * changes
    extreme = above[np.searchsorted(dealt, observed - moved)] + below[np.searchsorted(dealt, -observed - moved, side="right")]
    if observed == 0:
        return 1.0
    return min(float((weight * extreme).sum() / (weight.sum() * chance.sum())), 1.0)


def _dealt(waves: Sequence[Counter[int]], instead: str) -> tuple[NDArray[np.int64], Floats, int]:
    """Twice n (T - E T) for every sum T of the later wave's unpaired answers, ascending, its relative weight, and the observed one."""
    totals = waves[0] + waves[1]
    people, few = totals.total(), min(waves, key=lambda wave: wave.total())
    sign, chosen = (1 if few is waves[1] else -1), few.total()
    expected = chosen * sum(score * n for score, n in totals.items())
    own = 2 * sign * (people * sum(score * n for score, n in few.items()) - expected)
    levels = sorted(totals)
    if chosen == 0:
        return np.zeros(1, dtype=np.int64), np.ones(1), 0
    step = math.gcd(*(score - levels[0] for score in levels)) or 1
    steps = [(score - levels[0]) // step for score in levels]
    if (states := chosen * max(chosen * steps[-1], 1)) > MAX_STATES:
        raise UserError(f"method `exact`: {people - chosen:,} against {chosen:,} answers are too many ({states:,} states, {MAX_STATES:,} at most)", instead)
    weight = sum_weights([totals[score] for score in levels], steps, chosen)
    sums = chosen * levels[0] + step * np.arange(weight.size, dtype=np.int64)
    dealt = 2 * sign * (people * sums - expected)
    return (dealt, weight, own) if sign > 0 else (dealt[::-1], weight[::-1], own)
