"""`rpgstat topline`: what people answered to single questions, from exports as they come."""

import csv
import json
import shutil

import docx
import pytest

HEADER = ["Respondent ID", "Team", "Have you had supervision?", "How likely are you to recommend us?", "Years here"]
WAYS = ["Email", "Post", "My manager"]


def export(path, people):
    """A file with two header rows, the second with the options of one question of several answers."""
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow([*HEADER, "How do you hear about changes? (Tick all that apply)", "", ""])
        write.writerow(["", "Response", "Response", "Response", "Response", *WAYS])
        write.writerows(people)


def people(start, yes, no, unsure, promoters, passives, detractors):
    """One row a person; every third ticks e-mail, every second the manager, and each seventh nothing."""
    said = ["Yes"] * yes + ["No"] * no + ["Not sure"] * unsure
    likely = ["9"] * promoters + ["8"] * passives + ["0"] * detractors
    assert len(said) == len(likely)
    for i, (answer, score) in enumerate(zip(said, likely, strict=True)):
        ticks = ["Email" if i % 3 == 0 and i % 7 else "", "", "My manager" if i % 2 == 0 and i % 7 else ""]
        yield [f"{start}{i:05}", "A" if i % 4 else "B", answer, score, str(i % 30), *ticks]


@pytest.fixture
def files(tmp_path):
    export(tmp_path / "2023.csv", people(118, 38, 42, 4, 21, 18, 45))
    export(tmp_path / "2024.csv", people(119, 60, 20, 17, 27, 43, 27))
    return tmp_path


def one(rows, question, option, wave, group=None):
    (found,) = [row for row in rows if (row["question"], row["option"], row["wave"], row["group"]) == (question, option, wave, group)]
    return found


def test_yes_and_no_by_wave(run, files):
    rows = run("topline", files / "2023.csv", files / "2024.csv", "-f", "json").rows
    before, after = (one(rows, "had_supervision", "Yes", wave) for wave in ("2023", "2024"))
    assert (before["count"], before["n"], after["count"], after["n"]) == (38, 80, 60, 80)
    assert after["change"] == pytest.approx(0.275)
    assert (after["change_low"], after["change_high"]) == pytest.approx((0.124447, 0.408781), abs=1e-6)
    assert after["p_value"] == pytest.approx(0.00038374, rel=1e-3)
    assert after["conclusion"] == "higher"
    unsure = one(rows, "had_supervision", "Not sure", "2023")
    assert (unsure["count"], unsure["share"], unsure["note"]) == (4, None, "counted, and in no share")
    assert one(rows, "had_supervision", "No", "2024")["p_value"] is None  # the mirror of yes is no second test


def test_recommending_is_a_net_score(run, files):
    rows = run("topline", files / "2023.csv", files / "2024.csv", "-f", "json").rows
    question = next(row["question"] for row in rows if row["kind"] == "nps")
    before, after = (one(rows, question, None, wave) for wave in ("2023", "2024"))
    assert (before["score"], after["score"]) == pytest.approx((-24 / 84, 0.0))
    assert (after["change"], after["change_low"], after["change_high"]) == pytest.approx((0.285714, 0.049781, 0.521647), abs=1e-6)


def test_of_several_answers_shares_are_of_those_who_gave_any(run, files):
    rows = run("topline", files / "2023.csv", "-f", "json").rows
    email = next(row for row in rows if row["option"] == "Email")
    ticked = sum(bool(i % 7) and (i % 3 == 0 or i % 2 == 0) for i in range(84))
    assert (email["n"], email["count"]) == (ticked, sum(bool(i % 7) and i % 3 == 0 for i in range(84)))
    assert next(row for row in rows if row["option"] == "Post")["count"] == 0


def test_a_score_of_anything_but_0_to_10_is_refused(run, files):
    study = files / "study.toml"
    study.write_text('[[waves]]\nname = "2023"\nfile = "2023.csv"\n[[questions]]\ntext = "Years here"\nkind = "nps"\n', encoding="utf-8")
    problem, hint = run("topline", "-s", study).error()
    assert "answers that are not from 0 to 10" in problem
    assert 'say kind = "single" or "number"' in hint


def test_who_was_asked_bounds_the_base_and_numbers_have_a_mean(run, files):
    study = files / "study.toml"
    study.write_text(
        '[[waves]]\nname = "2023"\nfile = "2023.csv"\n'
        '[[questions]]\nid = "had"\ntext = "Have you had supervision?"\n'
        '[[questions]]\nid = "years"\ntext = "Years here"\nkind = "number"\nasked_if = { had = ["Yes"] }\n',
        encoding="utf-8",
    )
    rows = run("topline", "-s", study, "-f", "json").rows
    years = one(rows, "years", None, "2023")
    assert (years["asked"], years["n"], years["answered"]) == (38, 38, 38)
    assert years["mean"] == pytest.approx(sum(i % 30 for i in range(38)) / 38)
    assert run("topline", "-s", study, "--question", "years", "-f", "json").rows == [row for row in rows if row["question"] == "years"]


def test_an_unknown_answer_is_named(run, files):
    study = files / "study.toml"
    question = '[[questions]]\ntext = "Have you had supervision?"\noptions = ["Yes", "No"]\n'
    study.write_text(f'[[waves]]\nname = "2023"\nfile = "2023.csv"\n{question}', encoding="utf-8")
    problem, _ = run("topline", "-s", study).error()
    assert "has answers that its options do not know: `Not sure` (4 people)" in problem


def test_small_groups_show_no_share(run, files):
    study = files / "study.toml"
    study.write_text(
        '[groups]\nteam = "Team"\n[disclosure]\nhide_below = 5\ndetail_from = 30\n'
        '[[waves]]\nname = "2023"\nfile = "2023.csv"\n[[questions]]\nid = "had"\ntext = "Have you had supervision?"\n',
        encoding="utf-8",
    )
    rows = run("topline", "-s", study, "--by", "team", "-f", "json").rows
    assert {row["share"] for row in rows if row["group"]} == {None}  # 20 of B said yes or no, and A would give them away
    assert {row["n"] for row in rows if row["group"] == "B" and row["option"] is None} == {20}
    assert {row["answered"] for row in rows if row["group"]} == {None}  # nor how many left it out
    assert one(rows, "had", "Not sure", "2023", "A")["count"] is None
    shown = run("topline", "-s", study, "--by", "team", "--no-suppression", "-f", "json").rows
    assert one(shown, "had", "Yes", "2023", "B")["share"] is not None


def test_changes_inside_groups_are_tested_where_they_are_seen(run, files):
    study = files / "study.toml"
    waves = "".join(f'[[waves]]\nname = "{wave}"\nfile = "{wave}.csv"\n' for wave in (2023, 2024))
    study.write_text(f'[groups]\nteam = "Team"\n{waves}[[questions]]\nid = "had"\ntext = "Have you had supervision?"\n', encoding="utf-8")
    rows = run("topline", "-s", study, "--by", "team", "-f", "json").rows
    inside = one(rows, "had", "Yes", "2024", "A")
    before = one(rows, "had", "Yes", "2023", "A")
    assert inside["change"] == pytest.approx(inside["share"] - before["share"])
    assert inside["p_adjusted"] == pytest.approx(min(1, 2 * inside["p_value"]))  # a family of both groups, apart from that of everyone
    assert one(rows, "had", "Yes", "2024")["p_adjusted"] == one(rows, "had", "Yes", "2024")["p_value"]
    study.write_text(study.read_text(encoding="utf-8") + "[disclosure]\nhide_below = 5\ndetail_from = 30\n", encoding="utf-8")
    hidden = run("topline", "-s", study, "--by", "team", "-f", "json").rows
    assert {row["change"] for row in hidden if row["group"]} == {None}


def test_the_options_of_one_question_with_several_answers_are_a_family_and_so_are_the_waves(run, files):
    export(files / "2025.csv", people(120, 70, 10, 17, 27, 43, 27))
    rows = run("topline", files / "2023.csv", files / "2024.csv", files / "2025.csv", "-f", "json").rows
    yes = [one(rows, "had_supervision", "Yes", wave) for wave in ("2024", "2025")]
    assert {row["reference"] for row in yes} == {"2023"}
    several = [row for row in rows if row["kind"] == "multiple" and row["p_value"] is not None]
    single = [row for row in rows if row["kind"] != "multiple" and row["p_value"] is not None]
    for family in (several, single):
        least = min(family, key=lambda row: row["p_value"])
        assert least["p_adjusted"] == pytest.approx(min(1, len(family) * least["p_value"]))


def test_the_order_of_rows_does_not_matter(run, tmp_path):
    rows = list(people(118, 38, 42, 4, 21, 18, 45))
    export(tmp_path / "a.csv", rows)
    first = run("topline", tmp_path / "a.csv", "-f", "csv").text
    export(tmp_path / "a.csv", rows[::-1])
    assert run("topline", tmp_path / "a.csv", "-f", "csv").text == first


def test_what_init_drafts_is_what_exports_show(run, files):
    run("init", files / "2023.csv", files / "2024.csv", "-o", files / "study.toml")
    drafted = run("topline", "-s", files / "study.toml", "-f", "json").rows
    assert drafted == run("topline", files / "2023.csv", files / "2024.csv", "-f", "json").rows


def test_statements_option_by_option_and_documents(run, tmp_path, rpg):
    ran = run("topline", "-s", rpg / "study.toml", "--batteries", "-o", tmp_path / "a.docx", "-o", tmp_path / "a.xlsx", "-o", tmp_path / "a.png")
    assert ran.code == 0, ran.err
    assert {path.name for path in tmp_path.iterdir()} == {"a.docx", "a.xlsx", "a.png"}
    assert "## Disagree strongly" in run("topline", "-s", rpg / "study.toml", "--batteries", "--plot").text  # the key of stacked bars


def test_a_question_that_makes_a_group_is_left_to_response(run, files):
    study = files / "study.toml"
    study.write_text('[groups]\nteam = "Team"\n[[waves]]\nname = "2023"\nfile = "2023.csv"\n', encoding="utf-8")
    ran = run("topline", "-s", study, "-f", "json")
    assert "team" not in {row["question"] for row in ran.rows}
    assert "`team` is group `team`: `rpgstat response --by team` shows who answered" in ran.err


def test_a_report_has_a_chapter_of_the_questions_that_a_study_declares(run, rpg, tmp_path):
    study = shutil.copytree(rpg, tmp_path / "rpg") / "study.toml"
    question = '\n[[questions]]\nid = "began"\ntext = "Start Date"\nkind = "date"\n'
    study.write_text(study.read_text(encoding="utf-8") + question, encoding="utf-8")
    ran = run("report", "-s", study, "-o", tmp_path / "r.html")
    assert ran.code == 0, ran.err
    assert "Start Date" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_a_word_template_takes_figures_of_questions(run, files):
    document = docx.Document()
    document.add_paragraph("{{ value:topline.had.share [option=Yes, wave=2024] }} had supervision")
    document.save(files / "template.docx")
    study = files / "study.toml"
    waves = "".join(f'[[waves]]\nname = "{wave}"\nfile = "{wave}.csv"\n' for wave in (2023, 2024))
    study.write_text(f'{waves}[[questions]]\nid = "had"\ntext = "Have you had supervision?"\n', encoding="utf-8")
    ran = run("fill", files / "template.docx", "-s", study, "-o", files / "out.docx")
    assert ran.code == 0, ran.err
    assert docx.Document(files / "out.docx").paragraphs[0].text == "75% had supervision"


def test_a_group_of_exports_without_a_study_is_no_question(run, files):
    rows = run("topline", files / "2023.csv", "--by", "Team", "-f", "json").rows
    assert "team" not in {row["question"] for row in rows}
    assert {row["group"] for row in rows} == {None, "A", "B"}


def test_who_answered_is_one_table_of_all_groups(run, files):
    study = files / "study.toml"
    waves = "".join(f'[[waves]]\nname = "{wave}"\nfile = "{wave}.csv"\n' for wave in (2023, 2024))
    study.write_text(f'[groups]\nteam = "Team"\n{waves}[[questions]]\nid = "had"\ntext = "Have you had supervision?"\n', encoding="utf-8")
    ran = run("topline", "-s", study, "-f", "json")
    (people_,) = [result for result in json.loads(ran.out)["results"] if result["name"] == "people"]
    found = {(row["group"], row["wave"]): (row["n"], row["share"]) for row in people_["rows"]}
    assert found == {
        (None, "2023"): (84, None),
        ("A", "2023"): (63, 0.75),
        ("B", "2023"): (21, 0.25),
        (None, "2024"): (97, None),
        ("A", "2024"): (72, pytest.approx(72 / 97)),
        ("B", "2024"): (25, pytest.approx(25 / 97)),
    }
    shown = run("topline", "-s", study, "--result", "people")
    assert ["A", "63", "75", "%", "72", "74", "%"] in [line.split() for line in shown.text.splitlines()]
    hidden = study.read_text(encoding="utf-8") + "[disclosure]\nhide_below = 30\ndetail_from = 30\n"
    study.write_text(hidden, encoding="utf-8")
    rows = next(result for result in json.loads(run("topline", "-s", study, "-f", "json").out)["results"] if result["name"] == "people")["rows"]
    assert {row["n"] for row in rows if row["group"]} == {None}
