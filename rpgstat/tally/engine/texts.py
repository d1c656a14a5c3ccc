"""The query on cells as they are written, in expressions that every lazy engine has, over a namespace."""

from __future__ import annotations

from typing import Any

from rpgstat.tally._spec import ANSWERED, AnyOf, CellsOf, Conditions, TextsOf, Who


def of_texts(ns: Any, query: TextsOf, rows: Any, who: Who) -> Any:
    """The counts that a query asks of rows with a column for the wave and what tells people apart, and the cells under their columns' names.

    One table for all parts, so that the file is read once, however many questions there are.
    """
    places = [str(place) for place in range(len(query.parts))]
    cells = [_cell(ns, part).alias(place) for part, place in zip(query.parts, places, strict=True)]
    long = rows.select(*who.apart, *cells).unpivot(on=places, index=list(who.apart), variable_name="place", value_name="cell")
    counted = long.group_by(*who.apart, "place", "cell").agg(ns.len().alias("n"))
    return counted.filter(~ns.col("cell").is_null())


def _cell(ns: Any, part: CellsOf | AnyOf) -> Any:
    """What a part says of each row, null of who was not asked."""
    found = ns.col(part.column).fill_null("") if isinstance(part, CellsOf) else _told(ns, part)
    return ns.when(_asked(ns, part.asked)).then(found) if part.asked else found


def _told(ns: Any, part: AnyOf) -> Any:
    told = [~ns.col(name).is_null() for name in part.columns]
    if part.nothing:
        told = [own & ~ns.col(name).fill_null("").is_in(list(part.nothing)) for own, name in zip(told, part.columns, strict=True)]
    return ns.when(ns.max_horizontal(*(own.cast(ns.Int8) for own in told)) > 0).then(ns.lit(ANSWERED)).otherwise(ns.lit(""))


def _asked(ns: Any, conditions: Conditions) -> Any:
    """Whether a question was for somebody."""
    whole = None
    for part in conditions:
        found = ns.lit(False)
        for column, cells in part:
            found = found | ns.col(column).fill_null("").is_in(list(cells))
        whole = found if whole is None else whole & found
    return whole
