"""How many answers find a change: power against R, and of a family by simulation."""

import csv
import json
from pathlib import Path

import numpy as np
import pingouin
import pytest
from scipy import stats

from rpgstat.stats.adjust import adjust
from rpgstat.stats.power import MOST, Waves, detectable_change, needed_n, power_of_many, power_of_one

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "power.json").read_text(encoding="utf-8"))["cases"]


def read_cases():
    with (REFERENCE / "power_cases.csv").open(encoding="utf-8", newline="") as file:
        return {row.pop("case"): {key: float(value) if value else None for key, value in row.items()} for row in csv.DictReader(file)}


CASES = read_cases()
EVERY = pytest.mark.parametrize("name", CASES)


def planned(name):
    case = CASES[name]
    whole = {key: None if case[key] is None else int(case[key]) for key in ("n_reference", "n", "shared", "population")}
    return Waves(sd=case["sd"], correlation=case["correlation"], **whole)


def test_r_wrote_values_for_every_case():
    assert R.keys() == CASES.keys()


@EVERY
def test_power_is_that_of_the_noncentral_t(name):
    waves, theirs = planned(name), R[name]
    assert (waves.std_error, waves.df) == pytest.approx((theirs["std_error"], theirs["df"]), rel=1e-12)
    # R's pt() is good to about 1e-12 of the whole
    assert power_of_one(waves=waves, change=CASES[name]["change"], alpha=CASES[name]["alpha"]) == pytest.approx(theirs["power"], rel=1e-9)


@EVERY
def test_detectable_change(name):
    case = CASES[name]
    found = detectable_change(waves=planned(name), alpha=case["alpha"], power=case["power"])
    assert found == pytest.approx(R[name]["detectable"], rel=1e-9)


@pytest.mark.parametrize("name", [name for name, values in R.items() if "needed" in values])
def test_needed_n_of_two_like_waves_is_power_t_test(name):
    case = CASES[name]
    assert needed_n(waves=planned(name), change=case["change"], alpha=case["alpha"], power=case["power"], alike=True) == R[name]["needed"]


def test_like_pingouin():
    theirs = pingouin.power_ttest2n(nx=47, ny=75, d=0.42 / 0.8)
    assert power_of_one(waves=Waves(0.8, 47, 75), change=0.42) == pytest.approx(theirs, rel=1e-9)


def test_the_family_finds_less_than_one_test():
    """Where one test finds a change four times in five, one of a battery is found about 61, 54 and 49 times in a hundred."""
    waves = Waves(0.8, 47, 75)
    change = detectable_change(waves=waves)
    found = [power_of_many(waves=waves, change=change, items=items) for items in (1, 4, 7, 10)]
    assert found == pytest.approx([0.8, 0.616, 0.54, 0.493], abs=0.01)
    for items in (4, 10):
        bounds = [power_of_many(waves=waves, change=change, items=items, adjust=way) for way in ("bonferroni", "none")]
        assert bounds[0] - 0.01 < power_of_many(waves=waves, change=change, items=items, adjust="bh") < bounds[1]


@pytest.mark.parametrize("way", ["holm", "bh"])
def test_the_simulation_is_that_of_people(way):
    """The same chance from simulated people, 12 against 15, whose six statements correlate: t-tests and adjustment one by one."""
    rng, items, runs = np.random.default_rng(7), 6, 3000
    people = np.sqrt(0.4) * rng.standard_normal((runs, 27, 1)) + np.sqrt(0.6) * rng.standard_normal((runs, 27, items))
    people[:, 12:, 0] += 1.2
    p_values = stats.ttest_ind(people[:, 12:], people[:, :12], axis=1).pvalue
    found = np.mean([adjust(list(row), way)[0] < 0.05 for row in p_values])
    assert power_of_many(waves=Waves(1.0, 12, 15), change=1.2, items=items, adjust=way) == pytest.approx(found, abs=0.03)


def test_the_same_question_has_the_same_answer():
    asked = {"waves": Waves(0.8, 47, 75), "change": 0.5, "items": 10}
    assert needed_n(**asked) == needed_n(**asked)


def test_needed_n_is_the_least_that_is_enough():
    waves = Waves(0.8, 47, 75)
    n = needed_n(waves=waves, change=0.5)
    assert power_of_one(waves=Waves(0.8, 47, n), change=0.5) >= 0.8 > power_of_one(waves=Waves(0.8, 47, n - 1), change=0.5)
    battery = needed_n(waves=waves, change=0.5, items=10)
    assert battery > n
    assert power_of_many(waves=Waves(0.8, 47, battery), change=0.5, items=10) >= 0.8


@pytest.mark.parametrize(
    ("waves", "change"),
    [(Waves(0.8, 20, 20), 0.3), (Waves(0.8, 47, 75), 0.0), (Waves(0.8, 60, 60, population=70), 0.01), (Waves(1.0, 20, 20, shared=10, correlation=0.2), 0.1)],
)
def test_no_number_may_be_enough(waves, change):
    assert needed_n(waves=waves, change=change) is None
    assert needed_n(waves=waves, change=change, items=8) is None


def test_who_all_answer_leave_no_error():
    waves = Waves(0.8, 80, 80, population=80)
    assert (power_of_one(waves=waves, change=0.01), power_of_many(waves=waves, change=0.01, items=5), detectable_change(waves=waves)) == (1.0, 1.0, 0.0)
    assert needed_n(waves=Waves(0.8, 80, 70, population=80), change=0.001) == 80


def test_people_in_both_waves_make_smaller_changes_visible():
    apart, together = Waves(0.8, 47, 75), Waves(0.8, 47, 75, shared=40, correlation=0.6)
    assert detectable_change(waves=together) < detectable_change(waves=apart)
    assert needed_n(waves=together, change=0.35) < (needed_n(waves=apart, change=0.35) or MOST)


def test_too_few_answers_are_refused():
    with pytest.raises(ValueError, match="no degrees of freedom"):
        power_of_one(waves=Waves(1.0, 1, 1), change=1)


@pytest.mark.parametrize("name", [name for name, values in R.items() if "pwr" in values])
def test_like_pwr(name):
    """The R package pwr has the same power; the change and the number that it searches for are good to about four digits."""
    case, theirs = CASES[name], R[name]
    assert power_of_one(waves=planned(name), change=case["change"], alpha=case["alpha"]) == pytest.approx(theirs["pwr"], rel=1e-9)
    found = detectable_change(waves=planned(name), alpha=case["alpha"], power=case["power"])
    # pwr searches both with uniroot, which stops at four digits
    assert found == pytest.approx(theirs["pwr_detectable"], rel=2e-4)
    if "pwr_needed" in theirs:
        n = needed_n(waves=planned(name), change=case["change"], alpha=case["alpha"], power=case["power"])
        assert n - 1 < theirs["pwr_needed"] * (1 + 2e-4)
        assert n > theirs["pwr_needed"] * (1 - 2e-4)


@pytest.mark.parametrize(("items", "adjust", "alpha"), [(1, "holm", 1e-5), (60, "bonferroni", 0.001), (60, "bh", 1e-4)])
def test_a_change_of_many_standard_errors_is_found_where_two_answers_a_wave_need_it(items, adjust, alpha):
    waves = Waves(0.8, 2, 2)
    change = detectable_change(waves=waves, items=items, adjust=adjust, alpha=alpha)
    assert change > 64 * waves.std_error
    assert power_of_many(waves=waves, change=change, items=items, adjust=adjust, alpha=alpha) == pytest.approx(0.8, abs=1e-6)
