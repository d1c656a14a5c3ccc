"""The parts of a Word document as WordprocessingML: runs, fields, captions, tables with three rules, notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Any

from rpgstat.glossary.sentences import say, word
from rpgstat.media.document import Cell, Head, Table, TableRow
from rpgstat.media.style import Style

CAPTION, TABLE_TEXT, TABLE_NOTE, BULLET, CONTENTS = "Caption", "Table Text", "Table Note", "List Bullet", "toc 1"
"""The names of the paragraph styles that our parts use; a template that has them sets them in its own way."""

NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff￾￿]")
GAP = 100
"""Twentieths of a point before a column of words that is not the first."""

_WHOLE, _TOGETHER = 12, 4
"""Rows of a table that no page breaks, and rows at the beginning or end of a longer one that stand together."""

_HEAVY, _LIGHT = 12, 4  # eighths of a point


def elements(*parts: str) -> list[Any]:
    """The parsed elements of some markup."""
    from docx.oxml import parse_xml

    return list(parse_xml(f"<w:body {NAMESPACE}>{''.join(parts)}</w:body>"))


def cleaned(words: str) -> str:
    """Text without what XML cannot hold."""
    return _NO_XML.sub("", words)


def clean(words: str) -> str:
    """Text without what XML cannot hold, its markup escaped."""
    return escape(cleaned(words), quote=False)


def run(words: str, *, italic: bool = False, bold: bool = False, raised: bool = False) -> str:
    """A run of text, in which a line feed is a line break."""
    looks = "".join(f"<w:{name}/>" for name, on in (("b", bold), ("i", italic)) if on) + ('<w:vertAlign w:val="superscript"/>' if raised else "")
    lines = "<w:br/>".join(f'<w:t xml:space="preserve">{clean(line)}</w:t>' for line in words.split("\n"))
    return f"<w:r>{f'<w:rPr>{looks}</w:rPr>' if looks else ''}{lines}</w:r>" if words else ""


def runs(words: str, style: Style, *, bold: bool = False) -> str:
    """Words of ours with the symbols of statistics in italics, where the style wants that."""
    return "".join(run(part, italic=italic, bold=bold) for part, italic in style.runs(words))


def paragraph(style_id: str, content: str, props: str = "") -> str:
    """A paragraph; `props` are further properties, in the order of the schema."""
    return f"<w:p><w:pPr><w:pStyle w:val={quoted(style_id)}/>{props}</w:pPr>{content}</w:p>"


def field(code: str, shown: str, *, bold: bool = False) -> str:
    """A field that Word updates, with the text that it shows until then."""
    looks = "<w:rPr><w:b/></w:rPr>" if bold else ""
    marks = {kind: f'<w:r>{looks}<w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")}
    instruction = f'<w:r>{looks}<w:instrText xml:space="preserve"> {escape(code, quote=False)} </w:instrText></w:r>'
    return f"{marks['begin']}{instruction}{marks['separate']}{run(shown, bold=bold)}{marks['end']}"


def caption(style_id: str, label: str, number: int, title: str, bookmark: tuple[str, int], style: Style) -> str:
    """ "Table 1" with a number that Word keeps up and a bookmark that text can refer to, then the title."""
    name, identity = bookmark
    numbered = run(f"{word('label_of', label.lower())} ", bold=True) + field(f"SEQ {label} \\* ARABIC", str(number), bold=True)
    told = run(f": {title}", bold=True) if style.name == "gss" else f"<w:r><w:br/></w:r>{run(title, italic=True)}"
    return paragraph(style_id, marked(name, identity, numbered) + told, "<w:keepNext/><w:keepLines/>")


def marked(name: str, identity: int, content: str) -> str:
    """Content in a bookmark that fields refer to."""
    return f'<w:bookmarkStart w:id="{identity}" w:name={quoted(name)}/>{content}<w:bookmarkEnd w:id="{identity}"/>'


def contents(style_id: str, entries: Sequence[tuple[str, str]], room: int) -> str:
    """A list of `entries` with the bookmarks that they lead to, each with its page at the right end of `room`.

    Pages are fields, which whatever sets the document works out when it is opened. Word's own table of contents would be kept up as well,
    but LibreOffice shows in one what a file had in it, and no file knows its pages.
    """
    tabs = f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{room}"/></w:tabs><w:spacing w:before="0" w:after="40"/><w:ind w:right="600"/>'
    lines = (f'<w:hyperlink w:anchor={quoted(name)} w:history="1">{run(words)}<w:r><w:tab/></w:r>{_page(name)}</w:hyperlink>' for words, name in entries)
    return "".join(paragraph(style_id, line, tabs) for line in lines)


def _page(bookmark: str) -> str:
    """The page of a bookmark, a field that is out of date until the document is set."""
    instruction = f'<w:r><w:instrText xml:space="preserve"> PAGEREF {bookmark} \\h </w:instrText></w:r>'
    return f'<w:r><w:fldChar w:fldCharType="begin" w:dirty="true"/></w:r>{instruction}{_mark("separate")}{run("–")}{_mark("end")}'


def page_number(style_id: str) -> list[Any]:
    """A paragraph with the number of its page, and of how many."""
    words = re.split("([\x01\x02])", say("document.page", page="\x01", pages="\x02"))
    shown = {"\x01": field("PAGE", "1"), "\x02": field("NUMPAGES", "1")}
    return elements(paragraph(style_id, "".join(shown.get(part) or run(part) for part in words), '<w:jc w:val="center"/>'))


def bookmark(chapter: int) -> str:
    """The bookmark of a chapter."""
    return f"_Toc{chapter:08d}"


def _mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def notes(style_id: str, table: Table, style: Style) -> Iterator[str]:
    """What stands below a table, as paragraphs: what holds for all of it, then the notes of single cells."""
    if table.general and style.name == "gss":
        yield from (paragraph(style_id, runs(words, style)) for words in table.general)
    elif table.general:
        yield paragraph(style_id, run(f"{say('document.note_begins')} ", italic=True) + runs(" ".join(table.general), style))
    for mark, words in table.marked:
        shown = run(f"{mark} ") if style.name == "gss" else run(mark, raised=True) + run(" ")
        yield paragraph(style_id, shown + runs(words, style))


def table(made: Table, widths: Sequence[int], style_id: str, style: Style) -> str:
    """A table with a rule above and below its headings and at its end, headings that each page repeats, and rows that do not split."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    spanned = any(head.over for head in made.heads)
    rows = [*_head_rows(made.heads, widths, style_id, style, spanned)]
    many = len(made.rows)
    for place, row in enumerate(made.rows, start=1):
        keep = many <= _WHOLE or row.kind == "battery" or place < _TOGETHER or place > many - _TOGETHER
        rows.append(_row(row, made.heads, widths, style_id, last=place == many, keep=keep))
    return f"<w:tbl>{_table_properties(made, sum(widths))}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _table_properties(made: Table, width: int) -> str:
    margins = '<w:tblCellMar><w:left w:w="50" w:type="dxa"/><w:right w:w="50" w:type="dxa"/></w:tblCellMar>'
    look = '<w:tblLook w:val="0020" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    alt = f"<w:tblCaption w:val={quoted(made.title)}/><w:tblDescription w:val={quoted(made.alt)}/>"
    return f'<w:tblPr><w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{margins}{look}{alt}</w:tblPr>'


def quoted(words: str) -> str:
    """Words as the value of an attribute. Of the standard library's XML writers each imports a client of the web."""
    return '"' + escape(_NO_XML.sub("", words)).replace("\n", "&#10;").replace("\t", "&#9;").replace("\r", "&#13;") + '"'


def _head_rows(heads: Sequence[Head], widths: Sequence[int], style_id: str, style: Style, spanned: bool) -> Iterator[str]:
    if spanned:
        cells = []
        for over, group in groupby(zip(heads, widths, strict=True), key=lambda pair: pair[0].over):
            own = list(group)
            content = _text(style_id, run(over), "center" if over else "left", keep=True, ruled=bool(over))
            cells.append(_cell(sum(width for _, width in own), content, {"top": _HEAVY}, span=len(own), low=True))
        yield _tr(cells, head=True)
    rules = ({} if spanned else {"top": _HEAVY}) | {"bottom": _LIGHT}
    yield _tr(
        [_cell(width, _text(style_id, runs(head.words, style), head.align, keep=True), rules, low=True) for head, width in zip(heads, widths, strict=True)],
        head=True,
    )


def _row(row: TableRow, heads: Sequence[Head], widths: Sequence[int], style_id: str, *, last: bool, keep: bool) -> str:
    rules = {"bottom": _HEAVY} if last else {}
    if row.kind == "battery":
        name = _text(style_id, run(row.cells[0].words, bold=True), "left", keep=True, before=60)
        return _tr([_cell(sum(widths), name, rules, span=len(widths))])
    cells = [
        _cell(width, _set(style_id, _words(cell, bold=row.kind == "score"), head, heads[0], keep=keep), rules)
        for cell, head, width in zip(row.cells, heads, widths, strict=True)
    ]
    return _tr(cells)


def _words(cell: Cell, *, bold: bool) -> str:
    raised = not cell.mark.startswith("[")
    return run(cell.words, bold=bold) + (run(cell.mark if raised else f" {cell.mark}", raised=raised, bold=bold) if cell.mark else "")


def _set(style_id: str, content: str, head: Head, first: Head, *, keep: bool) -> str:
    """The content of a cell, with a gap before words that follow figures."""
    return _text(style_id, content, head.align, keep=keep, indent=0 if head is first or head.align == "right" else GAP)


def _text(style_id: str, content: str, align: str, *, keep: bool, before: int = 0, indent: int = 0, ruled: bool = False) -> str:
    props = "<w:keepNext/>" if keep else ""
    if ruled:  # a rule below the paragraph, not the cell, leaves a gap to that of the next heading
        props += f'<w:pBdr><w:bottom w:val="single" w:sz="{_LIGHT}" w:space="1" w:color="auto"/></w:pBdr>'
    props += f'<w:spacing w:before="{before}"/>' if before else ""
    props += f'<w:ind w:left="{indent}"/>' if indent else ""
    return paragraph(style_id, content, props + (f'<w:jc w:val="{align}"/>' if align != "left" else ""))


def _cell(width: int, content: str, rules: dict[str, int], *, span: int = 1, low: bool = False) -> str:
    borders = "".join(f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="auto"/>' for side, size in rules.items())
    props = [f'<w:tcW w:w="{width}" w:type="dxa"/>', f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""]
    props += [f"<w:tcBorders>{borders}</w:tcBorders>" if borders else "", '<w:vAlign w:val="bottom"/>' if low else ""]
    return f"<w:tc><w:tcPr>{''.join(props)}</w:tcPr>{content}</w:tc>"


def _tr(cells: Iterable[str], *, head: bool = False) -> str:
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{''.join(cells)}</w:tr>"
