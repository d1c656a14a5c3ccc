"""`breakdown`: rows by group, what must hold for any data, and random data against SciPy and Pingouin."""

from __future__ import annotations

import math
import random

import pandas
import pingouin
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy import stats

from rpgstat.analyses.breakdown import breakdown

LEVELS = 4
sizes = st.lists(st.integers(0, 6), min_size=LEVELS, max_size=LEVELS)
parts = st.dictionaries(st.sampled_from("ABCDE"), sizes.filter(sum), min_size=2, max_size=5)
few = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)


def rows(results, item="a"):
    return {row["group"]: row for row in results[0].rows if row["item"] == item}


def scores(levels) -> list[float]:
    return [float(score) for score, n in enumerate(levels, start=1) for _ in range(n)]


def same(ours, theirs) -> bool:
    return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-12)


# --- what a row says ------------------------------------------------------------------------------------------------


def test_a_group_is_set_against_all_others_together(grouped):
    groups, study = grouped({"A": (0, 0, 5, 5), "B": (5, 5, 0, 0), "C": (2, 3, 3, 2)})
    found = rows(breakdown(groups, study, waves=["one"]))
    a = found["A"]
    assert (a["n"], a["mean"], a["n_rest"], a["mean_rest"]) == (10, 3.5, 20, 2.0)
    assert (a["estimate"], a["rank"], a["conclusion"]) == (1.5, 1, "higher")
    assert (found["B"]["rank"], found["B"]["conclusion"]) == (3, "lower")
    assert found["C"]["conclusion"] == "inconclusive"


def test_equal_means_share_the_better_rank(grouped):
    groups, study = grouped({"A": (0, 5, 5, 0), "B": (5, 0, 0, 5), "C": (5, 5, 0, 0)})
    assert [row["rank"] for row in rows(breakdown(groups, study, waves=["one"])).values()] == [1, 1, 3]


def test_a_group_without_answers_says_so(grouped):
    groups, study = grouped({"A": (0, 0, 5, 5), "B": (5, 5, 0, 0), "C": (0, 0, 0, 0)}, missing={"C": 7})
    silent = rows(breakdown(groups, study, waves=["one"]))["C"]
    assert (silent["n"], silent["mean"], silent["rank"], silent["p_value"], silent["note"]) == (0, None, None, None, "no valid answers")


def test_one_person_has_no_variance_and_the_note_says_which_side(grouped):
    groups, study = grouped({"A": (0, 0, 1, 0), "B": (5, 5, 0, 0)}, suppression=False)
    found = rows(breakdown(groups, study, waves=["one"]))
    assert (found["A"]["estimate"], found["A"]["std_error"], found["A"]["p_value"], found["A"]["note"]) == (1.5, None, None, "group n = 1: no variance")
    assert found["B"]["note"] == "everyone else n = 1: no variance"


def test_groups_that_are_constant_at_different_scores_have_an_exact_p(grouped):
    groups, study = grouped({"A": (0, 0, 0, 6), "B": (6, 0, 0, 0)}, suppression=False)
    found = rows(breakdown(groups, study, waves=["one"]))
    assert found["A"]["p_value"] == pytest.approx(2 / math.comb(12, 6))
    assert (found["A"]["statistic"], found["A"]["conclusion"], found["B"]["conclusion"]) == (None, "higher", "lower")
    assert "exact permutation p" in found["A"]["note"]


def test_people_without_a_group_are_in_no_test(grouped):
    stated = {"A": (0, 0, 5, 5), "B": (5, 5, 0, 0), "C": (2, 3, 3, 2)}
    groups, study = grouped(stated)
    more, _ = grouped({**stated, None: (9, 0, 0, 9)})
    found, again = (rows(breakdown(each, study, waves=["one"])) for each in (groups, more))
    assert {group: found[group] for group in stated} == {group: again[group] for group in stated}
    unknown = again["(not stated)"]
    assert (unknown["n"], unknown["mean"], unknown["rank"], unknown["n_rest"], unknown["p_adjusted"]) == (18, 2.5, None, None, None)


def test_with_two_groups_a_contrast_counts_once(grouped):
    groups, study = grouped({"A": (1, 2, 5, 5), "B": (5, 5, 2, 1)})
    a, b = rows(breakdown(groups, study, waves=["one"], adjust="bonferroni")).values()
    assert a["p_adjusted"] == a["p_value"]
    assert (b["p_adjusted"], b["estimate"], b["effect"]) == (a["p_adjusted"], -a["estimate"], pytest.approx(-a["effect"]))


def test_significant_before_adjustment_only(grouped):
    groups, study = grouped({"A": (2, 3, 5, 6), "B": (6, 5, 4, 1), "C": (3, 4, 4, 3)})
    found = rows(breakdown(groups, study, waves=["one"], adjust="bonferroni"))
    assert found["B"]["p_value"] < 0.05 < found["B"]["p_adjusted"]
    assert (found["B"]["conclusion"], found["B"]["note"]) == ("inconclusive", "not significant after adjustment")


# --- for any data ---------------------------------------------------------------------------------------------------


@few
@given(parts)
def test_a_group_and_everyone_else_are_everyone(grouped, people):
    groups, study = grouped(people, suppression=False)
    everyone = scores([sum(levels) for levels in zip(*people.values(), strict=True)])
    for row in rows(breakdown(groups, study, waves=["one"])).values():
        assert row["n"] + row["n_rest"] == len(everyone)
        assert same(row["n"] * row["mean"] + row["n_rest"] * row["mean_rest"], sum(everyone))


@few
@given(parts, st.randoms(use_true_random=False))
def test_another_order_of_groups_is_another_order_of_rows(grouped, people, random):
    groups, study = grouped(people, suppression=False)
    shuffled = list(people)
    random.shuffle(shuffled)
    others, _ = grouped({group: people[group] for group in shuffled}, suppression=False)
    found, again = (breakdown(each, study, waves=["one"], post_hoc=True) for each in (groups, others))
    if len(people) > 2:  # of two, the first is tested and the second repeats it
        assert rows(again).keys() == rows(found).keys()
        for group, row in rows(found).items():
            assert all(same(row[name], other) if isinstance(other, float) else row[name] == other for name, other in rows(again)[group].items())
    for name in ("f_statistic", "df2", "p_value", "h_statistic", "h_p_value"):
        one, other = (result[1].rows[0][name] for result in (found, again))
        assert one is other is None or same(one, other)


@few
@given(parts)
def test_a_reversed_statement_turns_every_difference(grouped, people):
    turned = {group: levels[::-1] for group, levels in people.items()}
    plain, reversed_ = (rows(breakdown(*grouped(each, suppression=False), waves=["one"])) for each in (people, turned))
    for group, row in plain.items():
        assert same(row["mean"] + reversed_[group]["mean"], 1 + LEVELS)
        assert same(row["estimate"], -reversed_[group]["estimate"])
        assert row["p_value"] is None or same(row["p_value"], reversed_[group]["p_value"])


@few
@given(parts)
def test_more_people_with_the_same_answers_narrow_the_interval(grouped, people):
    once, twice = (rows(breakdown(*grouped({g: [n * k for n in levels] for g, levels in people.items()}, suppression=False), waves=["one"])) for k in (1, 4))
    for group, row in once.items():
        again = twice[group]
        assert same(row["estimate"], again["estimate"])
        if row["std_error"]:
            assert again["estimate_high"] - again["estimate_low"] < row["estimate_high"] - row["estimate_low"]


@few
@given(parts)
def test_withholding_hides_rows_and_changes_no_figure_that_is_shown(grouped, people):
    shown = rows(breakdown(*grouped(people), waves=["one"])) if any(sum(levels) > 4 for levels in people.values()) else {}
    complete = rows(breakdown(*grouped(people, suppression=False), waves=["one"]))
    for group, row in shown.items():
        for name in ("n", "mean", "sd", "conf_low", "agree", "n_rest", "mean_rest", "estimate", "p_value", "effect"):
            assert row[name] is None or row[name] == complete[group][name]
        assert (row["n"] is None) == (row["note"] == "suppressed: small numbers")


# --- random data against other libraries ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(8))
def test_random_groups_against_scipy_and_pingouin(grouped, seed):
    draw = random.Random(seed)
    people = {f"G{i}": [draw.randint(1, 12) for _ in range(LEVELS)] for i in range(draw.randint(3, 6))}
    groups, study = grouped(people)
    found = breakdown(groups, study, waves=["one"], post_hoc=True)
    values = {group: scores(levels) for group, levels in people.items()}
    for group, row in rows(found).items():
        rest = [score for other, own in values.items() if other != group for score in own]
        test = stats.ttest_ind(values[group], rest, equal_var=False)
        limits = test.confidence_interval(0.95)
        assert same(row["statistic"], test.statistic)
        assert same(row["p_value"], test.pvalue)
        assert same(row["df"], test.df)
        assert (same(row["estimate_low"], limits.low), same(row["estimate_high"], limits.high)) == (True, True)
        half = (len(values[group]) + len(rest) - 2) / 2  # Pingouin's correction is the approximate one
        approximate, exact = 1 - 3 / (8 * half - 1), math.exp(math.lgamma(half) - math.lgamma(half - 0.5)) / math.sqrt(half)
        assert same(row["effect"], pingouin.compute_effsize(values[group], rest, eftype="hedges") / approximate * exact)
    (omnibus,) = (row for row in found[1].rows if row["item"] == "a")
    data = pandas.DataFrame({"score": [s for own in values.values() for s in own], "group": [group for group, own in values.items() for _ in own]})
    welch = pingouin.welch_anova(data=data, dv="score", between="group").iloc[0]
    kruskal = stats.kruskal(*values.values())
    theirs = (welch["F"], welch["ddof1"], welch["ddof2"], kruskal.statistic, kruskal.pvalue, kruskal.statistic / (len(data) - 1))
    ours = [omnibus[name] for name in ("f_statistic", "df1", "df2", "h_statistic", "h_p_value", "epsilon_squared")]
    assert ours == [pytest.approx(value, rel=1e-9, abs=0) for value in theirs]
    pairs = pingouin.pairwise_gameshowell(data=data, dv="score", between="group")
    assert [(row["group"], row["other"]) for row in found[2].rows if row["item"] == "a"] == list(zip(pairs["A"], pairs["B"], strict=True))
    assert [row["estimate"] for row in found[2].rows if row["item"] == "a"] == [pytest.approx(value, rel=1e-9, abs=1e-12) for value in pairs["diff"]]
