import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpgstat.stats.finite import finite, finite_n
from rpgstat.stats.means import welch
from rpgstat.stats.sample import Interval, Sample, describe, mean_interval, midpoint_test
from rpgstat.stats.shares import newcombe, wilson

WHOLE_POPULATION = "no sampling error is left, so no test"

COUNTS = st.lists(st.integers(0, 60), min_size=5, max_size=5)
SCORES = [1, 2, 3, 4, 5]


def sample_of(counts):
    return describe(counts=counts, scores=SCORES)


def test_half_of_the_population_halves_the_variance():
    sample = sample_of([5, 10, 15, 10, 5])
    half = finite(sample=sample, population=90)
    assert half.mean_variance == sample.mean_variance / 2
    assert (half.n, half.mean, half.sd, half.median) == (45, sample.mean, sample.sd, sample.median)
    assert finite_n(n=45, population=90) == 90


def test_everybody_answered():
    whole = finite(sample=sample_of([5, 10, 15, 10, 5]), population=45)
    assert whole.mean_variance == 0
    assert mean_interval(sample=whole) == Interval(whole.mean, whole.mean)
    assert midpoint_test(sample=whole, midpoint=2).note == WHOLE_POPULATION
    assert welch(reference=whole, later=whole).note == WHOLE_POPULATION
    everyone = finite_n(n=45, population=45)
    assert wilson(count=15, n=45, effective_n=everyone) == Interval(1 / 3, 1 / 3)
    change = newcombe(count_reference=15, n_reference=45, effective_n_reference=everyone, count=30, n=45, effective_n=everyone)
    assert change == Interval(1 / 3, 1 / 3)


def test_only_one_wave_is_whole():
    whole, part = finite(sample=sample_of([5, 10, 15, 10, 5]), population=45), sample_of([0, 5, 10, 15, 10])
    change = welch(reference=whole, later=part)
    assert (change.std_error, change.df) == pytest.approx((math.sqrt(part.mean_variance), 39))


def test_a_share_weighted_and_from_a_finite_population():
    assert finite_n(n=60, population=80, effective_n=45.5) == 182


@pytest.mark.parametrize("counts", [[0, 0, 0, 0, 0], [0, 1, 0, 0, 0]])
def test_nobody_and_one_person_have_no_variance(counts):
    sample = sample_of(counts)
    assert finite(sample=sample, population=7) == sample
    assert finite(sample=sample, population=sample.n).mean_variance is None
    assert finite_n(n=0, population=0) == 0


@pytest.mark.parametrize("population", [-1, 0, 44])
def test_more_answers_than_people_is_refused(population):
    with pytest.raises(ValueError, match=f"n = 45 must be within 0 to the population of {population}"):
        finite(sample=sample_of([5, 10, 15, 10, 5]), population=population)
    with pytest.raises(ValueError, match="must be within"):
        finite_n(n=45, population=population)


@given(COUNTS, st.integers(1, 10_000))
def test_a_larger_population_is_less_certain(counts, further):
    sample = sample_of(counts)
    near, far = finite(sample=sample, population=sample.n + further), finite(sample=sample, population=sample.n + 2 * further)
    if not sample.sd:
        return
    assert 0 < near.mean_variance < far.mean_variance < sample.mean_variance
    assert sample.n < finite_n(n=sample.n, population=sample.n + 2 * further) < finite_n(n=sample.n, population=sample.n + further)


def test_an_endless_population_changes_nothing():
    sample = Sample(47, 2.79, 0.81, 3.0)
    endless = finite(sample=sample, population=10**18)
    assert welch(reference=endless, later=endless) == welch(reference=sample, later=sample)
    assert finite_n(n=47, population=10**18) == pytest.approx(47)
