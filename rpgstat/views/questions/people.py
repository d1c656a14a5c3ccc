"""The page of `people`: a line for each group with its number and share, wave by wave, in one table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from rpgstat import text
from rpgstat.glossary.sentences import listing, say
from rpgstat.media.pages import WITHHELD, Block, Column, Line, Notes, Row, Section, split
from rpgstat.media.style import Style
from rpgstat.result import Result
from rpgstat.views.headlines import Headline, made
from rpgstat.views.rows import rows_of, values


def lay_out(_: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """A block for each grouping."""
    columns = tuple(_columns([str(wave) for wave in values(rows, "wave")], notes.style))
    blocks = []
    for (by,), own in split(rows, ("by",)):
        lines = [{**found[0], "item": "", "by_wave": {row["wave"]: row for row in found}} for _, found in split(own, ("group",))]
        drawn = [Line({column.key: notes.clean(column.cell(line)) for column in columns}, line, {}) for line in lines]
        blocks.append(Block(notes.clean(str(by or "")), tuple(drawn)))
    return columns, (Section((), tuple(blocks), ""),)


def _columns(waves: Sequence[str], style: Style) -> Iterator[Column]:
    yield Column("group", say("label.group"), "left", lambda line: str(line["group"] or say("heading.everyone")))
    for wave in waves:
        name = f"{wave}: " if len(waves) > 1 else ""
        yield Column(f"n {wave}", name + say("label.n"), "right", _cell(wave, "n", style))
        yield Column(f"share {wave}", name + say("label.share") if name else say("label.share"), "right", _cell(wave, "share", style))


def _cell(wave: str, key: str, style: Style) -> Callable[[Row], str]:
    def cell(line: Row) -> str:
        row = line["by_wave"].get(wave)
        if row is None or (key == "share" and row["group"] is None):
            return ""
        if row["n"] is None:
            return WITHHELD
        return text.count(row["n"]) if key == "n" else style.cell("share", row["share"])

    return cell


def headline(result: Result, _: Style) -> Headline:
    """How many answered in each wave."""
    everyone = [row for row in rows_of(result) if row["group"] is None]
    told = listing([say("people.in_wave", n=text.count(row["n"]), wave=row["wave"]) for row in everyone])
    return made([say("people.found", told=told)] if everyone else [])
