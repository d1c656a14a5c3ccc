"""Tests of the answers of two waves, each with its effect size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from rpgstat.analyses._answers import Answers
from rpgstat.glossary.sentences import say, word
from rpgstat.record import record
from rpgstat.stats.adjust import adjust
from rpgstat.stats.means import MeanDifference, hedges_g, student, welch
from rpgstat.stats.ranks import brunner_munzel, cliffs_delta, mann_whitney
from rpgstat.stats.sample import Effect, Test
from rpgstat.text import p_phrase


@record
class Tested:
    """One comparison: the mean difference, the method's own test and effect, and what the row should say about it."""

    difference: MeanDifference
    test: Test
    effect: Effect
    notes: tuple[str, ...]


def difference(reference: Answers, later: Answers, level: float, *, pooled: bool = False) -> MeanDifference:
    """The mean difference with its interval: Welch's, or `pooled` Student's."""
    kernel = student if pooled else welch
    return kernel(reference=reference.sample, later=later.sample, level=level)


def by_means(method: str, change: MeanDifference, reference: Answers, later: Answers, level: float, limits: bool) -> Tested:
    """The t test that `change` holds, under the name of its `method`; the exact permutation test where there is no variance to test by."""
    if reference.plain and later.plain and _certain(reference, later):
        found = by_permuted_means(change, reference, later, level, limits)
        test = replace(found.test, statistic=None, note=say("row.certain"))
        return replace(found, test=test, notes=(test.note,))
    test = Test(change.statistic, change.df, change.p_value, method, change.note)
    return Tested(change, test, _standardised(reference, later, level if limits else None), (test.note,))


def by_permuted_means(change: MeanDifference, reference: Answers, later: Answers, level: float, limits: bool) -> Tested:
    """The exact permutation test of the mean difference."""
    from rpgstat.stats.exact import exact  # with NumPy, which plain t tests do without

    a, b, scores = aligned(reference, later)
    test = exact(reference=a, later=b, scores=scores)
    return Tested(change, test, _standardised(reference, later, level if limits else None), (test.note,))


def by_mann_whitney(change: MeanDifference, reference: Answers, later: Answers, level: float, _: bool) -> Tested:
    """The Mann-Whitney test."""
    return _by_ranks(mann_whitney, change, reference, later, level)


def by_brunner_munzel(change: MeanDifference, reference: Answers, later: Answers, level: float, _: bool) -> Tested:
    """The Brunner-Munzel test."""
    return _by_ranks(brunner_munzel, change, reference, later, level)


def by_permuted_ranks(change: MeanDifference, reference: Answers, later: Answers, level: float, _: bool) -> Tested:
    """The exact permutation test of the rank sum."""
    from rpgstat.stats.exact import exact_rank

    return _by_ranks(exact_rank, change, reference, later, level)


def _by_ranks(kernel: Callable[..., Test], change: MeanDifference, reference: Answers, later: Answers, level: float) -> Tested:
    a, b, _ = aligned(reference, later)
    test = kernel(reference=a, later=b)
    return Tested(change, test, cliffs_delta(reference=a, later=b, level=level), (test.note,))


def _standardised(reference: Answers, later: Answers, level: float | None) -> Effect:
    """Hedges g; of weighted answers without limits, which rest on people who all count alike."""
    effect = hedges_g(reference=reference.sample, later=later.sample, level=level)
    return replace(effect, low=None, high=None, note=effect.note if effect.estimate is None else "") if reference.weighted or later.weighted else effect


def by_levels(change: MeanDifference, reference: Answers, later: Answers, level: float, _: bool) -> Tested:
    """Pearson's chi-square test of the distributions."""
    from rpgstat.stats.chi_square import chi_square, cramers_v  # with NumPy and SciPy

    a, b, _scores = aligned(reference, later)
    found, effect = chi_square(reference=a, later=b), cramers_v(reference=a, later=b, level=level)
    below = say("row.v_below") if _misses(effect) else ""
    return Tested(change, found.test, effect, (found.test.note, _exact_note(found.exact_p, found.exact_method), below))


def _misses(effect: Effect) -> bool:
    return effect.estimate is not None and effect.high is not None and effect.high < effect.estimate


def _certain(reference: Answers, later: Answers) -> bool:
    """Whether both waves are constant, at different values: a change without any variance to test it by."""
    a, b = reference.sample, later.sample
    return a.sd == 0 and b.sd == 0 and a.mean != b.mean


def aligned(reference: Answers, later: Answers) -> tuple[list[int], list[int], list[Fraction]]:
    """Both waves' counts on the same ascending values: an item's levels, or the union of two waves' battery scores."""
    if reference.values == later.values:
        return list(reference.counts), list(later.counts), list(reference.values)
    values = sorted({*reference.values, *later.values})
    a, b = (dict(zip(side.values, side.counts, strict=True)) for side in (reference, later))
    return [a.get(v, 0) for v in values], [b.get(v, 0) for v in values], values


def _exact_note(p_value: float | None, how: str | None) -> str:
    if p_value is None:
        return ""
    return say("row.exact_enumerated", p=p_phrase(p_value)) if how == "enumeration" else say("row.exact_drawn", p=p_phrase(p_value))


def rank_p(reference: Answers, later: Answers) -> float | None:
    """Mann-Whitney p beside a mean test: does the conclusion rest on treating the scores as distances? None where ranks have no such test."""
    if not (reference.plain and later.plain):
        return None
    a, b, _ = aligned(reference, later)
    return mann_whitney(reference=a, later=b).p_value


def rank_note(p_adjusted: float, rank: float | None, alpha: float, design: str = "independent") -> list[str]:
    """Says so when the test of ranks, adjusted in the same family, falls on the other side of `alpha`; which it is goes by `design`."""
    if rank is None or (rank < alpha) == (p_adjusted < alpha):
        return []
    return [say("row.rank_check", test=word("rank_test", design), p_rank=p_phrase(rank), p=p_phrase(p_adjusted))]


def adjust_families(p_values: list[float | None], families: list[str], method: str) -> list[float | None]:
    """Adjusts each p within the rows of its own family; the order stays."""
    adjusted: list[float | None] = [None] * len(p_values)
    members: dict[str, list[int]] = {}
    for place, family in enumerate(families):
        members.setdefault(family, []).append(place)
    for places in members.values():
        for place, value in zip(places, adjust([p_values[i] for i in places], method), strict=True):
            adjusted[place] = value
    return adjusted
