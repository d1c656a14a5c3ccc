"""Finite populations, weights and raking against R's survey package: every value of tests/reference/weights.json."""

import csv
import json
import math
from collections import Counter
from fractions import Fraction
from itertools import groupby, product
from operator import itemgetter
from pathlib import Path

import pytest

from rpgstat.stats.calibrated import describe_raked, share_raked
from rpgstat.stats.finite import finite, finite_n
from rpgstat.stats.means import welch
from rpgstat.stats.raking import RakingError, rake
from rpgstat.stats.sample import describe
from rpgstat.stats.shares import wilson
from rpgstat.stats.weighted import describe_weighted, design_effect, share_weighted

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "weights.json").read_text(encoding="utf-8"))["cases"]
with (REFERENCE / "weights_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = {name: list(rows) for name, rows in groupby(csv.DictReader(file), lambda row: row["case"])}
WAVES = pytest.mark.parametrize(("name", "wave"), list(product(CASES, ("reference", "later"))))


def same(ours, theirs):
    assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-15)


class Wave:
    """One wave of a case: its rows, its scores, and which of them lie above the midpoint."""

    def __init__(self, name, wave):
        self.rows = [row for row in CASES[name] if row["wave"] == wave]
        self.scores = sorted({Fraction(row["score"]) for row in CASES[name] if row["score"]})
        self.upper = [score > R[name]["midpoint"] for score in self.scores]

    def counts(self, key, role=None):
        """People at each score by a key of their row, of those with a valid answer (and of one role)."""
        found = {}
        for row in self.rows:
            if row["score"] and role in (None, row["role"]):
                found.setdefault(key(row), [0] * len(self.scores))[self.scores.index(Fraction(row["score"]))] += int(row["people"])
        return found

    def weighted(self):
        classes = self.counts(lambda row: Fraction(row["weight"]))
        return {"counts": list(classes.values()), "weights": list(classes)}

    def raked(self, margins, trim=None):
        everybody = Counter()
        for row in self.rows:
            everybody[cell(margins)(row)] += int(row["people"])
        return rake(counts=everybody, margins=list(margins.values()), trim=trim)


def cell(margins):
    return lambda row: tuple(int(row[name]) for name in margins)


def same_means(raked, counts, wave, theirs):
    sample, share = describe_raked(raked=raked, counts=counts, scores=wave.scores), share_raked(raked=raked, counts=counts, chosen=wave.upper)
    n, p = sum(raked.counts.values()), share.share
    share_se = math.sqrt(p * (1 - p) / share.effective_n * n / (n - 1))
    same({"n": sample.n, "mean": sample.mean, "se": math.sqrt(sample.mean_variance), "share": p, "share_se": share_se}, theirs)


def same_weights(raked, margins, theirs):
    same(raked.weights, {cell(margins)(row): row["weight"] for row in theirs})


@WAVES
def test_finite_population(name, wave):
    theirs, of = R[name]["waves"][wave], Wave(name, wave)
    counts = of.counts(itemgetter("wave"))[wave]
    sample = finite(sample=describe(counts=counts, scores=of.scores), population=theirs["population"])
    upper = sum(count for count, above in zip(counts, of.upper, strict=True) if above)
    limits = wilson(count=upper, n=sample.n, effective_n=finite_n(n=sample.n, population=theirs["population"]))
    same({"se": math.sqrt(sample.mean_variance), "low": limits.low, "high": limits.high}, theirs["finite"])
    assert sample.n == theirs["n"]


@WAVES
def test_weighted(name, wave):
    theirs, of = R[name]["waves"][wave], Wave(name, wave)
    answers = of.weighted()
    sample, share = describe_weighted(**answers, scores=of.scores), share_weighted(**answers, chosen=of.upper)
    cost = design_effect(counts=[sum(row) for row in answers["counts"]], weights=answers["weights"])
    limits = wilson(count=share.share, n=1, effective_n=share.effective_n)
    ours = {
        "mean": sample.mean,
        "se": math.sqrt(sample.mean_variance),
        "sd": sample.sd,
        "median": sample.median,
        "finite_se": math.sqrt(finite(sample=sample, population=theirs["population"]).mean_variance),
        "share": share.share,
        "share_effective_n": share.effective_n,
        "share_low": limits.low,
        "share_high": limits.high,
        "design_effect": cost.design_effect,
        "effective_n": cost.effective_n,
    }
    same(ours, theirs["weighted"])


@pytest.mark.parametrize("name", CASES)
def test_weighted_welch(name):
    before, after = (describe_weighted(**Wave(name, wave).weighted(), scores=Wave(name, wave).scores) for wave in ("reference", "later"))
    change, theirs = welch(reference=before, later=after), R[name]["difference"]
    same({key: getattr(change, key) for key in theirs}, theirs)


@WAVES
def test_raked(name, wave):
    theirs, of = R[name]["waves"][wave]["raked"], Wave(name, wave)
    margins = theirs["margins"]
    raked = of.raked(margins)
    same_weights(raked, margins, theirs["weights"])
    same_means(raked, of.counts(cell(margins)), of, theirs["all"])
    for role, values in theirs["groups"].items():
        same_means(raked, of.counts(cell(margins), role), of, values)


@WAVES
def test_trimmed(name, wave):
    theirs, of = R[name]["waves"][wave]["raked"], Wave(name, wave)
    margins = theirs["margins"]
    if "trimmed" not in theirs:  # no weights within the bound meet these margins, which R does not find either
        with pytest.raises(RakingError):
            of.raked(margins, theirs["trim"])
        return
    raked = of.raked(margins, theirs["trim"])
    same_weights(raked, margins, theirs["trimmed"]["weights"])
    same_means(raked, of.counts(cell(margins)), of, theirs["trimmed"]["all"])


@WAVES
def test_ten_sweeps_of_r_approach_the_exact_fit(name, wave):
    theirs = R[name]["waves"][wave]["raked"]
    # R's rake() stops after ten sweeps of the residuals; of margins linked as in `linked_margins` a thousandth is then left
    assert theirs["ten_sweeps_se"] == pytest.approx(theirs["all"]["se"], rel=2e-3 if name == "linked_margins" else 1e-9)
