"""Help, version, and how little is loaded to show them."""

from __future__ import annotations

import subprocess
import sys

import pytest

import rpgstat
from rpgstat.cli.commands import application

COMMANDS = [command.name or command.callback.__name__ for command in application().registered_commands]
HEAVY = ("polars", "numpy", "scipy", "pingouin", "pandas", "fastexcel")


def test_the_commands_are_listed(run):
    ran = run("--help")
    assert (ran.code, ran.err) == (0, "")
    assert COMMANDS == [
        "compare",
        "score",
        "breakdown",
        "topline",
        "response",
        "reliability",
        "themes",
        "agreement",
        "joint",
        "theory",
        "timeline",
        "indicators",
        "workforce",
        "plan",
        "report",
        "findings",
        "fill",
        "disclosure",
        "init",
        "check",
        "demo",
    ]
    assert all(name in ran.text for name in COMMANDS)
    assert "rpgstat demo example" in ran.text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(command, name):
    ran = command(name, "--help")
    assert ran.code == 0
    assert f"rpgstat {name} " in ran.text.split("Examples:")[1]
    assert "--debug" in ran.text
    assert "…" not in ran.text


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name):
    from typer.main import get_command

    for parameter in get_command(application()).commands[name].params:
        assert parameter.help, f"{name}: {parameter.name}"


def test_a_command_behind_two_dashes_is_run(command):
    ran = command("--", "compare", "nowhere.csv")
    assert (ran.code, ran.text) == (2, "")
    assert "nowhere.csv" in ran.err


def test_no_command_shows_the_help_and_fails(command):
    ran = command()
    assert ran.code == 2
    assert "Usage: rpgstat" in ran.text
    assert ran.err == ""


def test_the_version(run):
    assert run("--version").text == f"rpgstat {rpgstat.__version__}\n"


def test_python_m_rpgstat_is_the_same_command():
    ran = subprocess.run([sys.executable, "-m", "rpgstat", "--version"], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout == f"rpgstat {rpgstat.__version__}\n"


def loaded(cwd, *arguments):
    """Which of the heavy modules a command line has loaded when it ends."""
    program = (
        "import sys\nfrom rpgstat.cli.app import run\n"
        f"sys.argv = ['rpgstat', *{list(arguments)!r}]\n"
        "try:\n    run()\nexcept SystemExit as left:\n    assert not left.code\n"
        "print(*sorted(sys.modules), file=sys.stderr)\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], cwd=cwd, capture_output=True, text=True, timeout=60, check=True)
    return set(ran.stderr.splitlines()[-1].split())


def test_help_loads_no_table_library(tmp_path):
    modules = loaded(tmp_path, "--help")
    assert "rpgstat.cli.analyse" in modules
    assert modules.isdisjoint(HEAVY)


@pytest.mark.parametrize("name", ["score", "compare", "reliability", "indicators"])
def test_the_analyses_load_neither_pingouin_nor_the_whole_of_scipy(rpg, name):
    modules = loaded(rpg, name, "-f", "json")
    assert "polars" in modules
    assert modules.isdisjoint({"pingouin", "scipy.stats", "pandas", "statsmodels"})


@pytest.mark.parametrize("name", ["compare", "breakdown", "response"])
def test_small_groups_do_not_read_as_shown_by_default(run, name):
    page = run(name, "--help", env={"COLUMNS": "200"}).text
    line = next(line for line in page.splitlines() if "--no-suppression" in line)
    assert "default" not in line
