"""Proposals to put small groups together, so that more is shown."""

from __future__ import annotations

from rpgstat import disclosure
from rpgstat.disclosure import Merge
from rpgstat.study import Disclosure
from tests.disclosure.stranger import study_of, tally_of

ROLES = {
    ("Social worker",): (5, 9, 9, 7),
    ("Senior social worker",): (1, 2, 1, 2),
    ("Lead practitioner",): (2, 3, 3, 2),
    ("Team manager",): (1, 0, 1, 1),
}


def proposed(rule: Disclosure) -> list[Merge]:
    return disclosure.merges(tally_of(("role",), ROLES), study_of(("role",)), rule)


def test_a_small_group_with_one_that_would_go_with_it_lets_both_be_shown():
    best = proposed(Disclosure())[0]
    assert (best.by, set(best.labels)) == ("role", {"Senior social worker", "Team manager"})
    assert (best.shown, best.would_be) == (40, 49)  # nine people's answers more


def test_where_nothing_is_withheld_nothing_is_proposed():
    assert proposed(Disclosure(hide_below=1, detail_from=1)) == []


def test_people_who_stated_no_group_are_put_together_with_nobody():
    people = {**ROLES, (None,): (1, 0, 1, 0)}
    found = disclosure.merges(tally_of(("role",), people), study_of(("role",)), Disclosure())
    assert all("None" not in one.labels for one in found)
