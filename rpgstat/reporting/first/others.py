"""What the first page says of everything but the survey: what people said, the organisation's own figures, events, and how it is held to work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import Row, split
from rpgstat.media.style import Style, writing
from rpgstat.reporting.findings import Findings, named
from rpgstat.reporting.first.finding import Finding, key
from rpgstat.result import Result
from rpgstat.views import view
from rpgstat.views.rates.said import capital
from rpgstat.views.rows import rows_of
from rpgstat.views.themes import joint_table
from rpgstat.views.themes import said as themes_said

_MEASURES, _EVENTS = 4, 2
"""Measures and events that are told one by one."""


def said(found: Findings, style: Style) -> Iterator[Finding]:
    """What most spoke of, how many themes changed and the largest change; where what was said differs from what was ticked."""
    result = named(found.themes, "themes")
    if result is None:
        return
    rows = themes_said.own_themes(rows_of(result))
    with writing(style):
        for (source,), own in split(rows, ("source",)):
            moved = sorted(own, key=lambda row: -abs(row["change"] or 0.0))
            largest = list(themes_said.changes([row for row in own if row["theme"] == moved[0]["theme"]]))[-1:]
            told = list(themes_said.found(own))[-1:]  # how many changed, or what most spoke of where nothing was tested
            yield _theme(str(source), own, moved[0], style.prose(" ".join([*told, *largest])))
    joint = named(found.joint, "joint")
    differing = list(joint_table.differing(rows_of(joint))) if joint else []
    if joint and differing:
        yield Finding("said", style.prose(differing[0]), say("report.joint"), "joint", keys=(key("joint"),))


def _theme(source: str, rows: Sequence[Row], largest: Row, words: str) -> Finding:
    """The finding on one source; its figure is that of the largest change where a test found one."""
    keys = (key("themes", source),)
    if largest["conclusion"] not in ("more", "fewer"):
        return Finding("said", words, source, "themes", f"themes.{rows[0]['theme']}", keys=keys)
    change, low, high = (largest[name] for name in ("change", "change_low", "change_high"))
    return Finding("said", words, source, "themes", f"themes.{largest['theme']}", change, low, high, "share", keys=keys)


def figures(found: Findings, style: Style) -> Iterator[Finding]:
    """Rates of the workforce, and how many series moved."""
    if (result := named(found.workforce, "workforce")) and (words := _workforce(result, style)):
        yield Finding("figures", style.prose(words), say("chapter.workforce"), "workforce", keys=(key("workforce"),))
    if trend := named(found.indicators, "trend"):
        words = style.prose(text.one_line(view("trend").headline(trend, style).first))
        yield Finding("figures", words, say("chapter.indicators"), "indicators", keys=(key("trend"),))


def _workforce(result: Result, style: Style) -> str:
    """Where measures without counts stood first and last, those first that lie furthest apart; of tested ones how many moved."""
    courses = [own for _, own in split([row for row in rows_of(result) if row["rate"] is not None], ("measure", "area"))]
    apart = sorted((own for own in courses if len(own) > 1), key=lambda own: -abs(own[-1]["rate"] - own[0]["rate"]) / (max(row["rate"] for row in own) or 1.0))
    if not apart or any(own[-1]["conclusion"] not in (None, "descriptive") for own in courses) or len({_span(own) for own in apart}) > 1:
        return text.one_line(view("workforce").headline(result, style).words)
    kind = result.kind
    told = [
        say(
            "first.measure",
            measure=_called(own),
            first=style.cell(kind("rate", own[0]), own[0]["rate"]),
            last=style.cell(kind("rate", own[-1]), own[-1]["rate"]),
        )
        for own in apart[:_MEASURES]
    ]
    more = len(courses) - len(told)
    told += [say("headline.more", n=text.count(more))] if more > 0 else []
    first, last = _span(apart[0])
    return say("first.measures", measures="; ".join(told), first=first, last=last)


def _called(own: Sequence[Row]) -> str:
    return ", ".join(filter(None, (capital(str(own[0]["measure"])), str(own[0]["area"] or ""))))


def _span(own: Sequence[Row]) -> tuple[str, str]:
    return str(own[0]["period"]), str(own[-1]["period"])


def event(found: Findings, style: Style) -> Iterator[Finding]:
    """The changes that a test found at an event, and of how many series none was."""
    result = named(found.indicators, "events")
    if result is None:
        return
    rows, alpha = rows_of(result), result.options.get("alpha", 0.05)
    sure = [row for row in rows if any((row[p] if row[p] is not None else 1.0) < alpha for p in ("p_level_adjusted", "p_slope_adjusted"))]
    sure.sort(key=lambda row: min(row[p] for p in ("p_level_adjusted", "p_slope_adjusted") if row[p] is not None))
    for row in sure[:_EVENTS]:
        limits = row["level_change"], row["level_low"], row["level_high"]
        yield Finding(
            "event",
            style.prose(row["sentence"]),
            "",
            "events",
            f"indicators.events.{row['series']}",
            *limits,
            "share" if row["series"] in result.options.get("shares", ()) else "number",
            keys=(key("events"),),
        )
    tested = [row for row in rows if row["p_level_adjusted"] is not None]
    more, none, bare = len(sure) - _EVENTS, len(tested) - len(sure), len(rows) - len(tested)
    told = [say("first.events_more", more, n=text.count(more))] if more > 0 else []
    told += [say("first.events_none", none, n=text.count(none))] if none > 0 else []
    told += [say("first.events_bare", bare, n=text.count(bare))] if bare > 0 else []
    yield from [Finding("event", " ".join(told), "", "events", keys=(key("events"),))] if told else []


def worked(found: Findings, style: Style) -> Iterator[Finding]:
    """How many outcomes are borne out."""
    if result := named(found.theory, "configurations"):
        yield Finding("worked", text.one_line(view(result.name).headline(result, style).first), "", "theory", keys=(key("configurations"),))
