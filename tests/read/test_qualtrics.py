"""Qualtrics exports in each of their forms."""

import csv
import io
import json

import pytest

from rpgstat.infer.inference import infer
from rpgstat.read import read
from rpgstat.study import Source
from rpgstat.tally import learn_all, standing

META = ("StartDate", "Status", "Finished", "RecordedDate", "ResponseId", "RecipientLastName", "DistributionChannel")
LOCAL = ("Anfangsdatum", "Antworttyp", "Beendet", "Erfassungsdatum", "Antwort-ID", "Nachname", "Verteilungskanal")
IDS = ("startDate", "status", "finished", "recordedDate", "_recordId", "recipientLastName", "distributionChannel")
STEM = "How far do you agree?"
QUESTIONS = {
    "Q1_1": (f"{STEM} - I cope", "QID3_1"),
    "Q1_2": (f"{STEM} - I learn", "QID3_2"),
    "Q2_1": ("Which do you eat? - Cake", "QID4_1"),
    "Q2_2": ("Which do you eat? - Tea", "QID4_2"),
    "Q2_2_TEXT": ("Which do you eat? - Tea - Text", "QID4_2_TEXT"),
    "Q3": ("Where do you work? - Selected Choice", "QID5"),
    "Q9_Page Submit": ("Timing - Page Submit", "QID9_PAGE_SUBMIT"),
    "Q3_NPS_GROUP": ("Where do you work? - Group", "QID5_NPS_GROUP"),
    "team": ("team", "team"),
}


def person(number, *answers, status="IP Address", finished="True"):
    return ["2024-03-01 10:00:00", status, finished, f"2024-03-01 10:0{number}:00", f"R_{number}abcDEF", "Okafor", "anonymous", *answers]


LABELS = [
    person(1, "Agree", "Disagree", "Cake", "", "", "North", "12.1", "Promoter", "Red"),
    person(2, "Strongly agree", "Agree", "Cake", "Tea", "green, with milk", "South", "9.9", "Passive", "Red"),
    person(3, "Strongly disagree", "Neither agree nor disagree", "", "Tea", "", "North", "8", "Passive", "Blue"),
    person(4, "Agree", "Agree", "Cake", "Tea", "", "North", "8", "Passive", "Blue", status="Survey Preview"),
    person(5, "Agree", "", "", "", "", "", "8", "", "Blue", finished="False"),
]
CODES = [
    person(1, "6", "4", "1", "", "", "1", "12.1", "3", "Red", status="0", finished="1"),
    person(2, "8", "6", "1", "1", "green", "2", "9.9", "2", "Red", status="0", finished="1"),
    person(3, "3", "-1", "", "1", "", "1", "8", "2", "Blue", status="0", finished="1"),
    person(4, "3", "-99", "", "1", "", "1", "8", "2", "Blue", status="1", finished="1"),
]


def table(rows, header_rows=3, style='{{"ImportId":"{}"}}', delimiter=","):
    names = [*META, *QUESTIONS]
    texts = [*LOCAL, *(text for text, _ in QUESTIONS.values())]
    imports = [style.format(name) for name in (*IDS, *(imported for _, imported in QUESTIONS.values()))]
    stream = io.StringIO()
    csv.writer(stream, delimiter=delimiter).writerows([*[names, texts, imports][:header_rows], *rows])
    return stream.getvalue()


def respondents(survey):
    source, told = standing(Source(survey, ("w",)))
    return source.survey.frame.collect().height, told


def cells(survey, text):
    return survey.frame.collect()[survey.require(text).name].to_list()


def batteries(survey):
    answers = [learn_all(survey, [column.name for column in survey.columns if column.kind == "answer"])]
    return infer([survey], answers, ["now"], drafts_will_do=True).study.batteries


@pytest.mark.parametrize("style", ['{{"ImportId":"{}"}}', "{{'ImportId': '{}'}}"])
def test_three_header_rows(export, style):
    survey = read(export(table(LABELS, style=style)))
    assert survey.platform == "qualtrics"
    assert [(column.kind, column.text) for column in survey.columns if column.stem] == [
        ("answer", "I cope"),
        ("answer", "I learn"),
        ("tick", "Cake"),
        ("tick", "Tea"),
    ]
    assert [column.kind for column in survey.aside] == ["personal", "text"]
    assert survey.require("Where do you work?").kind == "answer"
    assert {survey.require(name).kind for name in ("StartDate", "Q9_Page Submit", "Q3_NPS_GROUP")} == {"meta"}
    assert respondents(survey) == (4, ("wave.csv: left out, as no respondents: 1 preview",))


def test_a_question_is_found_by_its_name_too(export):
    assert read(export(table(LABELS))).require("Q1_2").text == "I learn"


def test_one_header_row_as_programs_fetch_it(export):
    survey = read(export(table(LABELS, header_rows=1)))
    assert (survey.platform, respondents(survey)[0], survey.require("Q1_1").text) == ("qualtrics", 4, "Q1_1")


def test_the_parts_of_a_question_belong_together_where_names_are_all_that_there_is(export):
    survey = read(export(table(LABELS, header_rows=1)))
    assert [column.label for column in survey.columns if column.stem == "Q1"] == ["Q1 > Q1_1", "Q1 > Q1_2"]


def test_two_header_rows_where_the_third_was_deleted(export):
    rows = table(LABELS, header_rows=2).replace("Anfangsdatum,Antworttyp", "Start Date,Response Type").replace("Antwort-ID", "Response ID")
    survey = read(export(rows))
    assert (respondents(survey)[0], survey.require("Q1_1").text) == (4, "I cope")


def test_the_older_layout_with_a_blank_column_at_the_end(export):
    names = [*(f"V{number}" for number in range(1, 11)), "Q1_1", "Q1_2", ""]
    texts = ["ResponseID", "ResponseSet", "Name", "ExternalDataReference", "EmailAddress", "IPAddress", "Status", "StartDate", "EndDate", "Finished"]
    first = ["Default", "Anonymous", "", "", "192.0.2.1", "0", "2016-05-27 11:33:34", "2016-05-27 11:35:34", "1"]
    people = [[f"R_{i}", *first, *own, ""] for i, own in enumerate([("1", "2"), ("4", "3")])]
    stream = io.StringIO()
    csv.writer(stream).writerows([names, [*texts, f"{STEM}-I cope", f"{STEM}-I learn", ""], *people])
    survey = read(export("\ufeff" + stream.getvalue()))
    assert [column.label for column in survey.columns if column.kind == "answer"] == [f"{STEM} > I cope", f"{STEM} > I learn"]
    assert {column.text for column in survey.aside} == {"Name", "ExternalDataReference", "EmailAddress", "IPAddress"}
    assert respondents(survey)[0] == 2


def test_utf_16_with_tabs(export):
    survey = read(export(table(LABELS, delimiter="\t").encode("utf-16"), name="wave.tsv"))
    assert (survey.platform, survey.encoding, respondents(survey)[0]) == ("qualtrics", "utf-16", 4)


def test_codes_that_are_no_run_are_on_no_scale_and_the_mend_is_named(export):
    survey = read(export(table([[*row[:7], "13" if row[7] == "8" else row[7], *row[8:]] for row in CODES])))
    assert survey.require("Q1_1").measure == "nominal"
    assert "codes whose labels the export does not tell" in survey.warnings[0]
    assert batteries(survey) == ()


def test_codes_that_do_not_begin_at_one_are_no_positions(export):
    assert read(export(table(CODES))).require("Q1_1").measure == "nominal"  # 3 to 8
    low = [[*row[:7], {"6": "4", "8": "5", "3": "1"}.get(row[7], row[7]), *row[8:]] for row in CODES]
    assert read(export(table(low))).require("Q1_1").measure == ""


def test_codes_below_zero_are_off_the_scale_and_seen_but_unanswered_is_none(export):
    survey = read(export(table(CODES)))
    assert survey.require("Q1_2").off == ("-1",)
    assert cells(survey, "Q1_2") == ["4", "6", "-1", None]
    assert cells(survey, "Tea") == [None, "Tea", "Tea", "Tea"]


def definition():
    scale = {"1": "Strongly disagree", "2": "Disagree", "3": "Neither", "4": "Agree", "5": "Strongly agree", "6": "No basis to judge"}
    matrix = {
        "QuestionID": "QID3",
        "DataExportTag": "Q1",
        "QuestionText": STEM,
        "QuestionType": "Matrix",
        "Selector": "Likert",
        "SubSelector": "SingleAnswer",
        "Choices": {"1": {"Display": "I cope"}, "2": {"Display": "I learn"}},
        "Answers": {key: {"Display": text} for key, text in scale.items()},
        "AnswerOrder": ["5", "4", "3", "2", "1", "6"],
        "RecodeValues": {"1": "3", "2": "4", "3": "5", "4": "6", "5": "8", "6": "-1"},
    }
    place = {
        "QuestionID": "QID5",
        "DataExportTag": "Q3",
        "QuestionType": "MC",
        "Selector": "SAVR",
        "Choices": {"1": {"Display": "North"}, "2": {"Display": "South"}},
    }
    boxes = {
        "QuestionID": "QID4",
        "DataExportTag": "Q2",
        "QuestionType": "MC",
        "Selector": "MAVR",
        "Choices": {"1": {"Display": "Cake"}, "2": {"Display": "Tea"}},
    }
    return json.dumps({"SurveyElements": [{"Element": "SQ", "Payload": one} for one in (matrix, place, boxes)] + [{"Element": "FL", "Payload": []}]})


def test_a_definition_beside_the_export_labels_its_codes(export):
    export(definition(), name="My survey.qsf")
    survey = read(export(table(CODES)))
    assert cells(survey, "Q1_1") == ["Agree", "Strongly agree", "Strongly disagree", "Strongly disagree"]
    assert cells(survey, "Q3") == ["North", "South", "North", "North"]
    assert survey.warnings == ("wave.csv: labels of answers and recodes are taken from My survey.qsf",)
    (battery,) = batteries(survey)
    assert battery.scale.levels == ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
    assert (battery.scale.not_applicable, battery.doubt) == (("No basis to judge",), "")


def test_a_definition_of_another_survey_is_not_used(export):
    export(definition().replace("QID3", "QID77").replace("QID5", "QID78").replace('"Q1"', '"Z1"').replace('"Q3"', '"Z3"'), name="other.qsf")
    assert cells(read(export(table(CODES))), "Q3") == ["1", "2", "1", "1"]
    export("{ not json", name="broken.qsf")
    assert cells(read(export(table(CODES))), "Q3") == ["1", "2", "1", "1"]


def test_a_ranking_is_none_of_the_statements(export):
    names = {"Q4_1": ("Rank - Cake", "QID7_1"), "Q4_2": ("Rank - Tea", "QID7_2"), "Q4_3": ("Rank - Soup", "QID7_3")}
    stream = io.StringIO()
    rows = [[*META, *names], [*LOCAL, *(text for text, _ in names.values())], [f'{{"ImportId":"{one}"}}' for one in (*IDS, *(i for _, i in names.values()))]]
    csv.writer(stream).writerows([*rows, person(1, "1", "2", "3"), person(2, "3", "1", "2")])
    assert [column.kind for column in read(export(stream.getvalue())).columns if column.stem] == ["ranking"] * 3


def one_cell_lists(*cells: str) -> str:
    head = 'StartDate,RecordedDate,ResponseId,Q1,Q2\nStart,Recorded,Response ID,How do you hear news?,Team\n{"ImportId":"startDate"}'
    imports = ',{"ImportId":"recordedDate"},{"ImportId":"_recordId"},{"ImportId":"QID1"},{"ImportId":"QID2"}'.replace('"', '""')
    rows = "".join(f'2024-03-01 10:00:00,2024-03-01 10:05:00,R_{at:03}ab,"{cell}",North\n' for at, cell in enumerate(cells))
    first, second, third = (head.replace('{"ImportId":"startDate"}', '"{""ImportId"":""startDate""}"')).split("\n")
    return "\n".join([first, second, third + ",".join(f'"{part}"' if part else "" for part in imports.split(","))]) + "\n" + rows


def test_lists_of_answers_in_one_cell_are_known_by_the_answers_that_stand_in_them_again(export):
    survey = read(export(one_cell_lists(*["Email,Intranet", "Email", "Letters, printed", "Intranet,Letters, printed"] * 3)))
    column = survey.require("How do you hear news?")
    assert (column.kind, column.separator, set(column.options)) == ("multiple", ",", {"Email", "Intranet", "Letters, printed"})


def test_lists_of_codes_are_lists_and_their_labels_are_asked_for(export):
    survey = read(export(one_cell_lists(*["1,2", "1", "3", "2,3"] * 3)))
    assert survey.require("How do you hear news?").kind == "multiple"
    assert any("`Q1`: codes whose labels the export does not tell" in warning for warning in survey.warnings)


def test_one_answer_with_a_comma_is_no_list(export):
    survey = read(export(one_cell_lists(*["Yes, often", "No, never", "Yes, now and then"] * 4)))
    assert survey.require("How do you hear news?").kind == "answer"
