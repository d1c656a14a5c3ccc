"""Statements of a short battery, and its scores, taken together: what is withheld of one may follow from how people answered all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice, product
from math import ceil, floor

from rpgstat.disclosure._linked import hidden_places, largest_possible, narrow
from rpgstat.disclosure._single import VALUES
from rpgstat.disclosure._universe import Place
from rpgstat.disclosure._ways import Known, Owner, Row, Ways
from rpgstat.disclosure._wishes import Wish, of_answers, wishes
from rpgstat.record import record
from rpgstat.stats.programmes import Aim, Optimum, System, answers, whole_counts
from rpgstat.study import ItemCell, ScoreCell

_CLOSE = 1e-6
_MARGIN = 2.0
"""What parts of people can be by so much more than is asked, whole people are taken to be able to as well."""
Asked = tuple[ItemCell, Place]
Answers = tuple[ItemCell, Place, tuple[int, ...]]
"""A place seen by its mean, and answers of which the number of one at least is to be unknown."""


@record
class Told:
    """A place that is known within too little, of a statement or of how many gave one answer throughout, and the figures that make it so."""

    cell: ItemCell | ScoreCell
    place: Place
    by: tuple[Owner, ...]


@dataclass
class Together:
    """What is asked of a battery in one wave. `proven` are places known to be open, or told by what is public anyhow; `vague` answers of which so much
    is known, and `drawn` places as to how they filled in the questionnaire. All stay so as less is shown."""

    ways: Ways
    proven: set[Asked] = field(default_factory=set)
    drawn: set[Place] = field(default_factory=set)
    vague: set[Answers] = field(default_factory=set)

    def told(self) -> list[Told]:
        """The places known within too little by all that is shown together: hidden ones of statements, the answers of those seen by their mean, and how
        they filled in the questionnaire."""
        known = list(self.ways.known())
        return [*self._statements(known), *self._answers(known), *self._filling(known)]

    def _statements(self, known: Sequence[Known]) -> list[Told]:
        left = {
            (cell, place): (wishes(table, place, most), most)
            for cell, table in self.ways.items.items()
            for hidden in [hidden_places(table)]
            for place, most in zip(hidden, largest_possible(table, hidden), strict=True)
            if (cell, place) not in self.proven
        }
        if not left:
            return []
        system = self.ways.system(known)
        for found in answers([(one, [aim]) for one, aim in self._at_once(system, [own for own, _ in left.values()], list(left))]):
            self._see(found[0], left)
        return self._close(system, known, left)

    def _answers(self, known: Sequence[Known]) -> list[Told]:
        """The places seen by their mean of which an answer that few gave follows, or all do."""
        left = {key: None for cell in self.ways.items for key in self._by_mean(cell) if key not in self.vague}
        system, found = self.ways.system(known), []
        while left:
            cell, place, levels = next(iter(left))
            rows = [row for level in levels for row in (self._level(cell, place, level, 1.0), self._level(cell, place, level, -1.0))]
            sides = answers([(system, [Aim(row) for row in rows])])[0]
            met = [*sides, *self._in_whole_people(system, (cell, place, levels), sides)]
            for one in met:
                left = {key: None for key in left if not self._another(key, one)}
            if left.pop((cell, place, levels), False) is None:
                owners = [owner for owner in _owners(known, sides) if (owner.cell, owner.place) != (cell, place)] or _beside(known, place)
                owners = owners or self._own(known, (cell, place, levels))
                found += [Told(cell, place, tuple(owners))] if owners else []
        return found

    def _own(self, known: Sequence[Known], key: Answers) -> list[Owner]:
        """Its own mean, where without any figure of a group one of the answers could have been given one time more, or less."""
        cell, place, levels = key
        public, own = self.ways.system([one for one in known if one[2] is None]), self.ways.items[cell].as_people(place).levels
        sides = answers([(public, [Aim(self._level(cell, place, level, sign)) for level in levels for sign in (1.0, -1.0)])])[0]
        open_ = any(one.value > sign * own[level] + 1 - _CLOSE for one, (level, sign) in zip(sides, product(levels, (1, -1)), strict=True))
        return [owner for _, _, owner in known if owner is not None and (owner.cell, owner.place) == (cell, place) and not owner.detail][:1] if open_ else []

    def _in_whole_people(self, system: System, key: Answers, sides: Sequence[Optimum]) -> Iterator[Optimum]:
        """How whole people can have given one of the answers one time more, or less, where it is known of parts of people only that they can."""
        cell, place, levels = key
        own = self.ways.items[cell].as_people(place).levels
        counts = [(sign * own[level] + 1, self._level(cell, place, level, sign)) for level in levels for sign in (1.0, -1.0)]
        if not any(one.whole and one.value > least - _CLOSE for one, (least, _) in zip(sides, counts, strict=True)):
            hopeful = [(least, row) for one, (least, row) in zip(sides, counts, strict=True) if one.value > least - _CLOSE]
            found = (whole_counts(system, row, least, ()) for least, row in hopeful)
            yield from (Optimum(0.0, (), whole=True, at=counts) for counts in islice((own for own in found if own is not None), 1))

    def _by_mean(self, cell: ItemCell) -> Iterator[Answers]:
        table = self.ways.items[cell]
        for place in table.order:
            if place in table.few and place not in table.hidden and table.people[place]:
                own = table.as_people(place)
                few: list[tuple[int, ...]] = [(level,) for level, count in enumerate(own.levels) if 1 <= count <= own.small]
                yield from ((cell, place, levels) for levels in few or [tuple(range(len(own.levels)))])

    def _level(self, cell: ItemCell, place: Place, level: int, sign: float) -> Row:
        return self.ways.of_levels(cell, place, tuple(sign * (at == level) for at in range(len(self.ways.scales[cell]))))

    def _another(self, key: Answers, found: Optimum) -> bool:
        """Whether these counts, where they are whole, have another number of one of the answers than there is."""
        cell, place, levels = key
        own = self.ways.items[cell].as_people(place).levels
        if found.whole and any(abs(sum(found.at[at] for at in self._level(cell, place, level, 1.0)) - own[level]) > 1 - _CLOSE for level in levels):
            self.vague.add(key)
            return True
        return False

    def _filling(self, known: Sequence[Known]) -> list[Told]:
        """The places of which scores tell how many gave one and the same answer to all statements, or left some or all blank: it is not asked here whether
        these were few."""
        left = [place for place in self.ways.returned.order if place not in self.ways.returned.hidden and place not in self.drawn]
        rows = [(place, self.ways.filled_by(place, name)) for place in left for name in self.ways.filling if name != "answered"]
        asked = [(place, [Aim(row), Aim(dict.fromkeys(row, -1.0))]) for place, row in rows]
        system, without = self.ways.system(known), self.ways.system([one for one in known if one[2] is None or isinstance(one[2].cell, ItemCell)])
        found: dict[Place, Told] = {}
        for (place, aims), sides in zip(asked, answers([(system, aims) for _, aims in asked]), strict=True):
            owners = [owner for one in sides for row in one.binding if (owner := known[row][2]) is not None and isinstance(owner.cell, ScoreCell)]
            if owners and place not in found and _few_whole(system, aims, sides) and not _few(answers([(without, aims)])[0]):
                found[place] = Told(owners[0].cell, place, tuple(dict.fromkeys(owners)))
        self.drawn.update(place for place in left if place not in found)
        return list(found.values())

    def _at_once(self, system: System, own: Sequence[Sequence[Wish]], asked: Sequence[Asked]) -> Iterator[tuple[System, Aim]]:
        """Programmes that meet as many wishes as they can at once: the first wish of each place, the second, and so on."""
        for at in range(max(map(len, own))):
            met = [(cell, place, some[at]) for (cell, place), some in zip(asked, own, strict=True) if at < len(some)]
            caps = range(system.unknowns, system.unknowns + len(met))
            rows: list[Row] = []
            for cap, (cell, place, wish) in zip(caps, met, strict=True):  # as much as the wish is missed by
                rows.append({**{key: -factor for key, factor in self.ways.of_levels(cell, place, wish.factors).items()}, cap: -1.0})
                rows.append(dict.fromkeys(self.ways.number(cell, place), -1.0))
            most = [bound for _, _, wish in met for bound in (-wish.least - (0 if wish.numbers else _MARGIN), -1.0)]
            yield System(caps.stop, system.known, system.values, [*system.limited, *rows], [*system.most, *most]), Aim(dict.fromkeys(caps, -1.0))

    def _see(self, found: Optimum, left: dict[Asked, tuple[list[Wish], int]]) -> None:
        """Takes the wishes as met that these counts meet, those of answers amply where the counts are not whole, and places as open of which all are."""
        counts, margin = found.at, 0 if found.whole else _MARGIN
        for (cell, place), (own, most) in list(left.items()):
            if sum(counts[key] for key in self.ways.number(cell, place)) < 1 - _CLOSE:
                continue
            least = {wish: wish.least + (0 if wish.numbers else margin) - _CLOSE for wish in own}
            missed = [w for w in own if sum(f * counts[key] for key, f in self.ways.of_levels(cell, place, w.factors).items()) < least[w]]
            left[cell, place] = (missed, most)
            if not missed:
                self.proven.add((cell, place))
                del left[cell, place]

    def _close(self, system: System, known: Sequence[Known], left: dict[Asked, tuple[list[Wish], int]]) -> list[Told]:
        found: list[Told] = []
        public = self.ways.system([one for one in known if one[2] is None])
        while left:
            (cell, place), (_, most) = next(iter(left.items()))
            aims = self._aims(cell, place)
            sides = answers([(system, aims)])[0]
            for one in sides:
                self._see(one, left)
            if left.pop((cell, place), None) is None:
                continue
            owners: list[Owner] = []
            if self._within(cell, place, sides, most):
                owners = [] if self._within(cell, place, answers([(public, aims)])[0], most) else _owners(known, sides)
            elif not all(self._in_whole(system, cell, place, wish, left) for wish in self._hardly(cell, place, sides)):
                owners = _beside(known, place)
            if owners:
                found.append(Told(cell, place, tuple(owners)))
            else:
                self.proven.add((cell, place))
        return found

    def _hardly(self, cell: ItemCell, place: Place, sides: Sequence[Optimum]) -> list[Wish]:
        """How far a mean is to be able to lie higher, or lower, where it hardly can, and it is not known whether in whole people."""
        wanted = list(of_answers(self.ways.items[cell], place)) if len(self.ways.scales[cell]) > 2 else []
        return [wish for wish, one in zip(wanted, sides[2:], strict=bool(wanted)) if not one.whole and -_CLOSE <= one.value - wish.least < _MARGIN]

    def _in_whole(self, system: System, cell: ItemCell, place: Place, wish: Wish, left: dict[Asked, tuple[list[Wish], int]]) -> bool:
        """Whether whole people can meet a wish; what of others these meet is taken as met."""
        counts = whole_counts(system, self.ways.of_levels(cell, place, wish.factors), wish.least, tuple(self.ways.number(cell, place)))
        if counts is not None:
            self._see(Optimum(0.0, (), whole=True, at=counts), left)
        return counts is not None

    def _aims(self, cell: ItemCell, place: Place) -> list[Aim]:
        number = self.ways.number(cell, place)
        found = [Aim(number), Aim(dict.fromkeys(number, -1.0))]
        if len(self.ways.scales[cell]) == 2:
            return [*found, *(Aim(self.ways.of_levels(cell, place, (0.0, sign))) for sign in (1.0, -1.0))]
        return [*found, *(Aim(self.ways.of_levels(cell, place, wish.factors), some=tuple(number)) for wish in of_answers(self.ways.items[cell], place))]

    def _within(self, cell: ItemCell, place: Place, sides: Sequence[Optimum], most: int) -> bool:
        if narrow(self.ways.items[cell], place, sides[:2], most):
            return True
        up, down = sides[2:]
        two = len(self.ways.scales[cell]) == 2
        return up.value + down.value < VALUES - 1 - _CLOSE if two else min(up.value, down.value) < -_CLOSE


def _owners(known: Sequence[Known], sides: Sequence[Optimum]) -> list[Owner]:
    """The figures that keep these from being larger."""
    return list(dict.fromkeys(owner for one in sides for row in one.binding if (owner := known[row][2]) is not None))


def _beside(known: Sequence[Known], place: Place) -> list[Owner]:
    """The figures of scores of a place, or where there are none of others."""
    every = list(dict.fromkeys(owner for _, _, owner in known if owner is not None and isinstance(owner.cell, ScoreCell)))
    return [owner for owner in every if owner.place == place] or every


def _few(sides: Sequence[Optimum]) -> bool:
    """Whether a number has fewer than three values; `sides` are its largest and the negative of its smallest."""
    return _values(sides) < VALUES


def _values(sides: Sequence[Optimum]) -> int:
    up, down = sides
    return floor(up.value + _CLOSE) - ceil(-down.value - _CLOSE) + 1


def _few_whole(system: System, aims: Sequence[Aim], sides: Sequence[Optimum]) -> bool:
    """Whether it has in whole people, of whom where there is little room the largest and the smallest number may be of parts of people only."""
    many = _values(sides)
    if VALUES <= many < VALUES + 2:
        ends = [(aim, floor(one.value + _CLOSE)) for aim, one in zip(aims, sides, strict=True) if not one.whole]
        many -= sum(whole_counts(system, aim.of, end, ()) is None for aim, end in ends)
    return many < VALUES
