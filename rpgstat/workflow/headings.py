"""Rows among the answers that look like a header: the headings again, what platforms write in second header rows, words where all else is numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rpgstat.study import Column, Survey, is_blank, is_heading, normalise
from rpgstat.tally import looks

_ROWS = 400  # that are looked at: what the columns hold shows in fewer
_OWN_TEXT = frozenset({"tick", "ranking", "multiple"})  # in a column of tick-boxes the cells are the heading
_FIRST = 3  # rows among which a header row stands
_FEWEST = 5  # answers of a column that tell what it holds
_MOSTLY = 0.6  # of a row's cells that have to be unlike what stands below them
_COLUMNS = 2  # in which that is no slip
_TYPED = re.compile(r"[-+]?\d+(?:[.,]\d+)?%?|\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*|true|false")


def header_rows(survey: Survey) -> int:
    """How many rows look like a header."""
    columns = [column for column in (*survey.columns, *(survey.aside if survey.whole is not None else ())) if column.kind not in _OWN_TEXT]
    rows = looks.top_rows(survey, [column.name for column in columns], _ROWS)
    again = max(_again(columns, rows), looks.rows_of_headings(survey, columns))
    first = sum(_unlike(row, rows[_FIRST:]) for row in rows[:_FIRST])
    return max(again, first)


def _again(columns: Sequence[Column], rows: Sequence[Sequence[str | None]]) -> int:
    """Rows in which most cells are headings."""
    found = 0
    for row in rows:
        cells = [(cell, column) for cell, column in zip(row, columns, strict=True) if not is_blank(cell)]
        headed = sum(is_heading(cell or "", column.text, column.label, column.stem, column.variable) for cell, column in cells)
        found += headed >= _COLUMNS and headed >= _MOSTLY * len(cells)
    return found


def _unlike(row: Sequence[str | None], below: Sequence[Sequence[str | None]]) -> bool:
    """Whether most cells of a row are unlike all that stands below: words above numbers and dates, or a text above few answers that repeat."""
    told = odd = 0
    for at, cell in enumerate(row):
        if is_blank(cell):
            continue
        others = [normalise(other) for one in below if not is_blank(other := one[at]) and other is not None]
        if len(others) < _FEWEST:
            continue
        told += 1
        plain = normalise(cell or "")
        typed = all(map(_TYPED.fullmatch, others)) and not _TYPED.fullmatch(plain)
        text = plain not in others and len(plain.split()) > 2 and len(set(others)) <= len(others) / 3 and len(plain) > 1.5 * max(map(len, set(others)))
        odd += bool((typed and len(plain) > 1) or text)
    return odd >= _COLUMNS and odd >= _MOSTLY * told
