"""How people filled in their questionnaires: how much of it, with one answer throughout, or twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from rpgstat.study import Battery, Group, Key, Returned, Source, Study, Tally, reading
from rpgstat.tally._answers import recount
from rpgstat.tally._files import Files, files_of
from rpgstat.tally._groups import Grouping, assembled
from rpgstat.tally._pass import Codes, Pass

LONG = 4
"""Items from which on one answer throughout says something about the person rather than the items."""


def returns(study: Study, sources: Sequence[Source], by: Sequence[Group] = (), *, files: Files | None = None) -> tuple[Tally, dict[str, dict[Key, Returned]]]:
    """The counts, and by wave and group how the questionnaires were filled in; only items that somebody in the wave answered were asked.

    Usable: at least one answer on a scale. Partial: some items answered, others blank. Straight-liners: one and the same level, before
    reversal, on every item of a battery of four or more. Repeated: rows whose id stands on another one, which are none of those returned
    unless the study keeps them; None without an id.
    """
    files = files or files_of(study, sources, by)
    groupings = [files.grouping(group, recount) for group in by]
    found: dict[str, dict[Key, Returned]] = {}
    passes = []
    for at, file in enumerate(files.each):
        one = Pass(file, [g.code(at) for g in groupings])
        one.run(set())
        passes.append(one)
        found |= _file(one, groupings)
    return assembled([one.people for one in passes], groupings, tuple(w for one in passes for w in one.file.warnings)), found


def _file(one: Pass, groupings: Sequence[Grouping]) -> dict[str, dict[Key, Returned]]:
    """The waves of one file."""
    total, waves = one.total, one.source.waves
    queries = [_query(one, at, total.common(tuple(one.items), (wave,))) for at, wave in enumerate(waves)]
    rows = one.coded_repeats()
    again = [_repeated(one, rows, at) for at in range(len(waves))] if rows is not None else []
    with reading(one.source.survey.name):
        frames = pl.collect_all([*queries, *again], engine="streaming")
    found: dict[str, dict[Key, Returned]] = {}
    for at, wave in enumerate(waves):
        repeated = {row[:-1]: row[-1] for row in frames[len(waves) + at].rows()} if again else None
        found[wave] = dict(_rows(frames[at], groupings, repeated))
    return found


def _repeated(one: Pass, rows: pl.LazyFrame, at: int) -> pl.LazyFrame:
    """By group how many rows repeat the id of another."""
    return rows.filter(pl.col("wave") == at).group_by(one.keys[1:] or pl.lit(0).alias("everyone")).len("n")


def _query(one: Pass, at: int, asked: Sequence[str]) -> pl.LazyFrame:
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
    return one.coded().filter(pl.col("wave") == at).group_by(one.keys[1:] or pl.lit(0).alias("everyone")).agg(**told)


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


def _rows(frame: pl.DataFrame, groupings: Sequence[Grouping], repeated: Mapping[Codes, int] | None) -> Iterator[tuple[Key, Returned]]:
    """A group with repeated rows only has nobody: `repeated` rows are of people who stand elsewhere."""
    figures = {row[: max(len(groupings), 1)]: row[max(len(groupings), 1) :] for row in frame.rows()}
    for codes in figures.keys() | (repeated or {}).keys():
        key = tuple(grouping.label(code) for grouping, code in zip(groupings, codes, strict=False))  # without groupings everyone has one code
        returned, usable, answered, partial, straight_liners = figures.get(codes, (0, 0, 0, 0, 0))
        yield key, Returned(returned, usable, answered, partial, straight_liners, None if repeated is None else repeated.get(codes, 0))
