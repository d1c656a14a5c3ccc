"""Questions of a study file: read, refused, and written back."""

import pytest

from rpgstat.errors import UserError
from rpgstat.study import from_toml
from rpgstat.study.questions import Question
from rpgstat.study.write import to_toml

MENTOR = '[[questions]]\nid = "mentor"\ntext = "Do you have a mentor?"\noptions = ["Yes", "No", "Not sure"]\naliases = { Y = "Yes" }\npositive = "Yes"\n'
HEAR = '[[questions]]\ntext = "How do you hear?"\nkind = "multiple"\nseparator = ";"\nexclusive = "None"\nasked_if = { mentor = "Yes" }\nsection = "News"\n'


def test_a_study_may_hold_questions_only():
    mentor, hear = from_toml(MENTOR + HEAR).questions
    assert mentor == Question("mentor", "Do you have a mentor?", options=("Yes", "No", "Not sure"), aliases={"Y": "Yes"}, positive=("Yes",))
    assert (hear.id, hear.kind, hear.separator, hear.exclusive, hear.asked_if) == ("hear", "multiple", ";", ("None",), {"mentor": ("Yes",)})


def test_what_is_written_reads_back():
    study = from_toml(MENTOR + HEAR + '[[questions]]\nkind = "ranking"\ncolumns = ["Pay", "Hours"]\n')
    assert from_toml(to_toml(study)).questions == study.questions


def test_another_spelling_of_an_option_that_stands_for_it_says_nothing_new():
    spelt = MENTOR.replace('{ Y = "Yes" }', '{ YES = "Yes", "not  sure" = "Not sure" }')
    assert from_toml(spelt).questions[0].options == ("Yes", "No", "Not sure")
    with pytest.raises(UserError, match="are the same"):
        from_toml(MENTOR.replace('Y = "Yes"', 'YES = "No"'))


@pytest.mark.parametrize(
    ("text", "problem", "hint"),
    [
        ('[[questions]]\nid = "a"\n', "questions[1].text is missing", "give the question as asked"),
        (MENTOR + MENTOR.replace('"mentor"', '"other"'), "questions[2] and questions[1] are the same", "remove one"),
        (MENTOR.replace('"Yes"\n', '"Yess"\n'), 'questions[1].positive is "Yess"; an option is allowed', "did you mean `Yes`?"),
        (MENTOR.replace('Y = "Yes"', 'Y = "Yeah"'), "questions[1].aliases.Y", "known: `Yes`"),
        (MENTOR + HEAR.replace("mentor", "mentr"), "questions[2].asked_if.mentr", "did you mean `mentor`?"),
        (MENTOR + HEAR.replace('"Yes" }', '"Yse" }'), "an option of `mentor` is allowed", "did you mean `Yes`?"),
        ('[[questions]]\ntext = "A?"\nkind = "nps"\noptions = ["1"]\n', "nothing is allowed here for a question of kind `nps`", "it belongs to single"),
        ('[[questions]]\ntext = "A?"\nkind = "npss"\n', "questions[1].kind", "did you mean `nps`?"),
    ],
)
def test_an_error_says_where_and_what_to_do(text, problem, hint):
    with pytest.raises(UserError) as error:
        from_toml(text)
    assert problem in error.value.problem
    assert hint in error.value.hint
