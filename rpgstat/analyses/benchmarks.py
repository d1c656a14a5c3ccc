"""`benchmarks`: what other organisations have published, beside the shares and means of the latest wave."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from rpgstat import text
from rpgstat.admin.benchmarks import Benchmark
from rpgstat.analyses._rows import joined, titled
from rpgstat.glossary.sentences import listing, say
from rpgstat.record import record
from rpgstat.result import Result, table
from rpgstat.stats.fisher import fisher_mid_p
from rpgstat.stats.means import welch
from rpgstat.stats.sample import Sample
from rpgstat.stats.shares import wilson
from rpgstat.study import Study

Row = dict[str, Any]


@record
class Own:
    """A share of the latest wave that a published one may stand beside: `count` of `n` people, None where they are weighted or of a finite population."""

    question: str
    text: str
    option: str | None
    wave: str
    n: int
    share: float
    share_low: float
    share_high: float
    count: int | None


@record
class OwnMean:
    """A mean of the latest wave that a published one may stand beside; `low` and `high` are the ends of its scale. It is not `plain` where it is of
    weighted answers or of a finite population."""

    question: str
    text: str
    option: str | None
    wave: str
    sample: Sample
    low: float
    high: float
    plain: bool = True


@record
class Pair:
    """A share or mean and the published column that it was matched with; how alike their texts are, from 0 to 1."""

    own: Own | OwnMean
    published: str
    likeness: float


def benchmarks(study: Study, pairs: Sequence[Pair], figures: Sequence[Benchmark], file: str, unmatched: Sequence[str], alpha: float) -> Result:
    """Result `benchmarks`: for each pair and organisation the difference, own minus published share.

    Where the number of people is published too: Newcombe's limits and Fisher's mid-p, as if that were a wave, not adjusted and in no family with
    the waves. Without it the difference alone.
    """
    rows = [_row(pair.own, pair, figure, alpha) for pair, figure in _beside(pairs, figures) if isinstance(pair.own, Own)]
    level, at = text.confidence(alpha), text.short(alpha)
    return _result("benchmarks", rows, titled(study, say("title.benchmarks")), say("benchmarks.method", level=level, alpha=at), file, unmatched, alpha)


def _result(name: str, rows: Sequence[Row], title: str, method: str, file: str, unmatched: Sequence[str], alpha: float) -> Result:
    return Result(name, title, table(name, rows), method, notes=tuple(_notes(rows, file, unmatched)), options={"alpha": alpha})


def _beside(pairs: Sequence[Pair], figures: Sequence[Benchmark]) -> Iterator[tuple[Pair, Benchmark]]:
    """Each pair with the figures of its column, shares with shares and means with means."""
    for pair in pairs:
        for figure in figures:
            if figure.question == pair.published and (figure.mean is None) == isinstance(pair.own, Own):
                yield pair, figure


def benchmark_means(study: Study, pairs: Sequence[Pair], figures: Sequence[Benchmark], file: str, unmatched: Sequence[str], alpha: float) -> Result:
    """Result `benchmark_means`: for each pair and organisation the difference of means, own minus published, in points of the scale.

    Where the number of people and the standard deviation are published too, or follow from a published distribution: Welch's test, as if that were
    a wave, not adjusted and in no family with the waves. Without these the difference alone; of a mean outside our scale none.
    """
    rows = [_mean_row(pair.own, pair, figure, alpha) for pair, figure in _beside(pairs, figures) if isinstance(pair.own, OwnMean)]
    method = say("benchmarks.method_means", level=text.confidence(alpha), alpha=text.short(alpha))
    return _result("benchmark_means", rows, titled(study, say("title.benchmark_means")), method, file, unmatched, alpha)


def _head(own: Own | OwnMean, pair: Pair, figure: Benchmark) -> Row:
    head: Row = {"question": own.question, "text": own.text, "option": own.option, "wave": own.wave, "organisation": figure.organisation}
    return head | {"published": pair.published, "likeness": pair.likeness, "n_published": figure.n}


def _worded(pair: Pair) -> str:
    return say("row.benchmark_alike", alike=text.percent(pair.likeness)) if pair.likeness < 1 else ""


def _mean_row(own: OwnMean, pair: Pair, figure: Benchmark, alpha: float) -> Row:
    assert figure.mean is not None  # as `_beside` pairs them
    head = _head(own, pair, figure) | {"n": own.sample.n, "mean": own.sample.mean, "sd": own.sample.sd}
    head |= {"mean_published": figure.mean, "sd_published": figure.sd}
    if not own.low <= figure.mean <= own.high:
        beyond = say("row.benchmark_beyond", low=text.short(own.low), high=text.short(own.high))
        return head | {"note": joined([_worded(pair), beyond])}
    bare = not figure.n or figure.sd is None or own.sample.sd is None
    if bare or not own.plain:
        why = say("row.benchmark_bare_mean") if bare else say("row.benchmark_weighted")
        return head | {"estimate": (own.sample.mean or 0.0) - figure.mean, "conclusion": "descriptive", "note": joined([_worded(pair), why])}
    there = Sample(figure.n or 0, figure.mean, figure.sd, None)
    found = welch(reference=there, later=own.sample, level=1 - alpha)
    p = found.p_value
    conclusion = None if p is None else "inconclusive" if p >= alpha else "higher" if (found.estimate or 0) > 0 else "lower"
    tested = {key: getattr(found, key) for key in ("estimate", "std_error", "df", "conf_low", "conf_high", "statistic", "p_value")}
    rounded = say("row.benchmark_rounded") if figure.share is not None else ""
    return head | tested | {"conclusion": conclusion, "note": joined([_worded(pair), rounded, found.note]) or None}


def _row(own: Own, pair: Pair, figure: Benchmark, alpha: float) -> Row:
    assert figure.share is not None  # as `_beside` pairs them
    head = _head(own, pair, figure) | {"n": own.n, "share": own.share, "share_published": figure.share, "difference": own.share - figure.share}
    worded = _worded(pair)
    if not figure.n:
        return head | {"conclusion": "descriptive", "note": joined([worded, say("row.benchmark_bare")]) or None}
    return head | _tested(own, figure, alpha) | {"note": joined([worded, *_tested_note(own, figure)]) or None}


def _count(figure: Benchmark) -> int:
    """How many people a published share stands for: certain, or the nearest number."""
    return figure.count if figure.count is not None else round((figure.share or 0.0) * (figure.n or 0))


def _tested(own: Own, figure: Benchmark, alpha: float) -> Row:
    count, n = _count(figure), figure.n or 0
    there = wilson(count=count, n=n, level=1 - alpha)
    assert there is not None  # n is above 0
    share = count / n
    difference = own.share - share
    low = difference - math.hypot(own.share - own.share_low, there.high - share)
    high = difference + math.hypot(own.share_high - own.share, share - there.low)
    found: Row = {"share_published": share, "difference": difference, "difference_low": low, "difference_high": high}
    if own.count is None:
        return found
    p = fisher_mid_p(count_reference=count, n_reference=n, count=own.count, n=own.n)
    conclusion = None if p is None else "inconclusive" if p >= alpha else "higher" if difference > 0 else "lower"
    return found | {"p_value": p, "conclusion": conclusion}


def _tested_note(own: Own, figure: Benchmark) -> Iterator[str]:
    if figure.count is None:
        yield say("row.benchmark_rounded")
    if own.count is None:
        yield say("row.benchmark_weighted")


def _notes(rows: Sequence[Row], file: str, unmatched: Sequence[str]) -> Iterator[str]:
    yield say(
        "benchmarks.matched",
        len({(row["question"], row["option"]) for row in rows}),
        n=text.count(len({(r["question"], r["option"]) for r in rows})),
        file=file,
    )
    if any(row["n_published"] for row in rows):
        yield say("benchmarks.part_of")
    if unmatched:
        named = listing([f"“{text.shortened(words, 60)}”" for words in unmatched[:_NAMED]])
        yield say("benchmarks.unmatched", len(unmatched), n=text.count(len(unmatched)), file=file, named=named)


_NAMED = 5  # columns that are named of those without a counterpart
