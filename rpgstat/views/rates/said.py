"""What `workforce` finds, in words."""

from __future__ import annotations

from collections.abc import Iterator

from rpgstat.media.pages import split
from rpgstat.media.style import used
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.rows import MOST_TOLD, rows_of


def workforce(result: Result, _: Beside) -> Iterator[str]:
    """Where each measure stood first and last."""
    for (measure, area), own in list(split(rows_of(result), ("measure", "area")))[:MOST_TOLD]:
        held = [row for row in own if row["rate"] is not None]
        what = f"{measure}, {area}" if area else measure
        ends = [f"{used().cell(result.kind('rate', row), row['rate'])} in {row['period']}" for row in held]
        if len(held) > 1:
            concluded = held[-1]["conclusion"]
            word = f" ({concluded})" if concluded not in (None, "descriptive") else ""
            yield f"{what}: {ends[0]}, {ends[-1]}{word}."
        elif held:
            yield f"{what}: {ends[0]}."


def capital(measure: str) -> str:
    """The name of a measure as it begins a line.

    >>> capital("agency_staffing")
    'Agency staffing'
    """
    shown = measure.replace("_", " ")
    return shown[:1].upper() + shown[1:]
