"""HTML: one file that needs no other, without scripts, whose tables a screen reader can follow and a printer can break."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import groupby

from rpgstat.glossary.sentences import say, word
from rpgstat.media import stamp
from rpgstat.media.document import Bullets, Captions, Cell, Contents, Document, Figure, Head, Heading, Logo, Paragraph, Part, Point, Table, TableRow
from rpgstat.media.references import Index, index, with_references
from rpgstat.media.style import Style

_PAGE = """
:root { color-scheme: light dark; --ink: #0b0c0c; --ground: #fff; --rule: #b1b4b6; --link: #1d5a96; --visited: #4c2c92; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e8e8; --ground: #16181b; --rule: #6b7075; --link: #8ab8ee; --visited: #c3aef0; } }
html { scroll-behavior: smooth; -webkit-text-size-adjust: 100%; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { font: 1rem/1.45 system-ui, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; color: var(--ink); background: var(--ground); margin: 0; }
main { max-width: 76rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
p, li, h1, h2, h3 { max-width: 48rem; overflow-wrap: anywhere; }
a { color: var(--link); }
a:visited { color: var(--visited); }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.3rem; }
h2.fresh { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--rule); }
h3 { font-size: 1.1rem; }
li { margin: .3rem 0; }
sup { line-height: 0; }
:target { scroll-margin-top: 1rem; }
"""
_TABLES = """\
.scroll { overflow-x: auto; margin: 1.5rem 0 .5rem; }
table { border-collapse: collapse; border-top: 2px solid; border-bottom: 2px solid; font-size: .9rem; font-variant-numeric: tabular-nums; }
caption { text-align: left; padding-bottom: .5rem; font-size: 1rem; }
caption b { display: block; }
th, td { padding: .2rem .6rem; text-align: left; vertical-align: top; font-weight: normal; }
thead th { vertical-align: bottom; }
thead tr:last-child > * { border-bottom: 1px solid; }
th[scope=colgroup] { text-align: center; border-bottom: 1px solid; }
th[scope=row] { min-width: 14rem; max-width: 30rem; overflow-wrap: anywhere; }
th[scope=rowgroup] { font-weight: bold; padding-top: .7rem; }
.figure { text-align: right; white-space: nowrap; }
.score > * { font-weight: bold; }
.note { font-size: .85rem; margin: .3rem 0; max-width: 60rem; overflow-wrap: anywhere; }
figure { margin: 1.5rem 0; }
figcaption { padding-bottom: .5rem; }
img { max-width: 100%; height: auto; background: #fff; }
.logo { max-height: 5rem; }
"""
_PHONE = """\
@media screen and (max-width: 40rem) {
  main { padding: 1rem .75rem 2rem; }
  h1 { font-size: 1.35rem; }
  caption { position: sticky; left: 0; max-width: calc(100vw - 1.5rem); }
  th, td { padding: .25rem .4rem; }
  th[scope=row] { min-width: 9rem; max-width: 12rem; }
  figure { overflow-x: auto; }
  figure img { min-width: 34rem; max-width: none; }
}
"""
_PRINT = """\
@page { size: A4; margin: 15mm; }
@media print {
  :root { --ink: #000; --ground: #fff; --rule: #b1b4b6; --link: #000; --visited: #000; color-scheme: light; }
  main { max-width: none; padding: 0; }
  a { text-decoration: none; }
  .scroll { overflow: visible; }
  table { font-size: 8pt; width: 100%; }
  th, td { padding: .1rem .25rem; }
  th[scope=row] { min-width: 0; }
  thead { display: table-header-group; }
  tr, figure, figcaption, caption, .note { break-inside: avoid; }
  caption, figcaption, thead, h1, h2, h3, th[scope=rowgroup] { break-after: avoid; }
  figure { display: block; }
  img { max-height: 230mm; }
}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"  # whatever the data hold, a browser runs and fetches nothing


@dataclass
class _Writer:
    """Writes parts for one page, whose tables and figures it numbers."""

    style: Style
    numbers: dict[str, int] = field(default_factory=lambda: {"Table": 0, "Figure": 0, "Chapter": 0})
    captions: Sequence[tuple[str, int, str]] = ()
    known: Index = field(default_factory=dict)

    def next(self, label: str) -> int:
        self.numbers[label] += 1
        return self.numbers[label]


def fragment(made: Document) -> str:
    """A document as a part of another page, whose own looks it leaves alone."""
    writer = _Writer(made.style)
    looks = "".join(f".rpgstat {rule}\n" for rule in _TABLES.strip().split("\n"))
    body = "\n".join(line for part in made.parts for line in _part(part, writer))
    return f'<div class="rpgstat"><style>{looks.replace(", ", ", .rpgstat ")}</style>\n{body}\n</div>'


def write(made: Document) -> bytes:
    """A document as HTML in UTF-8."""
    titled = any(isinstance(part, Heading) and part.level == 0 for part in made.parts)
    parts = made.parts if titled else (Heading(made.title, 0), *made.parts)
    writer = _Writer(made.style, captions=tuple(_captions(parts)), known=index(parts))
    body = "\n".join(line for part in parts for line in _part(part, writer))
    head = [
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta name="generator" content="{_text(stamp.PROGRAM)}">',
        f"<title>{_text(made.title)}</title>",
        f"<style>{_PAGE}{_TABLES}{_PHONE}{_PRINT}</style>",
    ]
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{say("document.language")}">',
        "<head>",
        *head,
        "</head>",
        "<body>",
        "<main>",
        body,
        "</main>",
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode("utf-8", "replace")


def _captions(parts: Sequence[Part]) -> Iterator[tuple[str, int, str]]:
    """The tables and figures that are to come, each kind numbered."""
    for kind in (Table, Figure):
        own = [part for part in parts if isinstance(part, kind)]
        yield from ((kind.__name__.lower(), number, part.title) for number, part in enumerate(own, start=1))


def _part(part: Part, writer: _Writer) -> Iterator[str]:
    match part:
        case Logo(picture, alt):
            yield f'<p><img class="logo" src="{_data(picture)}" alt="{_text(alt)}"></p>'
        case Heading(words, level):
            begins = f' id="chapter-{writer.next("Chapter")}" class="fresh"' if part.listed else ""
            yield f"<h{level + 1}{begins}>{_text(words)}</h{level + 1}>"
        case Paragraph(words, about, keys):
            yield f"<p>{_about(about, words)}{_referring(words, keys, writer)}</p>"
        case Bullets(points):
            yield from ("<ul>", *(_point(point, writer) for point in points), "</ul>")
        case Contents(chapters):
            lines = (f'<li><a href="#chapter-{place}">{_text(words)}</a></li>' for place, words in enumerate(chapters, start=1))
            yield from (f'<nav aria-label="{_text(say("document.contents"))}"><ul>', *lines, "</ul></nav>")
        case Captions(label):
            listed = [(number, title) for kind, number, title in writer.captions if kind == label]
            lines = (f'<li><a href="#{label}-{n}">{_caption(label, n, title, writer.style)}</a></li>' for n, title in listed)
            yield from ("<ul>", *lines, "</ul>")
        case Table():
            yield from _table(part, writer)
        case Figure():
            yield from _figure(part, writer)


def _point(point: Point, writer: _Writer) -> str:
    return f'<li dir="auto">{_about(point.about, point.words)}{_referring(point.words, point.keys, writer)}</li>'


def _about(about: str, words: str) -> str:
    return f"<b>{_text(about)}</b>{' ' if words else ''}" if about else ""


def _referring(words: str, keys: Sequence[str], writer: _Writer) -> str:
    """A sentence with links to the tables and figures that it rests on."""
    pieces = with_references(words, keys, writer.known)
    return "".join(_text(one) if isinstance(one, str) else f'<a href="#{one.label}-{one.number}">{_text(one.words)}</a>' for one in pieces)


def _text(words: str) -> str:
    return escape("".join(c for c in words if c in "\t\n" or (c >= " " and c not in "\x7f￾￿")))


def _runs(words: str, style: Style) -> str:
    return "".join(f"<i>{_text(part)}</i>" if italic else _text(part) for part, italic in style.runs(words))


def _caption(label: str, number: int, title: str, style: Style) -> str:
    named = f"{_text(word('label_of', label.lower()))} {number}"
    return f"{named}: {_text(title)}" if style.name == "gss" else f"<b>{named}</b> <i>{_text(title)}</i>"


def _table(table: Table, writer: _Writer) -> Iterator[str]:
    number, style = writer.next("Table"), writer.style
    # A table too wide for a small screen scrolls; what scrolls has a name and can be reached with the keyboard.
    yield f'<div class="scroll" role="region" tabindex="0" aria-labelledby="table-{number}">'
    yield f'<table aria-describedby="notes-{number}">'
    yield f'<caption id="table-{number}">{_caption("Table", number, table.title, style)}</caption>'
    yield from ("<thead>", *_heads(table.heads, style), "</thead>")
    yield from _bodies(table)
    yield from ("</table>", "</div>", f'<div id="notes-{number}">', *_notes(table, style), "</div>")


def _heads(heads: Sequence[Head], style: Style) -> Iterator[str]:
    if any(head.over for head in heads):
        yield "<tr>"
        for over, group in groupby(heads, key=lambda head: head.over):
            span = len(list(group))
            yield f'<th scope="colgroup" colspan="{span}">{_text(over)}</th>' if over else f'<td colspan="{span}"></td>'
        yield "</tr>"
    yield "<tr>"
    yield from (f'<th scope="col"{_class(head)}>{_runs(head.words, style)}</th>' for head in heads)
    yield "</tr>"


def _class(head: Head) -> str:
    return ' class="figure"' if head.align == "right" else ""


def _bodies(table: Table) -> Iterator[str]:
    """A body for each battery, so that its name is the heading of a group of rows."""
    yield "<tbody>"
    for place, row in enumerate(table.rows):
        if row.kind == "battery":
            yield from ("</tbody>", "<tbody>") if place else ()
            yield f'<tr><th scope="rowgroup" colspan="{len(table.heads)}" dir="auto">{_text(row.cells[0].words)}</th></tr>'
        else:
            yield _row(row, table.heads)
    yield "</tbody>"


def _row(row: TableRow, heads: Sequence[Head]) -> str:
    first, *rest = row.cells
    cells = "".join(f"<td{_class(head)}>{_cell(cell)}</td>" for cell, head in zip(rest, heads[1:], strict=True))
    kind = ' class="score"' if row.kind == "score" else ""
    return f'<tr{kind}><th scope="row" dir="auto">{_cell(first)}</th>{cells}</tr>'


def _cell(cell: Cell) -> str:
    words = "<br>".join(map(_text, cell.words.split("\n")))
    if not cell.mark:
        return words
    return f"{words} {_text(cell.mark)}" if cell.mark.startswith("[") else f"{words}<sup>{_text(cell.mark)}</sup>"


def _notes(table: Table, style: Style) -> Iterator[str]:
    if style.name == "gss":
        yield from (f'<p class="note">{_runs(words, style)}</p>' for words in table.general)
    elif table.general:
        yield f'<p class="note"><i>{_text(say("document.note_begins"))}</i> {_runs(" ".join(table.general), style)}</p>'
    for mark, words in table.marked:
        shown = _text(mark) if mark.startswith("[") else f"<sup>{_text(mark)}</sup>"
        yield f'<p class="note">{shown} {_runs(words, style)}</p>'


def _figure(figure: Figure, writer: _Writer) -> Iterator[str]:
    number = writer.next("Figure")
    yield f'<figure id="figure-{number}" tabindex="0" aria-labelledby="caption-{number}">'
    yield f'<figcaption id="caption-{number}">{_caption("Figure", number, figure.title, writer.style)}</figcaption>'
    yield f'<img src="{_data(figure.picture)}" alt="{_text(figure.alt)}"></figure>'


_KINDS = {b"\x89PNG": "png", b"\xff\xd8\xff": "jpeg"}
"""How pictures of a kind begin; others are drawings."""


def _data(picture: bytes) -> str:
    """A picture inside the page."""
    kind = next((kind for begins, kind in _KINDS.items() if picture.startswith(begins)), "svg+xml")
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"
