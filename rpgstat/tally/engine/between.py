"""Two waves side by side, by Polars: the people who stand in both, and what they answered in each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import polars as pl

from rpgstat.record import record
from rpgstat.study import reading
from rpgstat.tally._spec import OverWaves, Query, TextsOf, Who
from rpgstat.tally.engine.expressions import Expressions
from rpgstat.tally.engine.ids import DAMAGED, NO_ID
from rpgstat.tally.engine.table import EVERYONE, Table
from rpgstat.tally.engine.texts import moved

BEFORE, AFTER = "before ", "after "
"""What the columns of items are called by in queries, beside their names in each file."""


@record
class Side:
    """A wave in a table, and what tells its people apart."""

    table: Table
    wave: int
    who: Who


class Met(NamedTuple):
    """How many people of each of two waves have an id of their own, how many stand in both; and of both waves together the rows that name
    nobody, whose id stands on several, or was rounded."""

    reference: int
    wave: int
    both: int
    without_id: int
    repeated: int
    damaged: int


Place = tuple[Table, int, TextsOf]
"""A wave in a table, and the parts that are asked of it; those of two waves stand in one order."""


def between(before: Side, after: Side, queries: Sequence[Query]) -> tuple[Met, list[pl.DataFrame]]:
    """Who stands in both waves, and the counts that answer queries on these people. No row leaves the engine."""
    expressions, rows = Expressions(pl), pl.len().alias("n")
    sides = [side.table.identified(side.wave, side.who) for side in (before, after)]
    one, other = (_linkable(side, before.who, prefix) for side, prefix in zip(sides, (BEFORE, AFTER), strict=True))
    met = expressions.same_people(one, other, before.who)
    counts = [one.select(rows), other.select(rows), met.select(rows), *map(_kinds, sides)]
    with reading(before.table.source.survey.name), reading(after.table.source.survey.name):
        found = pl.collect_all([*counts, *(expressions.query(query, met, before.who) for query in queries)], engine="streaming")
    reference, wave, both = (frame.item() for frame in found[:3])
    without, damaged, identified = (sum(numbers) for numbers in zip(found[3].row(0), found[4].row(0), strict=True))
    return Met(reference, wave, both, without, identified - reference - wave, damaged), found[5:]


def over_waves(sides: Sequence[Side], queries: Sequence[OverWaves]) -> tuple[list[int], list[pl.DataFrame]]:
    """How many people of each wave can be linked, and the counts that answer queries on these people. No row leaves the engine."""
    expressions = Expressions(pl)
    rows = [_linkable(side.table.identified(side.wave, EVERYONE), EVERYONE, "") for side in sides]
    with reading(sides[0].table.source.survey.name):
        asked = [*(own.select(pl.len()) for own in rows), *(expressions.over_waves(query, rows) for query in queries)]
        found = pl.collect_all(asked, engine="streaming")
    return [frame.item() for frame in found[: len(rows)]], found[len(rows) :]


def texts_between(before: Place, after: Place) -> tuple[int, int, pl.DataFrame]:
    """How many people of each wave can be linked, and those who were in both by the place of a part and what they answered to it."""
    sides = [table.persons(wave, query) for table, wave, query in (before, after)]
    asked = [*(own.select(pl.len()) for own in sides), moved(pl, before[2], *sides)]
    with reading(before[0].source.survey.name), reading(after[0].source.survey.name):
        one, other, found = pl.collect_all(asked, engine="streaming")
    return one.item(), other.item(), found


def _linkable(rows: pl.LazyFrame, who: Who, prefix: str) -> pl.LazyFrame:
    """The people of a wave whose id stands there once; their items are called by `prefix` too."""
    once = rows.filter(pl.col("person") > DAMAGED).group_by("person").agg(pl.len().alias("n")).filter(pl.col("n") == 1)
    return rows.join(once, on="person", how="semi").select("person", *who.keys[1:], pl.exclude("person", *who.keys[1:]).name.prefix(prefix))


def _kinds(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows that name nobody, with a rounded id, and with one that names somebody."""
    person = pl.col("person")
    kinds = {"without": person == NO_ID, "damaged": person == DAMAGED, "identified": person > DAMAGED}
    return rows.select(**{name: own.sum() for name, own in kinds.items()})
