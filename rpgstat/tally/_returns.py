"""How people filled in their questionnaires: how much of it, with one answer throughout, or twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rpgstat.study import Group, Key, Returned, Source, Study, Tally, together
from rpgstat.tally._answers import recount
from rpgstat.tally._assembly import Codes, assembled
from rpgstat.tally._counted import InFile, count
from rpgstat.tally._files import Files, files_of
from rpgstat.tally._groups import Grouping
from rpgstat.tally._scores import items_of
from rpgstat.tally._spec import UNKNOWN, FilledIn, Who

Filled = Mapping[str, Mapping[Key, Returned]]
"""How the questionnaires were filled in, by wave and group."""

LONG = 4
"""Items from which on one answer throughout says something about the person rather than the items."""


def returns(study: Study, sources: Sequence[Source], by: Sequence[Group] = (), *, files: Files | None = None) -> tuple[Tally, Filled]:
    """The counts, and by wave and group how the questionnaires were filled in; only items that somebody in the wave answered were asked.

    Usable: at least one answer on a scale. Partial: some items answered, others blank. Straight-liners: one and the same level, before
    reversal, on every item of a battery of four or more. Repeated: rows whose id stands on another one, which are none of those returned
    unless the study keeps them; None without an id.
    """
    groupings, counted = _counted(files or files_of(study, sources, by), by)
    return _assembled(counted, groupings), _filled(counted, groupings)


def returns_each(study: Study, sources: Sequence[Source], by: Sequence[Group], *, files: Files | None = None) -> tuple[list[tuple[Tally, Filled]], Filled]:
    """What `returns` says of each of several groupings by itself, and how the questionnaires were filled in by all of them crossed: counted once."""
    groupings, counted = _counted(files or files_of(study, sources, by), by)
    filled = _filled(counted, groupings)
    return [(_assembled(counted, groupings, at), {wave: _alone(own, at) for wave, own in filled.items()}) for at in range(len(by))], filled


def _counted(files: Files, by: Sequence[Group]) -> tuple[list[Grouping], list[InFile]]:
    groupings = [files.grouping(group, recount) for group in by]
    return groupings, [count(file, Who(tuple(grouping.numbering(at) for grouping in groupings))) for at, file in enumerate(files.each)]


def _assembled(counted: Sequence[InFile], groupings: Sequence[Grouping], alone: int | None = None) -> Tally:
    """The tally by all groupings, or by the one that stands at the place `alone`."""
    people: list[Mapping[Codes, Tally]] = [one.people for one in counted]
    if alone is not None:
        groupings, people = [groupings[alone]], [_by_code(own, alone) for own in people]
    return assembled(people, groupings, tuple(told for one in counted for told in one.file.warnings))


def _by_code(people: Mapping[Codes, Tally], at: int) -> dict[Codes, Tally]:
    """The people of each code of the grouping at this place."""
    found: dict[Codes, list[Tally]] = {}
    for codes, own in people.items():
        found.setdefault((codes[at],), []).append(own)
    return {code: together(found[code]) for code in sorted(found)}


def _filled(counted: Sequence[InFile], groupings: Sequence[Grouping]) -> dict[str, dict[Key, Returned]]:
    return {wave: own for one in counted for wave, own in _in_file(one, groupings).items()}


def _alone(filled: Mapping[Key, Returned], at: int) -> dict[Key, Returned]:
    """How the questionnaires were filled in, by the label at this place."""
    found: dict[Key, Returned] = {}
    for key, own in filled.items():
        alone = (key[at],)
        found[alone] = found[alone].plus(own) if alone in found else own
    return found


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
