"""Kernels of agreement: against R (tests/reference/agreement.json), against PyPI's `krippendorff`, and what must hold for any data."""

import csv
import json
from collections import Counter
from itertools import groupby
from pathlib import Path

import krippendorff as pypi
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rpgstat.stats import agreement
from rpgstat.stats.agreement import gwet, kappa, krippendorff, percent_agreement, specific_agreement, weights
from rpgstat.stats.distributions import t_quantile

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "agreement.json").read_text(encoding="utf-8"))["cases"]
IRRCAC = json.loads((REFERENCE / "irrcac.json").read_text(encoding="utf-8"))["cases"]
WEIGHTINGS = ("nominal", "linear", "quadratic")


def cases():
    """By case: the number of categories, and what each coder chose on each unit, None where not judged."""
    with (REFERENCE / "agreement_cases.csv").open(encoding="utf-8", newline="") as file:
        for name, rows in groupby(csv.DictReader(file), lambda row: row["case"]):
            units, categories = [], 0
            for row in rows:
                categories = int(row["categories"])
                chosen = tuple(int(row[coder]) if row[coder] else None for coder in "abc"[: int(row["coders"])])
                units += [chosen] * int(row["units"])
            yield name, (categories, units)


CASES = dict(cases())


def counted(categories, units):
    return Counter(tuple(unit.count(k) for k in range(categories)) for unit in units)


def crossed(categories, units):
    met = Counter(units)
    return [[met[k, m] for m in range(categories)] for k in range(categories)]


def close(found, expected):
    assert (found.estimate, found.low, found.high) == pytest.approx((expected["estimate"], expected["low"], expected["high"]), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", CASES)
def test_gwet_like_r(name):
    for weighting in WEIGHTINGS:
        close(gwet(counted(*CASES[name]), weighting=weighting), R[name]["gwet"][weighting])


def close_to_irrcac(found, expected, n):
    """The estimate, and limits by its standard error: t(n - 1), cut to -1 and 1, which irrCAC for Python does at the upper end only."""
    reach = t_quantile(0.975, n - 1) * expected["se"]
    assert found.estimate == pytest.approx(expected["estimate"], rel=1e-9, abs=1e-12)
    if expected["se"] > 1e-12:  # where it is 0 irrCAC puts 1e-15 in its place
        assert (found.low, found.high) == pytest.approx((max(-1, found.estimate - reach), min(1, found.estimate + reach)), rel=1e-9, abs=1e-12)
    else:
        assert (found.low, found.high) == (None, None)


@pytest.mark.parametrize("name", CASES)
def test_gwet_alpha_and_kappa_like_irrcac(name):
    categories, units = CASES[name]
    ratings, expected = counted(categories, units), IRRCAC[name]
    judged = sum(sum(choice is not None for choice in unit) > 0 for unit in units)
    for weighting in WEIGHTINGS:
        close_to_irrcac(gwet(ratings, weighting=weighting), expected["gwet"][weighting], judged)
        if "kappa" in expected:
            close_to_irrcac(kappa(crossed(categories, units), weighting=weighting), expected["kappa"][weighting], len(units))
    several = sum(sum(choice is not None for choice in unit) > 1 for unit in units)
    close_to_irrcac(krippendorff(ratings), expected["krippendorff"], several)


@pytest.fixture
def _few_samples(monkeypatch):
    """Limits of ordered categories are resampled a few times only, where a test is of the coefficient."""
    monkeypatch.setattr(agreement, "_SAMPLES", 9)


@pytest.mark.usefixtures("_few_samples")
@pytest.mark.parametrize("metric", ["nominal", "ordinal", "interval"])
@pytest.mark.parametrize("name", CASES)
def test_alpha_like_the_package_krippendorff(name, metric):
    assert krippendorff(counted(*CASES[name]), metric=metric).estimate == pytest.approx(IRRCAC[name]["pypi_krippendorff"][metric], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", [name for name, values in R.items() if "kappa" in values])
def test_kappa_like_r(name):
    for weighting in WEIGHTINGS:
        close(kappa(crossed(*CASES[name]), weighting=weighting), R[name]["kappa"][weighting])


@pytest.mark.usefixtures("_few_samples")
@pytest.mark.parametrize("name", CASES)
def test_alpha_and_percent_like_r(name):
    ratings, expected = counted(*CASES[name]), R[name]
    close(krippendorff(ratings), expected["krippendorff"])
    for metric in ("ordinal", "interval"):
        assert krippendorff(ratings, metric=metric).estimate == pytest.approx(expected["krippendorff"][metric], rel=1e-9)
    assert percent_agreement(ratings).estimate == pytest.approx(expected["percent"], rel=1e-9)
    own = [specific_agreement(ratings, k) for k in range(CASES[name][0])]
    assert own == [value if value is None else pytest.approx(value, rel=1e-9) for value in expected["specific"]]


@pytest.mark.usefixtures("_few_samples")
@pytest.mark.parametrize("seed", range(6))
def test_alpha_like_pypi(seed):
    rng = np.random.default_rng(seed)
    categories, coders = int(rng.integers(2, 6)), int(rng.integers(2, 5))
    chosen = rng.integers(0, categories, size=(30, coders)).astype(float)
    chosen[rng.random(chosen.shape) < 0.2] = np.nan
    ratings = counted(categories, [tuple(None if np.isnan(v) else int(v) for v in unit) for unit in chosen])
    for metric in ("nominal", "ordinal", "interval"):
        expected = pypi.alpha(reliability_data=chosen.T, level_of_measurement=metric, value_domain=list(range(categories)))
        assert krippendorff(ratings, metric=metric).estimate == pytest.approx(expected, rel=1e-9)


def test_a_rare_theme_has_a_low_kappa_at_high_agreement():
    ratings = {(0, 2): 1, (1, 1): 2, (2, 0): 47}
    assert round(percent_agreement(ratings).estimate, 2) == 0.96
    assert round(kappa([[47, 1], [1, 1]]).estimate, 2) == 0.48
    assert round(gwet(ratings).estimate, 2) == 0.96


def test_nothing_to_tell_apart():
    assert krippendorff({(2, 0): 30}).note == kappa([[30, 0], [0, 0]]).note == "everyone judged every unit alike"
    assert krippendorff({(2, 0): 30}).estimate is None
    assert (gwet({(2, 0): 30}).estimate, gwet({(2, 0): 30}).low) == (1, None)
    assert specific_agreement({(2, 0): 30}, 1) is None


def test_perfect_agreement_has_no_limits_but_those_of_the_percentage():
    ratings = {(2, 0): 20, (0, 2): 10}
    for found in (krippendorff(ratings), gwet(ratings), kappa([[20, 0], [0, 10]]), krippendorff(ratings, metric="interval")):
        assert (found.estimate, found.low, found.high, found.note) == (pytest.approx(1), None, None, "perfect agreement, so no limits")
    assert percent_agreement(ratings).limits.low == pytest.approx(0.8865, abs=1e-4)


def test_units_that_one_coder_judged_tell_nothing_of_alpha():
    ratings = {(2, 0): 20, (1, 1): 3, (0, 2): 10}
    assert krippendorff(ratings | {(1, 0): 7}) == krippendorff(ratings)
    assert percent_agreement(ratings | {(0, 1): 7}) == percent_agreement(ratings)
    assert krippendorff({(1, 0): 7}).note == gwet({(1, 0): 7}).note == kappa([[1, 0], [0, 0]]).note == "too few units that several judged"
    assert percent_agreement({(1, 0): 7}) is None


def test_ordered_categories_have_resampled_limits_that_are_the_same_at_every_run():
    ratings = {(2, 0, 0): 20, (1, 1, 0): 6, (0, 2, 0): 10, (0, 1, 1): 3, (0, 0, 2): 8}
    found = krippendorff(ratings, metric="ordinal")
    assert found.low < found.estimate < found.high
    assert found == krippendorff(dict(reversed(ratings.items())), metric="ordinal")
    assert "bootstrap" in found.note


def test_weights_fall_with_the_distance():
    assert weights(3) == ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    assert weights(3, "quadratic")[0] == (1, 0.75, 0)


@pytest.mark.parametrize("ratings", [{(2, 0): -1}, {(2, -1): 3}, {(2, 0): 3, (1, 1, 0): 2}])
def test_impossible_ratings_are_refused(ratings):
    with pytest.raises(ValueError, match="numbers of coders by category"):
        gwet(ratings)


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 1)), min_size=4, max_size=40))
def test_swapping_coders_or_the_meaning_of_yes_changes_nothing(units):
    table, turned = crossed(2, units), crossed(2, [(1 - b, 1 - a) for a, b in units])
    one, other = kappa(table), kappa(turned)
    assert (one.estimate is None) == (other.estimate is None)
    if one.estimate is not None:
        assert other.estimate == pytest.approx(one.estimate)
        assert -1 <= one.estimate <= 1
    ratings = counted(2, units)
    assert gwet({(no, yes): n for (yes, no), n in ratings.items()}).estimate == pytest.approx(gwet(ratings).estimate)
