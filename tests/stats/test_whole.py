"""Whole counts that fit known sums: checked by trying all counts that there can be."""

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

from rpgstat.stats.programmes import System
from rpgstat.stats.whole import Search, whole_counts


def table_of(cells: np.ndarray) -> System:
    """A table of which rows and columns are known."""
    wide = cells.shape[1]
    rows = [{r * wide + c: 1.0 for c in range(wide)} for r in range(len(cells))]
    columns = [{r * wide + c: 1.0 for r in range(len(cells))} for c in range(wide)]
    return System(cells.size, [*rows, *columns], [*map(float, cells.sum(1)), *map(float, cells.sum(0))])


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
    told = table_of(cells)
    found = whole_counts(told, {0: 1.0}, least, [], [cells.ravel().astype(float)])
    most = min(cells[0].sum(), cells[:, 0].sum())  # whatever else is known, so many of the first row can be of the first column
    assert (found is not None) is bool(most >= least)
    if found is not None:
        made = found.reshape(cells.shape)
        assert found[0] >= least
        assert (found >= 0).all()
        assert np.array_equal(made.sum(1), cells.sum(1))
        assert np.array_equal(made.sum(0), cells.sum(0))


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(*[st.integers(0, 3)] * 3), min_size=2, max_size=3), st.lists(st.integers(-3, 3), min_size=6, max_size=6), st.integers(0, 12))
def test_what_keeps_rows_and_columns_is_whole_and_the_most_there_can_be(table: list[tuple[int, ...]], factors: list[int], least: int) -> None:
    """Of a table whose sum alone is known: rows and columns are kept by themselves."""
    cells = np.array(table)
    kept = table_of(cells).known
    told = System(cells.size, [dict.fromkeys(range(cells.size), 1.0)], [float(cells.sum())])
    of = {at: float(factor) for at, factor in enumerate(factors) if factor}
    counts = cells.ravel().astype(float)
    found = Search(told, of, float(least)).alike(counts, kept)
    best = optimize.linprog(
        [-of.get(at, 0.0) for at in range(cells.size)],
        A_eq=[[row.get(at, 0.0) for at in range(cells.size)] for row in kept],
        b_eq=table_of(cells).values,
    )
    assert (found is not None) is bool(-best.fun > least - 1e-6)
    if found is not None:
        assert np.array_equal(found, np.round(found))
        assert np.array_equal(found.reshape(cells.shape).sum(1), cells.sum(1))
        assert np.array_equal(found.reshape(cells.shape).sum(0), cells.sum(0))
        assert sum(factor * found[at] for at, factor in of.items()) == pytest.approx(-best.fun)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(1, 4), min_size=3, max_size=3), st.integers(0, 12), st.integers(0, 8), st.integers(0, 3))
def test_it_is_seen_that_there_are_none(factors: list[int], total: int, least: int, more: int) -> None:
    """Between a least and a most, among all unknowns."""
    told = System(3, known=[dict(enumerate(map(float, factors)))], values=[float(total)])
    every = (counts for counts in product(range(total + 1), repeat=3) if sum(f * n for f, n in zip(factors, counts, strict=True)) == total)
    wanted = any(least <= counts[0] + counts[1] <= least + more for counts in every)
    search = Search(told, {0: 1.0, 1: 1.0}, float(least), most=float(least + more))
    found = search.all()
    assert (found is not None, search.possible) == (wanted, wanted)
    if found is not None:
        assert least <= found[0] + found[1] <= least + more


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
