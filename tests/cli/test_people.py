"""Who is a person, through the installed command."""

import json

import pytest

ANSWERS = ("Strongly disagree", "Disagree", "Agree", "Strongly agree")
STUDY = """
id = "Code"
[scales.agreement]
levels = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
[[waves]]
name = "pre"
file = "pre.csv"
[[waves]]
name = "post"
file = "post.csv"
[[batteries]]
name = "Knowledge"
scale = "agreement"
items = ["I know the rules"]
"""


def table(folder, name, header, rows):
    (folder / name).write_text("\n".join([header, *(",".join(row) for row in rows)]) + "\n", encoding="utf-8")


def answers(i):
    return ANSWERS[i % 4], ANSWERS[(i // 2) % 4]


def test_people_who_stand_twice_count_once_and_it_is_told(command, tmp_path):
    people = [(f"r{i}", *answers(i)) for i in range(30)]
    table(tmp_path, "one.csv", "Respondent ID,I feel safe,I am heard", [*people, *people[:9]])
    table(tmp_path, "two.csv", "Respondent ID,I feel safe,I am heard", people)
    ran = command("compare", "one.csv", "two.csv", "-f", "json", cwd=tmp_path)
    assert {(row["n_reference"], row["n"]) for row in ran.rows} == {(30, 30)}
    assert [one["rows"] for one in ran.document["inputs"]] == [30, 30]
    assert any(line.startswith("one.csv: 9 rows repeat a `Respondent ID`") for line in ran.document["warnings"])
    assert "one.csv: 9 rows repeat a `Respondent ID`" in ran.err
    assert "r1" not in ran.err


def test_previews_are_left_out_and_the_unfinished_told(command, tmp_path):
    rows = [("IP Address", "True", f"R_{i}", *answers(i)) for i in range(20)]
    rows += [("Survey Preview", "True", f"P_{i}", *answers(i)) for i in range(3)] + [("IP Address", "False", f"U_{i}", *answers(i)) for i in range(5)]
    table(tmp_path, "q.csv", "Status,Finished,ResponseId,Q1_1,Q1_2", rows)
    ran = command("score", "q.csv", "-f", "json", cwd=tmp_path)
    assert {row["n"] for row in ran.rows} == {25}
    assert "q.csv: left out, as no respondents: 3 previews" in ran.err
    assert "q.csv: n = 25, of whom 5 are unfinished" in ran.err


def test_those_who_declined_consent_are_left_out_unless_a_study_keeps_them(command, tmp_path):
    rows = [("Yes", *answers(i)) for i in range(16)] + [("No", "", ""), ("No", *answers(1))]
    table(tmp_path, "c.csv", "Do you consent to take part?,I feel safe,I am heard", rows)
    ran = command("score", "c.csv", "-f", "json", cwd=tmp_path)
    assert {row["n"] for row in ran.rows} == {16}
    assert "c.csv: left out, as no respondents: 2 people who declined consent" in ran.err


def test_a_column_of_waves_in_no_known_order_is_told_of(command, tmp_path):
    table(tmp_path, "x.csv", "Survey wave,I feel safe,I am heard", [("Main" if i % 2 else "Pilot", *answers(i * 3)) for i in range(40)])
    ran = command("score", "x.csv", cwd=tmp_path)
    assert "column `Survey wave` holds `Main` and `Pilot`, of which nobody says what came first, so they are counted together" in ran.err
    assert 'declare [data] wave = "Survey wave"' in ran.err
    table(tmp_path, "y.csv", "Site,I feel safe,I am heard", [("Main" if i % 2 else "Pilot", *answers(i * 3)) for i in range(40)])
    assert "counted together" not in command("score", "y.csv", cwd=tmp_path).err


def test_one_file_of_two_waves_names_its_column(command, tmp_path):
    table(tmp_path, "x.csv", "Timepoint,I feel safe,I am heard", [("Second" if i % 2 else "First", *answers(i * 3)) for i in range(40)])
    problem, hint = command("compare", "x.csv", cwd=tmp_path).error()
    assert "`Timepoint` seems to tell waves apart" in problem
    assert 'declares [data] wave = "Timepoint"' in hint
    assert "column `Timepoint` holds `First` and `Second`, which are counted together" in command("score", "x.csv", cwd=tmp_path).err
    assert command("init", "x.csv", "-o", "study.toml", cwd=tmp_path).code == 0
    text = (tmp_path / "study.toml").read_text(encoding="utf-8")
    assert '[data]\nfile = "x.csv"\nwave = "Timepoint"\n' in text
    assert text.index('name = "First"') < text.index('name = "Second"')
    ran = command("compare", "-f", "json", cwd=tmp_path)
    assert {(row["reference"], row["wave"], row["n_reference"], row["n"]) for row in ran.rows} == {("First", "Second", 20, 20)}


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (range(10), range(10), "10 of 10 ids stand in both waves"),
        (range(20), range(8, 25), "12 of 20 and 17 ids stand in both waves"),
        (range(10), range(7, 17), "fewer than 5 of 10 ids stand in both waves"),
        (range(10), range(10, 20), "0 of 10 ids stand in both waves"),
    ],
)
def test_people_who_answered_both_waves_are_counted_in_a_note(command, tmp_path, before, after, told):
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    for name, people in (("pre.csv", before), ("post.csv", after)):
        table(tmp_path, name, "Code,I know the rules", [(f"k{i}", answers(i)[0]) for i in people])
    ran = command("compare", "-f", "json", cwd=tmp_path)
    assert f"{told}." in json.loads(ran.out)["results"][0]["notes"]
