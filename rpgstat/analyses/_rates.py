"""One rate against another: which counts may be compared, how, and what follows."""

from __future__ import annotations

from typing import Literal

from rpgstat import text
from rpgstat.admin.measures import Kind, kind_of
from rpgstat.admin.rates import Rate, RateSeries
from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.rates import poisson_interval, rate_difference, rate_ratio, share_difference
from rpgstat.stats.sample import Interval
from rpgstat.stats.shares import newcombe, wilson

Conclusion = Literal["fell", "rose", "fairly constant", "inconclusive", "descriptive"]


@record
class Counts:
    """What an interval rests on: a part of a whole, or events over a stock."""

    kind: Literal["part", "events"]
    numerator: float
    denominator: float

    def interval(self, level: float) -> Interval | None:
        """Wilson's interval of a share; the exact one of a rate of events."""
        if self.kind == "part":
            return wilson(count=self.numerator, n=self.denominator, level=level)
        return poisson_interval(events=self.numerator, exposure=self.denominator, level=level)


@record
class Change:
    """A rate minus the reference rate: limits and p where counts allow, `narrow` being the 1 - 2 alpha limits that a margin is held against."""

    change: float
    relative: float | None
    limits: Interval | None
    narrow: Interval | None
    p_value: float | None
    conclusion: Conclusion
    note: str


def counts_of(series: RateSeries, rate: Rate, headcount: int | None) -> Counts | None:
    """The counts of a rate; where it has none, shares of `headcount` people for turnover, vacancies and agency staffing."""
    if rate.counted and rate.numerator is not None and rate.denominator is not None and series.kind in ("part", "events"):
        return Counts("part" if series.kind == "part" else "events", rate.numerator, rate.denominator)
    if headcount is not None and rate.rate is not None and rate.rate <= 1 and of_people(series.measure):
        return Counts("part", rate.rate * headcount, headcount)
    return None


def of_people(measure: str) -> bool:
    """Whether --headcount can make a measure a share of people."""
    kind: Kind = kind_of(measure)
    return kind in ("part", "events")


def compare_rates(reference: float, rate: float, before: Counts | None, after: Counts | None, *, margin: float | None, alpha: float, per: float = 1) -> Change:
    """The change from `reference` to `rate`, and what may be concluded of it. `margin` is the largest change that does not matter, as a share.

    `fairly constant` comes first: the 1 - 2 alpha limits lie within the margin; then `fell` or `rose` (p < alpha), else `inconclusive`.
    """
    change, relative = rate - reference, (rate - reference) / reference if reference else None
    from_zero = "" if reference else say("row.zero_reference")
    if before is None or after is None or before.kind != after.kind:
        return Change(change, relative, None, None, None, "descriptive", joined(say("row.no_counts"), from_zero, _bare_margin(change, margin, per)))
    limits, narrow = (_limits(before, after, level) for level in (1 - alpha, 1 - 2 * alpha))
    p_value, why = _tested(before, after, alpha)
    within = margin is not None and narrow is not None and -margin <= narrow.low and narrow.high <= margin
    significant = p_value is not None and p_value < alpha
    conclusion: Conclusion = "fairly constant" if within else ("fell" if change < 0 else "rose") if significant else "inconclusive"
    real = say("row.real_rate") if within and significant else ""
    at_odds = limits is not None and p_value is not None and significant != (limits.low > 0 or limits.high < 0)
    edge = say("row.at_edge") if at_odds else ""
    return Change(change, relative, limits, narrow, p_value, conclusion, joined(why, real, edge, from_zero))


def joined(*parts: str) -> str:
    """The parts of a note that say something."""
    return "; ".join(part for part in parts if part)


def _bare_margin(change: float, margin: float | None, per: float) -> str:
    if margin is None:
        return ""
    size = say("rates.per", rate=text.short(margin * per), per=text.number(per)) if per > 1 else say("rates.margin", points=text.short(margin * 100))
    within = abs(change) <= margin + 1e-12
    return say("row.bare_within", margin=size) if within else say("row.bare_beyond", margin=size)


def _limits(before: Counts, after: Counts, level: float) -> Interval | None:
    if before.kind == "part":
        return newcombe(count_reference=before.numerator, n_reference=before.denominator, count=after.numerator, n=after.denominator, level=level)
    return rate_difference(
        events_reference=before.numerator, exposure_reference=before.denominator, events=after.numerator, exposure=after.denominator, level=level
    )


def _tested(before: Counts, after: Counts, alpha: float) -> tuple[float | None, str]:
    """p of no change, and what to add: why there is none, or the ratio of two rates of events."""
    if before.kind == "part":
        test = share_difference(count_reference=before.numerator, n_reference=before.denominator, count=after.numerator, n=after.denominator)
        return test.p_value, test.note
    ratio = rate_ratio(
        events_reference=before.numerator, exposure_reference=before.denominator, events=after.numerator, exposure=after.denominator, level=1 - alpha
    )
    if ratio.estimate is None or ratio.low is None or ratio.high is None:
        return ratio.p_value, ratio.note
    limits = say("number.span", low=text.fixed(ratio.low), high=text.fixed(ratio.high))
    return ratio.p_value, say(
        "row.ratio",
        ratio=text.fixed(ratio.estimate),
        level=text.confidence(alpha),
        limits=limits,
    )
