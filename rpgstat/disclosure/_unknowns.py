"""What is shown of a table, as sums over unknown counts; and what has to be possible beside it for a hidden place to be open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rpgstat.disclosure._kind import Amount
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place
from rpgstat.disclosure._wishes import Wish, steps_of, width_of
from rpgstat.stats.programmes import Aim, System

Row = dict[int, float]


@dataclass
class Unknowns:
    """Unknowns for each part, `width` a part: its people; or people by answer; or, of scores with many values, people and their sum.

    `largest` are the most people that hidden places can have; without `full` nobody's answers are shown in full.
    """

    table: Table
    largest: Mapping[Place, int]
    full: bool = True
    known: list[Row] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    owners: list[Place | None] = field(default_factory=list)
    limited: list[Row] = field(default_factory=list)

    def __post_init__(self) -> None:
        table, scale = self.table, self.table.kind.scale
        self.parts = {part: at for at, part in enumerate(part for part, there in enumerate(table.counted) if there)}
        self.steps, self.width = steps_of(table), width_of(table)
        self._tell(list(self.parts), table.whole, None, full=bool(self.steps))
        for place in table.order:
            if place not in table.hidden:
                self._tell(table.universe.members[place], table.people[place], place, full=self.full and bool(self.steps) and place not in table.few)
        for weighed in table.known.weighed:
            self._weigh(weighed)
        if scale is not None and self.width == 2 and not self.steps:
            for at in range(len(self.parts)):
                self.limited += [{2 * at: -float(scale.high), 2 * at + 1: 1.0}, {2 * at: float(scale.low), 2 * at + 1: -1.0}]
        self.most = [0.0] * len(self.limited) + [float(most) for most in self.largest.values()]
        self.limited += [self.number(table.universe.members[place]) for place in self.largest]
        for place in self.largest:
            if table.fewest[place] > table.free(place):
                self.limited.append(dict.fromkeys(self.number(table.universe.members[place]), -1.0))
                self.most.append(-float(table.fewest[place]))
        self.silent = self._stand_beside()

    def _stand_beside(self) -> int:
        """Takes in those who returned the questionnaire and are not in the table, an unknown a part, and of those between as many; how many these are."""
        beside = self.table.beside
        if beside is None:
            return 0
        parts, first = beside.there, len(self.parts) * self.width
        at = {part: [first + n + len(parts) * step for step in range(len(beside.each))] for n, part in enumerate(parts)}
        for step, one in enumerate(beside.each, start=1):
            for members in one.shown:
                more = {key: 1.0 for part in members if part in at for key in at[part][:step]}
                self._add(self.number(members) | more, one.number(members), None)
        returned, shown = {part: dict.fromkeys(keys, 1.0) for part, keys in at.items()}, set(beside.each[-1].shown)
        for members, most in ((self.table.universe.members[place], most) for place, most in self.table.known.invited.items()):
            if members not in shown:
                self.limited.append({**self.number(members), **{key: 1.0 for part in members if part in at for key in returned[part]}})
                self.most.append(float(most))
        return len(parts) * len(beside.each)

    def _tell(self, members: Sequence[int], people: Amount, place: Place | None, *, full: bool) -> None:
        """What is shown of a place: its number and sum, or its whole distribution."""
        if full and self.table.kind.scale is not None:
            for level, n in enumerate(self.table.levels_of(members)):
                self._add({at * self.width + level: 1.0 for at in self._at(members)}, n, place)
            return
        self._add(self.number(members), people.total(), place)
        if self.width > 1:
            self._add(self.sum(members), float(self.table.total(place)), place)

    def _weigh(self, weighed: Mapping[int, float]) -> None:
        """What the whole weighs, the sum of its scores, and of answers of their squares, and what those in the upper half weigh."""
        rows = [self.number, *([self.sum] if self.width > 1 else []), *([self.squares, self.upper] if self.steps else [])]
        for row in rows:
            own = {key: factor * weighed[part] for part in self.parts for key, factor in row([part]).items()}
            self._add(own, sum(factor * self._counted(key) for key, factor in own.items()), None)

    def _counted(self, key: int) -> float:
        """What an unknown truly is."""
        people, level = self.table.parts[list(self.parts)[key // self.width]], key % self.width
        if self.steps and self.table.kind.scale is not None:
            return float(people.get(self.table.kind.scale.scores[level], 0))
        return float(sum(score * n for score, n in people.items())) if level else people.total()

    def _add(self, row: Row, value: float, place: Place | None) -> None:
        self.known.append(row)
        self.values.append(value)
        self.owners.append(place)

    def _at(self, members: Sequence[int]) -> list[int]:
        return [self.parts[part] for part in members if part in self.parts]

    def number(self, members: Sequence[int]) -> Row:
        """Their number as a sum of unknowns."""
        return {at * self.width + level: 1.0 for at in self._at(members) for level in (range(self.width) if self.steps else (0,))}

    def sum(self, members: Sequence[int]) -> Row:
        """The sum of their scores."""
        if not self.steps:
            return {2 * at + 1: 1.0 for at in self._at(members)}
        return {at * self.width + level: score for at in self._at(members) for level, score in enumerate(self.steps) if score}

    def squares(self, members: Sequence[int]) -> Row:
        """The sum of the squares of their scores."""
        return {key: score * score for key, score in self.sum(members).items()}

    def upper(self, members: Sequence[int]) -> Row:
        """How many gave an answer in the upper half."""
        scale = self.table.kind.scale
        half = self.table.kind.upper(scale.scores) if scale else []
        return {at * self.width + level: 1.0 for at in self._at(members) for level, above in enumerate(half) if above}

    @property
    def two(self) -> bool:
        """Whether there are two answers."""
        return len(self.steps) == 2

    def system(self) -> System:
        """All that is shown."""
        return System(len(self.parts) * self.width + self.silent, self.known, self.values, self.limited, self.most)

    # --- what is asked of a hidden place ---

    def aims(self, place: Place, wishes: Sequence[Wish]) -> list[Aim]:
        """What tells whether these wishes can be met: its number of people, the most and the least; then what its mean is to be past, for each such
        wish, or of two answers its most and least of the second."""
        number = self.number(self.table.universe.members[place])
        numbers = [Aim(number), Aim(dict.fromkeys(number, -1.0))] if any(wish.numbers for wish in wishes) else []
        answers = [wish for wish in wishes if not wish.numbers]
        if answers and self.two:
            return [*numbers, *(Aim(self.row(place, (0.0, sign))) for sign in (1.0, -1.0))]
        return [*numbers, *(Aim(self.row(place, wish.factors), some=tuple(number)) for wish in answers)]

    def row(self, place: Place, factors: Sequence[float]) -> Row:
        """A sum of its people by answer, with these factors, as a sum of unknowns."""
        members = self.table.universe.members[place]
        return {at * self.width + level: factor for at in self._at(members) for level, factor in enumerate(factors) if factor}
