"""The pages of rates: a block with its course for each measure, a table for each area, notes that are said once."""

from __future__ import annotations

import pytest

from rpgstat.media.style import GSS
from rpgstat.result import Result, table
from rpgstat.views.page import page
from rpgstat.views.rates.periods_table import MOST_SENTENCES
from tests.conftest import as_markdown

NO_COUNTS = "no counts, so no interval and no test"
REFERENCE_PERIOD = "the period compared with"


def result(rows, **options):
    return Result("workforce", "Workforce rates", table("workforce", rows), "How.", (), options)


def two(measure="turnover", area=None, rate=0.15, **more):
    first = {"measure": measure, "area": area, "period": "2015", "rate": rate, "sentence": "One.", "note": f"{NO_COUNTS}; {REFERENCE_PERIOD}"}
    last = {"measure": measure, "area": area, "period": "2016", "rate": rate / 2, "reference": "2015", "change": -rate / 2, "relative": -0.5}
    return [first, last | {"conclusion": "descriptive", "sentence": "Two.", "note": NO_COUNTS} | more]


def test_a_block_has_its_measure_and_course():
    shown = page(result(two()))
    assert [block.name for section in shown.sections for block in section.blocks] == ["Turnover █▅"]
    assert [line.cells["rate"] for line in shown.lines] == ["15.0 %", "7.5 %"]
    assert [line.cells["change"] for line in shown.lines] == ["reference", "−7.5"]


def test_what_holds_for_all_rows_is_no_note_of_each():
    assert page(result(two())).notes == ()
    assert page(result(two(note=f"[c] confidential; {NO_COUNTS}"))).notes == ("[c] confidential",)


def test_columns_without_values_do_not_stand_and_intervals_take_the_place_of_relative_changes():
    assert [column.header for column in page(result(two())).columns] == ["Period", "Rate", "Change", "Relative", "Conclusion"]
    tested = two(conf_low=0.05, conf_high=0.12, change_low=-0.12, change_high=-0.03, p_value=0.002, conclusion="fell")
    shown = page(result(tested, alpha=0.1))
    assert [column.header for column in shown.columns] == ["Period", "Rate", "90 % CI", "Change", "90 % CI", "p", "Conclusion"]
    assert [line.cells["conf_low"] for line in shown.lines] == ["–", "[5.0, 12.0]"]


def test_a_number_for_each_worker_is_no_share():
    shown = page(result(two("caseload", rate=17.0), per_worker=["caseload"]))
    assert [(line.cells["rate"], line.cells["change"]) for line in shown.lines] == [("17.0", "reference"), ("8.5", "−8.5")]


def test_each_area_has_a_table_of_its_own():
    shown = page(result([*two(area="North"), *two(area="South")]))
    assert [section.title for section in shown.sections] == ["North", "South"]
    assert page(result(two(area="North"))).sections[0].title == ""


def test_the_latest_sentence_of_each_measure_stands_below_unless_there_are_too_many():
    assert "Two." in page(result(two())).below
    assert "One." not in page(result(two())).below
    many = [row for i in range(MOST_SENTENCES + 1) for row in two(area=f"Area {i}")]
    assert "Two." not in page(result(many)).below


def test_a_trend_is_in_points_per_year():
    rows = [
        {"measure": "turnover", "n": 4, "slope": -0.0231, "slope_low": -0.04, "slope_high": -0.006, "p_value": 0.01, "method": "m"},
        {"measure": "caseload", "n": 4, "slope": -0.5, "note": NO_COUNTS},
    ]
    shown = page(Result("rates_trend", "Trend", table("rates_trend", rows), "How.", (), {"per_worker": ["caseload"]}))
    assert [line.cells["slope"] for line in shown.lines] == ["−2.31", "−0.50"]
    assert [line.cells["slope_low"] for line in shown.lines] == ["[−4.00, −0.60]", "–"]


def test_the_unit_of_changes_is_said_of_each_measure():
    both = result([*two(), *two("caseload", rate=17.0)], per_worker=["caseload"])
    assert any(words.startswith("Changes are in percentage points, those of Caseload in cases per worker.") for words in page(both).below)


def test_documents_have_the_style_of_their_numbers_and_no_blocks_in_headings():
    tested = two(conf_low=0.05, conf_high=0.12, change_low=-0.12, change_high=-0.03, p_value=0.002, conclusion="fell")
    shown = page(result(tested), style=GSS)
    assert [block.name for section in shown.sections for block in section.blocks] == ["Turnover"]
    assert not any("course" in words for words in shown.below)
    first, last = (line.cells for line in shown.lines)
    assert (first["conf_low"], first["change"], first["p_value"]) == ("[x]", "reference", "[x]")
    assert (last["rate"], last["conf_low"], last["change_low"], last["p_value"]) == ("7.5%", "5.0 to 12.0", "−12.0 to −3.0", "0.002")


@pytest.mark.parametrize("name", ["turn|over", "<b>turnover</b>"])
def test_a_measure_from_a_file_is_no_markup(name):
    document = as_markdown([result(two(name))]).decode()
    assert name not in document
