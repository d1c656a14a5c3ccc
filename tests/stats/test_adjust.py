import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from rpgstat.stats.adjust import adjust

P_VALUES = st.lists(st.none() | st.floats(0, 1), max_size=12)
METHODS = st.sampled_from(["holm", "bh", "bonferroni", "none"])


def test_a_missing_p_is_in_no_family():
    assert adjust([None, 0.02, None], "bonferroni") == [None, 0.02, None]
    assert adjust([None], "holm") == [None]
    assert adjust([], "bh") == []


def test_holm_never_falls_below_a_smaller_p():
    assert adjust([0.02, 0.021], "holm") == [0.04, 0.04]


def test_unknown_method():
    with pytest.raises(ValueError, match="'sidak'; known: holm, bh, bonferroni, none"):
        adjust([0.1], "sidak")


@pytest.mark.parametrize("p", [-0.1, 1.1, float("nan")])
def test_p_outside_its_range(p):
    with pytest.raises(ValueError, match="within 0 to 1"):
        adjust([0.5, p], "holm")


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(("method", "theirs"), [("holm", "holm"), ("bh", "fdr_bh"), ("bonferroni", "bonferroni")])
def test_like_statsmodels(method, theirs, seed):
    raw = (np.random.default_rng(seed).uniform(0, 0.3, size=12).round(2) ** 2).tolist()
    assert adjust(raw, method) == pytest.approx(multipletests(raw, method=theirs)[1].tolist(), rel=1e-9)


@given(P_VALUES, METHODS)
def test_adjusted_is_not_below_raw_and_keeps_order(raw, method):
    adjusted = adjust(raw, method)
    assert [p is None for p in adjusted] == [p is None for p in raw]
    pairs = sorted((p, q) for p, q in zip(raw, adjusted, strict=True) if p is not None)
    assert all(p <= q <= 1 for p, q in pairs)
    assert [q for _, q in pairs] == sorted(q for _, q in pairs)


@given(P_VALUES, METHODS, st.randoms())
def test_order_of_rows_is_irrelevant(raw, method, random):
    places = random.sample(range(len(raw)), len(raw))
    adjusted = adjust(raw, method)
    assert adjust([raw[i] for i in places], method) == [adjusted[i] for i in places]
