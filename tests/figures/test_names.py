"""What people call measures, and what is offered where nothing fits."""

from __future__ import annotations

import pytest

from rpgstat.errors import UserError
from rpgstat.figures.names import fitting, listed, offered

COLUMNS = ["referral_count", "repeat_count", "repeat_percent", "repeat_child_percent", "vacancy_fte", "vacancy_rate_fte"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("referral_count", ["referral_count"]),
        ("Referral count", ["referral_count"]),
        ("referral", ["referral_count"]),
        ("child", ["repeat_child_percent"]),
        ("repeat child", ["repeat_child_percent"]),
        ("vacancy", ["vacancy_fte"]),
        ("vacancy rate", ["vacancy_rate_fte"]),
    ],
)
def test_a_name_or_the_part_that_only_one_has(wanted, found):
    assert fitting(wanted, COLUMNS, "--measure") == found


def test_what_a_part_may_be_is_listed():
    with pytest.raises(UserError, match=r"--measure: `repeat` may be 2 of the file's: `repeat_count`, `repeat_percent`$") as caught:
        fitting("repeat", COLUMNS, "--measure")
    assert caught.value.hint == "write more of the name"
    with pytest.raises(UserError, match="`percent` may be 2 of the file's"):
        fitting("percent", COLUMNS, "--measure")


def test_lists_are_of_bounded_length():
    many = [f"measure {i} {'x' * 200}" for i in range(500)]
    assert listed(many).endswith(" and 488 more")
    assert len(offered("zebra", many)) < 900
    with pytest.raises(UserError) as caught:
        fitting("zebra", many, "--measure")
    assert len(caught.value.hint) < 900
