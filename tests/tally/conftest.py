"""Small surveys made in memory, the way the counting pass meets them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from rpgstat.study import Column, Source, Survey


@pytest.fixture
def file():
    """file("one", role=[...], a=[...]): a source of one wave with these columns; `wave` names a column that tells waves apart."""

    def made(*waves: str, wave: str | None = None, ids: str | None = None, **columns: list[str | None]) -> Source:
        names = {f"c{i}": cells for i, cells in enumerate(columns.values())}
        headed = tuple(Column(f"c{i}", header, kind="id" if header == ids else "answer") for i, header in enumerate(columns))
        name = f"{waves[0]}.csv"
        return Source(Survey(name, Path(name), pl.LazyFrame(names, schema=dict.fromkeys(names, pl.String)), headed, "flat"), waves, wave)

    return made
