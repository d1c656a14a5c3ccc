"""Published results in rows: one for each question, or for each answer to it, of one organisation or several."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rpgstat.admin.benchmarks import BASE, NUMBER, ORGANISATION, SPREAD, Benchmark, Benchmarks, count_of, value, whole

_HEADS = {
    "organisation": ORGANISATION,
    "question": re.compile(r"(?:question|statement|item|indicator)(?: text| wording| name)?", re.IGNORECASE),
    "answer": re.compile(r"(?:answer|option|response|level|category)(?: option| text)?", re.IGNORECASE),
    "n": BASE,
    "sd": SPREAD,
    "mean": re.compile(r"(?:mean|average)(?: score| rating)?", re.IGNORECASE),
    "count": re.compile(r"count|frequency|number|people", re.IGNORECASE),
    "share": re.compile(r".*(?:%|\bper ?cent(?:age)?\b|\bshare\b|\bproportion\b).*", re.IGNORECASE),
}
"""What the columns of such a table are headed."""


def benchmarks_in_rows(name: str, rows: Sequence[Sequence[str]], organisation: str) -> Benchmarks | None:
    """The figures of a table with a column of questions, and perhaps of answers; None where it is no such table.

    `organisation` is whose they are where no column says it. A share without an answer is that of those who agree.
    """
    for at, row in enumerate(rows[:20]):
        places = {kind: place for kind, words in _HEADS.items() if (place := _place(row, words)) is not None}
        if "question" in places and places.keys() & {"mean", "share", "count"}:
            found = [figure for own in rows[at + 1 :] if (figure := _figure(own, places, organisation, _percent(rows[at + 1 :], places))) is not None]
            written = sum(bool(_cell(own, places, "question")) for own in rows[at + 1 :])
            return Benchmarks(name, tuple(_counted(found)), written - len(found))
    return None


def _place(row: Sequence[str], words: re.Pattern[str]) -> int | None:
    whole_cell = words not in (BASE, SPREAD)
    return next((at for at, cell in enumerate(row) if (words.fullmatch if whole_cell else words.search)(cell.strip())), None)


def _cell(row: Sequence[str], places: Mapping[str, int], kind: str) -> str:
    at = places.get(kind)
    return row[at].strip() if at is not None and at < len(row) else ""


def _percent(rows: Sequence[Sequence[str]], places: Mapping[str, int]) -> int:
    """What shares are divided by."""
    shares = [cell for row in rows if NUMBER.fullmatch(cell := _cell(row, places, "share"))]
    return 100 if any(cell.endswith("%") or value(cell) > 1 for cell in shares) else 1


def _figure(row: Sequence[str], places: Mapping[str, int], organisation: str, scale: int) -> Benchmark | None:
    """The figure of a row; None where it has none."""
    question, answer = _cell(row, places, "question"), _cell(row, places, "answer")
    if not question:
        return None
    whose, n = _cell(row, places, "organisation") or organisation, whole(_cell(row, places, "n"))
    head = Benchmark(whose, "", f"{question}: {answer}" if answer else question, n=n, stem=question if answer else "", answer=answer)
    if NUMBER.fullmatch(mean := _cell(row, places, "mean")) and not answer:
        spread = _cell(row, places, "sd")
        return replace(head, mean=value(mean), sd=value(spread) if NUMBER.fullmatch(spread) else None)
    if share := NUMBER.fullmatch(_cell(row, places, "share")):
        return replace(head, share=value(share[0]) / scale, count=count_of(share[1], scale, n))
    count = whole(_cell(row, places, "count"))
    return replace(head, count=count) if count is not None and answer else None


def _counted(figures: Sequence[Benchmark]) -> Iterator[Benchmark]:
    """Figures of which only counts are published with their shares: of all who gave an answer to the question."""
    sums: dict[tuple[str, str], int] = {}
    for one in figures:
        if one.share is None and one.mean is None:
            sums[one.organisation, one.stem] = sums.get((one.organisation, one.stem), 0) + (one.count or 0)
    for one in figures:
        n = sums.get((one.organisation, one.stem), 0) if one.share is None and one.mean is None else 0
        if n:
            yield replace(one, share=(one.count or 0) / n, n=n)
        elif one.share is not None or one.mean is not None:
            yield one
