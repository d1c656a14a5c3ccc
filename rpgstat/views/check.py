"""`check`: what was found, each with its code, its place, and how to mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Literal

from rpgstat import text
from rpgstat.glossary import label
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.media.github import Annotation
from rpgstat.media.pages import Block, Column, Line, Notes, Row, Section, split
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views.base import View
from rpgstat.views.headlines import Headline, made
from rpgstat.views.rows import rows_of

_COLUMNS = ("code", "where", "message")


def _table(_: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """A line for each finding, by level."""
    columns = tuple(Column(name, notes.style.header(name, label("check", name)), "left", itemgetter(name)) for name in _COLUMNS)

    def line(row: Row) -> Line:
        return Line({column.key: notes.clean(column.cell(row)) for column in columns}, {**row, "item": ""}, {})

    levels = [Block(notes.clean(word("level", level)), tuple(map(line, own))) for (level,), own in split(rows, ["level"])]
    return columns, (Section((), tuple(levels)),) if levels else ()


def _mends(_: Result, rows: Sequence[Row], __: Style) -> Iterator[str]:
    """How to mend what was found, each once under its code."""
    yield from dict.fromkeys(text.sentence(say("check.mend", code=row["code"], hint=row["hint"])) for row in rows)


def _found(result: Result, style: Style) -> Headline:
    """How many findings of each level there are."""
    numbers = Counter(row["level"] for row in result.rows)
    told = [word("how_many", level, numbers[level], n=text.count(numbers[level])) for level in ("error", "warning", "info") if numbers[level]]
    return made([style.prose(say("check.found", told=listing(told)) if told else say("check.none"))])


_SHOWN: dict[str, Literal["error", "warning", "notice"]] = {"error": "error", "warning": "warning", "info": "notice"}


def annotated(result: Result) -> Iterator[Annotation]:
    """Each finding as GitHub shows it, with the file that it is in, where it is in one."""
    files = [given.name for given in result.inputs]
    for row in rows_of(result):
        file = next((name for name in files if row["where"] == name or row["where"].startswith(f"{name}: ")), "")
        words = say("check.annotation", where=row["where"], message=row["message"], hint=row["hint"])
        yield Annotation(_SHOWN[row["level"]], f"{row['code']}: {word('check_of', row['code'])}", words, file)


VIEWS = {"check": View("check", _table, headline=_found, legend=_mends)}
