"""`transitions`: from which answer to which the people in both waves moved, small cells withheld."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

from rpgstat.analyses._rows import item_text, titled
from rpgstat.analyses.methods import CompareOptions
from rpgstat.glossary.sentences import say
from rpgstat.result import Result, table
from rpgstat.study import Battery, Item, ItemMoves, ItemPair, Study, Tally

Place = tuple[int, int]


def transitions(tally: Tally, study: Study, pairs: Sequence[tuple[str, str]], options: CompareOptions) -> Result:
    """Result `transitions`: a row for each item and pair of answers, lowest first, of the people whose ids link them.

    Cells of 1 to `few` - 1 people are null, and with them others, so that no row, no column, and neither those who moved up, who stayed nor who moved
    down has one such cell alone: their sums may be known. An item with fewer pairs than `few` has no rows.
    """
    rows = [row for pair in pairs for battery in study.batteries for item in battery.items for row in _rows(tally, battery, item, pair, options.few)]
    return Result(
        name="transitions",
        title=titled(study, say("title.transitions")),
        frame=table("transitions", rows),
        method=say("linked.moves"),
        notes=(say("linked.paired"), *([say("linked.few_moves", few=options.few)] if options.few > 1 else [])),
        options={"reference": pairs[0][0], "waves": [later for _, later in pairs], "hide_below": options.few},
    )


def _rows(tally: Tally, battery: Battery, item: Item, pair: tuple[str, str], few: int) -> list[dict[str, Any]]:
    link, moves = tally.links.get(pair), tally.transitions.get(ItemPair(item.id, *pair))
    if link is None or link.why or not isinstance(moves, ItemMoves) or moves.n < max(few, 1):
        return []
    levels, hidden = battery.scale_of(item).levels, withheld_cells(moves.table, few)
    head = {"battery": battery.name, "item": item.id, "text": item_text(item), "reference": pair[0], "wave": pair[1]}
    return [
        head | {"before": levels[i], "after": levels[j]} | ({"note": say("row.suppressed")} if (i, j) in hidden else {"n": moves.table[i][j]})
        for i, j in product(range(len(levels)), repeat=2)
    ]


def withheld_cells(people: Sequence[Sequence[int]], few: int) -> set[Place]:
    """The cells that are not shown: of 1 to `few` - 1 people, and one more wherever a sum would give one of them back.

    >>> sorted(withheld_cells([[9, 2, 0], [0, 12, 6], [0, 0, 8]], 5))
    [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 0), (2, 2)]
    """
    levels = range(len(people))
    hidden = {(i, j) for i, j in product(levels, repeat=2) if 0 < people[i][j] < few}
    sums = [[(i, j) for j in levels] for i in levels] + [[(i, j) for i in levels] for j in levels]
    sums += [[(i, j) for i, j in product(levels, repeat=2) if (i > j) - (i < j) == side] for side in (-1, 0, 1)]
    while alone := [own for own in sums if len(hidden.intersection(own)) == 1 and len(own) > 1]:
        others = [place for place in alone[0] if place not in hidden]
        hidden.add(min(others, key=lambda place: (people[place[0]][place[1]] == 0, people[place[0]][place[1]], place)))
    return hidden
