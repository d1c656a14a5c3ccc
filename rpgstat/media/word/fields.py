"""Fields that number captions and refer to them: what they show is kept right, so that nobody has to update them by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_SEQUENCE = re.compile(r"\s*SEQ\s+(\S+)(.*)", re.DOTALL)
_REFERENCE = re.compile(r"\s*REF\s+(\S+)")


@dataclass
class _Field:
    """A field: its code, and the texts that show its result."""

    code: str = ""
    shown: list[Any] = field(default_factory=list)

    def show(self, words: str) -> None:
        for place, text in enumerate(self.shown):
            text.text = words if place == 0 else ""


def refresh(body: Any) -> None:
    """Number the captions of a document in the order in which they stand, then repeat them where the text refers to them."""
    found = list(_fields(body))
    counts: dict[str, int] = {}
    for one in found:
        sequence = _SEQUENCE.match(one.code)
        if sequence and not re.search(r"\\[rchns]", sequence[2]):  # a restarted, repeated or hidden number is Word's own affair
            counts[sequence[1]] = counts.get(sequence[1], 0) + 1
            one.show(str(counts[sequence[1]]))
    marked = _bookmarks(body)
    for one in found:
        reference = _REFERENCE.match(one.code)
        if reference and reference[1] in marked:
            one.show(marked[reference[1]])


def _fields(body: Any) -> Iterator[_Field]:
    from docx.oxml.ns import qn

    begun: list[_Field] = []
    separated: list[bool] = []
    for element in body.iter(qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText"), qn("w:t")):
        if element.tag == qn("w:fldSimple"):
            yield _Field(element.get(qn("w:instr"), ""), list(element.iter(qn("w:t"))))
        elif element.tag == qn("w:fldChar"):
            kind = element.get(qn("w:fldCharType"))
            if kind == "begin":
                begun.append(_Field())
                separated.append(False)
            elif begun and kind == "separate":
                separated[-1] = True
            elif begun:
                separated.pop()
                yield begun.pop()
        elif begun and element.tag == qn("w:instrText"):
            begun[-1].code += element.text or ""
        elif begun and separated[-1]:
            begun[-1].shown.append(element)


def _bookmarks(body: Any) -> dict[str, str]:
    """The text that stands in each bookmark."""
    from docx.oxml.ns import qn

    names: dict[str, str] = {}
    texts: dict[str, str] = {}
    opened: set[str] = set()
    for element in body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:t")):
        identity = str(element.get(qn("w:id")))
        if element.tag == qn("w:bookmarkStart"):
            names[identity] = str(element.get(qn("w:name")))
            texts[names[identity]] = ""
            opened.add(identity)
        elif element.tag == qn("w:bookmarkEnd"):
            opened.discard(identity)
        else:
            for inside in opened:
                texts[names[inside]] += element.text or ""
    return texts
