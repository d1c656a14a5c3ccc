"""Published results of other organisations' surveys: shares of positive answers, with the number of people behind them where it is published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import ceil, floor

from rpgstat.record import record

_ORGANISATION = re.compile(r"(?:organi[sz]ation|trust|department|provider|employer)(?: name)?|org(?: name)?", re.IGNORECASE)
_CODE = re.compile(r"(?:organi[sz]ation|trust|department|provider|org|ods) (?:code|id)|code", re.IGNORECASE)
_BASE = re.compile(r"\bbase\b|number of (?:responses|respondents)|^n$|\bresponses \(n\)", re.IGNORECASE)
_SHARE = re.compile(r"%|\bper ?cent(?:age)?\b|\bpercentage\b", re.IGNORECASE)
_QUESTION = re.compile(r"\b(q\d+[a-z]*)\b", re.IGNORECASE)
_CELL = re.compile(r"(\d{1,3}(?:[.,]\d+)?)\s?(%?)")
_WITHHELD = frozenset({"", "*", "-", "..", ":", "[c]", "c", "n/a", "na", "x", "[x]", "z", "[z]", "n<11", "<11"})
_MOSTLY = 0.5  # of the cells of a column, which are shares where so many have a percent sign


@record
class Benchmark:
    """One figure: the `share`, 0 to 1, of those asked by an organisation who answered a question as its column says, and `n` of how many.

    `count` is how many these are, where `n` and the digits of the published share leave one number only; None otherwise.
    """

    organisation: str
    code: str
    question: str
    share: float
    n: int | None = None
    count: int | None = None


@record
class Benchmarks:
    """The figures of one table in its order, and how many cells were withheld in it."""

    name: str
    figures: tuple[Benchmark, ...]
    withheld: int = 0


@record
class _Column:
    """A column of shares: its place, what it is headed, where the number of people stands, and whether its cells are per cent."""

    at: int
    question: str
    base: int | None
    percent: bool


def benchmarks(name: str, rows: Sequence[Sequence[str]]) -> Benchmarks | None:
    """The figures of a table whose header stands in any of its first rows, below titles and merged cells; None where it is no such table."""
    for at, row in enumerate(rows[:20]):
        place = next((i for i, cell in enumerate(row) if _ORGANISATION.fullmatch(cell.strip())), None)
        columns = list(_columns(rows, at)) if place is not None else []
        if place is not None and columns:
            code = next((i for i, cell in enumerate(row) if _CODE.fullmatch(cell.strip())), None)
            return _read(name, rows[at + 1 :], place, code, columns)
    return None


def _columns(rows: Sequence[Sequence[str]], header: int) -> Iterator[_Column]:
    heads = [cell.strip() for cell in rows[header]]
    above = _filled(rows[header - 1], len(heads)) if header else [""] * len(heads)
    bases = [at for at, head in enumerate(heads) if _BASE.search(head) and not _SHARE.search(head)]
    for at, head in enumerate(heads):
        cells = [cell for row in rows[header + 1 :] if (cell := _at(row, at))]
        signs = sum(cell.endswith("%") for cell in cells) >= _MOSTLY * len(cells) if cells else False
        numbers = bool(cells) and all(_CELL.fullmatch(cell) or cell.lower() in _WITHHELD for cell in cells)
        if at not in bases and numbers and (signs or _SHARE.search(head) or _SHARE.search(above[at])):
            largest = max((float(found[1].replace(",", ".")) for cell in cells if (found := _CELL.fullmatch(cell))), default=0.0)
            words = f"{above[at]}: {head}" if above[at] and above[at] != head else head
            yield _Column(at, words, _base(at, heads, above, bases), signs or largest > 1)


def _filled(row: Sequence[str], width: int) -> list[str]:
    """A row of merged cells, each text above all columns that it spans."""
    found, last = [], ""
    for cell in [*map(str.strip, row), *[""] * width][:width]:
        last = cell or last
        found.append(last)
    return found


def _base(at: int, heads: Sequence[str], above: Sequence[str], bases: Sequence[int]) -> int | None:
    """The column with the number of people of a column of shares: of the same question, else the only one, else the next on the right."""

    def question(place: int) -> str:
        named = _QUESTION.search(heads[place]) or _QUESTION.search(above[place])
        return named[1].lower() if named else above[place]

    same = [base for base in bases if question(base) and question(base) == question(at)]
    if len(same) == 1 or (not same and len(bases) == 1):
        return (same or list(bases))[0]
    return next((base for base in (same or bases) if base > at), None)


def _read(name: str, rows: Sequence[Sequence[str]], place: int, code: int | None, columns: Sequence[_Column]) -> Benchmarks:
    found, withheld = [], 0
    for row in rows:
        organisation = _at(row, place)
        for column in columns if organisation else ():
            cell = _CELL.fullmatch(_at(row, column.at))
            if cell is None:
                withheld += 1
                continue
            digits = cell[1].replace(",", ".")
            scale = 100 if column.percent else 1
            n = _whole(_at(row, column.base)) if column.base is not None else None
            share = float(digits) / scale
            found.append(Benchmark(organisation, _at(row, code) if code is not None else "", column.question, share, n, _count(digits, scale, n)))
    return Benchmarks(name, tuple(found), withheld)


def _at(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def _whole(cell: str) -> int | None:
    plain = re.sub(r"[, ]", "", cell).removesuffix(".0")
    return int(plain) if plain.isdecimal() else None


def _count(digits: str, scale: int, n: int | None) -> int | None:
    """How many of n a published share stands for; None where several numbers, or none, would be written so.

    >>> _count("62.5", 100, 8), _count("62", 100, 1000), _count("62", 100, None)
    (5, None, None)
    """
    if not n:
        return None
    half = 0.5 * 10.0 ** -len(digits.partition(".")[2])
    low, high = (float(digits) - half) / scale * n, (float(digits) + half) / scale * n
    fitting = range(max(0, ceil(low - 1e-9)), min(n, floor(high + 1e-9)) + 1)
    return fitting[0] if len(fitting) == 1 else None
