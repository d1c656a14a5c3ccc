"""Counts as an engine gives them, put together: cells to people, files to one tally."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from rpgstat.errors import UserError
from rpgstat.study import Battery, Counts, ItemSums, ScoreCounts, Tally, together, without
from rpgstat.tally._file import File
from rpgstat.tally._groups import Grouping
from rpgstat.tally._scores import score_counts, unit_of
from rpgstat.tally._spec import MISSING, UNKNOWN
from rpgstat.tally.engine import Counted, Heap, summed

Codes = tuple[int, ...]
"""Who: the code of a label in each grouping."""

Place = tuple[Any, ...]
"""Where people are counted: the code of their wave, those of their groups, and two more, by what is counted."""

_NOBODY = "check that the export holds answers, and that the wave column and the wave names of the study are right"


def people_of(file: File, cells: Mapping[Place, Heap], *, weighted: bool) -> dict[Codes, Tally]:
    """The item counts of each combination of groups; their scores come later. Raises UserError for a wave without respondents."""
    table: dict[Codes, dict[tuple[int, str, int], Heap]] = {}
    for (wave, *who, column, code), people in cells.items():
        table.setdefault(tuple(who), {})[wave, column, code] = people
    found = {key: _tally(file, table[key], weighted=weighted) for key in sorted(table)}
    for wave in file.source.waves:
        if sum(part.returned[wave] for part in found.values()) == 0:
            raise UserError(f"{file.source.survey.name}: wave `{wave}` has no respondents", _NOBODY)
    return found


def _tally(file: File, table: Mapping[tuple[int, str, int], Heap], *, weighted: bool) -> Tally:
    """The item counts of some people."""
    waves, first = file.source.waves, file.cells.columns[0] if file.cells.columns else ""
    returned = {wave: sum(n for (w, column, _), (n, *_) in table.items() if w == at and column == first) for at, wave in enumerate(waves)}
    counts = {}
    for at, wave in enumerate(waves):
        for id, (battery, _) in file.items.items():
            k = len(battery.scale.levels)
            cells = [table.get((at, file.names[id], code), (0, 0, 0)) for code in range(k + 2)]
            masses = tuple((w, square) for _, w, square in cells[1 : k + 1]) if weighted else ()
            counts[id, wave] = Counts(tuple(n for n, *_ in cells[1 : k + 1]), cells[k + 1][0], cells[MISSING][0], masses)
    return Tally(waves, returned, counts, {})


def scored(
    battery: Battery, items: tuple[str, ...], cells: Mapping[Place, Heap], people: Iterable[Codes], waves: Sequence[str], *, weighted: bool
) -> dict[Codes, dict[tuple[str, tuple[str, ...], str], ScoreCounts]]:
    """The scores of a battery on some items, of all `people` in all waves."""
    unit = unit_of(battery)
    rows: dict[tuple[Codes, int], list[tuple[int, int, Heap]]] = {}
    for (wave, *who, total, answered), heap in cells.items():
        rows.setdefault((tuple(who), wave), []).append((total, answered, heap))
    return {
        who: {(battery.name, items, wave): score_counts(items, rows.get((who, at), ()), unit, weighted=weighted) for at, wave in enumerate(waves)}
        for who in people
    }


def item_sums(counted: Counted, k: int) -> ItemSums:
    """How `k` items go together, of the people who answered all, over the waves of a file."""
    n, sums, squares, with_total = 0, [0] * k, [0] * k, [0] * k
    for wave, total, answered, people, *told in summed(counted, ("wave", "sum", "answered"), ("n", *_names(k))).iter_rows():
        if wave != UNKNOWN and answered == k:
            n += people
            for i in range(k):
                sums[i] += told[i]
                squares[i] += told[k + i]
                with_total[i] += told[i] * total
    return ItemSums(n, tuple(sums), tuple(squares), tuple(with_total))


def _names(k: int) -> list[str]:
    return [*(f"item {i}" for i in range(k)), *(f"square {i}" for i in range(k))]


def assembled(files: Sequence[Mapping[tuple[int, ...], Tally]], groupings: Sequence[Grouping], warnings: tuple[str, ...]) -> Tally:
    """One tally from those of every file: everyone, and each combination of groups that anyone belongs to."""
    whole = _joined([together(people.values()) for people in files])
    rows = tuple(sum(part.returned[wave] for part in people.values() for wave in part.waves) for people in files)
    whole = replace(whole, rows=rows, warnings=(*warnings, *(told for grouping in groupings for told in grouping.warnings)))
    if not groupings:
        return whole
    nobody = [without(total, total) for total in (together(people.values()) for people in files)]
    parts = {}
    for who in sorted({who for people in files for who in people}):
        key = tuple(grouping.label(code) for grouping, code in zip(groupings, who, strict=True))
        parts[key] = _joined([people.get(who, none) for people, none in zip(files, nobody, strict=True)])
    return replace(whole, by=tuple(grouping.group.name for grouping in groupings), parts=parts)


def _joined(tallies: Sequence[Tally]) -> Tally:
    """Tallies of different waves side by side."""
    return Tally(
        tuple(wave for tally in tallies for wave in tally.waves),
        {wave: n for tally in tallies for wave, n in tally.returned.items()},
        {key: cell for tally in tallies for key, cell in tally.counts.items()},
        {key: cell for tally in tallies for key, cell in tally.scores.items()},
    )
