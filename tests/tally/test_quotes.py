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
        ("I WAS LESS\nALONE,\r\n  I must\tsay", "word for word"),  # case, line breaks, spaces
        ("We didn\u2019t talk \u2014 not once", "word for word"),
        ("\u201cI was less alone\u201d, \u2018I must say\u2019", "word for word"),
        ("I was less\u00a0alone, I mu\u00adst s\u200bay", "word for word"),  # what word processors put in
        ("I was less alone . . . . it held us", "with cuts"),
        ("I was less alone.... it held us\u2026", "with cuts"),
    ],
)
def test_words_stand_in_their_order_between_cuts(quote, found):
    assert stands(quote, SOURCE) == found


def test_accents_count_however_they_are_encoded():
    """A quotation is word for word or it is not."""
    source = "C\u2019\u00e9tait tr\u00e8s na\u00effe; die Stra\u00dfe war laut."
    assert stands("c'e\u0301tait tre\u0300s nai\u0308ve", source.replace("na\u00effe", "na\u00efve")) == "word for word"
    assert stands("DIE STRASSE WAR LAUT", source) == "word for word"
    assert stands("c'etait tres naiffe", source) == "not found"


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
        ("It was Ann Other\u2019s case", "a name that is listed"),
        ("I told ANN\nOTHER so", "a name that is listed"),
        ("Jos\u00e9 was kind", "a name that is listed"),
        ("We met at O\u2019Neill\u2019s", "a name that is listed"),
        ("I asked Dr.\nPatel", "a title with a name"),
        ("I asked Mrs\u00a0O\u2019Neill", "a title with a name"),
        ("She lives near so51 8aa", "a postcode"),
        ("It was on 3 Mar 2018", "a date"),
        ("On March 12th it broke", "a date"),
    ],
)
def test_what_may_tell_who_is_meant(quote, what):
    assert what in telling(quote, ["ann other", "Jose", "O'Neill"])


def test_ordinary_words_tell_nothing():
    assert list(telling("I may go in May, and 3 of 12 came; it was 10 years ago", ["Ann"])) == []
    assert list(telling("Annual leave was planned; in 2 3rd-year teams, March was hard", ["Ann", ""])) == []


def test_capitals_inside_a_sentence_are_looked_at():
    assert capitals("On Monday I met Jo in Romsey. The team was glad: It helped. NHS staff came.") == ["Jo", "Romsey"]


def test_a_role_is_known_by_its_longest_name():
    roles = ["Social worker", "Senior social worker", "Team manager"]
    assert role_in("Interview 4, senior social worker", roles) == "Senior social worker"
    assert role_in("two team managers", roles) == "Team manager"
    assert role_in("a practitioner", roles) is None
