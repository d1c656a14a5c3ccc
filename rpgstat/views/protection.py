"""`protection` and `merges`: the plan of what is shown, for those who control it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Column, Notes, Row, Section
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views import tables
from rpgstat.views.base import View
from rpgstat.views.headlines import Headline, made
from rpgstat.views.rows import rows_of

_PLAN = tables.Plan(("text", "n", "shown", "reason"), ("wave", "by"), "group")


def _not_in_full(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """The rows of which not all is shown, by group: on a page, those are what is asked about."""
    return tables.lay_out(_PLAN, result, [_named(row) for row in rows if row["shown"] != "full"], notes)


def _named(row: Row) -> Row:
    """The row with words for what it is about, be it a statement, a score, the questionnaire, a question, an answer to it or a theme."""
    score = row["battery"] is not None and row["item"] is None
    told = say("protection.score", battery=row["battery"]) if score else row["text"]
    option = row["option"] or row["theme"]
    return {**row, "item": "", "text": say("protection.answer", text=told, option=option) if option else told}


def _legend(_: Result, rows: Sequence[Row], __: Style) -> Iterator[str]:
    full = sum(row["shown"] == "full" for row in rows)
    if full:
        yield say("protection.left_out", full, n=text.count(full))


def _counted(result: Result, style: Style) -> Headline:
    """How many figures are shown how."""
    shown = [row["shown"] for row in rows_of(result)]
    tiers = (("hidden", "hidden"), ("mean", "mean only"), ("number", "number only"), ("full", "full"))
    numbers = {name: text.count(shown.count(tier)) for name, tier in tiers}
    if "number only" in shown:
        return made([style.prose(say("protection.counted_replies", **numbers))])
    return made([style.prose(say("protection.counted", **{name: n for name, n in numbers.items() if name != "number"}))])


def _most(result: Result, style: Style) -> Headline:
    """The pair of groups by which most is gained."""
    best = next(iter(rows_of(result)), None)
    if best is None:
        return made([say("protection.none")])
    return made([style.prose(say("protection.best", best["gained"], group=best["group"], other=best["other"], n=text.count(best["gained"])))])


VIEWS = {
    "protection": View("protection", _not_in_full, headline=_counted, legend=_legend),
    "merges": View("merges", tables.plain("by group other withheld withheld_joined gained"), headline=_most),
}
