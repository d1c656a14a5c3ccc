"""The first sheet of a workbook: results as they are read in a document, in words and rounded figures, to look at and to print."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from rpgstat.glossary.sentences import say, word
from rpgstat.media.document import Cell, Document, Heading, Paragraph, Table, TableRow
from rpgstat.media.paint import Paint, safe

_LINE = 110
"""Characters of a line of running text, which runs over the empty cells at its right."""

_HEIGHT = 15
"""Points of a line."""

_FIRST, _REST = (60, 14), (32, 9)
"""The widest and the narrowest that a column is set: the first, which says what a row is about, and the others."""


def write(paint: Paint, read: Document) -> None:
    """Writes a document's headings, sentences and tables below one another."""
    sheet = paint.book.add_worksheet(say("sheet.page"))
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.write_string(0, 0, safe(read.title), paint.title)
    tables = [part for part in read.parts if isinstance(part, Table)]
    widths, row, number = list(_widths(tables)), 2, 0
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for part in read.parts:
        if isinstance(part, Table):
            number += 1
            head = _table(paint, sheet, row, part, number)
            lines = max(len(textwrap.wrap(own.words, int(width) - 1)) for own, width in zip(part.heads, widths, strict=False))
            if lines > 1:  # not every program makes the row as high as its words
                sheet.set_row(head - 1, lines * _HEIGHT)
            if len(tables) == 1 and paint.style.name != "gss":  # a screen reader may lose the rest of a sheet whose panes are frozen
                sheet.freeze_panes(head, 1)
            row = head + len(part.rows) + len(_below(part)) + 2
        elif isinstance(part, Heading | Paragraph):
            row = _words(paint, sheet, row, part)


def _words(paint: Paint, sheet: Any, row: int, part: Heading | Paragraph) -> int:
    """Running text in lines; returns the row below."""
    lines = textwrap.wrap(part.words, _LINE) or [""]
    for place, line in enumerate(lines):
        sheet.write_string(row + place, 0, safe(line), paint.heading if isinstance(part, Heading) else None)
    return row + len(lines) + (not isinstance(part, Heading))


def _table(paint: Paint, sheet: Any, row: int, table: Table, number: int) -> int:
    """A table and what stands below it; returns the row of its first figures."""
    sheet.write_string(row, 0, safe(f"{word('label_of', 'table')} {number}: {table.title}"), paint.heading)
    if any(head.over for head in table.heads):
        row += 1
        overs = ["", *(head.over for head in table.heads)]
        for column, (before, over) in enumerate(pairwise(overs)):
            sheet.write_string(row, column, safe(over if over != before else ""), paint.header)
    row += 1
    for column, head in enumerate(table.heads):
        sheet.write_string(row, column, safe(head.words), paint.number_header if head.align == "right" else paint.header)
    for place, line in enumerate(table.rows, start=row + 1):
        _line(paint, sheet, place, table, line)
    for place, words in enumerate(_below(table), start=row + 1 + len(table.rows)):
        sheet.write_string(place, 0, safe(words))
    return row + 1


def _line(paint: Paint, sheet: Any, place: int, table: Table, line: TableRow) -> None:
    bold = line.kind != "line"
    for column, cell in enumerate(line.cells):
        right = table.heads[column].align == "right" and line.kind != "battery"
        sheet.write_string(place, column, safe(_shown(cell)), paint.format("@" if right else "", bold=bold) if line.kind != "battery" else paint.heading)


def _shown(cell: Cell) -> str:
    words = cell.words.replace("\n", " ")
    return f"{words} {cell.mark if cell.mark.startswith('[') else f'({cell.mark})'}" if cell.mark else words


def _below(table: Table) -> list[str]:
    """Notes in lines, each with its mark."""
    marked = (f"{mark if mark.startswith('[') else f'({mark})'} {words}" for mark, words in table.marked)
    return [line for words in (*table.general, *marked) for line in textwrap.wrap(words, _LINE)]


def _widths(tables: Sequence[Table]) -> Iterator[float]:
    """As wide as the longest cell of any table, within limits."""
    for column in range(max((len(table.heads) for table in tables), default=0)):
        most, least = _REST if column else _FIRST
        own = [table for table in tables if column < len(table.heads)]
        cells = (len(_shown(row.cells[column])) for table in own for row in table.rows if row.kind != "battery" and column < len(row.cells))
        heads = (max(map(len, table.heads[column].words.split()), default=0) for table in own)
        yield max(min(max(cells, default=0), most), *heads, least) + 2
