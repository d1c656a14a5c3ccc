"""The frame of a result as every writer takes it: no NaN and no infinity, only null."""

from __future__ import annotations

from typing import Any

import polars as pl
import polars.selectors as cs

from rpgstat.glossary import UNCERTAIN
from rpgstat.result import Result


def finite(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with null for each number that is not finite.

    >>> finite(pl.DataFrame({"mean": [2.5, float("nan"), float("inf")]}))["mean"].to_list()
    [2.5, None, None]
    """
    return frame.with_columns(pl.when(cs.float().is_finite()).then(cs.float()))


def shown(result: Result) -> list[dict[str, Any]]:
    """The rows as pages and figures show them: a scale that is not certain is marked at the battery, as its note stands once below, not on each row."""
    rows = finite(result.frame).to_dicts()
    uncertain = {row["battery"] for row in rows if "battery" in row and (row["note"] or "").startswith(UNCERTAIN)}
    return [_marked(row) if row.get("battery") in uncertain else row for row in rows] if uncertain else rows


def doubts(result: Result) -> tuple[str, ...]:
    """The notes that say which scales are not certain."""
    return tuple(note for note in result.notes if UNCERTAIN in note)


def _marked(row: dict[str, Any]) -> dict[str, Any]:
    told = [part for part in (row["note"] or "").split("; ") if not part.startswith(UNCERTAIN)]
    return {**row, "battery": f"{row['battery']} (scale not certain)", "note": "; ".join(told) or None}
