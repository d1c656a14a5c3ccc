from collections import Counter

import pytest

from rpgstat.read import read
from rpgstat.study import normalise


def marked(export, *lines: str):
    """How many rows of a file each column marks as what, and which columns are left as answers."""
    survey = read(export("\n".join(lines)), platform="flat")
    frame = survey.frame.collect()
    found = {}
    for mark in survey.marks:
        standings = [mark.standing(normalise(cell or "")) for cell in frame[mark.name]]
        found[mark.text] = Counter(standing for standing in standings if standing)
    return found, [column.text for column in survey.columns if column.kind == "answer"]


@pytest.mark.parametrize(
    ("header", "cells", "found"),
    [
        ("Status", ["IP Address", "Survey Preview", "Survey Preview", "Spam"], {"preview": 2, "spam": 1}),
        ("Status", ["IP Address", "Imported", "Survey Test", "IP Address"], {"imported": 1, "test": 1}),
        ("Status", ["IP-Adresse", "Umfragevorschau", "IP-Adresse", "IP-Adresse"], {"preview": 1}),
        ("Status", ["Complete", "Partial", "Disqualified", "Complete"], {"unfinished": 1, "screened": 1}),
        ("DistributionChannel", ["anonymous", "preview", "email", "test"], {"preview": 1, "test": 1}),
        ("Finished", ["True", "False", "TRUE", "FALSE"], {"unfinished": 2}),
        ("Finished", ["1", "0", "1", "1"], {"unfinished": 1}),
        ("Progress", ["100", "64", "100", "2"], {"unfinished": 2}),
        ("Progress", ["100%", "64 %", "100%", "100%"], {"unfinished": 1}),
        ("submitdate", ["2026-01-01 10:00:00", "", "2026-01-02 10:00:00", ""], {"unfinished": 2}),
        ("submitdate. Date submitted", ["2026-01-01 10:00:00", "", "2026-01-02 10:00:00", ""], {"unfinished": 2}),
        ("Response Type", ["completed", "partial", "completed", "started"], {"unfinished": 2}),
    ],
)
def test_a_platform_s_marks_are_read(export, header, cells, found):
    lines = [f"{header},I feel safe", *(f'"{cell}",Agree' for cell in cells)]
    assert marked(export, *lines) == ({header: found}, ["I feel safe"])


def test_codes_of_a_status_are_read_beside_other_columns_of_the_platform(export):
    rows = [f"{code},R_{i},Agree" for i, code in enumerate((0, 1, 2, 8, 4, 16))]
    assert marked(export, "Status,ResponseId,Q1", *rows) == ({"Status": {"preview": 1, "test": 1, "spam": 1, "imported": 1}}, ["Q1"])
    assert marked(export, "Status,Q1", *(f"{code},Agree" for code in (0, 1, 2, 8))) == ({}, ["Status", "Q1"])


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Status", ["Permanent", "Agency", "Permanent", "Test"]),
        ("Status", ["Married", "Single", "", "Single"]),
        ("Employment status", ["Completed", "Partial", "", ""]),
        ("Completed", ["Yes", "No", "Yes", "No"]),
        ("Progress", ["1", "4", "5", "2"]),
        ("Progress", ["Agree", "Disagree", "Agree", "Agree"]),
        ("Submitted", ["Yes", "No", "", ""]),
    ],
)
def test_answers_under_such_a_heading_stay_answers(export, header, cells):
    assert header not in marked(export, f"{header},Q", *(f"{cell},Agree" for cell in cells))[0]


@pytest.mark.parametrize(
    ("header", "cells", "declined"),
    [
        ("Consent", ["Yes", "No", "Yes"], 1),
        ("Informed consent", ["I consent", "I do not consent", "I consent"], 1),
        ("Do you agree to take part in this survey?", ["Yes", "No", ""], 1),
        ("Do you consent to participate?", ["Agree", "Disagree", "Agree"], 1),
        ("Q1", ["Yes, I agree to take part", "No, I do not agree to take part", "Yes, I agree to take part"], 1),
        ("Q1", ["I consent to participate", "I don\u2019t wish to participate", "I do not consent"], 2),
        ("Please read this. Your answers may be shared and quoted. Taking part is voluntary.", ["I agree", "I do not consent", "I agree"], 1),
        ("Consent", ["TRUE", "FALSE", "TRUE"], 1),
        ("Do you consent?", ["1", "0", "0"], 2),
        ("Consent to participate", ["Agree", "Disagree", "Agree"], 1),
        ("Thank you for reading the sheet. Do you agree to take part?", ["I agree", "I do not agree", "I agree"], 1),
        ("I have read the leaflet and consent to take part in the evaluation", ["Yes", "Yes", "No"], 1),
        ("Are you willing to participate in our short survey?", ["Yes", "No", "Yes"], 1),
    ],
)
def test_declined_consent_is_known(export, header, cells, declined):
    found, answers = marked(export, f'"{header}",Q', *(f'"{cell}",Agree' for cell in cells))
    assert found == {header: {"declined": declined}}
    assert answers == [header, "Q"]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("Do you consent to be contacted again?", ["Yes", "No", "Yes"]),
        ("May we quote you?", ["I consent", "I do not consent", "I consent"]),
        ("I seek consent from families", ["Agree", "Disagree", "Agree"]),
        ("I feel able to participate in decisions", ["Agree", "Disagree", "Agree"]),
        ("Did you take part in the groups?", ["Yes", "No", "Yes"]),
        ("Consent", ["Agree", "Disagree", "Strongly disagree"]),
        ("Consent", ["I consent", "I consent", "Yes"]),
        ("Would you be willing to take part in a follow-up interview?", ["Yes", "No", "No"]),
        ("Would you like to take part in a focus group about this survey?", ["Yes", "No", "No"]),
        ("Are you happy to take part in further research?", ["Yes", "No", "No"]),
        ("Do you want to take part in research at your workplace?", ["Yes", "No", "No"]),
        ("Do you want to participate in the prize draw?", ["Yes", "No", "No"]),
        ("Would you like to take part in the groups?", ["Yes", "No", "No"]),
        ("Would you take part in an interview?", ["Yes, please", "No, I do not want to take part", "Yes, please"]),
        ("Q9", ["I can be asked", "I do not want to take part in an interview", "I can be asked"]),
        ("Consent: my words may be quoted", ["Yes", "No", "Yes"]),
    ],
)
def test_other_questions_are_none_of_consent(export, header, cells):
    assert marked(export, f'"{header}",Q', *(f'"{cell}",Agree' for cell in cells))[0] == {}


def test_a_heading_of_two_parts_may_ask_for_consent(export):
    lines = ["Electronic consent: please select your choice below,Q", "Agree,Agree", "Disagree,Agree", "Agree,Disagree"]
    assert list(marked(export, *lines)[0].values()) == [{"declined": 1}]


def test_consent_in_codes_that_nobody_labelled_is_told_and_leaves_nobody_out(export):
    survey = read(export("Do you agree to take part in this survey?,I cope,I learn\n" + "1,3,4\n2,5,1\n1,2,2\n"))
    assert survey.marks == ()
    (told,) = [warning for warning in survey.warnings if "consent" in warning]
    assert told.endswith('everyone counts; say in a study file, under [[waves]], keep = { "Do you agree to take part in this survey?" = ["1"] }')


def test_consent_of_yes_and_no_needs_no_word(export):
    assert read(export("Do you agree to take part in this survey?,I cope\nYes,3\nNo,5\n")).warnings == ()
