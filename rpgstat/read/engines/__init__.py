"""Tables that another engine holds: their header is read, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePath

from rpgstat.errors import UserError
from rpgstat.read.engines.opened import Opened, Place
from rpgstat.read.headers import clean, sort
from rpgstat.study import Column, Survey
from rpgstat.study.held import Held
from rpgstat.study.survey import Kind

_KINDS: dict[str, Kind] = {"free": "text", "personal": "personal", "id": "id", "meta": "meta"}


def hold(engine: str, place: Place, address: str | None = None) -> Survey:
    """The survey in a table that an engine reads: files, a folder of parts, a path that it knows, or a table that it knows by name.

    What a column is, is told by its header alone. `address` is where the engine is, None where it knows itself. Raises UserError where the engine
    is not installed, cannot be reached, or cannot read the table.
    """
    try:
        opened = _open(engine, place, address)
    except ImportError as error:
        raise UserError(f"the engine {engine} is not installed", f"install it: pip install 'rpgstat[{engine}]'") from error
    told = "\n".join([place.name, place.table or "", str(opened.n), *opened.header])
    held = Held(engine, opened.rows, opened.fetch, hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest())
    return _survey(held, opened.header, place.name)


def _open(engine: str, place: Place, address: str | None) -> Opened:
    if engine == "duckdb":
        from rpgstat.read.engines import duckdb  # each only where it is asked for

        return duckdb.open_table(place)
    from rpgstat.read.engines import spark

    return spark.open_table(place, address)


def _survey(held: Held, header: Sequence[str], name: str) -> Survey:
    columns = tuple(Column(f"c{i}", clean(cell), _KINDS.get(sort(cell), "answer"), block=i + 1) for i, cell in enumerate(header))
    kept = tuple(column for column in columns if column.kind not in ("text", "personal"))
    aside = tuple(column for column in columns if column not in kept)
    whole = held.nothing_else([column.name for column in columns])
    frame = whole.select(column.name for column in kept)
    return Survey(name, PurePath(name), frame, kept, "flat", aside=aside, whole=whole, held=held)  # type: ignore[arg-type] # no file is opened by it


__all__ = ["Place", "hold"]
