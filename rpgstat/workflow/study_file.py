"""The study file of a run: the one that is named, else the one in this folder."""

from __future__ import annotations

from pathlib import Path

from rpgstat.errors import UserError
from rpgstat.glossary.languages import study_tells
from rpgstat.study import Study, from_toml, opened
from rpgstat.study.toml import Table
from rpgstat.workflow.arguments import PathLike
from rpgstat.workflow.inputs import MOST_OF_STUDY, STUDY_FILE


def study_path(study: PathLike | None) -> Path | None:
    """Where the study is; None where none is named and none is in this folder."""
    return Path(study) if study is not None else Path(STUDY_FILE) if Path(STUDY_FILE).is_file() else None


def study_tables(study: PathLike | None) -> tuple[Path, Table] | None:
    """Where the study is, and what it declares, each part checked when it is asked for; None without one.

    Raises UserError for a file that cannot be read or is no TOML.
    """
    path = study_path(study)
    if path is None:
        return None
    top = opened(study_text(path), path.name)
    study_tells(top["language"])
    return path, top


def declared_study(path: Path, *, whole: bool = False) -> Study:
    """The study that a file declares, whose language results are told in from here on; `whole` reads the parts that only some commands ask for too.

    Raises UserError for a file that cannot be read or is no study.
    """
    declared = study_text(path)
    study = from_toml(declared, source=path.name)
    study_tells(study.language)
    if whole:
        opened(declared, path.name).look_through()
    return study


def study_text(path: Path) -> str:
    """The text of a study file. Raises UserError for one that cannot be read."""
    try:
        if path.exists() and not (path.is_file() or path.is_fifo()):
            raise UserError(f"`{path}` is no file", "name a study file with --study")
        with path.open("rb") as file:
            content = file.read(MOST_OF_STUDY + 1)
        if len(content) > MOST_OF_STUDY:
            raise UserError(f"{path}: far too long for a study file", "check the path given with --study")
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise UserError(f"{path}: the study file cannot be read: {error.strerror}", "check the path given with --study") from error
    except UnicodeDecodeError as error:
        raise UserError(f"{path}: the study file is not UTF-8 text", "save it as UTF-8") from error
