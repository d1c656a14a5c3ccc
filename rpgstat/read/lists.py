"""Several answers in one cell: whether a column holds such lists, and which answers are in them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

from rpgstat.study import normalise

_MANY = 0.15  # share of the people who gave several, below which a separator is taken for a part of an answer
_AGAIN = 3  # cells in which an answer of a list has to stand, to be one that could be chosen
_KNOWN = 0.7  # share of what stands in the cells that has to be such answers


def ended(cells: Iterable[str], separator: str = ";") -> tuple[str, ...]:
    """The answers of a column whose lists end with the separator, the commonest first; none where not all do.

    >>> ended(["Cake;Tea;", "Tea;"])
    ('Tea', 'Cake')
    """
    stated = [cell.strip() for cell in cells if cell.strip()]
    if not stated or not all(cell.endswith(separator) for cell in stated):
        return ()
    people = Counter(part.strip() for cell in stated for part in cell.split(separator) if part.strip())
    return tuple(sorted(people, key=lambda answer: (-people[answer], answer)))


def joined(counts: Mapping[str, int], separator: str = ", ") -> tuple[str, ...]:
    """The answers that the lists of a column, cell -> people, are made of, the commonest first; none where it seems to hold single answers.

    An answer may hold the separator itself: pieces that always stand together are one answer. What hardly anybody else gave is somebody's own.

    >>> joined({"Cake, Tea": 3, "Tea": 2, "Cake": 1, "Yes, please, Tea": 3, "Cake, Yes, please": 2})
    ('Tea', 'Cake', 'Yes, please')
    >>> joined({"Yes, often": 9, "No, never": 4})
    ()
    >>> joined({"Cake,Tea": 3, "Tea": 2, "Cake": 1, "Tea,Milk, if cold": 3}, ",")
    ('Tea', 'Cake', 'Milk, if cold')
    """
    everyone = sum(counts.values())
    parting = re.compile(re.escape(separator) + ("" if separator.endswith(" ") else r"(?!\s)"))  # a program that puts no space there parts nothing else
    pieces = {cell: tuple(piece.strip() for piece in parting.split(cell) if piece.strip()) for cell in counts}
    if not everyone or sum(n for cell, n in counts.items() if len(pieces[cell]) > 1) < _MANY * everyone:
        return ()
    answers = _together(pieces, counts, separator)
    people: Counter[str] = Counter()
    combined: set[str] = set()
    for cell, parts in answers.items():
        people.update(dict.fromkeys(parts, counts[cell]))
        if len(parts) > 1:
            combined.update(parts)
    chosen = [answer for answer in people if people[answer] >= _AGAIN]
    several = sum(n for cell, n in counts.items() if len(answers[cell]) > 1)
    known = sum(people[answer] for answer in chosen)
    if several < _MANY * everyone or known < _KNOWN * people.total() or len(combined.intersection(chosen)) < 2:
        return ()
    return tuple(sorted(chosen, key=lambda answer: (-people[answer], answer)))


def _together(pieces: Mapping[str, tuple[str, ...]], counts: Mapping[str, int], separator: str) -> dict[str, tuple[str, ...]]:
    """The pieces of each cell, with those joined that only ever stand behind one another."""
    people: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for cell, parts in pieces.items():
        people.update(dict.fromkeys(parts, counts[cell]))
        pairs.update(dict.fromkeys(pairwise(parts), counts[cell]))
    glued = {pair for pair, n in pairs.items() if n == people[pair[0]] == people[pair[1]]}

    def join(parts: tuple[str, ...]) -> tuple[str, ...]:
        found: list[str] = []
        last = ""
        for part in parts:
            if found and (last, part) in glued:
                found[-1] += f"{separator.strip()} {part}"
            else:
                found.append(part)
            last = part
        return tuple(found)

    return {cell: join(parts) for cell, parts in pieces.items()}


def permuted(cells: Iterable[str], separator: str = ";") -> bool:
    """Whether every cell holds the same answers in some order, two at least: a ranking.

    >>> permuted(["Cake;Tea;", "Tea;Cake;"]), permuted(["Cake;Tea;", "Tea;"])
    (True, False)
    """
    sets = {frozenset(normalise(part) for part in cell.split(separator) if part.strip()) for cell in cells if cell.strip()}
    return len(sets) == 1 and len(next(iter(sets))) > 1
