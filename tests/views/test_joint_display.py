"""The figure of `joint`: bars with limits, so many of so many, means on their scale, and how both go together."""

from __future__ import annotations

import pytest

from rpgstat.media.picture import sheet
from rpgstat.media.picture.paper import Canvas
from rpgstat.result import Result, table
from rpgstat.views import pictures

SAID = {
    "theme": "Hope", "valence": "positive", "source": "Open", "kind": "answers", "reference": "a", "wave": "b", "n_reference": 30, "mentions_reference": 6,
    "share_reference": 0.2, "share_reference_low": 0.1, "share_reference_high": 0.37, "n": 50, "mentions": 20, "share": 0.4, "share_low": 0.28,
    "share_high": 0.54, "fit": "differs", "direction": "other way",
}  # fmt: skip
TICKED = {
    "result": "compare", "row": "compare.cope", "statement": "I cope", "value_reference": 2.4, "value": 2.9, "scale_low": 1.0, "midpoint": 2.5,
    "scale_high": 4.0, "estimate": 0.5, "conclusion": "higher",
}  # fmt: skip
TALKS = {
    "source": "Talks", "kind": "interviews", "n_reference": 15, "mentions_reference": 8, "n": 7, "mentions": 3,
    **dict.fromkeys(("share", "share_low", "share_high", "share_reference", "share_reference_low", "share_reference_high")),
}  # fmt: skip


class Drawn(Canvas):
    """A canvas that keeps what is drawn on it."""

    def __init__(self):
        super().__init__(50.0)
        self.words, self.boxes, self.lines_at, self.marks = [], [], [], []

    def text(self, *given, **more):
        self.words.append((given[2], more.get("colour")))

    def box(self, *given, **_):
        self.boxes.append((given[0], given[2], given[4]))

    def line(self, *given, **_):
        self.lines_at.append((tuple(given[0]), tuple(given[1])))

    def mark(self, *given, **more):
        self.marks.append((given[0], given[2], more.get("filled", True)))


def drawn(*rows, options=None):
    result = Result("joint", "What was said", table("joint", rows), "", options=options or {})
    canvas, top = Drawn(), 0.0
    (page,) = pictures.sheet_of(result).pages(None)
    for band in page:
        band.draw(canvas, top)
        top += band.height
    assert isinstance(sheet.draw(page), Canvas)
    return canvas


def words(canvas):
    return [words for words, _ in canvas.words]


def test_both_halves_stand_under_headings_with_the_ends_of_their_scales():
    found = words(drawn(SAID | TICKED, SAID | TICKED | TALKS))
    assert {"What people said", "Open answers", "Interviews", "What they ticked", "Mean, 1 to 4", "Read together"} <= {*found}
    assert {"0 %", "60 %", "1", "2.5", "4", "+0.50", "8 of 15", "3 of 7", "differs"} <= {*found}
    assert "a (30 wrote an answer and 15 interviews)" in found
    assert any("with 95 % limits" in line.replace("\N{NO-BREAK SPACE}", " ") for line in found)


def test_bars_reach_as_far_as_their_shares_and_carry_their_limits():
    canvas = drawn(SAID | TICKED)
    (left, first, _), (_, last, _) = canvas.boxes
    assert last == pytest.approx(2 * first)
    unit = first / 0.2
    limits = [((left + low * unit, left + high * unit)) for low, high in ((0.1, 0.37), (0.28, 0.54))]
    horizontal = [xs for xs, ys in canvas.lines_at if ys[0] == ys[1]]
    for pair in limits:
        assert any(xs == pytest.approx(pair) for xs in horizontal)


def test_means_stand_on_the_whole_scale_and_a_change_that_was_found_is_filled():
    canvas = drawn(SAID | TICKED)
    earlier, later = canvas.marks[-2:]
    assert (earlier[1:], later[1:]) == (("o", False), ("s", True))
    assert drawn(SAID | TICKED | {"conclusion": "inconclusive"}).marks[-1][1:] == ("s", False)
    scale = next(xs for xs, ys in canvas.lines_at if xs[0] < earlier[0] < later[0] < xs[1] and xs[0] > 4)
    width = (scale[1] - scale[0]) / 3
    assert (earlier[0], later[0]) == (pytest.approx(scale[0] + 1.4 * width), pytest.approx(scale[0] + 1.9 * width))


def test_statements_on_several_scales_have_each_its_ends():
    other = {"row": "score.well", "statement": "I am well", "scale_low": 0.0, "midpoint": 5.0, "scale_high": 10.0, "value_reference": None, "value": 7.0}
    found = words(drawn(SAID | TICKED, SAID | TICKED | other))
    assert "Mean" in found
    assert {"1", "4", "0", "10"} <= {*found}
    assert "2.5" not in found


def test_rates_beside_a_theme_are_written_as_rates():
    rate = {"result": "workforce", "row": "workforce.x", "statement": "Turnover", "value_reference": None, "value": 0.149, "estimate": -0.001}
    own = SAID | TICKED | rate | dict.fromkeys(("scale_low", "midpoint", "scale_high"))
    found = words(drawn(own, options={"shares": ["workforce.x"]}))
    assert {"14.9 %", "−0.1"} <= {*found}
    assert "12.3" in words(drawn(own | {"value": 12.3}))


def test_what_was_not_looked_for_is_no_bar_and_what_is_withheld_no_number():
    unsought = drawn(SAID | {key: None for key in SAID if key.endswith(("_reference", "_reference_low", "_reference_high"))} | {"row": None})
    assert "not coded for" in words(unsought)
    assert len(unsought.boxes) == 1
    hidden = drawn(SAID | dict.fromkeys(("mentions", "share", "share_low", "share_high")) | {"row": None})
    assert "[c]" in words(hidden)
    assert "no statement asked" in words(hidden)


def test_several_sources_of_one_kind_stand_below_each_other_under_their_names():
    canvas = drawn(SAID | TICKED, SAID | TICKED | {"source": "More"}, SAID | TICKED | TALKS, SAID | TICKED | TALKS | {"source": "FG", "kind": "groups"})
    found = words(canvas)
    assert {"Open", "More", "Talks", "FG", "Focus groups"} <= {*found}
    assert len(canvas.boxes) == 4


def test_what_differs_and_what_is_silent_stand_out():
    colours = dict(drawn(SAID | TICKED, SAID | {"theme": "Calm", "fit": "silent", "row": None}).words)
    assert len({colours["differs"], colours["silent"], colours["+0.50"]}) == 3
