"""Of which groups and crosses it is shown how many returned the questionnaire."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rpgstat.disclosure._known import Beside
from rpgstat.disclosure._table import Table
from rpgstat.disclosure._universe import Place
from rpgstat.study import Cell, ItemCell, PeopleCell


def by_everybody(tables: Mapping[Cell, Table], wave: str) -> list[Table]:
    """The statements of a wave that everybody answered who returned the questionnaire."""
    own = [table for cell, table in tables.items() if isinstance(cell, ItemCell) and cell.wave == wave]
    return [table for table in own if table.whole.total() == tables[PeopleCell(wave)].whole.total()]


def seen_to_return(returned: Table, every: Sequence[Table]) -> list[Place]:
    """The places of which it is shown how many returned the questionnaire: of groups anyhow, of crosses by a statement that everybody answered."""
    shown = [place for place in returned.order if place not in returned.hidden]
    return [place for place in shown if len(place.by) == 1 or any(place in table.same and table.same[place] not in table.hidden for table in every)]


def beside(returned: Table, every: Sequence[Table]) -> Beside:
    """Those who returned the questionnaire, as far as it is shown how many did; `every` are the statements that everybody answered."""
    shown = [range(len(returned.parts)), *(returned.universe.members[place] for place in seen_to_return(returned, every))]
    return Beside(tuple(own.total() for own in returned.parts), tuple(map(tuple, shown)))
