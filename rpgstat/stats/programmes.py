"""How large sums of unknown counts can be, when other sums of them are known: linear programmes of many systems, solved as few."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import field
from functools import cached_property
from typing import Any

from rpgstat.record import record
from rpgstat.stats._sparse import Arrays, Rows, arrays

Sum = Mapping[int, float]
"""A sum over unknowns: the factor of each."""

_AT_ONCE = 6_000
"""Unknowns of the programmes that are solved as one: of ten times as many HiGHS takes three times as long over each."""
_BINDS, _FITS = 1e-7, 1e-6


@record
class Aim:
    """A sum to be made as large as can be, where the unknowns `some`, if any are named, add up to at least one."""

    of: Sum
    some: tuple[int, ...] = ()


@record
class Optimum:
    """The largest value of an aim, the places of the known sums that keep it from being larger, whether the unknowns that give it are whole, and these."""

    value: float
    binding: tuple[int, ...]
    whole: bool = False
    at: Any = field(default=None, repr=False, compare=False)


@record
class System:
    """What is known of `unknowns`, none of which is below zero: `known` sums equal their `values`; those `limited` are not above their `most`."""

    unknowns: int
    known: Sequence[Sum]
    values: Sequence[float]
    limited: Sequence[Sum] = field(default=())
    most: Sequence[float] = field(default=())

    @cached_property
    def equal(self) -> Arrays:
        """What is known, as arrays."""
        return arrays(self.known, self.values)

    @cached_property
    def limits(self) -> Arrays:
        """What is limited, as arrays."""
        return arrays(self.limited, self.most)


Question = tuple[System, Sequence[Aim]]
"""What is known, and what is asked of it."""


def optima(system: System, aims: Sequence[Aim]) -> list[Optimum]:
    """The largest value of each aim. At least one set of counts must fit all that is known, and no aim be without bound.

    >>> told = System(3, known=[{0: 1, 1: 1, 2: 1}, {0: 1}], values=[9, 4])
    >>> [found.value for found in optima(told, [Aim({1: 1.0}), Aim({1: -1.0}, some=(1,))])]
    [5.0, -1.0]
    """
    return answers([(system, aims)])[0]


def answers(questions: Sequence[Question]) -> list[list[Optimum]]:
    """The same for many systems: for each question the largest value of each of its aims.

    The programmes share nothing, so many are solved as one of that many blocks, by HiGHS: most of the time of a small one goes into starting it.
    Raises ArithmeticError where no counts fit, or an aim has no bound.

    >>> few, many = (System(2, known=[{0: 1, 1: 1}], values=[n]) for n in (4, 9))
    >>> [[found.value for found in own] for own in answers([(few, [Aim({0: 1.0})]), (many, [Aim({0: 1.0}), Aim({1: 2.0})])])]
    [[4.0], [9.0, 18.0]]
    """
    found: list[list[Optimum]] = [[] for _ in questions]
    for batch in _batches(questions):
        for own, optimum in zip(batch, _solved([(questions[at][0], questions[at][1][aim]) for at, aim in batch]), strict=True):
            found[own[0]].append(optimum)
    return found


def fitting(system: System, counts: Sequence[float]) -> Any:
    """Counts of the unknowns as an array; None where they do not fit all that is known.

    >>> pair = System(2, known=[{0: 1, 1: 1}], values=[6])
    >>> fitting(pair, [2, 4]).tolist(), fitting(pair, [2, 3])
    ([2.0, 4.0], None)
    """
    import numpy as np

    found = np.array(counts, float)
    equal, limits = Rows(system.unknowns), Rows(system.unknowns)
    equal.take(system.equal)
    limits.take(system.limits)
    fits = (abs(equal.matrix @ found - equal.bounds) < _FITS).all() and (limits.matrix @ found <= limits.bounds + _FITS).all()
    return found if fits else None


@contextmanager
def quietly() -> Iterator[None]:
    """Keeps standard output for our results: HiGHS, asked for whole numbers, sometimes writes a line of its own there, whatever it is told."""
    try:
        kept = os.dup(1)
    except OSError:  # closed: then nothing can be written
        yield
        return
    null = os.open(os.devnull, os.O_WRONLY)
    _write_out()
    os.dup2(null, 1)
    try:
        yield
    finally:
        _write_out()
        os.dup2(kept, 1)
        os.close(null)
        os.close(kept)


def _write_out() -> None:
    """Writes what libraries in C hold back of what they have printed."""
    import ctypes

    with suppress(AttributeError, OSError, TypeError):  # Windows has no name for the program itself
        ctypes.CDLL(None).fflush(None)


def _batches(questions: Sequence[Question]) -> Iterator[list[tuple[int, int]]]:
    """The places of all aims, in order, in batches of so many unknowns as are solved as one."""
    batch: list[tuple[int, int]] = []
    size = 0
    for at, (system, aims) in enumerate(questions):
        for aim in range(len(aims)):
            if batch and size + system.unknowns > _AT_ONCE:
                yield batch
                batch, size = [], 0
            batch.append((at, aim))
            size += system.unknowns
    if batch:
        yield batch


def _solved(blocks: Sequence[tuple[System, Aim]]) -> Iterator[Optimum]:
    """The programmes of some blocks as one."""
    import numpy as np
    from scipy.optimize import linprog

    starts = np.cumsum([0, *(system.unknowns for system, _ in blocks)])
    equal, limits, objective = Rows(int(starts[-1])), Rows(int(starts[-1])), np.zeros(starts[-1])
    for start, (system, aim) in zip(starts, blocks, strict=False):
        equal.take(system.equal, int(start))
        limits.take(system.limits, int(start))
        if aim.some:
            limits.take(arrays([dict.fromkeys(aim.some, -1.0)], [-1.0]), int(start))
        for place, factor in aim.of.items():
            objective[start + place] = -factor
    told = {"A_ub": limits.matrix, "b_ub": limits.bounds, "A_eq": equal.matrix, "b_eq": equal.bounds}
    found = linprog(objective, **told, method="highs", options={"presolve": False})  # presolving takes two to four times as long as it saves
    if not found.success:
        raise ArithmeticError(found.message)
    row = 0
    for start, end, (system, _) in zip(starts, starts[1:], blocks, strict=False):
        own, duals = found.x[start:end], found.eqlin.marginals[row : row + len(system.known)]
        row += len(system.known)
        whole = bool((np.abs(own - np.round(own)) < _BINDS).all())
        yield Optimum(float(-(own @ objective[start:end])), tuple(int(at) for at in np.flatnonzero(np.abs(duals) > _BINDS)), whole, own)
