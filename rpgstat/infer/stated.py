"""Scales that the codebook of an export states: all answers of a column, of which the words or the codebook tell the order."""

from __future__ import annotations

from collections.abc import Iterable

from rpgstat.infer.readings import Declared, read_answers, runs_down, seen_in
from rpgstat.study import Column, Survey, normalise

_MOST = 11  # levels of a scale, as in a study file


def stated_scales(surveys: Iterable[Survey]) -> tuple[Declared, ...]:
    """The scales of the columns whose answers a codebook lists, each once.

    Words that are a known scale go in its order, whichever way they were coded. Others are a scale only where the codebook calls them ordinal;
    they go as they are coded, or the other way round where the words of their ends say so.
    """
    columns = {(column.options, column.off, column.measure): column for survey in surveys for column in survey.columns if column.options}
    return tuple(dict.fromkeys(scale for column in columns.values() if (scale := _stated(column)) is not None))


def _stated(column: Column) -> Declared | None:
    levels = tuple(option for option in column.options if option not in column.off)
    if not 2 <= len(levels) <= _MOST:
        return None
    known = read_answers(seen_in(levels), named=True)
    if known is not None and known.whole and known.settled and known.labelled and known.numbers != "unused":
        typed = sorted((level for level in levels if normalise(level) in known.positions), key=lambda level: known.positions[normalise(level)])
        off = (*(level for level in levels if level not in typed), *column.off)
        return Declared(tuple(typed), off, stated=True) if known.numbers != "ends" and not known.scores else None
    if column.measure != "ordinal" or len(levels) < 3:
        return None
    return Declared(levels[::-1] if runs_down(levels[0], levels[-1]) else levels, column.off, stated=True)
