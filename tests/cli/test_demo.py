"""`rpgstat demo`: the example study comes with the installed package, and the command it prints works."""

from __future__ import annotations

import shlex


def test_it_writes_the_example_study(command, rpg, tmp_path):
    ran = command("demo", "example", cwd=tmp_path)
    assert ran.code == 0
    written = {path.name: path.read_bytes() for path in (tmp_path / "example").iterdir()}
    assert written == {path.name: path.read_bytes() for path in rpg.iterdir() if path.suffix != ".md"}
    assert all(f"note: wrote example/{name}" in ran.err.replace("\\", "/") for name in written)


def test_the_next_command_works_even_in_a_folder_with_a_space(run, tmp_path):
    told = run("demo", "my study", cwd=tmp_path)
    first, *next_command = shlex.split(told.text.splitlines()[-1].replace("\\", "/"))
    assert first == "rpgstat"
    ran = run(*next_command, cwd=tmp_path)
    assert (ran.code, [line[:20] for line in ran.err.splitlines()]) == (0, ["note: left out of wa"])
    assert "Reflective practice groups: change between waves" in ran.text


def test_it_refuses_to_overwrite_and_names_what_stands_there(command, tmp_path):
    (tmp_path / "wave-1.csv").write_text("mine")
    problem, hint = command("demo", tmp_path).error()
    assert "already holds wave-1.csv" in problem
    assert "rpgstat demo another-folder" in hint
    assert [path.name for path in tmp_path.iterdir()] == ["wave-1.csv"]
    assert (tmp_path / "wave-1.csv").read_text() == "mine"


def test_a_file_is_no_folder(command, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    problem, hint = command("demo", tmp_path / "notes.txt").error()
    assert problem.endswith("is a file")
    assert "name a folder" in hint
