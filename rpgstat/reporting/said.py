"""The chapter on what people said: for each question its sentences, figure, table and the quotations that were declared; and the agreement of coders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.document import Heading, Paragraph
from rpgstat.media.style import Style
from rpgstat.reporting.chapters import Drawing, Piece, bullets, tabled, told
from rpgstat.reporting.findings import Findings, named, without
from rpgstat.reporting.first.finding import key
from rpgstat.result import Result
from rpgstat.views import pictures
from rpgstat.views.documents import tables
from rpgstat.views.rows import rows_of, values
from rpgstat.views.themes import joint_table, said

MOST_QUOTES = 2
"""Quotations of a theme: more would be an appendix."""


def themes(findings: Findings, style: Style) -> Iterator[Piece]:
    """What people said, question by question; groups only where at least half of their figures may be seen."""
    result = named(findings.themes, "themes")
    if result is None:
        return
    yield Heading(say("report.said"), listed=True)
    yield Paragraph(say("themes.unprompted"))
    for source in result.frame["source"].unique(maintain_order=True):
        yield from _source(result, source, style)
    if quotes := named(findings.themes, "quotes"):
        yield Heading(say("report.in_words"), 2)
        yield from _quotes(quotes, style)
    yield from _by_group(result, style)


def _source(result: Result, source: str, style: Style) -> Iterator[Piece]:
    own = result.frame.filter((pl.col("source") == source) & pl.col("by").is_null() & pl.col("code").is_null())
    one = replace(result, frame=own, title=text.one_line(source), method="")
    yield Heading(text.one_line(source), 2)
    rows = rows_of(one)
    called = key("themes", source)
    yield from bullets([style.prose(words) for words in (*pictures.lead(one), *said.changes(rows))], called)
    yield Drawing(one, called=called)
    yield from tabled(replace(without(one, "share_returned"), title=say("report.said")), style, called)


def _quotes(result: Result, style: Style) -> Iterator[Piece]:
    """The quotations of each theme, as they were declared."""
    for theme in values(result.rows, "theme"):
        own = [row for row in result.rows if row["theme"] == theme][:MOST_QUOTES]
        yield from bullets([say("report.quotation", theme=theme, quote=row["quote"], speaker=_speaker(row)) for row in own])
    yield from told([style.prose(note) for note in result.notes])


def _speaker(row: dict[str, str | None]) -> str:
    return ", ".join(filter(None, (row["speaker"], row["wave"])))


def _by_group(result: Result, style: Style) -> Iterator[Piece]:
    for by in values(result.rows, "by"):
        own = result.frame.filter(pl.col("by") == by)
        sought = own.filter(pl.col("note").is_null() | (pl.col("note") != say("row.not_sought")))
        shown, cells = sought["mentions"].count(), sought.height
        yield Heading(say("report.said_by", by=text.one_line(by)), 2)
        if 2 * shown < cells:
            yield Paragraph(say("report.too_few_said", by=text.one_line(by), shown=text.count(shown), cells=text.count(cells)))
        else:
            yield from told([style.prose(note) for note in result.notes[-1:]])
            yield from tables(replace(result, frame=own, title=say("report.said_by", by=text.one_line(by)), method=""), style, brief=True)


def joint(findings: Findings, style: Style) -> Iterator[Piece]:
    """What was said beside what was ticked, with the evaluator's reading of it."""
    result = named(findings.joint, "joint")
    if result is None:
        return
    yield Heading(say("report.joint"), listed=True)
    yield from bullets([style.prose(words) for words in joint_table.sentences(rows_of(result))], key("joint"))
    yield Drawing(replace(result, title=say("report.joint"), method=""), called=key("joint"))
    yield from tabled(replace(result, title=say("report.joint")), style, key("joint"))


def coders(findings: Findings, style: Style) -> Iterator[Piece]:
    """How far those who coded the same material agree."""
    result = named(findings.agreement, "agreement")
    if result is not None:
        narrow = without(replace(result, title=say("report.agreement"), method=""), "positive", "negative", "ac1")  # so that it stands upright
        yield Heading(say("report.agreement"), 2)
        yield Paragraph(say("report.coders"))
        yield from tables(narrow, style, brief=True)
