"""Which codes of the coding files make up each theme of the study, in each source of material."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rpgstat.errors import UserError, did_you_mean, nearest
from rpgstat.study import normalise, slug
from rpgstat.study.coding import Code, CodePath
from rpgstat.study.themed import Book, Spoken
from rpgstat.study.themes import Theme
from rpgstat.text import plural, shortened

_BETWEEN = (" > ", "->", "::", ">>", "\\", "/", ".", ": ", ":")


_MANY = 50
"""Of more codes than these none is named: they may be people's ids."""


def books(themes: Sequence[Theme], sources: Mapping[str, Sequence[Code]], file: str = "study.toml") -> tuple[tuple[Book, ...], tuple[str, ...]]:
    """The code book of each source, and which of its codes belong to no theme; without declared themes every code at the top is one.

    Raises UserError for a theme whose code is in no file.
    """
    if not themes:
        return tuple(Book(source, tuple(_own(codes)), tuple(codes)) for source, codes in sources.items()), ()
    spellings = {source: _spellings(codes) for source, codes in sources.items()}
    for place, theme in enumerate(themes, start=1):
        for code in theme.codes:
            if not any(normalise(code) in spelt for spelt in spellings.values()):
                names = dict.fromkeys(name for codes in sources.values() for found in codes for name in ("/".join(found.path), found.path[-1]))
                problem = f"{file}: `{shortened(code)}` of themes[{place}].codes is in no coding file"
                raise UserError(problem, did_you_mean(code, names) if len(names) <= _MANY or nearest(code, names) else _not_codes(len(names)))
    found = tuple(_book(source, codes, themes, spellings[source]) for source, codes in sources.items())
    return found, tuple(line for book in found for line in _unused(book))


def _not_codes(n: int) -> str:
    return f'{n} different codes were read, and none is named, for they may be ids: name the column of ids, unit = "Code", and that of codes, code = "Theme"'


def _own(codes: Sequence[Code]) -> Iterator[Spoken]:
    """A theme for each code that stands at the top."""
    told = {code.path: code.text for code in codes}
    taken: set[str] = set()
    for top in dict.fromkeys(code.path[0] for code in codes):
        base = slug(top)
        name = next(name for name in (base, *(f"{base}_{i}" for i in range(2, len(codes) + 2))) if name not in taken)
        taken.add(name)
        yield Spoken(name, top, frozenset(code.path for code in codes if code.path[0] == top), text=told.get((top,), ""))


def _spellings(codes: Iterable[Code]) -> dict[str, set[CodePath]]:
    """Every way to name a code or one above it -> the codes that are meant: by the whole path, however its parts are joined, or by its own name alone."""
    found: dict[str, set[CodePath]] = {}
    alone: dict[str, set[CodePath]] = {}
    paths = [code.path for code in codes]
    for code in codes:
        found.setdefault(normalise(code.name or "/".join(code.path)), set()).update(_below(code.path, paths))
        for length in range(1, len(code.path) + 1):
            above = code.path[:length]
            for sign in _BETWEEN if length > 1 else ("/",):
                found.setdefault(normalise(sign.join(above)), set()).add(code.path)
            alone.setdefault(normalise(above[-1]), set()).add(above)
    for name, meant in alone.items():
        if name not in found and len(meant) == 1:
            (above,) = meant
            found[name] = set(_below(above, paths))
    return found


def _below(above: CodePath, paths: Iterable[CodePath]) -> Iterator[CodePath]:
    return (path for path in paths if path[: len(above)] == above)


def _book(source: str, codes: Sequence[Code], themes: Sequence[Theme], spelt: Mapping[str, set[CodePath]]) -> Book:
    own = []
    for theme in themes:
        meant = frozenset(path for code in theme.codes for path in spelt.get(normalise(code), ()))
        if meant:
            own.append(Spoken(theme.id, theme.name, meant, theme.valence, theme.text, theme.waves))
    return Book(source, tuple(own), tuple(codes))


def _unused(book: Book) -> Iterator[str]:
    used = {path for theme in book.themes for path in theme.codes}
    others = [" > ".join(code.path) for code in book.codes if code.path not in used]
    if others:
        named = ", ".join(f"`{shortened(name, 40)}`" for name in others[:5])
        more = f" and {len(others) - 5} more" if len(others) > 5 else ""
        yield f"`{book.source}`: {plural(len(others), 'code')} in no theme: {named}{more}"
