"""Scores of one wave: figures, ranks, the verdict, and what is not there."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from rpgstat.analyses.score import score
from rpgstat.study import Battery, Counts, Design, Item, Scale, Study, Tally, Wave


def rows(make, levels, **options):
    return score(*make({"a": {"one": levels}}, **options), waves=["one"]).rows


def test_a_row_by_hand(make):
    row = rows(make, (1, 2, 3, 4), not_applicable=2, missing=3)[0]
    assert (row["n"], row["not_applicable"], row["missing"]) == (10, 2, 3)
    assert row["mean"] == 3.0  # (1 + 4 + 9 + 16) / 10
    assert row["sd"] == pytest.approx((10 / 9) ** 0.5)  # squares about 3: 4 + 2 + 0 + 4
    assert (row["agree"], row["net"], row["median"]) == (0.7, pytest.approx(0.4), 3)
    assert (row["distribution"], row["rank"]) == ([1, 2, 3, 4], 1)
    assert row["verdict"] == "not clearly on either side"  # the limits, 2.25 and 3.75, hold the midpoint


@pytest.mark.parametrize(
    ("levels", "verdict"),
    [
        ((1, 2, 13, 4), "more agreed than disagreed"),
        ((4, 13, 2, 1), "more disagreed than agreed"),
        ((2, 6, 8, 3), "not clearly on either side"),
        ((5, 5, 5, 5), "not clearly on either side"),
        ((0, 0, 1, 0), None),
        ((0, 0, 9, 0), None),
        ((0, 0, 0, 0), None),
    ],
)
def test_the_verdict_is_that_of_the_interval(make, levels, verdict):
    row = rows(make, levels)[0]
    assert row["verdict"] == verdict
    holds = None if row["conf_low"] is None else row["conf_low"] <= row["midpoint"] <= row["conf_high"]
    assert holds == {None: None, "not clearly on either side": True}.get(verdict, False)
    if verdict is None:
        assert "no verdict" in row["note"] or "no valid answers" in row["note"]


def test_a_narrower_interval_may_find_a_side(make):
    made = make({"a": {"one": (3, 7, 14, 6)}})
    strict, lax = (score(*made, waves=["one"], alpha=alpha).rows[0] for alpha in (0.05, 0.3))
    assert (strict["verdict"], lax["verdict"]) == ("not clearly on either side", "more agreed than disagreed")
    assert strict["p_value"] == lax["p_value"]


def test_the_battery_row_has_no_rank_distribution_or_off_scale_count(make):
    row = rows(make, (1, 2, 3, 4), not_applicable=2, missing=3)[1]
    assert (row["item"], row["text"], row["missing"]) == (None, "B a", 5)
    assert [row[c] for c in ("rank", "distribution", "not_applicable")] == [None] * 3
    assert row["agree"] == 0.7


def test_a_middle_level_is_neither_agreement_nor_disagreement_but_stays_in_n(make):
    five = Scale("five", ("--", "-", "0", "+", "++"), family="agreement")
    row = rows(make, (1, 0, 6, 2, 1), scale=five)[0]
    assert (row["n"], row["agree"], row["net"]) == (10, 0.3, pytest.approx(0.2))


def test_agreement_goes_by_position_whatever_the_scores(make):
    skewed = Scale("s", ("Low", "Mid", "High"), scores=(Fraction(1), Fraction(2), Fraction(10)))
    row = rows(make, (0, 5, 5), scale=skewed)[0]
    assert (row["midpoint"], row["agree"], row["mean"]) == (5.5, 0.5, 6)


@pytest.mark.parametrize(("levels", "verdict"), [((0, 11, 0, 9), "not clearly on either side"), ((0, 110, 0, 90), "more agreed than disagreed")])
def test_a_net_of_the_other_sign_is_noted(make, levels, verdict):
    row = rows(make, levels)[0]
    assert row["mean"] == pytest.approx(2.9)
    assert row["net"] == pytest.approx(-0.1)
    assert row["verdict"] == verdict
    assert "although more people are in the lower half" in row["note"]


def test_a_mean_exactly_at_the_midpoint_is_neither_above_nor_below(make):
    tenths = Scale("s", ("a", "b", "c"), scores=(Fraction("0.1"), Fraction("0.2"), Fraction("0.3")))
    assert rows(make, (3, 1, 3), scale=tenths)[0]["verdict"] == "not clearly on either side"


def test_a_reversed_item_is_read_in_the_wording_of_its_meaning(make):
    row = rows(make, (1, 2, 3, 4), reverse=("a",))[0]
    assert row["levels"] == ["Strongly agree", "Agree", "Disagree", "Strongly disagree"]
    assert (row["mean"], row["distribution"], row["agree"]) == (3.0, [1, 2, 3, 4], 0.7)
    assert row["text"].endswith("(reversed)")


@pytest.mark.parametrize(
    ("levels", "reason"),
    [((0, 0, 0, 0), "no valid answers"), ((0, 1, 0, 0), "n = 1: no variance"), ((0, 0, 4, 0), "all answers equal")],
)
def test_what_cannot_be_computed_is_empty_with_a_reason(make, levels, reason):
    row = rows(make, levels, missing=2)[0]
    assert [row[c] for c in ("conf_low", "conf_high", "p_value")] == [None] * 3
    assert reason in row["note"]


def test_an_undeclared_numeric_scale_gives_means_only(make):
    scale = Scale("numbers", ("1", "2", "3", "4"), labelled=False)
    row = rows(make, (1, 2, 3, 4), scale=scale)[0]
    assert row["mean"] == 3.0
    assert [row[c] for c in ("agree", "net", "verdict", "p_value")] == [None] * 4
    assert "undeclared numeric scale" in row["note"]


def test_equal_means_share_the_better_rank():
    scale = Scale("s", ("1", "2", "3"))
    items = tuple(Item(x, x) for x in "abcd")
    levels = {"a": (0, 3, 0), "b": (1, 1, 1), "c": (0, 0, 1), "d": (0, 0, 0)}
    cells = {(item, "one"): Counts(counts, 0, 3 - sum(counts)) for item, counts in levels.items()}
    tally = Tally(("one",), {"one": 3}, cells, {}, (3,))
    found = score(tally, Study((Wave("one"),), (Battery("B", scale, items),)), waves=["one"]).rows
    assert [row["rank"] for row in found] == [2, 2, 1, None, None]


def test_an_item_that_the_wave_lacks_has_a_row_that_says_so():
    scale = Scale("s", ("1", "2"))
    study = Study((Wave("one"),), (Battery("B", scale, (Item("a", "a"),)),))
    row = score(Tally(("one",), {"one": 3}, {}, {}, (3,)), study, waves=["one"]).rows[0]
    assert (row["n"], row["mean"], row["note"]) == (None, None, "not asked in one")


def test_a_reversed_item_gets_neutral_words(make):
    assert rows(make, (1, 2, 13, 4), reverse=("a",))[0]["verdict"] == "above the midpoint"


def test_without_sampling_error_there_is_a_side_but_no_test(make):
    tally, study = make({"a": {"one": (2, 6, 8, 3)}})
    row = score(replace(tally, design=Design(population={"one": 19})), study, waves=["one"]).rows[0]
    assert (row["conf_low"], row["conf_high"], row["p_value"]) == (row["mean"], row["mean"], None)
    assert (row["verdict"], row["note"]) == ("more agreed than disagreed", "no sampling error is left, so no test")
