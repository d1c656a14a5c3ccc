"""The change of a share when people answered in both waves: all answers with the pairs' correlation, or the pairs alone."""

from __future__ import annotations

import math
from typing import Literal

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.distributions import normal_cdf
from rpgstat.stats.sample import Interval, Test
from rpgstat.stats.shares import wilson


@record
class YesNo:
    """People who answered in both waves: `both` yes twice, `left` yes then no, `joined` no then yes, `neither` no twice."""

    both: int
    left: int
    joined: int
    neither: int

    @property
    def n(self) -> int:
        """How many pairs."""
        return self.both + self.left + self.joined + self.neither

    @property
    def phi(self) -> float:
        """The correlation of the two answers, -1 to 1; 0 where either wave has no variance.

        >>> round(YesNo(20, 12, 2, 16).phi, 4)
        0.4969
        """
        spread = self._margins
        return (self.both * self.neither - self.left * self.joined) / math.sqrt(spread) if spread else 0.0

    @property
    def corrected_phi(self) -> float:
        """The correlation, a positive one corrected for continuity (Newcombe 1998, method 10)."""
        spread, excess = self._margins, self.both * self.neither - self.left * self.joined
        return (excess if excess < 0 else max(excess - self.n / 2, 0.0)) / math.sqrt(spread) if spread else 0.0

    @property
    def _margins(self) -> int:
        before, after = self.both + self.left, self.both + self.joined
        return before * (self.n - before) * after * (self.n - after)


def share_overlap(*, count_reference: int, n_reference: int, count: int, n: int, pairs: YesNo) -> Test:
    """Whether a share changed, all answers of both waves used and the correlation of those in both: z, two-sided, positive when the later is larger.

    The variance is P(1 - P)(1/n_a + 1/n_b - 2 r p / (n_a n_b)), P the share of all answers, r the phi of the p pairs. Without pairs the pooled z of
    independent shares. All None, with a note, when a wave is empty and where that variance is 0.

    Derrick, Dobson-Mckittrick, Toher & White 2015, Journal of Advances in Mathematics and Computer Science; R `Partiallyoverlapping::Prop.test`.

    >>> test = share_overlap(count_reference=30, n_reference=47, count=60, n=75, pairs=YesNo(14, 3, 6, 2))
    >>> round(test.statistic, 4), round(test.p_value, 4)
    (2.0116, 0.0443)
    """
    if not (n_reference and n):
        return Test(None, None, None, "share-overlap", say("row.empty_wave"))
    whole = (count_reference + count) / (n_reference + n)
    variance = whole * (1 - whole) * (1 / n_reference + 1 / n - 2 * pairs.phi * pairs.n / (n_reference * n))
    change = count / n - count_reference / n_reference
    if variance <= 0 or (pairs.n == n == n_reference and not pairs.left + pairs.joined):
        return Test(None, None, None, "share-overlap", say("row.no_share_variance"))
    statistic = change / math.sqrt(variance)
    return Test(statistic, None, 2 * normal_cdf(-abs(statistic)), "share-overlap")


def newcombe_overlap(*, count_reference: int, n_reference: int, count: int, n: int, pairs: YesNo, level: float = 0.95) -> Interval | None:
    """Limits of the change of a share, later minus reference, of all answers: Newcombe's hybrid score interval less what the pairs have in common.

    Wilson limits of either share, correlated by q = r p / sqrt(n_a n_b), r the phi of the p pairs. Newcombe's own interval without pairs. None when
    a wave is empty; raises ValueError as `wilson` does.

    Newcombe 1998, Statistics in Medicine 17 (2635 and 873) has both ends of it, q = 0 and pairs alone.

    >>> limits = newcombe_overlap(count_reference=30, n_reference=47, count=60, n=75, pairs=YesNo(14, 3, 6, 2))
    >>> round(limits.low, 4), round(limits.high, 4)
    (0.0042, 0.3207)
    """
    if not (n_reference and n):
        return None
    shared = pairs.phi * pairs.n / math.sqrt(n_reference * n)
    return hybrid(count_reference, n_reference, count, n, shared, level)


def newcombe_paired(*, pairs: YesNo, level: float = 0.95) -> Interval | None:
    """Limits of the change of a share in people who answered both waves, later minus reference: Newcombe's method 10. None without pairs.

    Newcombe 1998, Statistics in Medicine 17, 2635, method 10, with phi corrected; R `biostatUZH::confIntPairedProportion` has the opposite sign. R
    `contingencytables` leaves phi uncorrected.

    >>> limits = newcombe_paired(pairs=YesNo(20, 12, 2, 16))
    >>> round(limits.low, 4), round(limits.high, 4)
    (-0.3292, -0.0562)
    """
    if not pairs.n:
        return None
    return hybrid(pairs.both + pairs.left, pairs.n, pairs.both + pairs.joined, pairs.n, pairs.corrected_phi, level)


def mcnemar(*, pairs: YesNo, kind: Literal["mid-p", "exact", "asymptotic"] = "mid-p") -> Test:
    """Whether as many people went from yes to no as from no to yes: McNemar's test, from those who changed alone.

    `mid-p` is 2 P(X <= s) - P(X = s), X binomial on the people who changed with chance 1/2, s the smaller number, and 1 - P(X = s) / 2 where both are
    the same; `exact` is at most 1 and twice P(X <= s); `asymptotic` is chi-square on 1 df without correction. The statistic of the first two is how
    many more said yes later. All None, with a note, without pairs and where nobody changed.

    Fagerland, Lydersen & Laake 2013, BMC Medical Research Methodology 13:91; McNemar 1947, Psychometrika 12.

    >>> round(mcnemar(pairs=YesNo(20, 12, 2, 16)).p_value, 4)
    0.0074
    """
    method = f"mcnemar-{kind}"
    if not pairs.left + pairs.joined:
        return Test(None, None, None, method, say("row.nobody_changed") if pairs.n else say("row.nobody_paired"))
    difference, changed = pairs.joined - pairs.left, pairs.joined + pairs.left
    if kind == "asymptotic":
        return Test(difference**2 / changed, 1, 2 * normal_cdf(-abs(difference) / math.sqrt(changed)), method)
    return Test(float(difference), None, _binomial(min(pairs.left, pairs.joined), changed, half=kind == "mid-p"), method)


def _binomial(smaller: int, changed: int, *, half: bool) -> float:
    """Twice the lower tail of a fair binomial, at most 1; less the observed value once where `half`."""
    from rpgstat.stats._tables import weights  # with NumPy

    chances = weights(total=changed, chosen=changed, n=2 * changed)
    twice, own = 2 * float(chances[: smaller + 1].sum() / chances.sum()), float(chances[smaller] / chances.sum())
    if not half:
        return min(1.0, twice)
    return 1 - own / 2 if 2 * smaller == changed else twice - own


def hybrid(
    count_reference: float,
    n_reference: float,
    count: float,
    n: float,
    correlation: float,
    level: float,
    effective: tuple[float | None, float | None] = (None, None),
) -> Interval:
    """The square-and-add limits of a difference of two shares that correlate so; `effective` n as in `wilson`, of the reference first.

    >>> limits = hybrid(48, 80, 56, 70, 0.0, 0.95)
    >>> round(limits.low, 4), round(limits.high, 4)
    (0.0524, 0.3339)
    """
    before = wilson(count=count_reference, n=n_reference, effective_n=effective[0], level=level)
    after = wilson(count=count, n=n, effective_n=effective[1], level=level)
    if before is None or after is None:
        raise ValueError(f"n = {n_reference} and {n} must be above 0")
    share_before, share_after = count_reference / n_reference, count / n
    change = share_after - share_before

    def reach(own: float, other: float) -> float:
        return math.sqrt(max(own**2 + other**2 - 2 * correlation * own * other, 0.0))

    return Interval(change - reach(share_after - after.low, before.high - share_before), change + reach(after.high - share_after, share_before - before.low))
