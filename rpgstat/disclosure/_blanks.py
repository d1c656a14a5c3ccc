"""Who answered which statements of a questionnaire, whatever they answered: how many left something blank may follow from how many answered each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from rpgstat.disclosure._cells import of_one
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place
from rpgstat.disclosure._ways import Known, Owner, Ways
from rpgstat.disclosure._wishes import Wish, of_number_unless_settled
from rpgstat.study import Cell, ItemCell, PeopleCell, Returned, ScoreCell


class Blanks(Ways):
    """All statements of a wave, of which it is told apart only whether they were answered, left blank, or answered off the scale."""

    apart = False

    def _scales(self) -> dict[ItemCell, Sequence[Fraction]]:
        return dict.fromkeys(self.items, (Fraction(1),))

    @cached_property
    def filling(self) -> dict[str, list[int]]:
        """As of a short battery, but for one answer throughout."""
        return {name: met for name, met in super().filling.items() if name != "straight_liners"}

    def wishes(self, cell: ItemCell | ScoreCell, place: Place, most: int) -> list[Wish]:
        """Numbers of people only."""
        return of_number_unless_settled(self.tables[cell], place, most)

    def known(self) -> Iterator[Known]:
        """How many are shown to have answered each statement, or to have a score."""
        yield from self._people()
        for cell, table in self.tables.items():
            answered = [float(value is not None) for value in self._values(cell)]
            yield self._sum(list(self.parts), answered), table.whole.total(), None
            for place in table.order:
                if place not in table.hidden:
                    yield self._sum(table.universe.members[place], answered), table.number(place), Owner(cell, place, detail=False)


def blanks(tables: Mapping[Cell, Table], wave: str, filled: Returned, off: Mapping[ItemCell, int]) -> Blanks | None:
    """The questionnaire of a wave, which everyone `filled` in so; None where its answers are others than those to its statements."""
    items = {cell: table for cell, table in tables.items() if isinstance(cell, ItemCell) and cell.wave == wave}
    if filled.answered != sum(table.whole.total() + off.get(cell, 0) for cell, table in items.items()):
        return None
    scores = {cell: table for cell, table in tables.items() if isinstance(cell, ScoreCell) and cell.wave == wave and not of_one(cell)}
    return Blanks(tables[PeopleCell(wave)], items, scores, filled, {cell: off.get(cell, 0) for cell in items})
