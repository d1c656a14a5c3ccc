"""The figure of `topline`: for each answer a bar a wave, with its limits, of the people who gave it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import RenderableType
from rich.text import Text

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split
from rpgstat.media.picture.sheet import Sheet
from rpgstat.media.style import used
from rpgstat.media.terminal.plotter import BLUE, PLOT, Plotter
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.questions.said import headline
from rpgstat.views.questions.table import answer
from rpgstat.views.rows import rows_of
from rpgstat.views.themes import share_bars


def of_answers(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The answers of everyone that have a share, as bars take them: of a ranking the share that put it first."""
    found = []
    for row in rows:
        first = row["kind"] == "ranking"
        share = row["top1"] if first else row["share"]
        if row["group"] is None and row["option"] is not None and share is not None:
            count = round(share * row["n"]) if first else row["count"]
            low, high = (None, None) if first else (row["share_low"], row["share_high"])
            heading = say("topline.put_first", question=row["text"]) if first else row["text"]
            drawn = {"source": heading, "theme": answer(row), "mentions": count, "share": share, "share_low": low, "share_high": high, "valence": None}
            found.append({**row, **drawn})
    return found


def sheet(result: Result, _: Beside) -> Sheet:
    """The bars of each question in the order of its answers."""
    level = used().prose(text.confidence(result.options.get("alpha", 0.05)))
    words = headline(result, used()).words
    caption = [say("topline.bars", level=level), text.one_line(result.method)]
    return share_bars.drawn(result.title, (words,) if words else (), of_answers(rows_of(result)), caption, in_order=True)


def plot(_: Result, rows: Sequence[Row], plotter: Plotter, __: Beside) -> Iterator[RenderableType]:
    """A bar for each answer and wave."""
    for (source,), own in split(of_answers(rows), ("source",)):
        yield plotter.heading(str(source))
        waves = max(len(str(row["wave"])) for row in own)
        width = max(len(share_bars.told(row)) for row in own)
        grid, room = plotter.grid([("", waves, "left"), PLOT, ("", width, "right")], [str(row["theme"]) for row in own])
        for (theme,), found in split(own, ("theme",)):
            for place, row in enumerate(found):
                bar = plotter.cell(Text("▇" * round(row["share"] * room), style=BLUE))
                grid.add_row(plotter.text(str(theme) if place == 0 else ""), plotter.text(str(row["wave"])), bar, plotter.text(share_bars.told(row)))
        yield grid
