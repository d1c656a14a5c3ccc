"""The query on cells as they are written, in expressions that every lazy engine has, over a namespace."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rpgstat.tally._spec import ANSWERED, TO, AnyOf, CellsOf, Conditions, TextsOf, Who, masses
from rpgstat.tally.engine.expressions import largest, products

Known = Mapping[str, Sequence[str]]
"""By the place of a part the cells that it is known to have."""


def of_texts(ns: Any, query: TextsOf, rows: Any, who: Who, places: Sequence[str] | None = None) -> Any:
    """The counts that a query asks of rows with a column for the wave and what tells people apart, and the cells under their columns' names; of all
    parts, or those at some `places`.

    One table for all parts, so that the file is read once, however many questions there are.
    """
    long = rows.select(*who.apart, *cells_of(ns, query)).unpivot(
        on=places if places is not None else places_of(query), index=list(who.apart), variable_name="place", value_name="cell"
    )
    return long.group_by(*who.apart, "place", "cell").agg(ns.len().alias("n")).filter(~ns.col("cell").is_null())


def of_known(ns: Any, query: TextsOf, rows: Any, who: Who, known: Known) -> Any:
    """The counts of cells that are known beforehand, a row for those of each wave and group: `n` people, and by part those who were not asked and those
    at each cell, under the names of `count_name`. Without a table of every cell of every row it takes half the time.
    """
    flags = {name: flag for place, cells in known.items() for name, flag in _flags(ns, query.parts[int(place)], place, cells)}
    told = rows.select(*who.apart, *(flag.alias(name) for name, flag in flags.items()))
    return told.group_by(*who.apart).agg(ns.len().alias("n"), *(ns.col(name).cast(ns.Int64).sum() for name in flags))


def _flags(ns: Any, part: CellsOf | AnyOf, place: str, cells: Sequence[str]) -> Iterator[tuple[str, Any]]:
    """Whether a row has each of the cells, and whether its person was not asked; only comparisons, as text that is written anew takes time."""
    asked = _asked(ns, part.asked)
    if isinstance(part, CellsOf) and part.among is not None:
        asked = _any(ns, part.among) if asked is None else asked & _any(ns, part.among)
    yield count_name(place), (ns.lit(False) if asked is None else ~asked)
    for at, cell in enumerate(cells):
        if isinstance(part, CellsOf):
            own = ns.col(part.column)
            met = own.is_null() if cell == "" else (own == ns.lit(cell)).fill_null(False)
        else:
            met = _any(ns, part) if cell == ANSWERED else ~_any(ns, part)
        yield count_name(place, at), (met if asked is None else met & asked)


def count_name(place: str, at: int | None = None) -> str:
    """What the count of a part's known cell is called; without a cell that of people who were not asked."""
    return f"{place} unasked" if at is None else f"{place} {at}"


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
    return ns.when(_any(ns, part)).then(ns.lit(ANSWERED)).otherwise(ns.lit(""))


def _any(ns: Any, part: AnyOf) -> Any:
    """Whether any of several columns holds an answer."""
    told = [~ns.col(name).is_null() for name in part.columns]
    if part.nothing:
        told = [own & ~ns.col(name).fill_null("").is_in(list(part.nothing)) for own, name in zip(told, part.columns, strict=True)]
    return largest(ns, [own.cast(ns.Int8) for own in told]) > 0


def _asked(ns: Any, conditions: Conditions) -> Any:
    """Whether a question was for somebody."""
    whole = None
    for part in conditions:
        found = ns.lit(False)
        for column, cells in part:
            found = found | ns.col(column).fill_null("").is_in(list(cells))
        whole = found if whole is None else whole & found
    return whole
