"""Two means when some people answered in both waves and others in one: T of partially overlapping samples, its Hedges g, and the same of ranks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate

from rpgstat.glossary.sentences import say
from rpgstat.stats.means import MeanDifference, noncentrality, pooled_sd, small_sample, t_difference, welch
from rpgstat.stats.pairs import Pairs, describe_pairs
from rpgstat.stats.sample import Effect, Sample, Test, describe


def overlap(*, reference: Sample, later: Sample, pairs: Pairs, level: float = 0.95) -> MeanDifference:
    """The difference of two means of all answers, where `pairs` answered in both waves: T_new2, without assuming equal variances.

    `reference` and `later` are all answers of a wave, pairs among them. Positive when the later mean is higher. The variance is Welch's less
    twice the covariance of the means, r p s_a s_b / (n_a n_b); df lies between those of the paired t, p - 1, and Welch's. Without pairs, and
    with one, this is Welch's t (a note says so with one); where everybody is in a pair it is the paired t. Where the standard error is 0
    the estimate and it stand alone, with a note; missing values otherwise as in `welch`.

    Derrick, Russ, Toher & White 2017, Journal of Modern Applied Statistical Methods 16(1); R `Partiallyoverlapping::Partover.test`, whose
    sign this has for (later, reference).

    >>> before, after = describe(counts=[4, 5, 4, 2], scores=[1, 2, 3, 4]), describe(counts=[1, 8, 4, 4], scores=[1, 2, 3, 4])
    >>> pairs = describe_pairs(moves=[(1, 2, 3), (2, 2, 4), (3, 4, 2), (4, 3, 1)])
    >>> change = overlap(reference=before, later=after, pairs=pairs)
    >>> round(change.estimate, 3), round(change.df, 2), round(change.p_value, 4)
    (0.38, 16.3, 0.1624)
    """
    apart = welch(reference=reference, later=later, level=level)
    covariance = _shared(reference, later, pairs)
    if covariance is None or (apart.std_error is None and not _certain(reference, later)):
        return apart if pairs.n != 1 or apart.note else _noted(apart)
    estimate = float(apart.estimate or 0.0)
    alone = reference.n + later.n - 2 * pairs.n
    if apart.std_error is None or (not alone and not pairs.change.sd):
        return MeanDifference(estimate, 0.0, None, None, None, None, None, say("row.all_moved_alike") if estimate else say("row.all_equal"))
    variance = apart.std_error**2 - 2 * covariance if alone else float(pairs.change.sd or 0.0) ** 2 / pairs.n
    df = (pairs.n - 1) + (float(apart.df or 0.0) - pairs.n + 1) * alone / (alone + 2 * pairs.n)
    return t_difference(estimate, math.sqrt(variance), df, level)


def overlap_student(*, reference: Sample, later: Sample, pairs: Pairs, level: float = 0.95) -> MeanDifference:
    """As `overlap`, with one pooled variance: T_new1. It is Student's t without pairs, but not the paired t where all are in pairs and the spreads differ.

    With fewer than two pairs r is taken as 0 and df is Student's.

    Derrick, Russ, Toher & White 2017, Journal of Modern Applied Statistical Methods 16(1); R `Partover.test(var.equal = TRUE)`.

    >>> before, after = describe(counts=[4, 5, 4, 2], scores=[1, 2, 3, 4]), describe(counts=[1, 8, 4, 4], scores=[1, 2, 3, 4])
    >>> pairs = describe_pairs(moves=[(1, 2, 3), (2, 2, 4), (3, 4, 2), (4, 3, 1)])
    >>> change = overlap_student(reference=before, later=after, pairs=pairs)
    >>> round(change.df, 2), round(change.p_value, 4)
    (16.88, 0.1573)
    """
    apart = welch(reference=reference, later=later, level=level)
    if apart.std_error is None and not _certain(reference, later):
        return apart
    estimate, spread = float(apart.estimate or 0.0), pooled_sd(reference, later)
    alone, people = reference.n + later.n - 2 * pairs.n, reference.n + later.n
    shared = 2 * (pairs.correlation or 0.0) * pairs.n / (reference.n * later.n)
    unit = 1 / reference.n + 1 / later.n - shared
    if spread == 0 or (not alone and not pairs.change.sd):
        return MeanDifference(estimate, 0.0, None, None, None, None, None, say("row.all_moved_alike") if estimate else say("row.all_equal"))
    df = (pairs.n - 1) + (alone + pairs.n - 1) * alone / (alone + 2 * pairs.n) if pairs.n > 1 else people - 2.0
    found = t_difference(estimate, spread * math.sqrt(unit), df, level)
    return _noted(found) if pairs.n == 1 else found


def overlap_g(*, change: MeanDifference, reference: Sample, later: Sample, level: float | None = 0.95) -> Effect:
    """Hedges g of a `change` found by `overlap`: in SD pooled over all answers, the same unit as of independent waves, corrected for small samples.

    Never in SD of the differences, which would grow with the correlation. The limits are those of the noncentrality of T on its df, so that
    they exclude 0 exactly when p is below 1 - `level`; without them where `level` is None. None, with a note, where T is.

    >>> before, after = describe(counts=[4, 5, 4, 2], scores=[1, 2, 3, 4]), describe(counts=[1, 8, 4, 4], scores=[1, 2, 3, 4])
    >>> pairs = describe_pairs(moves=[(1, 2, 3), (2, 2, 4), (3, 4, 2), (4, 3, 1)])
    >>> change = overlap(reference=before, later=after, pairs=pairs)
    >>> effect = overlap_g(change=change, reference=before, later=after)
    >>> round(effect.estimate, 3), round(effect.low, 3), round(effect.high, 3)
    (0.378, -0.15, 0.896)
    """
    if change.estimate is None or reference.n + later.n < 3:
        return Effect("g", None, None, None, change.note)
    spread = pooled_sd(reference, later)
    if not spread or reference.sd is None or later.sd is None:
        return Effect("g", None, None, None, change.note)
    unit = small_sample(reference.n + later.n - 2) / spread
    if level is None or change.statistic is None or change.df is None or change.std_error is None:
        return Effect("g", change.estimate * unit, None, None, change.note)
    limits = noncentrality(change.statistic, change.df, level)
    if limits is None:
        return Effect("g", change.estimate * unit, None, None, say("row.g_no_limits", t=f"{change.statistic:.6g}", df=f"{change.df:.6g}"))
    return Effect("g", change.estimate * unit, limits.low * change.std_error * unit, limits.high * change.std_error * unit)


def overlap_rank(*, reference: Sequence[int], later: Sequence[int], moves: Sequence[tuple[int, int, int]]) -> Test:
    """T_new2 of the mid-ranks of all answers, both waves ranked together: T_RNK2, which rests on order alone.

    `reference` and `later` count all answers at the same levels, lowest first; `moves` are positions of levels before and after, and how many
    people. The statistic is positive when the later wave ranks higher. All None, with a note, where ranks have no variance.

    Derrick, Toher & White 2017, Journal of Modern Applied Statistical Methods 16(1), name it; the formula is `overlap` of ranks.

    >>> test = overlap_rank(reference=[4, 5, 4, 2], later=[1, 8, 4, 4], moves=[(0, 1, 3), (1, 1, 4), (2, 3, 2), (3, 2, 1)])
    >>> round(test.statistic, 4), round(test.p_value, 4)
    (1.4633, 0.1625)
    """
    totals = [int(a) + int(b) for a, b in zip(reference, later, strict=True)]
    ranks = [Fraction(2 * up_to - total + 1, 2) for up_to, total in zip(accumulate(totals), totals, strict=True)]
    ranked = describe_pairs(moves=[(ranks[before], ranks[after], people) for before, after, people in moves])
    found = overlap(reference=describe(counts=reference, scores=ranks), later=describe(counts=later, scores=ranks), pairs=ranked)
    return Test(found.statistic, found.df, found.p_value, "overlap-rank", found.note)


def _shared(reference: Sample, later: Sample, pairs: Pairs) -> float | None:
    """The covariance of the two means; None with fewer than two pairs."""
    if pairs.correlation is None:
        return None
    return pairs.correlation * pairs.n * (reference.sd or 0.0) * (later.sd or 0.0) / (reference.n * later.n)


def _certain(reference: Sample, later: Sample) -> bool:
    """Whether both waves are large enough for a variance, and have none."""
    return reference.sd == 0 and later.sd == 0


def _noted(change: MeanDifference) -> MeanDifference:
    return MeanDifference(
        change.estimate, change.std_error, change.df, change.conf_low, change.conf_high, change.statistic, change.p_value, say("row.no_correlation")
    )
