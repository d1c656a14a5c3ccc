from __future__ import annotations

import math
import subprocess
import sys
from dataclasses import replace

import numpy as np
import pandas
import pingouin
import pytest
import scipy.stats
from hypothesis import given, settings
from hypothesis import strategies as st

from rpgstat.stats.groups import games_howell, kruskal_wallis, welch_anova
from rpgstat.stats.means import welch
from rpgstat.stats.sample import describe
from rpgstat.stats.studentized_range import critical_range, upper_tail

FEW_GROUPS = "fewer than two groups with answers"
NO_VARIANCE = "fewer than two answers, or all equal, in a group: no variance"
WHOLE_POPULATION = "no sampling error is left, so no test"

SCORES = [1, 2, 3, 4, 5]
LEVEL_COUNTS = st.lists(st.integers(0, 40), min_size=5, max_size=5)
GROUPS = st.lists(LEVEL_COUNTS.filter(lambda counts: sum(count > 0 for count in counts) > 1), min_size=2, max_size=6)
MIXED, ONE, NOBODY, EQUAL = [1, 2, 3, 2, 1], [0, 0, 0, 1, 0], [0] * 5, [0, 0, 9, 0, 0]


def five_point(counts):
    return describe(counts=counts, scores=SCORES)


def random_groups(seed):
    rng = np.random.default_rng(seed)
    counts = [rng.multinomial(rng.integers(8, 90), rng.dirichlet(np.full(5, 2.0))).tolist() for _ in range(rng.integers(3, 7))]
    frame = pandas.DataFrame(
        [(group, float(score)) for group, own in enumerate(counts) for score, count in zip(SCORES, own, strict=True) for _ in range(count)],
        columns=["group", "score"],
    )
    return counts, frame


@pytest.mark.parametrize("seed", range(10))
def test_welch_anova_agrees_with_pingouin(seed):
    counts, frame = random_groups(seed)
    test = welch_anova(samples=[five_point(own) for own in counts])
    theirs = pingouin.welch_anova(frame, dv="score", between="group").iloc[0]
    ours = (test.f_statistic, test.df1, test.df2, test.p_value)
    assert ours == pytest.approx(tuple(theirs[["F", "ddof1", "ddof2", "p_unc"]]), rel=1e-9)


@pytest.mark.parametrize("seed", range(10))
def test_kruskal_wallis_agrees_with_pingouin(seed):
    counts, frame = random_groups(seed)
    test = kruskal_wallis(counts=counts)
    theirs = pingouin.kruskal(frame, dv="score", between="group").iloc[0]
    assert (test.h_statistic, test.df, test.p_value) == pytest.approx(tuple(theirs[["H", "ddof1", "p_unc"]]), rel=1e-9)


@pytest.mark.parametrize("seed", range(3))
def test_games_howell_agrees_with_pingouin(seed):
    counts, frame = random_groups(seed)
    with pandas.option_context("display.precision", 12):
        theirs = pingouin.pairwise_gameshowell(frame, dv="score", between="group")
    for pair, (_, row) in zip(games_howell(samples=[five_point(own) for own in counts]), theirs.iterrows(), strict=True):
        assert (pair.group, pair.other) == (row["A"], row["B"])
        # both integrate to an absolute error of some 1e-11
        assert (pair.estimate, pair.p_adjusted) == pytest.approx((row["diff"], row["pval"]), rel=1e-9, abs=1e-10)


def test_games_howell_and_its_limits_agree_with_scipy():
    """Of one draw: SciPy searches for each limit, for seconds."""
    counts, frame = random_groups(1)
    people = [frame.loc[frame["group"] == group, "score"] for group in range(len(counts))]
    scipy_test = scipy.stats.tukey_hsd(*people, equal_var=False)
    limits = scipy_test.confidence_interval(0.95)
    for pair in games_howell(samples=[five_point(own) for own in counts]):
        at = pair.group, pair.other
        theirs_here = scipy_test.statistic[at], scipy_test.pvalue[at], limits.low[at], limits.high[at]
        assert (pair.estimate, pair.p_adjusted, pair.conf_low, pair.conf_high) == pytest.approx(theirs_here, rel=1e-9, abs=1e-10)


@given(GROUPS, st.randoms())
def test_the_order_of_groups_does_not_matter(groups, random):
    shuffled = random.sample(groups, len(groups))
    one, other = (welch_anova(samples=[five_point(own) for own in order]) for order in (groups, shuffled))
    assert (one.f_statistic, one.df2) == pytest.approx((other.f_statistic, other.df2), rel=1e-9, abs=1e-12)
    assert kruskal_wallis(counts=groups) == kruskal_wallis(counts=shuffled)


@given(GROUPS)
def test_reversing_the_scale_changes_no_test(groups):
    turned = [own[::-1] for own in groups]
    assert kruskal_wallis(counts=groups) == kruskal_wallis(counts=turned)
    one, other = (welch_anova(samples=[five_point(own) for own in each]) for each in (groups, turned))
    assert (one.f_statistic, one.df2) == pytest.approx((other.f_statistic, other.df2), rel=1e-9, abs=1e-12)


@given(GROUPS)
def test_two_groups_are_welch(groups):
    a, b = (five_point(own) for own in groups[:2])
    change, test, pair = welch(reference=a, later=b), welch_anova(samples=[a, b]), games_howell(samples=[b, a])[0]
    assert (test.f_statistic, test.df1, test.df2) == pytest.approx((change.statistic**2, 1, change.df), rel=1e-9, abs=1e-18)
    assert test.p_value == pytest.approx(change.p_value, rel=1e-9)
    theirs = change.estimate, change.conf_low, change.conf_high, change.p_value
    assert (pair.estimate, pair.conf_low, pair.conf_high, pair.p_adjusted) == pytest.approx(theirs, rel=1e-9, abs=1e-12)


@settings(max_examples=25, deadline=None)
@given(GROUPS)
def test_limits_exclude_zero_exactly_where_p_is_below_alpha(groups):
    samples = [five_point(own) for own in groups]
    assert all((pair.conf_low > 0 or pair.conf_high < 0) == (pair.p_adjusted < 0.05) for pair in games_howell(samples=samples))
    turned = games_howell(samples=samples[::-1])
    assert sorted(-pair.estimate for pair in turned) == pytest.approx(sorted(pair.estimate for pair in games_howell(samples=samples)))


def test_identical_groups_differ_by_nothing():
    groups = [[4, 8, 12, 3, 1]] * 3
    anova, ranks = welch_anova(samples=[five_point(own) for own in groups]), kruskal_wallis(counts=groups)
    assert (anova.f_statistic, anova.p_value, anova.omega_squared) == (0, 1, 0)
    assert (ranks.h_statistic, ranks.p_value, ranks.epsilon_squared) == (0, 1, 0)
    assert {pair.p_adjusted for pair in games_howell(samples=[five_point(own) for own in groups])} == {1.0}


def test_groups_that_share_no_level_have_the_largest_rank_effect():
    test = kruskal_wallis(counts=[[20, 0, 0], [0, 30, 0], [0, 0, 25]])
    assert test.epsilon_squared == 1
    assert test.h_statistic == 74


def test_billions_of_answers_keep_their_digits():
    counts = [[10**9, 2 * 10**9, 10**9], [10**9, 2 * 10**9 + 1, 10**9]]
    assert kruskal_wallis(counts=counts).h_statistic == 0
    assert 0 < kruskal_wallis(counts=[[10**9, 10**9], [10**9, 10**9 + 10**5]]).p_value < 1


@pytest.mark.parametrize(
    ("groups", "note", "lacking"),
    [
        ([], FEW_GROUPS, ()),
        ([MIXED], FEW_GROUPS, ()),
        ([MIXED, ONE, MIXED], NO_VARIANCE, (1,)),
        ([NOBODY, MIXED, EQUAL], NO_VARIANCE, (0, 2)),
    ],
)
def test_without_variance_no_anova_and_the_groups_are_pointed_out(groups, note, lacking):
    test = welch_anova(samples=[five_point(own) for own in groups])
    assert (test.f_statistic, test.df1, test.df2, test.p_value, test.omega_squared) == (None,) * 5
    assert (test.note, test.lacking) == (note, lacking)


@pytest.mark.parametrize("groups", [[], [MIXED], [MIXED, NOBODY]])
def test_ranks_need_two_groups_with_answers(groups):
    test = kruskal_wallis(counts=groups)
    assert (test.groups, test.h_statistic, test.note) == (min(len(groups), 1), None, FEW_GROUPS)


def test_an_empty_group_takes_no_part_in_ranks():
    assert kruskal_wallis(counts=[MIXED, NOBODY, [3, 2, 1, 0, 0]]) == kruskal_wallis(counts=[MIXED, [3, 2, 1, 0, 0]])


def test_unequal_numbers_of_levels_are_refused():
    with pytest.raises(ValueError, match="argument"):
        kruskal_wallis(counts=[[1, 2, 3], [1, 2]])


def test_pairs_without_variance_keep_their_estimate_and_do_not_widen_the_others():
    a, b, one, nobody = five_point(MIXED), five_point([4, 3, 2, 0, 0]), five_point(ONE), five_point(NOBODY)
    pairs = {(pair.group, pair.other): pair for pair in games_howell(samples=[a, one, b, nobody])}
    assert (pairs[0, 1].estimate, pairs[0, 1].p_adjusted, pairs[0, 1].note) == (-1.0, None, NO_VARIANCE)
    assert (pairs[0, 3].estimate, pairs[0, 3].note) == (None, NO_VARIANCE)
    assert pairs[0, 2] == replace(games_howell(samples=[a, b])[0], other=2)


def test_one_constant_group_of_a_pair_is_enough():
    pair, constant = games_howell(samples=[five_point(MIXED), five_point(EQUAL), five_point(EQUAL)])[::2]
    assert pair.p_adjusted == 1
    assert (constant.estimate, constant.conf_low, constant.note) == (0, None, NO_VARIANCE)


def test_a_whole_population_has_no_sampling_error():
    everyone = replace(five_point(MIXED), variance=0.0)
    assert welch_anova(samples=[five_point(MIXED), everyone]).note == WHOLE_POPULATION
    assert games_howell(samples=[everyone, everyone])[0].note == WHOLE_POPULATION
    assert games_howell(samples=[everyone, five_point(MIXED)])[0].p_adjusted == 1


def test_the_variance_of_the_mean_is_the_samples_own():
    plain = [five_point(own) for own in (MIXED, [4, 3, 2, 0, 0], [1, 1, 4, 9, 2])]
    told = [replace(sample, variance=sample.mean_variance) for sample in plain]
    halved = [replace(sample, variance=sample.mean_variance / 2) for sample in plain]
    assert welch_anova(samples=told) == welch_anova(samples=plain)
    assert welch_anova(samples=halved).f_statistic == pytest.approx(2 * welch_anova(samples=plain).f_statistic, rel=1e-12)
    wide, narrow = (games_howell(samples=each)[0] for each in (plain, halved))
    assert narrow.conf_high - narrow.conf_low == pytest.approx((wide.conf_high - wide.conf_low) / math.sqrt(2), rel=1e-12)


@pytest.mark.parametrize(("q", "groups", "df", "lower"), [(3.2, 3, 7.5, 0.87662077373731), (4.1, 5, 1.0, 0.57913233683801)])
def test_the_studentized_range_by_mpmath(q, groups, df, lower):
    """The lower probability in its textbook form, an SD integrated over itself: mpmath's quad takes a minute over each, so its values stand here."""
    assert 1 - upper_tail(q, groups, df) == pytest.approx(lower, rel=1e-10)


@pytest.mark.parametrize("level", [0.001, 0.5, 0.95, 0.999999])
@pytest.mark.parametrize(("groups", "df"), [(2, 1), (3, 2.5), (200, 40), (7, 1e6)])
def test_the_critical_range_is_the_inverse(level, groups, df):
    assert upper_tail(critical_range(level, groups, df), groups, df) == pytest.approx(1 - level, rel=1e-9)


def test_the_studentized_range_at_its_ends():
    assert upper_tail(0.0, 3, 20) == 1
    assert 0 < upper_tail(60.0, 3, 1000) < 1e-200
    for q, groups, df in [(-1, 3, 20), (3, 1, 20), (3, 201, 20), (3, 3, 0.5), (math.nan, 3, 20)]:
        with pytest.raises(ValueError, match="studentized range"):
            upper_tail(q, groups, df)


def test_the_kernels_of_groups_load_no_library():
    modules = "fit, group_changes, groups, reliability"
    code = f"import sys; from rpgstat.stats import {modules}; print([m for m in ('numpy', 'scipy', 'polars', 'pingouin') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_no_kernel_of_groups_loads_scipy_stats():
    code = """
import sys
from rpgstat.stats import fit, group_changes, groups, reliability
from rpgstat.stats.sample import Sample
samples = [Sample(20, 2.9, 0.8, 3.0), Sample(35, 3.3, 0.6, 3.0), Sample(12, 2.6, 1.0, 2.5)]
groups.welch_anova(samples=samples), groups.games_howell(samples=samples), groups.kruskal_wallis(counts=[[1, 2], [2, 1]])
group_changes.interaction(reference=samples, later=samples)
fit.goodness_of_fit(counts=[3, 4], shares=[0.5, 0.5])
moments = {"n": 40, "sums": [120, 112, 131], "products": [[400, 360, 405], [360, 360, 385], [405, 385, 470]]}
reliability.cronbach(**moments), reliability.omega_total(**moments)
print([m for m in ("scipy.stats", "scipy.optimize", "pandas") if m in sys.modules])
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
