"""The test and the effect size that a method stands for, from the answers of two waves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from rpgstat.analyses._answers import Answers
from rpgstat.stats.adjust import adjust
from rpgstat.stats.means import MeanDifference, hedges_g, student, welch
from rpgstat.stats.ranks import brunner_munzel, cliffs_delta, mann_whitney
from rpgstat.stats.sample import Effect, Test
from rpgstat.text import p_phrase

MEAN_METHODS = ("welch", "student", "exact")
RANK_METHODS = ("mann-whitney", "brunner-munzel", "exact-rank")
METHODS = (*MEAN_METHODS, *RANK_METHODS, "chi-square")


@dataclass(frozen=True)
class Tested:
    """One comparison: the mean difference, the method's own test and effect, and what the row should say about it."""

    difference: MeanDifference
    test: Test
    effect: Effect
    notes: tuple[str, ...]


def difference(reference: Answers, later: Answers, method: str, level: float) -> MeanDifference:
    """The mean difference with its interval: Welch's, pooled under `student`."""
    kernel = student if method == "student" else welch
    return kernel(reference=reference.sample, later=later.sample, level=level)


def compare_answers(reference: Answers, later: Answers, method: str, level: float, *, limits: bool = True) -> Tested:
    """Runs `method` on two waves' answers; where it cannot be computed its numbers are None and the notes say why. `limits` are those of Hedges g."""
    change = difference(reference, later, method, level)
    a, b, _ = aligned(reference, later)
    if method in MEAN_METHODS:
        test = _mean_test(change, reference, later, method)
        return Tested(change, test, _standardised(reference, later, level if limits else None), (test.note,))
    if method == "chi-square":
        return _levels_test(change, a, b, level)
    if method == "exact-rank":
        from rpgstat.stats.exact import exact_rank

        test = exact_rank(reference=a, later=b)
    else:
        test = (mann_whitney if method == "mann-whitney" else brunner_munzel)(reference=a, later=b)
    return Tested(change, test, cliffs_delta(reference=a, later=b, level=level), (test.note,))


def _mean_test(change: MeanDifference, reference: Answers, later: Answers, method: str) -> Test:
    """The t test that `change` holds, or the exact permutation test: when asked for, or when there is no variance to test by."""
    certain = method != "exact" and reference.plain and later.plain and _certain(reference, later)
    if method != "exact" and not certain:
        return Test(change.statistic, change.df, change.p_value, method, change.note)
    from rpgstat.stats.exact import exact  # with NumPy, which plain t tests do without

    a, b, scores = aligned(reference, later)
    test = exact(reference=a, later=b, scores=scores)
    return replace(test, statistic=None, note="all answers equal on both sides: exact permutation p") if certain else test


def _standardised(reference: Answers, later: Answers, level: float | None) -> Effect:
    """Hedges g; of weighted answers without limits, which rest on people who all count alike."""
    effect = hedges_g(reference=reference.sample, later=later.sample, level=level)
    return replace(effect, low=None, high=None, note=effect.note if effect.estimate is None else "") if reference.weighted or later.weighted else effect


def _levels_test(change: MeanDifference, a: list[int], b: list[int], level: float) -> Tested:
    from rpgstat.stats.chi_square import chi_square, cramers_v  # with NumPy and SciPy

    found, effect = chi_square(reference=a, later=b), cramers_v(reference=a, later=b, level=level)
    below = "the interval of V lies below it: chi-square is smaller than chance would make it" if _misses(effect) else ""
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
    return f"expected counts below 5: conditional exact {p_phrase(p_value)} ({'by enumeration' if how == 'enumeration' else how})"


def rank_p(reference: Answers, later: Answers) -> float | None:
    """Mann-Whitney p beside a mean test: does the conclusion rest on treating the scores as distances? None where ranks have no such test."""
    if not (reference.plain and later.plain):
        return None
    a, b, _ = aligned(reference, later)
    return mann_whitney(reference=a, later=b).p_value


def rank_note(p_adjusted: float, rank: float | None, alpha: float) -> list[str]:
    """Says so when the test of ranks, adjusted in the same family, falls on the other side of `alpha`."""
    if rank is None or (rank < alpha) == (p_adjusted < alpha):
        return []
    return [f"rank check disagrees: Mann-Whitney {p_phrase(rank)}, here {p_phrase(p_adjusted)} (both adjusted)"]


def adjust_families(p_values: list[float | None], families: list[str], method: str) -> list[float | None]:
    """Adjusts each p within the rows of its own family; the order stays."""
    adjusted: list[float | None] = [None] * len(p_values)
    for family in dict.fromkeys(families):
        places = [i for i, name in enumerate(families) if name == family]
        for place, value in zip(places, adjust([p_values[i] for i in places], method), strict=True):
            adjusted[place] = value
    return adjusted
