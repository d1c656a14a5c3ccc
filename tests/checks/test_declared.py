"""Each check on a declared study: one input in which it finds something, and a near miss in which it does not."""

from __future__ import annotations

import pytest

from tests.checks.conftest import LEVELS, STATEMENTS, answers

FIRST = STATEMENTS[0]


def codes(rows):
    return {row["code"] for row in rows}


def of(rows, code):
    return [row for row in rows if row["code"] == code]


def spoilt(column, change, people=60, first=0):
    """A wave with one column changed: by a function of the place and the cell."""
    columns = answers(people, first)
    columns[column] = [change(i, cell) for i, cell in enumerate(columns[column])]
    return columns


def test_nothing_is_found_where_nothing_is_wrong(declared):
    assert declared(answers(), answers(60, 100)) == []


def test_e101_headings_again_within_the_file(declared):
    columns = answers()
    for text in columns:
        columns[text].insert(30, text)
    (row,) = declared(columns)
    assert row["code"] == "E101"  # and not once more as answers off the scale
    assert (row["n"], row["where"]) == (1, "1.csv")
    assert not of(declared(spoilt(FIRST, lambda i, cell: "Response" if i == 3 else cell)), "E101")


def test_e102_answers_off_the_scale(declared):
    (row,) = declared(spoilt(FIRST, lambda i, cell: "Agre" if i < 3 else cell))
    assert (row["code"], row["item"], row["wave"], row["n"]) == ("E102", "feel_supported", "wave 1", 3)
    assert "`Agre`" in row["message"]
    assert not declared(spoilt(FIRST, lambda i, cell: "agree " if i < 3 else cell))
    assert not declared(spoilt(FIRST, lambda i, cell: "Agre" if i < 3 else cell), scale='aliases = { "Agre" = "Agree" }')


def test_e102_never_shows_what_may_tell_of_a_person(declared):
    (row,) = of(declared(spoilt(FIRST, lambda i, cell: "Ask Jane Smith" if i < 1 else cell)), "E102")
    assert "Jane" not in row["message"] + row["hint"]
    (row,) = of(
        declared(spoilt("Job role", lambda i, cell: "Caretaker" if i < 4 else cell), group='levels = ["Social worker", "Team manager", "Admin"]'), "E102"
    )
    assert row["n"] is None
    assert not of(declared(spoilt("Job role", lambda i, cell: "Caretaker" if i < 4 else cell)), "E102")


def test_e103_a_statement_without_a_column_in_one_wave(declared):
    later = answers(60, 100)
    later["I feel well supported"] = later.pop(FIRST)
    (row,) = of(declared(answers(), later), "E103")
    assert (row["item"], row["wave"], row["where"]) == ("feel_supported", "wave 2", "2.csv")
    items = [f'{{ text = "{FIRST}", column = ["{FIRST}", "I feel well supported"] }}', *(f'"{text}"' for text in STATEMENTS[1:])]
    assert not of(declared(answers(), later, items=items), "E103")


def test_e103_a_wave_without_a_row(declared, tmp_path):
    from rpgstat import check

    declared(answers() | {"Year": ["2023"] * 60})
    path = tmp_path / "study.toml"
    text = path.read_text().replace('name = "wave 1"\nfile = "1.csv"', 'name = "2023"')
    path.write_text(text.replace("[[waves]]", '[data]\nfile = "1.csv"\nwave = "Year"\n[[waves]]', 1))
    assert not check(study=path)[0].rows
    path.write_text(path.read_text() + '[[waves]]\nname = "2024"\n')
    (row,) = of(check(study=path)[0].rows, "E103")
    assert (row["wave"], row["message"]) == ("2024", "no row belongs to wave `2024`")


def test_e104_two_columns_of_one_heading(declared):
    columns = answers()
    columns[f"{FIRST} "] = columns[FIRST]
    (row,) = of(declared(columns), "E104")
    assert FIRST in row["message"]
    columns = answers()
    columns["Something else"], columns["Something else "] = columns[FIRST], columns[FIRST]
    assert not of(declared(columns), "E104")  # nothing that is declared


@pytest.mark.parametrize("id", ["1.14628E+11", "1,2e+10", "123456789012345000", "#######", "3-May"])
def test_e105_ids_that_a_spreadsheet_has_destroyed(declared, id):
    assert of(declared(spoilt("Respondent ID", lambda i, cell: id if i % 2 else cell)), "E105")


@pytest.mark.parametrize("form", ["{}", "1234567890123{:02}", "E{}", "may-{}", "10{}"])
def test_e105_other_ids_are_left_in_peace(declared, form):
    assert not of(declared(spoilt("Respondent ID", lambda i, _: form.format(i + 11))), "E105")


def test_e106_one_id_on_several_rows(declared):
    columns = answers()
    columns["Respondent ID"][5] = columns["Respondent ID"][6] = columns["Respondent ID"][7]
    (row,) = declared(columns)
    assert (row["code"], row["n"], row["wave"]) == ("E106", 2, "wave 1")
    assert "person-" not in row["message"] + row["where"]
    assert not declared(columns, top='duplicates = "keep"')
    columns["Respondent ID"][5] = columns["Respondent ID"][6] = columns["Respondent ID"][7] = "anonymous"
    assert not declared(columns)
    assert not of(declared(answers(), answers(60, 30)), "E106")  # the same people in two waves


def test_e107_one_file_twice(declared):
    assert of(declared(answers(), answers()), "E107")
    more = {text: [*cells, *answers(10, 200)[text]] for text, cells in answers().items()}
    (row,) = of(declared(answers(), more), "E107")  # a later export that still has everybody
    assert row["wave"] == "wave 2"
    assert not of(declared(answers(), answers(60, 100)), "E107")
    same_people = answers(60, 1) | {"Respondent ID": answers()["Respondent ID"]}
    assert not of(declared(answers(), same_people), "E107")


def test_e108_more_returned_than_invited(declared):
    (row,) = declared(answers(), wave=("invited = 59",))
    assert (row["code"], row["n"]) == ("E108", 60)
    assert not declared(answers(), wave=("invited = 60",))


def test_e108_more_returned_of_a_group_than_invited(declared):
    (row,) = of(declared(answers(), wave=('invited_by = { role = { "Admin" = 19, "Team manager" = 20 } }',)), "E108")
    assert "`Admin`" in row["message"]
    assert row["n"] is None
    assert not of(declared(answers(), wave=('invited_by = { role = { "Admin" = 20 } }',)), "E108")


def test_e109_a_level_that_one_wave_did_not_have(declared):
    later = answers(60, 100)
    for text in STATEMENTS:
        later[text] = ["Agree" if cell == LEVELS[2] else cell for cell in later[text]]
    (row,) = of(declared(answers(), later), "E109")
    assert "`Neither agree nor disagree`" in row["message"]
    assert row["wave"] == "wave 2"
    one_is_without = {**answers(60, 100), FIRST: later[FIRST]}
    assert not {"E109", "W209"} & codes(declared(answers(), one_is_without))


def test_e109_numbers_in_one_wave_and_words_in_the_other(declared):
    later = {text: [LEVELS.index(cell) + 1 for cell in cells] if text in STATEMENTS else cells for text, cells in answers(60, 100).items()}
    assert of(declared(answers(), later), "E109")
    assert not of(declared(answers(), later, scale='codes = ["1", "2", "3", "4", "5"]'), "E109")


def test_e111_personal_data_in_a_column_that_is_used(declared):
    rows = declared(spoilt("Job role", lambda i, cell: "jo@example.org" if i == 4 else cell))
    (row,) = of(rows, "E111")
    assert "e-mail addresses" in row["message"]
    assert "jo@" not in str(rows)
    assert not of(declared(spoilt("Job role", lambda i, cell: "Band 4 @ HQ" if i == 4 else cell)), "E111")


def test_w201_and_w202_rows_that_the_platform_marks(declared):
    marked = answers() | {"Status": ["Survey Preview"] * 2 + ["IP Address"] * 58, "Finished": ["True"] * 50 + ["False"] * 10}
    rows = declared(marked)
    assert [(row["code"], row["n"]) for row in rows] == [("W201", 2), ("W202", 10)]
    assert codes(declared(marked, top='unfinished = "drop"')) == {"W201"}
    assert not declared(answers() | {"Status": ["IP Address"] * 60, "Finished": ["True"] * 60})


def test_w203_people_who_barely_answered(declared):
    columns = answers()
    for text in STATEMENTS[1:]:
        columns[text][7] = columns[text][8] = ""
    (row,) = of(declared(columns), "W203")
    assert (row["n"], row["wave"]) == (2, "wave 1")
    for text in STATEMENTS[2:]:
        columns[text] = answers()[text]
    assert not of(declared(columns), "W203")


def test_w204_the_very_answers_of_another(declared):
    columns = answers()
    for text in columns:
        if text != "Respondent ID":
            columns[text][11:16] = [columns[text][10]] * 5
    columns |= {text: [*cells[:10], *[LEVELS[at]] * 6, *cells[16:]] for (text, cells), at in zip(list(columns.items())[2:], (0, 3, 1, 4, 2), strict=True)}
    (row,) = of(declared(columns), "W204")
    assert row["n"] == 6
    columns |= {text: [*columns[text][:10], *["Agree"] * 6, *columns[text][16:]] for text in STATEMENTS}
    assert not of(declared(columns), "W204")  # straight lines are drawn by many


def test_w205_straight_lines(declared):
    columns = answers()
    for text in STATEMENTS:
        columns[text][:15] = ["Strongly agree"] * 15
    (row,) = of(declared(columns), "W205")
    assert row["n"] >= 15
    columns = answers()
    for text in STATEMENTS:
        columns[text][:4] = ["Strongly agree"] * 4
    assert not of(declared(columns), "W205")


def test_w206_people_who_were_very_fast(declared):
    (row,) = declared(answers() | {"Duration (in seconds)": [300 + i for i in range(57)] + [40, 50, 60]})
    assert (row["code"], row["n"]) == ("W206", 3)
    assert not declared(answers() | {"Duration (in seconds)": [300 + i for i in range(57)] + [140, 150, 160]})
    assert not declared(answers() | {"Time taken": ["00:05:00"] * 57 + ["00:01:50"] * 3})
    assert codes(declared(answers() | {"Time taken": ["00:05:00"] * 57 + ["00:01:30"] * 3})) == {"W206"}
    times = {"Start Date": ["2024-03-15 10:00:00"] * 60, "End Date": ["2024-03-15 10:09:00"] * 58 + ["2024-03-15 10:01:00"] * 2}
    assert codes(declared(answers() | times)) == {"W206"}


def test_w208_a_wording_that_changed(declared):
    later = answers(60, 100)
    later["I feel well supported"] = later.pop(FIRST)
    items = [f'{{ id = "support", text = "{FIRST}", column = ["{FIRST}", "I feel well supported"] }}', *(f'"{text}"' for text in STATEMENTS[1:])]
    (row,) = declared(answers(), later, items=items)
    assert (row["code"], row["item"], row["wave"]) == ("W208", "support", "wave 2")
    assert "I feel [+ well] supported" in row["message"]
    later["I FEEL  supported."] = later.pop("I feel well supported")
    items[0] = f'{{ id = "support", text = "{FIRST}", column = ["{FIRST}", "I FEEL  supported."] }}'
    assert not declared(answers(), later, items=items)


def test_w209_a_level_that_nobody_chose_in_one_wave(declared):
    def rare(first):
        columns = answers(60, first)
        return columns | {text: [LEVELS[1] if cell == LEVELS[0] and i > 20 else cell for i, cell in enumerate(columns[text])] for text in STATEMENTS}

    later = rare(100)
    for text in STATEMENTS:
        later[text] = [LEVELS[1] if cell == LEVELS[0] else cell for cell in later[text]]
    few = rare(0)
    kept = 0
    for text in STATEMENTS:
        for i, cell in enumerate(few[text]):
            kept += cell == LEVELS[0]
            if cell == LEVELS[0] and kept > 6:
                few[text][i] = LEVELS[1]
    assert [(row["wave"]) for row in of(declared(few, later), "W209")] == ["wave 2"]
    for text in STATEMENTS[1:]:
        few[text] = [LEVELS[1] if cell == LEVELS[0] else cell for cell in few[text]]
    few[FIRST] = [LEVELS[1] if cell == LEVELS[0] and i > 5 else cell for i, cell in enumerate(few[FIRST])]
    assert not {"W209", "E109"} & codes(declared(few, later))  # which two answers of 300 are no reason for


def test_w213_a_statement_that_many_left_out(declared):
    (row,) = declared(spoilt(FIRST, lambda i, cell: "" if i < 13 else cell))
    assert (row["code"], row["item"], row["n"]) == ("W213", "feel_supported", 13)
    assert "22 %" in row["message"]
    assert not declared(spoilt(FIRST, lambda i, cell: "" if i < 12 else cell))  # a fifth, and not more


def test_w213_is_asked_of_those_who_were_asked(declared):
    question = '[[questions]]\nid = "why"\ntext = "Why?"\n'
    asked = answers() | {"Leaving?": ["Yes", "No", "No"] * 20, "Why?": ["Pay", "", ""] * 20}
    assert of(declared(asked, more=question), "W213")
    condition = '[[questions]]\nid = "leaving"\ntext = "Leaving?"\n' + question + 'asked_if = { leaving = ["Yes"] }\n'
    assert not of(declared(asked, more=condition), "W213")


def test_w214_days_outside_the_wave(declared):
    dated = answers() | {"End Date": [f"2024-03-{1 + i % 28:02}" for i in range(60)]}
    assert not declared(dated, wave=('date = "2024-03"',))
    assert not declared(dated, wave=('date = "2024"',))
    (row,) = declared(dated, wave=('date = "2023-03"',))
    assert (row["code"], row["n"]) == ("W214", 60)
    assert not declared(dated, wave=('from = "2024-02-20"\nto = "2024-03"',))
    (row,) = declared(dated, wave=('from = "2024-03-15"\nto = "2024-05"',))
    assert row["n"] == 60 - sum(1 + i % 28 >= 15 for i in range(60))
    assert "2024-03-15 to 2024-05" in row["message"]
    late = answers() | {"End Date": ["2024-03-15"] * 58 + ["2024-04-02"] * 2}
    assert not declared(late, wave=('date = "2024-03"',))


def test_w214_waves_that_are_not_in_order(declared):
    early, late = answers() | {"End Date": ["2023-03-15"] * 60}, answers(60, 100) | {"End Date": ["2024-03-15"] * 60}
    assert not declared(early, late)
    (row,) = declared(late, early)
    assert (row["code"], row["wave"]) == ("W214", "wave 2")


def test_w214_days_that_may_be_months(declared):
    (row,) = declared(answers() | {"End Date": [f"0{1 + i % 9}/03/2024 10:00" for i in range(60)]})
    assert (row["code"], row["where"]) == ("W214", "1.csv: `End Date`")
    assert not declared(answers() | {"End Date": [f"{1 + i % 28:02}/03/2024 10:00" for i in range(60)]})
    assert not declared(answers() | {"End Date": ["03/03/2024 10:00"] * 60})


def test_w216_a_scale_that_begins_with_the_higher_answer(declared, tmp_path):
    from rpgstat import check

    declared(answers())
    path = tmp_path / "study.toml"
    assert not of(check(study=path)[0].rows, "W216")
    path.write_text(path.read_text().replace(repr(LEVELS), repr(LEVELS[::-1])))
    (row,) = of(check(study=path)[0].rows, "W216")
    assert "`Strongly agree` to `Strongly disagree`" in row["message"]


def test_w217_a_statement_that_runs_against_the_others(declared):
    def turned(_, cell):
        return LEVELS[4 - LEVELS.index(cell)]

    (row,) = of(declared(spoilt(STATEMENTS[4], turned)), "W217")
    assert row["item"] == "would_recommend_team"
    for settled in ("true", "false"):
        items = [*(f'"{text}"' for text in STATEMENTS[:4]), f'{{ text = "{STATEMENTS[4]}", reverse = {settled} }}']
        assert not of(declared(spoilt(STATEMENTS[4], turned), items=items), "W217")


def test_w218_groups_that_will_be_withheld(declared):
    rows = declared(spoilt("Job role", lambda i, cell: "Caretaker" if i < 3 else cell))
    (row,) = of(rows, "W218")
    assert "`Caretaker`" in row["message"]
    assert row["n"] is None
    assert not of(declared(answers()), "W218")


def test_w219_waves_of_two_languages(declared):
    welsh = answers(60, 100) | {"UserLanguage": ["cy"] * 60}
    assert codes(declared(answers() | {"UserLanguage": ["en"] * 60}, welsh)) == {"W219"}
    assert not declared(answers() | {"UserLanguage": ["en"] * 60}, answers(60, 100) | {"UserLanguage": ["EN"] * 60})


def test_i301_spellings_of_one_group(declared):
    (row,) = of(declared(spoilt("Job role", lambda i, cell: "Social wrker" if i in range(0, 24, 3) else cell)), "I301")
    assert "`Social wrker` and `Social worker`" in row["message"]
    joined = 'aliases = { "Social wrker" = "Social worker" }'
    assert not of(declared(spoilt("Job role", lambda i, cell: "Social wrker" if i in range(0, 24, 3) else cell), group=joined), "I301")


def test_i302_characters_that_nobody_sees(declared):
    (row,) = declared(spoilt(FIRST, lambda i, cell: f"{cell}\u00a0" if i < 3 else cell))
    assert (row["code"], row["n"]) == ("I302", 3)
    assert not declared(spoilt(FIRST, lambda i, cell: f"{cell} " if i < 3 else cell))


def test_i303_a_constant_and_an_empty_statement(declared):
    assert "I303" in codes(declared(spoilt(FIRST, lambda *_: "Agree")))
    assert "I303" in codes(declared(spoilt(FIRST, lambda *_: "")))
    assert not declared(spoilt(FIRST, lambda i, cell: "Agree" if i < 40 else cell))


def test_i306_a_ceiling(declared):
    (row,) = of(declared(spoilt(FIRST, lambda i, _: "Strongly agree" if i < 50 else "Agree")), "I306")
    assert (row["item"], row["n"]) == ("feel_supported", 50)
    assert not of(declared(spoilt(FIRST, lambda i, cell: "Strongly agree" if i < 30 else cell)), "I306")
    columns = answers()
    for text in STATEMENTS:
        columns[text][:12] = ["Strongly agree"] * 12
    assert "Work" in of(declared(columns), "I306")[0]["where"]
