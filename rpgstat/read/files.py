"""Finds the file that was named, and opens it as what its content says it is."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO

from rpgstat import archive
from rpgstat.errors import UserError, nearest, told_path
from rpgstat.read import delimited, parquet, projects, workbook
from rpgstat.read.scratch import scratch_file, writing
from rpgstat.read.table import Table
from rpgstat.record import record
from rpgstat.text import shortened

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".parquet", ".sav", ".zsav", ".dta", ".dat")

MOST_PIPED = 10_000_000_000
"""Bytes that are taken from a pipe, whose end nobody knows; fifty million respondents to twenty questions."""

_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"* XXXXXX", "an SPSS portable file"),
    (b"ARROW1", "an Arrow file"),
    (b"SQLite format 3", "an SQLite database"),
)
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml)", re.IGNORECASE)
_OLD_STATA = re.compile(rb"[\x66-\x73][\x01\x02]\x01\x00")  # versions 102 to 115 begin with their number, the order of bytes and a one
_JSON = re.compile(rb'\s*(?:\{\s*"|\[\s*[\[{])')


@record
class Source:
    """A file that can be opened again and again, and the name to call it by."""

    path: Path
    name: str


def check_there(path: str | Path) -> None:
    """Raises UserError for a path where nothing is; what cannot even be looked for is told when it is read."""
    try:
        there = str(path) == "-" or Path(path).exists()
    except (OSError, ValueError):
        return
    if not there:
        raise _missing(Path(path))


def _missing(path: Path) -> UserError:
    return UserError(f"no file `{told_path(path)}`", _nearby(path))


def fetch(path: str | Path, name: str | None = None, *, more: Sequence[str] = ()) -> Source:
    """The file that a path names; standard input ("-") and pipes are copied to a temporary file.

    `more` are suffixes that are read besides those of tables. Raises UserError for a file that is missing, empty, a folder, a device,
    unreadable, or of a kind that is not read.
    """
    if str(path) == "-":
        if sys.stdin is None:
            raise UserError("standard input is closed", "pipe the export in, or name its file")
        return Source(_standard_input(sys.stdin.buffer), name or "stdin")
    path = Path(path)
    shown = name or legible(path.name)
    if path.suffix and path.suffix.lower() not in (*SUFFIXES, *more):
        projects.refuse(path, shown)
    try:
        if path.is_dir():
            raise UserError(f"`{path}` is a folder", "name a file in it")
        if not path.exists():
            raise _missing(path)
        if path.suffix and path.suffix.lower() not in (*SUFFIXES, *more):
            raise UserError(f"{shown}: {path.suffix} files are not read", f"files that can be read: {' '.join((*SUFFIXES, *more))}")
        if path.is_char_device() or path.is_block_device():
            raise _device(shown)
        with path.open("rb") as stream:
            if not path.is_file():
                return Source(_copied(stream, shown), shown)
        return Source(_spelt(path), _filled(path, shown))
    except PermissionError as error:
        raise UserError(f"{shown}: no permission to read it", "ask its owner, or copy it to a folder of yours") from error
    except OSError as error:
        raise UserError(f"`{str(path)[:200]}` cannot be opened: {error.strerror or 'the system gives no reason'}", "check the path") from error
    except ValueError as error:
        raise UserError("a file's name holds a character that no name can", "check the path") from error


def open_table(source: Source, sheet: str | None = None) -> Table:
    """Opens a file by its content, whatever its suffix; of a workbook the first sheet with data, or the one called `sheet`.

    UserError names what it is when it is not a table, and when it is no workbook with such a sheet.
    """
    with source.path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith(b"PAR1"):
        return parquet.open_parquet(source.path, source.name)
    if start.startswith(b"PK\x03\x04"):
        return workbook.open_workbook(source.path, source.name, _workbook_parts(source), sheet)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return workbook.open_workbook(source.path, source.name, sheet=sheet)
    if sheet is not None:
        raise UserError(
            f"{source.name}: is no workbook, so it has no sheet `{shortened(sheet, 40)}`", "name a file for each, or a workbook with a sheet for each"
        )
    if start.startswith((b"$FL2", b"$FL3")):
        from rpgstat.read import statistical  # only such files need it

        return statistical.open_spss(source.path, source.name)
    if start.startswith(b"<stata_dta>") or (_OLD_STATA.match(start) and source.path.suffix.lower() == ".dta"):
        from rpgstat.read import statistical

        return statistical.open_stata(source.path, source.name)
    if looks := _looks_like(start):
        raise UserError(f"{source.name}: looks like {looks}, not a table", "export the responses as CSV or Excel")
    if source.path.suffix.lower() == ".dat":
        from rpgstat.read import lime_dat  # only such files need it

        return lime_dat.open_dat(source.path, source.name)
    return delimited.open_delimited(source.path, source.name)


def sheets_of(source: Source) -> tuple[str, ...]:
    """The sheets of a workbook that hold data. Raises UserError as `open_table` does."""
    with source.path.open("rb") as stream:
        archived = stream.read(4) == b"PK\x03\x04"
    return workbook.sheet_names(source.path, source.name, _workbook_parts(source) if archived else ())


def legible(name: str) -> str:
    r"""A file's name as text: what is not UTF-8 in it shows as a question mark.

    >>> legible("caf\udce9.csv")
    'caf?.csv'
    """
    return name.encode("utf-8", "replace").decode("utf-8")


def _spelt(path: Path) -> Path:
    """The path, or a temporary link to it where its name is not UTF-8, which Polars cannot take."""
    if str(path) == legible(str(path)):
        return path
    link = scratch_file()
    link.symlink_to(path.absolute())
    return link


@cache
def _standard_input(stream: BinaryIO) -> Path:
    """A copy of standard input, made once: a command may open its inputs more than once."""
    with suppress(OSError, ValueError):  # a stream that is no file has no mode
        if stat.S_ISCHR(os.fstat(stream.fileno()).st_mode) and not stream.isatty():
            raise _device("standard input")
    return _copied(stream, "stdin")


def _device(name: str) -> UserError:
    return UserError(f"{name}: is a device, not a file of answers", "name a file, or pipe one in")


def _copied(stream: BinaryIO, name: str) -> Path:
    path = scratch_file()
    room = MOST_PIPED
    with writing(path, "wb") as copy:
        while chunk := stream.read(1 << 20):
            room -= len(chunk)
            if room < 0:
                raise UserError(f"{name}: more than {MOST_PIPED // 10**9} GB came in", "save it to a file and name that, if it is meant to be so large")
            copy.write(chunk)
    _filled(path, name)
    return path


def _filled(path: Path, name: str) -> str:
    if path.stat().st_size == 0:
        raise UserError(f"{name}: the file is empty", "export it again")
    return name


def _nearby(path: Path) -> str:
    try:
        close = nearest(path.name, (found.name for found in path.parent.iterdir() if found.name != path.name))
    except OSError:
        return f"there is no folder `{told_path(path.parent)}`"
    return f"did you mean `{path.with_name(close)}`?" if close else "check the spelling and the folder"


def _looks_like(start: bytes) -> str | None:
    for signature, kind in _SIGNATURES:
        if start.startswith(signature):
            return kind
    if _MARKUP.match(start):
        return "a web page or XML"
    return "JSON" if _JSON.match(start) else None


def _workbook_parts(source: Source) -> tuple[str, ...]:
    names = archive.check(source.path, source.name, workbook.damaged(source.name))
    if any(name.startswith("xl/") for name in names) or "content.xml" in names:
        return names
    kind = "a Word document" if any(name.startswith("word/") for name in names) else "a zip archive"
    raise UserError(
        f"{source.name}: looks like {kind}, not a table",
        "unpack it and name the export inside" if kind == "a zip archive" else "export the responses as CSV or Excel",
    )
