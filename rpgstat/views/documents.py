"""Results as the tables and figures of a document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from string import ascii_lowercase

from rpgstat import text
from rpgstat.glossary import COLUMNS, label
from rpgstat.glossary.sentences import say
from rpgstat.media.document import Cell, Document, Figure, Head, Heading, Paragraph, Part, Table, TableRow
from rpgstat.media.pages import Block, Column, Line, Page, Section
from rpgstat.media.style import Style, writing
from rpgstat.result import Result
from rpgstat.views import pictures, view
from rpgstat.views.page import as_read, page

_FEW = 4
"""Tables of one result below each of which stands what their cells mean: they stand on pages of their own."""


def document(results: Sequence[Result], style: Style, drawn: str = "") -> Document:
    """The tables of the results; a heading stands before each result where there are several.

    A diagram stands before its table where pictures of the kind `drawn`, ".png" or ".svg", can.
    """
    parts: list[Part] = []
    title = _titled(results)
    for result in as_read(results):
        shown, seen = tables(result, style), view(result.name)
        lead, heading = seen.headline(result, style).words, _heading(result, shown)
        parts += [Heading(heading)] if len(results) > 1 and (parts or heading != title) else []  # the title has said it of the first
        parts += [Paragraph(text.one_line(lead))] if lead else []
        parts += picture(result, drawn, style, results) if drawn and seen.figure and seen.figure.shapes else []
        parts += shown
    return Document(title, tuple(parts), tuple(results), style)


def _heading(result: Result, shown: Sequence[Table]) -> str:
    """What heads the tables of a result: their title, without what each is of."""
    title = shown[0].title if shown else result.title
    return text.one_line(result.title) if title.startswith(text.one_line(result.title)) else title.partition(", ")[0]


def _titled(results: Sequence[Result]) -> str:
    """The title of the whole: that of the first result, unless another is read before it."""
    if not results:
        return ""
    return text.one_line(results[0].title if as_read(results)[0] is results[0] else say("title.indicators"))


def tables(result: Result, style: Style, *, brief: bool = False) -> list[Table]:
    """The tables of a result: one for each wave or pair of waves; in the style of government statistics, one for each battery of it.

    Below the first stands how its figures were made; `brief` leaves that out, and puts below each what its cells mean, of many below the first alone.
    """
    shown = page(result, style=style)
    sections, column = shown.sections or (Section((), ()),), view(result.name).block
    made = [_table(shown, section, blocks, style) for section in sections for blocks in _split(section, style, column)]
    first, rest = made[0], made[1:]
    terms = tuple(_terms(shown, style, made))
    if brief:
        repeated = (*shown.legend, *terms) if len(made) <= _FEW else (say("document.see_first"),) if shown.legend or terms else ()
        return [replace(table, general=repeated if place else (*shown.legend, *terms)) for place, table in enumerate(made)]
    return [replace(first, general=(*shown.below, *terms)), *(replace(table, general=(say("document.see_first"),)) for table in rest)]


def _split(section: Section, style: Style, column: str) -> Iterator[tuple[Block, ...]]:
    """The blocks that share a table: all of them where a `column` can have their names.

    A row of a battery's name alone would be a merged cell, which a screen reader cannot place.
    """
    if style.name == "gss" and len(section.blocks) > 1 and not column:
        yield from ((block,) for block in section.blocks)
    else:
        yield section.blocks


def _table(shown: Page, section: Section, blocks: Sequence[Block], style: Style) -> Table:
    several = style.name == "gss" and len(section.blocks) > 1
    block = view(shown.name).block if several else ""
    alone = several and not block
    where = [section.heading(say("document.between")), *(block.name for block in blocks if alone)]
    title = ", ".join(dict.fromkeys(filter(None, (shown.title, *where))))
    lines = [line for block in blocks for line in block.lines]
    marks, columns = _marks(shown, lines, style), _filled(shown, lines)
    rows = tuple(row for own in blocks for row in _rows(columns, own, marks, "no" if alone else "column" if block else "heading"))
    marked = tuple((mark, shown.notes[number - 1]) for number, mark in marks.items())
    named = (Head(label(shown.name, block), "left"),) if block else ()
    heads = (*named, *(_head(column, section, style) for column in columns))
    return Table(shown.name, title, heads, rows, (), marked, _alt(title, heads, lines))


def _filled(shown: Page, lines: Sequence[Line]) -> tuple[Column, ...]:
    """The columns of one of several tables: those that are blank in it, as changes of interviews are, are of the others."""
    return tuple(column for column in shown.columns if len(shown.sections) < 2 or any(line.cells[column.key] for line in lines))


def _marks(shown: Page, lines: Sequence[Line], style: Style) -> dict[int, str]:
    """The number of each note that the lines refer to, and its mark: a letter in the order of reading, or its number on the page."""
    met = dict.fromkeys(line.marks[column.key] for line in lines for column in shown.columns if column.key in line.marks)
    if style.name == "gss":
        return {number: say("document.note", n=number) for number in sorted(met)}
    return {number: _letter(place) for place, number in enumerate(met)}


def _letter(place: int) -> str:
    return (ascii_lowercase[place // 26 - 1] if place >= 26 else "") + ascii_lowercase[place % 26]


def _rows(columns: Sequence[Column], block: Block, marks: dict[int, str], named: str) -> Iterator[TableRow]:
    if block.name and named == "heading":
        yield TableRow("battery", (Cell(block.name),))
    for line in block.lines:
        own = (Cell(block.name),) if named == "column" else ()
        cells = tuple(Cell(_held(line.cells[column.key], column), marks.get(line.marks.get(column.key, 0), "")) for column in columns)
        yield TableRow("score" if line.row["item"] is None else "line", own + cells)


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
            yield say("document.absent", sign=style.absent)
        return
    words = {word for column in shown.columns for word in column.header.replace("(", " ").split()}
    known = {
        say("short.mean"): say("abbreviation.mean"),
        say("short.sd"): say("abbreviation.sd"),
        say("short.interval"): say("abbreviation.interval"),
        COLUMNS["df"].label: say("abbreviation.df"),
    }
    met = [f"{short} = {meaning}" for short, meaning in known.items() if short in words]
    if met:
        yield f"{'; '.join(met)}."


def _alt(title: str, heads: Sequence[Head], lines: Sequence[Line]) -> str:
    """What the table holds, for those who cannot see how it is laid out."""
    columns = [f"{head.over}: {head.words}" if head.over else head.words for head in heads]
    return say("document.alt", len(lines), title=title, n=text.count(len(lines)), columns=", ".join(columns))


def picture(result: Result, suffix: str, style: Style, beside: Sequence[Result] = ()) -> list[Figure]:
    """The natural figure of a result, in as many pictures as pages need; none for a result that has no figure."""
    if not pictures.can_draw(result.name):
        return []
    with writing(style):
        alt, title = pictures.alt_text(result, beside), text.one_line(result.title)
        drawn = pictures.pages(result, suffix, beside=beside, titled=False, told=alt)
        made = pictures.figure(result).shapes
        diagram, key = made(result) if made and suffix == ".png" and len(drawn) == 1 else (None, "")
    titles = [title if len(drawn) == 1 else say("document.part", title=title, place=place, parts=len(drawn)) for place in range(1, len(drawn) + 1)]
    return [Figure(result.name, *pair, alt, diagram, key) for pair in zip(titles, drawn, strict=True)]
