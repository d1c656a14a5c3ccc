"""Results of series: what each row says, in numbers and in words."""

import math
import re
from dataclasses import replace

import pytest

from rpgstat.admin.series import Event, Series
from rpgstat.analyses.indicators import IndicatorOptions, indicators
from rpgstat.glossary.sentences import say

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
    assert row["p_adjusted"] == row["p_value"] < 0.001
    assert row["slope"] == pytest.approx(-24, abs=0.5)
    assert row["theil_sen"] == -24
    assert -1 < row["phi"] < 1
    assert row["sentence"].startswith("Plans fell from 123 in Jan 2016 to 75 in Dec 2017 (−24.27 a year, 95 % CI −25.75 to −22.78; ")
    assert row["sentence"].endswith("; p < .001).")
    assert "cause" not in row["sentence"]


def test_a_rising_series_is_its_mirror():
    assert trend(monthly([200 - value for value in FALLING]))["conclusion"] == "rose"


def test_no_trend_is_inconclusive_and_not_constant():
    row = trend(monthly([50, 53, 49, 52, 51, 50, 53, 48, 52, 50, 51, 52] * 2))
    assert row["conclusion"] == "inconclusive"
    assert "these data do not show whether there was a trend" in row["sentence"]
    assert row["slope_low"] < 0 < row["slope_high"]


def test_fewer_than_twenty_points_are_described_and_not_tested():
    row = trend(monthly(FALLING[:19]))
    assert (row["conclusion"], row["p_value"], row["p_adjusted"], row["slope_low"], row["percent_low"], row["phi"]) == ("descriptive", *[None] * 5)
    assert row["slope"] == pytest.approx(-24, abs=1)
    assert row["percent_per_year"] < 0
    assert row["sentence"].endswith("; −21.3 % a year); 19 points, fewer than 20: described, not tested.")
    assert row["note"] == "19 points, fewer than 20: described, not tested"
    within_a_year = trend(monthly(FALLING[:12]))["sentence"]
    assert within_a_year == "Plans stood at 123 in Jan 2016 and 99 in Dec 2016; 12 points, fewer than 20: described, not tested."


def test_alike_neighbours_make_a_trend_uncertain():
    values = [63, 64, 64, 66, 67, 63, 60, 62, 65, 61, 60, 58, 52, 52, 47, 54, 49, 46, 47, 49, 52, 50, 54, 52, 56, 55, 51, 53, 55, 55]
    row = trend(monthly(values))
    assert row["phi"] > 0.7
    assert row["conclusion"] == "inconclusive"
    assert row["note"].startswith("neighbouring periods are alike (autocorrelation 0.")
    assert row["note"].endswith("as month-end stocks are: the test allows for it")
    quarterly = replace(monthly(values), per_year=4)
    assert trend(quarterly)["note"].endswith("), as stocks are: the test allows for it")
    assert "as stocks are, so signals" in " ".join(run(quarterly)["chart"].notes)


def test_a_drift_without_end_is_described():
    row = trend(monthly([*range(100, 120), *range(120, 100, -1)]))
    assert (row["slope"], row["slope_low"], row["p_value"], row["phi"], row["conclusion"]) == (None, None, None, None, "descriptive")
    assert "cannot be told from their drift" in row["note"]
    assert row["theil_sen"] is not None


def test_several_series_are_counted_and_adjusted_when_asked():
    some = [monthly([100 - slope * i + (7 * i % 11) for i in range(30)], f"s{slope}") for slope in (0.14, 0.12, 2)]
    plain, holm = (run(*some, adjust=adjust)["trend"] for adjust in ("none", "holm"))
    assert [row["p_adjusted"] for row in plain.rows] == [row["p_value"] for row in plain.rows]
    p_values = sorted(row["p_value"] for row in plain.rows)
    assert sorted(row["p_adjusted"] for row in holm.rows) == pytest.approx([3 * p_values[0], 2 * p_values[1], max(2 * p_values[1], p_values[2])])
    assert plain.notes == ("3 series looked at, 3 tests; p is not adjusted for their number, so that some may fall below 0.05 by chance.",)
    assert holm.notes == ("3 series looked at; p is adjusted for 3 tests (Holm).",)
    assert run(some[0])["trend"].notes == ()


def test_the_conclusion_is_that_of_the_adjusted_p():
    one = monthly([100 - 0.2 * i + 9 * math.sin(i * i) for i in range(30)])
    others = [monthly([50 + 9 * math.sin(i * i + k) for i in range(30)], f"s{k}") for k in range(1, 9)]
    assert trend(one)["conclusion"] == "fell"
    row = run(one, *others, adjust="holm")["trend"].rows[0]
    assert row["p_value"] < 0.05 < row["p_adjusted"]
    assert row["conclusion"] == "inconclusive"
    assert "adjusted p = " in row["sentence"]
    assert "not significant after adjustment" in row["note"]


def test_a_trend_against_its_own_ends_says_so():
    row = trend(monthly([44, *(60 + (month * 7 % 13) - month for month in range(1, 29)), 46]))
    assert row["conclusion"] == "fell"
    assert "fell over the period as a whole, though the figure was 44 in Jan 2016 and 46 in Jun 2018" in row["sentence"]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([7], "Plans stood at 7 in Jan 2016; there is no other period to compare it with."),
        ([7, 9], "Plans stood at 7 in Jan 2016 and 9 in Feb 2016; 2 points, fewer than 20: described, not tested."),
        ([7, 7, 7], "Plans stood at 7 throughout, from Jan 2016 to Mar 2016."),
    ],
)
def test_what_cannot_be_tested_is_described(values, words):
    row = trend(monthly(values))
    assert row["sentence"] == words
    assert (row["conclusion"], row["p_value"], row["p_adjusted"]) == ("descriptive", None, None)
    assert row["note"]


def test_every_empty_number_has_a_note():
    for values in ([7], [7, 9], [7, 7, 7], [4, 3, 2, 1], [-1, 2, 3, 4, 2], [0] * 30, FALLING):
        row = trend(monthly(values))
        if any(value is None for key, value in row.items() if key != "note"):
            assert row["note"], row


def test_a_share_is_told_in_per_cent_and_points():
    again, all_of_them = tuple(60 - i + 3 * i % 4 for i in range(22)), (200,) * 22
    shares = [a / b for a, b in zip(again, all_of_them, strict=True)]
    series = monthly(shares, "Re-referrals / Referrals", kind="share", counts=again, totals=all_of_them)
    row = trend(series)
    assert row["last_value"] == 0.21
    assert row["sentence"].startswith("Re-referrals / Referrals fell from 30.0 % in Jan 2016 to 21.0 % in Oct 2017 (−5.")
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
        "Plans: trial limits, made from 11 points, fewer than 12.",
    )


@pytest.mark.parametrize(
    ("target", "better", "code", "words"),
    [
        (10, "higher", "passing", "the limits lie above the target of 10: as things stand it is met consistently."),
        (10, "lower", "failing", "the limits lie above the target of 10: as things stand it is missed consistently."),
        (90, "higher", "failing", "the limits lie below the target of 90: as things stand it is missed consistently."),
        (90, "lower", "passing", "the limits lie below the target of 90: as things stand it is met consistently."),
        (52, "lower", "hit_and_miss", "the limits lie around the target of 52: as things stand it is met in some periods and missed in others, by chance."),
        (90, None, "below", "the limits lie below the target of 90: no direction is declared, so whether that is good is not said."),
        (0, "higher", "passing", "the limits lie above the target of 0: as things stand it is met consistently."),
    ],
)
def test_a_target_is_met_missed_or_hit_and_miss_by_the_limits(target, better, code, words):
    chart = run(monthly([50, 53, 49, 52, 51, 50, 53, 48, 52, 50, 51, 52], better=better, target=float(target)))["chart"]
    assert {(row["target"], row["assurance"]) for row in chart.rows} == {(target, code)}
    assert f"Plans: {words}" in chart.notes


def test_the_target_is_set_against_the_limits_that_hold_last():
    values = [20, 22, 21, 20, 23, 21, 22, 20, 21, 22, 20, 21, 80, 82, 81, 80, 83, 81, 82, 80, 81, 82, 80, 81]
    chart = run(monthly(values, better="higher", target=50.0, rebase=(START + 12,)))["chart"]
    assert [chart.rows[i]["assurance"] for i in (0, -1)] == ["failing", "passing"]
    assert "Plans: the limits lie above the target of 50: as things stand it is met consistently." in chart.notes


def test_a_target_says_little_where_most_points_signal_and_nothing_without_limits():
    told = run(monthly([20] * 12 + [80] * 12, better="higher", target=5.0))["chart"].notes
    assert any(note.endswith("met consistently; but most points signal, so these limits say little of it.") for note in told)
    chart = run(monthly([5, None, 6], target=5.0))["chart"]
    assert chart.rows[0]["assurance"] is None
    assert "Plans: there are no limits, so nothing is said of the target of 5." in chart.notes


STEPPED = [50 + (month * 7 % 5) - (20 if month >= 15 else 0) for month in range(30)]


def event(text, month, year=2017):
    return Event(text, year * 12 + month - 1, f"{year}-{month:02d}")


def test_events_carry_their_caution():
    events = run(monthly(STEPPED, events=(event("closed", 6, 2018), event("new team", 4))))["events"]
    assert say("note.event_caution") in events.notes
    assert say("note.narrow") in events.notes
    first, second = events.rows
    assert (first["event"], first["period"], first["n"]) == ("new team", "2017-04", 30)
    assert first["level_change"] < -15
    assert first["level_low"] < first["level_change"] < first["level_high"]
    assert second["level_change"] is None
    assert "29 and 1 points stand before and after it" in second["note"]
    assert second["sentence"].startswith("At Jun 2018 (closed) nothing can be said of Plans; 29 and 1 points")


def test_an_event_in_words():
    row = run(monthly(STEPPED, events=(event("new team", 4),)))["events"].rows[0]
    assert re.fullmatch(
        r"At Apr 2017 \(new team\) the level of Plans fell \(−20\.\d\d, 95 % CI −2\d\.\d\d to −1\d\.\d\d; p < \.001\), but "
        r"these data do not show whether its slope changed \(.+ a year, 95 % CI −.+ to .+; p = \.\d+\)\.",
        row["sentence"],
    )
    flat = run(monthly([50 + 7 * month % 5 for month in range(30)], events=(event("new team", 4),)))["events"].rows[0]
    assert flat["sentence"].startswith("At Apr 2017 (new team) these data do not show whether the level of Plans changed (")
    assert ", nor whether its slope did (" in flat["sentence"]
    assert not any(verb in flat["sentence"] for verb in (" rose", " fell", " slope changed"))


def test_two_events_of_one_period_are_one_break_and_name_each_other():
    events = run(monthly(STEPPED, events=(event("new team", 4), event("new forms", 4))))["events"]
    team, forms = events.rows
    figures = ("level_change", "level_low", "p_level", "slope_change", "p_slope", "phi", "sentence")
    assert [team[key] for key in figures] == [forms[key] for key in figures]
    assert team["level_change"] is not None
    assert team["note"] == "one break together with “new forms”, of the same period"
    assert forms["note"] == "one break together with “new team”, of the same period"
    assert team["sentence"].startswith("At Apr 2017 (new team and new forms) the level")
    assert "2 events in 1 series looked at, 2 tests" in events.notes[-1]


def test_steps_and_bends_are_one_family_when_adjusted():
    some = [monthly([value + k * (i * i % 7) for i, value in enumerate(STEPPED)], f"s{k}", events=(event("new team", 4),)) for k in (0, 1, 2)]
    rows = run(*some, adjust="holm")["events"].rows
    raw = [row[key] for row in rows for key in ("p_level", "p_slope")]
    assert min(row["p_level_adjusted"] for row in rows) == pytest.approx(6 * min(raw))
    assert all(row[f"{key}_adjusted"] >= row[key] for row in rows for key in ("p_level", "p_slope"))
    assert all("; adjusted p" in row["sentence"] for row in rows)


def test_no_chart_calls_a_series_chance_whose_trend_is_found():
    values = [100 - 0.2 * i + 9 * math.sin(i * i) for i in range(30)]
    results = run(monthly(values))
    assert results["trend"].rows[0]["conclusion"] == "fell"
    assert not any(row["signal"] for row in results["chart"].rows)
    assert results["chart"].notes == ("Plans: no signal, though a trend or a change at an event is found.",)


def test_a_chart_that_signals_everywhere_proposes_a_baseline():
    moved = [100 - 2 * i + (i * 7 % 5) for i in range(40)]
    shown = run(monthly(moved, events=(event("new team", 4),)))["chart"]
    told = "points signal, so limits made from all of them mean little; make them from its first 12 to 24 points or anew from a period"
    assert told in shown.notes[1]
    assert shown.notes[1].endswith("such as Apr 2017.")
    assert shown.warnings == ("Plans: most points signal, so the limits mean little; try --baseline 2016-01..2017-03 or --rebase 2017-04",)
    assert run(monthly(moved))["chart"].warnings == ("Plans: most points signal, so the limits mean little; try --baseline 2016-01..2016-12",)
    chosen = run(monthly(moved, baseline=(START, START + 11)))["chart"]
    assert not any("mean little" in note for note in chosen.notes)
    assert not any("mean little" in note for note in run(monthly(STEPPED[:15]))["chart"].notes)


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
