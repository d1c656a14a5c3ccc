"""The files that a run reads or its study names: none of them is ever replaced by an output."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rpgstat.errors import UserError, told_path
from rpgstat.read.parts import files_of, meant

STUDY_FILE = "study.toml"
_NAMING = frozenset({"file", "names", "codebook", "units"})
MOST_OF_STUDY = 10_000_000
"""Bytes of a study file; one of ten thousand statements has a fifth of it."""


def inputs(exports: Sequence[str | Path], study: str | Path | None) -> tuple[Path, ...]:
    """The exports, the study (the one in this folder if none is named) and every file that it names, whether there or not."""
    path = Path(study) if study is not None else Path(STUDY_FILE)
    named = (*(Path(export) for export in exports if str(export) != "-"), path, *(path.parent / name for name in _named(path)))
    return tuple(file for one in named for file in (files_of(one) if meant(one) else (one,)))


def _named(path: Path) -> Iterator[str]:
    """What a study file names as a file, anywhere in it; nothing of a file that is no study, which is told when it is read."""
    try:
        if not path.is_file() or path.stat().st_size > MOST_OF_STUDY:
            return
        values = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return
    yield from _files(values)


def _files(value: Any) -> Iterator[str]:
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        if key in _NAMING:
            yield from (name for name in (inner if isinstance(inner, list) else [inner]) if isinstance(name, str))
        yield from _files(inner)


def check_declared(file: Path, where: str, *, parts: bool = False) -> None:
    """Raises UserError when a file that the study names at `where` is not there, or is a pipe, a folder or a device, which may never end.

    With `parts` a folder or a pattern will do.
    """
    try:
        if parts and meant(file):
            return
        if not file.exists():
            hint = "file names in a study file are relative to its folder: correct `file` there, or name the file after the command"
            raise UserError(f"no file `{told_path(file)}`, which the study names for {where}", hint)
        if not file.is_file():
            raise UserError(f"`{file}`, which the study names for {where}, is no ordinary file", "name a file there; a pipe goes after the command")
    except (OSError, ValueError) as error:
        raise UserError(
            f"the file that the study names for {where} cannot be: {getattr(error, 'strerror', None) or 'a NUL in its name'}", "correct `file`"
        ) from error
