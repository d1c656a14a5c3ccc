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
from rpgstat.views.statements.bars import shares, sides


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


def compare(_: Result, found: Sequence[Row], plotter: Plotter, __: Beside) -> Iterator[RenderableType]:
    """Two lines for each statement: the reference mean with its interval, and the later one."""
    rows = [{"group": None, **row} for row in found]
    for (group, reference, wave), panel in split(rows, ("group", "reference", "wave")):
        who = f"{group}: " if group else ""
        yield plotter.text("\n" + say("plot.compare", who=who, reference=reference, wave=wave))
        for (battery,), own in split(panel, ("battery",)):
            yield plotter.heading(str(battery))
            yield plotter.text(say("plot.withheld", sign=WITHHELD)) if all(map(withheld, own)) else _pairs(own, plotter)


def _pairs(rows: Sequence[Row], plotter: Plotter) -> Table:
    ends = next(((row["scale_low"], row["scale_high"], row["midpoint"]) for row in rows if row["scale_low"] is not None), (None, None, None))
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


def _change(row: Row) -> str:
    limits = "" if row["conf_low"] is None else text.interval(row["conf_low"], row["conf_high"])
    change = WITHHELD if withheld(row) else text.NONE if row["estimate"] is None else text.signed(row["estimate"])
    return f"{SIGNS.get(row['conclusion'], ' ')} {change}\n  {limits}"
