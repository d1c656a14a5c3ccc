"""The rows of a question in one wave or group: its options, and what holds of all of them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from rpgstat import text
from rpgstat.analyses._distribution import Distribution
from rpgstat.analyses._rows import joined
from rpgstat.analyses._standing import DETRACTORS, PASSIVES, PROMOTERS, Part, effective_n, kind_part, net, numbers, option_part, places, places_part
from rpgstat.glossary.sentences import say
from rpgstat.record import record
from rpgstat.stats.quartiles import quantile
from rpgstat.stats.recommend import adjusted_wald
from rpgstat.stats.sample import mean_interval
from rpgstat.stats.weighted import quantile_weighted
from rpgstat.study.questions import Question, Replies, base

Row = dict[str, Any]


@record
class ToplineOptions:
    """What is compared with which wave (None: nothing is), at which level, how adjusted, and the waves that are shown, all without any.

    People who answered in both waves are used from `few` of them on.
    """

    reference: str | None = None
    alpha: float = 0.05
    adjust: str = "holm"
    waves: tuple[str, ...] = ()
    few: int = 2


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


def share(part: Part | None, level: float) -> Row:
    """A share of people with its limits; of nobody none."""
    if part is None:
        return {"count": 0, "n": 0}
    limits = part.limits(level)
    return {"count": part.count, "n": part.n, "share": part.share} | ({"share_low": limits.low, "share_high": limits.high} if limits else {})


def _shares(question: Question, own: Replies, level: float) -> Iterator[Row]:
    n = base(question, own)
    yield {"n": n}
    for option in question.options:
        if option not in own.counts and question.kind == "date":
            continue  # nobody answered on that day
        if option not in own.counts:
            yield {"option": option, "n": None, "note": say("row.not_offered")}
        elif option in question.off:
            yield {"option": option, "n": n, "count": own.counts[option], "note": say("row.not_in_base")}
        else:
            yield {"option": option} | share(option_part(question, own, option), level)


def _recommend(_: Question, own: Replies, level: float) -> Iterator[Row]:
    """The net score with its limits, and the mean of the answers beside it; then the three kinds of people."""
    parts = {kind: kind_part(own, kind) for kind in (PROMOTERS, PASSIVES, DETRACTORS)}
    promoters, detractors = parts[PROMOTERS], parts[DETRACTORS]
    score: Row = {}
    if promoters and detractors:
        among = net(own)
        precision = None if among.plain else effective_n(among.sample(), promoters)
        counts = (promoters.share, detractors.share, 1.0) if promoters.weighted else (promoters.count, detractors.count, promoters.n)
        limits = adjusted_wald(promoters=counts[0], detractors=counts[1], n=counts[2], effective_n=precision, level=level)
        value = promoters.share - detractors.share if promoters.weighted else (promoters.count - detractors.count) / promoters.n
        score = {"score": value} | ({"score_low": limits.low, "score_high": limits.high} if limits else {})
    yield {"n": sum(own.values.values())} | _means(numbers(own), level) | score
    for kind, part in parts.items():
        yield {"option": kind} | share(part, level)


def _means(people: Distribution, level: float) -> Row:
    sample = people.sample()
    limits = mean_interval(sample=sample, level=level)
    low, high = (limits.low, limits.high) if limits else (None, None)
    q1, q3 = (_quartile(people, Fraction(part, 4)) for part in (1, 3))
    return {"mean": sample.mean, "mean_low": low, "mean_high": high, "median": sample.median, "q1": q1, "q3": q3}


def _quartile(people: Distribution, p: Fraction) -> float | None:
    if people.weighted:
        found = quantile_weighted(weights=people.weights, scores=people.scores, p=p)
    else:
        found = quantile(dict(zip(people.scores, people.counts, strict=True)), p)
    return None if found is None else float(found)


def _numbers(_: Question, own: Replies, level: float) -> Iterator[Row]:
    yield {"n": sum(own.values.values())} | _means(numbers(own), level)


def _ranking(question: Question, own: Replies, level: float) -> Iterator[Row]:
    """How many ranked at all; of each option its mean place, and the shares of those who ranked it that put it first and among the first three."""
    yield {"n": own.answered}
    for option in question.options:
        first, three = places_part(own, option, 1), places_part(own, option, 3)
        if first is None or three is None:
            yield {"option": option, "n": 0, "count": 0, "note": say("row.nobody_ranked")}
            continue
        sample = places(own, option).sample()
        limits = mean_interval(sample=sample, level=level)
        low, high = (limits.low, limits.high) if limits else (None, None)
        means = {"mean": sample.mean, "mean_low": low, "mean_high": high, "median": sample.median}
        yield {"option": option, "n": first.n, "count": first.n} | means | {"top1": first.share, "top3": three.share}
