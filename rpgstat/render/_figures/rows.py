"""What figures share in reading a result: rows with text on one line, batteries in order, statements as labels, sizes in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from rpgstat import text
from rpgstat.render._figures.paper import INK, LABEL, RULE, WIDTH, Canvas, line_height, measure, wrap
from rpgstat.render._figures.sheet import Band
from rpgstat.render._frame import shown
from rpgstat.render._model import Row
from rpgstat.result import Result

MOST_LINES = 8
"""Lines of a statement in a figure; a longer one ends with "…" and is whole in the table."""


def rows_of(result: Result) -> list[dict[str, Any]]:
    """The rows of a result with numbers that are finite and text that is safe to show."""
    return [{key: _clean(value) for key, value in row.items()} for row in shown(result)]


_line = lru_cache(maxsize=10_000)(text.one_line)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return _line(value)
    return [_clean(part) for part in value] if isinstance(value, list) else value


def values(rows: Iterable[Row], key: str) -> list[Any]:
    """The values of a column that are there, each once, in the order in which they are met."""
    return list(dict.fromkeys(row[key] for row in rows if row.get(key) is not None))


def name(row: Row) -> str:
    """What a row is about: its statement, or the score of the battery."""
    return "Battery score" if row["item"] is None else str(row["text"] or text.NONE)


def ranked(rows: Sequence[Row], key: str = "mean") -> list[Any]:
    """The items of a battery, the one with the highest latest value of `key` first and those without one last; None, its score, at the end."""
    latest: dict[Any, float] = {}
    for row in rows:
        if row[key] is not None:
            latest[row["item"]] = row[key]
    items = list(dict.fromkeys(row["item"] for row in rows if row["item"] is not None))
    scores = [None] if len(items) != 1 and any(row["item"] is None for row in rows) else []
    return [*sorted(items, key=lambda item: (item not in latest, -latest.get(item, 0.0))), *scores]


def size(rows: Iterable[Row], key: str = "n") -> str:
    """How many answers stand behind the rows: `n = 47`, or `n = 42 to 47`."""
    found = sorted({row[key] for row in rows if row[key] is not None})
    if not found:
        return "no answers"
    return f"n = {text.count(found[0])}" + (f" to {text.count(found[-1])}" if len(found) > 1 else "")


def label_width(words: Iterable[str], most: float, size: float = LABEL, least: float = 0.6) -> float:
    """Inches for a column of labels: as wide as the widest, at most `most`."""
    widest = max((measure(label, size, bold=True) for label in words), default=0.0)
    return max(least, min(widest + 0.02, most))


def labelled(label: str, width: float, height: float, draw: Callable[[Canvas, float], None], *, bold: bool = False) -> Band:
    """A row: its label in lines of at most `width`, a hairline above, and at least `height` for what `draw` draws around the middle it is told."""
    lines = wrap(label, LABEL, width, bold, most=MOST_LINES)
    tall = max(len(lines) * line_height(LABEL), height) + 0.08

    def drawn(canvas: Canvas, top: float) -> None:
        canvas.line([0, WIDTH], [top, top], RULE, 0.4, above=False)
        canvas.lines(0, top + (tall - len(lines) * line_height(LABEL)) / 2, lines, LABEL, bold=bold, colour=INK)
        draw(canvas, top + tall / 2)

    return Band(tall, drawn)
