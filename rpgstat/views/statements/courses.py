"""The figure of `compare` over three waves or more: every wave of a statement on one row, a line for each, with its mean, its interval and its change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from rpgstat import text
from rpgstat.glossary import COLUMNS, FOUND
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split, withheld
from rpgstat.media.picture.axis import Axis
from rpgstat.media.picture.colours import EARLIER, LATER
from rpgstat.media.picture.labels import heading, label_width, labelled, plot_height
from rpgstat.media.picture.paper import INK, QUIET, RULE, SMALL, Canvas, is_narrow, measure, page_width, shorten
from rpgstat.media.picture.sheet import Band, Block, Sheet, both
from rpgstat.media.style import used
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.views.rows import name, ranked, rows_of
from rpgstat.views.statements import pairs

_LINE, _NARROW_LINE = 0.135, 0.27
"""Inches from one wave of a row to the next; on a narrow page the limits of a change stand below it."""

_MOST_WAVE = 0.9
"""Inches that the name of a wave may take."""


@record
class Point:
    """A wave of a statement: its numbers, and the comparison in which it is the later one; None of the first reference."""

    wave: str
    n: int | None
    mean: float | None
    low: float | None
    high: float | None
    row: Row | None


@record
class Frame:
    """Where things stand, in inches."""

    label: float
    wave: float
    n: float
    mean: float
    left: float
    right: float
    change: float


def points(rows: Sequence[Row]) -> list[Point] | None:
    """The waves of one statement of one group, the reference first; None where a wave has other numbers in one comparison than in another."""
    found: dict[str, Point] = {}
    for row in rows:
        before = Point(row["reference"], row["n_reference"], row["mean_reference"], row["reference_low"], row["reference_high"], None)
        after = Point(row["wave"], row["n"], row["mean"], row["mean_low"], row["mean_high"], row)
        for point in (before, after):
            known = found.setdefault(point.wave, point)
            if (known.n, known.mean) != (point.n, point.mean):
                return None
    return list(found.values())


def fits(result: Result) -> bool:
    """Whether there are three waves or more, each with one set of numbers: those of pairs of people differ from one comparison to the next."""
    rows = _rows(result)
    waves = {row[key] for row in rows for key in ("reference", "wave")}
    return len(waves) > 2 and all(points(own) is not None for _, own in split(rows, ("group", "battery", "item")))


def sheet(result: Result) -> Sheet:
    """A panel for each group, and in it a block for each battery."""
    rows = _rows(result)
    frame, alpha = _frame(rows), result.options.get("alpha", 0.05)
    panels = list(split(rows, ("group",)))
    blocks = [block for (group,), own in panels for block in _panel(str(group) if group else "", own, frame, alpha)]
    keys = (pairs.legend_of(None, rows),) if rows else ()
    return Sheet(text.one_line(result.title), (), keys, tuple(blocks), tuple(pairs.caption(result, rows, alpha, several=True)))


def _rows(result: Result) -> list[Row]:
    return [{"group": None, **row} for row in rows_of(result)]


def _frame(rows: Sequence[Row]) -> Frame:
    label = label_width(map(name, rows), 1.9)
    waves = max(measure(shorten(str(row[key]), SMALL, _MOST_WAVE), SMALL) for row in rows for key in ("reference", "wave"))
    sizes = max(measure(used().cell("count", row[key]), SMALL) for row in rows for key in ("n_reference", "n"))
    n = label + waves + sizes + 0.25
    mean = n + measure("10.00", SMALL) + 0.1
    change = page_width() - max(pairs.change_width(row) for row in rows)
    return Frame(label, label + 0.1, n, mean, mean + 0.15, change - 0.2, change - 0.05)


def _panel(group: str, rows: Sequence[Row], frame: Frame, alpha: float) -> Iterator[Block]:
    if group and all(map(withheld, rows)):
        yield pairs.all_withheld(group)
        return
    for (battery,), own in split(rows, ("battery",)):
        yield _block(str(battery), group, own, frame, alpha)
        group = ""


def _block(battery: str, group: str, rows: Sequence[Row], frame: Frame, alpha: float) -> Block:
    scale = next((row for row in rows if row["scale_low"] is not None), None)
    axis = None if scale is None else Axis(scale["scale_low"], scale["scale_high"], frame.left, frame.right)
    middle = scale["midpoint"] if scale else None
    found = {item: own for (item,), own in split(rows, ("item",))}
    bands = tuple(_row(found[item], frame, axis, middle) for item in ranked(rows))
    head, again = (_head(words, frame, axis, middle, alpha) for words in (battery, say("figure.continued", title=battery)))
    return Block(both(pairs.over(group), head) if group else head, bands, again)


def _head(battery: str, frame: Frame, axis: Axis | None, middle: float | None, alpha: float) -> Band:
    title = heading(battery, frame.n - 0.15)
    tall = title.height + (pairs.AXIS_TITLE if axis else 0.0)

    def draw(canvas: Canvas, top: float) -> None:
        base = top + tall - 0.1
        title.draw(canvas, base)
        canvas.text(frame.n, base, "n", SMALL, align="right", colour=QUIET)
        canvas.text(frame.mean, base, COLUMNS["mean"].label, SMALL, align="right", colour=QUIET)
        canvas.text(frame.change, base, say("heading.change_interval", level=used().prose(text.confidence(alpha))), SMALL, colour=QUIET)
        pairs.scale(canvas, base, axis, middle)

    return Band(tall, draw)


def _row(rows: Sequence[Row], frame: Frame, axis: Axis | None, middle: float | None) -> Band:
    waves, line = points(rows) or [], _NARROW_LINE if is_narrow() else _LINE

    def draw(canvas: Canvas, y: float) -> None:
        half = plot_height(band) / 2
        for place, _ in pairs.marked(axis, None) if axis else ():
            canvas.line([place, place], [y - half, y + half], RULE, 0.5, above=False)
        if axis and middle is not None:
            canvas.line([axis.at(middle)] * 2, [y - half, y + half], INK, 0.8, dashes=pairs.MIDPOINT, above=False)
        places = [y + (i - (len(waves) - 1) / 2) * line for i in range(len(waves))]
        if axis:
            _course(canvas, axis, list(zip(places, waves, strict=True)))
        for place, point in zip(places, waves, strict=True):
            _wave(canvas, place, point, rows[0], frame, axis)

    band = labelled(name(rows[0]), frame.label, len(waves) * line, draw, bold=rows[0]["item"] is None)
    return band


def _course(canvas: Canvas, axis: Axis, placed: Sequence[tuple[float, Point]]) -> None:
    held = [(y, point) for y, point in placed if point.mean is not None]
    for (above, one), (below, other) in pairwise(held):
        canvas.line([axis.at(one.mean or 0.0), axis.at(other.mean or 0.0)], [above, below], "#8C8C8C", 1.4)
    for y, point in held:
        colour = EARLIER if point.row is None else LATER
        axis.interval(canvas, y, point.low, point.high, colour)
        filled = point.row is not None and point.row["conclusion"] in FOUND
        canvas.mark(axis.at(point.mean or 0.0), y, pairs.BEFORE if point.row is None else pairs.AFTER, colour, filled=filled)


def _wave(canvas: Canvas, y: float, point: Point, first: Row, frame: Frame, axis: Axis | None) -> None:
    """One line of a row: the wave, its n and mean, and its change."""
    row: dict[str, Any] = {**(point.row or first), "n": point.n, "mean": point.mean}
    canvas.text(frame.wave, y, shorten(point.wave, SMALL, _MOST_WAVE), SMALL, colour=QUIET)
    canvas.text(frame.n, y, pairs.number(row, "count", "n"), SMALL, align="right", colour=QUIET)
    canvas.text(frame.mean, y, pairs.number(row, "mean", "mean"), SMALL, align="right")
    if point.row is not None:
        pairs.figures(canvas, y, point.row, frame.change, axis)
