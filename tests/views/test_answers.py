"""The figure of `topline`: bars, lines, stacks or a curve, as there are waves and answers."""

import io
import itertools

import pytest
from rich.console import Console

from rpgstat import workflow
from rpgstat.media.terminal.plotter import Plotter
from rpgstat.views.questions import bars, curves
from rpgstat.views.rows import rows_of, values


@pytest.fixture
def found(tmp_path, monkeypatch):
    """found(waves, columns): the result of so many exports, each with these columns of answers, which move on from wave to wave."""
    monkeypatch.chdir(tmp_path)

    def made(waves, columns, declared=""):
        for wave in range(waves):
            rows = [",".join(answers[(i * i + wave * i) % len(answers)] for answers in columns.values()) for i in range(40)]
            (tmp_path / f"w{wave}.csv").write_text("\n".join([",".join(columns), *rows]) + "\n", encoding="utf-8")
        if declared:
            named = "".join(f'[[waves]]\nname = "w{wave}"\nfile = "w{wave}.csv"\n' for wave in range(waves))
            (tmp_path / "study.toml").write_text(named + declared, encoding="utf-8")
            return workflow.topline()[0]
        return workflow.topline(*(f"w{wave}.csv" for wave in range(waves)))[0]

    return made


def caption(result):
    return bars.sheet(result, ()).caption[0]


def test_two_waves_are_paired_bars_and_three_are_lines(found):
    mentor = {"Mentor?": ["Yes", "No", "Yes"], "Travel": ["Bus", "Car", "Foot"]}
    assert caption(found(2, mentor)).startswith("Bars: share")
    three = bars.sheet(found(3, mentor), ())
    assert three.caption[0].startswith("Lines: share")
    assert len(three.blocks) == 2


def test_questions_with_the_same_answers_are_stacked(found):
    answers = ["Daily", "Weekly", "Monthly", "Daily"]
    sheet = bars.sheet(found(2, {"Meetings": answers, "Visits": answers[::-1]}), ())
    assert sheet.caption[0].startswith("Each bar is 100 %")
    assert len(sheet.blocks) == 1
    assert len(sheet.blocks[0].rows) == 2


def test_days_are_a_curve(found):
    days = [f"2024-03-{day:02}" for day in range(1, 15)]
    result = found(2, {"Answered": days, "Mentor?": ["Yes", "No"]}, '[[questions]]\ntext = "Answered"\nkind = "date"\n')
    sheet = bars.sheet(result, ())
    assert len(sheet.blocks) == 1
    assert sheet.caption[0].startswith("Curves: how many had answered")
    assert not any(row["note"] for row in result.rows if row["kind"] == "date")


@pytest.mark.parametrize(("waves", "options"), [(3, 2), (3, 30), (2, 3)])
def test_every_form_is_drawn(found, tmp_path, waves, options):
    from rpgstat.results import Results

    result = found(waves, {"Where from?": [f"Place {place}" for place in range(options)], "Mentor?": ["Yes", "No"]})
    Results([result]).save(tmp_path / "a.png")
    assert (tmp_path / "a.png").read_bytes()[:4] == b"\x89PNG"


def test_labels_at_the_ends_of_lines_do_not_touch():
    places = sorted(curves._apart([1.0, 1.0, 1.02, 3.0]))
    assert all(below - above >= curves._LEAST - 1e-9 for above, below in itertools.pairwise(places))


def plotted(result, width=80):
    plotter = Plotter(Console(width=width, no_color=True), str)
    console = Console(width=width, no_color=True, record=True, file=io.StringIO())
    for part in bars.plot(result, list(rows_of(result)), plotter, ()):
        console.print(part)
    return console.export_text()


def test_the_plot_has_the_form_of_the_figure(found):
    mentor = {"Mentor?": ["Yes", "No", "Yes"], "Travel": ["Bus", "Car", "Foot"]}
    assert "▇" in plotted(found(2, mentor))
    three = plotted(found(3, mentor))
    assert "from wave to wave" in three
    assert "▇" not in three
    assert [line.split() for line in three.splitlines() if "w0" in line] == [["w0", "w1", "w2"]] * 2


def test_a_line_ends_beside_its_answer_at_every_width(found):
    result = found(3, {"Where from?": [f"Place {place}" for place in range(9)]})
    for width in (60, 80, 200):
        lines = plotted(result, width).splitlines()
        assert all(sum(place in line for line in lines) == 1 for place in values(result.rows, "option"))
        assert max(map(len, lines)) <= width


def test_stacked_bars_are_as_long_as_each_other(found):
    answers = ["Daily", "Weekly", "Monthly", "Daily"]
    told = [line for line in plotted(found(2, {"Meetings": answers, "Visits": answers[::-1]})).splitlines() if " 40 " in line]
    assert len(told) == 4
    assert len({len(line.rstrip()) for line in told}) == 1


def test_of_very_many_answers_there_are_bars_and_not_lines(found):
    assert "▇" in plotted(found(3, {"Where from?": [f"Place {place}" for place in range(30)]}))
