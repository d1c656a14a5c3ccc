"""Figures from the command line: by suffix, in characters, and completion of what is typed."""

from __future__ import annotations

import subprocess
import xml.etree.ElementTree as ElementTree

import pytest


def texts(path):
    return {"".join(node.itertext()) for node in ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}text")}


def test_the_suffix_picks_the_picture(run, rpg, tmp_path):
    ran = run("compare", "-s", rpg / "study.toml", *(part for suffix in ("png", "svg", "pdf") for part in ("-o", tmp_path / f"change.{suffix}")))
    assert (ran.code, ran.out) == (0, b"")
    assert ran.err.count("wrote") == 3
    assert (tmp_path / "change.png").read_bytes().startswith(b"\x89PNG")
    assert (tmp_path / "change.pdf").read_bytes().startswith(b"%PDF")
    assert {"+0.50", "[0.20, 0.80]", "3.04"} <= texts(tmp_path / "change.svg")


def test_two_runs_give_the_same_bytes(run, rpg, tmp_path):
    for name in ("one", "two"):
        files = [part for suffix in ("png", "svg", "pdf") for part in ("-o", tmp_path / f"{name}.{suffix}")]
        assert run("score", "-s", rpg / "study.toml", *files, env={"PYTHONHASHSEED": str(len(name) + ord(name[0]))}).code == 0
    for suffix in ("png", "svg", "pdf"):
        assert (tmp_path / f"one.{suffix}").read_bytes() == (tmp_path / f"two.{suffix}").read_bytes()


def test_several_results_make_one_figure(command, rpg, tmp_path):
    assert command("breakdown", "--by", "role", "-s", rpg / "study.toml", "-o", tmp_path / "roles.svg").code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["roles.svg"]
    assert "[c]" in texts(tmp_path / "roles.svg")


def test_response_rates_are_drawn(command, rpg, tmp_path):
    assert command("response", "-s", rpg / "study.toml", "-o", tmp_path / "response.svg").code == 0
    shown = texts(tmp_path / "response.svg")
    assert "22.0 %" in shown
    assert "Not drawn: 10 rows without a value of “Rate”." in shown


def test_what_the_font_has_no_sign_for_is_told(command, export, tmp_path):
    unknown = "🎉"  # which no font for reading has
    first = export("one.csv", {f"I cope {unknown}": ["Agree", "Disagree", "Agree strongly", "Disagree strongly"] * 5})
    ran = command("score", first, "-o", tmp_path / "f.png")
    assert ran.code == 0
    assert f"f.png: no font here has a sign for {unknown}; boxes stand for them; .svg keeps them" in ran.err
    assert "no sign" not in command("score", first, "-o", tmp_path / "f.svg").err


@pytest.mark.parametrize("name", ["score", "compare", "response"])
def test_the_figure_in_characters_takes_the_place_of_the_table(command, rpg, name):
    ran = command(name, "-s", rpg / "study.toml", "--plot")
    assert ran.code == 0
    assert "│" in ran.text or "┊" in ran.text or "├" in ran.text or "■" in ran.text
    assert "Conclusion" not in ran.text


def test_a_figure_in_characters_and_a_file_at_once(command, rpg, tmp_path):
    ran = command("breakdown", "--by", "role", "-s", rpg / "study.toml", "--plot", "-o", tmp_path / "roles.csv")
    assert "★" in ran.text
    assert (tmp_path / "roles.csv").exists()


def test_a_figure_in_characters_is_no_format(command, rpg):
    problem, hint = command("score", "-s", rpg / "study.toml", "--plot", "-f", "csv").error()
    assert problem == "--plot and -f are given, and standard output takes one of them"
    assert "leave one out" in hint


def test_without_colour_and_symbols(run, rpg):
    ran = run("score", "-s", rpg / "study.toml", "--plot", env={"PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii", "COLUMNS": "80"})
    assert ran.out.isascii()
    assert b"==" in ran.out
    assert max(map(len, ran.out.split(b"\n"))) <= 80


def test_completion_installs_and_completes(run, tmp_path):
    home = {"HOME": str(tmp_path), "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    assert run("--install-completion", "bash", env=home).code == 0
    script = tmp_path / ".bash_completions" / "rpgstat.sh"
    assert f"source '{script}'" in (tmp_path / ".bashrc").read_text()
    done = run(env={"COMP_WORDS": "rpgstat compare --pl", "COMP_CWORD": "2", "_RPGSTAT_COMPLETE": "complete_bash"})
    assert done.text.split() == ["--platform", "--plot"]
    assert subprocess.run(["bash", "-n", str(script)], check=False).returncode == 0
