"""Rows as pages and figures show them."""

from __future__ import annotations

from dataclasses import replace

from rpgstat.glossary.sentences import say
from rpgstat.result import Result, table
from rpgstat.views.rows import shown


def test_a_group_that_is_the_only_one_shown_is_not_marked_as_highest(breakdown):
    """Data keep its rank, which is among the groups whose mean is shown."""
    alone = replace(breakdown, frame=breakdown.frame.filter(breakdown.frame["rank"] == 1))
    assert {row["rank"] for row in shown(breakdown)} >= {1, 2}
    assert {row["rank"] for row in shown(alone)} == {None}


def test_a_grouping_is_called_as_people_read_it():
    result = Result("breakdown", "Scores", table("breakdown", [{"battery": "B", "wave": "A", "by": "first_gen", "group": "Yes"}]), "Welch.")
    assert [row["by"] for row in shown(result)] == ["first gen"]
    assert [row["by"] for row in result.rows] == ["first_gen"]
    assert say("chapter.by", by="first_gen") == "Results by first gen"
