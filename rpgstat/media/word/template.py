"""The Word file that a document starts from: the organisation's own, or a plain one; and how a finished one becomes bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rpgstat import archive
from rpgstat.errors import UserError
from rpgstat.glossary.languages import tag
from rpgstat.media import stamp
from rpgstat.media.word.wordml import CAPTION, TABLE_NOTE, TABLE_TEXT, cleaned, page_number

_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TEMPLATE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
_SIZES = {TABLE_TEXT: 9.0, TABLE_NOTE: 8.5}
_SPACING = {TABLE_TEXT: (1.0, 1.0), TABLE_NOTE: (3.0, 3.0), CAPTION: (12.0, 4.0)}  # points before and after
_FONT = "Calibri"
_WIDE_FACES, _WIDE_FACE = ("Verdana", "DejaVu", "Courier", "Lucida", "Century Gothic", "Bookman"), 1.17
_NO_DATE = (1980, 1, 1, 0, 0, 0)


def opened(path: Path) -> Any:
    """A Word document or template (.docx, .dotx) with the styles that our parts use. Raises UserError for anything else."""
    import docx

    damaged = UserError(f"`{path}` is not a Word document", "give a .docx or .dotx file; save an older .doc as .docx first")
    try:
        if not path.is_file() and path.exists():
            raise UserError(f"`{path}` is no ordinary file", "name a .docx or .dotx file")
        content = path.read_bytes()
    except (OSError, ValueError) as error:
        raise UserError(f"cannot read `{path}`: {getattr(error, 'strerror', None) or 'no file can have this name'}", "check the path") from error
    if any(name.endswith("vbaProject.bin") for name in archive.check(content, f"`{path}`", damaged)):
        raise UserError(f"`{path}` holds macros", "open it in Word and save it as .docx or .dotx, which leaves them out")
    with usable(path):
        document = docx.Document(io.BytesIO(_as_document(content)))
        _ensure_styles(document)
    return document


@contextmanager
def usable(path: Path | None) -> Iterator[None]:
    """Turns what goes wrong in a document that began as the user's own into a UserError; without one, it is no fault of theirs."""
    try:
        yield
    except UserError:
        raise
    except Exception as error:  # a file may be damaged in more ways than the library has errors for
        if path is None:
            raise
        hint = "give a .docx or .dotx file that Word opens; save an older .doc as .docx, a damaged one under a new name"
        raise UserError(f"`{path}` is not a Word document that can be used: {_part(error)}", hint) from error


def _part(error: Exception) -> str:
    """Where in the document the library gave up, as far as that can be told."""
    match error:
        case ValueError():
            return "a number in it, such as a width, is none"
        case KeyError():
            return "a part of it is missing"
        case _:
            return "a part of it is damaged"


def styled_by(path: Path) -> Any:
    """An empty document with the styles, page and headers of a file."""
    document = opened(path)
    body = document.element.body
    for element in list(body)[:-1] if body.sectPr is not None else list(body):
        body.remove(element)
    return document


def blank(title: str = "") -> Any:
    """An empty A4 document in British English and one sans serif face, with page numbers and, from the second page on, `title` as running head."""
    import docx
    from docx.shared import Mm, Pt, RGBColor

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    normal = document.styles["Normal"]
    normal.font.size, normal.paragraph_format.space_after = Pt(11), Pt(6)
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", CAPTION):
        _set_face(document.styles[name])
        if name != "Normal":
            document.styles[name].font.color.rgb = RGBColor(0, 0, 0)
    document.styles[CAPTION].font.size, document.styles[CAPTION].font.bold = Pt(11), False
    document.styles[CAPTION].paragraph_format.space_before, document.styles[CAPTION].paragraph_format.space_after = Pt(12), Pt(4)
    _set_language(document)
    _ensure_styles(document)
    _set_edges(section, title)
    _forget_picture(document)
    return document


def _set_edges(section: Any, title: str) -> None:
    """What stands at the top and foot of pages."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    section.different_first_page_header_footer = True
    for foot in (section.footer, section.first_page_footer):
        foot.is_linked_to_previous = False
        old = foot.paragraphs[0]._p
        for element in page_number("Footer"):
            old.addprevious(element)
        old.getparent().remove(old)
    section.header.is_linked_to_previous = section.first_page_header.is_linked_to_previous = False
    head = section.header.paragraphs[0]
    head.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    words = head.add_run(cleaned(title)[:120])
    words.font.size, words.font.color.rgb = Pt(9), RGBColor(0x59, 0x59, 0x59)


def _forget_picture(document: Any) -> None:
    """Drop the picture of another document that the library's own template has."""
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def _set_face(style: Any) -> None:
    # A theme's face would win over a named one: the theme attributes go.
    from docx.oxml.ns import qn

    style.font.name = _FONT
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)
    fonts.set(qn("w:cs"), _FONT)


def _set_language(document: Any) -> None:
    from docx.oxml.ns import qn

    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), tag())


def _ensure_styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt

    for name in (CAPTION, TABLE_TEXT, TABLE_NOTE, "Heading 1", "Heading 2", "Heading 3", "Title"):
        if name in document.styles:
            continue
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name not in _SIZES)
        if "Normal" in document.styles:
            style.base_style = document.styles["Normal"]
        before, after = _SPACING.get(name, (12.0, 6.0))
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
        style.paragraph_format.line_spacing = 1.0
        if name in _SIZES:
            style.font.size = Pt(_SIZES[name])
        elif name != CAPTION:
            style.font.bold, style.paragraph_format.keep_with_next = True, True


def style_id(document: Any, name: str) -> str:
    """The id by which paragraphs refer to a style."""
    return str(document.styles[name].style_id)


def size_of(document: Any, name: str = TABLE_TEXT) -> float:
    """The size in points that a style is set in, tables unless another is named; more, where the face runs wider than most."""
    size, face, style = None, None, next((one for one in document.styles if one.name == name), None)
    while style is not None:
        size, face, style = size or style.font.size, face or style.font.name, style.base_style
    return (float(size.pt) if size is not None else 11.0) * (_WIDE_FACE if str(face).startswith(_WIDE_FACES) else 1.0)


def _as_document(content: bytes) -> bytes:
    """A template's bytes as those of a document: the two differ in how one part is typed."""
    parts = {info.filename: data for info, data in _parts(content)}
    types = parts["[Content_Types].xml"]
    return _zipped(parts | {"[Content_Types].xml": types.replace(_TEMPLATE, _DOCUMENT)}) if _TEMPLATE in types else content


def finished(document: Any, title: str, comment: str) -> bytes:
    """The document's bytes, with its properties set; the same each time for the same content."""
    properties, made = document.core_properties, stamp.date().replace(tzinfo=None)
    properties.title, properties.comments, properties.author = title[:255], comment[:255], stamp.PROGRAM
    properties.last_modified_by, properties.revision, properties.language = stamp.PROGRAM, 1, tag()
    properties.created = properties.modified = made
    _forget_old_styles(document)
    return _zipped(_members(document.part.package))


def _members(package: Any) -> dict[str, bytes]:
    """The files in a document, as the library would write them: it would compress every picture, only to be unpacked again."""
    from docx.opc.packuri import CONTENT_TYPES_URI, PACKAGE_URI
    from docx.opc.pkgwriter import _ContentTypesItem

    types: Any = _ContentTypesItem
    for part in package.parts:
        part.before_marshal()
    found = {CONTENT_TYPES_URI.membername: types.from_parts(package.parts).blob, PACKAGE_URI.rels_uri.membername: package.rels.xml}
    for part in package.parts:
        found[part.partname.membername] = part.blob
        if len(part.rels):
            found[part.partname.rels_uri.membername] = part.rels.xml
    return found


def _forget_old_styles(document: Any) -> None:
    """Drop the copy of the styles that Word 2010 kept for Word 2007: it would contradict the styles that were added."""
    relations = document.part.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/stylesWithEffects")]:
        del relations[key]


def _parts(content: bytes) -> list[tuple[zipfile.ZipInfo, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return [(info, packed.read(info)) for info in packed.infolist()]


def _zipped(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, _NO_DATE)
            info.compress_type, info.create_system = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED, 0  # a PNG is compressed already
            made.writestr(info, data)
    return packed.getvalue()
