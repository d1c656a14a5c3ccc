"""The headlines of `workforce` and `rates_trend`: which rates fell and which rose."""

from __future__ import annotations

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views.headlines import Counted, Headline, counted, made, number, rest, some
from rpgstat.views.rates.said import capital
from rpgstat.views.rows import rows_of


def workforce(result: Result, _: Style) -> Headline:
    """What became of each measure in its latest period."""
    last = [own[-1] for _, own in split([row for row in rows_of(result) if row["rate"] is not None], ("measure", "area"))]
    found = counted(last)
    several = len({row["area"] for row in last}) > 1
    told = {"n": text.count(len(last)), "up": number(found.up), "down": number(found.down)}
    if not last:
        return made([say("headline.no_rate")])
    if not found.tested:
        return made([say("headline.rates_described", len(last), n=told["n"])], [say("title.rates_described", **told)])
    fell, rose = ([_named(row, several=several) for row in last if row["conclusion"] == code] for code in ("fell", "rose"))
    which = [say("headline.which_fell", which=some(fell))] if fell else []
    which += [say("headline.which_rose", which=some(rose))] if rose else []
    others = rest(found)
    after = say("headline.and_rest", rest=others) if others else ""
    words = say("headline.rates", len(last), which=f" ({'; '.join(which)})" if which else "", rest=after, **told)
    return made([words], [say("title.rates", **told)])


def _named(row: Row, *, several: bool) -> str:
    return ", ".join([capital(str(row["measure"])), *([str(row["area"])] if several and row["area"] else [])])


def trend(result: Result, _: Style) -> Headline:
    """How many rates rose or fell over all periods."""
    rows, alpha = rows_of(result), result.options.get("alpha", 0.05)
    tested = [row for row in rows if row["p_value"] is not None and row["slope"] is not None]
    if not tested:
        return made([say("headline.no_rate_trend", len(rows), n=text.count(len(rows)))] if rows else [])
    sure = [row for row in tested if row["p_value"] < alpha]
    told = {"n": text.count(len(tested)), "up": number(sum(row["slope"] > 0 for row in sure)), "down": number(sum(row["slope"] < 0 for row in sure))}
    left = len(rows) - len(tested)
    others = rest(Counted(0, 0, 0, 0, len(tested) - len(sure), left, 0))
    return made([say("headline.rate_trends", len(tested), rest=say("headline.and_rest", rest=others) if others else "", **told)])
