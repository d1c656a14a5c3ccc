"""The whole study as one document: a summary, a chapter for each thing that the study has, and how it was all made."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rpgstat import text
from rpgstat.glossary.sentences import say
from rpgstat.media.document import Captions, Contents, Document, Heading, Paragraph, Part
from rpgstat.media.picture import paper
from rpgstat.media.style import Style
from rpgstat.reporting import chapters, said, worked
from rpgstat.reporting.appendix import appendix
from rpgstat.reporting.chapters import Chapter, Drawing, Piece
from rpgstat.reporting.findings import Findings
from rpgstat.reporting.quoting import held
from rpgstat.reporting.summary import summary
from rpgstat.views.documents import picture
from rpgstat.views.theory.timeline import moment

__all__ = ["Findings", "document"]

_CHAPTERS: tuple[Chapter, ...] = (
    chapters.response,
    chapters.of_batteries,
    chapters.groups,
    chapters.reliability,
    chapters.questions,
    said.themes,
    said.joint,
    chapters.workforce,
    chapters.indicators,
    worked.worked,
    appendix,
)
"""What follows the summary, in order; each gives nothing where the study has nothing for it."""


_FEW = 3
"""Chapters that need no table of contents."""


def document(findings: Findings, style: Style, suffix: str) -> Document:
    """The report; its figures are drawn for `suffix`, .png or .svg."""
    title = text.one_line(findings.title) or say("report.title")
    pieces = [piece for chapter in _CHAPTERS for piece in chapter(findings, style)]
    begun = tuple(piece.words for piece in pieces if isinstance(piece, Heading) and piece.fresh)
    contents = _contents(begun) if len(begun) > _FEW else []
    first = [Heading(title, 0), *_about(findings), *summary(findings, style), *contents]
    return Document(title, tuple(map(held, _drawn([*first, *pieces], suffix, style))), tuple(findings.results()), style)


def _about(findings: Findings) -> Iterator[Piece]:
    """Who wrote it and when, and what it is about."""
    written = ", ".join(filter(None, (text.one_line(findings.author), moment(findings.date) if findings.date else "")))
    yield from (Paragraph(words) for words in (written, text.one_line(findings.about)) if words)


def _contents(chapters: tuple[str, ...]) -> list[Piece]:
    """What stands where: chapters, tables and figures."""
    listed: list[Piece] = [Heading(say("chapter.tables"), 2), Captions("Table"), Heading(say("chapter.figures"), 2), Captions("Figure")]
    return [Heading(say("chapter.contents"), 2), Contents(chapters), *listed]


def _drawn(pieces: Sequence[Piece], suffix: str, style: Style) -> list[Part]:
    """The parts, with every figure drawn."""
    parts: list[Part] = []
    with paper.settings():  # once for all
        for piece in pieces:
            if isinstance(piece, Drawing):
                parts += [replace(figure, alt=piece.alt or figure.alt) for figure in picture(piece.result, suffix, style, piece.beside)]
            else:
                parts.append(piece)
    return parts
