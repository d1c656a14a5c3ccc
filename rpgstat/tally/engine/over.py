"""What people answered to questions over several waves: the cells that those who are linked wrote, and how often they answered again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from rpgstat.study import reading
from rpgstat.tally._spec import TextsOf
from rpgstat.tally.engine.between import Asked

Counted = Sequence[Mapping[int, Sequence[str]]]
"""By wave, and in it by the place of a part, the cells that are answers to its question."""


def texts_of_linked(waves: Sequence[Asked]) -> tuple[list[int], list[list[tuple[str, str]]]]:
    """How many people of each wave can be linked, and by wave the places of parts with the cells that these people have there."""
    ns = _namespace(waves)
    people = [_fetch(side, _people(side, query).select(ns.len().alias("n"))).item() for side, query in waves]
    return people, [_fetch(side, _cells(ns, query, _people(side, query))).rows() for side, query in waves]


def answered_again(waves: Sequence[Asked], counted: Counted, questions: Sequence[Sequence[int | None]]) -> list[int]:
    """Of each question by how many the answers of people exceed one, added up; `questions` have the place of its part in each wave, None without one."""
    ns = _namespace(waves)
    names = [str(at) for at in range(len(questions))]
    stacked = []
    for at, (side, query) in enumerate(waves):
        told = [_has(ns, places[at], counted[at]).alias(name) for places, name in zip(questions, names, strict=True)]
        stacked.append(_people(side, query).select("person", *told))
    each = ns.concat(stacked, how="vertical").group_by("person").agg(*(ns.col(name).sum() for name in names))
    again = each.select(*((ns.col(name) - (ns.col(name) > 0).cast(ns.Int64)).sum().alias(name) for name in names))
    return [int(n or 0) for n in _fetch(waves[0][0], again).row(0)]


def _has(ns: Any, place: int | None, counted: Mapping[int, Sequence[str]]) -> Any:
    """1 for people with a cell that is an answer, else 0."""
    if place is None or not counted.get(place):
        return ns.lit(0, ns.Int64)
    return ns.col(str(place)).is_in(list(counted[place])).fill_null(False).cast(ns.Int64)


def _cells(ns: Any, query: TextsOf, people: Any) -> Any:
    """The cells at each place."""
    long = people.unpivot(on=[str(place) for place in range(len(query.parts))], index=["person"], variable_name="place", value_name="cell")
    return long.filter(~ns.col("cell").is_null()).select("place", "cell").unique()


def _people(side: Any, query: TextsOf) -> Any:
    return side.table.persons(side.wave, query)


def _namespace(waves: Sequence[Asked]) -> Any:
    if waves[0][0].table.source.survey.held is None:
        return pl
    from rpgstat.tally.engine import afar

    return afar.namespace()


def _fetch(side: Any, rows: Any) -> pl.DataFrame:
    held = side.table.source.survey.held
    if held is not None:
        fetched: pl.DataFrame = held.fetch(rows)
        return fetched
    with reading(side.table.source.survey.name):
        found: pl.DataFrame = rows.collect(engine="streaming")
        return found
