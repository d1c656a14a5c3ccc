"""Whole counts that fit known sums: looked for near counts that do, then among all, as far as few branches go."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rpgstat.stats._sparse import Rows, arrays
from rpgstat.stats.programmes import Sum, System, quietly

_BINDS = 1e-7
_NODES = 30
_TRIES = 3
_INFEASIBLE = 2
ALL = 500
"""Of more unknowns all at once are not searched for whole counts: that takes seconds where there are none."""
MOST = 1_000
"""Of more, that there are none is not looked for at all: it takes 10 seconds to see it."""


class Search:
    """A search for whole counts that fit all that is known of a `system`, of which a sum is at least so much, and not above `most`, and those in `some`, if any
    are named, are one or more.

    What is not found soon, by so many branches, is not found: not by time, or what is found would depend on the machine. `possible` is False once it is
    seen that none fit, mostly because not even parts of people do.

    >>> pair = System(2, known=[{0: 2, 1: 2}], values=[6])
    >>> Search(pair, {0: 1.0}, 3, [0]).widely().tolist(), Search(pair, {0: 1.0}, 3.5).widely()
    ([3.0, 0.0], None)
    """

    def __init__(self, system: System, of: Sum, least: float, some: Sequence[int] = (), most: float = float("inf")) -> None:
        self.unknowns, self._of, self._system, self.possible = system.unknowns, of, system, True
        self._equal, self._limits = Rows(system.unknowns), Rows(system.unknowns)
        self._equal.take(system.equal)
        self._limits.take(system.limits)
        self._limits.take(arrays([{at: -factor for at, factor in of.items()}], [-least]))
        if most < float("inf"):
            self._limits.take(arrays([of], [most]))
        if some:
            self._limits.take(arrays([dict.fromkeys(some, -1.0)], [-1.0]))
        self._near: list[Any] = []
        self._none = False

    def near(self, counts: Sequence[Any]) -> Any:
        """Some where few people move from one of these counts that fit all that is known, or None: near one, two, then all of them.

        >>> import numpy as np
        >>> Search(System(2, known=[{0: 1, 1: 1}], values=[6]), {0: 1.0}, 4).near([np.array([2.0, 4.0])]).tolist()
        [4.0, 2.0]
        """
        import numpy as np

        generator = np.random.default_rng(0)
        met: list[Any] = []
        for own in counts:
            moved = self._moved(own, 1 + generator.random(2 * self.unknowns) * bool(met))
            if moved is None:
                self.possible = False
                return None
            met.append(moved)
            if (found := self._beside(counts[0], met)) is not None:
                return found
        self._near = [*met, *counts]
        return None

    def alike(self, counts: Any, kept: Sequence[Sum]) -> Any:
        """Some that have the same of all sums that are `kept` as these counts, and as much of the sum as can be; None where none are found.

        Where what is kept are the people of each kind in rows and columns of a table, these are whole without being asked to be (Hoffman and Kruskal 1956).
        """
        import numpy as np
        from scipy.optimize import linprog

        equal = Rows(self.unknowns)
        equal.take(self._system.equal)
        equal.take(arrays(kept, [float(sum(factor * counts[at] for at, factor in row.items())) for row in kept]))
        towards = np.zeros(self.unknowns)
        towards[list(self._of)] = [-factor for factor in self._of.values()]
        found = linprog(towards, self._limits.matrix, self._limits.bounds, equal.matrix, equal.bounds, method="highs").x
        return None if found is None else self._beside(counts, [found])

    def widely(self, most: int = ALL) -> Any:
        """Some among the unknowns that are not 0 in counts of parts of people that fit, and where there are not more than `most` among all; or None."""
        import numpy as np

        towards = np.random.default_rng(0).random((_TRIES, self.unknowns))
        towards[0] = 0
        towards[0, list(self._of)] = [-factor for factor in self._of.values()]
        met = [found for own in towards if (found := self._in_parts(own)) is not None]
        self.possible = bool(met)
        if not met:
            return None
        first = np.flatnonzero((np.abs([*met, *self._near]) > _BINDS).any(axis=0))
        every = [np.arange(self.unknowns)] if self.unknowns <= most else []
        for columns in (first, *every):  # the first that is found will do; it is found sooner where something is aimed at
            if (found := self._whole(towards[-1], columns)) is not None:
                return found
        return None

    def all(self) -> Any:
        """Some among all unknowns; or None, and `possible` is False where it is seen that there are none."""
        import numpy as np

        self.possible = True
        found = self._whole(np.random.default_rng(0).random(self.unknowns), np.arange(self.unknowns))
        self.possible = found is not None or not self._none
        return found

    def _moved(self, counts: Any, costs: Any) -> Any:
        """Counts, not only whole ones, that fit and are met from these by moving people at the least of costs, to and from a place; None where none fit."""
        import numpy as np
        from scipy.optimize import linprog
        from scipy.sparse import hstack

        many, some = len(counts), np.flatnonzero(counts)
        told = [(hstack([rows.matrix, -rows.matrix[:, some]]).tocsr(), rows.bounds - rows.matrix @ counts) for rows in (self._limits, self._equal)]
        most = np.concatenate([np.full(many, np.inf), counts[some]])
        ends = np.column_stack([np.zeros(len(most)), most])
        moved = linprog(costs[: len(ends)], *told[0], *told[1], ends, method="highs", options={"presolve": False}).x
        if moved is None:
            return None
        found = counts + moved[:many]
        found[some] -= moved[many:]
        return found

    def _beside(self, counts: Any, loose: Sequence[Any]) -> Any:
        """Whole counts that fit, among these and some of parts of people and beside them; None where none are found."""
        import numpy as np

        if np.abs(loose[-1] - np.round(loose[-1])).max() < _BINDS:
            return np.round(loose[-1])
        low, high = np.floor(np.min(loose, axis=0) + _BINDS) - 1, np.ceil(np.max(loose, axis=0) - _BINDS) + 1
        columns = np.flatnonzero((counts > 0) | (high > 1))
        return self._whole(np.ones(len(counts)), columns, (np.maximum(low[columns], 0), high[columns]))

    def _in_parts(self, towards: Any) -> Any:
        """Counts, not only whole ones, that fit and make a sum as small as can be; None where none fit."""
        from scipy.optimize import linprog

        told = {"A_ub": self._limits.matrix, "b_ub": self._limits.bounds, "A_eq": self._equal.matrix, "b_eq": self._equal.bounds}
        return linprog(towards, **told, method="highs", options={"presolve": False}).x

    def _whole(self, towards: Any, columns: Any, between: tuple[Any, Any] = (0, float("inf"))) -> Any:
        """Whole counts that fit, all 0 but in these columns, where they are `between` bounds; None where none are found."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp

        told = [
            LinearConstraint(rows.matrix[:, columns].tocsr(), low, rows.bounds) for rows, low in ((self._equal, self._equal.bounds), (self._limits, -np.inf))
        ]
        options = {"node_limit": _NODES, "mip_rel_gap": np.inf}
        counts = np.zeros(len(towards))
        if not len(columns):  # counts that fit are 0 everywhere
            return counts
        with quietly():
            found = milp(towards[columns], constraints=told, integrality=np.ones(len(columns)), bounds=Bounds(*between), options=options)
        if found.x is None:
            self._none = found.status == _INFEASIBLE
            return None
        counts[columns] = np.round(found.x)
        return counts


def whole_counts(system: System, of: Sum, least: float, some: Sequence[int], near: Sequence[Any] = ()) -> Any:
    """Whole counts found by a `Search` near some and, where there are none or not many unknowns, widely; None where none are.

    >>> pair = System(2, known=[{0: 2, 1: 2}], values=[6])
    >>> whole_counts(pair, {0: 1.0}, 3, [0]).tolist(), whole_counts(pair, {0: 1.0}, 3.5, [0])
    ([3.0, 0.0], None)
    """
    search = Search(system, of, least, some)
    found = search.near(near)
    return search.widely() if found is None and search.possible and not (near and system.unknowns > ALL) else found
