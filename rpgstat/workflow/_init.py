"""`init`: the study file that exports suggest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rpgstat import read
from rpgstat.errors import UserError
from rpgstat.read.coding import surely_coded
from rpgstat.workflow.arguments import Names, PathLike, listed


def init(
    exports: PathLike | Sequence[PathLike], *, beside: PathLike | None = None, scale: Names = (), platform: str | None = None
) -> tuple[str, tuple[str, ...]]:
    """The text of a study file inferred from every row of `exports`, and what was assumed on the way.

    File names in it are relative to the folder `beside` (default: the working directory). Answers in no known order are drafted as comments,
    for the user to order. Files of coded material are drafted as such. Raises UserError when there is nothing to draft either.

    >>> content, assumed = rpgstat.init([example.parent / "wave-1.csv", example.parent / "wave-3.xlsx"], beside=example.parent)
    >>> 'file = "wave-1.csv"' in content, len(assumed) > 3
    (True, True)
    """
    exports = [exports] if isinstance(exports, str | Path) else list(exports)
    _check_files(exports)
    folder = Path.cwd() if beside is None else Path(beside).absolute()
    if all(surely_coded(path) for path in exports):
        from rpgstat.workflow.coded_draft import coded_draft  # only coding files need it

        return coded_draft(exports, folder)
    from rpgstat.workflow.drafting import draft_of

    draft = draft_of(exports, folder, listed(scale), platform)
    return draft.text, draft.assumptions


def _check_files(exports: Sequence[Any]) -> None:
    """Raises UserError for what a study file cannot name."""
    if not exports:
        raise UserError("no export given", "rpgstat init wave-1.csv wave-2.xlsx -o study.toml")
    for path in exports:
        if not isinstance(path, str | Path):
            raise UserError("a study file cannot name a table in memory", "save it to a file, and name that")
        if str(path) == "-":
            raise UserError("a study file cannot name standard input", "save the export to a file, and name that")
        if read.legible(str(path)) != str(path):
            raise UserError(f"a study file cannot name `{read.legible(str(path))}`: its name is not UTF-8", "rename the file")
