"""The figure of `compare` over three waves or more: every wave of a statement on one row, a line for each, with its mean, its interval and its change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from rpgstat import text
from rpgstat.glossary import FOUND
from rpgstat.media.pages import Row, split, withheld
from rpgstat.media.picture.axis import Axis
from rpgstat.media.picture.colours import EARLIER, LATER
from rpgstat.media.picture.labels import label_width, labelled, plot_height
from rpgstat.media.picture.paper import QUIET, SMALL, Canvas, is_narrow, measure, page_width, shorten
from rpgstat.media.picture.sheet import Band, Block, Sheet
from rpgstat.media.style import used
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.views.rows import name, rows_of
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
class Frame(pairs.Frame):
    """Where things stand, in inches; names of waves between statements and figures."""

    wave: float


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
    return Frame(label, n, mean, mean + 0.15, change - 0.2, change - 0.05, wave=label + 0.1)


def _panel(group: str, rows: Sequence[Row], frame: Frame, alpha: float) -> Iterator[Block]:
    if group and all(map(withheld, rows)):
        yield pairs.all_withheld(group)
        return
    for (battery,), own in split(rows, ("battery",)):
        yield _block(str(battery), group, own, frame, alpha)
        group = ""


def _block(battery: str, group: str, rows: Sequence[Row], frame: Frame, alpha: float) -> Block:
    found = {item: own for (item,), own in split(rows, ("item",))}
    return pairs.block(battery, group, rows, frame, alpha, lambda item, axis, middle: _row(found[item], frame, axis, middle))


def _row(rows: Sequence[Row], frame: Frame, axis: Axis | None, middle: float | None) -> Band:
    waves, line = points(rows) or [], _NARROW_LINE if is_narrow() else _LINE

    def draw(canvas: Canvas, y: float) -> None:
        pairs.upright(canvas, y, plot_height(band) / 2, axis, middle)
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
