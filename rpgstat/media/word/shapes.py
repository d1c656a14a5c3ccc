"""A diagram as one group of shapes that Word draws and people can edit (DrawingML), with a picture for programs that know none."""

from __future__ import annotations

from typing import Any

from rpgstat.media.diagram import Arrow, Box, Caption, Diagram, Point, bends
from rpgstat.media.word.wordml import NAMESPACE, clean, quoted

_OFFICE = "http://schemas.microsoft.com/office/word/2010"
_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"
_SPACES = (
    f'{NAMESPACE} xmlns:wp="{_DRAWING}/wordprocessingDrawing" xmlns:a="{_DRAWING}/main"'
    f' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    f' xmlns:wps="{_OFFICE}/wordprocessingShape" xmlns:wpg="{_OFFICE}/wordprocessingGroup"'
)
_FACE = "Arial"  # narrower than the face that boxes are measured in, so that the text fits
_SIZE = 14  # half points
_BAR = 0.06  # inches on both sides of what stands in the way


def group(made: Diagram, picture: Any, name: str, alt: str, first: int) -> Any:
    """The run's content: the group, and `picture`, an inline picture, for programs that draw no shapes. `first` is the first of the numbers of its shapes."""
    from docx.oxml import parse_xml

    across, down = _emu(made.width), _emu(made.height)
    ids = {box.name: first + 1 + i for i, box in enumerate(made.boxes)}
    after = first + 1 + len(ids)
    shapes = [_arrow(arrow, after + i) for i, arrow in enumerate(made.arrows)]
    shapes += [_box(box, ids[box.name]) for box in made.boxes]
    shapes += [_caption(caption, after + len(made.arrows) + i) for i, caption in enumerate(made.captions)]
    frame = f'<a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/>'
    inside = f'<a:chOff x="0" y="0"/><a:chExt cx="{across}" cy="{down}"/>'
    whole = f"<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>{frame}{inside}</a:xfrm></wpg:grpSpPr>{''.join(shapes)}</wpg:wgp>"
    inline = (
        f'<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
        f"<wp:docPr id={quoted(str(first))} name={quoted(name)} descr={quoted(alt)}/><wp:cNvGraphicFramePr/>"
        f'<a:graphic><a:graphicData uri="{_OFFICE}/wordprocessingGroup">{whole}</a:graphicData></a:graphic></wp:inline>'
    )
    choice = f'<mc:Choice Requires="wpg"><w:drawing>{inline}</w:drawing></mc:Choice>'
    content = parse_xml(f"<mc:AlternateContent {_SPACES}>{choice}<mc:Fallback><w:drawing/></mc:Fallback></mc:AlternateContent>")
    content[-1][0].append(picture)
    return content


def _emu(inches: float) -> int:
    return round(inches * 914400)


def _hex(colour: str) -> str:
    return colour.lstrip("#")


def _line(colour: str, points: float, *, broken: bool, end: str = "") -> str:
    dash = '<a:prstDash val="dash"/>' if broken else ""
    return f'<a:ln w="{round(points * 12700)}"><a:solidFill><a:srgbClr val="{_hex(colour)}"/></a:solidFill>{dash}{end}</a:ln>'


def _at(x: float, y: float, width: float, height: float) -> str:
    return f'<a:xfrm><a:off x="{_emu(x)}" y="{_emu(y)}"/><a:ext cx="{max(_emu(width), 1)}" cy="{max(_emu(height), 1)}"/></a:xfrm>'


def _run(words: str, colour: str, size: int, *, bold: bool = False) -> str:
    face = f'<w:rFonts w:ascii="{_FACE}" w:hAnsi="{_FACE}" w:cs="{_FACE}"/>'
    looks = f'{face}{"<w:b/>" if bold else ""}<w:color w:val="{_hex(colour)}"/><w:sz w:val="{size}"/><w:szCs w:val="{size}"/>'
    return f'<w:r><w:rPr>{looks}</w:rPr><w:t xml:space="preserve">{clean(words)}</w:t></w:r>'


def _paragraph(runs: str, *, centred: bool = False, after: int = 0) -> str:
    spaced = f'<w:spacing w:before="0" w:after="{after}" w:line="240" w:lineRule="auto"/>'
    return f'<w:p><w:pPr>{spaced}<w:jc w:val="{"center" if centred else "left"}"/></w:pPr>{runs}</w:p>'


def _shape(number: int, name: str, place: str, looks: str, body: str, inset: float) -> str:
    edges = f'lIns="{_emu(inset)}" tIns="{_emu(0.03)}" rIns="{_emu(inset)}" bIns="{_emu(0.03)}"'
    text = f"<wps:txbx><w:txbxContent>{body}</w:txbxContent></wps:txbx>"
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name={quoted(name)}/><wps:cNvSpPr/><wps:spPr>{place}{looks}</wps:spPr>{text}'
        f'<wps:bodyPr wrap="square" {edges} anchor="ctr"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )


def _box(box: Box, number: int) -> str:
    corners = '<a:prstGeom prst="roundRect"><a:avLst><a:gd name="adj" fmla="val 9000"/></a:avLst></a:prstGeom>'
    fill = f'<a:solidFill><a:srgbClr val="{_hex(box.fill)}"/></a:solidFill>'
    looks = f"{corners}{fill}{_line(box.edge, 1.6 if box.heavy else 1.0, broken=box.broken)}"
    texts = [_run(words, colour, _SIZE) for words, colour in box.paragraphs]
    if box.sign:
        texts[-1] += _run(f" {box.sign}", box.sign_colour, _SIZE + 1, bold=True)
    body = "".join(_paragraph(words, after=60 if i < len(texts) - 1 else 0) for i, words in enumerate(texts))
    return _shape(number, box.name, _at(box.x, box.y, box.width, box.height), looks, body, 0.06)


def _caption(caption: Caption, number: int) -> str:
    looks = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln>'
    body = _paragraph(_run(caption.words, caption.colour, round(caption.size * 2), bold=True), centred=caption.centred)
    return _shape(number, caption.words, _at(caption.x, caption.y - 0.11, caption.width, 0.22), looks, body, 0.0)


def _arrow(arrow: Arrow, number: int) -> str:
    """A free form, so that it looks in Word as in the picture: connectors of Word's own have kinks in other programs."""
    curves = bends(arrow.points, 0.03 if arrow.blocks else 0.0)
    corners: list[Point] = [corner for curve in curves for corner in curve]
    end = corners[-1]
    room = _BAR if arrow.blocks else 0.0
    left, right = corners[0][0], end[0]
    top, bottom = min(min(y for _, y in corners), end[1] - room), max(max(y for _, y in corners), end[1] + room)

    def point(x: float, y: float) -> str:
        return f'<a:pt x="{_emu(x - left)}" y="{_emu(y - top)}"/>'

    drawn = f"<a:moveTo>{point(*corners[0])}</a:moveTo>"
    drawn += "".join(f"<a:cubicBezTo>{''.join(point(*corner) for corner in curve[1:])}</a:cubicBezTo>" for curve in curves)
    if arrow.blocks:
        drawn += f"<a:moveTo>{point(end[0], end[1] - _BAR)}</a:moveTo><a:lnTo>{point(end[0], end[1] + _BAR)}</a:lnTo>"
    width, height = max(_emu(right - left), 1), max(_emu(bottom - top), 1)
    path = f'<a:path w="{width}" h="{height}" fill="none">{drawn}</a:path>'
    shape = f'<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>{path}</a:pathLst></a:custGeom>'
    head = "" if arrow.blocks else '<a:tailEnd type="triangle" w="med" len="med"/>'
    line = _line(arrow.colour, 0.9 if arrow.broken else 1.1, broken=arrow.broken, end=head)
    place = _at(left, top, right - left, bottom - top)
    name = quoted(f"{arrow.start} to {arrow.end}")
    return f'<wps:wsp><wps:cNvPr id="{number}" name={name}/><wps:cNvSpPr/><wps:spPr>{place}{shape}<a:noFill/>{line}</wps:spPr><wps:bodyPr/></wps:wsp>'
