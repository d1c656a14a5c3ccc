"""Rows that are no respondents, and who is who, in tables of any platform."""

import pytest

from rpgstat.errors import UserError
from rpgstat.read import read
from rpgstat.study import Source
from rpgstat.tally import standing


def respondents(survey):
    source, told = standing(Source(survey, ("now",)))
    return source.survey.frame.collect().height, told


@pytest.mark.parametrize(
    ("header", "cells", "told"),
    [
        ("Mode", ["Live", "Preview", "Live"], "1 preview"),
        ("Mode", ["web", "test", "web"], "1 test"),
        ("Is test?", ["FALSE", "TRUE", "FALSE"], "1 test"),
        ("is_preview", ["0", "1", "0"], "1 test"),
    ],
)
def test_tests_are_known_by_more_columns(export, header, cells, told):
    survey = read(export(f"{header},I cope\n" + "".join(f"{cell},Agree\n" for cell in cells)))
    assert respondents(survey) == (2, (f"wave.csv: left out, as no respondents: {told}",))


@pytest.mark.parametrize(("header", "cells"), [("Mode", ["Car", "Bus", "Test"]), ("Test", ["Yes", "No", "No"])])
def test_answers_under_such_a_heading_stay_answers(export, header, cells):
    survey = read(export(f"{header},I cope\n" + "".join(f"{cell},Agree\n" for cell in cells)))
    assert respondents(survey) == (3, ())


def test_a_blank_box_of_consent_declines(export):
    rows = "1,I consent,Agree,Agree\n2,I consent,Agree,Disagree\n3,,Agree,Agree\n"
    survey = read(export("Respondent ID,Consent,How far do you agree?,\n,I consent,I cope,I learn\n" + rows))
    assert respondents(survey) == (2, ("wave.csv: left out, as no respondents: 1 person who declined consent",))


def test_a_box_that_hardly_anybody_ticked_is_no_consent(export):
    rows = "1,I consent,Agree,Agree\n2,,Agree,Disagree\n3,,Agree,Agree\n"
    assert respondents(read(export("Respondent ID,Consent,How far do you agree?,\n,I consent,I cope,I learn\n" + rows)))[0] == 3


def test_notes_below_the_answers_are_no_respondents(export):
    rows = "".join("North,Agree,Agree,Disagree\n" for _ in range(6))
    survey = read(export(f"Where do you work?,I cope,I learn,I rest\n{rows}Exported by the survey team on Monday,,,\nNote: this file is confidential,,,\n"))
    assert respondents(survey) == (6, ("wave.csv: left out, as no respondents: 2 rows of notes below the answers",))


def test_somebody_who_answered_one_question_only_stays(export):
    rows = "".join("North,Agree,Agree,Disagree\n" for _ in range(6))
    assert respondents(read(export(f"Where do you work?,I cope,I learn,I rest\n{rows}South,,,\n")))[0] == 7


def test_an_id_that_became_a_float_is_the_number_again(export):
    survey = read(export("Staff ID,I cope\n1.0,Agree\n2.0,Disagree\n,Agree\n"))
    assert survey.frame.collect()["c0"].to_list() == ["1", "2", None]


def test_addresses_that_repeat_are_told_of_and_not_shown(export):
    survey = read(export("Email,I cope\njo@example.org,Agree\nJo@example.org ,Disagree\nal@example.org,Agree\nanonymous,Agree\nanonymous,Agree\n"))
    assert survey.warnings == (
        "wave.csv: 1 row repeats an address in `Email` that stands on another row, and all count; "
        'to count each person once declare id = "Email" in a study file',
    )
    assert read(export("Staff ID,Email,I cope\n1,jo@example.org,Agree\n2,jo@example.org,Agree\n")).warnings == ()


def test_sections_above_the_statements_are_a_header_row(export):
    heads = ",Skills,Skills,Wellbeing,Wellbeing\nTeam,I pause to think things over,I see what others see,I sleep well at night,I look forward to work\n"
    survey = read(export(heads + "Red,Agree,Agree,Disagree,Agree\nBlue,Agree,Disagree,Agree,Agree\nRed,Disagree,Agree,Disagree,Agree\n"))
    assert [(column.stem, column.text) for column in survey.columns][:2] == [("", "Team"), ("Skills", "I pause to think things over")]
    assert respondents(survey)[0] == 3


def test_a_first_respondent_is_no_second_header_row(export):
    survey = read(export("A,A,A,B,B\nx,one long answer here,y,z,u\nAgree,Agree,Disagree,Agree,Agree\nAgree,Disagree,Agree,Agree,Agree\n"))
    assert respondents(survey)[0] == 3


def test_a_table_of_percentages_is_no_export(export):
    with pytest.raises(UserError, match="is a table of percentages, and holds nobody's answers"):
        read(export("Organisation,Response rate,My work,My team,Pay,B01\nHome,80%,77%,70%,34%,90%\nForeign,67%,74%,69 %,31.5%,88%\n"))
