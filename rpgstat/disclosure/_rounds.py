"""Tables protected together, round by round, so that the programmes of all of them are solved as few."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat.disclosure._blur import blur
from rpgstat.disclosure._table import Open, Table


def protect(tables: Sequence[Table]) -> None:
    """Finds what is hidden of tables that do not depend on each other, or seen by the mean only.

    In each round places are shown in the order of worth, as long as nothing hidden follows; then one more is shown less of each table in which too
    little is left open of some hidden place, or answers follow from a mean; until there is none.
    """
    left = [table for table in tables if table.rule.secondary and (table.hidden or table.few)]
    while left:
        for table in left:
            table.keep_company()
            table.keep_detail()
        found = _open(left)
        helped = [table for table, one in zip(left, found, strict=True) if one and table.show_less(one)]
        left = helped + blur([table for table, one in zip(left, found, strict=True) if table not in helped])


def _open(tables: Sequence[Table]) -> list[Open | None]:
    """Of each table the first hidden place of which too little is left open."""
    from rpgstat.disclosure import _single

    alone = [table for table in tables if table.universe.single and not table.known.ties]
    linked = [table for table in tables if table not in alone]
    found: list[Open | None] = [next(_single.open_places(table), None) for table in alone]
    if linked:
        from rpgstat.disclosure import _linked

        found += _linked.first_open(linked)
    by_table = dict(zip(map(id, [*alone, *linked]), found, strict=True))
    return [by_table[id(table)] for table in tables]
