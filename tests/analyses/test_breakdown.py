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
    groups, study = grouped({"A": (3, 4, 5, 6), "B": (6, 5, 4, 3), "C": (0, 0, 0, 0)}, missing={"C": 7})
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
    stated = {"A": (0, 1, 5, 5), "B": (5, 5, 1, 0), "C": (2, 3, 3, 2)}
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


# --- few people -----------------------------------------------------------------------------------------------------

FIGURES = ("sd", "conf_low", "conf_high", "agree", "agree_low", "agree_high", "std_error", "estimate_low", "estimate_high", "statistic", "df", "effect")


def test_of_few_people_the_mean_only_is_shown_and_tested_by_permutation(grouped):
    few, many = (0, 1, 2, 4), (20, 20, 10, 5)
    groups, study = grouped({"A": few, "B": (1, 3, 3, 1), "C": many})
    found = rows(breakdown(groups, study, waves=["one"]))
    a = found["A"]
    assert (a["n"], a["mean"], a["rank"], a["n_rest"], a["note"]) == (7, pytest.approx(24 / 7), 1, 63, "few answered: mean only")
    assert {name: a[name] for name in FIGURES} == dict.fromkeys(FIGURES)
    everyone = [sum(levels) for levels in zip(few, (1, 3, 3, 1), many, strict=True)]
    ways, totals = [0.0] * 29, math.comb(sum(everyone), 7)  # how seven of all these people can be drawn, by the sum of their scores
    for one, two, three in ((i, j, k) for i in range(8) for j in range(8 - i) for k in range(8 - i - j)):
        drawn = (one, two, three, 7 - one - two - three)
        ways[sum(s * n for s, n in enumerate(drawn, start=1))] += math.prod(map(math.comb, everyone, drawn))
    expected = 7 * sum(s * n for s, n in enumerate(everyone, start=1)) / sum(everyone)
    assert a["p_value"] == pytest.approx(sum(w for total, w in enumerate(ways) if abs(total - expected) >= abs(24 - expected)) / totals, rel=1e-9)
    assert a["conclusion"] == "higher"
    assert found["C"]["statistic"] is not None


def test_tests_of_means_alone_are_adjusted_among_themselves(grouped):
    groups, study = grouped({"A": (0, 1, 2, 4), "B": (1, 3, 3, 1), "C": (20, 20, 10, 5), "D": (4, 4, 4, 6)})
    found = rows(breakdown(groups, study, waves=["one"], adjust="bonferroni"))
    assert [row["p_adjusted"] for row in found.values()] == [min(2 * row["p_value"], 1) for row in found.values()]


def test_a_battery_score_of_few_people_is_not_tested(grouped):
    groups, study = grouped({"A": (0, 1, 2, 4), "B": (1, 3, 3, 1), "C": (20, 20, 10, 5)})
    score = rows(breakdown(groups, study, waves=["one"]), item=None)["A"]
    assert (score["n"], score["rank"], score["estimate"] > 0, score["p_value"], score["conclusion"]) == (7, 1, True, None, None)


def test_the_last_group_in_full_is_not_left_beside_one_mean(grouped):
    """All answers less those shown in full would be those of the one group that is not."""
    groups, study = grouped({"A": (1, 1, 2, 3), "B": (6, 6, 5, 5), "C": (20, 20, 10, 5)})
    found = rows(breakdown(groups, study, waves=["one"]))
    assert [row["sd"] is None for row in found.values()] == [True, True, False]
    assert found["B"]["note"] == "few answered: mean only"


@pytest.mark.parametrize(
    ("people", "hidden"),
    [
        ({"A": (0, 0, 1, 7)}, "A"),  # 3.875: seven of four and one of three, nothing else
        ({"A": (7, 1, 0, 0)}, "A"),
        ({"A": (0, 0, 2, 6)}, None),  # or one of two and seven of four
        ({"A": (0, 0, 0, 30)}, "A"),
    ],
)
def test_a_mean_that_leaves_one_possibility_is_withheld(grouped, people, hidden):
    groups, study = grouped({**people, "B": (1, 3, 3, 1), "C": (9, 9, 9, 9), "D": (20, 20, 10, 5)})
    found = rows(breakdown(groups, study, waves=["one"]))
    assert (found["A"]["note"] == "suppressed: small numbers") == (hidden == "A")
    assert found["B"]["mean"] is None or hidden is None  # the next smallest goes with it


@pytest.mark.parametrize("levels", [(0, 0, 12, 8), (5, 9, 0, 0)])
def test_where_all_or_none_agree_the_spread_is_not_shown(grouped, levels):
    groups, study = grouped({"A": levels, "B": (4, 4, 4, 4), "C": (20, 20, 10, 5)})
    a = rows(breakdown(groups, study, waves=["one"]))["A"]
    assert (a["n"], a["mean"] is None, a["sd"], a["agree"]) == (sum(levels), False, None, None)


def test_two_means_that_give_each_other_away_take_a_full_group_with_them(grouped):
    """Of twelve people at the top seven could be A's or six, and likewise B's; only six and six are few enough."""
    groups, study = grouped({"A": (0, 0, 3, 6), "B": (0, 0, 2, 6), "C": (0, 3, 4, 0), "D": (1, 7, 31, 10), "E": (30, 30, 30, 30)})
    found = rows(breakdown(groups, study, waves=["one"]))
    assert [row["sd"] is None for row in found.values()] == [True, True, True, True, False]
    assert found["A"]["mean"] == pytest.approx(33 / 9)


def test_beside_few_who_stated_no_group_a_full_group_has_means_only_against_everyone_else(grouped):
    groups, study = grouped({"A": (5, 6, 5, 6), "B": (9, 9, 9, 9), "C": (20, 20, 10, 5), None: (1, 2, 3, 1), "D": (2, 2, 2, 2)})
    a = rows(breakdown(groups, study, waves=["one"]))["A"]
    assert (a["sd"] is None, a["n_rest"], a["std_error"], a["statistic"], a["effect"]) == (False, 99, None, None, None)
    assert a["p_value"] is not None
    assert a["note"].startswith("everyone else by the mean only")


def test_with_a_mean_only_group_the_omnibus_is_a_permutation_of_the_means(grouped):
    groups, study = grouped({"A": (0, 1, 2, 4), "B": (1, 3, 3, 1), "C": (20, 20, 10, 5)})
    item, score = breakdown(groups, study, waves=["one"])[1].rows
    assert (item["groups"], item["n"], item["f_statistic"], item["h_statistic"], item["omega_squared"], item["h_p_value"]) == (3, 70, None, None, None, None)
    values = [scores(levels) for levels in ((0, 1, 2, 4), (1, 3, 3, 1), (20, 20, 10, 5))]
    test = stats.permutation_test(
        values,
        lambda *groups, axis: sum(group.sum(axis=axis) ** 2 / group.shape[axis] for group in groups),
        permutation_type="independent",
        n_resamples=9999,
        alternative="greater",
        vectorized=True,
        rng=3,
    )
    assert item["p_value"] == pytest.approx(test.pvalue, abs=4 * math.sqrt(2 * test.pvalue / 9999) + 1e-3)
    assert (score["p_value"], score["note"]) == (None, "few answered in some groups: not tested")


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
            exact = name == "p_value" and row["statistic"] is None  # of the mean alone, among all answers
            assert row[name] is None or exact or same(row[name], complete[group][name])
        assert (row["n"] is None) == (row["note"] == "suppressed: small numbers")
        assert (row["n"] is not None and row["sd"] is None) == ("few answered: mean only" in (row["note"] or ""))


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
