"""The figure of `themes` in characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.text import Text

from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split
from rpgstat.media.terminal.plotter import BLUE, PLOT, Plotter
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.themes.joint_table import direction_of, fit_of, mentions_of
from rpgstat.views.themes.said import own_themes
from rpgstat.views.themes.share_bars import name, ordered, told


def themes(_: Result, rows: Sequence[Row], plotter: Plotter, __: Beside) -> Iterator[RenderableType]:
    """A bar for each theme and wave of people; of interviews only how many."""
    for (source,), own in split(own_themes(rows), ("source",)):
        yield plotter.heading(str(source))
        found = [row for theme in ordered(own) for row in theme]
        most = max((row["share"] for row in found if row["share"] is not None), default=0.0)
        waves = max((len(str(row["wave"] or "")) for row in found), default=0)
        width = max(len(told(row)) for row in found)
        grid, room = plotter.grid([("", waves, "left"), PLOT, ("", width, "right")] if waves else [PLOT, ("", width, "right")], map(name, found))
        for theme in ordered(own):
            for place, row in enumerate(theme):
                length = round(row["share"] / most * room) if row["share"] and most else 0
                bar = plotter.cell(Text("▇" * length, style=BLUE))
                cells = [plotter.text(str(row["wave"] or ""))] if waves else []
                grid.add_row(plotter.text(name(row) if place == 0 else ""), *cells, bar, plotter.text(told(row)))
        yield grid


def joint(rows: Sequence[Row], plotter: Plotter) -> Iterator[RenderableType]:
    """Each theme, and below it the statements beside it with their fit and direction."""
    for (theme,), own in split(rows, ("theme",)):
        yield plotter.heading(str(theme))
        for row in own:
            statement = row["statement"] or say("joint.no_statement")
            yield plotter.text(f"  {row['source']}: {mentions_of(row)}; {statement} ({fit_of(row)}, {direction_of(row)})")
