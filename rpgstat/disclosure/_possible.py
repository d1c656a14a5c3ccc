"""Which answers a mean leaves possible: whether an intruder who holds a group's n and mean, and all others' figures, knows what somebody said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import combinations_with_replacement
from math import lcm

from rpgstat.record import record

Levels = tuple[int, ...]
"""How many people gave each answer, lowest score first."""
ANY = -1
"""Some answer, whichever."""

_WORK = 20_000
"""Steps of a search; one that is not through by then counts as if it had found nothing, so the mean is withheld."""


@record
class People:
    """A group as it answered one item: the mean of it is shown, and the counts of 1 to `small` of its answers are to stay unknown."""

    levels: Levels
    small: int

    @property
    def n(self) -> int:
        """How many people these are."""
        return sum(self.levels)


def whole_steps(scores: Sequence[Fraction]) -> Levels:
    """The scores as whole numbers.

    >>> whole_steps([Fraction(1), Fraction(5, 2), Fraction(4)])
    (2, 5, 8)
    """
    unit = lcm(*(score.denominator for score in scores))
    return tuple(int(score * unit) for score in scores)


def tells(own: People, others: Sequence[Levels], hidden: Levels | None, scores: Levels) -> bool:
    """Whether the mean of `own` gives its answers away: one distribution only is possible, or one count of 1 to `small` of an answer.

    Known are n and mean of `own` and of each of `others`, and the answers of all of them together with those that are `hidden`, of whom
    nothing is known; None where there are none of these. The answer depends on what is known alone: that somebody else's true answers
    are looked at first only makes it quicker.
    """
    asked = frozenset(level for level, count in enumerate(own.levels) if 1 <= count <= own.small)
    changed = exchanged(own.levels, [*others, *([hidden] if hidden else [])], scores)
    if changed and asked <= changed:
        return False
    everyone = tuple(map(sum, zip(own.levels, *others, *([hidden] if hidden else []), strict=True)))
    search = _Search(scores)
    rest = [(sum(levels), _sum(levels, scores)) for levels in others]
    met = False
    for levels in search.ways(everyone, own.n, _sum(own.levels, scores)):
        left = tuple(a - b for a, b in zip(everyone, levels, strict=True))
        if levels != own.levels and search.holds(left, rest):
            met = True
            asked = frozenset(level for level in asked if levels[level] == own.levels[level])
        if met and not asked:
            return False
    return True


def alone(own: People, scores: Levels) -> bool:
    """Whether n and mean by themselves give the answers away.

    >>> alone(People((0, 0, 1, 7), 4), (1, 2, 3, 4)), alone(People((0, 0, 2, 6), 4), (1, 2, 3, 4))
    (True, False)
    """
    anybody = tuple(own.n for _ in scores)
    return tells(own, [], anybody, scores)


def _sum(levels: Levels, scores: Levels) -> int:
    return sum(count * score for count, score in zip(levels, scores, strict=True))


@lru_cache
def moves(scores: Levels) -> tuple[tuple[Levels, Levels], ...]:
    """Pairs of answers that two people can give for another two without changing their sum."""
    pairs: dict[int, list[Levels]] = {}
    for pair in combinations_with_replacement(range(len(scores)), 2):
        pairs.setdefault(scores[pair[0]] + scores[pair[1]], []).append(pair)
    return tuple((one, other) for alike in pairs.values() for one in alike for other in alike if one != other)


def exchanged(own: Levels, others: Sequence[Levels], scores: Levels) -> set[int]:
    """The answers whose number changes when two people of `own` change places with two of one of the others, and every mean stays."""
    found: set[int] = set()
    for mine, theirs in moves(scores):
        if _has(own, mine) and any(_has(other, theirs) for other in others):
            found |= {*mine, *theirs}  # two pairs of one sum share no answer
    return found


def _has(levels: Levels, pair: Levels) -> bool:
    return all(levels[level] >= pair.count(level) for level in pair)


class _Search:
    """Distributions of people over answers, within a bounded number of steps."""

    def __init__(self, scores: Levels) -> None:
        self.scores = scores
        self.left = _WORK
        self._known: dict[tuple[Levels, tuple[tuple[int, int], ...]], bool] = {}

    def ways(self, most: Levels, n: int, total: int) -> Iterator[Levels]:
        """How n people whose scores sum to `total` can have answered, at most so many at each level."""
        yield from self._from(len(most) - 1, most, n, total)

    def _from(self, level: int, most: Levels, n: int, total: int) -> Iterator[Levels]:
        self.left -= 1
        if self.left < 0:
            return
        if level < 0:
            if n == total == 0:
                yield ()
            return
        if sum(most[: level + 1]) < n or not n * self.scores[0] <= total <= n * self.scores[level]:
            return
        for count in range(min(most[level], n), -1, -1):
            for below in self._from(level - 1, most, n - count, total - count * self.scores[level]):
                yield (*below, count)

    def holds(self, most: Levels, groups: Sequence[tuple[int, int]]) -> bool:
        """Whether groups of so many people and such sums can all have been among these."""
        if not groups:
            return True
        key = most, tuple(groups)
        if key not in self._known:
            (n, total), *rest = groups
            found = (tuple(a - b for a, b in zip(most, levels, strict=True)) for levels in self.ways(most, n, total))
            self._known[key] = any(self.holds(left, rest) for left in found)
        return self._known[key]
