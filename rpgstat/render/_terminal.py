"""Results as tables for a terminal: as wide as the screen allows, nothing cut, and legible without colour."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from typing import Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rpgstat import text
from rpgstat.render import _layout
from rpgstat.render._page import Battery, Section, Show, page
from rpgstat.result import Result

NARROWEST = 40
"""Below this many columns lines may run over: a number is never cut."""

WIDEST = 140
"""A table wider than this is harder to read, not easier."""

PIPED = 120
"""The width where there is no screen to fit, unless COLUMNS says another."""

MEASURE = 80
"""Notes may be this wide under a narrower table."""

_SYMBOLS = "▲▼◆≈·▇│→−–─"


def render(results: Sequence[Result]) -> bytes:
    """The results as text for standard output, in its encoding; coloured on a terminal, unless NO_COLOR or TERM say not."""
    screen = Console(file=sys.stdout)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    show = str if _can_show(encoding) else text.ascii
    drawn = io.StringIO()
    paper = Console(
        file=drawn,
        width=_width(screen),
        color_system=_colours(screen),
        force_terminal=screen.is_terminal,
        no_color=screen.no_color,
        legacy_windows=False,
    )
    for i, result in enumerate(results):
        if i:
            paper.print()
        _print(paper, result, show)
    return "\n".join(line.rstrip(" ") for line in drawn.getvalue().split("\n")).encode(encoding, "replace")


def _colours(screen: Console) -> Literal["standard", "256", "truecolor"] | None:
    match screen.color_system:
        case "standard" | "256" | "truecolor" as colours:
            return colours
        case _:  # none, or a Windows console of the old kind, which reads no escape codes
            return None


def _width(screen: Console) -> int:
    if screen.file.isatty() or os.environ.get("COLUMNS", "").isdigit():
        return min(max(screen.width, NARROWEST), WIDEST)
    return PIPED


def _can_show(encoding: str) -> bool:
    try:
        _SYMBOLS.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _print(paper: Console, result: Result, show: Show) -> None:
    shown = page(result, show)
    layout = _layout.fit(shown, paper.width, show)
    rule = Text(show("─") * layout.width, style="dim")
    paper.width = max(paper.width, layout.width)
    paper.print(Text(shown.title, style="bold"))
    rows = iter(layout.rows)
    for section in shown.sections:
        paper.print(Text("\n") + _heading(section, layout.constant_n, show))
        paper.print(rule, _grid(layout, [layout.header]), rule, sep="\n")
        for i, battery in enumerate(section.batteries):
            _print_battery(paper, battery, layout, [next(rows) for _ in battery.lines], gap=i > 0)
        paper.print(rule)
    _print_notes(paper, shown.notes, (*shown.below, *layout.below), max(layout.width, min(MEASURE, paper.width)))


def _print_notes(paper: Console, notes: Sequence[str], below: Sequence[str], width: int) -> None:
    for number, note in enumerate(notes, start=1):
        paper.print(_note(f"[{number}]", note, width))
    if notes:
        paper.print()
    for words in below:
        paper.print(Text(words), width=width)


def _print_battery(paper: Console, battery: Battery, layout: _layout.Layout, rows: Sequence[_layout.Cells], *, gap: bool) -> None:
    if gap:
        paper.print()
    paper.print(Text(battery.name, style="bold"), width=layout.width)
    paper.print(_grid(layout, rows))


def _heading(section: Section, constant_n: bool, show: Show) -> Text:
    sizes = [""] * len(section.waves)
    if constant_n:
        keys = ("n_reference", "n")[-len(section.waves) :]
        sizes = [f" (n = {section.lines[0].cells[key]})" for key in keys]
    return Text(show(" → ").join(wave + size for wave, size in zip(section.waves, sizes, strict=True)), style="bold")


def _grid(layout: _layout.Layout, rows: Sequence[_layout.Cells]) -> Table:
    grid = Table.grid(padding=(0, _layout.GAP, 0, 0))
    for column in layout.columns:
        grid.add_column(width=column.width, justify=column.align, overflow="fold")
    for row in rows:
        grid.add_row(*row)
    return grid


def _note(mark: str, words: str, width: int) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=len(mark))
    grid.add_column(width=width - len(mark) - 1, overflow="fold")
    grid.add_row(Text(mark), Text(words))
    return grid
