"""Projects of coding programs: REFI-QDA and Taguette, whole and damaged, and those that are refused."""

import io
import sqlite3
import zipfile
from dataclasses import replace

import pytest

from rpgstat import UserError
from rpgstat.read.coding import read_coding, refi

from .conftest import PROJECT


def applied(coding):
    return sorted((coding.units[one.unit].source, " > ".join(one.code), one.coder, one.times) for one in coding.applied)


def test_a_project_has_its_sources_codes_and_coders(qdpx, coded):
    coding = read_coding(qdpx(), coded, wanted=["Wave"])
    assert [unit.source for unit in coding.units] == ["Interview 1", "s2", "Notes"]
    assert [code.path for code in coding.codes] == [("Support",), ("Strain", "Load"), ("Support", "Peers")]
    assert applied(coding) == [("Interview 1", "Support", "Ben", 1), ("Interview 1", "Support > Peers", "Anna", 2), ("Notes", "Strain > Load", "", 1)]
    assert (coding.units[0].sets, coding.units[0].cells) == (("+1 year",), {"Wave": "+1 year"})
    assert coding.texts["Interview 1"]() == "Relief\nand more"
    assert coding.texts["Notes"]() is None


def test_a_case_is_one_person_where_the_study_says_so(qdpx, coded):
    assert read_coding(qdpx(), replace(coded, unit=("case",))).units[0].name == "Person 1"


@pytest.mark.parametrize("inside", ["Project.qde", "PROJECT.QDE"])
def test_the_project_is_found_however_it_is_spelt(qdpx, coded, inside):
    assert read_coding(qdpx(inside=inside), coded).codings == 4


def test_a_project_outside_an_archive(tmp_path, coded):
    path = tmp_path / "project.qde"
    path.write_text(PROJECT, encoding="utf-8")
    assert read_coding(path, coded).codings == 4


def test_a_project_without_codings_says_so(qdpx, coded):
    bare = PROJECT[: PROJECT.index("<Sources>")] + '<Sources><TextSource guid="s9" name="A"/></Sources></Project>'
    assert read_coding(qdpx(bare), coded).warnings == ("project.qdpx: holds no codings: 3 codes, 1 source",)


def test_a_code_that_is_in_no_code_book_is_told_of(qdpx, coded):
    coding = read_coding(qdpx(PROJECT.replace('targetGUID="c3"', 'targetGUID="gone"')), coded)
    assert coding.codings == 3
    assert "1 coding with a code that is not in its code book" in coding.warnings[0]


def test_a_selection_may_end_where_its_text_does_however_characters_are_counted(qdpx, coded):
    for text, end in (("Relief\r\nand more", 16), ("Relief \U0001f600!", 10)):  # line ends of two, and a sign of two units
        assert read_coding(qdpx(PROJECT.replace('endPosition="9"', f'endPosition="{end}"'), **{"s1.txt": text}), coded).codings == 4


def test_a_selection_beyond_the_text_of_a_pdf_is_told_of_and_counts(qdpx, coded):
    """Programs put a shortened text beside a PDF."""
    picked = '<Representation guid="r"><PlainTextContent>So</PlainTextContent><PlainTextSelection guid="x9" startPosition="40" endPosition="52">'
    picked += '<Coding guid="y9"><CodeRef targetGUID="c3"/></Coding></PlainTextSelection></Representation></PDFSource>'
    coding = read_coding(qdpx(PROJECT.replace("</PDFSource>", picked)), coded)
    assert coding.codings == 5
    assert "1 selection beyond the end of the text that stands beside a PDF" in coding.warnings[0]


@pytest.mark.parametrize(
    ("name", "lost"),
    [
        ("at last we have some relief", True),  # it stands in the text, but after the passage
        ("first of all\n  it was", False),  # what was selected, with other blanks
        ("first of all it…", False),  # cut short
        ("a label of somebody's own", False),  # nothing can be said of it
        ("relief", False),  # too short to tell
    ],
)
def test_a_selection_is_looked_up_by_the_words_that_name_it(qdpx, coded, name, lost):
    named = PROJECT.replace('startPosition="7" endPosition="9"', f'startPosition="0" endPosition="19" name="{name}"')
    assert named != PROJECT
    coding = read_coding(qdpx(named, **{"s1.txt": "first of all it was hard, and at last we have some relief"}), coded)
    assert coding.codings == 4
    assert any("1 selection whose words stand elsewhere" in warning for warning in coding.warnings) is lost


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ('endPosition="9"', 'endPosition="3"', "has no sound place"),
        ('startPosition="0"', 'startPosition="-4"', "has no sound place"),
        ('endPosition="9"', 'endPosition="900"', "a selection in source 1 ends beyond its text"),
        ('endPosition="9"', 'endPosition="16.5"', "has no sound place"),
        ('startPosition="7" endPosition="9"', 'startPosition="800" endPosition="900"', "ends beyond its text"),
        ("<Project ", '<!DOCTYPE a [<!ENTITY b "bb">]><Project ', "defines entities of its own"),
        ("</Project>", "", "the project is damaged"),
        ("<Project ", "<Other ", "the project is damaged"),
    ],
)
def test_a_damaged_project_is_told_of(qdpx, coded, old, new, problem):
    with pytest.raises(UserError, match=problem) as raised:
        read_coding(qdpx(PROJECT.replace(old, new, 1)), coded)
    assert raised.value.hint


def test_entities_in_another_encoding_are_found_too(qdpx, coded):
    wide = PROJECT.replace("<Project ", '<!DOCTYPE a [<!ENTITY b "bb">]><Project ', 1).replace("utf-8", "utf-16").encode("utf-16")
    with pytest.raises(UserError, match="defines entities"):
        read_coding(qdpx(wide), coded)


def test_a_project_that_is_nested_without_end_is_refused(qdpx, coded):
    with pytest.raises(UserError, match="nested more than 200 deep"):
        read_coding(qdpx("<Project>" + "<Code>" * 5000), coded)


def test_a_project_that_unpacks_to_very_much_is_refused(qdpx, coded, monkeypatch):
    monkeypatch.setattr(refi, "MOST_XML", 1000)
    with pytest.raises(UserError, match="unpacks to more than"):
        read_coding(qdpx(), coded)


def test_an_archive_that_is_cut_off_or_lies_about_its_size_is_damaged(qdpx, coded, tmp_path):
    whole = qdpx().read_bytes()
    cut = tmp_path / "cut.qdpx"
    cut.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserError, match="the project is damaged"):
        read_coding(cut, coded)
    lying = bytearray(whole)
    at = whole.rindex(b"project.qde") - 46 + 24  # the size in the central directory
    lying[at : at + 4] = (7).to_bytes(4, "little")
    cut.write_bytes(bytes(lying))
    with pytest.raises(UserError, match="the project is damaged"):
        read_coding(cut, coded)


def test_an_archive_without_a_project(tmp_path, coded):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.txt", "a")
    path = tmp_path / "empty.qdpx"
    path.write_bytes(packed.getvalue())
    with pytest.raises(UserError, match=r"has no project \(.qde\) in it"):
        read_coding(path, coded)


def test_a_path_in_an_exchange_file_leads_nowhere_else(tmp_path, coded):
    (tmp_path / "secret.txt").write_text("secret words", encoding="utf-8")
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "project.qde"
    path.write_text(PROJECT.replace("internal://s1.txt", "relative:///../secret.txt"), encoding="utf-8")
    assert read_coding(path, coded).texts["Interview 1"]() is None


def test_taguette_has_its_tags_and_documents(taguette, coded):
    coding = read_coding(taguette(), coded)
    assert applied(coding) == [
        ("Interview 1", "support", "", 1),
        ("Interview 1", "support > peers", "", 2),
        ("Interview 2", "strain", "", 1),
    ]
    assert coding.texts["Interview 1"]().split() == ["Relief", "&", "more"]
    assert coding.codes[0].text == "Feeling held"


def test_taguette_as_a_table_is_the_same(taguette, table, coded):
    rows = "id,document,tag,content\n1,Interview 1,support,a\n1,Interview 1,support.peers,a\n2,Interview 1,support.peers,b\n3,Interview 2,strain,c\n"
    assert applied(read_coding(table(rows), coded)) == applied(read_coding(taguette(), coded))


def test_nothing_is_written_beside_a_database(taguette, coded):
    path = taguette()
    before = path.read_bytes()
    read_coding(path, coded)
    assert [found.name for found in path.parent.iterdir()] == [path.name]
    assert path.read_bytes() == before


def test_damaged_databases_are_told_of(taguette, coded):
    for end in (-3, 900, "x", None, 1.5):
        with pytest.raises(UserError, match="has no sound place"):
            read_coding(taguette(end=end), coded)
    with pytest.raises(UserError, match="holds 2 projects"):
        read_coding(taguette(projects=2), coded)
    path = taguette()
    path.write_bytes(path.read_bytes()[:3000] + b"\0" * 300)
    with pytest.raises(UserError, match="the database is damaged"):
        read_coding(path, coded)


def test_a_view_in_the_place_of_a_table_never_runs(tmp_path, coded):
    path = tmp_path / "trap.sqlite3"
    with sqlite3.connect(path) as database:
        database.executescript("create table documents (id, name, project_id); create view tags as select 1; create view highlights as select 1")
    database.close()
    with pytest.raises(UserError, match="is an SQLite database, but no project of Taguette"):
        read_coding(path, coded)


@pytest.mark.parametrize(
    ("name", "way"),
    [
        ("a.nvp", "NVivo"),
        ("a.nvpx", "NVivo"),
        ("a.mx24", "MAXQDA"),
        ("a.atlproj23", "ATLAS.ti"),
        ("a.hpr7", "ATLAS.ti"),
        ("a.mtr", "ATLAS.ti"),
        ("a.mx24x", "MAXQDA"),
        ("a.MX20", "MAXQDA"),
        ("a.qda.zip", "QualCoder"),
        ("a.ppj", "QDA Miner"),
        ("a.f4x", "f4analyse"),
        ("a.qpd", "Quirkos"),
    ],
)
def test_projects_of_other_programs_are_refused_with_the_way_out(table, coded, name, way):
    with pytest.raises(UserError, match="which only") as raised:
        read_coding(table("x", name), coded)
    assert way in raised.value.hint
    assert "REFI-QDA" in raised.value.hint
