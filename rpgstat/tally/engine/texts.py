"""The query on cells as they are written, in expressions that every lazy engine has, over a namespace."""

from __future__ import annotations

from typing import Any

from rpgstat.tally._spec import ANSWERED, TO, AnyOf, CellsOf, Conditions, TextsOf, Who, masses
from rpgstat.tally.engine.expressions import products


def of_texts(ns: Any, query: TextsOf, rows: Any, who: Who) -> Any:
    """The counts that a query asks of rows with a column for the wave and what tells people apart, and the cells under their columns' names.

    One table for all parts, so that the file is read once, however many questions there are.
    """
    long = rows.select(*who.apart, *cells_of(ns, query)).unpivot(on=places_of(query), index=list(who.apart), variable_name="place", value_name="cell")
    counted = long.group_by(*who.apart, "place", "cell").agg(ns.len().alias("n"))
    return counted.filter(~ns.col("cell").is_null())


def places_of(query: TextsOf) -> list[str]:
    """What the columns of the parts are called."""
    return [str(place) for place in range(len(query.parts))]


def cells_of(ns: Any, query: TextsOf) -> list[Any]:
    """What each part says of each row, called by its place."""
    return [_cell(ns, part).alias(place) for part, place in zip(query.parts, places_of(query), strict=True)]


def moved(ns: Any, query: TextsOf, before: Any, after: Any, digits: int = 0) -> Any:
    """People of two waves by place and cells, those of the first and the second parted by TO; both have a column `person`, and were asked.

    Where both have weights of so many `digits`, then also the sum of the products of their two weights, by places of digits.
    """
    places = places_of(query)
    met = before.join(after.rename({place: f"{place} after" for place in places}), on="person", how="inner")
    packed = [ns.concat_str([ns.col(place), ns.lit(TO), ns.col(f"{place} after")]).alias(place) for place in places]
    long = met.select(*packed, *products(ns, digits)).unpivot(on=places, index=masses(digits), variable_name="place", value_name="cell")
    sums = [ns.col(name).sum() for name in masses(digits)]
    return long.filter(~ns.col("cell").is_null()).group_by("place", "cell").agg(ns.len().alias("n"), *sums)


def _cell(ns: Any, part: CellsOf | AnyOf) -> Any:
    """What a part says of each row, null of who was not asked."""
    found = ns.col(part.column).fill_null("") if isinstance(part, CellsOf) else _told(ns, part)
    if isinstance(part, CellsOf) and part.among is not None:
        found = ns.when(_told(ns, part.among) == ns.lit(ANSWERED)).then(found)
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
