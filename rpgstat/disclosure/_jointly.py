"""Statements of a wave taken together in the making of a plan: what one tells of another is withheld."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rpgstat.disclosure._blanks import Blanks
from rpgstat.disclosure._cells import of_one
from rpgstat.disclosure._decisions import Reason
from rpgstat.disclosure._making import Making
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._together import Together, Told
from rpgstat.disclosure._ways import MOST, Answered, Ways
from rpgstat.disclosure._whole_people import WholePeople
from rpgstat.stats.programmes import fitting
from rpgstat.stats.whole import ALL
from rpgstat.study import Cell, ItemCell, PeopleCell, Returned, ScoreCell

_ROUNDS = 2
"""So often one figure is shown by less for each place that is told; then all crosses by which it is, or a battery of many crosses would take minutes."""


@dataclass
class MakingJointly(Making):
    """A plan in the making, of which statements are protected together. `short` are the questionnaires, by wave, that can be answered in few ways."""

    short: dict[str, Ways] = field(default_factory=dict)
    answered: Answered | None = None
    done: set[tuple[str, tuple[ItemCell, ...]]] = field(default_factory=set)

    def protect_together(self) -> None:
        """Withholds of statements and scores what tells of other statements: of all of a wave, where people can have answered these in few ways, else of
        those of each battery, and of all how many answered them."""
        if not self.rule.secondary or self.rule.hide_below <= 1:
            return
        for wave in self.tally.waves:
            items = [cell for cell in self.tables if isinstance(cell, ItemCell) and cell.wave == wave]
            scores = [cell for cell in self.tables if isinstance(cell, ScoreCell) and cell.wave == wave and not of_one(cell)]
            for own in {cell.battery: [one for one in scores if one.battery == cell.battery] for cell in scores}.values():
                self._protect_ways(Ways, wave, [ItemCell(item, wave) for item in dict.fromkeys(item for one in own for item in one.items)], own)
            few = self.unknowns([cell.item for cell in items], wave) <= MOST
            self._protect_ways(Ways if few else Blanks, wave, items, scores)

    def _protect_ways(self, kind: type[Ways], wave: str, items: Sequence[ItemCell], scores: Sequence[ScoreCell]) -> None:
        """Protects statements of a wave and scores of these together, where they can have been answered in few ways; not those of one battery again."""
        if (wave, tuple(items)) in self.done and kind is Ways:
            return
        filled = self._filled(wave, items)
        off = {cell: self.tally.counts[cell.item, cell.wave].not_applicable for cell in items} if filled else {}
        people = self.tables[PeopleCell(wave)]
        own = {cell: self.tables[cell] for cell in items}, {cell: self.tables[cell] for cell in scores}
        ways = kind(people, *own, filled, off, self._turned)
        if ways.small and filled:
            self.short[wave] = ways
        if ways.small and kind is Ways:
            self.done.add((wave, tuple(items)))
        if ways.small and self._needs(ways):
            self._protect(ways)
        if ways.small and filled and not ways.blanks:
            fine = kind(people, *own, filled, off, self._turned, finely=True)
            if fine.blanks and self._needs(fine):
                self.short[wave] = fine
                self._protected(fine, to_the_end=True, filling_only=True)

    def _protect(self, ways: Ways) -> None:
        """Withholds what tells of other statements: where it takes too long to look for whole people, first all crosses, then all scores of groups."""
        for crosses, show_less in ((True, self._refuse_crosses), (False, self._refuse_scores)):
            if (ways.unknowns > ALL and not crosses) or not self._seen(ways.tables.values() if crosses else ways.scores.values(), crosses=crosses):
                continue
            if self._protected(ways):
                return
            show_less(ways)
        self._protected(ways, to_the_end=True)

    def _protected(self, ways: Ways, *, to_the_end: bool = False, filling_only: bool = False) -> bool:
        """Withholds what tells of other statements; False, and nothing withheld, where it takes too long to look for whole people, unless `to_the_end`."""
        cells, before = list(ways.tables), {cell: (dict(hidden), dict(few)) for cell, (hidden, few) in self.more.items()}
        one, rounds = Together(ways, people=self._people(ways), gives_up=not to_the_end, filling_only=filling_only), 0
        while told := one.told():
            if one.given_up:
                break
            rounds += 1
            self._keep(cells)
            less = list(dict.fromkeys(cell for own in told for cell in self._show_less(own, crosses=rounds > _ROUNDS)))
            less_of_items = [cell for cell in less if isinstance(cell, ItemCell)]
            self.protect_again(less_of_items)
            self.protect_again(list(ways.scores), items_too=bool(less_of_items))
        if one.given_up:
            self.more = before
        return not one.given_up

    def _people(self, ways: Ways) -> WholePeople:
        """Who answered, as they did, if that is known: near them others are found who fit all that is shown."""
        answered = self.answered
        return WholePeople(answered=(lambda: fitting(ways.system(list(ways.known())), ways.as_answered(answered))) if answered else None, kept=ways.kept)

    @staticmethod
    def _seen(tables: Iterable[Table], *, crosses: bool) -> bool:
        """Whether anything of groups, or of crosses, is shown."""
        return any((len(place.by) > 1 or not crosses) and place not in table.hidden for table in tables for place in table.order)

    def _refuse_crosses(self, ways: Ways) -> None:
        """Shows no crosses of statements and scores of which anything is withheld."""
        for table in ways.tables.values():
            table.crossed = False
        self.protect_again(list(ways.items))
        self.protect_again(list(ways.scores))

    def _refuse_scores(self, ways: Ways) -> None:
        """Shows no scores of groups."""
        for cell, table in ways.scores.items():
            self.more.setdefault(cell, ({}, {}))[0].update(dict.fromkeys(table.order, Reason.NARROW))
        self.protect_again(list(ways.items))  # of which less was shown for the sake of scores
        self.protect_again(list(ways.scores))

    def _needs(self, ways: Ways) -> bool:
        """Whether anything may follow: figures of a group that is withheld, or how people filled in the questionnaire, from scores."""
        if not ways.apart and (self.universe.single or not ways.any_blank):
            return False
        if len(ways.items) < 2:  # nothing goes together
            return False
        return bool((self.filled or ways.lines) and ways.scores) or any(table.hidden or table.few for table in ways.items.values())

    @cached_property
    def _turned(self) -> frozenset[ItemCell]:
        return frozenset(ItemCell(item.id, wave) for _, item in self.study.items if item.reverse for wave in self.tally.waves)

    def _filled(self, wave: str, items: Sequence[ItemCell]) -> Returned | None:
        """How everyone filled in a questionnaire of these items alone."""
        alone = {cell for cell in self.tables if isinstance(cell, ItemCell) and cell.wave == wave} == set(items)
        return self.filled.get(wave) if alone else None

    def _keep(self, cells: Iterable[Cell]) -> None:
        """Keeps what is withheld, or seen by its mean, so that what was found to be open stays so."""
        for cell in cells:
            hidden, few = self.more.setdefault(cell, ({}, {}))
            hidden.update(self.tables[cell].hidden)
            few.update(self.tables[cell].few)

    def _show_less(self, told: Told, *, crosses: bool) -> Iterator[Cell]:
        """Shows less of one of the figures by which a place is told: of scores before statements, and their detail before their mean; or nothing of all
        `crosses` by which it is."""
        if crosses and (found := [own for own in told.by if len(own.place.by) > 1]):
            for own in found:
                self.more.setdefault(own.cell, ({}, {}))[0][own.place] = Reason.NARROW
            yield from dict.fromkeys(own.cell for own in found)
            return
        first = min(((isinstance(own.cell, ItemCell), not own.detail) for own in told.by), default=None)
        owners = [own for own in told.by if (isinstance(own.cell, ItemCell), not own.detail) == first]
        for cell in dict.fromkeys(own.cell for own in owners[:1]):
            places = [own.place for own in owners if own.cell == cell]
            self.more.setdefault(cell, ({}, {}))[owners[0].detail][self.tables[cell].least(places, told.place)] = Reason.NARROW
            yield cell
