"""What is left open of hidden groups where groupings are linked: linear programmes over all counts that fit everything shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

from rpgstat.disclosure._possible import whole_steps
from rpgstat.disclosure._single import VALUES, aims, limits, settled
from rpgstat.disclosure._table import Amount, Open, Table
from rpgstat.disclosure._universe import Place
from rpgstat.stats.programmes import Aim, Optimum, System, optima

_CLOSE = 1e-6


def open_places(table: Table) -> Iterator[Open]:
    """The hidden places of which number or mean is known within too little, and the places whose figures keep them so."""
    hidden = [place for place in table.order if place in table.hidden and table.people[place]]
    if not hidden:
        return
    narrow = _numbers(table, hidden)
    yield from narrow
    if table.kind.scale is not None and table.rule.hide_below > 1:
        yield from _means(table, [place for place in hidden if not any(one.place == place for one in narrow)])


def _numbers(table: Table, hidden: Sequence[Place]) -> list[Open]:
    """Those of which fewer than three numbers of people are possible, or only small ones."""
    shown = [place for place in table.order if place not in table.hidden]
    numbers = tuple(people.total() for people in table.parts)
    most = limits(table, hidden, shown)
    key = (numbers, tuple(hidden), tuple(most), table.counted, tuple(shown), table.kind.scale is None)
    if key not in table.memory:
        table.memory[key] = _open_numbers(table, hidden, shown, most)
    found: list[Open] = table.memory[key]
    return found


def _open_numbers(table: Table, hidden: Sequence[Place], shown: Sequence[Place], most: Sequence[int]) -> list[Open]:
    vectors = [table.vector(place) for place in shown]
    values = [table.people[place].total() for place in shown]
    ties = [_worth(tie, [people.total() for people in table.parts]) for tie in table.known.weighed]
    sums = [table.vector(place) for place in hidden]
    system = System(
        len(table.parts),
        known=[table.everyone, *vectors, *table.known.weighed],
        values=[table.whole.total(), *values, *ties],
        limited=sums,
        most=most,
    )
    found = optima(system, [Aim({at: sign * n for at, n in own.items()}) for own in sums for sign in (1.0, -1.0)])
    few, opened = table.rule.hide_below - 1, []
    for at, place in enumerate(hidden):
        up, down = found[2 * at : 2 * at + 2]
        high, low = floor(up.value + _CLOSE), max(ceil(-down.value - _CLOSE), 0 if table.known.zeros else 1)
        if not settled(table, place, most[at]) and (high - low + 1 < min(VALUES, table.most[place]) or (high <= few < table.most[place])):
            opened.append(Open(place, _binding([up, down], [None, *shown])))
    return opened


def _worth(tie: Mapping[int, float], numbers: Sequence[int]) -> float:
    return sum(factor * numbers[at] for at, factor in tie.items())


def _binding(found: Sequence[Optimum], owners: Sequence[Place | None]) -> list[Place]:
    """The places whose figures hold an aim back; `owners` of the system's known sums, None for what is public."""
    places = [owners[row] for one in found for row in one.binding if row < len(owners)]
    return [place for place in places if place is not None]


@dataclass
class _Answers:
    """Unknowns for the answers of each part, `width` a part: people by answer, or, of scores with many values, people and their sum."""

    table: Table
    width: int = 2
    steps: tuple[float, ...] = ()
    known: list[dict[int, float]] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    owners: list[Place | None] = field(default_factory=list)
    limited: list[dict[int, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        assert self.table.kind.scale is not None
        self.parts = [at for at, people in enumerate(self.table.parts) if people]
        self.low, self.high = float(self.table.kind.scale.low), float(self.table.kind.scale.high)
        if self.table.kind.answers:
            self.steps = tuple(map(float, self.table.kind.scale.scores))
            self.width = len(self.steps)
        self._tell(self.parts, self.table.whole, None, full=self.table.kind.answers)
        for place in self.table.order:
            if place not in self.table.hidden:
                full = self.table.kind.answers and place not in self.table.few
                self._tell(self.table.universe.members[place], self.table.people[place], place, full=full)
        for weighed in self.table.known.weighed:
            for row in (self.number, self.sum):
                own = {key: factor * weighed[at] for at in self.parts for key, factor in row([at]).items()}
                self._add(own, sum(factor * self._counted(key) for key, factor in own.items()), None)
        if not self.steps:
            for at in range(len(self.parts)):
                self.limited += [{2 * at: -self.high, 2 * at + 1: 1.0}, {2 * at: self.low, 2 * at + 1: -1.0}]

    def _tell(self, members: Sequence[int], people: Amount, place: Place | None, *, full: bool) -> None:
        """What is shown of a place: its number and sum, or its whole distribution."""
        assert self.table.kind.scale is not None
        if full:
            for level, score in enumerate(self.table.kind.scale.scores):
                self._add({at * self.width + level: 1.0 for at in self._at(members)}, people.get(score, 0), place)
            return
        self._add(self.number(members), people.total(), place)
        self._add(self.sum(members), float(sum(score * n for score, n in people.items())), place)

    def _counted(self, key: int) -> float:
        """What an unknown truly is."""
        people, level = self.table.parts[self.parts[key // self.width]], key % self.width
        if self.steps and self.table.kind.scale is not None:
            return float(people.get(self.table.kind.scale.scores[level], 0))
        return float(sum(score * n for score, n in people.items())) if level else people.total()

    def _add(self, row: dict[int, float], value: float, place: Place | None) -> None:
        self.known.append(row)
        self.values.append(value)
        self.owners.append(place)

    def _at(self, members: Sequence[int]) -> list[int]:
        return [self.parts.index(at) for at in members if self.table.parts[at]]

    def number(self, members: Sequence[int]) -> dict[int, float]:
        """Their number as a sum of unknowns."""
        return {at * self.width + level: 1.0 for at in self._at(members) for level in (range(self.width) if self.steps else (0,))}

    def sum(self, members: Sequence[int]) -> dict[int, float]:
        """The sum of their scores."""
        if not self.steps:
            return {2 * at + 1: 1.0 for at in self._at(members)}
        return {at * self.width + level: score for at in self._at(members) for level, score in enumerate(self.steps) if score}

    def past(self, members: Sequence[int], aim: float, sign: float) -> Aim:
        """By how much their sum can be above `aim` for each of them, or below; of at least one of them."""
        number, total = self.number(members), self.sum(members)
        row = {at: sign * (total.get(at, 0.0) - aim * number.get(at, 0.0)) for at in {*number, *total}}
        return Aim(row, some=tuple(number))

    def system(self) -> System:
        """All of it."""
        return System(len(self.parts) * self.width, self.known, self.values, self.limited, [0.0] * len(self.limited))


def _means(table: Table, hidden: Sequence[Place]) -> Iterator[Open]:
    """Those whose mean cannot lie half a level higher and lower, nor reach the end of the scale; of two answers, those with fewer than three counts."""
    answers = _Answers(table)
    assert table.kind.scale is not None
    members, two = table.universe.members, table.kind.answers and len(whole_steps(table.kind.scale.scores)) == 2
    asked: list[Aim] = []
    for place in hidden:
        if two:
            top = {row: 1.0 for row in answers.number(members[place]) if row % 2}
            asked += [Aim(top), Aim(dict.fromkeys(top, -1.0))]
        else:
            above, below = aims(table, place)
            asked += [answers.past(members[place], float(above), 1.0), answers.past(members[place], float(below), -1.0)]
    found = optima(answers.system(), asked) if asked else []
    for at, place in enumerate(hidden):
        up, down = found[2 * at : 2 * at + 2]
        known = up.value + down.value < VALUES - 1 - _CLOSE if two else min(up.value, down.value) < -_CLOSE
        if known:
            yield Open(place, _binding([one for one in (up, down) if two or one.value < -_CLOSE], answers.owners), mean=True)
