"""A study file beside the JSON Schema that its first line names, so that editors complete and check it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rpgstat import output
from rpgstat.study.schema import FILE, schema_text


def check_study(out: Path, *, force: bool = False, keep: Sequence[Path] = ()) -> None:
    """Raises UserError where the study or its schema cannot be written, as `check_places`; a schema that stands there already is no hindrance."""
    output.check_places([out, *_beside(out)], force, keep)


def write_study(content: str, out: Path | None, *, force: bool = False, keep: Sequence[Path] = (), page: output.Page = lambda _: False) -> tuple[str, ...]:
    """Write a study file and its schema, both or neither, or the study alone on standard output, where it names no schema.

    Returns the lines to tell on stderr. Errors as for `check_study`.
    """
    if out is None:
        return output.write_text(content, None, page=page)
    check_study(out, force=force, keep=keep)
    files = [(out, f"#:schema ./{FILE}\n\n{content}".encode())]
    return output.write_files([*files, *((path, schema_text().encode()) for path in _beside(out))], force=force)


def _beside(study: Path) -> list[Path]:
    """Where the schema goes; nowhere where it is already."""
    path = study.parent / FILE
    try:
        return [] if path.read_bytes() == schema_text().encode() else [path]
    except (OSError, ValueError):  # not there, or what no file can be: `check_places` says which
        return [path]
