"""People by group, and what is left of them once cells are withheld."""

from __future__ import annotations

import pytest

from rpgstat.study import NOT_STATED, Counts, Groups, ItemCell, PeopleCell, ScoreCell, ScoreCounts, Tally, together, visible

ITEM, BATTERY, WAVE = ItemCell("a", "one"), ScoreCell("B", ("a",), "one"), PeopleCell("one")


def tally(*levels: int) -> Tally:
    scores = ScoreCounts(("a",), (), (), sum(levels))
    return Tally(("one",), {"one": sum(levels)}, {("a", "one"): Counts(levels, 0, 0)}, {("B", ("a",), "one"): scores})


A, B, C, UNKNOWN = tally(1, 2, 3), tally(3, 2, 1), tally(5, 0, 5), tally(1, 0, 0)


def groups(parts: dict[str, Tally], stated: Tally | None = None, not_stated: Tally | None = None) -> Groups:
    return Groups("role", together([A, B, C, UNKNOWN]), parts, stated or together([A, B, C]), not_stated)


def test_rows_are_the_groups_in_order_and_those_who_stated_none_last():
    assert list(groups({"A": A, "B": B, "C": C}).rows) == ["A", "B", "C"]
    assert list(groups({"A": A, "B": B, "C": C}, not_stated=UNKNOWN).rows) == ["A", "B", "C", NOT_STATED]


def test_others_are_all_other_people_with_a_stated_group():
    found = groups({"A": A, "B": B, "C": C}, not_stated=UNKNOWN)
    assert found.others(["A"]).counts["a", "one"].levels == (8, 2, 6)
    assert found.others(["A", "C"]).counts["a", "one"].levels == B.counts["a", "one"].levels
    assert found.others(["A"]).returned == {"one": 16}
    assert found.others([]).counts == found.stated.counts


@pytest.mark.parametrize("hidden", [ITEM, BATTERY, WAVE])
def test_a_withheld_cell_is_gone_and_listed_and_the_others_stay(hidden):
    shown = visible(A, frozenset([hidden]))
    assert shown.withheld == {hidden}
    assert (WAVE in shown.withheld) == ("one" not in shown.returned)
    assert (ITEM in shown.withheld) == (("a", "one") not in shown.counts)
    assert (BATTERY in shown.withheld) == (("B", ("a",), "one") not in shown.scores)
    assert len(shown.returned) + len(shown.counts) + len(shown.scores) == 2


def test_nothing_is_worked_out_from_a_withheld_group():
    found = groups({"A": visible(A, frozenset([ITEM])), "B": visible(B, frozenset([ITEM])), "C": C})
    assert ("a", "one") not in found.others(["A"]).counts
    assert found.others(["C"]).counts["a", "one"].levels == (4, 4, 4)  # A and B together
    assert found.others(["A"]).withheld == {ITEM}


def test_where_the_total_of_the_stated_would_tell_the_others_are_gone_too():
    found = groups({"A": A, "B": B, "C": C}, stated=visible(together([A, B, C]), frozenset([ITEM])), not_stated=visible(UNKNOWN, frozenset([ITEM])))
    assert ("a", "one") not in found.others(["A"]).counts
    assert found.others(["A"]).returned == {"one": 16}
