"""Figures as their readers meet them: numbers, sizes, descriptions, and nothing in the way of anything else."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import product
from xml.etree import ElementTree

import pytest
from PIL import Image

from rpgstat import text
from rpgstat.errors import UserError
from rpgstat.media.picture import colours, fonts, sheet
from rpgstat.media.picture.shapes import Line
from rpgstat.result import Result, table
from rpgstat.views import pictures

SUFFIXES = (".png", ".svg", ".pdf")


@pytest.fixture
def result(request, made) -> Result:
    """The result whose name a test is given."""
    own = {"breakdown": lambda: made.groups(5), "workforce": made.rates, "chart": made.chart, "response": made.response}
    return own[request.param]() if request.param in own else request.getfixturevalue(request.param)


EVERY = ("score", "compare", "breakdown", "workforce", "chart", "response")


@pytest.mark.parametrize(
    ("result", "suffix"), [*product(EVERY, (".svg",)), *product(("score", "chart"), (".png", ".pdf"))], indirect=["result"]
)  # what is drawn is the same for all three
def test_the_same_result_gives_the_same_bytes(result, suffix):
    assert pictures.draw(result, suffix) == pictures.draw(result, suffix)


def test_a_figure_of_scores_has_the_numbers_of_its_table(made, score):
    shown = made.words_of(pictures.draw(score, ".svg"))
    for row in (row for row in score.rows if row["item"] is not None and row["mean"] is not None):
        assert text.cell("mean", row["mean"]) in shown
        assert text.cell("share", row["agree"]) in shown
        assert text.cell("count", row["n"]) in shown
        shares = [count / row["n"] for count in row["distribution"] if count / row["n"] >= 0.05]
        assert {text.percent(share).removesuffix(" %") for share in shares} <= set(shown)


def test_small_shares_are_drawn_without_their_number(made):
    result = made.scores(1, 4, 1)
    counted = result.frame.to_dicts()[0] | {"distribution": [3, 31, 33, 33], "n": 100, "not_applicable": 0}
    shown = made.words_of(pictures.draw(replace(result, frame=table("score", [counted])), ".svg"))
    assert "31" in shown
    assert "3" not in shown


def test_a_figure_of_changes_has_the_numbers_of_its_table(made, compare):
    shown = made.words_of(pictures.draw(compare, ".svg"))
    for row in compare.rows:
        for key, kind in (("n", "count"), ("mean", "mean"), ("n_reference", "count"), ("mean_reference", "mean")):
            assert text.cell(kind, row[key]) in shown
        if row["estimate"] is not None:
            assert text.signed(row["estimate"]) in shown
        if row["conf_low"] is not None:
            assert text.interval(row["conf_low"], row["conf_high"]) in shown


def test_what_is_withheld_shows_as_such_and_nowhere_as_a_number(made):
    shown = made.words_of(pictures.draw(made.groups(3), ".svg"))
    assert shown.count("[c]") == 1
    assert [word for word in shown if re.match(r"\d\.\d\d", word)] == ["1.00 ★▲", "3.00"]


def test_rates_are_written_at_their_points_and_a_gap_has_none(made):
    shown = made.words_of(pictures.draw(made.rates(), ".svg"))
    assert {"15.0 %", "14.7 %", "14.8 %", "14.9 %", "6.0 %", "0.9 %", "0.4 %"} <= set(shown)


def test_a_line_is_open_where_there_is_no_value(made):
    canvas = sheet.draw(pictures.sheet_of(made.charts()[0]).pages(None)[0])
    assert sorted(len(shape.points) for shape in canvas.shapes() if isinstance(shape, Line) and shape.colour == "#6B6B6B") == [2, 4]


def test_a_chart_names_its_limits_and_its_events(made):
    chart, events = made.charts()
    shown = made.words_of(pictures.draw(chart, ".svg", beside=[events]))
    assert {"Upper 40", "Centre 30", "Lower 20.50", "training began", "Referrals"} <= set(shown)
    assert "training began" not in made.words_of(pictures.draw(chart, ".svg"))


def test_a_chart_says_how_its_series_went_where_that_was_worked_out(made):
    told = "Referrals were steady at 31 (p = .900)."
    trend = Result("trend", "Trend", table("trend", [{"series": "Referrals", "sentence": told}]), "Theil and Sen.")
    assert f"{told} 1 signal in 6 periods." in made.words_of(pictures.draw(made.charts()[0], ".svg", beside=[trend]))
    assert f"{told} 1 signal in 6 periods." in pictures.alt_text(made.charts()[0], [trend])
    assert "31 in Jan 2017, 31 in Jul 2017; between 29 and 52 over 6 periods; 1 signal." in made.words_of(pictures.draw(made.charts()[0], ".svg"))


def test_a_picture_is_as_wide_as_the_text_of_a_page_at_300_dots(compare):
    picture = Image.open(io.BytesIO(pictures.draw(compare, ".png")))
    assert picture.width == 1890
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.01)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_picture_carries_its_description_and_no_date(score, suffix):
    drawn = pictures.draw(score, suffix)
    words = pictures.alt_text(score)
    match suffix:
        case ".png":
            assert Image.open(io.BytesIO(drawn)).info["Description"] == words
        case ".svg":
            assert ElementTree.fromstring(drawn).get("aria-label") == words
        case _:
            assert b"/Subject" in drawn
    assert not re.search(rb"CreationDate|dc:date", drawn)


def test_a_pdf_keeps_its_letters_as_truetype(score):
    drawn = pictures.draw(score, ".pdf")
    assert b"/FontFile2" in drawn
    assert b"/Type3" not in drawn


def test_alternative_text_says_what_the_figure_says(made, score, compare):
    assert pictures.alt_text(score).startswith("Diverging stacked bars. Reflective practice groups: scores. Of the statements, in +1 year ")
    assert "In +1 year (n = 1 to 47) agreement ranges from 33 % (“" in pictures.alt_text(score)
    told = pictures.alt_text(compare)
    assert "From +1 year to +3 years, of 16 statements 5 rose and 1 fell" in told
    assert "2.02 (n = 47), then 2.61 (n = 75), +0.59 [0.33, 0.85]" in told
    assert "Events: training began, Apr 2017." in pictures.alt_text(made.charts()[0], made.charts()[1:])
    assert len(pictures.alt_text(made.scores(40, 5, 6))) < 900


def test_bars_that_count_people_beside_weighted_means_say_so(made, score):
    told = "Bars count people who answered; agree and means are weighted."
    assert told not in made.words_of(pictures.draw(score, ".svg"))
    weighted = replace(score, options={**score.options, "weights": "the column `w`"})
    assert told in made.words_of(pictures.draw(weighted, ".svg"))


def test_the_title_may_be_left_to_a_caption(made, compare):
    assert compare.title in made.words_of(pictures.draw(compare, ".svg"))
    assert compare.title not in made.words_of(pictures.draw(compare, ".svg", titled=False))


@pytest.mark.parametrize("name", ["score", "compare", "breakdown", "workforce", "chart", "response", "population", "scales", "post_hoc"])
def test_a_result_without_rows_is_a_figure_without_rows(made, name):
    assert made.words_of(pictures.draw(Result(name, "Nothing", table(name, []), "No method."), ".svg"))[0] == "Nothing"


def test_a_wave_without_answers_says_why(made):
    row = made.scores(1, 4, 1).rows[0] | {"n": 0, "distribution": None, "mean": None, "agree": None, "note": "not asked in wave 0"}
    shown = made.words_of(pictures.draw(Result("score", "Scores", table("score", [row]), "Means."), ".svg"))
    assert "not asked in wave 0" in shown


def test_a_scale_without_a_midpoint_is_not_centred(made):
    rows = [row | {"midpoint": None, "agree": None} for row in made.scores(2, 5, 1).rows]
    shown = " ".join(made.words_of(pictures.draw(Result("score", "Scores", table("score", rows), "Means."), ".svg")))
    assert "left of the line" not in shown


def test_what_cannot_be_drawn_is_said_with_what_can(made):
    omnibus = Result("omnibus", "Groups", table("omnibus", []), "F.")
    with pytest.raises(UserError, match="`omnibus` cannot be drawn") as raised:
        pictures.draw(omnibus, ".png")
    assert "score" in raised.value.hint
    assert pictures.natural([omnibus, made.groups(3)]).name == "breakdown"


def test_characters_that_the_font_lacks_are_named(made):
    found = pictures.boxes(made.scores(1, 4, 1, ("plain, “quoted” and 你好 🎉",)))
    assert set(found) == {"🎉", *(() if fonts.fallbacks("你好") else ("你", "好"))}  # where the machine has a font for Chinese, it is taken
    assert pictures.boxes(made.scores(1, 4, 1)) == []


def test_colours_keep_apart_in_grey_and_numbers_read_on_them():
    def contrast(a: str, b: str) -> float:
        high, low = sorted((colours.luminance(a), colours.luminance(b)), reverse=True)
        return (high + 0.05) / (low + 0.05)

    assert contrast(colours.EARLIER, colours.LATER) >= 3
    grounds = {*(c for k in range(2, 12) for c in colours.levels(k)), *colours.levels(9, directed=False), *(colours.between(i / 50) for i in range(51))}
    assert min(contrast(ground, colours.on(ground)) for ground in grounds) >= 4.5
    assert all(len(set(colours.levels(k))) == k for k in range(1, 12))


def test_drawing_leaves_the_settings_of_others_alone_and_heeds_none(score):
    import matplotlib

    before = pictures.draw(score, ".svg")
    with matplotlib.rc_context({"font.size": 30, "svg.fonttype": "path", "svg.hashsalt": None, "text.parse_math": True, "savefig.dpi": 20}):
        mine = dict(matplotlib.rcParams)
        assert pictures.draw(score, ".svg") == before
        assert dict(matplotlib.rcParams) == mine


def test_matplotlib_is_loaded_only_for_svg_and_pdf_and_pyplot_never():
    program = (
        "import sys; from rpgstat.views import pictures, plots; from rpgstat.result import Result, table\n"
        "result = Result('score', 'Wyniki: “źdźbło”', table('score', []), 'm')\n"
        "pictures.alt_text(result), plots.render([result]); print('PIL' in sys.modules)\n"
        "pictures.draw(result, '.png'); print('matplotlib' in sys.modules, 'numpy' in sys.modules)\n"
        "pictures.draw(result, '.svg'); print('matplotlib.pyplot' in sys.modules, 'seaborn' in sys.modules)"
    )
    environment = os.environ | {"PYTHONIOENCODING": "utf-8"}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True, timeout=60, env=environment)
    assert [line for line in done.stdout.splitlines() if line.startswith(("True", "False"))] == ["False", "False False", "False False"]
    assert done.stderr == ""


@pytest.mark.parametrize(("target", "code", "words"), [(15.0, "failing", "Target 15: consistently missed"), (None, None, None)])
def test_a_target_is_a_line_and_an_icon_with_words(made, target, code, words):
    chart = made.charts()[0]
    aimed = replace(chart, frame=table("chart", [row | {"target": target, "assurance": code} for row in chart.rows]))
    shown, described = made.words_of(pictures.draw(aimed, ".svg")), pictures.alt_text(aimed)
    assert "Latest point: common-cause variation" in shown
    assert [name in shown for name in (words, "Target 15", "target")] == [target is not None] * 3
    assert (f"{words}." in described) == (target is not None)
