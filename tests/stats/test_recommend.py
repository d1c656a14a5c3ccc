"""Net scores of recommendation and quartiles of numbers: against R, and what must hold for any answers."""

import csv
import json
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rpgstat.stats.means import welch
from rpgstat.stats.quartiles import quantile
from rpgstat.stats.recommend import adjusted_wald
from rpgstat.stats.sample import describe

REFERENCE = Path(__file__).parents[1] / "reference"
R = {case["case"]: case for case in json.loads((REFERENCE / "questions.json").read_text(encoding="utf-8"))["cases"]}
with (REFERENCE / "questions_cases.csv").open(encoding="utf-8", newline="") as file:
    CASES = {row.pop("case"): {key: int(value) for key, value in row.items()} for row in csv.DictReader(file)}
KINDS = ("promoters", "passives", "detractors")
PEOPLE = st.tuples(*[st.integers(0, 40)] * 3).filter(any)


def counts(case, later=""):
    return [CASES[case][kind + later] for kind in KINDS]


@pytest.mark.parametrize("case", R)
def test_limits_like_r(case):
    promoters, passives, detractors = counts(case)
    limits = adjusted_wald(promoters=promoters, detractors=detractors, n=promoters + passives + detractors)
    assert (limits.low, limits.high) == pytest.approx((R[case]["low"], R[case]["high"]), rel=1e-9)


@pytest.mark.parametrize("case", R)
def test_change_like_r(case):
    before, after = (describe(counts=counts(case, later), scores=[1, 0, -1]) for later in ("", "_2"))
    assert before.mean == pytest.approx(R[case]["score"], rel=1e-9)
    found, told = welch(reference=before, later=after), R[case]["change"]
    if found.p_value is not None:
        values = [told[key] for key in ("estimate", "low", "high", "p")]
        assert (found.estimate, found.conf_low, found.conf_high, found.p_value) == pytest.approx(values, rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("case", R)
def test_quartiles_like_r(case):
    values = {}
    for score, before, after in zip((1, 0, -1), counts(case), counts(case, "_2"), strict=True):
        for value, n in ((Fraction(score) * Fraction(5, 2), before), (Fraction(score), after)):
            values[value] = values.get(value, 0) + n
    found = [float(quantile(values, Fraction(part, 4))) for part in (1, 2, 3)]
    assert found == pytest.approx(R[case]["quartiles"], rel=1e-9, abs=1e-12)


@settings(max_examples=30)
@given(PEOPLE)
def test_a_mirrored_score_has_mirrored_limits_around_it(people):
    promoters, passives, detractors = people
    n = sum(people)
    limits, mirror = adjusted_wald(promoters=promoters, detractors=detractors, n=n), adjusted_wald(promoters=detractors, detractors=promoters, n=n)
    assert (limits.low, limits.high) == pytest.approx((-mirror.high, -mirror.low))
    assert -1 <= limits.low <= (promoters - detractors) / n <= limits.high <= 1 or passives == 0


def test_nobody_has_no_limits_and_impossible_counts_are_refused():
    assert adjusted_wald(promoters=0, detractors=0, n=0) is None
    assert quantile({}, Fraction(1, 4)) is None
    with pytest.raises(ValueError, match="at most n"):
        adjusted_wald(promoters=3, detractors=3, n=5)
