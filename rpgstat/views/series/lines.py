"""Series as plain lines, for those who want no limits: each with its first and its latest value, events, a target, and gaps left open."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split
from rpgstat.media.picture.axis import decimals, spread
from rpgstat.media.picture.colours import LATER
from rpgstat.media.picture.panel import MOST_TICKS, Panel
from rpgstat.media.picture.paper import LABEL, QUIET, SMALL, Canvas, line_height, measure, page_width, wrap
from rpgstat.media.picture.sheet import Band, Block, Key, Sheet, dashes, legend, space
from rpgstat.media.style import used
from rpgstat.result import Result
from rpgstat.views.rows import rows_of
from rpgstat.views.series import control_chart as chart
from rpgstat.views.series import headline
from rpgstat.views.series.said import happened, trends

_PLOT = 1.35
"""Inches: the height of a plot without its title, events and periods."""


def sheet(result: Result, beside: Sequence[Result] = ()) -> Sheet:
    """A plot for each series; the title is what was found of the trends, where `beside` has them."""
    rows, told, events = rows_of(result), trends(beside), happened(beside)
    trend = next((headline.trend(one, used()) for one in beside if one.name == "trend"), None)
    title, lead = (trend.short, (trend.words,)) if trend and trend.short else (say("title.lines"), ())
    blocks = [
        Block(space(0.0), (_plot(result, told.get(series), own, [event for event in events if event["series"] == series]),), space(0.0))
        for (series,), own in split(rows, ("series",))
    ]
    keys = [Key(say("legend.target"), dashes(chart.TARGET, colour=chart.AIM))] if any(row["target"] is not None for row in rows) else []
    keys += [Key(say("legend.event"), dashes(chart.EVENT, upright=True))] if events else []
    caption = (say("caption.lines_alone"), say("caption.charts"))
    return Sheet(text.one_line(title), tuple(map(text.one_line, lead)), (legend(keys),) if keys else (), tuple(blocks), caption, say("title.lines"))


def _plot(result: Result, trend: str | None, rows: Sequence[Row], events: Sequence[Row]) -> Band:
    kind = result.kind("value", rows[0])
    title = wrap(str(rows[0]["series"]), LABEL, page_width(), bold=True, most=3)
    told = wrap(trend or "", SMALL, page_width(), most=5) if trend else []
    places = [float(i) for i in range(len(rows))]
    low, high = spread([row[key] for row in rows for key in ("value", "target")])
    write = chart.written(kind, decimals(low, high, MOST_TICKS))
    held = [(place, row["value"]) for place, row in zip(places, rows, strict=True) if row["value"] is not None]
    ends = {place: used().cell(kind, value) for place, value in (held[:1] + held[-1:])}
    right = page_width() - max((measure(words, SMALL) for words in ends.values()), default=0.0) - 0.15
    left = max(measure(write(value), SMALL) for value in (low, high)) + 0.2
    shelves = chart.shelves_of(chart.marked(rows, events), left, right, len(rows))
    words = len(title) * line_height(LABEL) + len(told) * line_height(SMALL)
    above = words + 0.24 + (max(row for row, *_ in shelves) + 1 if shelves else 0) * 0.13

    def draw(canvas: Canvas, top: float) -> None:
        canvas.lines(0, top, title, LABEL, bold=True)
        canvas.lines(0, top + len(title) * line_height(LABEL), told, SMALL, colour=QUIET)
        panel = Panel.laid(left - 0.06, right + 0.06, top + above, top + above + _PLOT, places, (low, high))
        panel.grid(canvas, write)
        if kind != "rate":  # a percentage has its sign
            canvas.text(0, top + words + 0.1, say("axis.number"), SMALL, colour=QUIET)
        panel.periods(canvas, places, [str(row["period"]) for row in rows])
        chart.show_events(canvas, panel, shelves, top + above)
        if held and rows[-1]["target"] is not None:
            canvas.line(panel.sides, [panel.up.at(rows[-1]["target"])] * 2, chart.AIM, 1.1, dashes=chart.TARGET)
        panel.line(canvas, places, [row["value"] for row in rows], LATER, 1.6)
        for place, value in held[:1] + held[-1:]:
            canvas.mark(panel.across.at(place), panel.up.at(value), "o", LATER, size=4.0)
        if held:
            canvas.text(panel.across.at(held[-1][0]) + 0.12, panel.up.at(held[-1][1]), ends[held[-1][0]], SMALL)
            canvas.note(
                panel.across.at(held[0][0]) + 0.06,
                panel.up.at(held[0][1]) + (0.11 if held[1:] and held[1][1] > held[0][1] else -0.11),
                ends[held[0][0]],
                SMALL,
                1.0,
            )

    return Band(above + _PLOT + 0.34, draw)
