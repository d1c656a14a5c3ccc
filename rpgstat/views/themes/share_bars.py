"""The figure of `themes`: for each theme a bar a wave, with its limits, of the people who spoke of it; interviews and focus groups as so many of so many."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import WITHHELD, Row, split, withheld, withheld_means
from rpgstat.media.picture.axis import Axis
from rpgstat.media.picture.colours import EARLIER, LATER, SEQUENCE
from rpgstat.media.picture.labels import label_width, labelled
from rpgstat.media.picture.paper import INK, LABEL, QUIET, RULE, SMALL, Canvas, line_height, measure, page_width, wrap
from rpgstat.media.picture.sheet import Band, Block, Key, Sheet, legend, swatch
from rpgstat.media.style import used
from rpgstat.result import Result
from rpgstat.views.rows import rows_of, values
from rpgstat.views.themes.said import own_themes

BAR, PITCH = 0.13, 0.17
"""Inches: the height of a bar, and from one wave's bar to the next."""

SIGNS = {"positive": "(+)", "negative": "(−)", "mixed": "(±)"}
"""How a theme's declared valence is marked."""


def colours(waves: Sequence[str]) -> dict[str, str]:
    """A colour for each wave: the pair of two, of more a ramp."""
    if len(waves) < 3:
        return dict(zip(waves, (EARLIER, LATER) if len(waves) == 2 else (LATER,), strict=False))
    steps = [*SEQUENCE[1:], INK, QUIET]
    return {wave: steps[place % len(steps)] for place, wave in enumerate(waves)}


def name(row: Row) -> str:
    """The theme with the sign of its valence."""
    return " ".join(filter(None, (str(row["theme"]), SIGNS.get(row["valence"] or "", ""))))


def sheet(result: Result, found: tuple[str, ...]) -> Sheet:
    """The bars of each source, themes that most spoke of in its latest wave first; `found` stands under the title."""
    rows = own_themes(rows_of(result))
    return drawn(result.title, found, rows, _caption(result, rows), say("axis.wrote"))


def drawn(title: str, found: tuple[str, ...], rows: Sequence[Row], caption: Sequence[str], unit: str, *, in_order: bool = False) -> Sheet:
    """Rows as bars of shares, whose `unit` stands over them, under the heading of their source; `in_order` leaves them in theirs."""
    waves = [str(wave) for wave in values(rows, "wave")] or [""]
    shades = colours(waves)
    label = label_width(map(name, rows), 2.4)
    figures = max((measure(told(row), SMALL) for row in rows), default=0.0) + 0.1
    most = max((row["share_high"] for row in rows if row["share_high"] is not None), default=1.0)
    axis = Axis(0.0, min(1.0, (int(most * 10) + 1) / 10), label + 0.15, page_width() - figures - 0.1)
    keys = (legend([Key(wave, swatch(shade)) for wave, shade in shades.items()]),) if len(waves) > 1 else ()
    blocks = tuple(_block(str(source), own, axis, label, shades, unit, in_order=in_order) for (source,), own in split(rows, ("source",)))
    return Sheet(text.one_line(title), found, keys, blocks, tuple(caption))


def told(row: Row) -> str:
    """A row's figures: mentions and n, and the share where there is one."""
    if say("row.not_sought") in (row["note"] or "") and row["n"] is None:
        return say("row.not_sought")
    if row["mentions"] is None:
        return WITHHELD
    counts = say("number.of", n=text.count(row["mentions"]), of=text.count(row["n"]))
    return counts if row["share"] is None else f"{used().cell('share', row['share'])} ({counts})"


def ordered(rows: Sequence[Row], *, in_order: bool = False) -> list[list[Row]]:
    """The waves of each theme, the theme that most spoke of in its latest wave first."""
    own = [list(found) for _, found in split(rows, ("theme",))]
    return own if in_order else sorted(own, key=lambda found: -(found[-1]["mentions"] or 0) / (found[-1]["n"] or 1))


def _block(source: str, rows: Sequence[Row], axis: Axis, label: float, shades: dict[str, str], unit: str, *, in_order: bool) -> Block:
    unit = unit if any(row["share"] is not None for row in rows) else ""
    bands = tuple(_row(own, axis, label, shades) for own in ordered(rows, in_order=in_order))
    return Block(_head(source, axis, unit), bands, _head(say("figure.continued", title=source), axis, unit))


def _head(title: str, axis: Axis, unit: str) -> Band:
    lines = wrap(title, LABEL, page_width(), bold=True, most=4)
    high = len(lines) * line_height(LABEL)

    def draw(canvas: Canvas, top: float) -> None:
        canvas.lines(0, top, lines, LABEL, bold=True)
        canvas.text((axis.left + axis.right) / 2, top + high + 0.07, unit, SMALL, align="center", colour=QUIET)
        for tick in axis.ticks() if unit else ():
            canvas.text(axis.at(tick), top + high + 0.22, used().figure(text.percent(tick)), SMALL, align="center", colour=QUIET)

    return Band(high + (0.32 if unit else 0.05), draw)


def _row(own: Sequence[Row], axis: Axis, label: float, shades: dict[str, str]) -> Band:
    def draw(canvas: Canvas, y: float) -> None:
        half = len(own) * PITCH / 2
        for tick in axis.ticks() if any(row["share"] is not None for row in own) else ():
            canvas.line([axis.at(tick)] * 2, [y - half - 0.04, y + half + 0.04], RULE, 0.6, above=False)
        for place, row in enumerate(own):
            at = y - half + (place + 0.5) * PITCH
            _bar(row, axis, shades.get(str(row["wave"] or ""), LATER))(canvas, at)
            canvas.text(page_width() - 0.03, at, told(row), SMALL, align="right", colour=QUIET if row["mentions"] is None else INK)

    return labelled(name(own[0]), label, len(own) * PITCH, draw)


def _bar(row: Row, axis: Axis, colour: str) -> Callable[[Canvas, float], None]:
    def draw(canvas: Canvas, y: float) -> None:
        if row["share"] is not None:
            canvas.box(axis.left, y - BAR / 2, axis.at(row["share"]) - axis.left, BAR, colour)
            if row["share_low"] is not None:
                axis.interval(canvas, y, row["share_low"], row["share_high"], INK)
        elif row["mentions"] is not None:  # so many of so many, one sign each: they are few, and no share of anything
            step = min(0.12, (axis.right - axis.left) / max(row["n"], 1))
            for place in range(row["n"]):
                canvas.mark(axis.left + (place + 0.5) * step, y, "o", colour, filled=place < row["mentions"], size=min(4.6, step * 38))

    return draw


def _caption(result: Result, rows: Sequence[Row]) -> list[str]:
    words = []
    if any(row["share"] is not None for row in rows):
        level = used().prose(text.confidence(result.options.get("alpha", 0.05)))
        words.append(say("caption.theme_bars", level=level))
    if any(row["share"] is None and row["mentions"] is not None for row in rows):
        words.append(say("caption.theme_dots"))
    if any(row["valence"] for row in rows):
        words.append(say("caption.valence", well=SIGNS["positive"], ill=SIGNS["negative"]))
    return [*words, text.one_line(result.method), *([withheld_means()] if any(map(withheld, rows)) else [])]
