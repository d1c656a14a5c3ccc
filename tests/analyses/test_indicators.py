"""Results of series: what each row says, in numbers and in words."""

import pytest

from rpgstat.analyses.indicators import CAUTION, IndicatorOptions, indicators
from rpgstat.figures.series import Event, Series

START = 2016 * 12


def monthly(values, name="Plans", **more):
    """A monthly series from January 2016; None is a month without a value."""
    held = {START + i: float(value) for i, value in enumerate(values) if value is not None}
    labels = {START + i: f"{2016 + i // 12}-{i % 12 + 1:02d}" for i in range(len(values))}
    return Series(name, 12, labels, tuple(held), tuple(held.values()), **more)


def run(*series, **options):
    return {result.name: result for result in indicators(series, IndicatorOptions(**options), {})}


def trend(series, **options):
    return run(series, **options)["trend"].rows[0]


FALLING = [120 - 2 * i + (3, 0, -2, 1)[i % 4] for i in range(24)]


def test_a_falling_series_in_words():
    row = trend(monthly(FALLING))
    assert row["conclusion"] == "fell"
    assert row["p_corrected"] is not None
    assert row["slope"] == pytest.approx(-24, abs=0.5)
    assert row["sentence"].startswith("Plans fell from 123 in Jan 2016 to 75 in Dec 2017 (−24.00 a year, 95 % CI −2")
    assert row["sentence"].endswith("; p < .001).")
    assert "cause" not in row["sentence"]


def test_a_rising_series_is_its_mirror():
    assert trend(monthly([200 - value for value in FALLING]))["conclusion"] == "rose"


def test_no_trend_is_inconclusive_and_not_constant():
    row = trend(monthly([50, 53, 49, 52, 51, 50, 53, 48, 52, 50, 51, 52]))
    assert row["conclusion"] == "inconclusive"
    assert "these data do not show whether there was a trend" in row["sentence"]
    assert "p is not corrected" in row["note"]
    assert row["p_corrected"] is None


def test_the_conclusion_uses_the_corrected_p():
    values = [63, 64, 64, 66, 67, 63, 60, 62, 65, 61, 60, 58, 52, 52, 47, 54, 49, 46, 47, 49, 52, 50, 54, 52, 56, 55, 51, 53, 55, 55]
    row = trend(monthly(values))
    assert row["p_value"] < 0.05 < row["p_corrected"]
    assert row["conclusion"] == "inconclusive"
    assert row["note"].startswith("not significant once p is corrected; neighbouring periods are alike")


def test_a_trend_against_its_own_ends_says_so():
    row = trend(monthly([20, *(60 - month for month in range(30)), 50]))
    assert row["conclusion"] == "fell"
    assert "fell over the period as a whole, though the figure was 20 in Jan 2016 and 50 in Aug 2018" in row["sentence"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([7], "Plans stood at 7 in Jan 2016; there is no other period to compare it with."),
        ([7, 9], "Plans stood at 7 in Jan 2016 and 9 in Feb 2016; fewer than 3 points: no trend to test."),
        ([7, 7, 7], "Plans stood at 7 throughout, from Jan 2016 to Mar 2016."),
    ],
)
def test_what_cannot_be_tested_is_described(values, words):
    row = trend(monthly(values))
    assert row["sentence"] == words
    assert (row["conclusion"], row["p_value"], row["p_corrected"]) == ("descriptive", None, None)
    assert row["note"]


def test_every_empty_number_has_a_note():
    for values in ([7], [7, 9], [7, 7, 7], [4, 3, 2, 1], [-1, 2, 3, 4, 2], [0] * 30, FALLING):
        row = trend(monthly(values))
        if any(value is None for key, value in row.items() if key != "note"):
            assert row["note"], row


def test_a_share_is_told_in_per_cent_and_points():
    again, all_of_them = (60, 58, 57, 52, 50, 49, 47, 41, 40, 38), (200,) * 10
    shares = [a / b for a, b in zip(again, all_of_them, strict=True)]
    series = monthly(shares, "Re-referrals / Referrals", kind="share", counts=again, totals=all_of_them)
    row = trend(series)
    assert row["last_value"] == 0.19
    assert row["sentence"].startswith("Re-referrals / Referrals fell from 30.0 % in Jan 2016 to 19.0 % in Oct 2016 (−15.0 points a year, 95 % CI −1")
    assert "p chart" in run(series)["chart"].method
    assert "XmR chart" in run(series, chart="xmr")["chart"].method


def test_gaps_stand_in_the_chart_and_the_note():
    values = [*FALLING[:6], None, *FALLING[7:]]
    results = run(monthly(values))
    rows = results["chart"].rows
    assert [row["period"] for row in rows if row["value"] is None] == ["2016-07"]
    assert rows[6]["note"] == "no value"
    assert len(rows) == 24
    assert "no value in Jul 2016" in results["trend"].rows[0]["note"]
    many = run(monthly([5, None, None, None, None, 6, 7]))["trend"].rows[0]["note"]
    assert "no value in Feb 2016, Mar 2016, Apr 2016 and 1 more" in many


def test_a_reason_for_a_missing_value_is_kept():
    series = monthly([5, None, 6, 7], missing={START + 1: "confidential"})
    assert run(series)["chart"].rows[1]["note"] == "no value: confidential"


def test_signals_need_a_direction_to_be_good_or_bad():
    values = [20, 30] * 5 + [20, 70]
    for better, word in ((None, "high"), ("lower", "concern"), ("higher", "improvement")):
        results = run(monthly(values, better=better))
        last = results["chart"].rows[-1]
        assert (last["signal"], last["variation"]) == ("outside", word)
        told = f"Plans: above the upper limit, Dec 2016{f' ({word})' if better else ''}."
        assert results["chart"].notes[0] == told
    assert run(monthly(values[:11]))["chart"].notes == (
        "Plans: no signal, common-cause variation only.",
        "Plans: trial limits: made from 11 points, fewer than 12.",
    )


def test_events_carry_their_caution():
    values = [50 + (month % 3) - (20 if month >= 12 else 0) for month in range(24)]
    series = monthly(values, events=(Event("closed", START + 23, "Dec 2017"), Event("new team", START + 12, "Jan 2017")))
    events = run(series)["events"]
    assert CAUTION in events.notes
    first, second = events.rows
    assert (first["event"], first["period"]) == ("new team", "Jan 2017")
    assert first["level_change"] < -15
    assert first["level_low"] < first["level_change"] < first["level_high"]
    assert second["level_change"] is None
    assert "too few to judge" in second["note"]


def test_without_events_there_is_no_result_of_them():
    assert list(run(monthly(FALLING))) == ["trend", "chart"]


def test_limits_widen_with_confidence():
    narrow, wide = trend(monthly(FALLING), alpha=0.2), trend(monthly(FALLING), alpha=0.01)
    assert wide["slope_low"] < narrow["slope_low"]
    assert wide["percent_low"] < narrow["percent_low"]
    assert "80 % CI" in narrow["sentence"]


def test_forty_years_of_months_are_quick():
    import time

    began = time.perf_counter()
    run(*(monthly([500 - i // 3 + (i * 7919 % 23) for i in range(480)], f"s{k}") for k in range(3)))
    assert time.perf_counter() - began < 5
