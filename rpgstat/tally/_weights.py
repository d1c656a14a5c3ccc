"""The column that says how much each person counts, as one more grouping: people of one weight are counted together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from rpgstat.errors import UserError, did_you_mean
from rpgstat.study import Column, Source
from rpgstat.text import shortened

WEIGHT = "\0weight"
"""The name of the grouping by weight; no group can bear it."""

MOST = 20_000
"""Distinct weights that are counted apart; each has a table of counts of its own."""


@dataclass(frozen=True)
class WeightColumn:
    """The column of weights in each file. A label is the number as written, blank where there is none."""

    columns: tuple[Column, ...]

    @property
    def name(self) -> str:
        """The name of the grouping."""
        return WEIGHT

    def code(self, source: int) -> pl.Expr:
        """What tells people of different weight apart: the number as written."""
        return pl.col(self.columns[source].name).fill_null("")

    def label(self, code: object) -> str:
        """The number as written."""
        return str(code)


def weight_column(text: str, sources: Sequence[Source]) -> WeightColumn:
    """The column headed `text` in every file. Raises UserError where one has none."""
    found = [(source.survey, source.survey.find(text)) for source in sources]
    lacking = [survey for survey, column in found if column is None]
    if len(lacking) == len(found):
        raise UserError(f"weight: no column `{shortened(text, 80)}`", did_you_mean(text, [column.text for survey in lacking for column in survey.columns]))
    if lacking:
        raise UserError(
            f"{lacking[0].name}: no column `{shortened(text, 80)}`, which holds the weights in another file", "add one; people who count alike all have 1 there"
        )
    return WeightColumn(tuple(column for _, column in found if column is not None))
