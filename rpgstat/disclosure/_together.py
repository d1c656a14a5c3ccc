"""Statements of a short battery, and its scores, taken together: what is withheld of one may follow from how people answered all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from rpgstat.disclosure._kind import Amount
from rpgstat.disclosure._linked import hidden_places, largest_possible, narrow
from rpgstat.disclosure._single import VALUES
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place
from rpgstat.disclosure._wishes import Wish, of_answers, wishes
from rpgstat.record import record
from rpgstat.stats.programmes import Aim, Optimum, System, answers
from rpgstat.study import ItemCell, ScoreCell

_MOST = 3_500
"""Unknowns; where people can have answered a battery in more ways, its statements are protected each by itself. A programme of so many takes a tenth
of a second."""
_CLOSE = 1e-6
Row = dict[int, float]
Ways = Sequence[float]
"""What is counted of each way to answer all statements."""
Asked = tuple[ItemCell, Place]


@record
class Owner:
    """A figure that is shown: of which cell and place, and whether it is of `detail`, which a number and a mean do not tell."""

    cell: ItemCell | ScoreCell
    place: Place
    detail: bool


@record
class Told:
    """A place that is known within too little, and the figures that make it so."""

    cell: ItemCell
    place: Place
    by: tuple[Owner, ...]


@dataclass
class Together:
    """A battery in one wave: who returned the questionnaire, its statements, and scores of it.

    Unknown is how many people of each part answered all statements in each way. `proven` are places known to be open, and `public` those that are
    told by the whole wave, and by how many returned the questionnaire; both stay so as less is shown.
    """

    returned: Table
    items: Mapping[ItemCell, Table]
    scores: Mapping[ScoreCell, Table]
    proven: set[Asked] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.scales = {cell: table.kind.scale.scores for cell, table in self.items.items() if table.kind.scale}
        self.parts = {part: at for at, part in enumerate(part for part, there in enumerate(self.returned.present) if there)}
        self.small = self._unknowns() <= _MOST
        every = product(*([*range(len(scores)), None] for scores in self.scales.values())) if self.small else ()
        self.ways = [dict(zip(self.items, way, strict=True)) for way in every]

    def _unknowns(self) -> int:
        found = len(self.parts)
        for scores in self.scales.values():
            found *= len(scores) + 1
        return found

    def told(self) -> list[Told]:
        """The hidden places of statements that are known within too little by all that is shown together."""
        left = {
            (cell, place): (wishes(table, place, most), most)
            for cell, table in self.items.items()
            for hidden in [hidden_places(table)]
            for place, most in zip(hidden, largest_possible(table, hidden), strict=True)
            if (cell, place) not in self.proven
        }
        if not left:
            return []
        known = list(self._known())
        system = self._system(known)
        for found in answers([(one, [aim]) for one, aim in self._at_once(system, [own for own, _ in left.values()], list(left))]):
            self._see(found[0].at[: system.unknowns], left)
        return self._close(system, known, left)

    def _system(self, known: Sequence[tuple[Row, float, Owner | None]]) -> System:
        return System(len(self.parts) * len(self.ways), [row for row, _, _ in known], [value for _, value, _ in known])

    def _at_once(self, system: System, own: Sequence[Sequence[Wish]], asked: Sequence[Asked]) -> Iterator[tuple[System, Aim]]:
        """Programmes that meet as many wishes as they can at once: the first wish of each place, the second, and so on."""
        for at in range(max(map(len, own))):
            met = [(cell, place, some[at]) for (cell, place), some in zip(asked, own, strict=True) if at < len(some)]
            caps = range(system.unknowns, system.unknowns + len(met))
            rows: list[Row] = []
            for cap, (cell, place, wish) in zip(caps, met, strict=True):  # as much as the wish is missed by
                rows.append({**{key: -factor for key, factor in self._of_levels(cell, place, wish.factors).items()}, cap: -1.0})
                rows.append(dict.fromkeys(self._number(cell, place), -1.0))
            most = [bound for _, _, wish in met for bound in (-wish.least, -1.0)]
            yield System(caps.stop, system.known, system.values, rows, most), Aim(dict.fromkeys(caps, -1.0))

    def _see(self, counts: Sequence[float], left: dict[Asked, tuple[list[Wish], int]]) -> None:
        """Takes the wishes as met that these counts meet, and places as open of which all are."""
        for (cell, place), (own, most) in list(left.items()):
            if sum(counts[key] for key in self._number(cell, place)) < 1 - _CLOSE:
                continue
            missed = [w for w in own if sum(f * counts[key] for key, f in self._of_levels(cell, place, w.factors).items()) < w.least - _CLOSE]
            left[cell, place] = (missed, most)
            if not missed:
                self.proven.add((cell, place))
                del left[cell, place]

    def _close(self, system: System, known: Sequence[tuple[Row, float, Owner | None]], left: dict[Asked, tuple[list[Wish], int]]) -> list[Told]:
        found: list[Told] = []
        public = self._system([one for one in known if one[2] is None])
        while left:
            (cell, place), (_, most) = next(iter(left.items()))
            aims = self._aims(cell, place)
            sides = answers([(system, aims)])[0]
            for one in sides:
                self._see(one.at, left)
            if left.pop((cell, place), None) is None:
                continue
            if self._within(cell, place, sides, most) and not self._within(cell, place, answers([(public, aims)])[0], most):
                owners = [owner for one in sides for row in one.binding if (owner := known[row][2]) is not None]
                found.append(Told(cell, place, tuple(dict.fromkeys(owners))))
            else:
                self.proven.add((cell, place))
        return found

    def _aims(self, cell: ItemCell, place: Place) -> list[Aim]:
        number = self._number(cell, place)
        found = [Aim(number), Aim(dict.fromkeys(number, -1.0))]
        if len(self.scales[cell]) == 2:
            return [*found, *(Aim(self._of_levels(cell, place, (0.0, sign))) for sign in (1.0, -1.0))]
        return [*found, *(Aim(self._of_levels(cell, place, wish.factors), some=tuple(number)) for wish in of_answers(self.items[cell], place))]

    def _within(self, cell: ItemCell, place: Place, sides: Sequence[Optimum], most: int) -> bool:
        if narrow(self.items[cell], place, sides[:2], most):
            return True
        up, down = sides[2:]
        two = len(self.scales[cell]) == 2
        return up.value + down.value < VALUES - 1 - _CLOSE if two else min(up.value, down.value) < -_CLOSE

    # --- what is shown, as sums ----------------------------------------------------------------------------------------

    def _number(self, cell: ItemCell, place: Place) -> Row:
        return self._sum(self.items[cell].universe.members[place], [way[cell] is not None for way in self.ways])

    def _of_levels(self, cell: ItemCell, place: Place, factors: Sequence[float]) -> Row:
        own = [0.0 if (level := way[cell]) is None else factors[level] for way in self.ways]
        return self._sum(self.items[cell].universe.members[place], own)

    def _sum(self, members: Sequence[int], counted: Ways, weights: Mapping[int, float] | None = None) -> Row:
        own = [(at, float(n)) for at, n in enumerate(counted) if n]
        many = len(self.ways)
        return {self.parts[part] * many + at: n * (weights[part] if weights else 1.0) for part in members if part in self.parts for at, n in own}

    def _known(self) -> Iterator[tuple[Row, float, Owner | None]]:
        everybody = list(self.parts)
        anybody = [1.0] * len(self.ways)
        yield self._sum(everybody, anybody), self.returned.whole.total(), None
        for place in self.returned.order:
            if place not in self.returned.hidden:
                yield self._sum(self.returned.universe.members[place], anybody), self.returned.people[place].total(), None
        tables: list[tuple[ItemCell | ScoreCell, Table]] = [*self.items.items(), *self.scores.items()]
        for cell, table in tables:
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
    def _powers(table: Table, people: Amount, values: Sequence[float | None]) -> Iterator[tuple[Ways, float, bool]]:
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
