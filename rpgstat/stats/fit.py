"""Whether counts fit shares that are known."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat.stats.sample import Test


def goodness_of_fit(*, counts: Sequence[int], shares: Sequence[float]) -> Test:
    """Pearson's chi-square test that people fall into categories as `shares` (sum 1) say (Pearson 1900), df = categories - 1.

    All None, with a note, without people or with fewer than two categories, and when somebody is where nobody should be.

    >>> test = goodness_of_fit(counts=[30, 14, 6], shares=[0.5, 0.3, 0.2])
    >>> round(test.statistic, 3), test.df, round(test.p_value, 4)
    (2.667, 2, 0.2636)
    """
    from scipy.special import chdtrc

    n, used = sum(counts), [(count, share) for count, share in zip(counts, shares, strict=True) if count or share]
    if n == 0 or len(used) < 2:
        return Test(None, None, None, "goodness of fit", "fewer than two categories, or nobody")
    if any(share == 0 for _, share in used):
        return Test(None, None, None, "goodness of fit", "somebody answered from a group that the population does not have")
    statistic = sum((count - n * share) ** 2 / (n * share) for count, share in used)
    least = min(n * share for _, share in used)
    note = f"smallest expected count {least:.1f}: below 5, so the p is rough" if least < 5 else ""
    return Test(statistic, len(used) - 1, float(chdtrc(len(used) - 1, statistic)), "goodness of fit", note)
