"""The table of `joint`: a line for each theme, source and statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rpgstat import text
from rpgstat.glossary import cell_kind, label
from rpgstat.glossary.sentences import say, word
from rpgstat.media.pages import WITHHELD, Block, Column, Line, Notes, Row, Section, split
from rpgstat.media.style import Style
from rpgstat.result import Result


def lay_out(result: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """A block for each theme, a line for each source and statement."""
    style = notes.style

    columns = (
        Column("source", label(result.name, "source"), "left", lambda row: str(row["source"])),
        Column("mentions", label(result.name, "mentions"), "right", mentions_of),
        Column("statement", label(result.name, "statement"), "left", lambda row: str(row["statement"] or say("joint.no_statement"))),
        Column("value", label(result.name, "value"), "right", lambda row: values_of(result, row, style)),
        Column("estimate", label(result.name, "estimate"), "right", lambda row: change_of(result, row, style)),
        Column("fit", label(result.name, "fit"), "left", fit_of),
        Column("direction", label(result.name, "direction"), "left", direction_of),
    )

    def line(row: Row) -> Line:
        remarks = "; ".join(part for part in (row["note"] or "").split("; ") if part not in (say("joint.no_statement"), say("row.suppressed")))
        return Line({c.key: notes.clean(c.cell(row)) for c in columns}, {"item": "", **row}, notes.marks({**row, "note": remarks}, "source"))

    blocks = tuple(Block(notes.clean(str(theme)), tuple(map(line, own))) for (theme,), own in split(rows, ("theme",)))
    return columns, (Section((), blocks),) if rows else ()


_OF = {"workforce": ("rate", "change"), "trend": ("last_value", "slope")}
"""The columns that the figures of rows other than statements come from, by which they are written."""


def values_of(result: Result, row: Row, style: Style) -> str:
    """The figures of both waves, or the one there is."""
    kind = cell_kind(str(row["result"]), _OF.get(row["result"], ("mean",))[0], share=row["row"] in result.options.get("shares", ()))
    return " → ".join(style.cell(kind, row[key]) for key in ("value_reference", "value") if row[key] is not None)


def change_of(result: Result, row: Row, style: Style) -> str:
    """The change of a row's figure, of a series by the year; nothing where there is none."""
    if row["estimate"] is None:
        return ""
    kind = cell_kind(str(row["result"]), _OF.get(row["result"], ("", "estimate"))[1], share=row["row"] in result.options.get("shares", ()))
    return style.signed(kind, row["estimate"])


def mentions_of(row: Row) -> str:
    """The mentions of both waves, each of so many."""
    if row["mentions"] is None:
        return WITHHELD if row["n"] is not None else text.NONE
    now = say("number.of", n=text.count(row["mentions"]), of=text.count(row["n"]))
    if row["mentions_reference"] is None:
        return now
    return f"{say('number.of', n=text.count(row['mentions_reference']), of=text.count(row['n_reference']))} → {now}"


def fit_of(row: Row) -> str:
    """How theme and statement go together, in a word."""
    return word("fitting", row["fit"])


def direction_of(row: Row) -> str:
    """Which way both point, in words."""
    return word("direction", row["direction"].replace(" ", "_"))


def differing(rows: Sequence[Row]) -> Iterator[str]:
    """What is said of themes that differ from a statement as the evaluator judges, and where the statement is against what is declared."""
    for row in rows:
        against = (row["fit"], row["direction"]) in (("confirms", "other way"), ("differs", "same way"))
        if against:
            yield say("joint.contradicted", theme=row["theme"], fit=word("fit", row["fit"]), statement=row["statement"], direction=direction_of(row))
        elif row["fit"] == "differs" and row["sentence"]:
            yield row["sentence"]


def sentences(rows: Sequence[Row]) -> Iterator[str]:
    """What is said of each theme, of answers before interviews."""
    told: dict[tuple[str, str | None], str] = {}
    for row in rows:
        if row["sentence"]:
            told.setdefault((row["theme"], row["row"]), row["sentence"])
    yield from told.values()
