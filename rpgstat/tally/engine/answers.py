"""What the columns of a survey hold, by Polars."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import polars as pl

from rpgstat.study import Survey, reading

_AT_ONCE, _IN_PASS = 1_000, 2_500
"""Columns whose cells stand below each other in memory; more of a file that is scanned, as each lot is a pass over it."""


def seen(survey: Survey, names: Sequence[str], most: int, rows: int | None = None) -> dict[str, dict[str, int]]:
    """Column name -> answer as written -> people, the `most` commonest first; of the first `rows`, or of all.

    One look for some thousand columns, so that work and memory grow with the cells and not with the square of the columns.
    """
    wanted = list(dict.fromkeys(names))
    if survey.held is not None:
        return {name: _held(survey, name, most) for name in wanted}
    frame = survey.frame if rows is None else survey.frame.head(rows)
    lot = _IN_PASS if survey.rows else _AT_ONCE
    with reading(survey.name):
        counted = [_counts(frame, wanted[at : at + lot]).collect(engine="streaming") for at in range(0, len(wanted), lot)]
    found: dict[str, dict[str, int]] = {name: {} for name in wanted}
    for some in counted:
        commonest = some.sort("n", "answer", descending=[True, False]).group_by("column", maintain_order=True).head(most)
        for column, answer, n in commonest.select("column", "answer", "n").iter_rows():
            found[column][answer] = n
    return found


def _counts(frame: pl.LazyFrame, names: Sequence[str]) -> pl.LazyFrame:
    """How many people gave each answer to each column."""
    long = frame.select(names).unpivot(on=names, variable_name="column", value_name="answer").drop_nulls("answer")
    return long.group_by("column", "answer").agg(n=pl.len())


def every(survey: Survey, name: str, most: int) -> dict[str, int]:
    """All that a column holds, with how many people gave each, the commonest first; `most` and a few more at most."""
    if survey.held is not None:
        return _held(survey, name, most + 2)
    with reading(survey.name):
        counted = survey.frame.group_by(name).len("n").head(most + 2).collect(engine="streaming")
    return ordered(counted)


def distinct(survey: Survey, names: Sequence[str]) -> dict[str, list[str]]:
    """All that the columns hold, in order; "" for a blank cell."""
    if survey.held is not None:
        return {name: sorted({"", *_held(survey, name, None)}) for name in names}
    with reading(survey.name):
        found = pl.collect_all([survey.frame.select(pl.col(name).fill_null("").unique()) for name in names], engine="streaming")
    return {frame.columns[0]: sorted(frame.to_series()) for frame in found}


def _held(survey: Survey, name: str, most: int | None) -> dict[str, int]:
    """What a column holds that another engine has, with how many people gave each, the `most` commonest first."""
    from rpgstat.tally.engine import afar  # only other engines need it

    return afar.every(survey, name, most)


def all_of(column: pl.Series) -> dict[str, int]:
    """All that a column holds, with how many people gave each, the commonest first."""
    if not column.len():
        return {}
    return ordered(column.cast(pl.String).drop_nulls().value_counts(name="n"))


def ordered(counted: pl.DataFrame) -> dict[str, int]:
    """Answers with how many people gave each, the commonest first."""
    return dict(sorted(((answer, n) for answer, n in counted.rows() if answer is not None), key=lambda one: (-one[1], one[0])))


def rows(survey: Survey, names: Iterable[str], most: int) -> dict[str, list[str | None]]:
    """The cells of some columns, of the first `most` rows."""
    with reading(survey.name):
        return survey.frame.select(sorted(names)).head(most).collect().to_dict(as_series=False)
