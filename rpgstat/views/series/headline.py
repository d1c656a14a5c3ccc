"""The headlines of `trend`, `chart` and `events`: which series moved, which have signals, and what changed at an event."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat import text
from rpgstat.admin.series import in_words
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split
from rpgstat.media.picture.wanted import wanted
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views.headlines import Headline, counted, made, number, once, rest, some
from rpgstat.views.rows import rows_of


def trend(result: Result, style: Style) -> Headline:
    """How many series rose or fell, which, and the largest change a year in per cent that a test found."""
    rows = rows_of(result)
    found = counted(rows)
    told = {"n": text.count(len(rows)), "up": number(found.up), "down": number(found.down)}
    if not rows:
        return Headline()
    if not found.tested:
        return made([say("headline.series_described", len(rows), n=told["n"])], [say("title.series_described", **told)])
    which = [say("headline.which_fell", which=some(once(row["series"] for row in rows if row["conclusion"] == "fell")))] if found.down else []
    which += [say("headline.which_rose", which=some(once(row["series"] for row in rows if row["conclusion"] == "rose")))] if found.up else []
    others = rest(found)
    after = say("headline.and_rest", rest=others) if others else ""
    words = say("headline.trends", len(rows), which=f" ({'; '.join(which)})" if which else "", rest=after, **told)
    return made([words, _fastest(rows, style)], [say("title.trends", **told)])


def _fastest(rows: Sequence[Row], style: Style) -> str:
    """The series that changed most for its size."""
    moved = [row for row in rows if row["conclusion"] in ("rose", "fell") and row["percent_per_year"] is not None]
    if len(moved) < 2:
        return ""
    row = max(moved, key=lambda row: abs(row["percent_per_year"]))
    return say("headline.fastest", series=row["series"], change=style.signed("rate", row["percent_per_year"]), n=text.count(row["n"]))


def events(result: Result, _: Style) -> Headline:
    """At how many events the level or the slope of a series is shown to have changed."""
    alpha = result.options.get("alpha", 0.05)
    breaks = [own[0] for _, own in split(rows_of(result), ("series", "period"))]  # the events of one period are one break
    tested = [row for row in breaks if row["p_level_adjusted"] is not None]
    if not tested:
        return made([say("headline.no_event_tested", len(breaks), n=text.count(len(breaks)))] if breaks else [], [say("title.no_event_tested")])
    steps = [row for row in tested if row["p_level_adjusted"] < alpha and row["level_change"] is not None]
    bends = [row for row in tested if row["p_slope_adjusted"] is not None and row["p_slope_adjusted"] < alpha]
    told = {"n": text.count(len(tested)), "rose": number(sum(row["level_change"] > 0 for row in steps))}
    told |= {"fell": number(sum(row["level_change"] < 0 for row in steps)), "bent": number(len(bends))}
    left = len(breaks) - len(tested)
    others = say("headline.and_untested", left, n=text.count(left)) if left else ""
    where = say("headline.which", which=some([_step(row) for row in steps])) if steps else ""
    return made([say("headline.events", len(tested), where=where, rest=others, **told)], [say("title.events_found", **told)])


def _step(row: Row) -> str:
    told = {"series": row["series"], "period": in_words(str(row["period"]))}
    return say("headline.step_up", **told) if row["level_change"] > 0 else say("headline.step_down", **told)


def chart(result: Result, _: Style) -> Headline:
    """How many series have signals, and in how many the latest point is one."""
    series = [own for _, own in split([row for row in rows_of(result) if row["value"] is not None], ("series",))]
    if not series or wanted().layout == "lines":  # without limits there are no signals
        return Headline()
    with_signals = [own for own in series if any(row["signal"] for row in own)]
    latest = [str(own[-1]["series"]) for own in series if own[-1]["signal"]]
    told = {"n": text.count(len(series)), "found": number(len(with_signals)), "latest": number(len(latest))}
    which = say("headline.which", which=some(latest)) if latest else ""
    return made([say("headline.charts", len(series), which=which, **told)], [say("title.charts", **told)])
