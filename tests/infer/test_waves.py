from pathlib import Path

import polars as pl
import pytest

from rpgstat.infer.waves import times_in
from rpgstat.study import Column, Survey


def found(header: str, *answers: str):
    survey = Survey("x.csv", Path("x.csv"), pl.LazyFrame(), (Column("c0", header), Column("c1", "I feel safe")), "flat")
    times = times_in(survey, {"c0": dict.fromkeys(answers, 9), "c1": {"Agree": 9, "Disagree": 9}})
    return times and (times.column.text, times.waves)


@pytest.mark.parametrize(
    ("header", "in_order"),
    [
        ("Timepoint", ("First", "Second")),
        ("Wave", ("1", "2", "3")),
        ("Time", ("Pre", "Post")),
        ("Pre/Post", ("pre-test", "post-test")),
        ("Stage", ("Baseline", "Midline", "Endline")),
        ("Phase", ("Baseline", "Follow-up")),
        ("Data collection", ("Baseline", "Follow-up 1", "Follow-up 2")),
        ("Questionnaire", ("Before the training", "After the training") and ("Before training", "After training")),
        ("Occasion", ("T1", "T2")),
        ("Q1", ("Wave 1", "Wave 2", "Wave 10")),
        ("Year", ("2022", "2024")),
        ("Survey year", ("2022/23", "2023/24")),
        ("Survey", ("Spring 2022", "Autumn 2022", "Spring 2023")),
        ("Time", ("6 months", "1 year", "3 years")),
        ("Survey", ("Start of year", "End of year")),
        ("Are you filling this in before or after the course?", ("Before the course", "After the course")),
        ("When are you completing this survey?", ("At the start of the programme", "At the end of the programme")),
        ("Survey date", ("March 2023", "March 2024")),
        ("redcap_event_name", ("baseline_arm_1", "follow_up_arm_1")),
    ],
)
def test_a_column_of_times_is_known_and_put_in_order(header, in_order):
    assert found(header, *reversed(in_order)) == (header, in_order)


@pytest.mark.parametrize(
    ("header", "answers"),
    [
        ("Job role", ("Social worker", "Manager")),
        ("Gender", ("Female", "Male")),
        ("First language", ("First", "Second")),
        ("Grade", ("1", "2", "3")),
        ("Year group", ("Year 7", "Year 8")),
        ("Year", ("1", "First", "2022")),
        ("In what year did you start?", ("2022", "2024")),
        ("Did it happen before or after the move?", ("Before", "After")),
        ("How many minutes did you take to complete this survey?", ("1", "2", "3")),
        ("When do you prefer to meet?", ("Before the course", "After the course")),
        ("Timepoint", ("First",)),
        ("Time", ("Full time", "Part time")),
        ("Time", ("Morning", "Evening")),
        ("Period", tuple(str(year) for year in range(1990, 2020))),
    ],
)
def test_other_columns_are_none(header, answers):
    assert found(header, *answers) is None
