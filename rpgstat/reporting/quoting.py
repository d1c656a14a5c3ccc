"""What the sentences of a report are made of: quoted statements and intervals."""

from __future__ import annotations

import re
from dataclasses import replace

from rpgstat import text
from rpgstat.glossary.sentences import opening, say
from rpgstat.media.document import Bullets, Paragraph, Part
from rpgstat.media.pages import Row
from rpgstat.media.style import Style

_QUOTED = 160
"""Characters of a statement in a sentence; it is whole in the tables."""


_FIGURE = re.compile(r"\[[^\[\]\s]{1,12}(?: ?%)?, [^\[\]\s]{1,12}(?: ?%)?\]|\d %|\b[np] [=<>] (?=[\d.])")
"""An interval, a number before its sign, and `p =` or `n =` before its number."""


def quoted(row: Row) -> str:
    """The statement of a row in quotation marks."""
    return f"“{text.shortened(row['text'] or text.NONE, _QUOTED)}”"


def no_score(row: Row) -> str:
    """Why a battery has no score, as a sentence; empty where it has one."""
    begins = opening("row.no_score")
    return next((say("standing.no_score", why=part.removeprefix(begins)) for part in (row["note"] or "").split("; ") if part.startswith(begins)), "")


def limits(row: Row, low: str, high: str, kind: str, style: Style) -> str:
    """An interval behind its figure, with a space before it; nothing where there is none."""
    if row[low] is None or row[high] is None:
        return ""
    return f" {style.limits(kind, row[low], row[high])}"


def held(part: Part) -> Part:
    """A paragraph or a list in which no line breaks inside a figure, as between a number and its per cent sign."""
    match part:
        case Paragraph(words, about):
            return replace(part, words=_unbroken(words), about=_unbroken(about))
        case Bullets(points):
            return Bullets(tuple(replace(point, words=_unbroken(point.words)) for point in points))
        case _:
            return part


def _unbroken(words: str) -> str:
    return _FIGURE.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), words)


def capital(words: str) -> str:
    """Words that begin a sentence."""
    return f"{words[:1].upper()}{words[1:]}"
