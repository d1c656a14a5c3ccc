"""Waves among people who answered in all of them, against R: tests/reference/within.R reads the same cases and wrote the values."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from pathlib import Path

import pytest

from rpgstat.stats.within import friedman, repeated_measures

REFERENCE = Path(__file__).parents[1] / "reference"
R = json.loads((REFERENCE / "within.json").read_text(encoding="utf-8"))["cases"]
RTOL = 1e-9


def courses(case):
    people = defaultdict(list)
    with (REFERENCE / "within_cases.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["case"] == case:
                people[row["person"]].append(int(row["score"]))
    return [(scores, 1) for scores in people.values()]


@pytest.mark.parametrize("case", R)
def test_repeated_measures(case):
    ours, theirs = repeated_measures(courses=courses(case)), R[case]
    assert (ours.n, ours.df1, ours.df2) == (theirs["n"], theirs["df1"], theirs["df2"])
    assert (ours.f_statistic, ours.p_value, ours.corrected_p) == pytest.approx((theirs["f_statistic"], theirs["p_value"], theirs["corrected_p"]), rel=RTOL)


@pytest.mark.parametrize("case", R)
def test_friedman(case):
    ours, theirs = friedman(courses=courses(case)), R[case]
    assert (ours.statistic, ours.df, ours.p_value) == pytest.approx((theirs["statistic"], theirs["df"], theirs["friedman_p"]), rel=RTOL)
