"""What a trend, and moves between answers, find in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split, withheld
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views.headlines import Headline, made, number
from rpgstat.views.rows import rows_of


def trend(result: Result, _: Style) -> Headline:
    """How many statements rose, fell or went up and down."""
    rows = [row for row in rows_of(result) if row["item"] is not None]
    tested = [row["conclusion"] for row in rows if row["conclusion"]]
    if not tested:
        return made([say("trend_waves.untested")])
    found = {code: number(tested.count(code)) for code in ("rose", "fell", "mixed", "inconclusive")}
    told = {"n": text.count(len(tested)), **found}
    short = say("title.none_moved_over_waves", **told) if tested.count("inconclusive") == len(tested) else say("title.moved_over_waves", **told)
    return made([say("trend_waves.headline", tested.count("inconclusive"), **told)], [short])


def moves(result: Result, _: Style) -> Headline:
    """How many answers went up, stayed and went down between two waves, where no number is withheld."""
    pairs = [pair for pair in split(rows_of(result), ("reference", "wave")) if not any(map(withheld, pair[1]))]
    told = [(_moved(own), reference, wave) for (reference, wave), own in pairs]
    words = [say("linked.headline", reference=reference, wave=wave, **moved) for moved, reference, wave in told]
    return made(words, [say("title.moved", **told[0][0])] if len(told) == 1 else [])


def _moved(rows: Sequence[Row]) -> dict[str, str]:
    up = same = down = 0
    for _, own in split(rows, ("battery", "item")):
        rank = {level: place for place, level in enumerate(dict.fromkeys(row["before"] for row in own))}  # rows stand lowest level first
        up += sum(row["n"] for row in own if rank[row["after"]] > rank[row["before"]])
        same += sum(row["n"] for row in own if row["after"] == row["before"])
        down += sum(row["n"] for row in own if rank[row["after"]] < rank[row["before"]])
    return {"up": number(up), "same": number(same), "down": number(down), "n": text.count(up + same + down)}
