"""Respondents to counts, seen through small surveys made in memory."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rpgstat.errors import UserError
from rpgstat.study import Battery, Column, Group, Item, Scale, Source, Study, Survey, Wave
from rpgstat.tally import respondents, tally

AGREEMENT = Scale("agreement", ("No", "Rather no", "Rather yes", "Yes"), aliases={"Yep": "Yes"}, not_applicable=("Don't know",))


def survey(name: str = "wave.csv", **columns: list[str | None]) -> Survey:
    frame = pl.LazyFrame({f"c{i}": cells for i, cells in enumerate(columns.values())}, schema={f"c{i}": pl.String for i in range(len(columns))})
    return Survey(name, Path(name), frame, tuple(Column(f"c{i}", header) for i, header in enumerate(columns)), "flat")


def study(*items: Item, scale: Scale = AGREEMENT, waves: tuple[str, ...] = ("one",)) -> Study:
    return Study(tuple(Wave(w) for w in waves), (Battery("B", scale, items),))


def count(cells: list[str | None], scale: Scale = AGREEMENT):
    return tally(study(Item("a", "a"), scale=scale), [Source(survey(a=cells), ("one",))], [("one",)]).counts["a", "one"]


def test_levels_off_scale_and_missing_answers_are_counted_apart():
    nothing = [None, "", "NA", " "]
    source = Source(survey(a=["No", "Yes", "Yes", "Don't know", *nothing], role=["Worker"] * 8), ("one",))
    found = tally(study(Item("a", "a")), [source], [("one",)]).counts["a", "one"]
    assert found.levels == (1, 0, 0, 2)
    assert (found.n, found.not_applicable, found.missing) == (3, 1, 4)


def test_rows_without_any_answer_are_no_respondents():
    for nothing in (None, "", "NA", " ", "\u00a0", "nan", "#N/A"):
        source = Source(survey(a=["No", "Yes", nothing], role=["Worker", nothing, nothing]), ("one",))
        found = tally(study(Item("a", "a")), [source], [("one",)])
        assert (found.returned["one"], found.counts["a", "one"].missing) == (2, 0)
        assert found.warnings == ("wave.csv: 1 row without any answer left out",)


def test_of_a_wave_of_blank_rows_nothing_can_be_said():
    assert count([None, "NA", " "]).n == 0


def test_other_spellings_of_a_label_are_the_same_answer():
    assert count(["yes", " YES ", "Yep", "Don\u2019t\u00a0know", "rather  no"]).levels == (0, 1, 0, 3)


def test_codes_match_whole_floats():
    scale = Scale("s", ("Low", "High"), codes=("1", "5"))
    assert count(["1", "5.0", "High", "1.0"], scale).levels == (2, 2)


def test_a_declared_level_wins_over_the_words_for_nothing():
    assert count(["NA", "Yes", "NA"], Scale("s", ("NA", "Yes"))).levels == (2, 1)


def test_an_unknown_answer_is_shown_with_its_item_count_and_nearest_level():
    with pytest.raises(UserError) as caught:
        count(["Yes", "Rather yess", "Rather yess", "No"])
    assert "item `a`" in caught.value.problem
    assert "`Rather yess` (2 people), nearest level `Rather yes`" in caught.value.problem
    assert "[scales.agreement]" in caught.value.hint


def test_free_text_is_never_printed():
    with pytest.raises(UserError, match="looks like free text") as caught:
        count([f"My manager said {i}" for i in range(60)])
    assert "manager" not in caught.value.problem + caught.value.hint


def test_answers_that_only_late_rows_hold_are_counted_too(monkeypatch):
    monkeypatch.setattr("rpgstat.tally._answers.HEAD_ROWS", 2)
    assert count(["Yes", "Yes", "No", "no ", "Yep", " ", "Don't know"]).levels == (2, 0, 0, 3)
    with pytest.raises(UserError, match=r"`Maybe` \(1 person\)"):
        count(["Yes", "Yes", "No", "Maybe"])


def test_a_reversed_item_is_counted_lowest_score_first():
    found = tally(study(Item("a", "a", reverse=True)), [Source(survey(a=["Yes", "Yes", "No"]), ("one",))], [("one",)])
    assert found.counts["a", "one"].levels == (2, 0, 0, 1)


def test_a_battery_score_needs_half_of_the_items_and_off_scale_answers_do_not_count():
    source = Source(
        survey(a=["Yes", "Yes", "No", None], b=["No", None, "Don't know", None], c=["Yes", None, None, None], d=["Yes", "Rather no", None, "Yes"]), ("one",)
    )
    items = [Item(x, x) for x in "abcd"]
    found = tally(study(*items), [source], [("one",)]).scores["B", ("a", "b", "c", "d"), "one"]
    assert dict(zip(found.values, found.counts, strict=True)) == {Fraction(13, 4): 1, Fraction(3): 1}
    assert found.missing == 2


def test_fractional_and_reversed_scores_enter_a_battery_exactly():
    scale = Scale("s", ("Low", "Mid", "High"), scores=(Fraction(0), Fraction("0.1"), Fraction(1)))
    source = Source(survey(a=["Mid", "High"], b=["Mid", "Low"]), ("one",))
    found = tally(study(Item("a", "a"), Item("b", "b", reverse=True), scale=scale), [source], [("one",)]).scores["B", ("a", "b"), "one"]
    assert found.values == (Fraction(1, 2), Fraction(1))


def test_waves_in_one_file_are_told_apart_by_their_column():
    source = Source(survey(when=["First", "second ", "first", "Third", None], a=["Yes", "No", "No", "Yes", "Yes"]), ("first", "second"), "when")
    found = tally(study(Item("a", "a"), waves=("first", "second")), [source], [("first", "second")])
    assert found.returned == {"first": 2, "second": 1}
    assert found.counts["a", "second"].levels == (1, 0, 0, 0)
    assert any("`Third` in 1 row is no wave of the study" in warning for warning in found.warnings)


def test_a_declared_wave_without_rows_is_an_error():
    source = Source(survey(when=["first"], a=["Yes"]), ("first", "second"), "when")
    with pytest.raises(UserError, match="wave `second` has no respondents"):
        tally(study(Item("a", "a"), waves=("first", "second")), [source], [("first", "second")])


def test_batteries_are_scored_on_the_items_that_both_waves_answered():
    one = Source(survey("1.csv", a=["Yes", "No"], b=["Yes", "Yes"], c=[None, None]), ("one",))
    two = Source(survey("2.csv", a=["Yes"], c=["No"]), ("two",))
    items = [Item(x, x) for x in "abc"]
    found = tally(study(*items, waves=("one", "two")), [one, two], [("one", "two")])
    assert found.common(("a", "b", "c"), ("one", "two")) == ("a",)
    assert found.scores["B", ("a",), "one"].counts == (1, 1)
    assert ("b", "two") not in found.counts


def test_an_item_that_no_file_holds_names_the_nearest_column():
    with pytest.raises(UserError, match="item `a`: no column `reflekt`") as caught:
        tally(study(Item("a", "reflekt")), [Source(survey(reflect=["Yes"]), ("one",))], [("one",)])
    assert caught.value.hint == "did you mean `reflect`?"


def test_two_items_cannot_share_a_column():
    with pytest.raises(UserError, match="named by both items `a` and `b`"):
        tally(study(Item("a", "x"), Item("b", "X ")), [Source(survey(x=["Yes"]), ("one",))], [("one",)])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from([*AGREEMENT.levels, "Don't know", None])] * 3), min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_counts_add_up_and_row_order_is_irrelevant(people, random):
    def counted(rows):
        source = Source(survey(a=[r[0] for r in rows], b=[r[1] for r in rows], c=[r[2] for r in rows]), ("one",))
        return tally(study(*[Item(x, x) for x in "abc"]), [source], [("one",)])

    found = counted(people)
    assert found == counted(random.sample(people, len(people)))
    told = sum(any(row) for row in people) or len(people)  # blank rows are nobody's, unless there are no others
    for cell in found.counts.values():
        assert cell.n + cell.not_applicable + cell.missing == told == found.returned["one"]
    for score in found.scores.values():
        assert score.n + score.missing == told


def test_respondent_rows_give_the_same_scores_as_the_counts():
    one = survey(a=["Yes", "No", None, "Don't know"], b=["No", "Yep", "Yes", "Rather no"])
    declared = study(Item("a", "a", reverse=True), Item("b", "b"))
    rows = respondents(declared, [Source(one, ("one",))])
    assert rows.item("a", "one") == [1.0, 4.0]
    assert rows.battery(["a", "b"], "one") == [1.0, 4.0, 4.0, 2.0]


def test_rows_without_a_wave_are_counted_and_told():
    source = Source(survey(when=["first", None, "second", ""], a=["Yes", "No", "No", "Yes"]), ("first", "second"), "when")
    found = tally(study(Item("a", "a"), waves=("first", "second")), [source], [("first", "second")])
    assert found.warnings == (
        "wave.csv: column `when`: blank in 1 row, left out",
        "wave.csv: column `when`: `` in 1 row is no wave of the study; left out",
    )


def test_a_group_that_is_no_column_is_an_error():
    declared = Study((Wave("one"),), (Battery("B", AGREEMENT, (Item("a", "a"),)),), groups=(Group("role", ("Job rolle",)),))
    with pytest.raises(UserError, match="group `role`: no column `Job rolle`") as caught:
        tally(declared, [Source(survey(a=["Yes"], **{"Job role": ["Manager"]}), ("one",))], [("one",)])
    assert caught.value.hint == "did you mean `Job role`?"


# --- how the items of a score go together ------------------------------------------------------------------------------


def sums_by_hand(people):
    """Number, sums, squares and sums with the total of rows of scores."""
    totals, items = [sum(row) for row in people], list(zip(*people, strict=True))
    squares = tuple(sum(x * x for x in item) for item in items)
    return len(people), tuple(map(sum, items)), squares, tuple(sum(x * t for x, t in zip(item, totals, strict=True)) for item in items)


@pytest.mark.parametrize("scores", [(1, 2), (1, 4), (Fraction(1, 2), 3)])
def test_sums_are_of_those_who_answered_every_item_in_any_wave(scores):
    scale = Scale("s", ("No", "Yes"), scores=tuple(map(Fraction, scores)), not_applicable=("N/A",))
    declared = study(Item("a", "a"), Item("b", "b", reverse=True), scale=scale)
    one = survey(a=["Yes", "No", "Yes", None], b=["No", "Yes", "N/A", "No"])
    two = survey(a=["Yes", "Yes"], b=["Yes", ""])
    found = tally(declared, [Source(one, ("one",)), Source(two, ("two",))], [("one",)]).item_sums["B", ("a", "b")]
    unit = 2 if scores[0] == Fraction(1, 2) else 1
    low, high = (int(score * unit) for score in scores)
    assert (found.n, found.sums, found.squares, found.with_total) == sums_by_hand([(high, high), (low, low), (high, low)])


def test_sums_are_of_waves_that_asked_every_item_and_of_no_row_without_a_wave():
    declared = study(Item("a", "a"), Item("b", "b"))
    one = survey(wave=["one", "one", "none", "two"], a=["Yes", "No", "Yes", "Yes"], b=["No", "No", "Yes", "Yes"])
    three = survey(a=["Yes"])
    sources = [Source(one, ("one", "two"), "wave"), Source(three, ("three",))]
    found = tally(declared, sources, [("one",), ("three",)]).item_sums
    assert {key[1] for key in found} == {("a", "b")}
    own = found["B", ("a", "b")]
    assert (own.n, own.sums, own.squares, own.with_total) == sums_by_hand([(4, 1), (1, 1), (4, 4)])
