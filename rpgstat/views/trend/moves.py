"""The figure of `transitions`: for each statement a grid of the answers before, down, and after, across; above the diagonal people went up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import WITHHELD, Row, split, withheld, withheld_means
from rpgstat.media.picture import colours
from rpgstat.media.picture.paper import INK, LABEL, PALE, QUIET, SMALL, WIDTH, Canvas, line_height, measure, shorten, wrap
from rpgstat.media.picture.sheet import Band, Block, Key, Sheet, legend, swatch
from rpgstat.media.style import used
from rpgstat.media.terminal.plotter import GAP, Plotter
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.rows import rows_of, values

_CELL = 0.2
"""Inches: the height of a cell."""

_LABEL, _LEVEL = 1.7, 1.25
"""Inches: the widest column of statements, and of answers before."""

_HATCH = "xxxx"
_UP, _SAME, _DOWN = colours.LATER, "#6E6E6E", colours.EARLIER
_CELLS = 9
"""Characters of a cell on a screen."""


@record
class Frame:
    """The answers, lowest first, and where things stand, in inches."""

    levels: tuple[str, ...]
    label: float
    left: float
    width: float

    @classmethod
    def of(cls, levels: Sequence[str]) -> Frame:
        """The frame of a battery."""
        level = min(max(measure(words, SMALL) for words in levels), _LEVEL)
        left = _LABEL + level + 0.2
        return cls(tuple(levels), _LABEL, left, (WIDTH - left) / len(levels))


def sheet(result: Result, beside: Beside) -> Sheet:
    """A block for each pair of waves and battery, a grid for each statement; how many went up, stayed and went down is taken from `compare` beside it."""
    rows, sums = rows_of(result), _sums(beside)
    blocks = [_block(f"{battery}, {one} → {other}", own, sums) for (one, other, battery), own in split(rows, ("reference", "wave", "battery"))]
    return Sheet(text.one_line(result.title), (), (_legend(rows),) if rows else (), tuple(blocks), tuple(_caption(result, rows)), width=WIDTH)


def _sums(beside: Beside) -> dict[Any, str]:
    """By item and waves, how many of its people went up, stayed and went down."""
    rows = [row for result in beside if result.name == "compare" and "up" in result.frame.columns for row in rows_of(result) if row["up"] is not None]
    told = ("up", "unchanged", "down")
    return {(row["item"], row["reference"], row["wave"]): say("plot.sums", **{key: text.count(row[key]) for key in told}) for row in rows}


def _block(title: str, rows: Sequence[Row], sums: Mapping[Any, str]) -> Block:
    frame = Frame.of(values(rows, "before"))
    bands = tuple(_grid(own, frame, sums.get(keys, "")) for keys, own in split(rows, ("item", "reference", "wave")))
    return Block(_head(title, frame), bands, _head(say("figure.continued", title=title), frame))


def _head(title: str, frame: Frame) -> Band:
    lines = wrap(title, LABEL, frame.left - 0.3, bold=True, most=4)
    heads = [wrap(level, SMALL, frame.width - 0.06, most=4) for level in frame.levels]
    tall = max(len(lines) * line_height(LABEL), *(len(head) * line_height(SMALL) for head in heads)) + 0.06

    def draw(canvas: Canvas, top: float) -> None:
        base = top + tall - 0.04
        canvas.lines(0, base - len(lines) * line_height(LABEL), lines, LABEL, bold=True)
        for place, head in enumerate(heads):
            canvas.lines(frame.left + (place + 0.5) * frame.width, base - len(head) * line_height(SMALL), head, SMALL, align="center", colour=QUIET)

    return Band(tall, draw)


def _grid(rows: Sequence[Row], frame: Frame, sums: str) -> Band:
    """A statement, and from which answer to which people moved."""
    rank = {level: place for place, level in enumerate(frame.levels)}
    lines, below = wrap(str(rows[0]["text"]), LABEL, frame.label - 0.1, most=5), wrap(sums, SMALL, frame.label - 0.1) if sums else []
    most = max((row["n"] or 0 for row in rows), default=0)
    under = len(lines) * line_height(LABEL) + 0.03
    tall = max(under + len(below) * line_height(SMALL), len(frame.levels) * _CELL) + 0.12

    def draw(canvas: Canvas, top: float) -> None:
        canvas.lines(0, top, lines, LABEL, colour=INK)
        canvas.lines(0, top + under, below, SMALL, colour=QUIET)
        for level, place in rank.items():
            words = shorten(level, SMALL, _LEVEL)
            canvas.text(frame.left - 0.08, top + (place + 0.5) * _CELL, words, SMALL, align="right", colour=QUIET)
        for row in rows:
            before, after = rank[row["before"]], rank[row["after"]]
            _cell(canvas, (frame.left + after * frame.width, top + before * _CELL, frame.width - 0.02, _CELL - 0.02), row, after - before, most)

    return Band(tall, draw)


def _cell(canvas: Canvas, place: tuple[float, float, float, float], row: Row, up: int, most: int) -> None:
    x, y, width, height = place
    if withheld(row):
        canvas.box(*place, PALE, hatch=_HATCH)
        canvas.box(x + width / 2 - 0.13, y + 0.02, 0.26, height - 0.04, PALE)
        canvas.text(x + width / 2, y + height / 2, WITHHELD, SMALL, align="center")
        return
    ground = shade(row["n"] or 0, most, up)
    canvas.box(*place, ground)
    canvas.text(x + width / 2, y + height / 2, used().cell("count", row["n"]), SMALL, align="center", colour=colours.on(ground), bold=up == 0)


def shade(n: int, most: int, up: int) -> str:
    """The colour of a cell: by where people moved, the darker the more they are; that of nobody is pale.

    >>> shade(0, 20, 1), shade(20, 20, 1), shade(20, 20, -1)
    ('#F2F2F2', '#12436D', '#F46A25')
    """
    full = _UP if up > 0 else _DOWN if up < 0 else _SAME
    return colours.mixed(PALE, full, 0.15 + 0.85 * n / most) if n and most else PALE


def _legend(rows: Sequence[Row]) -> Band:
    keys = [Key(say("legend.went_up"), swatch(_UP)), Key(say("legend.stayed"), swatch(_SAME)), Key(say("legend.went_down"), swatch(_DOWN))]
    return legend([*keys, *([Key(say("legend.withheld"), swatch(PALE, _HATCH))] if any(map(withheld, rows)) else [])])


def _caption(result: Result, rows: Sequence[Row]) -> Iterator[str]:
    yield say("caption.moves")
    yield text.one_line(result.method)
    if any(map(withheld, rows)):
        yield withheld_means()


def plot(rows: Sequence[Row], plotter: Plotter) -> Iterator[Any]:
    """A grid for each statement: a line for each answer before, a column for each after."""
    yield plotter.text("\n" + say("plot.moves"))
    for (one, other, battery), own in split(rows, ("reference", "wave", "battery")):
        levels = values(own, "before")
        yield plotter.heading(f"{battery}, {one} → {other}")
        for (_, words), found in split(own, ("item", "text")):
            yield plotter.heading(str(words))
            yield _table(found, levels, plotter)


def _table(rows: Sequence[Row], levels: Sequence[str], plotter: Plotter) -> Table:
    label = max(12, min(max(map(len, levels)), plotter.width - len(levels) * (_CELLS + GAP)))
    grid = Table.grid(padding=(0, GAP, 0, 0))
    grid.add_column(width=label, overflow="fold")
    for _ in levels:
        grid.add_column(width=_CELLS, justify="right", overflow="fold")
    grid.add_row("", *(plotter.text(text.shortened(level, 2 * _CELLS - 1)) for level in levels), style="dim")
    for before, own in split(rows, ("before",)):
        cells = [Text(WITHHELD if row["n"] is None else text.count(row["n"]), style="bold" if row["before"] == row["after"] else "") for row in own]
        grid.add_row(plotter.text(before[0]), *map(plotter.cell, cells))
    return grid
