"""The figure of `workforce` in characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from rpgstat import text
from rpgstat.media.pages import Row, split
from rpgstat.media.terminal.plotter import BLUE, PLOT, Plotter
from rpgstat.result import Result
from rpgstat.views.base import Beside


def workforce(result: Result, rows: Sequence[Row], plotter: Plotter, _: Beside) -> Iterator[RenderableType]:
    """A bar for each measure and period, from zero."""
    for (measure, area), own in split(rows, ("measure", "area")):
        yield plotter.heading(f"{measure}, {area}" if area else str(measure))
        most = max((row["rate"] for row in own if row["rate"] is not None), default=0.0)
        grid, room = plotter.grid([PLOT, ("", 9, "right")], [str(row["period"]) for row in own])
        for row in own:
            length = round(row["rate"] / most * room) if row["rate"] and most else 0
            grid.add_row(
                plotter.text(str(row["period"])), plotter.cell(Text("▇" * length, style=BLUE)), plotter.text(text.cell(result.kind("rate", row), row["rate"]))
            )
        yield grid
