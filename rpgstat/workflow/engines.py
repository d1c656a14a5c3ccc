"""Which engine counts, and the tables that it holds for the waves of a study."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import field
from pathlib import Path

from rpgstat.errors import UserError, did_you_mean, told_path
from rpgstat.record import record
from rpgstat.study import Source, Study, Survey
from rpgstat.text import plural, shortened
from rpgstat.workflow.arguments import PathLike

ENGINES = ("local", "duckdb", "spark")

_CONNECT = "sc://"
_ONE_SLASH = ("dbfs", "file")
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]+):/+")


@record
class Engine:
    """What counts, by its name; and the address of a cluster, which may hold a token and is never shown."""

    name: str
    address: str | None = field(default=None, repr=False)


def check_engine(engine: str | None) -> Engine | None:
    """The engine asked for, None for this process. Raises UserError for one that is not known."""
    if engine is None or engine == "local":
        return None
    if engine.startswith(_CONNECT):
        return Engine("spark", engine)
    if engine not in ENGINES:
        told = shortened(engine.partition(";")[0])
        raise UserError(f"--engine: `{told}` is not known", f"{did_you_mean(told, ENGINES)}; a cluster of Spark is named by its address: sc://host:15002")
    return Engine(engine)


def untouched(path: PathLike) -> str | None:
    """A path that only an engine knows, such as s3://answers/, as it was written; None for one of this machine.

    A `Path` has lost one of two slashes, which it gets back.

    >>> untouched("hdfs:///answers"), untouched(Path("s3://answers/2024")), untouched("answers.csv")
    ('hdfs:///answers', 's3://answers/2024', None)
    """
    found = _SCHEME.match(str(path))
    if found is None or isinstance(path, str) or found[1] in _ONE_SLASH:
        return None if found is None else str(path)
    return f"{found[1]}://{str(path)[found.end() :]}"


def held(engine: Engine, file: PathLike | None, folder: Path, table: str | None = None) -> Survey:
    """The survey in a file, in a folder of parts, at a path that the engine knows, or in its `table`; `folder` is where files are named from.

    Raises UserError for a file that is not there, and as `hold` does.
    """
    from rpgstat.read.engines import Place, hold, postgres  # only other engines need it
    from rpgstat.read.parts import above, files_of, meant

    if file is None:
        return hold(engine.name, Place(table or "", table=table), engine.address)
    far, path = untouched(file), folder / file
    if far is not None or postgres.meant(str(file)):
        far = far or str(file)
        name = postgres.name_of(far) if postgres.meant(far) else far.rstrip("/").rsplit("/", 1)[-1]
        return hold(engine.name, Place(name, far, table=table), engine.address)
    parts = files_of(path) if meant(path) else (path,) if path.exists() else ()
    if not parts:
        raise UserError(f"no file `{told_path(path)}`", "check the path; one that only the engine knows begins with its kind, such as s3://")
    root = above(path) if meant(path) else path.parent
    files = tuple(str(part.absolute()) for part in parts)
    return hold(engine.name, Place(path.name, files=files, folder=str(root.absolute()), table=table), engine.address)


def held_sources(engine: Engine, study: Study, exports: Sequence[PathLike], folder: Path) -> tuple[Source, ...]:
    """The tables behind the waves of a study that has one for each."""
    waves = [wave for wave in study.waves if wave.file is not None or exports]
    files: list[tuple[PathLike, Path]] = [(one, Path()) for one in exports] or [(wave.file or "", folder) for wave in waves]
    if len(files) != len(waves):
        told = f"{plural(len(files), 'export')} for the {plural(len(waves), 'wave')} of the study"
        raise UserError(told, "give one export per wave, in the order of the study")
    return tuple(Source(held(engine, file, own), (wave.name,)) for wave, (file, own) in zip(waves, files, strict=True))
