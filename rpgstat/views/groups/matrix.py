"""The page of `breakdown`: statements down, groups across; mean and n of a group in one cell, or in a column each where a style wants that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rpgstat import text
from rpgstat.glossary import COLUMNS, SIGNS
from rpgstat.glossary.sentences import say
from rpgstat.media.pages import WITHHELD, Block, Column, Line, Notes, Row, Section, absent, mean_only, split, withheld
from rpgstat.media.style import Style
from rpgstat.result import Result

BEST, HIGHER, LOWER, MEAN_ONLY = "★", SIGNS["higher"], SIGNS["lower"], "†"
_SYMBOLS: dict[Any, str] = {"higher": HIGHER, "lower": LOWER}
_LETTERS = {BEST: "[t]", HIGHER: "[h]", LOWER: "[l]", MEAN_ONLY: "[m]"}
"""What stands for the symbols in a style without them."""


def legend(rows: Sequence[Row], style: Style) -> str:
    """What the marks beside the means say."""
    best, higher, lower = (BEST, HIGHER, LOWER) if style.symbols else map(_LETTERS.get, (BEST, HIGHER, LOWER))
    told = [] if style.wide else [say("legend.cells")]
    told.append(say("legend.matrix", best=best, higher=higher, lower=lower))
    if any(map(mean_only, rows)):
        told.append(few_means(MEAN_ONLY if style.symbols else _LETTERS[MEAN_ONLY]))
    return " ".join(told)


def few_means(sign: str) -> str:
    """What the sign beside the mean of few people says."""
    return say("legend.few_means", sign=sign)


def lay_out(_: Result, rows: Sequence[Row], notes: Notes) -> tuple[tuple[Column, ...], tuple[Section, ...]]:
    """Columns for each group, a section for each wave, a block for each battery, a line for each statement and the battery score."""
    groups = list(dict.fromkeys(row["group"] for row in rows))
    keys = {group: f"group {place}" for place, group in enumerate(groups)}
    usual = _usual(rows)
    columns = (Column("text", COLUMNS["text"].label, "left", str), *(column for group in groups for column in _columns(keys[group], group, notes.style)))

    def line(found: Sequence[Row]) -> Line:
        statement = say("heading.battery_score") if found[0]["item"] is None else found[0]["text"]
        cells = {column.key: "" for column in columns} | {"text": statement}
        for row in found:
            cells |= _cells(keys[row["group"]], row, notes.style)
        marks = {cell: number for row in found for cell, number in notes.marks(_without(row, usual), keys[row["group"]]).items()}
        return Line({key: "\n".join(map(notes.clean, words.split("\n"))) for key, words in cells.items()}, {"item": found[0]["item"]}, marks)

    def blocks(found: Sequence[Row]) -> tuple[Block, ...]:
        batteries = split(found, ("battery",))
        return tuple(Block(notes.clean(name), tuple(line(own) for _, own in split(battery, ("item",)))) for (name,), battery in batteries)

    return columns, tuple(Section((notes.clean(wave),), blocks(found)) for (wave,), found in split(rows, ("wave",)))


def _columns(key: str, group: str, style: Style) -> tuple[Column, ...]:
    if not style.wide:
        return (Column(key, group, "left", str),)
    n, mean = (style.header(name, COLUMNS[name].label) for name in ("n", "mean"))
    return Column(f"{key} n", n, "right", str, group), Column(key, mean, "right", str, group)


def _cells(key: str, row: Row, style: Style) -> Mapping[str, str]:
    if style.wide:
        n, mean = (absent(row, name, style) if row[name] is None else style.cell(kind, row[name]) for name, kind in (("n", "count"), ("mean", "mean")))
        return {f"{key} n": n, key: " ".join((*_marks(row, style), mean))}
    if withheld(row):
        return {key: f"{WITHHELD}\n{WITHHELD}"}
    mean = absent(row, "mean", style) if row["mean"] is None else text.cell("mean", row["mean"])
    return {key: f"{mean} {''.join(_marks(row, style))}".rstrip() + f"\n{text.cell('count', row['n'])}"}


def _usual(rows: Sequence[Row]) -> set[str]:
    """The notes that a table of many cells would bear on most of them; data keep them."""
    return {say("row.few"), say("row.few_weighted"), say("row.not_after_adjustment"), say("row.not_a_group"), *({say("row.no_rest")} if untested(rows) else ())}


def untested(rows: Sequence[Row]) -> bool:
    """Whether no group at all is tested, because everyone else would tell too much: one line below the table then says so."""
    notes = [row["note"] or "" for row in rows if not withheld(row)]
    own = [note for note in notes if say("row.not_a_group") not in note]
    return bool(own) and all(say("row.no_rest") in note for note in own)


def _without(row: Row, usual: set[str]) -> Row:
    told = [note for note in (row["note"] or "").split("; ") if note not in usual]
    return {**row, "note": "; ".join(told)}


def _marks(row: Row, style: Style) -> tuple[str, ...]:
    """The marks of a group's mean, before it where numbers stand in columns, so that the decimals stay below one another."""
    if withheld(row):
        return ()
    marks = (BEST if row["rank"] == 1 else "", _SYMBOLS.get(row["conclusion"], ""), MEAN_ONLY if mean_only(row) else "")
    return tuple(mark if style.symbols else _LETTERS[mark] for mark in marks if mark)
