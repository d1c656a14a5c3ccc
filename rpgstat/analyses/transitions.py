"""`transitions`: from which answer to which the people in both waves moved, small cells withheld."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any

from rpgstat.analyses._rows import item_text, titled
from rpgstat.analyses.methods import CompareOptions
from rpgstat.glossary.sentences import say
from rpgstat.result import Result, table
from rpgstat.stats.moves_withheld import withheld_cells
from rpgstat.study import Battery, Item, ItemMoves, ItemPair, Study, Tally


def transitions(tally: Tally, study: Study, pairs: Sequence[tuple[str, str]], options: CompareOptions) -> Result:
    """Result `transitions`: a row for each item and pair of answers, lowest first, of the people whose ids link them.

    Cells of 1 to `few` - 1 people are null, and with them as many more as keep these from being worked out by sums that are known: of rows and columns,
    of those who moved up, stayed and moved down, of those who agreed, and the correlation. An item with fewer pairs than `few` has no rows.
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
    scale = battery.scale_of(item)
    levels, hidden = scale.levels, withheld_cells(moves.table, few, scale.scores)
    head = {"battery": battery.name, "item": item.id, "text": item_text(item), "reference": pair[0], "wave": pair[1]}
    return [
        head | {"before": levels[i], "after": levels[j]} | ({"note": say("row.suppressed")} if (i, j) in hidden else {"n": moves.table[i][j]})
        for i, j in product(range(len(levels)), repeat=2)
    ]
