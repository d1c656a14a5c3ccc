"""Private temporary files, removed when the process ends."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import count
from pathlib import Path
from typing import IO, Any

from rpgstat.errors import UserError

_numbers = count()


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix=f"rpgstat-{os.getpid()}-", ignore_cleanup_errors=True)


def scratch_file() -> Path:
    """The path of a new temporary file that only this user can read; not made yet."""
    with _room():
        return Path(_folder().name) / str(next(_numbers))


@contextmanager
def writing(path: Path, mode: str = "w") -> Iterator[IO[Any]]:
    """A temporary file open for writing, text in UTF-8 as it comes. Raises UserError where there is no room for it."""
    encoding, newline = (None, None) if "b" in mode else ("utf-8", "")
    with _room(), path.open(mode, encoding=encoding, newline=newline) as stream:
        yield stream


@contextmanager
def _room() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        hint = "free some space there, or name another folder in the environment variable TMPDIR"
        raise UserError(f"cannot write a temporary copy in `{tempfile.gettempdir()}`: {error.strerror}", hint) from error


def discard() -> None:
    """Removes all temporary files now, for a process that is about to be ended."""
    with suppress(OSError):
        if _folder.cache_info().currsize:
            shutil.rmtree(_folder().name, ignore_errors=True)
