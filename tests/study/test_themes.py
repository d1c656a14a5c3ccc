"""What a study file says of coded material."""

import pytest

from rpgstat import UserError
from rpgstat.study import from_toml
from rpgstat.study.write import to_toml

WHOLE = """
[[waves]]
name = "+1 year"
[[waves]]
name = "+3 years"
[[themes]]
name = "Emotional support and reassurance"
id = "support"
valence = "positive"
text = "Feeling held"
codes = ["support", "not alone"]
waves = ["+3 years"]
[[themes]]
name = "Negative group experience"
[[coded]]
name = "What changed?"
wave = "+1 year"
file = ["anna.xlsx", "ben.xlsx"]
coders = ["Anna", "Ben"]
count = "any"
unit = "Respondent ID"
units = 34
[[coded]]
name = "Interviews"
kind = "interviews"
wave = { sources = { "+1 year" = "T1_*", "+3 years" = "T2_*" } }
file = "project.qdpx"
[[coded]]
name = "Focus groups"
kind = "groups"
wave = { set = true }
file = "groups.qdpx"
codebook = "codes.qdc"
[quotes]
file = "quotes.csv"
names = "names.txt"
[[joint]]
theme = "Negative group experience"
rows = "compare.strain"
fit = "differs"
text = "Few say so."
[disclosure]
themes = true
"""


def test_a_study_of_coded_material_alone():
    study = from_toml(WHOLE)
    assert (study.batteries, [wave.file for wave in study.waves], study.disclosure.themes) == ((), [None, None], True)
    assert [(theme.id, theme.codes, theme.valence) for theme in study.themes] == [
        ("support", ("support", "not alone"), "positive"),
        ("negative_group_experience", ("Negative group experience",), None),
    ]
    answers, interviews, groups = study.coded
    assert (answers.kind, answers.coders, answers.count, answers.unit, answers.units) == ("answers", ("Anna", "Ben"), "any", ("Respondent ID",), 34)
    assert interviews.wave_sources == {"+1 year": "T1_*", "+3 years": "T2_*"}
    assert groups.wave_sets
    assert study.joint[0].theme == "negative_group_experience"


def test_what_is_written_is_read_back():
    study = from_toml(WHOLE)
    assert from_toml(to_toml(study)) == study


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('wave = "+1 year"', 'wave = "+1 yaer"', r'coded\[1\].wave is "\+1 yaer"; a wave of the study is allowed'),
        ('waves = ["+3 years"]', 'waves = ["+4 years"]', r"themes\[1\].waves\[1\] is"),
        ('count = "any"', 'count = "Bene"', r"coded\[1\].count is"),
        ('coders = ["Anna", "Ben"]', 'coders = ["Anna"]', "one coder for each of the 2 files"),
        ('coders = ["Anna", "Ben"]', 'coders = ["Anna", "Ben"]\ncoder = "By"', "nothing is allowed here beside `coders`"),
        ("{ set = true }", '{ set = true, column = "Wave" }', "in 2 ways"),
        ("{ set = true }", "{}", "in 0 ways"),
        ('theme = "Negative group experience"', 'theme = "suport"', r"joint\[1\].theme is"),
        ('name = "Negative group experience"', 'name = "emotional support and reassurance"', "are the same"),
        ('name = "Negative group experience"', 'name = "N"\ncodes = ["Not  alone"]', "are the same"),
        ('valence = "positive"', 'valence = "good"', r"themes\[1\].valence"),
        ('file = "quotes.csv"', "", r"quotes.file is missing"),
    ],
)
def test_a_slip_is_told_with_its_place(old, new, problem):
    with pytest.raises(UserError, match=problem) as raised:
        from_toml(WHOLE.replace(old, new, 1))
    assert raised.value.hint
