"""What one sample of scores says: size, mean, spread and median, the interval of its mean, and its t-test against a fixed point."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.distributions import t_cdf, t_quantile


@record
class Interval:
    """Two-sided confidence limits, in the unit of what they describe."""

    low: float
    high: float


@record
class Test:
    """A two-sided test; `df` is None where the method has none, and `note` says why a number is missing."""

    statistic: float | None
    df: float | None
    p_value: float | None
    method: str
    note: str = ""

    __test__ = False  # not a test case, whatever pytest thinks of the name


@record
class Estimate:
    """What a t statistic tests, with its interval; `note` says why a number is missing."""

    estimate: float | None
    std_error: float | None
    df: float | None
    conf_low: float | None
    conf_high: float | None
    statistic: float | None
    p_value: float | None
    note: str = ""


@record
class Effect:
    """A standardised effect and its confidence limits; `note` says why a number is missing."""

    name: str
    estimate: float | None
    low: float | None
    high: float | None
    note: str = ""


@record
class Sample:
    """What the mean methods need of a sample: `mean` and `median` are None when n = 0, `sd` (divisor n - 1) when n < 2.

    `variance` is that of the mean where it is not sd^2 / n: of a weighted mean, or of one from a finite population.
    """

    n: int
    mean: float | None
    sd: float | None
    median: float | None
    variance: float | None = None

    @property
    def mean_variance(self) -> float | None:
        """Variance of the mean, in squared units of the scores; None when n < 2.

        >>> Sample(4, 2.5, 1.0, 2.5).mean_variance
        0.25
        """
        return self.sd**2 / self.n if self.variance is None and self.sd is not None else self.variance


def describe(*, counts: Sequence[int], scores: Sequence[Fraction | int | float]) -> Sample:
    """Size, mean, standard deviation and median of a sample given as the number of answers at each score.

    `counts` (0 or more) stand beside `scores`, in any order; a level that nobody chose does not matter. Sums are exact, so equal
    answers have an sd of exactly 0. The median of an even number of answers is the mean of the two in the middle.
    Raises ValueError for unequal lengths, a negative count or a score that is not finite.

    >>> describe(counts=[1, 0, 2, 1], scores=[1, 2, 3, 4])
    Sample(n=4, mean=2.75, sd=1.2583057392117916, median=3.0, variance=None)
    >>> describe(counts=[0, 1], scores=[1, 2]).sd is None
    True
    """
    if any(count < 0 for count in counts) or not all(math.isfinite(score) for score in scores):
        raise ValueError(f"counts {list(counts)} must be 0 or more, scores {list(scores)} finite")
    levels = sorted((Fraction(score), int(count)) for score, count in zip(scores, counts, strict=True) if count)
    n = sum(count for _, count in levels)
    if n == 0:
        return Sample(0, None, None, None)
    unit = math.lcm(*(score.denominator for score, _ in levels))
    whole = [(int(score * unit), count) for score, count in levels]
    total = sum(score * count for score, count in whole)
    squares = sum(score * score * count for score, count in whole)
    sd = math.sqrt((n * squares - total * total) / (n * (n - 1) * unit * unit)) if n > 1 else None
    middle = _ranked(whole, (n - 1) // 2) + _ranked(whole, n // 2)
    return Sample(n, total / (n * unit), sd, middle / (2 * unit))


def _ranked(levels: Sequence[tuple[int, int]], rank: int) -> int:
    """The score of the answer at `rank`, counted from 0, in (score, count) pairs that ascend."""
    below = 0
    for score, count in levels:
        below += count
        if rank < below:
            return score
    raise ValueError(f"rank {rank} of {below} answers")


def critical_t(*, df: float, level: float) -> float:
    """How many standard errors a two-sided t interval of confidence `level` (between 0 and 1) reaches from its estimate.

    >>> round(critical_t(df=10, level=0.95), 3)
    2.228
    """
    if not 0 < level < 1:
        raise ValueError(f"confidence level {level} is not between 0 and 1")
    return -t_quantile((1 - level) / 2, df)


def two_sided_t(*, statistic: float, df: float) -> float:
    """The two-sided p of a t statistic, from the tail itself so that very small values keep their digits.

    >>> f"{two_sided_t(statistic=-40.0, df=100):.3e}"
    '2.462e-63'
    """
    return 2 * t_cdf(-abs(statistic), df)


def mean_interval(*, sample: Sample, level: float = 0.95) -> Interval | None:
    """The t interval of a mean (Student 1908), in the unit of the scores.

    None when n < 2, and when all answers are equal: a width of zero would claim certainty that a sample cannot give.

    >>> limits = mean_interval(sample=describe(counts=[1, 0, 2, 1], scores=[1, 2, 3, 4]))
    >>> round(limits.low, 3), round(limits.high, 3)
    (0.748, 4.752)
    """
    if sample.mean is None or not sample.sd or sample.mean_variance is None:
        return None
    reach = critical_t(df=sample.n - 1, level=level) * math.sqrt(sample.mean_variance)
    return Interval(sample.mean - reach, sample.mean + reach)


def midpoint_test(*, sample: Sample, midpoint: float) -> Test:
    """One-sample t-test of the mean against the middle of the scale (Student 1908), two-sided and unadjusted.

    The statistic is positive when the mean lies above `midpoint`. All None, with a note, when n < 2 or all answers are equal.

    >>> test = midpoint_test(sample=describe(counts=[1, 0, 2, 1], scores=[1, 2, 3, 4]), midpoint=2.5)
    >>> round(test.statistic, 3), test.df, round(test.p_value, 3)
    (0.397, 3, 0.718)
    """
    method = "midpoint t"
    if sample.mean is None or sample.sd is None or sample.mean_variance is None:
        return Test(None, None, None, method, say("row.n_no_variance", n=sample.n))
    if sample.sd == 0:
        return Test(None, None, None, method, say("row.all_equal"))
    if sample.mean_variance == 0:
        return Test(None, None, None, method, say("row.whole_population"))
    statistic = (sample.mean - midpoint) / math.sqrt(sample.mean_variance)
    return Test(statistic, sample.n - 1, two_sided_t(statistic=statistic, df=sample.n - 1), method)
