"""Placeholders in a Word file, as {{ table:compare }}: found wherever they were typed, and replaced by text, tables and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

from rpgstat.media import stamp
from rpgstat.media.document import Part
from rpgstat.media.style import Style
from rpgstat.media.word import fields, template, wordml
from rpgstat.media.word.writer import Writer, by_page, end_section, width
from rpgstat.record import record
from rpgstat.result import Result

_MARK = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_HALF = re.compile(r"\{\{|\}\}")
_BEGIN, _END = "\ue000", "\ue001"  # around the name of a bookmark, until a field stands there; nobody types them
_CELL_MARGINS = 220  # twentieths of a point that a cell of the user's own table keeps beside its content


@record
class Referring:
    """A reference to the first table or figure that the placeholder of these `words` becomes."""

    words: str


Answer = str | Sequence[Part] | Referring
"""What a placeholder becomes: words in its line, parts in place of its paragraph, or a field that repeats the number of a caption."""


@record
class Placeholder:
    """A placeholder as typed, its spaces made single; `alone` when nothing else stands in its paragraph, `place` where that is."""

    words: str
    alone: bool
    place: str

    @property
    def shown(self) -> str:
        """As it stands in the file."""
        return f"{{{{ {self.words} }}}}"


class Form:
    """A Word file whose placeholders are to be filled."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._paper = template.opened(path)
        with template.usable(path):
            self._paragraphs = [(place, paragraph) for place, root in self._roots() for paragraph in _paragraphs(root)]

    def _roots(self) -> Iterator[tuple[str, Any]]:
        """The body, and each header and footer that has words of its own."""
        yield "body", self._paper.element.body
        seen: set[str] = set()
        for relation in self._paper.part.rels.values():
            kind = relation.reltype.rsplit("/", 1)[-1]
            if kind in ("header", "footer") and relation.rId not in seen:
                seen.add(relation.rId)
                yield kind, relation.target_part.element

    def placeholders(self) -> list[Placeholder]:
        """Those of the body, then of headers and footers, in order."""
        return [
            Placeholder(_single(found[1]), _single(words) == _single(found[0]), _where(place, paragraph))
            for place, paragraph in self._paragraphs
            for words in [_words(paragraph)]
            for found in _MARK.finditer(words)
        ]

    def broken(self) -> list[str]:
        """The texts with half a placeholder, or with one where none can be filled: in footnotes, endnotes and comments."""
        halves = [words for _, paragraph in self._paragraphs for words in [_words(paragraph)] if _HALF.search(_MARK.sub("", words))]
        elsewhere = []
        for part in self._paper.part.package.iter_parts():
            name = str(part.partname).rsplit("/", 1)[-1]
            if name in ("footnotes.xml", "endnotes.xml", "comments.xml") and _HALF.search(re.sub(r"<[^>]+>", "", part.blob.decode("utf-8", "replace"))):
                elsewhere.append(name.removesuffix(".xml"))
        return [*(_single(words) for words in halves), *(f"in {name}" for name in elsewhere)]

    def filled(self, answers: Mapping[str, Answer], style: Style, title: str, results: Sequence[Result]) -> bytes:
        """The document with each placeholder replaced by the answer to its words. Every placeholder has to have one."""
        with template.usable(self._path):
            return self._filled(answers, Writer(self._paper, style), title, results)

    def _filled(self, answers: Mapping[str, Answer], writer: Writer, title: str, results: Sequence[Result]) -> bytes:
        names: dict[str, str] = {}
        asked = [(paragraph, list(_MARK.finditer(_words(paragraph)))) for _, paragraph in self._paragraphs]
        for paragraph, found in asked:
            answer = answers[_single(found[0][1])] if found else ""
            if not isinstance(answer, str | Referring):
                names.setdefault(_single(found[0][1]), writer.next_name(answer))
                _place(paragraph, answer, writer)
        for paragraph, found in asked:
            told: dict[tuple[int, int], str] = {}
            for match in found:
                answer = answers[_single(match[1])]
                if isinstance(answer, Referring):
                    told[match.span()] = f"{_BEGIN}{names[answer.words]}{_END}"
                elif isinstance(answer, str):
                    told[match.span()] = answer
            if told:
                _replace(paragraph, told)
                _set_fields(paragraph)
        fields.refresh(self._paper.element.body)
        return template.finished(self._paper, self._paper.core_properties.title or title, stamp.comment(results))


def _paragraphs(root: Any) -> list[Any]:
    from docx.oxml.ns import qn

    return list(root.iter(qn("w:p")))


def _texts(paragraph: Any) -> list[Any]:
    """The texts of a paragraph, without those of a text box that is anchored in it."""
    from docx.oxml.ns import qn

    return [text for text in paragraph.iter(qn("w:t")) if next(text.iterancestors(qn("w:p"))) is paragraph]


def _words(paragraph: Any) -> str:
    return "".join(text.text or "" for text in _texts(paragraph))


def _single(words: str) -> str:
    return " ".join(words.split())


def _where(place: str, paragraph: Any) -> str:
    from docx.oxml.ns import qn

    inside = place == "body" and next(paragraph.iterancestors(qn("w:txbxContent")), None) is not None
    return "text box" if inside else place


def _replace(paragraph: Any, changes: Mapping[tuple[int, int], str]) -> None:
    """Put words in place of spans of a paragraph's text; they look like the first character of their span."""
    from docx.oxml.ns import qn

    texts = _texts(paragraph)
    for (start, end), words in sorted(changes.items(), reverse=True):
        at = 0
        for text in texts:
            own = text.text or ""
            begin, finish = max(start - at, 0), min(end - at, len(own))
            if begin < finish:
                text.text = own[:begin] + (words if start >= at else "") + own[finish:]
                text.set(qn("xml:space"), "preserve")
            at += len(own)


def _set_fields(paragraph: Any) -> None:
    """Put a field in place of each marked bookmark's name; what stands around it keeps its looks."""
    from docx.oxml.ns import qn

    for text in [one for one in _texts(paragraph) if _BEGIN in (one.text or "")]:
        run, own = text.getparent(), text.text
        looks = run.find(qn("w:rPr"))
        for place, piece in enumerate(re.split(f"[{_BEGIN}{_END}]", own)):
            made = wordml.elements(wordml.field(f"REF {piece} \\h", piece) if place % 2 else wordml.run(piece))
            for element in made:
                if looks is not None:
                    element.insert(0, deepcopy(looks))
                run.addprevious(element)
        text.text = ""


def _place(paragraph: Any, parts: Sequence[Part], writer: Writer) -> None:
    """Put parts in place of a paragraph; tables too wide for the page get a turned one, unless they stand in a cell."""
    from docx.oxml.ns import qn

    cell = next(paragraph.iterancestors(qn("w:tc")), None)
    section = _section(paragraph)
    elements: list[Any] = []
    for wide, run in [(False, list(parts))] if cell is not None else by_page(parts, writer, section):
        room = width(section, wide=wide) if cell is None else _cell_width(cell, width(section))
        if wide:
            end_section(_ending(elements, paragraph), section, wide=False)
        elements += [element for part in run for element in writer.part(part, room)]
        if wide:
            end_section(elements[-1], section, wide=True)
    for element in elements:
        paragraph.addprevious(element)
    own = paragraph.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
    if own is None:
        paragraph.getparent().remove(paragraph)
    else:  # it ends a section of the user's: empty, it still does
        for run in paragraph.findall(qn("w:r")):
            paragraph.remove(run)


def _ending(elements: list[Any], paragraph: Any) -> Any:
    """A paragraph before a turned page at which the upright one can end: the last one, or a new one where that ends a section already."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    before = elements[-1] if elements else paragraph.getprevious()
    if before is not None and before.tag == qn("w:p") and before.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is None:
        return before
    elements.append(OxmlElement("w:p"))
    return elements[-1]


def _section(paragraph: Any) -> Any:
    """The properties of the section that a paragraph stands in: they follow it."""
    from docx.oxml.ns import qn

    body = next(paragraph.iterancestors(qn("w:body")))
    top = paragraph
    while top.getparent() is not body:
        top = top.getparent()
    following = (element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") for element in (top, *top.itersiblings()))
    return next((section for section in following if section is not None), body.sectPr)


def _cell_width(cell: Any, most: int) -> int:
    return min(int(cell.width or 0) // 635 or most, most) - _CELL_MARGINS
