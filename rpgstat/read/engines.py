"""Tables that another engine holds: their header is read, and nothing else."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

import polars as pl

from rpgstat.errors import UserError
from rpgstat.read.headers import clean, sort
from rpgstat.study import Column, Survey
from rpgstat.study.held import Held
from rpgstat.study.survey import Kind

_KINDS: dict[str, Kind] = {"free": "text", "personal": "personal", "id": "id", "meta": "meta"}
_DATABASES = (".duckdb", ".db", ".ddb")
_NUMBERS = ("DOUBLE", "FLOAT")
_ONCE = frozenset({"STRUCT", "LIST", "MAP", "UNION", "BLOB", "ARRAY"})


def hold(engine: str, place: str, name: str, table: str | None = None) -> Survey:
    """The survey in a table that an engine reads: files, a folder of parts, a path that it knows, or the `table` of a database.

    What a column is, is told by its header alone. Raises UserError where the engine is not installed, or cannot read it.
    """
    try:
        import duckdb
        import narwhals
    except ImportError as error:
        raise UserError(f"the engine {engine} is not installed", f"install it: pip install 'rpgstat[{engine}]'") from error

    def fetch(query: Any) -> pl.DataFrame:
        relation = query.to_native()
        try:
            return pl.DataFrame(relation.fetchall(), schema=relation.columns, orient="row", infer_schema_length=None)
        except duckdb.Error as error:
            raise _unread(name, engine, error) from error

    connection = duckdb.default_connection()  # which narwhals asks too
    try:
        found = connection.sql(_source(connection, place, table, name))
        header, kinds = found.columns, list(map(str, found.types))
        rows = found.select(", ".join(_as_text(column, kind, at, name) for at, (column, kind) in enumerate(zip(header, kinds, strict=True))))
        n = len(rows)
    except duckdb.Error as error:
        raise _unread(name, engine, error) from error
    told = "\n".join([engine, name, table or "", str(n), *header])
    held = Held(engine, narwhals.from_native(rows), fetch, hashlib.sha256(told.encode("utf-8", "backslashreplace")).hexdigest())
    return _survey(held, header, name)


def _survey(held: Held, header: Sequence[str], name: str) -> Survey:
    columns = tuple(Column(f"c{i}", clean(cell), _KINDS.get(sort(cell), "answer"), block=i + 1) for i, cell in enumerate(header))
    kept = tuple(column for column in columns if column.kind not in ("text", "personal"))
    aside = tuple(column for column in columns if column not in kept)
    whole = held.nothing_else([column.name for column in columns])
    frame = whole.select(column.name for column in kept)
    return Survey(name, PurePath(name), frame, kept, "flat", aside=aside, whole=whole, held=held)  # type: ignore[arg-type] # no file is opened by it


def _source(connection: Any, place: str, table: str | None, name: str) -> str:
    """What DuckDB selects from."""
    if place.lower().endswith(_DATABASES):
        if table is None:
            raise UserError(f"{name}: is a database", 'name its table in the study: [data] table = "answers"')
        inside = f"held_{hashlib.sha256(place.encode('utf-8', 'backslashreplace')).hexdigest()[:16]}"
        connection.execute(f"ATTACH IF NOT EXISTS {_words(place)} AS {inside} (READ_ONLY)")
        return f"SELECT * FROM {'.'.join(map(_name, (inside, *table.split('.'))))}"
    if place.lower().endswith(".parquet"):
        return f"SELECT * FROM read_parquet({_words(place)}, hive_partitioning = true, union_by_name = true)"
    if place.lower().endswith((".csv", ".tsv", ".txt")):
        options = "all_varchar = true, header = true, hive_partitioning = true, union_by_name = true, nullstr = ['', ' ']"
        return f"SELECT * FROM read_csv({_words(place)}, {options})"
    suffix = PurePath(place).suffix or "a folder"
    raise UserError(
        f"the engine duckdb cannot read {name}: {suffix}",
        "name CSV or Parquet files, with a pattern for many (answers/**/*.parquet), or a DuckDB database; --engine local reads the rest",
    )


def _as_text(column: str, kind: str, at: int, name: str) -> str:
    if kind.partition("(")[0] in _ONCE or kind.endswith("]"):
        raise UserError(f"{name}: column `{column[:60]}` holds {kind.lower()} values", "write it as text, one column for each answer")
    text = f"CAST({_name(column)} AS VARCHAR)"
    if kind in _NUMBERS:
        text = f"regexp_replace({text}, '\\.0$', '')"
    return f"CASE WHEN {text} IN ('', ' ') THEN NULL ELSE {text} END AS c{at}"


def _words(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _unread(name: str, engine: str, error: Exception) -> UserError:
    # What the engine says may quote answers, so it is not passed on.
    hint = "check the path or the table, and that the engine may read it: credentials are its own"
    return UserError(f"{name}: the engine {engine} cannot read it ({type(error).__name__})", hint)
