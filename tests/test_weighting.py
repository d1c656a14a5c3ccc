"""Raking to the population and the finite population: what the design of a tally says, and what cannot be met."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from rpgstat.disclosure import Plan, groups, plan
from rpgstat.errors import UserError
from rpgstat.study import Battery, Column, Disclosure, Group, Item, Scale, Source, Study, Survey, Tally, Wave
from rpgstat.tally import tally
from rpgstat.weighting import finite, raked

LEVELS = ("No", "Rather no", "Rather yes", "Yes")
STUDY = Study(
    (Wave("one", invited=40),),
    (Battery("B", Scale("s", LEVELS), (Item("a", "a"),)),),
    groups=(Group("role", ("role",)), Group("site", ("site",))),
    population={"role": {"A": 0.5, "B": 0.5}, "site": {"N": 0.4, "S": 0.6}},
)
Person = tuple[str | None, str | None]


def counted(people: list[Person], by: tuple[str, ...] = ("role",)) -> Tally:
    """People of (role, site) who answer in turn."""
    cells = [[role for role, _ in people], [site for _, site in people], [LEVELS[i % 4] for i in range(len(people))]]
    frame = pl.LazyFrame({f"c{i}": column for i, column in enumerate(cells)}, schema={f"c{i}": pl.String for i in range(3)})
    source = Source(Survey("1.csv", Path("1.csv"), frame, (Column("c0", "role"), Column("c1", "site"), Column("c2", "a")), "flat"), ("one",))
    return tally(STUDY, [source], [("one",)], [group for group in STUDY.groups if group.name in by])


def of(**people: int) -> list[Person]:
    """`A=3` people of role A, `none=2` of no role; sites N and S in turn."""
    return [(None if role == "none" else role, "NS"[i % 2]) for role, n in people.items() for i in range(n)]


def weights(people: list[Person], **options) -> dict[str | None, float]:
    """The weight of each role."""
    given = {"study": STUDY, "margins": ["role"], "keep": 0, "trim": None, "plan": None} | options
    found = raked(counted(people), **given)
    labels = sorted({role for role, _ in people}, key=lambda role: (role is None, role))
    return {label: found.design.raked["one"][found.design.cells["one"][place,]][1] for place, label in enumerate(labels)}


def planned(people: list[Person]) -> Plan:
    return plan(counted(people), STUDY, Disclosure())


def test_weights_give_the_wave_the_shares_of_the_population():
    assert weights(of(A=30, B=10)) == pytest.approx({"A": 20 / 30, "B": 2.0})


def test_two_margins_are_met_together():
    found = raked(counted([*of(A=30, B=10), ("A", "S")], ("role", "site")), STUDY, ["role", "site"], keep=0, trim=None, plan=None)
    cells = found.design.raked["one"]
    for axis, (share, _) in enumerate([(0.5, 0.5), (0.4, 0.6)]):
        assert sum(n * w for cell, (n, w) in cells.items() if cell[axis] == 0) == pytest.approx(41 * share)
    assert found.design.told == "raking to the population's role and site"


def test_people_who_did_not_state_their_group_keep_their_share():
    found = weights(of(A=30, B=10, none=5))
    assert found == pytest.approx({"A": 20 / 30, "B": 2.0, None: 1.0})
    assert "people who did not state" in raked(counted(of(A=9, B=9, none=9)), STUDY, ["role"], keep=0, trim=None, plan=None).design.told


def test_groups_that_are_withheld_are_weighted_as_one():
    study = replace(STUDY, population={"role": {"A": 0.2, "B": 0.2, "C": 0.6}})
    found = weights(of(A=3, B=7, C=10), study=study, plan=planned(of(A=3, B=7, C=10)))
    assert found == pytest.approx({"A": 0.8, "B": 0.8, "C": 1.2})  # 8 of 20 for the 10 of A and B
    assert weights(of(A=3, B=7, C=10), study=study)["A"] == pytest.approx(4 / 3)
    design = raked(counted(of(A=3, B=7, C=10)), study, ["role"], keep=0, trim=None, plan=planned(of(A=3, B=7, C=10))).design
    assert "groups of few people, or of whom most figures are withheld, are weighted as one" in design.told


def test_people_who_stated_nothing_are_not_to_be_counted_from_the_weights_of_others():
    study = replace(STUDY, population={"role": {"A": 0.2, "B": 0.8}})
    found = weights(of(A=10, B=20, none=3), study=study, plan=planned(of(A=10, B=20, none=3)))
    assert found == pytest.approx({"A": 6.6 / 13, None: 6.6 / 13, "B": 26.4 / 20})  # the two of A together, as declared


def test_trimming_bounds_the_weights_and_is_told():
    found = weights(of(A=30, B=20, none=1), trim=1.25, study=replace(STUDY, population={"role": {"A": 0.51, "B": 0.49}}))
    assert max(found.values()) <= 1.25
    assert "no weight above 1.25 times the mean" in raked(counted(of(A=30, B=30)), STUDY, ["role"], keep=0, trim=1.25, plan=None).design.told


@pytest.mark.parametrize(
    ("people", "population", "options", "told"),
    [
        (of(A=9, B=9, C=9), None, {}, "[population.role] has no share for `C`, a group of the survey"),
        (of(A=9), None, {}, "[population.role]: nobody in the survey is `B`"),
        (of(A=9, B=9), {"A": 1.0, "B": 0.0}, {}, "[population.role] has a share of 0 for `B`, a group of the survey"),
        (of(A=30, B=5), None, {"trim": 2.0}, "one: weights for the population's role cannot be made: no weight may be above 2, and `B` would need more"),
    ],
)
def test_margins_that_cannot_be_met_are_named(people, population, options, told):
    study = replace(STUDY, population={"role": population or {"A": 0.5, "B": 0.5}})
    with pytest.raises(UserError) as caught:
        weights(people, study=study, **options)
    assert caught.value.problem == told


def test_margins_that_contradict_each_other_are_named():
    people: list[Person] = [("A", "N")] * 10 + [("B", "S")] * 10
    with pytest.raises(UserError, match="the margins contradict each other, most of all at `"):
        raked(counted(people, ("role", "site")), STUDY, ["role", "site"], keep=0, trim=None, plan=None)


def test_a_wave_without_a_category_is_named():
    whole, part = counted(of(A=9, B=9)), counted(of(A=9, B=9))
    part = replace(whole, parts={("A",): whole.parts["A",], ("B",): replace(whole.parts["B",], returned={"one": 0})})
    with pytest.raises(UserError, match="one: weights for the population's role cannot be made: nobody is `B`"):
        raked(part, STUDY, ["role"], keep=0, trim=None, plan=None)


def test_everyone_else_of_all_groups_keeps_the_design():
    people = raked(counted(of(A=9, B=9)), STUDY, ["role"], keep=1, trim=None, plan=None)
    nobody = groups(people, STUDY, None).others(["A", "B"])
    assert nobody.returned == {"one": 0}
    assert nobody.design.cells == people.design.cells


def test_those_invited_are_the_population_of_the_wave_and_of_groups_that_declare_theirs():
    study = replace(STUDY, waves=(Wave("one", invited=40, invited_by={"role": {"A": 25}}),))
    found = finite(counted(of(A=20, B=10)), study, ["one"])
    assert found.design.population == {"one": 40}
    assert {key: part.design.population for key, part in found.parts.items()} == {("A",): {"one": 25}, ("B",): {}}


@pytest.mark.parametrize(
    ("wave", "told"),
    [
        (Wave("one"), "--fpc needs to know how many were invited in `one`"),
        (Wave("one", invited=12), "`one`: 18 returned, but 12 were invited"),
        (Wave("one", invited=40, invited_by={"role": {"B": 8}}), "`one`: more people of role `B` returned than the 8 invited"),
    ],
)
def test_a_population_that_cannot_be_is_refused(wave, told):
    with pytest.raises(UserError) as caught:
        finite(counted(of(A=9, B=9)), replace(STUDY, waves=(wave,)), ["one"])
    assert caught.value.problem == told
