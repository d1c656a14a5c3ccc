"""Tables that Spark holds: of its catalogue, or in files that it reads; in this process, or on a cluster by Spark Connect."""

from __future__ import annotations

import os
import re
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import polars as pl

from rpgstat.errors import UserError
from rpgstat.read.engines.opened import BLANK, TEXTS, Opened, Place, holds_several, unread

_SEVERAL = frozenset({"array", "map", "struct", "binary", "variant"})
_NUMBERS = frozenset({"double", "float"})
_WHOLE = 1e15  # whole numbers below it are written without an exponent

_OWN = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
    "spark.sql.shuffle.partitions": str(2 * (os.cpu_count() or 1)),
}
"""Of a session in this process: nothing listens, nothing is said beside the results, and no more parts are shuffled than one machine has hands for."""

_CONNECT = re.compile(r"sc://([^/:;]+)(?::(\d+))?")
_PORT, _PATIENCE = 15002, 10.0  # the port of Spark Connect where none is named, and seconds
_PROXIES = ("grpc_proxy", "https_proxy", "http_proxy")


def open_table(place: Place, address: str | None = None) -> Opened:
    """The table at a place, by the Spark Connect at an address (`sc://host:15002`) or at that of SPARK_REMOTE, or else by Spark in this process.

    Raises UserError where Spark cannot be reached or cannot read the table, and ImportError where it is not installed.
    """
    import narwhals

    def fetch(query: Any) -> pl.DataFrame:
        with _reading(place.name):
            asked = query.to_native()
            return pl.DataFrame([tuple(row) for row in asked.collect()], schema=asked.columns, orient="row", infer_schema_length=None)

    session = _session(address)
    with _reading(place.name):
        found = _source(session, place)
        header, kinds = list(found.columns), [field.dataType.typeName() for field in found.schema.fields]
        for column, kind in zip(header, kinds, strict=True):
            if kind in _SEVERAL:
                raise holds_several(place.name, column, kind)
        rows = narwhals.from_native(found.toDF(*(f"c{at}" for at in range(len(header)))))
        return Opened(header, rows.select(*(_as_text(narwhals, f"c{at}", kind) for at, kind in enumerate(kinds))), found.count(), fetch)


def _session(address: str | None) -> Any:
    """A session of Spark: one that runs already, one of a cluster, or one of this process."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the versions of other libraries
        from pyspark.sql import SparkSession

        far = address or os.environ.get("SPARK_REMOTE")
        if far:
            _reach(far)
        try:
            running = None if address else SparkSession.getActiveSession()
            builder = SparkSession.builder.remote(address) if address else SparkSession.builder
            return running or (builder if far else builder.config(map=_OWN)).getOrCreate()
        except Exception as error:
            hint = "in this process it needs pyspark and Java; of a cluster say where it is: --engine sc://host:15002, or SPARK_REMOTE"
            raise UserError(f"the engine spark does not start ({type(error).__name__})", hint) from error


def _reach(address: str) -> None:
    """Raises UserError where nothing listens, for which Spark itself would wait ten minutes; what stands behind host and port is not said."""
    found = _CONNECT.match(address)
    if found is None or any(os.environ.get(name) or os.environ.get(name.upper()) for name in _PROXIES):
        return
    host, port = found[1], int(found[2] or _PORT)
    try:
        socket.create_connection((host, port), timeout=_PATIENCE).close()
    except OSError as error:
        raise UserError(f"no Spark Connect answers at {host}:{port}", "check the address, and that the cluster runs") from error


def _source(session: Any, place: Place) -> Any:
    """The table as Spark opens it."""
    if place.table is not None:
        if place.paths != [""]:
            raise UserError("[data] names a file and a table, and Spark knows a table by its name alone", "take out `file`")
        return session.table(place.table)
    session.conf.set("spark.sql.sources.partitionColumnTypeInference.enabled", "false")  # 07 is no 7
    reader = session.read.option("basePath", f"file://{place.folder}") if place.files else session.read
    paths = [f"file://{file}" for file in place.files] or place.paths
    if place.suffix in TEXTS:
        told = {"header": True, "multiLine": True, "escape": '"', "enforceSchema": False, "mode": "FAILFAST", "columnPruning": False}
        return reader.options(**told, sep="\t" if place.suffix == ".tsv" else ",").csv(paths)
    if place.suffix == ".parquet":
        return reader.option("mergeSchema", True).parquet(*paths)
    return reader.load(paths if len(paths) > 1 else paths[0])


def _as_text(ns: Any, name: str, kind: str) -> Any:
    """The cells of a column as text, blank ones null."""
    cell = ns.col(name)
    text = cell.cast(ns.String)
    if kind in _NUMBERS:
        whole = (cell == cell.floor()) & (cell.abs() < _WHOLE)
        text = ns.when(whole).then(cell.cast(ns.Int64).cast(ns.String)).otherwise(ns.when(~cell.is_nan()).then(text))
    return ns.when(~text.is_in(list(BLANK))).then(text).alias(name)


@contextmanager
def _reading(name: str) -> Iterator[None]:
    try:
        yield
    except UserError:
        raise
    except Exception as error:
        raise unread(name, "spark", error) from error
