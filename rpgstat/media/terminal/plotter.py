"""Sets figures in characters at the width of a screen: grids of labels, plots and figures, legible without colour and in ASCII."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rpgstat.media.pages import Show
from rpgstat.text import shortened

GAP = 1
"""Blank cells between two columns."""

Place = tuple[str, int, Literal["left", "right"]]
"""A column: its heading, width and side."""

PLOT: Place = ("", 0, "left")
"""The column of the plot, which takes what room is left."""

BLUE = "#3D7DCA"  # reads on a dark screen and on a light one


class Plotter:
    """Sets figures at the width of the paper."""

    def __init__(self, paper: Console, show: Show) -> None:
        self.show = show
        self.colour = paper.color_system is not None and not paper.no_color
        self.width = paper.width

    def grid(self, columns: Sequence[Place], labels: Iterable[str], over: Callable[[int], str] | None = None) -> tuple[Table, int]:
        """A grid of a label and `columns`, headed where they have headings or something stands `over` the plot; and the cells left for the plot."""
        label = min(max(map(len, labels), default=0), max(16, self.width * 3 // 10))
        room = max(self.width - label - GAP * len(columns) - sum(column[1] for column in columns), 10)
        grid = Table.grid(padding=(0, GAP, 0, 0))
        grid.add_column(width=label, overflow="fold")
        for column in columns:
            grid.add_column(width=column[1] or room, justify=column[2], overflow="fold")
        heads = [over(room) if over and column is PLOT else column[0] for column in columns]
        if any(heads):
            grid.add_row("", *map(self.text, heads), style="dim")
        return grid, room

    def heading(self, line: str) -> Text:
        """What stands above a grid."""
        return Text(f"\n{self.show(line)}" if line else "", style="bold")

    def legend(self, levels: Sequence[str], fills: Sequence[tuple[str, str]]) -> Text:
        """What the fills of bars stand for."""
        legend = Text()
        for level, (sign, colour) in zip(levels, fills, strict=True):
            legend.append("  " if self.colour else sign * 2, style=f"on {colour}" if self.colour else "")
            legend.append(f" {self.show(shortened(level, 30))}   ")
        return legend

    def text(self, words: str) -> Text:
        """Words that the screen can show."""
        return Text(self.show(words))

    def cell(self, shown: str | Text) -> Text:
        """A cell that the screen can show, in its colours."""
        if isinstance(shown, str):
            return self.text(shown)
        plain = self.show(shown.plain)
        return Text(plain, style=shown.style, spans=shown.spans) if len(plain) == len(shown.plain) else Text(plain)
