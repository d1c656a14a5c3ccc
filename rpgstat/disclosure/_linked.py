"""What is left open of hidden groups where groupings are linked: linear programmes over all counts that fit everything shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

from rpgstat.disclosure._possible import Levels, moves, whole_steps
from rpgstat.disclosure._single import VALUES, aims, limits, settled
from rpgstat.disclosure._table import Amount, Open, Table
from rpgstat.disclosure._universe import Place
from rpgstat.stats.programmes import Aim, Optimum, System, optima

_CLOSE = 1e-6
_SIDES = 4  # mean and number, each way


def open_places(table: Table, only: Open | None = None) -> Iterator[Open]:
    """The hidden places, or the one found before, of which number or mean is known within too little, and the places whose figures keep them so.

    Of crosses that are refused whole only the small ones matter.
    """
    hidden = [place for place in table.order if place in table.hidden and table.people[place] and table.matters(place)]
    if not hidden:
        return
    close = _numbers(table, hidden)
    yield from (one for one in close if only is None or only.place == one.place)
    if table.kind.scale is not None and table.rule.hide_below > 1:
        left = [place for place in hidden if (only is None or only.place == place) and not any(one.place == place for one in close)]
        yield from _means(table, left, dict(zip(hidden, largest_possible(table, hidden), strict=True)), blur=only.blur if only else None)


def largest_possible(table: Table, hidden: Sequence[Place]) -> list[int]:
    """The most people that each hidden place can have, by the order in which places are shown."""
    return limits(table, hidden, [place for place in table.order if place not in table.hidden])


def _numbers(table: Table, hidden: Sequence[Place]) -> list[Open]:
    """Those of which fewer than three numbers of people are possible, or only small ones."""
    shown = [place for place in table.order if place not in table.hidden]
    numbers, most = tuple(people.total() for people in table.parts), largest_possible(table, hidden)
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
    sides = [(place, found[2 * at : 2 * at + 2], most[at]) for at, place in enumerate(hidden)]
    return [Open(place, _binding(own, [None, *shown])) for place, own, limit in sides if narrow(table, place, own, limit)]


def narrow(table: Table, place: Place, sides: Sequence[Optimum], most: int) -> bool:
    """Whether fewer than three numbers are possible, or only small ones; `sides` are the largest number and the negative of the smallest."""
    up, down = sides
    high, low = floor(up.value + _CLOSE), max(ceil(-down.value - _CLOSE), 0 if table.known.zeros else 1)
    limit = table.most[place]
    return not settled(table, place, most) and (high - low + 1 < min(VALUES, limit) or high < table.rule.hide_below <= limit)


def _worth(tie: Mapping[int, float], numbers: Sequence[int]) -> float:
    return sum(factor * numbers[at] for at, factor in tie.items())


def _binding(found: Sequence[Optimum], owners: Sequence[Place | None]) -> list[Place]:
    """The places whose figures hold an aim back; `owners` of the system's known sums, None for what is public."""
    places = [owners[row] for one in found for row in one.binding if row < len(owners)]
    return [place for place in places if place is not None]


@dataclass
class _Answers:
    """Unknowns for the answers of each part, `width` a part: people by answer, or, of scores with many values, people and their sum.

    `largest` are the most people that hidden places can have; without `full` nobody's answers are shown in full.
    """

    table: Table
    largest: Mapping[Place, int]
    full: bool = True
    width: int = 2
    steps: tuple[float, ...] = ()
    known: list[dict[int, float]] = field(default_factory=list)
    values: list[float] = field(default_factory=list)
    owners: list[Place | None] = field(default_factory=list)
    limited: list[dict[int, float]] = field(default_factory=list)
    most: list[float] = field(default_factory=list)

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
                full = self.full and self.table.kind.answers and place not in self.table.few
                self._tell(self.table.universe.members[place], self.table.people[place], place, full=full)
        for weighed in self.table.known.weighed:
            for row in (self.number, self.sum):
                own = {key: factor * weighed[at] for at in self.parts for key, factor in row([at]).items()}
                self._add(own, sum(factor * self._counted(key) for key, factor in own.items()), None)
        if not self.steps:
            for at in range(len(self.parts)):
                self.limited += [{2 * at: -self.high, 2 * at + 1: 1.0}, {2 * at: self.low, 2 * at + 1: -1.0}]
        self.most = [0.0] * len(self.limited) + [float(most) for most in self.largest.values()]
        self.limited += [self.number(self.table.universe.members[place]) for place in self.largest]

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

    @property
    def two(self) -> bool:
        """Whether there are two answers."""
        return len(self.steps) == 2

    def aims(self, place: Place) -> list[Aim]:
        """What the mean of a place is to be past on either side, or of two answers its most and least of the second."""
        members = self.table.universe.members[place]
        if self.two:
            top = {row: 1.0 for row in self.number(members) if row % 2}
            return [Aim(top), Aim(dict.fromkeys(top, -1.0))]
        above, below = aims(self.table, place)
        return [self.past(members, float(above), 1.0), self.past(members, float(below), -1.0)]

    def both(self, place: Place) -> list[Aim]:
        """These, and its number of people."""
        number = self.number(self.table.universe.members[place])
        return [*self.aims(place), Aim(number), Aim(dict.fromkeys(number, -1.0))]

    def known_within(self, place: Place, sides: Sequence[Optimum]) -> bool:
        """Whether what is found for a place is too little."""
        if narrow(self.table, place, sides[2:], self.largest[place]):
            return True
        up, down = sides[:2]
        return up.value + down.value < VALUES - 1 - _CLOSE if self.two else min(up.value, down.value) < -_CLOSE

    def system(self) -> System:
        """All of it."""
        return System(len(self.parts) * self.width, self.known, self.values, self.limited, self.most)


def _means(table: Table, hidden: Sequence[Place], most: Mapping[Place, int], blur: bool | None) -> Iterator[Open]:
    """Those whose mean cannot lie half a level higher and lower, nor reach the end of the scale, or of two answers those with fewer than three counts;
    and those of which the answers tell too much of the number. `blur` where it is known whether it helps to show others by the mean."""
    answers = _Answers(table, most)
    found = optima(answers.system(), [aim for place in hidden for aim in answers.both(place)]) if hidden else []
    loose: _Answers | None = None
    for at, place in enumerate(hidden):
        sides = found[_SIDES * at : _SIDES * at + _SIDES]
        if answers.known_within(place, sides):
            if blur is None:
                loose = loose or _Answers(table, most, full=False)
                helps = table.kind.answers and not loose.known_within(place, optima(loose.system(), loose.both(place)))
            yield Open(place, _binding(sides, answers.owners), blur=helps if blur is None else blur)


def exchanged_along(table: Table, places: Sequence[Place]) -> dict[Place, set[int]]:
    """The answers of each place whose number may be another: people of several parts change answers, along a line that leaves every distribution
    shown in full as it is, and every sum of every part. Only changes by whole people count."""
    assert table.kind.scale is not None
    levels = [table.kind.levels(people) for people in table.parts]
    full = [table.vector(other) for other in table.order if not table.closed(other)]
    found: dict[Place, set[int]] = {place: set() for place in places}
    for mine, theirs in moves(whole_steps(table.kind.scale.scores)):
        if mine < theirs:
            asked = [aim for place in places for aim in _there_and_back(table.universe.members[place], len(levels))]
            both = optima(_exchange(levels, [table.everyone, *full], mine, theirs), asked)
            for at, place in enumerate(places):
                if any(one.whole and one.value > 1 - _CLOSE for one in both[2 * at : 2 * at + 2]):
                    found[place] |= {*mine, *theirs}
    return found


def _there_and_back(members: Sequence[int], many: int) -> list[Aim]:
    aim = {at + side * many: 1.0 - 2 * side for at in members for side in (0, 1)}
    return [Aim(aim), Aim({at: -factor for at, factor in aim.items()})]


def _exchange(levels: Sequence[Levels], full: Sequence[Mapping[int, int]], mine: Levels, theirs: Levels) -> System:
    """How often each part changes two answers for two others of the same sum, and back: as often in all of what is shown in full."""
    many = len(levels)
    most = [float(min(own[level] // pair.count(level) for level in pair)) for pair in (mine, theirs) for own in levels]
    known = [{**dict.fromkeys(own, 1.0), **{at + many: -1.0 for at in own}} for own in full]
    return System(2 * many, known, [0.0] * len(known), [{at: 1.0} for at in range(2 * many)], most)
