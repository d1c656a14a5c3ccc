"""What `workforce` finds, in words."""

from __future__ import annotations

from collections.abc import Iterator

from rpgstat.glossary.sentences import say, word
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
        ends = [say("time.value", value=used().cell(result.kind("rate", row), row["rate"]), period=row["period"]) for row in held]
        if len(held) > 1:
            concluded = held[-1]["conclusion"]
            told = {"measure": what, "first": ends[0], "last": ends[-1]}
            if concluded in (None, "descriptive"):
                yield say("figure.rates", **told)
            else:
                yield say("figure.rates_concluded", conclusion=word("rate_conclusion", concluded.replace(" ", "_")), **told)
        elif held:
            yield say("figure.rate", measure=what, only=ends[0])


def capital(measure: str) -> str:
    """The name of a measure as it begins a line.

    >>> capital("agency_staffing")
    'Agency staffing'
    """
    shown = measure.replace("_", " ")
    return shown[:1].upper() + shown[1:]
