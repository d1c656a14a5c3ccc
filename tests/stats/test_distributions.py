"""The t distributions against mpmath's arbitrary precision, SciPy and each other."""

from __future__ import annotations

import math

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import special

from rpgstat.stats.distributions import f_quantile, noncentral_t_cdf, normal_cdf, normal_quantile, t_cdf, t_quantile

DF = st.floats(1, 1e6)
P = st.floats(1e-6, 1 - 1e-6).filter(lambda p: abs(p - 0.5) > 1e-6)


def exact_noncentral(x: float, df: float, shift: float) -> float:
    """P(T <= x) by adaptive quadrature with 40 digits, over u = log S, cut where the density is below 1e-17 of its peak."""
    with mpmath.workdps(40):
        width, bend = 1 / mpmath.sqrt(2 * df), 1 / mpmath.sqrt(2 * df + x * x)
        low, high = -mpmath.mpf(40) / df - 12 * width, 12 * width
        centre = mpmath.log(shift / x) if shift / x > 0 else mpmath.mpf(0)
        points = sorted({low, high, mpmath.mpf(0), *(max(low, min(high, centre + k * bend)) for k in (-30, -10, -3, 0, 3, 10, 30))})

        def density(u):
            return mpmath.exp(df * (u - mpmath.expm1(2 * u) / 2))

        above = mpmath.quad(lambda u: density(u) * mpmath.ncdf(x * mpmath.exp(u) - shift), points)
        return float(above / mpmath.quad(density, points))


@pytest.mark.parametrize(
    ("x", "df", "shift"),
    [(2.1, 118, 0.3), (6, 2, 18), (6, 2, 0.02), (-3.15, 2, -9.16), (0.7, 3, 2.5), (30, 90, 25), (565, 400, 530), (14139, 10_000, 14_000), (-2.0, 118, 3.0)],
)
def test_the_noncentral_t_has_twelve_digits(x, df, shift):
    assert noncentral_t_cdf(x, df, shift) == pytest.approx(exact_noncentral(x, df, shift), rel=1e-12)


def test_a_noncentral_t_beyond_reach_is_none():
    assert noncentral_t_cdf(1e6, 118, 1e6) is None


@given(DF, st.floats(-40, 40).filter(lambda x: abs(x) > 1e-3))  # nearer to 0 SciPy returns 0.5 itself
def test_the_t_tail_is_scipys(df, x):
    theirs = float(special.stdtr(df, x))
    assert t_cdf(x, df) == pytest.approx(theirs, rel=1e-11, abs=1e-300)


@given(DF)
def test_half_of_a_t_is_below_0_exactly(df):
    assert t_cdf(0.0, df) == t_cdf(-0.0, df) == 0.5


@given(DF, P)
def test_the_t_quantile_is_scipys(df, p):
    assert t_quantile(p, df) == pytest.approx(float(special.stdtrit(df, p)), rel=1e-9)


@given(DF, P)
def test_quantile_and_probability_undo_each_other(df, p):
    assert t_cdf(t_quantile(p, df), df) == pytest.approx(p, rel=1e-11)


@given(st.floats(-37, 8))
def test_the_normal_tail_is_scipys(x):
    assert normal_cdf(x) == pytest.approx(float(special.ndtr(x)), rel=1e-12)


@given(P)
def test_the_normal_quantile_is_scipys(p):
    assert normal_quantile(p) == pytest.approx(float(special.ndtri(p)), rel=1e-12)


def test_the_ends_of_the_normal_quantile():
    assert (normal_quantile(0), normal_quantile(1)) == (-math.inf, math.inf)
    with pytest.raises(ValueError, match="not between 0 and 1"):
        normal_quantile(1.5)


def test_one_and_two_degrees_of_freedom_by_their_closed_forms():
    assert t_quantile(0.975, 1) == pytest.approx(math.tan(math.pi * 0.475), rel=1e-12)
    assert t_cdf(-3.0, 2) == pytest.approx(0.5 - 3 / (2 * math.sqrt(11)), rel=1e-12)


@given(st.floats(0.5, 1e6), st.floats(0.5, 1e6), st.floats(1e-5, 0.5))
def test_the_f_quantile_is_scipys(df1, df2, p):
    a, b = df1 / 2, df2 / 2
    theirs = float(special.betaincinv(a, b, p) / special.betainccinv(b, a, p) * df2 / df1)  # fdtri has fewer digits
    assert f_quantile(p, df1, df2) == pytest.approx(theirs, rel=1e-10)


@pytest.mark.parametrize(("p", "df1", "df2"), [(0.025, 117, 819), (0.025, 1, 3), (0.005, 39, 2), (0.05, 2, 500)])
def test_the_f_quantile_has_eleven_digits(p, df1, df2):
    with mpmath.workdps(40):
        x = mpmath.mpf(f_quantile(p, df1, df2))
        found = mpmath.betainc(mpmath.mpf(df1) / 2, mpmath.mpf(df2) / 2, 0, df1 * x / (df1 * x + df2), regularized=True)
        slope = mpmath.diff(lambda y: mpmath.betainc(mpmath.mpf(df1) / 2, mpmath.mpf(df2) / 2, 0, df1 * y / (df1 * y + df2), regularized=True), x)
        assert abs(float((found - mpmath.mpf(p)) / slope / x)) < 1e-11


def test_an_f_quantile_above_a_half_is_that_below_turned_round():
    assert f_quantile(0.975, 3, 10) == 1 / f_quantile(1 - 0.975, 10, 3)


def test_a_probability_of_0_has_no_f_quantile():
    with pytest.raises(ValueError, match="not between 0 and 1"):
        f_quantile(0, 3, 10)
