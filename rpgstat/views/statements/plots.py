"""The figures of `score` and `compare` in characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rpgstat import text
from rpgstat.glossary import COLUMNS, FOUND, SIGNS
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import WITHHELD, Row, split, withheld
from rpgstat.media.picture import colours
from rpgstat.media.terminal import strip
from rpgstat.media.terminal.plotter import BLUE, PLOT, Place, Plotter
from rpgstat.media.terminal.strip import level_fills
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.rows import name, ranked, values
from rpgstat.views.statements import courses
from rpgstat.views.statements.bars import shares, sides

_WIDE = 100
"""Characters of a screen on which a change and its limits stand on one line."""


def _place(key: str, usual: int) -> Place:
    """A column of figures, as wide as its heading needs."""
    head = COLUMNS[key].label
    return head, max(usual, len(head)), "right"


def score(_: Result, found: Sequence[Row], plotter: Plotter, __: Beside) -> Iterator[RenderableType]:
    """A diverging bar for each statement and wave."""
    rows = [row for row in found if row["item"] is not None]
    waves = values(rows, "wave")
    names: list[Place] = [("", min(max(map(len, waves)), 12), "left")] if len(waves) > 1 else []
    columns: list[Place] = [*names, ("n", 6, "right"), PLOT, _place("agree", 6), _place("mean", 5)]
    ends = (max(sides(row)[0] for row in rows), max(sides(row)[1] for row in rows)) if rows else (0.0, 0.0)
    for (battery, levels), own in split([{**row, "levels": tuple(row["levels"] or ())} for row in rows], ("battery", "levels")):
        fills = level_fills(len(levels), directed=own[0]["midpoint"] is not None)
        grid, room = plotter.grid(columns, map(name, rows))
        for item in ranked(own):
            found = [row for wave in waves for row in own if (row["item"], row["wave"]) == (item, wave)]
            bars = [strip.diverging(shares(row), sides(row)[0], ends, room, fills, plotter.colour, row["midpoint"] is not None) for row in found]
            marks = [[text.shortened(str(row["wave"]), 12) for row in found]] if names else []
            figures = [[text.cell(kind, row[key]) for row in found] for key, kind in (("n", "count"), ("agree", "share"), ("mean", "mean"))]
            cells: list[Sequence[str | Text]] = [*marks, figures[0], bars, *figures[1:]]
            grid.add_row(plotter.text(name(found[0])), *(Text("\n").join(plotter.cell(line) for line in cell) for cell in cells))
        yield plotter.heading(str(battery))
        if levels:
            yield plotter.legend(levels, fills)
        yield grid


def compare(result: Result, found: Sequence[Row], plotter: Plotter, _: Beside) -> Iterator[RenderableType]:
    """A line for each wave of a statement, its mean with its interval: the reference and the later one, or all of three waves and more."""
    rows = [{"group": None, **row} for row in found]
    if courses.fits(result):
        yield from _over_waves(rows, plotter)
        return
    for (group, reference, wave), panel in split(rows, ("group", "reference", "wave")):
        who = f"{group}: " if group else ""
        yield plotter.text("\n" + say("plot.compare", who=who, reference=reference, wave=wave))
        for (battery,), own in split(panel, ("battery",)):
            yield plotter.heading(str(battery))
            yield plotter.text(say("plot.withheld", sign=WITHHELD)) if all(map(withheld, own)) else _pairs(own, plotter)


def _over_waves(rows: Sequence[Row], plotter: Plotter) -> Iterator[RenderableType]:
    for (group,), panel in split(rows, ("group",)):
        yield plotter.text("\n" + say("plot.courses", who=f"{group}: " if group else "", reference=panel[0]["reference"]))
        for (battery,), own in split(panel, ("battery",)):
            yield plotter.heading(str(battery))
            yield plotter.text(say("plot.withheld", sign=WITHHELD)) if all(map(withheld, own)) else _courses(own, plotter)


def _courses(rows: Sequence[Row], plotter: Plotter) -> Table:
    ends, found = _ends(rows), {item: own for (item,), own in split(rows, ("item",))}
    names = max(len(str(row[key])) for row in rows for key in ("reference", "wave"))
    counts = max(len(_number(row, "count", key)) for row in rows for key in ("n_reference", "n"))
    change: Place = (COLUMNS["estimate"].label, 22 if plotter.width >= _WIDE else 14, "left")
    columns: list[Place] = [("", min(names, 12), "left"), ("n", counts, "right"), _place("mean", 5), PLOT, change]
    grid, room = plotter.grid(columns, map(name, rows), lambda room: strip.scale(room, ends, text.short))
    for item in ranked(rows):
        label = Text(plotter.show(name(found[item][0])), style="bold" if item is None else "")
        cells = zip(*_lines(found[item], room, ends, "\n" if plotter.width < _WIDE else " "), strict=True)
        grid.add_row(label, *(Text("\n").join(map(plotter.cell, cell)) for cell in cells))
    return grid


def _lines(rows: Sequence[Row], room: int, ends: strip.Ends, then: str) -> Iterator[tuple[str | Text, ...]]:
    """The cells of each wave of a statement; on a narrow screen the limits of its change stand on a line of their own, `then`."""
    since = None
    for point in courses.points(rows) or []:
        row = {**(point.row or rows[0]), "n": point.n, "mean": point.mean}
        sure = point.row is not None and row["conclusion"] in FOUND
        sign, colour = ("■" if sure else "□", BLUE) if point.row else ("○", colours.EARLIER)
        drawn = strip.dot(room, ends, point.mean, (point.low, point.high), sign, colour, since)
        change, *below = (_change(point.row, then) if point.row else "").split("\n")
        told = Text(change, style="bold" if sure else "")
        yield text.shortened(point.wave, 12), _number(row, "count", "n"), _number(row, "mean", "mean"), drawn, told
        yield from (("", "", "", "", limits) for limits in below)
        since = point.mean


def _ends(rows: Sequence[Row]) -> strip.Ends:
    return next(((row["scale_low"], row["scale_high"], row["midpoint"]) for row in rows if row["scale_low"] is not None), (None, None, None))


def _pairs(rows: Sequence[Row], plotter: Plotter) -> Table:
    ends = _ends(rows)
    columns: list[Place] = [("n", 7, "right"), _place("mean", 5), PLOT, (COLUMNS["estimate"].label, 16, "left")]
    grid, room = plotter.grid(columns, map(name, rows), lambda room: strip.scale(room, ends, text.short))
    by_item = {row["item"]: row for row in rows}
    for row in (by_item[item] for item in ranked(rows)):
        sure = row["conclusion"] in FOUND
        before = strip.dot(room, ends, row["mean_reference"], (row["reference_low"], row["reference_high"]), "○", colours.EARLIER)
        after = strip.dot(room, ends, row["mean"], (row["mean_low"], row["mean_high"]), "■" if sure else "□", BLUE)
        pairs = [[_number(row, kind, f"{key}{wave}") for wave in ("_reference", "")] for key, kind in (("n", "count"), ("mean", "mean"))]
        label = Text(plotter.show(name(row)), style="bold" if row["item"] is None else "")
        change = Text(_change(row), style="bold" if sure else "")
        grid.add_row(label, *(plotter.text("\n".join(pair)) for pair in pairs), plotter.cell(Text("\n").join([before, after])), plotter.cell(change))
    return grid


def _number(row: Row, kind: str, key: str) -> str:
    return WITHHELD if withheld(row) and row[key] is None else text.cell(kind, row[key])


def _change(row: Row, then: str = "\n  ") -> str:
    limits = "" if row["conf_low"] is None else text.interval(row["conf_low"], row["conf_high"])
    change = WITHHELD if withheld(row) else text.NONE if row["estimate"] is None else text.signed(row["estimate"])
    return f"{SIGNS.get(row['conclusion'], ' ')} {change}{then}{limits}".rstrip()
