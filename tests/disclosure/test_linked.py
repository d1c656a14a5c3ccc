"""Several groupings of one study: no table tells more beside the others than alone, and a stranger who holds all of them finds nothing."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from rpgstat import disclosure
from rpgstat.disclosure import Reason, Tier
from rpgstat.disclosure._table import Table
from rpgstat.study import Disclosure, ItemCell, Key, PeopleCell
from tests.conftest import NIGHTLY
from tests.disclosure.stranger import Levels, Stranger, every_table, study_of, tally_of

RULE = Disclosure()
ITEM, PEOPLE = ItemCell("a", "one"), PeopleCell("one")


def truth(by: tuple[str, ...], people: Mapping[Key, Levels]) -> dict[tuple[tuple[str, ...], str], Levels]:
    """The answers of every group that a table can have."""
    found: dict[tuple[tuple[str, ...], str], list[Levels]] = {}
    for size in (1, 2):
        for axes in combinations(range(len(by)), size):
            for key, own in people.items():
                labels = [key[axis] for axis in axes]
                name = "(not stated)" if None in labels else " × ".join(map(str, labels))
                found.setdefault((tuple(by[axis] for axis in axes), name), []).append(own)
    return {place: tuple(map(sum, zip(*own, strict=True))) for place, own in found.items()}


def found_out(by: tuple[str, ...], people: Mapping[Key, Levels], rule: Disclosure = RULE) -> list[str]:
    tally, study = tally_of(by, people), study_of(by)
    return Stranger(tally, study, disclosure.plan(tally, study, rule)).found_out(truth(by, people), rule)


def tiers(by: tuple[str, ...], people: Mapping[Key, Levels], names: tuple[str, ...], cell=PEOPLE, **wave) -> dict[str, Tier]:
    """What is shown of each group of a table."""
    tally = tally_of(by, people)
    plan = disclosure.plan(tally, study_of(by, **wave), RULE)
    axes = [by.index(name) for name in names]
    keys = dict.fromkeys(tuple(key[axis] for axis in axes) for key in people)
    return {" × ".join(map(str, key)): plan.decision(names, key, cell).tier for key in keys}


ROLES_IN_TEAMS = {
    ("Social worker", "North"): (1, 2, 2, 1),
    ("Senior", "North"): (1, 2, 4, 2),
    ("Manager", "North"): (1, 2, 2, 1),
    ("Manager", "South"): (0, 1, 1, 2),
    ("Admin", "South"): (0, 0, 2, 3),
}


def test_a_role_that_works_in_one_team_only_does_not_tell_of_another_there():
    shown = tiers(("role", "team"), ROLES_IN_TEAMS, ("role",)) | tiers(("role", "team"), ROLES_IN_TEAMS, ("team",))
    assert shown["South"] is Tier.FULL
    assert shown["Admin"] is Tier.HIDDEN  # South less Admin is the four managers of South
    assert found_out(("role", "team"), ROLES_IN_TEAMS) == []


def test_a_coarser_grouping_beside_a_finer_one_does_not_tell_of_its_last_part():
    nested = {
        ("Front line", "Social worker"): (6, 9, 9, 6),
        ("Front line", "Senior"): (3, 3, 3, 3),
        ("Management", "Senior manager"): (1, 3, 3, 2),
        ("Management", "Team manager"): (0, 1, 1, 1),
    }
    assert tiers(("kind", "role"), nested, ("kind",)) == {"Front line": Tier.FULL, "Management": Tier.FULL}
    shown = tiers(("kind", "role"), nested, ("role",))
    assert [role for role, tier in shown.items() if tier is Tier.HIDDEN] == ["Senior manager", "Team manager"]
    assert found_out(("kind", "role"), nested) == []


def test_numbers_invited_are_known_beside_what_is_withheld():
    people = {("Manager",): (0, 1, 1, 1), ("Admin",): (1, 2, 1, 1), ("Senior",): (2, 3, 2, 2), ("Social worker",): (9, 9, 9, 9)}
    free = tiers(("role",), people, ("role",))
    bound = tiers(("role",), people, ("role",), invited_by={"role": {"Manager": 3, "Admin": 5}})
    assert [role for role, tier in free.items() if tier is Tier.HIDDEN] == ["Manager", "Admin"]
    assert [role for role, tier in bound.items() if tier is Tier.HIDDEN] == ["Manager", "Admin", "Senior"]  # 3 and 5 invited, 8 returned: all of them


def test_the_plan_is_the_same_whatever_command_asks_and_in_whatever_order_groups_come():
    turned = {key[::-1]: own for key, own in reversed(ROLES_IN_TEAMS.items())}
    one = disclosure.plan(tally_of(("role", "team"), ROLES_IN_TEAMS), study_of(("role", "team")), RULE)
    other = disclosure.plan(tally_of(("team", "role"), turned), study_of(("team", "role")), RULE)
    for role, team in ROLES_IN_TEAMS:
        assert one.decision(("role", "team"), (role, team), ITEM) == other.decision(("team", "role"), (team, role), ITEM)
        assert one.decision(("role",), (role,), ITEM) == other.decision(("role",), (role,), ITEM)


def test_reasons_are_for_those_who_control_the_plan():
    plan = disclosure.plan(tally_of(("role", "team"), ROLES_IN_TEAMS), study_of(("role", "team")), RULE)
    own = plan.decision(("team", "role"), ("South", "Manager"), ITEM)
    assert (own.tier, own.n, own.reason) == (Tier.HIDDEN, 4, Reason.RETURNED)
    assert plan.decision(("role", "team"), ("Manager", "South"), PEOPLE).reason is Reason.FEW
    assert "reason" not in repr(every_table(tally_of(("role", "team"), ROLES_IN_TEAMS), study_of(("role", "team")), plan)).casefold()


answers = st.tuples(*[st.integers(0, 3)] * 4)
many = st.tuples(*[st.integers(0, 9)] * 4)
labels = (st.sampled_from(["A", "B", "C", None]), st.sampled_from(["x", "y", "z"]))


@settings(max_examples=100 if NIGHTLY else 15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.tuples(*labels), st.one_of(answers, many), min_size=3, max_size=9))
def test_nobody_who_holds_all_tables_of_two_groupings_finds_out_about_few(people: dict[Key, Levels]) -> None:
    assume(sum(map(sum, people.values())) >= 12)
    everyone = tally_of(("role", "team"), people)
    plan = disclosure.plan(everyone, study_of(("role", "team")), RULE)
    refused = tuple(f"{by} " for by, cell in plan.refused if cell == ITEM)  # what the whole wave tells nobody can take back
    assert [told for told in found_out(("role", "team"), people) if not told.startswith(refused or ("\0",))] == []


@pytest.mark.parametrize("company", [True, False])
def test_without_a_guard_the_stranger_finds_out(monkeypatch, company: bool) -> None:
    """Else the tests above would show nothing."""
    tight = {("A",): (3, 3, 3, 3), ("B",): (1, 1, 0, 0), ("C",): (0, 0, 0, 2)}
    assert found_out(("role",), tight) == []
    monkeypatch.setattr("rpgstat.disclosure._rounds._open", lambda tables: [None for _ in tables])
    if not company:
        monkeypatch.setattr(Table, "keep_company", lambda _: None)
    assert found_out(("role",), tight)


def test_a_role_of_which_few_were_invited_does_not_give_away_the_mean_of_the_other_role_of_its_team():
    """Of 27 people of East, whose mean is near the top, all but five at most are nurses: so nearly is theirs, though how many they are is withheld."""
    people = {
        ("Cook", "North"): (0, 4, 3, 2),
        ("Nurse", "East"): (0, 1, 5, 19),
        ("Porter", "South"): (2, 3, 2, 1),
        ("Aide", "East"): (0, 0, 1, 1),
        ("Clerk", "South"): (6, 8, 5, 8),
    }
    by, invited = ("role", "team"), {"role": {"Cook": 19, "Nurse": 35, "Porter": 11, "Aide": 5, "Clerk": 27}}
    assert tiers(by, people, ("role",), PEOPLE, invited_by=invited)["Nurse"] is Tier.HIDDEN
    assert tiers(by, people, ("team",), ITEM)["East"] is Tier.MEAN
    assert tiers(by, people, ("team",), ITEM, invited_by=invited)["East"] is Tier.HIDDEN


def test_that_all_who_were_invited_came_does_not_follow_from_who_did_not():
    """Three of 75 did not return it, all of one role: where that is shown, all of the others did, though for the sake of crosses they are withheld."""
    sizes = {("A", "Y"): 18, ("B", "X"): 12, ("B", "Z"): 1, ("C", "Z"): 1, ("C", "Y"): 9, ("D", "Y"): 15, ("D", "Z"): 3, ("E", "Z"): 10, ("E", "X"): 3}
    people = {key: (n, 0, 0, 0) for key, n in sizes.items()}
    shown = tiers(("role", "team"), people, ("role",), PEOPLE, invited_by={"role": {"A": 18, "B": 16, "C": 10, "D": 18, "E": 13}})
    assert set(shown.values()) == {Tier.HIDDEN}
    assert tiers(("role", "team"), people, ("role",), PEOPLE)["B"] is Tier.FULL


def test_the_plan_is_the_same_whatever_the_order_of_groupings_and_of_rows():
    turned = {(team, role): levels for (role, team), levels in reversed(list(ROLES_IN_TEAMS.items()))}
    ways = ((("role", "team"), ROLES_IN_TEAMS), (("team", "role"), turned))
    one, other = (disclosure.plan(tally_of(by, people), study_of(("role", "team")), RULE) for by, people in ways)
    assert list(one.cells[ITEM].items()) == list(other.cells[ITEM].items())
    assert one.universe == other.universe
