from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpgstat.admin import Cell, decimal_mark, numbers
from rpgstat.admin.cells import told
from rpgstat.errors import UserError


def cells(*texts: str) -> list[Cell]:
    return [Cell(text, f"f.csv: row {row}, column `2016`") for row, text in enumerate(texts, start=2)]


def values(*texts: str, decimal=None) -> list[float | None]:
    return [figure.value for figure in numbers(cells(*texts), decimal=decimal)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (["14", "14.7", "0"], [14, 14.7, 0]),
        (["14,7", "0,125"], [14.7, 0.125]),
        (["1,234", "1,234.5"], [1234, 1234.5]),
        (["1.234", "14,7"], [1234, 14.7]),
        (["1,234,567", "1,234"], [1234567, 1234]),
        (["1.234.567", "1.234"], [1234567, 1234]),
        (["36\u00a0186,3", "1 234", "12\u202f345"], [36186.3, 1234, 12345]),
        (["1'234.5", "2’345"], [1234.5, 2345]),
        (["-3", "−3", "+3", ".5"], [-3, -3, 3, 0.5]),
        (["1.5E+3", "1e-05"], [1500, 0.00001]),
        (["\ufeff12", " 13 "], [12, 13]),
        (["15.2 [r]", "3[e][p]"], [15.2, 3]),
        (["£1,234", "£ 950.5", "-£3", "12 €"], [1234, 950.5, -3, 12]),
        (["12,5 %", "3,25 %"], [12.5, 3.25]),
        (["(3)", "(1,234.5)", "(£4)", "(5 %)"], [-3, -1234.5, -4, -5]),
    ],
)
def test_numbers_are_read_in_the_way_the_column_writes_them(written, read):
    assert values(*written) == read


def test_what_only_the_rest_of_the_file_shows_decides_where_the_column_does_not():
    assert values("1,234", decimal=".") == [1234]
    assert values("1,234", decimal=",") == [1.234]
    assert values("14,7", decimal=".") == [14.7]  # the column's own cells come first


@pytest.mark.parametrize(("written", "read"), [("£1,234", 1234), ("€1.234", 1234), ("1.234 €", 1234), ("$ 12,345", 12345), ("(£1,234)", -1234)])
@pytest.mark.parametrize("decimal", [",", ".", None])
def test_no_sum_of_money_has_three_decimals(written, read, decimal):
    assert values(written, "950", decimal=decimal) == [read, 950]
    assert told([cells(written.strip("()"))], decimal=decimal) == []


def test_a_sum_of_money_shows_what_its_column_writes():
    assert values("£1,234", "5,678", decimal=",") == [1234, 5678]
    with pytest.raises(UserError, match="another decimal mark"):
        values("£1,234", "12,5")


def test_a_number_that_can_be_read_in_two_ways_is_refused():
    with pytest.raises(UserError, match=r"row 3, column `2016`: `1,234` can be read as 1234 and as 1.234"):
        values("950", "1,234")


def test_two_ways_of_writing_in_one_column_are_refused():
    with pytest.raises(UserError, match=r"row 3, column `2016`: `14,7` is written with another decimal mark than `15.2` .row 2"):
        values("15.2", "14,7")


@pytest.mark.parametrize("written", ["about 15", "12¹", "1 2", "15 (est.)", "1,23,4", "12.3.4", "5 pounds", "£", "()", "(c)", "£5 £6", "1e999", "--", "[q]"])
def test_text_in_a_number_is_refused_and_the_cell_named(written):
    with pytest.raises(UserError) as caught:
        values("12.5", written)
    assert "f.csv: row 3, column `2016`" in caught.value.problem
    assert caught.value.hint


@pytest.mark.parametrize("symbol", ["c", "z", "x", "u", "low", "k", ":", "~", "[c]", "[z]", "[low]", "[c][r]", "C", "..", "", " ", "N/A", "NA", "-", "–"])
def test_a_symbol_is_a_reason_and_never_a_number(symbol):
    (figure,) = numbers(cells(symbol))
    assert figure.value is None
    assert figure.reason


def test_symbols_say_what_they_mean():
    assert [figure.reason for figure in numbers(cells("c", "[x]", "k", ""))] == [
        "[c] confidential",
        "[x] not available",
        "[k] rounds to 0, but is not 0",
        "blank in the file",
    ]


def test_a_percent_sign_is_told():
    figures = numbers(cells("15 %", "14.7%", "3"))
    assert [(figure.value, figure.percent) for figure in figures] == [(15, True), (14.7, True), (3, False)]


def test_the_decimal_mark_of_a_table_needs_agreement():
    assert decimal_mark(["Turnover", "2015", "14,7"]) == ","
    assert decimal_mark(["14,7", "14.7"]) is None
    assert decimal_mark(["1,234", "c"]) is None


@given(st.floats(min_value=-1e9, max_value=1e9, allow_nan=False))
def test_what_python_writes_comes_back(number):
    assert values(repr(number), "0.5") == [number, 0.5]


@given(st.decimals(min_value=0, max_value=10**9, places=2), st.sampled_from([(",", "."), (".", ","), (" ", ",")]))
def test_thousands_and_decimals_in_any_convention_mean_the_same(number, marks):
    thousands, decimal = marks
    written = f"{number:,.2f}".replace(",", "T").replace(".", decimal).replace("T", thousands)
    assert values(written) == [float(number)]


def test_what_the_column_leaves_open_is_told():
    assert told([cells("1,234", "950")], decimal=".") == ["f.csv: row 2, column `2016`: `1,234` is read as 1234: commas part thousands in this file"]
    assert told([cells("1,234", "950")], decimal=",") == ["f.csv: row 2, column `2016`: `1,234` is read as 1.234: commas part decimals in this file"]
    assert told([cells("1,234", "950.5")], decimal=".") == []  # the column itself shows it
    assert told([cells("12", "(3)")]) == ["f.csv: row 3, column `2016`: `(3)` is read as -3, as accounts write it"]


def test_a_currency_is_told_from_a_bare_number():
    assert [(figure.value, figure.money) for figure in numbers(cells("£1,234.50", "12"))] == [(1234.5, True), (12, False)]
