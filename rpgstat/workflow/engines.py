"""Which engine counts, and the tables that it holds for the waves of a study."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from rpgstat.errors import UserError, did_you_mean
from rpgstat.study import Source, Study, Survey
from rpgstat.text import plural
from rpgstat.workflow.arguments import PathLike

ENGINES = ("local", "duckdb")

_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]+):/+")


def check_engine(engine: str | None) -> str | None:
    """The engine asked for, None for this process. Raises UserError for one that is not known."""
    if engine is not None and engine not in ENGINES:
        raise UserError(f"--engine: `{engine}` is not known", did_you_mean(engine, ENGINES))
    return None if engine == "local" else engine


def untouched(path: str) -> str | None:
    """A path that only an engine knows, such as s3://answers/, as it was written; None for one of this machine.

    >>> untouched("s3:/answers/2024"), untouched("answers.csv")
    ('s3://answers/2024', None)
    """
    found = _SCHEME.match(path)
    return f"{found[1]}://{path[found.end() :]}" if found else None


def held(engine: str, file: PathLike, folder: Path, table: str | None = None) -> Survey:
    """The survey in a file, a folder of parts or a path that the engine knows; `folder` is where files are named from.

    Raises UserError for a file that is not there, and as `hold` does.
    """
    from rpgstat.read.engines import hold  # only other engines need it
    from rpgstat.read.parts import files_of, meant

    far, path = untouched(str(file)), folder / file
    if far is not None:
        return hold(engine, far, far.rstrip("/").rsplit("/", 1)[-1], table)
    if path.is_dir():
        suffixes = {part.suffix.lower() for part in files_of(path)} or {".parquet"}
        return hold(engine, str(path / "**" / f"*{sorted(suffixes)[-1]}"), path.name, table)
    if not meant(path) and not path.exists():
        raise UserError(f"no file `{path}`", "check the path; one that only the engine knows begins with its kind, such as s3://")
    return hold(engine, str(path), path.name, table)


def held_sources(engine: str, study: Study, exports: Sequence[PathLike], folder: Path) -> tuple[Source, ...]:
    """The tables behind the waves of a study that has one for each."""
    waves = [wave for wave in study.waves if wave.file is not None or exports]
    files: list[tuple[PathLike, Path]] = [(one, Path()) for one in exports] or [(wave.file or "", folder) for wave in waves]
    if len(files) != len(waves):
        told = f"{plural(len(files), 'export')} for the {plural(len(waves), 'wave')} of the study"
        raise UserError(told, "give one export per wave, in the order of the study")
    return tuple(Source(held(engine, file, own), (wave.name,)) for wave, (file, own) in zip(waves, files, strict=True))
