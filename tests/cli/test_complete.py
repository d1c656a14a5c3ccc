"""What the shell completes."""

from __future__ import annotations

import pytest


@pytest.fixture
def completed(run, rpg):
    """What bash would be offered for the last of some words, with the example study in the folder."""

    def complete(*words):
        line = " ".join(["rpgstat", *words])
        ran = run(cwd=rpg, env={"_RPGSTAT_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(words))})
        return ran.text.split()

    return complete


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["compare", "--method", "e"], ["exact", "exact-rank"]),
        (["compare", "--by", "r"], ["role"]),
        (["breakdown", "--result", "o"], ["omnibus"]),
        (["score", "--style", ""], ["apa", "gss"]),
        (["workforce", "--stock", ""], ["closing", "opening", "average"]),
        (["compare", "--shares", "p"], ["pooled", "population"]),
        (["score", "--wave", "x"], []),
        (["score", "--wave", "'+"], ["+1", "year", "+3", "years"]),
    ],
)
def test_values_are_completed(completed, words, expected):
    assert completed(*words) == expected
