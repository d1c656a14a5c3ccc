import math
from dataclasses import astuple

import numpy as np
import pingouin
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import special, stats

from rpgstat.stats.means import Effect, MeanDifference, detectable, equivalence, hedges_g, student, welch
from rpgstat.stats.sample import Sample, describe

SCORES = [1, 2, 3, 4, 5]
COUNTS = st.lists(st.integers(0, 60), min_size=5, max_size=5)
KERNELS = pytest.mark.parametrize("kernel", [welch, student])


def five_point(counts, scores=SCORES):
    return describe(counts=counts, scores=scores)


@st.composite
def two_waves(draw):
    """Counts of two waves whose means can be tested."""
    a, b = draw(COUNTS), draw(COUNTS)
    assume(min(sum(a), sum(b)) > 1 and (five_point(a).sd or five_point(b).sd))
    return a, b


def random_waves(seed):
    rng = np.random.default_rng(seed)
    scores = sorted(rng.choice([1, 1.5, 2, 2.25, 3, 4, 5.1], size=5, replace=False).tolist())
    counts = [rng.integers(0, 40, size=5).tolist() for _ in range(2)]
    waves = {name: describe(counts=c, scores=scores) for name, c in zip(("reference", "later"), counts, strict=True)}
    return waves, [np.repeat(scores, c) for c in counts], float(rng.uniform(0.5, 0.999))


NOBODY, ONE = five_point([0, 0, 0, 0, 0]), five_point([0, 0, 0, 1, 0])
ALL_AGREE, ALL_DISAGREE, MIXED = five_point([0, 0, 0, 9, 0]), five_point([0, 7, 0, 0, 0]), five_point([1, 2, 3, 2, 1])


@KERNELS
@pytest.mark.parametrize(
    ("reference", "later", "estimate", "note"),
    [
        (NOBODY, MIXED, None, "reference n = 0: no variance"),
        (MIXED, ONE, 1.0, "later n = 1: no variance"),
        (ONE, NOBODY, None, "reference n = 1, later n = 0: no variance"),
        (ALL_DISAGREE, ALL_AGREE, 2.0, "all answers are equal within reference and within later: no variance"),
    ],
)
def test_without_variance_the_estimate_stays_and_the_note_says_why(kernel, reference, later, estimate, note):
    assert kernel(reference=reference, later=later) == MeanDifference(estimate, None, None, None, None, None, None, note)
    assert hedges_g(reference=reference, later=later) == Effect("g", None, None, None, note)


@KERNELS
def test_variance_on_one_side_is_enough(kernel):
    change = kernel(reference=ALL_AGREE, later=MIXED)
    assert change.estimate == -1.0
    assert change.note == ""
    assert change.df == (MIXED.n - 1 if kernel is welch else ALL_AGREE.n + MIXED.n - 2)


def test_very_small_p_is_not_zero():
    change = welch(reference=five_point([50, 30, 0, 0, 0]), later=five_point([0, 0, 0, 30, 50]))
    assert change.statistic > 40
    assert 0 < change.p_value < 1e-80


@pytest.mark.parametrize("n", [200, 1_000])  # beyond t of some thousands SciPy itself is off by 1e-8; see test_distributions.py
def test_g_survives_extreme_separation(n):
    waves = {"reference": five_point([n, 1, 0, 0, 0]), "later": five_point([0, 0, 0, 1, n])}
    t, effect = student(**waves).statistic, hedges_g(**waves)
    assert t > 500
    assert effect.low < effect.estimate < effect.high
    unit = effect.estimate / t
    assert special.nctdtr(2 * n, [effect.low / unit, effect.high / unit], t) == pytest.approx([0.975, 0.025], rel=1e-9)


@pytest.mark.parametrize("spread", [2.0, 0.5, 0.1])
@pytest.mark.parametrize("level", [0.5, 0.999])
def test_g_of_two_people_a_wave_at_any_level(spread, level):
    effect = hedges_g(reference=Sample(2, 1.0, spread, 1.0), later=Sample(2, 4.0, spread, 4.0), level=level)
    t = 3 / spread
    tails = special.nctdtr(2, [effect.low / effect.estimate * t, effect.high / effect.estimate * t], t)
    assert tails == pytest.approx([(1 + level) / 2, (1 - level) / 2], rel=1e-9)


def test_g_without_limits_says_so():
    effect = hedges_g(reference=Sample(2, 1.0, 1e-10, 1.0), later=Sample(2, 5.0, 1e-10, 5.0))
    assert effect.estimate > 1e9
    assert (effect.low, effect.high, effect.note) == (None, None, "g: no limits for t = 4e+10 on 2 df")


@KERNELS
@pytest.mark.parametrize("seed", range(8))
def test_like_scipy_on_tied_answers(kernel, seed):
    waves, (before, after), level = random_waves(seed)
    theirs = stats.ttest_ind(after, before, equal_var=kernel is student)
    limits = theirs.confidence_interval(level)
    ours = kernel(**waves, level=level)
    expected = (after.mean() - before.mean(), ours.estimate / theirs.statistic, theirs.df, limits.low, limits.high, theirs.statistic, theirs.pvalue)
    assert astuple(ours)[:-1] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("seed", range(8))
def test_g_is_corrected_d(seed):
    waves, (before, after), level = random_waves(seed)
    ours = hedges_g(**waves, level=level)
    df = len(before) + len(after) - 2
    correction = special.gamma(df / 2) / special.gamma((df - 1) / 2) / math.sqrt(df / 2)
    unit = math.sqrt(1 / len(before) + 1 / len(after)) * correction
    assert ours.estimate == pytest.approx(pingouin.compute_effsize(after, before, eftype="cohen") * correction, rel=1e-9)
    tails = [stats.nct.cdf(ours.estimate / unit, df, limit / unit) for limit in (ours.low, ours.high)]
    assert tails == pytest.approx([(1 + level) / 2, (1 - level) / 2], rel=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_equivalence_like_pingouin(seed):
    waves, (before, after), _ = random_waves(seed)
    change = welch(**waves)
    ours = equivalence(estimate=change.estimate, std_error=change.std_error, df=change.df, margin=0.4, alpha=0.05)
    assert ours.p_value == pytest.approx(pingouin.tost(after, before, bound=0.4, correction=True)["pval"].item(), rel=1e-9)
    assert (ours.p_value < 0.05) == (ours.low > -0.4 and ours.high < 0.4)


def test_what_cannot_be_estimated_is_neither_equivalent_nor_detectable():
    assert astuple(equivalence(estimate=0.2, std_error=None, df=None, margin=0.3)) == (None, None, None)
    assert detectable(std_error=None, df=None) is None


@pytest.mark.parametrize("fault", [{"margin": 0}, {"margin": -0.3}, {"margin": 0.3, "alpha": 0.5}])
def test_impossible_margin_is_refused(fault):
    with pytest.raises(ValueError, match="margin"):
        equivalence(estimate=0.1, std_error=0.1, df=10, **fault)


def test_detectable_is_found_about_as_often_as_promised():
    true = detectable(std_error=0.1, df=118)
    found = special.nctdtr(118, true / 0.1, special.stdtrit(118, 0.975))
    assert 1 - found == pytest.approx(0.80, abs=0.002)
    assert detectable(std_error=0.1, df=118, alpha=0.01) > true < detectable(std_error=0.1, df=118, power=0.9)


@KERNELS
@given(two_waves())
def test_swapping_waves_flips_the_sign_and_mirrors_the_interval(kernel, waves):
    a, b = map(five_point, waves)
    there, back = kernel(reference=a, later=b), kernel(reference=b, later=a)
    mirrored = (-there.estimate, there.std_error, there.df, -there.conf_high, -there.conf_low, -there.statistic, there.p_value)
    assert astuple(back)[:-1] == pytest.approx(mirrored, rel=1e-12)
    assert there.conf_low <= there.estimate <= there.conf_high
    g, h = hedges_g(reference=a, later=b), hedges_g(reference=b, later=a)
    assert (h.estimate, h.low, h.high) == pytest.approx((-g.estimate, -g.high, -g.low), rel=1e-9, abs=1e-12)


@KERNELS
@given(two_waves())
def test_reversing_the_scale_negates(kernel, waves):
    plain = kernel(reference=five_point(waves[0]), later=five_point(waves[1]))
    reversed_ = kernel(**{name: five_point(c, [6 - s for s in SCORES]) for name, c in zip(("reference", "later"), waves, strict=True)})
    assert (reversed_.estimate, reversed_.conf_low, reversed_.conf_high) == pytest.approx((-plain.estimate, -plain.conf_high, -plain.conf_low), abs=1e-12)
    assert reversed_.p_value == pytest.approx(plain.p_value, rel=1e-9)


@KERNELS
@given(two_waves(), st.integers(-100, 100))
def test_a_constant_changes_nothing(kernel, waves, constant):
    plain = kernel(reference=five_point(waves[0]), later=five_point(waves[1]))
    moved = kernel(**{name: five_point(c, [s + constant for s in SCORES]) for name, c in zip(("reference", "later"), waves, strict=True)})
    assert (moved.std_error, moved.df) == (plain.std_error, plain.df)
    assert (moved.statistic, moved.p_value) == pytest.approx((plain.statistic, plain.p_value), rel=1e-9, abs=1e-10)


@KERNELS
@given(two_waves())
def test_doubling_counts_keeps_the_estimate_and_narrows(kernel, waves):
    once = kernel(reference=five_point(waves[0]), later=five_point(waves[1]))
    twice = kernel(**{name: five_point([2 * c for c in counts]) for name, counts in zip(("reference", "later"), waves, strict=True)})
    assert twice.estimate == once.estimate
    assert twice.conf_high - twice.conf_low < once.conf_high - once.conf_low


@given(two_waves())
def test_g_lies_within_its_limits_and_has_the_sign_of_the_change(waves):
    a, b = map(five_point, waves)
    effect = hedges_g(reference=a, later=b)
    assert effect.low < effect.estimate < effect.high
    assert effect.estimate * (b.mean - a.mean) >= 0


def test_equal_sizes_and_spreads_make_welch_student():
    a, b = five_point([1, 2, 3, 2, 1]), five_point([0, 1, 2, 3, 2], [0, 1, 2, 3, 4])
    b = Sample(a.n, b.mean, a.sd, b.median)
    assert astuple(welch(reference=a, later=b))[:-1] == pytest.approx(astuple(student(reference=a, later=b))[:-1])
