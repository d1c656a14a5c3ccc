"""The figure of `plan`: for each battery, the chance of finding the change by the number of answers in the next wave, or the least change found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split
from rpgstat.media.picture.axis import decimals, spread
from rpgstat.media.picture.colours import LATER
from rpgstat.media.picture.panel import MOST_TICKS, Panel
from rpgstat.media.picture.paper import INK, LABEL, QUIET, SMALL, Canvas, line_height, measure, page_width, wrap
from rpgstat.media.picture.sheet import Band, Block, Key, Sheet, dashes, legend, mark, space
from rpgstat.media.style import used
from rpgstat.media.terminal.plotter import BLUE, PLOT, Plotter
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.planning.said import lead
from rpgstat.views.planning.table import key_of, written
from rpgstat.views.rows import rows_of

_PLOT = 1.5
"""Inches: the height of a curve."""

_ASKED = (5.0, 2.0)
"""Dashes at the chance that is to be reached."""


def sheet(result: Result, beside: Beside) -> Sheet:
    """A curve for each battery."""
    plans = {row["battery"]: row for row in rows_of(result)}
    blocks = [Block(space(0.0), (_panel(result, plans[battery], own),), space(0.0)) for (battery,), own in split(_points(beside), ("battery",))]
    return Sheet(text.one_line(result.title), tuple(lead(result, beside)), (_legend(result),), tuple(blocks), (_axes(result), result.method))


def plot(plotter: Plotter, beside: Beside) -> Iterator[Any]:
    """A bar for each number of answers."""
    from rich.text import Text

    for (battery,), own in split(_points(beside), ("battery",)):
        key = key_of(own)
        most = 1.0 if key == "power" else max(row[key] for row in own)
        yield plotter.heading(str(battery or say("plan.next_wave")))
        grid, room = plotter.grid([PLOT, ("", 9, "right")], [text.count(row["n"]) for row in own])
        for row in own:
            bar = Text("▇" * round(row[key] / most * room), style=BLUE)
            grid.add_row(plotter.text(text.count(row["n"])), plotter.cell(bar), plotter.text(written(key, row[key], used())))
        yield grid


def _points(beside: Beside) -> list[Row]:
    return [row for result in beside if result.name == "curve" for row in rows_of(result)]


def _panel(result: Result, row: Row, points: Sequence[Row]) -> Band:
    key = key_of(points)
    low, high = (0.0, 1.0) if key == "power" else spread([point[key] for point in points], floor=0.0)
    title = wrap(str(row["battery"] or say("plan.next_wave")), LABEL, page_width(), bold=True, most=3)
    above, left = len(title) * line_height(LABEL) + 0.22, 0.55
    digits = decimals(low, high, MOST_TICKS)
    places = [float(point["n"]) for point in points]

    def draw(canvas: Canvas, top: float) -> None:
        canvas.lines(0, top, title, LABEL, bold=True)
        canvas.text(0, top + above - 0.13, say("axis.chance") if key == "power" else say("axis.least_change"), SMALL, colour=QUIET)
        canvas.text(page_width() - 0.1, top + above + _PLOT + 0.27, say("axis.next_answers"), SMALL, align="right", colour=QUIET)
        panel = Panel.laid(left, page_width() - 0.1, top + above, top + above + _PLOT, places, (low, high))
        panel.grid(canvas, lambda value: written(key, value, used(), 0 if key == "power" else digits))
        panel.periods(canvas, places, [text.count(point["n"]) for point in points])
        if key == "power":
            y = panel.up.at(result.options["power"])
            canvas.line(panel.sides, [y, y], INK, 0.9, dashes=_ASKED)
        panel.line(canvas, places, [point[key] for point in points], LATER)
        _marks(canvas, panel, row, key, result.options["power"])

    return Band(above + _PLOT + 0.44, draw)


def _marks(canvas: Canvas, panel: Panel, row: Row, key: str, power: float) -> None:
    """The number that is expected, and the one that is needed."""
    found = [(row["n"], row[key], "o")] if row["n"] is not None and row[key] is not None else []
    found += [(row["needed_n"], power, "D")] if key == "power" and row["needed_n"] is not None else []
    for n, value, shape in found:
        x, y = panel.across.at(n), panel.up.at(value)
        canvas.mark(x, y, shape, LATER, filled=shape == "D")
        words = text.count(n)
        canvas.note(min(x + 0.07, page_width() - measure(words, SMALL) - 0.1), y + 0.12, words, SMALL, 0.8)


def _axes(result: Result) -> str:
    change, power = result.options["change"], used().figure(text.percent(result.options["power"]))
    up = say("plan.chance", change=text.fixed(change)) if change else say("plan.least", power=power)
    return say("plan.axes", up=up)


def _legend(result: Result) -> Band:
    keys = [Key(say("plan.expected"), mark("o", LATER, filled=False))]
    if result.options["change"]:
        asked = used().figure(text.percent(result.options["power"]))
        keys += [Key(say("plan.answers_needed"), mark("D", LATER)), Key(say("plan.of_the_time", power=asked), dashes(_ASKED))]
    return legend(keys)
