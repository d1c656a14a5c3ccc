"""How large sums of unknown counts can be: checked by SciPy one by one, and by trying all counts."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from rpgstat.stats import programmes
from rpgstat.stats.programmes import Aim, System, answers, optima

TABLE = System(4, known=[{0: 1, 1: 1}, {2: 1, 3: 1}, {0: 1, 2: 1}], values=[7, 5, 4])
"""Two by two, with all its margins known."""


def test_a_cell_of_a_table_lies_between_the_bounds_of_frechet() -> None:
    low, high = optima(TABLE, [Aim({0: -1.0}), Aim({0: 1.0})])
    assert (-low.value, high.value) == (pytest.approx(0), pytest.approx(4))
    assert high.whole
    assert list(high.at) == pytest.approx([4, 3, 0, 5])


def test_the_sums_that_keep_an_aim_down_are_named() -> None:
    told = System(3, known=[{0: 1, 1: 1}, {2: 1}], values=[6, 9])
    assert optima(told, [Aim({0: 1.0})])[0].binding == (0,)


def test_sums_that_are_limited_may_be_smaller() -> None:
    told = System(2, known=[], values=[], limited=[{0: 1, 1: 1}, {0: -1}], most=[5, -2])
    assert [found.value for found in optima(told, [Aim({1: 1.0}), Aim({0: -1.0})])] == pytest.approx([3, -2])


def test_counts_that_cannot_be_are_an_error() -> None:
    with pytest.raises(ArithmeticError):
        optima(System(1, known=[{0: 1}, {0: 1}], values=[1, 2]), [Aim({0: 1.0})])


def test_nothing_asked_is_nothing_answered() -> None:
    assert answers([(TABLE, []), (TABLE, [])]) == [[], []]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=2, max_size=3), min_size=1, max_size=4), st.integers(1, 40))
def test_many_tables_at_once_are_answered_as_each_by_itself(tables: list[list[list[int]]], at_once: int) -> None:
    """Of tables whose margins are known, the most and the least of the first cell; in however many batches they are solved."""
    questions, one_by_one = [], []
    for table in tables:
        cells = np.array(table)
        rows = [{r * 3 + c: 1.0 for c in range(3)} for r in range(len(table))]
        columns = [{r * 3 + c: 1.0 for r in range(len(table))} for c in range(3)]
        known, values = [*rows, *columns], [*map(float, cells.sum(1)), *map(float, cells.sum(0))]
        questions.append((System(cells.size, known, values), [Aim({0: 1.0}), Aim({0: -1.0})]))
        matrix = np.array([[row.get(at, 0.0) for at in range(cells.size)] for row in known])
        objective = np.eye(cells.size)[0]
        one_by_one.append([-linprog(-sign * objective, A_eq=matrix, b_eq=values).fun for sign in (1, -1)])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(programmes, "_AT_ONCE", at_once)
        found = [[one.value for one in own] for own in answers(questions)]
    assert [value for own in found for value in own] == pytest.approx([value for own in one_by_one for value in own], abs=1e-7)
