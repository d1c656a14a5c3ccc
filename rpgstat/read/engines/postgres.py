"""Tables of PostgreSQL, by DuckDB's scanner where that is at hand: nothing is fetched to read them, and nothing is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rpgstat.errors import UserError

_ADDRESS = re.compile(r"postgres(?:ql)?://(?:(?P<who>[^/?#@]*)@)?[^/?#]*(?:/(?P<database>[^?#]*))?(?P<asked>\?.*)?", re.DOTALL)
_SECRETS = re.compile(r"[?&](?:password|sslpassword|passfile)=", re.IGNORECASE)
_WHEEL = "duckdb_extension_postgres_scanner"
_LATELY = "SET autoinstall_known_extensions = "


def meant(path: str | None) -> bool:
    """Whether a path is the address of a database of PostgreSQL."""
    return path is not None and path.startswith(("postgres:", "postgresql:"))


def name_of(path: str) -> str:
    """What results call the database at an address: its name, and nothing of who reads it from where. Raises UserError for an address that holds
    a password, which anybody who has the study or sees the command would read.

    >>> name_of("postgresql://analyst@db.example.org/hr?sslmode=require"), name_of("postgresql://")
    ('hr', 'PostgreSQL')
    """
    found = _ADDRESS.fullmatch(path)
    if found is None or ":" in (found["who"] or "") or "@" in (found["database"] or "") or _SECRETS.search(found["asked"] or ""):
        hint = "write postgresql://USER@HOST/DATABASE or less of it; the password comes from PGPASSWORD or ~/.pgpass, the rest from PGUSER, PGHOST, PGDATABASE"
        raise UserError("the address of the PostgreSQL database cannot be used: it holds a password, or is no address", hint)
    return found["database"] or "PostgreSQL"


def attach(connection: Any, address: str, inside: str) -> None:
    """Attaches a database for reading, under the name `inside`. Raises UserError where the scanner is not at hand."""
    with _nothing_fetched(connection):
        _load(connection)
        quoted = address.replace("'", "''")
        connection.execute(f"ATTACH IF NOT EXISTS '{quoted}' AS {inside} (TYPE postgres, READ_ONLY)")


@contextmanager
def _nothing_fetched(connection: Any) -> Iterator[None]:
    """Keeps DuckDB from looking for an extension in the network, which it otherwise does when one is loaded."""
    before = connection.execute("SELECT current_setting('autoinstall_known_extensions')").fetchone()[0]
    connection.execute(f"{_LATELY}false")
    try:
        yield
    finally:
        connection.execute(f"{_LATELY}{str(before).lower()}")


def _load(connection: Any) -> None:
    import duckdb

    wheel = find_spec(_WHEEL)
    folders = [Path(folder) / "extensions" / f"v{duckdb.__version__}" for folder in (wheel.submodule_search_locations or () if wheel else ())]
    files = [str(folder / "postgres_scanner.duckdb_extension").replace("'", "''") for folder in folders]
    for extension in ["postgres_scanner", *(f"'{file}'" for file in files)]:
        try:
            connection.execute(f"LOAD {extension}")
        except duckdb.Error:
            continue
        return
    hint = (
        f"install the scanner for DuckDB {duckdb.__version__}: INSTALL postgres in DuckDB itself, or pip install duckdb-extension-postgres-scanner, "
        "which has to be of that version; or write the table to a Parquet file"
    )
    raise UserError("the engine duckdb reads PostgreSQL by its extension postgres_scanner, which is not at hand", hint)
