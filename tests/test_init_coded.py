"""`init` of coding files: what was recognised is declared, and themes are drafted as comments."""

import pytest
import xlsxwriter

import rpgstat
from rpgstat import UserError
from rpgstat.study import from_toml


def test_a_coding_table_is_drafted_with_its_top_codes(tmp_path):
    (tmp_path / "coded.csv").write_text("Respondent ID,Comment,Code 1,Code 2\n1,secret words,Hope > Future,Calm\n2,other words,Hope,\n3,,,\n", encoding="utf-8")
    text, assumed = rpgstat.init(tmp_path / "coded.csv", beside=tmp_path)
    study = from_toml(text)
    assert [(one.kind, one.files) for one in study.coded] == [("answers", ("coded.csv",))]
    assert study.themes == ()
    assert '# name = "Hope"' in text
    assert "# 2 units of 3" in text
    assert "3 codings of 3 codes in 3 units" in assumed[0]
    assert "words" not in text.replace("in words", "")
    wanted = ("# [[themes]]", '# name = "', '# id = "')
    uncommented = "\n".join(line.removeprefix("# ") if line.startswith(wanted) else line for line in text.splitlines())
    (tmp_path / "study.toml").write_text(uncommented, encoding="utf-8")
    found = rpgstat.themes(study=tmp_path / "study.toml").frame
    assert dict(found.select("theme", "mentions").rows()) == {"Hope": 2, "Calm": 1, "(no theme)": 0}


def test_a_database_is_known_by_its_name_and_a_survey_stays_one(tmp_path, rpg):
    (tmp_path / "x.sqlite3").write_bytes(b"SQLite format 3\0" + b"\0" * 84)
    with pytest.raises(UserError, match=r"x.sqlite3: the database is damaged"):
        rpgstat.init(tmp_path / "x.sqlite3", beside=tmp_path)
    text, _ = rpgstat.init(rpg / "wave-1.csv", beside=rpg)
    assert "[[coded]]" not in text


def test_a_column_called_category_makes_no_coded_material_of_a_survey(tmp_path):
    rows = "\n".join(f"{n},A,{'Agree' if n % 2 else 'Disagree'}" for n in range(30))
    (tmp_path / "x.csv").write_text(f"Respondent ID,Category,I cope\n{rows}\n", encoding="utf-8")
    assert "[[coded]]" not in rpgstat.init(tmp_path / "x.csv", beside=tmp_path)[0]


def drafted(tmp_path, **files):
    """What is drafted from files, each given by its text, and the study that it is."""
    for name, words in files.items():
        (tmp_path / name.replace("_", ".")).write_text(words, encoding="utf-8")
    text, assumed = rpgstat.init([tmp_path / name.replace("_", ".") for name in files], beside=tmp_path)
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    return from_toml(text), assumed, text


def counts(tmp_path):
    return {row["theme"]: (row["mentions"], row["n"]) for row in rpgstat.themes(study=tmp_path / "study.toml")[0].rows if not row["theme"].startswith("(")}


def test_several_codes_in_a_cell_are_drafted_with_the_code_book_that_tells_them_apart(tmp_path):
    codings = 'Document,Text Content,Codes,Number of Codes\nA,so,"calm, rested, heard",2\nB,so,heard,1\nB,so,"calm, rested",1\n'
    study, _, _ = drafted(tmp_path, codings_csv=codings, book_csv='Code,Comment\n"calm, rested",at ease\nheard,listened to\n')
    assert (study.coded[0].files, study.coded[0].codebook) == (("codings.csv",), "book.csv")
    assert counts(tmp_path) == {"calm, rested": (2, 2), "heard": (2, 2)}


def test_a_code_book_alone_is_told_to_be_one(tmp_path):
    with pytest.raises(UserError, match=r"book.csv: a code book, with nothing that was coded") as raised:
        drafted(tmp_path, book_csv="Code,Comment\nheard,listened to\ncalm,at ease\n")
    assert "codings.csv book.csv" in raised.value.hint


def test_a_matrix_is_known_by_how_programs_head_it(tmp_path):
    study, _, _ = drafted(tmp_path, nvivo_csv=",A : Int01,B : Int02\n1 : Hope,2,0\n2 : Calm,0,1\n")
    assert study.coded[0].kind == "interviews"
    assert counts(tmp_path) == {"Hope": (1, 2), "Calm": (1, 2)}
    drafted(tmp_path, maxqda_tsv="Code System\tInt 1\tInt 2\tTotal\nHope\t2\t1\t3\nCalm\t0\t1\t1\nTotal\t2\t2\t4\n")
    assert counts(tmp_path) == {"Hope": (2, 2), "Calm": (1, 2)}


def test_columns_that_dedoose_heads_are_codes_of_the_document_that_they_stand_in(tmp_path):
    rows = "so,T1,True,False\nso,T1,True,True\nso,T2,False,True\n"
    study, _, _ = drafted(tmp_path, dedoose_csv=f"Excerpt,Media Title,Code: Hope Applied,Code: Calm Applied\n{rows}")
    assert study.coded[0].kind == "interviews"
    assert counts(tmp_path) == {"Hope": (1, 2), "Calm": (2, 2)}


TICKS = "Respondent ID;What changed for you?;Hope;Calm\n" + "".join(
    f"r{i};{'words of mine' if i % 4 else ''};{'x' if i % 3 == 1 else ''};{'x' if i % 5 == 1 else ''}\n" for i in range(24)
)


def test_ticks_beside_an_open_answer_are_drafted_as_codes_and_said_to_be(tmp_path):
    study, assumed, text = drafted(tmp_path, ticks_csv=TICKS)
    (one,) = study.coded
    assert (one.name, one.kind) == ("What changed for you?", "answers")
    assert counts(tmp_path)["Hope"] == (8, 20)  # with one that is coded and has no words
    assert any("`[[questions]]`" in line for line in assumed)
    assert "words of mine" not in text


def test_ticks_without_an_open_answer_stay_a_survey(tmp_path):
    ticks = "".join(f"r{i};{'x' if i % 2 else ''};{'x' if i % 3 else ''}\n" for i in range(24))
    assert "[[coded]]" not in drafted(tmp_path, ticks_csv=f"Respondent ID;Tea;Coffee\n{ticks}")[2]


def test_sheets_of_one_workbook_are_drafted_as_coders(tmp_path):
    path = tmp_path / "coders.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name, codes in (("Anna", ["Hope", "Hope", ""]), ("Ben", ["Hope", "", ""])):
            for number, row in enumerate([["Respondent ID", "Code 1", "Code 2"], *(["abc"[i], code, ""] for i, code in enumerate(codes))]):
                (book.get_worksheet_by_name(name) or book.add_worksheet(name)).write_row(number, 0, row)
    text, assumed = rpgstat.init(path, beside=tmp_path)
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    assert (from_toml(text).coded[0].coders, from_toml(text).coded[0].count) == (("Anna", "Ben"), "Anna")
    assert "that of `Anna` counts" in assumed[1]
    assert counts(tmp_path) == {"Hope": (2, 3)}
    row = rpgstat.agreement(study=tmp_path / "study.toml")[0].rows[0]
    assert (row["units"], row["applied"], row["agreement"]) == (3, 2, pytest.approx(2 / 3))


def test_coded_material_is_drafted_below_the_survey_that_is_given_with_it(tmp_path, rpg):
    for name in ("wave-1.csv", "answers-1-anna.csv"):
        (tmp_path / name).write_bytes((rpg / name).read_bytes())
    text, _ = rpgstat.init([tmp_path / "wave-1.csv", tmp_path / "answers-1-anna.csv"], beside=tmp_path)
    (tmp_path / "study.toml").write_text(text, encoding="utf-8")
    study = from_toml(text)
    assert (len(study.batteries), study.coded[0].files) == (3, ("answers-1-anna.csv",))
    assert counts(tmp_path)["support"] == (15, 31)
    assert rpgstat.score(study=tmp_path / "study.toml")[0].rows[0]["n"] is not None


def test_quotations_and_pairs_are_drafted_as_comments_that_hold(tmp_path):
    _, _, text = drafted(tmp_path, coded_csv="Respondent ID,Comment,Code 1,Code 2\n1,words,Hope,Calm\n2,more,Hope,\n")
    (tmp_path / "quotes.csv").write_text("theme,speaker,quote\nhope,A,words\n", encoding="utf-8")
    kept = ("[[themes]]", 'name = "', 'id = "', "[quotes]", 'file = "', "[[joint]]", 'theme = "', "rows =", "fit =", 'text = "Why')
    bare = "\n".join(line.removeprefix("# ") if line.removeprefix("# ").startswith(kept) else line for line in text.splitlines())
    study = from_toml(bare)
    assert (study.quotes.file, study.joint[0].theme, study.joint[0].fit) == ("quotes.csv", "hope", "confirms")


@pytest.fixture
def rpg(pytestconfig):
    return pytestconfig.rootpath / "fixtures" / "rpg"
