"""Word: tables with numbered captions, three rules and notes; in a plain document, or with an organisation's own styles."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, Literal

from rpgstat.glossary.sentences import say, word
from rpgstat.media import fitting, stamp
from rpgstat.media.document import Bullets, Captions, Contents, Document, Figure, Heading, Logo, Paragraph, Part, Point, Table
from rpgstat.media.references import Index, Reference, index, with_references
from rpgstat.media.style import Style
from rpgstat.media.word import close, shapes, template, wordml
from rpgstat.record import record

_POINTS = 1440  # twentieths of a point in an inch
_SLACK = 30  # of them, by which a diagram may stand out
_CAPTIONED = 1150  # that a caption and a legend take on the page of their figure
_WORTH_TURNING = 8  # rows of a table for which a page is turned; with fewer it would be half empty, and is set in parts below one another
_LOGO = 15  # millimetres that a logo is high
_EMU = 635  # English Metric Units in a twentieth of a point, the two units that Word mixes


def write(made: Document, looks: Path | None = None) -> bytes:
    """A document as Word's; `looks` is a Word file that gives the styles, the page and what stands at the top and foot of it."""
    with template.usable(looks):
        return _written(made, template.blank(" · ".join(filter(None, (made.title, made.written)))) if looks is None else template.styled_by(looks))


def _written(made: Document, paper: Any) -> bytes:
    writer = Writer(paper, made.style)
    body = paper.element.body
    base = body.sectPr
    writer.expect(made.parts)
    writer.set_close(close.first_page(made.parts))
    groups = by_page(made.parts, writer, base)
    for place, (wide, parts) in enumerate(groups):
        room = width(base, wide=wide)
        elements = [element for part in parts for element in writer.part(part, room)]
        for element in elements:
            base.addprevious(element)
        if place < len(groups) - 1:
            end_section(elements[-1], base, wide=wide)
        elif wide:
            turn(base)
    return template.finished(paper, made.title, stamp.comment(made.results))


def by_page(parts: Sequence[Part], writer: Writer, base: Any) -> list[tuple[bool, list[Part]]]:
    """The parts in runs of one page orientation: a turned page costs the reader a leaf, so that only a table that needs it gets one."""
    runs: list[tuple[bool, list[Part]]] = []
    waiting: list[Part] = []
    for part in parts:
        if isinstance(part, Heading):
            waiting.append(part)  # a heading goes where what follows it goes
            continue
        wide = isinstance(part, Table | Figure) and writer.needs_turning(part, base)
        if not runs or runs[-1][0] is not wide:
            runs.append((wide, []))
        runs[-1][1].extend([*waiting, part])
        waiting = []
    return [*runs, (False, waiting)] if waiting else runs


def width(section: Any, *, wide: bool = False) -> int:
    """The room between the margins of a section's page, in twentieths of a point; `wide`, when the page is turned."""
    across, down = int(section.page_width or 0) // _EMU or 11906, int(section.page_height or 0) // _EMU or 16838
    left, right = (1417 if margin is None else int(margin) // _EMU for margin in (section.left_margin, section.right_margin))
    return (max(across, down) if wide else across) - left - right


def height(section: Any, *, wide: bool = False) -> int:
    """The room for a figure with its caption on a section's page, in twentieths of a point; `wide`, when the page is turned."""
    across, down = int(section.page_width or 0) // _EMU or 11906, int(section.page_height or 0) // _EMU or 16838
    top, bottom = (1417 if margin is None else int(margin) // _EMU for margin in (section.top_margin, section.bottom_margin))
    return (min(across, down) if wide else down) - top - bottom - _CAPTIONED


def turn(section: Any) -> None:
    """Lay the page of a section on its long side."""
    from docx.enum.section import WD_ORIENTATION

    across, down = section.page_width, section.page_height
    if across is not None and down is not None and across < down:
        section.page_width, section.page_height, section.orientation = down, across, WD_ORIENTATION.LANDSCAPE


def end_section(element: Any, base: Any, *, wide: bool) -> None:
    """End a section at this paragraph, with the page of `base`, turned where `wide`; what follows carries on its page numbers."""
    from docx.oxml.ns import qn

    section = deepcopy(base)
    for setting in (*base.findall(qn("w:titlePg")), *(section.findall(qn("w:type")) if wide else ())):
        setting.getparent().remove(setting)
    for numbers in base.findall(qn("w:pgNumType")):
        numbers.attrib.pop(qn("w:start"), None)
    if wide:
        turn(section)
    element.get_or_add_pPr().append(section)


@record
class _Caption:
    """A caption that is to come, and the bookmark that it will have."""

    label: Literal["Table", "Figure"]
    title: str
    bookmark: str


def _wanted(label: str, name: str) -> str:
    return re.sub(r"\W", "_", f"{label}_{name}")[:36]


_SHAPES = 10_000
"""The numbers of the shapes of a figure begin with this many for each figure: others of a document are smaller."""


class Writer:
    """Writes parts for one document, whose captions it numbers and whose bookmarks it names."""

    def __init__(self, paper: Any, style: Style) -> None:
        from docx.oxml.ns import qn

        self._paper, self._style = paper, style
        self._size = template.size_of(paper)
        self._numbers = {"Table": 0, "Figure": 0}
        self._chapters = 0
        self._ids: dict[str, str] = {}
        self._expected: list[_Caption] = []
        self._coming: list[_Caption] = []
        self._index: Index = {}
        self._close = False
        marks = list(paper.element.body.iter(qn("w:bookmarkStart")))
        self._names = {str(mark.get(qn("w:name"))) for mark in marks}
        self._identity = max((int(mark.get(qn("w:id"))) for mark in marks if str(mark.get(qn("w:id"))).isdigit()), default=0)
        self._drawings = max((int(one.get("id")) for one in paper.element.body.iter(qn("wp:docPr")) if str(one.get("id")).isdigit()), default=0)

    def needs_turning(self, part: Table | Figure, base: Any) -> bool:
        """Whether a table or a diagram is too wide for the page of `base` as it stands."""
        if isinstance(part, Figure):
            return part.diagram is not None and part.diagram.width * _POINTS > width(base) < width(base, wide=True)
        few = sum(row.kind != "battery" for row in part.rows) < _WORTH_TURNING
        return not few and fitting.fitted(part, width(base), self._size) is None and width(base) < width(base, wide=True)

    def part(self, part: Part, room: int) -> list[Any]:
        """The elements of a part, at most `room` wide. Each ends with a paragraph, where a section can end."""
        match part:
            case Logo(picture, alt):
                return self._logo(picture, alt)
            case Heading():
                return self._heading(part)
            case Paragraph(words, about, keys):
                content = self._about(about, words) + self._referring(words, keys)
                style = self._id(close.TEXT if self._close else "Normal")
                return wordml.elements(wordml.paragraph(style, content, "" if words else "<w:keepNext/>"))
            case Bullets(points):
                return wordml.elements(*map(self._point, points))
            case Contents(chapters):
                entries = [(words, wordml.bookmark(place)) for place, words in enumerate(chapters, start=1)]
                return self._list(entries, room)
            case Captions(label):
                listed = [caption for caption in self._expected if caption.label.lower() == label]
                entries = [(say("document.listed", label=word("label_of", label), n=i, title=one.title), one.bookmark) for i, one in enumerate(listed, 1)]
                return self._list(entries, room)
            case Table():
                return self._table(part, room)
            case Figure():
                return self._figure(part, room)

    def expect(self, parts: Sequence[Part]) -> None:
        """Names the captions that are to come, so that lists and sentences before them lead to them."""
        self._index = index(parts)
        for part in parts:
            if isinstance(part, Table | Figure):
                label: Literal["Table", "Figure"] = "Table" if isinstance(part, Table) else "Figure"
                self._expected.append(_Caption(label, part.title, self._named(_wanted(label, part.name))))
        self._coming = list(self._expected)

    def _list(self, entries: Sequence[tuple[str, str]], room: int) -> list[Any]:
        return wordml.elements(wordml.contents(self._id(wordml.CONTENTS) or self._id("Normal"), entries, room))

    def set_close(self, page: Sequence[Part]) -> None:
        """Sets running text closer, where these parts would not all stand on the page in every usual face."""
        base, size = self._paper.element.body.sectPr, template.size_of(self._paper, "Normal")
        if close.overfull(page, width(base) / 20, (height(base) + _CAPTIONED) / 20, size):
            close.ensure_styles(self._paper)
            self._close = True

    def _point(self, point: Point) -> str:
        listed = (self._close and self._id(close.LIST)) or self._id(wordml.BULLET)  # a template that other programs made may have no style for lists
        content = self._about(point.about, point.words) + self._referring(point.words, point.keys)
        return wordml.paragraph(listed or self._id("Normal"), ("" if listed else wordml.run("• ")) + content)

    def _logo(self, picture: bytes, alt: str) -> list[Any]:
        """A picture as high as two lines of a title, on a line of its own."""
        from docx.shared import Mm

        inline = self._paper.part.new_pic_inline(io.BytesIO(picture), height=Mm(_LOGO))
        self._tell(inline, alt)
        (holder,) = wordml.elements(wordml.paragraph(self._id("Normal"), f"<w:r><w:drawing {wordml.NAMESPACE}/></w:r>"))
        holder[-1][0].append(inline)
        return [holder]

    def _tell(self, inline: Any, alt: str, name: str = "") -> None:
        """What a picture shows, in words; its number, which no other drawing of the document has; and its name."""
        self._drawings += 1
        inline.docPr.set("id", str(self._drawings))
        inline.docPr.set("descr", alt)
        if name:
            inline.docPr.set("name", name)

    def _heading(self, heading: Heading) -> list[Any]:
        name = "Title" if heading.level == 0 else f"Heading {heading.level}"
        content, keep = wordml.run(heading.words), "<w:keepNext/>" + ("<w:pageBreakBefore/>" if heading.fresh else "")
        if heading.listed:
            self._chapters += 1
            self._identity += 1
            content = wordml.marked(wordml.bookmark(self._chapters), self._identity, content)
        return wordml.elements(wordml.paragraph(self._id(name), content, keep))

    def _about(self, about: str, words: str) -> str:
        return wordml.run(f"{about} " if words else about, bold=True) if about else ""

    def _referring(self, words: str, keys: Sequence[str]) -> str:
        """A sentence with fields that repeat the captions which it refers to."""
        pieces = with_references(words, keys, self._index)
        return "".join(wordml.run(one) if isinstance(one, str) else wordml.field(f"REF {self._bookmark(one)} \\h", one.words) for one in pieces)

    def _bookmark(self, one: Reference) -> str:
        own = [caption for caption in self._expected if caption.label.lower() == one.label]
        return own[one.number - 1].bookmark

    def _table(self, table: Table, room: int) -> list[Any]:
        caption = self._caption("Table", table.name, table.title)
        set_parts = fitting.parts(table, room, self._size)
        markup = [caption]
        for place, (part, widths) in enumerate(set_parts):
            markup += [wordml.table(part, widths, self._id(wordml.TABLE_TEXT), self._style)]
            markup += [wordml.paragraph(self._id(wordml.TABLE_NOTE), "")] if place < len(set_parts) - 1 else []
        below = list(wordml.notes(self._id(wordml.TABLE_NOTE), set_parts[-1][0], self._style))
        return wordml.elements(*markup, *(below or [wordml.paragraph(self._id(wordml.TABLE_NOTE), "")]))

    def _figure(self, figure: Figure, room: int) -> list[Any]:
        from docx.oxml import parse_xml

        base = self._paper.element.body.sectPr
        high = height(base, wide=room > width(base))
        inline = self._inline(figure.picture, room * _EMU, high * _EMU)
        name = f"Figure {self._numbers['Figure'] + 1}"
        self._tell(inline, figure.alt, name)
        caption, holder = wordml.elements(
            self._caption("Figure", figure.name, figure.title), wordml.paragraph(self._id("Normal"), "<w:r/>", "<w:keepNext/>" if figure.key else "")
        )
        if figure.diagram is not None and figure.diagram.width * _POINTS <= room + _SLACK and figure.diagram.height * _POINTS <= high:
            holder[-1].append(shapes.group(figure.diagram, inline, name, figure.alt, self._drawings + _SHAPES * self._numbers["Figure"]))
            return [caption, holder, *wordml.elements(wordml.paragraph(self._id(wordml.TABLE_NOTE), wordml.run(figure.key)))]
        holder[-1].append(parse_xml(f"<w:drawing {wordml.NAMESPACE}/>"))
        holder[-1][0].append(inline)
        return [caption, holder]

    def _inline(self, picture: bytes, wide: float, high: float) -> Any:
        """A picture in a line, no larger than that. Its number is given later: the library would look through the whole document for one."""
        from docx.oxml.shape import CT_Inline
        from docx.shared import Emu

        key, image = self._paper.part.get_or_add_image(io.BytesIO(picture))
        smaller = min(wide / image.width, high / image.height, 1.0)
        across, down = image.scaled_dimensions(*([Emu(int(image.width * smaller))] if smaller < 1 else []))
        return CT_Inline.new_pic_inline(0, key, image.filename, across, down)

    def _caption(self, label: str, name: str, title: str) -> str:
        self._numbers[label] += 1
        self._identity += 1
        bookmark = self._coming.pop(0).bookmark if self._coming else self._named(_wanted(label, name))
        return wordml.caption(self._id(wordml.CAPTION), label, self._numbers[label], title, (bookmark, self._identity), self._style)

    def next_name(self, parts: Sequence[Part]) -> str:
        """The bookmark that the caption of the first table or figure of these parts is going to have, when they are written next."""
        first = next(part for part in parts if isinstance(part, Table | Figure))
        wanted = _wanted("Table" if isinstance(first, Table) else "Figure", first.name)
        return next(name for name in (wanted, *(f"{wanted}_{i}" for i in range(2, 1000))) if name not in self._names)

    def _named(self, wanted: str) -> str:
        """A name that no bookmark of the document has yet."""
        free = next(name for name in (wanted, *(f"{wanted}_{i}" for i in range(2, 1000))) if name not in self._names)
        self._names.add(free)
        return free

    def _id(self, name: str) -> str:
        if name not in self._ids:
            self._ids[name] = template.style_id(self._paper, name) if name in self._paper.styles else ""
        return self._ids[name]
