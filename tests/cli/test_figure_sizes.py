"""Figures for a place of their own: so wide, so high, in pages, in an order, and never in letters that cannot be read."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree

import pytest
from PIL import Image

from tests.cli.test_figures import texts

SVG = "{http://www.w3.org/2000/svg}"


def inches(path) -> tuple[float, float]:
    root = ElementTree.parse(path).getroot()
    return tuple(float(root.get(side).removesuffix("pt")) / 72 for side in ("width", "height"))


def letters(path) -> set[float]:
    """Sizes of type in points."""
    return {float(size) for size in re.findall(r"font(?:-size)?: (?:\w+ )*?([\d.]+)px", path.read_text(encoding="utf-8"))}


@pytest.mark.parametrize(("width", "wide"), [("half", 77.5), ("12cm", 120), ("160 mm", 160), ("slide", 304.8), ("9,5in", 241.3)])
def test_a_figure_is_as_wide_as_asked_in_letters_of_seven_points_or_more(command, rpg, tmp_path, width, wide):
    assert command("compare", "-o", tmp_path / "x.svg", "--width", width, cwd=rpg).code == 0
    for path in tmp_path.iterdir():
        assert inches(path)[0] * 25.4 == pytest.approx(wide, abs=0.1)
        assert min(letters(path)) >= 7


def test_a_long_figure_breaks_into_pages_of_the_height_asked_for(command, rpg, tmp_path):
    ran = command("score", "-o", tmp_path / "x.png", "-o", tmp_path / "y.svg", "--width", "half", "--height", "150mm", cwd=rpg)
    drawn = sorted(tmp_path.glob("x-*.png"))
    assert len(drawn) == len(list(tmp_path.glob("y-*.svg"))) > 1
    assert not (tmp_path / "x.png").exists()
    for path in drawn:
        with Image.open(path) as picture:
            assert [round(side / 300 * 25.4, 1) for side in picture.size] == pytest.approx([77.5, 150], abs=0.2)
        assert f"note: wrote {path}\n" in ran.err
    shown = [texts(path) for path in sorted(tmp_path.glob("y-*.svg"))]
    statements = [found for page in shown for found in page if found.startswith("I ")]
    assert len(statements) == len(set(statements)) == 21  # each once, on some page
    assert "Source: wave-1.csv and wave-3.xlsx." in shown[-1]


def test_a_figure_that_fits_keeps_its_name(command, rpg, tmp_path):
    assert command("response", "-o", tmp_path / "r.png", "--width", "half", "--height", "half", cwd=rpg).code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["r.png"]


@pytest.mark.parametrize(
    ("options", "problem", "hint"),
    [
        (("--width", "120"), "--width: `120` is no length", "120mm"),
        (("--width", "wide"), "--width: `wide` is no length", "half, full or slide"),
        (("--width", "20mm"), "--width: a figure of `20mm` cannot be read", "give 74mm or more"),
        (("--height", "30mm"), "a page of this figure takes", "give --height"),
        (("--sort", "size"), "--sort: `size` is not known", "mean, change, study or name"),
        (("--layout", "round"), "--layout: `round` is not known", "diverging, stacked or lines"),
    ],
)
def test_what_cannot_be_drawn_is_refused(command, rpg, tmp_path, options, problem, hint):
    said = command("score", "-o", tmp_path / "x.png", *options, cwd=rpg).error()
    assert problem in said[0]
    assert hint in said[1]
    assert not list(tmp_path.iterdir())


def test_sizes_are_of_figures(command, rpg, tmp_path):
    assert "--width changes figures only" in command("compare", "-o", tmp_path / "x.csv", "--width", "half", cwd=rpg).error()[0]


def test_a_diagram_that_cannot_be_narrower_says_how_wide_it_has_to_be(command, rpg, tmp_path):
    problem, hint = command("timeline", "-o", tmp_path / "x.png", "--width", "half", cwd=rpg).error()
    assert "takes 160mm to be read" in problem
    assert hint == "give --width 160mm or more"


@pytest.mark.parametrize(
    ("sort", "first"),
    [("mean", "I pause to think"), ("study", "I get to the bottom"), ("change", "I cope better"), ("name", "I am better at handling")],
)
def test_statements_stand_in_the_order_asked_for(command, rpg, tmp_path, sort, first):
    command("score", "-o", tmp_path / "x.svg", "--sort", sort, cwd=rpg)
    drawn = ["".join(node.itertext()) for node in ElementTree.parse(tmp_path / "x.svg").iter(f"{SVG}text")]
    assert next(words for words in drawn if words.startswith("I ")).startswith(first)


def test_stacked_bars_begin_at_one_edge(command, rpg, tmp_path):
    for layout in ("diverging", "stacked"):
        command("score", "-o", tmp_path / f"{layout}.svg", "--layout", layout, "--wave", "+3 years", cwd=rpg)
    told = {layout: " ".join(texts(tmp_path / f"{layout}.svg")) for layout in ("diverging", "stacked")}
    assert "left of the line" in told["diverging"]
    assert "the lowest at the left" in told["stacked"]
    lowest = re.compile(r'd="M ([\d.]+) [^"]*" clip-path="[^"]*" style="fill: #b35806"|d="M ([\d.]+) [^"]*" style="fill: #b35806"')
    starts = {layout: {found[0] or found[1] for found in lowest.findall((tmp_path / f"{layout}.svg").read_text())} for layout in told}
    assert len(starts["stacked"]) <= 2 < len(starts["diverging"])  # the sign of the legend, and all bars
