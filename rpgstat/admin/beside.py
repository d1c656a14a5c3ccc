"""Rates that stand beside the counts that make them: which columns these are, as their names say and their figures show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rpgstat.admin.cells import Mark, readable
from rpgstat.admin.measures import Kind, kind_of, plain, published_as
from rpgstat.admin.names import base
from rpgstat.admin.sheet import Sheet
from rpgstat.record import record

_PERCENT = re.compile(r"\b(?:percent|percentage|per cent|pct|perc|proportion)\b")
_PER = re.compile(r"\bper (\d[\d ]*)(k?)\b")
_RATE = re.compile(r"\brates?\b")
_AVERAGE = re.compile(r"\b(?:average|mean|median|caseload)\b")
_FACTORS = (100.0, 1_000.0, 10_000.0, 100_000.0, 1.0)
_MOST_ROWS = 300  # enough to know; a sheet may have many thousands
_AGREE = 0.95  # in published files some rows are revised on one side only: 99.7 % of them agree
_FEWEST = 2  # rows, where no name supports it


@record
class Beside:
    """A column of rates, so many `per` people (0: nothing says), and the columns that make it, if any; `half` is half a unit of its last digit."""

    column: int
    name: str
    kind: Kind
    per: float
    half: float
    numerator: int | None = None
    denominator: int | None = None


def rate_columns(sheet: Sheet, columns: Sequence[int], aggregates: Sequence[bool]) -> Iterator[Beside]:
    """The rates among these columns of figures, each with the numerator and denominator that give it in nearly all rows.

    A numerator is one of the same name ("x_count" of "x_percent"), else any; a denominator is the one that then gives the published rate, as rounded.
    Rows that sum up areas are left aside where there are others: their counts may be rounded.
    """
    rates = [column for column in columns if per_of(sheet.header[column]) is not None]
    counts = [column for column in columns if column not in rates and not _AVERAGE.search(plain(sheet.header[column]))]
    rows = _rows(aggregates)
    held = {column: readable([sheet.rows[i][column] for i in rows], sheet.decimal) for column in (*rates, *counts)}
    for column in rates:
        name = sheet.header[column]
        per, half = per_of(name) or 0.0, _half([sheet.rows[i][column] for i in rows], sheet.decimal)
        found = next(_made(column, counts, held, sheet, (per,) if per else _FACTORS, half), None)
        if found is None:
            yield Beside(column, name, kind_of(name), per, half)
            continue
        per, over, under = found
        yield Beside(column, name, _kind(name, per, held[over], held[under]), per, half, over, under)


def per_of(header: str) -> float | None:
    """What a rate is so many of: 100 of a per cent, 10000 of "per 10,000", 0 of a rate that does not say; None for a column that is no rate.

    >>> [per_of(name) for name in ("rereferral_percent", "rate_per_10000", "Rate per 10k", "turnover_rate_fte", "cla_rate", "referral_count")]
    [100.0, 10000.0, 10000.0, 100.0, 0.0, None]
    """
    name = plain(header)
    if found := _PER.search(name):
        return float(found[1].replace(" ", "")) * (1_000 if found[2] else 1)
    if "%" in header or _PERCENT.search(name):
        return 100.0
    known = published_as(header)
    if known is not None:
        return 100.0 if known[0].kind != "each" else None
    return 0.0 if _RATE.search(name) else None


def says_rate(name: str) -> bool:
    """Whether a name itself says that its numbers are rates.

    >>> says_rate("Rate (%)"), says_rate("turnover"), says_rate("Vacancy rate")
    (True, False, True)
    """
    return "%" in name or any(pattern.search(plain(name)) for pattern in (_PERCENT, _RATE))


def _rows(aggregates: Sequence[bool]) -> list[int]:
    own = [i for i, aggregate in enumerate(aggregates) if not aggregate] or list(range(len(aggregates)))
    return own[:: -(-len(own) // _MOST_ROWS)] if own else []


def _half(texts: Sequence[str], decimal: Mark | None) -> float:
    mark = decimal or "."
    digits = max((len(text.rpartition(mark)[2].rstrip("% ")) for text in texts if mark in text and text[-1:].isdigit()), default=0)
    return 0.5 * 10.0**-digits


_Found = tuple[float, int, int]


def _made(column: int, counts: Sequence[int], held: dict[int, list[float | None]], sheet: Sheet, factors: Sequence[float], half: float) -> Iterator[_Found]:
    """What makes a column, the likeliest first: per, numerator and denominator."""
    own = base(sheet.header[column])
    named = [count for count in counts if own and base(sheet.header[count]) == own]
    for tops, fewest in ((named, 1), (counts if len(counts) ** 2 <= 2_500 else [], _FEWEST)):
        found = [
            (share, per, over, under)
            for over in tops
            for under in counts
            if under != over
            for per in factors
            if (share := _agreement(held[column], held[over], held[under], per, half, fewest)) >= _AGREE
        ]
        for _, per, over, under in sorted(found, key=lambda one: -one[0]):
            yield per, over, under


def _agreement(rates: Sequence[float | None], tops: Sequence[float | None], bases: Sequence[float | None], per: float, half: float, fewest: int) -> float:
    """The share of rows with a rate above 0 in which numerator over denominator gives it, as rounded; 0 where fewer than `fewest` have all three."""
    tested = agreed = 0
    for rate, top, under in zip(rates, tops, bases, strict=True):
        if rate and top is not None and under:
            tested += 1
            agreed += abs(per * top / under - rate) <= half * (1 + 1e-9)
            if tested == 20 and agreed < 10:
                return 0.0
    return agreed / tested if tested >= fewest else 0.0


def _kind(name: str, per: float, tops: Sequence[float | None], bases: Sequence[float | None]) -> Kind:
    """Whether the numerator is part of the denominator, or counts events in a population."""
    own = kind_of(name)
    if own in ("days", "each", "cover", "events"):
        return own
    within = all(top <= under for top, under in zip(tops, bases, strict=True) if top is not None and under is not None)
    return "part" if per <= 100 and within else "events"
