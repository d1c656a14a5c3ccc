"""Two waves side by side, by Polars: the people who stand in both, and what they answered in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, cast

import polars as pl

from rpgstat.record import record
from rpgstat.study import reading
from rpgstat.tally._spec import AFTER, BEFORE, DIGIT, AgainOf, OverWaves, Query, TextsOf, Who, digits_of
from rpgstat.tally.engine.expressions import Expressions
from rpgstat.tally.engine.ids import DAMAGED, NO_ID
from rpgstat.tally.engine.table import EVERYONE, Table
from rpgstat.tally.engine.texts import moved

if TYPE_CHECKING:
    from rpgstat.study.held import Held
    from rpgstat.tally.engine.afar import FarTable


@record
class Side:
    """A wave in a table, and what tells its people apart; `weights` are those that `who` has, as whole numbers by how they are written."""

    table: Table
    wave: int
    who: Who
    weights: Mapping[str, int] | None = None


class Met(NamedTuple):
    """How many people of each of two waves have an id of their own, how many stand in both; and of both waves together the rows that name
    nobody, whose id stands on several, or was rounded."""

    reference: int
    wave: int
    both: int
    without_id: int
    repeated: int
    damaged: int


Asked = tuple[Side, TextsOf]
"""A wave, and the parts that are asked of it; those of two waves stand in one order."""


def between(before: Side, after: Side, queries: Sequence[Query], *, apart: bool = False) -> tuple[Met, list[pl.DataFrame]]:
    """Who stands in both waves, and the counts that answer queries on these people, `apart` by their groups in either wave. No row leaves the engine."""
    who = replace(before.who, both=apart)
    if before.table.source.survey.held is not None:
        return _afar(before, after, queries, who)
    expressions, rows = Expressions(pl), pl.len().alias("n")
    sides = [_identified(side, digits(before, after)) for side in (before, after)]
    one, other = (_linkable(side, before.who, prefix) for side, prefix in zip(sides, (BEFORE, AFTER), strict=True))
    met = expressions.same_people(one, other, who)
    counts = [one.select(rows), other.select(rows), met.select(rows), *map(_kinds, sides)]
    with reading(before.table.source.survey.name), reading(after.table.source.survey.name):
        found = pl.collect_all([*counts, *(expressions.query(query, met, who) for query in queries)], engine="streaming")
    reference, wave, both = (frame.item() for frame in found[:3])
    without, damaged, identified = (sum(numbers) for numbers in zip(found[3].row(0), found[4].row(0), strict=True))
    return Met(reference, wave, both, without, identified - reference - wave, damaged), found[5:]


def _afar(before: Side, after: Side, queries: Sequence[Query], who: Who) -> tuple[Met, list[pl.DataFrame]]:
    """The same with another engine."""
    from rpgstat.tally.engine import afar

    first, second = cast(afar.FarTable, before.table), cast(afar.FarTable, after.table)
    _no_weights(first, before, after)
    numbers, found = afar.met((first, before.wave), (second, after.wave), who, queries)
    reference, wave, both, without, identified, damaged = numbers
    return Met(reference, wave, both, without, identified - reference - wave, damaged), found


def over_waves(sides: Sequence[Side], queries: Sequence[OverWaves]) -> tuple[list[int], list[pl.DataFrame]]:
    """How many people of each wave can be linked, and the counts that answer queries on these people. No row leaves the engine."""
    held = sides[0].table.source.survey.held
    if held is not None:
        return _over_afar(held, sides, queries)
    expressions = Expressions(pl)
    rows = [_linkable(side.table.identified(side.wave, EVERYONE), EVERYONE, "") for side in sides]
    with reading(sides[0].table.source.survey.name):
        asked = [*(own.select(pl.len()) for own in rows), *(expressions.over_waves(query, rows) for query in queries)]
        found = pl.collect_all(asked, engine="streaming")
    return [frame.item() for frame in found[: len(rows)]], found[len(rows) :]


def _over_afar(held: Held, sides: Sequence[Side], queries: Sequence[OverWaves]) -> tuple[list[int], list[pl.DataFrame]]:
    """The same with another engine, which counts people and follows none."""
    if not all(isinstance(query, AgainOf) for query in queries):
        held.refuse("follow people over three waves and more", "count with --engine local")
    from rpgstat.tally.engine import afar

    return afar.over_waves([(cast(afar.FarTable, side.table), side.wave) for side in sides], queries)


def texts_between(before: Asked, after: Asked) -> tuple[int, int, pl.DataFrame]:
    """How many people of each wave can be linked, and those who were in both by the place of a part and what they answered to it."""
    if before[0].table.source.survey.held is not None:
        return _texts_afar(before, after)
    places = digits(before[0], after[0])
    one, other = (_persons(*own, prefix, places) for own, prefix in ((before, BEFORE), (after, AFTER)))
    asked = [one.select(pl.len()), other.select(pl.len()), moved(pl, before[1], one, other, places)]
    with reading(before[0].table.source.survey.name), reading(after[0].table.source.survey.name):
        n, n_after, found = pl.collect_all(asked, engine="streaming")
    return n.item(), n_after.item(), found


def _texts_afar(before: Asked, after: Asked) -> tuple[int, int, pl.DataFrame]:
    """The same with another engine."""
    from rpgstat.tally.engine import afar

    first, second = (cast(afar.FarTable, side.table) for side, _ in (before, after))
    _no_weights(first, before[0], after[0])
    return afar.texts_met((first, before[0].wave, before[1]), (second, after[0].wave, after[1]))


def _no_weights(table: FarTable, *sides: Side) -> None:
    if digits(*sides):
        table.held.refuse("weigh people who are linked by their ids", "count with --engine local, or --unweighted")


def _persons(side: Side, query: TextsOf, prefix: str, digits: int) -> pl.LazyFrame:
    """What each part says of the people of a wave, with the digits of their weights."""
    if side.weights is None:
        return side.table.persons(side.wave, query)
    return weighed(side.table.persons(side.wave, query, Who(weight=side.who.weight)), side.weights, prefix, digits)


def _linkable(rows: pl.LazyFrame, who: Who, prefix: str) -> pl.LazyFrame:
    """The people of a wave whose id stands there once; their items are called by `prefix` too."""
    once = rows.filter(pl.col("person") > DAMAGED).group_by("person").agg(pl.len().alias("n")).filter(pl.col("n") == 1)
    return rows.join(once, on="person", how="semi").select("person", *who.keys[1:], pl.exclude("person", *who.keys[1:]).name.prefix(prefix))


def digits(*sides: Side) -> int:
    """How many digits the longest weight of some waves has; 0 without weights."""
    longest = max((weight.bit_length() for side in sides for weight in (side.weights or {}).values()), default=0)
    return -(-longest // DIGIT)


def undigited(sums: Iterable[int]) -> int:
    """The number that sums by places of digits make."""
    return sum(own << (DIGIT * place) for place, own in enumerate(sums))


def _identified(side: Side, digits: int) -> pl.LazyFrame:
    """The rows of a wave, with the digits of their weights in the place of these."""
    rows = side.table.identified(side.wave, side.who)
    return rows if side.weights is None else weighed(rows, side.weights, "", digits)


def weighed(rows: pl.LazyFrame, weights: Mapping[str, int], side: str, digits: int) -> pl.LazyFrame:
    """Rows with a column for each digit of their `weight`, in the place of it."""
    columns = [{word: weight >> (DIGIT * place) & ((1 << DIGIT) - 1) for word, weight in weights.items()} for place in range(digits)]
    word = pl.col("weight").cast(pl.String)
    made = [word.replace_strict(own, return_dtype=pl.Int64).alias(name) for own, name in zip(columns, digits_of(side, digits), strict=True)]
    return rows.with_columns(*made).drop("weight")


def _kinds(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Rows that name nobody, with a rounded id, and with one that names somebody."""
    person = pl.col("person")
    kinds = {"without": person == NO_ID, "damaged": person == DAMAGED, "identified": person > DAMAGED}
    return rows.select(**{name: own.sum() for name, own in kinds.items()})
