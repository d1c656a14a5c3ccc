"""Which column of each survey holds which item, and which rows belong to which wave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rpgstat.errors import UserError, did_you_mean
from rpgstat.study import Column, Item, Source, Study, Survey, normalise
from rpgstat.tally._spec import UNKNOWN, Numbering
from rpgstat.text import shortened

_NO_SCALE = {"tick": "a tick-box column", "multiple": "a column of several answers each", "ranking": "a ranking", "id": "an id"}


def item_columns(study: Study, sources: Sequence[Source]) -> list[dict[str, Column]]:
    """For each source, item id -> its column; an item that a file lacks is absent.

    Raises UserError for an item that no file holds, for a file that holds no item, for a column that is no single answer, and for one that two items claim.
    """
    found = [_columns_of(study, source) for source in sources]
    _check_others(study, [source.survey for source in sources])
    for _, item in study.items:
        if not any(item.id in columns for columns in found):
            raise _nowhere(item, [source.survey for source in sources])
    for source, columns in zip(sources, found, strict=True):
        if not columns and study.items:
            raise _unrelated(source.survey)
    return found


def _check_others(study: Study, surveys: Sequence[Survey]) -> None:
    """Raises UserError for a declared group or id that is no column of any file, though nothing may need it yet."""
    named = [(f"group `{group.name}`", group.columns) for group in study.groups] + ([("`id`", (study.id_column,))] if study.id_column else [])
    for what, columns in named:
        if not any(survey.find(text) for survey in surveys for text in columns):
            headers = dict.fromkeys(text for survey in surveys for text in survey.headings)
            raise UserError(f"{what}: no column `{shortened(columns[0], 80)}`", did_you_mean(columns[0], headers))


def _columns_of(study: Study, source: Source) -> dict[str, Column]:
    survey = source.survey
    columns: dict[str, Column] = {}
    claimed: dict[str, str] = {}
    for _, item in study.items:
        column = next((c for text in (item.before if source.retrospective else item.lookups) if (c := survey.find(text)) is not None), None)
        if column is None:
            continue
        where = f"{survey.name}: column `{shortened(column.label, 80)}`"
        if column.kind in _NO_SCALE:
            kind = {"tick": "multiple", "multiple": "multiple", "ranking": "ranking"}.get(column.kind)
            question = f'take it out of the battery and declare its question under [[questions]], kind = "{kind}": `rpgstat topline` counts it'
            raise UserError(f"{where} of item `{item.id}` is {_NO_SCALE[column.kind]}, not one answer on a scale", question if kind else "name another column")
        if column.name in claimed:
            raise UserError(f"{where} is named by both items `{claimed[column.name]}` and `{item.id}`", "give each item a column of its own")
        claimed[column.name] = item.id
        columns[item.id] = column
    return columns


def _nowhere(item: Item, surveys: Sequence[Survey]) -> UserError:
    headers = list(dict.fromkeys(c.text for survey in surveys for c in survey.columns if c.kind == "answer" and c.text in survey.headings))
    files = ", ".join(survey.name for survey in surveys)
    wanted = " or ".join(f"`{shortened(text, 80)}`" for text in item.lookups)
    return UserError(f"item `{item.id}`: no column {wanted} in {files}", did_you_mean(item.lookups[0], headers))


def _unrelated(survey: Survey) -> UserError:
    # Its headers are not shown: in a file without a header row they are somebody's answers.
    return UserError(f"{survey.name}: none of its columns is a statement of the study", "check that it is an export of the same survey, with its header rows")


def wave_numbering(source: Source, seen: Iterable[str]) -> Numbering:
    """The code of a row's wave: its place in `source.waves`, UNKNOWN for a row of no declared wave.

    `seen` are the spellings met in the wave column; the declared spellings are always known.
    """
    if source.wave_column is None:
        return Numbering(None, {}, 0, UNKNOWN)
    declared = {normalise(wave): i for i, wave in enumerate(source.waves)}
    known = {answer: declared[normalise(answer)] for answer in dict.fromkeys([*source.waves, *seen]) if normalise(answer) in declared}
    return Numbering(source.survey.require(source.wave_column).name, known, UNKNOWN, UNKNOWN)


def strange_waves(source: Source, seen: Mapping[str, int]) -> dict[str, int]:
    """What the wave column holds besides the declared waves, with the number of rows."""
    declared = set(map(normalise, source.waves))
    return {answer: n for answer, n in seen.items() if normalise(answer) not in declared}
