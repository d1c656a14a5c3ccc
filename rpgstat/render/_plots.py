"""Figures in characters, for a terminal or a pipe: the same bars and dots as in the pictures, legible without colour and in ASCII."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Literal

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from rpgstat import text
from rpgstat.render import _figures, _strip, _terminal
from rpgstat.render._figures import colours, intervals, words
from rpgstat.render._figures.rows import name, ranked, rows_of, values
from rpgstat.render._figures.score import shares, sides
from rpgstat.render._matrix import BEST, HIGHER, LOWER, MEAN_ONLY, few_means
from rpgstat.render._model import WITHHELD, WITHHELD_MEANS, Row, Show, mean_only, split, withheld
from rpgstat.render._statements import SYMBOLS
from rpgstat.render._strip import level_fills
from rpgstat.result import Result

GAP = 1
"""Blank cells between two columns."""

Place = tuple[str, int, Literal["left", "right"]]
"""A column: its heading, width and side."""

_PLOT: Place = ("", 0, "left")
"""The column of the plot, which takes what room is left."""

_BLUE = "#3D7DCA"  # reads on a dark screen and on a light one


def render(results: Sequence[Result]) -> bytes:
    """The natural figure of the results as text for standard output, in its encoding. Raises UserError when none can be drawn."""
    result = _figures.natural(results)
    return _terminal.printed(lambda paper, show: _print(paper, show, result, results))


def _print(paper: Console, show: Show, result: Result, beside: Sequence[Result]) -> None:
    rows = rows_of(result)
    paper.print(Text(show(text.one_line(result.title)), style="bold"))
    for line in words.lead(result, beside):
        paper.print(Text(show(line)))
    for part in _parts(result, rows, Plotter(paper, show), beside):
        paper.print(part)
    paper.print()
    paper.print(Text(show(text.one_line(result.method))))
    if result.name == "breakdown" and any(map(mean_only, rows)):
        paper.print(Text(show(few_means(MEAN_ONLY))))
    if any(map(withheld, rows)):
        paper.print(Text(show(WITHHELD_MEANS)))


def _parts(result: Result, rows: Sequence[Row], plotter: Plotter, beside: Sequence[Result]) -> Iterator[RenderableType]:
    match result.name:
        case "score":
            yield from plotter.score([row for row in rows if row["item"] is not None])
        case "compare":
            yield from plotter.compare([{"group": None, **row} for row in rows])
        case "breakdown":
            yield from plotter.breakdown(rows)
        case "workforce":
            yield from plotter.workforce(result, rows)
        case "chart":
            yield from plotter.chart(result, rows, [row for other in beside if other.name == "events" for row in rows_of(other)])
        case _:
            yield from plotter.intervals(rows, intervals.PLANS[result.name])


class Plotter:
    """Sets figures at the width of the paper."""

    def __init__(self, paper: Console, show: Show) -> None:
        self._show = show
        self._colour = paper.color_system is not None and not paper.no_color
        self._width = paper.width

    def score(self, rows: Sequence[Row]) -> Iterator[RenderableType]:
        """A diverging bar for each statement and wave."""
        waves = values(rows, "wave")
        names: list[Place] = [("", min(max(map(len, waves)), 12), "left")] if len(waves) > 1 else []
        columns: list[Place] = [*names, ("n", 6, "right"), _PLOT, ("Agree", 6, "right"), ("Mean", 5, "right")]
        ends = (max(sides(row)[0] for row in rows), max(sides(row)[1] for row in rows)) if rows else (0.0, 0.0)
        for (battery, levels), own in split([{**row, "levels": tuple(row["levels"] or ())} for row in rows], ("battery", "levels")):
            fills = level_fills(len(levels), directed=own[0]["midpoint"] is not None)
            grid, room = self._grid(columns, map(name, rows))
            for item in ranked(own):
                found = [row for wave in waves for row in own if (row["item"], row["wave"]) == (item, wave)]
                bars = [_strip.diverging(shares(row), sides(row)[0], ends, room, fills, self._colour, row["midpoint"] is not None) for row in found]
                marks = [[text.shortened(str(row["wave"]), 12) for row in found]] if names else []
                figures = [[text.cell(kind, row[key]) for row in found] for key, kind in (("n", "count"), ("agree", "share"), ("mean", "mean"))]
                cells: list[Sequence[str | Text]] = [*marks, figures[0], bars, *figures[1:]]
                grid.add_row(self._text(name(found[0])), *(Text("\n").join(self._cell(line) for line in cell) for cell in cells))
            yield self._heading(str(battery))
            if levels:
                yield self._legend(levels, fills)
            yield grid

    def compare(self, rows: Sequence[Row]) -> Iterator[RenderableType]:
        """Two lines for each statement: the reference mean with its interval, and the later one."""
        for (group, reference, wave), panel in split(rows, ("group", "reference", "wave")):
            who = f"{group}: " if group else ""
            yield self._text(f"\n{who}{reference} → {wave}   (○ {reference}; ■ {wave}, changed; □ {wave}, not shown to have changed; ┊ midpoint)")
            for (battery,), own in split(panel, ("battery",)):
                yield self._heading(str(battery))
                yield self._text(f"{WITHHELD} all withheld") if all(map(withheld, own)) else self._pairs(own)

    def _pairs(self, rows: Sequence[Row]) -> Table:
        ends = next(((row["scale_low"], row["scale_high"], row["midpoint"]) for row in rows if row["scale_low"] is not None), (None, None, None))
        columns: list[Place] = [("n", 7, "right"), ("Mean", 5, "right"), _PLOT, ("Change", 16, "left")]
        grid, room = self._grid(columns, map(name, rows), lambda room: _strip.scale(room, ends, text.short))
        by_item = {row["item"]: row for row in rows}
        for row in (by_item[item] for item in ranked(rows)):
            sure = row["conclusion"] in ("higher", "lower", "different")
            before = _strip.dot(room, ends, row["mean_reference"], (row["reference_low"], row["reference_high"]), "○", colours.EARLIER)
            after = _strip.dot(room, ends, row["mean"], (row["mean_low"], row["mean_high"]), "■" if sure else "□", _BLUE)
            pairs = [[_number(row, kind, f"{key}{wave}") for wave in ("_reference", "")] for key, kind in (("n", "count"), ("mean", "mean"))]
            label = Text(self._show(name(row)), style="bold" if row["item"] is None else "")
            change = Text(_change(row), style="bold" if sure else "")
            grid.add_row(label, *(self._text("\n".join(pair)) for pair in pairs), self._cell(Text("\n").join([before, after])), self._cell(change))
        return grid

    def breakdown(self, rows: Sequence[Row]) -> Iterator[RenderableType]:
        """A cell for each statement and group: the mean with its signs over a bar on the scale."""
        yield self._text(f"\n{BEST} highest mean of the statement; {HIGHER} {LOWER} higher or lower than everyone else; ┊ midpoint")
        groups, wide = [str(group) for group in values(rows, "group")], 12
        label = max(16, min(36, self._width - (wide + GAP) * len(groups)))
        across = max(1, (self._width - label) // (wide + GAP))
        for (wave, battery), own in split(rows, ("wave", "battery")):
            yield self._heading(f"{battery}, {wave}")
            for i in range(0, len(groups), across):
                yield self._heat_map(own, groups[i : i + across], label, wide)

    def _heat_map(self, rows: Sequence[Row], groups: Sequence[str], label: int, wide: int) -> Table:
        found = {(row["item"], str(row["group"])): row for row in rows}
        grid = Table.grid(padding=(0, GAP, 0, 0))
        for width in (label, *[wide] * len(groups)):
            grid.add_column(width=width, overflow="fold")
        grid.add_row("", *map(self._text, groups))
        for item, row in {row["item"]: row for row in rows}.items():
            grid.add_row(self._text(name(row)), *(self._cell(_heat(found.get((item, group)), wide - 2)) for group in groups))
        return grid

    def workforce(self, result: Result, rows: Sequence[Row]) -> Iterator[RenderableType]:
        """A bar for each measure and period, from zero."""
        for (measure, area), own in split(rows, ("measure", "area")):
            yield self._heading(f"{measure}, {area}" if area else str(measure))
            most = max((row["rate"] for row in own if row["rate"] is not None), default=0.0)
            grid, room = self._grid([_PLOT, ("", 9, "right")], [str(row["period"]) for row in own])
            for row in own:
                length = round(row["rate"] / most * room) if row["rate"] and most else 0
                grid.add_row(
                    self._text(str(row["period"])), self._cell(Text("▇" * length, style=_BLUE)), self._text(text.cell(result.kind("rate", row), row["rate"]))
                )
            yield grid

    def chart(self, result: Result, rows: Sequence[Row], events: Sequence[Row]) -> Iterator[RenderableType]:
        """A line for each period of a series: its point between the limits, and its signal."""
        for (series,), own in split(rows, ("series",)):
            yield self._heading(f"{series}   (│ centre; ┊ limits; ● value; ◆ signal)")
            known = [row[key] for row in own for key in ("value", "lower", "upper") if row[key] is not None]
            happened = {event["period"]: str(event["event"]) for event in events if event["series"] == series}
            grid, room = self._grid([_PLOT, ("", 11, "right"), ("", 26, "left")], [str(row["period"]) for row in own])
            for row in own:
                dots = _strip.control(room, (min(known), max(known)), row) if known else Text("")
                signal = f"{row['signal'].replace('_', ' ')}: {row['variation']}" if row["signal"] else ""
                told = "; ".join(filter(None, (signal, happened.get(row["period"]))))
                grid.add_row(self._text(str(row["period"])), self._cell(dots), *map(self._text, (text.cell(result.kind("value", row), row["value"]), told)))
            yield grid

    def intervals(self, rows: Sequence[Row], plan: intervals.Plan) -> Iterator[RenderableType]:
        """A dot for each row, with its limits."""
        low, high = intervals.ends(plan, rows)
        ends = (low, high, 0.0 if plan.zero else None)
        for keys, own in split(rows, plan.blocks):
            if all(row[plan.value] is None for row in own):
                continue
            shown = [intervals.shown(plan, row) for row in own]
            columns: list[Place] = [_PLOT, ("", max(map(len, shown)), "right")]
            grid, room = self._grid(columns, map(plan.label, own), lambda room: _strip.scale(room, ends, lambda value: intervals.tick_label(plan, value)))
            for row, figures in zip(own, shown, strict=True):
                limits = (row[plan.limits[0]], row[plan.limits[1]]) if plan.limits else (None, None)
                dots = _strip.dot(room, ends, row[plan.value], limits, "■", _BLUE)
                grid.add_row(self._text(plan.label(row)), self._cell(dots), self._text(figures))
            yield self._heading(", ".join(str(key) for key in keys if key))
            yield grid

    def _grid(self, columns: Sequence[Place], labels: Iterable[str], over: Callable[[int], str] | None = None) -> tuple[Table, int]:
        """A grid of a label and `columns`, headed where they have headings or something stands `over` the plot; and the cells left for the plot."""
        label = min(max(map(len, labels), default=0), max(16, self._width * 3 // 10))
        room = max(self._width - label - GAP * len(columns) - sum(column[1] for column in columns), 12)
        grid = Table.grid(padding=(0, GAP, 0, 0))
        grid.add_column(width=label, overflow="fold")
        for column in columns:
            grid.add_column(width=column[1] or room, justify=column[2], overflow="fold")
        heads = [over(room) if over and column is _PLOT else column[0] for column in columns]
        if any(heads):
            grid.add_row("", *map(self._text, heads), style="dim")
        return grid, room

    def _heading(self, line: str) -> Text:
        return Text(f"\n{self._show(line)}" if line else "", style="bold")

    def _legend(self, levels: Sequence[str], fills: Sequence[tuple[str, str]]) -> Text:
        legend = Text()
        for level, (sign, colour) in zip(levels, fills, strict=True):
            legend.append("  " if self._colour else sign * 2, style=f"on {colour}" if self._colour else "")
            legend.append(f" {self._show(text.shortened(level, 30))}   ")
        return legend

    def _text(self, words: str) -> Text:
        return Text(self._show(words))

    def _cell(self, shown: str | Text) -> Text:
        if isinstance(shown, str):
            return self._text(shown)
        plain = self._show(shown.plain)
        return Text(plain, style=shown.style, spans=shown.spans) if len(plain) == len(shown.plain) else Text(plain)


def _number(row: Row, kind: str, key: str) -> str:
    return WITHHELD if withheld(row) and row[key] is None else text.cell(kind, row[key])


def _change(row: Row) -> str:
    limits = "" if row["conf_low"] is None else text.interval(row["conf_low"], row["conf_high"])
    change = WITHHELD if withheld(row) else text.NONE if row["estimate"] is None else text.signed(row["estimate"])
    return f"{SYMBOLS.get(row['conclusion'], ' ')} {change}\n  {limits}"


def _heat(row: Row | None, width: int) -> Text:
    if row is None:
        return Text("")
    if withheld(row) or row["mean"] is None:
        return Text(WITHHELD if withheld(row) else text.NONE)
    sign = {"higher": HIGHER, "lower": LOWER}.get(row["conclusion"], "")
    marks = f"{BEST if row['rank'] == 1 else ''}{sign}{MEAN_ONLY if mean_only(row) else ''}"
    head = Text(f"{text.cell('mean', row['mean'])} {marks}".rstrip(), style="bold" if sign else "")
    return Text("\n").join([head, _strip.bar(width, (row["scale_low"], row["scale_high"], row["midpoint"]), row["mean"])])
