"""Files: their places are checked before any work, none is an input, and all are finished before any appears."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from rpgstat.errors import UserError


def check_places(paths: Sequence[Path], force: bool, keep: Sequence[Path] = ()) -> None:
    """Raises UserError for a file named twice, one that exists without `force` or is one of `keep`, a folder, and one that cannot be written."""
    seen: set[Path] = set()
    for path in paths:
        place = path.resolve()
        if place in seen:
            raise UserError(f"output file `{path}` would be written twice", "give the output files names that differ")
        seen.add(place)
        if path.is_dir():
            raise UserError(f"`{path}` is a folder", "name a file in it")
        if place in {kept.resolve() for kept in keep}:
            raise UserError(f"`{path}` is one of the inputs and is not overwritten", "choose another name for the output")
        if path.exists() and not force:
            raise UserError(f"`{path}` exists already", "add --force to replace it, or choose another name")
        _check_folder(path, place.parent)


def _check_folder(path: Path, folder: Path) -> None:
    if not folder.is_dir():
        raise UserError(f"cannot write `{path}`: no folder `{folder}`", "make the folder first, or choose another")
    if not os.access(folder, os.W_OK | os.X_OK):
        raise UserError(f"cannot write `{path}`: no permission in folder `{folder}`", "choose another folder")


def check_document(out: Path, template: Path, *, force: bool = False) -> None:
    """Raises UserError for an output of `fill` that is no Word file, exists without `force`, or is the template."""
    if out.suffix.casefold() != ".docx":
        raise UserError(f"output file `{out}`: what is filled is a Word file", "give it a name that ends in .docx")
    check_places([out], force, keep=[template])


def spare_inputs(paths: Sequence[Path], digests: set[str]) -> None:
    """Raises UserError when an output would replace one of the files that the results were made from, --force or not."""
    for path in paths:
        if path.is_file() and _digest(path) in digests:
            raise UserError(f"`{path}` is one of the inputs and is not overwritten", "choose another name for the output")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def replace_all(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write every file under a temporary name, then rename them all. Raises UserError, with the old files as they were, when one fails."""
    # A link is followed, so that it stays a link; the temporary file is in the target's own folder, so that renaming is one step.
    places = [path.resolve() for path, _ in files]
    temporaries = [place.with_name(f".{secrets.token_hex(8)}.tmp") for place in places]
    try:
        for temporary, (_, content) in zip(temporaries, files, strict=True):
            with temporary.open("xb") as file:
                file.write(content)
        for temporary, place in zip(temporaries, places, strict=True):
            temporary.replace(place)
    except OSError as error:
        raise UserError(f"cannot write `{error.filename}`: {error.strerror}", "check the folder and the space left on the disk") from error
    finally:
        for temporary in temporaries:
            with suppress(OSError):
                temporary.unlink()
