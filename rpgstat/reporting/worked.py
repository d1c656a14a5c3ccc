"""The chapter on how the programme is held to work: the diagram, what of it is borne out, and each configuration in a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rpgstat import text
from rpgstat.glossary.sentences import say, word
from rpgstat.media.document import Heading, Paragraph, Point
from rpgstat.media.pages import Row, split
from rpgstat.media.style import Style
from rpgstat.reporting.chapters import Drawing, Piece, bullets, tabled
from rpgstat.reporting.findings import Findings, named
from rpgstat.reporting.first.finding import key
from rpgstat.reporting.quoting import capital
from rpgstat.views import view
from rpgstat.views.rows import rows_of


def worked(findings: Findings, style: Style) -> Iterator[Piece]:
    """The figure, what bears out each outcome, and the configurations."""
    result, evidence = named(findings.theory, "configurations"), named(findings.theory, "evidence")
    if result is None or evidence is None:
        return
    title = text.one_line(result.title)
    yield Heading(say("chapter.worked"), listed=True)
    yield Paragraph(f"{text.one_line(view(result.name).headline(result, style).words)} {say('theory.no_arrow')}")
    yield Drawing(replace(result, title=title), called=key("configurations"))
    yield Heading(say("chapter.borne_out"), 2)
    yield from bullets(outcomes(rows_of(evidence), style), key("evidence"))
    yield from tabled(replace(result, title=say("chapter.configurations")), style, key("configurations"))


def outcomes(rows: Sequence[Row], style: Style) -> Iterator[Point]:
    """For each outcome, once, its status and what was found."""
    for (_, name), own in split([row for row in rows if row["part"] == "outcome"], ("id", "text")):
        found = list(dict.fromkeys(text.stopped(style.prose(row["found"] or row["named"])) for row in own if row["found"] or row["named"]))
        status = text.listing(list(dict.fromkeys(word("status", row["status"]) for row in own)))
        yield Point(" ".join([text.stopped(capital(status)), *found]), text.stopped(text.one_line(name)))


def held_up(findings: Findings, style: Style) -> Iterator[Piece]:
    """The evidence, row by row, for the appendix."""
    if result := named(findings.theory, "evidence"):
        yield Heading(say("chapter.evidence"), 2)
        yield from tabled(replace(result, title=say("chapter.evidence"), notes=()), style, key("evidence"))
