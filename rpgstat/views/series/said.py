"""What `chart` finds, in words; the trend says it better where it is at hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary.sentences import say, word
from rpgstat.media.pages import Row, split
from rpgstat.media.style import used
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.rows import MOST_TOLD, rows_of


def chart(result: Result, beside: Beside) -> Iterator[str]:
    """The course of each series, and its signals."""
    told = trends(beside)
    for (series,), own in list(split(rows_of(result), ("series",)))[:MOST_TOLD]:
        course = of_series(result, own, trend) if (trend := told.get(series)) else f"{series}: {of_series(result, own)}"
        yield f"{course} {aim}." if (aim := assured(result, own)) else course


def assured(result: Result, rows: Sequence[Row]) -> str:
    """The target of one series and what its latest limits say of it; empty without one."""
    latest = next((row for row in reversed(rows) if row["assurance"]), None)
    if latest is None:
        return ""
    held = [row for row in rows if row["value"] is not None]
    told = {"target": used().cell(result.kind("target", latest), latest["target"]), "assurance": word("assurance", latest["assurance"])}
    most = 2 * sum(row["signal"] is not None for row in held) > len(held)
    return say("icon.assurance_little", **told) if most else say("icon.assurance", **told)


def happened(beside: Beside) -> list[Row]:
    """The rows of the result `events`, where it is among those of the command."""
    return [row for other in beside if other.name == "events" for row in rows_of(other)]


_MOST_EVENTS = 3
"""Events of a series whose sentences stand by its chart; the table holds them all."""


def trends(beside: Sequence[Result]) -> dict[str, str]:
    """What the results `events` and `trend`, where they are among those of the command, say of each series: its events first."""
    told: dict[str, list[str]] = {}
    for name, most in (("events", _MOST_EVENTS), ("trend", 1)):
        for (series,), own in split([row for other in beside if other.name == name for row in rows_of(other) if row["sentence"]], ("series",)):
            told.setdefault(series, []).extend(list(dict.fromkeys(row["sentence"] for row in own))[:most])
    return {series: " ".join(sentences) for series, sentences in told.items()}


def of_series(result: Result, rows: Sequence[Row], trend: str | None = None) -> str:
    """The course of one series of a control chart, and its signals; `trend` is a sentence that says the former better."""
    held = [row for row in rows if row["value"] is not None]
    if not held:
        return say("figure.no_values_at_all")
    signals = sum(row["signal"] is not None for row in held)
    periods = say("count.periods", len(held), n=text.count(len(held)))
    if trend:
        told = say("figure.signals_in", signals, n=text.count(signals), periods=periods) if signals else say("figure.no_signal_in", periods=periods)
        return f"{trend} {told}"
    kind = result.kind("value", held[0])
    low, high = (used().cell(kind, bound(row["value"] for row in held)) for bound in (min, max))
    first, last = (say("time.value", value=used().cell(kind, row["value"]), period=row["period"]) for row in (held[0], held[-1]))
    ends = {"first": first, "last": last, "low": low, "high": high, "periods": periods}
    return say("figure.series", signals, n=text.count(signals), **ends) if signals else say("figure.series_quiet", **ends)


def events(_: Result, beside: Beside) -> Iterator[str]:
    """What happened, and when."""
    told = dict.fromkeys(f"{row['event']}, {row['period']}" for row in happened(beside))
    yield from [say("figure.events", events="; ".join(told))] if told else []
