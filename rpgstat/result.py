"""One tidy table of estimates and its meaning: what every command returns and every writer takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import field, replace
from functools import cached_property
from math import isfinite
from typing import Any

import polars as pl
import polars.selectors as cs

from rpgstat.glossary import COLUMNS, OF_UNITS, OPTIONAL, RESULTS, Kind, cell_kind
from rpgstat.glossary.languages import draft, language, telling
from rpgstat.record import record

_LISTS: dict[str, Any] = {"words": pl.List(pl.String), "counts": pl.List(pl.Int64), "means": pl.List(pl.Float64)}
_FIGURES = ("estimate", "conf_low", "conf_high")
_DTYPES: dict[str, Any] = {"text": pl.String, "count": pl.Int64, "rank": pl.Int64, **_LISTS}


@record
class LeftOut:
    """A column that no result uses: what kind of column it is, and its header."""

    kind: str
    text: str


@record
class Input:
    """A file that went in: its name without the path, the digest of its bytes, its respondents, and the columns that nothing uses.

    An export in so many `parts` has a digest of their names and sizes in place of that of its bytes, which may be too many to be read for it; a table that
    an `engine` holds one of its name, columns and number of rows, which does not tell whether its cells have changed.
    """

    name: str
    sha256: str
    rows: int
    left_out: tuple[LeftOut, ...] = ()
    parts: int | None = None
    engine: str | None = None


@record
class Result:
    """One row per estimate, the columns of `glossary.RESULTS[name]` in order, and what they mean.

    `method` is one sentence; `notes` stand under the table; `options` are those in force, as JSON holds them;
    `warnings` are for stderr; `failures` are the checks that the user asked for and that failed; `language` is the code of that of its words.
    Numbers are unrounded, shares 0 to 1; missing is null and the row's note says why.
    Raises ValueError for a column that is unknown or out of order.
    """

    name: str
    title: str
    frame: pl.DataFrame
    method: str
    notes: tuple[str, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)
    inputs: tuple[Input, ...] = ()
    warnings: tuple[str, ...] = ()
    command: str = ""
    failures: tuple[str, ...] = ()
    language: str = field(default_factory=language)

    def __post_init__(self) -> None:
        expected = [c for c in RESULTS[self.name] if c in self.frame.columns or c not in OPTIONAL.get(self.name, ())]
        if self.frame.columns != expected:
            raise ValueError(f"result {self.name}: columns {self.frame.columns}, expected {expected}")

    def __repr__(self) -> str:
        return f"Result: {self.name} ({self.frame.height} rows)"

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The frame as one dictionary a row."""
        return self.frame.to_dicts()

    @cached_property
    def finite_rows(self) -> tuple[Mapping[str, Any], ...]:
        """The rows with null for each number that is not finite, as in `finite`, made once for all who show them."""
        return tuple({name: None if isinstance(cell, float) and not isfinite(cell) else cell for name, cell in row.items()} for row in self.rows)

    def kind(self, column: str, row: Mapping[str, Any]) -> Kind:
        """How a cell is written: as its column is, unless its row is about a share, or a number for each worker or so many people, as `options` say."""
        if self.name == "findings" and column in _FIGURES:
            return OF_UNITS.get(row["unit"] or "", "points")
        if "measure" in row:
            share = row["measure"] not in self.options.get("per_worker", ()) and row["measure"] not in self.options.get("per", ())
        else:  # of surveys, the option `shares` is the mix of groups
            share = "series" in row and row["series"] in self.options.get("shares", ())
        return cell_kind(self.name, column, share=share)


class Picked(Result):
    """Some columns of a result, in an order of somebody's own."""

    def __post_init__(self) -> None:
        """Holds no order."""


def finite(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame as every writer takes it: with null for each number that is not finite.

    >>> finite(pl.DataFrame({"mean": [2.5, float("nan"), float("inf")]}))["mean"].to_list()
    [2.5, None, None]
    """
    return frame.with_columns(pl.when(cs.float().is_finite()).then(cs.float()))


def noted_once(results: Sequence[Result]) -> list[Result]:
    """The results as they stand in one document: that the wording is a draft is noted on the first of them alone."""
    note = draft()
    rest = [replace(result, notes=tuple(one for one in result.notes if one != note)) for result in results[1:]] if note else results[1:]
    return [*results[:1], *rest]


def in_its_language(results: Sequence[Result]) -> AbstractContextManager[None]:
    """What is said meanwhile is in the language of the results."""
    return telling(results[0].language if results else None)


def table(name: str, rows: Iterable[Mapping[str, Any]], extra: Sequence[str] = ()) -> pl.DataFrame:
    """The frame of result `name` from rows by column name; absent keys are null, `extra` are the optional columns asked for.

    Raises KeyError when a row holds a column that the result has not.

    >>> table("score", [{"battery": "B", "n": 3}]).select("battery", "n", "mean").rows()
    [('B', 3, None)]
    """
    columns = [c for c in RESULTS[name] if c not in OPTIONAL.get(name, ()) or c in extra]
    known = set(columns)
    filled = []
    for row in rows:
        if unknown := row.keys() - known:
            raise KeyError(f"result {name} has no columns {sorted(unknown)}")
        filled.append(tuple(row.get(c) for c in columns))
    schema = {c: _DTYPES.get(COLUMNS[c].kind, pl.Float64) for c in columns}
    return pl.DataFrame(filled, schema=schema, orient="row")
