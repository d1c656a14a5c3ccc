"""What battery scores tell of their items: how many answered an item follows more closely from who has a score, and which."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from rpgstat.disclosure._decisions import Reason
from rpgstat.disclosure._kind import Amount
from rpgstat.disclosure._linked import largest_possible, narrow
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place
from rpgstat.stats.programmes import Aim, Optimum, System, optima

_WORK = 150_000
"""Unknowns of all programmes of a battery; a score that would need more is not looked at. About 3 seconds."""
_AT_ONCE = 6_000
"""Unknowns of programmes that are solved as one: of ten times as many HiGHS takes three times as long over these."""
Row = dict[int, float]
Question = tuple[int, Place, int]
"""An item, by its place among those of the battery, a hidden place, and the most people that it can have."""


def withhold_scores(score: Table, items: Sequence[Table], returned: Table, base: Mapping[Place, Reason], few: Mapping[Place, Reason]) -> dict[Place, Reason]:
    """Withholds scores as long as these, beside all that is shown of their items, tell of a hidden place how many answered an item; returns of which places.

    Only scores are withheld here: what items tell of each other without them stays.
    """
    one, more = _Battery(score, items, returned), dict[Place, Reason]()
    left, before = one.questions, one.shown
    while left and (found := one.telling(left)):
        places = [place for own in found.values() for place in own]
        more[score.least(places, places[0])] = Reason.NARROW
        score.protect({**more, **base}, few)
        left = list(found) if one.shown < before else one.questions  # where less is shown than before, all others stay open
        before = one.shown
    return more


@dataclass
class _Battery:
    """People of each part by how many of the items they answered, and of these how many gave each answer to each item.

    Any such numbers can be met by people: so many at each answer, in every choice of items, as they add up.
    """

    score: Table
    items: Sequence[Table]
    returned: Table

    def __post_init__(self) -> None:
        self.scores = [[float(score) for score in table.kind.scale.scores] for table in self.items if table.kind.scale]
        self.starts = [sum(map(len, self.scores[:at])) + 1 for at in range(len(self.items))]
        self.each = 1 + sum(map(len, self.scores))
        self.width = self.each * (len(self.items) + 1)
        self.questions = self._asked()
        if len(self.questions) * 2 * self.width * len(self.score.parts) > _WORK:
            self.questions = []

    def _asked(self) -> list[Question]:
        """Each item and place of which few answered it, or whose number is withheld, and the most it can be; none if nobody left one blank."""
        if all(own.total() == there.total() for table in self.items for own, there in zip(table.parts, self.returned.parts, strict=True)):
            return []
        found = []
        for at, table in enumerate(self.items):
            hidden = [place for place in table.order if place in table.hidden and table.people[place] and table.matters(place)]
            found += [(at, place, most) for place, most in zip(hidden, largest_possible(table, hidden), strict=True)]
        return found

    @property
    def shown(self) -> frozenset[Place]:
        """The places whose scores are shown."""
        return frozenset(place for place in self.score.order if place not in self.score.hidden and self.score.people[place])

    def telling(self, questions: Sequence[Question]) -> dict[Question, list[Place]]:
        """The questions answered too closely that would be open without scores, and for each the places whose scores keep it so."""
        shown = [place for place in self.score.order if place in self.shown]
        close = self._close(questions, shown) if shown else {}
        without = self._close(list(close), []) if close else {}
        return {question: places or shown for question, places in close.items() if question not in without}

    def _close(self, questions: Sequence[Question], shown: Sequence[Place]) -> dict[Question, list[Place]]:
        """The questions that are answered too closely when these scores are shown, and the scores that make it so."""
        known = list(self._known(shown))
        system = System(self.width * len(self.score.parts), [row for row, _, _ in known], [value for _, value, _ in known], *self._limits())
        sums = [self._answers(at, self.items[at].universe.members[place]) for at, place, _ in questions]
        aims = [Aim({key: sign * n for key, n in own.items()}) for own in sums for sign in (1.0, -1.0)]
        each = max(1, _AT_ONCE // system.unknowns)
        found = [one for start in range(0, len(aims), each) for one in optima(system, aims[start : start + each])]
        sides = {question: found[2 * at : 2 * at + 2] for at, question in enumerate(questions)}
        return {question: self._owners(own, known) for question, own in sides.items() if narrow(self.items[question[0]], question[1], own, question[2])}

    @staticmethod
    def _owners(sides: Sequence[Optimum], known: Sequence[tuple[Row, float, Place | None]]) -> list[Place]:
        places = [known[row][2] for one in sides for row in one.binding]
        return [place for place in places if place is not None]

    def _known(self, shown: Sequence[Place]) -> Iterator[tuple[Row, float, Place | None]]:
        """All that is shown, as sums; with the place, where it is a score."""
        everybody = range(len(self.score.parts))
        for own, people in _seen(self.returned, everybody):
            yield self._people(own), people.total(), None
        for at, table in enumerate(self.items):
            yield from self._item(at, everybody, table.whole, full=True)
            for place in table.order:
                if place not in table.hidden:
                    yield from self._item(at, table.universe.members[place], table.people[place], full=place not in table.few)
        yield from self._score(everybody, self.score.whole, None)
        for place in shown:
            yield from self._score(self.score.universe.members[place], self.score.people[place], place)
        yield from ((row, 0.0, None) for part in everybody for row in self._ways(part))

    def _item(self, at: int, own: Sequence[int], people: Amount, *, full: bool) -> Iterator[tuple[Row, float, None]]:
        row, scale = self._answers(at, own), self.items[at].kind.scale
        assert scale is not None
        if full:
            for level, score in enumerate(scale.scores):
                yield {key: 1.0 for key in row if self._level(at, key) == level}, people.get(score, 0), None
            return
        yield row, people.total(), None
        yield {key: self.scores[at][self._level(at, key)] for key in row}, float(sum(score * n for score, n in people.items())), None

    def _score(self, own: Sequence[int], people: Amount, place: Place | None) -> Iterator[tuple[Row, float, Place | None]]:
        """Who answered half of the items or more has a score: the mean of what they answered."""
        enough = range(max(ceil(len(self.items) / 2), 1), len(self.items) + 1)
        yield {self._at(part, size): 1.0 for part in own for size in enough}, people.total(), place
        row: Row = {}
        for part in own:
            for size in enough:
                for at, scores in enumerate(self.scores):
                    row |= {self._at(part, size) + self.starts[at] + level: score / size for level, score in enumerate(scores)}
        yield row, float(sum(score * n for score, n in people.items())), place

    def _ways(self, part: int) -> Iterator[Row]:
        """Those who answered so many items have so many answers."""
        for size in range(len(self.items) + 1):
            first = self._at(part, size)
            yield {first: -float(size), **dict.fromkeys(range(first + 1, first + self.each), 1.0)}

    def _limits(self) -> tuple[list[Row], list[float]]:
        """Nobody answers an item twice; nobody is in a part where nobody returned it; and no more returned it of a place than were invited."""
        rows: list[Row] = []
        for part, there in enumerate(self.score.present):
            for size in range(len(self.items) + 1):
                first = self._at(part, size)
                rows += [{first: 1.0}] if not there else []
                rows += [
                    {first: -1.0, **{first + start + level: 1.0 for level in range(len(own))}} for start, own in zip(self.starts, self.scores, strict=True)
                ]
        returned = self.returned
        capped = [place for place in returned.order if place in returned.hidden and returned.most[place] < returned.whole.total()]
        most = [0.0] * len(rows) + [float(returned.most[place]) for place in capped]
        return [*rows, *(self._people(returned.universe.members[place]) for place in capped)], most

    def _people(self, own: Sequence[int]) -> Row:
        return {self._at(part, size): 1.0 for part in own for size in range(len(self.items) + 1)}

    def _answers(self, at: int, own: Sequence[int]) -> Row:
        sizes, levels = range(len(self.items) + 1), range(len(self.scores[at]))
        return {self._at(part, size) + self.starts[at] + level: 1.0 for part in own for size in sizes for level in levels}

    def _at(self, part: int, size: int) -> int:
        return part * self.width + size * self.each

    def _level(self, at: int, key: int) -> int:
        return key % self.width % self.each - self.starts[at]


def _seen(table: Table, everybody: Sequence[int]) -> Iterator[tuple[Sequence[int], Amount]]:
    """Everybody, and the places that are shown."""
    yield everybody, table.whole
    yield from ((table.universe.members[place], table.people[place]) for place in table.order if place not in table.hidden)
