"""The figure of `compare` over three waves: all of them on one row, unless a wave has other numbers in each comparison."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from rich.cells import cell_len

import rpgstat
from rpgstat.media.picture.wanted import Wanted, wanting
from rpgstat.text import interval, signed
from rpgstat.views import pictures, plots

STUDY = Path(__file__).resolve().parents[2] / "fixtures" / "pulse" / "study.toml"


@pytest.fixture(scope="module")
def compared():
    return rpgstat.compare(study=STUDY)[0]


def test_every_wave_of_a_statement_is_on_its_row_once(compared, made):
    words = Counter(made.words_of(pictures.draw(compared, ".svg")))
    rows = 5  # four statements and the battery
    assert [words[wave] for wave in ("2022", "2023", "2024")] == [rows] * 3
    assert not any("→" in word for word in words)
    assert {signed(row["estimate"]) for row in compared.rows} <= set(words)
    assert words["Mean score (1 to 5)"] == 1


def test_each_wave_against_the_one_before_is_one_row_too(made):
    words = Counter(made.words_of(pictures.draw(rpgstat.compare(study=STUDY, against="previous")[0], ".svg")))
    assert words["2023"] == 5


def test_pairs_of_people_whose_numbers_differ_have_a_panel_each(made):
    words = made.words_of(pictures.draw(rpgstat.compare(study=STUDY, paired=True)[0], ".svg"))
    assert "2022 → 2023" in words
    assert "2022 → 2024" in words


@pytest.mark.parametrize("width", [60, 80, 100])
def test_a_screen_has_every_wave_of_a_statement_below_the_one_before(compared, width, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    lines = plots.render([compared]).decode().split("\n")
    assert max(map(cell_len, lines)) <= width
    figures = [line for line in lines if re.search(r" 20\d\d +\d+  \d\.\d\d ", line)]
    assert [line.split("20")[1][:2] for line in figures] == ["22", "23", "24"] * 5
    assert all(signed(row["estimate"]) in "".join(lines) and interval(row["conf_low"], row["conf_high"]) in "".join(lines) for row in compared.rows)
    assert not any("→" in line for line in lines)
    assert any(re.search(r"·├?■", line) for line in figures)  # the course from the wave before


def test_a_screen_has_pairs_of_people_apart(monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    shown = plots.render([rpgstat.compare(study=STUDY, paired=True)[0]]).decode()
    assert "2022 → 2023" in shown
    assert "2022 → 2024" in shown


def test_series_are_plain_lines_where_these_are_wanted(made):
    indicators = rpgstat.indicators(study=STUDY.parent.parent / "rpg" / "study.toml")
    with wanting(Wanted(layout="lines")):
        words = made.words_of(pictures.draw(indicators["chart"], ".svg", beside=list(indicators)))
    assert words[0] == "Of 5 series 5 are shown to have fallen and none to have risen"
    assert {"435", "353"} <= set(words)  # the first and the latest of children on protection plans
    assert not [word for word in words if word.startswith(("Upper", "Centre", "Lower", "Latest point"))]
