"""The appendix: how each figure was made, what the columns mean, from which files and with which programs."""

from __future__ import annotations

import json
import platform
from collections.abc import Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version

from rpgstat import text
from rpgstat.glossary import COLUMNS, label
from rpgstat.glossary.sentences import in_words, listing, say
from rpgstat.media import stamp
from rpgstat.media.document import Heading, Paragraph, Point
from rpgstat.media.style import Style
from rpgstat.reporting import chapters, said, worked
from rpgstat.reporting.chapters import Piece, bullets
from rpgstat.reporting.findings import Findings
from rpgstat.reporting.quoting import capital
from rpgstat.result import Input, Result
from rpgstat.views import view
from rpgstat.views.page import columns_of

_LIBRARIES = ("polars", "numpy", "scipy", "matplotlib", "python-docx")
_LEFT_OUT = frozenset({"findings", "interaction", "omnibus", "post_hoc", "together", "disagreements"})
"""Results that a report does not show."""

_NO_OPTIONS = frozenset({"ids", "parts", "links"})
"""What a result tells of itself for those who look up or draw it, and nobody chose."""

_TOLD = frozenset({"events"})
"""Results whose notes stand in their chapter."""


def appendix(findings: Findings, style: Style) -> Iterator[Piece]:
    """Method, definitions, remarks on the data, files, options and software."""
    results = [result for result in findings.results() if result.name not in _LEFT_OUT and result.frame.height]
    yield Heading(say("chapter.appendix"), listed=True)
    yield from chapters.reliability(findings, style)
    yield from chapters.omnibus(findings, style)
    yield from _methods(results, style)
    yield from said.coders(findings, style)
    yield from worked.held_up(findings, style)
    yield Heading(say("chapter.definitions"), 2)
    yield from bullets(_definitions(results, style))
    if findings.remarks:
        yield Heading(say("chapter.remarks"), 2)
        yield from bullets([f"{capital(text.one_line(words))}." for words in findings.remarks])
    yield Heading(say("chapter.files"), 2)
    yield from bullets(
        [Point(_rows(given), text.stopped(text.one_line(given.name))) for given in stamp.sources(results)],
    )
    yield Heading(say("chapter.options"), 2)
    yield from bullets(_options(results))
    yield Heading(say("chapter.software"), 2)
    yield Paragraph(f"{stamp.PROGRAM}; Python {platform.python_version()}; {', '.join(_versions())}.")


def _rows(given: Input) -> str:
    """How many respondents a file has, and its digest."""
    known = {"n": text.count(given.rows), "sha256": given.sha256}
    if given.parts is None:
        return say("report.file", given.rows, **known)
    return say("report.file_in_parts", given.rows, **known, parts=text.plural(given.parts, "part"))


def _methods(results: Sequence[Result], style: Style) -> Iterator[Piece]:
    """The method and the notes of each result, once; groupings differ only in their name."""
    seen: set[str] = set()
    for result in results:
        told = [result.method, *(() if result.name in _TOLD else result.notes)]
        lines = [words for words in dict.fromkeys(style.prose(text.one_line(words)) for words in told if words) if words not in seen]
        if lines:
            yield Heading(view(result.name).title + (f": {in_words(result.options['by'])}" if result.name == "breakdown" else ""), 2)
            yield from bullets(lines)
        seen.update(lines)


def _definitions(results: Sequence[Result], style: Style) -> Iterator[Point]:
    """What the columns of the tables mean, each once, in the words of the glossary."""
    told: dict[str, str] = {}
    for result in results:
        for key in _columns(result, style):
            own = style.header(key, label(result.name, key))
            full = COLUMNS[key].label if COLUMNS[key].label != own else say("report.column_of", column=own, table=view(result.name).title)
            if key not in told.values():
                told[own if own not in told else full] = key
    yield from (Point(style.prose(COLUMNS[key].meaning.replace("`", "")), text.stopped(heading)) for heading, key in told.items())


def _columns(result: Result, style: Style) -> Iterator[str]:
    """The columns of figures; what an interval is, the method says."""
    for column in columns_of(result, style):
        if column.key in COLUMNS and COLUMNS[column.key].kind != "text" and not column.key.endswith(("_low", "_high")):
            yield column.key


def _options(results: Sequence[Result]) -> Iterator[Point]:
    said: dict[str, dict[str, object]] = {}
    for result in results:
        said.setdefault(_command(result), dict(result.options))
    for command, options in said.items():
        told = [f"{name.replace('_', ' ')} {_value(value)}" for name, value in options.items() if value not in (None, [], {}) and name not in _NO_OPTIONS]
        if told:
            yield Point(f"{', '.join(told)}.", text.stopped(command))


def _command(result: Result) -> str:
    by = result.options.get("by")
    return say("report.command_by", command=result.command, by=by) if result.name == "breakdown" else result.command


def _value(value: object) -> str:
    if isinstance(value, list):
        return listing([text.one_line(str(part)) for part in value])
    return text.one_line(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _versions() -> Iterator[str]:
    for name in _LIBRARIES:
        try:
            yield f"{name} {version(name)}"
        except PackageNotFoundError:
            continue
