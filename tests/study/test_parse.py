"""What a study file may say, and what is said when it says something else."""

import json
import re
from contextlib import suppress
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rpgstat.errors import UserError
from rpgstat.study import Disclosure, Group, Item, Scale, Wave, Weight, from_toml

SCALE = """
[scales.agreement]
levels = ["Disagree", "Agree"]
"""
WAVES = """
[[waves]]
name = "+1 year"
file = "wave-1.csv"
[[waves]]
name = "+3 years"
file = "wave-3.xlsx"
"""
BATTERY = """
[[batteries]]
name = "Skills"
scale = "agreement"
items = ["I reflect on my work"]
"""


def scale(keys, name="agreement"):
    """A study file with one scale, of which `keys` are declared."""
    return f"[scales.{name}]\n{keys}\n{BATTERY.replace('agreement', name)}"


def wave(keys):
    """A study file with one wave, of which `keys` are declared."""
    return f'[[waves]]\nname = "a"\nfile = "a.csv"\n{keys}\n' + SCALE + BATTERY


def only_scale(keys):
    return from_toml(scale(keys)).batteries[0].scale


def items(*rows):
    """A study file with one battery of these items."""
    return SCALE + f'[[batteries]]\nname = "Skills"\nscale = "agreement"\nitems = [{", ".join(rows)}]'


def ids(text):
    return [item.id for _, item in from_toml(text).items]


def test_a_whole_study():
    study = from_toml(
        """
        title = "Reflective groups"
        id = "Respondent ID"
        [groups]
        role = "Job role"
        [scales.agreement]
        levels = ["Disagree", "Agree"]
        aliases = { "Yes" = "agree" }
        not_applicable = ["Don't know", 99]
        [[waves]]
        name = "+1 year"
        file = "data/wave-1.csv"
        platform = "surveymonkey"
        invited = 214
        [waves.invited_by.role]
        Manager = 12
        "Social worker" = 90
        [[batteries]]
        name = "Skills"
        scale = "agreement"
        items = [
          { id = "strain", text = "I carry the strain better", column = "I carry it better" },
          { id = "tired", text = "The groups drain me", reverse = true },
        ]
        """
    )
    assert (study.title, study.id_column, study.warnings) == ("Reflective groups", "Respondent ID", ())
    assert study.groups == (Group("role", ("Job role",)),)
    assert study.waves == (Wave("+1 year", "data/wave-1.csv", "surveymonkey", 214, {"role": {"Manager": 12, "Social worker": 90}}),)
    (battery,) = study.batteries
    assert battery.scale == Scale("agreement", ("Disagree", "Agree"), aliases={"Yes": "Agree"}, not_applicable=("Don't know", "99"))
    assert battery.items == (
        Item("strain", "I carry the strain better", ("I carry it better",)),
        Item("tired", "The groups drain me", reverse=True),
    )


def test_a_group_in_full_has_columns_order_and_aliases():
    study = from_toml(
        '[groups.role]\ncolumn = ["Role", "Job role"]\nlevels = ["Worker", "Manager"]\naliases = { "Team manager" = "Manager" }' + SCALE + BATTERY
    )
    assert study.groups == (Group("role", ("Role", "Job role"), ("Worker", "Manager"), {"Team manager": "Manager"}),)


def test_a_group_alias_needs_no_declared_order():
    study = from_toml('[groups.role]\ncolumn = "Role"\naliases = { "Mgr" = "Manager" }' + SCALE + BATTERY)
    assert study.groups[0].aliases == {"Mgr": "Manager"}


def test_waves_may_be_left_to_the_files_given_beside_the_study():
    assert from_toml(SCALE + BATTERY).waves == ()


def test_who_counts_is_declared():
    study = from_toml('id = "Code"\nlinked = true\nduplicates = "keep"\nunfinished = "drop"\n' + SCALE + BATTERY)
    assert (study.linked, study.keep_duplicates, study.drop_unfinished) == (True, True, True)
    study = from_toml('duplicates = "once"\nunfinished = "keep"\n' + SCALE + BATTERY)
    assert (study.linked, study.keep_duplicates, study.drop_unfinished) == (False, False, False)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('duplicates = "drop"', 'duplicates is "drop"; "once" (the default) or "keep" is allowed'),
        ('unfinished = "kept"', 'unfinished is "kept"; "keep" (the default) or "drop" is allowed'),
        ("linked = true", "linked is true; ids are needed for it"),
        ('[[waves]]\nname = "a"\nfile = "a.csv"\nkeep = { Consent = [] }', "waves[1].keep.Consent is []; one answer at least is needed"),
        ('[[waves]]\nname = "a"\nfile = "a.csv"\nkeep = { Consent = "Yes" }', 'waves[1].keep.Consent is "Yes"; a list is allowed'),
    ],
)
def test_who_counts_is_declared_soundly(line, told):
    with pytest.raises(UserError, match=re.escape(told)):
        from_toml(line + "\n" + SCALE + BATTERY)


def test_a_wave_keeps_those_who_consented():
    study = from_toml('[[waves]]\nname = "a"\nfile = "a.csv"\nkeep = { "Consent" = ["Yes", 1] }\n' + SCALE + BATTERY)
    assert study.waves[0].keep == {"Consent": ("Yes", "1")}


def test_a_wave_may_be_a_sheet_and_last_some_months():
    (found,) = from_toml(wave('sheet = "2016"\nfrom = "2016-11"\nto = "2017-02"')).waves
    assert (found.sheet, found.date, found.until) == ("2016", "2016-11", "2017-02")


def test_one_file_holds_all_waves():
    study = from_toml('[data]\nfile = "all.csv"\nwave = "Year"\nplatform = "csv"\n[[waves]]\nname = "2015"\n[[waves]]\nname = "2018"' + SCALE + BATTERY)
    assert (study.data_file, study.wave_column, study.data_platform) == ("all.csv", "Year", "csv")
    assert study.waves == (Wave("2015"), Wave("2018"))


def test_one_file_of_one_wave_needs_no_wave_column():
    study = from_toml('[data]\nfile = "all.csv"\n[[waves]]\nname = "2015"' + SCALE + BATTERY)
    assert (study.data_file, study.wave_column) == ("all.csv", None)


def test_an_item_without_id_gets_one_from_its_text_that_no_other_item_has():
    rows = ['"I reflect on my work"', '{ text = "Reflect on work" }', '{ id = "reflect_work_2", text = "Other" }']
    assert ids(items(*rows)) == ["reflect_work", "reflect_work_3", "reflect_work_2"]


def test_an_item_known_only_by_its_column_takes_its_text_from_the_row():
    study = from_toml(items('{ column = ["Relationships > My peers", "Peers"] }'))
    assert study.items[0][1] == Item("peers", "My peers", ("Relationships > My peers", "Peers"))


def test_a_column_that_names_no_row_is_itself_the_text():
    assert from_toml(items('{ column = "Scores > " }')).items[0][1].text == "Scores > "


def test_the_same_statement_may_stand_in_two_batteries():
    assert ids(SCALE + BATTERY + BATTERY.replace("Skills", "Support")) == ["reflect_work", "reflect_work_2"]


def test_scores_are_exact():
    assert only_scale('levels = ["Disagree", "Middle", "Agree"]\nscores = [-1, 0.1, 2.5]').scores == (-1, Fraction(1, 10), Fraction(5, 2))


def test_codes_may_be_numbers():
    assert only_scale('levels = ["Disagree", "Agree"]\ncodes = [10, "20"]').codes == ("10", "20")


def test_bare_numbers_score_what_they_say_and_are_a_declared_scale():
    found = only_scale("levels = [0, 1, 2]")
    assert (found.levels, found.scores, found.labelled) == (("0", "1", "2"), (0, 1, 2), True)


def test_numbers_may_be_declared_to_have_no_meaning_yet():
    found = only_scale("levels = [0, 1, 2]\nunlabelled = true")
    assert (found.scores, found.labelled) == ((0, 1, 2), False)
    with pytest.raises(UserError, match="unlabelled"):
        only_scale('levels = ["No", "Yes"]\nunlabelled = true')


def test_one_label_among_numbers_makes_a_labelled_scale():
    found = only_scale('levels = ["Not at all", 2, "Very much"]')
    assert (found.levels, found.scores, found.labelled) == (("Not at all", "2", "Very much"), (1, 2, 3), True)


def test_numbers_in_quotes_scored_otherwise_are_pointed_out():
    assert from_toml(scale('levels = ["0", "1"]')).warnings == ("study.toml: scales.agreement.levels are the numbers 0 to 1, scored 1 to 2; say `scores`",)


@pytest.mark.parametrize("keys", ['levels = ["1", "2"]', 'levels = ["0", "1"]\nscores = [0, 1]', "levels = [0, 1]", 'levels = ["0", "One"]'])
def test_numbers_scored_as_they_say_or_as_declared_are_not(keys):
    assert from_toml(scale(keys)).warnings == ()


MARGINS = """
[groups]
role = "Role"
site = "Site"
[population]
role = { Nurse = 40, Doctor = 20 }
site = { North = 0.6, South = 0.4 }
"""


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ('weight = "w"', Weight(column="w")),
        ('weight = { rake = ["role", "site"] }', Weight(rake=("role", "site"))),
        ('weight = { rake = "site" }', Weight(rake=("site",))),
        ("weight = { rake = true, trim = 3 }", Weight(rake=("role", "site"), trim=3.0)),
    ],
)
def test_weights_are_a_column_or_raked_to_margins(text, weight):
    assert from_toml(text + MARGINS + SCALE + BATTERY).weight == weight


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("weight = 3", "weight is 3; text is allowed"),
        ("weight = {}", "weight.rake is missing"),
        ("weight = { trim = 3 }", "weight.rake is missing"),
        ('weight = { rake = "team" }', 'weight.rake is "team"; `team` has no [population.team]'),
        ("weight = { rake = [] }", "weight.rake is []; one group at least is needed"),
        ("weight = { rake = true, trim = 0.5 }", "weight.trim is 0.5; 1 or more is allowed"),
        (f"weight = {{ rake = true, trim = 1{'0' * 400} }}", "...; 1 or more is allowed"),
        ("weight = { rake = true, cap = 3 }", "weight.cap is 3, but there is no such key"),
    ],
)
def test_a_weight_that_cannot_be_is_named(text, told):
    with pytest.raises(UserError) as caught:
        from_toml(text + MARGINS + SCALE + BATTERY)
    assert told in caught.value.problem


def test_raking_needs_a_population():
    with pytest.raises(UserError, match=r"weight\.rake is true; no population is declared"):
        from_toml("weight = { rake = true }" + SCALE + BATTERY)


@pytest.mark.parametrize("text", ['[workforce]\nfile = "rates.csv"', '[[indicators]]\nfile = "figures.csv"'])
def test_tables_of_figures_are_left_to_their_commands(text):
    assert from_toml(f"{text}\n{SCALE}{BATTERY}").warnings == ()


def test_a_byte_order_mark_is_no_part_of_the_first_key():
    assert from_toml('\ufefftitle = "T"' + SCALE + BATTERY).title == "T"


SYNTAX = [
    ('title = "a', "end of document", "check quotes, brackets and commas there and on the line before"),
    ("x = 1\ntitle = \u201ca\u201d", "line 2, column 9", 'use straight quotes: "..."'),
    (r'file = "data\wave.csv"', "line 1, column 15", "write paths with / and a backslash in text as \\\\"),
    ("a = {\n b = 1 }", "line 1, column 6", "write everything between { and } on one line"),
    ("a = " + "[" * 5000, "not TOML", "check quotes, brackets and commas there and on the line before"),
    ("a = " + "9" * 5000, "not TOML", "check quotes, brackets and commas there and on the line before"),
]


@pytest.mark.parametrize(("text", "place", "hint"), SYNTAX, ids=[place for _, place, _ in SYNTAX])
def test_an_error_of_syntax_names_line_and_column(text, place, hint):
    with pytest.raises(UserError) as error:
        from_toml(text, source="my.toml")
    assert error.value.problem.startswith(f"my.toml: {place}: ")
    assert error.value.hint == hint


APART = "tell them apart by more than case, spaces and quotes, or remove one"

ERRORS = [
    # keys
    ("", "batteries is missing", "declare a set of statements under [[batteries]]; `rpgstat init` writes a study file from the exports"),
    (
        'titel = "T"',
        'titel is "T", but there is no such key; allowed: title, author, date, about, language, report, id, linked, duplicates, unfinished, groups, '
        "scales, data, waves, "
        "batteries, questions, check, disclosure, population, weight, workforce, indicators, themes, coded, quotes, joint, theory, timeline",
        "did you mean `title`?",
    ),
    (
        items('"x"', '{ text = "a", revers = true }'),
        "batteries[1].items[2].revers is true, but there is no such key; allowed: id, text, column, reverse, before",
        "did you mean `reverse`?",
    ),
    (
        SCALE + 'id = "Respondent ID"',
        'scales.agreement.id is "Respondent ID", but there is no such key; allowed: levels, aliases, not_applicable, scores, codes, unlabelled',
        "put `id` at the top of the file, above the first [table]",
    ),
    (
        '[groups]\nid = "Respondent ID"',
        'groups.id is "Respondent ID"; a group of another name is allowed',
        "put `id` at the top of the file, above the first [table]",
    ),
    # types
    ("title = 3" + SCALE + BATTERY, "title is 3; text is allowed", "put it in quotes"),
    ('title = " "' + SCALE + BATTERY, 'title is " "; text is allowed', ""),
    (items('{ text = "a", reverse = "yes" }'), 'batteries[1].items[1].reverse is "yes"; true or false is allowed', "write it in small letters, without quotes"),
    (items('{ text = "a", column = ["b", 3] }'), "batteries[1].items[1].column[2] is 3; text is allowed", ""),
    (items("3"), "batteries[1].items[1] is 3; text or { text = ... } is allowed", ""),
    ("scales = 3", "scales is 3; a table is allowed", "write [scales] above its keys"),
    ('[waves]\nname = "a"', 'waves is {"name": "a"}; a list is allowed', "write [[waves]] above the keys of each"),
    (WAVES + 'invited = "234"', 'waves[2].invited is "234"; a whole number of people, 1 or more, is allowed', "write it without quotes or decimals"),
    (WAVES + "invited = 0", "waves[2].invited is 0; a whole number of people, 1 or more, is allowed", "write it without quotes or decimals"),
    (WAVES + "invited = true", "waves[2].invited is true; a whole number of people, 1 or more, is allowed", "write it without quotes or decimals"),
    ("title = [" + '"aaaaaaaaaa",' * 9 + "]" + SCALE + BATTERY, f"title is {str(['aaaaaaaaaa'] * 9)[:57]}...; text is allowed".replace("'", '"'), ""),
    # scales
    (
        scale(""),
        "scales.agreement.levels is missing",
        'list the answers, lowest first: levels = ["Disagree", "Agree"]; where they stand as a comment, put them in order and remove the #',
    ),
    (scale('levels = "Agree"'), 'scales.agreement.levels is "Agree"; a list is allowed', "write it in [square brackets]"),
    (scale('levels = ["Agree"]'), 'scales.agreement.levels is ["Agree"]; 2 to 11 levels are allowed, here are 1', ""),
    (scale(f"levels = {list(range(12))}"), "scales.agreement.levels is [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]; 2 to 11 levels are allowed, here are 12", ""),
    (scale('levels = ["No", ""]'), 'scales.agreement.levels[2] is ""; text or a number is allowed', ""),
    (scale('levels = ["No", true]'), "scales.agreement.levels[2] is true; text or a number is allowed", ""),
    (
        scale('levels = ["Agree", "agree "]'),
        'scales.agreement.levels[2] and scales.agreement.levels[1] are the same, "agree "',
        APART,
    ),
    (
        scale('levels = ["No", "Yes"]\nscores = [2, 1]'),
        "scales.agreement.scores is [2, 1]; each number has to be higher than the one before",
        "put the lowest level first, in scales.agreement.levels too",
    ),
    (
        scale("levels = [3, 2, 1]"),
        "scales.agreement.levels is [3, 2, 1]; each number has to be higher than the one before",
        "put the lowest level first, in scales.agreement.levels too",
    ),
    (scale('levels = ["No", "Yes"]\nscores = [1]'), "scales.agreement.scores is [1]; one score for each of the 2 levels is allowed, in their order", ""),
    (scale('levels = ["No", "Yes"]\nscores = []'), "scales.agreement.scores is []; one score for each of the 2 levels is allowed, in their order", ""),
    (
        scale('levels = ["No", "Yes"]\nscores = [1, true]'),
        "scales.agreement.scores[2] is true; a number is allowed",
        "write numbers in [square brackets], without quotes",
    ),
    (
        scale('levels = ["No", "Yes"]\nscores = [1, nan]'),
        "scales.agreement.scores[2] is NaN; a number is allowed",
        "write numbers in [square brackets], without quotes",
    ),
    (
        scale('levels = ["No", "Yes"]\nscores = [1, 1e9]'),
        "scales.agreement.scores[2] is 1000000000.0; a number up to a million, with at most 6 decimals, is allowed",
        "",
    ),
    (
        scale('levels = ["No", "Yes"]\nscores = [1e-9, 1]'),
        "scales.agreement.scores[1] is 1e-09; a number up to a million, with at most 6 decimals, is allowed",
        "",
    ),
    (scale('levels = ["No", "Yes"]\ncodes = [1]'), "scales.agreement.codes is [1]; one code for each of the 2 levels is allowed, in their order", ""),
    (
        scale('levels = ["No", "Yes"]\ncodes = [1, 1.0]'),
        'scales.agreement.codes[2] and scales.agreement.codes[1] are the same, "1.0"',
        APART,
    ),
    (
        scale('levels = ["1", "2"]\ncodes = [2, 1]'),
        'scales.agreement.codes[1] and scales.agreement.levels[2] are the same, "2"',
        APART,
    ),
    (
        scale('levels = ["No", "Yes"]\naliases = { "OK" = "Yess" }'),
        'scales.agreement.aliases.OK is "Yess"; one of scales.agreement.levels is allowed',
        "did you mean `Yes`?",
    ),
    (scale('levels = ["No", "Yes"]\naliases = { "OK" = true }'), "scales.agreement.aliases.OK is true; text or a number is allowed", ""),
    (scale('levels = ["No", "Yes"]\naliases = { "" = "Yes" }'), 'scales.agreement.aliases."" is "Yes"; the answer before the = is blank', ""),
    (
        scale('levels = ["No", "Yes"]\naliases = { "no" = "Yes" }'),
        'scales.agreement.aliases.no and scales.agreement.levels[1] are the same, "no"',
        APART,
    ),
    (
        scale('levels = ["No", "Yes"]\nnot_applicable = ["Don\'t know", "Yes"]'),
        'scales.agreement.not_applicable[2] and scales.agreement.levels[2] are the same, "Yes"',
        APART,
    ),
    # groups
    ("[groups.role]\nlevels = [1]", "groups.role.column is missing", 'name the column: column = "Job role"'),
    ("[groups]\nrole = 3", "groups.role is 3; text is allowed", "put it in quotes"),
    (
        '[groups]\nrole = "Role"\nRole = "Job"',
        'groups.Role and groups.role are the same, "Role"',
        APART,
    ),
    (
        '[groups."Job role"]\ncolumn = "Role"\nlevels = ["A"]\naliases = { "x" = "B" }',
        'groups."Job role".aliases.x is "B"; one of groups."Job role".levels is allowed',
        "known: `A`",
    ),
    # waves
    ('[[waves]]\nfile = "a.csv"', "waves[1].name is missing", 'name the wave: name = "+1 year"'),
    ('[[waves]]\nname = "A"', "waves[1].file is missing", 'name the export: file = "wave-1.csv"'),
    (
        WAVES.replace("+3 years", "+1  Year"),
        'waves[2].name and waves[1].name are the same, "+1  Year"',
        APART,
    ),
    (
        WAVES + "[waves.invited_by.role]\nManager = 3",
        'waves[2].invited_by.role is {"Manager": 3}; no groups are declared',
        'name its column first: [groups] and below it role = "Job role"',
    ),
    (
        '[groups]\nrole = "Role"\n' + WAVES + "[waves.invited_by.rol]\nManager = 3",
        'waves[2].invited_by.rol is {"Manager": 3}, but there is no such key; allowed: role',
        "did you mean `role`?",
    ),
    (
        '[groups.role]\ncolumn = "Role"\nlevels = ["Worker", "Manager"]\n' + WAVES + "[waves.invited_by.role]\nManagr = 3",
        "waves[2].invited_by.role.Managr is 3, but there is no such key; allowed: Worker, Manager",
        "did you mean `Manager`?",
    ),
    (
        '[groups]\nrole = "Role"\n' + WAVES + "[waves.invited_by.role]\nManager = 1.5",
        "waves[2].invited_by.role.Manager is 1.5; a whole number of people, 1 or more, is allowed",
        "write it without quotes or decimals",
    ),
    (
        '[data]\nfile = "all.csv"' + WAVES,
        'waves[1].file is "wave-1.csv"; nothing is allowed here, for [data] names the one file',
        "remove this `file`, or remove [data]",
    ),
    ('[data]\nwave = "Year"', "data.file is missing", 'name the export that holds all waves: file = "responses.csv"'),
    ('[data]\nfile = "all.csv"', "waves is missing", "name them in order, earliest first, each under its own [[waves]]"),
    (
        '[data]\nfile = "all.csv"\n[[waves]]\nname = "A"\n[[waves]]\nname = "B"',
        "data.wave is missing",
        'say which column tells the 2 waves apart: wave = "wave"',
    ),
    # batteries
    (SCALE + '[[batteries]]\nscale = "agreement"', "batteries[1].name is missing", 'name the set of statements: name = "Professional skills"'),
    (SCALE + '[[batteries]]\nname = "A"', "batteries[1].scale is missing", 'name a scale declared under [scales.NAME]: scale = "agreement"'),
    (
        SCALE + BATTERY.replace("agreement", "agrement"),
        'batteries[1].scale is "agrement"; a declared scale is allowed (agreement)',
        "did you mean `agreement`?",
    ),
    (BATTERY, 'batteries[1].scale is "agreement"; a declared scale is allowed (none)', "declare it under [scales.agreement]"),
    (items(), "batteries[1].items is missing", 'list the statements: items = ["I reflect on my work", ...]'),
    (items('{ id = "a" }'), "batteries[1].items[1].text is missing", 'give the statement as asked: text = "I reflect on my work"'),
    (
        items('{ id = "a", text = "x" }', '{ id = "A", text = "y" }'),
        'batteries[1].items[2].id and batteries[1].items[1].id are the same, "A"',
        APART,
    ),
    (
        items('"x"', '{ text = "y", column = "X" }'),
        'batteries[1].items[2] and batteries[1].items[1] are the same, "X"',
        APART,
    ),
    (SCALE + BATTERY + BATTERY, 'batteries[2].name and batteries[1].name are the same, "Skills"', APART),
    (
        scale("levels = [1, 2, 3]\nunlabelled = true").replace('["I reflect on my work"]', '[{ text = "x", reverse = true }]'),
        "batteries[1].items[1].reverse is true; nothing says which end of scale `agreement` is agreement",
        "if a higher number means more, delete `unlabelled` from [scales.agreement]",
    ),
    (wave('from = "2016-11"\nto = "2016"\ntime = 3'), "waves[1].time is 3; `from` says already when it was", "keep one of them"),
    (wave('date = "2016"\nfrom = "2016"'), 'waves[1].from is "2016"; `date` says already when it was', "keep one of them"),
    (wave('from = "2016-11"\nto = "2016-10"'), 'waves[1].to is "2016-10"; nothing before 2016-11 is allowed, where it began', "exchange `from` and `to`"),
    (wave('to = "2016-10"'), "waves[1].from is missing", 'say when it began: from = "2016-10"'),
    (wave('from = "2016-10"'), "waves[1].to is missing", 'say when it ended: to = "2016-10", or declare it as one date: date = "2016-10"'),
]


@pytest.mark.parametrize(("text", "problem", "hint"), ERRORS, ids=[f"{i}: {problem[:50]}" for i, (_, problem, _) in enumerate(ERRORS)])
def test_an_error_names_the_place_what_stands_there_and_what_is_allowed(text, problem, hint):
    with pytest.raises(UserError) as error:
        from_toml(text, source="my.toml")
    assert error.value.problem == f"my.toml: {problem}"
    assert error.value.hint == hint if hint else error.value.hint  # where none is expected here, any will do, but there is one


def as_toml(value):
    """A JSON value as an inline TOML value."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {as_toml(entry)}" for key, entry in value.items()) + "}"
    return "[" + ", ".join(map(as_toml, value)) + "]" if isinstance(value, list) else json.dumps(value)


KEYS = [
    "title",
    "groups",
    "scales",
    "data",
    "waves",
    "batteries",
    "file",
    "name",
    "wave",
    "levels",
    "aliases",
    "scores",
    "codes",
    "invited_by",
    "items",
    "scale",
    "text",
    "column",
]
LEAVES = st.booleans() | st.integers(-3, 3) | st.floats(-2, 2) | st.sampled_from(["", "a", "b", *KEYS])
VALUES = st.recursive(LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["a", *KEYS]), inner, max_size=4), max_leaves=12)


@given(st.dictionaries(st.sampled_from(KEYS[:6]), VALUES))
def test_whatever_stands_where_it_is_a_study_or_an_error_that_the_user_can_mend(values):
    text = "\n".join(f"{key} = {as_toml(value)}" for key, value in values.items())
    with suppress(UserError):
        assert (study := from_toml(text)).batteries or study.waves


ROLE = '[groups]\nrole = "Job role"\n'


@pytest.mark.parametrize(
    ("keys", "rule"),
    [
        ("", Disclosure(5, 10, True)),
        ("hide_below = 3\ndetail_from = 20\nsecondary = false\n", Disclosure(3, 20, False)),
        ("hide_below = 12\n", Disclosure(12, 12, True)),  # all figures never of fewer than are shown at all
        ("threshold = 7\n", Disclosure(7, 10, True)),  # what hide_below was called before
        ("hide_below = 1\ndetail_from = 1\n", Disclosure(1, 1, True)),
    ],
)
def test_disclosure_hides_below_five_and_shows_all_from_ten_unless_it_says_another(keys, rule):
    assert from_toml(f"[disclosure]\n{keys}" + SCALE + BATTERY).disclosure == rule
    assert from_toml(SCALE + BATTERY).disclosure == Disclosure()


def test_a_population_is_given_in_people_or_in_shares():
    people = from_toml(ROLE + "[population.role]\nManager = 30\nWorker = 90\n" + SCALE + BATTERY)
    shares = from_toml(ROLE + "[population.role]\nManager = 0.25\nWorker = 0.75\n" + SCALE + BATTERY)
    assert people.population == shares.population == {"role": {"Manager": 0.25, "Worker": 0.75}}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[population.role]\nManager = 3", 'population.role is {"Manager": 3}; no groups are declared'),
        (ROLE + "[population.roles]\nManager = 3", "population.roles is"),
        (ROLE + "[population.role]\nManager = -3", "population.role.Manager is -3; a number of 0 or more is allowed"),
        (ROLE + '[population.role]\nManager = "3"', 'population.role.Manager is "3"; a number of 0 or more is allowed'),
        (ROLE + "[population.role]\nManager = 0", "population.role adds up to nobody"),
        (ROLE + "[population.role]\nManager = 0.3\nWorker = 0.6", "population.role holds shares that add up to 0.9, not to 1"),
        ('[groups.role]\ncolumn = "R"\nlevels = ["Manager"]\n[population.role]\nMangaer = 3', "population.role.Mangaer is 3, but there is no such key"),
        ("[disclosure]\nthreshold = 0", "disclosure.threshold is 0"),
        ("[disclosure]\nhide_below = 0", "disclosure.hide_below is 0"),
        ("[disclosure]\nhide_below = 8\ndetail_from = 7", "disclosure.detail_from is 7; 8 or more is allowed"),
        ("[disclosure]\ndetail_from = 4", "disclosure.detail_from is 4; 5 or more is allowed"),
        ("[disclosure]\nhide_below = 5\nthreshold = 5", "disclosure.threshold is 5; `hide_below` says the same"),
        ("[disclosure]\nsecondary = 1", "disclosure.secondary is 1; true or false is allowed"),
        ("[disclosure]\nx = 1", "disclosure.x is 1, but there is no such key"),
    ],
)
def test_errors_of_disclosure_and_population(text, problem):
    with pytest.raises(UserError) as caught:
        from_toml(f"{text}\n{SCALE}{BATTERY}", source="s.toml")
    assert problem in caught.value.problem
