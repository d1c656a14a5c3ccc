"""Where things stand: nothing in the way of anything else, on pages that fit, whatever the text."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from itertools import product
from xml.etree import ElementTree

import pytest
from PIL import Image

from rpgstat.analyses.theory import theory
from rpgstat.analyses.timeline import timeline
from rpgstat.media.picture import paper, sheet, vectors
from rpgstat.result import Result, table
from rpgstat.study.theory import Configuration, Moment, Part, Theory
from rpgstat.views import pictures
from rpgstat.views.theory import diagram
from rpgstat.views.theory import timeline as moments

SUFFIXES = (".png", ".svg", ".pdf")


@pytest.mark.parametrize("width", [0.8, 0.9, 1.0, 1.2, 1.5])
def test_a_number_is_not_parted_from_its_sign(width):
    lines = paper.wrap("so 47 of n = 214, p < .001 and p = .042 with [−0.05, 0.50] or 12 %", paper.LABEL, width, most=20)
    assert not [line for line in lines if line[0] in "<=%." or line.split()[-1] in ("n", "p", "=", "<", "[−0.05,")]


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("kind", ["score", "compare", "breakdown", "chart"])
def test_hostile_text_does_no_harm(made, kind, suffix, compare):
    rows = [row | {"text": made.hostile[i % 6], "battery": made.hostile[0], "wave": made.hostile[1]} for i, row in enumerate(compare.rows)]
    result = {
        "score": made.scores(6, 4, 2, made.hostile),
        "breakdown": made.groups(4, made.hostile),
        "chart": replace(made.chart(), title=made.hostile[0], method=made.hostile[1]),
        "compare": replace(compare, frame=table("compare", rows)),
    }[kind]
    drawn = pictures.draw(result, suffix)
    if suffix == ".svg":
        tags = {node.tag.rpartition("}")[2] for node in ElementTree.fromstring(drawn).iter()}
        assert not tags & {"script", "image", "foreignObject", "a"}
        joined = " ".join(made.words_of(drawn))
        assert "<script>alert(1)</script>" in joined
        assert "$x^2$" in joined


@pytest.mark.parametrize(
    ("items", "levels", "waves", "hostile"),
    [*product([4], [2, 11], [1, 6], [False, True]), (40, 2, 1, False), (40, 2, 6, True), (40, 11, 1, True), (40, 11, 6, False)],
)
def test_no_text_of_scores_stands_on_other_text_or_beyond_the_edge(made, items, levels, waves, hostile):
    _check(made.scores(items, levels, waves, made.hostile if hostile else ("Statement {}",)))


@pytest.mark.parametrize("count", [3, 20])
def test_no_text_of_groups_stands_on_other_text(made, count):
    _check(made.groups(count, made.hostile))


@pytest.mark.parametrize("kind", ["rates", "chart", "response"])
def test_no_text_of_the_others_stands_on_other_text(made, kind):
    _check(getattr(made, kind)())


@pytest.mark.parametrize("name", ["compare", "score", "two_contrasts"])
def test_no_text_of_the_example_stands_on_other_text(name, request):
    _check(request.getfixturevalue(name))


def _check(result: Result) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    with vectors.settings():
        laid = pictures.sheet_of(result)
        for bands in laid.pages(None):
            figure = vectors.figure(sheet.draw(bands, laid.width))
            figure.set_dpi(300)  # as printed: on fewer dots letters are set to whole ones, and lines grow longer
            renderer = FigureCanvasAgg(figure).get_renderer()
            found = [artist for artist in figure.artists if isinstance(artist, Text) and artist.get_text().strip()]
            boxes = sorted((box.y0, box.y1, box.x0, box.x1, artist.get_text()) for artist in found for box in [artist.get_window_extent(renderer)])
            edge = laid.width * figure.dpi
            assert not [box for box in boxes if box[2] < -3 or box[3] > edge + 3]
            for i, (_, top, left, right, words) in enumerate(boxes):
                for other in boxes[i + 1 :]:
                    if other[0] > top - 9:  # a descender may reach the line below it
                        break
                    assert other[3] <= left + 3 or other[2] >= right - 3, (words, other[4])


def test_pages_fit_on_paper_and_hold_every_statement_once(made):
    pages = pictures.pages(made.scores(40, 5, 2, ("Statement {}",)), ".svg")
    assert len(pages) > 2
    heights = [float(re.search(rb'height="([\d.]+)pt"', page)[1]) / 72 for page in pages]
    assert max(heights) <= pictures.PAGE + 0.11
    shown = [word for page in pages for word in made.words_of(page) if word.startswith("Statement ")]
    assert sorted(shown) == sorted(f"Statement {i}" for i in range(40))
    assert sum("Battery" in made.words_of(page) or "Battery (continued)" in made.words_of(page) for page in pages) == len(pages)


def test_a_pdf_has_those_pages(made):
    assert pictures.draw(made.scores(40, 5, 2), ".pdf").count(b"/Type /Page ") == len(pictures.pages(made.scores(40, 5, 2), ".png"))


def test_a_very_long_figure_is_drawn_with_fewer_dots_and_not_cut(made):
    picture = Image.open(io.BytesIO(pictures.draw(made.scores(200, 3, 1, ("Long statement {} " * 30,)), ".png")))
    assert picture.height <= 40_000
    assert picture.width < 1890


@pytest.mark.parametrize("chain", [False, True])
@pytest.mark.parametrize("text", ["Staff think a case over together before they act", "Unbrokenwordof" * 6, "مرحبا بالعالم هذا نص"])
def test_no_text_of_a_theory_stands_on_other_text(text, chain):
    before = (*(Part(f"c{i}", "context", "", f"{text} {i}") for i in range(4)), *(Part(f"m{i}", "mechanism", "", "", text, text) for i in range(4)))
    after = tuple(Part(f"o{i}", "outcome", "", text, level=f"Level {i // 2}", unwelcome=i == 1) for i in range(5))
    paths = [Configuration(str(i), "", (f"c{i}",), (f"m{i}",), (f"o{i}", f"o{i + 1}"), blocked_by=(f"c{(i + 1) % 4}",)) for i in range(4)]
    if chain:
        paths[3] = Configuration("3", "", ("o0", "c3"), ("m3",), ("o4",))
    result, _ = theory(Theory("How", (*before, *after), tuple(paths)), "How", {}, {}, None)
    _check(result)
    laid = diagram.diagram(result)
    assert laid.width == (diagram.TURNED if chain else paper.WIDTH)
    edges = {box.name: box for box in laid.boxes}
    for arrow in laid.arrows:
        assert arrow.points[0][0] == pytest.approx(edges[arrow.start].x + edges[arrow.start].width)
        assert arrow.points[-1][0] == pytest.approx(edges[arrow.end].x)
        assert edges[arrow.end].y < arrow.points[-1][1] < edges[arrow.end].y + edges[arrow.end].height


def test_no_text_of_a_timeline_stands_on_other_text():
    found = [
        Moment(f"{2010 + i}-0{i + 1}", f"{2010 + i}-0{i + 2}", f"Lane of some length {i % 3}", "Something that happened and takes words " * (1 + i % 3))
        for i in range(7)
    ]
    _check(timeline([*found, Moment("2012", "2012", "Year", "In that year"), Moment("2013-05-07", "2013-05-07", "Day", "On that day")], "When", {}))


@pytest.mark.parametrize(
    ("first", "last", "start", "end", "words"),
    [
        ("2016", "2016", 2016.0, 2017.0, "2016"),
        ("2016-12", "2016-12", 2016 + 11 / 12, 2017.0, "Dec 2016"),
        ("2016-11", "2017-02", 2016 + 10 / 12, 2017 + 2 / 12, "Nov 2016 to Feb 2017"),
        ("2016-02-15", "2016-02-29", 2016 + (1 + 14 / 29) / 12, 2016 + 2 / 12, "15 Feb 2016 to 29 Feb 2016"),
    ],
)
def test_a_moment_lasts_from_its_first_day_to_its_last(first, last, start, end, words):
    found = moments.span(first, last)
    assert (found.start, found.end) == pytest.approx((start, end))
    assert moments.when(first, last) == words
