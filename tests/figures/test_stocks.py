"""Measures from stocks and flows: the Department for Education's definitions, the stock option, and published files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from rpgstat.errors import UserError
from rpgstat.figures.chosen import Chosen
from rpgstat.figures.rate_layouts import rate_table
from rpgstat.figures.rates import AGGREGATE, COUNTED
from rpgstat.read.sheets import read_sheet

RAW = """Year,Leavers,In post,Vacancies,Agency workers,Days lost,Working days,Cases,Case holders (FTE)
2015,45,300,30,60,2277,253,3400,200.0
2016,30,280,20,40,2125,253,3300,198.5
"""
PUBLISHED = """time_period,time_identifier,geographic_level,country_name,region_name,la_name,inpost_fte,inpost_headcount,leavers_fte,leavers_headcount,\
turnover_rate_fte,turnover_rate_headcount,agency_fte,agency_rate_fte,vacancy_fte,vacancy_rate_fte,working_days_lost_fte,absence_rate_fte
2023,Reporting year,National,England,,,31626.6,33400,5013.2,5300,15.9,15.9,6836.6,17.8,7355.2,18.9,256000,3.2
2023,Reporting year,Regional,England,London,,100.0,110,20.0,22,19.0,19.0,20.0,16.7,25.0,20.0,1000.0,4.0
2023,Reporting year,Regional,England,Inner London,,40.0,44,8.0,9,20.0,20.5,8.0,16.7,10.0,20.0,400.0,4.0
2023,Reporting year,Local authority,England,Inner London,Wexmoor,40.0,44,8.0,9,20.0,20.5,8.0,16.7,10.0,20.0,c,c
2023,Reporting year,Local authority,England,Outer London,Farrow,60.0,66,12.0,13,21.0,19.7,low,low,15.0,20.0,600.0,4.0
"""
ALL = Chosen(areas=("all",))


def rates(table, measure, area=None):
    return [rate for series in table.series if series.measure == measure and series.area == area for rate in series.rates]


def turn(content):
    """Stocks in rows, years in columns."""
    return "\n".join(",".join(cells) for cells in zip(*(line.split(",") for line in content.strip().split("\n")), strict=True)) + "\n"


def below(content):
    """One stock below another."""
    header, *rows = (line.split(",") for line in content.strip().split("\n"))
    return "\n".join(["measure,period,value", *(f"{name},{row[0]},{cell}" for row in rows for name, cell in zip(header[1:], row[1:], strict=True))]) + "\n"


@pytest.mark.parametrize("layout", [turn, below])
def test_stocks_and_flows_in_other_layouts_are_the_same(sheet, layout):
    assert rate_table(sheet(layout(RAW))).series == rate_table(sheet(RAW)).series


def test_a_cell_is_named_where_it_stands_however_the_table_was_turned(sheet):
    with pytest.raises(UserError, match="row 2, column `2016`: `-30` is negative"):
        rate_table(sheet(turn(RAW.replace("2016,30", "2016,-30"))))
    with pytest.raises(UserError, match="row 4, column `value`: a second figure of In post, 2015"):
        rate_table(sheet("measure,period,value\nLeavers,2015,30\nIn post,2015,300\nIn post,2015,301\n"))


@pytest.mark.parametrize(
    "content", ["Year,Leavers,Vacancies\n2015,34,38\n", "measure,2015,2016\nleavers,34,38\n", "measure,period,rate\nDays lost,2015,2277\n"]
)
def test_counts_without_a_stock_are_never_read_as_rates(sheet, content):
    with pytest.raises(UserError, match="are counts, and nothing says what they are to be divided by"):
        rate_table(sheet(content))


def test_columns_that_are_not_used_are_told(sheet):
    assert rate_table(sheet("Year,Leavers,In post,Starters\n2015,34,300,40\n")).warnings == ("rates.csv: not used: column `Starters`",)


def test_the_definitions(sheet):
    table = rate_table(sheet(RAW))
    assert [rate.rate for rate in rates(table, "Turnover")] == [45 / 300, 30 / 280]
    assert [rate.rate for rate in rates(table, "Vacancies")] == [30 / 330, 20 / 300]
    assert [rate.rate for rate in rates(table, "Agency staffing")] == [60 / 360, 40 / 320]
    assert [rate.rate for rate in rates(table, "Sickness absence")] == [2277 / (300 * 253), 2125 / (280 * 253)]
    assert [rate.rate for rate in rates(table, "Caseload")] == [3400 / 200, 3300 / 198.5]


def test_people_and_posts_are_counts_and_days_and_cases_are_not(sheet):
    table = rate_table(sheet(RAW))
    assert {series.measure: series.rates[0].counted for series in table.series} == {
        "Turnover": True,
        "Vacancies": True,
        "Agency staffing": True,
        "Sickness absence": False,
        "Caseload": False,
    }


@pytest.mark.parametrize(("stock", "second"), [("closing", 30 / 280), ("opening", 30 / 300), ("average", 30 / 290)])
def test_the_stock_that_leavers_are_divided_by(sheet, stock, second):
    table = rate_table(sheet(RAW), stock=stock)
    first, last = rates(table, "Turnover")
    assert last.rate == second
    assert (first.rate is None) == (stock != "closing")
    assert {"closing": "at the end of", "opening": "at the beginning of", "average": "the mean of"}[stock] in dict(table.notes)["Turnover"]


def test_without_the_period_before_there_is_no_opening_stock(sheet):
    (first, _) = rates(rate_table(sheet(RAW), stock="opening"), "Turnover")
    assert first.note == "no staff in post of the period before"


def test_full_time_equivalents_and_headcounts_are_two_measures(sheet):
    table = rate_table(sheet("period,leavers_fte,leavers_headcount,inpost_fte,inpost_headcount\n2020,19.0,20,190.0,200\n"))
    assert table.measures == ("Turnover (FTE)", "Turnover (headcount)")
    assert [series.rates[0].counted for series in table.series] == [False, True]


def test_days_lost_without_working_days_use_those_of_the_department(sheet):
    table = rate_table(sheet("year,in post,days lost\n2019,100,1265\n2020,100,1270\n"))
    assert [rate.rate for rate in rates(table, "Sickness absence")] == pytest.approx([0.05, 0.05])
    assert "254 in 2020 and 2024" in dict(table.notes)["Sickness absence"]


def test_published_national_and_regional_rates_stay_as_they_are(sheet):
    table = rate_table(sheet(PUBLISHED), chosen=ALL)
    (england,) = rates(table, "Turnover (FTE)", "England")
    assert (england.rate, england.numerator, england.denominator, england.counted, england.note) == (0.159, 5013.2, 31626.6, False, AGGREGATE)
    assert rates(table, "Turnover (FTE)", "London")[0].rate == 0.19


def test_an_authority_is_worked_out_and_checked_against_what_is_published(sheet):
    table = rate_table(sheet(PUBLISHED), chosen=ALL)
    assert (rates(table, "Turnover (FTE)", "Wexmoor")[0].rate, rates(table, "Turnover (FTE)", "Wexmoor")[0].note) == (0.2, "")
    assert rates(table, "Turnover (FTE)", "Farrow")[0].note == "published as 21.0 %, which its counts do not give"


def test_published_counts_that_give_the_published_rate_have_intervals(sheet):
    table = rate_table(sheet(PUBLISHED), chosen=ALL)
    assert [(rate.rate, rate.counted) for rate in rates(table, "Turnover (headcount)", "England")] == [(0.159, True)]  # 5,300 of 33,400
    assert rates(table, "Turnover (headcount)", "England")[0].note == COUNTED
    assert [(rate.rate, rate.counted) for rate in rates(table, "Turnover (headcount)", "London")] == [(0.19, False)]  # its counts give 20.0 %


def test_published_rates_of_full_time_equivalents_are_nearer_than_their_rounded_counts(sheet):
    content = PUBLISHED.replace("Wexmoor,40.0,44,8.0,9,20.0,20.5", "Wexmoor,88.2,90,16.5,17,18.8,18.9")  # 16.5 / 88.2 is 18.7 %
    table = rate_table(sheet(content), chosen=Chosen(("Wexmoor",), ("turnover",)))
    assert [(series.measure, series.rates[0].rate, series.rates[0].note) for series in table.series] == [
        ("Turnover (FTE)", 0.188, ""),
        ("Turnover (headcount)", 17 / 90, ""),
    ]


def test_only_what_the_measure_is_made_of_is_read(sheet):
    broken = PUBLISHED.replace("6836.6", "see note").replace("Farrow,60.0", "Farrow,about 60")
    table = rate_table(sheet(broken), chosen=Chosen(("Wexmoor",), ("vacancy",)))
    assert [rate.rate for rate in rates(table, "Vacancies (FTE)", "Wexmoor")] == [0.2]
    assert "2 cells that were not asked for are no numbers" in table.warnings[-1]
    with pytest.raises(UserError, match="row 6, column `inpost_fte`: `about 60` is not a number"):
        rate_table(sheet(broken), chosen=Chosen(("Farrow",), ("vacancy",)))


def test_published_symbols_are_reasons(sheet):
    table = rate_table(sheet(PUBLISHED), chosen=ALL)
    assert [(rate.rate, rate.note) for rate in rates(table, "Sickness absence (FTE)", "Wexmoor")] == [(None, "[c] confidential")]
    assert [(rate.rate, rate.note) for rate in rates(table, "Agency staffing (FTE)", "Farrow")] == [(None, "[low] rounds to 0, but is not 0")]


def test_areas_that_contain_one_another_have_to_be_chosen(sheet):
    with pytest.raises(UserError, match="5 areas, some of which contain others") as caught:
        rate_table(sheet(PUBLISHED))
    assert "--area" in caught.value.hint
    assert rate_table(sheet(PUBLISHED), chosen=Chosen(("London",), ("turnover",))).areas == ("London",)
    assert rate_table(sheet(PUBLISHED), chosen=Chosen(("Wexmoor", "england"))).areas == ("England", "Wexmoor")


def test_all_areas_leave_out_the_two_halves_of_london(sheet):
    chosen = rate_table(sheet(PUBLISHED), chosen=ALL)
    assert chosen.areas == ("England", "London", "Wexmoor", "Farrow")
    assert any("left out beside London" in words for _, words in chosen.notes)


def test_a_measure_or_area_that_is_not_there(sheet):
    with pytest.raises(UserError, match="--area: the file has no `Wexmor`") as caught:
        rate_table(sheet(PUBLISHED), chosen=Chosen(("Wexmor",)))
    assert caught.value.hint == "did you mean `Wexmoor`?"
    with pytest.raises(UserError, match="--measure: the file has no `happiness`"):
        rate_table(sheet(PUBLISHED), chosen=Chosen(("all",), ("happiness",)))


def test_negative_stocks_and_stocks_named_twice_are_refused(sheet):
    with pytest.raises(UserError, match="row 2, column `Leavers`: `-5` is negative"):
        rate_table(sheet("Year,Leavers,In post\n2015,-5,300\n"))
    with pytest.raises(UserError, match="two columns hold `in post`"):
        rate_table(sheet("Year,Leavers,In post,Staff in post\n2015,5,300,300\n"))


def test_more_days_lost_than_there_are_to_work_are_refused(sheet):
    with pytest.raises(UserError, match="2015: 80,000 days lost are more than the 75,900 due"):
        rate_table(sheet("Year,In post,Days lost,Working days\n2015,300,80000,253\n"))


def test_staff_in_post_alone_make_no_measure(sheet):
    with pytest.raises(UserError, match="nothing to set against them"):
        rate_table(sheet("Year,In post\n2015,300\n"))


SAMPLES = os.environ.get("RPGSTAT_SAMPLES")


@pytest.mark.skipif(not SAMPLES, reason="RPGSTAT_SAMPLES is not set")
def test_every_authority_of_the_published_file_is_within_its_rounding():
    path = Path(SAMPLES or "") / "admin_tables/csww_indicators_2017_to_2025.csv"
    table = rate_table(read_sheet(path), chosen=ALL)
    assert [rate.note for series in table.series for rate in series.rates if "its counts do not give" in rate.note] == []
    expected = {"Turnover (FTE)": 15.9, "Vacancies (FTE)": 18.9, "Agency staffing (FTE)": 17.8, "Sickness absence (FTE)": 3.2}
    england = {measure: next(rate for rate in rates(table, measure, "England") if rate.period.label == "2023") for measure in expected}
    assert {measure: round(100 * rate.numerator / rate.denominator, 1) for measure, rate in england.items()} == expected
    assert england["Agency staffing (FTE)"].rate == 0.179  # published so, although its counts give 17.8
    assert england["Agency staffing (FTE)"].note == f"{AGGREGATE}; the counts beside it give 17.8 %"
    assert england["Turnover (FTE)"].note == england["Vacancies (FTE)"].note == AGGREGATE
