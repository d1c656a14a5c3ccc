"""The same people in two waves: who they are, and from which answer to which they moved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from fractions import Fraction

from rpgstat.record import record

CHANGED = "\0changed"
"""The label of the group of somebody who stands in another one in the other wave; no group can bear it."""


@record
class ItemPair:
    """An item in two waves."""

    item: str
    reference: str
    wave: str


@record
class ScorePair:
    """The scores of a battery, made of some items, in two waves."""

    battery: str
    items: tuple[str, ...]
    reference: str
    wave: str


Pair = ItemPair | ScorePair
"""What people may have moved in."""


@record
class Linked:
    """The people of two waves whose ids can link them, and how many stand in `both`; `why` says why they link nobody, where they do not.

    Of both waves together, `without_id` have none, `repeated` stand on rows whose id stands on several (all of which count), and `damaged`
    have an id that a spreadsheet rounded: none of these is among the people.
    """

    reference: int
    wave: int
    both: int
    why: str = ""
    without_id: int = 0
    repeated: int = 0
    damaged: int = 0


@record
class ItemMoves:
    """People whose answers to an item are on the scale in both waves: `table[before][after]` of them, by levels, lowest score first.

    `masses` are the sums of the products of their two weights, in the units of these, () where nobody is weighted.
    """

    table: tuple[tuple[int, ...], ...]
    masses: tuple[tuple[int, ...], ...] = ()

    @property
    def n(self) -> int:
        """The pairs."""
        return sum(map(sum, self.table))

    def scored(self, scores: Sequence[Fraction]) -> list[tuple[Fraction, Fraction, int]]:
        """(score before, score after, people), without pairs of scores that nobody gave. `scores` are those of the levels.

        >>> ItemMoves(((2, 1), (0, 4))).scored([Fraction(0), Fraction(1)])
        [(Fraction(0, 1), Fraction(0, 1), 2), (Fraction(0, 1), Fraction(1, 1), 1), (Fraction(1, 1), Fraction(1, 1), 4)]
        """
        return [(scores[i], scores[j], n) for i, row in enumerate(self.table) for j, n in enumerate(row) if n]

    def weighed(self, scores: Sequence[Fraction]) -> list[tuple[Fraction, Fraction, int]]:
        """The same with the masses in the place of people; nothing without weights."""
        return [(scores[i], scores[j], mass) for i, row in enumerate(self.masses) for j, mass in enumerate(row) if mass]


@record
class ScoreMoves:
    """People with a battery score in both waves: (score before, score after, people), ascending; `masses` as in `ItemMoves`, for the same moves."""

    moves: tuple[tuple[Fraction, Fraction, int], ...]
    masses: tuple[int, ...] = ()

    @property
    def n(self) -> int:
        """The pairs."""
        return sum(n for *_, n in self.moves)

    @property
    def weighed(self) -> list[tuple[Fraction, Fraction, int]]:
        """The same with the masses in the place of people; nothing without weights."""
        return [(before, after, mass) for (before, after, _), mass in zip(self.moves, self.masses, strict=False)]


Apart = tuple[tuple[tuple[str | int | None, ...], Fraction | None, tuple[str | int | None, ...], Fraction | None, int], ...]
"""People who stand in two waves, whether they answered or not: their labels before, their answer, both after, and how many; in place of the labels
of people who are raked, the cell."""

Moves = ItemMoves | ScoreMoves
"""How people moved in a pair."""


@record
class ItemWaves:
    """An item in several waves, in order."""

    item: str
    waves: tuple[str, ...]


@record
class ScoreWaves:
    """The scores of a battery, made of some items, in several waves."""

    battery: str
    items: tuple[str, ...]
    waves: tuple[str, ...]


Several = ItemWaves | ScoreWaves
"""What people may have answered over and over."""


@record
class Courses:
    """Everybody who answered in any of several waves: by their scores in order of the waves, None where there is none, how many there are.

    The courses ascend, no answer first. Who can be linked to nobody counts as one person for each answer. They leave weights aside. Where people
    have weights, `factors` bring what they weigh in each wave to one unit, and `products` are, by the places of two waves, the score in each
    and the sum of the products of the two weights of the people who gave both, in this unit.
    """

    people: tuple[tuple[tuple[Fraction | None, ...], int], ...]
    factors: tuple[int, ...] = ()
    products: Mapping[tuple[int, int], tuple[tuple[Fraction, Fraction, int], ...]] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """The people."""
        return sum(n for _, n in self.people)

    def timed(self, times: Sequence[float]) -> list[tuple[list[tuple[float, Fraction]], int]]:
        """The answers of each course with the times of their waves, and how many people have it.

        >>> Courses((((None, Fraction(2)), 4), ((Fraction(1), Fraction(2)), 3))).timed([2016, 2018])
        [([(2018, Fraction(2, 1))], 4), ([(2016, Fraction(1, 1)), (2018, Fraction(2, 1))], 3)]
        """
        return [([(time, score) for time, score in zip(times, own, strict=True) if score is not None], n) for own, n in self.people]
