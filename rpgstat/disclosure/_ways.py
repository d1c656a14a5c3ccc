"""All that is shown of some statements of a wave and of their scores, as sums over how many people of each part answered all of them in each way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from itertools import product
from math import prod
from typing import ClassVar

from rpgstat.disclosure._kind import Amount
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place
from rpgstat.disclosure._wishes import Wish, of_number_unless_settled, wishes
from rpgstat.record import record
from rpgstat.stats.programmes import System
from rpgstat.study import Cell, ItemCell, Key, Returned, ScoreCell

STRAIGHT = 4
"""So many statements a battery has at least for one answer to all of them to be told of."""
_OFF = -1
MOST = 2_000
"""Unknowns; where people can have answered a battery in more ways, its statements are protected each by itself. A programme of three times so
many takes a tenth of a second, and there are many."""
Row = dict[int, float]


@record
class Answered:
    """How many people of each combination of groups `by` gave which answers to some statements together in a wave, by `count`: of each statement the place
    of the answer on its scale, from 1, one more than there are for an answer off it, and 0 for none."""

    by: tuple[str, ...]
    count: Callable[[Sequence[str], str], Mapping[Key, Mapping[tuple[int, ...], int]]]


@record
class Owner:
    """A figure that is shown: of which cell and place, and whether it is of `detail`, which a number and a mean do not tell; of those who returned the
    questionnaire the `name` of a count of how they filled it in."""

    cell: Cell
    place: Place
    detail: bool
    name: str = ""


Known = tuple[Row, float, Owner | None]
"""What is shown, as a sum over the unknowns, its value, and the figure that it is; None where it is public."""


def few_ways(each: Iterable[int], parts: int) -> bool:
    """Whether people of so many parts can deal with statements, with each in so many ways, in so few that these can be taken together.

    >>> few_ways([5, 5, 5], 16), few_ways([5, 5, 5], 17)
    (True, False)
    """
    return parts * prod(each) <= MOST


def value_of(own: Returned, name: str) -> int:
    """The people whom a count of filling in tells of: those who left every scale empty are the few, not those who did not."""
    return own.returned - (own.usable or 0) if name == "usable" else getattr(own, name) or 0


@dataclass
class Ways:
    """Statements of one wave: who returned the questionnaire, the statements, and scores of them; `ways` are all ways to answer all of these, of which
    nobody left blank those that everybody answered. `filled` is how everyone filled in the questionnaire, where it has no others; `off`, of
    statements, how many answers are off the scale, which are not blank; where these would make many more ways, nothing is known of `blanks`.
    `turned` are the statements that are scored in reverse. `finely`: blanks are told apart from answers off the scale where these make twice as many ways."""

    returned: Table
    items: Mapping[ItemCell, Table]
    scores: Mapping[ScoreCell, Table]
    filled: Returned | None = None
    off: Mapping[ItemCell, int] = field(default_factory=dict)
    turned: Set[ItemCell] = frozenset()
    finely: bool = False
    rows: dict[tuple[Cell, Place, tuple[float, ...]], Row] = field(default_factory=dict)
    apart: ClassVar[bool] = True
    """Whether answers are told apart."""

    def __post_init__(self) -> None:
        self.scales = self._scales()
        self.parts = {part: at for at, part in enumerate(part for part, there in enumerate(self.returned.present) if there)}
        apart = [self._each(cell, self.off.get(cell, 0)) for cell in self.items]
        self.blanks = not any(self.off.values()) or few_ways(map(len, apart), (1 if self.finely else 2) * len(self.parts))
        each = apart if self.blanks else [self._each(cell, 0) for cell in self.items]
        self.any_blank = any(None in own for own in each)
        self.small = few_ways(map(len, each), len(self.parts))
        every = list(product(*each)) if self.small else []
        self.each_way = {way: at for at, way in enumerate(every)}
        self.blank = [way.count(None) for way in every]
        self.astray = {cell: [float(way[at] == _OFF) for way in every] for at, cell in enumerate(self.items) if self.off.get(cell) and self.blanks}
        self.ways = [{cell: None if level == _OFF else level for cell, level in zip(self.items, way, strict=True)} for way in every]

    def _scales(self) -> dict[ItemCell, Sequence[Fraction]]:
        """The answers that are told apart."""
        return {cell: table.kind.scale.scores for cell, table in self.items.items() if table.kind.scale}

    def _each(self, cell: ItemCell, off: int) -> list[int | None]:
        """What anybody can have done with a statement: the places of the answers, none where some gave none, and beside these `off` the scale."""
        without = self.returned.whole.total() - self.items[cell].whole.total()
        return [*range(len(self.scales[cell])), *([None] if without > off else []), *([_OFF] if off else [])]

    def system(self, known: Sequence[Known]) -> System:
        """What is shown as equations; that no more returned the questionnaire than were invited; and somebody of each group, or a 0 would be shown."""
        returned = self.returned
        capped = [place for place in returned.order if place in returned.hidden and returned.most[place] < returned.whole.total()]
        some = [place for place in returned.order if place in returned.hidden and not returned.free(place)]
        rows = [self._sum(returned.universe.members[place], [sign] * len(self.ways)) for sign, own in ((1.0, capped), (-1.0, some)) for place in own]
        most = [*(float(returned.most[place]) for place in capped), *(-1.0 for _ in some)]
        return System(self.unknowns, [row for row, _, _ in known], [value for _, value, _ in known], rows, most)

    def as_answered(self, answered: Answered) -> list[float]:
        """How many people of each part did answer in each way; some are missing where they are told apart otherwise than the ways are."""
        universe, wave = self.returned.universe, next(iter(self.items)).wave
        order = [answered.by.index(axis) for axis in universe.axes]
        at = {key: self.parts[place] for place, key in enumerate(universe.parts) if place in self.parts}
        found = [0.0] * self.unknowns
        for key, own in answered.count([cell.item for cell in self.items], wave).items():
            part = at.get(tuple(key[axis] for axis in order))
            for pattern, n in own.items() if part is not None else ():
                way = self.each_way.get(tuple(self._did(cell, code) for cell, code in zip(self.items, pattern, strict=True)))
                if way is not None and part is not None:
                    found[part * len(self.ways) + way] += n
        return found

    def _did(self, cell: ItemCell, code: int) -> int | None:
        """What somebody did with a statement, as ways tell it."""
        scale = self.items[cell].kind.scale
        if scale and 1 <= code <= len(scale.scores):
            return code - 1 if self.apart else 0
        return _OFF if code and self.blanks and self.off.get(cell) else None

    @cached_property
    def tables(self) -> dict[ItemCell | ScoreCell, Table]:
        """Of the statements, then of the scores."""
        return dict([*self.items.items(), *self.scores.items()])

    @property
    def unknowns(self) -> int:
        """Of each part, people by how they answered."""
        return len(self.parts) * len(self.ways)

    def number(self, cell: ItemCell | ScoreCell, place: Place) -> Row:
        """How many people of a place answered a statement, or have a score."""
        key = (cell, place, ())
        if key not in self.rows:
            own = [float(value is not None) for value in self._values(cell)]
            self.rows[key] = self._sum(self.tables[cell].universe.members[place], own)
        return self.rows[key]

    def of_levels(self, cell: ItemCell, place: Place, factors: tuple[float, ...]) -> Row:
        """A sum of the people of a place by their answers to a statement, with these factors."""
        key = (cell, place, factors)
        if key not in self.rows:
            own = [0.0 if (level := way[cell]) is None else factors[level] for way in self.ways]
            self.rows[key] = self._sum(self.items[cell].universe.members[place], own)
        return self.rows[key]

    def wishes(self, cell: ItemCell | ScoreCell, place: Place, most: int) -> list[Wish]:
        """What is to be possible of a hidden place; of a score the number of people only."""
        table = self.tables[cell]
        if not isinstance(cell, ItemCell):
            return of_number_unless_settled(table, place, most)
        return [wish for wish in wishes(table, place, most) if not (wish.numbers and self.came(cell, place))]

    def came(self, cell: ItemCell | ScoreCell, place: Place) -> bool:
        """Whether a number is that of those who returned the questionnaire, which another statement that everybody answered says, and not small."""
        table, everybody = self.tables[cell], self.returned.whole.total()
        every = [own for own in self.items.values() if own.whole.total() == everybody]
        return table.whole.total() == everybody and table.number(place) >= table.rule.hide_below and any(place not in own.hidden for own in every)

    def wished(self, cell: ItemCell | ScoreCell, place: Place, wish: Wish) -> Row:
        """What a wish is about."""
        if wish.numbers or isinstance(cell, ScoreCell):
            return {at: wish.factors[0] * factor for at, factor in self.number(cell, place).items()}
        return self.of_levels(cell, place, wish.factors)

    def kept(self) -> list[Row]:
        """Of everybody, and of each place of which a statement is shown in full, the people of each way: where none of these change none of its figures do."""
        seen = {place for table in self.items.values() for place in table.order if place not in table.hidden and place not in table.few}
        groups = {tuple(part for part in own if part in self.parts) for own in [self.parts, *(self.returned.universe.members[place] for place in seen)]}
        many = len(self.ways)
        return [{self.parts[part] * many + way: 1.0 for part in own} for own in sorted(groups) for way in range(many)]

    def filled_by(self, place: Place, name: str) -> Row:
        """How many people of a place filled it in so, by the `name` of a filling."""
        return self._sum(self.returned.universe.members[place], self.filling[name])

    @cached_property
    def filling(self) -> dict[str, list[int]]:
        """Which ways are one and the same answer to all statements of a battery that has enough to tell of it; where there are no other statements, which leave
        every scale empty, those not `usable`, or something blank; and how many statements are answered in each."""
        many, ways = len(self.items), self.ways
        found = {"straight_liners": [int(any(self._straight(way, own) for own in self.lines)) for way in ways]} if self.lines else {}
        if self.filled:
            found["usable"] = [int(set(way.values()) == {None}) for way in ways]
        if self.filled and self.blanks:
            found |= {"partial": [int(empty > 0) for empty in self.blank], "answered": [many - empty for empty in self.blank]}
        return found

    @cached_property
    def lines(self) -> list[list[ItemCell]]:
        """The statements of each battery that has enough for one answer to all of them to be told of."""
        batteries: dict[str, dict[ItemCell, None]] = {}
        for cell in self.scores:
            batteries.setdefault(cell.battery, {}).update(dict.fromkeys(ItemCell(item, cell.wave) for item in cell.items))
        return [list(own) for own in batteries.values() if len(own) >= STRAIGHT]

    def _straight(self, way: Mapping[ItemCell, int | None], items: Sequence[ItemCell]) -> bool:
        """Whether one level was chosen on all items, before reversal."""
        chosen = {None if (level := way[cell]) is None else len(self.scales[cell]) - 1 - level if cell in self.turned else level for cell in items}
        return len(chosen) == 1 and None not in chosen

    def _sum(self, members: Sequence[int], counted: Sequence[float], weights: Mapping[int, float] | None = None) -> Row:
        own = [(at, float(n)) for at, n in enumerate(counted) if n]
        many = len(self.ways)
        return {self.parts[part] * many + at: n * (weights[part] if weights else 1.0) for part in members if part in self.parts for at, n in own}

    def _people(self) -> Iterator[Known]:
        """Who returned the questionnaire, of crosses of which it is shown nowhere; how everyone filled it in, and how many of everyone answered each
        statement off the scale."""
        everybody, anybody = list(self.parts), [1.0] * len(self.ways)
        yield self._sum(everybody, anybody), self.returned.whole.total(), None
        for place in self.returned.order:
            if place not in self.returned.hidden and len(place.by) == 1:
                yield self._sum(self.returned.universe.members[place], anybody), self.returned.people[place].total(), None
        if self.filled:
            yield from ((self._sum(everybody, met), float(value_of(self.filled, name)), None) for name, met in self.filling.items())
        yield from ((self._sum(everybody, met), float(self.off[cell]), None) for cell, met in self.astray.items())

    def known(self) -> Iterator[Known]:
        """All that is shown."""
        yield from self._people()
        everybody = list(self.parts)
        for cell, table in self.tables.items():
            values = self._values(cell)
            yield from ((row, value, None) for row, value, _ in self._figures(table, everybody, table.whole, values))
            for place in table.order:
                if place not in table.hidden:
                    for row, value, detail in self._figures(table, table.universe.members[place], table.people[place], values):
                        if not detail or place not in table.few:
                            yield row, value, Owner(cell, place, detail)
            yield from self._weighed(table, values)

    def _values(self, cell: ItemCell | ScoreCell) -> list[float | None]:
        """The score of each way to answer."""
        if isinstance(cell, ItemCell):
            return [None if (level := way[cell]) is None else float(self.scales[cell][level]) for way in self.ways]
        own = [ItemCell(item, cell.wave) for item in cell.items]
        found: list[float | None] = []
        for way in self.ways:
            met = [float(self.scales[item][level]) for item in own if (level := way[item]) is not None]
            found.append(sum(met) / len(met) if met and 2 * len(met) >= len(own) else None)
        return found

    def _figures(self, table: Table, members: Sequence[int], people: Amount, values: Sequence[float | None]) -> Iterator[tuple[Row, float, bool]]:
        """What is shown of people in full, and whether it is of detail: number and sum, and of statements each answer, of scores squares and the share
        above the middle."""
        for counted, value, detail in self._powers(table, people, values):
            yield self._sum(members, counted), value, detail
        if table.kind.answers and table.kind.scale:
            for score in table.kind.scale.scores:
                yield self._sum(members, [value == float(score) for value in values]), people.get(score, 0), True

    @staticmethod
    def _powers(table: Table, people: Amount, values: Sequence[float | None]) -> Iterator[tuple[Sequence[float], float, bool]]:
        scale = table.kind.scale
        assert scale is not None
        middle = float(scale.midpoint)
        own = {float(score): n for score, n in people.items()}
        yield [value is not None for value in values], sum(own.values()), False
        yield [value or 0.0 for value in values], sum(score * n for score, n in own.items()), False
        if not table.kind.answers:
            yield [(value or 0.0) ** 2 for value in values], sum(score**2 * n for score, n in own.items()), True
            yield [(value or middle) > middle for value in values], sum(n for score, n in own.items() if score > middle), True

    def _weighed(self, table: Table, values: Sequence[float | None]) -> Iterator[tuple[Row, float, None]]:
        """The whole wave with weights that are known of each part: number, sum, squares, and the share in the upper half."""
        scale = table.kind.scale
        assert scale is not None
        above = {float(score) for score in scale.scores[(len(scale.scores) + 1) // 2 :]}
        upper = (lambda value: value > float(scale.midpoint)) if table.kind.step else above.__contains__
        for weights in table.known.weighed:
            for of in (lambda _: 1.0, float, lambda value: value**2, upper):
                shown = sum(weights[part] * n * of(float(score)) for part in weights for score, n in table.parts[part].items())
                yield self._sum(list(weights), [0.0 if value is None else float(of(value)) for value in values], weights), shown, None
