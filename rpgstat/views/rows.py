"""What figures and sentences share in reading a result: rows with text on one line, statements in order, sizes in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

import polars as pl

from rpgstat import text
from rpgstat.glossary.sentences import in_words, opening, say, word
from rpgstat.media.pages import Row
from rpgstat.media.picture.wanted import wanted
from rpgstat.result import Result
from rpgstat.study import NOT_STATED


def shown(result: Result) -> list[dict[str, Any]]:
    """The rows as pages and figures show them: a scale that is not certain is marked at the battery, as its note stands once below, not on each row.

    People who stated no group are called so in the language of the page.
    """
    rows = [_read(row) for row in result.finite_rows]
    rows = [_dated(row) for row in rows] if result.name in _BY_PERIOD else rows
    rows = _among_others(rows) if result.name == "breakdown" else rows
    uncertain = {row["battery"] for row in rows if "battery" in row and (row["note"] or "").startswith(opening("row.uncertain"))}
    return [_marked(row) if row.get("battery") in uncertain else row for row in rows] if uncertain else rows


_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
_BY_PERIOD = frozenset({"workforce", "rates_trend", "trend", "chart", "events"})
"""Results of figures by period, whose months people read in words: "Dec 2015"; data keep 2015-12."""


def _dated(row: dict[str, Any]) -> dict[str, Any]:
    months = {key: found for key in ("period", "reference", "first", "last") if (found := _MONTH.fullmatch(str(row.get(key))))}
    return {**row, **{key: say("time.month", month=word("month", found[2]), year=found[1]) for key, found in months.items()}}


def _read(row: Row) -> dict[str, Any]:
    """A row of its own, whose grouping and group are called as people read them."""
    own = {**row}
    if own.get("by"):
        own["by"] = in_words(own["by"])
    if own.get("group") == NOT_STATED:
        own["group"] = say("heading.not_stated")
    return own


def _among_others(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows without the rank of a group that is the only one shown: it is the highest of nothing."""
    ranked = Counter((row["wave"], row["battery"], row["item"]) for row in rows if row["rank"] is not None)
    return [{**row, "rank": row["rank"] if ranked[row["wave"], row["battery"], row["item"]] > 1 else None} for row in rows]


def doubts(result: Result) -> tuple[str, ...]:
    """The notes that say which scales are not certain."""
    return tuple(note for note in result.notes if opening("row.uncertain") in note)


def _marked(row: dict[str, Any]) -> dict[str, Any]:
    told = [part for part in (row["note"] or "").split("; ") if not part.startswith(opening("row.uncertain"))]
    return {**row, "battery": say("heading.uncertain", battery=row["battery"]), "note": "; ".join(told) or None}


def rows_of(result: Result) -> list[dict[str, Any]]:
    """The rows of a result with numbers that are finite and text that is safe to show."""
    rows, schema = shown(result), result.frame.schema
    words, lists = ([name for name, kind in schema.items() if kind == own] for own in (pl.String, pl.List(pl.String)))
    for row in rows:
        row.update({name: _line(row[name]) for name in words if row[name] is not None})
        row.update({name: [part and _line(part) for part in row[name]] for name in lists if row[name] is not None})
    return rows


_line = lru_cache(maxsize=10_000)(text.one_line)


def values(rows: Iterable[Row], key: str) -> list[Any]:
    """The values of a column that are there, each once, in the order in which they are met."""
    return list(dict.fromkeys(row[key] for row in rows if row.get(key) is not None))


def name(row: Row) -> str:
    """What a row is about: its statement, or the score of the battery."""
    return say("heading.battery_score") if row["item"] is None else str(row["text"] or text.NONE)


def ranked(rows: Sequence[Row], key: str = "mean") -> list[Any]:
    """The items of a battery, the one with the highest latest value of `key` first and those without one last; None, its score, at the end.

    A figure may be wanted in another order: by how much the items rose, as the study has them, or by their words.
    """
    items = list(dict.fromkeys(row["item"] for row in rows if row["item"] is not None))
    match wanted().sort:
        case "study":
            order = items
        case "name":
            order = sorted(items, key={row["item"]: str(row["text"]).casefold() for row in rows}.__getitem__)
        case "change":
            order = _highest(items, {item: change for item in items if (change := _change(rows, item)) is not None})
        case _:
            order = _highest(items, {row["item"]: row[key] for row in rows if row[key] is not None})
    return [*order, *([None] if len(items) != 1 and any(row["item"] is None for row in rows) else [])]


def _highest(items: Sequence[Any], by: Mapping[Any, float]) -> list[Any]:
    return sorted(items, key=lambda item: (item not in by, -by.get(item, 0.0)))


def _change(rows: Sequence[Row], item: Any) -> float | None:
    """By how much an item rose: as it was compared, or from the first to the last mean that it has."""
    own = [row for row in rows if row["item"] == item]
    if "estimate" in own[-1]:
        change: float | None = own[-1]["estimate"]
        return change
    means = [row["mean"] for row in own if row["mean"] is not None]
    return means[-1] - means[0] if len(means) > 1 else None


def size(rows: Iterable[Row], key: str = "n") -> str:
    """How many answers stand behind the rows: `n = 47`, or `n = 42 to 47`."""
    found = sorted({row[key] for row in rows if row[key] is not None})
    if not found:
        return say("number.no_answers")
    if len(found) == 1:
        return say("number.n", n=text.count(found[0]))
    return say("number.n_span", low=text.count(found[0]), high=text.count(found[-1]))


MOST_TOLD = 6
"""Measures, series or waves told one by one."""

_QUOTED = 60
"""Characters of a statement in a sentence."""


def quoted(row: Row) -> str:
    """The statement of a row in a sentence."""
    return f"“{text.shortened(row['text'] or text.NONE, _QUOTED)}”"


def covered(rows: Sequence[Row]) -> Iterator[str]:
    """How many statements and batteries the rows are about."""
    items = {(row["battery"], row["item"]) for row in rows if row.get("item") is not None}
    if items:
        batteries = {battery for battery, _ in items}
        statements = say("count.statements", len(items), n=text.count(len(items)))
        yield say("figure.covered", len(batteries), statements=statements, batteries=text.count(len(batteries)))
