"""How large sums of unknown counts can be, when other sums of them are known: linear programmes of one system, solved as one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field

from rpgstat.record import record

Sum = Mapping[int, float]
"""A sum over unknowns: the factor of each."""

_AT_ONCE = 60_000
"""Unknowns of the programmes that are solved as one; a bound on memory."""
_BINDS = 1e-7


@record
class Aim:
    """A sum to be made as large as can be, where the unknowns `some`, if any are named, add up to at least one."""

    of: Sum
    some: tuple[int, ...] = ()


@record
class Optimum:
    """The largest value of an aim, the places of the known sums that keep it from being larger, and whether unknowns that give it are whole."""

    value: float
    binding: tuple[int, ...]
    whole: bool = False


@record
class System:
    """What is known of `unknowns`, none of which is below zero: `known` sums equal their `values`; those `limited` are not above their `most`."""

    unknowns: int
    known: Sequence[Sum]
    values: Sequence[float]
    limited: Sequence[Sum] = field(default=())
    most: Sequence[float] = field(default=())


def optima(system: System, aims: Sequence[Aim]) -> list[Optimum]:
    """The largest value of each aim. At least one set of counts must fit all that is known.

    The programmes share nothing, so they are solved as one of many blocks, by HiGHS.

    >>> told = System(3, known=[{0: 1, 1: 1, 2: 1}, {0: 1}], values=[9, 4])
    >>> [found.value for found in optima(told, [Aim({1: 1.0}), Aim({1: -1.0}, some=(1,))])]
    [5.0, -1.0]
    """
    each = max(1, _AT_ONCE // max(system.unknowns, 1))
    return [found for start in range(0, len(aims), each) for found in _solved(system, aims[start : start + each])]


def _solved(system: System, aims: Sequence[Aim]) -> Iterator[Optimum]:
    import numpy as np
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, kron, vstack

    blocks, width = len(aims), system.unknowns
    objective = np.zeros(blocks * width)
    for at, aim in enumerate(aims):
        for place, factor in aim.of.items():
            objective[at * width + place] = -factor
    identity = csr_array(np.eye(blocks))
    equal = kron(identity, _matrix(system.known, width), format="csr")
    some = _matrix([{at * width + place: -1.0 for place in aim.some} for at, aim in enumerate(aims) if aim.some], blocks * width)
    limits = kron(identity, _matrix(system.limited, width), format="csr")
    found = linprog(
        objective,
        A_ub=vstack([limits, some], format="csr"),
        b_ub=np.concatenate([np.tile(np.asarray(system.most, dtype=float), blocks), -np.ones(some.shape[0])]),
        A_eq=equal,
        b_eq=np.tile(np.asarray(system.values, dtype=float), blocks),
        method="highs",
    )
    if not found.success:
        raise ArithmeticError(found.message)
    values = (found.x * -objective).reshape(blocks, width).sum(axis=1)
    whole = (np.abs(found.x - np.round(found.x)) < _BINDS).reshape(blocks, width).all(axis=1)
    duals = np.abs(found.eqlin.marginals).reshape(blocks, len(system.known)) > _BINDS
    for value, row, exact in zip(values, duals, whole, strict=True):
        yield Optimum(float(value), tuple(int(place) for place in np.flatnonzero(row)), bool(exact))


def _matrix(sums: Sequence[Sum], width: int):  # type: ignore[no-untyped-def]  # SciPy's sparse arrays have no types
    from scipy.sparse import csr_array

    rows = [at for at, own in enumerate(sums) for _ in own]
    places = [place for own in sums for place in own]
    factors = [float(factor) for own in sums for factor in own.values()]
    return csr_array((factors, (rows, places)), shape=(len(sums), width))
