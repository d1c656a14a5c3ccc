"""Raked answers of people in one wave or in both against R's survey: tests/reference/raked_pairs.R reads the same cases and wrote the values."""

from __future__ import annotations

import csv
import json
import math
from collections import Counter, defaultdict
from dataclasses import asdict
from pathlib import Path

import pytest

from rpgstat.stats.calibrated import describe_raked
from rpgstat.stats.calibrated_pairs import influence, raked_covariance, raked_overlap
from rpgstat.stats.raking import rake

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "raked_pairs.json").read_text(encoding="utf-8"))["cases"]
MARGINS = {"role": {"a": 0.5, "b": 0.3, "c": 0.2}, "site": {"x": 0.4, "y": 0.6}}


def read():
    """By case, wave and person the cell and the score, None where there is no valid answer."""
    found = defaultdict(lambda: {"reference": {}, "later": {}})
    with (REFERENCE / "raked_pairs_cases.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            cell = tuple(list(MARGINS[name]).index(row[name]) for name in MARGINS)
            found[row["case"]][row["wave"]][row["person"]] = cell, int(row["score"]) if row["score"] else None
    return found


CASES = read()


def counted(people, scores):
    """The arguments of `influence`."""
    raked = rake(counts=Counter(cell for cell, _ in people.values()), margins=[list(shares.values()) for shares in MARGINS.values()])
    counts = {cell: [sum(one == (cell, score) for one in people.values()) for score in scores] for cell in raked.counts}
    return {"raked": raked, "counts": counts, "scores": scores}


def given(name, made=lambda score: score):
    """The arguments of a case, its scores made by `made`."""
    waves = [{person: (cell, None if score is None else made(score)) for person, (cell, score) in CASES[name][wave].items()} for wave in ("reference", "later")]
    scores = sorted({score for wave in waves for _, score in wave.values() if score is not None})
    sides = [influence(**counted(wave, scores)) for wave in waves]
    moves = Counter((*waves[0][person], *waves[1][person]) for person in waves[0].keys() & waves[1].keys())
    pairs = [(*move, n) for move, n in moves.items()]
    return {"reference": sides[0], "later": sides[1], "pairs": pairs, "everyone": len(waves[0].keys() | waves[1].keys())}, waves


def people(waves):
    return len({person for wave in waves for person, (_, score) in wave.items() if score is not None})


def test_r_wrote_values_for_every_case():
    assert R.keys() == CASES.keys()


@pytest.mark.parametrize("name", R)
def test_change_is_the_coefficient_of_svyglm_on_a_calibrated_design(name):
    arguments, waves = given(name)
    assert (arguments["everyone"], people(waves)) == (R[name]["raked"], R[name]["people"])
    found = asdict(raked_overlap(**arguments, people=people(waves)))
    # R's calibrate() stops where margins are met within 1e-13 of their size
    assert {key: found[key] for key in R[name]["mean"]} == pytest.approx(R[name]["mean"], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("name", R)
def test_errors_of_either_wave_and_the_correlation_of_two_shares(name):
    arguments, waves = given(name)
    first, last, _ = raked_covariance(**arguments)
    assert [math.sqrt(first), math.sqrt(last)] == pytest.approx(R[name]["mean_errors"], rel=1e-9)
    arguments, _ = given(name, lambda score: int(score > 2.5))
    first, last, both = raked_covariance(**arguments)
    found = asdict(raked_overlap(**arguments, people=people(waves))) | {"correlation": both / math.sqrt(first * last)}
    assert {key: found[key] for key in R[name]["share"]} == pytest.approx(R[name]["share"], rel=1e-9, abs=1e-12)


def test_one_wave_alone_has_the_error_of_its_own_mean():
    """But for the number of people: one wave's error counts those raked in it."""
    arguments, waves = given("typical")
    n, everyone = len(waves[0]), arguments["everyone"]
    own = influence(**counted(waves[0], [1, 2, 3, 4]))
    sample = describe_raked(**counted(waves[0], [1, 2, 3, 4]))
    assert own.mean == pytest.approx(sample.mean, rel=1e-9)
    assert n / (n - 1) * (own.squares - own.total**2 / n) == pytest.approx(sample.mean_variance, rel=1e-9)
    assert everyone > n


def test_swapping_the_waves_flips_the_sign():
    arguments, waves = given("typical")
    there = raked_overlap(**arguments, people=people(waves))
    back = [(other, answer, cell, score, n) for cell, score, other, answer, n in arguments["pairs"]]
    swapped = arguments | {"reference": arguments["later"], "later": arguments["reference"], "pairs": back}
    assert (there.estimate, there.std_error) == pytest.approx((-(found := raked_overlap(**swapped, people=people(waves))).estimate, found.std_error), rel=1e-9)
