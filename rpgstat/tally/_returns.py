"""How people filled in their questionnaires: how much of it, with one answer throughout, or twice."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat.study import Group, Key, Returned, Source, Study, Tally
from rpgstat.tally._answers import recount
from rpgstat.tally._assembly import assembled
from rpgstat.tally._counted import InFile, count
from rpgstat.tally._files import Files, files_of
from rpgstat.tally._groups import Grouping
from rpgstat.tally._scores import items_of
from rpgstat.tally._spec import UNKNOWN, FilledIn, Who

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
    counted = [count(file, Who(tuple(grouping.numbering(at) for grouping in groupings))) for at, file in enumerate(files.each)]
    found = {wave: own for one in counted for wave, own in _in_file(one, groupings).items()}
    return assembled([one.people for one in counted], groupings, tuple(w for one in counted for w in one.file.warnings)), found


def _in_file(one: InFile, groupings: Sequence[Grouping]) -> dict[str, dict[Key, Returned]]:
    """By the waves of a file. A group with repeated rows only has nobody: these rows are of people who stand elsewhere."""
    total, table = one.total, one.file.table
    frames = table.collect([_query(one, at, total.common(tuple(one.file.items), (wave,))) for at, wave in enumerate(one.waves)], one.who)
    figures = {(at, *who): tuple(told) for frame in frames for at, *rest in frame.rows() for who, told in [(rest[: len(groupings)], rest[len(groupings) :])]}
    again = table.repeated(one.who)
    repeated = {} if again is None else {tuple(codes): n for *codes, n in again.rows()}
    found: dict[str, dict[Key, Returned]] = {wave: {} for wave in one.waves}
    for at, *codes in figures.keys() | {key for key in repeated if key[0] != UNKNOWN}:
        key = tuple(grouping.label(code) for grouping, code in zip(groupings, codes, strict=True))
        returned, usable, answered, partial, straight_liners = figures.get((at, *codes), (0, 0, 0, 0, 0))
        twice = None if again is None else repeated.get((at, *codes), 0)
        found[one.waves[at]][key] = Returned(returned, usable, answered, partial, straight_liners, twice)
    return found


def _query(one: InFile, at: int, asked: Sequence[str]) -> FilledIn:
    batteries = [[item.id for item in battery.items if item.id in asked] for battery in one.file.study.batteries]
    return FilledIn(at, items_of(one.file, asked), tuple(items_of(one.file, items) for items in batteries if len(items) >= LONG))
