"""What is not certain about a scale stands in every row that rests on it, and once below the table."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from rpgstat.glossary.sentences import say
from rpgstat.result import Result
from rpgstat.study import Study


def with_doubts(result: Result, study: Study) -> Result:
    """The result with the doubt of each battery at the head of its rows' notes, and among the notes below, first.

    Rows without figures because of small numbers keep their note; a study whose scales are declared changes nothing.
    """
    doubts = {battery.name: battery.doubt for battery in study.batteries if battery.doubt}
    if not doubts or not {"battery", "note"} <= set(result.frame.columns):
        return result
    doubt = pl.col("battery").replace_strict(doubts, default=None, return_dtype=pl.String)
    noted = pl.when(pl.col("note").eq_missing(say("row.suppressed"))).then("note").otherwise(pl.concat_str(doubt, "note", separator="; ", ignore_nulls=True))
    frame = result.frame.with_columns(note=pl.when(doubt.is_null()).then("note").otherwise(noted))
    met = set(result.frame["battery"])
    told = tuple(say("note.doubt", battery=name, doubt=words) for name, words in doubts.items() if name in met)
    return replace(result, frame=frame, notes=(*told, *result.notes))
