"""`trend_waves` and `transitions`: how statements go over three waves or more, and how people moved between two."""

from __future__ import annotations

from rpgstat import text
from rpgstat.glossary.sentences import say
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
    "transitions": View("transitions", _MOVES, legend=tables.legend),
}
