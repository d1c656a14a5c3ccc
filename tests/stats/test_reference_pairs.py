"""Every figure of people in both waves against R: tests/reference/pairs.R reads the same cases and wrote the values."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import asdict
from fractions import Fraction
from pathlib import Path

import pytest

from rpgstat.stats.exact_pairs import exact_overlap, sign_flip, signed_rank
from rpgstat.stats.overlap import overlap, overlap_g, overlap_rank, overlap_student
from rpgstat.stats.paired import g_av, g_z, paired_t
from rpgstat.stats.pairs import describe_pairs
from rpgstat.stats.sample import describe
from rpgstat.stats.signed_rank import rank_biserial, signed_rank_normal

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "pairs.json").read_text(encoding="utf-8"))["cases"]
RTOL = 1e-9


class Case:
    """All answers of each wave at each score, and the moves of those in both."""

    def __init__(self):
        self.reference, self.later, self.moves = Counter(), Counter(), []

    def add(self, before, after, people):
        if before:
            self.reference[Fraction(before)] += people
        if after:
            self.later[Fraction(after)] += people
        if before and after:
            self.moves.append((Fraction(before), Fraction(after), people))

    @property
    def samples(self):
        return {name: describe(counts=list(wave.values()), scores=list(wave)) for name, wave in (("reference", self.reference), ("later", self.later))}

    @property
    def pairs(self):
        return describe_pairs(moves=self.moves)

    @property
    def changes(self):
        return [(after - before, people) for before, after, people in self.moves]

    @property
    def levels(self):
        scores = sorted({*self.reference, *self.later})
        moves = [(scores.index(a), scores.index(b), people) for a, b, people in self.moves]
        return {"reference": [self.reference[s] for s in scores], "later": [self.later[s] for s in scores], "moves": moves}


def read_cases():
    found = {}
    with (REFERENCE / "pairs_cases.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["case"], Case()).add(row["before"], row["after"], int(row["people"]))
    return found


CASES = read_cases()


def with_r(*parts):
    found = [name for name, values in R.items() if all(part in values for part in parts)]
    assert found
    return pytest.mark.parametrize("name", found)


def same(ours, theirs):
    assert {key: ours[key] for key in theirs} == pytest.approx(theirs, rel=RTOL, abs=1e-13)


def test_r_wrote_values_for_every_case():
    assert R.keys() == CASES.keys()
    assert len([name for name, values in R.items() if "overlap" in values]) > 10


@with_r("n")
def test_who_moved(name):
    same(asdict(CASES[name].pairs), {key: R[name][key] for key in ("n", "up", "down", "unchanged")})


@with_r("correlation")
def test_correlation(name):
    assert CASES[name].pairs.correlation == pytest.approx(R[name]["correlation"], rel=RTOL, abs=1e-15)


@with_r("overlap")
@pytest.mark.parametrize(("kernel", "part"), [(overlap, "new2"), (overlap_student, "new1")])
def test_t_of_overlapping_samples_follows_the_paper(name, kernel, part):
    case = CASES[name]
    same(asdict(kernel(**case.samples, pairs=case.pairs)), R[name]["overlap"][part])


@with_r("overlap")
def test_g_of_overlapping_samples(name):
    case = CASES[name]
    same(asdict(overlap_g(change=overlap(**case.samples, pairs=case.pairs), **case.samples)), R[name]["overlap"]["g"])


@with_r("overlap")
def test_t_of_overlapping_ranks(name):
    theirs = R[name]["overlap"]["rank"]
    same(asdict(overlap_rank(**CASES[name].levels)), {key: theirs[key] for key in ("statistic", "df", "p_value")})


@with_r("exact")
def test_exact_overlap_counts_every_way(name):
    case = CASES[name]
    assert exact_overlap(reference=case.reference, later=case.later, moves=case.moves).p_value == pytest.approx(R[name]["exact"], rel=RTOL)


@with_r("flips")
def test_sign_flips(name):
    assert sign_flip(changes=CASES[name].changes).p_value == pytest.approx(R[name]["flips"], rel=RTOL)


@with_r("paired")
def test_paired_t_is_t_test(name):
    same(asdict(paired_t(pairs=CASES[name].pairs)), R[name]["paired"]["t"])


@pytest.mark.parametrize("name", [name for name, values in R.items() if "g_z" in values.get("paired", {})])
def test_standardised_change_of_pairs(name):
    theirs, pairs = R[name]["paired"], CASES[name].pairs
    for found in (g_z(pairs=pairs), g_av(pairs=pairs)):
        same(
            {found.name: found.estimate, f"{found.name}_low": found.low, f"{found.name}_high": found.high},
            {key: theirs[key] for key in (found.name, f"{found.name}_low", f"{found.name}_high")},
        )
    # effectsize searches its limits on the probability, to about 1e-6
    found = g_z(pairs=pairs)
    assert found.estimate == pytest.approx(theirs["effectsize"], rel=RTOL)
    assert (found.low, found.high) == pytest.approx((theirs["effectsize_low"], theirs["effectsize_high"]), rel=2e-6, abs=1e-6)


@with_r("pratt")
def test_signed_ranks_are_wilcoxsign_test_with_zeros_by_pratt(name):
    theirs, changes = R[name]["pratt"], CASES[name].changes
    near, exact = signed_rank_normal(changes=changes), signed_rank(changes=changes)
    assert (near.statistic, near.p_value) == pytest.approx((theirs["z"], theirs["p_value"]), rel=RTOL)
    assert (exact.statistic, exact.p_value) == pytest.approx((theirs["sum"], theirs["exact_p"]), rel=RTOL)
    assert rank_biserial(changes=changes).estimate == pytest.approx(theirs["rank_biserial"], rel=RTOL)
