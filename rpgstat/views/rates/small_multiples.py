"""The figure of `workforce`: a small plot of each measure by period, from zero, with intervals where there are any."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rpgstat import text
from rpgstat.glossary import Kind
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split
from rpgstat.media.picture.axis import decimals, spread
from rpgstat.media.picture.colours import LATER
from rpgstat.media.picture.panel import MOST_TICKS, Panel
from rpgstat.media.picture.paper import LABEL, QUIET, SMALL, Canvas, is_narrow, line_height, measure, page_width, wrap
from rpgstat.media.picture.sheet import Band, Block, Sheet, space
from rpgstat.media.style import used
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.views.rows import rows_of

_GUTTER, _PLOT = 0.25, 1.15
"""Inches between two plots, and the height of one."""

_YEAR = re.compile(r"(\d{4})(?:[/–-]\d{2,4})?")
_ALL_NAMED = 6
"""So many values at most are all written at their points; of more, only the first and the last."""


@record
class _Plot:
    """The rates of a measure under its title, and how they are written."""

    title: str
    rows: Sequence[Row]
    kind: Kind


def sheet(result: Result) -> Sheet:
    """Two plots side by side, in the order of the measures."""
    plots = [_Plot(_title(measure, area), own, result.kind("rate", own[0])) for (measure, area), own in split(rows_of(result), ("measure", "area"))]
    across = 2 if len(plots) > 1 and not is_narrow() else 1
    bands = [_side_by_side(plots[i : i + across], across) for i in range(0, len(plots), across)]
    blocks = tuple(Block(space(0.0), (band,), space(0.0)) for band in bands)
    return Sheet(text.one_line(result.title), (), (), blocks, tuple(_caption(result)))


def _title(measure: Any, area: Any) -> str:
    return f"{measure}, {area}" if area else str(measure)


def _side_by_side(plots: Sequence[_Plot], across: int) -> Band:
    width = (page_width() - (across - 1) * _GUTTER) / across
    titles = [wrap(plot.title, LABEL, width - 0.1, bold=True, most=3) for plot in plots]
    told = [wrap(str(sentence), SMALL, width - 0.1, most=5) if (sentence := plot.rows[-1]["sentence"]) else [] for plot in plots]
    above = max(len(title) * line_height(LABEL) + len(words) * line_height(SMALL) for title, words in zip(titles, told, strict=True)) + 0.16

    def draw(canvas: Canvas, top: float) -> None:
        for i, plot in enumerate(plots):
            left = i * (width + _GUTTER)
            canvas.lines(left, top, titles[i], LABEL, bold=True)
            canvas.lines(left, top + len(titles[i]) * line_height(LABEL), told[i], SMALL, colour=QUIET)
            _draw(canvas, left, top + above, width, plot)

    return Band(above + _PLOT + 0.3, draw)


def _draw(canvas: Canvas, left: float, top: float, width: float, plot: _Plot) -> None:
    rows = plot.rows
    places = _places([str(row["period"]) for row in rows])
    known = [row[key] for row in rows for key in ("rate", "conf_low", "conf_high") if row[key] is not None]
    low, high = spread([value * 1.05 for value in known], floor=0.0)  # room for a figure over the highest point
    write = _written(plot.kind, low, high)
    panel = Panel.laid(left + measure(write(high), SMALL) + 0.08, left + width, top, top + _PLOT, places, (low, high), inset=0.26)
    panel.grid(canvas, write)
    panel.periods(canvas, places, [str(row["period"]) for row in rows])
    panel.line(canvas, places, [row["rate"] for row in rows], LATER)
    held = [(place, row) for place, row in zip(places, rows, strict=True) if row["rate"] is not None]
    for i, (place, row) in enumerate(held):
        x = panel.across.at(place)
        if row["conf_low"] is not None and row["conf_high"] is not None:
            canvas.line([x, x], [panel.up.at(row["conf_low"]), panel.up.at(row["conf_high"])], LATER, 1.0)
        canvas.mark(x, panel.up.at(row["rate"]), "o", LATER, size=4.0)
        if len(held) <= _ALL_NAMED or i in (0, len(held) - 1):
            beside = [near["rate"] for _, near in (*held[max(i - 1, 0) : i], *held[i + 1 : i + 2])]
            _name(canvas, panel, x, row, used().cell(plot.kind, row["rate"]), valley=bool(beside) and min(beside) > row["rate"])
    if not held:
        canvas.text((panel.across.left + panel.across.right) / 2, top + _PLOT / 2, say("figure.no_values"), SMALL, align="center", colour=QUIET)


def _name(canvas: Canvas, panel: Panel, x: float, row: Row, words: str, *, valley: bool) -> None:
    """The value in `words` at its point: over it, or below where the line comes down to it from both sides."""
    high, low = (panel.up.at(row[key] if row[key] is not None else row["rate"]) for key in ("conf_high", "conf_low"))
    y = low + 0.11 if valley and low + 0.2 < panel.up.left else high - 0.11
    wide = measure(words, SMALL)
    canvas.box(x - wide / 2 - 0.01, y - 0.055, wide + 0.02, 0.11, "white", above=True)
    canvas.text(x, y, words, SMALL, align="center")


def _places(periods: Sequence[str]) -> list[float]:
    """Years stand at their distance in time; other periods one after another."""
    years = [_YEAR.fullmatch(period) for period in periods]
    found = [float(year[1]) for year in years if year]
    return found if len(set(found)) == len(periods) else [float(i) for i in range(len(periods))]


def _written(kind: Kind, low: float, high: float) -> Callable[[float], str]:
    if kind == "each":
        digits = decimals(low, high, MOST_TICKS)
        return lambda value: text.fixed(value, digits)
    return lambda value: used().figure(text.percent(value, 0 if high - low >= 0.04 else 1))


def _caption(result: Result) -> Iterator[str]:
    level = used().prose(text.confidence(result.options.get("alpha", 0.05)))
    drawn = any(row["conf_low"] is not None for row in result.rows)
    yield say("caption.multiples_lines", level=level) if drawn else say("caption.multiples")
    yield text.one_line(result.method)
