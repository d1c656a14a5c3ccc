"""The mean change of people who answered in both waves: the paired t-test, and its size in SD of the answers and of the changes."""

from __future__ import annotations

import math

from rpgstat.glossary.sentences import say
from rpgstat.stats.means import MeanDifference, noncentrality, small_sample, t_difference
from rpgstat.stats.pairs import Pairs
from rpgstat.stats.sample import Effect


def paired_t(*, pairs: Pairs, level: float = 0.95) -> MeanDifference:
    """The mean change of the pairs, later minus reference, with its t interval and two-sided test on n - 1 df (Student 1908).

    With fewer than two pairs, or where all changed by the same, the estimate stays (None without pairs), the rest is None and `note` says why.
    R `t.test(later, reference, paired = TRUE)`.

    >>> from rpgstat.stats.pairs import describe_pairs
    >>> change = paired_t(pairs=describe_pairs(moves=[(1, 2, 3), (2, 2, 4), (3, 4, 2), (4, 3, 1)]))
    >>> change.estimate, change.df, round(change.p_value, 4)
    (0.4, 9, 0.1039)
    """
    change = pairs.change
    if change.mean is None or change.sd is None:
        return MeanDifference(change.mean, None, None, None, None, None, None, say("row.nobody_paired") if change.mean is None else say("row.one_pair"))
    if change.sd == 0:
        note = say("row.all_changed_alike") if change.mean else say("row.nobody_changed")
        return MeanDifference(change.mean, 0.0, None, None, None, None, None, note)
    return t_difference(change.mean, change.sd / math.sqrt(pairs.n), pairs.n - 1, level)


def g_av(*, pairs: Pairs, level: float | None = 0.95) -> Effect:
    """The mean change in the average SD of the two waves' answers, sqrt((s_x^2 + s_y^2) / 2), corrected for small samples: comparable with Hedges g.

    Positive when later answers are higher. The limits are those of the noncentrality of the paired t, in this unit: they exclude 0 exactly when
    p is below 1 - `level`; without them where `level` is None. None, with a note, below three pairs, and where neither wave has a variance.

    Cumming 2012, Understanding the New Statistics, chapter 11; Lakens 2013, Frontiers in Psychology 4.

    >>> from rpgstat.stats.pairs import describe_pairs
    >>> effect = g_av(pairs=describe_pairs(moves=[(1, 2, 3), (2, 2, 4), (3, 4, 2), (4, 3, 1)]))
    >>> round(effect.estimate, 3), round(effect.low, 3), round(effect.high, 3)
    (0.395, -0.078, 0.85)
    """
    spread = math.sqrt(((pairs.reference.sd or 0.0) ** 2 + (pairs.later.sd or 0.0) ** 2) / 2)
    return _standardised(pairs, spread, "g_av", level)


def g_z(*, pairs: Pairs, level: float | None = 0.95) -> Effect:
    """The mean change in SD of the changes, corrected for small samples; it grows with the correlation, so it compares with no g of independent waves.

    Positive when later answers are higher. Limits as in `g_av`. None, with a note, below three pairs, and where all changed by the same.
    R `effectsize::hedges_g(later, reference, paired = TRUE)`.

    Hedges 1981, Journal of Educational Statistics 6; limits: Steiger & Fouladi 1997.

    >>> from rpgstat.stats.pairs import describe_pairs
    >>> effect = g_z(pairs=describe_pairs(moves=[(1, 2, 3), (2, 2, 4), (3, 4, 2), (4, 3, 1)]))
    >>> round(effect.estimate, 3), round(effect.low, 3), round(effect.high, 3)
    (0.523, -0.104, 1.125)
    """
    return _standardised(pairs, pairs.change.sd or 0.0, "g_z", level)


def _standardised(pairs: Pairs, spread: float, name: str, level: float | None) -> Effect:
    """The mean change over a spread, and the limits that the paired t gives it."""
    change = pairs.change
    if pairs.n < 3 or change.mean is None:
        return Effect(name, None, None, None, say("row.few_pairs") if pairs.n else say("row.nobody_paired"))
    if not spread:
        return Effect(name, None, None, None, say("row.no_standardised"))
    unit = small_sample(pairs.n - 1) / spread
    if level is None or not change.sd:
        return Effect(name, change.mean * unit, None, None)
    std_error = change.sd / math.sqrt(pairs.n)
    limits = noncentrality(change.mean / std_error, pairs.n - 1, level)
    if limits is None:
        return Effect(name, change.mean * unit, None, None, say("row.paired_no_limits", name=name, t=f"{change.mean / std_error:.6g}", df=pairs.n - 1))
    return Effect(name, change.mean * unit, limits.low * std_error * unit, limits.high * std_error * unit)
