"""`joint`: which way themes and statements point, and what is told when the declared fit is against it."""

import pytest

from rpgstat.analyses.joint import Beside, joint
from rpgstat.study import Study
from rpgstat.study.themes import Pairing, Theme

SAID = {
    "source": "q",
    "kind": "answers",
    "theme": "Hope",
    "code": None,
    "by": None,
    "wave": "b",
    "reference": "a",
    "n": 50,
    "mentions": 20,
    "share": 0.4,
    "note": None,
}
FIRST = SAID | {"wave": "a", "reference": None, "n": 30, "mentions": 6, "share": 0.2}


def compared(conclusion, low, high):
    row = {"text": "I cope", "mean_reference": 2.4, "mean": 2.9, "estimate": 0.5, "conf_low": 0.1, "conf_high": 0.9, "conclusion": conclusion, "note": None}
    return Beside("compare.cope", "compare", row | {"mean_low": low, "mean_high": high, "midpoint": 2.5})


def found(beside, valence="positive", fit="confirms", fail_on=None):
    study = Study(
        (),
        (),
        themes=(Theme("Hope", "hope", ("Hope",), valence), Theme("Calm", "calm", ("Calm",))),
        joint=(Pairing("hope", ("compare.cope",), fit, "So it is."),),
    )
    return joint(study, [FIRST, SAID], {"hope": [beside]}, {"Hope": "It helps."}, fail_on)


@pytest.mark.parametrize(
    ("conclusion", "low", "high", "valence", "direction"),
    [
        ("higher", 2.6, 3.2, "positive", "same way"),
        ("higher", 2.2, 2.7, "positive", "same way"),
        ("inconclusive", 2.6, 3.2, "positive", "same way"),
        ("inconclusive", 2.2, 2.7, "positive", "no telling"),
        ("lower", 2.6, 3.2, "positive", "no telling"),
        ("lower", 1.9, 2.3, "positive", "other way"),
        ("lower", 1.9, 2.3, "negative", "same way"),
        ("higher", 2.6, 3.2, "negative", "other way"),
        ("higher", 2.6, 3.2, "mixed", "no telling"),
        ("higher", 2.6, 3.2, None, "no telling"),
    ],
)
def test_direction(conclusion, low, high, valence, direction):
    assert found(compared(conclusion, low, high), valence).rows[0]["direction"] == direction


def test_both_waves_stand_beside_the_statement():
    row = found(compared("higher", 2.6, 3.2)).rows[0]
    assert (row["reference"], row["n_reference"], row["mentions_reference"], row["share_reference"]) == ("a", 30, 6, 0.2)
    assert (row["wave"], row["mentions"], row["value_reference"], row["value"], row["estimate"]) == ("b", 20, 2.4, 2.9, 0.5)
    assert row["sentence"] == "Hope was named by 20 of 50 in b; as the evaluator judges, this confirms “I cope”. So it is."
    assert row["quote"] == "It helps."


def test_the_limits_of_shares_and_the_scale_come_with_it():
    said = FIRST | {"share_low": 0.1, "share_high": 0.37}
    study = Study((), (), themes=(Theme("Hope", "hope", ("Hope",), "positive"),))
    scaled = compared("higher", 2.6, 3.2)
    beside = Beside("compare.cope", "compare", scaled.row | {"scale_low": 1.0, "scale_high": 4.0})
    row = joint(study, [said, SAID | {"share_low": 0.28, "share_high": 0.54}], {"hope": [beside]}, {}, None).rows[0]
    assert [row[key] for key in ("share_reference_low", "share_reference_high", "share_low", "share_high")] == [0.1, 0.37, 0.28, 0.54]
    assert (row["scale_low"], row["midpoint"], row["scale_high"]) == (1.0, 2.5, 4.0)


@pytest.mark.parametrize(("reference", "wave", "noted"), [("a", "b", False), ("b", "c", True), (None, "b", False), (None, "a", True), ("x", "b", True)])
def test_a_statement_of_other_waves_than_the_theme_says_so(reference, wave, noted):
    beside = compared("higher", 2.6, 3.2)
    told = found(Beside(beside.name, beside.result, beside.row | {"reference": reference, "wave": wave})).rows[0]
    assert ("the statement is of" in (told["note"] or "")) is noted


@pytest.mark.parametrize(("fit", "conclusion", "told"), [("confirms", "lower", 1), ("differs", "higher", 1), ("differs", "lower", 0), ("expands", "lower", 0)])
def test_a_fit_against_the_direction_is_told_and_may_fail(fit, conclusion, told):
    low, high = (2.6, 3.2) if conclusion == "higher" else (1.9, 2.3)
    assert len(found(compared(conclusion, low, high), fit=fit).warnings) == told
    assert len(found(compared(conclusion, low, high), fit=fit, fail_on="contradicted").failures) == told
    assert found(compared(conclusion, low, high), fit=fit).failures == ()


def test_rates_have_no_welcome_direction():
    row = {"measure": "Turnover", "rate": 0.1, "change": -0.05, "change_low": -0.1, "change_high": 0.0, "conclusion": "fell", "note": None}
    told = found(Beside("workforce.turnover", "workforce", row)).rows[0]
    assert (told["statement"], told["estimate"], told["direction"]) == ("Turnover", -0.05, "no telling")
