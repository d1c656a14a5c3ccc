"""Text boxes and numbers as groups, columns that may name a person, and columns that are left out."""

import csv
import json

import pytest

ROLES = ["Carer"] * 9 + ["carer "] * 2 + ["Night carer"] * 8 + ["NC"] * 6 + ["Crer"] * 5 + ["Night car"] * 2 + ["Grumpy today"] + [""]
AGREE = ["Disagree", "Agree", "Strongly agree", "Strongly disagree"]
NAMES = ["Petra Vance", "Ifeoma Adebayo", "Jonas Lindqvist", "Mai Nguyen"]
STUDY = """
[groups.role]
column = "What do you do here?"
levels = ["Carer", "Night carer"]
aliases = { NC = "Night carer", Crer = "Carer", "Night car" = "Night carer", "Grumpy today" = "Carer" }
[scales.agreement]
levels = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
[[waves]]
name = "one"
file = "home.csv"
[[batteries]]
name = "Home"
scale = "agreement"
items = ["I rest well", "I eat well"]
"""


def write(path, header, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([*header, *rows])
    return path


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A SurveyMonkey export with a typed role, years of service, a ranking and tick-boxes."""
    monkeypatch.chdir(tmp_path)
    upper = ["Respondent ID", "Start Date", "IP Address", "What do you do here?", "Years here", "How is it?", "", "Which meals?", "", "Best first", ""]
    lower = ["", "", "", "Open-Ended Response", "Open-Ended Response", "I rest well", "I eat well", "Lunch", "Supper", "Tea", "Cake"]
    years = ["1", "1,5", "2", "3 years", "<1", "12+", "1-3", "soon", "-2", ""]
    rows = [
        [str(9000 + i), f"0{1 + i % 9}/03/2024 10:00:00", "192.0.2.1", role, years[i % 10], AGREE[i % 4], AGREE[i % 3], "Lunch", "Supper" if i % 2 else "",
         str(1 + i % 2), str(2 - i % 2)]
        for i, role in enumerate(ROLES)
    ]  # fmt: skip
    return write(tmp_path / "home.csv", [upper, lower], rows)


def groups(ran, item="rest_well"):
    return {row["group"]: row["n"] for row in ran.rows if row["item"] == item}


# --- text boxes -----------------------------------------------------------------------------------------------------


def test_a_declared_text_box_is_a_group(command, home):
    home.with_name("study.toml").write_text(STUDY, encoding="utf-8")
    assert groups(command("breakdown", "--by", "role", "-f", "json", "--no-suppression")) == {"Carer": 17, "Night carer": 16, "(not stated)": 1}
    returned = {row["group"]: row["returned"] for row in command("response", "--by", "role", "-f", "json", "--no-suppression").rows if row["group"]}
    assert (returned["Carer"], returned["Night carer"]) == (17, 16)


def test_what_is_not_declared_is_refused_without_a_word_that_one_person_typed(command, home):
    home.with_name("study.toml").write_text(STUDY.replace(', "Grumpy today" = "Carer"', "").replace(', "Night car" = "Night carer"', ""), encoding="utf-8")
    problem, hint = command("breakdown", "--by", "role").error()
    assert "`Night car` (2 people); and 1 not shown, as they may tell of a person (1 person)" in problem
    assert 'other = "Other"' in hint
    assert "Grumpy" not in problem + hint


def test_other_takes_what_is_not_declared_and_says_so_without_a_number(command, home):
    home.with_name("study.toml").write_text(
        STUDY.replace('"Grumpy today" = "Carer" }', '"Grumpy today" = "Carer" }\nother = "Others"').replace("NC = ", "XX = "), encoding="utf-8"
    )
    ran = command("breakdown", "--by", "role", "-f", "json", "--no-suppression")
    assert groups(ran) == {"Carer": 17, "Night carer": 10, "Others": 6, "(not stated)": 1}
    assert "answers that are no level of group `role` are counted as `Others`" in ran.err


def test_an_undeclared_text_box_is_taken_as_typed_and_the_rare_stand_together(command, home):
    ran = command("breakdown", home, "--by", "What do you do here?", "-f", "json", "--no-suppression")
    assert groups(ran) == {"Carer": 11, "Crer": 5, "NC": 6, "Night carer": 8, "(other answers)": 3, "(not stated)": 1}
    assert "answers that fewer than 5 people gave stand together" in ran.err
    assert "Grumpy" not in ran.text + ran.err


def test_a_text_box_whose_answers_hardly_repeat_is_refused_and_shown_nowhere(command, home):
    rows = list(csv.reader(home.open(encoding="utf-8")))
    for i, row in enumerate(rows[2:]):
        row[3] = f"I have felt tired since {i} weeks"
    write(home, rows[:2], rows[2:])
    problem, hint = command("breakdown", home, "--by", "What do you do here?").error()
    assert "looks like free text: its answers hardly repeat" in problem
    assert "`levels`" in hint
    assert "tired" not in problem + hint


# --- bands ----------------------------------------------------------------------------------------------------------


def test_bands_make_groups_of_years_and_say_what_belongs_to_none(command, home):
    banded = '[groups.years]\ncolumn = "Years here"\nbands = [0, 2, 5]\n'
    home.with_name("study.toml").write_text(banded + STUDY, encoding="utf-8")
    ran = command("breakdown", "--by", "years", "-f", "json", "--no-suppression")
    assert groups(ran) == {"under 2": 11, "2 to under 5": 8, "5 or more": 3, "(not stated)": 12}
    assert "answers in no one band of group `years`, such as `1-3` and `soon`, taken as not stated" in ran.err
    assert "answers below the lowest band of group `years` (under 2), taken as not stated" in ran.err


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ('bands = [0, 2]\nlevels = ["a", "b"]', "groups.years.levels"),
        ('bands = [0, 2]\naliases = { a = "b" }', "groups.years.aliases"),
        ("bands = [0]", "groups.years.bands is [0]"),
        ("bands = [2, 2]", "groups.years.bands[2] is 2"),
        ('bands = ["a", 2]', "groups.years.bands[1]"),
        ('other = "x"', "groups.years.other"),
    ],
)
def test_bands_that_cannot_be_are_refused_by_their_key(command, home, lines, problem):
    home.with_name("study.toml").write_text(f'[groups.years]\ncolumn = "Years here"\n{lines}\n{STUDY}', encoding="utf-8")
    told, hint = command("score").error()
    assert problem in told
    assert hint


def test_bands_of_words_are_refused(command, home):
    home.with_name("study.toml").write_text(f'[groups.years]\ncolumn = "How is it? > I rest well"\nbands = [0, 2]\n{STUDY}', encoding="utf-8")
    assert "holds no numbers" in command("breakdown", "--by", "years").error()[0]


# --- init -----------------------------------------------------------------------------------------------------------


def test_init_lists_what_repeats_and_proposes_what_may_be_joined(command, home):
    draft = command("init", home).text
    assert "# Answers: Carer (11); Night carer (8); NC (6); Crer (5). Others are not listed" in draft
    assert '# aliases = { NC = "Night carer", Crer = "Carer" }' in draft
    assert "Night car\n" not in draft
    assert "Grumpy" not in draft
    assert "# bands = [0, 2, 5, 10]" in draft


def test_a_group_that_init_proposes_is_a_group_once_the_marks_are_removed(command, home):
    lines = command("init", home).text.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("# [groups.here"))
    kept = [line.removeprefix("# ") if start <= i < start + 5 else line for i, line in enumerate(lines)]
    home.with_name("study.toml").write_text("\n".join(kept), encoding="utf-8")
    name = lines[start].removeprefix("# [groups.").rstrip("]")
    assert groups(command("breakdown", "--by", name, "-f", "json", "--no-suppression")) == {"Carer": 16, "Night carer": 14, "Other": 3, "(not stated)": 1}


# --- persons --------------------------------------------------------------------------------------------------------


def everywhere(run, path):
    """All that the commands say of one export, errors and tracebacks too."""
    said = []
    for arguments in (
        ["init", path],
        ["score", path],
        ["score", path, "-f", "json"],
        ["score", path, "--verbose"],
        ["breakdown", path, "--by", "Pod", "--debug"],
    ):
        ran = run(*arguments)
        assert ran.code in (0, 2)
        said.append(ran.text + ran.err)
    return "\n".join(said)


@pytest.mark.parametrize("times", [1, 3])
def test_names_under_an_innocent_header_are_printed_nowhere(command, tmp_path, monkeypatch, times):
    monkeypatch.chdir(tmp_path)
    rows = [[NAMES[i % 4], NAMES[(i + 1) % 4], AGREE[i % 4], AGREE[i % 3]] for i in range(4 * times)]
    said = everywhere(command, write(tmp_path / "pods.csv", [["Pod", "Second", "I rest well", "I eat well"]], rows))
    assert not [name for name in NAMES if name.split()[0] in said or name.split()[1] in said]


def test_names_that_a_group_was_asked_by_are_its_labels(command, tmp_path):
    rows = [[NAMES[i % 2], AGREE[i % 4], AGREE[i % 3]] for i in range(40)]
    path = write(tmp_path / "pods.csv", [["Line manager", "I rest well", "I eat well"]], rows)
    assert set(groups(command("breakdown", path, "--by", "Line manager", "-f", "json"))) == set(NAMES[:2])


@pytest.mark.parametrize(
    ("header", "values"),
    [
        ("Wann", ["04.03.2024 10:01", "04.03.2024 10:02", "05.03.2024 11:30", "06.03.2024 09:00"]),
        ("Day", ["2024-03-04", "2024-03-04", "2024-03-05", "2024-03-06"]),
        ("IP-adres", ["192.0.2.77", "192.0.2.78", "192.0.2.77", "192.0.2.79"]),
        ("Where", ["53.80081", "53.80082", "53.80083", "53.80084"]),
        ("Key", ["R_3nQ81xA", "R_3nQ81xB", "R_3nQ81xC", "R_3nQ81xD"]),
        ("Prénom", ["Petra", "Ifeoma", "Jonas", "Mai"]),
        ("ExternalReference", ["a77q", "b77q", "c77q", "d77q"]),
        ("Phone", ["0113 496 0001", "0113 496 0002", "0113 496 0003", "0113 496 0004"]),
    ],
)
def test_what_tells_of_a_person_is_named_by_its_header_alone(command, tmp_path, header, values):
    rows = [[values[i % 4], values[(i + 1) % 4], AGREE[i % 4], AGREE[i % 3]] for i in range(8)]
    path = write(tmp_path / "wave.csv", [[header, f"{header} again", "I rest well", "I eat well"]], rows)
    said = "\n".join(command(*arguments).text + command(*arguments).err for arguments in (["init", path], ["score", path, "-f", "json", "--verbose"]))
    assert f"left out of wave.csv: {header} (personal)" in said
    assert not [value for value in values if value in said]


def test_a_name_among_the_answers_is_told_without_it(command, home):
    rows = list(csv.reader(home.open(encoding="utf-8")))
    rows[5][5] = "Petra Vance"
    write(home, rows[:2], rows[2:])
    home.with_name("study.toml").write_text(STUDY, encoding="utf-8")
    ran = command("score", "--debug")
    assert ran.code == 2
    assert "1 not shown, as they may tell of a person (1 person)" in ran.err
    assert "Petra" not in ran.err + command("score", home, "--study", "study.toml").err


def test_a_wave_of_no_study_is_told_without_a_name(command, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    rows = [["2023" if i < 8 else "2024" if i < 16 else "Petra Vance", AGREE[i % 4], AGREE[i % 3]] for i in range(17)]
    write(tmp_path / "all.csv", [["Round", "I rest well", "I eat well"]], rows)
    head = '[data]\nfile = "all.csv"\nwave = "Round"\n[[waves]]\nname = "2023"\n[[waves]]\nname = "2024"\n'
    (tmp_path / "study.toml").write_text(head + STUDY[STUDY.index("[scales") :].replace('[[waves]]\nname = "one"\nfile = "home.csv"\n', ""), encoding="utf-8")
    ran = command("compare")
    assert ran.code == 0
    assert "1 more answer in 1 row that is no wave" in ran.err
    assert "Petra" not in ran.err + ran.text


def test_an_internal_error_quotes_no_cell(command, home, monkeypatch):
    import rpgstat.workflow

    def fails(*_, **__):
        raise ValueError(" ".join(NAMES))

    monkeypatch.setattr(rpgstat.workflow, "score", fails)
    for arguments in (["score", home], ["score", home, "--debug"]):
        ran = command(*arguments)
        assert ran.code == 2
        assert "ValueError" in ran.err
        assert "Petra" not in ran.err


# --- left out -------------------------------------------------------------------------------------------------------


def test_every_column_that_is_left_out_is_counted_and_named(command, home):
    home.with_name("study.toml").write_text(STUDY, encoding="utf-8")
    ran = command("score", "-f", "json")
    counted = "7 columns (1 personal, 1 free text, 2 of tick-boxes, 2 of rankings, 1 of dates and other particulars)"
    assert f"note: left out of home.csv: {counted}; --verbose names them" in ran.err
    named = [(one["kind"], one["text"]) for one in ran.document["inputs"][0]["left_out"]]
    assert named == [
        ("meta", "Start Date"),
        ("personal", "IP Address"),
        ("text", "Years here"),
        ("tick", "Which meals? > Lunch"),
        ("tick", "Which meals? > Supper"),
        ("ranking", "Best first > Tea"),
        ("ranking", "Best first > Cake"),
    ]
    told = command("score", "--verbose").err
    assert all(f"left out of home.csv: {text} (" in told for _, text in named)


def test_the_columns_that_the_command_names_are_not_left_out(command, home):
    ran = command("breakdown", home, "--by", "What do you do here?", "-f", "json")
    assert "What do you do here?" not in json.dumps(ran.document["inputs"])
    assert "tick-box column" in command_error(command, home)


def command_error(command, home):
    home.with_name("ticks.toml").write_text(STUDY.replace('"I rest well"', '"Lunch"'), encoding="utf-8")
    problem, hint = command("score", "--study", "ticks.toml").error()
    assert 'under [[questions]], kind = "multiple": `rpgstat topline` counts it' in hint
    return problem


def test_remarks_under_an_ordinary_header_are_free_text(command, tmp_path):
    rows = [[f"I have rested badly for {i} weeks now", AGREE[i % 4], AGREE[i % 3]] for i in range(12)]
    path = write(tmp_path / "wave.csv", [["Sleep", "I rest well", "I eat well"]], rows)
    ran = command("score", path, "-f", "json")
    assert ran.document["inputs"][0]["left_out"] == [{"kind": "text", "text": "Sleep"}]
    problem, hint = command("breakdown", path, "--by", "Sleep").error()
    assert "badly" not in problem + hint


def test_the_first_row_of_a_file_without_headers_is_in_no_hint(command, home):
    rows = list(csv.reader(home.open(encoding="utf-8")))[2:]
    write(
        home.with_name("bare.csv"),
        [["petra.vance@example.org", "0113 496 0001", *rows[0][5:7]]],
        [["x@example.org", "0113 496 0002", *row[5:7]] for row in rows],
    )
    home.with_name("study.toml").write_text(STUDY, encoding="utf-8")
    for arguments in (["score", "bare.csv"], ["breakdown", "bare.csv", "--by", "role"]):
        ran = command(*arguments)
        assert ran.code == 2
        assert "petra" not in ran.err
        assert "0113" not in ran.err


@pytest.mark.parametrize("answer", ["Don't know, ask Petra Vance", "N/A - see jane smith", "call 0113 496 0001", "mail petra.vance@example.org please"])
def test_a_person_within_an_answer_is_not_shown_either(command, tmp_path, answer):
    rows = [[AGREE[i % 4], AGREE[i % 3]] for i in range(12)]
    rows[3][0] = rows[7][1] = answer
    path = write(tmp_path / "wave.csv", [["I rest well", "I eat well"]], rows)
    said = "".join(ran.text + ran.err for ran in (command("init", path), command("score", path), command("score", path, "--debug", "-f", "json")))
    assert not [word for word in ("Petra", "petra", "jane", "0113", "Vance") if word in said]
