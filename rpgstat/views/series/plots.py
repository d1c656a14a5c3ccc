"""The figure of `chart` in characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from rpgstat import text
from rpgstat.glossary.sentences import say, word
from rpgstat.media.pages import Row, split
from rpgstat.media.terminal import strip
from rpgstat.media.terminal.plotter import PLOT, Plotter
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.series.said import assured, happened


def chart(result: Result, rows: Sequence[Row], plotter: Plotter, beside: Beside) -> Iterator[RenderableType]:
    """A line for each period of a series: its point between the limits, and its signal."""
    events = happened(beside)
    for (series,), own in split(rows, ("series",)):
        aim = assured(result, own)
        yield plotter.heading(say("plot.chart_target", series=series, assurance=aim) if aim else say("plot.chart", series=series))
        known = [row[key] for row in own for key in ("value", "lower", "upper", "target") if row[key] is not None]
        named = {event["period"]: str(event["event"]) for event in events if event["series"] == series}
        grid, room = plotter.grid([PLOT, ("", 11, "right"), ("", 26, "left")], [str(row["period"]) for row in own])
        for row in own:
            dots = strip.control(room, (min(known), max(known)), row) if known else Text("")
            signal = say("plot.signal", signal=word("signal", row["signal"]), variation=word("variation", row["variation"])) if row["signal"] else ""
            told = "; ".join(filter(None, (signal, named.get(row["period"]))))
            grid.add_row(plotter.text(str(row["period"])), plotter.cell(dots), *map(plotter.text, (text.cell(result.kind("value", row), row["value"]), told)))
        yield grid
