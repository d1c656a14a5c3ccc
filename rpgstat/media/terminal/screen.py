"""Results as tables for a terminal: as wide as the screen allows, nothing cut, and legible without colour."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Block, Page, Section, Show
from rpgstat.media.terminal import grid, stacks

NARROWEST = 40
"""Below this many columns lines may run over: a number is never cut."""

WIDEST = 140
"""A table wider than this is harder to read, not easier."""

PIPED = 120
"""The width where there is no screen to fit, unless COLUMNS says another."""

MEASURE = 80
"""Notes may be this wide under a narrower table."""

_SYMBOLS = "▲▼◆≈·▁▂▃▄▅▆▇█│→−–─★○●■□├┤┊"


def render(pages: Sequence[Callable[[Show], Page]]) -> bytes:
    """Pages, each made of characters that the screen can show, as text for standard output, in its encoding.

    Coloured on a terminal, unless NO_COLOR or TERM say not.
    """

    def draw(paper: Console, show: Show) -> None:
        for i, page in enumerate(pages):
            if i:
                paper.print()
            _print(paper, page(show), show)

    return printed(draw)


def plain(content: bytes) -> str:
    """What `printed` made, as text without colours."""
    return Text.from_ansi(content.decode(getattr(sys.stdout, "encoding", None) or "utf-8", "replace")).plain


def printed(draw: Callable[[Console, Show], None]) -> bytes:
    """What `draw` prints on paper of the screen's width, in the encoding and the colours of standard output."""
    screen = Console(file=sys.stdout)
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    drawn = io.StringIO()
    paper = Console(
        file=drawn,
        width=_width(screen),
        color_system=_colours(screen),
        force_terminal=screen.is_terminal,
        legacy_windows=False,
    )
    spelt: Show = str if _can_show(encoding) else text.ascii
    draw(paper, lambda words: text.harmless(spelt(words)))
    return "\n".join(line.rstrip(" ") for line in drawn.getvalue().split("\n")).encode(encoding, "replace")


def _colours(screen: Console) -> Literal["standard", "256", "truecolor"] | None:
    match None if screen.no_color else screen.color_system:
        case "standard" | "256" | "truecolor" as colours:
            return colours
        case _:  # none that is wanted, or a Windows console of the old kind, which reads no escape codes
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


def _print(paper: Console, shown: Page, show: Show) -> None:
    layouts = [stacks.fit(shown, shown.stacks, paper.width, show)] if shown.stacks else grid.fit(shown, paper.width)
    widest = max((layout.width for layout in layouts), default=0)
    paper.width = max(paper.width, widest)
    paper.print(Text(shown.title, style="bold"))
    if shown.lead:
        paper.print(Text(shown.lead), width=max(widest, min(MEASURE, paper.width)))
    done = 0
    for section in shown.sections:
        for layout in layouts:
            own = layout.part(done, done + len(section.lines), whole=shown.stacks is not None)
            if own:
                _print_section(paper, section, own, own.rows, show)
        done += len(section.lines)
    below = (*shown.below, *(words for layout in layouts for words in layout.below))
    _print_notes(paper, shown.notes, below, max(widest, min(MEASURE, paper.width)))


def _print_section(paper: Console, section: Section, layout: stacks.Layout, rows: Sequence[stacks.Cells], show: Show) -> None:
    rule = Text(show("─") * layout.width, style="dim")
    heading = _heading(section, layout.constant_n, show)
    paper.print(Text("\n") + heading if heading.plain else "")
    paper.print(rule, _table(layout, [layout.header]), rule, sep="\n")
    remaining = iter(rows)
    for i, block in enumerate(section.blocks):
        _print_block(paper, block, layout, [next(remaining) for _ in block.lines], gap=i > 0)
    paper.print(rule)


def _print_notes(paper: Console, notes: Sequence[str], below: Sequence[str], width: int) -> None:
    for number, note in enumerate(notes, start=1):
        paper.print(_note(f"[{number}]", note, width))
    if notes:
        paper.print()
    for words in below:
        paper.print(Text(words), width=width)


def _print_block(paper: Console, block: Block, layout: stacks.Layout, rows: Sequence[stacks.Cells], *, gap: bool) -> None:
    if gap:
        paper.print()
    if block.name:
        paper.print(Text(block.name, style="bold"), width=max(layout.width, min(MEASURE, paper.width)))
    paper.print(_table(layout, rows))


def _heading(section: Section, constant_n: bool, show: Show) -> Text:
    sizes = [""] * len(section.waves)
    if constant_n and section.waves:
        keys = ("n_reference", "n")[-len(section.waves) :]
        sizes = [f" ({say('number.n', n=section.lines[0].cells[key])})" for key in keys]
    waves = show(" → ").join(wave + size for wave, size in zip(section.waves, sizes, strict=True))
    return Text(": ".join(filter(None, (section.title, waves))), style="bold")


def _table(layout: stacks.Layout, rows: Sequence[stacks.Cells]) -> Table | Text:
    """Rows below each other. Where every cell fits on a line they are set here: a table of thousands takes rich seconds."""
    if all(_fits(cell, column) for row in rows for cell, column in zip(row, layout.columns, strict=True)):
        return Text("\n", no_wrap=True, overflow="ignore").join(_line(layout, row) for row in rows)
    laid = Table.grid(padding=(0, stacks.GAP, 0, 0))
    for column in layout.columns:
        laid.add_column(width=column.width, justify=column.align, overflow="fold")
    for row in rows:
        laid.add_row(*row)
    return laid


def _fits(cell: Text, column: stacks.Column) -> bool:
    return "\n" not in cell.plain and cell.cell_len <= column.width


def _line(layout: stacks.Layout, row: stacks.Cells) -> Text:
    line = Text()
    for cell, column in zip(row, layout.columns, strict=True):
        own = cell.copy()
        if column.align == "right":
            own.rstrip()
            own.pad_left(column.width - own.cell_len)
        line.append_text(own).append(" " * (column.width - own.cell_len + stacks.GAP))
    return line


def _note(mark: str, words: str, width: int) -> Table:
    grid = Table.grid(padding=(0, 1, 0, 0))
    grid.add_column(width=len(mark))
    grid.add_column(width=width - len(mark) - 1, overflow="fold")
    grid.add_row(Text(mark), Text(words))
    return grid
