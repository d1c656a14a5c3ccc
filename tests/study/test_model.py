"""Scales, items and studies as they are declared."""

from fractions import Fraction

import pytest

from rpgstat.study import Battery, Item, Scale, Study, Wave

AGREEMENT = Scale("agreement", ("Disagree strongly", "Disagree", "Agree", "Agree strongly"))


def test_levels_score_from_one():
    assert AGREEMENT.scores == (1, 2, 3, 4)


def test_declared_scores_stay():
    assert Scale("s", ("No", "Yes"), scores=(Fraction(0), Fraction(10))).scores == (0, 10)


@pytest.mark.parametrize(
    ("scale", "low", "midpoint", "high"),
    [
        (AGREEMENT, 1, Fraction(5, 2), 4),
        (Scale("s", ("No", "Maybe", "Yes")), 1, 2, 3),
        (Scale("s", ("No", "Maybe", "Yes"), scores=(Fraction(0), Fraction(1), Fraction(5))), 0, Fraction(5, 2), 5),
    ],
)
def test_the_midpoint_lies_between_the_ends_whatever_stands_there(scale, low, midpoint, high):
    assert (scale.low, scale.midpoint, scale.high) == (low, midpoint, high)


def test_every_wording_of_an_answer_has_its_position():
    scale = Scale("s", ("No", "Yes"), aliases={"Yep": "yes", "Nope": "No"}, not_applicable=("Don\u2019t know",), codes=("10", "20"))
    assert scale.positions == {"no": 0, "yes": 1, "10": 0, "20": 1, "nope": 0, "yep": 1, "don't know": None}


def test_an_item_is_found_by_its_columns_else_by_its_text():
    assert Item("a", "As asked").lookups == ("As asked",)
    assert Item("a", "As asked", ("Q1", "Q2")).lookups == ("Q1", "Q2")


def test_a_study_lists_its_items_with_their_batteries():
    first = Battery("A", AGREEMENT, (Item("a", "x"), Item("b", "y")))
    second = Battery("B", AGREEMENT, (Item("c", "z"),))
    assert [(battery.name, item.id) for battery, item in Study((Wave("1"),), (first, second)).items] == [("A", "a"), ("A", "b"), ("B", "c")]
