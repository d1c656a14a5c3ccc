"""Zip archives, as workbooks and Word files are: looked through before a library unpacks them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from copy import copy
from io import BytesIO
from pathlib import Path

from rpgstat.errors import UserError

MOST = 1_000_000_000
"""Bytes that an archive may unpack to: a sheet of about twenty million answers; a small file that holds more was made to do harm."""

_CHUNK = 1 << 20
_DTD = b"<!DOCTYPE"  # neither kind of file has one; with it, a few bytes stand for gigabytes

_SETTINGS = re.compile(r"/printerSettings\d*\.bin$")  # what a printer on a Mac was told, in a file with a DTD; nothing reads it


def check(archive: Path | bytes, name: str, damaged: UserError) -> tuple[str, ...]:
    """The names of an archive's parts.

    Raises UserError when it unpacks to more than MOST, whatever its directory says, or has a part that defines entities; `damaged` when it is no archive.
    """
    try:
        with zipfile.ZipFile(BytesIO(archive) if isinstance(archive, bytes) else archive) as opened:
            parts = opened.infolist()
            if sum(part.file_size for part in parts) > MOST:
                raise _too_large(name)
            room = MOST
            for part in parts:
                for i, chunk in enumerate(_chunks(opened, part)):
                    room -= len(chunk)
                    if room < 0:
                        raise _too_large(name)
                    if i == 0 and _DTD in chunk[:4096] and not _SETTINGS.search(part.filename):
                        raise UserError(f"{name}: `{part.filename[:60]}` in it defines entities of its own", damaged.hint)
    except UserError:
        raise
    except Exception as error:  # an archive is damaged in more ways than the library has errors for
        raise damaged from error
    return tuple(part.filename for part in parts)


def _too_large(name: str) -> UserError:
    return UserError(f"{name}: unpacks to more than {MOST // 1_000_000:,} MB", "delete pictures and sheets that are not needed, or save the answers as CSV")


def part(archive: Path | bytes, name: str) -> Iterator[bytes]:
    """A part of an archive that `check` has passed, piece by piece; what is damaged in it ends it."""
    with zipfile.ZipFile(BytesIO(archive) if isinstance(archive, bytes) else archive) as opened:
        yield from _chunks(opened, opened.getinfo(name))


def names(archive: Path, damaged: UserError) -> tuple[str, ...]:
    """The names of an archive's parts, none of which is unpacked. Raises `damaged` when it is no archive."""
    try:
        with zipfile.ZipFile(archive) as opened:
            return tuple(opened.namelist())
    except Exception as error:  # as in `check`
        raise damaged from error


def whole(archive: Path, name: str, most: int, large: UserError, damaged: UserError) -> bytes:
    """One part of an archive that may hold much else. Raises `large` where it unpacks to more than `most` bytes, `damaged` where it cannot be unpacked."""
    try:
        with zipfile.ZipFile(archive) as opened:
            part = copy(opened.getinfo(name))
            stated, part.file_size = part.file_size, 1 << 62  # as in `_chunks`; how much there has to be is checked here
            with opened.open(part) as stream:
                data = stream.read(most + 1)
    except Exception as error:  # as in `check`
        raise damaged from error
    if len(data) > most:
        raise large
    if len(data) != stated:
        raise damaged
    return data


def _chunks(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """What the part really unpacks to, which its entry in the directory may belie; damage is told by the library that reads it."""
    whole = copy(part)
    whole.file_size = 1 << 62  # until the data themselves end
    try:
        with archive.open(whole) as stream:
            while chunk := stream.read(_CHUNK):
                yield chunk
    except Exception:  # noqa: BLE001 # as in `check`
        return
