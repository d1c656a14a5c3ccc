"""The figure of `topline` of a battery: a bar for each statement and wave, parted by answer."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat import text
from rpgstat.media.pages import Row, split
from rpgstat.media.picture import colours
from rpgstat.media.picture.labels import label_width, labelled
from rpgstat.media.picture.paper import QUIET, SMALL, TINY, Canvas, measure, page_width, shorten
from rpgstat.media.picture.sheet import Band, Block, Key, legend, swatch
from rpgstat.media.style import used
from rpgstat.views.rows import values

_BAR, _PITCH, _LEAST = 0.15, 0.17, 0.05


def levels(rows: Sequence[Row]) -> tuple[str, ...]:
    """The answers, where several questions have the same three or more; none otherwise."""
    found = {tuple(str(row["theme"]) for row in own if row["wave"] == own[0]["wave"]) for _, own in split(rows, ("question",))}
    several = len(values(rows, "question")) > 1 and all(row["kind"] == "single" for row in rows)
    return next(iter(found)) if several and len(found) == 1 and len(next(iter(found))) > 2 else ()


def key(names: Sequence[str]) -> Band:
    """The legend."""
    return legend([Key(name, swatch(shade)) for name, shade in zip(names, colours.levels(len(names)), strict=True)])


def block(rows: Sequence[Row], names: Sequence[str]) -> Block:
    """All statements, each with its waves."""
    waves = [str(wave) for wave in values(rows, "wave")]
    label = label_width((str(row["text"]) for row in rows), 2.6)
    wave = min(max((measure(one, SMALL) for one in waves), default=0.0), 0.9) + 0.08 if len(waves) > 1 else 0.0
    head = Band(0.05, lambda *_: None)
    bands = []
    for (words, _), own in split(rows, ("text", "question")):
        each = [(str(name), list(found)) for (name,), found in split(own, ("wave",))]
        bands.append(_row(str(words), each, names, label, wave))
    return Block(head, tuple(bands), head)


def _row(words: str, waves: Sequence[tuple[str, Sequence[Row]]], names: Sequence[str], label: float, wave: float) -> Band:
    left = label + 0.15 + wave + 0.35

    def draw(canvas: Canvas, middle: float) -> None:
        for place, (name, own) in enumerate(waves):
            y = middle + (place - (len(waves) - 1) / 2) * _PITCH
            if wave:
                canvas.text(label + 0.12, y, shorten(name, SMALL, 0.9), SMALL, colour=QUIET)
            canvas.text(left - 0.08, y, text.count(own[0]["n"]), SMALL, align="right", colour=QUIET)
            _bar(canvas, left, y, {str(row["theme"]): row["share"] for row in own}, names)

    return labelled(words, label, (len(waves) - 1) * _PITCH + _BAR, draw)


def _bar(canvas: Canvas, left: float, y: float, shares: dict[str, float], names: Sequence[str]) -> None:
    unit, x = page_width() - 0.05 - left, left
    for name, colour in zip(names, colours.levels(len(names)), strict=True):
        share = shares.get(name, 0.0)
        width = share * unit
        gap = 0.012 if width > 0.03 else 0.0
        canvas.box(x + gap / 2, y - _BAR / 2, width - gap, _BAR, colour)
        shown = used().figure(text.percent(share)).removesuffix("%").rstrip()
        if share >= _LEAST and measure(shown, TINY) < width - gap:
            canvas.text(x + width / 2, y, shown, TINY, align="center", colour=colours.on(colour))
        x += width
