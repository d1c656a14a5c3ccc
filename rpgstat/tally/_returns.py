"""How people filled in their questionnaires: how much of it, with one answer throughout, or twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from rpgstat.study import Battery, Column, Group, Key, Returned, Source, Study, Tally, reading
from rpgstat.tally._answers import recount
from rpgstat.tally._columns import item_columns
from rpgstat.tally._groups import Grouping, assembled, grouping
from rpgstat.tally._pass import Pass

LONG = 4
"""Items from which on one answer throughout says something about the person rather than the items."""


def returns(study: Study, sources: Sequence[Source], by: Sequence[Group] = ()) -> tuple[Tally, dict[str, dict[Key, Returned]]]:
    """The counts, and by wave and group how the questionnaires were filled in; only items that somebody in the wave answered were asked.

    Usable: at least one answer on a scale. Partial: some items answered, others blank. Straight-liners: one and the same level, before
    reversal, on every item of a battery of four or more. Repeated: rows of the wave whose id stands on an earlier one; None without an id.
    """
    groupings = [grouping(group, sources, recount) for group in by]
    found: dict[str, dict[Key, Returned]] = {}
    passes = []
    for at, (source, columns) in enumerate(zip(sources, item_columns(study, sources), strict=True)):
        one = Pass(study, source, columns, [g.code(at) for g in groupings])
        one.run(set())
        passes.append(one)
        found |= _file(one, groupings)
    return assembled([one.people for one in passes], groupings, tuple(w for one in passes for w in one.warnings)), found


def _file(one: Pass, groupings: Sequence[Grouping]) -> dict[str, dict[Key, Returned]]:
    """The waves of one file."""
    id_column = id_of(one.study, one.source)
    identified = [pl.col(id_column.name).alias("id")] if id_column else []
    total, waves = one.total, one.source.waves
    queries = [_query(one, at, total.common(tuple(one.items), (wave,)), identified) for at, wave in enumerate(waves)]
    with reading(one.source.survey.name):
        # in memory where there are ids: which of two rows comes first is part of the answer
        frames = pl.collect_all(queries, engine="auto" if identified else "streaming")
    return {wave: dict(_rows(frame, len(groupings), groupings, bool(identified))) for wave, frame in zip(waves, frames, strict=True)}


def id_of(study: Study, source: Source) -> Column | None:
    """The column that tells who is who: the declared one, else the platform's own."""
    if study.id_column is not None:
        return source.survey.find(study.id_column)
    return next((column for column in source.survey.columns if column.kind == "id"), None)


def _query(one: Pass, at: int, asked: Sequence[str], identified: Sequence[pl.Expr]) -> pl.LazyFrame:
    names = [one.names[item] for item in asked]
    answered = pl.sum_horizontal([pl.col(name) > 0 for name in names] or [pl.lit(0)])
    valid = pl.any_horizontal([pl.col(one.names[item]).is_between(1, len(one.scale(item).levels)) for item in asked] or [pl.lit(False)])
    straight = pl.any_horizontal(list(_straight(one, asked)) or [pl.lit(False)])
    told: Mapping[str, Any] = {
        "returned": pl.len(),
        "usable": valid.sum(),
        "answered": answered.sum(),
        "partial": answered.is_between(1, len(names) - 1).sum(),
        "straight_liners": straight.sum(),
    }
    people = one.coded(*identified).filter(pl.col("wave") == at)
    if identified:
        people = people.with_columns((pl.col("id").is_not_null() & ~pl.col("id").is_first_distinct()).alias("id"))
        told = {**told, "repeated": pl.col("id").sum()}
    return people.group_by(one.keys[1:] or pl.lit(0).alias("everyone")).agg(**told)


def _straight(one: Pass, asked: Sequence[str]) -> Iterator[pl.Expr]:
    """For each longer battery: whether somebody gave the same level on all its items."""
    for battery in one.study.batteries:
        levels = [_level(one, battery, item.id, item.reverse) for item in battery.items if item.id in asked]
        if len(levels) >= LONG:
            yield (pl.min_horizontal(levels) > 0) & (pl.min_horizontal(levels) == pl.max_horizontal(levels))


def _level(one: Pass, battery: Battery, item: str, reverse: bool | None) -> pl.Expr:
    """The level as it was chosen, from 1; 0 for anything else."""
    k, code = len(battery.scale.levels), pl.col(one.names[item])
    chosen = pl.lit(k + 1, pl.UInt8) - code if reverse else code
    return pl.when(code.is_between(1, k)).then(chosen).otherwise(pl.lit(0, pl.UInt8))


def _rows(frame: pl.DataFrame, groups: int, groupings: Sequence[Grouping], identified: bool) -> Iterator[tuple[Key, Returned]]:
    for row in frame.rows():
        codes, figures = row[:groups], row[max(groups, 1) :]
        key = tuple(grouping.label(code) for grouping, code in zip(groupings, codes, strict=True))
        returned, usable, answered, partial, straight_liners, *repeated = figures
        yield key, Returned(returned, usable, answered, partial, straight_liners, repeated[0] if identified else None)
