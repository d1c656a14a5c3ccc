"""The study file that coding files suggest: what was coded as it was recognised, and a theme for each top code, as comments."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from rpgstat.errors import UserError
from rpgstat.read.coding import read_codebook, read_coding, sheets_alike, words_in
from rpgstat.read.coding.words import role
from rpgstat.study import Study, Wave
from rpgstat.study.coding import Coding
from rpgstat.study.themes import Coded, Material, Theme
from rpgstat.study.write import to_toml
from rpgstat.study.write_themes import theme_lines, themes_to_toml
from rpgstat.tally._books import books
from rpgstat.text import count, plural
from rpgstat.workflow.arguments import PathLike
from rpgstat.workflow.case import wave_names

_TOLD = "Themes: remove the # before those that tables should show, put codes together that are one thing, and say `valence` where one speaks well or ill."


_LATER = """\
# Quotations that you chose, in a table with the columns id, theme, wave, source, speaker and quote: they are checked, and shown as they are.
# [quotes]
# file = "quotes.csv"
#
# A theme beside statements of the survey, and how the two go together as you see it: "confirms", "expands", "differs" or "silent".
# [[joint]]
# theme = "{theme}"
# rows = ["compare.ID"]
# fit = "confirms"
# text = "Why you see it so."
"""


def coded_draft(exports: Sequence[PathLike], folder: Path, books: Sequence[PathLike] = (), *, alone: bool = True) -> tuple[str, tuple[str, ...]]:
    """The text of a study file on coded material, and what was assumed; not `alone`, what goes below that of a survey.

    `books` are code books, by which several codes in one cell are told apart. Raises UserError where a file is no such material, or has no codes.
    """
    names = wave_names(exports) if len(exports) > 1 and alone else [""] * len(exports)
    codes = [code for path in books for code in read_codebook(path, Coded("", "interviews"))]
    found = [read_coding(path, Coded("", "interviews"), codebook=codes) for path in exports]
    if not any(one.codes for one in found):
        raise UserError(f"{found[0].file}: holds no codes", "name a coding file with codes in it")
    book = _from(folder, books[0]) if books else ""
    coded = _apart([_coded(path, one, wave, _from(folder, path), book) for path, one, wave in zip(exports, found, names, strict=True)])
    assumed = [line for one, of in zip(found, coded, strict=True) for line in _assumed(one, of)]
    if not alone:
        return "\n\n".join([*themes_to_toml(Study((), (), coded=coded)), _themes(found)]), tuple(assumed)
    study = Study(tuple(Wave(name) for name in names if name), (), coded=coded)
    return f"{to_toml(study, comments=assumed)}\n{_themes(found)}", tuple(assumed)


def _from(folder: Path, path: PathLike) -> str:
    """A file as a study in the folder names it."""
    return os.path.relpath(Path(path).absolute(), folder).replace(os.sep, "/")


def _coded(path: PathLike, one: Coding, wave: str, file: str, book: str) -> Coded:
    kind: Material = "answers" if one.layout in ("ticks", "codes") and role(one.unit) != "source" else "interviews"
    sheets = sheets_alike(path) if kind == "answers" else ()
    words = words_in(path) if kind == "answers" else ""
    name = words or ("Answers" if kind == "answers" else "Interviews")
    return Coded(name, kind, (file,), wave, coders=sheets, count=sheets[0] if sheets else "", codebook=book if one.layout == "joined" else "")


def _apart(coded: Sequence[Coded]) -> tuple[Coded, ...]:
    """Each with a name of its own where two of one wave, or of none, would share one."""
    met = Counter[tuple[str, str]]()
    found = []
    for one in coded:
        met[one.name, one.wave] += 1
        times = met[one.name, one.wave]
        found.append(one if times == 1 else replace(one, name=f"{one.name} ({times})"))
    return tuple(found)


def _assumed(one: Coding, coded: Coded) -> Iterator[str]:
    what = "answers, one person each" if coded.kind == "answers" else 'interviews, a document being one person; focus groups are kind = "groups"'
    codings = f"{plural(one.codings, 'coding')} of {plural(len(one.codes), 'code')} in {plural(len(one.units), 'unit')}"
    yield f"{one.file}: layout `{one.layout}`, {codings}; read as {what}"
    if one.layout == "ticks" and coded.kind == "answers":
        yield f"{one.file}: its columns of ticks are taken for codes that somebody gave; if people ticked them themselves, they are `[[questions]]`"
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
    return "\n".join([*lines, "#", _LATER.format(theme=next((theme.id for theme in book.themes), "support"))])
