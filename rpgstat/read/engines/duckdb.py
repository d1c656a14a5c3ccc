"""Tables that DuckDB holds: CSV and Parquet files, and the tables of its databases and of PostgreSQL."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any

import polars as pl

from rpgstat.errors import UserError
from rpgstat.read.engines import postgres
from rpgstat.read.engines.opened import BLANK, TEXTS, Opened, Place, holds_several, unread

_DATABASES = (".duckdb", ".db", ".ddb")
_NUMBERS = ("DOUBLE", "FLOAT")
_ONCE = frozenset({"STRUCT", "LIST", "MAP", "UNION", "BLOB", "ARRAY"})


def open_table(place: Place) -> Opened:
    """The table at a place. Raises UserError where DuckDB cannot read it, and ImportError where it is not installed."""
    import duckdb
    import narwhals

    def fetch(query: Any) -> pl.DataFrame:
        relation = query.to_native()
        try:
            return pl.DataFrame(relation.fetchall(), schema=relation.columns, orient="row", infer_schema_length=None)
        except duckdb.Error as error:
            raise unread(place.name, "duckdb", error) from error

    connection = duckdb.default_connection()  # which narwhals asks too
    try:
        found = connection.sql(_source(connection, place))
        header, kinds = found.columns, list(map(str, found.types))
        rows = found.select(", ".join(_as_text(column, kind, at, place.name) for at, (column, kind) in enumerate(zip(header, kinds, strict=True))))
        return Opened(header, narwhals.from_native(rows), len(rows), fetch)
    except duckdb.Error as error:
        raise unread(place.name, "duckdb", error) from error


def _source(connection: Any, place: Place) -> str:
    """What DuckDB selects from."""
    if place.path is None and not place.files:
        raise UserError(f"[data] names the table `{place.table}`, and no database", 'name it too, for the engine duckdb: file = "survey.duckdb"')
    if place.suffix in _DATABASES or postgres.meant(place.path):
        return _of_database(connection, place.paths[0], place)
    if place.table is not None:
        hint = "name a DuckDB database or postgresql://HOST/DATABASE, or take out `table`"
        raise UserError(f"{place.name}: is no database, and [data] names the table `{place.table}`", hint)
    shared = f"[{_listed(place.paths)}], hive_partitioning = true, hive_types_autocast = false, union_by_name = true"
    if place.suffix == ".parquet":
        return f"SELECT * FROM read_parquet({shared})"
    if place.suffix in TEXTS:
        return f"SELECT * FROM read_csv({shared}, all_varchar = true, header = true, nullstr = [{_listed(BLANK)}])"
    raise UserError(
        f"the engine duckdb cannot read {place.name}: {place.suffix or 'a folder'}",
        "name CSV or Parquet files, with a pattern for many (answers/**/*.parquet), or a DuckDB database; --engine local reads the rest",
    )


def _of_database(connection: Any, path: str, place: Place) -> str:
    if place.table is None:
        raise UserError(f"{place.name}: is a database", 'name its table in the study: [data] table = "answers"')
    inside = f"held_{hashlib.sha256(path.encode('utf-8', 'backslashreplace')).hexdigest()[:16]}"
    if postgres.meant(path):
        postgres.attach(connection, path, inside)
    else:
        connection.execute(f"ATTACH IF NOT EXISTS {_words(path)} AS {inside} (READ_ONLY)")
    return f"SELECT * FROM {'.'.join(map(_name, (inside, *place.table.split('.'))))}"


def _as_text(column: str, kind: str, at: int, name: str) -> str:
    if kind.partition("(")[0] in _ONCE or kind.endswith("]"):
        raise holds_several(name, column, kind)
    text = f"CAST({_name(column)} AS VARCHAR)"
    if kind in _NUMBERS:
        text = f"regexp_replace(nullif({text}, 'nan'), '\\.0$', '')"
    return f"CASE WHEN {text} IN ({_listed(BLANK)}) THEN NULL ELSE {text} END AS c{at}"


def _listed(cells: Sequence[str]) -> str:
    return ", ".join(map(_words, cells))


def _words(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
