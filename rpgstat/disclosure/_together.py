"""Statements that can be answered in few ways, and their scores, taken together: what is withheld of one may follow from how people answered all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from rpgstat.disclosure._linked import hidden_places, largest_possible, narrow
from rpgstat.disclosure._owners import beside, keeping
from rpgstat.disclosure._single import VALUES
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place
from rpgstat.disclosure._ways import Known, Owner, Row, Ways
from rpgstat.disclosure._whole_people import MARGIN, WholePeople, few, hardly
from rpgstat.disclosure._wishes import Wish, of_answers, of_number
from rpgstat.record import record
from rpgstat.stats.programmes import Aim, Optimum, System, answers
from rpgstat.stats.whole import ALL, MOST
from rpgstat.study import Cell, ItemCell, ScoreCell

_CLOSE = 1e-6
_SIDES = 2  # the most people, and the fewest
Asked = tuple[ItemCell | ScoreCell, Place]
Answers = tuple[ItemCell, Place, tuple[int, ...]]
"""A place seen by its mean, and answers of which the number of one at least is to be unknown."""


@record
class Told:
    """A place that is known within too little, of a statement or of how many gave one answer throughout, and the figures that make it so."""

    cell: Cell
    place: Place
    by: tuple[Owner, ...]


@dataclass
class Together:
    """What is asked of some statements of one wave. `proven` are places known to be open, or told by what is public anyhow; `vague` answers of which so much
    is known, and `drawn` places as to how they filled in the questionnaire, `publicly` what whole people can by what is public. All stay so as less is shown.
    `gives_up`: no more is asked once tired."""

    ways: Ways
    proven: set[Asked] = field(default_factory=set)
    drawn: set[Place] = field(default_factory=set)
    vague: set[Answers] = field(default_factory=set)
    publicly: set[tuple[ItemCell | ScoreCell, Place, Wish]] = field(default_factory=set)
    people: WholePeople = field(default_factory=WholePeople)
    gives_up: bool = False
    filling_only: bool = False

    def told(self) -> list[Told]:
        """The places known within too little by all that is shown together: hidden ones of statements, how many have a score that is hidden, the answers of
        those seen by their mean, and how they filled in the questionnaire."""
        known = list(self.ways.known())
        return [*([] if self.filling_only else [*self._statements(known), *self._answers(known)]), *self._filling(known)]

    def told_beside(self, more: Sequence[Known]) -> list[Told]:
        """The same of statements and scores where `more` is shown."""
        known = [*self.ways.known(), *more]
        return [*self._statements(known), *self._answers(known)]

    def _statements(self, known: Sequence[Known]) -> list[Told]:
        left = {
            (cell, place): (self.ways.wishes(cell, place, most), most)
            for cell, table in self.ways.tables.items()
            for hidden in [self._asked(cell, table)]
            for place, most in zip(hidden, largest_possible(table, hidden), strict=True)
            if (cell, place) not in self.proven
        }
        left = {asked: own for asked, own in left.items() if own[0]}
        if not left:
            return []
        system = self.ways.system(known)
        for found in answers([(one, [aim]) for one, aim in self._at_once(system, [own for own, _ in left.values()], list(left))]):
            self._see(found[0], left)
        return self._close(system, known, left)

    def _asked(self, cell: ItemCell | ScoreCell, table: Table) -> list[Place]:
        """The places of which it is asked what is left open; of scores those of which no statement is shown, for one that is tells as much."""
        hidden = hidden_places(table)
        if isinstance(cell, ItemCell):
            return hidden
        items = [self.ways.items[ItemCell(item, cell.wave)] for item in cell.items]
        return [place for place in hidden if all(place in own.hidden for own in items)]

    def _answers(self, known: Sequence[Known]) -> list[Told]:
        """The places seen by their mean of which an answer that few gave follows, or all do."""
        left = {key: None for cell in self.ways.items for key in self._by_mean(cell) if key not in self.vague}
        system, found = self.ways.system(known), []
        while left and not self.given_up:
            cell, place, levels = next(iter(left))
            if self._asks_whole:
                left = self._without_vague(left, self._in_whole_people(system, (cell, place, levels)))
                if (cell, place, levels) not in left:
                    continue
            rows = [row for level in levels for row in (self._level(cell, place, level, 1.0), self._level(cell, place, level, -1.0))]
            sides = answers([(system, [Aim(row) for row in rows])])[0]
            left = self._without_vague(left, sides)
            if left.pop((cell, place, levels), False) is None and not self._roomy(system, (cell, place, levels), sides):
                owners = [owner for owner in keeping(known, sides) if (owner.cell, owner.place) != (cell, place)] or beside(known, place)
                owners = owners or self._own(known, (cell, place, levels))
                found += [Told(cell, place, tuple(owners))] if owners else []
        return found

    def _without_vague(self, left: dict[Answers, None], met: Iterable[Optimum]) -> dict[Answers, None]:
        """What is left to be asked when some counts are met."""
        for one in met:
            self.people.met += [one.at] if one.whole else []
            left = {key: None for key in left if not self._another(key, one)}
        return left

    def _own(self, known: Sequence[Known], key: Answers) -> list[Owner]:
        """Its own mean, where without any figure of a group one of the answers could have been given one time more, or less."""
        cell, place, levels = key
        public, own = self.ways.system([one for one in known if one[2] is None]), self.ways.items[cell].as_people(place).levels
        sides = answers([(public, [Aim(self._level(cell, place, level, sign)) for level in levels for sign in (1.0, -1.0)])])[0]
        open_ = any(one.value > sign * own[level] + 1 - _CLOSE for one, (level, sign) in zip(sides, product(levels, (1, -1)), strict=True))
        return [owner for _, _, owner in known if owner is not None and (owner.cell, owner.place) == (cell, place) and not owner.detail][:1] if open_ else []

    def _in_whole_people(self, system: System, key: Answers) -> list[Optimum]:
        """How whole people can have given one of the answers one time more, or less, if they can."""
        cell, place, levels = key
        own = self.ways.items[cell].as_people(place).levels
        for level, sign in product(levels, (1, -1)):
            if (counts := self.people.find(system, self._level(cell, place, level, sign), sign * own[level] + 1)) is not None:
                return [Optimum(0.0, (), whole=True, at=counts)]
        return []

    def _roomy(self, system: System, key: Answers, sides: Sequence[Optimum]) -> bool:
        """Whether an answer can have been given one time more, or less, by parts of people, where there are too many unknowns to ask for whole ones: amply, or
        it is not seen that whole ones cannot."""
        cell, place, levels = key
        own = self.ways.items[cell].as_people(place).levels
        asked = [(self._level(cell, place, level, sign), sign * own[level] + 1) for level in levels for sign in (1, -1)]
        reached = [(row, least, one.value) for (row, least), one in zip(asked, sides, strict=True) if one.value > least - _CLOSE]
        if self._asks_whole or not reached:
            return False
        amply = any(value > least + MARGIN for _, least, value in reached)
        if not amply and all(self.people.impossible(system, row, least) for row, least, _ in reached):
            return False
        self.vague.add(key)
        return True

    def _by_mean(self, cell: ItemCell) -> Iterator[Answers]:
        table = self.ways.items[cell]
        for place in table.order if self.ways.apart else ():
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
        these were few. Of crosses that is told nowhere."""
        left = [place for place in self.ways.returned.order if len(place.by) == 1 and place not in self.drawn]
        rows = [(place, self.ways.filled_by(place, name)) for place in left for name in self.ways.filling if name != "answered"]
        asked = [(place, [Aim(row), Aim(dict.fromkeys(row, -1.0))]) for place, row in rows]
        system, without = self.ways.system(known), self.ways.system([one for one in known if one[2] is None or isinstance(one[2].cell, ItemCell)])
        found: dict[Place, Told] = {}
        for (place, aims), sides in zip(asked, answers([(system, aims) for _, aims in asked]), strict=True):
            if place not in found and self._few_whole(system, aims, sides) and not self._few_whole(without, aims, answers([(without, aims)])[0], less=True):
                owners = [owner for owner in keeping(known, sides) if isinstance(owner.cell, ScoreCell)] or beside(known, place, ScoreCell)
                if owners:
                    found[place] = Told(owners[0].cell, place, tuple(owners))
        self.drawn.update(place for place in left if place not in found)
        return list(found.values())

    def _few_whole(self, system: System, aims: Sequence[Aim], sides: Sequence[Optimum], *, less: bool = False) -> bool:
        """Whether a number has few values: of parts of people, or of whole ones."""
        known = self.people.known and system.unknowns <= MOST
        return few(sides) or ((known or not self.people.tired) and len(self.people.values(system, aims[0].of, less=less)) < VALUES)

    def _at_once(self, system: System, own: Sequence[Sequence[Wish]], asked: Sequence[Asked]) -> Iterator[tuple[System, Aim]]:
        """Programmes that meet as many wishes as they can at once: the first wish of each place, the second, and so on."""
        for at in range(max(map(len, own))):
            met = [(cell, place, some[at]) for (cell, place), some in zip(asked, own, strict=True) if at < len(some)]
            caps = range(system.unknowns, system.unknowns + len(met))
            rows: list[Row] = []
            for cap, (cell, place, wish) in zip(caps, met, strict=True):  # as much as the wish is missed by
                rows.append({**{key: -factor for key, factor in self.ways.wished(cell, place, wish).items()}, cap: -1.0})
                rows.append(dict.fromkeys(self.ways.number(cell, place), -1.0))
            most = [bound for _, _, wish in met for bound in (-wish.least - (0 if wish.numbers else MARGIN), -1.0)]
            yield System(caps.stop, system.known, system.values, [*system.limited, *rows], [*system.most, *most]), Aim(dict.fromkeys(caps, -1.0))

    def _see(self, found: Optimum, left: dict[Asked, tuple[list[Wish], int]]) -> None:
        """Takes the wishes as met that these counts meet, those of answers amply where the counts are not whole, and places as open of which all are."""
        counts, margin = found.at, 0 if found.whole else MARGIN
        self.people.met += [counts[: self.ways.unknowns]] if found.whole else []  # without what wishes are missed by
        for (cell, place), (own, most) in list(left.items()):
            if sum(counts[key] for key in self.ways.number(cell, place)) < 1 - _CLOSE:
                continue
            least = {wish: wish.least + (0 if wish.numbers else margin) - _CLOSE for wish in own}
            missed = [wish for wish in own if sum(f * counts[key] for key, f in self.ways.wished(cell, place, wish).items()) < least[wish]]
            left[cell, place] = (missed, most)
            if not missed:
                self.proven.add((cell, place))
                del left[cell, place]

    def _close(self, system: System, known: Sequence[Known], left: dict[Asked, tuple[list[Wish], int]]) -> list[Told]:
        found: list[Told] = []
        public = self.ways.system([one for one in known if one[2] is None])
        while left and not self.given_up:
            (cell, place), (_, most) = next(iter(left.items()))
            aims = self._aims(cell, place)
            sides = answers([(system, aims)])[0]
            for one in sides:
                self._see(one, left)
            if left.pop((cell, place), None) is None:
                continue
            owners: list[Owner] = []
            if self._within(cell, place, sides, most):
                owners = [] if self._within(cell, place, answers([(public, aims)])[0], most) else keeping(known, sides)
            elif missed := self._missed(system, cell, place, sides, most, left):
                owners = self._in_the_way(public, known, cell, place, missed)
            if owners:
                found.append(Told(cell, place, tuple(owners)))
            else:
                self.proven.add((cell, place))
        return found

    def _in_the_way(self, public: System, known: Sequence[Known], cell: ItemCell | ScoreCell, place: Place, missed: Sequence[Wish]) -> list[Owner]:
        """What to show less of where it is not known that whole people can meet wishes: figures of groups, if by what is public these can."""
        asked = [(cell, place, wish) for wish in missed]
        self.publicly.update(own for own in asked if own not in self.publicly and self._whole(public, *own, less=True) is not None)
        return (beside(known, place) or beside(known, place, ItemCell)) if self.publicly.issuperset(asked) else []

    def _missed(
        self, system: System, cell: ItemCell | ScoreCell, place: Place, sides: Sequence[Optimum], most: int, left: dict[Asked, tuple[list[Wish], int]]
    ) -> list[Wish]:
        """The wishes that parts of people hardly meet, and whole people are not found to: for a mean, and for a number that has too few values without."""
        if not self._asks_whole:
            return []
        wanted = list(of_answers(self.ways.items[cell], place)) if isinstance(cell, ItemCell) and len(sides) > _SIDES and not self._of_two(cell) else []
        means = [wish for wish, one in zip(wanted, sides[_SIDES:], strict=bool(wanted)) if hardly(one, wish.least)]
        missed = [wish for wish in means if not self._in_whole(system, cell, place, wish, left)]
        table, ends, numbers = self.ways.tables[cell], list(sides[:_SIDES]), list[Wish]()
        for wish in of_number(table, place):
            side = int(wish.factors[0] < 0)
            if hardly(ends[side], wish.least) and not self._in_whole(system, cell, place, wish, left):
                ends[side] = Optimum(wish.least - 1, ())
                numbers.append(wish)
        return [*missed, *(numbers if narrow(table, place, ends, most) and not self.ways.came(cell, place) else [])]

    def _in_whole(self, system: System, cell: ItemCell | ScoreCell, place: Place, wish: Wish, left: dict[Asked, tuple[list[Wish], int]]) -> bool:
        """Whether whole people can meet a wish; what of others these meet is taken as met."""
        counts = self._whole(system, cell, place, wish)
        if counts is not None:
            self._see(Optimum(0.0, (), whole=True, at=counts), left)
        return counts is not None

    def _whole(self, system: System, cell: ItemCell | ScoreCell, place: Place, wish: Wish, *, less: bool = False) -> Any:
        return self.people.find(system, self.ways.wished(cell, place, wish), wish.least, tuple(self.ways.number(cell, place)), less=less)

    @property
    def _asks_whole(self) -> bool:
        return not self.people.tired and (self.gives_up or self.ways.unknowns <= ALL)

    @property
    def given_up(self) -> bool:
        """Whether what was told is not all."""
        return self.people.tired and self.gives_up

    def _of_two(self, cell: ItemCell) -> bool:
        return len(self.ways.scales[cell]) == 2

    def _aims(self, cell: ItemCell | ScoreCell, place: Place) -> list[Aim]:
        number = self.ways.number(cell, place)
        found = [Aim(number), Aim(dict.fromkeys(number, -1.0))]
        if isinstance(cell, ScoreCell) or not self.ways.apart:
            return found
        if self._of_two(cell):
            return [*found, *(Aim(self.ways.of_levels(cell, place, (0.0, sign))) for sign in (1.0, -1.0))]
        return [*found, *(Aim(self.ways.of_levels(cell, place, wish.factors), some=tuple(number)) for wish in of_answers(self.ways.items[cell], place))]

    def _within(self, cell: ItemCell | ScoreCell, place: Place, sides: Sequence[Optimum], most: int) -> bool:
        if narrow(self.ways.tables[cell], place, sides[:_SIDES], most) and not self.ways.came(cell, place):
            return True
        if len(sides) == _SIDES or isinstance(cell, ScoreCell):
            return False
        up, down = sides[_SIDES:]
        return up.value + down.value < VALUES - 1 - _CLOSE if self._of_two(cell) else min(up.value, down.value) < -_CLOSE
