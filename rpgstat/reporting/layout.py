"""The whole study as one document: a first page, a chapter for each thing that the study has, and how it was all made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rpgstat import text
from rpgstat.glossary.languages import draft
from rpgstat.glossary.sentences import listing, say
from rpgstat.media.document import Captions, Contents, Document, Figure, Heading, Logo, Paragraph, Part
from rpgstat.media.style import Style, writing
from rpgstat.reporting import appendix, chapters, said, short, worked
from rpgstat.reporting.chapters import Chapter, Drawing, Piece
from rpgstat.reporting.findings import Findings, named
from rpgstat.reporting.first.page import first_page
from rpgstat.reporting.quoting import held
from rpgstat.study.report import SECTIONS
from rpgstat.views import pictures
from rpgstat.views.documents import picture
from rpgstat.views.theory.timeline import moment

__all__ = ["Findings", "document"]

_CHAPTERS: Mapping[str, Chapter] = {
    "response": chapters.response,
    "batteries": chapters.of_batteries,
    "groups": chapters.groups,
    "questions": chapters.questions,
    "themes": said.themes,
    "joint": said.joint,
    "workforce": chapters.workforce,
    "indicators": chapters.indicators,
    "theory": worked.worked,
    "appendix": appendix.appendix,
}
"""What follows the first page, by the names that a study calls its sections by; each gives nothing where the study has nothing for it."""


_SHORT: Mapping[str, Chapter] = {
    "response": short.response,
    "batteries": short.of_batteries,
    "groups": short.groups,
    "questions": short.questions,
    "themes": short.themes,
    "workforce": short.workforce,
    "indicators": short.indicators,
    "appendix": short.made,
}
"""The same of a short report; what is not here has its findings on the first page only."""

LENGTHS = {"full": _CHAPTERS, "short": _SHORT}
"""What `--length` takes."""

_FEW = 3
"""Chapters that need no table of contents."""


def document(findings: Findings, style: Style, suffix: str, length: str = "full") -> Document:
    """The report; its figures are drawn for `suffix`, .png or .svg, and only told in words without one."""
    title, chosen = text.one_line(findings.title) or say("report.title"), LENGTHS[length]
    pieces = [piece for name in findings.layout.sections or SECTIONS if name in chosen for piece in chosen[name](findings, style)]
    listed = tuple(piece.words for piece in pieces if isinstance(piece, Heading) and piece.listed)
    contents = _contents(listed) if len(listed) > _FEW and length == "full" and suffix else []
    reading: list[Piece] = [Heading(say("chapter.how_to_read"), 2, fresh=not contents), Paragraph(_about_study(findings)), Paragraph(_reading(findings, style))]
    first = [*_titled(findings, title), *first_page(findings, style), *contents, *reading]
    return Document(title, tuple(map(held, _drawn([*first, *pieces], suffix, style))), tuple(findings.results()), style, _written(findings))


def _titled(findings: Findings, title: str) -> Iterator[Piece]:
    """Whose report it is, who wrote it and when, when people were asked, and what it is about."""
    if findings.logo:
        yield Logo(findings.logo, text.one_line(findings.layout.alt))
    yield Heading(title, 0)
    lines = (_written(findings), text.one_line(findings.layout.fieldwork), text.one_line(findings.about))
    yield from (Paragraph(words) for words in lines if words)


def _written(findings: Findings) -> str:
    """Who wrote it and when."""
    return ", ".join(filter(None, (text.one_line(findings.author), moment(findings.date) if findings.date else "")))


def _contents(chapters: tuple[str, ...]) -> list[Piece]:
    """What stands where: chapters, tables and figures."""
    listed: list[Piece] = [Heading(say("chapter.tables"), 2), Captions("table"), Heading(say("chapter.figures"), 2), Captions("figure")]
    return [Heading(say("chapter.contents"), 2, fresh=True), Contents(chapters), *listed]


def _about_study(findings: Findings) -> str:
    """What the report covers."""
    told = []
    if score := named(findings.score, "score"):
        waves = [text.one_line(wave) for wave in score.frame["wave"].unique(maintain_order=True)]
        items = score.frame.filter(score.frame["item"].is_not_null()).select("battery", "item").n_unique()
        times = say("time.once") if len(waves) == 1 else say("time.twice") if len(waves) == 2 else say("time.times", n=text.count(len(waves)))
        told.append(say("report.survey", statements=say("count.statements", items, n=text.count(items)), times=times, waves=listing(waves)))
    if themes := named(findings.themes, "themes"):
        sources = [f"“{text.one_line(source)}”" for source in themes.frame["source"].unique(maintain_order=True)]
        told.append(say("report.coded", sources=listing(sources)))
    if found := named(findings.workforce, "workforce"):
        periods = found.frame["period"].unique(maintain_order=True).sort()
        told.append(say("report.rates", periods=say("time.span", first=periods[0], last=periods[-1]) if len(periods) > 1 else periods[0]))
    if trend := named(findings.indicators, "trend"):
        told.append(say("report.series", series=say("count.series", trend.frame.height, n=text.count(trend.frame.height))))
    return say("report.covers", told="; ".join(told))


def _reading(findings: Findings, style: Style) -> str:
    """How the sentences are meant."""
    alpha = next((result.options["alpha"] for result in findings.results() if "alpha" in result.options), 0.05)
    told = [style.prose(say("report.intervals", level=text.confidence(alpha)))]
    if findings.weighted:
        told.append(say("report.weighted"))
    if compare := named(findings.compare, "compare"):
        told.append(say("report.battery"))
        told += [style.prose(note) for note in compare.notes if say("nonresponse.caution") in note]
        told += [say("report.verbs"), say("change.not_none")]
    return " ".join(filter(None, [*told, say("report.not_why"), draft()]))


def _in_words(drawing: Drawing, style: Style) -> Figure:
    """A figure without its picture."""
    result = drawing.result
    with writing(style):
        return Figure(result.name, text.one_line(result.title), b"", pictures.alt_text(result, drawing.beside))


def _drawn(pieces: Sequence[Piece], suffix: str, style: Style) -> list[Part]:
    """The parts, with every figure drawn."""
    parts: list[Part] = []
    for piece in pieces:
        if isinstance(piece, Drawing):
            drawn = picture(piece.result, suffix, style, piece.beside) if suffix else [_in_words(piece, style)]
            parts += [replace(figure, alt=piece.alt or figure.alt, called=piece.called) for figure in drawn]
        else:
            parts.append(piece)
    return parts
