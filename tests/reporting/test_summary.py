"""The first page of a report, and `findings`: what changed, how sure that is, what is not known; each said once, on one page."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

import rpgstat
from rpgstat.media.document import Bullets, Heading, Paragraph
from rpgstat.media.style import GSS, PLAIN
from rpgstat.reporting.findings import Findings
from rpgstat.reporting.first.finding import Finding
from rpgstat.reporting.first.made import found as findings_of
from rpgstat.reporting.first.page import first_page, fitting
from rpgstat.result import table


@pytest.fixture(scope="module")
def study(pytestconfig):
    return pytestconfig.rootpath / "fixtures" / "rpg" / "study.toml"


@pytest.fixture(scope="module")
def found(study):
    return Findings(
        response=tuple(rpgstat.response(study=study)),
        score=tuple(rpgstat.score(study=study)),
        compare=tuple(rpgstat.compare(study=study)),
        breakdown={"role": tuple(rpgstat.breakdown(study=study, by="role"))},
        themes=tuple(rpgstat.themes(study=study)),
        joint=tuple(rpgstat.joint(study=study)),
        timeline=tuple(rpgstat.timeline(study=study)),
        workforce=tuple(rpgstat.workforce(study=study)),
        indicators=tuple(rpgstat.indicators(study=study)),
    )


def told(findings, style=PLAIN):
    """The sentences of each part."""
    parts: dict[str, list[str]] = {}
    for one in findings_of(findings, style):
        parts.setdefault(one.part, []).append(" ".join(filter(None, (one.about, one.sentence))))
    return parts


def test_the_headline_counts_what_rose_and_fell_and_names_the_largest_change(found):
    (words,) = told(found)["headline"]
    assert words.startswith("From +1 year to +3 years, 5 of 21 statements rose (")
    assert "Relationships 4 of 4) and none is shown to have fallen; 16 are inconclusive." in words
    assert words.endswith("2.54 (n = 46), then 3.04 (n = 74), +0.50 [0.20, 0.80].")


def test_what_changed_says_each_thing_once_with_one_figure(found):
    score, group = told(found)["changed"]
    assert score == "Relationships The battery score rose from 2.43 (n = 45) to 2.88 (n = 72), a change of 0.45 [0.21, 0.69]."
    assert group.startswith("For whom On “Professional skills and support” in +3 years, Social worker is lower than everyone else, 2.79 (n = 50) against 3.18")
    assert "emotional strain" not in score + group  # the headline has it


def test_what_these_answers_do_not_settle(found):
    open_, near = told(found)["open"]
    assert "Professional skills and support (+0.23 [0.02, 0.45]) and Self-efficacy (+0.16 [−0.06, 0.38]), these answers do not settle" in open_
    assert near.startswith("One inconclusive statement, “I get to the bottom of tangled problems more often”, is significant by itself")


def test_one_event_is_told_and_the_other_series_are_counted(found):
    event, others = told(found)["event"]
    assert event.startswith("At Jan 2017 (facilitators trained) the level of Child protection plans fell (−16.64")
    assert others == "In 4 other series looked at, these data do not show whether anything changed then."


def test_bare_rates_stand_side_by_side_those_furthest_apart_first(found):
    assert told(found)["figures"][0].startswith(
        "Workforce In 2015 and 2018, described and not tested: Agency staffing 14.0 % and 0.0 %; Vacancies 6.0 % and 0.4 %"
    )


def test_limits_are_those_of_this_study(found):
    limits = told(found)["limits"]
    assert limits == [
        "Nobody was asked before “Groups begin” (Nov 2015): +1 year is no baseline of it.",
        "No comparison group is declared: whatever else was different at the time may lie behind a change.",
        "How far the same people answered each time is not known.",
        "Groups in which few answered are not shown, or by their mean only.",
        "Rates of the workforce have no counts behind them and are not tested.",
    ]
    bare = replace(found, timeline=(), breakdown={}, workforce=(), response=())
    assert told(bare)["limits"][0] == "The study does not say when the programme began, and so not whether +1 year is a baseline."
    assert len(told(bare)["limits"]) == 3


def test_how_many_were_invited_is_a_limit_where_nobody_says(found):
    response = replace(found.response[0], frame=found.response[0].frame.with_columns(invited=pl.lit(None, pl.Int64), rate=pl.lit(None, pl.Float64)))
    assert "How many were invited is not declared, and so not how many stayed away." in told(replace(found, response=(response,)))["limits"]


def test_one_wave_says_where_things_stand_and_that_nothing_tells_of_a_change(study):
    one = Findings(score=tuple(rpgstat.score(study=study, wave="+3 years")))
    parts = told(one)
    assert parts["stands"][0] == "Professional skills and support The battery score is 2.92 [2.78, 3.05] (n = 75)."
    assert parts["limits"] == ["People were asked once, so that nothing here tells of a change."]
    assert "changed" not in parts
    assert "open" not in parts


def test_themes_that_changed_are_counted_and_the_largest_change_is_told(found):
    answers, talks, differs = told(found)["said"]
    assert "of 7 themes tested, 2 were named more often, 2 less often and 3 are inconclusive. Capacity for reflection: 26 % (8 of 31) in +1 year" in answers
    assert answers.endswith("+30.0 points [8.0, 47.5]; a larger share named it.")
    assert talks == "Interviews Spoken of most often in “Interviews”, +3 years is Capacity for reflection, by 6 of 7."
    assert differs.startswith("Said and ticked Negative group experience was named by 6 of 52 in +3 years; as the evaluator judges, this differs")


def test_a_declared_fit_that_figures_are_against_is_told(found):
    joint = found.joint[0]
    rows = [row | {"fit": "confirms"} if row["theme"] == "Negative group experience" else row for row in joint.rows]
    against = replace(found, joint=(replace(joint, frame=table("joint", rows)),))
    assert told(against)["said"][-1].startswith("Said and ticked Negative group experience is declared as what confirms “I get on better with my peers”")


def test_the_style_is_that_of_the_document(found):
    assert "a change of 0.45 (0.21 to 0.69)." in told(found, GSS)["changed"][0]


def test_a_page_has_one_heading_a_prompt_at_its_end_and_refers_to_tables(found):
    pieces = list(first_page(found, PLAIN))
    assert [piece.words for piece in pieces if isinstance(piece, Heading)] == ["Summary"]
    assert isinstance(pieces[-1], Paragraph)
    assert (pieces[-1].about, pieces[-1].words[:16]) == ("What next.", "[For the author:")
    points = [point for piece in pieces if isinstance(piece, Bullets) for point in piece.points]
    assert points[0].keys == ("compare.Relationships",)


def test_a_page_keeps_what_it_has_room_for():
    def of(part, n):
        return [Finding(part, "A sentence of some words. " * 8) for _ in range(n)]

    made = [*of("headline", 1), *of("changed", 5), *of("said", 5), *of("figures", 5), *of("limits", 6)]
    kept = fitting(made)
    assert [one.part for one in kept if one.part in ("headline", "limits")] == ["headline", *["limits"] * 6]
    assert kept[1] == made[1]
    assert len(kept) < len(made)
    assert fitting(of("headline", 1)) == of("headline", 1)


def test_findings_are_a_result_with_a_name_for_each(study):
    result = rpgstat.findings(study=study)[0]
    names = result.frame["finding"].to_list()
    assert names[:4] == ["headline", "answered", "changed_1", "changed_2"]
    assert len(names) == len(set(names))
    row = next(row for row in result.rows if row["finding"] == "changed_1")
    compare = next(row for row in rpgstat.compare(study=study)[0].rows if row["battery"] == "Relationships" and row["item"] is None)
    assert (row["result"], row["row"], row["unit"]) == ("compare", "compare.Relationships", "points")
    assert (row["estimate"], row["conf_low"], row["conf_high"]) == (compare["estimate"], compare["conf_low"], compare["conf_high"])
    assert [one.name for one in result.inputs][:2] == ["wave-1.csv", "wave-3.xlsx"]


def test_findings_stand_on_a_page_under_their_parts(study):
    shown = rpgstat.findings(study=study).table()
    assert shown.index("5 of 21 statements rose") < shown.index("Who answered") < shown.index("What changed") < shown.index("What cannot be told")
    assert "Relationships. The battery score rose" in shown


def test_a_battery_whose_statements_run_against_one_another_comes_last_and_says_so(found):
    note = "check the direction: alpha is −0.10, negative item-rest r of “I get on better with my peers”"
    compare = found.compare[0]
    doubted = (pl.col("battery") == "Relationships") & pl.col("item").is_null()
    changed = (pl.col("battery") == "Self-efficacy") & pl.col("item").is_null()
    frame = compare.frame.with_columns(
        note=pl.when(doubted).then(pl.lit(note)).otherwise("note"), conclusion=pl.when(changed).then(pl.lit("higher")).otherwise("conclusion")
    )
    parts = told(replace(found, compare=(replace(compare, frame=frame),)))
    assert parts["changed"][0].startswith("Self-efficacy The battery score rose")
    assert parts["changed"][1].startswith("Relationships The battery score rose")
    assert parts["changed"][1].endswith("Some of its statements run against the others, so that this score says little.")
    assert "In Relationships some statements run against the others: check their direction before its score is used." in parts["limits"]
    assert not any("run against" in words for words in (*told(found)["limits"], *told(found)["changed"]))
