"""`findings`: the first page of a report as a table, a line for each finding under the heading of its part."""

from __future__ import annotations

from collections.abc import Sequence

from rpgstat import text
from rpgstat.glossary import label
from rpgstat.glossary.sentences import word
from rpgstat.media.pages import Block, Column, Line, Notes, Row, Section, split
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views.base import View
from rpgstat.views.headlines import Headline

_HEADLINE = "headline"


def _table(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """What each finding says; the headline stands above them all."""
    told = [row for row in rows if row["part"] != _HEADLINE]
    columns = (Column("sentence", label(result.name, "sentence"), "left", _sentence),)

    def line(row: Row) -> Line:
        return Line({"sentence": notes.clean(notes.style.prose(_sentence(row)))}, {**row, "item": ""}, notes.marks(row, "sentence"))

    blocks = tuple(Block(notes.clean(word("first_part", part)), tuple(map(line, own))) for (part,), own in split(told, ("part",)))
    return columns, (Section((), blocks),) if blocks else ()


def _sentence(row: Row) -> str:
    return " ".join([*([text.stopped(row["text"])] if row["text"] else []), str(row["sentence"])])


def _found(result: Result, style: Style) -> Headline:
    """The first of the findings."""
    words = next((row["sentence"] for row in result.rows if row["part"] == _HEADLINE), "")
    return Headline(style.prose(text.one_line(words)))


VIEWS = {"findings": View("findings", _table, headline=_found)}
