import pytest

from rpgstat.read import read

META = "Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1"
PERSON = "118{0}00,7,2024-06-01,2024-06-01,192.0.2.1,a@example.org,A,B,K{0}"


def kinds(survey) -> list[tuple[str, str, str]]:
    return [(column.stem, column.text, column.kind) for column in survey.columns]


def questions(export, upper: str, lower: str, *answers: str, blank: str = ""):
    """A survey with an id and these questions."""
    lines = [f"Respondent ID,{upper}", f"{blank},{lower}", *(f"{i},{row}" for i, row in enumerate(answers, start=101))]
    return read(export("\n".join(lines)))


def column(survey, text: str) -> list[str | None]:
    return survey.frame.collect()[survey.require(text).name].to_list()


@pytest.mark.parametrize("blank", ["", "NA"])
def test_a_full_export_has_its_personal_columns_dropped(export, blank):
    lines = [f"{META},Do you feel supported?", ",".join([blank] * 9) + ",Response", PERSON.format(1) + ",Agree", PERSON.format(2) + ",NA"]
    survey = read(export("\n".join(lines)))
    assert survey.platform == "surveymonkey"
    assert tuple(c.label for c in survey.aside) == ("IP Address", "Email Address", "First Name", "Last Name")
    assert [(c.text, c.kind) for c in survey.columns] == [
        ("Respondent ID", "id"),
        ("Collector ID", "meta"),
        ("Start Date", "meta"),
        ("End Date", "meta"),
        ("Custom Data 1", "meta"),
        ("Do you feel supported?", "answer"),
    ]
    assert survey.frame.collect().row(0) == ("118100", "7", "2024-06-01", "2024-06-01", "K1", "Agree")
    assert survey.frame.collect_schema().names() == [c.name for c in survey.columns]


def test_a_matrix_repeats_its_question_over_its_rows(export):
    survey = questions(export, "Groups help me,,Job role", "reflect,cope,Response", "Agree,Disagree,Manager", ",Agree,")
    assert kinds(survey)[1:] == [("Groups help me", "reflect", "answer"), ("Groups help me", "cope", "answer"), ("", "Job role", "answer")]
    assert [c.block for c in survey.columns] == [1, 2, 2, 3]
    assert survey.require("Groups help me > cope").text == "cope"
    assert column(survey, "reflect") == ["Agree", None]


def test_an_export_without_metadata_is_known_by_its_second_row(export):
    survey = read(export("Job role,Groups help me,\nResponse,reflect,cope\nManager,Agree,Agree\n"))
    assert survey.platform == "surveymonkey"
    assert kinds(survey) == [("", "Job role", "answer"), ("Groups help me", "reflect", "answer"), ("Groups help me", "cope", "answer")]


@pytest.mark.parametrize("nothing", ["", "NA"])
def test_tick_boxes_are_told_from_a_spread_choice_by_a_second_tick(export, nothing):
    upper, lower = "Which groups?,,Role,", "Pod,Wider,Manager,Worker"
    survey = questions(export, upper, lower, f"Pod,Wider,Manager,{nothing}", f"{nothing},Wider,{nothing},Worker", f"Pod,{nothing},{nothing},{nothing}")
    assert kinds(survey)[1:] == [("Which groups?", "Pod", "tick"), ("Which groups?", "Wider", "tick"), ("", "Role", "answer")]
    assert survey.require("Role").options == ("Manager", "Worker")
    assert column(survey, "Role") == ["Manager", "Worker", None]
    assert survey.frame.collect().width == 4


def test_one_box_alone_is_a_tick(export):
    survey = questions(export, "Consent,Role", "I agree to take part,Response", "I agree to take part,Manager", ",Worker")
    assert kinds(survey)[1] == ("Consent", "I agree to take part", "tick")


def test_a_ranking_gives_every_row_the_numbers_from_one(export):
    assert {k for *_, k in kinds(questions(export, "Rank these,,", "time,pay,team", "1,3,2", "2,1,", ",,"))[1:]} == {"ranking"}
    assert {k for *_, k in kinds(questions(export, "Rate these,,", "time,pay,team", "1,3,2", "2,2,1"))[1:]} == {"answer"}


def test_nothing_answered_leaves_a_matrix(export):
    assert {k for *_, k in kinds(questions(export, "Rate these,,Q", "time,pay,Response", ",,Yes"))[1:]} == {"answer"}


def test_free_text_is_dropped_and_its_question_stays(export):
    survey = questions(
        export,
        "Role,,Anything else?,Groups help me,,,Team,",
        "Response,Other (please specify),Open-Ended Response,reflect,cope,Comments,Response,Which team",
        "Manager,,I liked it,Agree,Agree,Good,Other,Blue",
    )
    assert [text for _, text, _ in kinds(survey)] == ["Respondent ID", "Role", "reflect", "cope", "Team"]
    assert tuple(c.label for c in survey.aside) == ("Role > Other (please specify)", "Anything else?", "Groups help me > Comments", "Team > Which team")


def test_a_tick_beside_a_choice_stays_a_tick(export):
    assert kinds(questions(export, "Faith,", "Response,None of these", "Other,None of these", "A,"))[1:] == [
        ("", "Faith", "answer"),
        ("Faith", "None of these", "tick"),
    ]


def test_a_contact_form_is_personal_but_a_matrix_of_channels_is_not(export):
    survey = questions(
        export, "Contact,,Useful channels,,Use,", "Name,Phone Number,Email,Phone,Email,Phone", "Ann,01,High,Low,Email,Phone", "Bob,02,Low,High,,Phone"
    )
    assert tuple(c.label for c in survey.aside) == ("Contact > Name", "Contact > Phone Number")
    assert [(c.text, c.kind) for c in survey.columns[1:]] == [("Email", "answer"), ("Phone", "answer"), ("Email", "tick"), ("Phone", "tick")]


def test_a_file_that_pandas_saved_again_is_put_right(export):
    survey = read(export(",Role,Which groups?,Unnamed: 7\n0,Response,Pod,Wider\n1,Manager,Pod,Wider\n2,Worker,,Wider\n"))
    assert survey.platform == "surveymonkey"
    assert kinds(survey) == [("", "Role", "answer"), ("Which groups?", "Pod", "tick"), ("Which groups?", "Wider", "tick")]
    assert survey.frame.collect().rows() == [("Manager", "Pod", "Wider"), ("Worker", None, "Wider")]


def test_blank_columns_end_the_table_and_added_columns_count(export):
    survey = questions(export, "Groups help me,,Wave,,", "reflect,cope,,,", "Agree,Agree,1,,", "Agree,,2,,x")
    assert kinds(survey)[1:] == [
        ("Groups help me", "reflect", "answer"),
        ("Groups help me", "cope", "answer"),
        ("", "Wave", "answer"),
        ("", "Unnamed column 6", "answer"),
    ]


def test_a_damaged_id_is_kept_from_linking_people(export):
    survey = read(export("Respondent ID,Q\n,Response\n1.14628E+11,Agree\n1.14628E+11,Agree\n"))
    assert [c.kind for c in survey.columns] == ["meta", "answer"]
    assert survey.warnings[0].startswith("wave.csv: Respondent ID was damaged by a spreadsheet")
    assert "cannot link people" in survey.warnings[0]


def test_markup_and_line_breaks_in_questions_are_read_as_a_person_would(export):
    survey = questions(export, '"<p>Are you<br>&lt; 30 &amp;\n  <b>new</b>?&nbsp;</p>"', "Response", "Yes")
    assert survey.columns[1].text == "Are you < 30 & new?"


def test_one_header_row_is_flat_though_respondents_have_ids(export):
    survey = read(export("RespondentID,Is it rude?,Email Address\n343,No,a@example.org\n344,Yes,\n"))
    assert (survey.platform, tuple(c.label for c in survey.aside)) == ("flat", ("Email Address",))
    assert kinds(survey) == [("", "RespondentID", "id"), ("", "Is it rude?", "answer")]


def test_an_index_that_pandas_named_is_no_answer_either(export):
    survey = read(export("Unnamed: 0,Role,Which groups?,Unnamed: 7\n0,Response,Pod,Wider\n1,Manager,Pod,Wider\n2,Worker,,Wider\n"))
    assert [c.text for c in survey.columns] == ["Role", "Pod", "Wider"]


FOUR = ["102,Worker,Agree,Disagree", "103,Manager,Agree,Agree", "104,Worker,Disagree,Agree"]


@pytest.mark.parametrize("first", [",Worker,Agree,Agree", "NA,Worker,Agree,Agree", ",Worker,Agree,Disagree", ",,Agree,Disagree"])
def test_a_person_without_an_id_is_no_header_row(export, first):
    survey = read(export("\n".join(["Respondent ID,Job role,I feel safe,I am heard", first, *FOUR])))
    assert (survey.platform, survey.frame.collect().height) == ("flat", 4)


@pytest.mark.parametrize("header", ["Respondent ID", "RespondentID", "Collector ID"])
def test_ids_taken_out_of_a_file_make_no_header_row(export, header):
    survey = read(export(f"{header},I feel safe,I am heard\n,Agree,Disagree\n,Agree,Agree\n"))
    assert (survey.platform, survey.frame.collect().height) == ("flat", 2)


def test_a_column_without_a_header_makes_no_second_header_row(export):
    lines = ["Respondent ID,Role,I feel safe,I am heard,I stay,", "101,Worker,Agree,Disagree,Agree,left in May", "102,Worker,Agree,Agree,Agree,"]
    assert read(export("\n".join(lines))).platform == "flat"
    assert read(export("\n".join(line.partition(",")[2] for line in lines))).platform == "flat"


def test_parts_below_a_question_are_a_second_header_row_without_the_word_response(export):
    survey = read(export("Respondent ID,Groups help me,,\n,reflect,cope,learn\n101,Agree,Agree,Disagree\n"))
    assert [c.label for c in survey.columns[1:]] == ["Groups help me > reflect", "Groups help me > cope", "Groups help me > learn"]
