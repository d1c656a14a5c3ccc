import pytest

from rpgstat.tally._quotes import capitals, role_in, stands, telling

SOURCE = "I was less alone, I must say. We didn\u2019t talk \u2014 not once \u2014 about rotas. In the end it held us."


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("I was less alone, I must say.", "word for word"),
        ("we didn't talk - not once - about rotas", "word for word"),
        ("I was less alone ... it held us", "with cuts"),
        ("I was less alone […] In the end it held [the team] us", "with cuts"),
        ("I was less alone (laughs), I must say", "with cuts"),
        ("I was never alone", "not found"),
        ("it held us ... I was less alone", "not found"),
        ("less alone, I must say. We did talk", "not found"),
        ("...", "not found"),
    ],
)
def test_words_stand_in_their_order_between_cuts(quote, found):
    assert stands(quote, SOURCE) == found


def test_a_part_of_a_word_is_no_word():
    assert stands("I was less al", SOURCE) == "not found"


def test_without_a_text_nothing_is_checked():
    assert stands("I was less alone", None) == "no text to check"


@pytest.mark.parametrize(
    ("quote", "what"),
    [
        ("Write to jo.bloggs@example.org", "an e-mail address"),
        ("Ring 01632 960123 now", "a telephone number"),
        ("She lives near SO51 8AA", "a postcode"),
        ("I asked Mrs Patel", "a title with a name"),
        ("It was on 3/4/2018", "a date"),
        ("On 12th March it broke", "a date"),
        ("Case 943 476 5919 was hard", "a case number"),
        ("Case CIN-20231 was hard", "a case number"),
        ("Then Ann Other left", "a name that is listed"),
    ],
)
def test_what_may_tell_who_is_meant(quote, what):
    assert what in telling(quote, ["ann other"])


def test_ordinary_words_tell_nothing():
    assert list(telling("I may go in May, and 3 of 12 came; it was 10 years ago", ["Ann"])) == []


def test_capitals_inside_a_sentence_are_looked_at():
    assert capitals("On Monday I met Jo in Romsey. The team was glad: It helped. NHS staff came.") == ["Jo", "Romsey"]


def test_a_role_is_known_by_its_longest_name():
    roles = ["Social worker", "Senior social worker", "Team manager"]
    assert role_in("Interview 4, senior social worker", roles) == "Senior social worker"
    assert role_in("two team managers", roles) == "Team manager"
    assert role_in("a practitioner", roles) is None
