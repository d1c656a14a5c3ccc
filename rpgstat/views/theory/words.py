"""The tables and the words of `theory`: configurations in sentences, evidence with what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rpgstat import text
from rpgstat.glossary import label
from rpgstat.glossary.conclusions import concluded
from rpgstat.glossary.sentences import listing, say, word
from rpgstat.media.pages import Block, Column, Line, Notes, Row, Section, split
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views.headlines import Headline, made, number
from rpgstat.views.theory.signs import SIGNS

_ORDER = ("supported", "described", "stated", "undecided", "withheld", "assumed", "contradicted")


def status_of(row: Row) -> str:
    """The status of a row with its sign."""
    return say("theory.part", sign=SIGNS[row["status"]], text=word("status", row["status"]))


def configurations(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """A line for each configuration: its name, how strong its weakest outcome is, and the sentence that says it."""
    columns = (
        Column("configuration", label(result.name, "configuration"), "left", lambda row: str(row["configuration"])),
        Column("status", label(result.name, "status"), "left", status_of),
        Column("sentence", label(result.name, "sentence"), "left", lambda row: str(row["sentence"])),
    )

    def line(row: Row) -> Line:
        return Line({c.key: notes.clean(c.cell(row)) for c in columns}, {"item": "", **row}, notes.marks(row, "configuration"))

    return columns, (Section((), (Block("", tuple(map(line, rows))),)),) if rows else ()


def evidence(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """A block for each configuration, a line for whatever is held up for a part of it, or tells of it."""
    columns = (
        Column("text", label(result.name, "text"), "left", lambda row: row["text"] or word("part", row["part"])),
        Column("says", label(result.name, "says"), "left", lambda row: concluded(row["says"]) if row["says"] else ""),
        Column("status", label(result.name, "status"), "left", status_of),
        Column("found", label(result.name, "found"), "left", lambda row: row["found"] or row["named"] or ""),
    )

    def line(row: Row) -> Line:
        return Line({c.key: notes.clean(c.cell(row)) for c in columns}, {"item": "", **row}, notes.marks(row, "status"))

    blocks = tuple(Block(notes.clean(str(name)), tuple(map(line, own))) for (name,), own in split(rows, ("configuration",)))
    return columns, (Section((), blocks),) if rows else ()


def headline(result: Result, _: Style) -> Headline:
    """How many outcomes have which status, and of how many configurations people tell."""
    if not result.rows:
        return Headline()
    met = [part["status"] for part in result.options["parts"] if part["kind"] == "outcome"]
    counts = [(status, met.count(status)) for status in _ORDER if status in met]
    told = listing([say("theory.told_status", n, n=text.count(n), status=word("status", status)) for status, n in counts])
    rows = result.rows
    unheard = (say("theory.path_assumed"), say("theory.path_unchecked"))
    heard = sum(not any(words in (row["note"] or "") for words in unheard) for row in rows)
    told_of = say("theory.told_of", len(rows), told=text.count(heard), n=text.count(len(rows)))
    paths = say("theory.all_told", len(rows), n=text.count(len(rows))) if heard == len(rows) else told_of
    first = say("theory.headline", len(met), n=text.count(len(met)), told=told)
    short = say("title.outcomes", found=number(met.count("supported")), n=text.count(len(met)))
    return made([first, paths], [short] if len(met) > 1 else [])


def sentences(rows: Sequence[Row]) -> Iterator[str]:
    """Each configuration in its sentence, for those who do not see the figure."""
    yield from (row["sentence"] for row in rows)


def plot(result: Result, plotter: Any) -> Iterator[Any]:
    """The diagram in characters: for each configuration what leads to what, with the signs of its outcomes."""
    status = {part["id"]: part.get("status") for part in result.options["parts"]}
    known = {part["id"]: part for part in result.options["parts"]}
    told = {(link["from"], link["to"]): link for link in result.options["links"]}
    for start in (part["id"] for part in result.options["parts"] if part["kind"] == "mechanism"):
        yield plotter.heading(_named(known[start]))
        for (one, end), link in told.items():
            if end == start:
                yield plotter.text(f"  {'⊣' if link['blocks'] else '→' if link['told'] else '⇢'} {word('part', known[one]['kind'])}: {_named(known[one])}")
        for (one, end), link in told.items():
            if one == start:
                yield plotter.text(f"  {'→' if link['told'] else '⇢'} {SIGNS[status[end] or 'assumed']} {_named(known[end])}")


def _named(part: dict[str, Any]) -> str:
    return text.one_line(part.get("text") or "; ".join(filter(None, (part.get("resource"), part.get("reasoning")))))
