"""Every layout of a table of rates, and what can be wrong in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpgstat.errors import UserError
from rpgstat.figures import Sheet
from rpgstat.figures.chosen import Chosen
from rpgstat.figures.rate_layouts import rate_table

WIDE = "measure,2015,2016,2017,2018\nturnover,15,14.7,14.8,14.9\nvacancies,6,7.2,0.9,0.4\nagency staffing,14,11.4,1.4,0.0\nsickness,3,3.7,3.9,3.5\n"
RATES = {
    "turnover": [0.15, 0.147, 0.148, 0.149],
    "vacancies": [0.06, 0.072, 0.009, 0.004],
    "agency staffing": [0.14, 0.114, 0.014, 0.0],
    "sickness": [0.03, 0.037, 0.039, 0.035],
}


def read(table):
    """Measure -> its rates in the order of time."""
    return {series.measure: [rate.rate for rate in series.rates] for series in table.series}


def long(rows=WIDE, header="measure,period,rate"):
    first, *others = [line.split(",") for line in rows.strip().split("\n")]
    lines = [f"{row[0]},{year},{cell}" for row in others for year, cell in zip(first[1:], row[1:], strict=True)]
    return "\n".join([header, *lines]) + "\n"


def turned(rows=WIDE):
    return (
        "\n".join(",".join(cells) for cells in zip(*(line.split(",") for line in rows.strip().split("\n")), strict=True)).replace("measure", "Year", 1) + "\n"
    )


@pytest.mark.parametrize(
    "content",
    [
        WIDE,
        WIDE.replace("measure", "", 1),
        WIDE.replace("measure", "Year", 1),
        WIDE.replace("measure", "Rate (%)", 1),
        long(),
        long(header="Indicator,Time_period,%"),
        turned(),
        "\n".join([WIDE.split("\n")[0], *sorted(WIDE.strip().split("\n")[1:], reverse=True)]) + "\n",
    ],
)
def test_the_same_rates_from_any_layout(sheet, content):
    assert read(rate_table(sheet(content))) == RATES


def test_semicolons_decimal_commas_and_percent_signs(sheet):
    content = WIDE.replace(",", ";").replace(".", ",")
    assert read(rate_table(sheet(content, ";"))) == RATES
    signed = "\n".join([WIDE.split("\n")[0], *(",".join([row.split(",")[0], *(f"{c} %" for c in row.split(",")[1:])]) for row in WIDE.split("\n")[1:-1])])
    assert read(rate_table(sheet(signed + "\n"))) == RATES


def test_shares_when_they_are_declared(sheet):
    content = "measure,2015,2016\nturnover,0.15,0.147\nagency,0.14,0\n"
    assert read(rate_table(sheet(content), unit="share")) == {"turnover": [0.15, 0.147], "agency": [0.14, 0.0]}


def test_periods_are_put_in_order_whatever_the_file_does(sheet):
    table = rate_table(sheet("measure,period,rate\nturnover,2024/25,15\nturnover,2022/23,13\nturnover,2023/24,14\n"))
    assert [(rate.period.label, rate.rate) for rate in table.series[0].rates] == [("2022/23", 0.13), ("2023/24", 0.14), ("2024/25", 0.15)]


def test_a_symbol_is_a_reason_and_no_rate(sheet):
    (series,) = rate_table(sheet("measure,2015,2016,2017,2018\nturnover,15,c,[x],\n")).series
    assert [rate.rate for rate in series.rates] == [0.15, None, None, None]
    assert [rate.note for rate in series.rates] == ["", "[c] confidential", "[x] not available", "blank in the file"]


def test_counts_make_the_rates(sheet):
    table = rate_table(sheet('Measure,Period,Numerator,Denominator\nTurnover,2015,45,300\nVacancies,2015,"1,020","12,345"\nTurnover,2016,330,300\n'))
    assert read(table) == {"Turnover": [0.15, 1.1], "Vacancies": [1020 / 12345]}
    assert all(rate.counted for series in table.series for rate in series.rates)


def test_fractions_are_no_counts_of_people(sheet):
    table = rate_table(sheet("measure,period,numerator,denominator\nvacancies,2015,4.5,300\nvacancies,2016,4,300\nturnover,2015,40,299.5\n"))
    assert [[rate.counted for rate in series.rates] for series in table.series] == [[False, False], [True]]


def test_an_unknown_measure_is_taken_as_a_part_and_says_so(sheet):
    table = rate_table(sheet("measure,period,numerator,denominator\nTrained,2015,40,300\nTurnover,2015,40,300\n"))
    assert table.notes == (("Trained", "Trained: the numerator is taken to be part of the denominator."),)


def test_areas_stay_apart(sheet):
    content = sheet("Area,measure,2015,2016\nNorth,turnover,15,14\nSouth,turnover,10,11\n")
    table = rate_table(content)
    assert [(series.area, [rate.rate for rate in series.rates]) for series in table.series] == [("North", [0.15, 0.14]), ("South", [0.10, 0.11])]
    assert rate_table(content, chosen=Chosen(areas=("south",))).areas == ("South",)


def test_a_row_without_figures_is_left_out_and_told(sheet):
    table = rate_table(sheet("measure,2015,2016\nturnover,15,14.5\nSource: our returns,,\n"))
    assert table.measures == ("turnover",)
    assert table.warnings == ("rates.csv: row 3 has no figures and is left out (Source: our returns)",)


@pytest.mark.parametrize(
    ("content", "unit", "problem"),
    [
        ("measure,2015,2016\nturnover,15,about 14\n", None, r"row 2, column `2016`: `about 14` is not a number"),
        ("measure,2015,2016\nvacancies,15,101\n", None, r"row 2, column `2016`: `101` is above 100 %"),
        ("measure,2015,2016\nturnover,45,435\n", None, r"row 2, column `2016`: `435` is above 100 %, and all numbers of the measure are whole, as counts are"),
        ("measure,2015,2016\nturnover,45,135\n", None, r"`135` is above 100 %, and all numbers of the measure are whole"),
        ("measure,2015,2016\nturnover,435.5,412.3\n", None, r"`435.5` is above 100 %, far above any rate of this kind"),
        ("measure,2015,2016\nReferrals,238,255\n", None, r"`255` is above 100 %"),
        ("Year,Turnover,Vacancies\n2015,435,120\n2016,412,98\n", None, r"row 2, column `Turnover`: `435` is above 100 %"),
        ("measure,2015,2016\nturnover,£415,£400\n", None, r"`£415` is an amount of money, not a rate"),
        ("measure,2015,2016\nTurnover rate,435,400\n", None, r"`435` is above 100 %"),
        ("measure,2015,2016\nturnover,£15,£14\n", None, r"`£15` is an amount of money, not a rate"),
        ("measure,2015,2016\nturnover,(15),14.5\n", None, r"`.15.` is negative"),
        ("measure,2015,2016\nsickness,15,-1\n", None, r"row 2, column `2016`: `-1` is negative"),
        ("measure,2015,2016\nturnover,0.15,0.147\nagency,0.14,0.1\n", None, r"row 2, column `2015`: `0.15` is the highest rate of the file"),
        ("measure,2015,2016\nturnover,15,14\n", "share", r"row 2, column `2015`: `15` looks like per cent"),
        ("measure,2015,2016\nagency,0.15,1.4\n", "share", r"row 2, column `2016`: `1.4` is above 100 %"),
        ("measure,2015,2016\nturnover,15 %,14\n", None, r"column `2016`: `14` has no percent sign"),
        ("measure,2015,2016\nturnover,15 %,14 %\n", "share", r"column `2015`: `15 %` has a percent sign"),
        ("measure,2015,2015/16\nturnover,15,14\n", None, r"header, column 3: `2015/16` is a period of another kind"),
        ("measure,period,rate\nturnover,2015,15\nturnover,2015,14\n", None, r"row 3, column `rate`: a second rate of turnover, 2015"),
        ("measure,period,rate\nturnover,someday,15\n", None, r"row 2, column `period`: `someday` is not a period"),
        ("measure,period,rate\n,2015,15\n", None, r"row 2, column `measure`: the measure has no name"),
        ("measure,period,numerator,denominator\nvacancies,2015,31,30\n", None, r"row 2, column `numerator`: `31` is more than the `30`"),
        ("measure,period,numerator,denominator\nvacancies,2015,-3,30\n", None, r"row 2, column `numerator`: `-3` is negative"),
        ("measure,period,numerator,denominator\nvacancies,2015,3 %,30\n", None, r"column `numerator`: `3 %` has a percent sign"),
        ('measure;2015;2016\nturnover;"1,234";14\n', None, r"column `2015`: `1,234` can be read as 1234 and as 1.234"),
        ("place,thing\nNorth,4\n", None, r"not recognised as a table of rates .columns `place`, `thing`."),
        ("measure,period,amount\nturnover,2015,4\n", None, r"not recognised"),
    ],
)
def test_what_cannot_be_right_is_refused_and_the_cell_named(sheet, content, unit, problem):
    with pytest.raises(UserError, match=problem) as caught:
        rate_table(sheet(content, ";" if ";" in content else ","), unit=unit)
    assert caught.value.hint


def test_turnover_may_pass_one_hundred(sheet):
    assert read(rate_table(sheet("measure,2015,2016\nturnover,104.5,96\n"))) == {"turnover": [1.045, 0.96]}
    assert read(rate_table(sheet("measure,2015,2016\nturnover,104 %,96 %\n"))) == {"turnover": [1.04, 0.96]}
    assert read(rate_table(sheet("measure,2015,2016\nturnover,435,96\n"), unit="percent")) == {"turnover": [4.35, 0.96]}


def test_rates_below_one_per_cent_with_a_percent_sign_are_per_cent(sheet):
    assert read(rate_table(sheet("measure,2015,2016\nvacancies,0.9 %,0.4 %\n"))) == {"vacancies": [0.009, 0.004]}


def test_a_denominator_of_nothing_makes_no_rate(sheet):
    (series,) = rate_table(sheet("measure,period,numerator,denominator\nvacancies,2015,0,0\n")).series
    assert (series.rates[0].rate, series.rates[0].note) == (None, "the denominator is 0, so no rate")


def test_a_caseload_is_a_number_and_not_a_share(sheet):
    assert read(rate_table(sheet("measure,2015,2016\nturnover,15,14\ncaseload,17.5,0.9\n")))["caseload"] == [17.5, 0.9]


def test_the_stock_option_needs_stocks(sheet):
    with pytest.raises(UserError, match="no such figures"):
        rate_table(sheet(WIDE), stock="average")


@given(st.permutations(WIDE.strip().split("\n")[1:]), st.permutations(range(1, 5)))
def test_the_order_of_rows_and_columns_does_not_matter(rows, columns):
    content = [[line.split(",")[0], *(line.split(",")[i] for i in columns)] for line in [WIDE.split("\n")[0], *rows]]
    header, *body = content
    sheet = Sheet("rates.csv", Path("rates.csv"), tuple(header), tuple(map(tuple, body)), (2, 3, 4, 5), ".")
    assert read(rate_table(sheet)) == RATES


def test_every_cell_whole_is_a_doubt_unless_something_says_per_cent(sheet):
    assert "every number is whole" in rate_table(sheet("measure,2015,2016\nturnover,15,14\nvacancies,6,7\n")).warnings[0]
    for content in (
        "measure,2015,2016\nturnover,15,14\nvacancies,6,7.5\n",
        "measure (%),2015,2016\nturnover,15,14\n",
        "measure,period,rate\nturnover,2015,15\n",
    ):
        assert rate_table(sheet(content)).warnings == ()
    assert rate_table(sheet("measure,2015,2016\nturnover,15,14\n"), unit="percent").warnings == ()


def test_a_cover_rate_may_pass_one_hundred(sheet):
    assert read(rate_table(sheet("measure,2015,2016\nAgency cover rate,104.5,96\n"))) == {"Agency cover rate": [1.045, 0.96]}
    assert read(rate_table(sheet("Year,Vacancy cover rate\n2015,104\n2016,120\n"))) == {"Vacancy cover rate": [1.04, 1.2]}
    (series,) = rate_table(sheet("measure,period,numerator,denominator\nVacancies covered by agency,2015,31,30\n")).series
    assert (series.rates[0].rate, series.rates[0].counted) == (31 / 30, False)


@pytest.mark.parametrize(
    ("content", "chosen", "expected"),
    [
        ("area,measure,2015,2016\nNorth,turnover,15,14.5\nSouth,turnover,about 10,11\n", Chosen(areas=("North",)), {"turnover": [0.15, 0.145]}),
        ("area,measure,2015,2016\nNorth,turnover,15,14.5\nNorth,vacancies,see note,-3\n", Chosen(measures=("turnover",)), {"turnover": [0.15, 0.145]}),
        ("measure,period,rate\nturnover,2015,15.5\nvacancies,2015,101\n", Chosen(measures=("turnover",)), {"turnover": [0.155]}),
        ("measure,period,numerator,denominator\nturnover,2015,3,10\nvacancies,2015,31,30\n", Chosen(measures=("turn",)), {"turnover": [0.3]}),
        ("Year,Turnover,Vacancies\n2015,15.5,many\n2016,15,101\n", Chosen(measures=("turnover",)), {"Turnover": [0.155, 0.15]}),
        ("Year,Leavers,In post,Vacancies\n2015,30,300,-4\n", Chosen(measures=("turnover",)), {"Turnover": [0.1]}),
        ("measure,2015,2016\nLeavers,30,30\nIn post,300,200\nVacancies,x,-4\n", Chosen(measures=("turnover",)), {"Turnover": [0.1, 0.15]}),
        ("team,Year,Turnover\nA,2015,15.5\nB,2015,12\n", Chosen(where=("team=b",)), {"Turnover": [0.12]}),
        ("team,measure,2015\nA,turnover,15.5\nB,turnover,12\n", Chosen(where=("Team=A",)), {"turnover": [0.155]}),
    ],
)
def test_only_cells_that_are_used_can_stop_it(sheet, content, chosen, expected):
    assert read(rate_table(sheet(content), chosen=chosen)) == expected


def test_cells_that_were_not_asked_for_are_counted(sheet):
    content = "area,measure,2015,2016\nNorth,turnover,15,14.5\nSouth,turnover,about 10,x y\n"
    (said,) = rate_table(sheet(content), chosen=Chosen(areas=("North",))).warnings
    assert said == ("rates.csv: 2 cells that were not asked for are no numbers (the first: `about 10`, row 3, column `2015`); nothing was made of them")


def test_several_rows_that_words_tell_apart_are_asked_about(sheet):
    for content in (
        "team,Year,Turnover\nA,2015,15.5\nB,2015,12\n",
        "team,measure,2015,2016\nA,turnover,15.5,14\nB,turnover,12,11\n",
        "team,measure,period,rate\nA,turnover,2015,14\nB,turnover,2015,11\n",
    ):
        with pytest.raises(UserError, match=r"several rows for one (period|measure): `team` has `A`, `B`") as caught:
            rate_table(sheet(content))
        assert caught.value.hint == 'say which: --where "team=A"'


def test_counts_beside_a_percentage_in_a_table_of_ones_own_make_it(sheet):
    content = "Year,Referrals,Re-referrals,Re-referrals %,Comment\n2015,400,80,20.0,old system\n2016,420,63,15.0,\n"
    (series,) = rate_table(sheet(content)).series
    assert [(rate.rate, rate.numerator, rate.denominator, rate.counted) for rate in series.rates] == [(0.2, 80, 400, True), (0.15, 63, 420, True)]
    differing = sheet(content.replace("20.0", "22.0").replace("15.0", "18.0"))
    with pytest.raises(UserError, match=r"`420` is above 100 %"):  # then nothing says that the counts belong to the rate
        rate_table(differing)
    assert read(rate_table(differing, chosen=Chosen(measures=("Re-referrals %",)))) == {"Re-referrals %": [0.22, 0.18]}


def test_what_is_not_asked_for_still_shows_the_unit(sheet):
    content = "measure,2015,2016\nturnover,15,14.5\nvacancies,0.9,0.4\n"
    assert read(rate_table(sheet(content), chosen=Chosen(measures=("vacancies",)))) == {"vacancies": [0.009, 0.004]}
    with pytest.raises(UserError, match="looks like shares"):
        rate_table(sheet(content.replace("15,14.5", "0.15,0.145")), chosen=Chosen(measures=("vacancies",)))
