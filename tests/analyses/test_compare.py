"""Change between waves: what stands in a row, what stays empty and why, and what is concluded."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rpgstat.analyses.compare import compare, contrasts
from rpgstat.analyses.methods import CompareOptions
from rpgstat.errors import UserError
from rpgstat.study import Battery, Counts, Item, Scale, Study, Tally, Wave

PAIR = [("one", "two")]
LEVELS = st.tuples(*[st.integers(0, 30)] * 4)


def first(make, one, two, **options):
    scale = options.pop("scale", None)
    made = make({"a": {"one": one, "two": two}}, **({"scale": scale} if scale else {}))
    return compare(*made, PAIR, CompareOptions(**options)).rows[0]


def test_a_change_is_later_minus_reference(make):
    row = first(make, (10, 10, 5, 5), (5, 5, 10, 10))
    assert row["estimate"] == pytest.approx(row["mean"] - row["mean_reference"])
    assert row["estimate"] > 0
    assert (row["agree_reference"], row["agree"]) == (pytest.approx(1 / 3), pytest.approx(2 / 3))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(LEVELS, LEVELS, st.sampled_from(["welch", "student", "mann-whitney", "brunner-munzel", "exact", "exact-rank"]))
def test_swapping_the_waves_mirrors_the_change(make, one, two, method):
    there, back = first(make, one, two, method=method), first(make, two, one, method=method)
    for column in ("estimate", "effect"):
        assert there[column] is None or there[column] == pytest.approx(-back[column], rel=1e-6, abs=1e-9)
    assert there["p_value"] == (None if back["p_value"] is None else pytest.approx(back["p_value"], rel=1e-6, abs=1e-12))
    mirrored = {"higher": "lower", "lower": "higher"}
    assert back["conclusion"] == mirrored.get(there["conclusion"], there["conclusion"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(LEVELS, LEVELS, st.sampled_from(["welch", "student", "mann-whitney", "chi-square", "exact"]))
def test_an_interval_holds_its_estimate_and_every_empty_cell_has_a_reason(make, one, two, method):
    row = first(make, one, two, method=method)
    intervals = (("conf_low", "estimate", "conf_high"), ("agree_change_low", "agree_change", "agree_change_high"), ("mean_low", "mean", "mean_high"))
    for low, middle, high in intervals:
        assert row[low] is None or row[low] <= row[middle] + 1e-12 <= row[high] + 2e-12
    empty = [column for column in ("mean", "estimate", "std_error", "p_value", "effect_low") if row[column] is None]
    assert not empty or row["note"], empty
    assert row["conclusion"] is None or row["p_value"] is not None


def test_reversing_the_item_turns_the_change_round(make):
    plain = first(make, (1, 5, 9, 2), (4, 4, 4, 9))
    made = make({"a": {"one": (2, 9, 5, 1), "two": (9, 4, 4, 4)}}, reverse=("a",))
    row = compare(*made, PAIR, CompareOptions()).rows[0]
    assert row["estimate"] == pytest.approx(-plain["estimate"])
    assert row["text"] == "Statement a (reversed)"
    assert "agree = disagreed with the wording" in row["note"]


def test_one_person_in_a_wave_leaves_means_and_change_but_no_test(make):
    row = first(make, (0, 1, 0, 0), (3, 4, 5, 6))
    assert row["mean_reference"] == 2
    assert row["estimate"] == pytest.approx(row["mean"] - 2)
    assert (row["std_error"], row["p_value"], row["conclusion"]) == (None, None, None)
    assert row["note"]


def test_constant_waves_that_differ_get_the_exact_p_and_say_so(make):
    row = first(make, (0, 5, 0, 0), (0, 0, 5, 0))
    assert row["method"] == "exact"
    assert row["p_value"] == pytest.approx(2 / 252)  # 5 of 10: the two most extreme of 252 splits
    assert row["conclusion"] == "higher"
    assert "exact permutation p" in row["note"]


def test_constant_equal_waves_are_not_tested(make):
    row = first(make, (0, 5, 0, 0), (0, 7, 0, 0))
    assert (row["estimate"], row["p_value"], row["conclusion"]) == (0, None, None)
    assert row["note"]


def test_a_wave_without_valid_answers_says_so(make):
    row = first(make, (1, 2, 3, 4), (0, 0, 0, 0))
    assert (row["n"], row["mean"], row["estimate"]) == (0, None, None)
    assert row["note"] == "no valid answers in two"


def test_an_item_missing_from_a_wave_has_a_row_that_says_so_and_leaves_the_battery_score():
    scale = Scale("s", ("No", "Rather", "Yes"))
    study = Study((Wave("one"), Wave("two")), (Battery("B", scale, (Item("a", "A"), Item("b", "B"))),))
    cells = {("a", "one"): Counts((1, 2, 3), 0, 0), ("b", "one"): Counts((1, 2, 3), 0, 0), ("a", "two"): Counts((0, 2, 4), 0, 0)}
    rows = compare(Tally(("one", "two"), {"one": 6, "two": 6}, cells, {}, (6, 6)), study, PAIR, CompareOptions()).rows
    assert [row["item"] for row in rows] == ["a", "b", None]
    assert rows[1]["n_reference"] == 6
    assert rows[1]["mean_reference"] == pytest.approx(14 / 6)
    assert (rows[1]["estimate"], rows[1]["note"]) == (None, "not asked in two")
    assert rows[2]["note"] == "scored on the 1 item that both waves have; left out: b"


def test_p_is_adjusted_within_each_battery_and_battery_rows_by_themselves():
    scale = Scale("s", ("1", "2", "3", "4"))
    items = (Item("a", "A"), Item("b", "B"))
    study = Study((Wave("one"), Wave("two")), (Battery("B", scale, items), Battery("C", scale, (Item("c", "C"),))))
    cells = {(i, w): Counts(levels, 0, 0) for i in "abc" for w, levels in (("one", (9, 9, 4, 4)), ("two", (5, 6, 8, 9)))}
    result = compare(Tally(("one", "two"), {"one": 26, "two": 28}, cells, {}, (26, 28)), study, PAIR, CompareOptions(adjust="bonferroni"))
    by_item = {row["item"]: row for row in result.rows if row["item"]}
    assert by_item["a"]["p_adjusted"] == pytest.approx(2 * by_item["a"]["p_value"])
    assert by_item["c"]["p_adjusted"] == by_item["c"]["p_value"]


def test_significant_before_adjustment_only_says_so():
    scale = Scale("s", ("1", "2", "3", "4"))
    study = Study((Wave("one"), Wave("two")), (Battery("B", scale, tuple(Item(x, x) for x in "abcd")),))
    cells = {(i, w): Counts(levels, 0, 0) for i in "abcd" for w, levels in (("one", (9, 9, 4, 4)), ("two", (5, 6, 8, 9)))}
    row = compare(Tally(("one", "two"), {"one": 26, "two": 28}, cells, {}, (26, 28)), study, PAIR, CompareOptions()).rows[0]
    assert row["p_value"] < 0.05 < row["p_adjusted"]
    assert (row["conclusion"], row["note"]) == ("inconclusive", "not significant after adjustment")


def test_equivalence_needs_a_margin_and_gives_its_limits(make):
    close = {"one": (100, 200, 200, 100), "two": (101, 199, 200, 100)}
    assert first(make, close["one"], close["two"])["conclusion"] == "inconclusive"
    row = first(make, close["one"], close["two"], margin=0.3)
    assert row["conclusion"] == "equivalent"
    assert row["note"].startswith("90 % limits of the change:")


def test_a_real_change_within_the_margin_is_equivalent_and_said_to_be_real(make):
    row = first(make, (1000, 2000, 2000, 1000), (800, 2000, 2000, 1200), margin=0.5)
    assert row["conclusion"] == "equivalent"
    assert "real but within the margin" in row["note"]


def test_a_rank_test_that_decides_otherwise_is_noted_and_changes_nothing(make):
    row = first(make, (0, 0, 40, 20), (4, 0, 20, 36))
    assert "rank check disagrees" in row["note"]
    assert row["conclusion"] == "inconclusive"


def test_chi_square_says_different_and_leaves_battery_scores_untested(make):
    made = make({"a": {"one": (20, 5, 5, 20), "two": (5, 20, 20, 5)}})
    item, battery = compare(*made, PAIR, CompareOptions(method="chi-square")).rows
    assert (item["conclusion"], item["effect_name"], item["estimate"]) == ("different", "V", 0)
    assert (battery["p_value"], battery["conclusion"]) == (None, None)
    assert "chi-square compares levels" in battery["note"]


def test_chi_square_with_few_people_adds_the_exact_p(make):
    assert "conditional exact p" in first(make, (1, 2, 3, 0), (0, 3, 1, 4), method="chi-square")["note"]


def test_an_undeclared_numeric_scale_compares_means_only(make):
    scale = Scale("numbers", ("0", "1", "2", "3"), scores=tuple(map(Fraction, range(4))), labelled=False)
    row = first(make, (3, 4, 5, 6), (6, 5, 4, 3), scale=scale)
    assert row["estimate"] < 0
    assert [row[c] for c in ("agree", "agree_reference", "agree_change", "agree_change_low")] == [None] * 4
    assert "undeclared numeric scale" in row["note"]


def test_bayes_factor_stands_beside_p(make):
    row = first(make, (10, 10, 5, 5), (5, 5, 10, 10), bayes=True)
    assert row["bf10"] > 1
    assert "bf10" not in first(make, (10, 10, 5, 5), (5, 5, 10, 10))


def test_contrasts_need_two_waves_and_a_known_reference():
    with pytest.raises(UserError, match="two waves"):
        contrasts(["one"], None, "reference")
    with pytest.raises(UserError) as caught:
        contrasts(["+1 year", "+3 years"], "+3 year", "reference")
    assert "+3 years" in caught.value.hint


def test_wanted_waves_choose_among_the_pairs_and_change_none():
    assert contrasts(["a", "b", "c"], None, "previous", ["c"]) == [("b", "c")]
    assert contrasts(["a", "b", "c"], "b", "reference", ["c"]) == [("b", "c")]
    with pytest.raises(UserError, match="no other is left"):
        contrasts(["a", "b"], None, "reference", ["a"])
    with pytest.raises(UserError, match="--against previous"):
        contrasts(["a", "b", "c"], "c", "previous")


def test_one_constant_wave_has_no_interval_and_the_row_says_so(make):
    row = first(make, (0, 0, 5, 0), (3, 4, 5, 6))
    assert (row["reference_low"], row["p_value"] is None) == (None, False)
    assert "all answers equal in one" in row["note"]


def test_the_method_sentence_names_test_adjustment_and_level(make):
    made = make({"a": {"one": (1, 2, 3, 4), "two": (2, 2, 3, 4)}})
    sentence = compare(*made, PAIR, CompareOptions(method="mann-whitney", adjust="bh", alpha=0.1)).method
    assert "Mann-Whitney" in sentence
    assert "Benjamini and Hochberg" in sentence
    assert "below 0.1." in sentence


@pytest.mark.parametrize(
    ("invited", "note"),
    [
        ((100, 100), "22 % and 32 % of those invited answered; who did not may think otherwise."),
        ((100, 40), "22 % of those invited in one answered; who did not may think otherwise."),
        ((44, 64), None),
        ((None, 100), "32 % of those invited in two answered; who did not may think otherwise."),
        ((None, None), None),
    ],
)
def test_waves_in_which_few_answered_are_told_beside_the_conclusions(make, invited, note):
    tally, study = make({"a": {"one": (4, 6, 8, 4), "two": (4, 8, 12, 8)}})
    waves = tuple(replace(wave, invited=n) for wave, n in zip(study.waves, invited, strict=True))
    notes = compare(tally, replace(study, waves=waves), [("one", "two")], CompareOptions()).notes
    assert [words for words in notes if "of those invited" in words] == ([note] if note else [])
    assert "Waves are treated as independent; people who answered both usually make the interval wider than needed." in notes


def test_no_note_speaks_of_what_would_be_found(make):
    tally, study = make({"a": {"one": (4, 6, 8, 4), "two": (4, 8, 12, 8)}})
    result = compare(tally, study, [("one", "two")], CompareOptions())
    assert result.rows[0]["conclusion"] == "inconclusive"
    assert result.rows[0]["detectable"] > 0
    assert not [words for words in (result.method, *result.notes) if "would be found" in words]
