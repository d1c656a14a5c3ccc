import math
from dataclasses import astuple

import numpy as np
import pingouin
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from rpgstat.errors import UserError
from rpgstat.stats.exact import exact
from rpgstat.stats.exact_pairs import exact_overlap, sign_flip, signed_rank
from rpgstat.stats.means import MeanDifference, student, welch
from rpgstat.stats.overlap import overlap, overlap_g, overlap_rank, overlap_student
from rpgstat.stats.paired import g_av, g_z, paired_t
from rpgstat.stats.pairs import describe_pairs
from rpgstat.stats.sample import describe
from rpgstat.stats.signed_rank import rank_biserial, signed_rank_normal

SCORES = [1, 2, 3, 4]
COUNTS = st.lists(st.integers(0, 12), min_size=4, max_size=4)
MOVES = st.lists(st.tuples(st.sampled_from(SCORES), st.sampled_from(SCORES), st.integers(1, 4)), max_size=8)
FEW = settings(max_examples=60, deadline=None)


def waves(alone_before, alone_after, moves):
    """Counts of all answers of either wave."""
    before, after = (dict(zip(SCORES, counts, strict=True)) for counts in (alone_before, alone_after))
    for a, b, people in moves:
        before[a] += people
        after[b] += people
    return before, after


def samples(before, after):
    return {name: describe(counts=list(counts.values()), scores=SCORES) for name, counts in (("reference", before), ("later", after))}


def mirrored(moves):
    return [(b, a, people) for a, b, people in moves]


@FEW
@given(COUNTS, COUNTS)
def test_without_pairs_it_is_welch_and_student(before, after):
    own, nobody = samples(*waves(before, after, [])), describe_pairs(moves=[])
    assert overlap(**own, pairs=nobody) == welch(**own)
    ours, theirs = overlap_student(**own, pairs=nobody), student(**own)
    if theirs.p_value is not None:
        assert astuple(ours)[:-1] == pytest.approx(astuple(theirs)[:-1], rel=1e-12)


@FEW
@given(COUNTS, COUNTS)
def test_without_pairs_the_exact_test_is_that_of_independent_waves(before, after):
    assume(sum(before) and sum(after))
    alone = exact_overlap(reference=dict(zip(SCORES, before, strict=True)), later=dict(zip(SCORES, after, strict=True)), moves=[])
    assert alone.p_value == pytest.approx(exact(reference=before, later=after, scores=SCORES).p_value, rel=1e-9)


@FEW
@given(MOVES)
def test_with_pairs_alone_it_is_the_paired_t_and_the_flip_of_signs(moves):
    pairs = describe_pairs(moves=moves)
    assume(pairs.n > 1)
    own = waves([0] * 4, [0] * 4, moves)
    ours, theirs = overlap(**samples(*own), pairs=pairs), paired_t(pairs=pairs)
    if theirs.p_value is not None:
        assert astuple(ours)[:-1] == pytest.approx(astuple(theirs)[:-1], rel=1e-12)
    flipped = sign_flip(changes=[(b - a, people) for a, b, people in moves])
    assert exact_overlap(reference=own[0], later=own[1], moves=moves).p_value == pytest.approx(flipped.p_value, rel=1e-12)


@FEW
@given(COUNTS, COUNTS, MOVES)
def test_swapping_the_waves_flips_the_sign(before, after, moves):
    (a, b), (c, d) = waves(before, after, moves), waves(after, before, mirrored(moves))
    pairs, swapped = describe_pairs(moves=moves), describe_pairs(moves=mirrored(moves))
    for kernel in (overlap, overlap_student):
        one, other = kernel(**samples(a, b), pairs=pairs), kernel(**samples(c, d), pairs=swapped)
        if one.p_value is not None:
            assert (one.estimate, one.conf_low, one.p_value) == pytest.approx((-other.estimate, -other.conf_high, other.p_value), rel=1e-9, abs=1e-12)
    if sum(a.values()) and sum(b.values()):
        one, other = exact_overlap(reference=a, later=b, moves=moves), exact_overlap(reference=c, later=d, moves=mirrored(moves))
        assert (one.statistic, one.p_value) == pytest.approx((-other.statistic, other.p_value), rel=1e-9)
    changes = [(y - x, people) for x, y, people in moves]
    turned = [(-change, people) for change, people in changes]
    for kernel in (sign_flip, signed_rank, signed_rank_normal):
        one, other = kernel(changes=changes), kernel(changes=turned)
        assert one.p_value == other.p_value
        assert one.statistic is None or one.statistic == -other.statistic


@FEW
@given(COUNTS, COUNTS, MOVES, st.randoms())
def test_the_order_of_rows_does_not_matter(before, after, moves, random):
    shuffled = [(a, b, 1) for a, b, people in moves for _ in range(people)]
    random.shuffle(shuffled)
    assert describe_pairs(moves=moves) == describe_pairs(moves=shuffled)
    a, b = waves(before, after, moves)
    if sum(a.values()) and sum(b.values()):
        assert exact_overlap(reference=a, later=b, moves=moves) == exact_overlap(reference=a, later=b, moves=shuffled)


@FEW
@given(COUNTS, COUNTS, MOVES)
def test_limits_of_g_exclude_zero_exactly_when_p_is_below_alpha(before, after, moves):
    own, pairs = samples(*waves(before, after, moves)), describe_pairs(moves=moves)
    change = overlap(**own, pairs=pairs)
    effect = overlap_g(change=change, **own)
    if change.p_value is not None and effect.low is not None and abs(change.p_value - 0.05) > 1e-9:
        assert (effect.low > 0 or effect.high < 0) == (change.p_value < 0.05)


@pytest.mark.parametrize("seed", range(4))
def test_like_scipy_and_pingouin_on_random_pairs(seed):
    rng = np.random.default_rng(seed)
    x = rng.integers(1, 6, 40)
    y = np.clip(x + rng.integers(-1, 3, 40), 1, 5)
    pairs = describe_pairs(moves=[(int(a), int(b), 1) for a, b in zip(x, y, strict=True)])
    theirs = stats.ttest_rel(y, x)
    ours = paired_t(pairs=pairs)
    assert (ours.statistic, ours.df, ours.p_value) == pytest.approx((theirs.statistic, theirs.df, theirs.pvalue), rel=1e-9)
    assert pairs.correlation == pytest.approx(np.corrcoef(x, y)[0, 1], rel=1e-9)
    d_av = pingouin.compute_effsize(y, x, paired=True, eftype="cohen")
    assert g_av(pairs=pairs).estimate / d_av == pytest.approx(g_z(pairs=pairs).estimate / (np.mean(y - x) / np.std(y - x, ddof=1)), rel=1e-9)
    changes = [(int(b - a), 1) for a, b in zip(x, y, strict=True)]
    pratt = stats.wilcoxon(y, x, zero_method="pratt", correction=False, method="asymptotic")
    assert signed_rank_normal(changes=changes).p_value == pytest.approx(pratt.pvalue, rel=1e-9)


@pytest.mark.parametrize(
    ("before", "after", "moves", "expected"),
    [
        ([0, 0, 0, 0], [0, 0, 0, 0], [(1, 2, 4), (2, 3, 6)], (1.0, 0.0, "all moved alike: no variance")),
        ([0, 3, 0, 0], [0, 0, 4, 0], [(2, 3, 5)], (1.0, 0.0, "all moved alike: no variance")),
        ([0, 0, 0, 0], [0, 0, 0, 0], [(1, 1, 4), (2, 2, 6)], (0.0, 0.0, "all answers are equal: no variance")),
        ([0, 3, 0, 0], [0, 4, 0, 0], [(2, 2, 5)], (0.0, 0.0, "all answers are equal: no variance")),
    ],
)
def test_without_variance_the_estimate_stays(before, after, moves, expected):
    own, pairs = samples(*waves(before, after, moves)), describe_pairs(moves=moves)
    for kernel in (overlap, overlap_student):
        assert kernel(**own, pairs=pairs) == MeanDifference(expected[0], expected[1], None, None, None, None, None, expected[2])
    assert overlap_g(change=overlap(**own, pairs=pairs), **own).low is None


def test_one_pair_is_welch_and_says_so():
    own, pairs = samples(*waves([2, 1, 3, 0], [0, 1, 3, 2], [(2, 3, 1)])), describe_pairs(moves=[(2, 3, 1)])
    found = overlap(**own, pairs=pairs)
    assert (found.p_value, found.note) == (welch(**own).p_value, "fewer than two pairs: no correlation can be estimated")
    assert overlap_student(**own, pairs=pairs).p_value == pytest.approx(student(**own).p_value, rel=1e-12)
    assert pairs.correlation is None


def test_one_answer_in_a_wave_has_no_variance():
    own, pairs = samples(*waves([0, 0, 0, 0], [0, 1, 3, 2], [(2, 3, 1)])), describe_pairs(moves=[(2, 3, 1)])
    found = overlap(**own, pairs=pairs)
    assert (found.p_value, found.note) == (None, "reference n = 1: no variance")
    assert overlap_g(change=found, **own).estimate is None


def test_nobody_and_nothing():
    nobody = describe_pairs(moves=[])
    assert (nobody.n, nobody.correlation, nobody.change.mean) == (0, None, None)
    assert paired_t(pairs=nobody).note == g_z(pairs=nobody).note == "nobody answered in both waves"
    assert sign_flip(changes=[]).p_value is None
    assert signed_rank(changes=[]).p_value is None
    assert exact_overlap(reference={1: 3}, later={}, moves=[]).p_value is None
    assert sign_flip(changes=[(0, 5)]).p_value == signed_rank(changes=[(0, 5)]).p_value == 1.0
    assert signed_rank_normal(changes=[(0, 5)]).note == rank_biserial(changes=[(0, 5)]).note == "nobody changed"
    assert paired_t(pairs=describe_pairs(moves=[(1, 2, 1)])).note == "one pair: no variance"
    assert g_av(pairs=describe_pairs(moves=[(1, 2, 2)])).note == "fewer than three pairs: no standardised change"


def test_people_who_do_not_move_change_no_flip():
    assert sign_flip(changes=[(1, 5), (-1, 1)]).p_value == pytest.approx(sign_flip(changes=[(1, 5), (0, 900), (-1, 1)]).p_value, rel=1e-12)


def test_very_small_p_keeps_its_digits():
    assert sign_flip(changes=[(1, 900)]).p_value == pytest.approx(2.0**-899, rel=1e-9)
    assert signed_rank(changes=[(1, 300), (0, 50)]).p_value == pytest.approx(2.0**-299, rel=1e-9)


def test_too_many_people_for_an_exact_test_say_what_to_do():
    crowd = [(1, 40_000), (2, 30_000), (-3, 20_000)]
    for kernel in (sign_flip, signed_rank):
        with pytest.raises(UserError, match="too many"):
            kernel(changes=crowd)
    with pytest.raises(UserError, match="too many"):
        exact_overlap(reference={1: 10_000, 4: 10_000}, later={1: 10_000, 3: 10_000}, moves=[])


def test_more_moves_than_answers_are_refused():
    with pytest.raises(ValueError, match="more people moved"):
        exact_overlap(reference={1: 2}, later={2: 3}, moves=[(1, 2, 3)])


def test_ranks_rest_on_order_alone():
    stretched = overlap_rank(reference=[3, 0, 4, 1], later=[1, 0, 5, 4], moves=[(0, 2, 2), (2, 3, 3)])
    close = overlap_rank(reference=[3, 4, 1], later=[1, 5, 4], moves=[(0, 1, 2), (1, 2, 3)])
    assert stretched == close
    assert math.copysign(1, close.statistic) == 1
