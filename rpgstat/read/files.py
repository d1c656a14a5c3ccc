"""Finds the file that was named, and opens it as what its content says it is."""

from __future__ import annotations

import re
import shutil
import sys
import zipfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

from rpgstat.errors import UserError, nearest
from rpgstat.read import delimited, parquet, workbook
from rpgstat.read.scratch import scratch_file
from rpgstat.read.table import Table

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".parquet")
_SUPPORTED = "files that can be read: " + " ".join(SUFFIXES)

_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"$FL", "an SPSS file"),
    (b"<stata_dta>", "a Stata file"),
    (b"ARROW1", "an Arrow file"),
    (b"SQLite format 3", "an SQLite database"),
)
_MARKUP = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|table|\?xml)", re.IGNORECASE)
_JSON = re.compile(rb'\s*(?:\{\s*"|\[\s*[\[{])')


@dataclass(frozen=True)
class Source:
    """A file that can be opened again and again, and the name to call it by."""

    path: Path
    name: str


def fetch(path: str | Path, name: str | None = None) -> Source:
    """The file that a path names; standard input ("-") and pipes are copied to a temporary file.

    Raises UserError for a file that is missing, empty, a folder, unreadable, or of a kind that is not read.
    """
    if str(path) == "-":
        return Source(_standard_input(sys.stdin.buffer), name or "stdin")
    path = Path(path)
    shown = name or path.name
    try:
        if path.is_dir():
            raise UserError(f"`{path}` is a folder", "name a file in it")
        if not path.exists():
            raise UserError(f"no file `{path}`", _nearby(path))
        if path.suffix and path.suffix.lower() not in SUFFIXES:
            raise UserError(f"{shown}: {path.suffix} files are not read", _SUPPORTED)
        with path.open("rb") as stream:
            if not path.is_file():
                return Source(_copied(stream, shown), shown)
        return Source(path, _filled(path, shown))
    except PermissionError as error:
        raise UserError(f"{shown}: no permission to read it", "ask its owner, or copy it to a folder of yours") from error
    except OSError as error:
        raise UserError(f"`{str(path)[:200]}` cannot be opened", error.strerror or "check the path") from error


def open_table(source: Source) -> Table:
    """Opens a file by its content, whatever its suffix; UserError names what it is when it is not a table."""
    with source.path.open("rb") as stream:
        start = stream.read(4096)
    if start.startswith(b"PAR1"):
        return parquet.open_parquet(source.path, source.name)
    if start.startswith(b"PK\x03\x04"):
        _check_archive(source)
        return workbook.open_workbook(source.path, source.name)
    if start.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return workbook.open_workbook(source.path, source.name)
    if looks := _looks_like(start):
        raise UserError(f"{source.name}: looks like {looks}, not a table", "export the responses as CSV or Excel")
    return delimited.open_delimited(source.path, source.name)


@cache
def _standard_input(stream: BinaryIO) -> Path:
    """A copy of standard input, made once: a command may open its inputs more than once."""
    return _copied(stream, "stdin")


def _copied(stream: BinaryIO, name: str) -> Path:
    path = scratch_file()
    with path.open("wb") as copy:
        shutil.copyfileobj(stream, copy, 1 << 20)
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
        return f"there is no folder `{path.parent}`"
    return f"did you mean `{path.with_name(close)}`?" if close else "check the spelling and the folder"


def _looks_like(start: bytes) -> str | None:
    for signature, kind in _SIGNATURES:
        if start.startswith(signature):
            return kind
    if _MARKUP.match(start):
        return "a web page or XML"
    return "JSON" if _JSON.match(start) else None


def _check_archive(source: Source) -> None:
    try:
        with zipfile.ZipFile(source.path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, UnicodeDecodeError) as error:
        raise UserError(f"{source.name}: the workbook is damaged", "download it again, or open it and save it again") from error
    if any(name.startswith("xl/") for name in names) or "content.xml" in names:
        return
    kind = "a Word document" if any(name.startswith("word/") for name in names) else "a zip archive"
    raise UserError(
        f"{source.name}: looks like {kind}, not a table",
        "unpack it and name the export inside" if kind == "a zip archive" else "export the responses as CSV or Excel",
    )
