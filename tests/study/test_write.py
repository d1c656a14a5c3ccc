"""A study written as a study file, and read back."""

import tomllib
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpgstat.errors import UserError
from rpgstat.study import Battery, Group, Item, Scale, Study, Wave, from_toml, normalise
from rpgstat.study.remarks import Remarks
from rpgstat.study.write import to_toml

AGREEMENT = Scale("agreement", ("Disagree", "Agree"), aliases={"Yes": "Agree"}, not_applicable=("Don't know",))
BATTERY = Battery("Skills", AGREEMENT, (Item("reflect", "I reflect on my work"), Item("tired", "The groups drain me", ("Q2",), reverse=True)))
STUDY = Study(
    waves=(
        Wave("+1 year", "wave-1.csv", invited=214, invited_by={"role": {"Manager": 12}}),
        Wave("+3 years", "wave-3.xlsx", platform="qualtrics", keep={"Consent": ("Yes", "I agree")}),
    ),
    batteries=(BATTERY,),
    title="Reflective groups",
    id_column="Respondent ID",
    groups=(Group("role", ("Job role",)),),
)
HOSTILE = [
    "a \"b\" 'c'",
    "\\",
    'C:\\n"',
    "a\nb\r\n\tc",
    "\x00\x1f\x7f",
    "\U0001f469\u200d\U0001f4bb \u00e9",
    "\u2028\u0085\u00a0x",
    "# no comment",
    '"""',
    "{ a = 1 }",
    "a.b",
]


def study_of(scale, *rows):
    return Study((), (Battery("Skills", scale, rows or (Item("a", "A"),)),))


def without_comments(text):
    return [line for line in text.splitlines() if line and not line.startswith("#")]


def test_the_layout():
    assert (
        to_toml(STUDY, comments=["Inferred from wave-1.csv and wave-3.xlsx."])
        == """\
# Inferred from wave-1.csv and wave-3.xlsx.

title = "Reflective groups"
id = "Respondent ID"

# Columns to break results down by, each under a short name.
[groups]
role = "Job role"

# Answers, lowest first, scored 1, 2, 3 ... unless `scores` says otherwise: check the order. `aliases` are other wordings of a level;
# `not_applicable` are answers off the scale, such as "Don't know", which are counted but enter no mean.
[scales.agreement]
levels = ["Disagree", "Agree"]
aliases = { Yes = "Agree" }
not_applicable = ["Don't know"]

# Waves, earliest first. Under each, `invited = 200` says how many people were asked.
[[waves]]
name = "+1 year"
file = "wave-1.csv"
invited = 214
[waves.invited_by.role]
Manager = 12

[[waves]]
name = "+3 years"
file = "wave-3.xlsx"
platform = "qualtrics"
keep = { Consent = ["Yes", "I agree"] }

# Statements, in sets that share a scale. Add `reverse = true` where agreeing with the statement is the unwelcome answer,
# and `column = "..."` where the export words it differently.
[[batteries]]
name = "Skills"
scale = "agreement"
items = [
  { id = "reflect", text = "I reflect on my work" },
  { id = "tired", text = "The groups drain me", column = "Q2", reverse = true },
]
"""
    )


def test_what_is_often_added_stands_ready_as_a_comment():
    assert to_toml(study_of(AGREEMENT)).startswith(
        """\
# id = "Respondent ID"    # the column that tells who is who, when the same people answer in every wave

# Columns to break results down by, each under a short name.
# [groups]
# role = "Job role"

# Answers, lowest first"""
    )


def test_groups_in_full_when_one_needs_it():
    study = Study((), (BATTERY,), groups=(Group("team", ("Team",)), Group("Job role", ("Role", "Job"), ("Worker", "Manager"), {"Mgr": "Manager"})))
    assert without_comments(to_toml(study))[:6] == [
        "[groups.team]",
        'column = "Team"',
        '[groups."Job role"]',
        'column = ["Role", "Job"]',
        'levels = ["Worker", "Manager"]',
        'aliases = { Mgr = "Manager" }',
    ]
    assert from_toml(to_toml(study)) == study


def test_one_file_for_all_waves():
    study = Study((Wave("2015"), Wave("2018")), (BATTERY,), data_file="all.csv", data_platform="csv", wave_column="Year")
    lines = without_comments(to_toml(study))
    assert lines[lines.index("[data]") :][:8] == [
        "[data]",
        'file = "all.csv"',
        'platform = "csv"',
        'wave = "Year"',
        "[[waves]]",
        'name = "2015"',
        "[[waves]]",
        'name = "2018"',
    ]
    assert from_toml(to_toml(study)) == study


def test_a_wave_that_is_a_sheet_and_lasted():
    wave = Wave("+3 years", "waves.xlsx", sheet="2018", date="2018-11", until="2019-02")
    text = to_toml(Study((wave,), (BATTERY,)))
    lines = without_comments(text)
    assert lines[lines.index("[[waves]]") :][:6] == [
        "[[waves]]",
        'name = "+3 years"',
        'file = "waves.xlsx"',
        'sheet = "2018"',
        'from = "2018-11"',
        'to = "2019-02"',
    ]
    assert from_toml(text).waves == (wave,)
    alone = Study((Wave("2015"),), (BATTERY,), data_file="all.xlsx", data_sheet="Responses")
    assert from_toml(to_toml(alone)) == alone


def test_scores_stand_only_where_they_are_not_one_two_three():
    assert "\nscores = " not in to_toml(STUDY)
    assert "\nscores = [0, 2.5]\n" in to_toml(study_of(Scale("s", ("No", "Yes"), scores=(Fraction(0), Fraction(5, 2)))))


def test_numbers_that_nobody_labelled_stay_so_and_the_file_says_what_to_do():
    study = study_of(Scale("s", ("1", "2", "3"), labelled=False))
    text = to_toml(study)
    assert "\nlevels = [1, 2, 3]\n" in text
    assert "\nunlabelled = true\n" in text
    assert from_toml(text) == study


def test_numbers_keep_their_scores_once_they_are_declared():
    text = to_toml(study_of(Scale("s", ("0", "1"), scores=(Fraction(0), Fraction(1)), labelled=False)))
    scale = from_toml(text.replace("unlabelled = true\n", "")).batteries[0].scale
    assert (scale.levels, scale.scores, scale.labelled) == (("0", "1"), (0, 1), True)


def test_long_lists_are_broken_over_lines():
    levels = tuple(f"{i}: a level with a good many words in it" for i in range(5))
    text = to_toml(study_of(Scale("s", levels)))
    assert 'levels = [\n  "0: a level with a good many words in it",\n' in text
    assert from_toml(text).batteries[0].scale.levels == levels


def test_items_stay_on_one_line_however_long():
    study = study_of(AGREEMENT, Item("a", "A", ("x" * 100, "y" * 100)))
    assert from_toml(to_toml(study)) == study


def test_a_comment_cannot_end_its_line():
    lines = to_toml(STUDY, comments=["One", "", "two\nid = 'x'\rthree\x00\u2028four"]).splitlines()
    assert lines[:8] == ["# One", "#", "# two", "# id = 'x'", "# three", "# four", "", 'title = "Reflective groups"']


TEMPER = Scale("temper", ("Calm", "Angry", "Cross"), not_applicable=("N/A",))
DRAFT = Battery("Tempers", TEMPER, (Item("before", "Before"), Item("after", "After")))


ASKED = Study((Wave("2026", "wave.csv"),), ())


def test_a_draft_alone_is_a_comment_too_so_that_the_study_can_be_used():
    text = to_toml(ASKED, drafts=[DRAFT])
    assert text.endswith(
        """\
# first # of each of their lines, then put the levels in order; `rpgstat init --ask` asks for the order instead.
# [scales.temper]
# # Put these in order, lowest first, then remove the # before them.
# # levels = ["Calm", "Angry", "Cross"]
# not_applicable = ["N/A"]
#
# [[batteries]]
# name = "Tempers"
# scale = "temper"
# items = [
#   { id = "before", text = "Before" },
#   { id = "after", text = "After" },
# ]
"""
    )
    assert from_toml(text) == ASKED


def test_remarks_stand_above_what_they_are_about_and_change_nothing():
    remarks = Remarks(
        batteries={"Skills": "From a question"}, scales={"agreement": "As typed"}, items={"a": "Matched by text"}, waves={"+1 year": "Answered in 2016"}
    )
    text = to_toml(STUDY, remarks=remarks)
    assert "# From a question\n[[batteries]]\nname" in text
    assert "# As typed\n[scales.agreement]\n" in text
    assert "# Answered in 2016\n[[waves]]\nname" in text
    assert from_toml(text) == STUDY


def uncommented(text):
    """With the first # of each drafted line removed."""
    head, mark, drafts = text.partition("instead.\n")
    return head + mark + "\n".join(line.removeprefix("#").removeprefix(" ") for line in drafts.splitlines())


def test_drafts_beside_a_study_change_nothing_until_they_are_taken_up():
    other = Battery("More", TEMPER, (Item("now", "Now"),))
    text = to_toml(STUDY, drafts=[DRAFT, other])
    assert from_toml(text) == from_toml(to_toml(STUDY))
    with pytest.raises(UserError, match=r"scales.temper.levels is missing"):
        from_toml(uncommented(text))
    assert from_toml(uncommented(text).replace("# levels", "levels")).batteries == (BATTERY, DRAFT, other)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_answer_stays_inside_its_comment(text):
    draft = Battery(text, Scale(text, (text, "other"), not_applicable=(text + "2",)), (Item(text, text),))
    assert from_toml(to_toml(STUDY, drafts=[draft])) == from_toml(to_toml(STUDY))
    assert from_toml(to_toml(ASKED, drafts=[draft])) == ASKED


def test_a_long_draft_is_a_comment_on_every_line():
    levels = tuple(f"{i}: a level with a good many words in it" for i in range(5))
    text = to_toml(ASKED, drafts=[Battery("B", Scale("s", levels), (Item("a", "A"),))])
    assert '# # levels = [\n# #   "0: a level with a good many words in it",\n' in text
    head, start, body = uncommented(text).partition("# levels")
    assert from_toml(head + (start + body).replace("# ", "")).batteries[0].scale.levels == levels


def test_drafted_numbers_come_back_as_numbers():
    draft = Battery("B", Scale("s", ("0", "1", "2"), (Fraction(0), Fraction(1), Fraction(2)), labelled=False), (Item("a", "A"),))
    text = uncommented(to_toml(ASKED, drafts=[draft]))
    assert from_toml(text.replace("# levels", "levels")).batteries == (draft,)


def test_who_counts_comes_back():
    study = replace(STUDY, linked=True, keep_duplicates=True, drop_unfinished=True)
    text = to_toml(study)
    assert 'id = "Respondent ID"\nlinked = true\nduplicates = "keep"\nunfinished = "drop"\n' in text
    assert from_toml(text) == study


def test_two_scales_of_one_name_are_refused():
    other = Battery("B", Scale("agreement", ("No", "Yes")), (Item("b", "B"),))
    with pytest.raises(ValueError, match="two scales are named agreement"):
        to_toml(Study((), (BATTERY, other)))


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_come_back_as_they_were(text):
    scale = Scale(text, (text, "other"), aliases={text + "2": text}, not_applicable=(text + "3",), codes=("1" + text, "2" + text))
    groups = (Group(text, (text,), (text, "other"), {text + "2": text}),)
    waves = (Wave(text, text, text, 1, {text: {text: 3}}, {text: (text,)}),)
    study = Study(waves, (Battery(text, scale, (Item(text, text, (text, text + "2")),)),), text, text, groups)
    assert from_toml(to_toml(study, comments=HOSTILE)) == study
    assert tomllib.loads(to_toml(study))["title"] == text


WORDS = st.text(min_size=1, max_size=12).filter(normalise)


@st.composite
def labels(draw, least, most):
    """Distinct labels."""
    return tuple(draw(st.lists(WORDS, min_size=least, max_size=most, unique_by=normalise)))


@st.composite
def scales(draw, name):
    pool = draw(labels(4, 10))
    k = draw(st.integers(2, len(pool) - 1))
    aliases = {word: draw(st.sampled_from(pool[:k])) for word in pool[k:][::2]}
    steps = draw(st.none() | st.lists(st.decimals("0.01", 9, places=2).map(Fraction), min_size=k, max_size=k))
    scores = () if steps is None else tuple(sum(steps[: i + 1], Fraction(-5)) for i in range(k))
    return Scale(name, pool[:k], scores, aliases, pool[k:][1::2])


@st.composite
def numbers(draw, name):
    """A run of integers that nobody labelled."""
    low, k, first = draw(st.integers(-3, 3)), draw(st.integers(2, 11)), draw(st.integers(0, 1))
    run = range(low, low + k)
    return Scale(name, tuple(map(str, run)), tuple(map(Fraction, run if first else range(1, k + 1))), labelled=False)


@st.composite
def studies(draw):
    names = draw(labels(2, 2))
    made = [draw(scales(names[0])), draw(numbers(names[1]))]
    ids, texts = draw(labels(4, 4)), draw(labels(4, 4))
    items = [Item(i, text, reverse=draw(st.booleans())) for i, text in zip(ids[:2], texts[:2], strict=True)]
    more = [Item(i, text) for i, text in zip(ids[2:], texts[2:], strict=True)]
    batteries = tuple(Battery(name, scale, tuple(rows)) for name, scale, rows in zip(draw(labels(2, 2)), made, (items, more), strict=True))
    groups = tuple(Group(name, draw(labels(1, 2)), draw(labels(0, 3))) for name in draw(labels(0, 2)) if name != "id")
    waves = tuple(Wave(name, draw(WORDS), draw(st.none() | WORDS), draw(st.none() | st.integers(1, 10**6))) for name in draw(labels(0, 3)))
    return Study(waves, batteries, draw(st.just("") | WORDS), draw(st.none() | WORDS), groups)


@given(studies())
def test_a_study_comes_back_from_its_file(study):
    read = from_toml(to_toml(study))
    assert (read.waves, read.batteries, read.title, read.id_column, read.groups) == (study.waves, study.batteries, study.title, study.id_column, study.groups)


@pytest.mark.parametrize(("reverse", "written"), [(None, ""), (False, ", reverse = false"), (True, ", reverse = true")])
def test_what_is_declared_of_the_wording_is_kept(reverse, written):
    study = Study((Wave("one", file="one.csv"),), (Battery("B", AGREEMENT, (Item("a", "I cope", reverse=reverse),)),))
    text = to_toml(study)
    assert f'{{ id = "a", text = "I cope"{written} }}' in text
    assert from_toml(text).batteries[0].items[0].reverse is reverse
