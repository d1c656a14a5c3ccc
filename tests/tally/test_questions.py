"""What people answered to questions, counted in one pass, against a recount row by row."""

from __future__ import annotations

import pytest

from rpgstat.study import Group, Study, Wave
from rpgstat.study.questions import Question
from rpgstat.tally import Files, _answers
from rpgstat.tally.questions import questions

HEAR = Question("hear", "How do you hear?", "multiple", ("Email", "Post"))


def replies(sources, *asked, by=(), weight=None):
    waves = tuple(wave for source in sources for wave in source.waves)
    study = Study(tuple(Wave(wave) for wave in waves), (), groups=by)
    files = Files(study, sources, [*(header for group in by for header in group.columns), *([weight] if weight else [])])
    _, found = questions(files, asked, by, weight)
    return {(one.question.id, own.wave, own.group): own for one in found for own in one.replies}


def test_a_word_for_nothing_that_only_later_rows_hold_is_no_tick(file, monkeypatch):
    monkeypatch.setattr(_answers, "HEAD_ROWS", 2)
    email, post = ["Email", None, None, "No"], [None, "Post", None, "NA"]
    own = replies([file("one", Email=email, Post=post, Other=list("wxyz"))], HEAR)["hear", "one", None]
    assert (own.asked, own.answered, dict(own.counts)) == (4, 2, {"Email": 1, "Post": 1})


def test_who_ticks_an_option_that_is_called_not_applicable_has_answered(file):
    source = file("one", **{"Email": ["Email", None, None], "N/A": [None, "N/A", None], "Other": list("xyz")})
    own = replies([source], Question("hear", "How do you hear?", "multiple", ("Email", "N/A")))["hear", "one", None]
    assert (own.asked, own.answered, dict(own.counts)) == (3, 2, {"Email": 1, "N/A": 1})


def test_one_wave_may_have_fewer_columns_than_another(file):
    first, second = file("one", Email=["Email", None, "Email"], Post=["Post", "Post", None]), file("two", Email=["Email", None, "Email"], Other=list("xyz"))
    found = replies([first, second], HEAR)
    assert [(own.asked, own.answered, own.counts) for own in found.values()] == [(3, 3, {"Email": 2, "Post": 2}), (3, 2, {"Email": 2})]


@pytest.mark.parametrize("blank", [None, "NA", " "])
def test_a_row_that_says_nothing_is_nobody_and_a_comment_is_somebody(file, blank):
    own = replies([file("one", had=["Yes", blank, "No"], email=["Email", None, blank])], Question("had", "had"))["had", "one", None]
    assert (own.asked, own.answered, own.counts) == (2, 2, {"Yes": 1, "No": 1})


def asked_of(file, *answers, **declared):
    study = Study((Wave("one"),), ())
    source = file("one", had=list(answers))
    _, (one,) = questions(Files(study, [source], []), [Question("had", "had", **declared)], (), None)
    return one.question


@pytest.mark.parametrize(
    ("answers", "options", "off"),
    [
        (("Nein", "Ja", "Weiß nicht"), ("Ja", "Nein", "Weiß nicht"), ("Weiß nicht",)),
        (("non", "oui", "Ne sais pas"), ("oui", "non", "Ne sais pas"), ("Ne sais pas",)),
        (("No", "Sí", "NS/NC"), ("Sí", "No", "NS/NC"), ("NS/NC",)),
        (("No", "Yes", "Can't remember"), ("Yes", "No", "Can't remember"), ("Can't remember",)),
        (("No", "Yes"), ("Yes", "No"), ()),
    ],
)
def test_of_yes_and_no_in_any_language_yes_is_said_and_who_does_not_know_is_in_no_share(file, answers, options, off):
    question = asked_of(file, *answers)
    assert (question.options, question.off, question.positive) == (options, off, options[:1])


@pytest.mark.parametrize("between", ["Sometimes", "Partly", "teilweise", "En partie"])
def test_an_answer_between_yes_and_no_is_an_answer(file, between):
    question = asked_of(file, "Yes", "No", between, "Not sure")
    assert (question.off, question.positive) == (("Not sure",), ())


def test_yes_is_said_where_no_is_declared_first(file):
    assert asked_of(file, "Yes", "No", options=("No", "Yes")).positive == ("Yes",)
    assert asked_of(file, "Yes", "No", options=("No", "Yes"), positive=("No",)).positive == ("No",)


def test_weights_make_masses_of_every_option_and_of_all_who_answered(file):
    source = file("one", role=["A", "A", "B"], w=["1", "2.5", "0.5"], had=["Yes", "No", "Yes"], Email=["Email", None, None], Post=["Post", "Post", None])
    found = replies([source], Question("had", "had"), HEAR, by=(Group("role", ("role",)),), weight="w")
    assert found["had", "one", None].masses == {"Yes": (3, 5), "No": (5, 25), None: (8, 30)}  # in halves
    assert found["hear", "one", None].masses == {"Email": (2, 4), "Post": (7, 29), None: (7, 29)}
    assert found["had", "one", "A"].masses == {"Yes": (2, 4), "No": (5, 25), None: (7, 29)}
    assert found["had", "one", "B"].key == ("B",)


def test_who_was_not_asked_is_in_no_base(file):
    source = file("one", had=["Yes", "No", "Yes", None], Email=["Email", "Email", None, None], Post=[None, None, None, "Post"])
    asked = Question("hear", "How?", "multiple", ("Email", "Post"), asked_if={"had": ("Yes",)})
    own = replies([source], Question("had", "had"), asked)["hear", "one", None]
    assert (own.asked, own.answered, own.counts) == (2, 1, {"Email": 1, "Post": 0})
