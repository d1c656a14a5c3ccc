"""What a platform finds in a table: its columns, and what stays out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import field, replace
from typing import TypeVar

import polars as pl

from rpgstat.record import record
from rpgstat.study import Column, Mark, normalise

Frame = TypeVar("Frame", pl.DataFrame, pl.LazyFrame)

_FLOAT = r"^\s*(\d+)\.0+\s*$"
# Cells that programs write for "no answer"; a choice spread over columns must not take one for its answer.
_NO_ANSWER = r"^\s*(?:NA|nan|NaN|#N/A|<NA>|null|NULL)?\s*$"


@record
class Layout:
    """The columns of a survey in order, and those left `aside`, as text boxes and personal data are.

    `spread` names the frame's columns that together hold a column's answer; `recodes` say what the cells of a column stand for, None for no
    answer. `marks` are columns that mark rows beside those known by their headers. `events` names the column whose rows are rounds of the
    survey, in the order `waves`; of the columns `whole` 17.0 is 17.
    """

    columns: tuple[Column, ...]
    aside: tuple[Column, ...] = ()
    warnings: tuple[str, ...] = ()
    spread: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    recodes: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    marks: tuple[Mark, ...] = ()
    events: str | None = None
    waves: tuple[str, ...] = ()
    whole: frozenset[str] = frozenset()

    def with_whole_ids(self, sample: pl.DataFrame) -> Layout:
        """The layout in which an id that a program saved as a float is the whole number again."""
        ids = [column.name for column in self.columns if column.kind == "id" and sample[column.name].str.contains(_FLOAT).any()]
        return replace(self, whole=frozenset(ids))

    def told_apart(self) -> Layout:
        """The layout in which columns of one heading have their place for a short name, `column 12`, as nothing else tells them apart."""
        headed = Counter(normalise(column.label) for column in (*self.columns, *self.aside))

        def named(column: Column) -> Column:
            repeated = headed[normalise(column.label)] > 1 and not column.variable
            return replace(column, variable=f"column {int(column.name[1:]) + 1}") if repeated else column

        return replace(self, columns=tuple(map(named, self.columns)), aside=tuple(map(named, self.aside)))

    def select(self, frame: Frame) -> Frame:
        """The frame with these columns and those left aside."""
        return frame.select(self._expression(column.name) for column in (*self.columns, *self.aside))

    def _expression(self, name: str) -> pl.Expr:
        parts = self.spread.get(name)
        if parts:
            return pl.coalesce(answered(pl.col(part)) for part in parts).alias(name)
        if name in self.whole:
            return pl.col(name).str.replace(_FLOAT, "${1}")
        recode = self.recodes.get(name)
        return pl.col(name).replace(dict(recode)) if recode else pl.col(name)


def answered(column: pl.Expr) -> pl.Expr:
    """Text columns with blanks and the words for no answer null."""
    return pl.when(~column.str.contains(_NO_ANSWER)).then(column)
