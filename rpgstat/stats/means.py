"""Two independent means: Welch and Student t, Hedges g, equivalence within a margin, and the smallest detectable difference."""

from __future__ import annotations

import math

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.distributions import noncentral_t_cdf, normal_quantile, t_cdf, t_quantile
from rpgstat.stats.sample import Effect, Estimate, Interval, Sample, critical_t, two_sided_t


@record
class MeanDifference(Estimate):
    """Later mean minus reference mean, in points of the scale, with its t interval and two-sided t-test."""


@record
class Equivalence:
    """The larger of two one-sided p values, and the 1 - 2 alpha limits of the difference."""

    p_value: float | None
    low: float | None
    high: float | None


def welch(*, reference: Sample, later: Sample, level: float = 0.95) -> MeanDifference:
    """The difference of two means without assuming equal variances (Welch 1947; df by Satterthwaite 1946).

    Positive when the later mean is higher. With n < 2 on either side, or no variance on both, the estimate stays (None only
    where a mean is missing), the rest is None and `note` says which side lacks what.

    >>> before, after = Sample(47, 2.79, 0.81, 3.0), Sample(75, 3.05, 0.72, 3.0)
    >>> change = welch(reference=before, later=after)
    >>> round(change.estimate, 2), round(change.df, 1), round(change.p_value, 3)
    (0.26, 89.2, 0.075)
    """
    estimate, note = _change(reference, later), _no_variance(reference, later)
    if estimate is None or note:
        return MeanDifference(estimate, None, None, None, None, None, None, note)
    a, b = reference.mean_variance or 0.0, later.mean_variance or 0.0
    if a + b == 0:
        return MeanDifference(estimate, 0.0, None, estimate, estimate, None, None, say("row.whole_population"))
    # in shares of the total, so that very small variances do not underflow when squared
    df = 1 / ((a / (a + b)) ** 2 / (reference.n - 1) + (b / (a + b)) ** 2 / (later.n - 1))
    return t_difference(estimate, math.sqrt(a + b), df, level)


def student(*, reference: Sample, later: Sample, level: float = 0.95) -> MeanDifference:
    """The difference of two means with one pooled variance (Student 1908, Fisher 1925), df = n1 + n2 - 2.

    Direction and missing values as in `welch`.

    >>> before, after = Sample(47, 2.79, 0.81, 3.0), Sample(75, 3.05, 0.72, 3.0)
    >>> change = student(reference=before, later=after)
    >>> change.df, round(change.p_value, 3)
    (120, 0.067)
    """
    estimate, note = _change(reference, later), _no_variance(reference, later)
    if estimate is None or note:
        return MeanDifference(estimate, None, None, None, None, None, None, note)
    std_error = pooled_sd(reference, later) * math.sqrt(1 / reference.n + 1 / later.n)
    return t_difference(estimate, std_error, reference.n + later.n - 2, level)


def hedges_g(*, reference: Sample, later: Sample, level: float | None = 0.95) -> Effect:
    """The difference of two means in pooled standard deviations, corrected for small samples (Hedges 1981), named `g`.

    Positive when the later mean is higher; unbounded. The correction is the exact gamma ratio. The limits are those of the
    noncentrality of the pooled t (Steiger and Fouladi 1997), on the scale of g; they need not agree with Welch's about 0. They take most
    of the time: `level` None leaves them out.
    All None, with a note, where the pooled t is; limits None, with a note, where the noncentral t cannot be inverted.

    >>> effect = hedges_g(reference=Sample(47, 2.79, 0.81, 3.0), later=Sample(75, 3.05, 0.72, 3.0))
    >>> round(effect.estimate, 3), round(effect.low, 3), round(effect.high, 3)
    (0.342, -0.024, 0.706)
    """
    change, note = _change(reference, later), _no_variance(reference, later)
    if change is None or note:
        return Effect("g", None, None, None, note)
    df = reference.n + later.n - 2
    correction = small_sample(df)
    d = change / pooled_sd(reference, later)
    if level is None:
        return Effect("g", d * correction, None, None)
    unit = math.sqrt(1 / reference.n + 1 / later.n)
    limits = noncentrality(d / unit, df, level)
    if limits is None:
        return Effect("g", d * correction, None, None, say("row.g_no_limits", t=f"{d / unit:.6g}", df=df))
    return Effect("g", d * correction, limits.low * unit * correction, limits.high * unit * correction)


def equivalence(*, estimate: float | None, std_error: float | None, df: float | None, margin: float, alpha: float = 0.05) -> Equivalence:
    """Two one-sided t-tests that a difference lies within -margin to margin (Schuirmann 1987).

    `p_value` is the larger of the two; below `alpha` the difference is smaller than `margin`, in the unit of the estimate.
    `low` and `high` are the 1 - 2 alpha limits, which then lie within the margin. All None when an input is None.
    Raises ValueError for a margin that is not above 0 or an alpha not between 0 and 0.5.

    >>> result = equivalence(estimate=0.05, std_error=0.1, df=100, margin=0.3)
    >>> round(result.p_value, 4), round(result.low, 3), round(result.high, 3)
    (0.007, -0.116, 0.216)
    """
    if not margin > 0 or not 0 < alpha < 0.5:
        raise ValueError(f"margin {margin} must be above 0, and alpha {alpha} between 0 and 0.5")
    if estimate is None or std_error is None or df is None:
        return Equivalence(None, None, None)
    above_low = t_cdf(-(estimate + margin) / std_error, df)
    below_high = t_cdf((estimate - margin) / std_error, df)
    reach = critical_t(df=df, level=1 - 2 * alpha) * std_error
    return Equivalence(max(above_low, below_high), estimate - reach, estimate + reach)


def detectable(*, std_error: float | None, df: float | None, alpha: float = 0.05, power: float = 0.80) -> float | None:
    """The true difference that a two-sided test at `alpha` finds with probability `power`, in the unit of the standard error.

    The usual sum of two t quantiles (Bloom 1995). None when an input is None.

    >>> round(detectable(std_error=0.14, df=89), 3)
    0.397
    """
    if std_error is None or df is None:
        return None
    return (critical_t(df=df, level=1 - alpha) - t_quantile(1 - power, df)) * std_error


def _change(reference: Sample, later: Sample) -> float | None:
    return None if reference.mean is None or later.mean is None else later.mean - reference.mean


def _no_variance(reference: Sample, later: Sample) -> str:
    """Why no standard error can be given, or nothing when it can."""
    small = []
    if reference.sd is None:
        small.append(say("row.reference_n", n=reference.n))
    if later.sd is None:
        small.append(say("row.later_n", n=later.n))
    if small:
        return say("row.small_no_variance", small=", ".join(small))
    return "" if reference.sd or later.sd else say("row.equal_within")


def t_difference(estimate: float, std_error: float, df: float, level: float) -> MeanDifference:
    """A difference with its t interval of confidence `level` and two-sided p, from a standard error above 0.

    >>> round(t_difference(0.5, 0.25, 10, 0.95).p_value, 4)
    0.0734
    """
    reach = critical_t(df=df, level=level) * std_error
    statistic = estimate / std_error
    return MeanDifference(estimate, std_error, df, estimate - reach, estimate + reach, statistic, two_sided_t(statistic=statistic, df=df))


def _spread(sample: Sample) -> tuple[int, float]:
    return sample.n, sample.sd or 0.0


def pooled_sd(reference: Sample, later: Sample) -> float:
    """The standard deviation of two samples together, each about its own mean, in the unit of the scores; n1 + n2 is at least 3.

    >>> pooled_sd(Sample(3, 2.0, 1.0, 2.0), Sample(3, 4.0, 2.0, 4.0)) ** 2
    2.5000000000000004
    """
    (n_a, sd_a), (n_b, sd_b) = _spread(reference), _spread(later)
    return math.sqrt(((n_a - 1) * sd_a**2 + (n_b - 1) * sd_b**2) / (n_a + n_b - 2))


def small_sample(df: float) -> float:
    """The exact correction of a standardised difference for small samples, below 1 (Hedges 1981).

    >>> round(small_sample(10), 4)
    0.9227
    """
    return math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2)


def noncentrality(t: float, df: float, level: float) -> Interval | None:
    """Limits of the noncentrality of an observed t; found for |t| and mirrored, so that swapping the samples mirrors them exactly.

    None for a t so large that its distribution is not computed.

    >>> limits = noncentrality(2.0, 10, 0.95)
    >>> round(limits.low, 3), round(limits.high, 3)
    (-0.184, 4.101)
    """
    tail = (1 - level) / 2
    low, high = _inverted(abs(t), df, 1 - tail), _inverted(abs(t), df, tail)
    if low is None or high is None:
        return None
    return Interval(low, high) if t >= 0 else Interval(-high, -low)


def _inverted(t: float, df: float, probability: float) -> float | None:
    """The noncentrality at which a value up to `t` has the given probability.

    A secant search on the normal quantile of that probability, nearly a straight line in the noncentrality whose slope in large samples is
    known, takes three or four steps to full precision. None for a t so large that its distribution is not computed.
    """
    goal = normal_quantile(probability)
    unit = math.sqrt(1 + t * t / (2 * df))

    def miss(noncentrality: float) -> float:
        below = noncentral_t_cdf(t, df, noncentrality)
        return math.nan if below is None else normal_quantile(below) - goal

    last = max(t - goal * unit, -goal)  # the large-sample limit; -goal is where t = 0 has its root
    last_miss = miss(last)
    if math.isinf(last_miss):
        last, last_miss = t, miss(t)
    new = last + last_miss * unit
    for _ in range(30):
        new_miss = miss(new)
        if math.isnan(new_miss):  # t so large that the noncentral t itself is not computed
            return None
        if math.isinf(new_miss):  # overshot to where the probability rounds to 0 or 1
            new = (last + new) / 2
            continue
        if new_miss == last_miss:
            break
        step = -new_miss * (new - last) / (new_miss - last_miss)
        last, last_miss, new = new, new_miss, new + step
        if abs(step) <= 1e-9 * max(1.0, abs(new)):  # the next step would be this one times the last
            break
    return new if abs(last_miss) < 1e-6 else None
