"""Private temporary files, removed when the process ends."""

from __future__ import annotations

import tempfile
from functools import cache
from itertools import count
from pathlib import Path

_numbers = count()


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="rpgstat-", ignore_cleanup_errors=True)


def scratch_file() -> Path:
    """The path of a new temporary file that only this user can read; not made yet."""
    return Path(_folder().name) / str(next(_numbers))
