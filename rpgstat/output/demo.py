"""`demo`: the example study, written into a folder."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rpgstat import output
from rpgstat.errors import UserError


def demo(folder: str | Path) -> tuple[Path, ...]:
    """Writes the example study into `folder` and returns its files; refuses to overwrite any of them.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     sorted(file.name for file in rpgstat.demo(folder))[:3]
    ['answers-1-anna.csv', 'answers-1-ben.csv', 'answers-3-anna.csv']
    """
    from importlib.resources import files

    target = Path(folder)
    contents = {part.name: part.read_bytes() for part in sorted((files("rpgstat") / "data" / "demo").iterdir(), key=lambda p: p.name)}
    try:
        if target.exists() and not target.is_dir():
            raise UserError(f"`{target}` is a file", "name a folder: rpgstat demo example")
        taken = [name for name in contents if os.path.lexists(target / name)]
        if taken:
            raise UserError(f"{target} already holds {', '.join(taken)}", "name another folder: rpgstat demo another-folder")
        with _new(target):
            output.write_files([(target / name, content) for name, content in contents.items()])
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no folder can have this name"
        raise UserError(f"cannot write into {target}: {why}", "name a folder that you may write to") from error
    return tuple(target / name for name in contents)


@contextmanager
def _new(folder: Path) -> Iterator[None]:
    """Makes the folder and those above it; those that were not there go again when what is done in it fails."""
    missing = [place for place in (folder, *folder.parents) if not place.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for place in missing:
            with suppress(OSError):
                place.rmdir()
        raise
