import pytest

from rpgstat.errors import UserError
from rpgstat.read import read
from rpgstat.read.headers import sort


def test_any_other_table_has_a_column_for_each_question(export):
    survey = read(export("Timestamp,Staff ID,Job role,I feel supported\n2024-06-01,17,Manager,Agree\n"))
    assert survey.platform == "flat"
    assert [(c.text, c.stem, c.kind, c.block) for c in survey.columns] == [
        ("Timestamp", "", "meta", 1),
        ("Staff ID", "", "id", 2),
        ("Job role", "", "answer", 3),
        ("I feel supported", "", "answer", 4),
    ]


PERSONAL = """Email; E-mail address:; your_email; What is your e-mail address?; RecipientEmail; IP Address; IPAddress; First Name; recipient_last_name;
full name; Surname; Phone number *; Postcode; LocationLatitude; location longitude; User Agent; Date of birth; Name"""


@pytest.mark.parametrize("header", [header.strip() for header in PERSONAL.split(";")])
def test_personal_columns_are_known_by_name(header):
    assert sort(header) == "personal"


@pytest.mark.parametrize(
    "header",
    [
        "Email is a good way to reach my manager",
        "I am called by my first name",
        "Team name",
        "Location",
        "Team ID",
        "Address my needs",
        "Year",
        "My team shares ideas",
    ],
)
def test_questions_that_mention_such_words_are_not(header):
    assert sort(header) == "answer"


def test_personal_and_free_text_columns_are_dropped_and_listed(export):
    survey = read(export("Email,Role,Why? - Open-Ended Response,Role - Other (please specify)\na@b,Manager,because,x\n"))
    assert tuple(c.label for c in survey.aside) == ("Email", "Why? - Open-Ended Response", "Role - Other (please specify)")
    assert survey.frame.collect().rows() == [("Manager",)]
    with pytest.raises(UserError, match="left out on reading"):
        survey.find("Email")


@pytest.mark.parametrize("values", ["0,1,2", "1,2,3", "3,7,8"])
def test_a_row_index_without_a_header_goes(export, values):
    assert [c.text for c in read(export(",Q\n" + "\n".join(f"{i},Agree" for i in values.split(",")))).columns] == ["Q"]


def test_other_data_without_a_header_is_numbered(export):
    survey = read(export(",Q,,Unnamed: 3\n2,Agree,x,\n2,Agree,,y\n"))
    assert [c.text for c in survey.columns] == ["Unnamed column 1", "Q", "Unnamed column 3", "Unnamed column 4"]


def test_repeated_headers_stay_and_are_ambiguous(export):
    survey = read(export("Q,Q\nAgree,Disagree\n"))
    assert survey.frame.collect().rows() == [("Agree", "Disagree")]
    with pytest.raises(UserError, match="2 columns are headed `Q`"):
        survey.find("Q")


@pytest.mark.parametrize("separator", [", ", ";", "; ", " | ", ","])
@pytest.mark.parametrize(
    "header", ["How do you hear? (Select all that apply)", "Wie erfahren Sie davon? (Mehrfachnennung)", "Que lisez-vous ? (plusieurs réponses)"]
)
def test_lists_of_answers_are_known_where_the_header_asks_for_all_that_apply(export, header, separator):
    lists = [("Email", "Post"), ("Email",), ("Post", "Paper"), ("Email", "Paper")] * 3
    rows = "".join(f'"{separator.join(answers)}",Agree\n' for answers in lists)
    column, statement = read(export(f'"{header}",I feel supported\n{rows}')).columns
    assert (column.kind, column.separator, sorted(column.options)) == ("multiple", separator, ["Email", "Paper", "Post"])
    assert statement.kind == "answer"


@pytest.mark.parametrize("cells", ["Yes, often|No, never", "Nurse|Doctor", "Ward A; nights|Ward B; days"])
def test_one_answer_is_no_list_whatever_the_header_asks_for(export, cells):
    rows = "".join(f'"{cell}",Agree\n' for cell in cells.split("|") * 6)
    assert read(export(f"Tick all that apply,I feel supported\n{rows}")).columns[0].kind == "answer"
