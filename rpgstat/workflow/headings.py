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
_CLOSED = 10  # answers of a column, of which few are different, from which on it is one of a closed question
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
    """Whether most cells of a row are unlike all that stands below: words above numbers and dates, or texts of their own above few answers."""
    columns = [[normalise(cell) for one in below if (cell := one[at]) is not None and not is_blank(cell)] for at in range(len(row))]
    told = [(normalise(cell), others) for cell, others in zip(row, columns, strict=True) if cell is not None and not is_blank(cell) and len(others) >= _FEWEST]
    typed = sum(len(plain) > 1 and not _TYPED.fullmatch(plain) and all(map(_TYPED.fullmatch, others)) for plain, others in told)
    answers = set().union(*columns)
    texts = [plain for plain, others in told if plain not in answers and _is_text(plain) and len(others) >= _CLOSED and 3 * len(set(others)) <= len(others)]
    odd = typed + (len(texts) if len(set(texts)) == len(texts) else 0)  # what people answer they answer more than once
    return odd >= _COLUMNS and odd >= _MOSTLY * len(told)


def _is_text(plain: str) -> bool:
    """Whether a cell reads like a statement or a question."""
    return len(plain.split()) > 2 or plain.endswith("?")
