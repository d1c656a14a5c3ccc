from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpgstat.admin import Cell, periods
from rpgstat.errors import UserError


def read(*texts: str):
    return periods([Cell(text, f"f.csv: row {row}, column `month`") for row, text in enumerate(texts, start=2)])


OCTOBER = 12 * 2015 + 9


@pytest.mark.parametrize(
    "written",
    [
        "2015-10",
        "2015/10",
        "2015.10",
        "201510",
        "10/2015",
        "Oct 15",
        "Oct-15",
        "Oct-2015",
        "October 2015",
        "Oct. 2015",
        "OCT2015",
        "oct '15",
        "2015 Oct",
        "2015-10-01",
        "2015-10-31T00:00:00Z",
        "2015-10-01 00:00",
        "2015/10/01",
        "1 Oct 2015",
        "01-Oct-15",
        "October 1, 2015",
        "31/10/2015",
        "10/31/15",
    ],
)
def test_a_month_in_any_usual_form(written):
    found = read(written)
    assert (found.frequency, found.items[0].index, found.items[0].label) == ("month", OCTOBER, "2015-10")


@pytest.mark.parametrize(
    ("written", "index", "label"),
    [
        ("2015", 2015, "2015"),
        ("2015.0", 2015, "2015"),
        ("2024/25", 2024, "2024/25"),
        ("202425", 2024, "2024/25"),
        ("2024-25", 2024, "2024/25"),
        ("2024/2025", 2024, "2024/25"),
        ("1999/00", 1999, "1999/00"),
        ("2011/12", 2011, "2011/12"),
        ("FY 2024/25", 2024, "2024/25"),
    ],
)
def test_a_year_in_any_usual_form(written, index, label):
    found = read(written)
    assert (found.frequency, found.items[0].index, found.items[0].label) == ("year", index, label)


@pytest.mark.parametrize("written", ["2015 Q2", "Q2 2015", "2015Q2", "2015-Q2", "q2 15", "Q2-2015"])
def test_a_quarter_in_any_usual_form(written):
    found = read(written)
    assert (found.frequency, found.items[0].index, found.items[0].label) == ("quarter", 4 * 2015 + 1, "2015 Q2")


def test_a_quarter_of_a_financial_year():
    assert read("Q1 2015/16", "2015/16 Q4").items[1].index - read("Q1 2015/16").items[0].index == 3


def test_order_and_repetition_stay():
    assert [period.index - OCTOBER for period in read("Nov 2015", "Oct 2015", "Nov 2015").items] == [1, 0, 1]


@pytest.mark.parametrize("written", [["201112"], ["2011-12"], ["2010-11", "2011-12"]])
def test_what_can_be_a_month_or_a_year_is_refused(written):
    with pytest.raises(UserError, match=r"row 2, column `month`.*can be read as"):
        read(*written)


def test_the_rest_of_the_column_shows_which_it_is():
    assert read("201112", "201213").frequency == "year"
    assert read("201112", "201201").frequency == "month"
    assert read("2011-12", "2012-13").frequency == "year"


@pytest.mark.parametrize("written", [["01/10/2015"], ["03/04/2015", "04/04/2015"], ["05/06/2015", "07/08/2015"]])
def test_ambiguous_dates_are_refused(written):
    with pytest.raises(UserError, match=r"row 2, column `month`: `.*` can be read as 2015-.*day/month.* and as .*month/day"):
        read(*written)


def test_dates_that_the_column_makes_plain():
    assert [p.label for p in read("01/10/2015", "31/10/2015").items] == ["2015-10", "2015-10"]
    assert [p.label for p in read("01/10/2015", "10/31/2015").items] == ["2015-01", "2015-10"]
    assert [p.label for p in read("01/10/2015", "01/11/2015").items] == ["2015-10", "2015-11"]
    assert [p.label for p in read("10/01/2015", "11/01/2015").items] == ["2015-10", "2015-11"]
    assert read("01/10/2015", "01/11/2015").remarks == ("dates are read as day/month/year",)


def test_dates_of_one_month_each_year_are_years_and_three_months_apart_quarters():
    years = read("31/03/2015", "31/03/2016", "31/03/2018")
    assert (years.frequency, [period.index for period in years.items]) == ("year", [2015, 2016, 2018])
    quarters = read("2015-03", "2015-06", "2015-09", "2016-03")
    assert (quarters.frequency, [period.index for period in quarters.items]) == ("quarter", [8060, 8061, 8062, 8064])


@pytest.mark.parametrize("written", ["Turnover", "", "2015-13", "2015 Q5", "30/02/2015", "2024/26", "1066", "15/10", "42278", "Smarch 2015"])
def test_what_is_no_period_is_refused_and_the_cell_named(written):
    with pytest.raises(UserError, match=r"row 2, column `month`"):
        read(written)


def test_two_kinds_in_one_column_are_refused():
    with pytest.raises(UserError, match=r"row 3, column `month`: `2015-10` is a period of another kind than `2014` .year."):
        read("2014", "2015-10")
    with pytest.raises(UserError, match=r"row 4"):
        read("2014/15", "2015/16", "2017")


@given(st.integers(1950, 2060), st.integers(1, 12))
def test_an_iso_month_is_its_place_in_time(year, month):
    assert read(f"{year}-{month:02d}", "2015-01", "2015-02").items[0].index == 12 * year + month - 1
