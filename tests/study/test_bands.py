"""Numbers as people write them, and the bands they belong to."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpgstat.study.bands import band, band_labels, in_years

EDGES = tuple(map(Fraction, (0, 2, 5, 10)))
UNDER_2, TO_5, TO_10, MORE = range(4)


@pytest.mark.parametrize(
    ("answer", "place"),
    [
        ("0", UNDER_2), ("1.99", UNDER_2), ("1,5", UNDER_2), ("2", TO_5), ("2.0", TO_5),
        ("4,9 years", TO_5), ("5 yrs", TO_10), ("10", MORE), (" 12 ", MORE),
        ("3 years", TO_5), ("2y 6m", TO_5), ("2 years and 6 months", TO_5), ("18 months", UNDER_2), ("3 ans", TO_5), ("20 Jahre", MORE), ("three years", TO_5),
        ("<1", UNDER_2), ("< 2 years", UNDER_2), ("less than a year", UNDER_2), ("12+", MORE), ("10+ years", MORE),
        ("over 10 years", MORE), ("10 or more", MORE),
        ("2 to 4", TO_5), ("5-9 years", TO_10), ("about 3", TO_5), ("-1", -1),
        ("<3", None), ("4+", None), ("1-3", None), ("1,234", None), ("ages", None), ("", None), ("1e3", None), ("nan", None), ("½", None), ("3 / 4", None),
    ],
)  # fmt: skip
def test_a_number_belongs_to_the_band_that_holds_all_it_may_mean(answer, place):
    assert band(answer, EDGES, years=True) == place


def test_months_are_twelfths_only_where_years_are_counted():
    assert (band("18 months", EDGES, years=True), band("18 months", EDGES, years=False)) == (UNDER_2, MORE)
    assert in_years("How long have you worked here?", [])
    assert in_years("Tenure", ["3"])
    assert in_years("Service", ["3 years", "4"])
    assert not in_years("Cases", ["3", "6 months"])


def test_labels_say_that_the_lower_edge_is_included():
    assert band_labels(EDGES) == ("under 2", "2 to under 5", "5 to under 10", "10 or more")
    assert band_labels((Fraction(18), Fraction("29.5"))) == ("18 to under 29.5", "29.5 or more")


def test_below_the_lowest_edge_is_below():
    assert [band(answer, (Fraction(18), Fraction(30)), years=False) for answer in ("17", "<18", "18", "under 20")] == [-1, -1, 0, None]


@given(st.lists(st.integers(0, 60), min_size=2, max_size=6, unique=True), st.integers(0, 99), st.integers(0, 9))
def test_a_plain_number_is_where_the_edges_say(edges, whole, tenth):
    edges = tuple(map(Fraction, sorted(edges)))
    value = Fraction(whole) + Fraction(tenth, 10)
    expected = sum(edge <= value for edge in edges) - 1
    assert band(f"{whole}.{tenth}", edges, years=False) == expected == band(f"{whole},{tenth}", edges, years=False)
