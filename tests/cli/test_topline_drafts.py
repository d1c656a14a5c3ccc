"""`rpgstat topline` on exports without a study: answers of people's own, sliders and stars of each platform, the order of options."""

import csv
import tomllib

import pytest

SURE = (0, 10, 25, 30, 40, 50, 50, 55, 60, 70, 75, 75, 80, 80, 90, 95, 100, 35, 65, 20)
STARS = (5, 4, 3, 5, 4, 4, 3, 2, 5, 4, 4, 5, 1, 3, 4, 5, 4, 4, 3, 4)
BOTH = list(zip(SURE, STARS, strict=True))


def form(path, header, rows, delimiter=","):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=delimiter).writerows([header, *rows])
    return path


def imported(*names):
    return [f'{{"ImportId":"{name}"}}' for name in names]


DICTIONARY = (
    'Variable / Field Name,Form Name,Section Header,Field Type,Field Label,"Choices, Calculations, OR Slider Labels",Field Note,'
    "Text Validation Type OR Show Slider Number,Text Validation Min,Text Validation Max,Identifier?,Branching Logic (Show field only if...),"
    "Required Field?,Custom Alignment,Question Number (surveys only),Matrix Group Name,Matrix Ranking?,Field Annotation\n"
    "record_id,s,,text,Record ID,,,,,,,,,,,,,\n"
    "sure,s,,slider,How sure are you?,Not at all | Half | Wholly,,number,,,,,,,,,,\n"
    'stars,s,,radio,How many stars?,"1, 1 star | 2, 2 stars | 3, 3 stars | 4, 4 stars | 5, 5 stars",,,,,,,,,,,,\n'
)


def google(folder):
    rows = [[f"2024/03/{at + 1:02d} 10:00:00 AM GMT", sure, stars] for at, (sure, stars) in enumerate(BOTH)]
    return form(folder / "google.csv", ["Timestamp", "How sure are you?", "How many stars?"], rows)


def microsoft(folder):
    times = [(f"{at + 1:02d}/10/2024 16:50", f"{at + 1:02d}/10/2024 16:56") for at in range(len(BOTH))]
    rows = [[at + 1, *times[at], "anonymous", "", *own] for at, own in enumerate(BOTH)]
    return form(folder / "microsoft.csv", ["ID", "Start time", "Completion time", "Email", "Name", "How sure are you?", "How many stars?"], rows)


def monkey(folder):
    meta = ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name", "Last Name", "Custom Data 1"]
    answers = [["", *[""] * 8, "Response", "Response"]]
    answers += [[11800000 + at, 4, "03/01/2024 10:00:00 AM", "", "", "", "", "", "", sure, f"{stars} stars"] for at, (sure, stars) in enumerate(BOTH)]
    return form(folder / "monkey.csv", [*meta, "How sure are you?", "How many stars?"], answers)


def qualtrics(folder):
    header = ["StartDate", "Status", "RecordedDate", "ResponseId", "Q1_1", "Q2"]
    texts = ["Start Date", "Response Type", "Recorded Date", "Response ID", "How sure are you?", "How many stars?"]
    rows = [texts, imported("startDate", "status", "recordedDate", "_recordId", "QID1_1", "QID2")]
    rows += [["2024-03-01 10:00:00", "IP Address", "2024-03-01 10:04:00", f"R_{at}abc", *own] for at, own in enumerate(BOTH)]
    return form(folder / "qualtrics.csv", header, rows)


def redcap(folder):
    (folder / "redcap_DataDictionary.csv").write_text(DICTIONARY, encoding="utf-8")
    return form(folder / "redcap.csv", ["record_id", "sure", "stars", "s_complete"], [[at + 1, *own, 2] for at, own in enumerate(BOTH)])


def lime(folder):
    header = ["Response ID", "Date submitted", "Last page", "Start language", "q1. How sure are you?", "q2. How many stars?"]
    rows = [[at + 1, "2024-03-01 10:00:00", 3, "en", f"{sure}.0000000000", stars] for at, (sure, stars) in enumerate(BOTH)]
    return form(folder / "lime.csv", header, rows)


def kobo(folder):
    header = ["start", "end", "How sure are you?", "How many stars?", "_id", "_uuid", "_submission_time", "_index"]
    rows = [["2024-03-01T10:00:00.000+00:00", "", *own, 9000 + at, f"0000-{at}", "2024-03-01T10:04:00", at + 1] for at, own in enumerate(BOTH)]
    return form(folder / "kobo.csv", header, rows, ";")


def typeform(folder):
    header = ["#", "How sure are you?", "How many stars?", "Start Date (UTC)", "Submit Date (UTC)", "Network ID"]
    rows = [[f"a{at}b2c3d4e5f6g7h8", *own, "2024-03-01 10:00:00", "2024-03-01 10:05:00", f"x{at}y"] for at, own in enumerate(BOTH)]
    return form(folder / "typeform.csv", header, rows)


def jisc(folder):
    header = ["Unique Response Number", "1. How sure are you?", "2. How many stars?"]
    return form(folder / "jisc.csv", header, [[f"100-99-{at:08d}", *own] for at, own in enumerate(BOTH)])


def flat(folder):
    rows = [[f"{sure} %", "★" * stars + "☆" * (5 - stars)] for sure, stars in BOTH]
    return form(folder / "flat.csv", ["How sure are you?", "How many stars?"], rows)


@pytest.mark.parametrize("written", [google, microsoft, monkey, qualtrics, redcap, lime, kobo, typeform, jisc, flat])
def test_sliders_are_numbers_and_stars_stand_in_their_order(run, tmp_path, written):
    rows = run("topline", written(tmp_path), "-f", "json").rows
    (slider,) = [row for row in rows if row["kind"] == "number"]
    assert (slider["n"], slider["mean"], slider["median"]) == (20, pytest.approx(sum(SURE) / 20), 57.5)
    stars = [row["count"] for row in rows if row["kind"] == "single" and row["option"] is not None]
    assert stars == [STARS.count(star) for star in range(1, 6)]


def test_a_slider_is_drafted_as_a_number_and_stars_may_be_declared_as_one(run, tmp_path):
    study = tmp_path / "study.toml"
    drafted = run("init", flat(tmp_path)).text
    assert [question.get("kind", "single") for question in tomllib.loads(drafted)["questions"]] == ["number", "single"]
    study.write_text('[[waves]]\nname = "2024"\nfile = "flat.csv"\n[[questions]]\ntext = "How many stars?"\nkind = "number"\n', encoding="utf-8")
    (row,) = run("topline", "-s", study, "-f", "json").rows
    assert (row["mean"], row["median"]) == (pytest.approx(sum(STARS) / 20), 4.0)


def test_a_scale_from_1_to_5_is_no_net_score(run, tmp_path):
    rows = run("topline", form(tmp_path / "w.csv", ["Would you recommend us?", "Team"], [[str(1 + at % 5), "A"] for at in range(20)]), "-f", "json").rows
    assert {row["kind"] for row in rows} == {"single"}


LISTS = ["Excel", "Python", "Line of commands (that is, of R, as it comes)"]


def answered(own):
    """Lists of answers as Google Forms writes them; `own` are what three people typed beside."""
    for at in range(30):
        ticked = [tool for place, tool in enumerate(LISTS) if at % (place + 2) == 0]
        yield [f"2024/03/{at + 1:02d} 10:00:00 AM GMT", ", ".join([*(ticked or LISTS[:1]), *own[at : at + 1]]), "Yes"]


def test_what_people_typed_beside_the_options_counts_as_other_answers(run, tmp_path):
    own = ["Jane Smith told me, and Ann", "a thing of mine", "a sheet"]
    path = form(tmp_path / "2024.csv", ["Timestamp", "Which tools do you use?", "Is it enough?"], answered(own))
    ran = run("topline", path, "-f", "json")
    rows = {row["option"]: row for row in ran.rows if row["text"] == "Which tools do you use?"}
    ticked = {tool: sum(tool in row[1] for row in answered([])) for tool in LISTS}
    assert {option: row["count"] for option, row in rows.items() if option} == {**ticked, "(other answers)": 3}
    assert rows[None]["answered"] == 30
    assert "Jane" not in ran.text + ran.err


def test_the_draft_counts_as_the_export_by_itself_does(run, tmp_path):
    path = form(tmp_path / "2024.csv", ["Timestamp", "Which tools do you use?", "Is it enough?"], answered(["a thing of mine"]))
    study = tmp_path / "study.toml"
    assert run("init", path, "-o", study).code == 0
    declared = tomllib.loads(study.read_text(encoding="utf-8"))["questions"][0]
    assert (sorted(declared["options"]), declared["other"]) == (sorted(LISTS), "(other answers)")
    bare, drafted = ({row["option"]: row["count"] for row in run("topline", *way, "-f", "json").rows} for way in ([path], ["-s", study]))
    assert bare == drafted


def test_an_option_that_only_a_later_wave_has_is_one(run, tmp_path):
    first = form(tmp_path / "2023.csv", ["Timestamp", "Which tools do you use?"], [row[:2] for row in answered([])])
    later = [[row[0], row[1].replace("Python", "Julia")] for row in answered([])]
    rows = run("topline", first, form(tmp_path / "2024.csv", ["Timestamp", "Which tools do you use?"], later), "-f", "json").rows
    assert next(row["count"] for row in rows if (row["option"], row["wave"]) == ("Julia", "2024")) == 10
    assert not [row for row in rows if row["option"] == "(other answers)"]


def test_a_declared_list_still_refuses_an_answer_that_it_does_not_know(run, tmp_path):
    form(tmp_path / "2024.csv", ["Tool"], [["Excel"], ["Python"], ["Excell"]] * 4)
    study = tmp_path / "study.toml"
    head = '[[waves]]\nname = "2024"\nfile = "2024.csv"\n[[questions]]\ntext = "Tool"\noptions = ["Excel", "Python"]\n'
    study.write_text(head, encoding="utf-8")
    assert "answers that its options do not know: `Excell` (4 people)" in run("topline", "-s", study).error()[0]
    study.write_text(head + 'other = "Something else"\n', encoding="utf-8")
    rows = run("topline", "-s", study, "-f", "json").rows
    assert [(row["option"], row["count"]) for row in rows[1:]] == [("Excel", 4), ("Python", 4), ("Something else", 4)]


def test_answers_stand_in_the_order_that_their_words_name_and_others_say_that_they_do_not(run, tmp_path):
    rows = [[doneness, drink] for doneness, drink in zip(["Medium"] * 9 + ["Well"] * 4 + ["Rare"] * 2, ["Tea"] * 7 + ["Milk"] * 5 + ["Water"] * 3, strict=True)]
    ran = run("topline", form(tmp_path / "w.csv", ["How should it be?", "Your drink"], rows), "-f", "json")
    assert [row["option"] for row in ran.rows if row["option"]] == ["Rare", "Medium", "Well", "Tea", "Milk", "Water"]
    assert "Nothing tells the order of the answers to 1 question, so the commonest stand first" in ran.text


def test_a_choice_to_specify_is_called_by_its_name_and_no_second_header(run, tmp_path):
    rows = [[drink] for drink in ["Tea"] * 7 + ["Milk"] * 5 + ["Other (please specify)"] * 3]
    ran = run("topline", form(tmp_path / "w.csv", ["Your drink"], rows))
    assert "please specify" not in ran.text
    assert "header row" not in ran.err


def test_answers_that_only_later_rows_of_a_long_file_have_are_counted(run, tmp_path):
    rows = [["Yes", "Never", "1"], ["No", "Weekly", ""], ["Yes", "Monthly", "1"]] * 7000 + [["Perhaps", "Daily", "n"], ["No", "Never", "1"]]
    ran = run("topline", form(tmp_path / "w.csv", ["Is it enough?", "How often?", "Ticked"], rows), "-f", "json")
    counts = {row["option"]: row["count"] for row in ran.rows if row["option"]}
    assert counts == {"Yes": 14000, "No": 7001, "Perhaps": 1, "Never": 7001, "Monthly": 7000, "Weekly": 7000, "Daily": 1, "1": 14001, "n": 1}
    assert [row["option"] for row in ran.rows if row["text"] == "How often?" and row["option"]] == ["Never", "Monthly", "Weekly", "Daily"]


def test_people_in_brackets_are_told_where_there_are_brackets(run, tmp_path):
    path = form(tmp_path / "w.csv", ["Do you have a mentor?"], [["Yes"], ["No"], ["Not sure"]] * 6)
    assert "People in brackets" in run("topline", path).text
    assert "People in brackets" not in run("topline", path, "-f", "html").text
