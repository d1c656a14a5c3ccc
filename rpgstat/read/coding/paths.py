"""Codes as they are spelt, and what stands above them: parents are split off where a separator or the codebook leaves no doubt."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rpgstat.errors import UserError
from rpgstat.study import normalise
from rpgstat.study.coding import CodePath
from rpgstat.text import shortened

_SURE = (" > ", "->", "::", ">>", "\\", " » ")  # programs write these between parent and child, and people hardly ever in a name
_LIKELY = ("/", ".", ": ", ":")  # only where what stands before is a code itself


def spelt(code: str) -> str:
    """A code as it is compared: as any label, and with all hyphens alike."""
    return normalise(code.replace("\N{NON-BREAKING HYPHEN}", "-").replace("\N{HYPHEN}", "-"))


def paths(names: Iterable[str], separator: str = "") -> dict[str, CodePath]:
    """Each code with those above it: split at `separator` where one is declared, else at what is surely one, or at what follows another code.

    >>> paths(["a > b", "Coke::diet", "support", "support/peers", "work/life"])
    {'a > b': ('a', 'b'), 'Coke::diet': ('Coke', 'diet'), 'support': ('support',), 'support/peers': ('support', 'peers'), 'work/life': ('work/life',)}
    """
    found = list(dict.fromkeys(names))
    known = {spelt(name) for name in found}
    return {name: _path(name, separator, known) for name in found}


def _path(name: str, separator: str, known: set[str]) -> CodePath:
    for sign in (separator,) if separator else _SURE:
        parts = [part.strip() for part in name.split(sign)]
        if len(parts) > 1 and all(parts):
            return tuple(parts)
    for sign in () if separator else _LIKELY:
        above, _, own = name.rpartition(sign)
        while above:
            if spelt(above) in known and own.strip():
                return (*_path(above.strip(), separator, known), name[len(above) + len(sign) :].strip())
            above, _, own = above.rpartition(sign)
    return (name.strip(),)


class Splitter:
    """Splits the codes of one cell by the codebook, the longest name first: their names may hold what stands between them.

    Without a codebook cells are split at semicolons, line ends and bars, else at commas.

    >>> Splitter(["calm", "calm, rested", "heard"]).split("calm, rested, heard")
    (['calm, rested', 'heard'], [])
    """

    def __init__(self, codebook: Iterable[str], cells: Iterable[str] = ()) -> None:
        self.names = sorted({spelt(name): name for name in codebook}.items(), key=lambda pair: -len(pair[0]))
        self.sign = next((sign for sign in ("\n", ";", "|", ",") if any(sign in cell for cell in cells)), ",")

    def split(self, cell: str) -> tuple[list[str], list[str]]:
        """The codes in a cell, and what in it is no code of the codebook."""
        if not self.names:
            return [part.strip() for part in cell.split(self.sign) if part.strip()], []
        found: list[str] = []
        strange: list[str] = []
        rest = spelt(cell.replace("\n", "; "))
        while rest:
            name, length = self._first(rest)
            if name is None:
                cut = min((place for sign in (", ", "; ", " | ") if (place := rest.find(sign)) >= 0), default=len(rest))
                strange.append(rest[:cut])
                length = cut
            else:
                found.append(name)
            rest = rest[length:].lstrip(" ,;|")
        return found, strange

    def _first(self, rest: str) -> tuple[str | None, int]:
        for folded, name in self.names:
            if rest.startswith(folded) and (len(rest) == len(folded) or rest[len(folded) :].startswith((", ", ";", " |", "|", ","))):
                return name, len(folded)
        return None, 0


def doubtful(codebook: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Codes that begin as another one does before a comma or semicolon, so that a cell with both cannot be told apart from one with three.

    >>> list(doubtful(["A", "A, B", "B", "C"]))
    [('A', 'A, B')]
    """
    names = {spelt(name): name for name in codebook}
    for folded, name in names.items():
        for sign in (", ", "; "):
            above, _, rest = folded.partition(sign)
            if above in names and rest in names:
                yield names[above], name


def check_splits(file: str, column: str, codebook: Iterable[str]) -> None:
    """Raises UserError where a cell of several codes can be split in two ways."""
    for one, other in doubtful(codebook):
        problem = f'{file}: codes in `{shortened(column)}` cannot be split: 2 code names begin alike ("{shortened(one, 40)}", "{shortened(other, 40)}")'
        raise UserError(problem, "rename one of them, or export one row a coding")
