"""How large sums of unknown counts can be: checked by SciPy one by one, and by trying all counts."""

from __future__ import annotations

import ctypes
import os
import sys
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize
from scipy.optimize import linprog

from rpgstat.stats import programmes
from rpgstat.stats.programmes import Aim, System, answers, optima, whole_counts

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


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=3, max_size=3), st.integers(0, 12), st.integers(0, 8))
def test_whole_counts_are_found_where_there_are_any(factors: list[int], total: int, least: int) -> None:
    """Against trying all counts that there can be."""
    told = System(3, known=[dict(enumerate(map(float, factors)))], values=[float(total)])
    every = (counts for counts in product(range(total + 1), repeat=3) if sum(f * n for f, n in zip(factors, counts, strict=True)) == total)
    wanted = any(counts[0] + counts[1] >= least and counts[0] >= 1 for counts in every)
    assert (whole_counts(told, {0: 1.0, 1: 1.0}, float(least), [0]) is not None) is wanted


@settings(max_examples=20, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=3, max_size=3), st.integers(0, 12), st.integers(0, 8))
def test_near_counts_that_fit_they_are_found_among_many_unknowns_too(factors: list[int], total: int, least: int) -> None:
    """Of more unknowns than are all searched; those beyond three are of people who are known to be none."""
    many = 600
    told = System(many, known=[dict(enumerate(map(float, factors))), dict.fromkeys(range(3, many), 1.0)], values=[float(total), 0.0])
    every = (counts for counts in product(range(total + 1), repeat=3) if sum(f * n for f, n in zip(factors, counts, strict=True)) == total)
    wanted = [counts for counts in every if counts[0] + counts[1] >= least]
    near = [np.array([*counts, *([0] * (many - 3))], float) for counts in wanted[:1]]
    found = whole_counts(told, {0: 1.0, 1: 1.0}, float(least), [], near)
    assert (found is not None) is bool(wanted)
    if found is not None:
        assert sum(f * n for f, n in zip(factors, found[:3], strict=True)) == total
        assert found[0] + found[1] >= least
        assert not found[3:].any()


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 3)] * 4), min_size=2, max_size=3), st.integers(0, 5))
def test_near_counts_that_fit_but_are_not_as_wanted_they_are_found_where_there_are_any(table: list[tuple[int, ...]], least: int) -> None:
    """A table of which rows and columns are known."""
    cells = np.array(table)
    wide = cells.shape[1]
    rows = [{r * wide + c: 1.0 for c in range(wide)} for r in range(len(cells))]
    columns = [{r * wide + c: 1.0 for r in range(len(cells))} for c in range(wide)]
    told = System(cells.size, [*rows, *columns], [*map(float, cells.sum(1)), *map(float, cells.sum(0))])
    found = whole_counts(told, {0: 1.0}, least, [], [cells.ravel().astype(float)])
    most = min(cells[0].sum(), cells[:, 0].sum())  # whatever else is known, so many of the first row can be of the first column
    assert (found is not None) is bool(most >= least)
    if found is not None:
        made = found.reshape(cells.shape)
        assert found[0] >= least
        assert (found >= 0).all()
        assert np.array_equal(made.sum(1), cells.sum(1))
        assert np.array_equal(made.sum(0), cells.sum(0))


def test_what_the_solver_prints_is_not_among_our_results(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
    """HiGHS 1.12 writes "HighsMipSolverData::transformNewIntegerFeasibleSolution tmpSolver.run();" of some programmes, told to write nothing."""
    asked = optimize.milp

    def talking(*args: Any, **options: Any) -> Any:
        ctypes.CDLL(None).printf(b"HighsMipSolverData\n")  # into a buffer, as it does
        os.write(1, b"HighsMipSolverData\n")
        return asked(*args, **options)

    monkeypatch.setattr(optimize, "milp", talking)
    sys.stdout.write("before\n")
    assert whole_counts(System(2, known=[{0: 2, 1: 2}], values=[6]), {0: 1.0}, 3, [0]).tolist() == [3.0, 0.0]
    sys.stdout.write("after\n")
    ctypes.CDLL(None).fflush(None)
    assert capfd.readouterr().out == "before\nafter\n"
