"""`trend_waves` and `transitions`: how statements go over three waves or more, and how people moved between two."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split, withheld
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views import intervals, tables
from rpgstat.views.base import View
from rpgstat.views.headlines import Headline, made, number
from rpgstat.views.rows import name, rows_of


def _headline(result: Result, _: Style) -> Headline:
    """How many statements rose, fell or went up and down."""
    rows = [row for row in rows_of(result) if row["item"] is not None]
    tested = [row["conclusion"] for row in rows if row["conclusion"]]
    if not tested:
        return made([say("trend_waves.untested")])
    found = {code: number(tested.count(code)) for code in ("rose", "fell", "mixed", "inconclusive")}
    return made([say("trend_waves.headline", n=text.count(len(tested)), **found)])


def _moved(result: Result, _: Style) -> Headline:
    """How many answers went up, stayed and went down between two waves, where no number is withheld."""
    return made(_told(reference, wave, own) for (reference, wave), own in split(rows_of(result), ("reference", "wave")) if not any(map(withheld, own)))


def _told(reference: str, wave: str, rows: Sequence[Row]) -> str:
    up = same = down = 0
    for _, own in split(rows, ("battery", "item")):
        rank = {level: place for place, level in enumerate(dict.fromkeys(row["before"] for row in own))}  # rows stand lowest level first
        up += sum(row["n"] for row in own if rank[row["after"]] > rank[row["before"]])
        same += sum(row["n"] for row in own if row["after"] == row["before"])
        down += sum(row["n"] for row in own if rank[row["after"]] < rank[row["before"]])
    told = {"up": number(up), "same": number(same), "down": number(down), "n": text.count(up + same + down)}
    return say("linked.headline", reference=reference, wave=wave, **told)


_TABLE = "text waves n slope slope_low..slope_high statistic df p_value p_adjusted departure_p tau odds_ratio odds_low..odds_high assumption_p conclusion"
_SLOPES = intervals.Plan(("battery",), name, "slope", ("slope_low", "slope_high"))

_MOVES = tables.plain("before after n", "battery reference wave", "text")

VIEWS = {
    "trend_waves": View(
        "trend_waves",
        tables.plain(_TABLE, block="battery"),
        headline=_headline,
        legend=tables.legend,
        figure=intervals.figure("slopes", _SLOPES),
    ),
    "transitions": View("transitions", _MOVES, headline=_moved, legend=tables.legend),
}
