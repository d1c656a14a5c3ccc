"""The rows of a question in one wave or group: its options, and what holds of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from rpgstat import text
from rpgstat.analyses._rows import joined
from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.quartiles import quantile
from rpgstat.stats.recommend import adjusted_wald
from rpgstat.stats.sample import Sample, describe, mean_interval
from rpgstat.stats.shares import wilson
from rpgstat.study.questions import Question, Replies, base

Row = dict[str, Any]
PROMOTERS, PASSIVES, DETRACTORS = "promoters", "passives", "detractors"
_LEAST_PROMOTER, _LEAST_PASSIVE = 9, 7


@record
class ToplineOptions:
    """What is compared with which wave (None: nothing is), at which level, how adjusted, and the waves that are shown, all without any."""

    reference: str | None = None
    alpha: float = 0.05
    adjust: str = "holm"
    waves: tuple[str, ...] = ()


def rows_of(question: Question, own: Replies, by: str | None, options: ToplineOptions) -> Iterator[Row]:
    """A row for what holds of all options, and one for each option."""
    head: Row = {"question": question.id, "text": question.text, "kind": question.kind, "option": None, "wave": own.wave}
    head |= {"by": by if own.group is not None else None, "group": own.group, "asked": own.asked, "answered": own.answered, "note": ""}
    unread = say("row.unread", own.unread, n=text.count(own.unread)) if own.unread else ""
    nobody = "" if own.answered else say("row.nobody_answered")
    level = 1 - options.alpha
    made = {"nps": _recommend, "number": _numbers, "ranking": _ranking}.get(question.kind, _shares)
    for row in made(question, own, level):
        yield head | row | {"note": joined([row.get("note") or "", unread if row.get("option") is None else "", nobody]) or ""}


def share(count: int, n: int, level: float) -> Row:
    """A count with its share of n and the limits of that."""
    limits = wilson(count=count, n=n, level=level)
    return {"count": count, "n": n} | ({"share": count / n, "share_low": limits.low, "share_high": limits.high} if limits else {})


def _shares(question: Question, own: Replies, level: float) -> Iterator[Row]:
    n = base(question, own)
    yield {"n": n}
    for option in question.options:
        if option not in own.counts:
            yield {"option": option, "n": None, "note": say("row.not_offered")}
        elif option in question.off:
            yield {"option": option, "n": n, "count": own.counts[option], "note": say("row.not_in_base")}
        else:
            yield {"option": option} | share(own.counts[option], n, level)


def likelihoods(own: Replies) -> tuple[int, int, int]:
    """Promoters, passives and detractors."""
    promoters = sum(n for value, n in own.values.items() if value >= _LEAST_PROMOTER)
    detractors = sum(n for value, n in own.values.items() if value < _LEAST_PASSIVE)
    return promoters, sum(own.values.values()) - promoters - detractors, detractors


def _recommend(_: Question, own: Replies, level: float) -> Iterator[Row]:
    """The net score with its limits, and the mean of the answers beside it; then the three kinds of people."""
    promoters, passives, detractors = likelihoods(own)
    n = sum(own.values.values())
    limits = adjusted_wald(promoters=promoters, detractors=detractors, n=n, level=level)
    score = {"score": (promoters - detractors) / n, "score_low": limits.low, "score_high": limits.high} if limits else {}
    yield {"n": n} | _means(own.values, level) | score
    for option, count in ((PROMOTERS, promoters), (PASSIVES, passives), (DETRACTORS, detractors)):
        yield {"option": option} | share(count, n, level)


def sample_of(values: Mapping[Fraction, int]) -> Sample:
    """The sample of people by number."""
    return describe(counts=list(values.values()), scores=list(values))


def _means(values: Mapping[Fraction, int], level: float) -> Row:
    sample = sample_of(values)
    limits = mean_interval(sample=sample, level=level)
    quarters = [quantile(values, Fraction(part, 4)) for part in (1, 3)]
    low, high = (limits.low, limits.high) if limits else (None, None)
    q1, q3 = (None if value is None else float(value) for value in quarters)
    return {"mean": sample.mean, "mean_low": low, "mean_high": high, "median": sample.median, "q1": q1, "q3": q3}


def _numbers(_: Question, own: Replies, level: float) -> Iterator[Row]:
    yield {"n": sum(own.values.values())} | _means(own.values, level)


def _ranking(question: Question, own: Replies, level: float) -> Iterator[Row]:
    """How many ranked at all; of each option its mean place, and the shares of those who ranked it that put it first and among the first three."""
    yield {"n": own.answered}
    for option in question.options:
        ranks = own.ranks.get(option, {})
        n = sum(ranks.values())
        if not n:
            yield {"option": option, "n": 0, "count": 0, "note": say("row.nobody_ranked")}
            continue
        sample = describe(counts=list(ranks.values()), scores=list(ranks))
        limits = mean_interval(sample=sample, level=level)
        low, high = (limits.low, limits.high) if limits else (None, None)
        first, three = ranks.get(1, 0), sum(people for place, people in ranks.items() if place <= 3)
        yield {"option": option, "n": n, "count": n, "mean": sample.mean, "mean_low": low, "mean_high": high, "median": sample.median} | {
            "top1": first / n,
            "top3": three / n,
        }
