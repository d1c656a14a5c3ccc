"""The sentences of a report: what each conclusion allows to be said, and no more."""

from __future__ import annotations

import pytest

from rpgstat.media.style import APA, GSS
from rpgstat.reporting import survey
from rpgstat.reporting.changes import Said, counted

NOT_AFTER_ADJUSTMENT = "not significant after adjustment"
SUPPRESSED = "suppressed: small numbers"

ROW = {
    **{"battery": "B", "item": "i", "text": "I cope", "mean_reference": 2.43, "mean": 2.92, "estimate": 0.49, "conf_low": 0.21, "conf_high": 0.77},
    **{"n_reference": 40, "n": 70, "conclusion": "higher", "note": None},
}
OPEN = {"conclusion": "inconclusive", "estimate": 0.22, "conf_low": -0.05, "conf_high": 0.5}
SAID = Said(APA)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({}, "It rose from 2.43 (n = 40) to 2.92 (n = 70), a change of 0.49 [0.21, 0.77]."),
        (
            {"conclusion": "lower", "mean": 2.0, "estimate": -0.43, "conf_low": -0.7, "conf_high": -0.16},
            "It fell from 2.43 (n = 40) to 2.00 (n = 70), a change of −0.43 [−0.70, −0.16].",
        ),
        ({"conf_low": None, "conf_high": None}, "It rose from 2.43 (n = 40) to 2.92 (n = 70), a change of 0.49."),
        (
            {"conclusion": "lower"},
            "It is lower by ranks, while its mean stood at 2.43 (n = 40) and 2.92 (n = 70), a change of 0.49 [0.21, 0.77].",
        ),
        ({"conclusion": "different"}, "It has its answers spread over the scale differently; its mean stood at 2.43 (n = 40) and 2.92 (n = 70)."),
        (
            OPEN,
            "It stood at 2.43 (n = 40) and 2.92 (n = 70); inconclusive, as anything from −0.05 to 0.50 fits these data.",
        ),
        (
            {**OPEN, "note": f"{NOT_AFTER_ADJUSTMENT}; rank check"},
            "It stood at 2.43 (n = 40) and 2.92 (n = 70); inconclusive, as anything from −0.05 to 0.50 fits these data; "
            "significant by itself, but not after adjustment for the number of tests.",
        ),
        ({**OPEN, "conf_low": None, "conf_high": None}, "It stood at 2.43 (n = 40) and 2.92 (n = 70); inconclusive."),
        ({"conclusion": None, "note": "not asked in +1 year"}, "It was not tested (not asked in +1 year)."),
        ({"conclusion": None, "note": SUPPRESSED, "mean": None}, "It is withheld, because of small numbers."),
        ({"conclusion": None}, "It was not tested."),
        (
            {"conclusion": None, "mean": None, "note": "scored on 2 items; no score: `a` runs against the others: declare it"},
            "There is no battery score, as `a` runs against the others: declare it.",
        ),
    ],
)
def test_each_conclusion(row, sentence):
    assert SAID.change({**ROW, **row}, "It") == sentence


def test_equivalence_names_its_margin():
    row = {**ROW, "conclusion": "equivalent", "note": "real but within the margin"}
    assert (
        Said(APA, 0.8).change(row, "It")
        == "It stood at 2.43 (n = 40) and 2.92 (n = 70), a change of 0.49 [0.21, 0.77], which is within the margin of 0.8 that was declared not to matter; "
        "the change is real, but too small to matter."
    )
    assert "real" not in Said(APA, 0.8).change({**row, "note": None}, "It")


def test_government_statistics_write_intervals_in_words():
    assert Said(GSS).change(ROW, "It") == "It rose from 2.43 (n = 40) to 2.92 (n = 70), a change of 0.49 (0.21 to 0.77)."
    assert Said(GSS).change({**ROW, **OPEN}, "It").endswith("inconclusive, as anything from −0.05 to 0.50 fits these data.")


def test_a_battery_tells_what_moved_and_sums_up_the_rest():
    score = {**ROW, "item": None}
    items = [
        {**ROW, **OPEN, "item": "a"},
        {**ROW, **OPEN, "item": "b", "conf_high": 0.6, "note": NOT_AFTER_ADJUSTMENT},
        {**ROW, "item": "c", "estimate": 0.2, "text": "I rest"},
        {**ROW, "item": "d"},
        {**ROW, "item": "e", "conclusion": None, "note": "not asked in one", "text": "I wait"},
    ]
    assert [line.split(" ")[0] + " " + line.split(" ")[1] for line in SAID.of_battery([*items, score])] == [
        "The battery",
        "“I cope”",
        "“I rest”",
        "“I wait”",
        "The other",
        "Significant by",
    ]
    lines = list(SAID.of_battery([*items, score]))
    assert lines[4] == "The other 2 statements (n = 40, then n = 70) are inconclusive; their intervals reach from −0.05 to 0.60."
    assert lines[5].startswith(
        "Significant by itself, but not after adjustment for the number of tests, is “I cope” (2.43 (n = 40), then 2.92 (n = 70), a change of 0.22"
    )


def test_statements_that_could_not_be_tested_for_one_reason_are_counted():
    absent = [{**ROW, "item": f"i{i}", "text": f"S{i}", "conclusion": None, "note": "not asked in +1 year"} for i in range(4)]
    apart = {**ROW, "item": "z", "text": "Z", "conclusion": None, "note": "no item in common"}
    assert list(SAID.of_battery([*absent, apart])) == ["4 statements were not tested (not asked in +1 year).", "“Z” was not tested (no item in common)."]
    assert next(iter(SAID.of_battery(absent[:2]))) == "“S0” was not tested (not asked in +1 year)."


@pytest.mark.parametrize(
    ("conclusions", "words"),
    [
        ([], "No statement could be tested."),
        ([None], "No statement could be tested."),
        (["equivalent"], "The one statement tested is equivalent."),
        (["inconclusive"] * 3, "All 3 statements tested are inconclusive."),
        (["lower", "higher", "inconclusive", "lower"], "Of 4 statements tested, 1 is higher, 2 are lower and 1 is inconclusive."),
    ],
)
def test_how_the_statements_came_out(conclusions, words):
    assert counted([{"conclusion": conclusion} for conclusion in conclusions]) == words


def test_a_group_is_set_against_everyone_else_only_with_figures_that_are_shown():
    row = {
        "wave": "one",
        "battery": "B",
        "item": None,
        "group": "G",
        "conclusion": "lower",
        "mean": 2.0,
        "mean_rest": 2.5,
        "estimate": -0.5,
        "n": 9,
        "n_rest": 30,
        "note": None,
    }
    limits = {"estimate_low": -0.9, "estimate_high": -0.1}
    assert [point.words for point in survey.apart([row | limits], APA)] == [
        "G is lower than everyone else, 2.00 (n = 9) against 2.50 (n = 30), a difference of −0.50 [−0.90, −0.10]."
    ]
    hidden = row | dict.fromkeys(("mean_rest", "estimate", "estimate_low", "estimate_high"))
    assert [point.words for point in survey.apart([hidden], APA)] == ["G is lower than everyone else."]
    assert not list(survey.apart([row | limits | {"conclusion": None}], APA))


def test_groups_of_a_battery_without_a_score_are_told_once():
    row = {"wave": "one", "battery": "B", "item": None, "conclusion": None, "note": "no score: `a` runs against the others: keep it apart"}
    found = list(survey.apart([row | {"group": group} for group in "FG"], APA))
    assert [(point.about, point.words) for point in found] == [("B. one.", "There is no battery score, as `a` runs against the others: keep it apart.")]


def test_a_response_rate_needs_the_number_invited():
    row = {"wave": "one", "returned": 1, "invited": None, "rate": None}
    assert next(survey.returned([row], APA)).words == "1 person returned the questionnaire."


def test_the_scale_of_reversed_statements_is_not_told_backwards():
    row = {"item": "i", "text": "I tire (reversed)", "levels": ["Yes", "No"], "scale_low": 1.0, "scale_high": 2.0, "midpoint": 1.5}
    assert not list(survey.scale([row]))
    straight = row | {"text": "I rest", "levels": ["No", "Yes"]}
    assert list(survey.scale([row, straight])) == ["Answers run from “No” (1) to “Yes” (2); the midpoint is 1.5."]


@pytest.mark.parametrize(
    ("signals", "words"),
    [
        ([None, None], "No signal in 2 periods, chance variation only."),
        (["shift", None], "1 signal in 2 periods; the latest point is not one."),
        ([None, "outside"], "1 signal in 2 periods; the latest point is outside the limits (concern)."),
    ],
)
def test_signals_of_a_series(signals, words):
    rows = [{"series": "S", "value": 1.0, "signal": signal, "variation": signal and "concern"} for signal in signals]
    assert [point.words for point in survey.signals([*rows, {"series": "S", "value": None, "signal": None, "variation": None}])] == [words]


def test_who_answered_twice_is_told_of_everyone():
    row = {"item": "a", "reference": "one", "wave": "two", "n_both": 18, "up": 8, "unchanged": 7, "down": 3}
    rows = [row, row | {"item": "b", "n_both": 20, "up": 9}, row | {"item": None}, row | {"group": "Nurse"}, row | {"wave": "three", "n_both": None}]
    (point,) = survey.twice(rows)
    assert point.words == (
        "18 to 20 people answered a statement both in one and in two, as their ids tell; limits and tests of changes use how their two answers go "
        "together. From one to two, of 38 answers given twice 17 went up, 14 stayed and 6 went down."
    )
    assert list(survey.twice([row | {"n_both": None}])) == []
