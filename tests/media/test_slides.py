"""Slides, read back: one for each picture, its finding as the title, on the organisation's template."""

from __future__ import annotations

import io
import zipfile

import pytest
from pptx import Presentation
from pptx.util import Inches

from rpgstat import output
from rpgstat.errors import UserError
from rpgstat.media.style import APA
from rpgstat.media.word.template import _zipped
from rpgstat.views import pictures
from rpgstat.views.slides import deck

_MAIN = b"presentationml.presentation.main+xml"


def pictures_of(slide):
    return [shape for shape in slide.shapes if shape.shape_type == 13]


def test_a_slide_has_its_finding_its_picture_and_its_source(compare):
    content = deck([compare], APA)
    made = Presentation(io.BytesIO(content))
    for slide in made.slides:
        (picture,) = pictures_of(slide)
        assert slide.shapes.title.text.startswith(pictures.sheet_of(compare).title)
        assert picture._element.nvPicPr.cNvPr.get("descr") == pictures.alt_text(compare)
        assert picture.left >= 0
        assert picture.left + picture.width <= made.slide_width
        assert slide.shapes.title.top + slide.shapes.title.height <= picture.top
        assert picture.top + picture.height <= made.slide_height
        assert slide.notes_slide.notes_text_frame.text
    assert content == deck([compare], APA)


@pytest.fixture
def template(tmp_path):
    """A narrow deck of an organisation, with a slide of its own and a name on its master."""
    own = Presentation()
    own.slide_master.name = "Our council"
    own.slide_width, own.slide_height = Inches(10), Inches(7.5)
    own.slides.add_slide(own.slide_layouts[0]).shapes.title.text = "An example, to be left out"
    path = tmp_path / "council.pptx"
    own.save(str(path))
    return path


@pytest.mark.parametrize("suffix", [".pptx", ".potx"])
def test_a_template_gives_its_master_and_keeps_no_slide(compare, template, suffix):
    if suffix == ".potx":
        with zipfile.ZipFile(template) as parts:
            held = {name: parts.read(name).replace(_MAIN, _MAIN.replace(b"presentation.main", b"template.main")) for name in parts.namelist()}
        template = template.with_suffix(suffix)
        template.write_bytes(_zipped(held))
    before = template.read_bytes()
    made = Presentation(io.BytesIO(deck([compare], APA, template)))
    assert (made.slide_master.name, made.slide_width) == ("Our council", Inches(10))
    assert made.slides[0].slide_layout.name == "Title Only"
    assert "An example" not in " ".join(shape.text_frame.text for slide in made.slides for shape in slide.shapes if shape.has_text_frame)
    assert template.read_bytes() == before


def test_what_is_no_template_is_refused(compare, tmp_path):
    path = tmp_path / "not.pptx"
    path.write_bytes(b"PK not a file of slides")
    with pytest.raises(UserError, match="is not a PowerPoint file"):
        deck([compare], APA, path)


def test_what_has_no_figure_has_no_slides():
    with pytest.raises(UserError, match="cannot be drawn"):
        deck([], APA)


def test_a_template_of_slides_is_for_slides(tmp_path, template):
    with pytest.raises(UserError, match="--template gives slides their looks"):
        output.targets([tmp_path / "x.docx"], None, template=template)
