"""Slides: one for each picture of a figure, its finding as the title, on an organisation's own template or a plain one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rpgstat import archive
from rpgstat.errors import UserError
from rpgstat.media import stamp
from rpgstat.record import record
from rpgstat.result import Result

_MAIN, _TEMPLATE = (f"application/vnd.openxmlformats-officedocument.presentationml.{kind}.main+xml".encode() for kind in ("presentation", "template"))
_EMU = 914_400
_PLAIN = (13.333, 7.5)
"""Inches of a wide slide, where no template has its own."""

_LONGEST = 255
"""Characters of a property."""

_BELOW = 0.42
"""Inches for the line below the picture."""

_BODY = frozenset({"TITLE", "CENTER_TITLE", "DATE", "FOOTER", "SLIDE_NUMBER"})
"""Placeholders that a slide of one picture may have."""


DPI = 150
"""Dots to the inch: a picture that fills a wide slide has 1,800 across, as many as screens show."""


@record
class Slide:
    """`title` is what is found, `below` what is shown and its source; `notes` are for the speaker, `alt` for those who do not see the picture."""

    title: str
    below: str
    picture: bytes
    alt: str
    notes: str


@record
class Room:
    """Where a picture stands on a slide, in inches."""

    left: float
    top: float
    width: float
    height: float


def write(results: Sequence[Result], drawn: Callable[[Room], Sequence[Slide]], template: Path | None = None) -> bytes:
    """The slides that are `drawn` for the room that the template leaves, as PowerPoint. Raises UserError for a template that cannot be used."""
    deck = opened(template)
    layout = _layout(deck)
    slides = drawn(_room(deck, layout))
    for slide in slides:
        _add(deck, layout, slide, plain=template is None)
    about = deck.core_properties
    about.title, about.author, about.comments = (slides[0].title if slides else "")[:_LONGEST], stamp.PROGRAM, stamp.comment(results)[:_LONGEST]
    about.created = about.modified = stamp.date().replace(tzinfo=None)
    about.last_modified_by, about.revision = stamp.PROGRAM, 1
    saved = io.BytesIO()
    deck.save(saved)
    return _same_bytes(saved.getvalue())


def opened(template: Path | None) -> Any:
    """An empty presentation, or the template without its slides."""
    from pptx import Presentation
    from pptx.util import Inches

    if template is None:
        deck = Presentation()
        deck.slide_width, deck.slide_height = map(Inches, _PLAIN)
        return deck
    deck = _read(template)
    listed = deck.slides._sldIdLst
    for one in list(listed):
        deck.part.drop_rel(one.rId)
        listed.remove(one)
    return deck


def _read(template: Path) -> Any:
    from pptx import Presentation

    damaged = UserError(f"`{template}` is not a PowerPoint file", "give a .pptx or .potx file; save an older .ppt as .pptx first")
    try:
        content = template.read_bytes()
    except (OSError, ValueError) as error:
        raise UserError(f"cannot read `{template}`: {getattr(error, 'strerror', None) or 'no file can have this name'}", "check the path") from error
    if any(name.endswith("vbaProject.bin") for name in archive.check(content, f"`{template}`", damaged)):
        raise UserError(f"`{template}` holds macros", "open it in PowerPoint and save it as .pptx or .potx, which leaves them out")
    try:
        return Presentation(io.BytesIO(_as_presentation(content)))
    except Exception as error:  # a file may be damaged in more ways than the library has errors for
        raise damaged from error


def _as_presentation(content: bytes) -> bytes:
    """A template as the presentation that it would make: the two differ in one word."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if _TEMPLATE not in parts.read("[Content_Types].xml"):
            return content
        held = [(name, parts.read(name)) for name in parts.namelist()]
    return _zipped((name, part.replace(_TEMPLATE, _MAIN) if name == "[Content_Types].xml" else part) for name, part in held)


def _same_bytes(content: bytes) -> bytes:
    """The same archive with a date of no clock."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return _zipped([(name, parts.read(name)) for name in parts.namelist()])


def _zipped(parts: Iterator[tuple[str, bytes]] | Sequence[tuple[str, bytes]]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archived:
        for name, part in parts:
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archived.writestr(entry, part)
    return made.getvalue()


def _kind(shape: Any) -> str:
    return str(shape.placeholder_format.type).partition(" ")[0].rpartition(".")[2]


def _layout(deck: Any) -> Any:
    """The layout of a title alone, or that with the fewest other places to fill."""

    def filled(layout: Any) -> tuple[bool, int]:
        kinds = [_kind(shape) for shape in layout.placeholders]
        return "TITLE" not in kinds, sum(kind not in _BODY for kind in kinds)

    layouts = list(deck.slide_layouts)
    if not layouts:
        raise UserError("the template has no slide layouts", "give a .pptx or .potx file with a slide master")
    return min(layouts, key=filled)


def _room(deck: Any, layout: Any) -> Room:
    """What the layout leaves below its title and above its footer."""
    wide, high = deck.slide_width / _EMU, deck.slide_height / _EMU
    margin = 0.05 * wide
    title = next((shape for shape in layout.placeholders if _kind(shape) == "TITLE" and shape.top is not None), None)
    feet = [shape.top / _EMU for shape in layout.placeholders if _kind(shape) in ("DATE", "FOOTER", "SLIDE_NUMBER") and shape.top is not None]
    plain = deck.slide_width / _EMU == _PLAIN[0] or title is None or (title.top + title.height) / _EMU > high / 2
    top = 1.3 if plain or title is None else (title.top + title.height) / _EMU + 0.1
    left = margin if plain or title is None else min(title.left / _EMU, margin * 2)
    foot = min([foot for foot in feet if foot > high * 0.8], default=high - 0.25) - _BELOW
    return Room(left, top, wide - 2 * left, max(foot - top, 1.0))


def _add(deck: Any, layout: Any, slide: Slide, *, plain: bool) -> None:
    from pptx.util import Inches, Pt

    made, room = deck.slides.add_slide(layout), _room(deck, layout)
    for shape in list(made.placeholders):
        if _kind(shape) not in _BODY:
            shape._element.getparent().remove(shape._element)
    title = made.shapes.title or made.shapes.add_textbox(*map(Inches, (room.left, 0.3, room.width, 0.9)))
    title.text_frame.text = slide.title
    if plain:
        title.left, title.top, title.width, title.height = map(Inches, (room.left, 0.3, room.width, 0.9))
        _plain_title(title)
    picture = made.shapes.add_picture(io.BytesIO(slide.picture), Inches(room.left), Inches(room.top))
    scale = min(room.width * _EMU / picture.width, room.height * _EMU / picture.height)
    picture.width, picture.height = round(picture.width * scale), round(picture.height * scale)
    picture.left += round((room.width * _EMU - picture.width) / 2)  # what cannot be as wide as the slide stands in its middle
    picture._element.nvPicPr.cNvPr.set("descr", slide.alt)
    below = made.shapes.add_textbox(*map(Inches, (room.left, room.top + room.height, room.width, _BELOW)))
    below.text_frame.word_wrap = True
    below.text_frame.text = slide.below
    below.text_frame.paragraphs[0].runs[0].font.size = Pt(11)
    made.notes_slide.notes_text_frame.text = slide.notes


def _plain_title(title: Any) -> None:
    from pptx.enum.text import PP_ALIGN
    from pptx.util import Pt

    paragraph = title.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    for run in paragraph.runs:
        run.font.size, run.font.bold = Pt(26), True
