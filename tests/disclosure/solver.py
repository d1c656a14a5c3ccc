"""Which whole, non-negative counts agree with all facts: linear programmes first, whole numbers for the last word (HiGHS, by SciPy)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from math import lcm

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp
from scipy.sparse import csr_array, hstack

from tests.disclosure.facts import Fact
from tests.disclosure.microcells import Microcells, Vector

MOST_SECONDS = 2.0
_PATIENCE = 3
"""After so many programmes over all microcells that were not through in time, no more are tried in the wave: each item by itself decides."""
_INFEASIBLE = 2
_MOST = 10_000
"""More people than any study here has, so that no programme is unbounded."""
_NEAR = 1e-6
_DENOMINATOR = 20_000
"""More than the people of a study times the parts that scores and weights come in."""
Wanted = Sequence[tuple[Vector, float]]


class UndecidedError(Exception):
    """The solver was not through in time: nothing is known."""


class Programme:
    """All solutions of some facts: `pool` holds those in whole numbers met so far, the true one the first, `loose` those in fractions."""

    def __init__(self, facts: Iterable[tuple[Vector, float, float]], truth: Vector) -> None:
        self.matrix, self.low, self.high = _distinct(facts, truth.size)
        self.pool: list[Vector] = [truth]
        self.loose: list[Vector] = []

    def met(self, wanted: Wanted) -> bool | None:
        """Whether a solution that is known already is as wanted, each form at least so much; None when only one in fractions is."""
        if any(_is_as(found, wanted) for found in self.pool):
            return True
        return None if any(_is_as(found, wanted) for found in self.loose) else False

    def solve(self, wanted: Wanted, *, whole: bool) -> bool | None:
        """Whether there is a solution as wanted; None when only one in fractions is found. Raises UndecidedError."""
        if whole and self._near(wanted):
            return True
        found = self._optimum(wanted, whole=whole, slack=0, presolve=whole)  # which takes longer than it saves where nothing has to be whole
        if found.x is None and found.status == _INFEASIBLE:  # presolving takes some of these for impossible that are not: no is said twice
            found = self._optimum(wanted, whole=whole, slack=_NEAR, presolve=False)
        if found.x is None:
            if found.status == _INFEASIBLE:
                return False
            raise UndecidedError(found.message)
        rounded = np.round(found.x)
        if np.abs(found.x - rounded).max() > 10 * _NEAR or not self._agrees(rounded):
            self.loose.append(found.x)
            return None
        self.pool.append(rounded)
        return True

    def _near(self, wanted: Wanted) -> bool:
        """Whether a solution in whole numbers that is as wanted is found near the true one: first by what moves the fewest people, in fractions, then by
        whole numbers between and beside these. Most that are anywhere are there, and are found in a tenth of the time."""
        loose = self._nearest(wanted)
        if loose is None:
            return False
        if self._take(loose, wanted):
            return True
        some = (self.pool[0] > 0) | (loose > _NEAR)
        for more in (0, 1):
            low, high = np.maximum(np.floor(loose + _NEAR) - more, 0), np.where(some, np.ceil(loose - _NEAR) + more, 0)
            options = {"time_limit": MOST_SECONDS / 4, "mip_rel_gap": np.inf}  # the first that is found will do
            found = milp(-wanted[0][0], constraints=self._told(wanted, 0), integrality=np.ones(low.size), bounds=Bounds(low, high), options=options).x
            if found is not None and self._take(found, wanted):
                return True
        return False

    def _nearest(self, wanted: Wanted) -> Vector | None:
        """What is as wanted and moves the fewest people of the true solution, in fractions: so many come to a place, so many leave one that has any."""
        truth = self.pool[0]
        some = np.flatnonzero(truth)
        told = [LinearConstraint(hstack([one.A, -one.A[:, some]]).tocsr(), one.lb - one.A @ truth, one.ub - one.A @ truth) for one in self._told(wanted, 0)]
        bounds = Bounds(0, np.concatenate([np.full(truth.size, np.inf), truth[some]]))
        moved = milp(np.ones(truth.size + some.size), constraints=told, bounds=bounds, options={"time_limit": MOST_SECONDS, "presolve": False}).x
        if moved is None:
            return None
        found = truth + moved[: truth.size]
        found[some] -= moved[truth.size :]
        return found

    def _take(self, found: Vector, wanted: Wanted) -> bool:
        """Keeps a solution if it is whole, agrees with all facts and is as wanted."""
        whole = np.round(found)
        taken = bool(np.abs(found - whole).max() <= 10 * _NEAR and self._agrees(whole) and _is_as(whole, wanted))
        self.pool += [whole] if taken else []
        return taken

    def _told(self, wanted: Wanted, slack: float) -> list[LinearConstraint]:
        forms, least = csr_array(np.array([form for form, _ in wanted])), np.array([least for _, least in wanted])
        return [LinearConstraint(self.matrix, self.low - slack, self.high + slack), LinearConstraint(forms, least - _NEAR / 10, np.inf)]

    def _optimum(self, wanted: Wanted, *, whole: bool, slack: float, presolve: bool = True) -> OptimizeResult:
        aim = np.zeros(self.matrix.shape[1]) if whole else -wanted[0][0]
        options = {"time_limit": MOST_SECONDS, "presolve": presolve}
        return milp(aim, constraints=self._told(wanted, slack), integrality=np.full(aim.size, int(whole)), bounds=Bounds(0, _MOST), options=options)

    def _agrees(self, found: Vector) -> bool:
        value = self.matrix @ found
        return bool(np.all(value >= self.low - _NEAR) and np.all(value <= self.high + _NEAR))


def _is_as(found: Vector, wanted: Wanted) -> bool:
    return all(form @ found >= least - _NEAR for form, least in wanted)


class Solver:
    """Answers what the facts of a wave leave possible.

    Over all microcells in fractions, over those of one item in whole numbers, and over all in whole numbers, where that is through in time.
    What the first two leave possible and the last is not through with counts as possible, and is counted in `relaxed`.
    """

    def __init__(self, cells: Microcells, facts: Sequence[Fact], truth: Vector) -> None:
        self.cells, self.facts, self.truth = cells, facts, truth
        self.joint = Programme([(fact.form, fact.low, fact.high) for fact in facts], truth)
        self.items: dict[str, Programme] = {}
        self.patience = _PATIENCE
        self.relaxed = 0

    def reach(self, form: Vector, least: float, most: float = np.inf, *, of: Vector | None = None) -> bool:
        """Whether some solution has `form` at `least` or more, and at `most` at most, and anybody `of` these people. Raises UndecidedError."""
        wanted = [(form, least), *([(-form, -most)] if most < np.inf else []), *([(of, 1.0)] if of is not None else [])]
        found = self.joint.met(wanted)
        if found is False:
            found = self.joint.solve(wanted, whole=False)
        if found is not None:
            return found
        if self._by_item(wanted) is False:
            return False
        if self.patience:
            try:
                found = self.joint.solve(wanted, whole=True)
            except UndecidedError:
                found = None
            if found is not None:
                return found
            self.patience -= 1
        self.relaxed += 1
        return True

    def values(self, form: Vector) -> set[int]:
        """The values of a form over all solutions met."""
        found = {round(float(form @ one)) for one in self.joint.pool}
        item = self._item_of([(form, 0.0)])
        if item is not None:
            own = self._projected(form, item)
            found |= {round(float(own @ one)) for one in self._programme(item).pool}
        return found

    def _by_item(self, wanted: Wanted) -> bool | None:
        """What the facts of the item that is asked about decide by themselves; None when it is about more than one."""
        item = self._item_of(wanted)
        if item is None:
            return None
        programme = self._programme(item)
        own = [(self._projected(form, item), least) for form, least in wanted]
        return programme.met(own) or programme.solve(own, whole=True)

    def _item_of(self, wanted: Wanted) -> str | None:
        return next((item for item in self.cells.wave.items if all(self._projected(form, item) is not None for form, _ in wanted)), None)

    def _programme(self, item: str) -> Programme:
        if item not in self.items:
            projected = [(self._projected(fact.form, item), fact.low, fact.high) for fact in self.facts]
            truth = self._folded(self.truth, item)
            self.items[item] = Programme([(form, low, high) for form, low, high in projected if form is not None], truth)
        return self.items[item]

    def _projected(self, form: Vector, item: str) -> Vector | None:
        """A form over the answers to one item alone; None where it depends on others."""
        own, firsts, inverse = self._split(form, item)
        if not np.array_equal(own[:, firsts][:, inverse], own):
            return None
        return np.concatenate([own[:, firsts].ravel(), form[self.cells.cells :]])

    def _folded(self, counts: Vector, item: str) -> Vector:
        own, firsts, inverse = self._split(counts, item)
        found = np.zeros((own.shape[0], len(firsts)))
        np.add.at(found.T, inverse, own.T)
        return np.concatenate([found.ravel(), counts[self.cells.cells :]])

    def _split(self, vector: Vector, item: str) -> tuple[Vector, Vector, Vector]:
        answers = [str(answer) for answer in self.cells.answers(item)]
        _, firsts, inverse = np.unique(answers, return_index=True, return_inverse=True)
        return vector[: self.cells.cells].reshape(len(self.cells.keys), -1), firsts, inverse


def _distinct(facts: Iterable[tuple[Vector, float, float]], size: int) -> tuple[csr_array, Vector, Vector]:
    """The facts without those that say the same twice, in whole numbers: in floats, HiGHS takes what cannot be met exactly for impossible."""
    met: dict[bytes, tuple[Vector, float, float]] = {}
    for form, low, high in facts:
        if np.any(form):
            times = _times(form)
            own = np.round(form * times)
            bounds = [np.round(bound * times) if np.isfinite(bound) else bound for bound in (low, high)]
            met.setdefault(own.tobytes() + np.array(bounds).tobytes(), (own, bounds[0], bounds[1]))
    forms = np.array([form for form, _, _ in met.values()]).reshape(-1, size)
    return csr_array(forms), np.array([low for _, low, _ in met.values()]), np.array([high for _, _, high in met.values()])


def _times(form: Vector) -> int:
    """By how much a form of fractions is whole."""
    found = 1
    for value in np.unique(form):
        found = lcm(found, Fraction(float(value)).limit_denominator(_DENOMINATOR).denominator)
    if np.abs(form * found - np.round(form * found)).max() > _NEAR * found:
        raise AssertionError(f"a fact is in no fractions: {np.unique(form)[:5]}")
    return found
