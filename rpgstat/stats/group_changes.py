"""Change between two waves across groups: whether it is the same in all of them, and what it is at a fixed mix of groups."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.groups import WelchTest, difference, welch_james
from rpgstat.stats.sample import Sample, critical_t, two_sided_t


@record
class StandardisedChange:
    """Later minus reference at fixed shares of the groups, in points of the scale; `lacking` are the positions of groups too small for it."""

    estimate: float | None
    std_error: float | None
    df: float | None
    conf_low: float | None
    conf_high: float | None
    p_value: float | None
    note: str = ""
    lacking: tuple[int, ...] = ()


def interaction(*, reference: Sequence[Sample], later: Sequence[Sample]) -> WelchTest:
    """Whether all groups changed alike between two independent waves: Johansen's Welch-James test of wave by group, unequal variances.

    `reference` and `later` hold one sample for each group, in the same order. With independent cells the matrix form of the test is Welch's
    ANOVA of the groups' changes, each with its own variance and Satterthwaite's df; with two groups F is the square of the t of the
    difference between the two changes. `omega_squared` is None. All None, with a note, for fewer than two groups, and when in any group a
    wave has n < 2 or both waves have no variance; `lacking` holds the positions of those groups. Raises ValueError for unequal lengths.

    Johansen 1980, Biometrika 67; Lix & Keselman 1995, Psychological Bulletin 117.

    >>> before = [Sample(20, 2.5, 0.8, 2.5), Sample(35, 2.9, 0.6, 3.0), Sample(12, 2.6, 1.0, 2.5)]
    >>> after = [Sample(25, 3.4, 0.7, 3.0), Sample(30, 3.0, 0.6, 3.0), Sample(16, 2.9, 0.9, 3.0)]
    >>> test = interaction(reference=before, later=after)
    >>> round(test.f_statistic, 3), test.df1, round(test.df2, 2), round(test.p_value, 4)
    (4.281, 2, 51.14, 0.0191)
    """
    return welch_james([difference(b, a) for a, b in zip(reference, later, strict=True)])


def standardised(*, reference: Sequence[Sample], later: Sequence[Sample], shares: Sequence[float], level: float = 0.95) -> StandardisedChange:
    """The change of the mean if both waves had the same mix of groups: the sum of share x (later mean - reference mean).

    `reference` and `later` hold one sample for each group, `shares` (0 or more, sum 1 within 1e-9) the weight of each; groups of share 0 do
    not count. Positive when later is higher. The variance is the sum of share^2 x both variances of the mean, df Satterthwaite's over all
    cells, `p_value` the two-sided t's. All None, with a note, when a group with a share has n < 2 in either wave: `lacking` holds the
    positions of those. Without variance anywhere only the estimate stands, with a note. Raises ValueError for unequal lengths and bad shares.

    Direct standardisation: Kalton 1968, Journal of the Royal Statistical Society A 131; df: Satterthwaite 1946, Biometrics Bulletin 2.

    >>> before = [Sample(20, 2.5, 0.8, 2.5), Sample(35, 2.9, 0.6, 3.0)]
    >>> after = [Sample(25, 3.4, 0.7, 3.0), Sample(30, 3.0, 0.6, 3.0)]
    >>> change = standardised(reference=before, later=after, shares=[0.25, 0.75])
    >>> round(change.estimate, 3), round(change.std_error, 3), round(change.df, 1), round(change.p_value, 4)
    (0.3, 0.126, 87.8, 0.019)
    """
    if any(share < 0 for share in shares) or not math.isclose(math.fsum(shares), 1, abs_tol=1e-9):
        raise ValueError(f"shares {list(shares)} must be 0 or more and sum to 1")
    groups = list(zip(reference, later, shares, strict=True))
    lacking = tuple(i for i, (a, b, share) in enumerate(groups) if share and (a.mean_variance is None or b.mean_variance is None))
    if lacking:
        return StandardisedChange(None, None, None, None, None, None, say("row.few_in_group_wave"), lacking)
    changes = [(share, difference(b, a)) for a, b, share in groups if share]
    estimate = math.fsum(share * change.estimate for share, change in changes)
    variances = [share * share * change.variance for share, change in changes]
    variance = math.fsum(variances)
    if variance == 0:
        return _certain(estimate, [change.note for _, change in changes])
    shrunk = math.fsum((own / variance) ** 2 / change.df for own, (_, change) in zip(variances, changes, strict=True) if own)
    std_error, df = math.sqrt(variance), 1 / shrunk
    reach = critical_t(df=df, level=level) * std_error
    p_value = two_sided_t(statistic=estimate / std_error, df=df)
    return StandardisedChange(estimate, std_error, df, estimate - reach, estimate + reach, p_value)


def _certain(estimate: float, notes: Sequence[str]) -> StandardisedChange:
    """Without any variance: certain where everyone in the population answered, else unknown."""
    if set(notes) == {say("row.whole_population")}:
        return StandardisedChange(estimate, 0.0, None, estimate, estimate, None, say("row.whole_population"))
    return StandardisedChange(estimate, None, None, None, None, None, say("row.equal_everywhere"))
