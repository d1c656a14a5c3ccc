"""Of which groups people in both waves may be used: what is shown of them tells nothing of others."""

from __future__ import annotations

from fractions import Fraction
from types import SimpleNamespace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from rpgstat.disclosure import linked_groups
from rpgstat.study import CHANGED, Battery, Disclosure, Item, ItemMoves, ItemPair, Scale, Study, Tally, Wave
from tests.conftest import NIGHTLY

PAIR = ItemPair("a", "one", "two")
STUDY = Study((Wave("one"), Wave("two")), (Battery("B", Scale("s", ("No", "Rather", "Yes")), (Item("a", "a"),)),), disclosure=Disclosure())
VARIED = (4, 3, 2, 1, 1, 2, 0, 1, 2)
"""16 people, 9 of whom changed."""


def moves(*cells):
    return ItemMoves((cells[:3], cells[3:6], cells[6:]))


def tally(by, moved):
    total = moves(*(sum(own) for own in zip(*(sum(one.table, ()) for one in moved.values()), strict=True)))
    parts = {key: {PAIR: own} for key, own in moved.items()}
    return Tally(("one", "two"), {}, {}, {}, by=by, transitions={PAIR: total}, moved=parts)


def found(by, moved, hidden=()):
    plan = SimpleNamespace(hidden=lambda axis, keys: {key: _cells(axis, key, hidden) for key in keys}, few=lambda _, keys: dict.fromkeys(keys, frozenset()))
    return linked_groups(plan, tally(by, moved), STUDY)[PAIR]


def _cells(axis, key, hidden):
    from rpgstat.study import ItemCell

    return frozenset([ItemCell("a", "one")]) if (axis[0], key[0]) in hidden else frozenset()


def test_groups_with_enough_pairs_of_which_enough_changed():
    assert found(("role",), {("Nurse",): moves(*VARIED), ("Doctor",): moves(*VARIED)}) == {"role": {"Nurse", "Doctor"}}


def test_a_group_whose_pairs_all_moved_alike_is_left_out_and_one_from_which_it_would_follow():
    alike = moves(0, 8, 0, 0, 0, 9, 0, 0, 0)
    assert found(("role",), {("Nurse",): moves(*VARIED), ("Doctor",): alike}) == {"role": frozenset()}
    assert found(("role",), {("Nurse",): moves(*VARIED), ("Doctor",): alike, ("Clerk",): moves(*VARIED)}) == {"role": {"Nurse"}}


def test_of_few_pairs_nothing_is_shown_nor_of_a_group_without_which_they_would_be_known():
    few = moves(1, 1, 0, 1, 0, 0, 0, 0, 1)
    assert found(("role",), {("Nurse",): moves(*VARIED), ("Doctor",): few, ("Clerk",): moves(9, *VARIED[1:])}) == {"role": {"Clerk"}}


def test_few_who_changed_are_few():
    still = moves(9, 2, 0, 1, 8, 1, 0, 0, 9)
    assert found(("role",), {("Nurse",): moves(*VARIED), ("Doctor",): still, ("Clerk",): moves(9, *VARIED[1:])}) == {"role": {"Clerk"}}


def test_people_who_changed_groups_are_in_none():
    moved = {("Nurse",): moves(*VARIED), ("Doctor",): moves(*VARIED), (CHANGED,): moves(1, 1, 0, 0, 0, 0, 0, 0, 0), (None,): moves(*VARIED)}
    assert found(("role",), moved) == {"role": {"Nurse", "Doctor"}}
    moved.pop((None,))
    assert found(("role",), moved) == {"role": {"Nurse"}}  # else two who changed would be known


def test_a_group_that_is_not_shown_in_full_has_none():
    moved = {("Nurse",): moves(*VARIED), ("Doctor",): moves(*VARIED), ("Clerk",): moves(*VARIED)}
    assert found(("role",), moved, [("role", "Nurse")]) == {"role": {"Doctor", "Clerk"}}


def test_a_team_within_a_role_does_not_follow_from_the_role():
    many, few = moves(9, *VARIED[1:]), moves(1, 1, 0, 1, 0, 0, 0, 0, 1)
    moved = {("Nurse", "North"): many, ("Nurse", "South"): few, ("Doctor", "East"): many, ("Doctor", "West"): many}
    shown = found(("role", "team"), moved)
    assert "South" not in shown["team"]
    assert not {"Nurse"} <= shown["role"] or "North" not in shown["team"]


CELLS = st.lists(st.integers(0, 6), min_size=9, max_size=9).map(lambda cells: moves(*cells))
LABEL = st.sampled_from(["A", "B", "C"])


@settings(deadline=None, max_examples=100 if NIGHTLY else 25)
@given(st.dictionaries(st.tuples(LABEL, LABEL), CELLS, min_size=1, max_size=7))
def test_no_number_of_another_group_follows(moved):
    shown = found(("role", "team"), moved)
    keys = [key for key, own in moved.items() if own.n]
    known = [[1.0] * len(keys)]
    known += [[float(key[at] == label) for key in keys] for at, name in enumerate(("role", "team")) for label in sorted(shown[name])]
    for at, name in enumerate(("role", "team")):
        groups = {label: [own for key, own in moved.items() if key[at] == label] for label in "ABC"}
        for label, own in groups.items():
            people = sum(one.n for one in own)
            if label in shown[name]:
                changes = {before - after for one in own for before, after, _ in one.scored((Fraction(1), Fraction(2), Fraction(3)))}
                assert people >= 10
                assert len(changes) > 1
            elif 0 < people < 10 and any(shown.values()):
                wanted = [float(key[at] == label) for key in keys]
                assert np.linalg.matrix_rank(np.array([*known, wanted])) > np.linalg.matrix_rank(np.array(known))
        others = sum(one.n for label, own in groups.items() if label not in shown[name] for one in own)
        assert not shown[name] or others == 0 or others >= 10
