"""Labels of a figure's rows: a column as wide as they need, and a band for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from rpgstat.media.picture.paper import INK, LABEL, RULE, WIDTH, Canvas, is_narrow, line_height, measure, page_width, wrap
from rpgstat.media.picture.sheet import Band
from rpgstat.record import record

MOST_LINES = 8
"""Lines of a statement in a figure; a longer one ends with "…" and is whole in the table."""


def label_width(words: Iterable[str], most: float, size: float = LABEL, least: float = 0.6) -> float:
    """Inches for a column of labels: as wide as the widest, at most `most`, less of a page that is not of full width; none where they stand above."""
    return 0.0 if is_narrow() else end_width(words, most * page_width() / WIDTH, size, least)


def end_width(words: Iterable[str], most: float, size: float = LABEL, least: float = 0.6) -> float:
    """Inches for words at the end of a row: as wide as the widest, at most `most`."""
    widest = max((measure(label, size, bold=True) for label in words), default=0.0)
    return max(least, min(widest + 0.02, most))


def labelled(label: str, width: float, height: float, draw: Callable[[Canvas, float], None], *, bold: bool = False) -> Band:
    """A row: its label in lines of at most `width`, a hairline above, and at least `height` for what `draw` draws around the middle it is told.

    On a narrow page the label stands above what is drawn.
    """
    lines = wrap(label, LABEL, page_width() if is_narrow() else width, bold, most=MOST_LINES)
    words = len(lines) * line_height(LABEL)
    above = words + 0.02 if is_narrow() else 0.0
    tall = (above + height if is_narrow() else max(words, height)) + 0.08

    def drawn(canvas: Canvas, top: float) -> None:
        canvas.line([0, page_width()], [top, top], RULE, 0.4, above=False)
        canvas.lines(0, top + (0.04 if is_narrow() else (tall - words) / 2), lines, LABEL, bold=bold, colour=INK)
        draw(canvas, top + above + (tall - above) / 2)

    return Row(tall, drawn, tall - above)


@record
class Row(Band):
    """A row whose plot may be lower than the row."""

    plot: float = 0.0


def plot_height(row: Band) -> float:
    """How high what is drawn of a row may be: less than the row, where its label stands above."""
    return row.plot if isinstance(row, Row) else row.height


@record
class Heading:
    """The name of a battery beside the headings of columns, or above them; `height` is that of both."""

    lines: tuple[str, ...]
    height: float
    raised: float

    def draw(self, canvas: Canvas, base: float) -> None:
        """Draws the name; `base` is the middle of the columns' headings."""
        canvas.lines(0, base - self.raised - (len(self.lines) - 0.5) * line_height(LABEL), self.lines, LABEL, bold=True)


def heading(words: str, room: float) -> Heading:
    """The name of a battery in `room` inches beside headings of columns, or above them on a narrow page."""
    lines = tuple(wrap(words, LABEL, page_width() if is_narrow() else room, bold=True, most=4))
    high = len(lines) * line_height(LABEL)
    return Heading(lines, high + 0.24, 0.18) if is_narrow() else Heading(lines, max(high, 0.16) + 0.06, 0.0)
