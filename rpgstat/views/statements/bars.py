"""The figure of `score`: a diverging stacked bar for each statement and wave, centred on the middle of the scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary import COLUMNS
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.media.pages import Row, split
from rpgstat.media.picture import colours
from rpgstat.media.picture.labels import heading, label_width, labelled
from rpgstat.media.picture.paper import INK, PALE, QUIET, SMALL, TINY, Canvas, is_narrow, measure, page_width, shorten
from rpgstat.media.picture.sheet import Band, Block, Key, Sheet, legend, swatch
from rpgstat.media.picture.wanted import wanted
from rpgstat.media.style import used
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.views.rows import name, ranked, rows_of, values
from rpgstat.views.statements import said

BAR, PITCH = 0.15, 0.17
"""Inches: the height of a bar, and from one wave's bar to the next."""

LEAST_SHOWN = 0.05
"""The smallest share whose percentage stands in its bar."""

MOST_NAMED = 12
"""Levels that the legend names one by one, and that have gaps between them; of more it names five, evenly apart."""

OFF = "////"
"""The hatch of answers off the scale."""


@record
class Frame:
    """Where things stand, in inches: the middle of the bars and one whole share, and the right or left edges of the columns."""

    label: float
    wave: float
    n: float
    left: float
    centre: float
    unit: float
    agree: float
    mean: float
    off: float | None


def sheet(result: Result) -> Sheet:
    """The bars of every battery, statements with the highest mean in the latest wave first."""
    rows = [row for row in rows_of(result) if row["item"] is not None]
    frame = _frame(rows)
    scales = values_of_scales(rows)
    keys = tuple(_legend(rows, levels) for levels in scales[:1]) if len(scales) == 1 else ()
    blocks = tuple(_block(str(battery), own, frame, own_legend=len(scales) > 1) for (battery,), own in split(rows, ("battery",)))
    return Sheet(text.one_line(result.title), tuple(said.score(result, ())), keys, blocks, tuple(_caption(rows, weighted=bool(result.options.get("weights")))))


def values_of_scales(rows: Sequence[Row]) -> list[tuple[str, ...]]:
    """The scales in use, each as its levels."""
    return list(dict.fromkeys(tuple(row["levels"]) for row in rows if row["levels"]))


def shares(row: Row) -> list[float]:
    """The share of n at each level, lowest first; none where nobody answered."""
    counts = row["distribution"] or []
    total = sum(counts)
    return [count / total for count in counts] if total else []


def _is_directed(row: Row) -> bool:
    """Whether a bar lies on both sides of the middle of its scale."""
    return row["midpoint"] is not None and wanted().layout == "diverging"


def sides(row: Row) -> tuple[float, float]:
    """What lies left and right of the middle: half of a middle level on either side; all on the right where no midpoint is declared, or bars are stacked."""
    found = shares(row)
    if not _is_directed(row):
        return 0.0, sum(found)
    half = len(found) // 2
    middle = found[half] / 2 if len(found) % 2 else 0.0
    return sum(found[:half]) + middle, sum(found[len(found) - half :]) + middle if found else 0.0


def _off(row: Row) -> float:
    off, n = row["not_applicable"] or 0, row["n"] or 0
    return off / (off + n) if off else 0.0


def _frame(rows: Sequence[Row]) -> Frame:
    label = label_width(map(name, rows), 2.0)
    waves = values(rows, "wave")
    wave = min(max((measure(one, SMALL) for one in waves), default=0.0), 0.75) + 0.08 if len(waves) > 1 else 0.0
    n = max((measure(used().cell("count", row["n"]), SMALL) for row in rows), default=0.0) + 0.1
    left = label + wave + n + 0.12
    right = page_width() - 0.05
    agree, mean = (max(usual, measure(COLUMNS[key].label, SMALL) + 0.05) for key, usual in (("agree", 0.42), ("mean", 0.36)))
    low, high = (max((sides(row)[i] for row in rows), default=0.0) for i in (0, 1))
    high = high or 1.0 - low  # where nobody answered, room for the words that say so
    off = 0.0 if is_narrow() else max(map(_off, rows), default=0.0)
    room = right - left - agree - mean
    unit = room / max(low + high, 0.2)
    if off:  # bars off the scale are drawn to the same measure, their count behind them, under a heading of their own
        unit = min((room - 0.45) / max(low + high + off, 0.2), (room - 0.7) / max(low + high, 0.2))
    centre = left + low * unit
    end = centre + high * unit
    return Frame(label, label + 0.1, label + 0.02 + wave + n, left, centre, unit, end + agree, end + agree + mean, end + agree + mean + 0.14 if off else None)


def _block(battery: str, rows: Sequence[Row], frame: Frame, *, own_legend: bool) -> Block:
    levels = values_of_scales(rows)
    head = _head(battery, frame, _legend(rows, levels[0]) if own_legend and levels else None)
    waves = values(rows, "wave")
    found = {(row["item"], row["wave"]): row for row in rows}
    bands = [_row([found[item, wave] for wave in waves if (item, wave) in found], frame, many=len(waves) > 1) for item in ranked(rows)]
    return Block(head, tuple(bands), _head(say("figure.continued", title=battery), frame, None))


def _head(battery: str, frame: Frame, keys: Band | None) -> Band:
    name = heading(battery, frame.n - 0.15)
    above, tall = keys.height if keys else 0.0, name.height

    def draw(canvas: Canvas, top: float) -> None:
        if keys:
            keys.draw(canvas, top)
        y = top + above
        base = y + tall - 0.1
        name.draw(canvas, base)
        canvas.text(frame.agree, base, COLUMNS["agree"].label, SMALL, align="right", colour=QUIET)
        canvas.text(frame.mean, base, COLUMNS["mean"].label, SMALL, align="right", colour=QUIET)
        canvas.text(frame.n, base, "n", SMALL, align="right", colour=QUIET)
        if frame.off is not None:
            canvas.text(frame.off, base, say("heading.off_scale"), SMALL, colour=QUIET)

    return Band(above + tall, draw)


def _row(rows: Sequence[Row], frame: Frame, *, many: bool) -> Band:
    def draw(canvas: Canvas, middle: float) -> None:
        tall = (len(rows) - 1) * PITCH + BAR
        if _is_directed(rows[0]):
            canvas.line([frame.centre] * 2, [middle - tall / 2 - 0.04, middle + tall / 2 + 0.04], INK, 0.8, above=False)
        for i, row in enumerate(rows):
            _bar(canvas, middle + (i - (len(rows) - 1) / 2) * PITCH, row, frame, many=many)

    return labelled(name(rows[0]), frame.label, (len(rows) - 1) * PITCH + BAR, draw)


def _bar(canvas: Canvas, y: float, row: Row, frame: Frame, *, many: bool) -> None:
    if many:
        canvas.text(frame.wave, y, shorten(row["wave"] or "", SMALL, 0.75), SMALL, colour=QUIET)
    canvas.text(frame.n, y, used().cell("count", row["n"]), SMALL, align="right", colour=QUIET)
    found = shares(row)
    if not found:
        canvas.note(frame.left, y, row["note"] or say("number.no_answers"), SMALL, frame.agree - frame.left - 0.4)
        return
    x = frame.centre - sides(row)[0] * frame.unit
    for share, colour in zip(found, colours.levels(len(found), directed=row["midpoint"] is not None), strict=True):
        _segment(canvas, x, y, share, share * frame.unit, colour, gap=0.012 if len(found) <= MOST_NAMED else 0.0)
        x += share * frame.unit
    canvas.text(frame.agree, y, used().cell("share", row["agree"]), SMALL, align="right")
    canvas.text(frame.mean, y, used().cell("mean", row["mean"]), SMALL, align="right")
    if frame.off is not None and row["not_applicable"]:
        width = max(_off(row) * frame.unit, 0.02)
        canvas.box(frame.off, y - BAR / 2, width, BAR, PALE, hatch=OFF)
        canvas.text(frame.off + width + 0.04, y, text.count(row["not_applicable"]), SMALL, colour=QUIET)


def _segment(canvas: Canvas, x: float, y: float, share: float, width: float, colour: str, gap: float) -> None:
    gap = gap if width > 0.03 else 0.0  # a white gap keeps neighbours apart, whatever the eye makes of their colours
    canvas.box(x + gap / 2, y - BAR / 2, width - gap, BAR, colour)
    shown = used().figure(text.percent(share)).removesuffix("%").rstrip()
    if share >= LEAST_SHOWN and measure(shown, TINY) < width - gap:
        canvas.text(x + width / 2, y, shown, TINY, align="center", colour=colours.on(colour))


def _legend(rows: Sequence[Row], levels: Sequence[str]) -> Band:
    directed = any(row["midpoint"] is not None and tuple(row["levels"] or ()) == tuple(levels) for row in rows)
    shown = list(zip(levels, colours.levels(len(levels), directed=directed), strict=True))
    if len(shown) > MOST_NAMED:
        shown = [shown[round(i * (len(shown) - 1) / 4)] for i in range(5)]
    keys = [Key(level, swatch(colour)) for level, colour in shown]
    if any(row["not_applicable"] for row in rows) and not is_narrow():
        keys.append(Key(say("legend.off_scale"), swatch(PALE, OFF)))
    return legend(keys)


def _caption(rows: Sequence[Row], *, weighted: bool) -> Iterator[str]:
    directed = any(row["midpoint"] is not None for row in rows)
    least = used().cell("share", LEAST_SHOWN)
    stacked = directed and wanted().layout == "stacked"
    yield say("caption.bars_stacked", least=least) if stacked else say("caption.bars_directed", least=least) if directed else say("caption.bars", least=least)
    if is_narrow() and any(row["not_applicable"] for row in rows):
        yield say("caption.no_off_scale")
    if weighted:
        yield say("caption.weighted")
    scales = list(dict.fromkeys((row["scale_low"], row["midpoint"], row["scale_high"]) for row in rows if row["scale_low"] is not None))
    spans = listing([_ends(*scale) for scale in scales], "or")
    order = word("order", wanted().sort)
    yield say("caption.agree_and_mean", spans=spans, order=order) if directed else say("caption.mean", spans=spans, order=order)


def _ends(low: float, middle: float | None, high: float) -> str:
    ends = {"low": text.short(low), "high": text.short(high)}
    return say("number.span", **ends) if middle is None else say("caption.span_midpoint", midpoint=text.short(middle), **ends)
