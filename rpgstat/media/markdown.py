"""Markdown: a section for each result with its tables, notes and method, ready for a step summary or a wiki; and whole documents, without pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rpgstat.glossary.sentences import say, word
from rpgstat.media.document import Bullets, Cell, Document, Figure, Head, Heading, Paragraph, Part, Table, TableRow
from rpgstat.media.pages import Block, Column, Line, Page
from rpgstat.media.references import Index, in_words, index

_INLINE = re.compile(r"[\\`*_\[\]<|~$]|&(?=#?\w+;)")
_BLOCK = re.compile(r"^(\d*)([#+>=.)-])")


def render(pages: Sequence[Page]) -> bytes:
    """The pages as GitHub-flavoured Markdown in UTF-8; text from the data is escaped, so that none of it acts as markup."""
    return ("\n\n".join("\n\n".join(_blocks(page)) for page in pages) + "\n").encode()


def _blocks(shown: Page) -> Iterator[str]:
    yield f"## {_inline(shown.title)}"
    if shown.lead:
        yield _block(shown.lead)
    for section in shown.sections:
        if heading := section.heading():
            yield f"### {_inline(heading)}"
        for block in section.blocks:
            if block.name:
                yield f"#### {_inline(block.name)}"
            yield _table(shown.columns, block)
    if shown.notes:
        yield "\n".join(f"{number}. {_block(note)}" for number, note in enumerate(shown.notes, start=1))
    yield from map(_block, shown.below)


def _table(columns: Sequence[Column], block: Block) -> str:
    header = [_inline(column.header) for column in columns]
    rule = ["---:" if column.align == "right" else ":---" for column in columns]
    rows = ([_cell(line, column.key) for column in columns] for line in block.lines)
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rule, *rows))


def _cell(line: Line, key: str) -> str:
    cell = "<br>".join(map(_inline, line.cells[key].split("\n")))
    if cell and line.row["item"] is None:
        cell = f"**{cell}**"
    return f"{cell} <sup>{line.marks[key]}</sup>" if key in line.marks else cell


def _inline(words: str) -> str:
    return _INLINE.sub(r"\\\g<0>", words)


def _block(words: str) -> str:
    # At the start of a paragraph or list item some more characters would open a heading, a list or a quotation.
    return _BLOCK.sub(r"\1\\\2", _inline(words))


def write(made: Document) -> bytes:
    """A document in UTF-8; a figure is told in words, and what stands on which page is left out, for there are none."""
    known, numbers = index(made.parts), {"table": 0, "figure": 0}
    return ("\n\n".join(block for part in made.parts for block in _part(part, known, numbers)) + "\n").encode("utf-8", "replace")


def _part(part: Part, known: Index, numbers: dict[str, int]) -> Iterator[str]:
    match part:
        case Heading(words, level):
            yield f"{'#' * (level + 1)} {_inline(words)}"
        case Paragraph(words, about, keys):
            yield _told(about, in_words(words, keys, known))
        case Bullets(points):
            yield "\n".join(f"- {_told(point.about, in_words(point.words, point.keys, known))}" for point in points)
        case Table():
            yield _caption("table", part.title, numbers)
            yield _rows(part.heads, part.rows)
            yield from map(_block, part.general)
            yield from (_block(say("document.marked", mark=mark, words=words)) for mark, words in part.marked)
        case Figure():
            yield f"{_caption('figure', part.title, numbers)} {_inline(part.alt)}"


def _told(about: str, words: str) -> str:
    return " ".join([*([f"**{_inline(about)}**"] if about else []), *([_inline(words) if about else _block(words)] if words else [])])


def _caption(label: str, title: str, numbers: dict[str, int]) -> str:
    numbers[label] += 1
    return f"**{_inline(say('document.listed', label=word('label_of', label), n=numbers[label], title=title))}**"


def _rows(heads: Sequence[Head], rows: Sequence[TableRow]) -> str:
    """The rows of a table; the name of a battery stands in the first column."""
    header = [_inline(" ".join(filter(None, (head.over, head.words)))) for head in heads]
    rule = ["---:" if head.align == "right" else ":---" for head in heads]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (header, rule, *(_filled(row, len(heads)) for row in rows)))


def _filled(row: TableRow, columns: int) -> list[str]:
    cells = [_marked(cell) for cell in row.cells]
    shown = cells if row.kind == "line" else [f"**{cell}**" if cell else "" for cell in cells]
    return shown + [""] * (columns - len(shown))


def _marked(cell: Cell) -> str:
    words = "<br>".join(map(_inline, cell.words.split("\n")))
    return f"{words} <sup>{_inline(cell.mark)}</sup>" if cell.mark else words
