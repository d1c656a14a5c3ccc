"""Finds the codebook that lies beside an export, or is named for it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from pathlib import Path

from rpgstat.errors import UserError
from rpgstat.read.codebook import Codebook
from rpgstat.read.export import Export

_MOST = 200  # files of a folder that are looked at
_LARGEST = 50_000_000  # bytes; the definition of the longest questionnaire has a tenth of it
_SHARE = 0.5  # of the columns that a codebook has to know, to be that of the export

Opener = Callable[[Path], Codebook | None]
"""Makes a codebook of a file; None where it is none of this kind."""


def companion(
    export: Export, names: Iterable[str], suffixes: tuple[str, ...], opener: Opener, *, called: str = "", alike: bool = False, least: float = _SHARE
) -> Codebook | None:
    """The codebook named for an export, else the one beside it that knows most of its columns `names`; of equals the one named most like it.

    Only files with one of `suffixes` are opened, and of these only those with the word `called` in their name; with `alike` their names must
    be the export's but for that word and for figures, where columns are called alike in every survey. `least` is the share of the columns that
    it has to know. Raises UserError for a codebook that is named and is none.
    """
    wanted = set(names)
    if export.key is not None:
        found = _opened(export.key, opener)
        if found is None or not wanted & found.variables.keys():
            raise UserError(f"{export.key.name}: is no codebook of {export.name}", "name the one that belongs to this export, or leave `key` out")
        return found
    beside = [path for path in _beside(export, suffixes, called) if not alike or _letters(path.name, called) == _letters(export.name, called)]
    rated = [(len(wanted & book.variables.keys()), _likeness(path, export), book) for path in beside if (book := _opened(path, opener))]
    enough = [one for one in rated if one[0] >= least * len(wanted) and one[0]]
    return max(enough, key=lambda one: one[:2])[2] if enough else None


def _letters(name: str, called: str) -> str:
    """The letters of a file's name without the word that its codebook has more."""
    return re.sub(r"[\W\d_]+", "", name.casefold().replace(called, ""))


def _likeness(path: Path, export: Export) -> float:
    return SequenceMatcher(None, path.stem.casefold(), Path(export.name).stem.casefold()).ratio()


def _beside(export: Export, suffixes: tuple[str, ...], called: str) -> list[Path]:
    if export.path is None:
        return []
    try:
        found = sorted(path for path in export.path.absolute().parent.iterdir() if path.suffix.lower() in suffixes and called in path.name.lower())[:_MOST]
        return [path for path in found if path.is_file() and path.stat().st_size <= _LARGEST and path.name != export.path.name]
    except OSError:
        return []


def _opened(path: Path, opener: Opener) -> Codebook | None:
    try:
        return opener(path)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, UserError):
        return None  # another program's file of that suffix
