"""Government's long layout, in both commands: columns in any order, categories in filter columns, symbols, counts beside rates."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpgstat.errors import UserError
from rpgstat.figures import Sheet
from rpgstat.figures.chosen import Chosen
from rpgstat.figures.derive import Declared, derive
from rpgstat.figures.rate_layouts import rate_table
from rpgstat.figures.series_layouts import series_table

# Invented authorities. Newest year first; 1 to 5 are `c`; England and regions are rounded to 10; two categories beside their total.
HEADER = "time_period,time_identifier,geographic_level,country_code,country_name,region_code,region_name,old_la_code,new_la_code,la_name,"
REFERRALS = (
    HEADER
    + """age,referral_count,repeat_count,repeat_percent
202425,Academic year,National,E92,England,,,,,,Total,61230,13780,22.5
202425,Academic year,Regional,E92,England,E12,London,,,,Total,9170,1650,18.0
202425,Academic year,Regional,E92,England,E13,Inner London,,,,Total,4070,650,16.0
202425,Academic year,Local authority,E92,England,E12,London,901,E0901,Wexmoor,Total,420,63,15.0
202425,Academic year,Local authority,E92,England,E12,London,901,E0901,Wexmoor,0 to 4,101,20,19.8
202425,Academic year,Local authority,E92,England,E12,London,902,E0902,Farrow Vale,Total,300,c,c
202324,Academic year,National,E92,England,,,,,,Total,60110,12500,20.8
202324,Academic year,Regional,E92,England,E12,London,,,,Total,9000,1530,17.0
202324,Academic year,Regional,E92,England,E13,Inner London,,,,Total,4000,700,17.5
202324,Academic year,Local authority,E92,England,E12,London,901,E0901,Wexmoor,Total,400,80,20.0
202324,Academic year,Local authority,E92,England,E12,London,901,E0901,Wexmoor,0 to 4,100,30,30.0
202324,Academic year,Local authority,E92,England,E12,London,902,E0902,Farrow Vale,Total,310,31,10.0
"""
)
LOOKED_AFTER = (
    HEADER.replace("new_la_code,la_name", "la_name,new_la_code")
    + """status,population_estimate,children_count,rate_per_10000
2023,Reporting year,Local authority,E92,England,E12,London,901,Wexmoor,E0901,On 31 March,37762,187,50
2022,Reporting year,Local authority,E92,England,E12,London,901,Wexmoor,E0901,On 31 March,36574,191,52
2021,Reporting year,Local authority,E92,England,E12,London,901,Wexmoor,E0901,On 31 March,x,197,z
2023,Reporting year,Local authority,E92,England,E12,London,901,Wexmoor,E0901,Starting,37762,80,21
2022,Reporting year,Local authority,E92,England,E12,London,901,Wexmoor,E0901,Starting,36574,90,25
2021,Reporting year,Local authority,E92,England,E12,London,901,Wexmoor,E0901,Starting,x,95,z
"""
)
TOTAL = ("age=Total",)


def one(table):
    """Of the only series: label -> (rate, numerator, denominator, counted)."""
    (series,) = table.series
    return {rate.period.label: (rate.rate, rate.numerator, rate.denominator, rate.counted) for rate in series.rates}


def test_counts_beside_a_percentage_make_its_rate(sheet):
    table = rate_table(sheet(REFERRALS), chosen=Chosen(("Wexmoor",), ("repeat",), TOTAL))
    assert one(table) == {"2023/24": (0.2, 80, 400, True), "2024/25": (0.15, 63, 420, True)}
    assert [series.kind for series in table.series] == ["part"]
    assert table.measures == ("repeat_percent (Total)",)
    assert "repeat_percent is repeat_count over referral_count, as the figures of the file show." in dict(table.notes).values()


def test_a_published_aggregate_keeps_its_rate(sheet):
    table = rate_table(sheet(REFERRALS), chosen=Chosen(("England",), ("repeat",), TOTAL))
    assert one(table) == {"2023/24": (0.208, 12500, 60110, True), "2024/25": (0.225, 13780, 61230, True)}
    assert table.series[0].rates[0].note == "as published, rounded; its interval and change are those of the counts beside it"
    off = rate_table(sheet(REFERRALS.replace("12500,20.8", "12500,20.2")), chosen=Chosen(("England",), ("repeat",), TOTAL))
    assert one(off)["2023/24"] == (0.202, 12500, 60110, False)
    assert "the counts beside it give 20.8 %" in off.series[0].rates[0].note


def test_symbols_are_reasons(sheet):
    (series,) = rate_table(sheet(REFERRALS), chosen=Chosen(("Farrow Vale",), (), TOTAL)).series
    assert [(rate.rate, rate.note) for rate in series.rates] == [(0.1, ""), (None, "[c] confidential")]
    bracketed = REFERRALS.replace("300,c,c", "300,[c],[c][r]")
    assert rate_table(sheet(bracketed), chosen=Chosen(("Farrow Vale",), (), TOTAL)).series[0].rates[1].note == "[c] confidential"


def test_a_rate_per_10_000_is_worked_out_from_the_population(sheet):
    table = rate_table(sheet(LOOKED_AFTER), chosen=Chosen(("Wexmoor",), (), ("status=On 31 March",)))
    assert one(table) == {"2021": (None, 197, None, False), "2022": (191 / 36574, 191, 36574, True), "2023": (187 / 37762, 187, 37762, True)}
    assert [(series.kind, series.per) for series in table.series] == [("events", 10_000)]


def test_an_area_may_be_named_by_its_code(sheet):
    assert rate_table(sheet(REFERRALS), chosen=Chosen(("e0901",), (), TOTAL)).areas == ("Wexmoor",)
    assert rate_table(sheet(REFERRALS), chosen=Chosen(("E12",), (), TOTAL)).areas == ("London",)  # not the authorities inside it


def test_categories_that_are_not_decided_are_asked_about_with_a_line_to_copy(sheet):
    for read in (lambda chosen: rate_table(sheet(REFERRALS), chosen=chosen), lambda chosen: series_table(sheet(REFERRALS), (), chosen)):
        with pytest.raises(UserError, match="several rows for one area and period: `age` has `Total`, `0 to 4`") as caught:
            read(Chosen(("Wexmoor",)))
        assert caught.value.hint == 'say which: --where "age=Total"'
        read(Chosen(("Farrow Vale",)))  # one row a period


@pytest.mark.parametrize(
    ("chosen", "problem", "hint"),
    [
        (Chosen(("Wexmor",)), "--area: the file has no `Wexmor`", "did you mean `Wexmoor`?"),
        (Chosen(("Farrow",)), "--area: the file has no `Farrow`", "did you mean `Farrow Vale`?"),
        (Chosen(("Atlantis",)), "--area: the file has no `Atlantis`", "it has 5 areas: `England`, `London`"),
        (Chosen(("Wexmoor",), (), ("ages=Total",)), "--where: the file has no column `ages`", "did you mean `age`? columns of words: "),
        (Chosen(("Wexmoor",), (), ("age=Totl",)), "--where: column `age` has no `Totl`", "did you mean `Total`? there are: `Total`, `0 to 4`"),
        (Chosen(("Wexmoor",), (), ("age",)), "--where: `age` is not COLUMN=VALUE", '--where "category=Total"'),
        (Chosen(("Wexmoor",), ("joy",), TOTAL), "--measure: the file has no `joy`", "there are: `repeat_percent`"),
    ],
)
def test_where_nothing_fits_what_there_is_is_listed(sheet, chosen, problem, hint):
    with pytest.raises(UserError) as caught:
        rate_table(sheet(REFERRALS), chosen=chosen)
    assert caught.value.problem == problem
    assert hint in caught.value.hint


def test_a_count_is_told_from_a_rate(sheet):
    with pytest.raises(UserError, match="--measure: `referral_count` is a count, not a rate") as caught:
        rate_table(sheet(REFERRALS), chosen=Chosen(("Wexmoor",), ("referral_count",), TOTAL))
    assert "rpgstat indicators" in caught.value.hint
    counts = "\n".join(line.rpartition(",")[0] for line in REFERRALS.strip().split("\n")) + "\n"
    with pytest.raises(UserError, match="no column is a rate: `referral_count`, `repeat_count`"):
        rate_table(sheet(counts), chosen=Chosen(("Wexmoor",), (), TOTAL))


def test_a_rate_of_unknown_size_is_refused_unless_it_is_declared(sheet):
    bare = HEADER + "offence_rate\n2023,Reporting year,National,E92,England,,,,,,12.5\n2022,Reporting year,National,E92,England,,,,,,11.0\n"
    with pytest.raises(UserError, match="column `offence_rate`: nothing says what the rate is so many of"):
        rate_table(sheet(bare))
    assert [rate.rate for rate in rate_table(sheet(bare), unit="percent").series[0].rates] == [0.11, 0.125]


def test_all_areas_leave_out_the_halves_of_london(sheet):
    assert rate_table(sheet(REFERRALS), chosen=Chosen(("all",), (), TOTAL)).areas == ("England", "London", "Wexmoor", "Farrow Vale")
    with pytest.raises(UserError, match="5 areas, some of which contain others"):
        rate_table(sheet(REFERRALS), chosen=Chosen((), (), TOTAL))


def test_a_cell_of_another_area_never_stops_it(sheet):
    broken = REFERRALS.replace("300,c,c", "three hundred,?,-4")
    for read in (
        rate_table(sheet(broken), chosen=Chosen(("Wexmoor",), (), TOTAL)).warnings,
        series_table(sheet(broken), (), Chosen(("Wexmoor",), (), TOTAL))[1],
    ):
        assert any("2 cells that were not asked for are no numbers" in words for words in read)
    with pytest.raises(UserError, match="row 7, column `referral_count`: `three hundred` is not a number"):
        series_table(sheet(broken), (), Chosen(("Farrow Vale",), (), TOTAL))


def test_each_column_of_figures_is_a_series_oldest_first(sheet):
    raw, warnings = series_table(sheet(REFERRALS), (), Chosen(("Wexmoor",), (), TOTAL))
    made, _ = derive(raw, Declared(ratios=("repeat_count (Total)/referral_count (Total)",)))
    assert [(series.name, series.kind, series.values) for series in made] == [
        ("referral_count (Total)", "number", (400, 420)),
        ("repeat_count (Total)", "number", (80, 63)),
        ("repeat_percent (Total)", "share", (0.2, 0.15)),
        ("repeat_count (Total) / referral_count (Total)", "share", (0.2, 0.15)),
    ]
    assert made[0].labels == {2023: "2023/24", 2024: "2024/25"}
    assert warnings == []


def test_series_of_several_areas_carry_their_names(sheet):
    raw, _ = series_table(sheet(REFERRALS), (), Chosen(("Wexmoor", "England"), ("referral_count",), TOTAL))
    assert [series.name for series in raw] == ["England: referral_count (Total)", "Wexmoor: referral_count (Total)"]
    with pytest.raises(UserError, match="5 areas"):
        series_table(sheet(REFERRALS), (), Chosen())


def test_a_column_may_name_the_measures(sheet):
    row = "{},Reporting year,Local authority,E92,England,,,,E0901,Wexmoor,{}\n".format
    named = (
        HEADER
        + "indicator,value\n"
        + "".join(
            row(year, cells) for year, cells in [(2023, "Vacancy rate,15.5"), (2023, "Caseload,16.1"), (2022, "Vacancy rate,14.5"), (2022, "Caseload,many")]
        )
    )
    assert [rate.rate for rate in rate_table(sheet(named), chosen=Chosen(measures=("vacancy",))).series[0].rates] == [0.145, 0.155]
    raw, _ = series_table(sheet(named), (), Chosen(measures=("vacancy",)))
    assert [(series.name, sorted(series.points)) for series in raw] == [("Vacancy rate", [2022, 2023])]


def test_a_category_written_in_numbers_is_asked_about_and_is_no_series(sheet):
    row = "{},Reporting year,National,E92,England,,,,,,{},{}\n".format
    ages = HEADER + "age,entrants\n" + "".join(row(year, age, 10 * age) for year in (2024, 2023) for age in (16, 17))
    with pytest.raises(UserError, match="several rows for one area and period: `age` has `16`, `17`"):
        series_table(sheet(ages))
    raw, _ = series_table(sheet(ages), (), Chosen(where=("age=17",)))
    assert [(series.name, [point.value for point in series.points.values()]) for series in raw] == [("entrants (17)", [170, 170])]


def test_rows_of_two_codes_of_one_name_are_asked_about(sheet):
    row = "2024,Reporting year,Local authority,E92,England,E12,London,901,{},Wexmoor,{}\n".format
    two = HEADER + "plans\n" + row("E0901", 12) + row("E0999", 13)
    with pytest.raises(UserError, match="`new_la_code` has `E0901`, `E0999`"):
        series_table(sheet(two))
    assert series_table(sheet(two), (), Chosen(areas=("E0999",)))[0][0].points[2024].value == 13


@pytest.mark.parametrize(
    ("written", "kind", "label"),
    [
        ("201112", "Academic year", "2011/12"),
        ("201112", "Financial year", "2011/12"),
        ("2024", "Reporting year", "2024"),
        ("2024", "Calendar year", "2024"),
        ("2024", "Q3", "2024 Q3"),
        ("202425", "Financial year Q1", "2024/25 Q1"),
        ("2024", "March", "2024-03"),
    ],
)
def test_the_identifier_says_what_a_period_is(sheet, written, kind, label):
    content = f"time_period,time_identifier,geographic_level,country_name,plans\n{written},{kind},National,England,12\n"
    raw, _ = series_table(sheet(content))
    assert raw[0].sample == label


def test_years_beside_quarters_are_asked_about(sheet):
    header = "time_period,time_identifier,geographic_level,country_name,plans\n"
    content = header + "2024,Q2,National,England,14\n2024,Q1,National,England,12\n2024,Calendar year,National,England,50\n"
    with pytest.raises(UserError, match="years stand beside other periods: `time_identifier` has `Q2`, `Q1`, `Calendar year`") as caught:
        series_table(sheet(content))
    assert '--where "time_identifier=Calendar year"' in caught.value.hint
    (quarters,), _ = series_table(sheet(content), (), Chosen(where=("time_identifier=Q1", "time_identifier=Q2")))
    assert [(quarters.frequency, point.value) for point in quarters.points.values()] == [("quarter", 12), ("quarter", 14)]
    two = header + "2024,Academic year,National,England,12\n2024,Calendar year,National,England,50\n"
    with pytest.raises(UserError, match="several rows for one area and period: `time_identifier` has `Academic year`, `Calendar year`"):
        series_table(sheet(two))


@given(st.permutations(range(14)), st.randoms())
def test_columns_and_rows_may_stand_in_any_order(order, random):
    lines = [line.split(",") for line in REFERRALS.strip().split("\n")]
    header, *rows = [[line[i] for i in order] for line in lines]
    random.shuffle(rows)
    made = Sheet("rates.csv", Path("rates.csv"), tuple(header), tuple(map(tuple, rows)), tuple(range(2, len(rows) + 2)), ".")
    assert one(rate_table(made, chosen=Chosen(("Wexmoor",), ("repeat",), TOTAL))) == {"2023/24": (0.2, 80, 400, True), "2024/25": (0.15, 63, 420, True)}
