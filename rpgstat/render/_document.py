"""What a document is made of, whatever its format: headings, paragraphs, tables with their notes, and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from string import ascii_lowercase
from typing import Literal

from rpgstat import text
from rpgstat.render import _figures
from rpgstat.render._model import Block, Column, Line, Page, Section
from rpgstat.render._page import as_read, page
from rpgstat.render._style import Style
from rpgstat.result import Result


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; level 0 is the title of the document. `fresh` begins a page."""

    words: str
    level: int = 1
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    words: str


@dataclass(frozen=True, slots=True)
class Point:
    """An entry of a list: what it is about, which stands out, and what is said of it."""

    words: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points below one another."""

    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """A list of the chapters, which are the headings that begin a page, each leading to its own."""

    chapters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture (PNG for Word, SVG for HTML) with its title and what it says to those who cannot see it."""

    name: str
    title: str
    picture: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a column; `over` heads it together with its neighbours of the same `over`."""

    words: str
    align: Literal["left", "right"]
    over: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """The words of a cell, and the mark of the note that it has, if any."""

    words: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: of figures; of a battery's name alone, which stands above its statements; or of a battery's score, which sums them up."""

    kind: Literal["line", "battery", "score"]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table ready to be set: `general` sentences stand below it, then the `marked` notes, each with its mark."""

    name: str
    title: str
    heads: tuple[Head, ...]
    rows: tuple[TableRow, ...]
    general: tuple[str, ...]
    marked: tuple[tuple[str, str], ...]
    alt: str


Part = Heading | Paragraph | Bullets | Contents | Table | Figure


@dataclass(frozen=True)
class Document:
    """A title, the parts in order, and the results that they were made from."""

    title: str
    parts: tuple[Part, ...]
    results: tuple[Result, ...]
    style: Style


SEE_FIRST = "The note to the first of these tables applies here too."


def document(results: Sequence[Result], style: Style) -> Document:
    """The tables of the results; a heading stands before each result where there are several."""
    parts: list[Part] = []
    for result in as_read(results):
        shown = tables(result, style)
        parts += [Heading(shown[0].title.partition(", ")[0] if shown else result.title)] if len(results) > 1 else []
        parts += shown
    return Document(text.one_line(next((result.title for result in results), "")), tuple(parts), tuple(results), style)


def tables(result: Result, style: Style, *, brief: bool = False) -> list[Table]:
    """The tables of a result: one for each wave or pair of waves; in the style of government statistics, one for each battery of it.

    Below the first stands how its figures were made; `brief` leaves that out, and puts below each what its cells mean.
    """
    shown = page(result, style=style)
    made = [_table(shown, section, blocks, style) for section in shown.sections or (Section((), ()),) for blocks in _split(section, style)]
    first, rest = made[0], made[1:]
    terms = tuple(_terms(shown, style, made))
    if brief:
        return [replace(table, general=(*shown.legend, *terms)) for table in made]
    return [replace(first, general=(*shown.below, *terms)), *(replace(table, general=(SEE_FIRST,)) for table in rest)]


def _split(section: Section, style: Style) -> Iterator[tuple[Block, ...]]:
    """The blocks that share a table. A row of a battery's name alone would be a merged cell, which a screen reader cannot place."""
    if style.name == "gss" and len(section.blocks) > 1:
        yield from ((block,) for block in section.blocks)
    else:
        yield section.blocks


def _table(shown: Page, section: Section, blocks: Sequence[Block], style: Style) -> Table:
    alone = style.name == "gss" and len(section.blocks) > 1
    where = [section.heading(" to "), *(block.name for block in blocks if alone)]
    title = ", ".join(filter(None, (shown.title, *where)))
    lines = [line for block in blocks for line in block.lines]
    marks = _marks(shown, lines, style)
    rows = tuple(row for block in blocks for row in _rows(shown.columns, block, marks, named=not alone))
    marked = tuple((mark, shown.notes[number - 1]) for number, mark in marks.items())
    heads = tuple(_head(column, section, style) for column in shown.columns)
    return Table(shown.name, title, heads, rows, (), marked, _alt(title, heads, lines))


def _marks(shown: Page, lines: Sequence[Line], style: Style) -> dict[int, str]:
    """The number of each note that the lines refer to, and its mark: a letter in the order of reading, or its number on the page."""
    met = dict.fromkeys(line.marks[column.key] for line in lines for column in shown.columns if column.key in line.marks)
    if style.name == "gss":
        return {number: f"[note {number}]" for number in sorted(met)}
    return {number: _letter(place) for place, number in enumerate(met)}


def _letter(place: int) -> str:
    return (ascii_lowercase[place // 26 - 1] if place >= 26 else "") + ascii_lowercase[place % 26]


def _rows(columns: Sequence[Column], block: Block, marks: dict[int, str], *, named: bool) -> Iterator[TableRow]:
    if block.name and named:
        yield TableRow("battery", (Cell(block.name),))
    for line in block.lines:
        cells = tuple(Cell(_held(line.cells[column.key], column), marks.get(line.marks.get(column.key, 0), "")) for column in columns)
        yield TableRow("score" if line.row["item"] is None else "line", cells)


def _held(words: str, column: Column) -> str:
    """A figure with spaces at which no line breaks."""
    return words.replace(" ", "\N{NO-BREAK SPACE}") if column.align == "right" else words


def _head(column: Column, section: Section, style: Style) -> Head:
    over = column.over if isinstance(column.over, str) else (*section.waves, "", "")[column.over]
    if style.name == "gss" and over:  # one row of headings
        return Head(f"{over}: {column.header[0].lower()}{column.header[1:]}", column.align)
    return Head(re.sub(r"(?<=\d) %", "\N{NO-BREAK SPACE}%", column.header), column.align, over)


def _terms(shown: Page, style: Style, made: Sequence[Table]) -> Iterator[str]:
    """What the abbreviations in the headings mean, or the sign in an empty cell."""
    if style.name != "apa":
        cells = (cell for table in made for row in table.rows for cell in row.cells)
        if any(cell.words == style.absent for cell in cells):
            yield f"{style.absent} not available."
        return
    words = {word for column in shown.columns for word in column.header.replace("(", " ").split()}
    known = {"M": "mean", "SD": "standard deviation", "CI": "confidence interval", "df": "degrees of freedom"}
    met = [f"{short} = {meaning}" for short, meaning in known.items() if short in words]
    if met:
        yield f"{'; '.join(met)}."


def _alt(title: str, heads: Sequence[Head], lines: Sequence[Line]) -> str:
    """What the table holds, for those who cannot see how it is laid out."""
    columns = [f"{head.over}: {head.words}" if head.over else head.words for head in heads]
    return f"{title}. A table of {text.plural(len(lines), 'row')}; columns: {', '.join(columns)}."


def picture(result: Result, suffix: str, beside: Sequence[Result] = ()) -> list[Figure]:
    """The natural figure of a result, in as many pictures as pages need; none for a result that has no figure."""
    if not _figures.can_draw(result.name):
        return []
    alt, title = _figures.alt_text(result, beside), text.one_line(result.title)
    drawn = _figures.pages(result, suffix, beside=beside, titled=False)
    titles = [title if len(drawn) == 1 else f"{title} ({place} of {len(drawn)})" for place in range(1, len(drawn) + 1)]
    return [Figure(result.name, *pair, alt) for pair in zip(titles, drawn, strict=True)]
