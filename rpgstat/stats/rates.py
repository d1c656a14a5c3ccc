"""Rates from counts: events over exposure, the change between two rates, and the trend of rates over time."""

from __future__ import annotations

import math
from collections.abc import Sequence

from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.distributions import normal_cdf, normal_quantile
from rpgstat.stats.sample import Interval, Test


@record
class Ratio:
    """A rate divided by the reference rate, its limits, and the p of no change; None where a note says why. `high` may be infinite."""

    estimate: float | None
    low: float | None
    high: float | None
    p_value: float | None
    note: str = ""


@record
class Trend:
    """Change of a rate per unit of time, its limits, and the p of no trend; `note` says why a number is missing."""

    slope: float | None
    low: float | None
    high: float | None
    p_value: float | None
    method: str
    note: str = ""


def poisson_interval(*, events: float, exposure: float, level: float = 0.95) -> Interval | None:
    """The exact interval of a rate of events over exposure (Garwood 1936), in events per unit of exposure; may pass 1.

    The lower limit is exactly 0 without events. None without exposure. Equals R's `poisson.test`. Raises ValueError for negative numbers.

    >>> limits = poisson_interval(events=45, exposure=300)
    >>> round(limits.low, 4), round(limits.high, 4)
    (0.1094, 0.2007)
    """
    _check(level, events, exposure)
    if exposure == 0:
        return None
    from scipy.special import gammaincinv

    tail = (1 - level) / 2
    low = float(gammaincinv(events, tail)) if events else 0.0
    return Interval(low / exposure, float(gammaincinv(events + 1, 1 - tail)) / exposure)


def rate_difference(*, events_reference: float, exposure_reference: float, events: float, exposure: float, level: float = 0.95) -> Interval | None:
    """The hybrid interval of a difference between independent rates of events, from their exact intervals (Zou & Donner 2008, square-and-add).

    Positive when the later rate is higher. As Newcombe's interval is made from Wilson's. None where an exposure is 0.

    >>> limits = rate_difference(events_reference=45, exposure_reference=300, events=30, exposure=300)
    >>> round(limits.low, 4), round(limits.high, 4)
    (-0.1102, 0.009)
    """
    before = poisson_interval(events=events_reference, exposure=exposure_reference, level=level)
    after = poisson_interval(events=events, exposure=exposure, level=level)
    if before is None or after is None:
        return None
    rate_before, rate_after = events_reference / exposure_reference, events / exposure
    change = rate_after - rate_before
    return Interval(
        change - math.hypot(rate_after - after.low, before.high - rate_before),
        change + math.hypot(after.high - rate_after, rate_before - before.low),
    )


def rate_ratio(*, events_reference: float, exposure_reference: float, events: float, exposure: float, level: float = 0.95) -> Ratio:
    """The ratio of two rates of events, later over reference, by the conditional binomial (Clopper & Pearson 1934).

    Given all events, the later ones are binomial. Limits are exact; p is twice the smaller exact tail, at most 1, so that it is below 1 - level
    just when the limits leave out 1. R: the limits of `poisson.test` of two counts; p is twice the smaller of its one-sided p.
    Without events in the reference the ratio is None and its upper limit infinite; all None where there is no event or no exposure at all.

    >>> ratio = rate_ratio(events_reference=45, exposure_reference=300, events=30, exposure=300)
    >>> round(ratio.estimate, 3), round(ratio.low, 3), round(ratio.high, 3), round(ratio.p_value, 3)
    (0.667, 0.406, 1.082, 0.105)
    """
    _check(level, events_reference, exposure_reference, events, exposure)
    if not exposure_reference or not exposure:
        return Ratio(None, None, None, None, say("row.no_exposure"))
    total = events + events_reference
    if not total:
        return Ratio(None, None, None, None, say("row.no_events"))
    from scipy.special import betainc, betaincc, betaincinv

    tail, scale = (1 - level) / 2, exposure_reference / exposure
    low = float(betaincinv(events, events_reference + 1, tail)) if events else 0.0
    high = float(betaincinv(events + 1, events_reference, 1 - tail)) if events_reference else 1.0
    expected = exposure / (exposure + exposure_reference)
    at_least = float(betainc(events, events_reference + 1, expected)) if events else 1.0
    at_most = float(betaincc(events + 1, events_reference, expected)) if events_reference else 1.0
    estimate = events / events_reference * scale if events_reference else None
    return Ratio(estimate, _odds(low) * scale, _odds(high) * scale, min(1.0, 2 * min(at_least, at_most)))


def share_difference(*, count_reference: float, n_reference: float, count: float, n: float) -> Test:
    """The score test of a difference between independent shares, with the pooled share and no continuity correction (Pearson 1900).

    The statistic is z, positive when the later share is larger; its square and p are R's `prop.test(correct = FALSE)`.
    None, with a note, where either n is 0, and where nobody or everybody counts in both.

    >>> test = share_difference(count_reference=48, n_reference=80, count=56, n=70)
    >>> round(test.statistic, 3), round(test.p_value, 4)
    (2.65, 0.008)
    """
    _check(0.95, count_reference, n_reference, count, n)
    if not n_reference or not n:
        return Test(None, None, None, "score", say("row.a_zero_denominator"))
    pooled = (count_reference + count) / (n_reference + n)
    variance = pooled * (1 - pooled) * (1 / n_reference + 1 / n)
    if variance <= 0:
        return Test(None, None, None, "score", say("row.both_at_end"))
    z = (count / n - count_reference / n_reference) / math.sqrt(variance)
    return Test(z, None, _two_sided(z), "score")


def share_trend(*, times: Sequence[float], counts: Sequence[float], totals: Sequence[float], level: float = 0.95) -> Trend:
    """Change of a share per unit of time: least squares weighted by the totals, and the Cochran-Armitage score test of no trend.

    p is R's `prop.trend.test`. The limits use the variance under no trend, pooled, so that they leave out 0 just when p < 1 - level.
    None, with a note, with fewer than two times, or where nobody or everybody counts throughout. Cochran 1954; Armitage 1955, Biometrics 11.

    >>> trend = share_trend(times=[0, 1, 2], counts=[30, 25, 15], totals=[100, 100, 100])
    >>> round(trend.slope, 4), round(trend.p_value, 4)
    (-0.075, 0.0122)
    """
    total = sum(totals)
    pooled = sum(counts) / total if total else 0.0
    return _score_trend(times, counts, totals, pooled * (1 - pooled), level, say("trend_method.armitage"))


def event_trend(*, times: Sequence[float], events: Sequence[float], exposures: Sequence[float], level: float = 0.95) -> Trend:
    """As `share_trend` for events over exposure: the score test of a Poisson rate that does not change with time.

    p is that of R's `anova(glm(events ~ times + offset(log(exposures)), poisson), test = "Rao")`, which iterates and so has fewer digits.

    >>> trend = event_trend(times=[0, 1, 2], events=[30, 25, 15], exposures=[100, 100, 100])
    >>> round(trend.slope, 4), round(trend.p_value, 4)
    (-0.075, 0.0281)
    """
    total = sum(exposures)
    return _score_trend(times, events, exposures, sum(events) / total if total else 0.0, level, say("trend_method.poisson"))


def plain_trend(*, times: Sequence[float], rates: Sequence[float]) -> Trend:
    """Change of a rate per unit of time by ordinary least squares. Rates without counts have no known error: no limits and no p.

    >>> round(plain_trend(times=[2015, 2016, 2017, 2018], rates=[0.06, 0.072, 0.009, 0.004]).slope, 4)
    -0.0231
    """
    slope, _ = _slope(times, rates, [1.0] * len(times))
    method = say("trend_method.plain")
    return Trend(slope, None, None, None, method, say("row.no_counts") if slope is not None else say("row.few_periods"))


def _score_trend(times: Sequence[float], counts: Sequence[float], totals: Sequence[float], variance: float, level: float, method: str) -> Trend:
    """The weighted slope with the error that each rate would have, were there no trend: `variance` over its total."""
    _check(level, *counts, *totals)
    used = [(time, count / total, total) for time, count, total in zip(times, counts, totals, strict=True) if total]
    slope, spread = _slope([time for time, _, _ in used], [rate for _, rate, _ in used], [total for _, _, total in used])
    if slope is None:
        return Trend(None, None, None, None, method, say("row.few_periods"))
    if variance <= 0:
        return Trend(slope, None, None, None, method, say("row.rate_at_end"))
    error = math.sqrt(variance / spread)
    reach = -normal_quantile((1 - level) / 2) * error
    return Trend(slope, slope - reach, slope + reach, _two_sided(slope / error), method)


def _slope(times: Sequence[float], rates: Sequence[float], weights: Sequence[float]) -> tuple[float | None, float]:
    """The weighted least-squares slope and the weighted spread of the times; None where there are fewer than two times."""
    total = math.fsum(weights)
    if len(set(times)) < 2:
        return None, 0.0
    centre = math.fsum(w * t for w, t in zip(weights, times, strict=True)) / total
    mean = math.fsum(w * r for w, r in zip(weights, rates, strict=True)) / total
    spread = math.fsum(w * (t - centre) ** 2 for w, t in zip(weights, times, strict=True))
    return math.fsum(w * (t - centre) * (r - mean) for w, t, r in zip(weights, times, rates, strict=True)) / spread, spread


def _two_sided(z: float) -> float:
    return 2 * normal_cdf(-abs(z))


def _odds(probability: float) -> float:
    return probability / (1 - probability) if probability < 1 else math.inf


def _check(level: float, *numbers: float) -> None:
    if not 0 < level < 1 or any(number < 0 or not math.isfinite(number) for number in numbers):
        raise ValueError(f"numbers {numbers} must be 0 or more, and level {level} between 0 and 1")
