"""The chapters of a short report: of each thing its sentences, and the one table or figure that shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.document import Heading, Paragraph, Table
from rpgstat.media.pages import split
from rpgstat.media.style import Style
from rpgstat.reporting import chapters, over_waves, said, survey
from rpgstat.reporting.changes import Said
from rpgstat.reporting.chapters import Drawing, Piece, bullets, tabled, told
from rpgstat.reporting.findings import Findings, batteries, by_grouping, named, of_battery, without
from rpgstat.reporting.first.finding import key
from rpgstat.views.rows import rows_of

_IN_FULL = ("sd_reference", "sd", "effect", "p_value", "p_adjusted")
"""Columns of a comparison that the full report has: where one tells the conclusion in words, there is no room for these on an upright page."""


def of_batteries(found: Findings, style: Style) -> Iterator[Piece]:
    """For each battery what changed, and the table of it; of one wave where its statements stand."""
    score, compare, trend = named(found.score, "score"), named(found.compare, "compare"), named(found.trend, "trend_waves")
    for battery in batteries(score) if score else []:
        name = text.one_line(battery)
        yield Heading(name, listed=True)
        if trend and battery in batteries(trend):
            own = of_battery(trend, battery, text.headed(name, say("title.trend_waves")))
            yield from bullets(over_waves.trend_of(own, style).of_battery(rows_of(own)), key("trend_waves", battery))
            yield from tabled(replace(own, method=""), style, key("trend_waves", battery))
        elif compare and battery in batteries(compare):
            own, told_by = of_battery(compare, battery, text.headed(name, say("title.compare"))), Said(style, compare.options.get("margin"))
            for _, rows in split(rows_of(own), ("reference", "wave")):
                yield from bullets(told_by.of_battery(rows), key("compare", battery))
            narrow = own if style.symbols else without(own, *_IN_FULL)
            yield from tabled(replace(narrow, method=""), style, key("compare", battery))
        elif score:
            own = of_battery(score, battery, text.headed(name, say("title.score")))
            yield from bullets(survey.standing(rows_of(own), style), key("score", battery))
            yield Drawing(replace(own, method=""), called=key("score", battery))


def response(found: Findings, style: Style) -> Iterator[Piece]:
    """Who answered, in a table."""
    result = named(found.response, "response")
    if result is not None:
        everyone = by_grouping(without(result, "answered", "partial", "straight_liners", "duplicate_ids"))[0][1]
        yield Heading(say("chapter.response"), listed=True)
        yield from bullets(survey.filled_in([row for row in rows_of(result) if row["group"] is None]))
        yield from tabled(replace(everyone, title=say("chapter.returned")), style, key("response"))


def groups(found: Findings, style: Style) -> Iterator[Piece]:
    """Battery scores by group, and what stands out."""
    yield from _without(chapters.groups(found, style), Table)


def themes(found: Findings, style: Style) -> Iterator[Piece]:
    """What people wrote, in figures; interviews in sentences, and quotations in the full report."""
    pieces = list(_until(_without(said.themes(found, style), Table), say("report.in_words")))
    yield from (piece for piece in pieces if not isinstance(piece, Drawing) or "answers" in piece.result.frame["kind"])


def workforce(found: Findings, style: Style) -> Iterator[Piece]:
    """Rates as a figure."""
    yield from _without(chapters.workforce(found, style), Table)


def indicators(found: Findings, style: Style) -> Iterator[Piece]:
    """What changed at events, and the trends, each in a table."""
    trend, events = named(found.indicators, "trend"), named(found.indicators, "events")
    if trend or events:
        yield Heading(say("chapter.indicators"), listed=True)
    if events:
        yield from told([style.prose(note) for note in events.notes[:1]])
        step = without(events, "slope_change", "slope_low", "slope_high", "p_slope", "p_slope_adjusted")
        yield from tabled(replace(step, title=say("chapter.step")), style, key("events"))
    if trend:
        yield from tabled(replace(without(trend, "conclusion"), title=say("chapter.trend"), method=""), style, key("trend"))


def questions(found: Findings, style: Style) -> Iterator[Piece]:
    """What people answered, as a figure."""
    yield from _without(chapters.questions(found, style), Table)


def made(found: Findings, style: Style) -> Iterator[Piece]:
    """How the figures were made, in a sentence for each part of the survey."""
    methods = [result.method for results in (found.trend, found.compare, found.score) for result in results[:1] if result.method]
    if methods:
        yield Heading(say("chapter.appendix"), listed=True)
        yield from told(text.stopped(style.prose(text.one_line(words))) for words in methods)
        yield Paragraph(say("report.full"))


def _without(pieces: Iterator[Piece], *kinds: type) -> Iterator[Piece]:
    """The pieces but those of some kinds, and but headings that nothing is left under."""
    kept = [piece for piece in pieces if not isinstance(piece, kinds)]
    for place, piece in enumerate(kept):
        after = kept[place + 1] if place + 1 < len(kept) else None
        if not isinstance(piece, Heading) or (after is not None and not (isinstance(after, Heading) and after.level <= piece.level)):
            yield piece


def _until(pieces: Iterator[Piece], heading: str) -> Iterator[Piece]:
    """The pieces before the one with this heading."""
    for piece in pieces:
        if isinstance(piece, Heading) and piece.words == heading:
            return
        yield piece
