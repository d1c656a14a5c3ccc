from dataclasses import replace

import polars as pl
import pytest
import xlsxwriter

from rpgstat import UserError
from rpgstat.read.coding import read_codebook, read_coding, read_units, sheets_alike
from rpgstat.study.coding import Code


def applied(coding):
    """Who, or what, each code was applied to."""
    return sorted((coding.units[one.unit].name, " > ".join(one.code), one.coder, one.times) for one in coding.applied)


def test_ticks_are_one_code_a_column(table, answers):
    coding = read_coding(table("Respondent ID,What changed?,Hope,Calm\n1,All,x,\n2,,,\n3,n/a,0,1\n"), answers)
    assert coding.layout == "ticks"
    assert applied(coding) == [("1", "Hope", "", 1), ("3", "Calm", "", 1)]
    assert [unit.written for unit in coding.units] == [True, False, False]


def test_a_column_of_comments_is_the_answer_where_people_wrote_it(table, answers, coded):
    path = table("Respondent ID,Comments,Hope\n1,All,x\n2,,\n")
    assert [unit.written for unit in read_coding(path, answers).units] == [True, False]
    assert [unit.written for unit in read_coding(path, coded).units] == [None, None]


def test_a_code_that_nobody_was_given_is_in_the_code_book(table, answers):
    coding = read_coding(table("Respondent ID,Hope,Calm\n1,x,\n2,x,\n"), answers)
    assert [code.path for code in coding.codes] == [("Hope",), ("Calm",)]


def test_a_column_of_people_is_no_column_of_codes_whatever_its_header(table, answers):
    path = table("Code,Hope,Calm\nP1,x,\nP2,x,x\n")
    coding = read_coding(path, replace(answers, unit=("Code",)))
    assert coding.layout == "ticks"
    assert applied(coding) == [("P1", "Hope", "", 1), ("P2", "Calm", "", 1), ("P2", "Hope", "", 1)]


def test_a_cell_that_is_no_tick_is_told_with_its_row(table, answers):
    rows = "\n".join(f"{i},x" for i in range(2, 20))
    with pytest.raises(UserError, match="row 20 of column `Hope` is neither a tick nor blank"):
        read_coding(table(f"Respondent ID,Hope\n{rows}\n20,perhaps\n"), answers)
    with pytest.raises(UserError, match="row 2 of column `Hope`"):
        read_coding(table("Respondent ID,Hope,Calm\n1,perhaps,x\n"), answers, names=["Hope"])


def test_numbered_columns_hold_a_code_each(table, answers):
    coding = read_coding(table("ResponseId;Code 1;Code 2;Code 3\nR1;Hope->Future;Calm;\nR2;;;\nR3;calm;;\n"), answers)
    assert coding.layout == "codes"
    assert applied(coding) == [("R1", "Calm", "", 1), ("R1", "Hope > Future", "", 1), ("R3", "Calm", "", 1)]
    assert len(coding.units) == 3


def test_several_coders_in_one_table_judge_the_same_units(table, answers):
    coding = read_coding(table("ResponseId,Coder,Code 1\nR1,Anna,Hope\nR1,Ben,\nR2,Anna,\n"), replace(answers, coder="Coder"))
    assert {coder: len(units) for coder, units in coding.judged.items()} == {"Anna": 2, "Ben": 1}
    assert applied(coding) == [("R1", "Hope", "Anna", 1)]


@pytest.mark.parametrize(
    "header",
    ["Nazwa dokumentu,Kod,Autor,Fragment", "Dokumentname,Code,Autor,Segment", "Document name,Code,Created by,Segment", "Nom du document,Code,Auteur,Extrait"],
)
def test_one_coding_a_row_whatever_the_language_of_the_header(table, coded, header):
    coding = read_coding(table(f"{header}\nA,Hope,Anna,so\nA,Hope,Anna,so\nB,Hope > Future,Ben,so\n"), coded)
    assert coding.layout == "rows"
    assert applied(coding) == [("A", "Hope", "Anna", 2), ("B", "Hope > Future", "Ben", 1)]
    assert {*coding.judged} == {"Anna", "Ben"}


def test_codes_of_one_cell_are_split_by_the_code_book(table, coded):
    book = [Code(("Calm",)), Code(("Calm, rested",)), Code(("Heard",))]
    path = table('Document,Codes,Number of Codes\nA,"Calm, rested, Heard",2\nB,"Heard, Calm",2\nC,,0\n')
    coding = read_coding(path, coded, codebook=book)
    assert coding.layout == "joined"
    assert applied(coding) == [("A", "Calm, rested", "", 1), ("A", "Heard", "", 1), ("B", "Calm", "", 1), ("B", "Heard", "", 1)]
    assert coding.warnings == ()
    with pytest.raises(UserError, match="1 row of `Codes` split at commas have another number of codes than the file states"):
        read_coding(path, coded)


def test_what_no_code_is_spelt_like_is_never_made_one(table, coded):
    path = table('Document,Codes,Number of Codes\nA,"Heard, said so",2\nB,Heard,1\nC,Heard,1\n')
    coding = read_coding(path, coded, codebook=[Code(("Heard",))])
    assert coding.codings == 3
    assert "1 piece in `Codes` that no code of the codebook is spelt like; not counted" in coding.warnings[0]
    assert "row 2" in coding.warnings[1]


def test_code_names_that_can_be_split_in_two_ways_are_refused(table, coded):
    with pytest.raises(UserError, match='cannot be split: 2 code names begin alike \\("A", "A, B"\\)'):
        read_coding(table('Document,Codes\nX,"A, B"\n'), coded, codebook=[Code(("A",)), Code(("A, B",)), Code(("B",))])


def test_codes_apart_by_semicolons_need_no_code_book(table, answers):
    coding = read_coding(table('Respondent ID,Codes\n1,"Calm; Heard, too"\n2,\n'), answers)
    assert applied(coding) == [("1", "Calm", "", 1), ("1", "Heard, too", "", 1)]


def test_a_matrix_has_codes_down_and_numbers_of_codings(table, coded):
    coding = read_coding(table(",A : Int01,B : Int02\n1 : Hope,2,0\n2 : Calm,,1\n"), coded)
    assert coding.layout == "matrix"
    assert applied(coding) == [("Int01", "Hope", "", 2), ("Int02", "Calm", "", 1)]
    assert not any("Int0" in line for line in coding.warnings)


def test_a_workbook_is_read_as_a_table_is(tmp_path, answers):
    path = tmp_path / "codes.xlsx"
    pl.DataFrame({"Respondent ID": [101, 102], "Code 1": ["Hope", None]}).write_excel(path)
    assert applied(read_coding(path, answers)) == [("101", "Hope", "", 1)]


@pytest.fixture
def workbook(tmp_path):
    """A workbook with a sheet for each coder, by its name."""

    def make(sheets):
        path = tmp_path / "coders.xlsx"
        with xlsxwriter.Workbook(path) as book:
            for name, rows in sheets.items():
                sheet = book.add_worksheet(name)
                for number, row in enumerate(rows):
                    sheet.write_row(number, 0, row)
        return path

    return make


SHEETS = {
    "Anna": [["Respondent ID", "Code 1", "Code 2"], ["a", "Hope", "Calm"], ["b", "Calm", ""]],
    "Ben": [["Respondent ID", "Code 1"], ["a", "Hope"], ["b", "Hope"]],
}


def test_each_coder_may_have_a_sheet_of_one_workbook(workbook, answers):
    path = workbook(SHEETS)
    assert applied(read_coding(path, answers, sheet="Ben")) == [("a", "Hope", "", 1), ("b", "Hope", "", 1)]
    assert applied(read_coding(path, answers, sheet=" anna")) == [("a", "Calm", "", 1), ("a", "Hope", "", 1), ("b", "Calm", "", 1)]
    assert sheets_alike(path) == ("Anna", "Ben")
    with pytest.raises(UserError, match="no sheet `Bem` holds data") as raised:
        read_coding(path, answers, sheet="Bem")
    assert "`Ben`" in raised.value.hint


def test_sheets_of_other_things_are_not_taken_for_coders(workbook, table):
    assert sheets_alike(workbook({**SHEETS, "Code book": [["Code", "Meaning"], ["Hope", "Looks ahead"]]})) == ()
    assert sheets_alike(table("Respondent ID,Hope\n1,x\n")) == ()


def test_a_file_that_is_no_workbook_has_no_sheets(table, answers):
    with pytest.raises(UserError, match="is no workbook, so it has no sheet `Anna`"):
        read_coding(table("Respondent ID,Hope\n1,x\n"), answers, sheet="Anna")


def test_rows_without_an_id_are_units_of_their_own(table, answers):
    coding = read_coding(table("Respondent ID,Hope\n,x\n,x\n7,x\n"), answers)
    assert len(coding.units) == 3


def test_columns_are_kept_beside_the_units_only_when_asked_for(table, answers):
    coding = read_coding(table("Respondent ID,Wave,Role,Code 1\n1,+1 year,Boss,Hope\n"), answers, wanted=["Wave"])
    assert coding.units[0].cells == {"Wave": "+1 year"}


def test_the_units_may_be_listed_in_a_file_of_their_own(table, answers):
    listed = read_units(table("Respondent ID,What changed?\n1,All\n2,\n3,Much\n", "all.csv"), answers)
    assert [(unit.name, unit.written) for unit in listed.units] == [("1", True), ("2", False), ("3", True)]


def test_a_code_book_with_what_codes_mean(table, coded):
    book = read_codebook(table("Code;Memo\nHope;Looks ahead\nHope: Future;\n"), coded)
    assert [(code.path, code.text) for code in book] == [(("Hope",), "Looks ahead"), (("Hope", "Future"), "")]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("Name of pet,Age\nRex,4\nFido,three\n", "how it is coded is not plain from its columns"),
        ("Code,Weight\nHope,1\n", "no column says what was coded"),
        ("Document,Code\n", "no rows below the header"),
    ],
)
def test_a_table_that_is_no_coding_is_told_of(table, coded, text, problem):
    with pytest.raises(UserError, match=problem) as raised:
        read_coding(table(text), coded)
    assert raised.value.hint


def test_a_declared_column_that_is_not_there_has_its_nearest_named(table, coded):
    with pytest.raises(UserError, match="no column `Kode`, which the study names as `code`") as raised:
        read_coding(table("Document,Kod\nA,Hope\n"), replace(coded, code=("Kode",)))
    assert "`Kod`" in raised.value.hint


def test_a_hundred_codes_on_ten_thousand_answers_are_read_in_seconds(table, answers):
    header = ",".join(f"theme {i}" for i in range(100))
    line = ",".join("1" if i % 7 == 0 else "" for i in range(100))
    coding = read_coding(table(f"Respondent ID,{header}\n" + "".join(f"P{n},{line}\n" for n in range(10_000))), answers)
    assert (coding.layout, len(coding.units), len(coding.codes), coding.codings) == ("ticks", 10_000, 100, 150_000)


def test_a_column_of_words_is_no_column_of_codes(table, coded):
    with pytest.raises(UserError, match="one of 300 characters, which is no code") as raised:
        read_coding(table(f"Document,Code\nA,{'so ' * 100}\n"), coded)
    assert "so so" not in raised.value.problem
