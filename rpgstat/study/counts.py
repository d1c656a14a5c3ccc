"""The table of counts that every analysis starts from: how many people, per item, wave and level, and per battery score."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from fractions import Fraction

from rpgstat.record import record
from rpgstat.study.cells import Cell, ItemCell, ScoreCell
from rpgstat.study.transitions import Apart, Courses, Linked, Moves, Pair, Several

Mass = tuple[int, int]
"""What some people weigh: the sum of their weights and of these squared, in a whole unit that all people of a wave share."""


def _heavier(one: Mass, other: Mass, sign: int) -> Mass:
    return one[0] + sign * other[0], one[1] + sign * other[1]


@record
class Counts:
    """The answers to one item in one wave.

    `levels` counts people at each level, lowest score first (after reversal); `not_applicable` answered off the scale;
    `missing` returned the questionnaire without an answer here. `masses` are what those at each level weigh, () where nobody is weighted.
    """

    levels: tuple[int, ...]
    not_applicable: int
    missing: int
    masses: tuple[Mass, ...] = ()

    @property
    def n(self) -> int:
        """Valid answers."""
        return sum(self.levels)

    @property
    def answered(self) -> int:
        """Any answer, on the scale or off it."""
        return self.n + self.not_applicable

    def plus(self, other: Counts, sign: int = 1) -> Counts:
        """The answers of these people and `other` people together; with `sign` -1, of these without the others."""
        levels = tuple(a + sign * b for a, b in zip(self.levels, other.levels, strict=True))
        masses = tuple(_heavier(a, b, sign) for a, b in zip(self.masses, other.masses, strict=True))
        return Counts(levels, self.not_applicable + sign * other.not_applicable, self.missing + sign * other.missing, masses)


@record
class ScoreCounts:
    """Battery scores in one wave: distinct `values` ascending, how many people have each, what these weigh, and those `missing`.

    A person's score is the mean of the answered ones among `items`, if at least half of them were answered.
    """

    items: tuple[str, ...]
    values: tuple[Fraction, ...]
    counts: tuple[int, ...]
    missing: int
    masses: tuple[Mass, ...] = ()

    @property
    def n(self) -> int:
        """People with a score."""
        return sum(self.counts)

    def plus(self, other: ScoreCounts, sign: int = 1) -> ScoreCounts:
        """As `Counts.plus`; a score that nobody is left with is dropped."""
        people = dict(zip(self.values, self.counts, strict=True))
        for value, n in zip(other.values, other.counts, strict=True):
            people[value] = people.get(value, 0) + sign * n
        values = tuple(sorted(value for value, n in people.items() if n))
        own, others = (dict(zip(side.values, side.masses, strict=False)) for side in (self, other))
        masses = tuple(_heavier(own.get(v, (0, 0)), others.get(v, (0, 0)), sign) for v in values) if own or others else ()
        return ScoreCounts(self.items, values, tuple(people[v] for v in values), self.missing + sign * other.missing, masses)


@record
class Returned:
    """The questionnaires of some people in one wave: how many, with a valid answer, with all answers together, partly answered,
    with one level through a battery, and with an id that stands on an earlier row. None where nobody is to see it, or the file has no id."""

    returned: int = 0
    usable: int | None = 0
    answered: int | None = 0
    partial: int | None = 0
    straight_liners: int | None = 0
    repeated: int | None = None

    def plus(self, other: Returned) -> Returned:
        """These and other people of the wave together."""
        return Returned(
            self.returned + other.returned,
            _both(self.usable, other.usable),
            _both(self.answered, other.answered),
            _both(self.partial, other.partial),
            _both(self.straight_liners, other.straight_liners),
            _both(self.repeated, other.repeated),
        )


def _both(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other


@record
class Moments:
    """Complete cases of a battery in a wave: `n` people, and exact sums of their scores and of products of two items' scores."""

    items: tuple[str, ...]
    n: int
    sums: tuple[Fraction, ...]
    products: tuple[tuple[Fraction, ...], ...]


@record
class ItemSums:
    """People who answered every one of some items, over all waves that asked them: `n`, and whole sums in a unit of the scale.

    For each item the sum of its scores, of their squares, and of each score times the person's sum over all items: enough for alpha and
    for each item's correlation with the rest. Everyone counts once, weighted or not.
    """

    n: int
    sums: tuple[int, ...]
    squares: tuple[int, ...]
    with_total: tuple[int, ...]

    def plus(self, other: ItemSums) -> ItemSums:
        """These people and others who answered the same items."""
        pairs = ((self.sums, other.sums), (self.squares, other.squares), (self.with_total, other.with_total))
        return ItemSums(self.n + other.n, *(tuple(map(sum, zip(*pair, strict=True))) for pair in pairs))


Class = tuple[int, ...]
"""People of the same categories in the margins that are raked: the place of each category."""


@record
class Design:
    """How the people counted stand for a population; everything by wave.

    `told` says in words where weights come from, `people` how many who returned the questionnaire have each of them. Where they come from
    raking, `cells` say in which cell of the margins each class is weighted, `raked` how many people that cell has and the weight of each.
    `population` is the number of people that could have answered, where the answers are a part of so few that it matters.
    """

    told: str = ""
    people: Mapping[str, Mapping[Fraction | float, int]] = field(default_factory=dict)
    cells: Mapping[str, Mapping[Class, Class]] = field(default_factory=dict)
    raked: Mapping[str, Mapping[Class, tuple[int, float]]] = field(default_factory=dict)
    population: Mapping[str, int] = field(default_factory=dict)


@record
class MeanOnly:
    """The first figures of some answers: how many they are, and the sum of their scores; None where people are weighted."""

    n: int
    total: Fraction | None

    @property
    def mean(self) -> Fraction | None:
        """The mean score; None without answers."""
        return self.total / self.n if self.n and self.total is not None else None

    def minus(self, other: MeanOnly) -> MeanOnly:
        """The answers of these people without those of the others."""
        return MeanOnly(self.n - other.n, None if self.total is None or other.total is None else self.total - other.total)


Key = tuple[str | None, ...]
"""Who a part of a tally is: one label for each grouping, None for people who did not state theirs."""


@record
class Tally:
    """All counts of a study: `counts[item, wave]`, `scores[battery, items, wave]`, and people who returned it, by wave.

    `counts` has no entry for an item that a wave's file does not hold. `rows` are the respondents of each source. Broken down by
    the groupings `by`, `parts` are the same counts of fewer people, in the order of the groups. Of a part as it may be seen, `withheld`
    are the cells that are not in it because nobody is to see them, and `means` has every other cell: one that stands there and not among
    the counts may be seen by its mean only; of `number_only`, which are among the counts, no figure with weights may be seen.
    Where the people are raked, `classes` are the same counts by their categories;
    `design` says what they stand for. `item_sums[battery, items]` of the whole tell how the items of a score go together.
    Where they were asked for, `links[reference, wave]` of the whole say how many people stand in both waves, and `transitions` how these
    moved; those of a part are of people who stand in it in both waves, and `moved` has those of all by their labels, CHANGED where these
    differ between the waves. `courses` of the whole are over several waves, and `people` how many answered in any of these; of people who are
    raked `apart` are those in two waves by their cells. None of them is kept
    where people are put together anew, as somebody may change groups between waves.
    """

    waves: tuple[str, ...]
    returned: Mapping[str, int]
    counts: Mapping[tuple[str, str], Counts]
    scores: Mapping[tuple[str, tuple[str, ...], str], ScoreCounts]
    rows: tuple[int, ...] = ()
    warnings: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    parts: Mapping[Key, Tally] = field(default_factory=dict)
    withheld: frozenset[Cell] = frozenset()
    means: Mapping[Cell, MeanOnly] = field(default_factory=dict)
    number_only: frozenset[Cell] = frozenset()
    classes: Mapping[Class, Tally] = field(default_factory=dict)
    design: Design | None = None
    item_sums: Mapping[tuple[str, tuple[str, ...]], ItemSums] = field(default_factory=dict)
    links: Mapping[tuple[str, str], Linked] = field(default_factory=dict)
    transitions: Mapping[Pair, Moves] = field(default_factory=dict)
    moved: Mapping[Key, Mapping[Pair, Moves]] = field(default_factory=dict)
    courses: Mapping[Several, Courses] = field(default_factory=dict)
    people: Mapping[Several, int] = field(default_factory=dict)
    apart: Mapping[Pair, Apart] = field(default_factory=dict)

    @property
    def mean_only(self) -> frozenset[Cell]:
        """The cells that may be seen by their mean only."""
        return frozenset(self.means) - {ItemCell(*key) for key in self.counts} - {ScoreCell(*key) for key in self.scores}

    def answered(self, item: str, wave: str) -> bool:
        """Whether anyone answered `item` in `wave`, on the scale or off it."""
        return _answered(self.counts, item, wave)

    def common(self, items: tuple[str, ...], waves: tuple[str, ...]) -> tuple[str, ...]:
        """Those of `items` that somebody answered in every one of `waves`."""
        return common(self.counts, items, waves)


def common(counts: Mapping[tuple[str, str], Counts], items: tuple[str, ...], waves: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `items` that somebody answered in every one of `waves`."""
    return tuple(item for item in items if all(_answered(counts, item, wave) for wave in waves))


def _answered(counts: Mapping[tuple[str, str], Counts], item: str, wave: str) -> bool:
    found = counts.get((item, wave))
    return found is not None and found.answered > 0
