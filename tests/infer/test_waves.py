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
        ("Timepoint", ("Baseline", "6 months", "12 months")),
        ("Time point", ("Pre", "Post", "3-month follow-up")),
        ("Round", ("One", "Two", "Three")),
        ("Phase", ("Phase 1", "Phase 2")),
        ("Phase", ("I", "II", "III", "IV")),
        ("Survey wave", ("Wave 1 (2021)", "Wave 2 (2023)")),
        ("Survey", ("First survey", "Second survey")),
        ("Survey", ("2022 survey", "2024 survey")),
        ("Academic year", ("2022/23", "2023/24")),
        ("Quarter", ("Q3 2022", "Q1 2023")),
        ("Survey term", ("Spring term 2023", "Autumn term 2023")),
        ("Year of survey", ("Year 1", "Year 3")),
        ("Welle", ("Erste", "Zweite")),
        ("Zeitpunkt", ("Vor dem Kurs", "Nach dem Kurs")),
        ("Test", ("Vortest", "Nachtest")),
        ("Vague", ("1ère", "2ème")),
        ("Moment", ("avant", "après")),
        ("Momento", ("Antes", "Después")),
        ("Befragung", ("1. Befragung", "2. Befragung")),
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
        ("Time point", ("Entry", "3-month review", "Exit")),  # nobody knows whether the review came before the exit
        ("Test", ("A", "B")),
        ("Where", ("Vor Ort", "Nach Hause")),
        ("Cohort", ("2021", "2022")),
        ("Time", ("Full time", "Part time")),
        ("Time", ("Morning", "Evening")),
        ("Period", tuple(str(year) for year in range(1990, 2020))),
    ],
)
def test_other_columns_are_none(header, answers):
    assert found(header, *answers) is None
