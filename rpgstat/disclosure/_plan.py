"""One plan of protection for a study: of every cell, what may be shown, whatever command is asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from functools import cached_property

from rpgstat.disclosure._cells import cells_of, in_order
from rpgstat.disclosure._decisions import Decision, Tier
from rpgstat.disclosure._jointly import MakingJointly
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place, Universe, universe_of
from rpgstat.disclosure._ways import Answered, Ways
from rpgstat.disclosure._weights import by_design, constant_weights, told_when_weighted
from rpgstat.record import record
from rpgstat.study import Cell, Disclosure, ItemCell, Key, PeopleCell, Returned, ScoreCell, Study, Tally

Hidden = Mapping[Key, frozenset[Cell]]


@record
class Plan:
    """What may be shown of a study: a decision for every cell of every group, of groups crossed, and of those who stated none.

    It depends on the answers, the study's groupings, weight and invited numbers alone: every command that is asked shows by it, so no two
    outputs tell more than one. `cells` hold true numbers, for those alone who control the plan. `short` are the questionnaires, by wave, that
    can be answered in few ways; `off` of each item how many of everyone answered off the scale.
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

    @property
    def complete(self) -> bool:
        """Whether all figures of all groups, and of each two crossed, may be shown."""
        return not any(self._by_place[tier] for tier in Tier if tier is not Tier.FULL)

    def weighs_apart(self, by: Sequence[str], key: Key, wave: str) -> bool:
        """Whether the people of a group are to have a weight that others do not: in a wave they are none, or their number is shown, they are not few, and
        of more statements than not all is shown of them."""
        own = self.decision(by, key, PeopleCell(wave))
        if own.n == 0 or own.tier is Tier.HIDDEN or own.n < self.rule.detail_from:
            return own.n == 0
        items = [self.decision(by, key, cell).tier for cell in self.cells if isinstance(cell, ItemCell) and cell.wave == wave]
        return not items or 2 * items.count(Tier.FULL) > len(items)

    def short_of(self, places: Iterable[Place], wave: str) -> frozenset[Cell]:
        """The cells of a wave of which one of these places is not shown in full."""
        short = (self._by_place[tier].get(place, frozenset()) for place in places for tier in Tier if tier is not Tier.FULL)
        return frozenset(cell for cells in short for cell in cells if cell.wave == wave and not isinstance(cell, PeopleCell))

    def tells_when_weighted(self, tally: Tally) -> bool:
        """Whether hidden figures follow when whole waves are shown with the weights of this tally too, which are not the study's own."""
        names = self.universe.axes
        weights = constant_weights(tally, [tuple(dict(zip(names, part, strict=True))[name] for name in tally.by) for part in self.universe.parts])
        design = [wave for wave in tally.waves if by_design(tally, wave)]
        return told_when_weighted(self._tables, weights, design, secondary=self.rule.secondary)


def plan(
    tally: Tally,
    study: Study,
    rule: Disclosure,
    *,
    weighted: bool = False,
    filled: Mapping[str, Returned] = {},
    answered: Answered | None = None,
    together: bool = True,
) -> Plan:
    """The plan of a study, from its tally by all groupings that it declares.

    First the tiers: 1 to `hide_below` - 1 answers are withheld; fewer than `detail_from`, or answers that all lie on one side of the scale,
    are seen by number and mean; the mean is withheld too where it leaves one possibility. Then, wave by wave, what would give these away: places
    are shown in an order of worth as long as nothing hidden follows from all that is shown (Langsrud 2024), and more are hidden until the number
    of each hidden one may have three values, not all small, and its mean may lie half a level either way, or reach the end of the scale.

    Groups that are withheld among those who returned the questionnaire are withheld on every item of the wave, and those withheld on an item
    have no battery score, so that items cannot be played against each other. `weighted`: the tally has the weights that the study declares;
    `filled`: by wave how everyone filled in the questionnaire, which is public; `answered`: how people answered statements together, near which others who
    could have are looked for; `together`: statements of short batteries are asked about
    beside each other, which takes long.

    Hundepool et al. 2012, Statistical Disclosure Control.
    """
    tally = in_order(tally)
    universe = universe_of(tally.by, tuple(tally.parts), tables=len(tally.waves) + len(tally.counts) + len(tally.scores))
    weights = constant_weights(tally, universe.parts) if weighted else {}
    making = MakingJointly(tally, study, rule, universe, weights, filled, answered=answered, together=together)
    cells = list(cells_of(tally, study))
    everybody = making.answered_by_all
    rounds = {PeopleCell: [True], ItemCell: [True, False], ScoreCell: [True, False]}
    for own, each in rounds.items():  # those who returned it come first, then items, then batteries; of these first what everybody answered
        for every in each:
            making.protect([(cell, kind) for cell, kind in cells if isinstance(cell, own) and (own is PeopleCell or everybody(cell) == every)])
    if together:
        making.protect_together()
    off = {ItemCell(item, wave): own.not_applicable for (item, wave), own in tally.counts.items()}
    return Plan(rule, universe, {cell: making.tables[cell].decisions() for cell, _ in cells}, making.tables, making.short, off)
