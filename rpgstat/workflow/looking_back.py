"""Waves that are only looked back upon: the same questionnaires once more, by the columns that say how it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import polars as pl

from rpgstat.errors import UserError
from rpgstat.study import Column, Source, Study, Survey, normalise, reading

ROWS = "Row of the questionnaire"
"""What heads the column of ids that such a file is given where the study declares none."""


def looking_back(study: Study, sources: Sequence[Source]) -> tuple[Study, tuple[Source, ...]]:
    """The study and its sources with one for each wave that is retrospective, before that of the wave that it names.

    Its people and those of that wave are the same, row by row: by their declared ids, and where there is none by their row. Raises
    UserError where no item says which column looks back.
    """
    back = {wave.name: wave.retrospective for wave in study.waves if wave.retrospective is not None}
    if not back:
        return study, tuple(sources)
    if not any(item.before for _, item in study.items):
        raise UserError(f"wave `{next(iter(back))}` is retrospective, and no item has a column `before`", 'name it: before = "I knew the rules before"')
    found: list[Source] = []
    for source in sources:
        own = {name: of for name, of in back.items() if of in source.waves}
        known = replace(source, survey=_by_row(source.survey, study)) if own else source
        found += [*(_of_wave(known, name, of) for name, of in own.items()), known]
    ids = study if study.id_column is not None else replace(study, id_column=ROWS, linked=True)
    return ids, tuple(found)


def _of_wave(source: Source, name: str, of: str) -> Source:
    """The people of one wave of a source, as those of the wave in which they looked back."""
    if source.wave_column is None:
        return replace(source, waves=(name,), retrospective=True)
    column = source.survey.require(source.wave_column).name
    with reading(source.survey.name):
        cells = source.survey.frame.select(pl.col(column).unique()).collect(engine="streaming").to_series().drop_nulls().to_list()
    theirs = [cell for cell in cells if normalise(cell) == normalise(of)]
    survey = source.survey.reduced(lambda rows: rows.filter(pl.col(column).is_in(theirs)))
    return replace(source, survey=survey, waves=(name,), wave_column=None, retrospective=True)


def _by_row(survey: Survey, study: Study) -> Survey:
    """The survey with an id on every row: the declared one or the platform's own, and the number of the row where that is blank."""
    own = survey.find(study.id_column) if study.id_column is not None else next((column for column in survey.columns if column.kind == "id"), None)
    row = pl.format("row {}", pl.int_range(pl.len()))
    cells = row if own is None else pl.coalesce(pl.col(own.name), row)
    if own is not None and study.id_column is not None:
        return _with(survey, cells.alias(own.name))
    made = Column(f"{survey.columns[0].name[0]}{len(survey.columns) + len(survey.aside)}", ROWS, "id")
    return replace(_with(survey, cells.alias(made.name)), columns=(*survey.columns, made), _index={})


def _with(survey: Survey, cells: pl.Expr) -> Survey:
    """The survey with a column more, also among those that were left out on reading."""
    whole = None if survey.whole is None else survey.whole.with_columns(cells)
    return replace(survey, frame=survey.frame.with_columns(cells), whole=whole)
