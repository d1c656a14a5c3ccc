"""Figures of `topline` with lines: the share of each answer over three waves and more, and how many had answered by each day of the fieldwork."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from datetime import date

from rpgstat import text
from rpgstat.glossary import CONCLUSIONS
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split
from rpgstat.media.picture.axis import Axis, spread
from rpgstat.media.picture.colours import LATER
from rpgstat.media.picture.labels import end_width
from rpgstat.media.picture.paper import INK, LABEL, QUIET, RULE, SMALL, Canvas, line_height, page_width, shorten, wrap
from rpgstat.media.picture.sheet import Band, Block
from rpgstat.media.style import used
from rpgstat.views.themes.share_bars import colours

_TALL, _LEAST, _UNIT = 1.5, 0.16, 0.12
"""Inches: the height of the lines of a question, what a label at their end takes, and what the unit above them does."""


def slopes(question: str, rows: Sequence[Row], waves: Sequence[str]) -> Block:
    """A line for each answer from wave to wave, the answer at its end; those of which a change was found stand out."""
    lines = [list(own) for _, own in split(rows, ("theme",))]
    label = end_width((_end(own[-1]) for own in lines), 2.2)
    axis = Axis(0.0, float(max(len(waves) - 1, 1)), 0.6, page_width() - label - 0.3)
    most = spread([row["share"] for row in rows], floor=0.0)[1]
    tall = max(_TALL, len(lines) * _LEAST + 0.2) + _UNIT

    def draw(canvas: Canvas, top: float) -> None:
        foot, height = top + tall, tall - 0.15 - _UNIT
        canvas.text(0, top + 0.07, say("axis.answered"), SMALL, colour=QUIET)
        _frame(canvas, axis, foot, height, most, dict(enumerate(waves)))
        ends = _apart([foot - own[-1]["share"] / most * height for own in lines])
        for own, end in zip(lines, ends, strict=True):
            found = any(CONCLUSIONS[row["conclusion"]].found for row in own if row["conclusion"])
            points = [(axis.at(waves.index(str(row["wave"]))), foot - row["share"] / most * height) for row in own]
            _line(canvas, points, LATER if found else QUIET, strong=found)
            canvas.text(axis.right + 0.12, end, shorten(_end(own[-1]), SMALL, label + 0.1), SMALL, colour=INK if found else QUIET)

    return _headed(question, Band(tall + 0.3, draw))


def _end(row: Row) -> str:
    return f"{used().cell('share', row['share'])} {row['theme']}"


def days(question: str, rows: Sequence[Row]) -> Block:
    """How many had answered by each day since the first of their wave; a line for each wave."""
    waves = [(str(wave), sorted((date.fromisoformat(row["option"]), row["count"]) for row in own if row["count"])) for (wave,), own in split(rows, ("wave",))]
    waves = [(wave, own) for wave, own in waves if own]
    shades, last = colours([wave for wave, _ in waves]), max(((own[-1][0] - own[0][0]).days for _, own in waves), default=1)
    most = max((sum(n for _, n in own) for _, own in waves), default=1)
    axis = Axis(0.0, float(max(last, 1)), 0.6, page_width() - end_width((_whole(*one) for one in waves), 2.2) - 0.42)

    def draw(canvas: Canvas, top: float) -> None:
        foot, height = top + _TALL + _UNIT, _TALL - 0.15
        canvas.text(0, top + 0.07, say("axis.by_day"), SMALL, colour=QUIET)
        _frame(canvas, axis, foot, height, None, {tick: say("figure.day", n=text.count(int(tick) + 1)) for tick in axis.ticks() if tick == int(tick)}, most)
        ends = _apart([foot - sum(n for _, n in own) / most * height for _, own in waves])
        for (wave, own), end in zip(waves, ends, strict=True):
            sums = [sum(n for day, n in own if day <= until) for until, _ in own]
            points = [(axis.at((day - own[0][0]).days), foot - total / most * height) for (day, _), total in zip(own, sums, strict=True)]
            _line(canvas, points, shades[wave], strong=True)
            canvas.mark(axis.right + 0.14, end, "o", shades[wave], size=3.4)
            canvas.text(axis.right + 0.24, end, _whole(wave, own), SMALL)

    return _headed(question, Band(_TALL + _UNIT + 0.3, draw))


def _whole(wave: str, own: Sequence[tuple[date, int]]) -> str:
    return say("topline.in_wave", wave=wave, n=text.count(sum(n for _, n in own)))


def _line(canvas: Canvas, points: Sequence[tuple[float, float]], colour: str, *, strong: bool) -> None:
    canvas.line([x for x, _ in points], [y for _, y in points], colour, 1.6 if strong else 0.9)
    for x, y in points:
        canvas.mark(x, y, "o", colour, size=3.4 if strong else 2.4)


def _frame(canvas: Canvas, axis: Axis, foot: float, height: float, share: float | None, below: dict[float, str] | dict[int, str], people: int = 0) -> None:
    """The foot with what stands below it, and quiet lines at round shares, or numbers of people."""
    most = share if share is not None else float(people)
    scale = Axis(0.0, most, foot, foot - height)
    shown: Callable[[float], str] = (lambda tick: used().figure(text.percent(tick))) if share is not None else (lambda tick: text.count(int(tick)))
    for tick in scale.ticks(5):
        if share is None and tick != int(tick):
            continue
        canvas.line([axis.left, axis.right], [scale.at(tick)] * 2, RULE, 0.6, above=False)
        canvas.text(axis.left - 0.08, scale.at(tick), shown(tick), SMALL, align="right", colour=QUIET)
    for place, words in below.items():
        canvas.text(axis.at(place), foot + 0.14, shorten(words, SMALL, 1.2), SMALL, align="center", colour=QUIET)


def _apart(ends: Sequence[float]) -> list[float]:
    """Places of labels, moved so far that none touches the next."""
    found = list(ends)
    order = sorted(range(len(ends)), key=lambda at: ends[at])
    for above, below in itertools.pairwise(order):
        found[below] = max(found[below], found[above] + _LEAST)
    over = max((found[order[-1]] - max(ends) if order else 0.0), 0.0)
    return [place - over / 2 for place in found]


def _headed(question: str, row: Band) -> Block:
    def head(words: str) -> Band:
        lines = wrap(words, LABEL, page_width(), bold=True, most=4)
        return Band(len(lines) * line_height(LABEL) + 0.05, lambda canvas, top: canvas.lines(0, top, lines, LABEL, bold=True))

    return Block(head(question), (row,), head(say("figure.continued", title=question)))
