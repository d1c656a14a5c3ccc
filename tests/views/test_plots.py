"""Figures in characters: the same numbers, within the width, with and without colour and symbols."""

from __future__ import annotations

import io
import re
import sys

import pytest
from rich.cells import cell_len

from rpgstat import text
from rpgstat.errors import UserError
from rpgstat.media.terminal import strip
from rpgstat.result import Result, table
from rpgstat.views import plots

WITHHELD = {"note": "suppressed: small numbers"}


@pytest.fixture(params=[80, 120])
def width(request, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(request.param))
    return request.param


def plotted(result: Result, *beside: Result) -> str:
    return plots.render([result, *beside]).decode()


def breakdown() -> Result:
    shared = {"battery": "B", "item": "a", "text": "I agree", "wave": "w", "by": "role", "scale_low": 1.0, "midpoint": 2.5, "scale_high": 4.0}
    rows = [shared | {"group": f"Group {g}", "n": 9, "mean": 1.0 + g / 4, "rank": 9 - g, "conclusion": "higher" if g == 8 else None} for g in range(9)]
    rows[3] = shared | WITHHELD | {"group": "Group 3"}
    return Result("breakdown", "Groups", table("breakdown", rows), "Welch.")


def chart() -> tuple[Result, Result]:
    values = [31.0, None, 52.0]
    rows = [{"series": "Referrals", "period": f"2017-0{i + 1}", "value": value, "centre": 30.0, "lower": 20.0, "upper": 40.0} for i, value in enumerate(values)]
    rows[2] |= {"signal": "outside", "variation": "concern"}
    events = [{"series": "Referrals", "event": "training began", "period": "2017-02"}]
    return Result("chart", "Charts", table("chart", rows), "XmR."), Result("events", "Events", table("events", events), "")


def rates() -> Result:
    rows = [
        {"measure": "Vacancies", "period": "2015", "rate": 0.06},
        {"measure": "Vacancies", "period": "2016"},
        {"measure": "Vacancies", "period": "2017", "rate": 0.03},
    ]
    return Result("workforce", "Workforce", table("workforce", rows), "Rates as read.")


def response() -> Result:
    rows = [{"wave": "+1 year", "invited": 214, "returned": 47, "rate": 47 / 214}]
    return Result("response", "Response", table("response", rows), "Returned / invited.")


@pytest.mark.usefixtures("width")
def test_scores_show_every_mean_share_and_n(score):
    shown = plotted(score)
    for row in (row for row in score.rows if row["item"] is not None and row["mean"] is not None):
        figures = rf"{row['n']} .* {text.percent(row['agree'])} +{text.fixed(row['mean'])}$"
        assert re.search(figures, shown, re.MULTILINE), row["text"]


@pytest.mark.usefixtures("width")
def test_changes_show_every_mean_change_and_interval(compare):
    shown = plotted(compare)
    for row in compare.rows:
        assert row["mean"] is None or text.fixed(row["mean"]) in shown
        assert row["estimate"] is None or text.signed(row["estimate"]) in shown
        assert row["conf_low"] is None or text.interval(row["conf_low"], row["conf_high"]) in shown


@pytest.mark.parametrize("name", ["score", "compare", "two_contrasts"])
def test_no_line_is_wider_than_the_screen(name, width, request):
    assert max(map(cell_len, plotted(request.getfixturevalue(name)).split("\n"))) <= width


@pytest.mark.parametrize("make", [breakdown, lambda: chart()[0], rates, response])
def test_no_line_of_the_others_is_wider_than_the_screen(make, width):
    assert max(map(cell_len, plotted(make()).split("\n"))) <= width


def test_groups_stand_in_parts_where_there_are_many(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    shown = plotted(breakdown())
    assert all(f"Group {g}" in shown for g in range(9))
    assert "3.00 ★▲" in shown
    assert shown.count("Mean score") == 3  # the unit, in each part
    assert shown.count("[c]") == 2  # in its cell, and where it is explained
    assert "1.75" not in shown


def test_a_period_without_a_value_has_no_bar():
    lines = {line.split()[0]: line for line in plotted(rates()).split("\n") if line[:3] == "201"}
    assert lines["2015"].count("▇") // 2 == lines["2017"].count("▇") > 0
    assert lines["2016"].split() == ["2016", "–"]


def test_a_chart_marks_signals_limits_and_events():
    found, events = chart()
    lines = {line[:8]: line for line in plotted(found, events).split("\n") if line[4:8] == "2017"}
    assert lines["Jan 2017"].index("┊") < lines["Jan 2017"].index("●") < lines["Jan 2017"].rindex("┊")
    assert "◆" in lines["Mar 2017"]
    assert lines["Mar 2017"].endswith("52 outside: concern")
    assert "training began" in lines["Feb 2017"]
    assert not {"●", "◆"} & set(lines["Feb 2017"])


def test_a_response_rate_is_a_dot_without_limits():
    line = next(line for line in plotted(response()).split("\n") if line.startswith("+1 year  ") and "■" in line)
    assert "├" not in line
    assert line.endswith("22.0 %")


@pytest.mark.parametrize("name", ["score", "compare"])
def test_a_console_without_symbols_gets_ascii(name, monkeypatch, request):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))
    shown = plots.render([request.getfixturevalue(name)])
    assert shown.isascii()
    assert b"?" not in shown


def test_levels_differ_without_colour():
    for count in range(1, 12):
        signs = [sign for sign, _ in strip.level_fills(count)]
        assert len(set(signs)) == count


def test_bars_meet_at_the_middle_of_the_scale():
    fills = strip.level_fills(4)
    bars = [strip.diverging(shares, sum(shares[:2]), (0.6, 0.8), 41, fills, False, True).plain for shares in ([0.1, 0.1, 0.4, 0.4], [0.3, 0.3, 0.2, 0.2])]
    assert len({bar.index("│") for bar in bars}) == 1
    assert bars[0].count("#") == bars[0].count("=") == 3
    assert max(map(len, bars)) <= 41


def test_a_colour_terminal_fills_with_colour(score, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLORTERM", "truecolor")
    shown = plotted(score)
    assert "\x1b[" in shown
    assert "####" not in shown


def test_what_cannot_be_drawn_is_said():
    with pytest.raises(UserError, match="`omnibus` cannot be drawn"):
        plots.render([Result("omnibus", "t", table("omnibus", []), "m")])


@pytest.mark.parametrize("name", ["score", "compare", "breakdown", "workforce", "chart", "response", "population", "scales", "post_hoc"])
def test_nothing_is_drawn_of_nothing(name):
    assert plotted(Result(name, "Nothing", table(name, []), "No method.")).startswith("Nothing\n")


def test_hostile_text_stays_text(score):
    rows = [row | {"text": "[bold]x[/bold] \x1b[31m \u202e{{y}}", "wave": "[red]"} for row in score.rows]
    shown = plotted(Result("score", "[b]t[/b]", table("score", rows), "m"))
    assert "\x1b" not in shown
    assert "[bold]x[/bold]" in shown.replace("\n", " ")
