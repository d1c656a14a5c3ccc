"""Published results of other organisations' surveys: shares of answers and means, with the number of people behind them where it is published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil, floor

from rpgstat.record import record

ORGANISATION = re.compile(r"(?:organi[sz]ation|trust|department|provider|employer)(?: name)?|org(?: name)?", re.IGNORECASE)
_CODE = re.compile(r"(?:organi[sz]ation|trust|department|provider|org|ods) (?:code|id)|code", re.IGNORECASE)
BASE = re.compile(r"\bbase\b|number of (?:responses|respondents)|^n$|\bresponses \(n\)", re.IGNORECASE)
_MEAN = re.compile(r"\b(?:mean|average)(?: score| rating)?\b", re.IGNORECASE)
SPREAD = re.compile(r"\bs\.?d\.?(?!\w)|\bst(?:andar)?d\.? ?dev(?:iation)?\b", re.IGNORECASE)
_NET = re.compile(r"\be?nps\b|\bnet promoter(?: score)?\b", re.IGNORECASE)
_SHARE = re.compile(r"%|\bper ?cent(?:age)?\b|\bpercentage\b", re.IGNORECASE)
_QUESTION = re.compile(r"\b(q\d+[a-z]*)\b", re.IGNORECASE)
NUMBER = re.compile(r"([-+\u2212]?\d{1,3}(?:[.,]\d+)?)\s?(%?)")
"""A share, a mean or a score."""
WITHHELD = frozenset({"", "*", "-", "..", ":", "[c]", "c", "n/a", "na", "x", "[x]", "z", "[z]", "n<11", "<11"})
"""What stands in a cell that is not published."""
_MOSTLY = 0.5  # of the cells of a column, which are shares where so many have a percent sign


@record
class Benchmark:
    """One figure of an organisation, and `n` of how many people: the `share`, 0 to 1, who answered a question as its column says, or the `mean` of
    their answers with its `sd`; of a Net Promoter Score the mean of -1, 0 and 1.

    `count` is how many the share stands for, where `n` and the digits of the published share leave one number only; None otherwise. Of the share of
    one `answer` among others `stem` is the question.
    """

    organisation: str
    code: str
    question: str
    share: float | None = None
    n: int | None = None
    count: int | None = None
    mean: float | None = None
    sd: float | None = None
    stem: str = ""
    answer: str = ""


@record
class Benchmarks:
    """The figures of one table in its order, and how many cells were withheld in it."""

    name: str
    figures: tuple[Benchmark, ...]
    withheld: int = 0


@record
class _Column:
    """A column of shares or means: its place, what it is headed, where the number of people and the spread stand, and what its cells are divided by.

    `stem` and `answer` are the parts of a heading in two rows.
    """

    at: int
    question: str
    base: int | None
    scale: int
    spread: int | None = None
    mean: bool = False
    stem: str = ""
    answer: str = ""


def benchmarks(name: str, rows: Sequence[Sequence[str]]) -> Benchmarks | None:
    """The figures of a table with a row for each organisation and a column for each question, whose header stands in any of its first rows, below
    titles and merged cells; None where it is no such table."""
    for at, row in enumerate(rows[:20]):
        place = next((i for i, cell in enumerate(row) if ORGANISATION.fullmatch(cell.strip())), None)
        columns = list(_columns(rows, at)) if place is not None else []
        if place is not None and columns:
            code = next((i for i, cell in enumerate(row) if _CODE.fullmatch(cell.strip())), None)
            return _read(name, rows[at + 1 :], place, code, columns)
    return None


def _columns(rows: Sequence[Sequence[str]], header: int) -> Iterator[_Column]:
    heads = [cell.strip() for cell in rows[header]]
    above = _filled(rows[header - 1], len(heads)) if header else [""] * len(heads)
    bases = [at for at, head in enumerate(heads) if BASE.search(head) and not _SHARE.search(head)]
    spreads = [at for at, head in enumerate(heads) if SPREAD.search(head)]
    for at, head in enumerate(heads):
        cells = [cell for row in rows[header + 1 :] if (cell := _at(row, at))]
        if at in (*bases, *spreads) or not cells or not all(NUMBER.fullmatch(cell) or cell.lower() in WITHHELD for cell in cells):
            continue
        numbers = [value(cell) for cell in cells if NUMBER.fullmatch(cell)]
        signs = sum(cell.endswith("%") for cell in cells) >= _MOSTLY * len(cells)
        base = _base(at, heads, above, bases)
        if not signs and (_NET.search(head) or _MEAN.search(head)):
            words = _NET if _NET.search(head) else _MEAN
            question = words.sub("", head).strip(" :,-\u2013()") or above[at]
            yield _Column(at, question, base, 100 if words is _NET else 1, _base(at, heads, above, spreads) if words is _MEAN else None, mean=True)
        elif min(numbers, default=0.0) >= 0 and (signs or _SHARE.search(head) or _SHARE.search(above[at])):
            two = bool(above[at]) and above[at] != head
            stem, answer = (above[at], head) if two else ("", "")
            yield _Column(at, f"{above[at]}: {head}" if two else head, base, 100 if signs or max(numbers, default=0.0) > 1 else 1, stem=stem, answer=answer)


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
            figure = _figure(row, column)
            withheld += figure is None
            if figure is not None:
                found.append(replace(figure, organisation=organisation, code=_at(row, code) if code is not None else ""))
    return Benchmarks(name, tuple(found), withheld)


def _figure(row: Sequence[str], column: _Column) -> Benchmark | None:
    """What a row has in a column; None where it is withheld."""
    cell = NUMBER.fullmatch(_at(row, column.at))
    if cell is None:
        return None
    n = whole(_at(row, column.base)) if column.base is not None else None
    if column.mean:
        spread = _at(row, column.spread) if column.spread is not None else ""
        sd = value(spread) if NUMBER.fullmatch(spread) else None
        return Benchmark("", "", column.question, n=n, mean=value(cell[0]) / column.scale, sd=sd)
    share = value(cell[0]) / column.scale
    return Benchmark("", "", column.question, share, n, count_of(cell[1], column.scale, n), stem=column.stem, answer=column.answer)


def value(cell: str) -> float:
    """A cell of digits as a number, per cent signs left out."""
    return float(cell.replace("\u2212", "-").rstrip("% ").replace(",", ".").replace(" ", ""))


def _at(row: Sequence[str], place: int) -> str:
    return row[place].strip() if place < len(row) else ""


def whole(cell: str) -> int | None:
    """A cell as a whole number, its thousands perhaps apart; None for anything else."""
    plain = re.sub(r"[, ]", "", cell).removesuffix(".0")
    return int(plain) if plain.isdecimal() else None


def count_of(digits: str, scale: int, n: int | None) -> int | None:
    """How many of n a published share stands for; None where several numbers, or none, would be written so.

    >>> count_of("62.5", 100, 8), count_of("62", 100, 1000), count_of("62", 100, None)
    (5, None, None)
    """
    if not n:
        return None
    half = 0.5 * 10.0 ** -len(digits.partition(".")[2])
    low, high = (float(digits) - half) / scale * n, (float(digits) + half) / scale * n
    fitting = range(max(0, ceil(low - 1e-9)), min(n, floor(high + 1e-9)) + 1)
    return fitting[0] if len(fitting) == 1 else None
