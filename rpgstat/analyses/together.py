"""`codebook` and `together`: the codes there are, and which themes stand on the same answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

from rpgstat.analyses._rows import titled
from rpgstat.glossary.sentences import say
from rpgstat.result import Result, table
from rpgstat.study import Study
from rpgstat.study.themed import Book, Heard, Spoken


def codebook(study: Study, heard: Sequence[Heard], books: Sequence[Book], few: int = 0) -> Result:
    """Result `codebook`: a row for each code, theme by theme, with where and how often it was applied; those of no theme come last.

    Of codes that 1 to `few` units have, all units taken together, no counts are shown.
    """
    rows: dict[tuple[str | None, tuple[str, ...]], dict[str, Any]] = {}
    for book in books:
        own = [one for one in heard if one.source == book.source]
        told = {code.path: code.text for code in book.codes}
        for theme, path in _placed(book):
            row = rows.setdefault((theme.name if theme else None, path), _head(theme, path, told.get(path, "")))
            row["sources"] += sum(one.documents.get(path, 0) for one in own)
            row["units"] += sum(number for one in own for codes, number in one.patterns.items() if path in codes)
            row["codings"] += sum(one.codings.get(path, 0) for one in own)
    ordered = sorted(rows.values(), key=lambda row: row["theme"] is None)
    for row in ordered:
        if 0 < row["units"] <= few:
            row |= {"sources": None, "units": None, "codings": None, "note": say("row.suppressed")}
    return Result("codebook", titled(study, say("title.codebook")), table("codebook", ordered), "", (say("themes.codebook"),))


def _placed(book: Book) -> Iterator[tuple[Spoken | None, tuple[str, ...]]]:
    used: set[tuple[str, ...]] = set()
    for theme in book.themes:
        used |= theme.codes
        yield from ((theme, path) for path in sorted(theme.codes))
    yield from ((None, code.path) for code in book.codes if code.path not in used)


def _head(theme: Spoken | None, path: tuple[str, ...], text: str) -> dict[str, Any]:
    return {
        "theme": theme.name if theme else None,
        "code": path[-1],
        "parent": " > ".join(path[:-1]) or None,
        "valence": theme.valence if theme else None,
        "text": text or None,
        "sources": 0,
        "units": 0,
        "codings": 0,
        "note": None if theme else say("row.no_theme"),
    }


def together(study: Study, heard: Sequence[Heard], books: Sequence[Book], waves: Sequence[str] = (), few: int = 0) -> Result:
    """Result `together`: for each pair of themes of a source how many units spoke of both, and how many would by chance.

    Where 1 to `few` did, and the study withholds such counts, the row is withheld.
    """
    rows = []
    for book in books:
        for one in (one for one in heard if one.source == book.source and (not waves or one.wave in waves)):
            sought = [theme for theme in book.themes if theme.sought(one.wave)]
            alone, both = _counted(one, sought)
            rows += [_pair(one, *pair, alone, both, few) for pair in combinations(sought, 2) if one.n]
    return Result("together", titled(study, say("title.together")), table("together", rows), "", (say("themes.together"),))


def _counted(one: Heard, sought: Sequence[Spoken]) -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """The units that spoke of each theme, and of each pair of themes in their order; each unit is looked at once."""
    alone, both = Counter[str](), Counter[tuple[str, str]]()
    for codes, number in one.patterns.items():
        spoken = [theme.id for theme in sought if theme.within(codes)]
        for theme in spoken:
            alone[theme] += number
        for pair in combinations(spoken, 2):
            both[pair] += number
    return alone, both


def _pair(one: Heard, theme: Spoken, other: Spoken, alone: Counter[str], pairs: Counter[tuple[str, str]], few: int) -> dict[str, Any]:
    first, second, both = alone[theme.id], alone[other.id], pairs[theme.id, other.id]
    either = first + second - both
    head = {"source": one.source, "wave": one.wave, "theme": theme.name, "other": other.name, "n": one.n}
    if any(0 < count <= few for count in (first, second, both, first - both, second - both)):
        return head | {"note": say("row.suppressed")}
    counts = {"mentions": first, "mentions_other": second, "both": both, "either": either, "expected": first * second / one.n}
    return head | counts | {"jaccard": both / either if either else None, "note": None if either else say("row.neither_named")}
