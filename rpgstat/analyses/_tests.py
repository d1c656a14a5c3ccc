"""The test and the effect size that a method stands for, from the answers of two waves."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from rpgstat.analyses._rows import Answers
from rpgstat.stats.adjust import adjust
from rpgstat.stats.chi_square import chi_square, cramers_v
from rpgstat.stats.exact import exact, exact_rank
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


def compare_answers(reference: Answers, later: Answers, method: str, level: float) -> Tested:
    """Runs `method` on two waves' answers; where it cannot be computed its numbers are None and the notes say why."""
    change = difference(reference, later, method, level)
    a, b, scores = aligned(reference, later)
    if method in ("welch", "student"):
        test = Test(change.statistic, change.df, change.p_value, method, change.note)
        if _certain(reference, later):
            p_value = exact(reference=a, later=b, scores=scores).p_value
            test = Test(None, None, p_value, "exact", "all answers equal within each wave: exact permutation p")
        return Tested(change, test, hedges_g(reference=reference.sample, later=later.sample, level=level), (test.note,))
    if method == "exact":
        return Tested(
            change, test := exact(reference=a, later=b, scores=scores), hedges_g(reference=reference.sample, later=later.sample, level=level), (test.note,)
        )
    if method == "chi-square":
        found = chi_square(reference=a, later=b)
        return Tested(change, found.test, cramers_v(reference=a, later=b, level=level), (found.test.note, _exact_note(found.exact_p, found.exact_method)))
    kernel = {"mann-whitney": mann_whitney, "brunner-munzel": brunner_munzel, "exact-rank": exact_rank}[method]
    return Tested(change, test := kernel(reference=a, later=b), cliffs_delta(reference=a, later=b, level=level), (test.note,))


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
    """Mann-Whitney p beside a mean test: does the conclusion rest on treating the scores as distances?"""
    a, b, _ = aligned(reference, later)
    return mann_whitney(reference=a, later=b).p_value


def adjust_families(p_values: list[float | None], families: list[str], method: str) -> list[float | None]:
    """Adjusts each p within the rows of its own family; the order stays."""
    adjusted: list[float | None] = [None] * len(p_values)
    for family in dict.fromkeys(families):
        places = [i for i, name in enumerate(families) if name == family]
        for place, value in zip(places, adjust([p_values[i] for i in places], method), strict=True):
            adjusted[place] = value
    return adjusted
