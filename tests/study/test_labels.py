"""Which labels count as the same, which cells as blank, and how an identifier is made."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rpgstat.study import is_blank, normalise, slug


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Strongly Agree", "strongly agree"),
        ("\ufeffAgree", "agree"),
        ("Agree\u200b", "agree"),
        ("Don\u2019t\u00a0know", "don't know"),
        ("\u201cYes\u201d", '"yes"'),
        ("  a \t b\n", "a b"),
        ("4.0", "4"),
        ("-2.", "-2"),
        ("\uff14", "4"),
        ("STRASSE", "stra\u00dfe"),
        ("e\u0301", "\u00e9"),
        ("e\u200b\u0301", "\u00e9"),
    ],
)
def test_labels_that_are_the_same(written, meant):
    assert normalise(written) == normalise(meant)


@pytest.mark.parametrize(("one", "other"), [("4.5", "4"), ("4.01", "4"), ("Agree", "Agree."), ("resume", "r\u00e9sum\u00e9"), ("1,0", "1"), ("v4.0", "v4")])
def test_labels_that_are_not(one, other):
    assert normalise(one) != normalise(other)


@given(st.text())
@example("e\u200b\u0301")
@example("\u0345\u0301")
@example("4.00")
def test_what_is_normal_stays_as_it_is(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text(), st.sampled_from(["\u00a0", "\u200b", "\ufeff", " ", "\t"]))
def test_invisible_characters_around_a_label_do_not_count(text, invisible):
    assert normalise(invisible + text + invisible) == normalise(text)


@given(st.text())
def test_the_form_in_which_accents_were_typed_does_not_count(text):
    assert normalise(unicodedata.normalize("NFD", text)) == normalise(text)


@pytest.mark.parametrize("cell", [None, "", "  ", "\u00a0", "NA", "na ", "NaN", "#N/A", "<NA>", "NULL"])
def test_a_blank_cell(cell):
    assert is_blank(cell)


@pytest.mark.parametrize("cell", ["N/A", "Not applicable", "None", "0", "-", "."])
def test_an_answer_is_not_blank(cell):
    assert not is_blank(cell)


def test_an_identifier_is_made_of_the_first_telling_words():
    assert slug("In my team, I can speak up about mistakes and risks") == "team_can_speak_up"


def test_words_that_tell_little_serve_when_there_are_no_others():
    assert slug("What is it?") == "what_is_it"


def test_an_identifier_loses_accents():
    assert slug("R\u00e9sum\u00e9") == "resume"


@given(st.text(), st.integers(1, 6))
def test_an_identifier_is_plain_and_short(text, words):
    assert re.fullmatch("[a-z0-9_]{1,40}", slug(text, words))
