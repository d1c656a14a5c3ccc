"""Checks of files and their columns: headings, personal data, encodings, languages, dates."""

from __future__ import annotations

from collections.abc import Iterator

from rpgstat.checks.registry import Finding, check, heading, of_use
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.study import persons
from rpgstat.study.looked import Looked, Used
from rpgstat.text import count, shortened

_GUESSED = frozenset({"windows-1252", "mac-roman"})
_STATED = frozenset({"spss", "stata"})
"""Platforms whose files say how they are encoded."""

_PERSONAL = frozenset({"e-mail addresses", "telephone numbers", "IP addresses", "coordinates", "postcodes", "addresses"})
"""Forms of answers that are a person's own wherever they stand; names are told by the whole column only."""

_KEPT = ("item", "question", "group")


@check("E101")
def header_rows(looked: Looked) -> Iterator[Finding]:
    """Rows among the answers that look like a header."""
    for file in looked.files:
        if file.headings:
            yield Finding("E101", file.name, n=file.headings, places={"n": count(file.headings)})


@check("E104")
def repeated_headings(looked: Looked) -> Iterator[Finding]:
    """Headings that several columns have, so that nobody knows which is meant."""
    for one in looked.twice:
        yield Finding("E104", one.file, number=one.columns, places={"text": shortened(one.text, 80), "n": count(one.columns)})


@check("E111")
def personal_data(looked: Looked) -> Iterator[Finding]:
    """Personal data in a column that is used, and so kept; none of it is shown."""
    for used in looked.used:
        kind = _personal(used) if used.use in _KEPT else ""
        if kind:
            item = used.name if used.use == "item" else None
            yield Finding("E111", of_use(used), item, used.wave, places={"kind": word("personal", kind.replace(" ", "_").replace("-", "_").lower())})


def _personal(used: Used) -> str:
    found = [persons.form(answer) for answer in used.answers]
    sure = next((kind for kind in found if kind in _PERSONAL), "")
    return sure or (persons.content(used.answers, used.column.label) if used.use != "item" and not used.dated else "")


@check("W219")
def other_platform(looked: Looked) -> Iterator[Finding]:
    """Waves that come from different platforms, or were asked in different languages."""
    platforms = {file.source.survey.platform: file.name for file in looked.files}
    if len(platforms) > 1:
        told = listing([say("finding_part.platform", file=name, platform=platform) for platform, name in platforms.items()])
        yield Finding("W219", looked.files[-1].name, kind="_platform", places={"told": told})
    languages = dict.fromkeys(language for file in looked.files for language in file.languages)
    if len(languages) > 1:
        told = listing(list(languages))
        yield Finding("W219", looked.files[-1].name, kind="_language", places={"told": told})


@check("I302")
def invisible(looked: Looked) -> Iterator[Finding]:
    """Characters that nobody sees in answers, which still make two of one in other programs."""
    for file in looked.files:
        if file.invisible:
            columns = {column.name: column for column in file.source.survey.columns}
            names = [heading(columns[name]) for name in file.invisible]
            more = [say("where.more", len(names) - 3, n=len(names) - 3)] if len(names) > 3 else []
            yield Finding("I302", file.name, n=sum(file.invisible.values()), number=len(names), places={"columns": ", ".join([*names[:3], *more])})


@check("I304")
def no_id(looked: Looked) -> Iterator[Finding]:
    """Files in which nothing tells who is who."""
    for file in looked.files:
        if file.ids is None and not file.damaged:
            yield Finding("I304", file.name)


@check("I305")
def guessed_encoding(looked: Looked) -> Iterator[Finding]:
    """Files whose encoding nothing states."""
    for file in looked.files:
        if file.source.survey.encoding in _GUESSED and file.source.survey.platform not in _STATED:
            yield Finding("I305", file.name, places={"encoding": file.source.survey.encoding})
