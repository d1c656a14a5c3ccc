"""The study file that coding files suggest: what was coded as it was recognised, and a theme for each top code, as comments."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from rpgstat.errors import UserError
from rpgstat.read.coding import read_coding, sheets_alike
from rpgstat.study import Study, Wave
from rpgstat.study.coding import Coding
from rpgstat.study.themes import Coded, Material, Theme
from rpgstat.study.write import to_toml
from rpgstat.study.write_themes import theme_lines
from rpgstat.tally._books import books
from rpgstat.text import count, plural
from rpgstat.workflow.arguments import PathLike
from rpgstat.workflow.case import wave_names

_TOLD = "Themes: remove the # before those that tables should show, put codes together that are one thing, and say `valence` where one speaks well or ill."


def coded_draft(exports: Sequence[PathLike], folder: Path) -> tuple[str, tuple[str, ...]]:
    """The text of a study file on coded material, and what was assumed. Raises UserError where a file is no such material, or has no codes."""
    names = wave_names(exports) if len(exports) > 1 else [""]
    found = [read_coding(path, Coded("", "interviews")) for path in exports]
    if not any(one.codes for one in found):
        raise UserError(f"{found[0].file}: holds no codes", "name a coding file with codes in it")
    coded = tuple(_coded(path, one, wave, folder) for path, one, wave in zip(exports, found, names, strict=True))
    assumed = [line for one, of in zip(found, coded, strict=True) for line in _assumed(one, of)]
    study = Study(tuple(Wave(name) for name in names if name), (), coded=coded)
    return f"{to_toml(study, comments=assumed)}\n{_themes(found)}", tuple(assumed)


def _coded(path: PathLike, one: Coding, wave: str, folder: Path) -> Coded:
    kind: Material = "answers" if one.layout in ("ticks", "codes") else "interviews"
    file = os.path.relpath(Path(path).absolute(), folder).replace(os.sep, "/")
    sheets = sheets_alike(path) if kind == "answers" else ()
    return Coded("Answers" if kind == "answers" else "Interviews", kind, (file,), wave, coders=sheets, count=sheets[0] if sheets else "")


def _assumed(one: Coding, coded: Coded) -> Iterator[str]:
    what = "answers, one person each" if coded.kind == "answers" else 'interviews, a document being one person; focus groups are kind = "groups"'
    codings = f"{plural(one.codings, 'coding')} of {plural(len(one.codes), 'code')} in {plural(len(one.units), 'unit')}"
    yield f"{one.file}: layout `{one.layout}`, {codings}; read as {what}"
    coders = sorted(coder for coder in one.judged if coder)
    if coded.coders:
        told = f"each of its {len(coded.coders)} sheets is taken for the coding of one person, and that of `{coded.count}` counts"
        yield f"{one.file}: {told}; if they are not, take `coders` and `count` out"
    elif len(coders) > 1:
        yield f"{one.file}: coded by {len(coders)} people; to compare them declare `coder`, and whose coding counts: `count`"
    yield from one.warnings


def _themes(found: Sequence[Coding]) -> str:
    """A commented block for each top code, with the units that have it."""
    (book,), _ = books([], {"": tuple({code.path: code for one in found for code in one.codes}.values())})
    lines = [f"# {_TOLD}"]
    for theme in book.themes:
        units = sum(len({own.unit for own in one.applied if own.code in theme.codes}) for one in found)
        block = theme_lines(Theme(theme.name, theme.id, (theme.name,), text=theme.text))
        lines += ["#", f"# {plural(units, 'unit')} of {count(sum(len(one.units) for one in found))}", *(f"# {line}" for line in block.splitlines())]
    return "\n".join(lines) + "\n"
