"""The unknowns of an attack on one wave: how many people of each joint cell of the groupings gave each combination of answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from itertools import product

import numpy as np

from tests.disclosure.studies import BLANK, OFF, Answer, Made, MadeWave

Vector = np.ndarray
Scores = tuple[str, ...]
"""The items of a battery of which the score is meant; one item stands for its own score."""


class Microcells:
    """A vector of unknown counts of one wave, and every figure that can be published of it as a linear form of these.

    The places of the vector are (joint cell, combination of answers), then the copies of people of each joint cell, then how many of each
    label of the first grouping were invited. Scores run from 1.
    """

    def __init__(self, made: Made, wave: MadeWave) -> None:
        self.made, self.wave, self.keys = made, wave, made.keys
        off, blank = (any(word in one.answers for one in wave.people) for word in (OFF, BLANK))
        self.patterns = _patterns(len(wave.items), made.levels, off, blank)
        self.labels = next(iter(made.groupings.values()))
        self.cells = len(self.keys) * len(self.patterns)
        self.size = self.cells + len(self.keys) + len(self.labels)

    def everyone(self) -> list[int]:
        """The places of all joint cells."""
        return list(range(len(self.keys)))

    def stated(self, by: Sequence[str]) -> list[int]:
        """The joint cells of people who stated their group in each grouping named."""
        axes = self._axes(by)
        return [place for place, key in enumerate(self.keys) if None not in [key[axis] for axis in axes]]

    def of(self, by: Sequence[str], group: str) -> list[int]:
        """The joint cells of a group as tables name it."""
        axes, stated = self._axes(by), self.stated(by)
        if group == "(not stated)":
            return [place for place in self.everyone() if place not in stated]
        return [place for place in stated if " × ".join(str(self.keys[place][axis]) for axis in axes) == group]

    def groups(self, by: Sequence[str]) -> list[str]:
        """The groups that anybody is in, as tables name them."""
        axes = self._axes(by)
        named = dict.fromkeys(" × ".join(str(self.keys[place][axis]) for axis in axes) for place in self.stated(by))
        return [*named, *(["(not stated)"] if len(self.stated(by)) < len(self.keys) else [])]

    def _axes(self, by: Sequence[str]) -> list[int]:
        return [list(self.made.groupings).index(name) for name in by]

    # --- what a figure counts of each combination of answers; None where it cannot be said -----------------------

    def answers(self, item: str) -> list[Answer]:
        """Of each combination the answer to an item."""
        place = self.wave.items.index(item)
        return [pattern[place] for pattern in self.patterns]

    @cached_property
    def returned(self) -> Vector:
        """1 for each combination."""
        return np.ones(len(self.patterns))

    @cached_property
    def usable(self) -> Vector:
        """Whether anything is on the scale."""
        return np.array([any(isinstance(answer, int) for answer in pattern) for pattern in self.patterns], float)

    @cached_property
    def marked(self) -> Vector:
        """How many items were answered, on the scale or off it."""
        return np.array([sum(answer != BLANK for answer in pattern) for pattern in self.patterns], float)

    @cached_property
    def partial(self) -> Vector:
        """Whether some items were left blank."""
        return np.array([BLANK in pattern for pattern in self.patterns], float)

    @cached_property
    def straight(self) -> Vector:
        """Whether one and the same answer was given to every item of a battery of four or more."""
        found = np.zeros(len(self.patterns))
        for items in self.made.batteries.values():
            places = [self.wave.items.index(item) for item in items if item in self.wave.items]
            if len(places) >= 4:
                found = np.maximum(found, [len({p[at] for at in places}) == 1 and isinstance(p[places[0]], int) for p in self.patterns])
        return found

    def level(self, item: str, level: int) -> Vector:
        """Whether an item has this answer."""
        return np.array([answer == level and not isinstance(answer, str) for answer in self.answers(item)], float)

    def scores(self, of: Scores) -> Vector:
        """The score of each combination: of one item, or the mean of those answered of several if at least half are; NaN for none."""
        columns = [self.answers(item) for item in of]
        found = []
        for own in zip(*columns, strict=True):
            valid = [answer + 1 for answer in own if isinstance(answer, int)]
            found.append(sum(valid) / len(valid) if valid and 2 * len(valid) >= len(of) else np.nan)
        return np.array(found)

    def upper(self, of: Scores) -> Vector:
        """Whether a score is in the upper half: of an item by the place of its level, of a battery above the midpoint."""
        scores, midpoint = self.scores(of), (1 + self.made.levels) / 2
        lowest = (self.made.levels + 1) // 2 if len(of) == 1 else None
        return np.nan_to_num(scores > (midpoint if lowest is None else lowest)).astype(float)

    # --- forms ---------------------------------------------------------------------------------------------------

    def form(self, places: Iterable[int], counted: Vector, weights: Sequence[float] = ()) -> Vector:
        """The sum over some joint cells of what is `counted` of each combination, each cell times its weight if there are any."""
        found = np.zeros((len(self.keys), len(self.patterns)))
        for place in places:
            found[place] = counted * (weights[place] if len(weights) else 1)
        return np.concatenate([found.ravel(), np.zeros(self.size - self.cells)])

    def copied(self, places: Iterable[int]) -> Vector:
        """How many rows of some joint cells repeat an id."""
        found = np.zeros(self.size)
        found[[self.cells + place for place in places]] = 1
        return found

    def invited(self, label: str) -> Vector:
        """How many of a label of the first grouping were invited."""
        found = np.zeros(self.size)
        found[self.cells + len(self.keys) + self.labels.index(label)] = 1
        return found

    def weights(self) -> list[float]:
        """Of each joint cell the weight that everybody knows."""
        return [float(self.made.weights.get(key[0] or "", 1)) for key in self.keys]

    def truth(self) -> Vector:
        """What really was answered, which no attacker has: by it the auditor tells whether a form that it reads from a figure is right."""
        found = np.zeros(self.size)
        where = {pattern: at for at, pattern in enumerate(self.patterns)}
        place = {key: at for at, key in enumerate(self.keys)}
        for one in self.wave.people:
            found[place[one.key] * len(self.patterns) + where[one.answers]] += 1
            found[self.cells + place[one.key]] += one.copies
        for at, label in enumerate(self.labels):
            found[self.cells + len(self.keys) + at] = self.wave.invited_by.get(label, 0)
        return found


@lru_cache
def _patterns(items: int, levels: int, off: bool, blank: bool) -> tuple[tuple[Answer, ...], ...]:
    """Every combination of answers that is no blank questionnaire."""
    ways: list[Answer] = [*range(levels), *([OFF] if off else []), *([BLANK] if blank else [])]
    return tuple(pattern for pattern in product(ways, repeat=items) if any(answer != BLANK for answer in pattern))
