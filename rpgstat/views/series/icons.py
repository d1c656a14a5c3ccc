"""Making Data Count's icons under the name of a series: the variation of its latest point and, with a target, the assurance of its limits."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat.glossary.sentences import say, word
from rpgstat.media.pages import Row
from rpgstat.media.picture.colours import EARLIER, LATER
from rpgstat.media.picture.paper import TINY, Canvas
from rpgstat.media.picture.sheet import Band, Key, Sign, legend
from rpgstat.result import Result
from rpgstat.views.series.said import assured

PURPLE, GREY = "#7A4FA3", "#6B6B6B"
"""A signal without a direction; neither good nor bad."""

COLOURS = {"improvement": LATER, "concern": EARLIER, "passing": LATER, "failing": EARLIER, "high": PURPLE, "low": PURPLE}
"""Blue is better, orange worse, as in NHS England's charts."""

_LETTERS = {"passing": "P", "failing": "F", "hit_and_miss": "?", "above": "▼", "below": "▲", "around": "="}
"""What stands in the icon of assurance: P, F and ? are Making Data Count's; without a direction, where the target lies to the limits."""


def icons(result: Result, rows: Sequence[Row]) -> Band:
    """A line of one icon or two with words beside them; empty for a series without limits."""
    held = [row for row in rows if row["value"] is not None and row["centre"] is not None]
    if not held:
        return Band(0.0, lambda *_: None)
    latest, before = held[-1], held[-2] if len(held) > 1 else held[-1]
    keys = [_variation(latest, before)]
    if aim := assured(result, rows):
        found = next(row["assurance"] for row in reversed(rows) if row["assurance"])
        keys.append(Key(aim, _icon(_LETTERS[found], COLOURS.get(found, GREY))))
    return legend(keys, most=3.4)


def _variation(latest: Row, before: Row) -> Key:
    if latest["signal"] is None:
        return Key(say("icon.common"), _icon("~", GREY))
    high = latest["value"] > (before["value"] if latest["signal"] == "trend" else latest["centre"])
    words = say("icon.special", signal=word("signal", latest["signal"]), variation=word("variation", latest["variation"]))
    return Key(words, _icon("H" if high else "L", COLOURS[latest["variation"]]))


def _icon(letter: str, colour: str) -> Sign:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.mark(x, y, "o", colour, size=9.5)
        canvas.text(x, y, letter, TINY, align="center", bold=True, colour="white")

    return draw
