"""The change across groups: `interaction`, and the change at a fixed mix, by hand and for any data."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats

from rpgstat.analyses.across_groups import compare_standardised, interactions
from rpgstat.analyses.compare import compare, compare_groups
from rpgstat.analyses.methods import CompareOptions

PAIR = [("one", "two")]
OPTIONS = CompareOptions()
LOW, MIDDLE, HIGH = (4, 4, 2, 1), (2, 4, 4, 2), (1, 2, 4, 4)
few = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
levels = st.lists(st.integers(0, 8), min_size=4, max_size=4).filter(lambda counts: sum(n > 0 for n in counts) > 1)
people = st.dictionaries(st.sampled_from("ABCD"), st.fixed_dictionaries({"one": levels, "two": levels}), min_size=2, max_size=4)


def item(result):
    (row,) = (row for row in result.rows if row["item"] == "a")
    return row


def scores(counts) -> list[float]:
    return [float(score) for score, n in enumerate(counts, start=1) for _ in range(n)]


# --- the change inside each group -----------------------------------------------------------------------------------


def test_each_group_changes_by_itself(grouped):
    groups, study = grouped({"A": {"one": LOW, "two": HIGH}, "B": {"one": MIDDLE, "two": MIDDLE}})
    found = {row["group"]: row for row in compare_groups(groups, study, PAIR, OPTIONS).rows if row["item"] == "a"}
    test = stats.ttest_ind(scores(HIGH), scores(LOW), equal_var=False)
    assert (found["A"]["statistic"], found["A"]["p_value"]) == pytest.approx((test.statistic, test.pvalue), rel=1e-9)
    assert (found["B"]["estimate"], found["B"]["conclusion"]) == (0.0, "inconclusive")
    assert found["A"]["p_adjusted"] == pytest.approx(2 * found["A"]["p_value"])  # both groups are one family


def test_people_without_a_group_are_described_and_untested(grouped):
    groups, study = grouped({"A": {"one": LOW, "two": HIGH}, "B": {"one": MIDDLE, "two": HIGH}, None: {"one": LOW, "two": HIGH}})
    row = next(row for row in compare_groups(groups, study, PAIR, OPTIONS).rows if row["group"] == "(not stated)")
    assert (row["n"], row["p_value"], row["estimate"], row["note"]) == (11, None, None, "not tested: not a group")


def test_a_group_withheld_in_one_wave_shows_the_other(grouped):
    groups, study = grouped({"A": {"one": LOW, "two": HIGH}, "B": {"one": (1, 1, 0, 0), "two": HIGH}, "C": {"one": MIDDLE, "two": HIGH}})
    row = next(row for row in compare_groups(groups, study, PAIR, OPTIONS).rows if row["group"] == "B" and row["item"] == "a")
    assert (row["n_reference"], row["n"], row["estimate"], row["note"]) == (None, 11, None, "suppressed: small numbers")


# --- do the changes differ ------------------------------------------------------------------------------------------


def test_of_two_groups_f_is_the_square_of_the_difference_between_the_changes(grouped):
    by_wave = {"A": {"one": LOW, "two": HIGH}, "B": {"one": MIDDLE, "two": LOW}}
    groups, study = grouped(by_wave)
    row = item(interactions(groups, study, PAIR, {}))
    cells = [(sign, scores(own[wave])) for sign, own in ((1, by_wave["A"]), (-1, by_wave["B"])) for sign, wave in ((-sign, "one"), (sign, "two"))]
    difference = sum(sign * sum(cell) / len(cell) for sign, cell in cells)
    variance = sum(stats.sem(cell) ** 2 for _, cell in cells)
    assert row["f_statistic"] == pytest.approx(difference**2 / variance, rel=1e-9)
    assert (row["groups"], row["df1"]) == (2, 1)
    assert row["df2"] == pytest.approx(variance**2 / sum(stats.sem(cell) ** 4 / (len(cell) - 1) for _, cell in cells), rel=1e-9)
    assert row["p_value"] == pytest.approx(stats.f.sf(row["f_statistic"], 1, row["df2"]), rel=1e-9)


def test_groups_that_change_alike_give_no_f(grouped):
    groups, study = grouped({"A": {"one": LOW, "two": HIGH}, "B": {"one": LOW, "two": HIGH}, "C": {"one": LOW, "two": HIGH}})
    row = item(interactions(groups, study, PAIR, {}))
    assert (row["f_statistic"], row["p_value"]) == (pytest.approx(0, abs=1e-12), pytest.approx(1))


def test_a_group_that_is_withheld_in_a_wave_is_left_out_and_told(grouped):
    small = {"A": {"one": LOW, "two": HIGH}, "B": {"one": MIDDLE, "two": HIGH}, "C": {"one": (6, 6, 3, 6), "two": HIGH}, "D": {"one": (1, 0, 1, 0), "two": LOW}}
    row = item(interactions(*grouped(small), PAIR, {}))
    assert (row["groups"], row["note"]) == (2, "without the groups that are withheld")


def test_one_group_is_nothing_to_compare(grouped):
    groups, study = grouped({"A": {"one": LOW, "two": HIGH}, "B": {"one": LOW, "two": (0, 0, 0, 0)}}, suppression=False)
    row = item(interactions(groups, study, PAIR, {}))
    assert (row["groups"], row["f_statistic"], row["p_value"]) == (1, None, None)
    assert row["note"]


def test_several_comparisons_have_columns_that_tell_them_apart(grouped):
    groups, study = grouped({name: {"one": LOW, "two": HIGH, "three": MIDDLE} for name in "AB"})
    found = interactions(groups, study, [("one", "two"), ("one", "three")], {})
    assert [(row["reference"], row["wave"]) for row in found.rows if row["item"] == "a"] == [("one", "two"), ("one", "three")]
    assert "wave" not in interactions(groups, study, PAIR, {}).frame.columns


# --- the mix held fixed ---------------------------------------------------------------------------------------------


def test_a_shift_of_the_mix_alone_is_no_change_at_a_fixed_mix(grouped):
    """Nobody changed; only more of those who agree answered."""
    groups, study = grouped({"A": {"one": LOW, "two": LOW}, "B": {"one": HIGH, "two": [6 * n for n in HIGH]}, "C": {"one": MIDDLE, "two": MIDDLE}})
    row = item(compare_standardised(groups, study, PAIR, OPTIONS, "reference"))
    assert row["estimate"] > 0.3
    assert row["standardised"] == pytest.approx(0, abs=1e-12)
    assert row["standardised_p"] == pytest.approx(1)


@pytest.mark.parametrize("shares", ["reference", "pooled", {"A": 0.5, "B": 0.25, "C": 0.25}])
def test_a_fixed_mix_by_hand(grouped, shares):
    by_wave = {"A": {"one": LOW, "two": HIGH}, "B": {"one": MIDDLE, "two": HIGH}, "C": {"one": HIGH, "two": [2 * n for n in LOW]}}
    groups, study = grouped(by_wave)
    row = item(compare_standardised(groups, study, PAIR, OPTIONS, shares))
    waves = {"reference": ["one"], "pooled": ["one", "two"]}.get(shares if isinstance(shares, str) else "", [])
    total = sum(sum(own[wave]) for own in by_wave.values() for wave in waves)
    mix = {name: sum(sum(own[wave]) for wave in waves) / total for name, own in by_wave.items()} if waves else shares
    changes = {name: sum(scores(own["two"])) / sum(own["two"]) - sum(scores(own["one"])) / sum(own["one"]) for name, own in by_wave.items()}
    assert row["standardised"] == pytest.approx(sum(mix[name] * changes[name] for name in mix), rel=1e-9)
    variance = sum(mix[name] ** 2 * stats.sem(scores(own[wave])) ** 2 for name, own in by_wave.items() for wave in own)
    assert row["standardised_se"] == pytest.approx(math.sqrt(variance), rel=1e-9)


def test_a_group_too_small_for_a_variance_is_named(grouped):
    groups, study = grouped({"A": {"one": LOW, "two": HIGH}, "B": {"one": (1, 0, 0, 0), "two": HIGH}}, suppression=False)
    row = item(compare_standardised(groups, study, PAIR, OPTIONS, "reference"))
    assert (row["standardised"], row["standardised_p"]) == (None, None)
    assert row["note"].startswith("standardised: fewer than two answers in a group in one of the waves")
    assert row["note"].endswith(": B")


@few
@given(people)
def test_with_one_mix_in_both_waves_it_is_the_plain_change(grouped, by_wave):
    same = {name: {"one": own["one"], "two": own["one"][::-1]} for name, own in by_wave.items()}
    groups, study = grouped(same, suppression=False)
    row = item(compare_standardised(groups, study, PAIR, OPTIONS, "reference"))
    assert row["standardised"] is None or row["standardised"] == pytest.approx(row["estimate"], rel=1e-9, abs=1e-12)


@few
@given(people, st.randoms(use_true_random=False))
def test_the_order_of_groups_does_not_matter(grouped, by_wave, random):
    shuffled = list(by_wave)
    random.shuffle(shuffled)
    found = []
    for order in (list(by_wave), shuffled):
        groups, study = grouped({name: by_wave[name] for name in order}, suppression=False)
        found.append((item(compare_standardised(groups, study, PAIR, OPTIONS, "pooled")), item(interactions(groups, study, PAIR, {}))))
    for name in ("standardised", "standardised_se", "standardised_low", "standardised_p"):
        assert found[0][0][name] is found[1][0][name] is None or found[0][0][name] == pytest.approx(found[1][0][name], rel=1e-9, abs=1e-12)
    for name in ("f_statistic", "df2", "p_value"):
        assert found[0][1][name] is found[1][1][name] is None or found[0][1][name] == pytest.approx(found[1][1][name], rel=1e-9, abs=1e-12)


@few
@given(people)
def test_the_plain_change_stands_beside_it_untouched(grouped, by_wave):
    groups, study = grouped(by_wave)
    plain = compare(groups.whole, study, PAIR, OPTIONS).rows
    beside = compare_standardised(groups, study, PAIR, OPTIONS, "reference").rows
    notes = [name for name in plain[0] if name != "note"]
    assert [[row[name] for name in notes] for row in beside] == [[row[name] for name in notes] for row in plain]


@few
@given(people)
def test_swapping_the_waves_turns_the_signs(grouped, by_wave):
    turned = {name: {"one": own["two"], "two": own["one"]} for name, own in by_wave.items()}
    one, other = (item(compare_standardised(*grouped(each, suppression=False), PAIR, OPTIONS, "pooled")) for each in (by_wave, turned))
    if one["standardised"] is not None:
        assert other["standardised"] == pytest.approx(-one["standardised"], abs=1e-12)
        assert other["standardised_se"] == pytest.approx(one["standardised_se"])
    forth, back = (item(interactions(*grouped(each, suppression=False), PAIR, {})) for each in (by_wave, turned))
    assert forth["f_statistic"] is back["f_statistic"] is None or forth["f_statistic"] == pytest.approx(back["f_statistic"], abs=1e-12)


def test_equivalence_and_other_methods_go_beside_groups(grouped):
    groups, study = grouped({"A": {"one": LOW, "two": LOW}, "B": {"one": LOW, "two": HIGH}})
    found = compare_groups(groups, study, PAIR, replace(OPTIONS, method="mann-whitney"))
    row = next(row for row in found.rows if row["group"] == "B" and row["item"] == "a")
    assert (row["method"], row["effect_name"]) == ("mann-whitney", "delta")
    assert row["p_value"] == pytest.approx(stats.mannwhitneyu(scores(HIGH), scores(LOW), method="asymptotic").pvalue, rel=1e-9)


def test_a_group_of_which_nobody_may_know_how_many_returned_counts_among_those_withheld(grouped):
    """Its answers are shown and its number of people is not: a share of the mix would tell it."""
    groups, study = grouped({"A": {"one": LOW, "two": HIGH}, "B": {"one": MIDDLE, "two": HIGH}, "C": {"one": HIGH, "two": LOW}})
    told = replace(groups.parts["B"], returned={"two": groups.parts["B"].returned["two"]})
    row = item(compare_standardised(replace(groups, parts={**groups.parts, "B": told}), study, PAIR, OPTIONS, "reference"))
    known = item(compare_standardised(groups, study, PAIR, OPTIONS, "reference"))
    assert row["standardised"] == pytest.approx(known["standardised"])
