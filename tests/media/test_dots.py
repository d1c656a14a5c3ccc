"""Pictures in dots: each shape covers what matplotlib covers, lines are sharp, colours are kept, whatever is drawn over what."""

from __future__ import annotations

import io
from itertools import groupby, product

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageOps

from rpgstat.media.picture import dots, fonts, stamps, typeset, vectors
from rpgstat.media.picture.paper import BROKEN, PALE, RULE, Canvas

BLUE, RED, INK = "#12436D", "#B00020", "#000000"


def canvas(draw, height=1.2, width=2.0, scale=1.0):
    made = Canvas(height, width, scale)
    draw(made)
    return made


def both(made, dpi):
    """A picture as we draw it and as matplotlib does, in grey, dark on white turned to light on black."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    with vectors.settings():
        figure = vectors.figure(made)
        figure.set_dpi(dpi)
        agg = FigureCanvasAgg(figure)
        agg.draw()
        theirs = Image.frombuffer("RGBA", agg.get_width_height(), agg.buffer_rgba(), "raw", "RGBA", 0, 1)
    return tuple(ImageOps.invert(image.convert("RGB").convert("L")) for image in (dots.drawn(made, dpi), theirs))


def ink(image):
    """How much is drawn, in dots that are covered wholly, and the middle of it."""
    values = list(image.tobytes())
    total = sum(values)
    across, down = (sum(i % image.width * v for i, v in enumerate(values)), sum(i // image.width * v for i, v in enumerate(values)))
    return total / 255, across / total, down / total


def zigzag(c):
    c.line([0.1, 0.6, 1.0, 1.4, 1.9], [1.0, 0.2, 0.9, 0.85, 0.1], BLUE, 1.2)


SHAPES = {
    "box": lambda c: c.box(0.213, 0.307, 1.02, 0.411, BLUE),
    "hatch": lambda c: c.box(0.2, 0.1, 1.6, 1.0, PALE, hatch="////"),
    "cross hatch": lambda c: c.box(0.2, 0.1, 1.6, 1.0, PALE, hatch="xxxx"),
    "level line": lambda c: c.line([0.11, 1.83], [0.617, 0.617], INK, 1.0),
    "upright hairline": lambda c: c.line([0.513, 0.513], [0.1, 1.1], RULE, 0.4, above=False),
    "dashes": lambda c: c.line([0.1, 1.9], [0.5, 0.5], INK, 0.9, dashes=(5.0, 2.0)),
    "dashes and dots": lambda c: c.line([0.4, 0.4], [0.05, 1.15], RED, 1.1, dashes=(9.0, 2.0, 2.0, 2.0)),
    "slanting line": lambda c: c.line([0.2, 1.8], [0.2, 0.45], "#8C8C8C", 1.6),
    "bent line": zigzag,
    "slanting dashes": lambda c: c.line([0.1, 1.0, 1.9], [0.2, 0.3, 1.1], INK, 1.4, dashes=(3.0, 2.0)),
    "steps": lambda c: c.line([0.1, 0.7, 0.7, 1.3, 1.3, 1.9], [0.3, 0.3, 0.5, 0.5, 0.4, 0.4], INK, 0.9),
    "steps in dashes": lambda c: c.line([0.1, 0.7, 0.7, 1.3, 1.3, 1.9], [0.3, 0.3, 0.5, 0.5, 0.4, 0.4], INK, 0.9, dashes=(5.0, 2.0)),
    "round box": lambda c: c.rounded(0.2, 0.2, 1.5, 0.8, "#FCEEE4", "#B04A00", 1.6),
    "broken round box": lambda c: c.rounded(0.2, 0.2, 1.5, 0.8, "#FCEEE4", "#B04A00", 1.0, broken=True),
    "arrow": lambda c: c.arrow([(0.1, 0.2), (0.9, 1.0), (1.9, 0.4)], INK),
    "broken arrow": lambda c: c.arrow([(0.1, 0.2), (1.9, 1.0)], "#595959", broken=True),
    "arrow that blocks": lambda c: c.arrow([(0.1, 1.0), (1.9, 0.2)], INK, blocks=True),
    "note": lambda c: (zigzag(c), c.note(0.7, 0.6, "a note over a line", 7.0, 1.2)),
    "text": lambda c: c.lines(0.1, 0.2, ["Words of 8 points", "źdźbło – “quoted” ▲ +0.50"], 8.0),
    "bold text in the middle": lambda c: c.text(1.0, 0.6, "Bold, in the middle", 10.0, align="center", bold=True, colour=RED),
    "text to the right": lambda c: c.text(1.9, 0.6, "[−0.13, 0.41]", 8.0, align="right"),
}
LOOSE = {"hatch": 0.06, "cross hatch": 0.06, "upright hairline": 0.06, "broken arrow": 0.05} | dict.fromkeys([name for name in SHAPES if "te" in name], 0.04)
"""Where hatches and strokes begin, whether letters stand between dots and the steps of a pale line differ; of all else the ink is the same to 3 %."""


@pytest.mark.parametrize("dpi", [220, 300])
@pytest.mark.parametrize("shape", SHAPES)
def test_each_shape_covers_what_matplotlib_covers(shape, dpi):
    ours, theirs = both(canvas(SHAPES[shape]), dpi)
    (amount, *middle), (expected, *place) = ink(ours), ink(theirs)
    assert amount == pytest.approx(expected, rel=LOOSE.get(shape, 0.03))
    assert middle == pytest.approx(place, abs=dpi / 60)
    blurred = [image.reduce(4) for image in (ours, theirs)]  # a shift of half a dot is no difference
    unlike = ImageChops.difference(*blurred)
    if "hatch" not in shape:
        assert sum(unlike.tobytes()) < (0.4 if "text" in shape else 0.25) * sum(blurred[1].tobytes())
    assert unlike.getextrema()[1] < 150


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("letter", ["o", "s", "D", "^", "v", "<", ">", "P", "*"])
def test_each_marker_covers_what_matplotlib_covers(letter, filled):
    ours, theirs = both(canvas(lambda c: c.mark(0.1, 0.1, letter, BLUE, filled=filled, size=6.0), 0.2, 0.2), 300)
    (amount, *middle), (expected, *place) = ink(ours), ink(theirs)
    assert amount == pytest.approx(expected, rel=0.06 if filled else 0.12)
    assert middle == pytest.approx(place, abs=1.1)


@pytest.mark.parametrize(("scale", "dpi"), [(1.0, 96), (1.0, 220), (1.5, 300), (2.3, 150)])
def test_a_larger_picture_is_the_same_one_larger(scale, dpi):
    made = canvas(lambda c: [draw(c) for name, draw in SHAPES.items() if name in ("box", "arrow", "steps", "round box")], scale=scale)
    ours, theirs = both(made, dpi)
    assert ours.size == theirs.size
    assert ink(ours)[0] == pytest.approx(ink(theirs)[0], rel=0.03)


@pytest.mark.parametrize("dpi", [96, 150, 220, 300])
def test_a_hairline_is_grey_and_no_wider_than_three_dots(dpi):
    picture = dots.drawn(canvas(lambda c: c.line([0.1, 1.9], [0.617, 0.617], INK, 0.4)), dpi).convert("L")
    column = [picture.getpixel((picture.width // 2, y)) for y in range(picture.height)]
    dark = [255 - value for value in column if value < 255]
    assert 1 <= len(dark) <= 3
    assert sum(dark) / 255 == pytest.approx(0.4 * dpi / 72, abs=0.07)


@pytest.mark.parametrize("dpi", [150, 220, 300])
@pytest.mark.parametrize("letter", ["o", "s", "D"])
def test_a_marker_stands_in_the_middle_of_its_line(letter, dpi):
    for y in (0.5, 0.5 + 0.3 / dpi, 0.5 + 0.6 / dpi, 0.5 + 0.9 / dpi):
        made = canvas(lambda c, y=y: (c.line([0.2, 1.8], [y, y], BLUE, 1.0), c.mark(1.0, y, letter, BLUE, filled=False)))
        drawn = ImageOps.invert(dots.drawn(made, dpi).convert("L"))
        drawn = drawn.crop(drawn.getbbox())
        assert ImageChops.difference(drawn, ImageOps.flip(drawn)).getextrema()[1] <= 32


def test_squares_and_bars_are_sharp():
    made = canvas(lambda c: (c.box(0.213, 0.307, 1.02, 0.411, BLUE), c.mark(1.6, 0.8, "s", RED, filled=False)))
    assert {colour for _, colour in dots.drawn(made, 220).convert("RGB").getcolors()} == {(255, 255, 255), (18, 67, 109), (176, 0, 32)}


def test_what_is_small_is_there():
    picture = dots.drawn(canvas(lambda c: c.box(0.5, 0.5, 0.0004, 0.2, RED)), 220).convert("RGB")
    assert sum(count for count, colour in picture.getcolors() if colour == (176, 0, 32)) == 44


def test_the_strokes_of_a_broken_line_are_of_one_length():
    picture = dots.drawn(canvas(lambda c: c.line([0.1, 1.9], [0.6, 0.6], INK, 1.0, dashes=BROKEN)), 288).convert("L")
    row = [picture.getpixel((x, round(0.6 * 288))) < 128 for x in range(picture.width)]
    runs = [(dark, len(list(run))) for dark, run in groupby(row)]
    assert {length for dark, length in runs[1:-2] if dark} == {12}
    assert {length for dark, length in runs[1:-2] if not dark} == {8}


def test_few_colours_are_a_palette_and_many_are_all_kept():
    few = canvas(lambda c: [draw(c) for name, draw in SHAPES.items() if name in ("text", "level line", "bent line", "box")])
    assert dots.drawn(few, 220).mode == "P"
    ramp = [f"#{i:02X}{255 - i:02X}80" for i in range(256)] + ["#123456"]
    many = dots.drawn(canvas(lambda c: [c.box(0.1 + i * 0.005, 0.2, 0.005, 0.5, colour) for i, colour in enumerate(ramp)]), 400)
    assert many.mode == "RGB"
    assert {(int(c[1:3], 16), int(c[3:5], 16), int(c[5:7], 16)) for c in ramp} <= {colour for _, colour in many.getcolors(1 << 20)}


@pytest.mark.parametrize("dpi", [150, 300])
def test_a_palette_changes_no_colour_by_much(dpi):
    """Text, markers and hairlines on grounds of many colours, in a palette and without one."""

    def draw(c):
        for i, (x, y) in enumerate(product(range(3), range(4))):
            c.box(0.1 + x * 0.36, 0.1 + y * 0.27, 0.33, 0.24, ("#B35806", "#F1A340", "#2166AC")[x], hatch="/" * (i % 3 == 0) * 4)
            c.text(0.27 + x * 0.36, 0.2 + y * 0.27, f"2.{i}", 8.0, align="center", colour="white" if x != 1 else "black")
            c.mark(0.3 + x * 0.36, 0.3 + y * 0.27, "osD"[i % 3], BLUE, filled=i % 2 == 0)
            c.line([0.05, 1.7], [0.3 + y * 0.27, 0.3 + y * 0.27], RULE, 0.4)

    made = canvas(draw)
    kept = dots.drawn(made, dpi)
    size = kept.size
    exact = dots._drawn(made, dots.AllColours(size), dpi)
    assert kept.mode == "P"
    unlike = ImageChops.difference(kept.convert("RGB"), exact)
    assert max(high for _, high in unlike.getextrema()) <= 24
    assert sum(unlike.convert("L").tobytes()) / (size[0] * size[1]) < 0.5


@pytest.mark.parametrize("words", ["काम के बारे में", "مرحبا بالعالم", "e\u0301te\u0301"])
def test_letters_that_are_joined_are_set_by_matplotlib(words):
    made = canvas(lambda c: (c.box(0.05, 0.3, 1.9, 0.6, PALE), c.text(0.1, 0.6, words, 10.0, colour=RED), c.text(0.1, 1.0, "plain", 8.0)))
    assert not fonts.is_plain(words)
    ours, theirs = both(made, 300)
    assert ink(ours)[0] == pytest.approx(ink(theirs)[0], rel=0.01)
    assert ImageChops.difference(ours.crop((0, 0, 600, 285)), theirs.crop((0, 0, 600, 285))).getextrema()[1] <= 24


def test_a_picture_has_the_size_and_the_dots_that_it_says():
    drawn = canvas(zigzag, 1.0, 2.0).png("Title", "Description", 220)
    picture = Image.open(io.BytesIO(drawn))
    assert picture.size == (440, 220)
    assert picture.info["dpi"] == pytest.approx((220, 220), abs=0.02)
    assert (picture.info["Title"], picture.info["Description"]) == ("Title", "Description")


def test_shapes_beyond_the_edge_are_cut_there():
    made = canvas(lambda c: (c.mark(0.0, 0.0, "o", RED), c.text(1.9, 1.19, "beyond", 8.0), c.line([-0.5, 2.5], [0.0, 1.2], INK, 1.0)))
    ours, theirs = both(made, 220)
    assert ours.size == theirs.size
    assert ink(ours)[0] == pytest.approx(ink(theirs)[0], rel=0.05)


def test_a_font_is_asked_what_it_lacks_without_matplotlib():
    characters = [c for c in map(chr, range(0xA1, 0x2C00, 7)) if fonts.is_plain(c) and not c.isspace()]
    held = fonts._held(str(fonts._file()))
    assert fonts.lacking("".join(characters)) == "".join(sorted(c for c in characters if c not in held))
    assert 50 < len(fonts.lacking("".join(characters))) < len(characters) / 2


@pytest.mark.parametrize("pixels", [11.3, 24.444, 33.333, 100.0])
@pytest.mark.parametrize("bold", [False, True])
@pytest.mark.parametrize("words", ["n = 46", "[−0.13, 0.41]", "I cope better with the emotional strain", "źdźbło – “quoted” ▲", "fjord jig ffi", ""])
def test_a_line_of_letters_is_the_line_that_pillow_sets(words, bold, pixels):
    face, room = fonts.letters(pixels, bold), 2 * round(pixels)
    theirs = Image.new("L", (round(face.getlength(words)) + 2 * room, 2 * room))
    ImageDraw.Draw(theirs).text((room, room), words, fill=255, font=face, anchor="ls")
    ours = Image.new("L", theirs.size)
    if stamp := typeset.line(words, pixels, bold):
        ours.paste(Image.frombytes("L", (stamp.width, stamp.height), stamp.dots), (room + stamp.x, room + stamp.y))
    assert fonts.plain_length(words, pixels, bold) == pytest.approx(face.getlength(words), abs=1e-9)
    assert ImageChops.difference(ours, theirs).getextrema()[1] <= 1


def test_a_blank_line_draws_nothing():
    assert typeset.line("   ", 24.0, bold=False) is None
    assert dots.drawn(canvas(lambda c: c.text(0.5, 0.5, " ", 8.0)), 100).getcolors() == [(24000, 0)]


@pytest.mark.parametrize(("shape", "dpi"), [*product(("bent line", "arrow", "broken arrow", "steps"), (220, 300))])
def test_a_line_in_slices_is_the_whole_line(shape, dpi, monkeypatch):
    made = canvas(SHAPES[shape])
    sliced = dots.drawn(made, dpi).convert("RGB")
    monkeypatch.setattr(stamps, "_SLICE", 10_000)
    assert dots.drawn(made, dpi).convert("RGB").tobytes() == sliced.tobytes()


@pytest.mark.parametrize("bold", [False, True])
def test_where_the_font_was_moved_matplotlib_is_asked(bold, monkeypatch):
    held = fonts._file(bold)
    monkeypatch.setattr(fonts, "find_spec", lambda _: None)
    assert fonts._file.__wrapped__(bold).samefile(held)
