"""The figure of `breakdown`: a heat map with a row for each statement and a column for each group, its numbers in the cells."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from rpgstat import text
from rpgstat.glossary.sentences import say, word
from rpgstat.media.pages import WITHHELD, Row, mean_only, split, withheld, withheld_means
from rpgstat.media.picture import colours
from rpgstat.media.picture.labels import label_width, labelled, plot_height
from rpgstat.media.picture.paper import INK, LABEL, PALE, QUIET, SMALL, TINY, Canvas, is_narrow, line_height, measure, page_width, shorten, wrap
from rpgstat.media.picture.sheet import Band, Block, Key, Sheet, legend, swatch, symbol
from rpgstat.media.style import used
from rpgstat.record import record
from rpgstat.result import Result
from rpgstat.views.groups import said
from rpgstat.views.groups.matrix import BEST, HIGHER, LOWER, MEAN_ONLY, few_means
from rpgstat.views.rows import name, rows_of, values

CELL = 0.32
"""Inches: the height of a cell with a mean and its n."""

HIDDEN = "xxxx"
"""The hatch of what is withheld."""

_NARROWEST, _WIDEST = 0.6, 1.1
"""Inches of a cell's width: more groups than fit stand in further parts below."""

_SIGNS: dict[Any, str] = {"higher": HIGHER, "lower": LOWER}


@record
class Part:
    """Groups that stand side by side, and where: the first cell's left edge and each cell's width, in inches."""

    groups: tuple[str, ...]
    label: float
    left: float
    width: float


def sheet(result: Result) -> Sheet:
    """A heat map for each wave and battery, in parts where there are many groups."""
    rows = rows_of(result)
    parts = _parts(rows)
    waves = list(split(rows, ("wave",)))
    blocks = [
        _block(f"{battery}, {wave}" if len(waves) > 1 else str(battery), own, part)
        for (wave,), found in waves
        for (battery,), own in split(found, ("battery",))
        for part in parts
    ]
    keys = (_legend(rows),) if rows else ()
    return Sheet(text.one_line(result.title), tuple(said.breakdown(result, ())), keys, tuple(blocks), tuple(_caption(result, rows)))


def _parts(rows: Sequence[Row]) -> list[Part]:
    groups = [str(group) for group in values(rows, "group")]
    label = label_width(map(name, rows), 2.1)
    room = page_width() - label - 0.1
    across = min(len(groups), int(room / _NARROWEST))
    across = math.ceil(len(groups) / math.ceil(len(groups) / across)) if groups else 1  # parts of about equal width
    width = min(room / across, _WIDEST)
    return [Part(tuple(groups[i : i + across]), label, label + 0.1, width) for i in range(0, len(groups), across)]


def _block(title: str, rows: Sequence[Row], part: Part) -> Block:
    items = list(dict.fromkeys(row["item"] for row in rows))
    found = {(row["item"], str(row["group"])): row for row in rows}
    first = {row["item"]: row for row in reversed(rows)}
    bands = [_row(first[item], [found.get((item, group)) for group in part.groups], part) for item in items if item is not None or len(items) != 2]
    return Block(_head(title, part), tuple(bands), _head(say("figure.continued", title=title), part))


def _head(title: str, part: Part) -> Band:
    lines = wrap(title, LABEL, page_width() if is_narrow() else part.label, bold=True, most=5)
    groups = [wrap(group, SMALL, part.width - 0.06, most=4) for group in part.groups]
    words, heads = len(lines) * line_height(LABEL), max(len(group) * line_height(SMALL) for group in groups)
    tall = (words + heads if is_narrow() else max(words, heads)) + 0.06
    raised = heads if is_narrow() else 0.0

    def draw(canvas: Canvas, top: float) -> None:
        base = top + tall - 0.04
        canvas.lines(0, base - raised - words, lines, LABEL, bold=True)
        for i, group in enumerate(groups):
            canvas.lines(part.left + (i + 0.5) * part.width, base - len(group) * line_height(SMALL), group, SMALL, align="center")

    return Band(tall, draw)


def _row(row: Row, cells: Sequence[Row | None], part: Part) -> Band:
    def draw(canvas: Canvas, y: float) -> None:
        for i, cell in enumerate(cells):
            if cell is not None:
                _cell(canvas, part.left + i * part.width, y, cell, part.width, plot_height(band) - 0.02)

    band = labelled(name(row), part.label, CELL - 0.06, draw, bold=row["item"] is None)
    return band


def _cell(canvas: Canvas, x: float, y: float, row: Row, width: float, height: float) -> None:
    middle, gap = x + width / 2, 0.02
    place = (x + gap / 2, y - height / 2, width - gap, height)
    if withheld(row):
        canvas.box(*place, PALE, hatch=HIDDEN)
        canvas.box(middle - 0.13, y - 0.08, 0.26, 0.16, PALE)
        canvas.text(middle, y, WITHHELD, SMALL, align="center")
        return
    share = _share(row)
    ground = PALE if share is None else colours.between(share)
    ink = colours.on(ground)
    canvas.box(*place, ground)
    if row["mean"] is None:
        canvas.text(middle, y, shorten(row["note"] or text.NONE, TINY, width - 0.08), TINY, align="center", colour=QUIET)
        return
    sign = _SIGNS.get(row["conclusion"], "")
    marks = f"{BEST if row['rank'] == 1 else ''}{sign}{MEAN_ONLY if mean_only(row) else ''}"
    shown = used().cell("mean", row["mean"])
    canvas.text(middle, y - 0.05, f"{shown} {marks}".rstrip(), LABEL, align="center", bold=bool(sign), colour=ink)
    canvas.text(middle, y + 0.08, say("number.n", n=used().cell("count", row["n"])), TINY, align="center", colour=ink)


def _share(row: Row) -> float | None:
    low, high, mean = row["scale_low"], row["scale_high"], row["mean"]
    return None if None in (low, high, mean) or low >= high else (mean - low) / (high - low)


def _legend(rows: Sequence[Row]) -> Band:
    ends = list(dict.fromkeys((row["scale_low"], row["scale_high"]) for row in rows if _share(row) is not None))
    low, high = (text.short(ends[0][0]), text.short(ends[0][1])) if len(ends) == 1 else (say("legend.lowest"), say("legend.highest"))
    low = say("legend.ramp", low=low)
    steps = 40
    wide = 1.4 / steps
    signs = [Key(say("legend.best"), symbol(BEST))]
    for code, sign in _SIGNS.items():
        if any(row["conclusion"] == code for row in rows):
            signs.append(Key(say("legend.apart", conclusion=word("conclusion", code)), symbol(sign)))
    if any(map(mean_only, rows)):
        signs.append(Key(say("legend.few"), symbol(MEAN_ONLY)))
    if any(map(withheld, rows)):
        signs.append(Key(say("legend.withheld"), swatch(PALE, HIDDEN)))
    left = measure(low, SMALL) + 0.06
    beside = legend(signs, 0.0 if is_narrow() else left + 1.4 + 0.06 + measure(high, SMALL) + 0.25)
    lower = 0.2 if is_narrow() else 0.0

    def draw(canvas: Canvas, top: float) -> None:
        y = top + 0.085
        canvas.text(0, y, low, SMALL, colour=INK)
        for i in range(steps):
            canvas.box(left + i * wide, y - 0.06, wide + (0.003 if i < steps - 1 else 0), 0.12, colours.between(i / (steps - 1)))
        canvas.text(left + 1.46, y, high, SMALL, colour=INK)
        beside.draw(canvas, top + lower)

    return Band(beside.height + lower, draw)


def _caption(result: Result, rows: Sequence[Row]) -> Iterator[str]:
    yield say("caption.heat_map")
    yield text.one_line(result.method)
    if any(map(mean_only, rows)):
        yield few_means(MEAN_ONLY)
    if any(map(withheld, rows)):
        yield withheld_means()
