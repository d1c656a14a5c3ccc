"""Our kernels against the second opinion: the same answers as counts here, as individual scores there."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pingouin
import pytest
from scipy import integrate

from rpgstat.stats import _pingouin
from rpgstat.stats._pingouin import bayes_factor, correlation, cronbach_alpha, one_sample, second_opinion, version
from rpgstat.stats.chi_square import chi_square
from rpgstat.stats.exact import exact, exact_rank
from rpgstat.stats.ranks import brunner_munzel, mann_whitney
from rpgstat.stats.reliability import cronbach, item_rest
from rpgstat.stats.sample import describe, midpoint_test

SCORES = [1, 2, 3, 4]


def random_waves(seed):
    rng = np.random.default_rng(seed)
    return [rng.multinomial(rng.integers(20, 60), rng.dirichlet(np.full(4, 2.0))).tolist() for _ in range(2)]


def rows(counts):
    return [float(score) for score, count in zip(SCORES, counts, strict=True) for _ in range(count)]


KERNELS = {
    "mann-whitney": (mann_whitney, "pingouin.mwu"),
    "brunner-munzel": (brunner_munzel, "scipy.stats.brunnermunzel"),
    "chi-square": (lambda **waves: chi_square(**waves).test, "pingouin.chi2_independence"),
    "exact": (lambda **waves: exact(**waves, scores=SCORES), "recount"),
    "exact-rank": (exact_rank, "recount"),
}


@pytest.mark.parametrize("method", KERNELS)
@pytest.mark.parametrize("seed", range(4))
def test_both_opinions_agree_on_tied_answers(method, seed):
    reference, later = random_waves(seed)
    kernel, who = KERNELS[method]
    ours, theirs = kernel(reference=reference, later=later), second_opinion(method=method, reference=rows(reference), later=rows(later))
    assert theirs.method == who
    assert (theirs.statistic, theirs.p_value) == pytest.approx((ours.statistic, ours.p_value), rel=1e-9)
    assert theirs.df is None or theirs.df == ours.df


@pytest.mark.parametrize(("method", "correction"), [("welch", True), ("student", False)])
def test_t_tests_are_positive_when_the_later_wave_is_higher(method, correction):
    reference, later = rows([5, 14, 20, 8]), rows([3, 12, 38, 22])
    test = second_opinion(method=method, reference=reference, later=later)
    direct = pingouin.ttest(later, reference, correction=correction).iloc[0]
    assert (test.statistic, test.df, test.p_value) == (direct["T"], direct["dof"], direct["p_val"])
    assert test.statistic > 0
    assert test.df == pytest.approx(120 if method == "student" else 88.71378762, rel=1e-9)  # R: t.test(later, reference)$parameter


def test_small_untied_samples_get_the_approximate_p_like_all_others():
    test = second_opinion(method="mann-whitney", reference=[1, 3, 5], later=[2, 4, 6, 8])
    ours = mann_whitney(reference=[1, 0, 1, 0, 1, 0, 0, 0], later=[0, 1, 0, 1, 0, 1, 0, 1])
    assert (test.statistic, test.p_value) == pytest.approx((ours.statistic, ours.p_value), rel=1e-12)


def test_large_samples_never_build_the_array_of_pairs(monkeypatch):
    monkeypatch.setattr(_pingouin, "MAX_PAIRS", 100)
    reference, later = random_waves(1)
    test = second_opinion(method="mann-whitney", reference=rows(reference), later=rows(later))
    ours = mann_whitney(reference=reference, later=later)
    assert test.method == "scipy.stats.mannwhitneyu"
    assert (test.statistic, test.p_value) == pytest.approx((ours.statistic, ours.p_value), rel=1e-9)


def test_the_midpoint_test_agrees():
    counts = [5, 14, 20, 8]
    ours, theirs = midpoint_test(sample=describe(counts=counts, scores=SCORES), midpoint=2.5), one_sample(values=rows(counts), midpoint=2.5)
    assert (theirs.statistic, theirs.df, theirs.p_value) == pytest.approx((ours.statistic, ours.df, ours.p_value), rel=1e-9)


@pytest.mark.parametrize("method", ["welch", "student", "brunner-munzel"])
@pytest.mark.parametrize(("reference", "later"), [([1, 1, 1], [2, 2, 2]), ([2, 2], [2, 2, 2]), ([2], [1, 2, 3]), ([1, 2, 3], [2])])
def test_undefined_tests_are_none_with_a_note(method, reference, later):
    test = second_opinion(method=method, reference=reference, later=later)
    assert (test.statistic, test.df, test.p_value) == (None, None, None)
    assert test.note


def test_one_value_or_equal_values_have_no_midpoint_test():
    assert one_sample(values=[3.0], midpoint=2.5).p_value is None
    assert one_sample(values=[3.0, 3.0], midpoint=2.5).p_value is None


def test_nobody_recounts_a_thousand_people():
    test = second_opinion(method="exact", reference=[1.0, 2.0, 3.0, 4.0] * 125, later=[1.0, 2.0, 3.0, 4.0] * 125)
    assert (test.method, test.p_value) == ("none", None)
    assert test.note.startswith("no second opinion")


def test_an_unknown_method_and_an_empty_wave():
    with pytest.raises(ValueError, match="no test `anova`"):
        second_opinion(method="anova", reference=[1], later=[2])
    assert second_opinion(method="welch", reference=[], later=[1]).note == "no second opinion: a wave without answers"


BAYES = json.loads((Path(__file__).parents[1] / "reference" / "bayes.json").read_text(encoding="utf-8"))["cases"]


@pytest.mark.parametrize("case", BAYES)
def test_the_bayes_factor_is_that_of_r_with_its_medium_prior(case):
    found = bayes_factor(t=case["t"], n_reference=case["n_reference"], n=case["n"])
    # Both integrate numerically; R's integrate() stops at a relative error of 1.2e-4 by its own tolerance, and is mostly far better.
    assert found == pytest.approx(case["bf10"], rel=1e-6)


@pytest.mark.parametrize("case", BAYES)
def test_the_bayes_factor_is_the_integral_over_the_prior(case):
    t, n, df = case["t"], case["n_reference"] * case["n"] / (case["n_reference"] + case["n"]), case["n_reference"] + case["n"] - 2
    r = math.sqrt(2) / 2

    def under_a_difference(g):  # Rouder and others 2009, with g scaled by r squared
        spread = 1 + n * g * r * r
        return spread**-0.5 * (1 + t * t / (spread * df)) ** (-(df + 1) / 2) * (2 * math.pi) ** -0.5 * g**-1.5 * math.exp(-1 / (2 * g))

    whole = integrate.quad(under_a_difference, 0, math.inf, epsabs=0, epsrel=1e-11)[0]
    assert bayes_factor(t=t, n_reference=case["n_reference"], n=case["n"]) == pytest.approx(whole / (1 + t * t / df) ** (-(df + 1) / 2), rel=1e-7)


def test_bayes_factor_is_a_number_or_nothing():
    assert bayes_factor(t=-3.5, n_reference=20, n=30) == pytest.approx(bayes_factor(t=3.5, n_reference=20, n=30))
    assert bayes_factor(t=0.0, n_reference=47, n=75) < 1
    assert bayes_factor(t=60.0, n_reference=500, n=500) is None
    assert bayes_factor(t=2.0, n_reference=1, n=30) is None
    assert bayes_factor(t=float("nan"), n_reference=20, n=30) is None


def test_the_version_is_the_installed_one():
    assert version() == pingouin.__version__


def test_the_kernels_load_neither_pingouin_nor_scipy_stats():
    modules = "ranks, exact, chi_square, _pingouin"
    code = f"import sys; from rpgstat.stats import {modules}; print([m for m in ('pingouin', 'pandas', 'scipy.stats', 'polars') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


@pytest.mark.parametrize("seed", range(5))
def test_alpha_and_correlations_agree_with_the_kernels(seed):
    random = np.random.default_rng(seed)
    people = random.integers(1, 5, (30, 1)) + random.integers(0, 3, (30, 4))
    moments = {"n": 30, "sums": people.sum(axis=0).tolist(), "products": (people.T @ people).tolist()}
    ours, theirs = cronbach(**moments, level=0.9), cronbach_alpha(people=people.tolist(), level=0.9)
    assert theirs.alpha == pytest.approx(ours.alpha, rel=1e-9)
    assert (theirs.alpha_low, theirs.alpha_high) == pytest.approx((ours.alpha_low, ours.alpha_high), abs=0.0005 + 1e-12)
    rest = correlation(one=people[:, 0].tolist(), other=people[:, 1:].sum(axis=1).tolist())
    assert rest == pytest.approx(item_rest(**moments)[0].item_rest, rel=1e-9)


@pytest.mark.parametrize("people", [[], [[1, 2]], [[1], [2]], [[3, 3], [3, 3]]])
def test_no_alpha_without_variance_or_of_too_few(people):
    assert cronbach_alpha(people=people).alpha is None


@pytest.mark.parametrize("scores", [[], [1.0], [2.0, 2.0, 2.0]])
def test_no_correlation_without_variance(scores):
    assert correlation(one=scores, other=list(range(len(scores)))) is None
