"""Small groups stay unseen: what is withheld, and an intruder who holds every output at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from rpgstat import disclosure, workflow
from rpgstat.analyses.across_groups import compare_standardised, interactions
from rpgstat.analyses.breakdown import breakdown
from rpgstat.analyses.compare import compare_groups
from rpgstat.analyses.methods import CompareOptions
from rpgstat.analyses.score import score
from rpgstat.errors import UserError
from rpgstat.study import NOT_STATED, Battery, Column, Disclosure, Group, Item, ItemCell, PeopleCell, Scale, Source, Study, Survey, Tally, Wave
from rpgstat.tally import tally
from rpgstat.weighting import raked
from tests.conftest import NIGHTLY

FEW = "few answered: mean only"
NO_REST = "no test: everyone else would tell how many did not state theirs"
SUPPRESSED = "suppressed: small numbers"

LEVELS = ("No", "Rather no", "Rather yes", "Yes")
RULE = Disclosure()
ITEMS = ("a", "b")
STUDY = Study(
    (Wave("one"), Wave("two")),
    (Battery("B", Scale("s", LEVELS), tuple(Item(name, name) for name in ITEMS)),),
    groups=(Group("role", ("role",)), Group("team", ("team",))),
)
Person = tuple[str | None, ...]  # role, team, then an answer to each item


def counted(people: dict[str, list[Person]], by: tuple[str, ...] = ("role",)) -> Tally:
    """The tally of each wave's people."""
    headers = ("role", "team", *ITEMS)
    sources = []
    for wave, rows in people.items():
        frame = pl.LazyFrame({f"c{i}": [row[i] for row in rows] for i in range(len(headers))}, schema={f"c{i}": pl.String for i in range(len(headers))})
        sources.append(Source(Survey(f"{wave}.csv", Path(f"{wave}.csv"), frame, tuple(Column(f"c{i}", h) for i, h in enumerate(headers)), "flat"), (wave,)))
    return tally(STUDY, sources, [("one",), ("two",), ("one", "two")], [group for group in STUDY.groups if group.name in by])


def safe(people: Tally, rule: Disclosure | None = RULE, study: Study = STUDY) -> disclosure.Groups:
    """The groups as they may be seen where the study declares no others."""
    return disclosure.groups(people, study, disclosure.plan(people, study, rule) if rule else None)


def of_sizes(*sizes: int, answers: tuple[str, ...] = LEVELS) -> list[Person]:
    """Groups A, B, C ... of these sizes, their members answering in turn."""
    return [(chr(65 + g), None, *(answers[(i + j) % len(answers)] for j in range(len(ITEMS)))) for g, n in enumerate(sizes) for i in range(n)]


def hidden(people: list[Person], rule: Disclosure = RULE, item: str = "a") -> set[str]:
    """The groups withheld on an item in wave one."""
    groups = safe(counted({"one": people, "two": of_sizes(9, 9)}), rule)
    return {group for group, part in groups.rows.items() if ItemCell(item, "one") in part.withheld}


@pytest.mark.parametrize(
    ("sizes", "withheld"),
    [
        ((9, 8, 7), set()),
        ((9, 8, 5), set()),  # five is the threshold
        ((9, 8, 4), {"B", "C"}),  # the next smallest goes too
        ((9, 3, 3), {"B", "C"}),  # two that are six together are enough
        ((9, 2, 2), {"A", "B", "C"}),  # two that are four together are not
        ((9, 4), {"A", "B"}),
        ((9, 6, 6, 1), {"C", "D"}),  # of equals the last
        ((20, 9, 9, 4), {"B", "C", "D"}),  # 4 and one of 9: as the smallest shown is 9, they could be nothing else
    ],
)
def test_small_groups_go_and_those_that_would_give_them_away(sizes: tuple[int, ...], withheld: set[str]) -> None:
    assert hidden(of_sizes(*sizes)) == withheld


def test_without_secondary_suppression_only_small_groups_go() -> None:
    assert hidden(of_sizes(9, 8, 4), Disclosure(secondary=False)) == {"C"}


def test_another_threshold() -> None:
    assert hidden(of_sizes(19, 18, 8), Disclosure(hide_below=10)) == {"B", "C"}
    assert hidden(of_sizes(9, 1, 4), Disclosure(hide_below=1)) == set()  # nothing is small


def test_a_group_of_one_answer_is_withheld_however_large() -> None:
    same = [("C", None, "Yes", LEVELS[i % 4]) for i in range(9)]
    assert hidden([*of_sizes(9, 8), *same]) == {"A", "B", "C"}  # beside C, B could not lie lower
    assert hidden([*of_sizes(9, 8), *same], item="b") == set()


def test_groups_withheld_together_are_not_all_of_one_answer_either() -> None:
    yes = [(group, None, "Yes", LEVELS[i % 4]) for group, n in (("B", 3), ("C", 6)) for i in range(n)]
    eight = [("D", None, *pair) for pair in zip(LEVELS * 2, LEVELS * 2, strict=True)]
    # everybody answered, so D are known to be 8, and would be known to have all the answers but Yes, unless A is withheld too
    assert hidden([*of_sizes(20), *yes, *eight]) == {"A", "B", "C", "D"}


def test_a_group_that_is_small_among_those_who_returned_it_is_withheld_on_every_item() -> None:
    people = of_sizes(9, 7, 6)
    silent = [("D", None, None, "Yes"), ("D", None, None, "No")]
    assert hidden([*people, *silent]) == {"C", "D"}  # though nobody of D answered item a


def test_people_who_did_not_state_their_group_count_as_one() -> None:
    unknown = [(None, None, "Yes", "No"), (None, None, "No", "No")]
    groups = safe(counted({"one": [*of_sizes(9, 8, 7), *unknown], "two": of_sizes(9, 9)}), RULE)
    assert groups.not_stated is not None
    assert ItemCell("a", "one") in groups.not_stated.withheld
    assert ItemCell("a", "one") in groups.parts["C"].withheld
    assert ItemCell("a", "one") in groups.stated.withheld  # all who stated one, less the total, would tell
    assert ("a", "two") in groups.stated.counts
    row = next(row for row in breakdown(groups, STUDY, waves=["one"])[0].rows if row["group"] == "A" and row["item"] == "a")
    assert (row["n"], row["n_rest"], row["mean_rest"], row["p_value"], row["p_adjusted"]) == (9, None, None, None, None)
    assert row["note"] == f"{FEW}; {NO_REST}"


def test_all_that_is_withheld_bears_one_note_and_no_figure() -> None:
    groups = safe(counted({"one": of_sizes(20, 9, 6, 2), "two": of_sizes(20, 9, 8, 7)}), RULE)
    names = {"battery", "item", "text", "wave", "reference", "by", "group", "scale_low", "midpoint", "scale_high", "note"}
    rows = [row for row in breakdown(groups, STUDY, waves=["one"])[0].rows if row["group"] in "CD"]
    assert rows
    for row in rows:
        assert row["note"] == SUPPRESSED
        assert {name for name, value in row.items() if value is not None} <= names
    change = next(row for row in compare_groups(groups, STUDY, [("one", "two")], CompareOptions()).rows if row["group"] == "C" and row["item"] == "a")
    assert (change["n_reference"], change["mean_reference"], change["estimate"], change["note"]) == (None, None, None, SUPPRESSED)
    assert change["n"] == 8  # the later wave is shown, here as in the breakdown


def test_a_wave_in_which_nobody_states_a_group_is_not_standardised() -> None:
    groups = safe(counted({"one": [(None, None, "No", "No")] * 9 + [(None, None, "Yes", "Yes")], "two": of_sizes(9, 9)}), RULE)
    result = compare_standardised(groups, STUDY, [("one", "two")], CompareOptions(), "reference")
    assert {row["standardised"] for row in result.rows} == {None}
    assert all("not standardised: nobody stated their role in one" in row["note"] for row in result.rows)


def test_without_suppression_everything_is_there() -> None:
    groups = safe(counted({"one": of_sizes(9, 1), "two": of_sizes(9, 1)}), None)
    assert {row["group"]: row["n"] for row in breakdown(groups, STUDY, waves=["one"])[0].rows if row["item"] == "a"} == {"A": 9, "B": 1}


def test_in_a_cross_no_cell_follows_from_its_row_and_column() -> None:
    sizes = {("A", "x"): 9, ("A", "y"): 8, ("B", "x"): 7, ("B", "y"): 3, ("C", "x"): 8, ("C", "y"): 9}
    people = [(role, team, LEVELS[i % 4], LEVELS[i % 3]) for (role, team), n in sizes.items() for i in range(n)]
    groups = safe(counted({"one": people, "two": people}, ("role", "team")), RULE)
    withheld = {group for group, part in groups.parts.items() if ItemCell("a", "one") in part.withheld}
    assert groups.by == "role × team"
    assert withheld == {"B × x", "B × y", "C × x", "C × y"}  # a square: its rows and columns have two unknowns each


# The intruder


@st.composite
def studies(draw: st.DrawFn) -> dict[str, list[Person]]:
    """Two waves of up to six roles, many of them small, some people without a role or an answer."""
    roles = draw(st.lists(st.sampled_from("ABCDEF"), min_size=2, max_size=6, unique=True))
    answer = st.sampled_from([*LEVELS, *LEVELS, None])

    def wave() -> list[Person]:
        sizes = {role: draw(st.sampled_from([0, 1, 2, 3, 4, 5, 6, 9, 14])) for role in [*roles, None]}
        return [(role, "North", draw(answer), draw(answer)) for role, n in sizes.items() for _ in range(n)]

    return {"one": wave(), "two": wave()}


def outputs(everyone: Tally, groups: disclosure.Groups) -> list[list[dict[str, object]]]:
    """Every row of every result that a study can give by role, and what it gives without."""
    pairs, options = [("one", "two")], CompareOptions()
    results = [
        score(everyone, STUDY, waves=["one", "two"]),
        *breakdown(groups, STUDY, waves=["one", "two"], post_hoc=True),
        compare_groups(groups, STUDY, pairs, options),
        interactions(groups, STUDY, pairs, {}),
        compare_standardised(groups, STUDY, pairs, options, "reference"),
        compare_standardised(groups, STUDY, pairs, options, "pooled"),
    ]
    return [result.rows for result in results]


def raked_outputs(everyone: Tally, roles: list[str]) -> list[object]:
    """Every row and note under weights to the roles' population, or why it cannot be raked."""
    study = replace(STUDY, population={"role": {role: (i + 1) / sum(range(len(roles) + 1)) for i, role in enumerate(roles)}})
    plan, found = disclosure.plan(everyone, study, RULE), []
    for keep in (0, 1):
        try:
            weighted = raked(everyone, study, ["role"], keep=keep, trim=None, plan=plan)
        except UserError as error:
            found.append(str(error))
            continue
        results = [score(weighted, study, waves=["one", "two"])]
        results += breakdown(disclosure.groups(weighted, study, plan), study, waves=["one", "two"], post_hoc=True) if keep else []
        found += [(result.rows, result.notes) for result in results]
    return found


def decided(groups: disclosure.Groups) -> dict[str, object]:
    """What is withheld of each group, and what is seen by its mean."""
    return {group: (people.withheld, people.mean_only) for group, people in groups.rows.items()}


def usable(people: dict[str, list[Person]]) -> bool:
    stated = any(row[0] for rows in people.values() for row in rows)
    return stated and all(any(row[2 + i] for row in rows) for rows in people.values() for i in range(len(ITEMS)))


@settings(max_examples=100 if NIGHTLY else 4, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(studies(), st.randoms(use_true_random=False))
def test_worlds_that_differ_only_in_what_is_withheld_give_the_same_outputs(people: dict[str, list[Person]], random) -> None:
    """People of withheld groups change places: as long as the same is withheld, nothing that anybody sees may tell the two worlds apart."""
    assume(usable(people))
    everyone = counted(people)
    groups, other = safe(everyone), {}
    for wave, rows in people.items():
        roles = [None if group == NOT_STATED else group for group, part in groups.rows.items() if PeopleCell(wave) in part.withheld]
        other[wave] = [(random.choice(roles), *row[1:]) if row[0] in roles else row for row in rows]
    assume(other != people)
    of_others = counted(other)
    groups_again = safe(of_others)
    assume(decided(groups) == decided(groups_again))
    assert outputs(of_others, groups_again) == outputs(everyone, groups)
    stated = [sorted({row[0] for rows in world.values() for row in rows if row[0]}) for world in (people, other)]
    assert raked_outputs(of_others, stated[1]) == raked_outputs(everyone, stated[0])


@settings(max_examples=100 if NIGHTLY else 12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(studies())
def test_nobody_can_solve_for_a_small_group(people: dict[str, list[Person]]) -> None:
    """Sizes, sums and sums of squares of all groups as unknowns, every output as an equation, and what answers allow as bounds."""
    assume(usable(people))
    everyone = counted(people)
    totals, rows = outputs(everyone, safe(everyone))[:2]
    for wave in ("one", "two"):
        for item in ITEMS:
            sizes = Counter(row[0] for row in people[wave] if row[2 + ITEMS.index(item)])
            names = [role or "(not stated)" for role in sizes]
            small = [(role or "(not stated)", n) for role, n in sizes.items() if n < RULE.hide_below]
            known = [row for row in rows if (row["wave"], row["item"]) == (wave, item) and row["n"] is not None]
            total = next(row for row in totals if (row["wave"], row["item"]) == (wave, item))
            for role, n in small:
                if len(names) > 1 and total["sd"] > 0:  # else the public total says it all
                    scores = [
                        1 + LEVELS.index(row[2 + ITEMS.index(item)])
                        for row in people[wave]
                        if row[2 + ITEMS.index(item)] and (row[0] or "(not stated)") == role
                    ]
                    assert not _determined(names, role, (1.0, 0.0), total, known), f"{role}: n = {n}"
                    assert not _determined(names, role, (-sum(scores) / n, 1.0), total, known), f"{role}: mean of {scores}"


def _determined(names: list[str], role: str, of: tuple[float, float], total: dict, known: list[dict]) -> bool:
    """Whether the figures that are shown leave one value only for `of` times a role's (number of people, sum of scores)."""
    k = len(names)
    equations, values = [], []

    def say(coefficients: dict[str, float], n: float, mean: float, sd: float | None) -> None:
        moments = (n, n * mean, (sd**2 * (n - 1) if sd is not None else 0) + n * mean**2)
        for moment, value in enumerate(moments if sd is not None or n == 1 else moments[:2]):
            row = np.zeros(3 * k)
            for name, c in coefficients.items():
                row[moment * k + names.index(name)] = c
            equations.append(row)
            values.append(value)

    say(dict.fromkeys(names, 1.0), total["n"], total["mean"], total["sd"])
    for row in known:
        if row["n"] and row["group"] in names:
            say({row["group"]: 1.0}, row["n"], row["mean"], row["sd"])
        if row["n_rest"]:
            say({name: 1.0 for name in names if name not in (row["group"], "(not stated)")}, row["n_rest"], row["mean_rest"], None)
    limits = []
    for i in range(k):
        for moment, (least, most) in ((1, (1, 4)), (2, (1, 16))):
            below, above = np.zeros(3 * k), np.zeros(3 * k)
            below[i], below[moment * k + i] = least, -1
            above[i], above[moment * k + i] = -most, 1
            limits += [below, above]
    found = []
    for sign in (1, -1):
        aim = np.zeros(3 * k)
        aim[names.index(role)], aim[k + names.index(role)] = sign * of[0], sign * of[1]
        solved = linprog(aim, A_ub=np.array(limits), b_ub=np.zeros(len(limits)), A_eq=np.array(equations), b_eq=values, bounds=(0, None))
        assert solved.success, solved.message
        found.append(sign * solved.fun)
    return found[0] == pytest.approx(found[1], abs=1e-6)


def test_weights_that_nobody_declared_are_refused_where_they_would_tell_the_answers_of_groups_seen_by_their_mean(tmp_path):
    study = '[groups]\nrole = "Role"\n[scales.s]\nlevels = ["No", "Rather no", "Rather yes", "Yes"]\n[[waves]]\nname = "w"\nfile = "w.csv"\n'
    (tmp_path / "study.toml").write_text(f'{study}[[batteries]]\nname = "B"\nscale = "s"\nitems = ["I cope"]\n', encoding="utf-8")
    people = [("A", 1, place) for place in range(40)] + [("B", 2, place) for place in range(7)] + [("D", 3, 3 * place) for place in range(8)]
    levels = ("No", "Rather no", "Rather yes", "Yes")
    rows = [f"{role},{weight},{1 + place % 2},{levels[place % 4]}" for role, weight, place in people]
    (tmp_path / "w.csv").write_text("\n".join(["Role,Told,Own,I cope", *rows]) + "\n", encoding="utf-8")
    path = tmp_path / "study.toml"
    assert {row["group"]: row["sd"] is None for row in workflow.breakdown(study=path, by=["role"])[0].rows if row["item"]} == {"A": False, "B": True, "D": True}
    with pytest.raises(UserError, match="would give away small groups"):  # B and D together are public; with these weights, 2 B and 3 D as well
        workflow.score(study=path, weight="Told")
    assert workflow.score(study=path, weight="Own")[0].rows  # differs from person to person: tells nothing of a group
