"""Exports of survey platforms, each in the forms that people have: what is a question, a box, a list, an id, and who is no respondent."""

import io
import subprocess
import sys
import tempfile

import pytest
import xlsxwriter

from rpgstat.errors import UserError
from rpgstat.infer.inference import infer
from rpgstat.read import PLATFORMS, platforms, read
from rpgstat.study import Source
from rpgstat.tally import learn_all, standing


def kinds(survey):
    return [(column.kind, column.label) for column in survey.columns]


def cells(survey, text):
    return survey.frame.collect()[survey.require(text).name].to_list()


def batteries(survey):
    answers = [learn_all(survey, [column.name for column in survey.columns if column.kind == "answer"])]
    return {battery.name: battery.scale.levels for battery in infer([survey], answers, ["now"], drafts_will_do=True).study.batteries}


def respondents(survey):
    source, told = standing(Source(survey, ("now",)))
    return source.survey.frame.collect().height, told


# --- Microsoft Forms --------------------------------------------------------------------------------------------------

FORMS = (
    '\ufeffID,Start time,Completion time,Email,Name,"How far do you agree?\n. I cope","How far do you agree?\n. I learn",Which do you eat?,'
    "Rank these,Anything else?,Points - Quiz,Feedback - Quiz\n"
    "1,16/10/2024 16:50,16/10/2024 16:56,anonymous,,Agree\u00a0,Disagree,Cake;Tea;,Cake;Tea;,a; b,1,\n"
    "2,16/10/2024 16:51,16/10/2024 16:57,anonymous,,Strongly agree,Agree,Tea;,Tea;Cake;,none,0,\n"
    "3,16/10/2024 16:52,16/10/2024 16:58,anonymous,,Strongly disagree,Neither agree nor disagree,Tea;,Tea;Cake;,none,0,good\n"
)


def test_microsoft_forms(export):
    survey = read(export(FORMS))
    assert survey.platform == "microsoft-forms"
    assert kinds(survey) == [
        ("id", "ID"),
        ("meta", "Start time"),
        ("meta", "Completion time"),
        ("answer", "How far do you agree? > I cope"),
        ("answer", "How far do you agree? > I learn"),
        ("multiple", "Which do you eat?"),
        ("ranking", "Rank these"),
        ("answer", "Anything else?"),
        ("meta", "Points - Quiz"),
        ("meta", "Feedback - Quiz"),
    ]
    assert (survey.require("Which do you eat?").options, survey.require("Which do you eat?").separator) == (("Tea", "Cake"), ";")
    assert cells(survey, "I cope") == ["Agree", "Strongly agree", "Strongly disagree"]
    assert [column.text for column in survey.aside] == ["Email", "Name"]
    assert list(batteries(survey)) == ["How far do you agree?"]


def test_microsoft_forms_in_another_language(export):
    heads = "ID,Startzeit,Fertigstellungszeit,E-Mail,Name,I cope\n"
    survey = read(export(heads + "1,16.10.2024 16:50,16.10.2024 16:56,anonymous,,Agree\n2,16.10.2024 16:50,,anonymous,,Agree\n"))
    assert (survey.platform, kinds(survey)) == ("microsoft-forms", [("id", "ID"), ("meta", "Startzeit"), ("meta", "Fertigstellungszeit"), ("answer", "I cope")])
    assert [mark.text for mark in survey.marks] == ["Fertigstellungszeit"]


# --- Google Forms -----------------------------------------------------------------------------------------------------

GOOGLE = (
    "Sygnatura czasowa,How far do you agree? [I cope],How far do you agree? [I learn],Which do you eat? [all],Which do you read?,How often?,How often?\n"
    '11/17/2020 18:23:58,Agree,Disagree,Yes,"Letters, Books",Never,Often\n'
    '11/17/2020 18:24:58,Strongly agree,Agree,No,"Letters, News, daily",Never,Never\n'
    '11/17/2020 18:25:58,Strongly disagree,Agree,No,"News, daily",Often,Often\n'
    '11/17/2020 18:26:58,Neither agree nor disagree,Agree,No,"Books, News, daily",Often,Often\n'
    '11/17/2020 18:27:58,Agree,Agree,No,"Letters, Books",Often,Often\n'
)


def test_google_forms(export):
    survey = read(export(GOOGLE))
    assert survey.platform == "google-forms"
    assert kinds(survey)[:4] == [
        ("meta", "Sygnatura czasowa"),
        ("answer", "How far do you agree? > I cope"),
        ("answer", "How far do you agree? > I learn"),
        ("answer", "Which do you eat? [all]"),
    ]


def test_a_list_is_split_by_answers_that_hold_commas_themselves(export):
    assert read(export(GOOGLE)).require("Which do you read?").options == ("Books", "Letters", "News, daily")


def test_columns_of_one_heading_are_told_apart_by_their_place(export):
    survey = read(export(GOOGLE))
    with pytest.raises(UserError, match="2 columns are headed `How often\\?`") as caught:
        survey.require("How often?")
    assert caught.value.hint == "tell them apart as `column 6` or `column 7`, or rename all but one of them in the export"
    assert cells(survey, "column 7") == ["Often", "Never", "Often", "Often", "Often"]


def test_a_table_that_begins_with_timestamp_in_small_letters_is_flat(export):
    assert read(export("timestamp,I cope\n2024-01-01 10:00,Agree\n")).platform == "flat"


# --- Typeform ---------------------------------------------------------------------------------------------------------

TYPEFORM = (
    "#,How do you feel?,Cake,Tea,Other,Books,None,Other,I cope,Start Date (UTC),Submit Date (UTC),Network ID\n"
    "995106cd71,Well,Cake,,,Books,,,Agree,2024-03-29 21:21:23,2024-03-29 21:23:43,5f57f20d14\n"
    "ee9b99ff3a,Badly,,,my own soup,,None,,Disagree,2024-03-29 21:22:54,2024-03-29 21:24:35,8219d7dfee\n"
    "cef35615d6,Well,Cake,Tea,,Books,,,Agree,2024-03-29 21:23:13,,2c6f0af42c\n"
)


def test_typeform(export):
    survey = read(export(TYPEFORM))
    assert (survey.platform, survey.require("#").kind) == ("typeform", "id")
    assert [(column.kind, column.text, column.block) for column in survey.columns if column.kind == "tick"] == [
        ("tick", "Cake", 3),
        ("tick", "Tea", 3),
        ("tick", "Books", 4),
        ("tick", "None", 4),
    ]
    assert [(column.kind, column.text) for column in survey.aside] == [("text", "Other"), ("text", "Other"), ("personal", "Network ID")]
    assert standing(Source(survey, ("now",)))[0].unfinished is not None


# --- Jisc Online Surveys ----------------------------------------------------------------------------------------------

JISC = (
    '"URN","Q1","Q2_1","Q2_2","Q2_a","Q3","Q3_1_a","Q3_2_a","CompletionDate"\n'
    '"101-1","2","1","0","","","1","4","2024-03-01 10:00"\n'
    '"101-2","1","1","1","Soup","","2","2","2024-03-01 10:05"\n'
    '"101-3","","0","0","","","","",""\n'
)
KEY = (
    '"URN","Unique Response Number"\n"Q1","Where do you work?"\n"1","North"\n"2","South"\n"Q2","Which do you eat?"\n"1","Cake"\n"2","Tea"\n"Q2_a","Other"\n'
    '"Q3","How likely are you to ..."\n"Q3_1_a","stay"\n"1","Very likely"\n"2","Likely"\n"3","Unlikely"\n"4","Very unlikely"\n'
    '"Q3_2_a","leave"\n"1","Very likely"\n"2","Likely"\n"3","Unlikely"\n"4","Very unlikely"\n'
)


def test_jisc_with_its_key_beside_it(export):
    export(KEY, name="results-for-work-2024-03-01-1200-key.csv")
    survey = read(export(JISC, name="results-for-work-2024-03-02-0900.csv"))
    assert survey.warnings[0].endswith("questions and labels of answers are taken from results-for-work-2024-03-01-1200-key.csv")
    assert kinds(survey) == [
        ("id", "Unique Response Number"),
        ("answer", "Where do you work?"),
        ("tick", "Which do you eat? > Cake"),
        ("tick", "Which do you eat? > Tea"),
        ("answer", "How likely are you to ... > stay"),
        ("answer", "How likely are you to ... > leave"),
        ("meta", "CompletionDate"),
    ]
    assert cells(survey, "Q1") == ["South", "North", None]
    assert cells(survey, "Q2_2") == [None, "Tea", None]
    assert batteries(survey) == {"How likely are you to ...": ("Very unlikely", "Unlikely", "Likely", "Very likely")}


def test_who_never_saw_a_page_is_not_taken_to_have_ticked_nothing(export):
    export(KEY, name="work-key.csv")
    survey = read(export(JISC, name="work.csv"))
    assert survey.frame.collect().select(column.name for column in survey.columns if column.kind in ("tick", "answer")).row(2) == (None,) * 5


def test_the_key_of_another_survey_of_the_same_numbers_is_not_used(export):
    export(KEY, name="results-for-work-fr-key.csv")
    survey = read(export(JISC, name="results-for-work-pt.csv"))
    assert survey.require("Q1").measure == "nominal"
    assert "put it beside the export" in survey.warnings[0]
    assert read(export(JISC, name="results.csv"), key=export(KEY, name="other.csv")).require("Q1").text == "Where do you work?"


def test_a_key_is_no_export(export):
    with pytest.raises(UserError, match="is the key of a survey"):
        read(export(KEY, name="work-key.csv"))


def test_jisc_with_answers_as_text(export):
    survey = read(export("Unique Response Number,16. Overall how would you rate it?,17.1. I cope\n1-2-3,Good,Agree\n1-2-4,Poor,Disagree\n"))
    assert (survey.platform, survey.require("Q17_1").text) == ("jisc", "I cope")


# --- LimeSurvey -------------------------------------------------------------------------------------------------------

HEADS = {
    "id": "Response ID",
    "submitdate": "Date submitted",
    "lastpage": "Last page",
    "startlanguage": "Start language",
    "G01Q01[SQ001]": "How far do you agree? [I cope]",
    "G01Q01[SQ002]": "How far do you agree? [I learn]",
    "G01Q02[SQ001]": "Which do you eat? [Cake]",
    "G01Q02[SQ002]": "Which do you eat? [Tea]",
    "G01Q02[other]": "Which do you eat? [Other]",
    "G01Q03[1]": "Rank these [Rank 1]",
    "G01Q03[2]": "Rank these [Rank 2]",
}
LIME = [
    ("1", "2024-03-01 10:00:00", "3", "en", "Agree", "Disagree", "Yes", "No", "", "Cake", "Tea"),
    ("2", "", "1", "en", "Strongly agree", "Agree", "No", "Yes", "soup", "Tea", "Cake"),
]


def lime(heads, rows):
    return "\ufeff" + "\n".join(";".join(f'"{cell}"' for cell in row) for row in (heads, *rows)) + "\n"


@pytest.mark.parametrize(
    "heads",
    [[f"{code}. {text}" for code, text in HEADS.items()], [f"{code}._.{text}" for code, text in HEADS.items()], list(HEADS.values())],
    ids=["code and text", "another separator", "text"],
)
def test_limesurvey_by_code_and_text(export, heads):
    survey = read(export(lime(heads, LIME)))
    assert survey.platform == "limesurvey"
    assert [(column.kind, column.text, column.stem) for column in survey.columns if column.stem] == [
        ("answer", "I cope", "How far do you agree?"),
        ("answer", "I learn", "How far do you agree?"),
        ("tick", "Cake", "Which do you eat?"),
        ("tick", "Tea", "Which do you eat?"),
        ("ranking", "Rank 1", "Rank these"),
        ("ranking", "Rank 2", "Rank these"),
    ]
    assert cells(survey, "Tea") == [None, "Tea"]
    assert survey.marks[0].blank_only


def test_limesurvey_codes_with_a_syntax_file(export):
    codes = [("1", "2024-03-01 10:00:00", "3", "en", "A4", "A2", "Y", "", "", "A1", "A2"), ("2", "", "1", "en", "A5", "A4", "", "Y", "soup", "A2", "A1")]
    labels = "Strongly disagree,Disagree,Neither agree nor disagree,Agree,Strongly agree".split(",")
    told = ", ".join(f'"{label}"' for label in labels)
    syntax = "".join(
        f'data[, {at}] <- factor(data[, {at}], levels=c("A1","A2","A3","A4","A5"),labels=c({told}))\nnames(data)[{at}] <- "{name}"\n'
        for at, name in ((5, "G01Q01_SQ001"), (6, "G01Q01_SQ002"))
    )
    plain = read(export(lime(list(HEADS), codes), name="results-survey123456.csv"))
    assert "put the R syntax file" in plain.warnings[0]
    assert batteries(plain) == {}
    export(syntax, name="survey_123456_R_syntax_file.R")
    survey = read(export(lime(list(HEADS), codes), name="results-survey123456.csv"))
    assert cells(survey, "G01Q01[SQ001]") == ["Agree", "Strongly agree"]
    assert list(batteries(survey).values()) == [tuple(labels)]


def test_limesurvey_codes_with_a_syntax_file_for_spss(export):
    rows = [("1", "2024-03-01", "3", "en", *["A1"] * 7), ("2", "2024-03-01", "3", "en", *["A2"] * 7)]
    export('VALUE LABELS  V5\n"A1" "Low"\n"A2" "High"\n.\nRENAME VARIABLE ( V5 = G01Q01_SQ001 ).\n', name="survey_123456_SPSS_syntax_file.sps")
    assert cells(read(export(lime(list(HEADS), rows), name="results-survey123456.csv")), "G01Q01[SQ001]")[0] == "Low"


SYNTAX = """\
*$Rev: 121017 $ all 2.
GET DATA
 /TYPE=TXT
 /FILE='survey_123456_SPSS_data_file.dat'
 /DELIMITERS=","
 /QUALIFIER="'"
 /FIRSTCASE=1
 /VARIABLES=
 V1 F7
 V2 DATETIME23.2
 V3 A2
 V4 A2
 V5 F1
 V6 F1
 V7 A40
 V8 F1.
CACHE.
EXECUTE.
VARIABLE LABELS V1 "id".
VARIABLE LABELS V2 "submitdate".
VARIABLE LABELS V3 "[I cope] How far do you agree?".
VARIABLE LABELS V4 "[I learn] How far do you agree?".
VARIABLE LABELS V5 "[Cake] Which do you eat?".
VARIABLE LABELS V6 "[Tea] Which do you eat?".
VARIABLE LABELS V7 "[Other] Which do you eat?".
VARIABLE LABELS V8 "Are you glad?".
VALUE LABELS  V3
 "A1" "Strongly agree"
 "A2" "Agree"
 "A3" "Disagree"
 "A4" "Strongly disagree".
VALUE LABELS  V4
 "A1" "Strongly agree"
 "A2" "Agree"
 "A3" "Disagree"
 "A4" "Strongly disagree".
VALUE LABELS  V5
 1 "Yes"
 0 "Not selected".
VALUE LABELS  V6
 1 "Yes"
 0 "Not selected".
VALUE LABELS  V8
 1 "Yes"
 2 "No".
RENAME VARIABLE ( V1 = id ).
RENAME VARIABLE ( V2 = submitdate ).
RENAME VARIABLE ( V3 = agree_SQ001 ).
RENAME VARIABLE ( V4 = agree_SQ002 ).
RENAME VARIABLE ( V5 = eat_A1 ).
RENAME VARIABLE ( V6 = eat_A2 ).
RENAME VARIABLE ( V7 = eat_other ).
RENAME VARIABLE ( V8 = glad ).
"""
DATA = "'1','01-03-2024 10:00:00','A4','A1','1','0','soup, it''s warm','1'\n'2','','A1','A2','0','1','','2'\n"


def test_limesurvey_for_spss(export):
    export(SYNTAX, name="survey_123456_SPSS_syntax_file.sps")
    survey = read(export(DATA, name="survey_123456_SPSS_data_file.dat"))
    assert survey.platform == "limesurvey"
    assert cells(survey, "I cope") == ["Strongly disagree", "Strongly agree"]
    assert cells(survey, "agree[SQ002]") == ["Strongly agree", "Agree"]
    assert cells(survey, "Which do you eat? > Tea") == [None, "Tea"]
    assert cells(survey, "Are you glad?") == ["Yes", "No"]
    assert [column.kind for column in survey.aside] == ["text"]
    assert list(batteries(survey).values()) == [("Strongly disagree", "Disagree", "Agree", "Strongly agree")]


def test_limesurvey_for_spss_without_its_syntax_file_or_with_another(export):
    path = export(DATA, name="survey_123456_SPSS_data_file.dat")
    with pytest.raises(UserError, match="the syntax file that names its columns is not beside it"):
        read(path)
    export(SYNTAX.replace(" V8 F1.", " V8 F1\n V9 F1."), name="survey_123456_SPSS_syntax_file.sps")
    with pytest.raises(UserError, match=r"row 1 has 8 cells, and survey_123456_SPSS_syntax_file.sps names 9 columns"):
        read(path)


def test_another_dat_file_is_delimited_text(export):
    assert cells(read(export("I cope\tI learn\nAgree\tDisagree\n", name="wave.dat")), "I learn") == ["Disagree"]


# --- REDCap -----------------------------------------------------------------------------------------------------------

DICTIONARY = (
    '"Variable / Field Name","Form Name","Section Header","Field Type","Field Label","Choices, Calculations, OR Slider Labels","Field Note",'
    '"Text Validation Type OR Show Slider Number","Identifier?","Matrix Group Name"\n'
    'record_id,staff,,text,"Record ID",,,,,\n'
    'nick,staff,,text,"What are you called?",,,,y,\n'
    'born,staff,,text,"Date of birth",,,date_dmy,,\n'
    'cope,staff,"How is it going?",radio,"I cope","0, Terrible | 1, Fair, really | 2, Great",,,,mood\n'
    'learn,staff,,radio,"I learn","0, Terrible | 1, Fair, really | 2, Great",,,,mood\n'
    'eat,staff,,checkbox,"Which do you eat?","1, Cake | 2, Tea",,,,\n'
    'glad,staff,,yesno,"Are you glad?",,,,,\n'
)
REDCAP = (
    "record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,nick,born,cope,learn,eat___1,eat___2,glad,staff_complete\n"
    "1,before_arm_1,,,Jo,01-02-1990,0,1,1,0,1,2\n"
    "1,after_arm_1,,,,,2,2,1,1,0,0\n"
    "1,after_arm_1,visits,1,,,,,,,,\n"
    "2,before_arm_1,,,Al,01-02-1991,1,1,0,0,0,2\n"
    "2,after_arm_1,,,,,2,1,0,0,1,2\n"
)


def test_redcap_with_its_dictionary(export):
    export(DICTIONARY, name="Staff_DataDictionary_2024-03-01.csv")
    survey = read(export(REDCAP, name="Staff_DATA_2024-03-01.csv"))
    assert survey.platform == "redcap"
    assert (survey.events, survey.waves) == ("redcap_event_name", ("before_arm_1", "after_arm_1"))
    assert [column.text for column in survey.aside] == ["What are you called?", "Date of birth"]
    assert cells(survey, "cope") == ["Terrible", "Great", None, "Fair, really", "Great"]
    assert cells(survey, "Tea") == [None, "Tea", None, None, None]
    assert cells(survey, "Are you glad?")[:2] == ["Yes", "No"]
    assert batteries(survey) == {"How is it going?": ("Terrible", "Fair, really", "Great")}
    assert respondents(survey) == (4, ("Staff_DATA_2024-03-01.csv: left out, as no respondents: 1 row of a repeating form",))


def test_redcap_without_a_dictionary_puts_no_codes_on_a_scale(export):
    survey = read(export(REDCAP))
    assert batteries(survey) == {}
    assert "put the data dictionary" in survey.warnings[0]


def test_redcap_with_labels(export):
    heads = "Record ID,Event Name,Which do you eat? (choice=Cake),Which do you eat? (choice=Tea),I cope,Complete?"
    survey = read(export(f"{heads}\n1,Before,Checked,Unchecked,Agree,Complete\n2,Before,Unchecked,Unchecked,Disagree,Incomplete\n"))
    assert (survey.platform, survey.events) == ("redcap", None)
    assert cells(survey, "Which do you eat? > Cake") == ["Cake", None]


def test_a_dictionary_is_no_export(export):
    with pytest.raises(UserError, match="holds no answers"):
        read(export(DICTIONARY))


# --- Kobo and ODK -----------------------------------------------------------------------------------------------------

KOBO = (
    "start,end,staff/cope,staff/learn,staff/eat,staff/eat/cake,staff/eat/tea,staff/why,_id,_uuid,_submission_time,_validation_status,_submitted_by,_index\n"
    "2024-03-01T10:00,2024-03-01T10:05,1,3,cake tea,1,1,because,11,5c4e0f1a,2024-03-01T10:05,,jo,1\n"
    "2024-03-01T10:00,2024-03-01T10:05,3,2,tea,0,1,why not,12,5c4e0f1b,2024-03-01T10:05,,jo,2\n"
    "2024-03-01T10:00,2024-03-01T10:05,2,2,,,,so,13,5c4e0f1c,2024-03-01T10:05,,jo,3\n"
)


def form(path):
    book = xlsxwriter.Workbook(str(path))
    survey, choices = book.add_worksheet("survey"), book.add_worksheet("choices")
    asked = [
        ("select_one likely", "cope", "I cope"),
        ("select_one likely", "learn", "I learn"),
        ("select_multiple food", "eat", "Which do you eat?"),
        ("text", "why", "Why?"),
    ]
    for at, row in enumerate([("type", "name", "label::English (en)"), *asked]):
        survey.write_row(at, 0, row)
    listed = [
        ("likely", "1", "Very unlikely"),
        ("likely", "2", "Unlikely"),
        ("likely", "3", "Likely"),
        ("likely", "4", "Very likely"),
        ("food", "cake", "Cake"),
        ("food", "tea", "Tea"),
    ]
    for at, row in enumerate([("list_name", "name", "label::English (en)"), *listed]):
        choices.write_row(at, 0, row)
    book.close()


def test_kobo_with_its_form(export):
    path = export(KOBO)
    form(path.parent / "form.xlsx")
    survey = read(path)
    assert survey.platform == "kobo"
    assert [(column.kind, column.label) for column in survey.columns if column.kind in ("answer", "tick", "multiple")] == [
        ("answer", "I cope"),
        ("answer", "I learn"),
        ("multiple", "Which do you eat?"),
        ("tick", "Which do you eat? > Cake"),
        ("tick", "Which do you eat? > Tea"),
    ]
    assert cells(survey, "Cake") == ["Cake", None, None]
    assert {column.text for column in survey.aside} == {"Why?", "_submitted_by"}
    assert list(batteries(survey).values()) == [("Very unlikely", "Unlikely", "Likely", "Very likely")]


def test_kobo_without_its_form(export):
    survey = read(export(KOBO))
    assert batteries(survey) == {}
    assert cells(survey, "eat > tea") == ["tea", "tea", None]
    assert "put the XLSForm" in survey.warnings[0]


def test_a_platform_known_by_name_only_is_read_as_a_table_with_a_hint(export):
    content = "Response ID,Date Submitted,Legacy Comments,SessionID,I cope:How far do you agree?\n1,x,,9,Agree\n2,y,,8,Disagree\n"
    survey = read(export(content))
    assert (survey.platform, "looks like an export of Alchemer" in survey.warnings[0]) == ("flat", True)
    assert read(export(content), platform="alchemer").platform == "flat"


def test_an_export_as_a_workbook(tmp_path):
    held = io.BytesIO()
    book = xlsxwriter.Workbook(held)
    sheet = book.add_worksheet("Sheet1")
    for at, row in enumerate(
        [("ID", "Start time", "Completion time", "Email", "Name", "I cope"), ("1", "3/1/24 10:00", "3/1/24 10:05", "anonymous", "", "Agree")]
    ):
        sheet.write_row(at, 0, row)
    book.close()
    path = tmp_path / "Survey(1-1).xlsx"
    path.write_bytes(held.getvalue())
    assert read(path).platform == "microsoft-forms"


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_platform_is_called_as_its_module_says(name):
    assert name == platforms.named(name).NAME


def test_only_modules_of_platforms_that_a_file_may_be_from_are_loaded():
    code = (
        "import sys; from pathlib import Path; from rpgstat.read import read; Path('x.csv').write_text('I cope\\nAgree\\n'); read('x.csv'); print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=tempfile.mkdtemp())
    loaded = {name.rpartition(".")[2] for name in done.stdout.split() if name.startswith("rpgstat.read.platforms.")}
    assert loaded == {"flat", "surveymonkey"}
