"""Targets are checked before any work, files appear all or none, and stdout holds what was asked for."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from rpgstat import output, text
from rpgstat.errors import UserError
from rpgstat.result import Input, Result

CAN = f"files can be {text.listing(tuple(output.SUFFIXES), 'or')}"


def test_a_table_is_the_default_and_files_alone_leave_stdout_empty(tmp_path: Path) -> None:
    assert output.targets([], None).format == "table"
    assert output.targets([tmp_path / "x.csv"], None).format is None
    assert output.targets([tmp_path / "x.csv"], "JSON").format == "json"
    assert output.targets([], "md").format == "markdown"


def listing(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("x.jsn", f"did you mean `.json`? {CAN}"),
        ("x.doc", f"did you mean `.docx`? {CAN}"),
        ("x.rtf", CAN),
        ("x", CAN),
    ],
)
def test_a_suffix_without_a_writer_is_refused(tmp_path: Path, name: str, hint: str) -> None:
    with pytest.raises(UserError, match="output file") as raised:
        output.targets([tmp_path / name], None)
    assert raised.value.hint == hint


def test_an_unknown_format_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UserError, match="unknown format `jsn`") as raised:
        output.targets([], "jsn")
    assert raised.value.hint == "did you mean `json`?"


def test_an_existing_file_needs_force(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("precious")
    with pytest.raises(UserError, match="exists already") as raised:
        output.targets([path], None)
    assert "--force" in raised.value.hint
    assert output.targets([path], None, force=True).files == (path,)


def test_folders_and_files_named_twice_are_refused(tmp_path: Path) -> None:
    (tmp_path / "d.csv").mkdir()
    with pytest.raises(UserError, match="no folder"):
        output.targets([tmp_path / "nowhere" / "x.csv"], None)
    with pytest.raises(UserError, match="is a folder"):
        output.targets([tmp_path / "d.csv"], None, force=True)
    with pytest.raises(UserError, match="written twice"):
        output.targets([tmp_path / "x.csv", tmp_path / "d.csv" / ".." / "x.csv"], None)


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)  # permission bits do not stop root, who may run this
    with pytest.raises(UserError, match="no permission"):
        output.targets([tmp_path / "x.csv"], None)


def test_choosing_a_result_for_an_empty_stdout_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--result"):
        output.targets([tmp_path / "x.csv"], None, result="score")


def test_the_chosen_result_is_drawn(tmp_path: Path, compare: Result, score: Result) -> None:
    for name in ("score", "compare"):
        path = tmp_path / f"{name}.svg"
        output.write([compare, score], output.targets([path], None, result=name))
        assert ("Diverging stacked bars" in path.read_text(encoding="utf-8")) is (name == "score")
    with pytest.raises(UserError, match="no result `scores`"):
        output.write([compare, score], output.targets([tmp_path / "x.svg"], None, result="scores"))


def test_files_of_every_format_are_written_and_told(tmp_path: Path, compare: Result, score: Result, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    out = [tmp_path / f"x{suffix}" for suffix in output.SUFFIXES]
    told = output.write([compare, score], output.targets(out, None))
    single = {".csv", ".tsv", ".parquet"}
    names = [name for suffix in output.SUFFIXES for name in (f"x{suffix}", *((f"x.score{suffix}",) if suffix in single else ()))]
    rows = compare.frame.height + score.frame.height
    assert told == (*(f"wrote {tmp_path / name}" for name in names), f"{len(names)} files written, of 2 results with {rows} rows")
    assert listing(tmp_path) == sorted(names)
    assert pl.read_parquet(tmp_path / "x.score.parquet").height == score.frame.height
    assert capsysbinary.readouterr().out == b""


def test_guarded_cells_are_told(tmp_path: Path, compare: Result) -> None:
    risky = Result("compare", "t", compare.frame.with_columns(note=pl.lit("=1+1")), "m")
    told = output.write([risky], output.targets([tmp_path / "x.csv"], None))
    assert told[1] == f"{tmp_path / 'x.csv'}: {compare.frame.height} text cells guarded against running as formulas"


def test_no_file_is_touched_when_a_further_one_exists(tmp_path: Path, compare: Result, score: Result) -> None:
    (tmp_path / "x.score.csv").write_text("precious")
    with pytest.raises(UserError, match=r"x\.score\.csv"):
        output.write([compare, score], output.targets([tmp_path / "x.md", tmp_path / "x.csv"], None))
    assert listing(tmp_path) == ["x.score.csv"]
    assert (tmp_path / "x.score.csv").read_text() == "precious"


def test_a_full_disk_leaves_the_old_files_and_nothing_else(tmp_path: Path, compare: Result, monkeypatch: pytest.MonkeyPatch) -> None:
    old = tmp_path / "x.csv"
    old.write_text("precious")
    opened = Path.open

    def fails_on_the_second(path: Path, *args: str) -> object:
        if any(tmp_path.glob(".*.tmp")):
            raise OSError(28, "No space left on device", str(path))
        return opened(path, *args)

    monkeypatch.setattr(Path, "open", fails_on_the_second)
    with pytest.raises(UserError, match="No space left"):
        output.write([compare], output.targets([old, tmp_path / "y.csv"], None, force=True))
    monkeypatch.undo()
    assert listing(tmp_path) == ["x.csv"]
    assert old.read_text() == "precious"


def test_force_replaces_a_file_and_follows_a_link(tmp_path: Path, compare: Result) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to(tmp_path / "real.csv")
    output.write([compare], output.targets([tmp_path / "link.csv"], None, force=True))
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_text().startswith("battery,item")


def test_a_one_table_format_shows_the_first_result_and_tells_of_the_others(compare: Result, score: Result, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    told = output.write([compare, score], output.targets([], "csv"))
    assert capsysbinary.readouterr().out.startswith(b"battery,item,text,reference,")
    assert told == ("csv holds one table, `compare`; --result chooses another: score",)


@pytest.mark.parametrize(
    ("fmt", "start"),
    [("csv", b"battery,item,text,wave,"), ("markdown", b"## Reflective practice groups: scores"), ("table", b"Reflective practice groups: scores")],
)
def test_result_chooses_what_stdout_shows(compare: Result, score: Result, fmt: str, start: bytes, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert output.write([compare, score], output.targets([], fmt, result="score")) == ()
    assert capsysbinary.readouterr().out.startswith(start)


def test_an_unknown_result_is_refused_before_anything_is_written(tmp_path: Path, compare: Result, score: Result) -> None:
    with pytest.raises(UserError, match="no result `zzz`") as raised:
        output.write([compare, score], output.targets([tmp_path / "x.csv"], "csv", result="zzz"))
    assert raised.value.hint == "known: `compare`, `score`"
    assert listing(tmp_path) == []


@pytest.mark.parametrize("fmt", output.FORMATS)
def test_every_format_goes_to_stdout_and_is_the_same_each_time(compare: Result, fmt: str, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    output.write([compare], output.targets([], fmt))
    first = capsysbinary.readouterr().out
    output.write([compare], output.targets([], fmt))
    assert first == capsysbinary.readouterr().out != b""


def test_json_loads_neither_rich_nor_a_writer_it_does_not_need() -> None:
    code = """
import sys
from dataclasses import replace
from rpgstat import output, text
from rpgstat.result import Result, table
output.write([Result("score", "t", table("score", []), "m")], output.targets([], "json"))
print(sorted(sys.modules.keys() & {"rich", "rpgstat.media.data.delimited_text", "rpgstat.views.page", "numpy", "scipy"}), file=sys.stderr)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"


def test_an_input_is_never_overwritten_even_with_force(tmp_path: Path, compare: Result) -> None:
    export = tmp_path / "wave-1.csv"
    export.write_text("someone's answers")
    digest = hashlib.sha256(export.read_bytes()).hexdigest()
    result = replace(compare, inputs=(Input("wave-1.csv", digest, 3),))
    with pytest.raises(UserError, match="is one of the inputs"):
        output.write([result], output.targets([export], None, force=True))
    assert export.read_text() == "someone's answers"


def test_a_style_is_refused_that_is_unknown_or_changes_nothing(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no style `mla`"):
        output.targets([tmp_path / "x.xlsx"], None, style="mla")
    with pytest.raises(UserError, match="documents only"):
        output.targets([tmp_path / "x.csv"], None, style="gss")
    assert output.targets([tmp_path / "x.xlsx"], None, style="gss").style == "gss"
