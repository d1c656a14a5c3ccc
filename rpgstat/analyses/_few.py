"""Groups of which only number and mean may be seen: what is said and tested of them, from that and the published answers of the whole wave alone."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from rpgstat.analyses._answers import Answers
from rpgstat.errors import UserError
from rpgstat.glossary.sentences import say
from rpgstat.study import MeanOnly


def few_note(own: MeanOnly) -> str:
    """Why a row has no more than number and mean, or not even the mean."""
    return say("row.few") if own.total is not None else say("row.few_weighted")


def mean_column(own: MeanOnly) -> float | None:
    """The mean as a number."""
    return None if own.mean is None else float(own.mean)


def difference_columns(own: MeanOnly, rest: MeanOnly | None) -> dict[str, Any]:
    """The difference from everyone else, means only; nothing where either mean is not to be seen."""
    if rest is None or own.mean is None or rest.mean is None:
        return {}
    return {"n_rest": rest.n, "mean_rest": float(rest.mean), "estimate": float(own.mean - rest.mean)}


def published(whole: Answers | None, item: object) -> Answers | None:
    """The answers of a whole wave as anybody may know them: of an item, where all count alike; the scores of a battery are not published."""
    return whole if item is not None and whole is not None and whole.plain else None


def permutation_p(own: MeanOnly, pool: Answers | None) -> tuple[float | None, str]:
    """Exact p of the group's mean, as if its people were drawn from the pool; None, perhaps with a note, where it cannot be had."""
    if pool is None or own.total is None or not own.n:
        return None, ""
    from rpgstat.stats.exact import exact_sum  # with NumPy

    try:
        return exact_sum(n=own.n, total=own.total, pool=pool.counts, scores=pool.values), ""
    except UserError:
        return None, say("row.too_many")


def between_p(shown: Sequence[MeanOnly], stated: MeanOnly | None, pool: Answers | None) -> tuple[float | None, int, int]:
    """Permutation p of the sum of squares between groups, how many these are and of how many people; those `stated` but not shown are one of them."""
    known = [(own.n, own.total) for own in shown if own.n and own.total is not None]
    sizes, totals = [n for n, _ in known], [total for _, total in known]
    if stated is not None and stated.total is not None and stated.n > sum(sizes):
        sizes, totals = [*sizes, stated.n - sum(sizes)], [*totals, stated.total - sum(totals, Fraction(0))]
    if pool is None or len(sizes) < 2:
        return None, len(sizes), sum(sizes)
    from rpgstat.stats.between import between  # with NumPy

    return between(sizes=sizes, totals=totals, pool=pool.counts, scores=pool.values), len(sizes), sum(sizes)
