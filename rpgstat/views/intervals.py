"""Figures of figures, with limits where they have some: response rates, make-up, reliability, and differences between pairs of groups, as dots on one axis."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rich.console import RenderableType

from rpgstat import text
from rpgstat.glossary import COLUMNS
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import WITHHELD, Row, split, withheld, withheld_means
from rpgstat.media.picture.axis import Axis, spread
from rpgstat.media.picture.colours import EARLIER, LATER
from rpgstat.media.picture.labels import label_width, labelled, plot_height
from rpgstat.media.picture.paper import INK, LABEL, QUIET, RULE, SMALL, Canvas, line_height, measure, page_width, wrap
from rpgstat.media.picture.sheet import Band, Block, Key, Sheet, legend, mark
from rpgstat.media.style import used
from rpgstat.media.terminal import strip
from rpgstat.media.terminal.plotter import BLUE, PLOT, Place, Plotter
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.views.base import Beside, Figure, nothing
from rpgstat.views.rows import rows_of

Lead = Callable[[Result, Beside], Iterator[str]]


@record
class Plan:
    """What is drawn: rows of equal `blocks` under one heading, `label` names a row, `value` with its `limits`, `other` a second value beside it.

    `unit` says what the values of the axis are, `keep` which rows are drawn at all.
    """

    blocks: tuple[str, ...]
    label: Callable[[Row], str]
    value: str
    limits: tuple[str, str] | None
    other: str | None = None
    zero: bool = False
    unit: Callable[[], str] = lambda: ""
    keep: Callable[[Row], bool] = lambda _: True


def sheet(plan: Plan, result: Result, found: tuple[str, ...]) -> Sheet:
    """A dot for each row of the result, with its limits, under the headings of its plan; `found` stands under the title."""
    kept = list(filter(plan.keep, rows_of(result)))
    rows = [row for _, own in split(kept, plan.blocks) if any(row[plan.value] is not None for row in own) for row in own]
    label = label_width(map(plan.label, rows), 2.3)
    figures = max((measure(shown(plan, row), SMALL) for row in rows), default=0.0)
    sizes = max((measure(_size(row), SMALL) for row in rows), default=0.0)
    left = label + sizes + 0.3
    axis = Axis(*ends(plan, rows), left, page_width() - figures - 0.25)
    blocks = tuple(_block(", ".join(str(part) for part in keys if part), own, plan, axis, label, sizes) for keys, own in split(rows, plan.blocks))
    keys = (_legend(plan, plan.other),) if plan.other else ()
    return Sheet(text.one_line(result.title), found, keys, blocks, tuple(_caption(result, plan, rows, len(kept) - len(rows))))


def ends(plan: Plan, rows: Sequence[Row]) -> tuple[float, float]:
    """The ends of the axis on which the rows are drawn."""
    keys = [plan.value, *(plan.limits or ()), *([plan.other] if plan.other else [])]
    low, high = spread([0.0, *(row[key] for row in rows for key in keys)])
    return (low, high) if plan.zero else (low, max(high, 1.0) if plan.value == "alpha" else high)


def tick_label(plan: Plan, value: float) -> str:
    """A round value of the axis."""
    return used().figure(text.percent(value)) if COLUMNS[plan.value].kind in ("rate", "share") else text.short(value)


def _size(row: Row) -> str:
    if "invited" in row:
        return "" if row["invited"] is None else say("number.of", n=text.count(row["returned"] or 0), of=text.count(row["invited"]))
    return "" if row.get("n") is None else say("number.n", n=text.count(row["n"]))


def shown(plan: Plan, row: Row) -> str:
    """A row's figures: the value, the second one in round brackets, the limits in square ones."""
    if withheld(row):
        return WITHHELD
    kind = COLUMNS[plan.value].kind
    write = used().signed if plan.zero else used().cell
    if row[plan.value] is None:
        return text.NONE
    words = write(kind, row[plan.value])
    if plan.other and row[plan.other] is not None:
        words += f" ({used().cell(kind, row[plan.other])})"
    if plan.limits and row[plan.limits[0]] is not None and row[plan.limits[1]] is not None:
        words += f" {used().limits(kind, *(row[key] for key in plan.limits))}"
    return words


def _block(title: str, rows: Sequence[Row], plan: Plan, axis: Axis, label: float, sizes: float) -> Block:
    bands = tuple(_row(row, plan, axis, label, sizes) for row in rows)
    return Block(_head(title, plan, axis), bands, _head(say("figure.continued", title=title) if title else "", plan, axis))


def _head(title: str, plan: Plan, axis: Axis) -> Band:
    lines = wrap(title, LABEL, page_width(), bold=True, most=4) if title else []
    high = len(lines) * line_height(LABEL)
    unit = plan.unit()
    above = high if measure(title, LABEL, bold=True) + 0.2 > axis.left or not lines else high - line_height(LABEL)  # beside the title, where there is room

    def draw(canvas: Canvas, top: float) -> None:
        canvas.lines(0, top, lines, LABEL, bold=True)
        canvas.text((axis.left + axis.right) / 2, top + above + 0.07, unit, SMALL, align="center", colour=QUIET)
        for tick in axis.ticks():
            canvas.text(axis.at(tick), top + above + 0.22, tick_label(plan, tick), SMALL, align="center", colour=QUIET)

    return Band(above + 0.32, draw)


def _row(row: Row, plan: Plan, axis: Axis, label: float, sizes: float) -> Band:
    def draw(canvas: Canvas, y: float) -> None:
        half = plot_height(band) / 2
        for tick in axis.ticks():
            canvas.line([axis.at(tick)] * 2, [y - half, y + half], INK if plan.zero and tick == 0 else RULE, 0.6, above=False)
        canvas.text(label + sizes + 0.15, y, _size(row), SMALL, align="right", colour=QUIET)
        canvas.text(page_width() - 0.03, y, shown(plan, row), SMALL, align="right")
        if plan.limits and row[plan.value] is not None:
            axis.interval(canvas, y, row[plan.limits[0]], row[plan.limits[1]], LATER)
        if plan.other and row[plan.other] is not None:
            canvas.mark(axis.at(row[plan.other]), y, "o", EARLIER, filled=False, size=6.0)
        if row[plan.value] is not None:
            canvas.mark(axis.at(row[plan.value]), y, "s", LATER, filled=_sure(plan, row), size=4.0)

    band = labelled(plan.label(row), label, 0.14, draw)
    return band


def _sure(plan: Plan, row: Row) -> bool:
    return not plan.zero or (row["p_adjusted"] is not None and row["p_adjusted"] < 0.05)


def _legend(plan: Plan, other: str) -> Band:
    keys = [Key(COLUMNS[plan.value].label, mark("s", LATER, size=4.0))]
    return legend([*keys, Key(say("legend.in_brackets", column=COLUMNS[other].label), mark("o", EARLIER, filled=False, size=6.0))])


def _where() -> str:
    return say("caption.right") if used().name == "gss" else say("caption.brackets_right")


def _caption(result: Result, plan: Plan, rows: Sequence[Row], left: int) -> Iterator[str]:
    if plan.limits:
        level = used().prose(text.confidence(result.options.get("alpha", 0.05)))
        yield say("caption.lines_filled", level=level, where=_where()) if plan.zero else say("caption.lines", level=level, where=_where())
    yield text.one_line(result.method)
    if left:
        yield say("caption.not_drawn", left, n=text.count(left), column=COLUMNS[plan.value].label)
    if any(map(withheld, rows)):
        yield withheld_means()


def plot(plan: Plan, rows: Sequence[Row], plotter: Plotter) -> Iterator[RenderableType]:
    """A dot for each row, with its limits."""
    low, high = ends(plan, rows)
    marked = (low, high, 0.0 if plan.zero else None)
    for keys, own in split(list(filter(plan.keep, rows)), plan.blocks):
        if all(row[plan.value] is None for row in own):
            continue
        figures = [shown(plan, row) for row in own]
        columns: list[Place] = [PLOT, ("", max(map(len, figures)), "right")]
        grid, room = plotter.grid(columns, map(plan.label, own), lambda room: strip.scale(room, marked, lambda value: tick_label(plan, value)))
        for row, words in zip(own, figures, strict=True):
            limits = (row[plan.limits[0]], row[plan.limits[1]]) if plan.limits else (None, None)
            dots = strip.dot(room, marked, row[plan.value], limits, "■", BLUE)
            grid.add_row(plotter.text(plan.label(row)), plotter.cell(dots), plotter.text(words))
        yield plotter.heading(", ".join(str(key) for key in keys if key))
        yield grid


def figure(kind: str, plan: Plan, lead: Lead = nothing) -> Figure:
    """The figure of a result by a plan, drawn as `kind`, with what `lead` finds."""
    return Figure(
        kind,
        lambda result, beside: sheet(plan, result, tuple(lead(result, beside))),
        lambda _, rows, plotter, __: plot(plan, rows, plotter),
        lead,
    )
