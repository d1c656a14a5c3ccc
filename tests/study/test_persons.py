"""What may name a person, and what may be shown: both sides, with invented people."""

import pytest

from rpgstat.study import persons

NAMES = """Jane Smith; JANE SMITH; jane smith; Smith, Jane; J. Smith; Dr Okafor; mrs patel; Adaeze Okafor; Wei Zhang; María del Carmen Ruiz;
Ludwig van Beethoven;
Siân; Anne-Marie O’Brien; Jane Smith (Team Manager); line manager Jane Smith; Иван Петров; Zofia;
María De La Cruz"""
ROLES = """Social worker; Social Worker; SOCIAL WORKER; Team Manager; Senior Practitioner; Family Support Worker;
Children's Services; West Team; Adult Social Care;
Admin; Very Good; Somewhat agree; Neither Agree Nor Disagree; Don't know; Product Engineering; Sehr gut; Plutôt d'accord; Zdecydowanie tak; 1 to 2 years"""


@pytest.mark.parametrize("answer", NAMES.replace("\n", " ").split("; "))
def test_a_name_is_recognised_whatever_its_origin(answer):
    assert persons.names(answer)
    assert not persons.may_show(answer, 9)


@pytest.mark.parametrize("answer", ROLES.replace("\n", " ").split("; "))
def test_a_role_or_an_answer_is_no_name(answer):
    assert not persons.names(answer)
    assert persons.may_show(answer, 9)


FORMS = {
    "times": "03/03/2024 10:00:00; 2024-03-03T10:00Z; 2024-03-03; 12/13/2019; 3 mars 2024; 15-Mar-24; lun. 4 mars 2024 10:05; March 4, 2024; 18:05; 4:05 pm",
    "e-mail addresses": "jane@example.org",
    "IP addresses": "192.0.2.1; fe80::1:2:3",
    "telephone numbers": "0113 496 0000; +44 7700 900123; (0113) 496-0000",
    "postcodes": "LS1 4AP; ls14ap; 1234 AB; 00-950",
    "addresses": "12 High Street; 4a Mill Lane, Leeds; Hauptstraße 12; rue de la Paix 5",
    "coordinates": "53.8008; -1.5491,53.8008",
    "identifiers": "R_2YPOQ602ER1jkf1; AB123456C; 11800003000; cef35615d61b202f1dc7; 485 777 3456",
    "browsers": "Mozilla/5.0 (X11; Linux)".replace(";", ""),
}


@pytest.mark.parametrize(("kind", "answer"), [(kind, answer) for kind, answers in FORMS.items() for answer in answers.split("; ")])
def test_what_tells_of_a_person_by_its_form(kind, answer):
    assert persons.form(answer) == kind
    assert not persons.may_show(answer, 2)


@pytest.mark.parametrize("answer", ["2023-05", "2023", "18 - 24", "3-5", "May", "1/2", "50,000", "$50,000 - $99,999", "Year 10", "4.5", "10 or more", "5'8\""])
def test_numbers_that_many_share_do_not(answer):
    assert persons.form(answer) == ""


def test_a_code_that_many_share_may_be_shown_but_a_long_number_never():
    assert not persons.may_show("Grade-10A", 2)
    assert persons.may_show("Grade-10A", 5)
    assert not persons.may_show("11800003000", 5)


def test_an_answer_that_one_person_gave_is_shown_only_if_it_looks_like_one():
    assert [persons.may_show(answer, 1, ["Agree"]) for answer in ("Agre", "Maybe", "6", "Okonkwo", "Loves cats", "x" * 61)] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
    assert persons.may_show("Loves cats", persons.SEVERAL)


def test_five_answers_are_shown_at_most():
    assert len(persons.shown({f"Team {i}": 9 for i in range(8)})) == 5


@pytest.mark.parametrize(
    ("answers", "header", "kind"),
    [
        ({"Jane Smith": 9, "Bob Jones": 8, "Don't know": 2}, "Pod", "names"),
        ({"Adaeze Okafor": 9, "Wei Zhang": 8}, "Who is your line manager?", "names"),
        ({"Adaeze Okafor": 1, "Wei Zhang": 1, "Okwui Enwezor": 1}, "Pod", "names"),
        ({"Smith": 4, "Okafor": 3}, "Supervisor", "names"),
        ({"Social Worker": 9, "Team Manager": 3}, "Job role", ""),
        ({"Yes": 9, "No": 3, "Don't know": 2}, "My line manager listens", ""),
        ({"Team Manager": 9, "Head of Service": 3}, "Who is your line manager?", ""),
        ({"2024-03-03": 9, "2024-03-04": 8}, "Wann", "times"),
        ({f"{i}/3/2024 10:00": 1 for i in range(1, 20)}, "Submitted", "times"),
        ({str(1000 + i): 1 for i in range(30)}, "Key", "identifiers"),
        ({str(20 + i): 1 for i in range(30)}, "Age", ""),
        ({}, "Name", ""),
    ],
)
def test_what_a_column_holds(answers, header, kind):
    assert persons.content(answers, header) == kind


def test_no_answer_of_a_known_scale_is_a_name():
    from rpgstat.infer.catalogue import catalogue

    labels = {label for scale in catalogue() for label in (*scale.levels, *scale.positions)}
    assert not [label for label in labels for written in (label, label.title()) if persons.names(written) or persons.form(written)]


def test_a_name_that_is_a_word_elsewhere():
    assert [persons.names(answer) for answer in ("Bob", "Bob Jones", "Bob amser")] == [True, True, False]
