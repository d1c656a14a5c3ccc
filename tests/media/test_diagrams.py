"""Diagrams: boxes that do not touch, few crossings, and native shapes of Word, as many as there are boxes, arrows and captions."""

from __future__ import annotations

import io
import zipfile
from itertools import pairwise

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from rpgstat.media.diagram import Arrow, Box, Caption, Diagram, bends
from rpgstat.media.document import Document, Figure, Heading
from rpgstat.media.picture.layers import GAP, Node, crossings, layer_of, place
from rpgstat.media.style import APA
from rpgstat.media.word import writer
from tests.media.test_docx import PIXEL

SHAPE = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp"
GROUP = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}wgp"
LINKS = st.lists(st.tuples(st.integers(0, 4), st.integers(5, 9), st.integers(10, 14)), min_size=1, max_size=12)


def laid(chosen):
    links = list(dict.fromkeys((str(a), str(b)) for a, b, c in chosen) | dict.fromkeys((str(b), str(c)) for a, b, c in chosen))
    names = sorted({name for link in links for name in link}, key=int)
    nodes = [Node(name, 0.3 + int(name) % 3 * 0.2, int(name) % 2 if int(name) >= 10 else 0) for name in names]
    return nodes, links, place(nodes, links, layer_of(names, links))


@given(LINKS)
@settings(max_examples=30, deadline=None)
def test_boxes_of_a_layer_stand_apart_within_the_height_their_bands_in_order(chosen):
    nodes, _, placed = laid(chosen)
    known = {node.name: node for node in nodes}
    for row in placed.layers:
        assert placed.middles[row[0]] - known[row[0]].height / 2 >= -1e-9
        assert placed.middles[row[-1]] + known[row[-1]].height / 2 <= placed.height + 1e-9
        for upper, lower in pairwise(row):
            apart = placed.middles[lower] - placed.middles[upper] - known[upper].height / 2 - known[lower].height / 2
            assert apart >= GAP - 1e-9
        assert [known[name].band for name in row] == sorted(known[name].band for name in row)


@given(LINKS)
@settings(max_examples=30, deadline=None)
def test_the_order_never_crosses_more_than_the_declared_one(chosen):
    nodes, links, placed = laid(chosen)
    layer = layer_of([node.name for node in nodes], links)
    declared = [sorted((n.name for n in nodes if layer[n.name] == i), key=lambda name: next(n.band for n in nodes if n.name == name)) for i in range(3)]
    assert crossings(placed.layers, links) <= crossings(declared, links)


def test_what_can_be_untangled_is():
    links = [("a", "z"), ("b", "y"), ("c", "x")]
    placed = place([Node(name, 0.3) for name in "abcxyz"], links, layer_of(list("abcxyz"), links))
    assert crossings(placed.layers, links) == 0


def test_a_link_over_several_layers_keeps_clear_of_the_boxes_between():
    links = [("a", "b"), ("b", "c"), ("a", "c")]
    layer = layer_of(list("abc"), links)
    placed = place([Node(name, 0.5) for name in "abc"], links, layer)
    way = placed.ways["a", "c"]
    assert len(way) == 3
    assert abs(placed.middles[way[1]] - placed.middles["b"]) >= 0.25 + GAP


DIAGRAM = Diagram(
    3.0,
    2.0,
    (
        Box("one", 0.1, 0.5, 1.0, 0.6, (("What is <offered>", "#1A1A1A"), ("How & why", "#12436D")), "#FFFFFF", "#1A1A1A"),
        Box("two", 1.9, 0.5, 1.0, 0.6, (("What comes of it", "#1A1A1A"),), "#FDEEE3", "#B35806", "✓", "#12436D", broken=True, heavy=True),
    ),
    (
        Arrow("one", "two", ((1.1, 0.8), (1.9, 0.7)), "#1A1A1A"),
        Arrow("one", "two", ((1.1, 0.9), (1.4, 1.6), (1.6, 1.6), (1.9, 0.9)), "#595959", broken=True, blocks=True),
    ),
    (Caption("Outcome", 1.9, 0.2, 1.0, "#B35806", 9.0),),
)


def written(diagram=DIAGRAM):
    figure = Figure("configurations", "How it worked", PIXEL, "Where one, two.", diagram, "✓ tested")
    content = writer.write(Document("T", (Heading("H"), figure), (), APA))
    return content, zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")


def test_a_diagram_is_one_group_of_shapes_with_a_picture_to_fall_back_on():
    content, xml = written()
    tree = etree.fromstring(xml)
    (group,) = tree.iter(GROUP)
    assert len(list(group.iter(SHAPE))) == 5
    texts = ["".join(node.itertext()) for node in group.iter("{*}txbxContent")]
    assert texts == ["What is <offered>How & why", "What comes of it ✓", "Outcome"]
    fallback = next(tree.iter("{*}Fallback"))
    assert [one.get("descr") for one in tree.iter("{*}docPr")] == ["Where one, two."] * 2
    assert next(fallback.iter("{*}blip")) is not None
    assert docx.Document(io.BytesIO(content)).paragraphs[-1].text == "✓ tested"
    assert written()[0] == content


def test_every_number_of_a_shape_stands_once():
    tree = etree.fromstring(written()[1])
    numbers = [node.get("id") for node in tree.iter("{*}cNvPr", "{*}docPr") if node.getparent().tag.endswith(("wsp", "inline"))]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize("size", [(20.0, 2.0), (3.0, 30.0)])
def test_a_diagram_larger_than_any_page_is_a_picture(size):
    large = Diagram(*size, DIAGRAM.boxes, DIAGRAM.arrows, DIAGRAM.captions)
    assert not list(etree.fromstring(written(large)[1]).iter(GROUP))


def test_a_wide_diagram_turns_its_page():
    wide = Diagram(9.0, 3.0, DIAGRAM.boxes, DIAGRAM.arrows, DIAGRAM.captions)
    sections = [section.get("{*}orient") or dict(section.attrib) for section in etree.fromstring(written(wide)[1]).iter("{*}pgSz")]
    assert any("landscape" in str(section) for section in sections)


def test_an_arrow_leaves_and_arrives_level():
    for start, first, last, end in bends(((0.0, 1.0), (1.0, 2.0), (2.0, 0.0)), 0.1):
        assert (start[1], end[1]) == (first[1], last[1])
        assert start[0] < first[0] < end[0]
