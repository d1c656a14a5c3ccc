"""Waves that are only looked back upon: the same questionnaires once more, by the columns that say how it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from rpgstat.errors import UserError
from rpgstat.study import Column, Source, Study, Survey

ROWS = "Row of the questionnaire"
"""What heads the column of ids that such a file is given where the study declares none."""


def looking_back(study: Study, sources: Sequence[Source]) -> tuple[Study, tuple[Source, ...]]:
    """The study and its sources with one for each wave that is retrospective, in the order of the waves.

    Its people and those of the wave that it names are the same, row by row: by their declared ids, and where there is none by their row. Raises
    UserError where no item says which column looks back.
    """
    back = {wave.name: wave.retrospective for wave in study.waves if wave.retrospective is not None}
    if not back:
        return study, tuple(sources)
    if not any(item.before for _, item in study.items):
        raise UserError(f"wave `{next(iter(back))}` is retrospective, and no item has a column `before`", 'name it: before = "I knew the rules before"')
    asked = {wave: source for source in sources for wave in source.waves}
    known = {wave: replace(asked[wave], survey=_by_row(asked[wave].survey, study)) for wave in dict.fromkeys(back.values()) if wave in asked}
    found = {**asked, **known} | {name: replace(known[of], waves=(name,), retrospective=True) for name, of in back.items() if of in known}
    ids = study if study.id_column is not None else replace(study, id_column=ROWS, linked=True)
    return ids, tuple(found[wave.name] for wave in study.waves if wave.name in found)


def _by_row(survey: Survey, study: Study) -> Survey:
    """The survey with an id on every row: the declared one or the platform's own, and the number of the row where that is blank."""
    own = survey.find(study.id_column) if study.id_column is not None else next((column for column in survey.columns if column.kind == "id"), None)
    row = pl.format("row {}", pl.int_range(pl.len()))
    cells = row if own is None else pl.coalesce(pl.col(own.name), row)
    if own is not None and study.id_column is not None:
        return replace(survey, frame=survey.frame.with_columns(cells.alias(own.name)))
    made = Column(f"{survey.columns[0].name[0]}{len(survey.columns) + len(survey.aside)}", ROWS, "id")
    return replace(survey, frame=survey.frame.with_columns(cells.alias(made.name)), columns=(*survey.columns, made), _index={})
