"""Notes that a program or a person wrote below the answers, which are no respondents."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from rpgstat.read.layout import Layout
from rpgstat.study import Mark, normalise, reading

_LAST = 6  # rows in which notes are looked for
_LARGEST = 16_000_000  # bytes of a file whose end is looked at: a larger one would have to be read through for it
_FILLED = 3  # cells that a respondent's row has at least, where notes are looked for
_LONG = 12  # letters of a note


def footers(layout: Layout, frame: pl.LazyFrame, path: Path, sample: pl.DataFrame) -> tuple[Mark, ...]:
    """A mark for each note among the last rows: the only cell of its row, in words, in a table whose other rows are filled.

    A note in a column of ids needs none: its row has no answer.
    """
    if sample.width < _FILLED or not path.is_file() or path.stat().st_size > _LARGEST:
        return ()
    with reading(path.name):
        rows = layout.select(frame.tail(_LAST).collect())
    filled = sample.select(n=pl.sum_horizontal(pl.all().is_not_null()))["n"]
    if filled.median() is None or float(filled.median()) < _FILLED:  # type: ignore[arg-type] # a count
        return ()
    questions = {column.name: column for column in layout.columns if column.kind in ("answer", "multiple")}
    found = []
    for row in rows.rows(named=True):
        ((name, cell), *others) = [(name, cell) for name, cell in row.items() if cell is not None] or [("", "")]
        if not others and name in questions and len(cell) >= _LONG and " " in cell.strip():
            found.append(_mark(name, questions[name].text, cell))
    return tuple(found)


def _mark(name: str, text: str, cell: str) -> Mark:
    note = normalise(cell)
    return Mark(name, text, lambda cell: "footer" if cell == note else None, metadata=False)
