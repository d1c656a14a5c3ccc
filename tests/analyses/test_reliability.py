"""Batteries and items: which figures stand, which cannot, and the reason beside each."""

from __future__ import annotations

from fractions import Fraction

import pytest

from rpgstat.analyses.reliability import reliability
from rpgstat.glossary.sentences import say
from rpgstat.study import Battery, Counts, Item, Moments, Scale, Study, Tally, Wave

AGREEMENT = Scale("agreement", ("Strongly disagree", "Disagree", "Agree", "Strongly agree"), family="agreement")
SEVEN = [(1, 2, 1), (2, 2, 3), (3, 4, 2), (4, 3, 4), (2, 1, 2), (3, 3, 3), (4, 4, 3)]


def found(people, *, scale=AGREEMENT, reverse=(), declared=0, **options):
    """Results from rows of scores, None where there is none; `declared` items more than the wave's file has."""
    k = len(people[0])
    items = tuple(Item(f"i{place}", f"Statement {place}", reverse=place in reverse) for place in range(k + declared))
    study = Study((Wave("one"),), (Battery("B", scale, items),), title=options.pop("title", ""))
    answers = list(zip(*people, strict=True))
    counts = {}
    for item, scores in zip(items, answers, strict=False):
        levels = tuple(sum(score == own for score in scores) for own in scale.scores)
        counts[item.id, "one"] = Counts(levels, 0, scores.count(None))
    asked = [place for place in range(k) if counts[f"i{place}", "one"].n]
    complete = [[row[place] for place in asked] for row in people if all(row[place] is not None for place in asked)]
    sums = tuple(Fraction(sum(row[i] for row in complete)) for i in range(len(asked)))
    products = tuple(tuple(Fraction(sum(row[i] * row[j] for row in complete)) for j in range(len(asked))) for i in range(len(asked)))
    moments = {("B", "one"): Moments(tuple(f"i{place}" for place in asked), len(complete), sums, products)} if asked else {}
    tally = Tally(("one",), {"one": len(people)}, counts, {}, (len(people),))
    return reliability(tally, moments, study, waves=["one"], **options)


def nulls(row, *columns):
    assert [row[column] for column in columns] == [None] * len(columns)


def test_figures_by_hand():
    scales, items = found([(1, 2), (2, 1), (3, 4), (4, 3)], title="T")
    (row,) = scales.rows  # variances 5/3 each, covariance 1
    assert (row["n"], row["items"], row["mean_r"]) == (4, 2, pytest.approx(0.6))
    assert row["alpha"] == pytest.approx(2 * (1 - (10 / 3) / (10 / 3 + 2)))
    assert row["alpha_low"] < row["alpha"] < row["alpha_high"]
    assert [item["item_rest"] for item in items.rows] == pytest.approx([0.6, 0.6])
    assert [(item["floor"], item["ceiling"]) for item in items.rows] == [(0.25, 0.25)] * 2
    assert (scales.title, items.title) == ("T: reliability of the batteries", "T: items against the rest of their battery")


def test_floor_ceiling_and_n_are_of_everyone_who_answered_the_item():
    scales, items = found([*SEVEN, (1, None, None), (None, None, 4)])
    assert scales.rows[0]["n"] == 7
    assert [row["n"] for row in items.rows] == [8, 7, 8]
    assert [row["missing"] for row in items.rows] == [1, 2, 1]
    assert [row["floor"] for row in items.rows] == [2 / 8, 1 / 7, 1 / 8]
    assert [row["ceiling"] for row in items.rows] == [2 / 8, 2 / 7, 2 / 8]
    assert "(in one 7 of “B”)." in items.notes[0]
    again = found(SEVEN)[1].rows
    assert [row["item_rest"] for row in items.rows] == [row["item_rest"] for row in again]


def test_a_negative_item_rest_suggests_reversal_and_changes_nothing():
    people = [(a, b, 5 - c) for a, b, c in SEVEN]
    scales, items = found(people)
    assert scales.rows[0]["note"].endswith("negative item-rest r of “Statement 2”")
    assert items.rows[2]["item_rest"] < 0
    assert "it may be worded the other way round (if so, declare `reverse = true`)" in items.rows[2]["note"]
    assert items.rows[2]["text"] == "Statement 2"
    assert any("nothing is reversed unless" in note for note in items.notes)
    straight = found(SEVEN)
    assert straight[1].rows[2]["item_rest"] > 0
    assert straight[1].rows[2]["note"] is None
    assert not any("nothing is reversed" in note for note in straight[1].notes)


def test_a_reversed_item_says_so_and_is_doubted_where_it_runs_against_the_rest():
    fine, doubtful = found(SEVEN, reverse=(2,))[1].rows[2], found([(a, b, 5 - c) for a, b, c in SEVEN], reverse=(2,))[1].rows[2]
    assert (fine["text"], fine["note"]) == ("Statement 2 (reversed)", "reversed: agree = disagreed with the wording")
    assert doubtful["note"].endswith("negative item-rest r although it is reversed: is it worded the other way round?")


def test_an_item_without_variance_is_named():
    scales, items = found([(a, 3, c) for a, _, c in SEVEN])
    (row,) = scales.rows
    nulls(row, "omega", "mean_r")
    assert row["alpha"] is not None
    assert row["note"] == "all gave one answer to `i1`: no mean r and no omega, though alpha counts all items"
    nulls(items.rows[1], "item_rest")
    assert items.rows[1]["alpha_if_dropped"] is not None
    assert items.rows[1]["note"] == "all who answered every item gave one answer here: no correlation"
    assert items.rows[0]["note"] is None


def test_all_answers_alike():
    scales, items = found([(3, 3, 3)] * 5)
    nulls(scales.rows[0], "alpha", "alpha_low", "alpha_high", "omega", "mean_r")
    assert scales.rows[0]["note"] == "all gave one answer to `i0`, `i1` and `i2`; the sum of the items has no variance"
    for row in items.rows:
        nulls(row, "item_rest", "alpha_if_dropped")
        assert row["note"].endswith("no alpha without it: the sum of the others has no variance")
        assert (row["n"], row["floor"], row["ceiling"]) == (5, 0, 0)


def test_items_that_cancel_out_have_no_alpha():
    scales, items = found([(1, 4), (2, 3), (4, 1)])
    nulls(scales.rows[0], "alpha", "omega", "mean_r")
    assert (
        scales.rows[0]["note"]
        == "the sum of the items has no variance; no omega: fewer than three items; negative item-rest r of “Statement 0” and “Statement 1”"
    )
    assert [row["item_rest"] for row in items.rows] == [-1, -1]


def test_the_sum_of_the_others_without_variance():
    row = found([(1, 1, 4), (2, 2, 3), (2, 4, 1), (1, 3, 2)])[1].rows[0]
    nulls(row, "item_rest", "alpha_if_dropped")
    assert row["note"] == "the sum of the other items has no variance"


def test_a_battery_of_one_item():
    scales, items = found([(1,), (2,), (4,)])
    nulls(scales.rows[0], "alpha", "alpha_low", "omega", "mean_r")
    assert (scales.rows[0]["n"], scales.rows[0]["items"]) == (3, 1)
    assert scales.rows[0]["note"] == "alpha needs two items; no omega: fewer than three items"
    nulls(items.rows[0], "item_rest", "alpha_if_dropped")
    assert (items.rows[0]["note"], items.rows[0]["ceiling"]) == ("no other item", 1 / 3)


def test_a_battery_of_two_items():
    scales, items = found([(1, 2), (2, 1), (3, 4), (4, 3)])
    assert scales.rows[0]["note"] == "no omega: fewer than three items"
    assert {row["note"] for row in items.rows} == {"no alpha without it: one item would be left"}


@pytest.mark.parametrize(
    ("people", "n", "note"),
    [
        ([(1, None, 3), (None, 2, 3)], 0, "nobody answered every item"),
        ([(1, 2, 3), (None, 2, 3)], 1, "one person answered every item: no variance"),
    ],
)
def test_too_few_complete_people(people, n, note):
    scales, items = found(people)
    assert (scales.rows[0]["n"], scales.rows[0]["items"], scales.rows[0]["note"]) == (n, 3, note)
    nulls(scales.rows[0], "alpha", "alpha_low", "alpha_high", "omega", "mean_r")
    for row in items.rows:
        nulls(row, "item_rest", "alpha_if_dropped")
        assert row["note"] == note
        assert row["floor"] is not None


def test_an_item_answered_only_off_the_scale_is_named_as_the_reason():
    study = Study((Wave("one"),), (Battery("B", AGREEMENT, (Item("a", "a"), Item("b", "b"))),))
    counts = {("a", "one"): Counts((1, 1, 1, 1), 0, 0), ("b", "one"): Counts((0, 0, 0, 0), 4, 0)}
    none = Moments(("a", "b"), 0, (Fraction(0),) * 2, ((Fraction(0),) * 2,) * 2)
    scales, items = reliability(Tally(("one",), {"one": 4}, counts, {}, (4,)), {("B", "one"): none}, study, waves=["one"])
    assert scales.rows[0]["note"] == "nobody answered every item: no answer on the scale to `b`"
    assert (items.rows[1]["n"], items.rows[1]["floor"], items.rows[1]["note"]) == (0, None, "no valid answers")


def test_items_that_a_wave_lacks_are_told():
    scales, items = found(SEVEN, declared=1)
    assert scales.rows[0]["items"] == 3
    assert scales.rows[0]["note"].startswith("made of 3 of 4 items, those answered in one; no omega: a Heywood case")
    nulls(items.rows[3], "n", "missing", "item_rest", "floor")
    assert items.rows[3]["note"] == "not asked in one"


@pytest.mark.parametrize(("cells", "note"), [({}, "not asked in one"), ({("a", "one"): Counts((0,) * 4, 0, 3)}, "no valid answers")])
def test_a_battery_that_nobody_answered(cells, note):
    study = Study((Wave("one"),), (Battery("B", AGREEMENT, (Item("a", "a"),)),))
    scales, items = reliability(Tally(("one",), {"one": 3}, cells, {}, (3,)), {}, study, waves=["one"])
    nulls(scales.rows[0], "n", "items", "alpha")
    assert (scales.rows[0]["note"], items.rows[0]["note"]) == (note, note)
    assert items.notes[0].endswith("who answered every item.")


def test_an_undeclared_numeric_scale_has_no_floor_and_suggests_to_declare_it():
    numbers = Scale("numbers", ("1", "2", "3", "4"), labelled=False)
    scales, items = found([(a, b, 5 - c) for a, b, c in SEVEN], scale=numbers)
    assert scales.rows[0]["alpha"] is not None
    nulls(items.rows[0], "floor", "ceiling")
    assert items.rows[0]["note"] == say("row.unknown_ends")
    assert "declare the scale, and `reverse = true`" in items.rows[2]["note"]


def test_alpha_sets_the_limits():
    narrow, wide = (found(SEVEN, alpha=alpha)[0] for alpha in (0.2, 0.01))
    assert wide.rows[0]["alpha_low"] < narrow.rows[0]["alpha_low"] < narrow.rows[0]["alpha_high"] < wide.rows[0]["alpha_high"]
    assert narrow.rows[0]["alpha"] == wide.rows[0]["alpha"]
    assert "80 % limits" in narrow.method
    assert wide.options == {"alpha": 0.01, "waves": ["one"]}
