"""The page of `chart`: one line for each series, with its course as a sparkline; the points themselves are in the data formats."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rpgstat.glossary import COLUMNS, Kind
from rpgstat.glossary.sentences import say, word
from rpgstat.media.pages import Block, Column, Line, Notes, Row, Section, split
from rpgstat.media.style import Style
from rpgstat.result import Result

BLOCKS = "▁▂▃▄▅▆▇█"
GAP = "·"
WIDEST = 26
"""Characters of a sparkline; a longer series has several periods to a character."""


def explained(style: Style) -> str:
    """What the columns hold. Documents have no course: they have the figure, and a screen reader would read out each block."""
    limits = say("legend.latest_limits")
    return limits if style.wide else f"{say('legend.course', gap=GAP)} {limits}"


def lay_out(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """The latest value of each series among its limits, its course, and how many of its points are signals."""
    columns = (
        Column("series", COLUMNS["series"].label, "left", lambda row: str(row["series"])),
        *([] if notes.style.wide else [Column("course", say("heading.course"), "left", lambda row: str(row["course"]))]),
        Column("latest", say("heading.latest"), "right", lambda row: notes.style.cell(result.kind("value", row), row["value"])),
        Column("limits", say("heading.limits"), "right", lambda row: _limits(row, result.kind("lower", row), notes.style)),
        Column("signals", say("heading.signals"), "right", lambda row: say("number.of", n=row["signals"], of=row["points"])),
        Column("state", say("heading.latest_point"), "left", _state),
    )
    found = [_summary(own) for _, own in split(rows, ("series",))]
    lines = tuple(Line({c.key: notes.clean(c.cell(row)) for c in columns}, row, notes.marks(row, "series")) for row in found)
    return columns, (Section((), (Block("", lines),)),) if lines else ()


def sparkline(values: Sequence[float | None], width: int = WIDEST, *, least: float | None = None) -> str:
    """The values as blocks from `least`, else the lowest of them, to the highest, at most `width`; a gap where half or more of its periods have no value.

    >>> sparkline([1, 2, None, 4]), sparkline([3, 3]), sparkline(range(100), 5)
    ('▁▃·█', '▄▄', '▁▃▅▆█')
    """
    step = max(1.0, len(values) / width)
    ends = [round(i * step) for i in range(round(len(values) / step) + 1)]
    means = [_mean(values[a:b]) for a, b in pairwise(ends)]
    held = [mean for mean in means if mean is not None]
    low, high = min(held, default=0.0) if least is None else least, max(held, default=0.0)
    level = BLOCKS[3 if least is None else 0]
    return "".join(GAP if mean is None else level if low == high else BLOCKS[round((mean - low) / (high - low) * 7)] for mean in means)


def _mean(values: Sequence[float | None]) -> float | None:
    held = [value for value in values if value is not None]
    return sum(held) / len(held) if 2 * len(held) > len(values) else None


def _summary(rows: Sequence[Row]) -> Row:
    held = [row for row in rows if row["value"] is not None]
    return {
        **held[-1],
        "item": "",
        "course": sparkline([row["value"] for row in rows]),
        "points": len(held),
        "signals": sum(row["signal"] is not None for row in held),
    }


def _limits(row: Row, kind: Kind, style: Style) -> str:
    low, high = row["lower"], row["upper"]
    return style.absent if low is None or high is None else say("number.span", low=style.cell(kind, low), high=style.cell(kind, high))


def _state(row: Row) -> str:
    if row["signal"] is None:
        return say("heading.no_signal")
    return say("heading.signal", signal=word("signal", row["signal"]), variation=word("variation", row["variation"]))
