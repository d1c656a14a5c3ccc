"""The first page: the findings part by part, what cannot be told, and room for what the author makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat.glossary.sentences import say, word
from rpgstat.media.document import Heading, Paragraph, Point
from rpgstat.media.style import Style
from rpgstat.reporting.chapters import Piece, bullets
from rpgstat.reporting.findings import Findings
from rpgstat.reporting.first.finding import PARTS, Finding
from rpgstat.reporting.first.made import found
from rpgstat.text import stopped

_PAGE, _LINE = 42, 94
"""Lines of the first page below its title, and letters of a line."""

_SPARED = ("said", "worked", "figures", "stands", "changed", "event")
"""Parts of which findings are left out where the page has no room for all, the first of these first."""

_TWICE = ("worked",)
"""Parts that count double where the longest is sought: how many outcomes have which status is worth less here than a second finding of another part."""

_RUN_ON = ("limits", "open", "event", "figures")
"""Parts whose sentences stand in one paragraph."""


def first_page(study: Findings, style: Style) -> Iterator[Piece]:
    """The page without its title."""
    made = fitting(found(study, style), sum(-(-len(words) // _LINE) for words in (study.title, study.about, study.layout.fieldwork)))
    yield Heading(say("chapter.summary"))
    for part in PARTS:
        yield from _part(part, [one for one in made if one.part == part])
    yield Paragraph(say("first.prompt"), stopped(word("first_part", "next")))


def fitting(made: Sequence[Finding], above: int = 1) -> list[Finding]:
    """The findings that one page has room for, below so many lines; what is left out, of the longest parts first, the chapters tell."""
    kept = list(made)
    while _lines(kept) > _PAGE - above and (spare := [one for one in kept if one.part in _SPARED]):
        parts = [one.part for one in spare]
        longest = max(_SPARED, key=lambda part: (parts.count(part) * (1 + (part in _TWICE)), -_SPARED.index(part)))
        kept.remove([one for one in spare if one.part == longest][-1])
    return kept


def _lines(made: Sequence[Finding]) -> int:
    """About how many lines the findings take, with the space between paragraphs."""
    lines = 0
    for part in PARTS:
        own = [one for one in made if one.part == part]
        if len(own) == 1 or part in _RUN_ON:
            lines += -(-sum(len(one.sentence) + len(one.about) + 25 for one in own) // _LINE)
        else:
            lines += sum(-(-(len(one.sentence) + len(one.about) + 20) // (_LINE - 4)) for one in own) + bool(own)
    return lines + len({one.part for one in made}) // 2


def _part(part: str, made: Sequence[Finding]) -> Iterator[Piece]:
    if not made:
        return
    if part == "headline":
        yield Paragraph(made[0].sentence.removeprefix(made[0].first).lstrip(), made[0].first)
        return
    about = stopped(word("first_part", part))
    if len(made) == 1 or part in _RUN_ON:
        keys = tuple(dict.fromkeys(key for one in made for key in one.keys))
        named = f"{stopped(made[0].about)} " if len(made) == 1 and made[0].about and part not in _RUN_ON else ""
        yield Paragraph(named + " ".join(one.sentence for one in made), about, keys)
        return
    yield Paragraph("", about)
    yield from bullets([Point(one.sentence, stopped(one.about) if one.about else "", one.keys) for one in made])
