"""Figures in characters, for a terminal or a pipe: what the view of a result plots, with its title, its findings and its method."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from rpgstat import text
from rpgstat.media.pages import Show, withheld, withheld_means
from rpgstat.media.terminal import screen
from rpgstat.media.terminal.plotter import Plotter
from rpgstat.result import Result
from rpgstat.views import pictures
from rpgstat.views.rows import rows_of


def render(results: Sequence[Result]) -> bytes:
    """The natural figure of the results as text for standard output, in its encoding. Raises UserError when none can be drawn."""
    result = pictures.natural(results)
    return screen.printed(lambda paper, show: _print(paper, show, result, results))


def _print(paper: Console, show: Show, result: Result, beside: Sequence[Result]) -> None:
    rows = rows_of(result)
    paper.print(Text(show(text.one_line(result.title)), style="bold"))
    for line in pictures.lead(result, beside):
        paper.print(Text(show(line)))
    for part in pictures.figure(result).plot(result, rows, Plotter(paper, show), beside):
        paper.print(part)
    paper.print()
    paper.print(Text(show(text.one_line(result.method))))
    if any(map(withheld, rows)):
        paper.print(Text(show(withheld_means())))
