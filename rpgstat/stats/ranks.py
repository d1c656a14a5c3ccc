"""Whether a later wave tends to answer higher than a reference wave, judged by order alone: two rank tests and Cliff's delta."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.distributions import normal_cdf
from rpgstat.stats.sample import Effect, Test, critical_t, two_sided_t


@record
class _Superiority:
    """P(later > reference) + P(tie) / 2, minus one half; `std_error` and `df` are None where `note` says why."""

    excess: float
    std_error: float | None
    df: float | None
    note: str = ""


def mann_whitney(*, reference: Sequence[int], later: Sequence[int]) -> Test:
    """Mann-Whitney test by its normal approximation, corrected for ties and continuity.

    `reference` and `later` count the answers at the same levels, lowest first. The statistic is U: the number of pairs in which the
    later answer is the higher, ties counting half (from 0 to the product of the sizes; R's `wilcox.test(later, reference)`). The p is
    two-sided. All None, with a note, when a wave is empty or all answers are equal. Raises ValueError for unequal numbers of levels.

    Mann & Whitney 1947, Annals of Mathematical Statistics 18; correction for ties: Lehmann 1975, Nonparametrics.

    >>> test = mann_whitney(reference=[1, 3, 2, 0], later=[0, 1, 3, 2])
    >>> test.statistic, round(test.p_value, 4)
    (29.5, 0.0621)
    """
    reference, later = _integers(reference), _integers(later)
    n_reference, n_later = sum(reference), sum(later)
    if not (n_reference and n_later):
        return Test(None, None, None, "mann-whitney", say("row.empty_wave"))
    n, pairs = n_reference + n_later, n_reference * n_later
    untied = n**3 - n - sum((a + b) ** 3 - (a + b) for a, b in zip(reference, later, strict=True))
    if untied == 0:
        return Test(None, None, None, "mann-whitney", say("row.all_equal"))
    double_u = _twice_wins(later, reference)
    distance = max(abs(double_u - pairs) - 1, 0) / 2
    z = distance / math.sqrt(pairs * untied / (12 * n * (n - 1)))
    return Test(double_u / 2, None, 2 * normal_cdf(-z), "mann-whitney")


def brunner_munzel(*, reference: Sequence[int], later: Sequence[int]) -> Test:
    """Brunner-Munzel test that neither wave tends to answer higher, by its t approximation; the spreads may differ.

    `reference` and `later` count the answers at the same levels, lowest first. The statistic is positive when the later wave tends to
    answer higher (as in `scipy.stats.brunnermunzel(reference, later)`), ties counting half; df is Satterthwaite's; p is two-sided. All
    None, with a note, when a wave has fewer than two answers, when all answers are equal and when the waves do not overlap at all.
    Raises ValueError for unequal numbers of levels.

    Brunner & Munzel 2000, Biometrical Journal 42.

    >>> test = brunner_munzel(reference=[1, 3, 2, 0], later=[0, 1, 3, 2])
    >>> round(test.statistic, 4), round(test.df, 4), round(test.p_value, 4)
    (2.7649, 9.8112, 0.0203)
    """
    if not (sum(reference) and sum(later)):
        return Test(None, None, None, "brunner-munzel", say("row.empty_wave"))
    found = _superiority(_integers(reference), _integers(later))
    if found.std_error is None or found.df is None:
        return Test(None, None, None, "brunner-munzel", found.note)
    statistic = found.excess / found.std_error
    return Test(statistic, found.df, two_sided_t(statistic=statistic, df=found.df), "brunner-munzel")


def cliffs_delta(*, reference: Sequence[int], later: Sequence[int], level: float = 0.95) -> Effect:
    """Cliff's delta: how much more often the later answer is the higher of two than the lower; equals the rank-biserial correlation.

    `reference` and `later` count the answers at the same levels, lowest first. From -1 (every later answer is lower) to 1 (every one is
    higher); ties count for neither. The limits, of confidence `level`, are those of P(later higher) + P(tie) / 2 under the
    Brunner-Munzel t approximation, doubled and cut at -1 and 1; they are None, with a note, where that is undefined.
    Raises ValueError for unequal numbers of levels.

    Cliff 1993, Psychological Bulletin 114; limits: Brunner & Munzel 2000, Biometrical Journal 42.

    >>> delta = cliffs_delta(reference=[1, 3, 2, 0], later=[0, 1, 3, 2])
    >>> round(delta.estimate, 3), round(delta.low, 3), round(delta.high, 3)
    (0.639, 0.123, 1.0)
    """
    if not (sum(reference) and sum(later)):
        return Effect("delta", None, None, None, say("row.empty_wave"))
    found = _superiority(_integers(reference), _integers(later))
    estimate = 2 * found.excess
    if found.std_error is None or found.df is None:
        return Effect("delta", estimate, None, None, found.note)
    reach = 2 * critical_t(df=found.df, level=level) * found.std_error
    return Effect("delta", estimate, max(estimate - reach, -1.0), min(estimate + reach, 1.0))


def _superiority(reference: list[int], later: list[int]) -> _Superiority:
    """The excess over one half, its standard error from the placements of each wave in the other, and Satterthwaite's df."""
    n_reference, n_later = sum(reference), sum(later)
    pairs = n_reference * n_later
    excess = (_twice_wins(later, reference) - pairs) / (2 * pairs)
    if min(n_reference, n_later) < 2:
        one = [say("row.reference_n", n=n_reference)] if n_reference < 2 else []
        one += [say("row.later_n", n=n_later)] if n_later < 2 else []
        return _Superiority(excess, None, None, say("row.small_no_variance", small=", ".join(one)))
    from_reference = _placement_variance(reference, later) / n_reference
    from_later = _placement_variance(later, reference) / n_later
    variance = from_reference + from_later
    if variance == 0:
        return _Superiority(excess, None, None, say("row.separate") if excess else say("row.all_equal"))
    df = variance**2 / (from_reference**2 / (n_reference - 1) + from_later**2 / (n_later - 1))
    return _Superiority(excess, math.sqrt(variance), df)


def _integers(counts: Sequence[int]) -> list[int]:
    """Python integers: cubes of large counts overflow any machine integer."""
    return [int(count) for count in counts]


def _twice_placements(other: list[int]) -> list[int]:
    """For each level, twice the number of `other` answers below it plus those at it."""
    return [2 * up_to - count for up_to, count in zip(accumulate(other), other, strict=True)]


def _twice_wins(own: list[int], other: list[int]) -> int:
    """Twice the number of pairs in which the `own` answer is the higher, ties counting half."""
    return sum(count * place for count, place in zip(own, _twice_placements(other), strict=True))


def _placement_variance(own: list[int], other: list[int]) -> float:
    """Variance (divisor n - 1) over the `own` answers of the share of `other` answers below each, ties counting half."""
    n, places = sum(own), _twice_placements(other)
    total = sum(count * place for count, place in zip(own, places, strict=True))
    squares = sum(count * place * place for count, place in zip(own, places, strict=True))
    return (n * squares - total * total) / (n * (n - 1) * 4 * sum(other) ** 2)
