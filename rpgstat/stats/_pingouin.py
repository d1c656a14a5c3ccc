"""The second opinion: the same tests again from individual scores, by Pingouin and SciPy, in this project's names."""

from __future__ import annotations

import math
import warnings
from collections.abc import Sequence
from fractions import Fraction
from importlib.metadata import version as _installed
from typing import Any

from rpgstat.stats.pairs import Score
from rpgstat.stats.reliability import Cronbach
from rpgstat.stats.sample import Test

# `pingouin.mwu` builds an array of every pair; above this many pairs SciPy, which it calls for U and p, is asked directly.
MAX_PAIRS = 4_000_000
# 64-bit words touched by the exact recount, about a second's worth.
MAX_WORDS = 1_000_000_000


def version() -> str:
    """The installed Pingouin, without importing it.

    >>> version()[0].isdigit()
    True
    """
    return _installed("pingouin")


def second_opinion(*, method: str, reference: Sequence[float], later: Sequence[float]) -> Test:
    """Test `method` recomputed from each respondent's score, by code that shares nothing with this project's kernels.

    `method` is welch, student, paired-t (each person's scores at one place), mann-whitney, brunner-munzel, chi-square, exact or exact-rank;
    statistics are positive for a higher later wave, as in the kernels, and the sums of the exact methods are those of the later wave. The answer's
    `method` names who computed it, such as "pingouin.ttest". Undefined numbers are None with a note; where nobody can check (exact methods with
    too many people) `method` is "none" and the note begins with "no second opinion". Raises ValueError for an unknown method.

    >>> test = second_opinion(method="welch", reference=[1, 2, 2, 3], later=[2, 3, 3, 4])
    >>> test.method, round(test.statistic, 4), test.df, round(test.p_value, 4)
    ('pingouin.ttest', 1.7321, 6.0, 0.134)
    """
    opinions = {
        "welch": _t_test,
        "student": _t_test,
        "paired-t": _paired_t,
        "mann-whitney": _mann_whitney,
        "brunner-munzel": _brunner_munzel,
        "chi-square": _chi_square,
        "exact": _recount,
        "exact-rank": _recount,
    }
    if method not in opinions:
        raise ValueError(f"no test `{method}`; known: {', '.join(opinions)}")
    if not (len(reference) and len(later)):
        return Test(None, None, None, "none", "no second opinion: a wave without answers")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # small or constant samples are answered for by the note
        return opinions[method](method, reference, later)


def signed_rank(*, reference: Sequence[float], later: Sequence[float], exact: bool) -> Test | None:
    """Pratt's signed-rank test of pairs again, by `pingouin.wilcoxon`; None where it has none that is the same.

    It knows exact chances where no changes are tied and nobody stayed, and the normal approximation with zeros by Pratt in any case. Its statistic is
    the smaller rank sum, so that the p alone can be compared.

    >>> test = signed_rank(reference=[1, 1, 1, 1], later=[2, 3, 4, 5.5], exact=True)
    >>> test.method, test.p_value
    ('pingouin.wilcoxon', 0.125)
    """
    changes = [round(abs(b - a), 9) for a, b in zip(reference, later, strict=True)]
    if not any(changes) or (exact and (0 in changes or len(set(changes)) < len(changes))):
        return None
    import pingouin

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        how = {"method": "exact"} if exact else {"method": "approx", "zero_method": "pratt", "correction": False}
        row = pingouin.wilcoxon(_array(later), _array(reference), **how).iloc[0]
    return _found(row["W_val"], None, row["p_val"], "pingouin.wilcoxon")


def over_waves(*, courses: Sequence[tuple[Sequence[Score], int]]) -> tuple[Test, Test]:
    """The tests over waves of people who answered in all of them again, by `pingouin.rm_anova` (F, p under sphericity) and `pingouin.friedman`.

    >>> [round(test.statistic, 4) for test in over_waves(courses=[((1, 2, 3), 3), ((2, 2, 3), 4), ((3, 4, 3), 2), ((4, 3, 4), 1)])]
    [8.1429, 8.9091]
    """
    import pandas
    import pingouin

    people = [scores for scores, n in courses for _ in range(n)]
    rows = [(person, wave, float(score)) for person, scores in enumerate(people) for wave, score in enumerate(scores)]
    frame = pandas.DataFrame(rows, columns=["person", "wave", "score"])
    told = {"data": frame, "dv": "score", "within": "wave", "subject": "person"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        means, ranked = pingouin.rm_anova(**told, correction=False).iloc[0], pingouin.friedman(**told).iloc[0]
    return (
        _found(means["F"], means["ddof1"], means["p_unc"], "pingouin.rm_anova"),
        _found(ranked["Q"], ranked["ddof1"], ranked["p_unc"], "pingouin.friedman"),
    )


def one_sample(*, values: Sequence[float], midpoint: float) -> Test:
    """The midpoint test again, by `pingouin.ttest`: positive when the mean lies above `midpoint`.

    >>> test = one_sample(values=[1, 3, 3, 4], midpoint=2.5)
    >>> test.method, round(test.statistic, 4), test.df, round(test.p_value, 4)
    ('pingouin.ttest', 0.3974, 3.0, 0.7177)
    """
    if len(values) < 2:
        return _found(None, None, None, "pingouin.ttest")
    import pingouin

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        row = pingouin.ttest(_array(values), midpoint).iloc[0]
    return _found(row["T"], row["dof"], row["p_val"], "pingouin.ttest")


def bayes_factor(*, t: float, n_reference: int, n: int) -> float | None:
    """JZS Bayes factor BF10 of a two-sample t: how many times likelier the data are under a difference than under none.

    Two-sided, with a Cauchy prior of scale sqrt(2)/2 on the standardised difference. None when either wave has fewer than two
    people, `t` is not finite, or the factor is beyond floating point.

    Rouder, Speckman, Sun, Morey & Iverson 2009, Psychonomic Bulletin & Review 16 (R `BayesFactor::ttest.tstat`, rscale "medium").

    >>> round(bayes_factor(t=3.5, n_reference=20, n=20), 3)
    26.744
    """
    if min(n_reference, n) < 2 or not math.isfinite(t):  # Pingouin takes a second size of 1 for a one-sample test
        return None
    import pingouin

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _number(pingouin.bayesfactor_ttest(float(t), n_reference, n, r=math.sqrt(2) / 2))
        except (ZeroDivisionError, OverflowError):  # Pingouin divides by a likelihood that has become 0
            return None


def cronbach_alpha(*, people: Sequence[Sequence[float]], level: float = 0.95) -> Cronbach:
    """Alpha of complete cases, a row of scores for each person, with limits that Pingouin rounds to three decimals; `mean_r` is None.

    All None where Pingouin has none: fewer than two people or items, or a sum of the items without variance. There must be no gaps: with
    its own `nan_policy="listwise"` Pingouin 0.7.0 takes the number of people before deletion for its limits, and by default it deletes by pairs.

    >>> alpha = cronbach_alpha(people=[[1, 2, 1], [2, 2, 3], [3, 4, 2], [4, 3, 4]])
    >>> round(alpha.alpha, 4), alpha.alpha_low, alpha.alpha_high
    (0.785, -0.418, 0.985)
    """
    if min(len(people), *(len(scores) for scores in people), 2) < 2:
        return Cronbach(None, None, None, None)
    import pandas
    import pingouin

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        alpha, limits = pingouin.cronbach_alpha(pandas.DataFrame([list(map(float, scores)) for scores in people]), ci=level)
    return Cronbach(_number(alpha), _number(limits[0]), _number(limits[1]), None)


def correlation(*, one: Sequence[float], other: Sequence[float]) -> float | None:
    """Pearson's correlation of two scores of the same people, -1 to 1; None for fewer than two people, or no variance.

    >>> round(correlation(one=[1, 2, 2, 4], other=[1, 3, 2, 3]), 4)
    0.7609
    """
    if len(one) < 2:
        return None
    import pingouin

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of intervals and power, which are not asked for
        return _number(pingouin.corr(_array(one), _array(other))["r"].iloc[0])


def _t_test(method: str, reference: Sequence[float], later: Sequence[float]) -> Test:
    if min(len(reference), len(later)) < 2:  # Pingouin takes a second sample of one for a fixed mean
        return _found(None, None, None, "pingouin.ttest")
    import pingouin

    row = pingouin.ttest(_array(later), _array(reference), paired=False, correction=method == "welch").iloc[0]
    return _found(row["T"], row["dof"], row["p_val"], "pingouin.ttest")


def _paired_t(_: str, reference: Sequence[float], later: Sequence[float]) -> Test:
    import pingouin

    row = pingouin.ttest(_array(later), _array(reference), paired=True).iloc[0]
    return _found(row["T"], row["dof"], row["p_val"], "pingouin.ttest")


def _mann_whitney(_: str, reference: Sequence[float], later: Sequence[float]) -> Test:
    if len(reference) * len(later) > MAX_PAIRS:
        from scipy.stats import mannwhitneyu

        found = mannwhitneyu(_array(later), _array(reference), use_continuity=True, method="asymptotic")
        return _found(found.statistic, None, found.pvalue, "scipy.stats.mannwhitneyu")
    import pingouin

    # Without `method` small untied samples would get the exact p.
    row = pingouin.mwu(_array(later), _array(reference), method="asymptotic", use_continuity=True).iloc[0]
    return _found(row["U_val"], None, row["p_val"], "pingouin.mwu")


def _brunner_munzel(_: str, reference: Sequence[float], later: Sequence[float]) -> Test:
    from scipy.stats import brunnermunzel

    found = brunnermunzel(_array(reference), _array(later), distribution="t")  # positive when the second is higher
    return _found(found.statistic, None, found.pvalue, "scipy.stats.brunnermunzel")


def _chi_square(_: str, reference: Sequence[float], later: Sequence[float]) -> Test:
    import pandas
    import pingouin

    rows = pandas.DataFrame({"score": [*reference, *later], "wave": ["reference"] * len(reference) + ["later"] * len(later)})
    tests = pingouin.chi2_independence(rows, x="wave", y="score", correction=False)[2]
    row = tests[tests["test"] == "pearson"].iloc[0]
    return _found(row["chi2"], row["dof"], row["pval"], "pingouin.chi2_independence")


def _recount(method: str, reference: Sequence[float], later: Sequence[float]) -> Test:
    """Both exact tests in whole numbers, person by person.

    `ways[k]` packs into one long integer, a field of as many bits as there are people for each possible sum, the number of ways to pick
    k of the people so far. Somebody with score s, picked or not, adds `ways[k - 1]` moved up by s fields.
    """
    people = [Fraction(score).limit_denominator(1_000_000) for score in (*reference, *later)]
    if method == "exact-rank":
        people = _mid_ranks(people)
    unit, lowest, chosen = math.lcm(*(score.denominator for score in people)), min(people), len(later)
    steps, bits = [int((score - lowest) * unit) for score in people], len(people) + 1
    if len(people) * chosen * (chosen * max(steps) + 1) * bits / 64 > MAX_WORDS:
        return Test(None, None, None, "none", f"no second opinion: {len(people):,} people are too many for an exact recount")
    ways = [1] + [0] * chosen
    for step in steps:
        for k in range(chosen, 0, -1):
            ways[k] += ways[k - 1] << (step * bits)
    statistic = float(sum(people[len(reference) :], Fraction(0)))
    return Test(statistic, None, _two_sided(ways[chosen], steps, chosen, bits), "recount")


def _mid_ranks(people: list[Fraction]) -> list[Fraction]:
    """Each person's rank, ties sharing the mean of theirs."""
    ordered = sorted(people)
    return [Fraction(ordered.index(score) + 1 + len(ordered) - ordered[::-1].index(score), 2) for score in people]


def _two_sided(ways: int, steps: list[int], chosen: int, bits: int) -> float:
    """The share of all ways whose sum lies at least as far from its expectation as that of the last `chosen` people."""
    n, expected = len(steps), chosen * sum(steps)
    distance = abs(n * sum(steps[-chosen:]) - expected)
    digits = bin(ways)[2:][::-1]  # one pass over the fields: shifting the long integer would copy it each time
    fields = (digits[start : start + bits][::-1] for start in range(0, len(digits), bits))
    extreme = sum(int(field, 2) for total, field in enumerate(fields) if abs(n * total - expected) >= distance)
    return float(Fraction(extreme, math.comb(n, chosen)))


def _array(scores: Sequence[float]) -> Any:
    import numpy as np

    return np.asarray(scores, dtype=float)


def _number(value: Any) -> float | None:
    return float(value) if value is not None and math.isfinite(value) else None


def _found(statistic: Any, df: Any, p_value: Any, method: str) -> Test:
    """The numbers as floats; none of them when the statistic or the p is not finite."""
    numbers = _number(statistic), _number(df), _number(p_value)
    if numbers[0] is None or numbers[2] is None:
        return Test(None, None, None, method, "undefined for these answers")
    return Test(*numbers, method)
