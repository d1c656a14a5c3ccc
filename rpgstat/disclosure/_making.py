"""A plan of protection in the making: the table of each item, battery score and count of people, protected by itself and beside its like."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from math import prod
from typing import Any

from rpgstat.disclosure._cells import of_one, people_of
from rpgstat.disclosure._decisions import Reason
from rpgstat.disclosure._kind import Amount, Kind
from rpgstat.disclosure._known import Known, invited
from rpgstat.disclosure._rounds import protect
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place, Universe
from rpgstat.disclosure._ways import MOST
from rpgstat.disclosure._weights import ties_of, weights_of
from rpgstat.disclosure._who_returned import beside, by_everybody, seen_to_return
from rpgstat.study import Cell, Disclosure, ItemCell, PeopleCell, Returned, ScoreCell, Study, Tally

_CROSSED = 700
"""In so many ways people of all crosses can have answered statements, at most, for these to be taken together beside crosses; of twice as many a plan takes
a minute."""
Less = tuple[dict[Place, Reason], dict[Place, Reason]]
"""What is withheld of a cell, and what of it is seen by its mean only."""


@dataclass
class Making:
    """A plan in the making."""

    tally: Tally
    study: Study
    rule: Disclosure
    universe: Universe
    weights: Mapping[str, Sequence[Fraction | None]]
    filled: Mapping[str, Returned] = field(default_factory=dict)
    tables: dict[Cell, Table] = field(default_factory=dict)
    memory: dict[Any, Any] = field(default_factory=dict)
    more: dict[Cell, Less] = field(default_factory=dict)
    together: bool = True

    def answered_by_all(self, cell: Cell) -> bool:
        """Whether everybody who returned the questionnaire answered a statement, or has a score."""
        if isinstance(cell, PeopleCell):
            return True
        met = self.tally.counts[cell.item, cell.wave].n if isinstance(cell, ItemCell) else self.tally.scores[cell.battery, cell.items, cell.wave].n
        return met == self.tally.returned[cell.wave]

    def protect(self, cells: Sequence[tuple[Cell, Kind]]) -> None:
        """Protects cells of one kind together."""
        for cell, kind in cells:
            self.tables[cell] = self.tables[ItemCell(cell.items[0], cell.wave)] if of_one(cell) else self._table(cell, kind)
        self.protect_again([cell for cell, _ in cells if not of_one(cell)])

    def protect_again(self, cells: Sequence[Cell], *, items_too: bool = True) -> None:
        """`items_too`: scores are asked about beside their items, which may be shown by less now."""
        for cell in cells:
            self.tables[cell].start(*self._before(cell))
        protect([self.tables[cell] for cell in cells])
        for cell in cells:
            if items_too and isinstance(cell, ScoreCell) and self._apart(cell):
                self._beside_items(cell)

    def _apart(self, cell: ScoreCell) -> bool:
        """Whether it is asked of a score by itself what it tells of its items."""
        asked = self.rule.secondary and self.rule.hide_below > 1 and not self.universe.single
        return asked and not (self.together and self.unknowns(cell.items, cell.wave) <= MOST)

    def _before(self, cell: Cell) -> Less:
        """What is withheld of a cell, or seen by its mean, before it is protected by itself."""
        (hidden, few), (more_hidden, more_few) = _before(self.tables, cell), self.more.get(cell, ({}, {}))
        return {**more_hidden, **hidden}, {**more_few, **few}

    def _beside_items(self, cell: ScoreCell) -> None:
        """Withholds of a battery's scores what would tell of its items."""
        from rpgstat.disclosure._batteries import withhold_scores

        items = [self.tables[ItemCell(item, cell.wave)] for item in cell.items]
        found = withhold_scores(self.tables[cell], items, self.tables[PeopleCell(cell.wave)], *self._before(cell))
        self.more.setdefault(cell, ({}, {}))[0].update(found)

    def _table(self, cell: Cell, kind: Kind) -> Table:
        own = list(self.tally.parts.values())
        present = [part.returned[cell.wave] > 0 for part in own]
        parts = people_of(own, cell, kind)
        alone = isinstance(cell, PeopleCell) or (isinstance(cell, ItemCell) and self.answered_by_all(cell))
        seen = [] if alone else by_everybody(self.tables, cell.wave)
        known = _known(self.universe, self.tables, cell, self.study, self.weights.get(cell.wave, ()), present, seen)
        crossed = self.universe.crossed and not self._refuses_crosses(cell)
        return Table(self.universe, kind, self.rule, parts, present, known(parts), self.memory, crossed=crossed)

    def _refuses_crosses(self, cell: Cell) -> bool:
        """Whether people of all crosses can have answered in so many ways that a statement cannot be protected together with others beside crosses."""
        if isinstance(cell, PeopleCell) or self.universe.single or not self.together:
            return False
        return not self._too_many[cell.wave].isdisjoint([cell.item] if isinstance(cell, ItemCell) else cell.items)

    @cached_property
    def _too_many(self) -> dict[str, set[str]]:
        """By wave the statements of all, or of a battery, that are too many for that, and few enough to be taken together."""
        found: dict[str, set[str]] = {}
        for wave in self.tally.waves:
            every = tuple(item for item, own in self.tally.counts if own == wave)
            together = dict.fromkeys([every, *(items for _, items, own in self.tally.scores if own == wave)])
            found[wave] = {item for items in together if _CROSSED < self.unknowns(items, wave) <= MOST for item in items}
        return found

    def unknowns(self, items: Iterable[str], wave: str) -> int:
        """In how many ways people of all parts can have answered some items, of which nobody left blank those that everybody answered."""
        each = [self.tally.counts[item, wave] for item in items]
        ways = prod(len(own.levels) + (own.n < self.tally.returned[wave]) for own in each)
        return ways * sum(part.returned[wave] > 0 for part in self.tally.parts.values())


def _before(tables: Mapping[Cell, Table], cell: Cell) -> Less:
    """What is withheld of a cell, or seen by its mean, because others of the same people are."""
    if isinstance(cell, PeopleCell):
        return {}, {}
    people = tables[PeopleCell(cell.wave)].hidden.items()
    hidden = {place: reason if reason is Reason.REFUSED else Reason.RETURNED for place, reason in people}
    if isinstance(cell, ItemCell):
        return hidden, {}
    items = [tables[ItemCell(item, cell.wave)] for item in cell.items]
    return {**{place: Reason.ITEMS for table in items for place in table.hidden}, **hidden}, {}


def _known(
    universe: Universe,
    tables: Mapping[Cell, Table],
    cell: Cell,
    study: Study,
    weights: Sequence[Fraction | None],
    present: Sequence[bool],
    every: Sequence[Table],
) -> Any:
    """What is known beside a table; `every` are those of statements that everybody answered."""
    ties, weighed = ties_of(present, weights), weights_of(present, weights)

    def known(parts: Sequence[Amount]) -> Known:
        if isinstance(cell, PeopleCell):
            largest = {place: sum(parts[at].total() for at in own) for place, own in universe.members.items()}
            came = invited(universe, cell.wave, study)
            return Known(largest, came, ties, weighed, ordered=True, invited=came)
        returned = tables[PeopleCell(cell.wave)]
        shown = {place: returned.number(place) for place in seen_to_return(returned, every)}
        return replace(returned.known, most={**returned.known.most, **shown}, ordered=False, beside=beside(returned, every))

    return known
