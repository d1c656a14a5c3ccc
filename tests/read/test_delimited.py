import polars as pl
import pytest

from rpgstat.errors import UserError
from rpgstat.read import delimited, read
from rpgstat.study import reading


def rows(path) -> list[tuple[str | None, ...]]:
    return read(path).frame.collect().rows()


def texts(path) -> list[str]:
    return [column.text for column in read(path).columns]


@pytest.fixture(params=["small", "large"])
def size(request, monkeypatch):
    """Every fault must be met alike in a file that is parsed at once and in one that is left to be scanned."""
    if request.param == "large":
        monkeypatch.setattr(delimited, "_EAGER", 0)


@pytest.mark.usefixtures("size")
class TestBody:
    def test_every_cell_is_text_and_blank_cells_are_null(self, export):
        assert rows(export('a,b,c\n04,4.0,""\n, ,x\n')) == [("04", "4.0", None), (None, None, "x")]

    def test_rows_blank_throughout_are_left_out(self, export):
        assert rows(export('a,b\n1,2\n\n,\n"",\n3,4\n,\n\n')) == [("1", "2"), ("3", "4")]

    def test_short_rows_are_filled_even_the_first(self, export):
        assert rows(export("a,b,c\n1\n1,2,3\n1,2\n")) == [("1", None, None), ("1", "2", "3"), ("1", "2", None)]

    def test_a_blank_surplus_is_cut_off(self, export):
        assert rows(export("a,b\n1,2,,\n3,4\n5,6, ,\n")) == [("1", "2"), ("3", "4"), ("5", "6")]

    def test_a_surplus_answer_is_refused_with_its_row(self, export):
        with pytest.raises(UserError, match=r"^wave.csv: row 3 has 3 cells, the header 2$"):
            read(export("a,b\n1,2\n3,4,5\n"))

    def test_rows_are_numbered_as_a_spreadsheet_does(self, export):
        with pytest.raises(UserError, match="row 4 has 3 cells"):
            read(export('a,b\n"1\nand\nmore",2\n\n3,4,5\n'))

    def test_a_quotation_mark_within_a_cell_stays(self, export):
        assert rows(export('a,b\n1,5\'9"\n2,6 0"\n3,"she said ""no"""\n')) == [("1", "5'9\""), ("2", '6 0"'), ("3", 'she said "no"')]

    @pytest.mark.parametrize("fault", ['2,"never closed\n3,x\n', '2,"it"s"\n3,x\n'])
    def test_unbalanced_quotes_are_refused(self, export, fault):
        with pytest.raises(UserError, match=r"^wave.csv: quotation marks do not balance, found at line [345]"):
            read(export(f"a,b\n1,x\n{fault}"))

    def test_a_cell_of_a_megabyte_is_read(self, export):
        long = "x" * 1_000_000
        assert rows(export(f'a,b\n1,"{long}"\n2,y\n'))[0] == ("1", long)

    def test_only_the_header_lines_are_skipped_whatever_they_hold(self, export):
        path = export('\n\n"Do you\nagree,\r\nor not?","b ""c"""\n1,"x\ny"\n')
        assert texts(path) == ["Do you agree, or not?", 'b "c"']
        assert rows(path) == [("1", "x\ny")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(export, delimiter):
    path = export(delimiter.join(["Role", '"Supported, heard; or not?"', "Rate"]) + "\n" + delimiter.join(["Manager", "Agree", '"1,5"']) + "\n")
    assert texts(path) == ["Role", "Supported, heard; or not?", "Rate"]
    assert rows(path) == [("Manager", "Agree", "1,5")]


def test_decimal_commas_do_not_make_a_comma_the_delimiter(export):
    assert rows(export("Role;Rate;Score\nManager;1,5;2,5\n")) == [("Manager", "1,5", "2,5")]


def test_a_single_column_keeps_the_commas_of_its_header(export):
    path = export("Which of these, if any?\nYes\nNo\n")
    assert (texts(path), rows(path)) == (["Which of these, if any?"], [("Yes",), ("No",)])


def test_a_short_row_does_not_hide_the_delimiter(export):
    assert rows(export("a,b,c\n1\n2,3,4\n")) == [("1", None, None), ("2", "3", "4")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", [True, False])
def test_every_line_end_is_known(export, end, last):
    path = export(end.join(["a,b", '1,"x', 'y"', "2,z"]) + end * last)
    assert [(number, text.split()) for number, text in rows(path)] == [("1", ["x", "y"]), ("2", ["z"])]


def test_returns_end_lines_though_a_cell_holds_a_line_feed(export):
    assert rows(export('a,b\r1,"x\ny"\r2,z\r')) == [("1", "x\ny"), ("2", "z")]


def test_trailing_blank_columns_go(export):
    path = export("a,b,,\n1,2,,\n3,4,,\n")
    assert (texts(path), rows(path)) == (["a", "b"], [("1", "2"), ("3", "4")])


def test_the_frame_of_a_large_file_stays_lazy_and_its_late_faults_name_the_file(export, monkeypatch):
    monkeypatch.setattr(delimited, "_EAGER", 0)
    monkeypatch.setattr("rpgstat.read.table._SAMPLE_ROWS", 10)
    body = "1,2\n" * 200_000
    late = {
        b"1,2,3\n": "a row has more cells than the header",
        b'1,"2\n': "quotation marks do not balance",
        b"1,\xe92\n": "it is not UTF-8 all through",
    }
    monkeypatch.setattr("rpgstat.read.encoding._WHOLE", 0)
    monkeypatch.setattr("rpgstat.read.encoding._CHUNK", 10)
    for fault, says in late.items():
        survey = read(export(b"a,b\n" + body.encode() + fault + body.encode()))
        for engine in ("streaming", "in-memory"):
            with pytest.raises(UserError, match=f"^wave.csv: cannot be read: {says}"), reading(survey.name):
                survey.frame.collect(engine=engine)


def test_ten_thousand_columns_are_read(export):
    wide = 10_000
    path = export(",".join(f"Q{i}" for i in range(wide)) + "\n" + ("Agree," * wide)[:-1] + "\n")
    survey = read(path)
    assert len(survey.columns) == wide
    assert survey.frame.collect().equals(pl.DataFrame({f"c{i}": ["Agree"] for i in range(wide)}))


def test_of_a_large_and_wide_file_no_column_is_read_for_blank_rows_alone(export, monkeypatch):
    monkeypatch.setattr(delimited, "_EAGER", 0)
    monkeypatch.setattr(delimited, "_NARROW", 1)
    frame = read(export("a,b,c\n1,Yes,No\n,,\n2,No,No\n")).frame
    assert [row for row in frame.collect().rows() if any(row)] == [("1", "Yes", "No"), ("2", "No", "No")]
    assert "PROJECT 1/3" in frame.select("c1").explain()


def test_about_how_many_rows_a_large_file_has_is_known_by_the_length_of_the_first(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "_EAGER", 0)
    path = tmp_path / "large.csv"
    path.write_text("wave,I speak up\n" + "\n".join(f"{i % 2},{'Agree strongly' if i % 3 else 'No'}" for i in range(5000)), encoding="utf-8")
    assert read(path).rows == pytest.approx(5000, rel=0.1)
