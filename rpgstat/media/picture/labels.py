"""Labels of a figure's rows: a column as wide as they need, and a band for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rpgstat.media.picture.paper import INK, LABEL, RULE, WIDTH, Canvas, line_height, measure, wrap
from rpgstat.media.picture.sheet import Band

MOST_LINES = 8
"""Lines of a statement in a figure; a longer one ends with "…" and is whole in the table."""


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
