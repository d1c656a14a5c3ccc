"""The figure of `joint`: what people said on the left, what they ticked on the right, how both go together at the end."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat import text
from rpgstat.glossary import COLUMNS, label
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split
from rpgstat.media.picture.axis import Axis
from rpgstat.media.picture.colours import EARLIER, LATER
from rpgstat.media.picture.paper import INK, LABEL, QUIET, RULE, SMALL, WIDTH, Canvas, line_height, wrap
from rpgstat.media.picture.sheet import Band, Key, Sheet, legend, mark
from rpgstat.media.picture.sheet import Block as Rows
from rpgstat.media.style import used
from rpgstat.result import Result
from rpgstat.views.rows import rows_of, values
from rpgstat.views.themes.joint_table import fit_of
from rpgstat.views.themes.share_bars import BAR, PITCH, name

_SAID, _BARS, _TALK, _TICKED, _DOTS, _CHANGE = 0.0, 1.5, 2.42, 3.05, 4.42, 5.28
"""Inches from the left: the theme, its bars, its interviews, the statement, its means, its change."""


def sheet(result: Result) -> Sheet:
    """A block for each theme."""
    rows = rows_of(result)
    waves = [*values(rows, "reference"), *values(rows, "wave")]
    shown = list(dict.fromkeys(waves))[:2]
    signs = (mark("o", EARLIER, filled=False), mark("s", LATER))[-len(shown) :]
    keys = (legend([Key(str(wave), sign) for wave, sign in zip(shown, signs, strict=True)]),) if shown else ()
    axis = _axis(rows)
    bands = tuple(_theme(list(own), axis) for _, own in split(rows, ("theme",)))
    head = _head(axis)
    return Sheet(text.one_line(result.title), (), keys, (Rows(head, bands, head),), tuple(map(used().prose, result.notes)))


def _axis(rows: Sequence[Row]) -> Axis:
    found = [row[key] for row in rows if row["result"] in ("compare", "score") for key in ("value", "value_reference") if row[key] is not None]
    low, high = (int(min(found)), int(max(found)) + 1) if found else (0, 1)
    return Axis(float(low), float(high), _DOTS, _CHANGE - 0.1)


def _head(axis: Axis) -> Band:
    def draw(canvas: Canvas, top: float) -> None:
        words = ((_SAID, label("joint", "theme")), (_BARS, say("heading.answers")), (_TALK, say("heading.interviews")))
        for x, word in (*words, (_TICKED, label("joint", "statement")), (_DOTS, COLUMNS["mean"].label)):
            canvas.text(x, top + 0.09, word, SMALL, bold=True)
        canvas.text(WIDTH - 0.03, top + 0.09, label("joint", "fit"), SMALL, bold=True, align="right")
        for value in (axis.low, axis.high):
            canvas.text(axis.at(value), top + 0.24, text.short(value), SMALL, align="center", colour=QUIET)
        for share in (0.0, 1.0):
            canvas.text(_bar_end(share), top + 0.24, used().figure(text.percent(share)), SMALL, align="center", colour=QUIET)

    return Band(0.34, draw)


def _bar_end(share: float) -> float:
    return _BARS + share * (_TALK - _BARS - 0.25)


def _theme(own: Sequence[Row], axis: Axis) -> Band:
    lines = wrap(name(own[0]), LABEL, _BARS - 0.3, most=4)
    stated = [next(iter(found)) for (row,), found in split(own, ("row",)) if row is not None]
    texts = [wrap(str(row["statement"]), SMALL, _DOTS - _TICKED - 0.1, most=3) for row in stated]
    heights = [max(len(words) * line_height(SMALL), 0.2) + 0.06 for words in texts]
    height = max(len(lines) * line_height(LABEL), 2 * PITCH + 0.04, sum(heights)) + 0.1

    def draw(canvas: Canvas, top: float) -> None:
        canvas.line([0, WIDTH], [top, top], RULE, 0.6)
        canvas.lines(_SAID, top + 0.05, lines, LABEL)
        for row in [next(iter(found)) for _, found in split(own, ("source",))]:
            _said(canvas, row, top + 0.05)
        canvas.text(WIDTH - 0.03, top + 0.14, fit_of(own[0]), SMALL, bold=True, align="right")
        y = top + 0.05
        for row, words, tall in zip(stated, texts, heights, strict=True):
            canvas.lines(_TICKED, y, words, SMALL)
            _ticked(canvas, row, y + tall / 2 - 0.03, axis)
            y += tall
        if not stated:
            canvas.text(_TICKED, top + 0.14, say("joint.no_statement"), SMALL, colour=QUIET)

    return Band(height, draw)


def _said(canvas: Canvas, row: Row, top: float) -> None:
    """The mentions of both waves: bars of people who wrote an answer, so many of so many of interviews."""
    for place, (mentions, n, share, colour) in enumerate(
        ((row["mentions_reference"], row["n_reference"], row["share_reference"], EARLIER), (row["mentions"], row["n"], row["share"], LATER))
    ):
        y = top + 0.07 + place * PITCH
        if row["kind"] != "answers":
            if mentions is not None:
                canvas.text(_TALK, y, say("number.of", n=text.count(mentions), of=text.count(n)), SMALL, colour=colour)
        elif share is not None:
            canvas.text(_BARS - 0.06, y, text.count(mentions), SMALL, align="right", colour=QUIET)
            canvas.box(_BARS, y - BAR / 2, _bar_end(share) - _BARS, BAR, colour)


def _ticked(canvas: Canvas, row: Row, y: float, axis: Axis) -> None:
    """The means of both waves on the scale, and the change."""
    if row["result"] in ("compare", "score"):
        canvas.line([axis.left, axis.right], [y, y], RULE, 0.8)
        if row["value_reference"] is not None:
            canvas.mark(axis.at(row["value_reference"]), y, "o", EARLIER, filled=False)
        if row["value"] is not None:
            canvas.mark(axis.at(row["value"]), y, "s", LATER, filled=row["conclusion"] in ("higher", "lower"))
    if row["estimate"] is not None:
        canvas.text(_CHANGE + 0.02, y, used().signed("points", row["estimate"]), SMALL, colour=INK)
