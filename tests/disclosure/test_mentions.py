"""Themes by group: nobody finds a count of 1 to 4, whatever is shown beside it."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rpgstat.disclosure import hidden_groups, hidden_mentions
from rpgstat.study import Disclosure

RULE = Disclosure()


def possible(counted, hidden, total):
    """What each withheld count may be, given all the others and the total."""
    names = sorted(hidden)
    left = total - sum(m for group, (_, m) in counted.items() if group not in hidden)
    fits = [values for values in product(*(range(counted[group][0] + 1) for group in names)) if sum(values) == left]
    return {group: {values[place] for values in fits} for place, group in enumerate(names)}


def test_a_group_of_few_takes_the_next_smallest_with_it():
    assert hidden_groups({"A": 40, "B": 4, "C": 12, "D": 0}, RULE) == {"B", "C"}
    assert hidden_groups({"A": 40, "C": 12}, RULE) == frozenset()
    assert hidden_groups({"A": 40, "B": 2, "C": 2}, RULE) == {"A", "B", "C"}


def test_counts_that_are_many_are_shown():
    assert hidden_mentions({"A": (30, 12), "B": (20, 8)}, 20, frozenset(), RULE) == frozenset()


@pytest.mark.parametrize("told", [(20, 1), (20, 4), (20, 20), (9, 6)])
def test_few_mentions_all_of_a_group_and_few_people_are_withheld(told):
    assert "B" in hidden_mentions({"A": (30, 12), "B": told, "C": (30, 14)}, 26 + told[1], frozenset(), RULE)


def test_nought_is_shown_only_where_nothing_else_is_withheld():
    assert hidden_mentions({"A": (30, 12), "B": (20, 0)}, 12, frozenset(), RULE) == frozenset()
    assert "B" in hidden_mentions({"A": (30, 12), "B": (20, 0), "C": (20, 3)}, 15, frozenset(), RULE)


CELL = st.integers(0, 25).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n)))


@settings(max_examples=60, deadline=None)
@given(st.lists(CELL, min_size=2, max_size=4))
def test_no_withheld_count_can_be_worked_out(cells):
    counted = {f"G{place}": cell for place, cell in enumerate(cells)}
    total = sum(m for _, m in cells)
    unseen = hidden_groups({group: n for group, (n, _) in counted.items()}, RULE)
    hidden = hidden_mentions(counted, total, unseen, RULE)
    for group, (n, m) in counted.items():
        if group not in hidden and n:
            assert n >= RULE.detail_from
            assert m == 0 or m >= RULE.hide_below
    if hidden and hidden != {group for group, (n, _) in counted.items() if n}:
        for group, values in possible(counted, hidden, total).items():
            assert len(values) > 2 or not counted[group][0]
