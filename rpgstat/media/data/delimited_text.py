"""Comma- and tab-separated text: glossary names, unrounded numbers, and text that a spreadsheet cannot run as a formula."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import polars as pl
import polars.selectors as cs

from rpgstat.result import Result, finite

_STARTS_FORMULA = re.compile(r"[\t\r\n]|[\s\0]*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
# A sign, a number and plain words ("+1 year") call and reference nothing; a guard would spoil ordinary names of waves.
_SIGNED_WORDS = re.compile(r"[+-]\d+(\.\d+)? [^\W\d_]+( [^\W\d_]+)*")


def render(result: Result, separator: str = ",") -> tuple[bytes, int]:
    """The result as UTF-8 without a byte order mark, lines ending in a line feed; and the number of text cells guarded.

    Null is an empty cell, a list is JSON text, a float has the fewest digits that read back as the same number.
    A text cell that a spreadsheet would run as a formula has an apostrophe before it.
    """
    frame = finite(result.frame)
    texts = frame.select(cs.string())
    guarded = sum(is_formula(cell) for column in texts for cell in column.drop_nulls())
    written = [_mapped(column, _guarded) for column in texts] + [_mapped(column, _as_json) for column in frame.select(cs.list())]
    return frame.with_columns(written).write_csv(separator=separator, line_terminator="\n").encode(), guarded


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet might run a text cell as a formula; plain numbers, a lone hyphen and "+1 year" are safe.

    >>> [is_formula(cell) for cell in ("=1+1", " @SUM(A1)", "＝1+1", "-2+3", "\\tx")]
    [True, True, True, True, True]
    >>> [is_formula(cell) for cell in ("-5", "+1e-7", "-", "+1 year", "Agree")]
    [False, False, False, False, False]
    """
    if not _STARTS_FORMULA.match(cell):
        return False
    return cell != "-" and not _NUMBER.fullmatch(cell) and not _SIGNED_WORDS.fullmatch(cell)


def _guarded(cell: str) -> str:
    return f"'{cell}" if is_formula(cell) else cell


def _as_json(cell: pl.Series) -> str:
    return json.dumps(cell.to_list(), ensure_ascii=False)


def _mapped(column: pl.Series, write: Callable[[Any], str]) -> pl.Series:
    return column.map_elements(write, return_dtype=pl.String)
