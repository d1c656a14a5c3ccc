"""`rpgstat themes` and `agreement` as their users meet them: coding files in, people counted, nobody told."""

from __future__ import annotations

import csv
import io
import math
import re
import sqlite3
import zipfile

import pytest
from docx import Document

import rpgstat
from rpgstat.stats.paired_shares import YesNo, share_overlap
from rpgstat.stats.sample import two_sided_t

THEMES = "\n".join(f'[[themes]]\nname = "{name}"\nvalence = "{valence}"' for name, valence in (("Hope", "positive"), ("Cross", "negative")))
STUDY = f"""
[groups]
role = "Role"
[[waves]]
name = "one"
[[waves]]
name = "two"
{THEMES}
[[coded]]
name = "What changed?"
wave = {{ column = "Wave" }}
file = "answers.csv"
unit = "Respondent ID"
"""
SECRET = "the lift was always broken"


def answers(counts):
    """A coding file: by wave and role how many wrote, named hope, and were cross; each with words that must never be written."""
    rows, place = ["Respondent ID,Wave,Role,What changed?,Hope,Cross"], 0
    for (wave, role), (n, hope, cross) in counts.items():
        for i in range(n):
            place += 1
            rows.append(f"SECRET-{place},{wave},{role},{SECRET},{'x' if i < hope else ''},{'x' if n - i <= cross else ''}")
        rows.append(f"SECRET-{place}b,{wave},{role},,,")
    return "\n".join(rows) + "\n"


COUNTS = {
    ("one", "worker"): (20, 9, 8), ("one", "lead"): (12, 6, 3), ("one", "head"): (4, 1, 2),
    ("two", "worker"): (40, 30, 6), ("two", "lead"): (14, 8, 1), ("two", "head"): (6, 5, 0),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "study.toml").write_text(STUDY, encoding="utf-8")
    (tmp_path / "answers.csv").write_text(answers(COUNTS), encoding="utf-8")
    return tmp_path


def rows(ran, name="themes"):
    return next(result["rows"] for result in ran.document["results"] if result["name"] == name)


def test_people_are_counted_and_their_change_is_tested(command, folder):
    ran = command("themes", "-f", "json", cwd=folder)
    found = {(row["wave"], row["theme"]): row for row in rows(ran)}
    assert (found["one", "Hope"]["mentions"], found["one", "Hope"]["n"]) == (16, 36)
    assert (found["two", "Cross"]["mentions"], found["two", "Cross"]["conclusion"]) == (7, "fewer")
    assert "In one 36 of 39 in the coding file wrote an answer." in ran.document["results"][0]["notes"]


def test_files_can_be_named_without_a_study(command, folder):
    (folder / "study.toml").unlink()
    ran = command("themes", "answers.csv", "-f", "json", cwd=folder)
    assert [row["theme"] for row in rows(ran)] == ["Hope", "Cross", "(no theme)"]
    assert "read as answers" in ran.err


FORMATS = ("csv", "json", "html", "md", "tex", "docx", "xlsx", "svg")


def whole(path):
    """All the text in a file of any kind."""
    data = path.read_bytes()
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return data.decode("utf-8", "replace")


COMMANDS = (
    ("themes", "--by", "role", "--together", "--codes"),
    ("agreement",),
    ("joint",),
)


@pytest.fixture
def whole_study(folder):
    """Two coders, interviews and a quotation besides the answers; a survey with a statement; every unit and text of them secret."""
    (folder / "ben.csv").write_text(answers({key: (n, max(0, hope - 1), cross) for key, (n, hope, cross) in COUNTS.items()}), encoding="utf-8")
    talks = "".join(f"SECRET-talk-{i},{'one' if i < 6 else 'two'},{'Hope' if i % 2 else 'Cross'},{SECRET}\n" for i in range(12))
    (folder / "talks.csv").write_text(f"Document,Wave,Code,Segment\n{talks}", encoding="utf-8")
    (folder / "quotes.csv").write_text("theme,wave,source,speaker,quote\nhope,one,SECRET-talk-1,Speaker A,always broken\n", encoding="utf-8")
    lines = [f"SECRET-{i},{'one' if i % 2 else 'two'},worker,{('Agree', 'Disagree')[i % 3 == 0]}" for i in range(60)]
    (folder / "survey.csv").write_text("Respondent ID,Wave,Role,I cope\n" + "\n".join(lines) + "\n", encoding="utf-8")
    study = STUDY.replace('file = "answers.csv"', 'file = ["answers.csv", "ben.csv"]\ncoders = ["Anna", "Ben"]\ncount = "Anna"')
    study += '[[coded]]\nname = "Talks"\nkind = "interviews"\nwave = { column = "Wave" }\nfile = "talks.csv"\n[quotes]\nfile = "quotes.csv"\n'
    study += '[[joint]]\ntheme = "hope"\nrows = "compare.cope"\nfit = "expands"\n[scales.a]\nlevels = ["Disagree", "Agree"]\n'
    study += '[[batteries]]\nname = "B"\nscale = "a"\nitems = [{ id = "cope", text = "I cope" }]\n'
    head = 'id = "Respondent ID"\n[data]\nfile = "survey.csv"\nwave = "Wave"\n'
    (folder / "study.toml").write_text(head + study, encoding="utf-8")
    return folder


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_output_holds_a_unit_or_what_anybody_wrote(command, whole_study, arguments):
    formats = [suffix for suffix in FORMATS if suffix != "svg" or arguments[0] in ("themes", "joint")]
    ran = command(*arguments, *(word for suffix in formats for word in ("-o", f"out.{suffix}")), "--force", cwd=whole_study)
    assert ran.code == 0, ran.err
    written = [path for path in whole_study.iterdir() if path.name.startswith("out")]
    assert len(written) >= len(formats)
    shown = command(*arguments, cwd=whole_study)
    assert shown.code == 0
    for text in (*map(whole, written), ran.err, shown.text, shown.err):
        assert "SECRET" not in text
        assert SECRET not in text


def test_no_report_holds_a_unit_or_what_anybody_wrote_but_the_declared_quotation(command, whole_study):
    ran = command("report", "-o", "r.docx", "-o", "r.html", cwd=whole_study)
    assert ran.code == 0, ran.err
    for text in (whole(whole_study / "r.docx"), whole(whole_study / "r.html"), ran.err):
        assert "SECRET" not in text
        assert SECRET not in text
    assert "always broken" in whole(whole_study / "r.html")


def test_no_count_of_one_to_four_of_a_group_is_shown_or_can_be_worked_out(command, folder):
    found = rows(command("themes", "--by", "role", "-f", "json", cwd=folder))
    for wave in ("one", "two"):
        for theme, place in (("Hope", 1), ("Cross", 2)):
            own = {row["group"]: row for row in found if row["wave"] == wave and row["theme"] == theme and row["group"]}
            total = next(row["mentions"] for row in found if row["wave"] == wave and row["theme"] == theme and not row["group"])
            hidden = {group for group, row in own.items() if row["mentions"] is None}
            for group, row in own.items():
                assert group in hidden or row["mentions"] == 0 or (row["mentions"] > 4 and row["n"] > 9)
                assert group not in hidden or all(row[key] is None for key in ("share", "share_low", "codings", "rank"))
            assert len(hidden) != 1
            left = total - sum(row["mentions"] for group, row in own.items() if group not in hidden)
            assert left == sum(COUNTS[wave, group][place] for group in hidden)
    assert {row["n"] for row in found if row["group"] == "head" and row["wave"] == "one"} == {None}


def test_groups_stand_in_one_order_whoever_answered_first(command, folder):
    orders = []
    for counts in (COUNTS, dict(reversed(COUNTS.items()))):
        (folder / "answers.csv").write_text(answers(counts), encoding="utf-8")
        found = rows(command("themes", "--by", "role", "-f", "json", cwd=folder))
        orders.append(list(dict.fromkeys(row["group"] for row in found if row["group"])))
    assert orders == [["head", "lead", "worker"]] * 2
    (folder / "study.toml").write_text(STUDY.replace('role = "Role"', 'role = { column = "Role", levels = ["worker", "lead", "head"] }'), encoding="utf-8")
    found = rows(command("themes", "--by", "role", "-f", "json", cwd=folder))
    assert list(dict.fromkeys(row["group"] for row in found if row["group"])) == ["worker", "lead", "head"]


def test_people_with_ids_of_their_own_are_met_again(command, folder):
    def told(wave, first, n, hope):
        return [f"staff-{first + i},{wave},words,{'x' if i in hope else ''}" for i in range(n)]

    lines = ["Staff number,Wave,What changed?,Hope", *told("one", 0, 20, {*range(10)}), *told("two", 8, 30, {*range(5, 27)}), "staff-0,two,,"]
    (folder / "answers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    study = STUDY.replace("Respondent ID", "Staff number").replace('[[themes]]\nname = "Cross"\nvalence = "negative"', "")
    (folder / "study.toml").write_text('id = "Staff number"\n' + study, encoding="utf-8")
    ran = command("themes", "-f", "json", cwd=folder)
    row = next(row for row in rows(ran) if row["wave"] == "two" and row["theme"] == "Hope")
    pairs = YesNo(both=0, left=2, joined=7, neither=3)
    assert (row["n_both"], row["correlation"]) == (12, pytest.approx(pairs.phi))
    assert row["p_value"] == pytest.approx(share_overlap(count_reference=10, n_reference=20, count=22, n=30, pairs=pairs).p_value)
    assert "12 people wrote an answer in both one and two" in " ".join(ran.document["results"][0]["notes"])
    (folder / "study.toml").write_text(study, encoding="utf-8")
    assert all(row["n_both"] is None for row in rows(command("themes", "-f", "json", cwd=folder)))


def test_of_three_waves_errors_are_clustered_on_the_people_of_all(command, folder):
    waves = {"one": (range(20), range(10)), "two": (range(8, 38), range(13, 35)), "three": (range(15, 50), range(20, 44))}  # who wrote, who hopes
    rest = [f"staff-{i},{wave},words,{'x' if i in hope else ''}" for wave, (wrote, hope) in waves.items() for i in wrote]
    (folder / "answers.csv").write_text("\n".join(["Staff number,Wave,What changed?,Hope", *rest]) + "\n", encoding="utf-8")
    study = STUDY.replace("Respondent ID", "Staff number").replace('[[themes]]\nname = "Cross"\nvalence = "negative"', "")
    study = study.replace('name = "two"\n', 'name = "two"\n[[waves]]\nname = "three"\n')
    (folder / "study.toml").write_text('id = "Staff number"\n' + study, encoding="utf-8")
    ran = command("themes", "-f", "json", cwd=folder)
    for wave in ("two", "three"):
        row = next(row for row in rows(ran) if row["wave"] == wave and row["theme"] == "Hope")
        means = {name: len({*hope} & {*wrote}) / len(wrote) for name, (wrote, hope) in waves.items()}
        z = dict.fromkeys(range(50), 0.0)
        for sign, name in ((-1, "one"), (1, wave)):
            for i in waves[name][0]:
                z[i] += sign * ((i in waves[name][1]) - means[name]) / len(waves[name][0])
        error = math.sqrt(50 / 49 * sum(own * own for own in z.values()))
        assert row["change"] == pytest.approx(means[wave] - means["one"])
        assert row["p_value"] == pytest.approx(two_sided_t(statistic=row["change"] / error, df=49))
        assert row["change_low"] < row["change"] < row["change_high"]
    assert "As 3 waves are compared, errors are clustered on the people of all of them" in " ".join(ran.document["results"][0]["notes"])


def test_no_suppression_says_so(command, folder):
    ran = command("themes", "--by", "role", "--no-suppression", "-f", "json", cwd=folder)
    assert {row["mentions"] for row in rows(ran) if row["group"] == "head" and row["wave"] == "one"} == {1, 2}
    assert "suppression is off" in ran.err


def test_agreement_of_two_files_and_where_they_differ(command, folder):
    text = answers(COUNTS)
    (folder / "ben.csv").write_text(
        text.replace("SECRET-1,one,worker,the lift was always broken,x,", "SECRET-1,one,worker,the lift was always broken,,"), encoding="utf-8"
    )
    study = STUDY.replace('file = "answers.csv"', 'file = ["answers.csv", "ben.csv"]\ncoders = ["Anna", "Ben"]')
    (folder / "study.toml").write_text(study, encoding="utf-8")
    problem, hint = command("themes", cwd=folder).error()
    assert "its coders (Anna and Ben) differ" in problem
    assert "count" in hint
    (folder / "study.toml").write_text(study + 'count = "Anna"\n', encoding="utf-8")
    found = {(row["wave"], row["theme"]): row for row in command("agreement", "-f", "json", cwd=folder).rows}
    assert (found["one", "Hope"]["units"], found["one", "Hope"]["agreement"]) == (36, pytest.approx(35 / 36))
    assert found["two", "Hope"]["kappa"] == pytest.approx(1)
    listed = command("agreement", "--disagreements", "--result", "disagreements", "-f", "csv", cwd=folder)
    assert [(row["unit"], row["code"]) for row in csv.DictReader(io.StringIO(listed.text))] == [("SECRET-1", "Hope")]
    assert "for the coders only" in listed.err
    page = command("agreement", "--disagreements", "-o", "all.docx", "-o", "all.html", "-o", "all.tex", "-f", "table", cwd=folder)
    assert re.search(r"(?m)^one +SECRET-1 +Hope +Anna +Ben$", page.text)


def test_agreement_needs_two_coders(command, folder):
    assert command("agreement", cwd=folder).error()[0] == "nothing was coded by two coders"


def test_groups_may_come_from_the_survey_by_its_ids(command, rpg):
    found = rows(command("themes", "--by", "role", "-f", "json", cwd=rpg))
    whole = {row["theme"]: row for row in found if row["wave"] == "+3 years" and row["by"] is None and row["kind"] == "answers"}
    assert (whole["Changes to practice"]["n"], whole["Changes to practice"]["mentions"]) == (52, 19)
    assert whole["Changes to practice"]["share_returned"] == pytest.approx(19 / 75)
    groups = {row["group"] for row in found if row["by"] == "role"}
    assert "Social worker" in groups


def test_units_that_no_survey_knows_are_told_without_naming_them(command, rpg, tmp_path):
    for path in rpg.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    sheet = tmp_path / "answers-1-anna.csv"
    sheet.write_text(sheet.read_text(encoding="utf-8").replace("10538512649", "10538512640"), encoding="utf-8")
    problem, _ = command("themes", "--by", "role", cwd=tmp_path).error()
    assert 'unit in no survey export of "+1 year" (by Respondent ID)' in problem
    assert "10538512640" not in problem


def test_a_template_names_themes_by_their_short_names_in_every_result(command, rpg, tmp_path):
    for path in rpg.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    document = Document()
    for words in ("{{ table:themes }}", "{{ table:themes.quotes }}", "{{ table:joint }}", "{{ table:agreement }}"):
        document.add_paragraph(words)
    document.add_paragraph("{{ value:themes.support.share [wave=+3 years] }} and {{ value:agreement.support.alpha [wave=+3 years] }}")
    document.add_paragraph("{{ value:joint.negative.mentions [kind=answers] }}")
    document.save(tmp_path / "template.docx")
    ran = command("fill", "template.docx", "-o", "filled.docx", cwd=tmp_path)
    assert ran.code == 0, ran.err
    text = [paragraph.text.replace("\N{NO-BREAK SPACE}", " ") for paragraph in Document(tmp_path / "filled.docx").paragraphs]
    assert "38 % and 0.92" in text or "38% and 0.92" in text
    assert "6" in text
    assert len(Document(tmp_path / "filled.docx").tables) >= 4


def test_a_word_table_holds_what_the_data_do(command, folder):
    assert command("themes", "-o", "out.docx", cwd=folder).code == 0
    text = [cell.text for table in Document(folder / "out.docx").tables for row in table.rows for cell in row.cells]
    assert "16\N{NO-BREAK SPACE}of\N{NO-BREAK SPACE}36" in text


def test_a_project_of_another_program_is_refused_with_the_way_out(command, folder):
    (folder / "project.nvpx").write_bytes(b"NVivo")
    problem, hint = command("themes", "project.nvpx", "--study", "study.toml", cwd=folder).error()
    assert problem
    (folder / "study.toml").unlink()
    problem, hint = command("themes", "project.nvpx", cwd=folder).error()
    assert "NVivo" in problem
    assert "REFI-QDA" in hint


def test_a_database_of_something_else_is_refused(command, tmp_path):
    with sqlite3.connect(tmp_path / "other.sqlite3") as database:
        database.execute("create table people (name)")
    database.close()
    assert "no project of Taguette" in command("themes", "other.sqlite3", cwd=tmp_path).error()[0]


def test_a_study_without_coded_material_says_what_to_declare(command, tmp_path):
    (tmp_path / "study.toml").write_text("[[coded]]\nname = 'x'\nfile = 'x.csv'\n", encoding="utf-8")
    assert "no file" in command("themes", cwd=tmp_path).error()[0]
    assert "declares no statements" in command("compare", cwd=tmp_path).error()[0]


def test_the_same_in_python(rpg):
    results = rpgstat.themes(study=rpg / "study.toml", wave="+3 years")
    assert {row["wave"] for row in results["themes"].rows} == {"+3 years"}
    assert results["themes"].rows[0]["reference"] == "+1 year"
    assert "What people said" in results._repr_html_() or "what people said" in results._repr_html_()


QUOTED = """
[quotes]
file = "quotes.csv"
names = "names.txt"
"""
LIFT = "hope,one,SECRET-1,Worker A,the lift was always broken"


@pytest.fixture
def quoting(folder):
    """The study with quotations; each row is theme, wave, source, speaker, quote."""

    def make(*lines, more=""):
        (folder / "quotes.csv").write_text("theme,wave,source,speaker,quote\n" + "\n".join(lines) + "\n", encoding="utf-8")
        (folder / "names.txt").write_text("# colleagues\nAnn Other\n", encoding="utf-8")
        study = STUDY.replace('name = "one"', f'name = "one"\n{more}', 1)
        (folder / "study.toml").write_text(study + QUOTED, encoding="utf-8")
        return folder

    return make


def test_a_declared_quotation_is_shown_as_it_is_and_its_source_is_not(command, quoting):
    ran = command("themes", "--result", "quotes", "-f", "json", cwd=quoting(LIFT))
    (row,) = ran.rows
    assert (row["quote"], row["speaker"], row["found"]) == ("the lift was always broken", "Worker A", "word for word")
    assert "SECRET" not in ran.text


def test_words_that_do_not_stand_in_the_source_are_told_of(command, quoting):
    ran = command("themes", "--result", "quotes", "-f", "json", cwd=quoting(LIFT.replace("always", "never")))
    assert ran.rows[0]["found"] == "not found"
    assert "quotes.csv: the words of row 2 do not stand in the source that is named" in ran.err


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (LIFT + " said Ann Other", "row 2: the quotation holds a name that is listed"),
        (LIFT + " on 3/4/2018", "row 2: the quotation holds a date"),
        (LIFT.replace("Worker A", "Dr Patel"), "row 2: the speaker holds a title with a name"),
        (LIFT.replace("Worker A", "a head"), "the speaker is called by a role, `head`, that fewer than 5 people have in one"),
        (LIFT.replace("Worker A", "a head").replace(",one,", ",,"), "that fewer than 5 people have in one"),
        (LIFT.replace("hope", "hop"), "row 2 is of theme `hop`, which the study does not declare"),
        (LIFT.replace(",one,", ",three,"), "row 2 is of wave `three`, in which nothing was coded"),
        (LIFT.replace("Worker A", ""), "row 2 has no speaker"),
        (f"{LIFT}\n{LIFT.replace('Worker A', 'Worker B')}", "rows 2 and 3 are of one source, and call its speaker differently"),
        (f"{LIFT}\n{LIFT.replace('SECRET-1,', 'SECRET-2,')}", "rows 2 and 3 are of two sources, and call their speakers the same"),
    ],
)
def test_a_quotation_that_may_tell_who_speaks_is_refused(command, quoting, line, problem):
    told, hint = command("themes", cwd=quoting(line, more="invited_by = { role = { head = 4, worker = 60 } }")).error()
    assert problem in told
    assert "SECRET" not in told + hint


def test_speakers_called_by_their_groups_who_are_nearly_all_that_spoke_of_a_theme_are_told_of(command, quoting):
    warned = "which tells how many of each group did; leave groups out of speakers, or pass on no themes by group"
    invited = "invited_by = { role = { head = 40, worker = 60 } }"
    lines = [f'cross,two,SECRET-{place},"Respondent {place}, worker",{SECRET}' for place in (71, 72, 73)]  # of seven who were
    ran = command("themes", "--result", "quotes", cwd=quoting(*lines, more=invited))
    assert f"quotes.csv: all who spoke of `Cross` in two, or nearly, are quoted and called by a group, {warned}" in ran.err
    for fewer in (lines[:2], [line.replace(", worker", "") for line in lines]):
        assert warned not in command("themes", "--result", "quotes", cwd=quoting(*fewer, more=invited)).err


def test_a_speaker_called_by_two_groups_that_few_people_have_both_is_refused(command, rpg, tmp_path):
    for path in rpg.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    study = tmp_path / "study.toml"
    declared = '[groups.place]\ncolumn = "Where do you work?"\nlevels = ["North", "South"]\n\n[scales.agreement]'
    study.write_text(study.read_text(encoding="utf-8").replace("[scales.agreement]", declared).replace("wave-3.xlsx", "wave-3.csv"), encoding="utf-8")
    for name in ("wave-1.csv", "wave-3.csv"):  # a social worker in the north is one of three
        rows = list(csv.reader(io.StringIO((rpg / "wave-1.csv").read_text(encoding="utf-8"))))
        role, met = rows[0].index("What is your job role?"), 0
        for at, row in enumerate(rows):
            social = row[role] == "Social worker"
            met += social
            north = met <= 3 if social else at % 2
            row.append(["Where do you work?", "Response"][at] if at < 2 else "North" if north else "South")
        with (tmp_path / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    quotes = tmp_path / "quotes.csv"
    quotes.write_text('theme,wave,source,speaker,quote\nsupport,+1 year,Interview 3,"Social worker, South",I feel less alone with it all.\n', encoding="utf-8")
    assert command("themes", "--result", "quotes", cwd=tmp_path).code == 0
    quotes.write_text(quotes.read_text(encoding="utf-8").replace("South", "North"), encoding="utf-8")
    told, _ = command("themes", "--result", "quotes", cwd=tmp_path).error()
    assert "called by two groups, `Social worker` and `North`, that fewer than 5 people have both" in told


def test_names_pass_when_that_is_asked_for(command, quoting):
    assert command("themes", "--allow-names", cwd=quoting(LIFT + " said Ann Other")).code == 0


def test_themes_beside_statements(command, rpg, tmp_path):
    ran = command("joint", "-f", "json", cwd=rpg)
    rows = {(row["theme"], row["kind"], row["row"]): row for row in ran.rows}
    strain = rows["Emotional support and reassurance", "answers", "compare.strain"]
    assert (strain["fit"], strain["direction"], strain["conclusion"]) == ("confirms", "same way", "higher")
    assert rows["Capacity for reflection", "interviews", None]["fit"] == "silent"
    assert rows["Negative group experience", "answers", "compare.peers"]["direction"] == "other way"
    assert command("joint", "--fail-on", "contradicted", cwd=rpg).code == 0
    for path in rpg.iterdir():
        if path.is_file():
            (tmp_path / path.name).write_bytes(path.read_bytes())
    study = tmp_path / "study.toml"
    study.write_text(study.read_text(encoding="utf-8").replace('fit = "differs"', 'fit = "confirms"'), encoding="utf-8")
    ran = command("joint", "--fail-on", "contradicted", cwd=tmp_path)
    assert ran.code == 1
    assert "declared as `confirms`, but compare.peers points the other way" in ran.err
    study.write_text(study.read_text(encoding="utf-8").replace("compare.peers", "compare.pears"), encoding="utf-8")
    problem, _ = command("joint", cwd=tmp_path).error()
    assert "joint[4].rows: `compare.pears`" in problem
    assert "did you mean `peers`" in problem


def test_interviews_have_no_blank_columns_of_changes_in_documents(command, rpg, tmp_path):
    assert command("themes", "-o", str(tmp_path / "out.docx"), cwd=rpg).code == 0
    headings = [[cell.text for cell in table.rows[0].cells] for table in Document(tmp_path / "out.docx").tables]
    assert any("Change" in row for row in headings)
    assert ["Theme", "Wave", "Mentions"] in headings
