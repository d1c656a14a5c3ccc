"""Coded material: the one door through which files of coding programs and coders' tables come in, told apart by content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rpgstat.errors import UserError
from rpgstat.read import files
from rpgstat.read.coding import refi, taguette
from rpgstat.read.coding.layouts import coding_of
from rpgstat.read.coding.paths import paths
from rpgstat.read.coding.tables import Table, Units, is_written, layout_of, tick_columns, wide
from rpgstat.read.coding.words import applied, is_numbered, of_matrix, role
from rpgstat.study import normalise
from rpgstat.study.coding import Code, Coding
from rpgstat.study.themes import Coded

SUFFIXES = (".qdpx", ".qde", ".qdc", ".sqlite3", ".sqlite", ".db")
"""What is read here besides tables."""

__all__ = ["SUFFIXES", "is_codebook", "likely_coded", "read_codebook", "read_coding", "read_units", "sheets_alike", "surely_coded", "words_in"]


def read_coding(
    path: str | Path, coded: Coded, *, codebook: Sequence[Code] = (), names: Sequence[str] = (), wanted: Sequence[str] = (), sheet: str | None = None
) -> Coding:
    """The coded material in a file: a table of any layout that the study declares or that its columns show, REFI-QDA, or a project of Taguette.

    `codebook` are codes known from elsewhere, `names` those that the study's themes name, `wanted` the headers of columns to keep beside each unit,
    `sheet` the sheet of a workbook that is meant.
    Raises UserError for anything a user can mend; for a project that only its own program reads, with the way to an export.
    """
    source, start = _fetched(path)
    if sheet is not None:
        table = _table(source, coded, tuple(names), tuple(wanted), sheet)
        return coding_of(table, layout_of(table), codebook)
    if start.startswith(b"SQLite format 3"):
        return taguette.read_database(source, coded)
    if start.startswith(b"PK\x03\x04") and source.path.suffix.lower() == ".qdpx":
        return refi.read_project(source, coded, tuple(wanted))
    if refi.is_exchange(start):
        return refi.read_exchange(source, coded, tuple(wanted))
    table = _table(source, coded, tuple(names), tuple(wanted))
    return coding_of(table, layout_of(table), codebook)


def read_codebook(path: str | Path, coded: Coded) -> tuple[Code, ...]:
    """The codes in a code book: a .qdc, a project, or a table with a column of codes and one of what they mean. Raises UserError for anything else."""
    source, start = _fetched(path)
    if start.startswith(b"SQLite format 3") or refi.is_exchange(start) or source.path.suffix.lower() == ".qdpx":
        return read_coding(path, coded).codes
    table = _table(source, replace(coded, text="", code=(), unit=(), coder=""), (), ())
    places = table.of("code") or table.of("codes")
    if not places:
        raise UserError(f"{source.name}: no column holds codes", "head it `Code`, and what the codes mean `Description`")
    memo = next(iter(table.of("memo")), None)
    rows = {row[places[0]].strip(): row[memo].strip() if memo is not None else "" for _, row in table.rows if row[places[0]].strip()}
    split = paths(rows, coded.separator)
    return tuple(Code(split[name], text, name) for name, text in rows.items())


def read_units(path: str | Path, coded: Coded, *, wanted: Sequence[str] = ()) -> Coding:
    """All units that were coded, from a table that lists them; no codes. Raises UserError for a file that is no table, or names no units."""
    source, _ = _fetched(path)
    table = _table(source, replace(coded, layout=None), (), tuple(wanted))
    places = table.identified or [i for i, header in enumerate(table.header) if role(header) == "source"][:1]
    if not places:
        raise UserError(f"{source.name}: no column names the units", 'name it in the study file: unit = "Respondent ID"')
    units = Units(table, places)
    for number, row in table.rows:
        units.at(number, row)
    return Coding(source.name, source.path, "units", tuple(units.units), (), (), {"": frozenset(range(len(units.units)))}, len(table.rows))


def surely_coded(path: str | Path) -> bool:
    """Whether a file can be nothing but coded material, by its kind or by the headers of its columns; False for one that cannot be read.

    Only the first rows are looked at: it may be the export of a large survey.
    """
    try:
        source, start = _fetched(path)
        if start.startswith(b"SQLite format 3") or source.path.suffix.lower() == ".qdpx" or refi.is_exchange(start):
            return True
        header = files.open_table(source).records[0]
    except UserError:
        return Path(path).suffix.lower() in SUFFIXES
    if of_matrix(header) or sum(applied(cell) != cell for cell in header) > 1:
        return True
    roles = {role(cell) for cell in header}
    numbered = sum(is_numbered(cell) and normalise(cell)[:3] in ("cod", "kod") for cell in header)
    return numbered > 1 or ("source" in roles and bool(roles & {"code", "codes"}) and bool(roles & {"text", "coder"}))


def sheets_alike(path: str | Path) -> tuple[str, ...]:
    """The sheets of a workbook of which each looks like the coding of the same material, as where every coder has one; () for any other file."""
    source, start = _fetched(path)
    if not start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) or source.path.suffix.lower() in SUFFIXES:
        return ()
    names = files.sheets_of(source)
    heads = {tuple(map(normalise, files.open_table(source, name).records[0][:1])) for name in names}
    return names if len(names) > 1 and len(heads) == 1 else ()


def likely_coded(path: str | Path) -> bool:
    """Whether a file in which no survey was found is a table of ticks: a column of answers in words, several of ticks, and nothing else but ids.

    Files that cannot be read are none.
    """
    try:
        source, _ = _fetched(path)
        table = _table(source, Coded("", "answers"), (), ())
        columns = tick_columns(table)
    except UserError:
        return False
    others = _others(table)
    words = [table.text] if table.text is not None else others
    return len(columns) > 1 and len(words) == 1 and others in ([], words) and any(map(is_written, table.column(words[0])))


def words_in(path: str | Path) -> str:
    """The heading of the one column of a table that holds neither ids nor ticks nor codes: what people wrote; "" without one, or where it is known as such."""
    source, _ = _fetched(path)
    table = _table(source, Coded("", "answers"), (), ())
    others = _others(table)
    return table.header[others[0]] if len(others) == 1 and table.text is None and any(map(is_written, table.column(others[0]))) else ""


def _others(table: Table) -> list[int]:
    numbered = [place for place, header in enumerate(table.header) if is_numbered(header)]
    known = {*table.identified, *(numbered or tick_columns(table)), *([] if table.text is None else [table.text])}
    return [place for place, header in enumerate(table.header) if place not in known and header.strip() and role(header) is None]


def is_codebook(path: str | Path) -> bool:
    """Whether a table lists codes and nothing that was coded; False for one that cannot be read."""
    try:
        source, start = _fetched(path)
        if start.startswith(b"SQLite format 3") or refi.is_exchange(start) or source.path.suffix.lower() in SUFFIXES:
            return False
        roles = {role(cell) for cell in files.open_table(source).records[0]}
    except UserError:
        return False
    return bool(roles & {"code", "codes"}) and bool(roles & {"memo", "parent", "number"}) and not roles & {"source", "text", "coder", "set"}


def _fetched(path: str | Path) -> tuple[files.Source, bytes]:
    """The file and its first bytes. Raises UserError as every door does."""
    source = files.fetch(path, more=SUFFIXES)
    with source.path.open("rb") as stream:
        return source, stream.read(4096)


def _table(source: files.Source, coded: Coded, names: tuple[str, ...], wanted: tuple[str, ...], sheet: str | None = None) -> Table:
    opened = files.open_table(source, sheet)
    header, rows = wide(source.name, opened.rows())
    warnings = tuple(f"{source.name}: {line}" for line in opened.warnings)
    return Table(source.name, source.path, header, rows, coded, wanted, names, warnings)
