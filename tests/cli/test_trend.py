"""`rpgstat compare --trend`: three waves of our own, their dates, the other tests, and what cannot be asked."""

from __future__ import annotations

import random
import re

import pytest
import xlsxwriter

from rpgstat.stats.proportional_odds import proportional_odds
from rpgstat.stats.sample import describe
from rpgstat.stats.wave_trend import departure, jonckheere, linear_by_linear, slope

LEVELS = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
SCORES = [1, 2, 3, 4]


def answers(seed, sizes=(40, 45, 38)):
    """Scores of two statements in three waves: one rises, one goes up and back."""
    rng = random.Random(seed)
    shift = {"I feel safe": (0, 0.6, 1.2), "I am heard": (0, 0.9, 0)}
    return [{item: [min(4, max(1, round(rng.gauss(2.0 + by[w], 0.7)))) for _ in range(n)] for item, by in shift.items()} for w, n in enumerate(sizes)]


@pytest.fixture
def survey(tmp_path):
    def made(waves, when=("", "", "")):
        declared = '[scales.a]\nlevels = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]\n'
        for i, (wave, own) in enumerate(zip(waves, when, strict=True), start=1):
            rows = zip(*([LEVELS[score - 1] for score in scores] for scores in wave.values()), strict=True)
            (tmp_path / f"w{i}.csv").write_text("\n".join([",".join(wave), *map(",".join, rows)]) + "\n", encoding="utf-8")
            declared += f'[[waves]]\nname = "w{i}"\nfile = "w{i}.csv"\n{own}\n'
        items = ", ".join(f'"{item}"' for item in waves[0])
        (tmp_path / "study.toml").write_text(f'{declared}[[batteries]]\nname = "Work"\nscale = "a"\nitems = [{items}]\n', encoding="utf-8")
        return tmp_path

    return made


def counts_of(waves, item):
    return [[wave[item].count(score) for score in SCORES] for wave in waves]


DATES = ('date = "2013-10"', 'date = "2014-10"', 'date = "2016-10"')


def test_the_slope_per_year_and_its_departure_from_a_line(command, survey):
    waves = answers(4)
    ran = command("compare", "--trend", "-f", "json", cwd=survey(waves, DATES))
    assert [result["name"] for result in ran.document["results"]] == ["trend_waves"]
    for row in ran.rows[:2]:
        samples, times = [describe(counts=own, scores=SCORES) for own in counts_of(waves, row["text"])], [0, 1, 3]
        line, bent = slope(samples=samples, times=times), departure(samples=samples, times=times)
        found = [row[key] for key in ("slope", "slope_low", "slope_high", "df", "statistic", "p_value", "departure_f", "departure_df2", "departure_p")]
        expected = [line.estimate, line.conf_low, line.conf_high, line.df, line.statistic, line.p_value, bent.f_statistic, bent.df2, bent.p_value]
        assert found == pytest.approx(expected, rel=1e-9)
        assert (row["waves"], row["n"], row["method"]) == (3, 123, "slope")
    assert [row["conclusion"] for row in ran.rows[:2]] == ["rose", "mixed"]
    assert "not a straight line" in ran.rows[1]["note"]
    assert (ran.rows[2]["item"], ran.rows[2]["text"]) == (None, "Work")
    assert "The slope is in scale points per year, by the dates of the waves." in ran.document["results"][0]["notes"]


def test_holm_runs_over_the_statements_of_a_battery(command, survey):
    rows = command("compare", "--trend", "-f", "json", cwd=survey(answers(4), DATES)).rows
    low, high = sorted(row["p_value"] for row in rows[:2])
    assert sorted(row["p_adjusted"] for row in rows[:2]) == pytest.approx([2 * low, max(2 * low, high)])
    assert rows[2]["p_adjusted"] == rows[2]["p_value"]


@pytest.mark.parametrize("method", ["lbl", "jonckheere", "ordinal"])
def test_other_tests_of_a_trend(command, survey, method):
    waves = answers(4)
    row = command("compare", "--trend", "--method", method, "-f", "json", cwd=survey(waves, DATES)).rows[0]
    counts, times = counts_of(waves, row["text"]), [0, 1, 3]
    if method == "ordinal":
        odds = proportional_odds(counts=counts, times=times)
        found = [row[key] for key in ("odds_ratio", "odds_low", "odds_high", "statistic", "p_value", "assumption_p")]
        assert found == pytest.approx([odds.odds_ratio, odds.low, odds.high, odds.statistic, odds.p_value, odds.assumption_p], rel=1e-6)
    else:
        test = linear_by_linear(counts=counts, scores=SCORES, times=times) if method == "lbl" else jonckheere(counts=counts)
        assert (row["statistic"], row["p_value"], row["tau"]) == pytest.approx((test.statistic, test.p_value, test.tau))
    assert (row["method"], row["conclusion"]) == (method, "rose")
    assert row["slope"] > 0


def test_without_dates_waves_are_equally_far_apart_and_it_is_said(command, survey):
    ran = command("compare", "--trend", "-f", "json", cwd=survey(answers(4)))
    assert any("as if they were equally far apart (w1 at 1, w2 at 2 and w3 at 3)" in note for note in ran.document["results"][0]["notes"])
    timed = command("compare", "--trend", "-f", "json", cwd=survey(answers(4), ("time = 1", "time = 3", "time = 5")))
    assert timed.rows[0]["slope"] == pytest.approx(ran.rows[0]["slope"] / 2)
    assert timed.rows[0]["p_value"] == pytest.approx(ran.rows[0]["p_value"])


def test_a_wave_that_lasted_counts_by_its_middle(command, survey):
    asked = command("compare", "--trend", "-f", "json", cwd=survey(answers(4), DATES)).rows
    around = ('from = "2013-09"\nto = "2013-11"', DATES[1], 'date = "2016-10"')
    assert command("compare", "--trend", "-f", "json", cwd=survey(answers(4), around)).rows[0]["slope"] == pytest.approx(asked[0]["slope"])


def test_waves_may_be_sheets_of_one_workbook(command, survey):
    waves = answers(4)
    asked = command("compare", "--trend", "-f", "json", cwd=survey(waves, DATES)).rows
    folder = survey(waves, tuple(f'{when}\nsheet = "w{i}"' for i, when in enumerate(DATES, start=1)))
    with xlsxwriter.Workbook(folder / "all.xlsx") as book:
        book.add_worksheet("Read me").write(0, 0, "Three rounds of one survey")
        for i in range(1, 4):
            sheet = book.add_worksheet(f"w{i}")
            for at, line in enumerate((folder / f"w{i}.csv").read_text(encoding="utf-8").splitlines()):
                sheet.write_row(at, 0, line.split(","))
    study = folder / "study.toml"
    study.write_text(re.sub(r'file = "w\d.csv"', 'file = "all.xlsx"', study.read_text(encoding="utf-8")), encoding="utf-8")
    found = command("compare", "--trend", "-f", "json", cwd=folder)
    assert (found.code, found.rows) == (0, asked)
    study.write_text(study.read_text(encoding="utf-8").replace('sheet = "w2"', 'sheet = "w4"'), encoding="utf-8")
    problem, hint = command("compare", "--trend", cwd=folder).error()
    assert "w4" in problem
    assert "w1, w2" in hint or "`w2`" in hint


def test_every_page_and_figure(command, survey, tmp_path):
    folder = survey(answers(4), DATES)
    for method in ("welch", "ordinal"):
        assert "up and down" in command("compare", "--trend", "--method", method, cwd=folder).text
    written = [part for suffix in ("docx", "html", "svg", "csv", "tex") for part in ("-o", tmp_path / f"x.{suffix}")]
    assert command("compare", "--trend", *written, cwd=folder).code == 0
    assert command("compare", "--trend", "--plot", cwd=folder).code == 0


def test_a_statement_that_one_wave_did_not_ask(command, survey):
    waves = answers(4)
    del waves[1]["I am heard"]
    folder = survey(waves, DATES)
    row = command("compare", "--trend", "-f", "json", cwd=folder).rows[1]
    assert (row["waves"], row["slope"], row["conclusion"]) == (2, None, None)
    assert row["note"] == "no answers in w2, left out of the trend; fewer than three waves"


@pytest.mark.parametrize(
    ("given", "when", "problem"),
    [
        (["--wave", "w1", "--wave", "w2"], DATES, "a trend needs three waves, here are 2"),
        (["--method", "mann-whitney"], DATES, "--method mann-whitney is no test of a trend"),
        (["--paired"], DATES, "--paired has no meaning with --trend"),
        ([], ('date = "2013"', "", 'date = "2016"'), "wave `w2` has neither a date nor a time, and others have"),
        ([], ('date = "2013"', "time = 2", 'date = "2016"'), "some waves declare a date and others a time"),
        ([], ("time = 1", "time = 2", "time = 2"), "two waves have one and the same time"),
        ([], ('date = "2013-13"', "", ""), 'waves[1].date is "2013-13"'),
        ([], ('date = "2013"\ntime = 1', "", ""), "waves[1].time"),
    ],
)
def test_what_cannot_be_asked(command, survey, given, when, problem):
    assert problem in command("compare", "--trend", *given, cwd=survey(answers(4), when)).error()[0]
