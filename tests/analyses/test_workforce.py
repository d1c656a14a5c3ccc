"""Rates and their changes: the published table, what counts and a headcount allow, margins, references, trends, sentences."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpgstat.admin import Period
from rpgstat.admin.rates import Rate, RateSeries, RateTable
from rpgstat.analyses.workforce import WorkforceOptions, workforce
from rpgstat.errors import UserError

NO_COUNTS = "no counts, so no interval and no test"
REFERENCE_PERIOD = "the period compared with"

TABLE = {"turnover": (15, 14.7, 14.8, 14.9), "vacancies": (6, 7.2, 0.9, 0.4), "agency staffing": (14, 11.4, 1.4, 0.0), "sickness": (3, 3.7, 3.9, 3.5)}
KINDS = {"turnover": "events", "vacancies": "part", "agency staffing": "part", "sickness": "days", "caseload": "each"}


def bare(rates=None, first=2015):
    series = [
        RateSeries(name, KINDS[name], None, tuple(Rate(Period(first + i, str(first + i)), None if v is None else v / 100) for i, v in enumerate(values)))
        for name, values in (rates or TABLE).items()
    ]
    return RateTable(tuple(series), 1)


def counted(measure, pairs, kind=None, area=None):
    rates = tuple(Rate(Period(2015 + i, str(2015 + i)), a / n, a, n, counted=True) for i, (a, n) in enumerate(pairs))
    return RateTable((RateSeries(measure, kind or KINDS[measure], area, rates),), 1)


def rows(table, **options):
    return workforce(table, WorkforceOptions(**options), {})[0].rows


def trends(table, **options):
    return workforce(table, WorkforceOptions(**options), {})[1].rows


def last(found):
    return {row["measure"]: row for row in found if row["period"] == "2018"}


def test_the_published_table_comes_back_exactly():
    found = rows(bare())
    assert [(row["measure"], row["period"], row["rate"]) for row in found] == [
        (name, str(2015 + i), value / 100) for name, values in TABLE.items() for i, value in enumerate(values)
    ]
    assert {row["conclusion"] for row in found} == {None, "descriptive"}
    assert all(row["p_value"] is None and row["conf_low"] is None and NO_COUNTS in row["note"] for row in found)


def test_bare_rates_say_change_and_range():
    found = last(rows(bare()))
    assert found["agency staffing"]["sentence"] == (
        "Agency staffing stood at 14.0 % in 2015 and 0.0 % in 2018; between 0.0 % and 14.0 % throughout (described, not tested)."
    )
    assert found["turnover"]["sentence"] == "Turnover stood at 15.0 % in 2015 and 14.9 % in 2018; between 14.7 % and 15.0 % throughout (described, not tested)."
    assert found["sickness"]["change"] == pytest.approx(0.005)
    assert found["sickness"]["relative"] == pytest.approx(1 / 6)


def test_with_a_headcount_vacancies_and_agency_fell_and_turnover_is_inconclusive():
    found = last(rows(bare(), headcount=300))
    assert {name: row["conclusion"] for name, row in found.items()} == {
        "turnover": "inconclusive",
        "vacancies": "fell",
        "agency staffing": "fell",
        "sickness": "descriptive",
    }
    result, _ = workforce(bare(), WorkforceOptions(headcount=300), {})
    assert any(note.startswith("Turnover, vacancies and agency staffing are treated as shares of 300 people") for note in result.notes)
    assert found["turnover"]["numerator"] is None  # nobody counted it


def test_a_margin_makes_what_stays_within_it_fairly_constant():
    found = last(rows(bare(), headcount=3000, margins={"turnover": 2.0}))
    assert found["turnover"]["conclusion"] == "fairly constant"
    assert found["turnover"]["sentence"].startswith(
        "Turnover stayed fairly constant, at 15.0 % in 2015 and 14.9 % in 2018: a change within the margin of 2.0 points (90 % CI"
    )
    assert found["vacancies"]["conclusion"] == "fell"
    assert last(rows(bare(), headcount=300, margins={"turnover": 2.0}))["turnover"]["conclusion"] == "inconclusive"  # too few people to say so


def test_a_margin_without_counts_concludes_nothing():
    found = last(rows(bare(), margins={"": 0.5}))
    assert {row["conclusion"] for row in found.values()} == {"descriptive"}
    assert "within the margin of 0.5 points, as far as rates without counts can say" in found["turnover"]["note"]
    assert "beyond the margin" in found["vacancies"]["note"]


def test_a_significant_change_within_the_margin_is_both():
    table = counted("vacancies", [(1000, 20000), (1150, 20000)])
    row = rows(table, margins={"": 2.0})[-1]
    assert (row["conclusion"], row["p_value"] < 0.05) == ("fairly constant", True)
    assert "a real change, but within the margin" in row["note"]


def test_counts_of_a_part_have_wilson_and_newcombe_limits():
    row = rows(counted("agency staffing", [(48, 80), (56, 70)]))[-1]
    assert (round(row["change_low"], 4), round(row["change_high"], 4)) == (0.0524, 0.3339)
    assert row["conclusion"] == "rose"
    assert row["sentence"] == "Agency staffing rose from 60.0 % in 2015 to 80.0 % in 2016, a rise of 20.0 points (95 % CI 5.2 to 33.4 points, p = .008)."


def test_events_over_a_stock_may_pass_one_and_note_their_ratio():
    row = rows(counted("turnover", [(130, 100), (95, 105)]))[-1]
    assert row["conf_low"] < row["rate"] < row["conf_high"]
    assert row["conclusion"] == "fell"
    assert row["note"].startswith("ratio 0.70, 95 % CI 0.53 to 0.91")


def test_days_and_cases_stay_descriptive_even_with_numbers():
    row = rows(counted("sickness", [(2000, 75000), (4000, 75000)]))[-1]
    assert (row["conclusion"], row["numerator"], row["conf_low"]) == ("descriptive", 4000, None)
    caseload = rows(counted("caseload", [(3400, 200), (3000, 200)]))[-1]
    said = "Caseload stood at 17.0 cases per worker in 2015 and 15.0 cases per worker in 2016 (described, not tested)."
    assert caseload["sentence"] == said


def test_the_reference_can_be_the_period_before_or_any_period():
    previous = [row["reference"] for row in rows(bare({"turnover": (15, 14, 13, 12)}), reference="previous")]
    assert previous == [None, "2015", "2016", "2017"]
    named = rows(bare({"turnover": (15, 14, 13, 12)}), reference="2016")
    assert [row["reference"] for row in named] == [None, None, "2016", "2016"]
    assert [row["note"].rpartition("; ")[2] for row in named[:2]] == ["before the period to compare with", REFERENCE_PERIOD]
    with pytest.raises(UserError, match="--reference: no period `2014`"):
        rows(bare(), reference="2014")


def test_a_gap_is_passed_over_and_told():
    found = rows(bare({"turnover": (15, None, 13, 12)}), reference="previous")
    assert [row["reference"] for row in found] == [None, None, "2015", "2017"]
    assert found[1]["rate"] is None
    assert found[1]["conclusion"] is None


def test_a_table_of_reasons_alone_says_that_nothing_was_tested():
    found = workforce(bare({"turnover": (None, None, None)}), WorkforceOptions(), {})[0]
    assert found.method == "The table gives reasons for having no rate, and no rate: nothing is described or tested."
    assert [row["rate"] for row in found.rows] == [None] * 3


def test_one_period_has_nothing_to_compare_with():
    found = rows(bare({"turnover": (15,)}))
    assert found[0]["note"].endswith("one period only: nothing to compare with")
    assert found[0]["sentence"] == "Turnover stood at 15.0 % in 2015."
    assert trends(bare({"turnover": (15,)}))[0]["note"] == "fewer than 3 periods: no trend"


def test_nothing_but_zeros_is_no_test():
    row = rows(counted("agency staffing", [(0, 300), (0, 310)]))[-1]
    assert (row["p_value"], row["relative"], row["conclusion"]) == (None, None, "inconclusive")
    assert "the reference is 0, so no relative change" in row["note"]


def test_the_trend_of_bare_rates_has_a_slope_alone():
    found = {row["measure"]: row for row in trends(bare())}
    assert found["vacancies"]["slope"] == pytest.approx(-0.0231)
    assert (found["vacancies"]["slope_low"], found["vacancies"]["p_value"], found["vacancies"]["method"]) == (None, None, "least squares")


def test_the_trend_of_counts_is_tested():
    part = trends(counted("agency staffing", [(30, 210), (25, 205), (15, 199), (4, 220)]))[0]
    events = trends(counted("turnover", [(30, 210), (25, 205), (15, 199), (4, 220)]))[0]
    assert part["p_value"] < events["p_value"] < 0.001
    assert part["slope"] == events["slope"] < 0
    assert (part["method"], events["method"]) == (
        "weighted least squares, Cochran-Armitage score test",
        "weighted least squares, Poisson score test",
    )


def test_slopes_are_per_year_whatever_the_periods():
    quarters = tuple(Rate(Period(8060 + i, f"{2015 + i // 4} Q{i % 4 + 1}"), 0.1 + 0.01 * i) for i in range(4))
    (found,) = trends(RateTable((RateSeries("turnover", "events", None, quarters),), 4))
    assert found["slope"] == pytest.approx(0.04)


def test_one_headcount_cannot_be_that_of_two_areas():
    both = RateTable((*counted("turnover", [(3, 10)], area="A").series, *counted("turnover", [(3, 10)], area="B").series), 1)
    with pytest.raises(UserError, match="--headcount 300 cannot be that of 2 areas"):
        rows(both, headcount=300)


def test_a_margin_for_a_measure_that_is_not_there():
    with pytest.raises(UserError, match="--margin: the file has no `turnovr`"):
        rows(bare(), margins={"turnovr": 1.0})


def test_a_sentence_without_a_test_has_no_verb_of_change():
    changing = {"fell", "rose", "fall", "rise", "increased", "decreased", "grew", "dropped", "stayed", "constant"}
    for row in (*rows(bare()), *rows(bare(), headcount=300, margins={"": 3.0})):
        if row["conclusion"] not in ("fell", "rose", "fairly constant"):
            assert not changing & set(row["sentence"].lower().replace(",", "").split())


def per_10_000(pairs):
    rates = tuple(Rate(Period(2021 + i, str(2021 + i)), a / n, a, n, counted=True) for i, (a, n) in enumerate(pairs))
    return RateTable((RateSeries("rate_per_10000", "events", None, rates, 10_000),), 1)


def test_a_rate_per_10_000_is_shown_as_that():
    first, second = rows(per_10_000([(187, 37762), (290, 36574)]))
    assert (first["rate"], second["change"]) == (pytest.approx(187 / 3.7762), pytest.approx(290 / 3.6574 - 187 / 3.7762))
    assert first["conf_low"] < first["rate"] < first["conf_high"]
    assert second["sentence"].startswith("Rate per 10000 rose from 49.5 per 10,000 in 2021 to 79.3 per 10,000 in 2022, a rise of 29.8 per 10,000 (95 % CI ")
    assert trends(per_10_000([(187, 37762), (190, 37000), (290, 36574)]))[0]["slope"] > 5


def test_the_margin_of_a_rate_per_10_000_is_in_its_own_unit():
    table = per_10_000([(18700, 3776200), (18900, 3776200)])
    assert rows(table, margins={"": 2.0})[-1]["conclusion"] == "fairly constant"
    assert rows(table, margins={"": 0.2})[-1]["conclusion"] == "inconclusive"


def test_the_change_of_published_rates_with_counts_is_that_of_the_counts():
    rates = tuple(Rate(Period(2015 + i, str(2015 + i)), round(a / n, 3), a, n, counted=True) for i, (a, n) in enumerate([(142900, 632830), (140010, 621560)]))
    row = rows(RateTable((RateSeries("rereferral_percent", "part", "England", rates),), 1))[-1]
    assert row["rate"] == 0.225
    assert row["change_low"] < row["change"] == 140010 / 621560 - 142900 / 632830 < row["change_high"]


def test_no_sentence_says_why():
    for row in (*rows(bare()), *rows(bare(), headcount=300, margins={"": 3.0})):
        assert not {"because", "due", "caused", "led", "effect", "impact", "thanks"} & set(row["sentence"].lower().split())


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(300, 400)), min_size=2, max_size=6))
def test_turning_time_round_turns_the_change_round(pairs):
    forward = rows(counted("vacancies", pairs))[-1]
    back = rows(counted("vacancies", pairs[::-1]))[-1]
    assert forward["change"] == pytest.approx(-back["change"], abs=1e-12)
    assert forward["p_value"] == (None if back["p_value"] is None else pytest.approx(back["p_value"]))
    assert {forward["conclusion"], back["conclusion"]} in ({"fell", "rose"}, {"inconclusive"})


@given(st.lists(st.decimals(0, 99, places=2).map(float), min_size=1, max_size=12), st.integers(1, 100_000))
def test_every_row_has_its_rate_a_sentence_and_a_reason_for_what_is_missing(values, headcount):
    for row in rows(bare({"vacancies": values}), headcount=headcount):
        assert row["sentence"].endswith(".")
        assert row["change"] is not None or row["note"]
        assert all(value is None or not isinstance(value, float) or math.isfinite(value) for value in row.values())
