"""The figure of `compare`: both means of each statement on its scale, each with its interval, and the change in figures beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from rpgstat import text
from rpgstat.glossary import COLUMNS, FOUND, SIGNS
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.media.pages import WITHHELD, Row, split, withheld, withheld_means
from rpgstat.media.picture.axis import Axis
from rpgstat.media.picture.colours import EARLIER, LATER
from rpgstat.media.picture.labels import heading, label_width, labelled, plot_height
from rpgstat.media.picture.paper import INK, LEAD, PALE, QUIET, RULE, SMALL, Canvas, is_narrow, line_height, measure, page_width, wrap
from rpgstat.media.picture.sheet import Band, Block, Key, Sheet, both, dashes, legend, mark
from rpgstat.media.style import used
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.views.rows import name, ranked, rows_of

BEFORE, AFTER = "o", "s"
"""Markers of the reference wave and the later one."""

_MIDPOINT = (3.0, 2.0)
"""Dashes of the line at the middle of the scale."""

_AXIS_TITLE = 0.14
"""Inches that what an axis shows takes above its values."""

_APART = 0.06
"""Inches of each wave from the middle of its row, so that intervals do not lie on one another."""


@record
class Frame:
    """Where things stand, in inches."""

    label: float
    n: float
    mean: float
    left: float
    right: float
    change: float


def sheet(result: Result) -> Sheet:
    """A panel for each group and pair of waves, and in it one for each battery."""
    rows = [{"group": None, **row} for row in rows_of(result)]
    frame = _frame(rows)
    alpha = result.options.get("alpha", 0.05)
    panels = list(split(rows, ("group", "reference", "wave")))
    blocks = [block for panel, found in panels for block in _panel(panel if len(panels) > 1 else (), found, frame, alpha)]
    keys = (legend_of(panels[0][0] if len({panel[1:] for panel, _ in panels}) == 1 else None, rows),) if rows else ()
    return Sheet(text.one_line(result.title), (), keys, tuple(blocks), tuple(caption(result, rows, alpha)))


def _frame(rows: Sequence[Row]) -> Frame:
    label = label_width(map(name, rows), 1.9)
    sizes = [used().cell("count", row[key]) for row in rows for key in ("n_reference", "n")]
    n = max((measure(shown, SMALL) for shown in sizes), default=0.0) + 0.1
    mean = label + n + max(measure(head, SMALL) for head in ("10.00", COLUMNS["mean"].label)) + 0.1
    change = max((change_width(row) for row in rows), default=0.0)
    return Frame(label, label + n, mean, mean + 0.15, page_width() - change - 0.2, page_width() - change - 0.05)


def number(row: Row, kind: str, key: str) -> str:
    """A figure of a row, or the sign that it is withheld."""
    return WITHHELD if withheld(row) and row[key] is None else used().cell(kind, row[key])


def _change(row: Row) -> tuple[str, str, str]:
    """The change, its interval and the sign of its conclusion."""
    if withheld(row):
        return WITHHELD, "", ""
    if row["estimate"] is None:
        return text.NONE, "", ""
    limits = "" if row["conf_low"] is None or row["conf_high"] is None else used().limits("points", row["conf_low"], row["conf_high"])
    return text.signed(row["estimate"]), limits, SIGNS.get(row["conclusion"], "")


def change_width(row: Row) -> float:
    """Inches for the change of a row."""
    change, limits, _ = (measure(part, SMALL, bold=True) for part in _change(row))
    return 0.16 + (max(change, limits) if is_narrow() else change + limits + 0.08)


def _panel(panel: Sequence[Any], rows: Sequence[Row], frame: Frame, alpha: float) -> Iterator[Block]:
    """The batteries of one group and pair of waves; one line where all of it is withheld."""
    group = f"{panel[0]}: " if panel and panel[0] else ""
    above = f"{group}{panel[1]} → {panel[2]}" if panel else ""
    if above and all(map(withheld, rows)):
        yield all_withheld(above)
        return
    for (battery,), own in split(rows, ("battery",)):
        yield _block(str(battery), above, own, frame, alpha)
        above = ""


def _block(battery: str, above: str, rows: Sequence[Row], frame: Frame, alpha: float) -> Block:
    found = {row["item"]: row for row in rows}
    return block(battery, above, rows, frame, alpha, lambda item, axis, middle: _row(found[item], frame, axis, middle))


def block(battery: str, above: str, rows: Sequence[Row], frame: Frame, alpha: float, row: Callable[[Any, Axis | None, float | None], Band]) -> Block:
    """The statements of a battery on its scale, a `row` for each, below what the panel is of."""
    scale = next((row for row in rows if row["scale_low"] is not None), None)
    axis = None if scale is None else Axis(scale["scale_low"], scale["scale_high"], frame.left, frame.right)
    middle = scale["midpoint"] if scale else None
    bands = tuple(row(item, axis, middle) for item in ranked(rows))
    head, again = (_head(words, frame, axis, middle, alpha) for words in (battery, say("figure.continued", title=battery)))
    return Block(both(over(above), head) if above else head, bands, again)


def all_withheld(above: str) -> Block:
    """One line in place of a panel of which nothing may be shown."""
    line = Band(0.2, lambda canvas, top: canvas.text(0, top + 0.1, say("sign.all_withheld", sign=WITHHELD), SMALL))
    return Block(over(above), (line,), over(above))


def over(above: str) -> Band:
    """What a panel is of, on a grey ground."""
    lines = wrap(above, LEAD, page_width() - 0.2, bold=True, most=3)
    tall = len(lines) * line_height(LEAD) + 0.06

    def draw(canvas: Canvas, top: float) -> None:
        canvas.box(0, top, page_width(), tall, PALE)
        canvas.lines(0.05, top + 0.03, lines, LEAD, bold=True)

    return Band(tall + 0.06, draw)


def _head(battery: str, frame: Frame, axis: Axis | None, middle: float | None, alpha: float) -> Band:
    name = heading(battery, frame.n - 0.15)
    tall = name.height + (_AXIS_TITLE if axis else 0.0)

    def draw(canvas: Canvas, top: float) -> None:
        base = top + tall - 0.1
        name.draw(canvas, base)
        canvas.text(frame.n, base, "n", SMALL, align="right", colour=QUIET)
        canvas.text(frame.mean, base, COLUMNS["mean"].label, SMALL, align="right", colour=QUIET)
        canvas.text(frame.change, base, say("heading.change_interval", level=used().prose(text.confidence(alpha))), SMALL, colour=QUIET)
        _scale(canvas, base, axis, middle)

    return Band(tall, draw)


def _scale(canvas: Canvas, base: float, axis: Axis | None, middle: float | None) -> None:
    """The values of an axis, and above them what they are."""
    if axis is None:
        return
    for place, tick in _marked(axis, middle):
        canvas.text(place, base, text.short(tick), SMALL, align="center", colour=QUIET)
    words = say("axis.mean", low=text.short(axis.low), high=text.short(axis.high))
    canvas.text((axis.left + axis.right) / 2, base - _AXIS_TITLE, words, SMALL, align="center", colour=QUIET)


def upright(canvas: Canvas, y: float, half: float, axis: Axis | None, middle: float | None) -> None:
    """The ticks of an axis and the midpoint behind a row, `half` its height."""
    for place, _ in _marked(axis, None) if axis else ():
        canvas.line([place, place], [y - half, y + half], RULE, 0.5, above=False)
    if axis and middle is not None:
        canvas.line([axis.at(middle)] * 2, [y - half, y + half], INK, 0.8, dashes=_MIDPOINT, above=False)


def _marked(axis: Axis, middle: float | None) -> list[tuple[float, float]]:
    """The places and values named over an axis: its ticks, and the midpoint where that leaves room between two of them."""
    found = [(axis.at(tick), tick) for tick in axis.ticks()]
    roomy = middle is not None and all(abs(axis.at(middle) - place) > 0.25 for place, _ in found)
    return [*found, (axis.at(middle), middle)] if roomy and middle is not None else found


def _row(row: Row, frame: Frame, axis: Axis | None, middle: float | None) -> Band:
    whole = row["item"] is None

    def draw(canvas: Canvas, y: float) -> None:
        upright(canvas, y, plot_height(band) / 2, axis, middle)
        for key, line in (("_reference", y - _APART), ("", y + _APART)):
            canvas.text(frame.n, line, number(row, "count", f"n{key}"), SMALL, align="right", colour=QUIET)
            canvas.text(frame.mean, line, number(row, "mean", f"mean{key}"), SMALL, align="right")
        if axis:
            _dots(canvas, y, row, axis)
        figures(canvas, y, row, frame.change, axis)

    band = labelled(name(row), frame.label, 0.24, draw, bold=whole)
    return band


def _dots(canvas: Canvas, y: float, row: Row, axis: Axis) -> None:
    before, after = row["mean_reference"], row["mean"]
    if before is not None and after is not None:
        canvas.line([axis.at(before), axis.at(after)], [y - _APART, y + _APART], "#8C8C8C", 1.6)
    if before is not None:
        axis.interval(canvas, y - _APART, row["reference_low"], row["reference_high"], EARLIER)
        canvas.mark(axis.at(before), y - _APART, BEFORE, EARLIER, filled=False)
    if after is not None:
        axis.interval(canvas, y + _APART, row["mean_low"], row["mean_high"], LATER)
        canvas.mark(axis.at(after), y + _APART, AFTER, LATER, filled=row["conclusion"] in FOUND)


def figures(canvas: Canvas, y: float, row: Row, left: float, axis: Axis | None) -> None:
    """The change of a row with its sign and interval, from `left` on; on the axis the note of one without means."""
    change, limits, sign = _change(row)
    sure = row["conclusion"] in FOUND
    apart = _APART if is_narrow() else 0.0  # the limits below the change
    canvas.text(left, y - apart, sign, SMALL, bold=sure)
    canvas.text(left + 0.14, y - apart, change, SMALL, bold=sure)
    canvas.text(page_width() - 0.03, y + apart, limits, SMALL, align="right", bold=sure)
    if row["mean"] is None and row["mean_reference"] is None and axis and row["note"]:
        canvas.note(axis.left, y, row["note"], SMALL, axis.right - axis.left)


def legend_of(waves: Sequence[Any] | None, rows: Sequence[Row]) -> Band:
    """The signs of the waves, by their names where there is one pair of them."""
    before, after = (str(waves[1]), str(waves[2])) if waves else (say("legend.reference_wave"), say("legend.later_wave"))

    keys = [Key(before, mark(BEFORE, EARLIER, filled=False, line=True))]
    for words, filled in ((say("legend.changed", wave=after), True), (say("legend.not_changed", wave=after), False)):
        if any(row["mean"] is not None and (row["conclusion"] in FOUND) == filled for row in rows):
            keys.append(Key(words, mark(AFTER, LATER, filled=filled, line=True)))
    if any(row["midpoint"] is not None for row in rows):
        keys.append(Key(say("legend.midpoint"), dashes(_MIDPOINT, upright=True)))
    return legend(keys)


def caption(result: Result, rows: Sequence[Row], alpha: float, *, several: bool = False) -> Iterator[str]:
    """What the figure shows, of `several` waves on a row or of two; the method; and what is withheld."""
    level = used().prose(text.confidence(alpha))
    met = [code for code in SIGNS if any(row["conclusion"] == code for row in rows)]
    signs = listing([f"{SIGNS[code]}\N{NO-BREAK SPACE}{word('conclusion', code)}" for code in met])
    if several:
        yield say("caption.courses", level=level, signs=f": {signs}" if signs else "")
    else:
        yield say("caption.pairs_signs", level=level, signs=signs) if signs else say("caption.pairs", level=level)
    yield text.one_line(result.method)
    if any(map(withheld, rows)):
        yield withheld_means()
