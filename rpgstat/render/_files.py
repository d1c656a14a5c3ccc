"""Files: their places are checked before any work, none is an input, and all are finished before any appears."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from rpgstat.errors import UserError

Places = Sequence[Path]


def check_places(paths: Places, force: bool, keep: Places = ()) -> None:
    """Raises UserError for a file named twice, one that exists without `force`, a folder, a name that cannot be, and a place that cannot be written.

    A file that is one of `keep`, under whatever name, is never replaced.
    """
    seen: set[Path] = set()
    kept = {key for file in keep if (key := _identity(file))}
    for path in paths:
        try:
            place = path.resolve()
            _check_place(path, place, force, kept)
        except (OSError, RuntimeError, ValueError) as error:  # a name that is too long, links in a circle, a NUL
            why = getattr(error, "strerror", None) or "no file can have this name"
            raise UserError(f"cannot write `{str(path)[:200]}`: {why}", "choose another name for the output") from error
        if place in seen:
            raise UserError(f"output file `{path}` would be written twice", "give the output files names that differ")
        seen.add(place)


def _check_place(path: Path, place: Path, force: bool, kept: set[tuple[int, int]]) -> None:
    if path.is_dir():
        raise UserError(f"`{path}` is a folder", "name a file in it")
    if _identity(path) in kept:
        raise UserError(f"`{path}` is one of the inputs and is not overwritten", "choose another name for the output")
    if path.exists():
        if not force:
            raise UserError(f"`{path}` exists already", "add --force to replace it, or choose another name")
        if not path.is_file():
            raise UserError(f"`{path}` is no ordinary file", "choose another name for the output; -f writes to standard output")
        if not os.access(path, os.W_OK):
            raise UserError(f"`{path}` is protected against writing", "lift that, or choose another name for the output")
    _check_folder(path, place.parent)


def _identity(path: Path) -> tuple[int, int] | None:
    """What a file is, by whatever name: its device and its number there; None when there is none."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_dev, found.st_ino


def _check_folder(path: Path, folder: Path) -> None:
    if not folder.is_dir():
        raise UserError(f"cannot write `{path}`: no folder `{folder}`", "make the folder first, or choose another")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UserError(f"cannot write `{path}`: no permission in folder `{folder}`", "choose another folder")


def check_document(out: Path, template: Path, *, force: bool = False, keep: Places = ()) -> None:
    """Raises UserError for an output of `fill` that is no Word file, exists without `force`, or is the template."""
    if out.suffix.casefold() != ".docx":
        raise UserError(f"output file `{out}`: what is filled is a Word file", "give it a name that ends in .docx")
    check_places([out], force, keep=[template, *keep])


def spare_inputs(paths: Sequence[Path], digests: set[str]) -> None:
    """Raises UserError when an output would replace one of the files that the results were made from, --force or not."""
    for path in paths:
        if path.is_file() and _digest(path) in digests:
            raise UserError(f"`{path}` is one of the inputs and is not overwritten", "choose another name for the output")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


_unfinished: set[Path] = set()
"""The temporary files that are being written."""


def replace_all(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write every file under a temporary name, then rename them all. Raises UserError, with the old files as they were, when one fails.

    A file that is replaced keeps its permissions.
    """
    # A link is followed, so that it stays a link; the temporary file is in the target's own folder, so that renaming is one step.
    places = [path.resolve() for path, _ in files]
    temporaries = [place.with_name(f".{secrets.token_hex(8)}.tmp") for place in places]
    _unfinished.update(temporaries)
    try:
        for temporary, place, (path, content) in zip(temporaries, places, files, strict=True):
            with _told(path), temporary.open("xb") as file:
                file.write(content)
                if place.exists():  # a new file has the permissions that the user's mask gives it
                    temporary.chmod(stat.S_IMODE(place.stat().st_mode))
        for temporary, place, (path, _) in zip(temporaries, places, files, strict=True):
            with _told(path):
                temporary.replace(place)
    finally:
        discard()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(f"cannot write `{path}`: {error.strerror}", "check the folder and the space left on the disk") from error


def discard() -> None:
    """Removes the temporary files that are being written."""
    for temporary in _unfinished:
        with suppress(OSError):
            temporary.unlink()
    _unfinished.clear()
