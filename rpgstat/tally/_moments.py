"""Sums and products of the items of each battery: what reliability is worked out from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import combinations_with_replacement

from rpgstat.study import Battery, Moments, Source, Study, Tally
from rpgstat.tally._assembly import assembled
from rpgstat.tally._counted import InFile, count
from rpgstat.tally._files import Files, files_of
from rpgstat.tally._scores import items_of, unit_of
from rpgstat.tally._spec import MomentsOf


def moments(study: Study, sources: Sequence[Source], *, files: Files | None = None) -> tuple[Tally, dict[tuple[str, str], Moments]]:
    """The counts, and by battery and wave the moments of those who answered every item that was asked in the wave, on the scale."""
    counted = [count(file) for file in (files or files_of(study, sources)).each]
    found = {key: own for one in counted for key, own in _in_file(one).items()}
    return assembled([one.people for one in counted], [], tuple(w for one in counted for w in one.file.warnings)), found


def _in_file(one: InFile) -> dict[tuple[str, str], Moments]:
    file, total = one.file, one.total
    asked = [
        (battery, at, items)
        for battery in file.study.batteries
        for at, wave in enumerate(one.waves)
        if (items := total.common(tuple(item.id for item in battery.items if item.id in file.items), (wave,)))
    ]
    together = list(dict.fromkeys(items for *_, items in asked))
    frames = file.table.collect([MomentsOf(items_of(file, items)) for items in together])
    rows = {(items, wave): row for items, frame in zip(together, frames, strict=True) for wave, *row in frame.iter_rows()}
    return {(battery.name, one.waves[at]): _moments(battery, items, rows.get((items, at))) for battery, at, items in asked}


def _moments(battery: Battery, items: tuple[str, ...], told: Sequence[int] | None) -> Moments:
    """The moments from a row of the engine, of nobody where there is none."""
    unit, k = unit_of(battery), len(items)
    row = told or [0] * (1 + k + k * (k + 1) // 2)
    flat: Mapping[tuple[int, int], int] = dict(zip(combinations_with_replacement(range(k), 2), row[1 + k :], strict=True))
    products = tuple(tuple(Fraction(flat[min(i, j), max(i, j)], unit**2) for j in range(k)) for i in range(k))
    return Moments(items, row[0], tuple(Fraction(total, unit) for total in row[1 : 1 + k]), products)
