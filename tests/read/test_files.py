import io
import os
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest

from rpgstat.errors import UserError
from rpgstat.read import PLATFORMS, read

CSV = "Job role,I feel supported\nSocial worker,Agree\n"


def test_a_file_is_named_after_itself_unless_told_otherwise(export):
    path = export(CSV)
    assert (read(path).name, read(str(path)).source, read(path, name="+1 year").name) == ("wave.csv", path, "+1 year")


def test_standard_input_is_read_like_a_file(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CSV.encode())))
    survey = read("-")
    assert survey.name == "stdin"
    assert survey.source.read_text() == CSV
    assert survey.source.parent.stat().st_mode & 0o077 == 0
    assert survey.frame.collect().rows() == [("Social worker", "Agree")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_pipe_is_read_once_and_kept(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_text, args=(CSV,))
    writer.start()
    survey = read(pipe)
    writer.join()
    assert survey.frame.collect().height == survey.frame.collect().height == 1


def test_brackets_in_a_file_name_are_no_pattern(export):
    assert read(export(CSV, "wave [1].csv")).frame.collect().height == 1


def test_content_counts_and_not_the_suffix(export):
    assert read(export(CSV, "wave.xls")).frame.collect().rows() == read(export(CSV, "wave")).frame.collect().rows() == [("Social worker", "Agree")]


def problem(path: str | Path, **options: str) -> str:
    with pytest.raises(UserError) as caught:
        read(path, **options)
    assert caught.value.hint
    return f"{caught.value.problem} ({caught.value.hint})"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "wave.csv: the file is empty"),
        (b"\n\n \n", "wave.csv: the file is blank"),
        (b"\xef\xbb\xbf", "wave.csv: the file is blank"),
        (b"a,b\n", "wave.csv: no answers below the header"),
        (b"a,b\n,\n\n", "wave.csv: no answers below the header"),
        (b"Respondent ID,Q\n,Response\n", "wave.csv: no answers below the header"),
        (b"Email,First name\nx@example.org,X\n", "wave.csv: no columns left to analyse"),
        (b"\x89PNG\r\n\x1a\n\0\0", "wave.csv: looks like a PNG picture"),
        (b"%PDF-1.7\n", "wave.csv: looks like a PDF document"),
        (b"$FL2@(#) SPSS DATA FILE", "wave.csv: is damaged, or no file that SPSS or Stata would open"),
        (b"<html><body><table>", "wave.csv: looks like a web page or XML"),
        (b'{\n  "responses": []}', "wave.csv: looks like JSON"),
        (b"a,b\n1,\x00\x01\x02\n", "wave.csv: looks like a binary file"),
    ],
)
def test_what_is_no_table_is_called_what_it_is(export, content, says):
    assert problem(export(content)).startswith(says)


def test_an_archive_is_to_be_unpacked_and_a_document_exported(tmp_path):
    for inside, says in (("wave.csv", "looks like a zip archive, not a table (unpack it"), ("word/document.xml", "looks like a Word document")):
        with zipfile.ZipFile(tmp_path / "wave.csv", "w") as archive:
            archive.writestr(inside, CSV)
        assert says in problem(tmp_path / "wave.csv")


def test_a_missing_file_brings_up_the_nearest(export, tmp_path):
    export(CSV, "wave-1.csv")
    assert problem(tmp_path / "wawe-1.csv").endswith(f"(did you mean `{tmp_path / 'wave-1.csv'}`?)")
    assert problem(tmp_path / "zebra").endswith("(check the spelling and the folder)")
    assert problem(tmp_path / "none" / "wave.csv").endswith(f"(there is no folder `{tmp_path / 'none'}`)")


def test_a_folder_an_unknown_kind_and_an_impossible_path_are_refused(export, tmp_path):
    assert problem(tmp_path) == f"`{tmp_path}` is a folder without a file (name an export, or a folder that holds the parts of one)"
    assert problem(export("{}", "wave.json")).startswith("wave.json: .json files are not read (files that can be read: .csv .tsv")
    assert problem("x" * 5000).endswith("cannot be opened: File name too long (check the path)")


def test_no_permission_is_said_plainly(export, monkeypatch):
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    path = export(CSV)
    monkeypatch.setattr(Path, "open", refuse)
    assert problem(path).startswith("wave.csv: no permission to read it")


def test_an_unknown_platform_brings_up_the_nearest(export):
    assert PLATFORMS == (
        "surveymonkey",
        "qualtrics",
        "microsoft-forms",
        "google-forms",
        "jisc",
        "limesurvey",
        "redcap",
        "kobo",
        "typeform",
        "spss",
        "stata",
        "flat",
    )
    assert problem(export(CSV), platform="survey-monkey") == "no platform `survey-monkey` (did you mean `surveymonkey`?)"


def test_a_platform_that_is_asked_for_is_not_doubted_silently(export):
    survey = read(export("Q,R\nGood,Bad\nx,y\n"), platform="surveymonkey")
    assert [c.label for c in survey.columns] == ["Q > Good", "R > Bad"]
    assert survey.warnings == ("wave.csv: read as surveymonkey as asked, though its first rows do not look like it",)
    assert read(export("Respondent ID,Q\n,Response\n1,Agree\n"), platform="flat").frame.collect().height == 2


def test_temporary_copies_go_when_the_process_ends():
    code = "from rpgstat.read import read; source = read('-').source; print(source.exists(), source)"
    done = subprocess.run([sys.executable, "-c", code], input=CSV, capture_output=True, text=True, check=True)
    existed, path = done.stdout.split()
    assert existed == "True"
    assert not Path(path).parent.exists()
