"""The figure of `trend_waves`: for each statement its mean in every wave, the line through them, and its slope in figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from rpgstat import text
from rpgstat.glossary.conclusions import concluded
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split
from rpgstat.media.picture.axis import Axis, decimals, spread
from rpgstat.media.picture.colours import EARLIER, LATER
from rpgstat.media.picture.labels import heading, label_width, labelled
from rpgstat.media.picture.paper import QUIET, RULE, SMALL, Canvas, measure, page_width, shorten
from rpgstat.media.picture.sheet import Band, Block, Key, Sheet, legend, mark
from rpgstat.media.style import used
from rpgstat.media.terminal.plotter import PLOT, Place, Plotter
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.views.rows import name, rows_of
from rpgstat.views.series.course import sparkline

_HIGH = 0.42
"""Inches: the height of a statement's plot."""

_FOUND = ("rose", "fell", "mixed")


@record
class Frame:
    """Waves and their times, and where things stand, in inches."""

    waves: tuple[str, ...]
    times: tuple[float, ...]
    label: float
    across: Axis
    n: float


def sheet(result: Result) -> Sheet:
    """A block for each battery, with a row for each statement and all waves on it."""
    rows = rows_of(result)
    frame = _frame(result, rows)
    blocks = tuple(_block(str(battery), own, frame) for (battery,), own in split(rows, ("battery",)))
    return Sheet(text.one_line(result.title), (), (_legend(),), blocks, tuple(_caption(result)))


def plot(result: Result, rows: Sequence[Row], plotter: Plotter) -> Iterator[Any]:
    """The course of each statement's means, the first and the last of them, and its slope."""
    course = max(8, len(result.options["waves"]))
    figures = max((len(line) for row in rows for line in _slope(row)), default=1)
    columns: list[Place] = [("", course, "left"), (say("heading.first_last"), 13, "right"), (say("heading.slope"), figures, "right"), PLOT]
    yield plotter.text("\n" + say("plot.trend", waves=", ".join(result.options["waves"])))
    for (battery,), own in split(rows, ("battery",)):
        grid, _ = plotter.grid(columns, map(name, own))
        for row in own:
            means = row["wave_means"] or []
            held = [mean for mean in means if mean is not None]
            ends = say("number.span", low=text.fixed(held[0]), high=text.fixed(held[-1])) if held else text.NONE
            cells = (sparkline(means) if held else "", ends, "\n".join(_slope(row)), concluded(row["conclusion"]) if row["conclusion"] else "")
            grid.add_row(plotter.text(name(row)), *map(plotter.text, cells))
        yield plotter.heading(str(battery))
        yield grid


def _slope(row: Row) -> list[str]:
    """The slope, and below it its limits."""
    if row["slope"] is None:
        return [text.NONE]
    limits = [used().limits("points", row["slope_low"], row["slope_high"])] if row["slope_low"] is not None else []
    return [text.signed(row["slope"]), *limits]


def _frame(result: Result, rows: Sequence[Row]) -> Frame:
    label = label_width(map(name, rows), 2.2)
    sizes = max((measure(_size(row), SMALL) for row in rows), default=0.0)
    figures = max((measure(words, SMALL, bold=True) for row in rows for words in _said(row)), default=0.0)
    times = [float(time) for time in result.options["times"]]
    left, right = label + sizes + 0.6, page_width() - figures - 0.3
    return Frame(tuple(result.options["waves"]), tuple(times), label, Axis(min(times), max(times), left, right), label + sizes + 0.1)


def _size(row: Row) -> str:
    return "" if row["n"] is None else say("number.n", n=text.count(row["n"]))


def _said(row: Row) -> list[str]:
    """What stands at the right: slope and limits, and the conclusion."""
    return [" ".join(_slope(row)), concluded(row["conclusion"]) if row["conclusion"] else ""]


def _block(battery: str, rows: Sequence[Row], frame: Frame) -> Block:
    means = [mean for row in rows for mean in row["wave_means"] or () if mean is not None]
    span = spread(means)
    bands = tuple(_row(row, frame, span) for row in rows)
    return Block(_head(battery, frame), bands, _head(say("figure.continued", title=battery), frame))


def _head(battery: str, frame: Frame) -> Band:
    name = heading(battery, frame.across.left - 0.6)
    room = min((frame.across.at(b) - frame.across.at(a) for a, b in pairwise(sorted(frame.times))), default=1.0)

    def draw(canvas: Canvas, top: float) -> None:
        base = top + name.height + 0.05
        name.draw(canvas, base)
        canvas.text((frame.across.left + frame.across.right) / 2, base - 0.15, say("axis.mean_of_wave"), SMALL, align="center", colour=QUIET)
        canvas.text(page_width() - 0.03, base, say("heading.slope"), SMALL, align="right", colour=QUIET)
        for place, (wave, time) in enumerate(zip(frame.waves, frame.times, strict=True)):
            shown = shorten(wave, SMALL, 1.0)
            if place in (0, len(frame.waves) - 1) or measure(shown, SMALL) + 0.08 < room:
                canvas.text(frame.across.at(time), base, shown, SMALL, align="center", colour=QUIET)

    return Band(name.height + 0.15, draw)


def _row(row: Row, frame: Frame, span: tuple[float, float]) -> Band:
    points = [(time, mean) for time, mean in zip(frame.times, row["wave_means"] or (), strict=False) if mean is not None]
    digits = max(1, decimals(*span, 2))

    def draw(canvas: Canvas, y: float) -> None:
        up = Axis(*span, y + _HIGH / 2, y - _HIGH / 2)
        canvas.text(frame.n, y, _size(row), SMALL, align="right", colour=QUIET)
        for end in span:
            canvas.line([frame.across.left - 0.08, frame.across.right + 0.08], [up.at(end)] * 2, RULE, 0.5, above=False)
            canvas.text(frame.across.left - 0.14, up.at(end), text.fixed(end, digits), SMALL, align="right", colour=QUIET)
        for (a, m), (b, other) in pairwise(fitted(row, frame.times)):
            canvas.line([frame.across.at(a), frame.across.at(b)], [up.at(m), up.at(other)], EARLIER, 1.6)
        for time, mean in points:
            canvas.mark(frame.across.at(time), up.at(mean), "s", LATER, filled=row["conclusion"] in _FOUND)
        if not points and row["note"]:
            canvas.note(frame.across.left, y, row["note"], SMALL, frame.across.right - frame.across.left)
        slope, verdict = _said(row)
        canvas.text(page_width() - 0.03, y - 0.07, slope, SMALL, align="right", bold=row["conclusion"] in ("rose", "fell"))
        canvas.text(page_width() - 0.03, y + 0.08, verdict, SMALL, align="right")

    return labelled(name(row), frame.label, _HIGH + 0.08, draw, bold=row["item"] is None)


def fitted(row: Row, times: Sequence[float]) -> list[tuple[float, float]]:
    """The ends of the line: through the middle of the waves, or of all answers where people are linked; weights change its slope only."""
    found = [(time, mean, n) for time, mean, n in zip(times, row["wave_means"] or (), row["wave_n"] or (), strict=False) if mean is not None]
    if row["slope"] is None or not found:
        return []
    weights = [float(n) if row["method"] == "clustered" else 1.0 for _, _, n in found]
    whole = sum(weights)
    middle = sum(weight * time for weight, (time, _, _) in zip(weights, found, strict=True)) / whole
    mean = sum(weight * own for weight, (_, own, _) in zip(weights, found, strict=True)) / whole
    return [(time, mean + row["slope"] * (time - middle)) for time in (min(t for t, _, _ in found), max(t for t, _, _ in found))]


def _legend() -> Band:
    def line(canvas: Canvas, x: float, y: float) -> None:
        canvas.line([x - 0.09, x + 0.09], [y, y], EARLIER, 1.6)

    found, open_ = mark("s", LATER), mark("s", LATER, filled=False)
    return legend([Key(say("legend.trend_found"), found), Key(say("legend.trend_not_found"), open_), Key(say("legend.trend_line"), line)])


def _caption(result: Result) -> Iterator[str]:
    yield say("caption.trend", level=used().prose(text.confidence(result.options["alpha"])))
    yield text.one_line(result.method)
