"""The figure of `breakdown` in characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import WITHHELD, Row, mean_only, split, withheld
from rpgstat.media.terminal import strip
from rpgstat.media.terminal.plotter import GAP, Plotter
from rpgstat.result import Result
from rpgstat.views.base import Beside
from rpgstat.views.groups.matrix import BEST, HIGHER, LOWER, MEAN_ONLY, few_means
from rpgstat.views.rows import name, values


def breakdown(_: Result, rows: Sequence[Row], plotter: Plotter, __: Beside) -> Iterator[RenderableType]:
    """A cell for each statement and group: the mean with its signs over a bar on the scale."""
    yield plotter.text("\n" + say("plot.groups", best=BEST, higher=HIGHER, lower=LOWER))
    groups, wide = [str(group) for group in values(rows, "group")], 12
    label = max(16, min(36, plotter.width - (wide + GAP) * len(groups)))
    across = max(1, (plotter.width - label) // (wide + GAP))
    for (wave, battery), own in split(rows, ("wave", "battery")):
        yield plotter.heading(f"{battery}, {wave}")
        for i in range(0, len(groups), across):
            yield _heat_map(plotter, own, groups[i : i + across], label, wide)
    if any(map(mean_only, rows)):
        yield plotter.text(f"\n{few_means(MEAN_ONLY)}")


def _heat_map(plotter: Plotter, rows: Sequence[Row], groups: Sequence[str], label: int, wide: int) -> Table:
    found = {(row["item"], str(row["group"])): row for row in rows}
    grid = Table.grid(padding=(0, GAP, 0, 0))
    for width in (label, *[wide] * len(groups)):
        grid.add_column(width=width, overflow="fold")
    first = rows[0]
    unit = "" if first["scale_low"] is None else say("axis.mean", low=text.short(first["scale_low"]), high=text.short(first["scale_high"]))
    grid.add_row(plotter.text(unit), *map(plotter.text, groups))
    for item, row in {row["item"]: row for row in rows}.items():
        grid.add_row(plotter.text(name(row)), *(plotter.cell(_heat(found.get((item, group)), wide - 2)) for group in groups))
    return grid


def _heat(row: Row | None, width: int) -> Text:
    if row is None:
        return Text("")
    if withheld(row) or row["mean"] is None:
        return Text(WITHHELD if withheld(row) else text.NONE)
    sign = {"higher": HIGHER, "lower": LOWER}.get(row["conclusion"], "")
    marks = f"{BEST if row['rank'] == 1 else ''}{sign}{MEAN_ONLY if mean_only(row) else ''}"
    head = Text(f"{text.cell('mean', row['mean'])} {marks}".rstrip(), style="bold" if sign else "")
    return Text("\n").join([head, strip.bar(width, (row["scale_low"], row["scale_high"], row["midpoint"]), row["mean"])])
