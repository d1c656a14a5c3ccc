"""Markdown: a section for each result with its tables, notes and method, ready for a step summary or a wiki."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rpgstat.media.pages import Block, Column, Line, Page

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
