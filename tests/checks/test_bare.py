"""Each check on exports without a study: one input in which it finds something, and a near miss in which it does not."""

from __future__ import annotations

import pytest

from tests.checks.conftest import LEVELS, STATEMENTS, answers, written

FIRST = STATEMENTS[0]


def codes(rows):
    return {row["code"] for row in rows}


def of(rows, code):
    return [row for row in rows if row["code"] == code]


def test_nothing_is_found_where_nothing_is_wrong(bare):
    assert codes(bare(answers(), answers(60, 100))) == {"W207"}  # nobody has declared the scale
    assert bare(answers(), scale=" < ".join(LEVELS)) == []


@pytest.mark.parametrize(
    "second", [["{'ImportId': 'QID1'}"] * 7, ["ResponseID", "What is your job role?", *(f"How far do you agree: {text}?" for text in STATEMENTS)]]
)
def test_e101_a_second_header_row(bare, second):
    columns = {name: [cell, *cells] for (name, cells), cell in zip(answers().items(), second, strict=True)}
    short = dict(zip(["V1", "Q1", "Q2_1", "Q2_2", "Q2_3", "Q2_4", "Q2_5"], columns.values(), strict=True))
    assert of(bare(short, platform="flat"), "E101")


def test_e101_questions_above_numbers(bare):
    numbers = {
        f"Q{at}": [f"How far do you agree with statement {at}?", *(LEVELS.index(cell) + 1 for cell in answers()[text])] for at, text in enumerate(STATEMENTS)
    }
    assert of(bare(numbers, platform="flat"), "E101")
    assert not of(bare({name: cells[1:] for name, cells in numbers.items()}), "E101")


def test_e101_statements_under_short_names(bare):
    columns = {f"q{at}": [text, *cells] for at, (text, cells) in enumerate(list(answers().items())[2:])}
    assert codes(bare({"id": ["ID", *range(60)], **columns})) & {"E101", "E102"} == {"E101"}
    odd = {text: ["No, I never do", *["Yes"] * 30, *["No"] * 29] for text in ("Supported?", "Listened to?", "Well?")}
    assert not of(bare({"id": range(60), **odd}), "E101")  # the same words in all columns are somebody's


def test_e101_boxes_that_hold_their_heading_are_ticks(bare):
    ticks = {text: [text if i % (at + 2) else "" for i in range(60)] for at, text in enumerate(("Email", "Newsletter", "Team meeting"))}
    assert not of(bare(answers() | ticks), "E101")


def test_e102_one_answer_keeps_a_question_from_its_scale(bare):
    columns = answers()
    columns[FIRST][3] = "Agre"
    (row,) = of(bare(columns), "E102")
    assert (row["n"], "`Agre`" in row["message"]) == (1, True)
    assert not of(bare({**columns, FIRST: ["Fortnightly" if i % 5 == 3 else cell for i, cell in enumerate(answers()[FIRST])]}), "E102")
    columns[FIRST][3] = "Not applicable"
    assert not of(bare(columns), "E102")


def test_e103_a_statement_that_only_one_export_has(bare):
    later = answers(60, 100)
    later["I get regular supervision here"] = later.pop(FIRST)
    rows = of(bare(answers(), later), "E103")
    assert {row["where"] for row in rows} == {"wave-1.csv", "wave-2.csv"}
    for text in STATEMENTS[1:]:
        later[f"{text}, on the whole and in most weeks of the year"] = later.pop(text)
    more = of(bare(answers(), later), "E103")
    assert len(more) <= 2
    assert all("statements of other waves" in row["message"] for row in more)


def test_e104_two_questions_of_one_heading(bare):
    columns = answers()
    columns["Why did you choose this team"] = ["Pay", "Place", "People"] * 20
    columns["Why did you choose this team "] = ["Pay", "People", "People"] * 20
    assert len(of(bare(columns), "E104")) == 1
    columns["Why did you choose this job"] = columns.pop("Why did you choose this team ")
    assert not of(bare(columns), "E104")


def test_e106_an_id_that_most_rows_repeat_is_none_of_people(bare):
    columns = answers()
    columns["Respondent ID"][5] = columns["Respondent ID"][6]
    assert [row["n"] for row in of(bare(columns), "E106")] == [1]
    columns["Respondent ID"] = [f"school-{i % 5}" for i in range(60)]
    assert not of(bare(columns), "E106")


def test_e107_one_file_under_two_names(bare):
    assert of(bare(answers(), answers()), "E107")
    assert not of(bare(answers(), answers(60, 100)), "E107")


def test_e109_numbers_in_one_export_and_words_in_the_other(bare):
    numbers = {text: [LEVELS.index(cell) + 1 for cell in cells] if text in STATEMENTS else cells for text, cells in answers(60, 100).items()}
    assert len(of(bare(answers(), numbers), "E109")) == len(STATEMENTS)


def test_e109_more_numbers_in_one_export_than_in_the_other(bare):
    def numbers(first, most):
        return {
            text: [min(most, LEVELS.index(cell) + 1 + i % 3) for i, cell in enumerate(cells)] if text in STATEMENTS else cells
            for text, cells in answers(60, first).items()
        }

    (row,) = of(bare(numbers(0, 5), numbers(100, 7)), "E109")
    assert "`6` and `7`" in row["message"]
    assert not of(bare(numbers(0, 7), numbers(100, 7)), "E109")


def test_e110_several_rows_of_one_person(bare):
    (row,) = of(bare(answers() | {"Timepoint": ["First", "Second"] * 30}), "E110")
    assert "`First` and `Second`" in row["message"]
    assert not of(bare(answers() | {"Favourite": ["First", "Second"] * 30}), "E110")
    events = {"record_id": [i // 2 for i in range(60)], "redcap_event_name": ["baseline_arm_1", "final_arm_1"] * 30} | {
        text: answers()[text] for text in STATEMENTS
    }
    assert not of(bare(events), "E110")  # whose events are its waves, where it stands alone
    assert of(bare(events, answers()), "E110")


def test_e112_codes_without_labels(bare):
    numbers = {text: [LEVELS.index(cell) + 1 for cell in cells] if text in STATEMENTS else cells for text, cells in answers().items()}
    (row,) = of(bare(numbers), "E112")
    assert "from 1 to 5" in row["message"]
    assert not of(bare(answers() | {"Age": [20 + i for i in range(60)]}), "E112")
    assert not of(bare({**answers(), "How likely are you to recommend us?": [i % 11 for i in range(60)]}), "E112")


def test_w207_a_level_that_nobody_chose(bare):
    columns = answers()
    for text in STATEMENTS:
        columns[text] = ["Agree" if cell == LEVELS[2] else cell for cell in columns[text]]
    (row,) = of(bare(columns), "W207")
    assert "nobody chose `Neither agree nor disagree`" in row["message"]
    assert not of(bare(columns, scale="Strongly disagree < Disagree < Agree < Strongly agree"), "W207")


def test_w208_a_wording_that_changed(bare):
    later = answers(60, 100)
    later["My own manager listens to me"] = later.pop("My manager listens to me")
    (row,) = of(bare(answers(), later), "W208")
    assert "My [+ own] manager listens to me" in row["message"]
    assert not of(bare(answers(), answers(60, 100)), "W208")


def test_w210_numbers_beside_words(bare):
    role = ["1", "2", "Admin"] * 20
    (row,) = of(bare({**answers(), "Job role": role}), "W210")
    assert "`Admin`" in row["message"]
    assert not of(bare({**answers(), "Years here": ["1", "2", "3 or more"] * 20}), "W210")
    assert not of(bare({**answers(), "Teams": ["1", "2", "Don't know"] * 20}), "W210")
    assert not of(bare({**answers(), "Work": ["1 (none)", "2", "3 (all)"] * 20}), "W210")


def test_w211_several_answers_in_a_cell(bare):
    heard = ["Email; Newsletter", "Email", "Newsletter", "Email; Team meeting", "Team meeting"] * 12
    assert of(bare({**answers(), "How do you hear of changes": heard}), "W211")
    assert not of(bare({**answers(), "Is it rude": ["No, not at all rude", "Yes, somewhat rude", "Yes, very rude"] * 20}), "W211")
    assert not of(bare({**answers(), "Where": ["Leeds, north", "Leeds, south", "York"] * 20}), "W211")


def test_w212_groups_turned_into_dates(bare):
    assert of(bare({**answers(), "Years of service": ["02-Jan", "05-Mar", "06-Oct", "Over 10"] * 15}), "W212")
    assert of(bare({**answers(), "Age of children": ["01-Feb", "03-Apr"] * 30}), "W212")
    rows = bare({**answers(), "Years of service": ["2024-01-02 00:00:00", "3-5", "6-10"] * 20})
    assert of(rows, "W212")
    assert "2024-01-02" not in str(rows)
    assert not of(bare({**answers(), "When did you join": ["02-Jan", "05-Mar", "06-Oct"] * 20}), "W212")
    assert not of(bare({**answers(), "Years of service": ["1-2", "3-5", "6-10"] * 20}), "W212")


def test_w215_a_code_that_may_mean_not_applicable(bare):
    numbers = {text: [LEVELS.index(cell) + 1 for cell in cells] if text in STATEMENTS else cells for text, cells in answers().items()}
    for text in STATEMENTS:
        numbers[text][4] = 9
    (row,) = of(bare(numbers), "W215")
    assert (row["n"], "9" in row["message"]) == (5, True)
    for text in STATEMENTS:
        numbers[text][4] = 5
    assert not of(bare(numbers), "W215")


def test_w219_waves_of_two_platforms(bare):
    forms = {"ID": range(60), "Start time": ["2024-03-15 10:00"] * 60, "Completion time": ["2024-03-15 10:09"] * 60}
    assert of(bare(answers(), forms | {text: answers(60, 100)[text] for text in STATEMENTS}), "W219")
    assert not of(bare(answers(), answers(60, 100)), "W219")


def test_w219_questions_in_two_languages(bare):
    french = {
        f"Est-ce que vous êtes satisfait de la façon dont le travail est organisé dans votre équipe et des moyens que vous avez ({i}) ?": ["Oui", "Non"] * 30
        for i in range(3)
    }
    english = {f"Are you satisfied with the way in which your work is organised and with the means that you have ({i})?": ["Yes", "No"] * 30 for i in range(3)}
    assert of(bare(french, english), "W219")


def test_i301_spellings_of_one_role(bare):
    roles = ["Social worker"] * 30 + ["Social wrker"] * 8 + ["SW"] * 7 + ["Team manager"] * 15
    (row,) = of(bare({**answers(), "Job role": roles}), "I301")
    assert "`SW` and `Social worker`" in row["message"]
    assert not of(bare({**answers(), "Job role": ["Qualified", "Unqualified", "Team 1", "Team 2"] * 15}), "I301")


def test_i303_a_constant_and_an_empty_question(bare):
    assert of(bare({**answers(), "Do you have a team?": ["Yes"] * 60}), "I303")
    assert not of(bare({**answers(), "Do you consent?": ["Yes"] * 60}), "I303")
    assert not of(bare({**answers(), "Do you have a team?": ["Yes"] * 59 + ["No"]}), "I303")
    assert of(bare({**answers(), STATEMENTS[2]: [""] * 60}), "I303")
    assert not of(bare({**answers(), "Remarks": [""] * 60}), "I303")


def test_i304_no_id(bare):
    without = {text: cells for text, cells in answers().items() if text != "Respondent ID"}
    assert of(bare(without), "I304")
    assert not of(bare(answers()), "I304")


def test_i305_a_guessed_encoding(bare):
    columns = {**answers(), "Où travaillez-vous": ["Zürich", "Genève", "Köln"] * 20}
    assert of(bare(columns, encoding="cp1252"), "I305")
    assert not of(bare(columns, encoding="utf-8"), "I305")
    assert not of(bare(columns, encoding="utf-16"), "I305")


def test_a_file_that_cannot_be_read_is_an_error(tmp_path):
    from rpgstat import UserError, check

    with pytest.raises(UserError, match="no export given"):
        check()
    with pytest.raises(UserError, match="no answers below the header"):
        check(written(tmp_path / "a.csv", {"I cope": []}))


def test_a_file_of_previews_alone_is_looked_at_whole(bare):
    rows = bare(answers() | {"Status": ["Survey Preview"] * 60})
    assert [(row["code"], row["n"]) for row in rows if row["code"] == "W201"] == [("W201", 60)]
