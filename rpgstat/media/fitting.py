"""How wide the columns of a table on paper have to be, in twentieths of a point, for no number to break over lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from rpgstat.media.document import Cell, Head, Table, TableRow

WIDEST = 1.13
"""For faces wider than the one assumed, up to DejaVu Sans, which stands in for Calibri where that is not installed."""
_BOLD, _BOLD_BRACKET = 1.095, 0.06  # times as long as plain, and more ems for each bracket
_PADDING = 115  # the margins of a cell, left and right
_GAP = 100  # before a column of words that is not the first
_BETWEEN = 80  # more room before each group of columns
_NARROWEST_TEXT = 1600
_WIDEST_TEXT = 6500
_NARROW, _WIDE = frozenset("fijlrtI.,;:'’|!()[] /·\N{NO-BREAK SPACE}"), frozenset("mwMW%—@▲▼◆★≈→")
_SIGNS, _BRACKETS = frozenset("−+±<>="), frozenset("[]()")


@lru_cache(maxsize=10_000)
def em(words: str) -> float:
    """The length of a line in ems of a common sans serif face; wide characters of other scripts count as one em.

    >>> round(em("2.96"), 2), round(em("mean"), 2)
    (1.97, 2.52)
    """
    return sum(_em(character) for character in words)


def _em(character: str) -> float:
    if character in _SIGNS:
        return 0.72
    if character in _BRACKETS:
        return 0.34
    if character in _NARROW:
        return 0.3
    if character in _WIDE or unicodedata.east_asian_width(character) in "WF":
        return 0.85 if character in _WIDE else 1.05
    return 0.67 if character.isupper() else 0.556


def fitted(table: Table, room: int, size: float) -> list[int] | None:
    """The width of each column for the table to fill at most `room`, set in `size` points; None where that is not enough.

    Numbers and single words never break; columns of words share what is left, as much as their text asks for.
    """
    least = _narrowest(table, size)
    spare = room - sum(least)
    if spare < 0:
        return None
    asks = [max(_wish(table, place, size) - least[place], 0) for place in range(len(table.heads))]
    share = min(1.0, spare / sum(asks)) if sum(asks) else 0.0
    return [narrow + int(ask * share) for narrow, ask in zip(least, asks, strict=True)]


def _narrowest(table: Table, size: float) -> list[int]:
    """The narrowest width of each column; columns under one heading share what its longest word needs more."""
    least = [_least(table, place, size) for place in range(len(table.heads))]
    for group in _groups(table.heads):
        least[group[0]] += _BETWEEN if table.heads[group[0]].over else 0
        missing = _twips(table.heads[group[0]].over.split(" "), size) - sum(least[place] for place in group)
        for place in group if missing > 0 else ():
            least[place] += -(-missing // len(group))
    return least


def _least(table: Table, place: int, size: float) -> int:
    """A column's narrowest width: of its longest number, or word, with a floor under long text."""
    head = table.heads[place]
    plain, bold = ([line for cell in cells for line in (cell.words + cell.mark).split("\n")] for cells in _cells(table, place))
    if head.align == "right":
        return max(_twips([*plain, *head.words.split(" ")], size), _bold_twips(bold, size))
    longest = max(_twips([*_wordlike(plain), *head.words.split(" ")], size), _bold_twips(list(_wordlike(bold)), size))
    return max(longest, min(_twips(plain, size), _NARROWEST_TEXT)) if place == 0 else longest + _GAP


def _wordlike(lines: Sequence[str]) -> Iterator[str]:
    # A word longer than any that people write may break: else one web address would push all numbers off the page.
    yield from (word[:24] for line in lines for word in line.split(" "))


def _wish(table: Table, place: int, size: float) -> int:
    if table.heads[place].align == "right":
        return 0
    return min(_twips([line for cells in _cells(table, place) for cell in cells for line in cell.words.split("\n")], size), _WIDEST_TEXT)


def _cells(table: Table, place: int) -> tuple[list[Cell], list[Cell]]:
    """The cells of a column: those of statements, and those of battery scores, which are set bold."""
    lines, scores = ([row.cells[place] for row in table.rows if row.kind == kind] for kind in ("line", "score"))
    return lines, scores


def _twips(lines: Sequence[str], size: float) -> int:
    return int(max(map(em, lines), default=0.0) * size * 20 * WIDEST) + _PADDING


def _bold_twips(lines: Sequence[str], size: float) -> int:
    return int(max(map(bold_em, lines), default=0.0) * size * 20 * WIDEST) + _PADDING


def bold_em(words: str) -> float:
    """The length of a line in bold, as `em`."""
    return em(words) * _BOLD + _BOLD_BRACKET * sum(character in _BRACKETS for character in words)


def broken(words: str, width: int, size: float) -> list[str]:
    """The lines of a heading in a column of this width."""
    lines = [""]
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and _twips([longer], size) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def parts(table: Table, room: int, size: float) -> list[tuple[Table, list[int]]]:
    """The table as it fits; where it does not, as several below one another, each with the first column and whole groups of the others."""
    widths = fitted(table, room, size)
    if widths is not None:
        return [(table, widths)]
    least = _narrowest(table, size)
    runs: list[list[int]] = [[]]
    for group in _groups(table.heads):
        if runs[-1] and least[0] + sum(least[place] for place in (*runs[-1], *group)) > room:
            runs.append([])
        runs[-1] += group
    return [(part, fitted(part, room, size) or _squeezed(part, room)) for part in (_only(table, [0, *run], last=run is runs[-1]) for run in runs)]


def _groups(heads: Sequence[Head]) -> Iterator[list[int]]:
    """The places of neighbouring columns that one heading stands over."""
    group: list[int] = []
    for place, head in enumerate(heads[1:], start=1):
        if group and not (head.over and head.over == heads[place - 1].over):
            yield group
            group = []
        group.append(place)
    if group:
        yield group


def _only(table: Table, places: Sequence[int], *, last: bool) -> Table:
    rows = tuple(row if row.kind == "battery" else TableRow(row.kind, tuple(row.cells[place] for place in places)) for row in table.rows)
    shown = replace(table, heads=tuple(table.heads[place] for place in places), rows=rows)
    return shown if last else replace(shown, general=(), marked=())


def _squeezed(table: Table, room: int) -> list[int]:
    """Equal shares, for a table that no page is wide enough for."""
    return [room // len(table.heads)] * len(table.heads)
