"""Whether groups differ: Welch's ANOVA, Kruskal-Wallis, and Games-Howell for each pair."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, combinations

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.sample import Sample
from rpgstat.stats.studentized_range import critical_range, upper_tail


@record
class WelchTest:
    """An F test in which each group has its own variance; `lacking` are the positions of those that have none and so forbid the test."""

    f_statistic: float | None
    df1: int | None
    df2: float | None
    p_value: float | None
    omega_squared: float | None = None
    note: str = ""
    lacking: tuple[int, ...] = ()


@record
class KruskalWallis:
    """A rank test of `groups` groups with answers; `epsilon_squared`, 0 to 1, is the share of the ranks' variance between them."""

    groups: int
    h_statistic: float | None
    df: int | None
    p_value: float | None
    epsilon_squared: float | None
    note: str = ""


@record
class Pair:
    """Mean of `group` minus mean of `other` (positions), in points of the scale, with simultaneous limits and the adjusted p."""

    group: int
    other: int
    estimate: float | None
    conf_low: float | None
    conf_high: float | None
    p_adjusted: float | None
    note: str = ""


@record
class Spread:
    """An estimate, its variance, and the degrees of freedom of that variance (0 where neither could be estimated)."""

    estimate: float
    variance: float
    df: float
    note: str = ""


def welch_anova(*, samples: Sequence[Sample]) -> WelchTest:
    """Welch's ANOVA that all groups have one mean, without assuming equal variances.

    Equals R's `oneway.test(var.equal = FALSE)`; with two groups F is the square of Welch's t. `omega_squared` = df1 (F - 1) / (df1 (F - 1)
    + n), at least 0, estimates the share of the variance that lies between groups. All None, with a note, for fewer than two groups, and
    when any has no variance: its weight would be infinite, and R gives NaN. Then `lacking` holds the positions of those groups, so that
    the caller can name them, or leave them out and say so.

    Welch 1951, Biometrika 38; omega squared: Kirk 1996, Educational and Psychological Measurement 56.

    >>> groups = [Sample(20, 2.9, 0.8, 3.0), Sample(35, 3.3, 0.6, 3.0), Sample(12, 2.6, 1.0, 2.5)]
    >>> test = welch_anova(samples=groups)
    >>> round(test.f_statistic, 3), test.df1, round(test.df2, 2), round(test.p_value, 4), round(test.omega_squared, 3)
    (3.781, 2, 24.1, 0.0373, 0.077)
    """
    test = welch_james([_spread(sample) for sample in samples])
    if test.f_statistic is None or test.df1 is None:
        return test
    between = test.df1 * (test.f_statistic - 1)
    omega_squared = max(between / (between + sum(sample.n for sample in samples)), 0.0)
    return WelchTest(test.f_statistic, test.df1, test.df2, test.p_value, omega_squared)


def kruskal_wallis(*, counts: Sequence[Sequence[int]]) -> KruskalWallis:
    """Kruskal-Wallis test that no group tends to answer higher than another, by its chi-square approximation, corrected for ties.

    `counts` holds for each group the answers at the same levels, lowest first. Groups without answers do not count: `groups` says how many
    have some, and df is one less. H equals R's `kruskal.test`; it is worked out in whole numbers, so identical groups give exactly 0.
    `epsilon_squared` = H / (n - 1). All None, with a note, for fewer than two groups with answers and when all answers are equal.
    Raises ValueError for unequal numbers of levels.

    Kruskal & Wallis 1952, Journal of the American Statistical Association 47; epsilon squared: Kelley 1935, as in Tomczak & Tomczak 2014,
    Trends in Sport Sciences 21.

    >>> test = kruskal_wallis(counts=[[5, 8, 6, 1], [2, 9, 15, 9], [4, 4, 3, 1]])
    >>> test.groups, round(test.h_statistic, 3), test.df, round(test.p_value, 4), round(test.epsilon_squared, 3)
    (3, 10.41, 2, 0.0055, 0.158)
    """
    used = [[int(count) for count in group] for group in counts if any(group)]
    totals = [sum(level) for level in zip(*counts, strict=True)]
    n = sum(totals)
    if len(used) < 2:
        return KruskalWallis(len(used), None, None, None, None, say("row.few_groups"))
    if n in totals:
        return KruskalWallis(len(used), None, None, None, None, say("row.all_equal"))
    # twice each level's mid-rank, less twice the mean rank
    ranks = [2 * up_to - total - n for up_to, total in zip(accumulate(totals), totals, strict=True)]
    spread = sum(total * rank * rank for total, rank in zip(totals, ranks, strict=True))
    between = sum(Fraction(sum(count * rank for count, rank in zip(group, ranks, strict=True)) ** 2, sum(group)) for group in used)
    epsilon_squared, df = between / spread, len(used) - 1
    h_statistic = float(epsilon_squared * (n - 1))
    return KruskalWallis(len(used), h_statistic, df, _chi_square_tail(h_statistic, df), float(epsilon_squared))


def games_howell(*, samples: Sequence[Sample], level: float = 0.95) -> list[Pair]:
    """Every pair of groups by Games and Howell: Welch's t of the pair on the studentized range of all groups that have a variance.

    Pairs come in the order of `samples`, the earlier as `group`: the estimate is its mean minus that of `other`. `level` is the confidence
    that all limits hold at once (2 to 200 groups), and `p_adjusted` is below 1 - level exactly where the limits exclude 0. A group with n < 2 takes no part:
    its pairs, and a pair without variance on either side, have an estimate (None only where a mean is missing), else None, and a note.

    Games & Howell 1976, Journal of Educational Statistics 1.

    >>> groups = [Sample(20, 2.9, 0.8, 3.0), Sample(35, 3.3, 0.6, 3.0), Sample(12, 2.6, 1.0, 2.5)]
    >>> pair = games_howell(samples=groups)[2]
    >>> pair.group, pair.other, round(pair.estimate, 2), round(pair.conf_low, 3), round(pair.conf_high, 3), round(pair.p_adjusted, 4)
    (1, 2, 0.7, -0.102, 1.502, 0.0913)
    """
    groups = sum(sample.mean_variance is not None for sample in samples)
    return [_pair(i, j, samples[i], samples[j], groups, level) for i, j in combinations(range(len(samples)), 2)]


def welch_james(spreads: Sequence[Spread]) -> WelchTest:
    """The test that independent estimates are all one, each with its own variance and df: Welch's ANOVA where they are means."""
    if len(spreads) < 2:
        return WelchTest(None, None, None, None, note=say("row.few_groups"))
    lacking = tuple(i for i, spread in enumerate(spreads) if spread.note)
    if lacking:
        return WelchTest(None, None, None, None, note=spreads[lacking[0]].note, lacking=lacking)
    least, df1 = min(spread.variance for spread in spreads), len(spreads) - 1
    weights = [least / spread.variance for spread in spreads]  # at most 1: very small variances cannot overflow
    shares = [weight / math.fsum(weights) for weight in weights]
    centre = math.fsum(share * spread.estimate for share, spread in zip(shares, spreads, strict=True))
    between = math.fsum(weight * (spread.estimate - centre) ** 2 for weight, spread in zip(weights, spreads, strict=True)) / least
    doubt = math.fsum((1 - share) ** 2 / spread.df for share, spread in zip(shares, spreads, strict=True)) / (df1 * (df1 + 2))
    f_statistic, df2 = between / df1 / (1 + 2 * (df1 - 1) * doubt), 1 / (3 * doubt)
    return WelchTest(f_statistic, df1, df2, f_tail(f_statistic, df1, df2))


def difference(sample: Sample, other: Sample) -> Spread:
    """Mean of `sample` minus mean of `other`, with Satterthwaite's df (1946); the note says why there is no variance."""
    a, b = _spread(sample), _spread(other)
    estimate, variance = a.estimate - b.estimate, a.variance + b.variance
    if not (a.df and b.df):
        return Spread(estimate, 0.0, 0, say("row.group_no_variance"))
    if variance == 0:
        return Spread(estimate, 0.0, 0, say("row.whole_population") if a.note == b.note == say("row.whole_population") else say("row.group_no_variance"))
    return Spread(estimate, variance, 1 / ((a.variance / variance) ** 2 / a.df + (b.variance / variance) ** 2 / b.df))


def _spread(sample: Sample) -> Spread:
    if sample.mean is None or sample.mean_variance is None:
        return Spread(sample.mean or 0.0, 0.0, 0, say("row.group_no_variance"))
    if sample.mean_variance == 0:
        return Spread(sample.mean, 0.0, sample.n - 1, say("row.whole_population") if sample.sd else say("row.group_no_variance"))
    return Spread(sample.mean, sample.mean_variance, sample.n - 1)


def _pair(i: int, j: int, group: Sample, other: Sample, groups: int, level: float) -> Pair:
    found = difference(group, other)
    if found.note:
        estimate = None if group.mean is None or other.mean is None else found.estimate
        return Pair(i, j, estimate, None, None, None, found.note)
    unit = math.sqrt(found.variance / 2)
    reach = critical_range(level, groups, found.df) * unit
    p_adjusted = upper_tail(abs(found.estimate) / unit, groups, found.df)
    return Pair(i, j, found.estimate, found.estimate - reach, found.estimate + reach, p_adjusted)


def f_tail(f: float, df1: float, df2: float) -> float:
    """P(F > f), from the tail itself: `scipy.special.fdtrc` has fewer digits."""
    from scipy.special import betainc

    return float(betainc(df2 / 2, df1 / 2, df2 / (df2 + df1 * f)))


def _chi_square_tail(x: float, df: int) -> float:
    from scipy.special import chdtrc

    return float(chdtrc(df, x))
