"""What an engine is asked to open, and what it opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import polars as pl

from rpgstat.errors import UserError
from rpgstat.record import record

BLANK = ("", " ")
"""Cells that are read as blank."""

TEXTS = (".csv", ".tsv", ".txt")


@record
class Place:
    """Where a table is: at a path that only the engine knows, in files of this machine below a folder, or in a catalogue or a database under the name
    `table`. `name` is what results call it."""

    name: str
    path: str | None = None
    files: tuple[str, ...] = ()
    folder: str = ""
    table: str | None = None

    @property
    def paths(self) -> list[str]:
        """What there is to be read."""
        return list(self.files) or [self.path or ""]

    @property
    def suffix(self) -> str:
        """How the paths end, in small letters; nothing for a folder or a table that an engine knows."""
        last = self.paths[0].rstrip("/").rsplit("/", 1)[-1]
        return f".{last.rsplit('.', 1)[1].lower()}" if "." in last else ""


class Opened(NamedTuple):
    """The header of a table, its rows as a lazy table of narwhals with columns c0, c1, ... of text, blank cells null, how many they are, and what has
    the engine answer a query on them with counts."""

    header: list[str]
    rows: Any
    n: int
    fetch: Callable[[Any], pl.DataFrame]


def unread(name: str, engine: str, error: Exception) -> UserError:
    """The error of a table that cannot be read. What the engine says may quote answers or a password, so it is not passed on."""
    hint = "check the path or the table, and that the engine may read it: credentials are its own"
    return UserError(f"{name}: the engine {engine} cannot read it ({type(error).__name__})", hint)


def holds_several(name: str, column: str, kind: str) -> UserError:
    """The error of a column whose cells are no single values."""
    return UserError(f"{name}: column `{column[:60]}` holds {kind.lower()} values", "write it as text, one column for each answer")
