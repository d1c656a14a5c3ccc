"""Studies of a few groupings as tallies, and a stranger who holds every table of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from scipy.optimize import linprog

from rpgstat import disclosure
from rpgstat.study import Battery, Counts, Disclosure, Group, Groups, Item, Key, Scale, Study, Tally, Wave, regrouped, together

LEVELS = ("No", "Rather no", "Rather yes", "Yes")
Levels = tuple[int, ...]


def study_of(by: Sequence[str], **wave: object) -> Study:
    """A study of one item that declares these groupings."""
    return Study((Wave("one", **wave),), (Battery("B", Scale("s", LEVELS), (Item("a", "a"),)),), groups=tuple(Group(name, (name,)) for name in by))


def tally_of(by: tuple[str, ...], people: Mapping[Key, Levels], silent: Mapping[Key, int] | None = None) -> Tally:
    """The answers of each part of a study, and how many of it gave none."""
    lost = silent or {}
    parts = {key: Tally(("one",), {"one": sum(own) + lost.get(key, 0)}, {("a", "one"): Counts(own, 0, lost.get(key, 0))}, {}) for key, own in people.items()}
    whole = together(parts.values())
    return replace(whole, by=by, parts=parts)


def every_table(tally: Tally, study: Study, plan: disclosure.Plan) -> dict[tuple[str, ...], Groups]:
    """The groups of every table that a study can give: each grouping, and each two crossed."""
    places = [places for size in (1, 2) for places in combinations(range(len(tally.by)), size)]
    return {tuple(tally.by[at] for at in own): disclosure.groups(regrouped(tally, own), study, plan) for own in places}


class Stranger:
    """Who holds all tables of item a, knows which groups have anybody in them, and solves for what is withheld by linear programmes."""

    def __init__(self, tally: Tally, study: Study, plan: disclosure.Plan) -> None:
        self.parts = [key for key in tally.parts if tally.parts[key].returned["one"]]
        self.k = len(LEVELS)
        self.rows: list[np.ndarray] = []
        self.values: list[float] = []
        self.hidden: dict[tuple[tuple[str, ...], str], list[int]] = {}
        self.whole = tally.counts["a", "one"].levels
        self._tell(range(len(self.parts)), self.whole)
        for by, groups in every_table(tally, study, plan).items():
            axes = [tally.by.index(name) for name in by]
            for name, people in groups.rows.items():
                self._read(by, name, people, self._members(axes, name))

    def _members(self, axes: Sequence[int], name: str) -> list[int]:
        labels = [tuple(key[axis] for axis in axes) for key in self.parts]
        return [at for at, own in enumerate(labels) if (None in own and name == "(not stated)") or " × ".join(map(str, own)) == name]

    def _read(self, by: tuple[str, ...], name: str, people: Tally, members: list[int]) -> None:
        seen = people.counts.get(("a", "one"))
        mean = next((own for cell, own in people.means.items() if getattr(cell, "item", "") == "a"), None)
        if seen is not None:
            self._tell(members, seen.levels)
        elif mean is not None:
            self._add({at * self.k + level: 1.0 for at in members for level in range(self.k)}, mean.n)
            self._add({at * self.k + level: level + 1.0 for at in members for level in range(self.k)}, float(mean.total))
        elif members:
            self.hidden[by, name] = members

    def _tell(self, members: Sequence[int], levels: Levels) -> None:
        for level, count in enumerate(levels):
            self._add({at * self.k + level: 1.0 for at in members}, count)

    def _add(self, row: Mapping[int, float], value: float) -> None:
        found = np.zeros(len(self.parts) * self.k)
        for at, factor in row.items():
            found[at] = factor
        self.rows.append(found)
        self.values.append(value)

    def most(self, of: Mapping[int, float], least: Mapping[int, float] | None = None) -> float:
        """The largest that a sum can be, where another is at least one."""
        aim, some = np.zeros(len(self.parts) * self.k), np.zeros(len(self.parts) * self.k)
        for at, factor in of.items():
            aim[at] = -factor
        for at, factor in (least or {}).items():
            some[at] = -factor
        limits = {"A_ub": [some], "b_ub": [-1.0]} if least else {}
        solved = linprog(aim, A_eq=np.array(self.rows), b_eq=self.values, bounds=(0, None), **limits)
        assert solved.success, solved.message
        return -float(solved.fun)

    def found_out(self, truth: Mapping[tuple[tuple[str, ...], str], Levels], rule: Disclosure) -> list[str]:
        """What is known within too little of any hidden group."""
        told = []
        for (by, name), members in self.hidden.items():
            levels = truth[by, name]
            number = {at * self.k + level: 1.0 for at in members for level in range(self.k)}
            high, low = self.most(number), max(-self.most(dict.fromkeys(number, -1.0)), 1.0)
            if sum(levels) and (high - low < 2 - 1e-6 or high < rule.hide_below - 1e-6):
                told.append(f"{by} {name}: n {low} to {high}")
            if sum(levels) and self._mean_known(members, levels, number):
                told.append(f"{by} {name}: mean of {levels}")
        return told

    def _mean_known(self, members: Sequence[int], levels: Levels, number: Mapping[int, float]) -> bool:
        used = [level + 1 for level, count in enumerate(self.whole) if count]
        mean = sum((level + 1) * count for level, count in enumerate(levels)) / sum(levels)
        above, below = min(mean + 0.5, max(used)), max(mean - 0.5, min(used))
        up = self.most({at * self.k + level: level + 1 - above for at in members for level in range(self.k)}, number)
        down = self.most({at * self.k + level: below - level - 1 for at in members for level in range(self.k)}, number)
        return min(up, down) < -1e-6
