"""The frame of a result as every writer takes it: no NaN and no infinity, only null."""

from __future__ import annotations

import polars as pl
import polars.selectors as cs


def finite(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with null for each number that is not finite.

    >>> finite(pl.DataFrame({"mean": [2.5, float("nan"), float("inf")]}))["mean"].to_list()
    [2.5, None, None]
    """
    return frame.with_columns(pl.when(cs.float().is_finite()).then(cs.float()))
