"""Small files that would grow large: archives that unpack to gigabytes, sheets with a cell in the far corner, thousands of columns."""

from __future__ import annotations

import io
import random
import sys
import zipfile
from pathlib import Path

import docx
import pytest

from rpgstat import archive

resource = pytest.importorskip("resource")

RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
FRAME = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{RELATION}"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="r1" Type="{RELATION}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
ANSWERS = [("I cope", "I learn"), *[("Agree", "Disagree"), ("Strongly agree", "Agree"), ("Neither agree nor disagree", "Strongly disagree")] * 4]


def row(number: int, cells: dict[str, str]) -> str:
    return f'<row r="{number}">' + "".join(f'<c r="{at}{number}" t="inlineStr"><is><t>{words}</t></is></c>' for at, words in cells.items()) + "</row>"


def xlsx(path: Path, far: str = "", dimension: str = "", start: str = "") -> Path:
    rows = "".join(row(i, {"A": one, "B": other}) for i, (one, other) in enumerate(ANSWERS, start=1))
    told = f'<dimension ref="{dimension}"/>' if dimension else ""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in FRAME.items():
            book.writestr(name, content)
        book.writestr("xl/worksheets/sheet1.xml", f'{start}<worksheet xmlns="{SHEET}">{told}<sheetData>{rows}{far}</sheetData></worksheet>')
    return path


def ods(path: Path, end: str) -> Path:
    ns = "urn:oasis:names:tc:opendocument:xmlns"
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{cell.format(one)}{cell.format(other)}</table:table-row>" for one, other in ANSWERS)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{ns}:office:1.0" xmlns:table="{ns}:table:1.0" xmlns:text="{ns}:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="S">{rows}{end.format(cell=cell.format("x"))}</table:table></office:spreadsheet>'
            "</office:body></office:document-content>",
        )
        book.writestr("META-INF/manifest.xml", f'<manifest:manifest xmlns:manifest="{ns}:manifest:1.0"></manifest:manifest>')
    return path


MEASURE = (
    "import resource, subprocess, sys; done = subprocess.run(sys.argv[1:]);"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr); sys.exit(done.returncode)"
)


@pytest.fixture
def held(start, tmp_path):
    """Runs a command and returns how it ended, the bytes it held at most, and what it said. A process in between measures: pytest's own size would count."""

    def ran(*arguments: object) -> tuple[int, int, str]:
        process = start(*arguments, through=f"exec {sys.executable} -c '{MEASURE}' \"$@\"", cwd=tmp_path)
        said = process.communicate(timeout=120)[1].decode()
        *lines, most = said.splitlines(keepends=True)
        return process.returncode, int(most) * 1024, "".join(lines)

    return ran


@pytest.mark.parametrize(
    ("far", "dimension"),
    [
        ({"XFD": 1_048_576}, ""),
        ({"XFD": 1_048_576}, "A1:B13"),  # told wrongly
        ({"XFD": 1_048_576}, "A1:XFD1048576"),
        ({"AAA": 900_000}, "A1:B13"),
        ({"CV": 1_000_000}, ""),
        ({"XFD": 9_000}, "A1:XFD1048576"),
    ],
    ids=str,
)
def test_a_cell_in_the_far_corner_is_refused(held, tmp_path, far, dimension):
    (at, number), *_ = far.items()
    xlsx(tmp_path / "far.xlsx", row(number, {at: "x"}), dimension)
    code, most, said = held("score", "far.xlsx")
    assert code == 2
    assert "error: far.xlsx: a sheet reaches out over " in said
    assert "hint: delete the rows and columns" in said
    assert most < 400_000_000


@pytest.mark.parametrize("far", [{"CV": 100_000}, {"ZZ": 900}, {"B": 1_048_576}], ids=str)
def test_a_cell_not_so_far_out_is_borne(command, tmp_path, far):
    (at, number), *_ = far.items()
    ran = command("score", xlsx(tmp_path / "far.xlsx", row(number, {at: ""}), "A1:B13"), "-f", "json")
    assert [line["n"] for line in ran.rows if line["item"]] == [12, 12]


@pytest.mark.parametrize(
    "end",
    [
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell/></table:table-row><table:table-row><table:table-cell '
        'table:number-columns-repeated="16000"/>{cell}</table:table-row>',
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string" table:number-columns-repeated="1000"><text:p>x'
        "</text:p></table:table-cell></table:table-row>",
    ],
    ids=["blanks before a cell", "a cell repeated"],
)
def test_repeated_cells_of_an_open_document_are_refused(held, tmp_path, end):
    ods(tmp_path / "far.ods", end)
    code, most, said = held("score", "far.ods")
    assert (code, "error: far.ods: a sheet reaches out over " in said) == (2, True), said
    assert most < 400_000_000


def test_the_blank_rows_that_every_open_document_ends_with_are_no_matter(command, tmp_path):
    end = '<table:table-row table:number-rows-repeated="1048560"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    ran = command("score", ods(tmp_path / "plain.ods", end), "-f", "json")
    assert [line["n"] for line in ran.rows if line["item"]] == [12, 12]


def test_an_archive_that_unpacks_to_too_much_is_refused(command, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST", 2_000_000)
    book = xlsx(tmp_path / "bomb.xlsx", "<!--" + " " * 3_000_000 + "-->")
    assert book.stat().st_size < 20_000
    problem, hint = command("score", book).error()
    assert problem == "bomb.xlsx: unpacks to more than 2 MB"
    assert "save the answers as CSV" in hint
    paper = docx.Document()
    paper.add_paragraph("{{ table:score }}" + " " * 3_000_000)
    paper.save(str(tmp_path / "bomb.docx"))
    assert "unpacks to more than 2 MB" in command("fill", tmp_path / "bomb.docx", "-o", tmp_path / "x.docx").error()[0]
    assert "unpacks to more than 2 MB" in command("score", book, "--template", tmp_path / "bomb.docx", "-o", tmp_path / "x.docx").error()[0]
    assert not (tmp_path / "x.docx").exists()


def test_a_directory_that_belies_what_a_part_unpacks_to(command, tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST", 2_000_000)
    content = xlsx(tmp_path / "bomb.xlsx", "<!--" + " " * 3_000_000 + "-->").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        real = book.getinfo("xl/worksheets/sheet1.xml").file_size
    (tmp_path / "bomb.xlsx").write_bytes(content.replace(real.to_bytes(4, "little"), (100).to_bytes(4, "little")))
    assert command("score", tmp_path / "bomb.xlsx").error()[0] == "bomb.xlsx: unpacks to more than 2 MB"


LEVELS = "".join(f'<!ENTITY {b} "' + f"&{a};" * 10 + '">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
BILLION = f'<!DOCTYPE x [<!ENTITY a "lol">{LEVELS}]>'


def test_entities_that_stand_for_gigabytes_are_refused(command, tmp_path):
    problem, _ = command("score", xlsx(tmp_path / "laughs.xlsx", row(14, {"A": "&i;"}), start=BILLION)).error()
    assert problem == "laughs.xlsx: `xl/worksheets/sheet1.xml` in it defines entities of its own"
    paper = docx.Document()
    paper.add_paragraph("{{ table:score }}")
    paper.save(str(tmp_path / "plain.docx"))
    with zipfile.ZipFile(tmp_path / "plain.docx") as old, zipfile.ZipFile(tmp_path / "laughs.docx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(b"<w:document", BILLION.encode() + b"<w:document", 1) if name == "word/document.xml" else content)
    assert "defines entities" in command("fill", tmp_path / "laughs.docx", "-o", tmp_path / "x.docx").error()[0]


def test_a_word_file_with_macros_or_a_width_that_is_no_number(command, tmp_path, rpg):
    paper = docx.Document()
    paper.add_paragraph("{{ table:score }}")
    paper.save(str(tmp_path / "plain.docx"))
    with zipfile.ZipFile(tmp_path / "plain.docx") as old:
        parts = {name: old.read(name) for name in old.namelist()}
    spoilt = {
        "macros.docx": parts | {"word/vbaProject.bin": b"x"},
        "width.docx": parts | {"word/document.xml": parts["word/document.xml"].replace(b'w:w="12240"', b'w:w="wide"')},
        "size.docx": parts | {"word/styles.xml": parts["word/styles.xml"].replace(b'w:val="22"', b'w:val="big"').replace(b'w:val="18"', b'w:val="big"')},
    }
    for name, content in spoilt.items():
        with zipfile.ZipFile(tmp_path / name, "w") as new:
            for part, data in content.items():
                new.writestr(part, data)
    says = {"macros.docx": "holds macros", "width.docx": "a number in it, such as a width, is none"}
    for name, said in says.items():
        for arguments in (["fill", tmp_path / name, "-s", rpg / "study.toml"], ["score", "-s", rpg / "study.toml", "--template", tmp_path / name]):
            problem, hint = command(*arguments, "-o", tmp_path / "x.docx").error()
            assert said in problem
            assert ".docx" in hint
    ran = command("score", "-s", rpg / "study.toml", "--template", tmp_path / "size.docx", "-o", tmp_path / "x.docx")
    assert ran.code == 0 or ran.error()


def test_init_grows_with_the_columns_and_not_with_their_square(held, tmp_path):
    rng = random.Random(1)
    answers = ["Disagree strongly", "Disagree", "Agree", "Agree strongly"]
    most = {}
    for columns in (200, 2_000):
        lines = [",".join(f"I do thing {i}" for i in range(columns)), *(",".join(rng.choices(answers, k=columns)) for _ in range(50))]
        (tmp_path / "wide.csv").write_text("\n".join(lines) + "\n")
        code, most[columns], said = held("init", "wide.csv", "-o", f"{columns}.toml")
        assert code == 0, said
    assert most[2_000] < 450_000_000
    assert most[2_000] - most[200] < 250_000_000
