"""`init`: the study file that exports suggest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rpgstat import read
from rpgstat.errors import UserError
from rpgstat.read.coding import is_codebook, likely_coded, surely_coded
from rpgstat.text import listing
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
    check_files(exports)
    folder = Path.cwd() if beside is None else Path(beside).absolute()
    coded = [path for path in exports if surely_coded(path)]
    books = [path for path in exports if coded and path not in coded and is_codebook(path)]
    surveys = [path for path in exports if path not in (*coded, *books)]
    if not surveys:
        return _coded(coded, books, folder)
    from rpgstat.workflow.drafting import draft_of

    draft = draft_of(surveys, folder, listed(scale), platform)
    if not (coded or draft.study.batteries or draft.unordered):
        if all(map(likely_coded, surveys)):
            return _coded(surveys, [], folder)
        _refuse_codebooks(surveys)
    if not coded:
        return draft.text, draft.assumptions
    more, told = _coded(coded, books, folder, alone=False)
    return f"{draft.text}\n{more}", (*draft.assumptions, *told)


def _coded(coded: Sequence[PathLike], books: Sequence[PathLike], folder: Path, *, alone: bool = True) -> tuple[str, tuple[str, ...]]:
    from rpgstat.workflow.coded_draft import coded_draft  # only coding files need it

    return coded_draft(coded, folder, books, alone=alone)


def _refuse_codebooks(paths: Sequence[PathLike]) -> None:
    """Raises UserError where files hold nothing but the codes of other ones."""
    if all(map(is_codebook, paths)):
        names = listing([read.legible(Path(path).name) for path in paths])
        raise UserError(f"{names}: a code book, with nothing that was coded", f"name the coding file before it: rpgstat init codings.csv {Path(paths[0]).name}")


def check_files(exports: Sequence[Any]) -> None:
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
