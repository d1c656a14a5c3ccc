"""Rows as pages and figures show them."""

from __future__ import annotations

from dataclasses import replace

from rpgstat.views.rows import shown


def test_a_group_that_is_the_only_one_shown_is_not_marked_as_highest(breakdown):
    """Data keep its rank, which is among the groups whose mean is shown."""
    alone = replace(breakdown, frame=breakdown.frame.filter(breakdown.frame["rank"] == 1))
    assert {row["rank"] for row in shown(breakdown)} >= {1, 2}
    assert {row["rank"] for row in shown(alone)} == {None}
