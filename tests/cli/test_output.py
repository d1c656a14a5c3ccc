"""Where results go: standard output, files and pipes, in every format, and the table on a screen of any width."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest

import rpgstat

FORMATS = {"csv": "csv", "tsv": "tsv", "json": "json", "ndjson": "ndjson", "parquet": "parquet", "markdown": "md"}


LEFT_OUT = "note: left out of wave-1.csv and wave-3.xlsx: 10 columns (4 personal, 2 free text, 4 of dates and other particulars); --verbose names them\n"


def test_standard_output_holds_only_data_and_the_rest_is_told_apart(shown):
    assert shown.code == 0
    assert shown.out.startswith(b"{")
    assert shown.err == f"note: using study.toml in this folder\n{LEFT_OUT}"


def test_the_same_input_gives_the_same_bytes(run, rpg, tmp_path):
    arguments = ("compare", rpg / "wave-1.csv", rpg / "wave-3.xlsx", "-f", "json")
    one, other = (run(*arguments, cwd=tmp_path, env={"PYTHONHASHSEED": seed}) for seed in "12")
    assert (one.out, one.err) == (other.out, other.err)


@pytest.mark.parametrize("format", FORMATS)
def test_a_file_holds_what_standard_output_shows(command, rpg, tmp_path, format):
    path = tmp_path / f"change.{FORMATS[format]}"
    shown = command("compare", "-f", format, cwd=rpg)
    kept = command("compare", "-o", path, cwd=rpg)
    assert (shown.code, kept.code) == (0, 0)
    assert path.read_bytes() == shown.out
    assert kept.out == b""
    assert f"wrote {path}" in kept.err


def test_every_format_holds_the_same_numbers(command, rpg, shown):
    means = [row["mean"] for row in shown.rows]
    found = {name: command("compare", "-f", name, cwd=rpg).out for name in FORMATS}
    assert pl.read_csv(found["csv"])["mean"].to_list() == means
    assert pl.read_csv(found["tsv"], separator="\t")["mean"].to_list() == means
    assert [json.loads(line)["mean"] for line in found["ndjson"].splitlines()] == means
    assert pl.read_parquet(io.BytesIO(found["parquet"]))["mean"].to_list() == means
    table = [line for line in found["markdown"].decode().splitlines() if line.startswith("| ")]
    assert [mean for mean in means if not any(f"{mean:.2f}" in line for line in table)] == []


def test_parquet_through_a_pipe(run, rpg, shown):
    table = pl.read_parquet(io.BytesIO(run("compare", "-f", "parquet", cwd=rpg).out))
    assert table["p_value"].to_list() == [row["p_value"] for row in shown.rows]


def test_a_format_beside_files_goes_to_standard_output(command, rpg, tmp_path):
    ran = command("compare", "-o", tmp_path / "a.csv", "-o", tmp_path / "a.json", "-f", "tsv", cwd=rpg)
    assert ran.text.startswith("battery\titem\t")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "a.json"]


def test_an_existing_file_is_kept_unless_forced(command, rpg, tmp_path):
    kept = tmp_path / "kept.csv"
    kept.write_text("my notes")
    problem, hint = command("compare", "-o", kept, cwd=rpg).error()
    assert "exists already" in problem
    assert "--force" in hint
    assert kept.read_text() == "my notes"
    assert command("compare", "-o", kept, "--force", cwd=rpg).code == 0
    assert kept.read_text().startswith("battery,item,")


def test_no_file_is_written_when_one_cannot_be(command, rpg, tmp_path):
    problem, _ = command("compare", "-o", tmp_path / "a.csv", "-o", tmp_path / "none" / "b.csv", cwd=rpg).error()
    assert "no folder" in problem
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder that looks writable and is not")
def test_no_file_is_written_when_the_second_fails_late(command, rpg, tmp_path):
    kept = tmp_path / "kept.csv"
    kept.write_text("my notes")
    problem, _ = command("compare", "-o", kept, "-o", "/proc/b.csv", "--force", cwd=rpg).error()
    assert problem.startswith("cannot write")
    assert kept.read_text() == "my notes"
    assert list(tmp_path.iterdir()) == [kept]


def test_a_reader_that_closes_the_pipe_early_is_no_error(rpg):
    command = [sys.executable, "-m", "rpgstat", "compare", "-f", "json"]
    quiet = subprocess.Popen(command, cwd=rpg, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    failing = subprocess.Popen([*command, "--fail-on", "changed"], cwd=rpg, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for process in (quiet, failing):
        process.stdout.close()
    assert quiet.stderr.read() == f"note: using study.toml in this folder\n{LEFT_OUT}".encode()
    assert quiet.wait(60) == 0
    assert b"failed: --fail-on changed" in failing.stderr.read()
    assert failing.wait(60) == 1


# --- the table ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("columns", "width"), [(None, 120), ("80", 80), ("160", 160)])
def test_a_piped_table_fits_its_width_and_is_not_cut(run, rpg, columns, width):
    ran = run("compare", cwd=rpg, env={"COLUMNS": columns} if columns else {})
    assert max(map(len, ran.text.splitlines())) <= width
    assert "\x1b" not in ran.text
    assert "…" not in ran.text
    for row in rpgstat.compare(study=rpg / "study.toml")[0].rows:
        assert row["text"].split()[-1] in ran.text
        assert f"{row['mean']:.2f}" in ran.text


@pytest.mark.parametrize(("env", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_terminal_gets_colours_unless_told_not_to(rpg, env, coloured):
    pty = pytest.importorskip("pty", reason="needs a system with terminals")
    ours, theirs = pty.openpty()
    clean = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "COLUMNS")}
    process = subprocess.Popen(
        [sys.executable, "-m", "rpgstat", "compare"], cwd=rpg, stdout=theirs, stderr=theirs, env=clean | {"TERM": "xterm", "COLUMNS": "100"} | env
    )
    os.close(theirs)
    with os.fdopen(ours, "rb", buffering=0) as screen:
        text = b"".join(iter(lambda: _screen(screen), b""))
    assert process.wait(60) == 0
    assert (b"\x1b[3" in text or b"\x1b[1;3" in text) == coloured, text[:400]
    assert b"+3 years" in text


def _screen(screen) -> bytes:
    try:
        return screen.read(65536)
    except OSError:  # how Linux says that the other side has closed
        return b""
