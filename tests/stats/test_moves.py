import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from rpgstat.stats.moves import bowker, stuart_maxwell
from rpgstat.stats.paired_shares import YesNo, mcnemar, newcombe_overlap, newcombe_paired, share_overlap
from rpgstat.stats.shares import newcombe

TABLES = st.lists(st.lists(st.integers(0, 9), min_size=4, max_size=4), min_size=4, max_size=4)
PAIRS = st.builds(YesNo, *[st.integers(0, 25)] * 4)
FEW = settings(max_examples=60, deadline=None)


@FEW
@given(TABLES)
def test_turning_the_table_and_the_order_of_levels_change_nothing(table):
    turned = [list(row) for row in zip(*table, strict=True)]
    reordered = [[table[i][j] for j in (2, 0, 3, 1)] for i in (2, 0, 3, 1)]
    for kernel in (stuart_maxwell, bowker):
        test = kernel(table=table)
        for other in (kernel(table=turned), kernel(table=reordered)):
            assert other.df == test.df
            assert (other.statistic or 0) == pytest.approx(test.statistic or 0, rel=1e-9, abs=1e-9)


def test_people_who_stay_count_for_nothing():
    assert stuart_maxwell(table=[[0, 5], [2, 0]]).p_value == pytest.approx(stuart_maxwell(table=[[90, 5], [2, 70]]).p_value, rel=1e-9)


def test_nobody_moved_and_nobody_there():
    for kernel in (stuart_maxwell, bowker):
        assert kernel(table=[[4, 0], [0, 7]]).note == "nobody changed"
        assert kernel(table=[[0, 0], [0, 0]]).note == "nobody answered in both waves"
    assert mcnemar(pairs=YesNo(4, 0, 0, 3)).note == "nobody changed"
    assert mcnemar(pairs=YesNo(0, 0, 0, 0)).note == "nobody answered in both waves"
    assert newcombe_paired(pairs=YesNo(0, 0, 0, 0)) is None
    assert newcombe_overlap(count_reference=0, n_reference=0, count=1, n=2, pairs=YesNo(0, 0, 0, 0)) is None


def test_a_constant_margin_within_a_table_that_moves_in_circles():
    test = stuart_maxwell(table=[[0, 4, 0], [0, 0, 4], [4, 0, 0]])
    assert (test.statistic, test.p_value) == pytest.approx((0, 1), abs=1e-12)
    assert bowker(table=[[0, 4, 0], [0, 0, 4], [4, 0, 0]]).p_value < 0.01


@FEW
@given(st.integers(0, 30), st.integers(1, 30), st.integers(0, 30), st.integers(1, 30))
def test_without_pairs_the_limits_are_newcombes(yes_before, no_before, yes_after, no_after):
    waves = {"count_reference": yes_before, "n_reference": yes_before + no_before, "count": yes_after, "n": yes_after + no_after}
    ours, theirs = newcombe_overlap(**waves, pairs=YesNo(0, 0, 0, 0)), newcombe(**waves)
    assert (ours.low, ours.high) == pytest.approx((theirs.low, theirs.high), rel=1e-12)


@FEW
@given(PAIRS)
def test_swapping_the_waves_flips_the_sign(pairs):
    turned = YesNo(pairs.both, pairs.joined, pairs.left, pairs.neither)
    for kind in ("mid-p", "exact", "asymptotic"):
        assert mcnemar(pairs=pairs, kind=kind).p_value == mcnemar(pairs=turned, kind=kind).p_value
    if pairs.n:
        one, other = newcombe_paired(pairs=pairs), newcombe_paired(pairs=turned)
        assert (one.low, one.high) == pytest.approx((-other.high, -other.low), abs=1e-12)
        before, after = {"count_reference": pairs.both + pairs.left, "n_reference": pairs.n}, {"count": pairs.both + pairs.joined, "n": pairs.n}
        back = {"count_reference": after["count"], "n_reference": pairs.n, "count": before["count_reference"], "n": pairs.n}
        one, other = share_overlap(**before, **after, pairs=pairs), share_overlap(**back, pairs=turned)
        assert (one.statistic is None) == (other.statistic is None)
        if one.statistic is not None:
            assert one.statistic == pytest.approx(-other.statistic, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize(("left", "joined"), [(12, 2), (5, 5), (0, 9), (400, 350), (0, 1)])
def test_like_scipy(left, joined):
    pairs = YesNo(3, left, joined, 4)
    assert mcnemar(pairs=pairs, kind="exact").p_value == pytest.approx(stats.binomtest(left, left + joined).pvalue, rel=1e-9)
    assert mcnemar(pairs=pairs, kind="mid-p").p_value <= mcnemar(pairs=pairs, kind="exact").p_value


def test_everyone_the_same_has_no_variance():
    assert share_overlap(count_reference=9, n_reference=9, count=5, n=5, pairs=YesNo(3, 0, 0, 0)).note == "nobody answered otherwise: no variance"
    assert share_overlap(count_reference=4, n_reference=9, count=4, n=9, pairs=YesNo(4, 0, 0, 5)).note == "nobody answered otherwise: no variance"
