"""What runs the command for most tests does what the system does: the same bytes and code, for each way in which a command meets its surroundings."""

from __future__ import annotations

import os

import pytest

ROWS = "I cope,I learn\n" + "Agree,Disagree\nStrongly agree,Agree\nDisagree,Strongly disagree\nNeither agree nor disagree,Agree\n" * 3

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process that cannot be divided")


@pytest.mark.parametrize(
    ("arguments", "given"),
    [
        (["compare"], {"env": {"COLUMNS": "100"}}),
        (["score", "-", "-f", "json"], {"stdin": ROWS.encode()}),
        (["score", b"caf\xe9.csv"], {}),
        (["compare", "--verify", "--fail-on", "changed"], {}),
        (["compare", "--help"], {"env": {"COLUMNS": "90", "NO_COLOR": "1"}}),
        ([], {}),
        ([], {"env": {"_RPGSTAT_COMPLETE": "complete_bash", "COMP_WORDS": "rpgstat compare --me", "COMP_CWORD": "2"}}),
    ],
    ids=["surroundings", "standard input", "a name that is not text", "a check asked for", "help", "nothing", "completion"],
)
def test_a_warm_run_is_a_run(run, installed, rpg, arguments, given):
    assert run(*arguments, cwd=rpg, **given) == installed(*arguments, cwd=rpg, **given)


def test_each_run_begins_anew(run, tmp_path):
    """Nothing of one is left in the next: folder, surroundings, files or errors."""
    (tmp_path / "one.csv").write_text(ROWS)
    first = run("score", "one.csv", "-o", "x.csv", cwd=tmp_path, env={"COLUMNS": "60"})
    assert (first.code, run("score", "one.csv").code, run("score", "one.csv", "-o", "x.csv", cwd=tmp_path).code) == (0, 2, 2)
    assert run("--version").text.startswith("rpgstat ")
