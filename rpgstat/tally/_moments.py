"""Sums and products of the items of each battery: what reliability is worked out from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement

import polars as pl

from rpgstat.study import Battery, Moments, Source, Study, Tally, reading
from rpgstat.tally._files import Files, files_of
from rpgstat.tally._groups import assembled
from rpgstat.tally._pass import Pass
from rpgstat.tally._scores import points, unit_of


def moments(study: Study, sources: Sequence[Source], *, files: Files | None = None) -> tuple[Tally, dict[tuple[str, str], Moments]]:
    """The counts, and by battery and wave the moments of those who answered every item that was asked in the wave, on the scale."""
    passes: list[Pass] = []
    found: dict[tuple[str, str], Moments] = {}
    for file in (files or files_of(study, sources)).each:
        one = Pass(file)
        one.run(set())
        passes.append(one)
        found |= _file(one)
    return assembled([one.people for one in passes], [], tuple(w for one in passes for w in one.file.warnings)), found


def _file(one: Pass) -> dict[tuple[str, str], Moments]:
    total = one.total
    wanted = [
        (battery, total.common(tuple(i.id for i in battery.items if i.id in one.items), (w,)), at)
        for battery in one.study.batteries
        for at, w in enumerate(one.source.waves)
    ]
    wanted = [(battery, items, at) for battery, items, at in wanted if items]
    with reading(one.source.survey.name):
        frames = pl.collect_all([_query(one, battery, items, at) for battery, items, at in wanted], engine="streaming")
    return {(battery.name, one.source.waves[at]): _moments(battery, items, frame.row(0)) for (battery, items, at), frame in zip(wanted, frames, strict=True)}


def _query(one: Pass, battery: Battery, items: Sequence[str], at: int) -> pl.LazyFrame:
    """One row: complete cases, then the sum of each item and of each product, in whole units of the scale."""
    unit, k = unit_of(battery), len(battery.scale.levels)
    complete = pl.all_horizontal([pl.col(one.names[item]).is_between(1, k) for item in items])
    scores = {item: points(pl.col(one.names[item]), one.scale(item).scores, unit).cast(pl.Int64) for item in items}
    sums = [scores[item].sum().alias(f"sum {place}") for place, item in enumerate(items)]
    pairs = combinations_with_replacement(range(len(items)), 2)
    products = [(scores[items[i]] * scores[items[j]]).sum().alias(f"product {i} {j}") for i, j in pairs]
    return one.coded().filter((pl.col("wave") == at) & complete).select(pl.len().alias("n"), *sums, *products)


def _moments(battery: Battery, items: tuple[str, ...], row: tuple[int, ...]) -> Moments:
    unit, k = unit_of(battery), len(items)
    flat: Mapping[tuple[int, int], int] = dict(zip(combinations_with_replacement(range(k), 2), row[1 + k :], strict=True))
    products = tuple(tuple(Fraction(flat[min(i, j), max(i, j)], unit**2) for j in range(k)) for i in range(k))
    return Moments(items, row[0], tuple(Fraction(total, unit) for total in row[1 : 1 + k]), products)
