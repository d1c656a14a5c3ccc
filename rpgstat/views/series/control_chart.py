"""The figure of `chart`: a control chart of each series with its centre and limits, signals by shape, events as lines, gaps left open."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from rpgstat import text
from rpgstat.glossary.sentences import say, word
from rpgstat.media.pages import Row, split
from rpgstat.media.picture.axis import decimals, spread
from rpgstat.media.picture.panel import MOST_TICKS, Panel
from rpgstat.media.picture.paper import INK, LABEL, QUIET, SMALL, TINY, Canvas, line_height, measure, page_width, shorten, wrap
from rpgstat.media.picture.shapes import Dashes
from rpgstat.media.picture.sheet import Band, Block, Key, Sheet, dashes, legend, mark, space
from rpgstat.media.picture.wanted import wanted
from rpgstat.media.style import used
from rpgstat.result import Result
from rpgstat.views.rows import rows_of
from rpgstat.views.series.icons import COLOURS, PURPLE, icons
from rpgstat.views.series.said import happened, of_series, trends

_PLOT = 1.7
"""Inches: the height of a chart without its title, events and periods."""

SHAPES = {"outside": "D", "trend": "^", "two_of_three": "P", "shift": "s"}
"""Rule of a signal -> its marker, so that it shows without colour."""

LIMIT, TWO_SIGMA, EVENT, TARGET = (5.0, 2.0), (1.0, 2.0), (2.0, 2.0), (9.0, 2.0, 2.0, 2.0)
"""Dashes of the limits, of two thirds of the way to them, of events, and of the target."""

AIM = "#A01C4B"

_MOST_EVENTS = 12
"""Events of a series whose names stand over the chart; the table names them all."""


def sheet(result: Result, beside: Sequence[Result] = ()) -> Sheet:
    """A chart for each series; `beside` may hold the results `trend`, which says how it went, and `events`."""
    rows = rows_of(result)
    told = trends(beside)
    events = happened(beside)
    blocks = [
        Block(space(0.0), (_chart(result, told.get(series), own, [event for event in events if event["series"] == series]),), space(0.0))
        for (series,), own in split(rows, ("series",))
    ]
    keys = (_legend(rows, bool(events)),) if rows else ()
    return Sheet(text.one_line(result.title), (), keys, tuple(blocks), tuple(_caption(result)))


def _chart(result: Result, trend: str | None, rows: Sequence[Row], events: Sequence[Row]) -> Band:
    kind = result.kind("value", rows[0])
    title = wrap(str(rows[0]["series"]), LABEL, page_width(), bold=True, most=3)
    told = wrap(of_series(result, rows, trend), SMALL, page_width(), most=2 if wanted().height else 7 if events else 3)
    places = [float(i) for i in range(len(rows))]
    low, high = _span(rows)
    write = written(kind, decimals(low, high, MOST_TICKS))
    latest = next((row for row in reversed(rows) if row["centre"] is not None), None)
    lines = (("upper", say("legend.upper")), ("centre", say("legend.centre")), ("lower", say("legend.lower")), ("target", say("legend.aim")))
    named = [(key, f"{name} {used().cell(kind, latest[key])}") for key, name in lines if latest and latest[key] is not None]
    right = page_width() - max((measure(words, SMALL) for _, words in named), default=0.0) - 0.15
    left = max(measure(write(value), SMALL) for value in (low, high)) + 0.2
    shelves = shelves_of(marked(rows, events), left, right, len(rows))
    signs = icons(result, rows)
    words = len(title) * line_height(LABEL) + len(told) * line_height(SMALL)
    tall = _PLOT - 0.3 if wanted().height else _PLOT
    above = words + signs.height + (0.08 if kind == "rate" else 0.2) + (max(row for row, *_ in shelves) + 1 if shelves else 0) * 0.13 + 0.04

    def draw(canvas: Canvas, top: float) -> None:
        canvas.lines(0, top, title, LABEL, bold=True)
        canvas.lines(0, top + len(title) * line_height(LABEL), told, SMALL, colour=QUIET)
        signs.draw(canvas, top + words)
        panel = Panel.laid(left - 0.06, right + 0.06, top + above, top + above + tall, places, (low, high))
        panel.grid(canvas, write)
        if kind != "rate":  # a percentage has its sign
            canvas.text(0, top + words + signs.height + 0.1, say("axis.number"), SMALL, colour=QUIET)
        panel.periods(canvas, places, [str(row["period"]) for row in rows])
        show_events(canvas, panel, shelves, top + above)
        _limits(canvas, panel, places, rows)
        if latest and latest["target"] is not None:
            canvas.line(panel.sides, [panel.up.at(latest["target"])] * 2, AIM, 1.1, dashes=TARGET)
        if latest:
            _names(canvas, panel, named, latest)
        panel.line(canvas, places, [row["value"] for row in rows], "#6B6B6B", 0.9)
        _points(canvas, panel, places, rows)

    return Band(above + tall + 0.34, draw)


def written(kind: str, digits: int) -> Callable[[float], str]:
    """How the ticks of a chart are written, of values that need so many decimals."""
    if kind == "rate":
        return lambda value: used().figure(text.percent(value, max(digits - 2, 0)))
    return (lambda value: text.fixed(value, digits)) if digits else text.number


def _span(rows: Sequence[Row]) -> tuple[float, float]:
    """The values and limits that the chart shows. A lower limit below zero is not shown where no value is: counts and rates cannot fall there."""
    held = [row["value"] for row in rows if row["value"] is not None]
    positive = not held or min(held) >= 0
    known = [row[key] for row in rows for key in ("value", "lower", "upper", "target")]
    return spread([max(value, 0.0) if positive else value for value in known if value is not None])


def _limits(canvas: Canvas, panel: Panel, places: Sequence[float], rows: Sequence[Row]) -> None:
    styles: dict[str, Dashes] = {"centre": (), **dict.fromkeys(("lower", "upper"), LIMIT), **dict.fromkeys(("lower_two_sigma", "upper_two_sigma"), TWO_SIGMA)}
    for key, style in styles.items():
        for steps in _steps(places, rows, key):
            shown = [(panel.across.at(place), panel.up.at(value)) for place, value in steps]
            if any(panel.up.holds(value) for _, value in steps):
                faint = "sigma" in key
                canvas.line([x for x, _ in shown], [y for _, y in shown], QUIET if faint else INK, 0.6 if faint else 0.9, dashes=style)


def _steps(places: Sequence[float], rows: Sequence[Row], key: str) -> Iterator[list[tuple[float, float]]]:
    """A line of the chart in pieces: a new one where the centre is set anew; within one it steps halfway between two periods, and passes over gaps."""
    known = [(place, row) for place, row in zip(places, rows, strict=True) if row[key] is not None]
    for _, piece in groupby(known, lambda pair: pair[1]["centre"]):
        held = [(place, row[key]) for place, row in piece]
        first, last = held[0], held[-1]
        steps = [((before[0] + after[0]) / 2, value) for before, after in pairwise(held) for value in (before[1], after[1])]
        start, end = (first[0], last[0]) if len(held) > 1 else (first[0] - 0.5, last[0] + 0.5)
        yield [(start, first[1]), *steps, (end, last[1])]


def _names(canvas: Canvas, panel: Panel, named: Sequence[tuple[str, str]], latest: Row) -> None:
    """The latest centre and limits in figures beside their lines, moved apart where they would touch."""
    named = sorted(named, key=lambda pair: -latest[pair[0]])
    places = [panel.up.at(latest[key]) for key, _ in named]
    for i, (above, below) in enumerate(pairwise(places)):
        if below - above < 0.12:
            places[i + 1] = above + 0.12
    for y, (_, words) in zip(places, named, strict=True):
        canvas.text(panel.sides[1] + 0.08, y, words, SMALL)


def _points(canvas: Canvas, panel: Panel, places: Sequence[float], rows: Sequence[Row]) -> None:
    small = len(rows) > 80
    for place, row in zip(places, rows, strict=True):
        if row["value"] is None:
            continue
        x, y = panel.across.at(place), panel.up.at(row["value"])
        if row["signal"] is None:
            canvas.mark(x, y, "o", "#6B6B6B", size=1.8 if small else 2.6)
        else:
            canvas.mark(x, y, SHAPES.get(row["signal"], "*"), COLOURS.get(row["variation"], PURPLE), size=3.4 if small else 4.6)


def marked(rows: Sequence[Row], events: Sequence[Row]) -> list[tuple[float, str]]:
    """The places and names of the events that lie within a series."""
    at = {str(row["period"]): float(place) for place, row in enumerate(rows)}
    return [(at[event["period"]], str(event["event"] or "")) for event in events if event["period"] in at][:_MOST_EVENTS]


def shelves_of(events: Sequence[tuple[float, str]], left: float, right: float, count: int) -> list[tuple[int, float, float, str]]:
    """Each event's shelf over the chart, its line, where its name starts, and its name; names on one shelf do not touch."""
    ends: list[float] = []
    found = []
    for place, words in events:
        x = left + (place / (count - 1) if count > 1 else 0.5) * (right - left)
        name = shorten(words, TINY, 2.6)
        start = min(x, page_width() - measure(name, TINY))
        shelf = next((i for i, end in enumerate(ends) if end < start), len(ends))
        ends[shelf : shelf + 1] = [start + measure(name, TINY) + 0.1]
        found.append((shelf, x, start, name))
    return found


def show_events(canvas: Canvas, panel: Panel, shelves: Sequence[tuple[int, float, float, str]], top: float) -> None:
    """A broken line at each event, and its name over the plot."""
    for shelf, x, start, name in shelves:
        y = top - 0.11 - shelf * 0.13
        canvas.line([x, x], [y + 0.07, panel.up.left], INK, 0.8, dashes=EVENT, above=False)
        canvas.note(start, y, name, TINY, page_width())


def _legend(rows: Sequence[Row], events: bool) -> Band:
    keys = []
    for rule, shape in SHAPES.items():
        if any(row["signal"] == rule for row in rows):
            keys.append(Key(word("rule", rule), mark(shape, INK)))
    for code in ("improvement", "concern"):
        if any(row["variation"] == code for row in rows):
            keys.append(Key(word("variation", code), mark("o", COLOURS[code], size=5.5)))
    if any(row["variation"] in ("high", "low") for row in rows):
        keys.append(Key(say("legend.no_direction"), mark("o", PURPLE, size=5.5)))
    for words, style in ((say("legend.limits"), LIMIT), (say("legend.two_thirds"), TWO_SIGMA)):
        if any(row["upper"] is not None for row in rows):
            keys.append(Key(words, dashes(style)))
    if any(row["target"] is not None for row in rows):
        keys.append(Key(say("legend.target"), dashes(TARGET, colour=AIM)))
    if events:
        keys.append(Key(say("legend.event"), dashes(EVENT, upright=True)))
    return legend(keys)


def _caption(result: Result) -> Iterator[str]:
    yield say("caption.charts")
    yield text.one_line(result.method)
