"""One plan of protection for a study: of every cell, what may be shown, whatever command is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from rpgstat.disclosure._cells import cells_of, in_order, of_one, people_of
from rpgstat.disclosure._decisions import Decision, Reason, Tier
from rpgstat.disclosure._kind import Amount, Kind
from rpgstat.disclosure._known import Beside, Known, invited
from rpgstat.disclosure._rounds import protect
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._together import Together, Told
from rpgstat.disclosure._universe import Place, Universe, universe_of
from rpgstat.disclosure._ways import STRAIGHT, Ways
from rpgstat.disclosure._weights import constant_weights, ties_of, told_when_weighted, weights_of
from rpgstat.record import record
from rpgstat.study import Cell, Disclosure, ItemCell, Key, PeopleCell, Returned, ScoreCell, Study, Tally

Hidden = Mapping[Key, frozenset[Cell]]
Less = tuple[dict[Place, Reason], dict[Place, Reason]]
"""What is withheld of a cell, and what of it is seen by its mean only."""


@record
class Plan:
    """What may be shown of a study: a decision for every cell of every group, of groups crossed, and of those who stated none.

    It depends on the answers, the study's groupings, weight and invited numbers alone: every command that is asked shows by it, so no two
    outputs tell more than one. `cells` hold true numbers, for those alone who control the plan. `short` are the questionnaires, by wave, that are one
    short battery; `off` of each item how many of everyone answered off the scale.
    """

    rule: Disclosure
    universe: Universe
    cells: Mapping[Cell, Mapping[Place, Decision]]
    _tables: Mapping[Cell, Table] = field(default_factory=dict, repr=False)
    short: Mapping[str, Ways] = field(default_factory=dict, repr=False)
    off: Mapping[ItemCell, int] = field(default_factory=dict, repr=False)

    def decision(self, by: Sequence[str], key: Key, cell: Cell) -> Decision:
        """What is decided of one cell of a group; a group that nobody of a wave belongs to is shown."""
        return self.cells[cell].get(self.universe.place(by, key), Decision(Tier.FULL, 0))

    def hidden(self, by: Sequence[str], keys: Iterable[Key]) -> Hidden:
        """For each of these groups the cells that are withheld."""
        return self._of(by, keys, Tier.HIDDEN)

    def few(self, by: Sequence[str], keys: Iterable[Key]) -> Hidden:
        """For each of these groups the cells of which the mean only is shown."""
        return self._of(by, keys, Tier.MEAN)

    def _of(self, by: Sequence[str], keys: Iterable[Key], tier: Tier) -> Hidden:
        return {key: self._by_place[tier].get(self.universe.place(by, key), frozenset()) for key in keys}

    @cached_property
    def _by_place(self) -> dict[Tier, dict[Place, frozenset[Cell]]]:
        found: dict[Tier, dict[Place, set[Cell]]] = {tier: {} for tier in Tier}
        for cell, decided in self.cells.items():
            for place, decision in decided.items():
                found[decision.tier].setdefault(place, set()).add(cell)
        return {tier: {place: frozenset(cells) for place, cells in own.items()} for tier, own in found.items()}

    def cut(self, by: Sequence[str], key: Key, cell: Cell) -> bool:
        """Whether part of a group is in a place of which a cell is not shown in full: with weights that differ, the group would tell of it."""
        closed = (place for place, decision in self.cells.get(cell, {}).items() if decision.n and decision.tier is not Tier.FULL)
        return self.universe.cut(self.universe.place(by, key), closed)

    @property
    def hidden_places(self) -> Mapping[Place, frozenset[Cell]]:
        """For each place the cells that are withheld, if any are."""
        return self._by_place[Tier.HIDDEN]

    @property
    def refused(self) -> list[tuple[tuple[str, ...], Cell]]:
        """Groupings, and crosses of two, of which nothing is shown of a cell."""
        found = []
        for cell, decided in self.cells.items():
            for by in dict.fromkeys(place.by for place in decided):
                own = [decision for place, decision in decided.items() if place.by == by and decision.n]
                if own and all(decision.tier is Tier.HIDDEN for decision in own):
                    found.append((by, cell))
        return found

    def withheld_somewhere(self, by: Sequence[str], keys: Iterable[Key], wave: str) -> frozenset[Key]:
        """The groups of which any figure of a wave is withheld."""
        return frozenset(key for key, cells in self.hidden(by, keys).items() if any(cell.wave == wave for cell in cells))

    def tells_when_weighted(self, tally: Tally) -> bool:
        """Whether hidden figures follow when whole waves are shown with the weights of this tally too, which are not the study's own."""
        names = self.universe.axes
        weights = constant_weights(tally, [tuple(dict(zip(names, part, strict=True))[name] for name in tally.by) for part in self.universe.parts])
        return told_when_weighted(self._tables, weights, secondary=self.rule.secondary)


def plan(tally: Tally, study: Study, rule: Disclosure, *, weighted: bool = False, filled: Mapping[str, Returned] = {}, together: bool = True) -> Plan:
    """The plan of a study, from its tally by all groupings that it declares.

    First the tiers: 1 to `hide_below` - 1 answers are withheld; fewer than `detail_from`, or answers that all lie on one side of the scale,
    are seen by number and mean; the mean is withheld too where it leaves one possibility. Then, wave by wave, what would give these away: places
    are shown in an order of worth as long as nothing hidden follows from all that is shown (Langsrud 2024), and more are hidden until the number
    of each hidden one may have three values, not all small, and its mean may lie half a level either way, or reach the end of the scale.

    Groups that are withheld among those who returned the questionnaire are withheld on every item of the wave, and those withheld on an item
    have no battery score, so that items cannot be played against each other. `weighted`: the tally has the weights that the study declares;
    `filled`: by wave how everyone filled in the questionnaire, which is public; `together`: statements of short batteries are asked about
    beside each other, which takes long.

    Hundepool et al. 2012, Statistical Disclosure Control.
    """
    tally = in_order(tally)
    universe = universe_of(tally.by, tuple(tally.parts), tables=len(tally.waves) + len(tally.counts) + len(tally.scores))
    weights = constant_weights(tally, universe.parts) if weighted else {}
    making = _Making(tally, study, rule, universe, weights, filled)
    cells = list(cells_of(tally, study))
    for own in (PeopleCell, ItemCell, ScoreCell):  # those who returned it come first, then items, then batteries
        making.protect([(cell, kind) for cell, kind in cells if isinstance(cell, own)])
    if together:
        making.protect_together()
    off = {ItemCell(item, wave): own.not_applicable for (item, wave), own in tally.counts.items()}
    return Plan(rule, universe, {cell: making.tables[cell].decisions() for cell, _ in cells}, making.tables, making.short, off)


@dataclass
class _Making:
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
    short: dict[str, Ways] = field(default_factory=dict)

    def protect(self, cells: Sequence[tuple[Cell, Kind]]) -> None:
        """Protects cells of one kind together."""
        for cell, kind in cells:
            self.tables[cell] = self.tables[ItemCell(cell.items[0], cell.wave)] if of_one(cell) else self._table(cell, kind)
        self._protect([cell for cell, _ in cells if not of_one(cell)])

    def _protect(self, cells: Sequence[Cell]) -> None:
        for cell in cells:
            self.tables[cell].start(*self._before(cell))
        protect([self.tables[cell] for cell in cells])
        for cell in cells:
            if isinstance(cell, ScoreCell) and self.rule.secondary and self.rule.hide_below > 1 and not self.universe.single:
                self._beside_items(cell)

    def _before(self, cell: Cell) -> Less:
        """What is withheld of a cell, or seen by its mean, before it is protected by itself."""
        (hidden, few), (more_hidden, more_few) = _before(self.tables, cell), self.more.get(cell, ({}, {}))
        return {**more_hidden, **hidden}, {**more_few, **few}

    def _beside_items(self, cell: ScoreCell) -> None:
        """Withholds of a battery's scores what would tell of its items."""
        from rpgstat.disclosure._batteries import withhold_scores

        items = [self.tables[ItemCell(item, cell.wave)] for item in cell.items]
        withhold_scores(self.tables[cell], items, self.tables[PeopleCell(cell.wave)], *self._before(cell))

    def protect_together(self) -> None:
        """Withholds of statements and scores of each battery what tells of its other statements."""
        scores = [cell for cell in self.tables if isinstance(cell, ScoreCell) and not of_one(cell)]
        for own in {(cell.battery, cell.wave): [one for one in scores if (one.battery, one.wave) == (cell.battery, cell.wave)] for cell in scores}.values():
            items = [ItemCell(item, own[0].wave) for item in dict.fromkeys(item for one in own for item in one.items)]
            if (
                self.rule.secondary
                and self.rule.hide_below > 1
                and (self.filled or len(items) >= STRAIGHT or any(self.tables[cell].hidden or self.tables[cell].few for cell in items))
            ):
                self._protect_battery(own, items)

    def _protect_battery(self, scores: Sequence[ScoreCell], items: Sequence[ItemCell]) -> None:
        people = self.tables[PeopleCell(scores[0].wave)]
        filled = self._filled(scores[0].wave, items)
        off = {cell: self.tally.counts[cell.item, cell.wave].not_applicable for cell in items} if filled else {}
        ways = Ways(people, {cell: self.tables[cell] for cell in items}, {cell: self.tables[cell] for cell in scores}, filled, off)
        one = Together(ways)
        if ways.small and filled:
            self.short[scores[0].wave] = ways
        while ways.small and (told := one.told()):
            less = {cell for own in told if (cell := self._show_less(own)) is not None}
            self._protect([cell for cell in less if isinstance(cell, ItemCell)])
            self._protect(scores)

    def _filled(self, wave: str, items: Sequence[ItemCell]) -> Returned | None:
        """How everyone filled in a questionnaire of these items alone."""
        alone = {cell for cell in self.tables if isinstance(cell, ItemCell) and cell.wave == wave} == set(items)
        return self.filled.get(wave) if alone else None

    def _show_less(self, told: Told) -> Cell | None:
        """Shows less of one of the figures by which a place is told: of scores before statements, and their detail before their mean."""
        first = min(((isinstance(own.cell, ItemCell), not own.detail) for own in told.by), default=None)
        if first is None:
            return None
        owners = [own for own in told.by if (isinstance(own.cell, ItemCell), not own.detail) == first]
        cell = owners[0].cell
        table = self.tables[cell]
        hidden, few = self.more.setdefault(cell, ({}, {}))
        (few if owners[0].detail else hidden)[table.least([own.place for own in owners if own.cell == cell], told.place)] = Reason.NARROW
        return cell

    def _table(self, cell: Cell, kind: Kind) -> Table:
        own = list(self.tally.parts.values())
        present = [part.returned[cell.wave] > 0 for part in own]
        parts = people_of(own, cell, kind)
        known = _known(self.universe, self.tables, cell, self.study, self.weights.get(cell.wave, ()), present)
        return Table(self.universe, kind, self.rule, parts, present, known(parts), self.memory)


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


def _known(universe: Universe, tables: Mapping[Cell, Table], cell: Cell, study: Study, weights: Sequence[Fraction | None], present: Sequence[bool]) -> Any:
    ties, weighed = ties_of(present, weights), weights_of(present, weights)

    def known(parts: Sequence[Amount]) -> Known:
        if isinstance(cell, PeopleCell):
            largest = {place: sum(parts[at].total() for at in own) for place, own in universe.members.items()}
            return Known(largest, invited(universe, cell.wave, study), ties, weighed, ordered=True)
        returned = tables[PeopleCell(cell.wave)]
        shown = {place: returned.number(place) for place in returned.order if place not in returned.hidden}
        return replace(returned.known, most={**returned.known.most, **shown}, ordered=False, beside=beside(returned))

    return known


def beside(returned: Table) -> Beside:
    """Those who returned the questionnaire, as far as it is shown how many did."""
    shown = [range(len(returned.parts)), *(returned.universe.members[place] for place in returned.order if place not in returned.hidden)]
    return Beside(tuple(own.total() for own in returned.parts), tuple(map(tuple, shown)))
