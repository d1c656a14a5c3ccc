"""Rows that another engine holds: they stay there, and only counts come over."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import field
from typing import Any, NoReturn

import polars as pl

from rpgstat.errors import UserError
from rpgstat.record import record


@record
class Held:
    """`rows` are a lazy table of narwhals on the engine, its columns c0, c1, ... of text, blank cells null; `fetch` has the engine answer a query
    on them with counts. `fingerprint` is a digest of what is known of the table without reading it."""

    engine: str
    rows: Any = field(repr=False)
    fetch: Callable[[Any], pl.DataFrame] = field(repr=False)
    fingerprint: str

    def refuse(self, what: str, hint: str) -> NoReturn:
        """Raises the UserError for something that the engine cannot do."""
        raise UserError(f"the engine {self.engine} cannot {what}", hint)

    def nothing_else(self, columns: list[str]) -> pl.LazyFrame:
        """In place of the rows, for whatever would look at them one by one: refused."""

        def asked() -> pl.DataFrame:
            self.refuse("look at single rows, which this needs", "count with --engine local, or leave out what needs rows")

        return pl.defer(asked, schema=dict.fromkeys(columns, pl.String))
